import { type Repeat, RepeatSchema } from "@yihao/booking/recurrence";
import type { Day } from "@yihao/kernel/days";
import { weekday as isoWeekday, plusDays } from "@yihao/kernel/days";
import { dayProse, weekday } from "../../format.ts";
import type { SeriesWords } from "./series-words.ts";

/** What the fields of a repetition hold while it is filled in. */
export type RepeatValues = {
  readonly every: "none" | "day" | "week" | "month";
  readonly interval: number | undefined;
  readonly weekdays: readonly number[];
  readonly monthly: "day" | "last-day" | "nth" | "last";
  readonly ends: "until" | "count";
  readonly until: Day;
  readonly count: number | undefined;
};

/** No repetition; what is left of it when it is turned on is filled from the day. */
export const noRepeat: RepeatValues = {
  every: "none",
  interval: 1,
  weekdays: [],
  monthly: "day",
  ends: "until",
  until: "",
  count: 10,
};

/** The values with another unit: a week begins on the day's own weekday, and the end lies three months ahead or as far as can be booked. */
export function turnedTo(
  every: RepeatValues["every"],
  before: RepeatValues,
  day: Day,
  furthest: Day | undefined,
): RepeatValues {
  const ahead = plusDays(day, every === "day" ? 13 : 84);
  const until = furthest !== undefined && furthest < ahead && furthest > day ? furthest : ahead;
  return {
    ...before,
    every,
    weekdays: before.weekdays.length > 0 ? before.weekdays : [isoWeekday(day)],
    until: before.until > day ? before.until : until,
  };
}

const nthIn = (day: Day) => Math.ceil(Number(day.slice(8)) / 7);

/** The rule that the fields say, from a day on; undefined while they say none that could be. */
export function repeatOf(values: RepeatValues, day: Day): Repeat | undefined {
  const { every, interval, weekdays, monthly, ends, until, count } = values;
  if (every === "none") return undefined;
  const weekday = isoWeekday(day);
  const on = {
    day: { day: Number(day.slice(8)) },
    "last-day": { day: -1 },
    nth: { nth: nthIn(day), weekday },
    last: { nth: -1, weekday },
  }[monthly];
  const rule = {
    every,
    interval,
    ...(every === "week" ? { weekdays: [...weekdays].sort() } : {}),
    ...(every === "month" ? { on } : {}),
    ...(ends === "until" ? { until } : { count }),
  };
  const parsed = RepeatSchema.safeParse(rule);
  return interval !== undefined && parsed.success ? parsed.data : undefined;
}

/** The ways in which a month can have the day again: by its number, as the nth weekday, and as the last of the month where it is. */
export function monthlyOptions(day: Day, t: SeriesWords): { value: RepeatValues["monthly"]; label: string }[] {
  const nth = nthIn(day);
  const last = plusDays(day, 7).slice(0, 7) !== day.slice(0, 7);
  const lastDay = plusDays(day, 1).slice(0, 7) !== day.slice(0, 7);
  return [
    { value: "day", label: t.onDay(Number(day.slice(8))) },
    ...(lastDay ? [{ value: "last-day" as const, label: t.onLastDay }] : []),
    { value: "nth", label: t.onNth(nth, weekday(day)) },
    ...(last ? [{ value: "last" as const, label: t.onNth(-1, weekday(day)) }] : []),
  ];
}

/** A Monday, to name weekdays from. */
const monday = "2026-11-23";
/** The name of an ISO weekday. */
export const weekdayName = (iso: number): string => weekday(plusDays(monday, iso - 1));

/** A rule in plain words: `每周一、周三，到 12月31日`, `Every 2 weeks on Mon, Wed, 10 times`. */
export function repeatText(repeat: Repeat, t: SeriesWords): string {
  const { count, until = "" } = repeat;
  const end = count !== undefined ? t.countTimes(count) : t.untilDay(dayProse(until, { weekday: false, year: true }));
  return `${rhythmText(repeat, t)}${end}`;
}

/** The same without its end: `每周一、周三`. */
export function rhythmText(repeat: Repeat, t: SeriesWords): string {
  const { every, interval } = repeat;
  const unit = t.every(every, interval);
  const names = repeat.every === "week" ? repeat.weekdays.map(weekdayName) : [];
  // 每周一、周三, not 每周周一、周三
  const listed = unit.endsWith("周") && interval === 1 ? t.list(names).slice(1) : t.list(names);
  const on =
    repeat.every === "week"
      ? t.on(listed)
      : repeat.every === "month"
        ? t.on(
            "day" in repeat.on
              ? repeat.on.day === -1
                ? t.onLastDay
                : t.onDay(repeat.on.day)
              : t.onNth(repeat.on.nth, weekdayName(repeat.on.weekday)),
          )
        : "";
  return `${unit}${on}`;
}
