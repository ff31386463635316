import { daySpan } from "@yihao/kernel/days";
import { millis, minutesOf } from "@yihao/kernel/span";
import { calendarOf } from "./area.ts";
import { type BookingFacts, decideBooking, type Slot } from "./decide.ts";
import { clash, type Entry, type GrainSpan, grainMinutes, instantsOf, onDays } from "./grains.ts";
import { openSpans } from "./hours.ts";
import { type Alternatives, bookedBy, type Resource, type Wish } from "./model.ts";

/** The entries of each resource on the day. */
export type Sheets = ReadonlyMap<string, readonly Entry[]>;

const timesMost = 3;
const resourcesMost = 4;

/**
 * What else could be had on the day: the nearest free times of the same length on the same room (by distance of their
 * start), and the smallest other active resources of its kind at the site that are free at the wanted time and seat as many as four or as it; a desk's like is also a pool, and a pool's a desk.
 */
export function alternativesTo(
  facts: BookingFacts,
  slot: Slot,
  sheets: Sheets,
  others: readonly Resource[],
  now: string,
): Alternatives {
  return {
    times:
      bookedBy(facts.resource) === "time" ? nearestTimes(facts, slot, sheets.get(facts.resource.id) ?? [], now) : [],
    resources: freeOthers(facts, slot, sheets, others, now),
  };
}

function nearestTimes(facts: BookingFacts, slot: Slot, entries: readonly Entry[], now: string): Alternatives["times"] {
  const { resource } = facts;
  const { bufferMinutes, bufferBeforeMinutes = 0, units } = resource;
  const calendar = calendarOf(resource);
  const length = minutesOf(slot) / grainMinutes;
  const plain = minutesOf(daySpan(slot.day, calendar.zone)) === 1440;
  const step = plain ? resource.granularityMinutes / grainMinutes : 1;
  const wanted = onDays(slot, calendar.zone)[0]?.from ?? 0;
  const starts: number[] = [];
  for (const open of openSpans(calendar, slot.day))
    for (const part of onDays(open, calendar.zone))
      if (part.day === slot.day)
        for (let from = Math.ceil(part.from / step) * step; from + length <= part.until; from += step) {
          const before = from - bufferBeforeMinutes / grainMinutes;
          const kept: GrainSpan = { from: before, until: from + length + bufferMinutes / grainMinutes };
          if (!clash(entries, kept, units)) starts.push(from);
        }
  starts.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b);
  const times: Alternatives["times"] = [];
  for (const from of starts) {
    if (times.length === timesMost) break;
    const span = instantsOf(slot.day, calendar.zone, { from, until: from + length });
    if (millis(span.from) > millis(now) && decideBooking(facts, { resource: resource.id, ...span }, now).ok)
      times.push(span);
  }
  return times;
}

function freeOthers(
  facts: BookingFacts,
  slot: Slot,
  sheets: Sheets,
  others: readonly Resource[],
  now: string,
): Alternatives["resources"] {
  const { resource } = facts;
  const like = others
    .filter((other) => other.id !== resource.id && other.site === resource.site && alike(other, resource))
    .filter(({ capacity }) => capacity >= Math.min(resource.capacity, 4))
    .sort((a, b) => a.capacity - b.capacity || a.code.localeCompare(b.code, "en", { numeric: true }));
  const found: Alternatives["resources"] = [];
  for (const other of like) {
    if (found.length === resourcesMost) break;
    const wish: Wish =
      bookedBy(other) === "day"
        ? { resource: other.id, day: slot.day }
        : { resource: other.id, from: slot.from, until: slot.until };
    const decided = decideBooking({ ...facts, resource: other }, wish, now);
    if (!decided.ok) continue;
    const kept = onDays(decided.value.kept, other.calendar.zone);
    const taken = kept.some((part) => part.day === slot.day && clash(sheets.get(other.id) ?? [], part, other.units));
    if (!taken) found.push({ resource: other.id, code: other.code, name: other.name });
  }
  return found;
}

function alike(one: Resource, other: Resource): boolean {
  const seat = ({ kind }: Resource) => (kind === "pool" ? "desk" : kind);
  return seat(one) === seat(other) && bookedBy(one) === bookedBy(other);
}
