import { grainMinutes } from "@yihao/booking/grains";
import type { PublicDay, PublicResource } from "@yihao/booking/guest-model";
import { openSpans } from "@yihao/booking/hours";
import { daySpan } from "@yihao/kernel/days";
import { instant, millis, plusMinutes, type Span } from "@yihao/kernel/span";

type Busy = PublicDay["resources"][string];

/** Whether nothing stands in the way of a stretch of the day. */
function isFree({ busy }: Busy, from: number, until: number): boolean {
  return !busy.some(([taken, end]) => taken < until && from < end);
}

/** A day's busy stretches without one's own of a place that only one has at a time: what one moves stands not in its own way. */
export function busyWithout(place: PublicResource, day: string, busy: Busy, own: Span): Busy {
  if (place.units > 1) return busy;
  const midnight = millis(daySpan(day, place.calendar.zone).from);
  const [from, until] = [own.from, own.until].map((at) => (millis(at) - midnight) / (grainMinutes * 60_000));
  if (from === undefined || until === undefined) return busy;
  return {
    ...busy,
    busy: busy.busy.flatMap(([a, b]): [number, number][] => [
      ...(a < from ? [[a, Math.min(b, from)] as [number, number]] : []),
      ...(until < b ? [[Math.max(a, until), b] as [number, number]] : []),
    ]),
  };
}

/** What one tap on a start books: an hour, or the nearest to it that the place allows, in minutes. */
export const usualMinutes = ({ leastMinutes, mostMinutes }: PublicResource): number =>
  Math.min(mostMinutes, Math.max(60, leastMinutes));

/** The starts on a day at which a place can be had for so many minutes, on the half hour or its own coarser grid. */
export function freeStarts(place: PublicResource, day: string, busy: Busy, minutes: number, now: string): Span[] {
  const { calendar, granularityMinutes, leadMinutes } = place;
  const midnight = millis(daySpan(day, calendar.zone).from);
  const step = Math.max(30, granularityMinutes) * 60_000;
  const soonest = millis(plusMinutes(now, leadMinutes));
  const grain = (at: number) => (at - midnight) / (grainMinutes * 60_000);
  const found: Span[] = [];
  for (const open of openSpans(calendar, day)) {
    const first = midnight + Math.ceil((millis(open.from) - midnight) / step) * step;
    for (let at = first; at + minutes * 60_000 <= millis(open.until); at += step) {
      const end = at + minutes * 60_000;
      if (at > soonest && isFree(busy, grain(at), grain(end))) found.push({ from: instant(at), until: instant(end) });
    }
  }
  return found;
}

/** The starts on a day at which a place is open for so many minutes and taken: what may be waited for. */
export function takenStarts(place: PublicResource, day: string, busy: Busy, minutes: number, now: string): Span[] {
  const free = new Set(freeStarts(place, day, busy, minutes, now).map(({ from }) => from));
  return freeStarts(place, day, { ...busy, busy: [] }, minutes, now).filter(({ from }) => !free.has(from));
}

/** How long a place can be had from a start on: half hours up to a working day, as its rules and the day allow. */
export function lengthsFrom(place: PublicResource, day: string, busy: Busy, from: string, now: string): number[] {
  const { leastMinutes, mostMinutes, granularityMinutes } = place;
  return [30, 60, 90, 120, 180, 240, 480].filter(
    (minutes) =>
      minutes >= leastMinutes &&
      minutes <= mostMinutes &&
      minutes % granularityMinutes === 0 &&
      freeStarts(place, day, busy, minutes, now).some((start) => start.from === from),
  );
}
