import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { type Collection, type CollectSettings, defaultCollect, isUnderWay } from "./collect-model.ts";

/*
 * | item             | key                                  | written by                               | units | size   |
 * |------------------|--------------------------------------|------------------------------------------|-------|--------|
 * | collection       | `bill#<invoice>`, `collect`          | each try and what became of it           | 2     | 0.8 kB |
 * | row of it        | `collections`, `open#<invoice>`, then `done#<day>#<invoice>` | begun, ended      | 2, 4  | 0.1 kB |
 * | collect settings | `collect-settings`, `-`              | finance                                  | 2     | 0.1 kB |
 *
 * A try that pays costs about 44: intent 12, its name at the provider 4, and the payment of one bill with the collection and its row.
 */
export const collectionKind = kindOf<Collection>("collection");
const rowKind = kindOf<{ id: string }>("collection-ref");
export const collectSettingsKind = kindOf<CollectSettings>("collect-settings");

export const collectionKey = (scope: Scope, invoice: string): Key =>
  keyIn(partition(scope, "bill", invoice), "collect");
export const collectSettingsKey = (scope: Scope): Key => keyIn(partition(scope, "collect-settings"));
const rowKey = (scope: Scope, one: Collection): Key => {
  const pk = partition(scope, "collections");
  return isUnderWay(one) ? keyIn(pk, "open", one.invoice) : keyIn(pk, "done", one.endedOn ?? one.dueOn, one.invoice);
};

/** Writes that keep a collection's row true: out of where it was, into where it is. */
export function collectionRows(scope: Scope, before: Collection | undefined, after: Collection): Write[] {
  const key = rowKey(scope, after);
  const old = before && rowKey(scope, before);
  if (old?.sk === key.sk) return [];
  const put: Write = { do: "put", key, kind: rowKind, data: { id: after.invoice }, rev: 1 };
  return old ? [{ do: "delete", key: old }, put] : [put];
}

/** A bill's collection. One consistent read unit. */
export const collectionOf = (scope: Scope, invoice: string): Promise<Stored<Collection> | undefined> =>
  get(scope, collectionKind, collectionKey(scope, invoice));

/** Which of some bills have a collection under way. */
export async function underWay(scope: Scope, bills: readonly { readonly id: string }[]): Promise<ReadonlySet<string>> {
  const keys = bills.map(({ id }) => collectionKey(scope, id));
  const found = keys.length === 0 ? [] : await getMany(scope, collectionKind, keys, { consistent: true });
  return new Set(found.flatMap((one) => (one && isUnderWay(one) ? [one.invoice] : [])));
}

/** A page of collections: those under way, or those that are over, the latest first. */
export async function listCollections(
  scope: Scope,
  page: { open: boolean; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Collection>>> {
  const refs = await query(scope, rowKind, partition(scope, "collections"), {
    prefix: page.open ? "open#" : "done#",
    newest: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const keys = refs.items.map(({ id }) => collectionKey(scope, id));
  const found = await getMany(scope, collectionKind, keys, { consistent: true });
  return { items: found.filter((one) => one !== undefined), next: refs.next };
}

/** How the space collects; the defaults, at revision 0, before anybody set it. */
export async function collectSettingsOf(scope: Scope): Promise<Stored<CollectSettings>> {
  return (await get(scope, collectSettingsKind, collectSettingsKey(scope))) ?? { ...defaultCollect, rev: 0 };
}
