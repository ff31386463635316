import { monthOf } from "@yihao/kernel/days";
import type { CreditKind, Priced, RateCard } from "@yihao/pricing/model";
import { cardOn } from "@yihao/pricing/periods";
import { priceDay, priceTime } from "@yihao/pricing/rates";
import type { Slot } from "./decide.ts";
import { bookedBy, type Resource } from "./model.ts";

/** The credits (额度) that can pay for something: minutes for a room that is had by time, days for a desk or a seat of a pool that is had by the day. */
export function creditKindOf(resource: Pick<Resource, "kind" | "by">): CreditKind | undefined {
  const { kind } = resource;
  if (kind === "room") return bookedBy(resource) === "time" ? "room-minutes" : undefined;
  return (kind === "desk" || kind === "pool") && bookedBy(resource) === "day" ? "desk-days" : undefined;
}

/** What of a price credits pay: the plan's allowance, and packs; minutes or days as the thing is had. */
export type PaidParts = Pick<Priced, "allowanceMinutes" | "creditMinutes" | "allowanceDays" | "creditDays">;

/** What a plan and packs pay of a price, in units of the one kind of credit that can. */
export function paidBy({ allowanceMinutes, allowanceDays = 0, creditMinutes = 0, creditDays = 0 }: PaidParts) {
  return { plan: allowanceMinutes + allowanceDays, packs: creditMinutes + creditDays };
}

/** What of a resource its price hangs on. */
export type PricedThing = Pick<Resource, "id" | "kind" | "by"> & {
  readonly calendar: Pick<Resource["calendar"], "zone">;
  readonly public?: Pick<NonNullable<Resource["public"]>, "priceMinor"> | undefined;
};
/** What of a slot its price hangs on. */
export type PricedSlot = Pick<Slot, "from" | "until" | "day" | "member" | "guest"> & {
  readonly agreed?: Pick<NonNullable<Slot["agreed"]>, "name" | "price"> | undefined;
};

/**
 * What a slot costs by the rate card as it holds on the local day on which it starts, whenever it is booked: what is had by the day its day, the rest its minutes, of which the allowance that is left pays first
 * and prepaid credit next, both in units of the resource's kind of credit. The browser runs the same rule.
 */
export function priceSlot(
  whole: RateCard,
  resource: PricedThing,
  slot: PricedSlot,
  allowanceLeft: number,
  creditLeft = 0,
): Priced {
  const card = cardOn(whole, slot.day);
  const { from, until, member, agreed } = slot;
  const { kind, id, calendar } = resource;
  const priceMinor = slot.guest ? resource.public?.priceMinor : undefined;
  if (priceMinor !== undefined)
    return priceSlot(cardForGuests(card, resource, priceMinor), resource, { ...slot, guest: false }, 0);
  const what = { from, until, member, agreed, kind, resource: id, zone: calendar.zone };
  const left = { allowance: allowanceLeft, credit: creditLeft };
  return bookedBy(resource) === "day" ? priceDay(card, what, left) : priceTime(card, what, left);
}

/** The card with the resource's own price for the public in place of every rate, cap and other price of it. */
function cardForGuests(card: RateCard, resource: PricedThing, priceMinor: number): RateCard {
  const own = bookedBy(resource) === "day" ? { dayMinor: priceMinor } : { hourMinor: priceMinor };
  const { [resource.kind]: _, ...kinds } = card.kinds ?? {};
  return { ...card, kinds, rates: [], overrides: { [resource.id]: own } };
}

/** The month whose allowance pays for a slot: the one of the local day on which it starts. */
export function allowanceMonth(slot: Pick<Slot, "day">): string {
  return monthOf(slot.day);
}

/** What credits pay of several prices together. */
export function paidTogether(prices: readonly PaidParts[]): PaidParts {
  const sum = (of: (one: PaidParts) => number | undefined) => prices.reduce((all, one) => all + (of(one) ?? 0), 0);
  const [creditMinutes, allowanceDays, creditDays] = [
    sum((one) => one.creditMinutes),
    sum((one) => one.allowanceDays),
    sum((one) => one.creditDays),
  ];
  return {
    allowanceMinutes: sum((one) => one.allowanceMinutes),
    ...(creditMinutes > 0 ? { creditMinutes } : {}),
    ...(allowanceDays > 0 ? { allowanceDays } : {}),
    ...(creditDays > 0 ? { creditDays } : {}),
  };
}
