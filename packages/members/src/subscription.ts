import { type Day, type Month, monthOf, plusMonths } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Company, MembersRefusal, Subscription } from "./model.ts";

/** Months ahead for which allowances are granted, so that rooms can be booked then. */
export const monthsAhead = 2;

/** Whether a company has a plan on a day. */
export function runsOn(subscription: Subscription | undefined, day: Day): boolean {
  return (
    subscription !== undefined &&
    subscription.from <= day &&
    (subscription.until === undefined || day < subscription.until)
  );
}

/**
 * The months whose allowance a plan grants by a day: from the month it starts, but not before the day's own, to two months after the day's. The
 * first and last month give the whole allowance. None after the month of its last day.
 */
export function grantMonths(subscription: Subscription, day: Day): Month[] {
  const months: Month[] = [];
  for (let ahead = 0; ahead <= monthsAhead; ahead += 1) {
    const month = plusMonths(monthOf(day), ahead);
    const ended = subscription.until !== undefined && subscription.until <= `${month}-01`;
    if (month >= monthOf(subscription.from) && !ended) months.push(month);
  }
  return months;
}

/** Whether a plan may start: the company is here, none runs then, and the day is at most 31 days back and a year ahead. */
export function mayStart(company: Company, from: Day, earliest: Day, latest: Day): Outcome<null, MembersRefusal> {
  if (company.state === "left") return refuse("company.left");
  const running = company.subscription;
  if (running && (running.until === undefined || running.until > from))
    return refuse("subscription.running", { plan: running.snapshot.name, until: running.until ?? null });
  if (from < earliest || from > latest) return refuse("subscription.day", { earliest, latest });
  return accept(null);
}

/** Whether a plan may end: one runs, and its end lies after its start, at most 31 days back and a year ahead. */
export function mayEnd(
  company: Company,
  until: Day,
  earliest: Day,
  latest: Day,
): Outcome<Subscription, MembersRefusal> {
  const running = company.subscription;
  if (!running || (running.until !== undefined && running.until <= earliest)) return refuse("subscription.none");
  const first = running.from > earliest ? running.from : earliest;
  if (until < first || until > latest) return refuse("subscription.day", { earliest: first, latest });
  return accept(running);
}
