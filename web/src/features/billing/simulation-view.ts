import { type SimulatedLine, sumsBy, type Wanted, type WantedPrice } from "@yihao/billing/simulation";
import type { UsedBooking, UsedPlan } from "@yihao/billing/simulation-model";
import { type BookableKind, bookableKinds, type Rate, type RateCard } from "@yihao/pricing/model";
import { cardOn, withPrices } from "@yihao/pricing/periods";
import { dayPriceOf, hourOf } from "@yihao/pricing/rates";
import type { Tariff } from "@yihao/pricing/tariff-model";

export type Per = "hourMinor" | "dayMinor" | "capMinor";
/** A price while it is typed: of a kind (`room`) or of one place (`res_…`). */
export type PriceValue = { readonly of: string; readonly per: Per; readonly minor: number | undefined };
export type RateValue = { readonly on: boolean; readonly value: number | undefined };
/** What is asked to be other, as it is typed. `rates` are those of the chosen card, by their place in it, where they were touched. */
export type Draft = {
  readonly period: string;
  readonly prices: readonly PriceValue[];
  readonly rates: Readonly<Record<number, RateValue>>;
  readonly plans: Readonly<Record<string, number | undefined>>;
  readonly tariff: string;
};
export const asItIs: Draft = { period: "", prices: [], rates: {}, plans: {}, tariff: "" };

/** The card whose prices stand beside the fields: today's, or that of the prices to come that were chosen. */
export function shownCard(card: RateCard, period: string, today: string): RateCard {
  const found = card.periods?.find(({ from }) => from === period);
  return found ? withPrices(card, found) : cardOn(card, today);
}

const isKind = (of: string): of is BookableKind => bookableKinds.some((kind) => kind === of);

/** The value of a rate in the unit it asks: hundredths of the price, or fen. */
export const rateAsks = ({ price }: Rate): { readonly unit: "percent" | "minor"; readonly value: number } =>
  "percent" in price
    ? { unit: "percent", value: price.percent }
    : { unit: "minor", value: "hourMinor" in price ? price.hourMinor : price.dayMinor };

function rateWith(rate: Rate, value: number): Rate {
  const { price } = rate;
  if ("percent" in price) return { ...rate, price: { percent: value } };
  return { ...rate, price: "hourMinor" in price ? { hourMinor: value } : { dayMinor: value } };
}

/** Whether something that was begun has no price yet. */
export const isUnfinished = ({ prices, rates }: Draft): boolean =>
  prices.some(({ minor }) => minor === undefined) ||
  Object.values(rates).some(({ on, value }) => on && value === undefined);

/** What is asked of the rule. */
export function wantedOf(
  draft: Draft,
  facts: { readonly shown: RateCard; readonly tariffs: readonly Tariff[] },
): Wanted {
  const prices = draft.prices.flatMap(({ of, per, minor }): WantedPrice[] =>
    minor === undefined ? [] : [{ of: isKind(of) ? of : { resource: of }, prices: { [per]: minor } }],
  );
  const touched = Object.keys(draft.rates).length > 0;
  const rates = (facts.shown.rates ?? []).flatMap((rate, at): Rate[] => {
    const value = draft.rates[at];
    if (value && !value.on) return [];
    return [value?.value === undefined ? rate : rateWith(rate, value.value)];
  });
  const plans = Object.fromEntries(
    Object.entries(draft.plans).flatMap(([plan, minor]) => (minor === undefined ? [] : [[plan, minor]])),
  );
  return {
    ...(draft.period ? { period: draft.period } : {}),
    ...{ prices, plans, tariff: facts.tariffs.find(({ id }) => id === draft.tariff) },
    ...(touched ? { rates } : {}),
  };
}

export type Target = {
  readonly of: string;
  readonly kind: BookableKind;
  readonly code?: string;
  readonly name?: string;
};

/** Whose prices can be changed: the kinds and places that were booked in the month, the most used kind first. */
export function targetsOf(bookings: readonly UsedBooking[]): Target[] {
  const count = (kind: BookableKind) => bookings.filter((one) => one.kind === kind).length;
  const kinds = bookableKinds.filter((kind) => count(kind) > 0).sort((a, b) => count(b) - count(a));
  const places = new Map(
    bookings.map(({ resource, kind, code, resourceName: name }) => [resource, { kind, code, name }]),
  );
  return [
    ...kinds.map((kind) => ({ of: kind, kind })),
    ...[...places]
      .map(([of, place]) => ({ of, ...place }))
      .sort((a, b) => a.code.localeCompare(b.code, undefined, { numeric: true })),
  ];
}

/** What a price is on a card; undefined where there is none. */
export function presentPrice(card: RateCard, { of, kind }: Target, per: Per): number | undefined {
  const thing = { kind, resource: isKind(of) ? "" : of };
  if (per === "hourMinor") return hourOf(card, thing);
  if (per === "dayMinor") return dayPriceOf(card, thing);
  return card.overrides?.[thing.resource]?.capMinor ?? card.kinds?.[kind]?.capMinor;
}

/** The price that somebody who changes one most likely means. */
export const usualPer = (card: RateCard, target: Target): Per =>
  presentPrice(card, target, "hourMinor") === undefined ? "dayMinor" : "hourMinor";

/** The plans that companies had in the month, with how many had each. */
export function plansHad(used: readonly UsedPlan[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { subscriptions } of used) {
    const had = new Set(
      subscriptions.flatMap(({ plan, amendments = [] }) => [plan, ...amendments.map((one) => one.plan)]),
    );
    for (const plan of had) found.set(plan, (found.get(plan) ?? 0) + 1);
  }
  return found;
}

/** Bookings that today's prices make another sum of than was charged, and by how much in all. */
export function changedSince(lines: readonly SimulatedLine[]): { readonly count: number; readonly minor: number } {
  const changed = lines.filter(({ nowMinor, todayMinor }) => nowMinor !== todayMinor);
  return { count: changed.length, minor: changed.reduce((sum, one) => sum + one.todayMinor - one.nowMinor, 0) };
}

/** The companies with what each stream of them comes to, as a file has it. */
export const exportRows = (
  lines: readonly SimulatedLine[],
  heads: readonly string[],
  name: { readonly stream: (stream: SimulatedLine["stream"]) => string; readonly guests: string },
) => [
  [...heads],
  ...sumsBy(lines, ({ company, stream }) => `${company} ${stream}`).map(({ lines: [first], nowMinor, thenMinor }) => [
    ...[first?.companyName || name.guests, first ? name.stream(first.stream) : ""],
    ...[nowMinor / 100, thenMinor / 100, (thenMinor - nowMinor) / 100],
  ]),
];
