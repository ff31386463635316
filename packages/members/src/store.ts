/**
 * Items of members.
 *
 * | item           | key                            | written by                  | units        | size       |
 * |----------------|--------------------------------|-----------------------------|--------------|------------|
 * | company        | `cmp#<id>`, `-`                | add, edit, plan, suspension | 2            | 0.3–1 kB   |
 * | list entry     | `cmps`, `<name order>#<id>`    | the same commits            | 2 (4 renamed) | 0.2 kB    |
 * | claim          | `uniq#…` (name; code)          | add, edit                   | 2 each       | 0.2 kB     |
 * | search tokens  | `tok#company`, `<token>#<id>`  | add, edit of name or code   | 2 each, ≤ 16 | 0.1 kB     |
 * | grant          | `cmp#<id>`, `grant#<month>`    | plan start, end, month timer | 2 each      | 0.1 kB     |
 * | import         | `imp#<id>`, `-`                | each chunk of an import     | 2            | 0.2 kB     |
 * | import's chunk | `imp#<id>`, `chunk#<n>`        | staging; gone when settled  | 6            | ≤ 3 kB     |
 *
 * Adding one company by hand: company, entry, claims, event, tokens and receipt, 12–44 units. Granting a month is 6: marker,
 * balance, transfer. An import stages 24 companies a commit (4 items each), flips one item, and settles each company afterwards.
 * Reading one company is one unit (half when eventual); a page of 50 entries 1.5.
 */
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import { claim, unclaim } from "@yihao/table/unique";
import { overwrite, replace, type Write } from "@yihao/table/write";
import type { Company, CompanyEntry } from "./model.ts";
import { nameOrder } from "./names.ts";

/** A company as it is kept: while its import is not settled it names the import, on whose state it hangs whether anyone sees it. */
export type KeptCompany = Company & { readonly staged?: string };
export const companyKind = kindOf<KeptCompany>("cmp");
export type KeptEntry = CompanyEntry & { readonly staged?: string };
export const entryKind = kindOf<KeptEntry>("cmpentry");

/** An import of companies: `staging` shows nothing, `done` shows all at once, `dropped` shows nothing and is swept. */
export type ImportDoc = {
  readonly id: string;
  readonly state: "staging" | "done" | "dropped";
  readonly rows: number;
  readonly chunks: number;
};
export const importKind = kindOf<ImportDoc>("imp");
export type ImportChunk = {
  readonly chunk: number;
  readonly companies: readonly { id: CompanyId; name: string; code?: string | undefined }[];
};
export const chunkKind = kindOf<ImportChunk>("impchunk");

/** How many room minutes a company was granted for a month, so that each month is granted once. */
export type Grant = { readonly minutes: number };
export const grantKind = kindOf<Grant>("grant");

/** Where a company lies. */
export const companyKey = (scope: Scope, id: string) => keyIn(partition(scope, "cmp", id));
/** Where the marker of a company's granted month lies. */
export const grantKey = (scope: Scope, id: string, month: string): Key => ({
  pk: partition(scope, "cmp", id),
  sk: `grant#${month}`,
});
/** Where an import lies. */
export const importKey = (scope: Scope, id: string) => keyIn(partition(scope, "imp", id));
/** Where a chunk of an import lies; chunks sort in order. */
export const chunkKey = (scope: Scope, id: string, chunk: number): Key => ({
  pk: partition(scope, "imp", id),
  sk: `chunk#${String(chunk).padStart(4, "0")}`,
});
/** All companies in the order of their names. */
export const entriesOf = (scope: Scope) => partition(scope, "cmps");
/** Where a company's list entry lies. */
export const entryKey = (scope: Scope, company: { readonly id: string; readonly name: string }): Key => ({
  pk: entriesOf(scope),
  sk: `${nameOrder(company.name)}#${company.id}`,
});

/** A company as lists show it. */
export function entryOf(company: KeptCompany): KeptEntry {
  const { id, name, code, kind, industry, state, since, suspended, subscription, staged } = company;
  return {
    id,
    name,
    kind,
    state,
    since,
    suspended: suspended !== undefined,
    ...(code ? { code } : {}),
    ...(industry ? { industry } : {}),
    ...(subscription ? { plan: subscription.snapshot.name } : {}),
    ...(staged ? { staged } : {}),
  };
}

/** Claims on what only one company may have: its name and its code. Lost under `name` and `code`, with `row` when given. */
export function claimsOf(scope: Scope, company: KeptCompany, row = ""): Write[] {
  return [
    { ...claim(scope, "company-name", company.name, company.id), tag: `name${row}` },
    ...(company.code ? [{ ...claim(scope, "company-code", company.code, company.id), tag: `code${row}` }] : []),
  ];
}

const same = (a: string, b: string) => a.normalize("NFKC").toLowerCase() === b.normalize("NFKC").toLowerCase();

/** The writes that put `after` where `before` was read: company, list entry, and claims where name or code differ. Stale → lost under `stale`. */
export function saveWrites(scope: Scope, before: Stored<Company>, after: Company): Write[] {
  const { rev, ...kept } = before;
  const was = entryKey(scope, kept);
  const is = entryKey(scope, after);
  const writes: Write[] = [replace(companyKey(scope, after.id), companyKind, after, rev)];
  if (was.sk !== is.sk) writes.push({ do: "delete", key: was });
  writes.push(overwrite(is, entryKind, entryOf(after)));
  if (!same(kept.name, after.name)) {
    writes.push({ ...claim(scope, "company-name", after.name, after.id), tag: "name" });
    writes.push({ ...unclaim(scope, "company-name", kept.name, after.id), tag: "stale name" });
  }
  if (kept.code !== after.code) {
    if (after.code) writes.push({ ...claim(scope, "company-code", after.code, after.id), tag: "code" });
    if (kept.code) writes.push({ ...unclaim(scope, "company-code", kept.code, after.id), tag: "stale code" });
  }
  return writes;
}

/** A company, or undefined when there is none or its import has not come through. One read unit, half when not consistent. */
export async function companyOf(
  scope: Scope,
  id: CompanyId,
  options: { consistent?: boolean } = {},
): Promise<Stored<Company> | undefined> {
  const found = await get(scope, companyKind, companyKey(scope, id), options);
  if (!found?.staged) return found;
  const { staged, ...company } = found;
  return (await get(scope, importKind, importKey(scope, staged)))?.state === "done" ? company : undefined;
}

/** Entries without those whose import has not come through; one read for each import that is not settled. */
export async function seenEntries(
  scope: Scope,
  entries: readonly (KeptEntry & { rev?: number })[],
): Promise<CompanyEntry[]> {
  const imports = [...new Set(entries.flatMap(({ staged }) => staged ?? []))];
  const docs = await Promise.all(imports.map((id) => get(scope, importKind, importKey(scope, id))));
  const done = new Set(docs.flatMap((doc) => (doc?.state === "done" ? [doc.id] : [])));
  return entries
    .filter(({ staged }) => staged === undefined || done.has(staged))
    .map(({ staged: _, rev: _1, ...entry }) => entry);
}

/** A page of the companies of the space in the order of their names (by pinyin); a page may be short while an import is under way. */
export async function companyPage(
  scope: Scope,
  page: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<Page<CompanyEntry>> {
  const { items, next } = await query(scope, entryKind, entriesOf(scope), {
    cursor: page.cursor,
    consistent: true,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  return { items: await seenEntries(scope, items), next };
}
