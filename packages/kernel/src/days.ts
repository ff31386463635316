import { Temporal } from "temporal-polyfill";
import { instant, type Span } from "./span.ts";

/** A local calendar day, `YYYY-MM-DD`; means nothing without its zone. */
export type Day = string;
/** A local calendar month, `YYYY-MM`. */
export type Month = string;
/** An IANA time zone, e.g. `Asia/Shanghai`. */
export type Zone = string;

/** How many answers are remembered of each question: a year of days asks each several times, and zones are slow to ask. */
const rememberedMost = 4000;

/** Remembers what a question of two or three texts was answered; when there are too many all are forgotten. */
function remember(ask: (one: string, two: string, three: string) => string) {
  const known = new Map<string, string>();
  return (one: string, two: string, three = ""): string => {
    const key = `${one} ${two} ${three}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= rememberedMost) known.clear();
    const answer = ask(one, two, three);
    known.set(key, answer);
    return answer;
  };
}

const dayAt = remember((at, zone) => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString());

/** The local day on which an instant falls. */
export function dayOf(at: string, zone: Zone): Day {
  return dayAt(at, zone);
}

/** The local wall time of an instant, `HH:MM`. */
export function timeOf(at: string, zone: Zone): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: "minute" });
}

/**
 * The instant of a local wall time. A skipped hour moves forward by the gap, a doubled hour takes the earlier one
 * ("compatible", RFC 5545 §3.3.5). `24:00` is the start of the next day.
 */
export function instantOf(day: Day, time: string, zone: Zone): string {
  return time === "24:00" ? instantAt(plusDays(day, 1), "00:00", zone) : instantAt(day, time, zone);
}

const instantAt = remember((day, time, zone) =>
  instant(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds),
);

/** The span of a whole local day: 23, 24 or 25 hours. */
export function daySpan(day: Day, zone: Zone): Span {
  return { from: instantOf(day, "00:00", zone), until: instantOf(plusDays(day, 1), "00:00", zone) };
}

/** A day some days later (or earlier, when negative). */
export function plusDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** ISO weekday, Monday 1 … Sunday 7. */
export function weekday(day: Day): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** Every local day that a span touches, in order. */
export function daysOf(span: Span, zone: Zone): Day[] {
  const days: Day[] = [];
  const last = dayOf(instant(Date.parse(span.until) - 1), zone);
  for (let day = dayOf(span.from, zone); day <= last; day = plusDays(day, 1)) days.push(day);
  return days;
}

/** The month of a day. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

/** The days of a month, in order. */
export function daysOfMonth(month: Month): Day[] {
  const first = Temporal.PlainYearMonth.from(month);
  return Array.from({ length: first.daysInMonth }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}

/** A month some months later (or earlier, when negative). */
export function plusMonths(month: Month, months: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}

/** The day some months later (or earlier, when negative); the last of the month when that has no such day: 31 January + 1 is 28 February. */
export function monthsLater(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** Whether a text names a zone that this runtime knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
