/**
 * Items of pricing.
 *
 * | item      | key                | written by        | units | size     |
 * |-----------|--------------------|-------------------|-------|----------|
 * | rate card | `rate-card`, `-`   | setting prices    | 2–8   | 0.3–4 kB |
 * | plan      | `plan`, `<id>`     | add, change       | 2     | 0.2 kB   |
 * | pack      | `pack`, `<id>`     | add, change       | 2     | 0.2 kB   |
 *
 * Each write adds its event (2) and, with a key of the caller's, a receipt (2); a plan's or pack's new name claims it (2, and 2 for the old).
 * A price is one eventually consistent read: half a unit for each 4 kB. Prices of periods, three at most, stand in the card; cards that held before are read from its events.
 */
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { timeline } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import type { Pack, PackId, PastCard, Plan, PlanId, PricingRefusal, RateCard, RateCardChanged } from "./model.ts";

export const rateCardKind = kindOf<RateCard>("ratecard");
export const planKind = kindOf<Plan>("plan");

export const packKind = kindOf<Pack>("pack");

/** Where a space's rate card lies. */
export const rateCardKey = (scope: Scope) => keyIn(partition(scope, "rate-card"));
/** Where a plan lies. */
export const planKey = (scope: Scope, id: string) => keyIn(partition(scope, "plan"), id);

/** The space's rate card, or undefined before its first prices are set. Half a read unit unless consistent. */
export function rateCardOf(
  scope: Scope,
  options: { consistent?: boolean } = { consistent: false },
): Promise<Stored<RateCard> | undefined> {
  return get(scope, rateCardKind, rateCardKey(scope), options);
}

/** The space's rate card, refused as `rate-card.missing` before its first prices are set. */
export async function needRateCard(scope: Scope): Promise<Outcome<Stored<RateCard>, PricingRefusal>> {
  const card = await rateCardOf(scope);
  return card ? accept(card) : refuse("rate-card.missing");
}

/** A page of the cards that held before the present one, newest first, as the events that ended them tell it. */
export async function pastCards(
  scope: Scope,
  { limit = 20, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<Page<PastCard>> {
  const { items, next } = await timeline(scope, "rate-card", { limit, ...(cursor ? { cursor } : {}) });
  const held = items.flatMap(({ at, data }) => {
    const { before } = data as RateCardChanged;
    return before ? [{ card: before, until: at }] : [];
  });
  return { items: held, next };
}

/** A plan by id, also when it is retired. */
export function planOf(scope: Scope, id: PlanId): Promise<Stored<Plan> | undefined> {
  return get(scope, planKind, planKey(scope, id));
}

/** Every plan of the space, in the order of their ids. There are few. */
export function plansOf(scope: Scope): Promise<Stored<Plan>[]> {
  return queryAll(scope, planKind, partition(scope, "plan"), { consistent: true });
}

/** Where a pack lies. */
export const packKey = (scope: Scope, id: string) => keyIn(partition(scope, "pack"), id);

/** A pack by id, also when it is retired. */
export function packOf(scope: Scope, id: PackId): Promise<Stored<Pack> | undefined> {
  return get(scope, packKind, packKey(scope, id));
}

/** Every pack of the space, in the order of their ids. There are few. */
export function packsOf(scope: Scope): Promise<Stored<Pack>[]> {
  return queryAll(scope, packKind, partition(scope, "pack"), { consistent: true });
}
