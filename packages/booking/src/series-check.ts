import { millis, plusMinutes } from "@yihao/kernel/span";
import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Booking } from "./model.ts";
import type { Occurrences, Series } from "./series-model.ts";
import { claimExpiresMinutes } from "./series-steps.ts";
import { asBooking, unpackOccurrences } from "./series-store.ts";

/** How long after its time a claim may stand before it counts as forgotten: the sweep runs every minute. */
const forgottenMinutes = claimExpiresMinutes + 15;

const spaceOf = (item: RawItem) => String(item.pk).split("#", 1)[0] ?? "";

/** Series and bookings by space and id, as one walk over the items finds them. */
export function seriesIn(items: readonly RawItem[]) {
  const series = new Map<string, Series>();
  const occurrences = new Map<string, Occurrences>();
  const bookings = new Map<string, Booking>();
  const newest = new Map<string, string>();
  for (const item of items) {
    const space = spaceOf(item);
    if (item.k === "ser") series.set(String(item.pk), item as never);
    else if (item.k === "serall") occurrences.set(String(item.pk), item as never);
    else if (item.k === "bok") bookings.set(`${space} ${String(item.id)}`, item as never);
    else if (item.k === "evt" && String(item.at) > (newest.get(space) ?? "")) newest.set(space, String(item.at));
  }
  return { series, occurrences, bookings, newest };
}

/**
 * The claims that stand in the table: occurrences that are on their sheets, in their quotas and in the allowance, and are no bookings yet. With the space that each is of.
 */
export function claimsIn({ series, occurrences, bookings }: ReturnType<typeof seriesIn>): [string, Booking][] {
  return [...series].flatMap(([pk, one]) => {
    const space = pk.split("#", 1)[0] ?? "";
    const days = occurrences.get(pk);
    const all = days && !one.settled ? unpackOccurrences(one.id, days) : [];
    return all
      .slice(0, one.claimed)
      .filter(({ id }) => !bookings.has(`${space} ${id}`))
      .map((occurrence): [string, Booking] => [space, asBooking(one, occurrence)]);
  });
}

/**
 * Checks that nothing of a series is half made: a settled one has exactly its bookings, as they were booked; no booking is of a series that is not booked; no claim is forgotten long after its time;
 * and what was moved is at one place.
 */
export function checkSeries({ series, occurrences, bookings, newest }: ReturnType<typeof seriesIn>): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  for (const [pk, one] of series) {
    const space = pk.split("#", 1)[0] ?? "";
    const days = occurrences.get(pk);
    const all = days ? unpackOccurrences(one.id, days) : [];
    if (all.length !== one.count) say("series.occurrences", pk, one.count, all.length);
    if (one.state === "booked" && one.claimed !== one.count) say("series.whole", pk, one.count, one.claimed);
    const sum = all.reduce((total, { price }) => total + price.totalMinor, 0);
    if (sum !== one.totalMinor) say("series.total", pk, one.totalMinor, sum);
    const last = newest.get(space);
    if (one.state !== "booked" && last && millis(last) > millis(plusMinutes(one.at, forgottenMinutes)))
      say("series.swept", pk, null, `${one.state} since ${one.at}`);
    if (!one.settled) continue;
    for (const { id, from, until } of all) {
      const booking = bookings.get(`${space} ${id}`);
      if (booking?.from !== from || booking.until !== until || booking.series !== one.id)
        say("series.has-its-bookings", `${pk} ${id}`, `${from}/${until}`, booking?.from ?? null);
    }
  }
  for (const [key, booking] of bookings) {
    const [space = ""] = key.split(" ");
    if (booking.series && series.get(`${space}#ser#${booking.series}`)?.state !== "booked")
      say("series.half-made", key, "booked", series.get(`${space}#ser#${booking.series}`)?.state ?? null);
    const old = booking.movedFrom && bookings.get(`${space} ${booking.movedFrom}`);
    if (booking.movedFrom && (!old || old.movedTo !== booking.id || old.state !== "cancelled"))
      say("booking.moved-once", key, booking.id, old ? (old.movedTo ?? old.state) : null);
  }
  return violations;
}
