import type { Day } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Announcement } from "./announcement-model.ts";

type Shown = Pick<Announcement, "from" | "until" | "companies" | "event">;

/** Whether an announcement is shown on a local day. */
export const isShown = ({ from, until }: Shown, day: Day): boolean => from <= day && day < until;

/** Whether an announcement is for people of one of some companies; nobody's is for nobody. */
export const isFor = ({ companies }: Shown, of: readonly string[]): boolean =>
  of.length > 0 && (companies === undefined || of.some((company) => companies.some((one) => one === company)));

/** Refuses days on which nothing would be shown, `announcement.days`, and an event that ends before it begins, `event.times`. */
export function checkDays<One extends Shown>(one: One, today: Day): Outcome<One, "announcement.days" | "event.times"> {
  if (one.event && one.event.from >= one.event.until) return refuse("event.times");
  return one.from < one.until && one.until > today ? accept(one) : refuse("announcement.days");
}

/** Pinned ones first, then the newest. */
export const byStanding = (
  a: Pick<Announcement, "pinned" | "from" | "at">,
  b: Pick<Announcement, "pinned" | "from" | "at">,
): number => {
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
  const [one, other] = [`${a.from} ${a.at}`, `${b.from} ${b.at}`];
  return one === other ? 0 : one > other ? -1 : 1;
};
