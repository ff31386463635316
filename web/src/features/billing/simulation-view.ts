import { type SimulatedLine, sumsBy, type Wanted, type WantedPrice } from "@yihao/billing/simulation";
import type { UsedBooking, UsedDues, UsedPlan } from "@yihao/billing/simulation-model";
import { type BookableKind, bookableKinds, type RateCard } from "@yihao/pricing/model";
import { cardOn, withPrices } from "@yihao/pricing/periods";
import { dayPriceOf, hourOf } from "@yihao/pricing/rates";
import type { Tariff } from "@yihao/pricing/tariff-model";
import { type RateFault, type RateValue, rateFault, rateValue, readRate } from "../../rate-values.ts";

export type Per = "hourMinor" | "dayMinor" | "capMinor";
/** A price while it is typed: of a kind (`room`) or of one place (`res_…`). */
export type PriceValue = { readonly of: string; readonly per: Per; readonly minor: number | undefined };
/** A rate while it is typed; `off` leaves it out. */
export type TypedRate = RateValue & { readonly off?: boolean };
type Prices = Readonly<Record<string, number | undefined>>;
/** The choice of the prices of a day gone by, beside the first days of prices to come. */
export const heldCard = "held";
/** What is asked to be other, as it is typed. `rates` are there once one was touched; `heldOn` is the day whose prices are asked where `period` says so. */
export type Draft = {
  readonly period: string;
  readonly heldOn: string;
  readonly prices: readonly PriceValue[];
  readonly rates: readonly TypedRate[] | undefined;
  readonly plans: Prices;
  readonly rents: Prices;
  readonly packs: Prices;
  readonly items: Prices;
  readonly tariff: string;
};
export const asItIs: Draft = {
  ...{ period: "", heldOn: "", prices: [], rates: undefined, plans: {}, rents: {}, packs: {}, items: {}, tariff: "" },
};

/** The day whose prices are asked; none otherwise. */
export const heldDay = ({ period, heldOn }: Draft): string => (period === heldCard ? heldOn : "");

/** The card whose prices stand beside the fields: today's, that of a day gone by, or that of the prices to come that were chosen. */
export function shownCard(card: RateCard, period: string, today: string, held?: RateCard | null): RateCard {
  const found = period === heldCard ? held : card.periods?.find(({ from }) => from === period);
  return found ? withPrices(card, found) : cardOn(card, today);
}

/** The rates as they are typed, or as the shown card has them. */
export const typedRates = (draft: Draft, shown: RateCard): readonly TypedRate[] =>
  draft.rates ?? (shown.rates ?? []).map(rateValue);

const isKind = (of: string): of is BookableKind => bookableKinds.some((kind) => kind === of);

export type DraftFault = "price" | "held" | { readonly rate: number; readonly fault: RateFault };

/** What keeps a draft from being simulated: something that was begun has no price yet, a rate is wrong, or there are no prices of that day. */
export function draftFault(draft: Draft, held: RateCard | null | undefined): DraftFault | undefined {
  if (draft.period === heldCard && !held) return "held";
  if (draft.prices.some(({ minor }) => minor === undefined)) return "price";
  for (const [at, rate] of (draft.rates ?? []).entries()) {
    const fault = rate.off ? undefined : rateFault(rate);
    if (fault) return { rate: at, fault };
  }
  return undefined;
}

const typed = (prices: Prices) =>
  Object.fromEntries(Object.entries(prices).flatMap(([of, minor]) => (minor === undefined ? [] : [[of, minor]])));

/** What is asked of the rule. */
export function wantedOf(
  draft: Draft,
  facts: { readonly tariffs: readonly Tariff[]; readonly held?: RateCard | null | undefined },
): Wanted {
  const prices = draft.prices.flatMap(({ of, per, minor }): WantedPrice[] =>
    minor === undefined ? [] : [{ of: isKind(of) ? of : { resource: of }, prices: { [per]: minor } }],
  );
  const card = draft.period === heldCard ? { held: facts.held ?? undefined } : { period: draft.period };
  return {
    ...(draft.period ? card : {}),
    ...{ prices, plans: typed(draft.plans), rents: typed(draft.rents) },
    ...{ packs: typed(draft.packs), items: typed(draft.items) },
    tariff: facts.tariffs.find(({ id }) => id === draft.tariff),
    ...(draft.rates ? { rates: draft.rates.filter(({ off }) => !off).map(readRate) } : {}),
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

/** A thing whose price can be asked otherwise: what it costs now, in fen, least and most where it had several prices, and how often or to whom. */
export type Asked = {
  readonly key: string;
  readonly name: string;
  readonly whose?: string;
  readonly least: number;
  readonly most: number;
  readonly count: number;
};

function asked(all: readonly Omit<Asked, "least" | "most">[], priceOf: (at: number) => number): Asked[] {
  const found = new Map<string, Asked>();
  for (const [at, one] of all.entries()) {
    const known = found.get(one.key);
    const minor = priceOf(at);
    found.set(one.key, {
      ...one,
      least: Math.min(known?.least ?? minor, minor),
      most: Math.max(known?.most ?? minor, minor),
      count: (known?.count ?? 0) + one.count,
    });
  }
  return [...found.values()];
}

/** The rents of the month, the dearest first: what is asked of each is that of the month's last day. */
export const rentsHad = (used: readonly UsedDues[]): Asked[] =>
  used
    .flatMap(({ companyName, rents }) =>
      rents.map(({ agreement, title, phases }): Asked => {
        const minor = phases.at(-1)?.monthlyMinor ?? 0;
        return { key: agreement, name: title, whose: companyName, least: minor, most: minor, count: 1 };
      }),
    )
    .sort((a, b) => b.most - a.most);

/** The packs that were sold in the month, with how many of each. */
export function packsSold(used: readonly UsedDues[]): Asked[] {
  const all = used.flatMap(({ packs }) => packs);
  return asked(
    all.map(({ pack, name }) => ({ key: pack, name, count: 1 })),
    (at) => all[at]?.priceMinor ?? 0,
  );
}

/** What was charged by hand or as a penalty in the month, with how many of each. */
export function itemsCharged(used: readonly UsedDues[]): Asked[] {
  const all = used.flatMap(({ items }) => items).filter(({ quantity }) => quantity !== 0);
  return asked(
    all.map(({ of, name, quantity }) => ({ key: of, name, count: quantity })),
    (at) => all[at]?.unitMinor ?? 0,
  );
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
