import type { Month } from "@yihao/kernel/days";
import { taxWithin } from "@yihao/kernel/money";
import type { Scope } from "@yihao/kernel/scope";
import type { Company, Subscription } from "@yihao/members/model";
import { defaultTax, type TaxTable } from "@yihao/pricing/model";
import { pricePlanMonth } from "@yihao/pricing/price";
import { rateCardOf } from "@yihao/pricing/store";
import { digest } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { get } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Bare } from "./charge.ts";
import type { Charge } from "./model.ts";
import { planMonthKey, planMonthKind, postCharge } from "./store.ts";

/**
 * What a plan's month still has to be charged: the difference of what is due for the days it covers and what was charged before, so
 * that an early end gives money back and all charges of the month sum exactly to what is due. Undefined when nothing is missing.
 */
export function planCharge(
  company: Company["id"],
  subscription: Subscription,
  month: Month,
  chargedMinor: number,
  tax: TaxTable = defaultTax,
): Bare | undefined {
  const { from, until, snapshot } = subscription;
  const [due] = pricePlanMonth(snapshot, month, { from, until }, tax.plan).lines;
  const amountMinor = (due?.amountMinor ?? 0) - chargedMinor;
  if (amountMinor === 0) return undefined;
  const first = `${month}-01`;
  const taxBasis = due?.taxBasis ?? tax.plan;
  return {
    company,
    month,
    day: from > first ? from : first,
    service: "plan",
    stream: "membership",
    about: { id: subscription.id, name: snapshot.name },
    quantity: due?.quantity ?? 0,
    per: "month",
    ...(due?.of === undefined ? {} : { of: due.of }),
    unitMinor: snapshot.monthlyMinor,
    amountMinor,
    taxBasis,
    taxMinor: taxWithin(amountMinor, taxBasis),
    source: { kind: "plan", document: subscription.id },
  };
}

/** Charges what is missing of a plan's month, each part once however often it is asked. */
export async function chargePlanMonth(
  scope: Scope,
  company: Company["id"],
  subscription: Subscription,
  month: Month,
): Promise<void> {
  const key = planMonthKey(scope, company, month, subscription.id);
  const tax = (await rateCardOf(scope))?.taxBasis;
  for (;;) {
    const charged = await get(scope, planMonthKind, key);
    const bare = planCharge(company, subscription, month, charged?.chargedMinor ?? 0, tax);
    if (!bare) return;
    const count = (charged?.count ?? 0) + 1;
    const id: Charge["id"] = `chg_${digest(scope.space, subscription.id, month, String(count)).slice(0, 16)}`;
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

/** The same scope for commits whose own conditions make a second time a no-op, so that they leave no receipt. */
export function unsigned(scope: Scope): Scope {
  return { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
}
