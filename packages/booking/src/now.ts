import { millis } from "@yihao/kernel/span";
import type { BookingRow, Presence, Resource, ResourceKind } from "./model.ts";

/** Counts, per kind, active resources, those taken this minute, those checked in, and bookings of the rows that are still to come. */
export function inNow(resources: readonly Resource[], rows: readonly BookingRow[], now: string): Presence {
  const of = (kind: ResourceKind) => {
    const booked = rows.filter((row) => row.kind === kind && row.state === "booked");
    const running = booked.filter(({ from, until }) => millis(from) <= millis(now) && millis(now) < millis(until));
    const here = running.filter(({ checkedInAt }) => checkedInAt !== undefined);
    return {
      total: resources.filter((one) => one.kind === kind && one.state === "active").length,
      taken: new Set(running.map(({ resource }) => resource)).size,
      checkedIn: new Set(here.map(({ resource }) => resource)).size,
      due: booked.filter(({ from }) => millis(from) > millis(now)).length,
    };
  };
  return { desk: of("desk"), room: of("room"), at: now };
}
