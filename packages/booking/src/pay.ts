import type { Source } from "@yihao/members/credits";
import type { Priced, RateCard } from "@yihao/pricing/model";
import type { Slot } from "./decide.ts";
import type { NewBooking, PackPart, Resource } from "./model.ts";
import { type PaidParts, paidBy, priceSlot } from "./price.ts";

/** What was shown before somebody confirmed. */
export type Shown = Pick<
  NewBooking,
  "expectMinor" | "expectAllowanceMinutes" | "expectAllowanceDays" | "expectCreditMinutes" | "expectCreditDays"
>;

/** A price as it has to be named to book at it. */
export function shownOf(price: PaidParts & Pick<Priced, "totalMinor">): Required<Shown> {
  const { totalMinor, allowanceMinutes, allowanceDays = 0, creditMinutes = 0, creditDays = 0 } = price;
  return {
    ...{ expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes, expectAllowanceDays: allowanceDays },
    ...{ expectCreditMinutes: creditMinutes, expectCreditDays: creditDays },
  };
}

/** Whether a price, and what credits pay of it, is what was shown; what was not shown is nothing. */
export function isAsShown(price: PaidParts & Pick<Priced, "totalMinor">, shown: Partial<Shown>): boolean {
  return Object.entries(shownOf(price)).every(([name, value]) => (shown[name as keyof Shown] ?? 0) === value);
}

/** Which packs pay units that a plan does not, the sooner to end the sooner; less than was asked when they do not suffice. */
export function packsPaying(sources: readonly Source[], units: number): PackPart[] {
  let open = units;
  return sources.flatMap(({ lot, left, until }) => {
    const part = lot ? Math.min(open, left) : 0;
    if (!lot || part === 0) return [];
    open -= part;
    return [{ lot: lot.id, name: lot.name, units: part, until }];
  });
}

/** A price, and the packs that pay what of it is prepaid. */
export type WithPacks = { readonly price: Priced; readonly packs?: PackPart[] };

/** The price of a slot with what pays for it, and which packs pay their part. */
export function payFrom(
  { card, resource, slot }: { readonly card: RateCard; readonly resource: Resource; readonly slot: Slot },
  sources: readonly Source[],
): WithPacks {
  const left = (packs: boolean) =>
    sources.filter(({ lot }) => (lot !== undefined) === packs).reduce((sum, one) => sum + one.left, 0);
  const price = priceSlot(card, resource, slot, left(false), left(true));
  const packs = packsPaying(sources, paidBy(price).packs);
  return packs.length > 0 ? { price, packs } : { price };
}
