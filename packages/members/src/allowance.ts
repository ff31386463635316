import { daysOfMonth, type Month, plusMonths } from "@yihao/kernel/days";
import { type CreditKind, creditKinds } from "@yihao/pricing/model";
import { partsOf } from "./subscription.ts";
import type { PlanSnapshot, Subscription } from "./subscription-model.ts";

/** Units of each kind of credit; a kind that is not there has none. */
export type Units = Readonly<Partial<Record<CreditKind, number>>>;

/** What a plan gives in a month by kind. Bins are given as their days: one for each day of the month. */
export function givenBy(snapshot: PlanSnapshot, month: Month): Record<CreditKind, number> {
  return {
    "room-minutes": snapshot.roomMinutes,
    "desk-days": snapshot.deskDays ?? 0,
    "guest-passes": snapshot.guestPasses ?? 0,
    "bin-days": (snapshot.bins ?? 0) * daysOfMonth(month).length,
  };
}

/** How much of each kind goes over into the next month at most. */
export function rolledBy({ rollover = {} }: PlanSnapshot): Record<CreditKind, number> {
  return {
    "room-minutes": rollover.roomMinutes ?? 0,
    "desk-days": rollover.deskDays ?? 0,
    "guest-passes": rollover.guestPasses ?? 0,
    "bin-days": rollover.binDays ?? 0,
  };
}

/** A month's allowance: what it gives of each kind, how much of it may go over, and whether a plan runs in it at all. */
export type MonthAllowance = {
  readonly gives: Record<CreditKind, number>;
  readonly rolls: Record<CreditKind, number>;
  readonly runs: boolean;
};

/**
 * What a month gives: of each kind the most that any plan gives which runs on one of its days. So a first, last or partly paused month gives the whole
 * allowance, a better plan tops it up from its day on, and a month that is paused whole gives nothing.
 */
export function allowanceIn(subscriptions: readonly Subscription[], month: Month): MonthAllowance {
  const plans = subscriptions.flatMap((one) => partsOf(one, month)).map(({ snapshot }) => snapshot);
  const most = (of: (snapshot: PlanSnapshot) => Record<CreditKind, number>) =>
    Object.fromEntries(
      creditKinds.map((kind) => [kind, Math.max(0, ...plans.map((snapshot) => of(snapshot)[kind]))]),
    ) as Record<CreditKind, number>;
  return { gives: most((snapshot) => givenBy(snapshot, month)), rolls: most(rolledBy), runs: plans.length > 0 };
}

/** A month's change so that what was granted is what it gives: units to grant, to take back, and what was granted then. */
export type Correction = { readonly grant: number; readonly takeBack: number; readonly granted: number };

/**
 * How a month's grant of a kind is put right. More is granted at once. Less is taken back from what is left, in a month to come or in one in which no
 * plan runs any more; what was booked or used stays.
 */
export function correction(gives: number, granted: number, left: number, mayTakeBack: boolean): Correction {
  if (gives > granted) return { grant: gives - granted, takeBack: 0, granted: gives };
  const takeBack = mayTakeBack ? Math.min(left, granted - gives) : 0;
  return { grant: 0, takeBack, granted: granted - takeBack };
}

/** What is left of a kind in a month that is over. */
export type Left = { readonly kind: CreditKind; readonly month: Month; readonly units: number };
/** Where it goes: so much into the next month, the rest expires. */
export type Rolled = Left & { readonly carried: number; readonly into: Month };

/**
 * What becomes of credits of months that are over (结转、清零): up to the cap of their month goes over into the next when a plan runs there, the rest
 * expires. What goes over into a month that is over too goes on from there.
 */
export function rollOver(left: readonly Left[], current: Month, allowance: (month: Month) => MonthAllowance): Rolled[] {
  const rolled: Rolled[] = [];
  for (const kind of creditKinds) {
    const months = new Map(left.filter((one) => one.kind === kind).map(({ month, units }) => [month, units]));
    const [first] = [...months.keys()].sort();
    for (let month = first; month !== undefined && month < current; month = plusMonths(month, 1)) {
      const units = months.get(month) ?? 0;
      if (units === 0) continue;
      const into = plusMonths(month, 1);
      const carried = allowance(into).runs ? Math.min(units, allowance(month).rolls[kind]) : 0;
      months.set(into, (months.get(into) ?? 0) + carried);
      rolled.push({ kind, month, units, carried, into });
    }
  }
  return rolled;
}
