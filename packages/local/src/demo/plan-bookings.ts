import { type Day, plusDays, timeOf, weekday } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import type { Chance } from "./chance.ts";
import { at, demoZone, earlier, later, openDays, type Timeframe, wallTime } from "./plan-days.ts";

export type PlannedBooking = {
  /** Names its commands; never changes for a seed. */
  readonly id: string;
  /** Index of the company in the list that was given. */
  readonly company: number;
  /** The company's second person books, not its contact. */
  readonly second: boolean;
  /** Code of the room or desk. */
  readonly code: string;
  readonly day: Day;
  /** Absent for a desk, which is had for the day. */
  readonly span?: { readonly from: string; readonly until: string };
  readonly madeAt: string;
  readonly cancelledAt?: string;
  readonly checkedInAt?: string;
};
export type Bookable = { readonly rooms: readonly string[]; readonly desks: readonly string[] };

const open = 8 * 60 + 30;
const close = 21 * 60;
/** Rooms and desks taken on each weekday, Monday first; today is busier, so that it has something to show. */
const roomsOn = [6, 6, 7, 6, 5, 2, 0];
const desksOn = [4, 4, 5, 4, 4, 2, 0];
const todayMore = 1.8;
/** Starts of room bookings: dense in the morning and afternoon, thin over lunch and in the evening. */
const starts = [
  9, 9, 9.5, 9.5, 10, 10, 10, 10.5, 11, 12.5, 13.5, 14, 14, 14, 14.5, 15, 15, 15.5, 16, 16, 17, 19, 19.5,
].map((hour) => hour * 60);
const lengths = [30, 60, 60, 60, 90, 90, 120];
const daysAhead = 12;

/** Plans every booking of a space: the weekdays' rhythm, some cancelled, today's around the present, and the coming days filling up. */
export function planBookings(
  frame: Timeframe,
  what: Bookable,
  companies: number,
  chance: Chance,
  share = 1,
): PlannedBooking[] {
  const planned: PlannedBooking[] = [];
  for (const day of openDays(frame.first, plusDays(frame.today, daysAhead))) {
    const ahead = Math.max(0, (Date.parse(day) - Date.parse(frame.today)) / 86_400_000);
    const fill = share * (day < frame.today ? 1 : ahead === 0 ? todayMore : Math.max(0.12, 0.75 - ahead * 0.08));
    const taken = new Map<string, { from: number; until: number }[]>();
    const add = (code: string, from: number, minutes: number, who = chance.whole(0, companies - 1)) => {
      const others = taken.get(code) ?? [];
      const until = from + minutes;
      if (from < open || until > close || others.some((one) => one.from < until && from < one.until)) return;
      taken.set(code, [...others, { from, until }]);
      const desk = what.desks.includes(code);
      const span = { from: at(day, wallTime(from)), until: at(day, wallTime(until)) };
      const one = timed(frame, { ...span, lead: chance.whole(60, 4000) }, chance);
      if (one)
        planned.push({
          id: `${day} ${code} ${wallTime(from)}`,
          company: who,
          second: chance.happens(0.4),
          code,
          day,
          ...(desk ? {} : { span }),
          ...one,
        });
    };
    if (day === frame.today) aroundNow(frame, what, add);
    const rooms = Math.round((roomsOn[weekday(day) - 1] ?? 0) * fill * (what.rooms.length / 3));
    for (let n = 0; n < rooms; n += 1) add(chance.pick(what.rooms), chance.pick(starts), chance.pick(lengths));
    const desks = Math.round((desksOn[weekday(day) - 1] ?? 0) * fill * Math.min(1, what.desks.length / 20));
    for (let n = 0; n < desks; n += 1) add(chance.pick(what.desks), open, close - open);
  }
  return planned;
}

/** A room that is in use, one that is so in half an hour, and some desks. */
function aroundNow(frame: Timeframe, what: Bookable, add: (code: string, from: number, minutes: number) => void) {
  const [hour = 0, minute = 0] = timeOf(frame.now, demoZone).split(":").map(Number);
  const half = Math.floor((hour * 60 + minute) / 30) * 30;
  what.rooms.forEach((code, index) => {
    add(code, index === 1 ? half + 60 : half - 30 * index, index === 0 ? 90 : 60);
  });
}

type Slot = { readonly from: string; readonly until: string; readonly lead: number };

/** When a booking is made, cancelled and checked in: all before the demo's now and in order. Undefined for what nobody could have booked yet. */
function timed(
  frame: Timeframe,
  { from, until, lead }: Slot,
  chance: Chance,
): Pick<PlannedBooking, "madeAt" | "cancelledAt" | "checkedInAt"> | undefined {
  const madeAt = later(plusMinutes(earlier(from, frame.now), -lead), at(frame.first, "08:00"));
  const [cancels, comes] = [chance.happens(0.07), chance.happens(0.92)];
  if (madeAt >= from) return undefined;
  if (cancels) {
    const between = Math.min(Date.parse(from), Date.parse(frame.now)) - Date.parse(madeAt);
    const cancelledAt = plusMinutes(madeAt, Math.floor(between / 120_000));
    if (cancelledAt > madeAt && cancelledAt < from) return { madeAt, cancelledAt };
  }
  const cameAt = plusMinutes(from, 4);
  return comes && cameAt <= frame.now && cameAt < until ? { madeAt, checkedInAt: cameAt } : { madeAt };
}
