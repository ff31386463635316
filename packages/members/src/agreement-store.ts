import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import type { Letting } from "./agreement.ts";
import type { Agreement, AgreementRow } from "./agreement-model.ts";

export const agreementKind = kindOf<Agreement>("agr");
export const agreementRowKind = kindOf<AgreementRow>("agrrow");
/** Who has a resource by agreement and when; its revision is what two signings race for. */
export const letKind = kindOf<{ readonly lettings: readonly Letting[] }>("let");

/** Where an agreement of a company lies. */
export const agreementKey = (scope: Scope, company: string, id: string): Key => ({
  pk: partition(scope, "cmp", company),
  sk: `agr#${id}`,
});
/** Where a resource's lettings lie. */
export const letKey = (scope: Scope, resource: string): Key => keyIn(partition(scope, "let", resource));

/** Sorts after every day: where agreements without an end stand. */
const endless = "9999-12-31";
const shelfOf = ({ state }: AgreementRow) => (state === "ended" ? "done" : "open");
const rowKey = (scope: Scope, row: AgreementRow): Key =>
  keyIn(partition(scope, "agrs", shelfOf(row)), row.until ?? endless, row.id);

function rowOf(agreement: Agreement): AgreementRow {
  const { id, company, kind, title, number, state, from, until, resources, rentMinor, remindDays } = agreement;
  return {
    ...{ id, company, kind, title, state, from, resources, remindDays },
    ...(number ? { number } : {}),
    ...(until ? { until } : {}),
    ...(rentMinor === undefined ? {} : { rentMinor }),
  };
}

/** The writes of a new agreement and its row. */
export const agreementWrites = (scope: Scope, agreement: Agreement): Write[] => [
  insert(agreementKey(scope, agreement.company, agreement.id), agreementKind, agreement, "agreement"),
  overwrite(rowKey(scope, rowOf(agreement)), agreementRowKind, rowOf(agreement)),
];

/** The writes that put `after` where `before` was read, and its row where it belongs; a draft that is dropped goes with its row. Lost under `stale`. */
export function saveAgreement(
  scope: Scope,
  { rev, ...before }: Stored<Agreement>,
  after: Agreement | undefined,
): Write[] {
  const key = agreementKey(scope, before.company, before.id);
  const was = rowKey(scope, rowOf(before));
  if (!after)
    return [
      { do: "delete", key, when: [["rev", "=", rev]], tag: "stale" },
      { do: "delete", key: was },
    ];
  const is = rowKey(scope, rowOf(after));
  return [
    replace(key, agreementKind, after, rev),
    ...(was.pk === is.pk && was.sk === is.sk ? [] : [{ do: "delete", key: was } as const]),
    overwrite(is, agreementRowKind, rowOf(after)),
  ];
}

/** An agreement of a company. One consistent read unit. */
export const agreementOf = (scope: Scope, company: CompanyId, id: string): Promise<Stored<Agreement> | undefined> =>
  get(scope, agreementKind, agreementKey(scope, company, id));

/** Every agreement of a company, the latest first. One query. */
export async function agreementsOf(scope: Scope, company: CompanyId): Promise<Stored<Agreement>[]> {
  const pk = partition(scope, "cmp", company);
  const found = await queryAll(scope, agreementKind, pk, { prefix: "agr#", consistent: true });
  return found.toSorted((a, b) => (a.from < b.from ? 1 : -1));
}

/** A page of a space's agreements: drafts and running ones by the day they end, or ended ones, the latest first. */
export function agreementPage(
  scope: Scope,
  shelf: "open" | "done",
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<AgreementRow>> {
  return query(scope, agreementRowKind, partition(scope, "agrs", shelf), {
    cursor: page.cursor,
    consistent: true,
    newest: shelf === "done",
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** Running agreements and drafts that end before a day, the first to end first. */
export const agreementsEnding = (scope: Scope, until: string): Promise<Stored<AgreementRow>[]> =>
  queryAll(scope, agreementRowKind, partition(scope, "agrs", "open"), { until });

/** What is let of some resources, in their order. */
export async function lettingsOf(scope: Scope, resources: readonly string[]) {
  const keys = resources.map((resource) => letKey(scope, resource));
  const found = await getMany(scope, letKind, keys, { consistent: true });
  return resources.map((resource, at) => ({
    resource,
    lettings: found[at]?.lettings ?? [],
    rev: found[at]?.rev ?? 0,
  }));
}

/** The write of a resource's lettings under the revision they were read at; lost under `let`. */
export function writeLettings(scope: Scope, resource: string, lettings: readonly Letting[], rev: number): Write {
  const key = letKey(scope, resource);
  return rev === 0 ? insert(key, letKind, { lettings }, "let") : replace(key, letKind, { lettings }, rev, "let");
}
