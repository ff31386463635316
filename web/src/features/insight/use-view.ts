import type { Use } from "@yihao/insight/model";
import { plusDays, weekday } from "@yihao/kernel/days";

/** Periods that are looked at most. */
export const spans = ["week", "last", "month", "quarter"] as const;
export type Span = (typeof spans)[number];

/** The local days of a period, both included: whole weeks from Monday, the last one up to today. */
export function spanOf(span: Span, today: string): { from: string; to: string } {
  const monday = plusDays(today, 1 - weekday(today));
  if (span === "last") return { from: plusDays(monday, -7), to: plusDays(monday, -1) };
  const weeks = { week: 0, month: 3, quarter: 11 }[span];
  return { from: plusDays(monday, -7 * weeks), to: today };
}

export type Cell = { readonly share: number | undefined; readonly takenMinutes: number };

/** How full each hour of the week was for a kind: booked share of open minutes; what was booked outside opening hours counts as full. */
export function heatOf(use: Use, kind: string | undefined): Cell[] {
  const found = use.heat.find((one) => one.kind === kind);
  return Array.from({ length: 168 }, (_, cell) => {
    const [taken, open] = [found?.taken[cell] ?? 0, found?.open[cell] ?? 0];
    const share = open > 0 ? Math.min(1, taken / open) : taken > 0 ? 1 : undefined;
    return { share, takenMinutes: taken };
  });
}

/** The fullest hour of the week; none when nothing was booked. */
export function fullestOf(cells: readonly Cell[]): number | undefined {
  let best: number | undefined;
  for (const [index, { share = 0 }] of cells.entries())
    if (share > (best === undefined ? 0 : (cells[best]?.share ?? 0))) best = index;
  return best;
}

type Words = Record<"place" | "company" | "kind" | "bookings" | "hours" | "rate" | "unseen" | "money", string>;

/** The rows of an export: what the table shows, with plain numbers. */
export function lineOf(
  use: Use,
  by: "resources" | "companies",
  t: Words,
  kinds: Readonly<Record<string, string>>,
): (string | number)[][] {
  const hours = (minutes: number) => Math.round(minutes / 6) / 10;
  const priced = use[by].some(({ moneyMinor }) => moneyMinor !== undefined);
  const head = priced ? [t.money] : [];
  const last = ({ moneyMinor }: { readonly moneyMinor?: number | undefined }) =>
    moneyMinor === undefined ? [] : [moneyMinor / 100];
  if (by === "companies")
    return [
      [t.company, t.bookings, t.hours, t.unseen, ...head],
      ...use.companies.map((one) => [one.name, one.bookings, hours(one.minutes), one.unseen, ...last(one)]),
    ];
  return [
    [t.place, t.place, t.kind, t.bookings, t.hours, t.rate, t.unseen, ...head],
    ...use.resources.map((one) => [
      ...[one.code, one.name, kinds[one.kind] ?? one.kind, one.bookings, hours(one.minutes)],
      one.openMinutes === 0 ? "" : Math.round((one.minutes / one.openMinutes) * 1000) / 1000,
      one.unseen,
      ...last(one),
    ]),
  ];
}
