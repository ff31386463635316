import { type Day, type Month, plusMonths } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { companyOf, subscriptionsOf } from "@yihao/members/store";
import type { Subscription, SubscriptionTold } from "@yihao/members/subscription-model";
import { defaultTax, type TaxTable } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import { incubationExemption } from "@yihao/pricing/tax";
import type { Taxation } from "@yihao/pricing/tax-model";
import type { TaxBackground } from "@yihao/pricing/tax-settings";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Bare } from "./charge.ts";
import type { Charge } from "./model.ts";
import { type PlanPhase, phasesToCharge, planCharge, touches, untaxedName, wasExempt } from "./plan-charge.ts";
import { chargedPlanMonths, planMonthKey, planMonthKind, postCharge } from "./store.ts";
import { plainRate, taxBackground, taxedPhases } from "./taxes.ts";

/** A subscription's phases cut where their tax changes. */
const taxedPlan = (
  subscription: Subscription,
  background: TaxBackground | undefined,
  tax: TaxTable = defaultTax,
): PlanPhase[] => taxedPhases(phasesToCharge(subscription), background, "membership", () => tax.plan);

/**
 * What is left under the names of charged months that stand for nothing any more: a phase that is gone, or that is taxed otherwise now. It is of no day, so what was charged of it goes back, at the rate it had:
 * none where it was exempt, else that of the stream on the last of those months.
 */
export function gonePhases(
  charged: readonly { readonly id: string; readonly month: Month }[],
  now: readonly PlanPhase[],
  known: (name: string) => Omit<PlanPhase, "id"> | undefined,
  rate: (day: Day) => Taxation | undefined,
): PlanPhase[] {
  const names = [...new Set(charged.map(({ id }) => id))].filter((name) => now.every((phase) => phase.id !== name));
  return names.flatMap((name) => {
    const phase = known(untaxedName(name));
    if (!phase) return [];
    const { tax: _tax, ...plain } = phase;
    const last = charged.findLast(({ id }) => id === name)?.month ?? "";
    const exempt: Taxation = { basis: 0, service: "other", reason: incubationExemption.reason };
    const tax = wasExempt(name) ? exempt : rate(`${last}-01`);
    return [{ ...plain, id: name, until: phase.from, ...(tax ? { tax } : {}) }];
  });
}

/** Charges what is missing of a month of a subscription, phase by phase, each part once however often it is asked; what is taxed otherwise than it was charged goes back. */
export async function chargePlanMonth(
  scope: Scope,
  company: Company["id"],
  subscription: Subscription,
  month: Month,
  background: TaxBackground | undefined,
): Promise<void> {
  const tax = (await rateCardOf(scope))?.taxBasis;
  const now = taxedPlan(subscription, background, tax);
  const charged = background ? await chargedPlanMonths(scope, company, subscription.id, month) : [];
  const plain = phasesToCharge(subscription);
  const gone = gonePhases(
    charged.filter((one) => one.month === month),
    now,
    (name) => plain.find(({ id }) => id === name),
    plainRate(background, { stream: "membership", basis: () => (tax ?? defaultTax).plan }),
  );
  for (const phase of [...now, ...gone])
    if (touches(phase, month) || gone.includes(phase)) await chargePhase(scope, company, phase, month, tax);
}

function chargePhase(
  scope: Scope,
  company: Company["id"],
  phase: PlanPhase,
  month: Month,
  tax: TaxTable | undefined,
): Promise<void> {
  return chargeDifference(scope, company, month, phase.id, (charged) =>
    planCharge(company, phase, month, charged, tax),
  );
}

/**
 * Charges what is missing of a month of something that is priced a month: `missing` says it for what was charged of it so far. What was charged lies beside it and is written under its revision, so that
 * two at once charge nothing twice.
 */
export async function chargeDifference(
  scope: Scope,
  company: Company["id"],
  month: Month,
  phase: string,
  missing: (chargedMinor: number) => Bare | undefined,
): Promise<void> {
  const key = planMonthKey(scope, company, month, phase);
  for (;;) {
    const charged = await get(scope, planMonthKind, key);
    const bare = missing(charged?.chargedMinor ?? 0);
    if (!bare) return;
    const count = (charged?.count ?? 0) + 1;
    const id: Charge["id"] = `chg_${digest(scope.space, phase, month, String(count)).slice(0, 16)}`;
    const data = { chargedMinor: (charged?.chargedMinor ?? 0) + bare.amountMinor, count };
    const mark: Write = charged
      ? replace(key, planMonthKind, data, charged.rev, "plan-month")
      : insert(key, planMonthKind, data, "plan-month");
    const outcome = await commit(unsigned(scope), [postCharge(scope, { ...bare, id, at: scope.now }), mark], {
      answer: null,
    });
    if (outcome.done) return;
  }
}

/** How far back a change of a plan may reach, in months. */
const monthsBack = 2;

/**
 * Charges anew what a change of a subscription touched: months of which something was charged already, phases that are gone included. Months that were
 * not are charged when they are drawn. What counts is the subscription as it stands now, so that a change that is heard late or again does no harm.
 */
export async function rechargePlan(
  scope: Scope,
  company: Company["id"],
  { before, after }: Pick<SubscriptionTold, "before" | "after">,
): Promise<void> {
  const found = await companyOf(scope, company);
  const standing = found && (await subscriptionsOf(scope, found)).find(({ id }) => id === after.id);
  const tax = (await rateCardOf(scope))?.taxBasis;
  const background = await taxBackground(scope, company);
  const now = taxedPlan(standing ?? after, background, tax);
  const charged = await chargedPlanMonths(scope, company, after.id, plusMonths(scope.now.slice(0, 7), -monthsBack));
  const plain = [...phasesToCharge(standing ?? after), ...(before ? phasesToCharge(before) : [])];
  const gone = gonePhases(
    charged,
    now,
    (name) => plain.find(({ id }) => id === name) ?? plain[0],
    plainRate(background, { stream: "membership", basis: () => (tax ?? defaultTax).plan }),
  );
  for (const month of new Set(charged.map((one) => one.month)))
    for (const phase of [...now, ...gone]) {
      const was = charged.some((one) => one.month === month && one.id === phase.id);
      if (was || touches(phase, month)) await chargePhase(scope, company, phase, month, tax);
    }
}

/** The same scope for commits whose own conditions make a second time a no-op, so that they leave no receipt. */
export function unsigned(scope: Scope): Scope {
  return { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
}
