import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Scope } from "@yihao/kernel/scope";
import { agreementsOf } from "@yihao/members/agreement-store";
import { incubatedDays } from "@yihao/members/incubation";
import { companyOf } from "@yihao/members/store";
import type { Stream } from "@yihao/pricing/model";
import type { Taxation } from "@yihao/pricing/tax-model";
import { type Taxable, type TaxBackground, taxOn, taxStretches } from "@yihao/pricing/tax-settings";
import { taxSettingsOf } from "@yihao/pricing/tax-store";
import type { Bare } from "./charge.ts";
import type { Charge } from "./model.ts";
import type { PlanPhase } from "./plan-charge.ts";

/**
 * What the tax of a company's charges depends on now: how the space is taxed and the days on which the company is incubated. Undefined while the space has said nothing, so that charges keep the rates of the price
 * card. One read, and a company and its agreements once the space has a title.
 */
export async function taxBackground(scope: Scope, company: CompanyId): Promise<TaxBackground | undefined> {
  const { rev, ...settings } = await taxSettingsOf(scope);
  if (rev === 0) return undefined;
  if (settings.titles.length === 0) return { settings, incubated: [] };
  const [owner, agreements] = await Promise.all([companyOf(scope, company), agreementsOf(scope, company)]);
  return { settings, incubated: owner ? incubatedDays(owner, agreements) : [] };
}

/** Something with a tax as it is by a taxation. */
export function withTax<Taxed extends Pick<Charge, "amountMinor">>(what: Taxed, { basis, reason, service }: Taxation) {
  const tax = { taxBasis: basis, taxMinor: taxWithin(what.amountMinor, basis), serves: service };
  return { ...what, ...tax, ...(reason ? { taxReason: reason } : {}) };
}

/** What is taxed by the day it happened on: its own rate stands in no plan, rent, tariff, bill or reduction that decides it. */
const ofItsDay: readonly Charge["source"]["kind"][] = ["booking", "cancellation", "storage", "handling", "penalty"];
const isCredit = ({ service }: Pick<Charge, "service">) => service === "allowance" || service === "prepaid";

/** A charge taxed as its day, its stream and its company's status say; as it came where the space has said nothing. */
export function taxedOnDay<Given extends Bare>(charge: Given, background: TaxBackground | undefined): Given {
  if (!background || isCredit(charge)) return charge;
  const { stream, day, taxBasis, taxReason, ...plain } = charge;
  // What the rate was of what is exempt is not known any more: then it is the law's.
  const basis = taxReason ? {} : { basis: taxBasis };
  return withTax({ ...plain, stream, day }, taxOn(background, { stream, day, ...basis })) as unknown as Given;
}

/**
 * Charges of a draft that are taxed otherwise now than when they were posted: the space's title, the company's status or a rate was entered since. Only what is taxed by the day it happened on; money back for a booking
 * follows its booking, and stays as it is when that is on another bill.
 */
export function retaxed<Given extends Charge>(
  charges: readonly Given[],
  background: TaxBackground | undefined,
): Given[] {
  if (!background) return [];
  const bookings = new Set(
    charges.filter(({ source }) => source.kind === "booking").map(({ source }) => source.document),
  );
  return (
    charges
      .filter(({ source, service }) => ofItsDay.includes(source.kind) && service !== "discount")
      .filter(({ source }) => source.kind !== "cancellation" || bookings.has(source.document))
      // What a tariff charges is a difference of its month, taxed when it was made.
      .filter(({ source }) => !source.document.startsWith("trf_"))
      .flatMap((charge) => {
        const taxed = taxedOnDay(charge, background);
        return taxed.taxBasis === charge.taxBasis && taxed.taxReason === charge.taxReason ? [] : [taxed];
      })
  );
}

/** How a stream is taxed on a day to whoever is not incubated; undefined where the space has said nothing. */
export const plainRate =
  (
    background: TaxBackground | undefined,
    what: Pick<Taxable, "stream" | "service"> & { readonly basis: (day: string) => number },
  ) =>
  (day: string): Taxation | undefined =>
    background && taxOn({ ...background, incubated: [] }, { ...what, day, basis: what.basis(day) });

/**
 * Phases of a plan or a rent cut where their tax changes, each part with its own name, so that what was charged of a month at one rate is given back at that rate. The first part that is not exempt keeps the phase's
 * name. `basis` is the rate where the settings have none.
 */
export function taxedPhases(
  phases: readonly PlanPhase[],
  background: TaxBackground | undefined,
  stream: Stream,
  basis: (day: string) => number,
  service?: Taxation["service"],
): PlanPhase[] {
  if (!background) return [...phases];
  return phases.flatMap((phase) => {
    const stretches = taxStretches(background, { stream, basis, service }, phase);
    const plain = stretches.findIndex(({ tax }) => tax.reason === undefined);
    return stretches.map(({ from, until, tax }, at): PlanPhase => {
      const id = at === plain ? phase.id : `${phase.id}-${tax.reason ? "x" : "r"}${from}`;
      return { ...phase, id, from, until, tax };
    });
  });
}
