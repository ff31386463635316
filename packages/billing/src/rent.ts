import { dayOf, instantOf, type Month, monthOf, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Scope } from "@yihao/kernel/scope";
import type { Agreement } from "@yihao/members/agreement-model";
import { agreementOf, agreementsOf } from "@yihao/members/agreement-store";
import { rentPhases } from "@yihao/members/rent";
import { companyOf } from "@yihao/members/store";
import { defaultTax, type TaxTable } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import { taxFor } from "@yihao/pricing/tax";
import type { TaxBackground } from "@yihao/pricing/tax-settings";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Bare } from "./charge.ts";
import { type PlanPhase, planCharge, touches } from "./plan-charge.ts";
import { chargeDifference, gonePhases, unsigned } from "./plan-month.ts";
import { chargedPlanMonths } from "./store.ts";
import { plainRate, taxBackground, taxedPhases } from "./taxes.ts";
import { zoneOf } from "./zone.ts";

/** How many months rent is charged ahead of the bill that takes it: it is due in advance (先付后用). */
export const monthsAhead = 1;

/** The rents of an agreement with the days on which they are charged here, each with a name under which its months are counted; days without rent rest. */
export function rentsToCharge(agreement: Agreement): PlanPhase[] {
  const { id, title, rentFree = [], rentFrom = agreement.from } = agreement;
  return rentPhases(agreement).flatMap(({ from, until, rentMinor }) => {
    const first = from > rentFrom ? from : rentFrom;
    if (until !== undefined && until <= first) return [];
    const name = from === agreement.from ? id : `${id}-${from}`;
    const snapshot = { name: title, monthlyMinor: rentMinor, roomMinutes: 0 };
    return [{ id: name, from: first, until, snapshot, pauses: rentFree }];
  });
}

/** The rate of a rent on a day, in basis points: what the card says, else the law's of leases of real estate; what is paid for incubation is a service, as plans are. */
function basisOf({ kind }: Pick<Agreement, "kind">, day: string, tax: TaxTable): number {
  if (kind === "incubation") return tax.plan;
  return tax.rent ?? taxFor({ day, class: "lease" }).basis;
}

/**
 * What a month of a rent still has to be charged: the difference of what is due for its days, less those without rent, and what was charged before. All charges of a month sum exactly to what is due,
 * and the parts of a month that is split to its rent. Undefined when nothing is missing.
 */
export function rentCharge(
  agreement: Agreement,
  phase: PlanPhase,
  month: Month,
  chargedMinor: number,
  tax: TaxTable = defaultTax,
): Bare | undefined {
  const first = `${month}-01`;
  const taxBasis = basisOf(agreement, phase.from > first ? phase.from : first, tax);
  const bare = planCharge(agreement.company, phase, month, chargedMinor, { ...tax, plan: taxBasis });
  if (!bare) return undefined;
  return {
    ...bare,
    service: "rent",
    stream: "rent",
    ...(phase.tax ? {} : { taxBasis, taxMinor: taxWithin(bare.amountMinor, taxBasis) }),
    source: { kind: "agreement", document: agreement.id },
  };
}

/**
 * Charges what is missing of an agreement's rent up to a month, from the first that is charged here: each part once however often it is asked, and money back for what an end, days without rent or a
 * lower rent took off months that were charged. An agreement from before rent was charged here is charged from the month `since` on.
 */
export async function chargeRent(
  scope: Scope,
  agreement: Agreement,
  through: Month,
  since: Month,
  background: TaxBackground | undefined,
): Promise<void> {
  if (agreement.state === "draft") return;
  const { id, company } = agreement;
  const charged = await chargedPlanMonths(scope, company, id, monthOf(agreement.from));
  const tax = (await rateCardOf(scope))?.taxBasis;
  const basis = (day: string) => basisOf(agreement, day, tax ?? defaultTax);
  // What is paid for incubation is a service of the space, not a lease.
  const service = agreement.kind === "incubation" ? "consulting" : undefined;
  const phases = taxedPhases(rentsToCharge(agreement), background, "rent", basis, service);
  const nothing = { name: agreement.title, monthlyMinor: 0, roomMinutes: 0 };
  const gone = gonePhases(
    charged,
    phases,
    () => ({ from: agreement.from, until: agreement.from, snapshot: nothing, pauses: [] }),
    plainRate(background, { stream: "rent", basis, service }),
  );
  const months = new Set(charged.map(({ month }) => month));
  const first = agreement.rentFrom ? monthOf(agreement.rentFrom) : since;
  const end = agreement.until === undefined ? through : monthOf(agreement.until);
  for (let month = first; month <= through && month <= end; month = plusMonths(month, 1)) months.add(month);
  for (const month of [...months].toSorted())
    for (const phase of [...phases, ...gone]) {
      const was = charged.find((one) => one.month === month && one.id === phase.id);
      if (!was && !touches(phase, month)) continue;
      const missing = (sum: number) => rentCharge(agreement, phase, month, sum, tax);
      if (missing(was?.chargedMinor ?? 0)) await chargeDifference(scope, company, month, phase.id, missing);
    }
}

/** Charges the rents of a company that the bill of a month takes: up to that month, and the next in advance. */
export async function chargeRents(
  scope: Scope,
  company: CompanyId,
  month: Month,
  background: TaxBackground | undefined,
): Promise<void> {
  for (const agreement of await agreementsOf(scope, company))
    await chargeRent(scope, agreement, plusMonths(month, monthsAhead), month, background);
}

/**
 * Charges an agreement's rent as it stands now, up to the month after this one, and sets the timer of the next: so that what is due stands among what is not billed yet before any bill is drawn. Safe to
 * run again. A merged company's agreement is found where it went.
 */
export async function followRent(scope: Scope, company: CompanyId, id: string): Promise<Agreement | undefined> {
  const merged = (await companyOf(scope, company))?.merged;
  if (merged) return followRent(scope, merged.into as CompanyId, id);
  const agreement = await agreementOf(scope, company, id);
  if (!agreement) return undefined;
  const zone = await zoneOf(scope);
  const month = monthOf(dayOf(scope.now, zone));
  const next = plusMonths(month, monthsAhead);
  await chargeRent(scope, agreement, next, month, await taxBackground(scope, company));
  if (agreement.state === "running" && (agreement.until === undefined || agreement.until > `${next}-01`)) {
    const at = instantOf(`${plusMonths(month, 1)}-01`, "00:10", zone);
    await commit(unsigned(scope), [dueAt(scope, at, "billing.rent", id, { company })], { answer: null });
  }
  return agreement;
}
