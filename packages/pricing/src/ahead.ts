import type { Day } from "@yihao/kernel/days";
import type { Minor } from "@yihao/kernel/money";
import { agreedOn } from "./agreed.ts";
import type { AgreedPrice, BookableKind, RateCard } from "./model.ts";
import { cardOn } from "./periods.ts";
import { unitFor } from "./rates.ts";

/** What is had by the hour or the day: a resource of a kind. */
export type ThingPriced = { readonly kind: BookableKind; readonly resource: string };
export type PerUnit = "hourMinor" | "dayMinor";

type Bounds = { readonly from: Day; readonly until?: Day | undefined };
/** The days after a day on which something begins or ends, in order. */
function boundsAfter(all: readonly Bounds[], day: Day): Day[] {
  const days = all.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));
  return [...new Set(days)].filter((at) => at > day).sort();
}

/** What an hour or a day of a thing costs all, in fen, from days after `day` on: each day on which that becomes another. Rates of hours and weekdays come on top. */
export function unitPricesAfter(
  card: RateCard,
  thing: ThingPriced,
  per: PerUnit,
  day: Day,
): { readonly from: Day; readonly minor: Minor }[] {
  const priceOn = (at: Day) => unitFor(cardOn(card, at), thing, per) ?? 0;
  let last = priceOn(day);
  return boundsAfter(card.periods ?? [], day).flatMap((from) => {
    const minor = priceOn(from);
    if (minor === last) return [];
    last = minor;
    return [{ from, minor }];
  });
}

/** All of a card and of what was agreed that can make a thing's price on a day. */
function madeOf(
  whole: RateCard,
  { kind, resource }: ThingPriced,
  prices: readonly AgreedPrice[] | undefined,
  day: Day,
) {
  const card = cardOn(whole, day);
  const agreed = agreedOn(prices, kind, day);
  const thing = { kind, resource, agreed };
  const rates = (card.rates ?? []).filter(
    (rate) => (!rate.kinds || rate.kinds.includes(kind)) && (!rate.resources || rate.resources.includes(resource)),
  );
  const own = [card.kinds?.[kind]?.capMinor, card.overrides?.[resource]?.capMinor];
  const unit = (per: PerUnit) => unitFor(card, thing, per);
  return JSON.stringify([unit("hourMinor"), unit("dayMinor"), own, rates, agreed?.price, agreed?.name]);
}

/**
 * The first day after a day from which a thing costs a company otherwise (另有价格): by the space's prices of it, a rate that can fit it, or what was agreed with the company; with what an hour or a day costs it
 * then by itself, in fen, where that is another. Undefined when nothing that is known changes it: other things' prices do not count.
 */
export function changeAfter(
  card: RateCard,
  thing: ThingPriced,
  prices: readonly AgreedPrice[] | undefined,
  per: PerUnit,
  day: Day,
): { readonly from: Day; readonly minor?: Minor } | undefined {
  const now = madeOf(card, thing, prices, day);
  const own = (prices ?? []).filter(({ kind }) => kind === thing.kind);
  const from = boundsAfter([...(card.periods ?? []), ...own], day).find(
    (at) => madeOf(card, thing, prices, at) !== now,
  );
  if (from === undefined) return undefined;
  const unit = (at: Day) => unitFor(cardOn(card, at), { ...thing, agreed: agreedOn(prices, thing.kind, at) }, per);
  const minor = unit(from);
  return minor === undefined || minor === unit(day) ? { from } : { from, minor };
}
