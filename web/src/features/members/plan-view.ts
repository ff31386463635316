import { plusDays, plusMonths } from "@yihao/kernel/days";
import { earliestEnd, pausedOn, phasesOf, runsOn } from "@yihao/members/subscription";
import type { Credit, PlanSnapshot, Subscription } from "@yihao/members/subscription-model";
import { count } from "../../format.ts";
import { planWords } from "./plan-words.ts";

/** A stretch of days as the picture of plans draws it, in shares of the whole from 0 to 1. */
export type Bar = {
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly until: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly look: "past" | "now" | "later";
};
export type Picture = {
  readonly bars: readonly Bar[];
  readonly pauses: readonly { readonly key: string; readonly start: number; readonly end: number }[];
  readonly marks: readonly { readonly key: "term" | "end"; readonly day: string; readonly at: number }[];
  readonly months: readonly { readonly month: string; readonly at: number }[];
  readonly today: number;
};

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 864e5;

/** How plans lie in time: from the first day of them, at most a year back, to some months ahead of all that is known. */
export function pictureOf(subscriptions: readonly Subscription[], today: string): Picture {
  const yearBack = `${plusMonths(today.slice(0, 7), -12)}-01`;
  const firsts = subscriptions.map(({ from }) => from);
  const earliest = firsts.reduce((a, b) => (b < a ? b : a), today);
  const start = `${(earliest < yearBack ? yearBack : earliest).slice(0, 7)}-01`;
  const known = subscriptions.flatMap((one) => [
    one.until ?? one.from,
    one.termUntil ?? one.from,
    ...(one.amendments ?? []).map(({ from }) => from),
    ...(one.pauses ?? []).map(({ until, from }) => until ?? from),
  ]);
  const latest = known.reduce((a, b) => (b > a ? b : a), today);
  const yearAhead = plusMonths(today.slice(0, 7), 18);
  const lastMonth = plusMonths(latest.slice(0, 7), 2);
  const end = `${lastMonth > yearAhead ? yearAhead : lastMonth}-01`;
  const width = dayNumber(end) - dayNumber(start);
  const at = (day: string | undefined) =>
    day === undefined ? 1 : Math.min(1, Math.max(0, (dayNumber(day) - dayNumber(start)) / width));
  const bars = subscriptions
    .flatMap((one) => phasesOf(one).map((phase) => ({ id: one.id, phase })))
    .map(({ id, phase }): Bar => {
      const { from, until } = phase;
      const look = until !== undefined && until <= today ? "past" : from > today ? "later" : "now";
      return { key: `${id} ${from}`, name: phase.snapshot.name, from, until, start: at(from), end: at(until), look };
    })
    .filter((bar) => bar.end > bar.start)
    .toSorted((a, b) => a.start - b.start);
  const pauses = subscriptions.flatMap((one) =>
    (one.pauses ?? []).map(({ from, until }) => ({
      key: `${one.id} ${from}`,
      start: at(from),
      end: at(until ?? one.until),
    })),
  );
  const last = subscriptions.at(-1);
  const marks = [
    ...(last?.termUntil ? [{ key: "term" as const, day: last.termUntil, at: at(last.termUntil) }] : []),
    ...(last?.until ? [{ key: "end" as const, day: last.until, at: at(last.until) }] : []),
  ];
  const all: string[] = [];
  for (let month = start.slice(0, 7); month < end.slice(0, 7); month = plusMonths(month, 1)) all.push(month);
  const step = Math.ceil(all.length / 8);
  const months = all.filter((_, index) => index % step === 0).map((month) => ({ month, at: at(`${month}-01`) }));
  return { bars, pauses, marks, months, today: at(today) };
}

/** What a plan gives in a month, in words. */
export function givenWords(snapshot: Pick<PlanSnapshot, "roomMinutes" | "deskDays" | "guestPasses" | "bins">): string {
  const t = planWords();
  const { roomMinutes, deskDays, guestPasses, bins } = snapshot;
  return [
    roomMinutes ? t.roomHours(hoursOf(roomMinutes)) : "",
    deskDays ? t.deskDays(deskDays) : "",
    guestPasses ? t.guestPasses(guestPasses) : "",
    bins ? t.bins(bins) : "",
  ]
    .filter(Boolean)
    .join(t.separator);
}

/** Minutes as hours, whole where they are. */
export const hoursOf = (minutes: number) => (minutes % 60 === 0 ? String(minutes / 60) : (minutes / 60).toFixed(1));

/** Units of a kind of credit in words: minutes as hours. */
export const unitsSaid = (kind: Credit["kind"], units: number) =>
  planWords().units[kind](kind === "room-minutes" ? hoursOf(units) : count(units));

/** How a subscription stands on a day. */
export function standing(one: Subscription, today: string): "runs" | "rests" | "waits" | "over" {
  if (one.until !== undefined && one.until <= today) return "over";
  if (one.from > today) return "waits";
  if (pausedOn(one, today)) return "rests";
  return runsOn(one, today) ? "runs" : "over";
}

/** The day before: the last day of what is over on a day. */
export const lastDayOf = (until: string) => plusDays(until, -1);

/** The last day of a plan when notice is given on a day: as term and notice allow, and that day at the soonest. */
export function earliestLastDay(one: Subscription, today: string): string {
  const last = lastDayOf(earliestEnd(one, today));
  return last < today ? today : last;
}
