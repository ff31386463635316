/**
 * Items of members.
 *
 * | item           | key                            | written by                  | units        | size       |
 * |----------------|--------------------------------|-----------------------------|--------------|------------|
 * | company        | `cmp#<id>`, `-`                | add, edit, plan, suspension | 2–6          | 0.3–3 kB   |
 * | list entry     | `cmps`, `<name order>#<id>`    | the same commits            | 2 (4 renamed) | 0.2 kB    |
 * | claim          | `uniq#…` (name; code)          | add, edit                   | 2 each       | 0.2 kB     |
 * | search tokens  | `tok#company`, `<token>#<id>`  | add, edit of name or code   | 2 each, ≤ 16 | 0.1 kB     |
 * | subscription   | `cmp#<id>`, `sub#<id>`         | every command of a plan     | 2–8          | 0.3–4 kB   |
 * | grant          | `cmp#<id>`, `grant#<month>`    | commands of a plan, month timer | 2 each   | 0.1 kB     |
 * | lot            | `cmp#<id>`, `lot#<until>#<id>` | selling a pack, with the company | 2       | 0.3 kB     |
 * | import         | `imp#<id>`, `-`                | each chunk of an import     | 2            | 0.2 kB     |
 * | import's chunk | `imp#<id>`, `chunk#<n>`        | staging; gone when settled  | 6            | ≤ 3 kB     |
 * | agreement      | `cmp#<id>`, `agr#<id>`         | draft, edit, sign, renew, end | 2–6        | 0.5–4 kB   |
 * | its row        | `agrs#<open, done>`, `<until>#<id>` | the same commits       | 2 (4 moved)  | 0.3 kB     |
 * | lettings       | `let#<resource>`, `-`          | sign, renew, end            | 2            | 0.1–1 kB   |
 * | document       | `cmp#<id>`, `doc#<id>`         | ask, done, edit, remove     | 2            | 0.4 kB     |
 * | exit list      | `cmp#<id>`, `exit`             | plan, mark, answers, done   | 2            | 0.3–1.5 kB |
 * | exit row       | `exits`, `<on>#<company>#<what>` | plan, done; goods left    | 2            | 0.2 kB     |
 * | exit settings  | `exit-settings`, `-`           | setting                     | 2            | 0.1 kB     |
 * | lead           | `led#<id>`, `-`                | apply, add, every move      | 2–6          | 0.4–2.5 kB |
 * | lead's card    | `leds#<open, done>`, `<instant>#<id>` | the same commits     | 2 (4 won, lost) | 0.3 kB  |
 * | guest          | `cmp#<id>`, `-`                | a guest's first booking, a new name or phone, erasing | 2 | 0.3 kB |
 * | guest's claim  | `uniq#…` (e-mail or phone)     | the same; given free when erased | 2       | 0.2 kB     |
 * | apply form     | `apply`, `-`                   | opening, closing            | 2            | 0.1–1 kB   |
 *
 * Adding one company by hand: company, entry, claims, event, tokens and receipt, 12–44 units. Granting a month is 6: marker,
 * balance, transfer. A command of a plan is company, entry, subscription, event, receipt and what it grants: 12–60. An import stages 24 companies a commit (4 items each), flips one item, and settles each company afterwards.
 * Reading one company is one unit (half when eventual); a page of 50 entries 1.5. A move of a lead is 8: lead, card, event, receipt;
 * winning one is that and its company.
 */
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { creditKinds } from "@yihao/pricing/model";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import { claim, unclaim } from "@yihao/table/unique";
import { overwrite, replace, type Write } from "@yihao/table/write";
import type { Units } from "./allowance.ts";
import type { Company, CompanyEntry } from "./model.ts";
import { nameOrder } from "./names.ts";
import type { Lot, Subscription } from "./subscription-model.ts";

/** A company as it is kept: while its import is not settled it names the import, on whose state it hangs whether anyone sees it. */
export type KeptCompany = Company & { readonly staged?: string };
/** Companies written before they remembered their packs may have some of any kind. */
const anyPacks = Object.fromEntries(creditKinds.map((kind) => [kind, "9999-12-31"]));
export const companyKind = kindOf<KeptCompany>("cmp", 2, { 1: (old) => ({ ...old, prepaid: anyPacks }) });
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

/** What a company was granted for a month by kind, so that each month is granted once. */
export type Grant = { readonly granted: Units };
export const grantKind = kindOf<Grant>("grant", 2, {
  1: ({ minutes }) => ({ granted: { "room-minutes": minutes } }),
});
/** Every subscription that a company ever had; the present one and the next stand in the company too. */
export const subscriptionKind = kindOf<Subscription>("sub");
/** A pack that was sold. */
export const lotKind = kindOf<Lot>("lot");

/** Where a company lies. */
export const companyKey = (scope: Scope, id: string) => keyIn(partition(scope, "cmp", id));
/** Where the marker of a company's granted month lies. */
export const grantKey = (scope: Scope, id: string, month: string): Key => ({
  pk: partition(scope, "cmp", id),
  sk: `grant#${month}`,
});
/** Where a company's subscription lies. */
export const subscriptionKey = (scope: Scope, company: string, id: string): Key => ({
  pk: partition(scope, "cmp", company),
  sk: `sub#${id}`,
});
/** Where a sold pack lies; packs sort by the day they end. */
export const lotKey = (scope: Scope, company: string, lot: Pick<Lot, "id" | "until">): Key => ({
  pk: partition(scope, "cmp", company),
  sk: `lot#${lot.until}#${lot.id}`,
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
    ...(subscription ? { plan: (subscription.amendments?.at(-1) ?? subscription).snapshot.name } : {}),
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
  // A guest is in no list and shares a name with whoever has it.
  if (after.kind === "guest") return [replace(companyKey(scope, after.id), companyKind, after, rev)];
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

/** A page of the companies of the space with all that is known of them, in the order of their names. */
export async function companyDetails(
  scope: Scope,
  page: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<Page<Stored<Company>>> {
  const { items, next } = await companyPage(scope, page);
  const found = await getMany(
    scope,
    companyKind,
    items.map(({ id }) => companyKey(scope, id)),
    { consistent: true },
  );
  const whole = found.flatMap((one) => {
    if (!one) return [];
    const { staged: _, ...company } = one;
    return [company as Stored<Company>];
  });
  return { items: whole, next };
}

/** Every subscription of a company, the present one and the next as they stand in it. One query. */
export async function subscriptionsOf(scope: Scope, company: Company): Promise<Subscription[]> {
  const pk = partition(scope, "cmp", company.id);
  const kept = await queryAll(scope, subscriptionKind, pk, { prefix: "sub#", consistent: true });
  const standing = [company.subscription, company.next].flatMap((one) => one ?? []);
  const ids = new Set<string>(standing.map(({ id }) => id));
  return [...kept.filter(({ id }) => !ids.has(id)).map(({ rev: _, ...one }) => one), ...standing];
}

/** Every pack that was sold to a company, the first to end first. One query. */
export function lotsOf(scope: Scope, company: CompanyId): Promise<Stored<Lot>[]> {
  return queryAll(scope, lotKind, partition(scope, "cmp", company), { prefix: "lot#", consistent: true });
}
