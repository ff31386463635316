/**
 * Items of insight: counters that reactions keep, each fact counted once by its command's receipt. Nothing here is a fact of its own;
 * all of it can be counted again from the start.
 *
 * | item      | key                            | written by                                  | units | size   |
 * |-----------|--------------------------------|---------------------------------------------|-------|--------|
 * | day       | `insight`, `day#<day>`         | a charge, goods in or out, money in         | 2     | 0.3 kB |
 * | month     | `insight`, `month#<month>`     | a charge, a finalised bill, money in        | 2     | 0.4 kB |
 * | low stock | `insight-low`, `<product>`     | moves of a product with a reorder point     | 2     | 0.2 kB |
 *
 * Today reads at most 62 days and two months: two queries of about 3 units; the rest are the other rooms' own lists.
 */
import { type Day, daysOfMonth, type Month } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { type Stream, streams } from "@yihao/pricing/model";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { LowStock, MonthRevenue } from "./model.ts";

/** Counters by name: `g:<stream>` gross and `n:<stream>` net charged, `in`, `out` units, `final`, `paid` fen, `paidCount` bills. */
export type Counters = Readonly<Record<string, number | string>>;
export const dayKind = kindOf<Counters>("insight-day");
export const monthKind = kindOf<Counters>("insight-month");
export const lowKind = kindOf<LowStock>("insight-low");

const insight = (scope: Scope) => partition(scope, "insight");
const dayKey = (scope: Scope, day: Day): Key => keyIn(insight(scope), "day", day);
const monthKey = (scope: Scope, month: Month): Key => keyIn(insight(scope), "month", month);
const low = (scope: Scope) => partition(scope, "insight-low");
export const lowKey = (scope: Scope, product: string): Key => keyIn(low(scope), product);

/** Adds to a day's counters. */
export const addToDay = (scope: Scope, day: Day, add: Record<string, number>): Write => ({
  do: "update",
  key: dayKey(scope, day),
  kind: dayKind,
  set: { day },
  add,
});
/** Adds to a month's counters. */
export const addToMonth = (scope: Scope, month: Month, add: Record<string, number>): Write => ({
  do: "update",
  key: monthKey(scope, month),
  kind: monthKind,
  set: { month },
  add,
});

/** The counters of the days from one (included) to another (excluded); days on which nothing happened are left out. */
export async function daysBetween(scope: Scope, from: Day, until: Day): Promise<Map<Day, Counters>> {
  const days = await queryAll(scope, dayKind, insight(scope), { prefix: "day#", from, until });
  return new Map(days.map((day) => [String(day.day), day]));
}

/** The counters of one month. Half a read unit. */
export const monthCounters = (scope: Scope, month: Month): Promise<Counters | undefined> =>
  get(scope, monthKind, monthKey(scope, month), { consistent: false });

/** The revenue of the months from one to another, both included; months without any are zero. */
export async function monthsBetween(scope: Scope, months: readonly Month[]): Promise<MonthRevenue[]> {
  const [from = ""] = months;
  const found = await queryAll(scope, monthKind, insight(scope), {
    prefix: "month#",
    from,
    until: `${months.at(-1)}~`,
  });
  const byMonth = new Map<string, Counters>(found.map((one) => [String(one.month), one]));
  return months.map((month) => revenueOf(month, byMonth.get(month) ?? {}));
}

export const countOf = (counters: Counters | undefined, name: string): number => Number(counters?.[name] ?? 0);

/** A month's revenue from its counters. */
export function revenueOf(month: Month, counters: Counters): MonthRevenue {
  const parts = streams.map((stream) => ({
    stream,
    grossMinor: countOf(counters, `g:${stream}`),
    netMinor: countOf(counters, `n:${stream}`),
  }));
  return {
    month,
    grossMinor: parts.reduce((sum, part) => sum + part.grossMinor, 0),
    netMinor: parts.reduce((sum, part) => sum + part.netMinor, 0),
    finalisedMinor: countOf(counters, "final"),
    paidMinor: countOf(counters, "paid"),
    streams: parts.filter((part) => part.grossMinor !== 0 || part.netMinor !== 0),
  };
}

/** Gross charged up to and with each day of a month, until the last one wanted. */
export function cumulative(month: Month, days: ReadonlyMap<Day, Counters>, until: Day): number[] {
  let sum = 0;
  return daysOfMonth(month)
    .filter((day) => day <= until)
    .map((day) => {
      for (const stream of streams) sum += countOf(days.get(day), `g:${stream}`);
      return sum;
    });
}

/** The counters' names of a charge. */
export const chargeCounters = (stream: Stream, amountMinor: number, taxMinor: number): Record<string, number> => ({
  [`g:${stream}`]: amountMinor,
  [`n:${stream}`]: amountMinor - taxMinor,
});

/** Products at or below their reorder point (补货线). */
export const lowStockOf = (scope: Scope) => queryAll(scope, lowKind, low(scope));
