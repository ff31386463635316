import { type Month, plusMonths } from "@yihao/kernel/days";
import { taxWithin } from "@yihao/kernel/money";
import type { Company } from "@yihao/members/model";
import { partsOf, phasesOf } from "@yihao/members/subscription";
import type { Subscription } from "@yihao/members/subscription-model";
import { defaultTax, type TaxTable } from "@yihao/pricing/model";
import { pricePlanMonth } from "@yihao/pricing/price";
import type { Taxation } from "@yihao/pricing/tax-model";
import type { Bare } from "./charge.ts";

/** The end of a phase's name that says from when it is exempt (x), or at another rate (r). */
const mark = /-[xr]\d{4}-\d{2}-\d{2}$/;
/** The name of a phase without what says how it is taxed. */
export const untaxedName = (name: string): string => name.replace(mark, "");
/** Whether what was charged under a name was exempt. */
export const wasExempt = (name: string): boolean => /-x\d{4}-\d{2}-\d{2}$/.test(name);

/** A plan on the days it holds within a subscription: charged by itself, so that a change within a month is money back for one and a charge for the other. */
export type PlanPhase = Pick<Subscription, "from" | "until" | "snapshot" | "pauses"> & {
  readonly id: string;
  /** How it is taxed, where the space has said so. */
  readonly tax?: Taxation;
};

/** The phases of a subscription, each with a name of its own under which its months are counted. */
export function phasesToCharge(subscription: Subscription): PlanPhase[] {
  const { id, pauses } = subscription;
  const first = subscription.from;
  return phasesOf(subscription).map(({ from, until, snapshot }) => ({
    id: from === first ? id : `${id}-${from}`,
    from,
    until,
    snapshot,
    pauses,
  }));
}

/**
 * What a plan's month still has to be charged: the difference of what is due for the days on which it ran and did not rest, and what was charged
 * before, so that an early end or a pause gives money back and all charges of the month sum exactly to what is due. Undefined when nothing is missing.
 */
export function planCharge(
  company: Company["id"],
  phase: PlanPhase,
  month: Month,
  chargedMinor: number,
  tax: TaxTable = defaultTax,
): Bare | undefined {
  const { id, from, snapshot } = phase;
  const asOne: Subscription = { ...phase, id: "sub_phase", plan: "pln_phase" };
  const due = partsOf(asOne, month).flatMap((part) => pricePlanMonth(snapshot, month, part, tax.plan).lines);
  const sum = (of: (line: (typeof due)[number]) => number) => due.reduce((total, line) => total + of(line), 0);
  const amountMinor = sum((line) => line.amountMinor) - chargedMinor;
  if (amountMinor === 0) return undefined;
  const first = `${month}-01`;
  const [one] = due;
  const taxation = phase.tax ?? { basis: one?.taxBasis ?? tax.plan };
  const name = untaxedName(id);
  return {
    company,
    month,
    day: from > first ? from : first,
    service: "plan",
    stream: "membership",
    about: { id: name, name: snapshot.name },
    quantity: sum((line) => line.quantity),
    per: "month",
    ...(one?.of === undefined ? {} : { of: one.of }),
    unitMinor: snapshot.monthlyMinor,
    amountMinor,
    ...{ taxBasis: taxation.basis, taxMinor: taxWithin(amountMinor, taxation.basis) },
    ...("reason" in taxation && taxation.reason ? { taxReason: taxation.reason } : {}),
    ...("service" in taxation ? { serves: taxation.service } : {}),
    source: { kind: "plan", document: name },
  };
}

/** Whether a stretch of days meets a month. */
export const touches = ({ from, until }: Pick<Subscription, "from" | "until">, month: Month): boolean =>
  from < `${plusMonths(month, 1)}-01` && (until === undefined || until > `${month}-01`);
