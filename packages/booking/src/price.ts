import { monthOf } from "@yihao/kernel/days";
import { minutesOf } from "@yihao/kernel/span";
import type { Priced, RateCard } from "@yihao/pricing/model";
import { priceDeskDays, priceRoom } from "@yihao/pricing/price";
import type { Slot } from "./decide.ts";
import type { Resource } from "./model.ts";

/** What a slot costs: a desk its day, a room its minutes, of which the allowance that is left pays first. */
export function priceSlot(card: RateCard, resource: Resource, slot: Slot, allowanceMinutesLeft: number): Priced {
  return resource.kind === "desk"
    ? priceDeskDays(card, 1, resource.id)
    : priceRoom(card, minutesOf(slot), allowanceMinutesLeft, resource.id);
}

/** The month whose allowance pays for a slot: the one of the local day on which it starts. */
export function allowanceMonth(slot: Pick<Slot, "day">): string {
  return monthOf(slot.day);
}
