import { type Day, type Month, monthOf, monthsLater, plusDays, plusMonths } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Company, MembersRefusal } from "./model.ts";
import { type Notice, type Pause, type Phase, partsMost, type Subscription } from "./subscription-model.ts";

/** Months ahead for which allowances are granted, so that rooms can be booked then. */
export const monthsAhead = 2;

type Stretch = { readonly from: Day; readonly until?: Day | undefined };
export type RunningPhase = Phase & Stretch;

const earlier = (a: Day | undefined, b: Day | undefined) => (a === undefined || (b !== undefined && b < a) ? b : a);
const holds = (stretch: Stretch, day: Day) =>
  stretch.from <= day && (stretch.until === undefined || day < stretch.until);

/** A plan at the price that holds on a day: what was agreed with the company until its end, then the plan's own. */
function pricedOn<One extends Phase>(phase: One, day: Day): One {
  const { agreed, ...snapshot } = phase.snapshot;
  if (!agreed || (agreed.until !== undefined && agreed.until <= day)) return { ...phase, snapshot };
  const name = `${snapshot.name} · ${agreed.name}`;
  return { ...phase, snapshot: { ...snapshot, name, monthlyMinor: agreed.monthlyMinor } };
}

/** The plans and prices that a subscription went through, in order: each holds until the next one or the end. */
export function phasesOf(subscription: Subscription): RunningPhase[] {
  const { from, plan, snapshot, until, amendments = [] } = subscription;
  const all: Phase[] = [{ from, plan, snapshot }, ...amendments];
  return all
    .flatMap((phase, at): RunningPhase[] => {
      const whole = { ...phase, until: earlier(all[at + 1]?.from, until) };
      const back = phase.snapshot.agreed?.until;
      if (back === undefined || back <= phase.from) return [pricedOn(whole, phase.from)];
      const later = { ...whole, from: back };
      return [{ ...pricedOn(whole, phase.from), until: earlier(back, whole.until) }, pricedOn(later, back)];
    })
    .filter((phase) => phase.until === undefined || phase.from < phase.until);
}

/** The plan that holds on a day as it was taken, with what was agreed of its price: the first before it starts, the last after it ended. */
export function phaseTaken(subscription: Subscription, day: Day): Phase {
  const all: Phase[] = [subscription, ...(subscription.amendments ?? [])];
  return all.findLast(({ from }) => from <= day) ?? subscription;
}

/** The plan that holds on a day, at the price that holds then. */
export const phaseOn = (subscription: Subscription, day: Day): Phase => pricedOn(phaseTaken(subscription, day), day);

/** Whether a subscription rests on a day. */
export function pausedOn(subscription: Subscription, day: Day): boolean {
  return (subscription.pauses ?? []).some((pause) => holds(pause, day));
}

/** Whether a company has a plan on a day, and it does not rest then. */
export function runsOn(subscription: Subscription | undefined, day: Day): boolean {
  return subscription !== undefined && holds(subscription, day) && !pausedOn(subscription, day);
}

/** Whether a plan runs on a day or is still to begin. */
export const goesOn = (one: Subscription | undefined, day: Day): boolean =>
  one !== undefined && (one.until === undefined || one.until > day);

/** The subscription of a company that a day belongs to: the one that follows when the present one has ended by then. */
export function subscriptionOn(company: Pick<Company, "subscription" | "next">, day: Day): Subscription | undefined {
  const { subscription, next } = company;
  return next && next.from <= day ? next : subscription;
}

function without(stretch: { from: Day; until: Day }, pauses: readonly Pause[]): { from: Day; until: Day }[] {
  let left = [stretch];
  for (const pause of pauses)
    left = left.flatMap(({ from, until }) => {
      const [start, end] = [pause.from > from ? pause.from : from, earlier(pause.until, until) ?? until];
      if (start >= end) return [{ from, until }];
      return [
        { from, until: start },
        { from: end, until },
      ].filter((part) => part.from < part.until);
    });
  return left;
}

/** The stretches of a month on which a plan runs and does not rest, each with the plan that holds: what is charged and what grants. */
export function partsOf(subscription: Subscription, month: Month): (Phase & { readonly until: Day })[] {
  const [first, next] = [`${month}-01`, `${plusMonths(month, 1)}-01`];
  return phasesOf(subscription).flatMap(({ from, until, plan, snapshot }) => {
    const stretch = { from: from > first ? from : first, until: earlier(until, next) ?? next };
    if (stretch.from >= stretch.until) return [];
    return without(stretch, subscription.pauses ?? []).map((part) => ({ ...part, plan, snapshot }));
  });
}

/** The first day that a company is not bound to any more when it gives notice on a day: after its term, and no sooner than the notice asks. */
export function earliestEnd(subscription: Subscription, day: Day): Day {
  const noticed = plusDays(day, phaseOn(subscription, day).snapshot.noticeDays ?? 0);
  const bound = subscription.termUntil ?? subscription.from;
  return noticed > bound ? noticed : bound;
}

/** The latest of a company's subscriptions: the one that follows, else the present one. */
const lastOf = ({ subscription, next }: Pick<Company, "subscription" | "next">) => next ?? subscription;

type Decided = Outcome<Subscription, MembersRefusal>;
/** Days that changes of a plan may name: at most 31 back and a year ahead. */
const daysBack = 31;
const daysAhead = 366;

function within(day: Day, today: Day, first: Day): Outcome<null, MembersRefusal> {
  const back = plusDays(today, -daysBack);
  const earliest = first > back ? first : back;
  const latest = plusDays(today, daysAhead);
  return day < earliest || day > latest ? refuse("subscription.day", { earliest, latest }) : accept(null);
}

function running(company: Company, today: Day): Decided {
  const last = lastOf(company);
  const over = last?.until !== undefined && last.until <= plusDays(today, -daysBack);
  return last && !over ? accept(last) : refuse("subscription.none");
}

/** Whether a plan may start: the company is here, none runs then, and none waits to follow already. */
export function mayStart(company: Company, from: Day, today: Day): Outcome<null, MembersRefusal> {
  if (company.state === "left") return refuse("company.left");
  const last = lastOf(company);
  const waits = company.next !== undefined && company.next.from > today;
  if (last && (waits || last.until === undefined || last.until > from))
    return refuse("subscription.running", { plan: phaseOn(last, from).snapshot.name, until: last.until ?? null });
  return within(from, today, plusDays(today, -daysBack));
}

/** A new subscription: bound for the plan's term, and ending with it when the plan says so. */
export function started(id: Subscription["id"], phase: Phase): Subscription {
  const { termMonths, renewal } = phase.snapshot;
  const termUntil = termMonths ? monthsLater(phase.from, termMonths) : undefined;
  return {
    id,
    ...phase,
    ...(termUntil ? { termUntil } : {}),
    ...(termUntil && renewal === "ends" ? { until: termUntil } : {}),
  };
}

/** A plan that ran before the space came here (接管): charged from its phase's day on, bound and ending as it was agreed then and not by its plan's own term. */
export function takenOver(
  id: Subscription["id"],
  phase: Phase,
  agreed: { readonly since: Day; readonly termUntil?: Day | undefined },
): Subscription {
  const { since, termUntil } = agreed;
  const ends = termUntil !== undefined && phase.snapshot.renewal === "ends";
  return { id, ...phase, since, ...(termUntil ? { termUntil } : {}), ...(ends ? { until: termUntil } : {}) };
}

/** Changes a plan from a day on; the same day again takes the place of the change before. What came earlier stays as it was. */
export function amended(company: Company, phase: Phase, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const { amendments = [], from, until } = last.value;
  const newest = amendments.at(-1)?.from ?? from;
  const may = within(phase.from, today, newest);
  if (!may.ok) return may;
  if (until !== undefined && phase.from >= until) return refuse("subscription.ended", { until });
  if (phase.from === from) return accept({ ...last.value, plan: phase.plan, snapshot: phase.snapshot });
  const kept = amendments.filter((one) => one.from < phase.from);
  if (kept.length >= partsMost) return refuse("subscription.parts", { most: partsMost });
  return accept({ ...last.value, amendments: [...kept, phase] });
}

/** Rests a plan for some days, which must not meet another pause. */
export function paused(company: Company, pause: Pause, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const { pauses = [], from, until } = last.value;
  const may = within(pause.from, today, from);
  if (!may.ok) return may;
  if (until !== undefined && pause.from >= until) return refuse("subscription.ended", { until });
  if (pause.until !== undefined && pause.until <= pause.from)
    return refuse("subscription.day", { earliest: plusDays(pause.from, 1), latest: plusDays(today, daysAhead) });
  const met = pauses.find(
    (one) =>
      (one.until === undefined || pause.from < one.until) && (pause.until === undefined || one.from < pause.until),
  );
  if (met) return refuse("subscription.paused", { from: met.from, until: met.until ?? null });
  if (pauses.length >= partsMost) return refuse("subscription.parts", { most: partsMost });
  return accept({ ...last.value, pauses: [...pauses, pause].toSorted((a, b) => (a.from < b.from ? -1 : 1)) });
}

/** Lets a plan run again from a day on: the pause that holds then, or the next, ends there, and is gone when it never began. */
export function resumed(company: Company, from: Day, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const pauses = last.value.pauses ?? [];
  const open = pauses.find(({ until }) => until === undefined || until > from);
  if (!open) return refuse("subscription.not-paused");
  const may = within(from, today, last.value.from);
  if (!may.ok) return may;
  const { pauses: _, ...rest } = last.value;
  const left = pauses.flatMap((one) => (one !== open ? [one] : from > one.from ? [{ ...one, until: from }] : []));
  return accept({ ...rest, ...(left.length > 0 ? { pauses: left } : {}) });
}

/** Binds a company for more months after its term, or after today when it has none; notice and an end that was set are taken back. */
export function renewed(company: Company, months: number, phase: Phase | undefined, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const { notice: _, until, termUntil, ...rest } = last.value;
  const base = until ?? termUntil ?? today;
  const later = monthsLater(base < today ? today : base, months);
  const ends = (phase?.snapshot ?? phaseOn(last.value, base).snapshot).renewal === "ends";
  const bound: Subscription = { ...rest, termUntil: later, ...(ends ? { until: later } : {}) };
  return phase
    ? amended({ ...company, subscription: bound, next: undefined }, { ...phase, from: base }, today)
    : accept(bound);
}

/** Gives notice (退租): the plan ends on the earliest day that term and notice allow, or on a later one that is named. */
export function noticed(company: Company, wish: Omit<Notice, "on" | "until"> & { until?: Day }, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  if (last.value.notice) return refuse("subscription.noticed", { until: last.value.notice.until });
  if (last.value.until !== undefined) return refuse("subscription.ended", { until: last.value.until });
  const earliest = earliestEnd(last.value, today);
  const until = wish.until ?? earliest;
  const latest = plusDays(earliest, daysAhead);
  if (until < earliest || until > latest) return refuse("subscription.notice-day", { earliest, latest });
  const { by, reason } = wish;
  return accept({ ...last.value, until, notice: { on: today, until, by, ...(reason ? { reason } : {}) } });
}

/** Takes notice back before the plan has ended. */
export function withdrawn(company: Company, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const { notice, until, ...rest } = last.value;
  if (!notice || (until !== undefined && until <= today)) return refuse("subscription.no-notice");
  return accept(rest);
}

/** Ends a plan on a day whatever its term says, as the two sides agreed; a pause that goes on is over with it. */
export function ended(company: Company, until: Day, today: Day): Decided {
  const last = running(company, today);
  if (!last.ok) return last;
  const may = within(until, today, last.value.from);
  if (!may.ok) return may;
  const { amendments = [], pauses = [], ...rest } = last.value;
  const kept = amendments.filter(({ from }) => from < until);
  const rests = pauses.filter(({ from }) => from < until);
  return accept({
    ...rest,
    until,
    ...(kept.length > 0 ? { amendments: kept } : {}),
    ...(rests.length > 0 ? { pauses: rests } : {}),
  });
}

/** The months whose allowances stand open on a day: its own and the two that follow. */
export function openMonths(day: Day): Month[] {
  return Array.from({ length: monthsAhead + 1 }, (_, ahead) => plusMonths(monthOf(day), ahead));
}
