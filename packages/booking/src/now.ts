import { millis } from "@yihao/kernel/span";
import type { BookingRow, Presence, Resource, ResourceKind } from "./model.ts";

/**
 * Counts desks and rooms that can be had, those taken this minute, those checked in, and bookings of the rows that are still to come. Each unit of a pool is a
 * desk; a desk that is let is taken.
 */
export function inNow<R extends Pick<Resource, "kind" | "state" | "units">>(
  resources: readonly R[],
  rows: readonly BookingRow[],
  now: string,
  isLet: (resource: R) => boolean,
): Presence {
  const of = (kinds: readonly ResourceKind[]) => {
    const all = resources.filter(({ kind, state }) => kinds.includes(kind) && state === "active");
    const booked = rows.filter((row) => kinds.includes(row.kind) && row.state === "booked");
    const running = booked.filter(({ from, until }) => millis(from) <= millis(now) && millis(now) < millis(until));
    const here = running.filter(({ checkedInAt }) => checkedInAt !== undefined);
    return {
      total: all.reduce((sum, { units = 1 }) => sum + units, 0),
      taken: running.length + all.filter(isLet).length,
      checkedIn: here.length,
      due: booked.filter(({ from }) => millis(from) > millis(now)).length,
    };
  };
  return { desk: of(["desk", "pool"]), room: of(["room"]), at: now };
}
