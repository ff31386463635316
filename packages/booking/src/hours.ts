import { type Day, daysOf, instantOf, weekday } from "@yihao/kernel/days";
import { millis, type Span } from "@yihao/kernel/span";
import type { Calendar, Hours } from "./model.ts";

/**
 * When a site is open on a local day, as instants in order. A wall time that the clock skips moves forward by the gap, a
 * doubled one means its first occurrence; what shrinks to nothing is left out. A closed day has none.
 */
export function openSpans(calendar: Calendar, day: Day): Span[] {
  if (calendar.closures.includes(day)) return [];
  const hours = calendar.hours[weekday(day) as keyof Hours];
  return hours
    .map(([from, until]) => ({
      from: instantOf(day, from, calendar.zone),
      until: instantOf(day, until, calendar.zone),
    }))
    .filter(({ from, until }) => millis(from) < millis(until));
}

/** From the first opening of a day to its last closing: what a desk booked for the day means. */
export function openingDay(calendar: Calendar, day: Day): Span | undefined {
  const spans = openSpans(calendar, day);
  const first = spans[0];
  const last = spans.at(-1);
  return first && last && { from: first.from, until: last.until };
}

/** Whether the whole span lies within opening hours; hours that touch, also over midnight, are one. */
export function isOpen(calendar: Calendar, span: Span): boolean {
  let reached = millis(span.from);
  for (const open of daysOf(span, calendar.zone).flatMap((day) => openSpans(calendar, day)))
    if (millis(open.from) <= reached && reached < millis(open.until)) reached = millis(open.until);
  return reached >= millis(span.until);
}
