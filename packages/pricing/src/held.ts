import { type Day, daySpan, type Zone } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { timeline } from "@yihao/table/event";
import type { HeldPrices, PackOfferChanged, PlanChanged, RateCardChanged } from "./model.ts";
import { cardOn } from "./periods.ts";
import { planPriceOn } from "./price.ts";
import { packsOf, plansOf, rateCardOf } from "./store.ts";

/** Something as it stood at an instant: what the first change from then on replaced, null where that change made it; as it stands now where nothing changed since. One query. */
async function stoodAt<One>(
  scope: Scope,
  { subject, type, at }: { readonly subject: string; readonly type: string; readonly at: string },
  now: One | null,
): Promise<One | null> {
  for (let cursor: string | undefined; ; ) {
    const range = { from: at, newest: false, limit: 20, consistent: true } as const;
    const { items, next } = await timeline(scope, subject, { ...range, ...(cursor ? { cursor } : {}) });
    const first = items.find((one) => one.type === type);
    if (first) return (first.data as { readonly before: One | null }).before;
    if (!next) return now;
    cursor = next;
  }
}

/** The prices of a space as they stood when a local day ended. A query for the card and for each plan and pack, of which there are few. */
export async function pricesHeld(scope: Scope, day: Day, zone: Zone): Promise<HeldPrices> {
  const at = daySpan(day, zone).until;
  const [card, plans, packs] = await Promise.all([
    rateCardOf(scope, { consistent: true }),
    plansOf(scope),
    packsOf(scope),
  ]);
  const [held, heldPlans, heldPacks] = await Promise.all([
    stoodAt<RateCardChanged["after"]>(scope, { subject: "rate-card", type: "rate-card.changed", at }, card ?? null),
    Promise.all(
      plans.map(async (now) => {
        const plan = await stoodAt<PlanChanged["after"]>(scope, { subject: now.id, type: "plan.changed", at }, now);
        return plan ? [{ plan: now.id, monthlyMinor: planPriceOn(plan, day) }] : [];
      }),
    ),
    Promise.all(
      packs.map(async (now) => {
        const changed = { subject: now.id, type: "pack-offer.changed", at };
        const pack = await stoodAt<PackOfferChanged["after"]>(scope, changed, now);
        return pack ? [{ pack: now.id, priceMinor: pack.priceMinor }] : [];
      }),
    ),
  ]);
  return {
    day,
    card: held && cardOn(withoutRev(held), day),
    plans: heldPlans.flat(),
    packs: heldPacks.flat(),
  };
}

/** A card without the revision that it is kept with. */
function withoutRev(card: RateCardChanged["after"] & { readonly rev?: number }) {
  const { rev: _, ...plain } = card;
  return plain;
}
