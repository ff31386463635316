import { type Day, daySpan, daysOf, type Zone } from "@yihao/kernel/days";
import { instant, millis, type Span } from "@yihao/kernel/span";
import type { BookingId } from "./model.ts";

/** The grid that all bookings lie on, in minutes; a day has 288 grains, 276 or 300 when the clock changes. */
export const grainMinutes = 5;
const grainMs = grainMinutes * 60_000;

/** A stretch of one local day in grains from the day's first instant, half-open. */
export type GrainSpan = { readonly from: number; readonly until: number };
/** A stretch of a day with the booking that has it. */
export type Entry = GrainSpan & { readonly booking: BookingId };
/** A stretch on the sheet of one local day. */
export type OnDay = GrainSpan & { readonly day: Day };

const digits = "0123456789abcdefghijklmnopqrstuv";
/** The letters of a booking's id after `bok_`. */
export const bookingLetters = 14;
const entryLetters = 4 + bookingLetters;

const two = (grain: number) => `${digits[grain >> 5]}${digits[grain & 31]}`;
const one = (text: string, at: number) => digits.indexOf(text[at] ?? "") * 32 + digits.indexOf(text[at + 1] ?? "");

/** Packs a day's entries into 18 letters each, in order of time: two letters of base 32 per end, then the booking's. */
export function pack(entries: readonly Entry[]): string {
  return [...entries]
    .sort((a, b) => a.from - b.from || a.until - b.until)
    .map(({ from, until, booking }) => `${two(from)}${two(until)}${booking.slice(4)}`)
    .join("");
}

/** Reads what `pack` wrote. */
export function unpack(text: string): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + entryLetters <= text.length; at += entryLetters)
    entries.push({
      from: one(text, at),
      until: one(text, at + 2),
      booking: `bok_${text.slice(at + 4, at + entryLetters)}`,
    });
  return entries;
}

/**
 * Cuts a span of instants into the grains of every local day it touches. Grains count from the day's first instant, not
 * from wall times, so the hour that a clock change doubles is two different hours and the skipped one does not exist.
 */
export function onDays(span: Span, zone: Zone): OnDay[] {
  return daysOf(span, zone).map((day) => {
    const whole = daySpan(day, zone);
    const from = Math.max(millis(span.from), millis(whole.from)) - millis(whole.from);
    const until = Math.min(millis(span.until), millis(whole.until)) - millis(whole.from);
    return { day, from: Math.floor(from / grainMs), until: Math.ceil(until / grainMs) };
  });
}

/** The instants of a stretch of grains on a day. */
export function instantsOf(day: Day, zone: Zone, grains: GrainSpan): Span {
  const start = millis(daySpan(day, zone).from);
  return { from: instant(start + grains.from * grainMs), until: instant(start + grains.until * grainMs) };
}

/**
 * The first entry that is had at a moment of the stretch at which every unit of its resource is had, if any: then one more cannot be. Touching ends do not
 * count. How many are had at once only rises where an entry begins, so only those moments and the stretch's own first are looked at.
 */
export function clash(entries: readonly Entry[], wanted: GrainSpan, units = 1): Entry | undefined {
  const near = entries.filter((entry) => entry.from < wanted.until && wanted.from < entry.until);
  if (near.length < units) return undefined;
  if (units === 1) return near[0];
  for (const { from } of near) {
    const at = Math.max(from, wanted.from);
    if (had(near, at) >= units) return near.find((entry) => entry.from <= at && at < entry.until);
  }
  return undefined;
}

/** How many entries hold at a grain. */
export function had(entries: readonly Entry[], at: number): number {
  return entries.filter((entry) => entry.from <= at && at < entry.until).length;
}

/** The most units that are had at one moment of a stretch. */
export function mostHad(entries: readonly Entry[], wanted: GrainSpan): number {
  const near = entries.filter((entry) => entry.from < wanted.until && wanted.from < entry.until);
  return near.reduce((most, { from }) => Math.max(most, had(near, Math.max(from, wanted.from))), 0);
}
