import { newId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { millis, plusMinutes } from "@yihao/kernel/span";
import type { Stored } from "@yihao/table/kind";
import type { Clause, Write } from "@yihao/table/write";
import { drawsOf } from "./credit-moves.ts";
import type { Booking } from "./model.ts";
import type { Series } from "./series-model.ts";
import { seriesKey } from "./series-store.ts";
import { placesOf } from "./sheets.ts";

/** After how long anybody may sweep a claim. Sweeping begins with the series itself, so that it cannot become booked any more, whatever the clocks of two machines say. */
export const claimExpiresMinutes = 2;
/** How many writes of occurrences one commit of claims holds, beside the few of the series itself. */
export const claimMost = 92;
/** Whether anybody may sweep what a series claimed. */
export const expired = ({ at }: Series, now: string) => millis(now) >= millis(plusMinutes(at, claimExpiresMinutes));

/** One commit of a series' way: found again by the series' state, so without a receipt, and with ids of its own each time. */
export const step = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${newId("key")}`, print: "" } });

/** Changes a series that still stands where it was read. */
export function seriesWrite(scope: Scope, series: Stored<Series>, set: Partial<Series>): Write {
  const when: Clause[] = [
    ["rev", "=", series.rev],
    ["at", "=", series.at],
  ];
  return { do: "update", key: seriesKey(scope, series.id), set, add: { rev: 1 }, when, tag: "series" };
}

/** Cuts a chunk of bookings that one commit holds, by what each writes: its sheets, its quotas and its credits. */
export function chunkOf<One extends Booking>(scope: Scope, bookings: readonly One[], most: number, each = 0): One[] {
  let writes = 0;
  const over = bookings.findIndex((booking) => {
    const credits = 2 * drawsOf(booking).length;
    writes += placesOf(scope, booking).length + (booking.counted?.length ?? 0) + credits + each;
    return writes > most;
  });
  return over === -1 ? [...bookings] : bookings.slice(0, Math.max(1, over));
}
