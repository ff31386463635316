import { type Day, monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { taxWithin } from "@yihao/kernel/money";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { penaltyOf } from "@yihao/pricing/tariff";
import type { PenaltyCause } from "@yihao/pricing/tariff-model";
import { tariffsOf } from "@yihao/pricing/tariff-store";
import { taxFor } from "@yihao/pricing/tax";
import type { Bare } from "./charge.ts";

type Happened = {
  readonly company: CompanyId;
  readonly day: Day;
  readonly quantity: number;
  /** The booking, parcel, order, notice or warehouse that it is about. */
  readonly document: string;
  readonly event: string;
};

/**
 * The charges that one thing that happened makes by the penalties (罚则) of its company's tariff of that month: one, or none. `quantity` is what happened of it: bookings, days, orders, units or bins. It is a service to the
 * tax, as a penalty beside one is (价外费用). One query.
 */
export async function penaltiesOn(scope: Scope, on: PenaltyCause, what: Happened): Promise<Bare[]> {
  const { company, day, document, event } = what;
  const month = monthOf(day);
  const tariffs = await tariffsOf(scope, { consistent: false });
  const due = penaltyOf(tariffs, on, { company, month, quantity: what.quantity });
  if (!due) return [];
  const { basis } = taxFor({ day, class: "service" });
  return [
    {
      ...{ company, month, day, service: "penalty", stream: "other" },
      about: { id: `penalty_${on}`, name: due.item.name },
      ...{ quantity: due.quantity, per: on === "parcel-kept" ? "day" : on === "goods-left" ? "bin-day" : "unit" },
      ...{ unitMinor: due.item.unitMinor, amountMinor: due.amountMinor },
      ...{ taxBasis: basis, taxMinor: taxWithin(due.amountMinor, basis) },
      source: { kind: "penalty", document, event },
    },
  ];
}

/** The charges of goods that stood in bins on a day after their owner's last one here (退驻滞留). A query, and a read where there is such a penalty. */
export async function penaltiesOfStay(scope: Scope, what: Happened): Promise<Bare[]> {
  const charges = await penaltiesOn(scope, "goods-left", what);
  const exit = charges.length > 0 ? (await companyOf(scope, what.company))?.exit : undefined;
  return exit && exit.on < what.day ? charges : [];
}
