import { type BookingFacts, decideBooking } from "@yihao/booking/decide";
import { clash, type Entry, instantsOf, onDays } from "@yihao/booking/grains";
import { openSpans } from "@yihao/booking/hours";
import type { Availability, Resource } from "@yihao/booking/model";
import { daySpan } from "@yihao/kernel/days";
import { minutesOf, type Span } from "@yihao/kernel/span";
import type { ResourceView, SiteView } from "./data.ts";

const grain = 5;

/** A desk or room with its site's calendar, as booking's rules want it. */
export function withCalendar({ rev: _rev, ...view }: ResourceView, site: SiteView): Resource {
  const { zone, hours, closures } = site;
  return { ...view, calendar: { zone, hours, closures }, siteRev: site.rev } as Resource;
}

/** Who has a resource on the day, without names. */
export function entriesOf(seen: Availability, resource: string): Entry[] {
  return (seen.resources[resource] ?? []).map(([from, until]) => ({ from, until, booking: "bok_" }));
}

/**
 * The next free stretches of a room on a local day that a booking would be accepted for, one after the other: an hour each, or what
 * the room's rules allow nearest to it. At most `most`; none when the company may not book.
 */
export function freeSlots(facts: BookingFacts, day: string, entries: readonly Entry[], now: string, most = 4): Span[] {
  const { resource } = facts;
  const { calendar, granularityMinutes, leastMinutes, mostMinutes } = resource;
  const step = minutesOf(daySpan(day, calendar.zone)) === 1440 ? granularityMinutes / grain : 1;
  const wished = Math.ceil(60 / granularityMinutes) * granularityMinutes;
  const length = Math.max(leastMinutes, Math.min(mostMinutes, wished)) / grain;
  const found: Span[] = [];
  for (const open of openSpans(calendar, day))
    for (const part of onDays(open, calendar.zone)) {
      if (part.day !== day) continue;
      let from = Math.ceil(part.from / step) * step;
      while (from + length <= part.until && found.length < most) {
        const slot = instantsOf(day, calendar.zone, { from, until: from + length });
        const free = isFree(facts, day, entries, slot, now);
        if (free) found.push(slot);
        from += free ? Math.ceil(length / step) * step : step;
      }
    }
  return found;
}

function isFree(facts: BookingFacts, day: string, entries: readonly Entry[], slot: Span, now: string): boolean {
  if (slot.from <= now) return false;
  const decided = decideBooking(facts, { resource: facts.resource.id, ...slot }, now);
  if (!decided.ok) return false;
  return !onDays(decided.value.kept, facts.resource.calendar.zone).some(
    (part) => part.day === day && clash(entries, part),
  );
}

/** Whether a desk may be booked for the day and nobody has it. */
export function isDeskFree(facts: BookingFacts, day: string, entries: readonly Entry[], now: string): boolean {
  const decided = decideBooking(facts, { resource: facts.resource.id, day }, now);
  if (!decided.ok) return false;
  return !onDays(decided.value.kept, facts.resource.calendar.zone).some(
    (part) => part.day === day && clash(entries, part),
  );
}
