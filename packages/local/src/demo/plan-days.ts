import { type Day, dayOf, instantOf, plusDays, weekday } from "@yihao/kernel/days";

export const demoZone = "Asia/Shanghai";

/** How much of the demo is made. */
export type DemoSize = {
  /** Days of history before today. */
  readonly days: number;
  readonly companies: number;
  /** How many of them have goods. */
  readonly stocked: number;
};
export const wholeDemo: DemoSize = { days: 60, companies: 31, stocked: 8 };

/** What every plan of the demo is made from: its size and the instant that it calls now. */
export type Timeframe = { readonly size: DemoSize; readonly now: string; readonly today: Day; readonly first: Day };

/** The days that a demo of a size spans when it is made at an instant. */
export function timeframe(size: DemoSize, now: string): Timeframe {
  const today = dayOf(now, demoZone);
  return { size, now, today, first: plusDays(today, -size.days) };
}

/** The instant of a wall time of the demo. */
export const at = (day: Day, time: string): string => instantOf(day, time, demoZone);

/** The earlier of two instants. */
export const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The later of two instants. */
export const later = (one: string, other: string): string => (earlier(one, other) === one ? other : one);

/** Minutes since midnight as a wall time. */
export const wallTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Every day from one to another, both included, that the spaces are open: all but Sundays. */
export function openDays(from: Day, until: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= until; day = plusDays(day, 1)) if (weekday(day) !== 7) days.push(day);
  return days;
}
