/**
 * Items of revenue by stream (收入来源). Entries and counters follow finalised bills and credit notes; recurring follows plans and agreements. Costs and sizes are entered.
 *
 * | item          | key                                        | written by                              | units | size   |
 * |---------------|--------------------------------------------|-----------------------------------------|-------|--------|
 * | entry         | `rev#<month>`, `<company>#<document>`      | a finalised bill, a credit note         | 2     | 0.4 kB |
 * | site's month  | `rev-months`, `<month>#<site>`             | the same commit, one for each site      | 2     | 0.4 kB |
 * | costs         | `rev-costs`, `<month>`                     | finance                                 | 2     | 0.2 kB |
 * | sizes         | `rev-sizes`, `-`                           | finance; counts the bins                | 2     | 0.3 kB |
 * | filled        | `rev-filled`, `-`                          | the end of taking in older bills        | 2     | 0.1 kB |
 * | recurring     | `recurring`, `<company>`                   | a changed plan or agreement             | 2     | 0.4 kB |
 *
 * A year of 3 sites is one query of 36 items, 2 units; the documents of a month 0.05 units each; recurring revenue of 1,000 companies about 50 units, whatever the number of months.
 */
import type { Month } from "@yihao/kernel/days";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { streams } from "@yihao/pricing/model";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import type { Costs, Entry, Recurring, Sizes, StreamCell } from "./stream-model.ts";
import { cellsOf } from "./streams.ts";

type SiteMonth = Readonly<Record<string, number | string>>;
export const entryKind = kindOf<Entry>("rev-entry");
export const siteMonthKind = kindOf<SiteMonth>("rev-month");
const costsKind = kindOf<{ month: Month; costs: Costs }>("rev-costs");
const sizesKind = kindOf<Omit<Sizes, "rev">>("rev-sizes");
export const filledKind = kindOf<{ at: string }>("rev-filled");
export const recurringKind = kindOf<Recurring>("recurring");

const entryKey = (scope: Scope, { month, company, document }: Entry): Key =>
  keyIn(partition(scope, "rev", month), company, document);
const siteMonths = (scope: Scope) => partition(scope, "rev-months");
const costs = (scope: Scope) => partition(scope, "rev-costs");
const sizesKey = (scope: Scope) => keyIn(partition(scope, "rev-sizes"));
const filledKey = (scope: Scope) => keyIn(partition(scope, "rev-filled"));
const recurring = (scope: Scope) => partition(scope, "recurring");

/** The writes of an entry and of what it adds to its month, at once; lost as `entry` when it was counted before. Entries of more than 90 sites are no entry of this world. */
export function entryWrites(scope: Scope, entry: Entry): Write[] {
  const bySite = new Map<string, Record<string, number>>();
  for (const { site, stream, netMinor, taxMinor, creditedMinor } of cellsOf([entry])) {
    const add = bySite.get(site) ?? {};
    add[`n:${stream}`] = netMinor;
    add[`t:${stream}`] = taxMinor;
    if (creditedMinor !== 0) add[`c:${stream}`] = creditedMinor;
    bySite.set(site, add);
  }
  const { month } = entry;
  return [
    insert(entryKey(scope, entry), entryKind, entry, "entry"),
    ...[...bySite].map(([site, add]): Write => {
      return {
        do: "update",
        key: keyIn(siteMonths(scope), month, site),
        kind: siteMonthKind,
        set: { month, site },
        add,
      };
    }),
  ];
}

/** A site's month as cells. */
export function cellsOfMonth(counters: SiteMonth): StreamCell[] {
  const of = (name: string) => Number(counters[name] ?? 0);
  return streams
    .map((stream) => ({
      ...{ site: String(counters.site), stream, netMinor: of(`n:${stream}`), taxMinor: of(`t:${stream}`) },
      creditedMinor: of(`c:${stream}`),
    }))
    .filter(({ netMinor, taxMinor, creditedMinor }) => netMinor !== 0 || taxMinor !== 0 || creditedMinor !== 0);
}

/** Cells of the months from one to another, both included, by month. One query. */
export async function cellsBetween(scope: Scope, from: Month, to: Month): Promise<Map<Month, StreamCell[]>> {
  const found = await queryAll(scope, siteMonthKind, siteMonths(scope), { from, until: `${to}~` });
  const months = new Map<Month, StreamCell[]>();
  for (const one of found) {
    const month = String(one.month);
    months.set(month, [...(months.get(month) ?? []), ...cellsOfMonth(one)]);
  }
  return months;
}

/** A page of the documents posted to a month, of one company or of all, by company. */
export function entriesOf(
  scope: Scope,
  month: Month,
  page: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Entry>>> {
  return query(scope, entryKind, partition(scope, "rev", month), {
    cursor: page.cursor,
    ...(page.company ? { prefix: `${page.company}#` } : {}),
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** The costs of the months from one to another, both included. One query. */
export async function costsBetween(scope: Scope, from: Month, to: Month) {
  const found = await queryAll(scope, costsKind, costs(scope), { from, until: `${to}~` });
  return new Map(found.map((one) => [one.month, one]));
}
/** The costs of a month; revision 0 before any were entered. */
export async function costsOf(scope: Scope, month: Month) {
  return (await get(scope, costsKind, keyIn(costs(scope), month))) ?? { month, costs: {}, rev: 0 };
}
/** Writes a month's costs under the revision they were read at; lost as `stale`. */
export function writeCosts(scope: Scope, month: Month, given: Costs, rev: number): Write {
  const key = keyIn(costs(scope), month);
  const data = { month, costs: given };
  return rev === 0 ? insert(key, costsKind, data, "stale") : replace(key, costsKind, data, rev);
}

export async function sizesOf(scope: Scope): Promise<Sizes> {
  return (await get(scope, sizesKind, sizesKey(scope))) ?? { sites: [], rev: 0 };
}
/** Writes how large sites are under the revision it was read at; lost as `stale`. */
export function writeSizes(scope: Scope, data: Omit<Sizes, "rev">, rev: number): Write {
  return rev === 0 ? insert(sizesKey(scope), sizesKind, data, "stale") : replace(sizesKey(scope), sizesKind, data, rev);
}

/** Whether bills from before entries were kept were taken in. */
export const isFilled = async (scope: Scope): Promise<boolean> =>
  (await get(scope, filledKind, filledKey(scope))) !== undefined;
export const markFilled = (scope: Scope): Write => overwrite(filledKey(scope), filledKind, { at: scope.now });

/** What comes of a company each month as it was kept. */
export const keptRecurring = (scope: Scope, company: string): Promise<Stored<Recurring> | undefined> =>
  get(scope, recurringKind, keyIn(recurring(scope), company));
/** Writes what comes of a company each month under the revision it was read at, 0 for the first time; lost as `stale`. */
export function writeRecurring(scope: Scope, one: Recurring, rev: number): Write {
  const key = keyIn(recurring(scope), one.company);
  return rev === 0 ? insert(key, recurringKind, one, "stale") : replace(key, recurringKind, one, rev);
}
/** What comes of every company each month. One query. */
export const recurringOf = (scope: Scope): Promise<Stored<Recurring>[]> =>
  queryAll(scope, recurringKind, recurring(scope));
