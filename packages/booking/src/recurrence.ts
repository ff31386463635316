import type { Day } from "@yihao/kernel/days";
import { z } from "zod";

/** How many occurrences one series has at most: a year of every day. */
export const occurrencesMost = 366;
/** No series looks further than this, whatever its end: nothing can be booked that far ahead. */
const yearsMost = 10;

const intervalSchema = z.int().min(1).max(99).default(1);
const weekdaySchema = z.int().min(1).max(7);
const ends = {
  /** Every so many days, weeks or months. */
  interval: intervalSchema,
  /** How many occurrences there are in all … */
  count: z.int().min(1).max(occurrencesMost).optional(),
  /** … or the last local day on which one may be. */
  until: z.iso.date().optional(),
};
const oneEnd = ({ count, until }: { count?: number | undefined; until?: string | undefined }) =>
  (count === undefined) !== (until === undefined);
const oneEndParams = { params: { rule: "count-or-until" } };

/**
 * How a booking repeats (重复): every so many days; every so many weeks on ISO weekdays; every so many months on a day of the month (`-1` its last) or on the nth weekday
 * (`-1` the last). The rules of RFC 5545, §3.3.10, that people use, in JSON.
 */
export const RepeatSchema = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("day"), ...ends }).refine(oneEnd, oneEndParams),
  z
    .strictObject({ every: z.literal("week"), weekdays: z.array(weekdaySchema).min(1).max(7), ...ends })
    .refine(oneEnd, oneEndParams),
  z
    .strictObject({
      every: z.literal("month"),
      on: z.union([
        z.strictObject({ day: z.union([z.int().min(1).max(31), z.literal(-1)]) }),
        z.strictObject({ nth: z.union([z.int().min(1).max(5), z.literal(-1)]), weekday: weekdaySchema }),
      ]),
      ...ends,
    })
    .refine(oneEnd, oneEndParams),
]);
export type Repeat = z.infer<typeof RepeatSchema>;

const dayMs = 86_400_000;
const noonOf = (day: Day) => Date.parse(`${day}T12:00:00Z`);
const dayAt = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
/** ISO weekday of a day given by its noon, Monday 1 … Sunday 7. */
const weekdayAt = (ms: number) => new Date(ms).getUTCDay() || 7;

/**
 * The local days of a series from a first possible day on, in order, at most one more than a series may have. A month without the day (the 31st, the 29th of February in a
 * common year, a fifth Friday) has no occurrence and does not count (RFC 5545, §3.3.10: invalid dates are ignored). Weeks begin on Monday. The first day itself
 * occurs only when the rule meets it.
 */
export function occurrencesOf(repeat: Repeat, first: Day): Day[] {
  const most = repeat.count ?? occurrencesMost + 1;
  const last = repeat.until ?? `${Number(first.slice(0, 4)) + yearsMost}${first.slice(4)}`;
  const days: Day[] = [];
  for (const day of endless(repeat, first)) {
    if (day > last || days.length === most) break;
    if (day >= first) days.push(day);
  }
  return days;
}

function* endless(repeat: Repeat, first: Day): Generator<Day> {
  const begin = noonOf(first);
  const { interval } = repeat;
  if (repeat.every === "day") {
    for (let at = begin; ; at += interval * dayMs) yield dayAt(at);
  }
  if (repeat.every === "week") {
    const weekdays = [...new Set(repeat.weekdays)].sort((a, b) => a - b);
    const monday = begin - (weekdayAt(begin) - 1) * dayMs;
    for (let week = monday; ; week += 7 * interval * dayMs)
      for (const weekday of weekdays) yield dayAt(week + (weekday - 1) * dayMs);
  }
  if (repeat.every === "month") {
    const year = Number(first.slice(0, 4));
    const month = Number(first.slice(5, 7)) - 1;
    for (let step = 0; step <= 12 * (yearsMost + 1); step += interval) {
      const day = inMonth(repeat.on, year, month + step);
      if (day !== undefined) yield day;
    }
  }
}

function inMonth(on: Extract<Repeat, { every: "month" }>["on"], year: number, month: number): Day | undefined {
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const at = (day: number) => dayAt(Date.UTC(year, month, day, 12));
  if ("day" in on) return on.day > length ? undefined : at(on.day === -1 ? length : on.day);
  if (on.nth === -1) {
    const back = (weekdayAt(Date.UTC(year, month, length, 12)) - on.weekday + 7) % 7;
    return at(length - back);
  }
  const ahead = (on.weekday - weekdayAt(Date.UTC(year, month, 1, 12)) + 7) % 7;
  const day = 1 + ahead + 7 * (on.nth - 1);
  return day > length ? undefined : at(day);
}
