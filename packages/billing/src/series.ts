import type { AnyScope } from "@yihao/kernel/scope";
import { get } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { seriesKey, seriesKind } from "./store.ts";

/** Each kind of document has numbers of its own: bills, and the credit notes that take them back. The platform counts its own to all spaces. */
export type Series = "invoice" | "credit" | "platform";

/** The last number that was taken of a series in a year; 0 before the first. One read unit. */
export async function lastOf(scope: AnyScope, series: Series, year: string): Promise<number> {
  return (await get(scope, seriesKind, seriesKey(scope, series, year)))?.last ?? 0;
}

/** Takes the number after `last`; lost as `series` when somebody else did, with the series as it stands. */
export function takeNext(scope: AnyScope, series: Series, year: string, last: number): Write {
  const key = seriesKey(scope, series, year);
  return last === 0
    ? insert(key, seriesKind, { last: 1 }, "series")
    : { do: "update", key, set: { last: last + 1 }, when: [["last", "=", last]], tag: "series" };
}
