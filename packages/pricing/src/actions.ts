import { getSpace } from "@yihao/identity/store";
import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim, unclaim } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import type {
  NewPack,
  NewPlan,
  Pack,
  PackChange,
  PackId,
  PackOfferChanged,
  Plan,
  PlanChange,
  PlanChanged,
  PlanId,
  RateCard,
  RateCardChanged,
} from "./model.ts";
import { decideCard } from "./periods.ts";
import {
  packKey,
  packKind,
  packOf,
  planKey,
  planKind,
  planOf,
  rateCardKey,
  rateCardKind,
  rateCardOf,
} from "./store.ts";

/**
 * Sets the space's prices as they were read at `rev`, 0 for the first time; otherwise `stale` {current}. Prices of periods are refused as `decideCard` refuses them. What is booked keeps the price it was quoted.
 */
export async function setRateCard(
  scope: Scope,
  wish: RateCard,
  rev: number,
): Promise<Outcome<Stored<RateCard>, "stale" | "rate-card.days" | "rate-card.overlap" | "rate-card.begun">> {
  const kept = await rateCardOf(scope, { consistent: true });
  if ((kept?.rev ?? 0) !== rev) return refuse("stale", { current: kept?.rev ?? 0 });
  const { rev: _, ...before } = kept ?? { rev: 0 };
  const dated = (kept?.periods ?? wish.periods) !== undefined;
  const zone = dated ? (await getSpace(scope))?.zone : undefined;
  const decided = decideCard(kept && (before as RateCard), wish, dayOf(scope.now, zone ?? "Asia/Shanghai"));
  if (!decided.ok) return decided;
  const after = decided.value;
  const data: RateCardChanged = { before: kept ? (before as RateCard) : null, after };
  const key = rateCardKey(scope);
  const outcome = await commit(
    scope,
    [
      kept ? replace(key, rateCardKind, after, rev) : insert(key, rateCardKind, after, "stale"),
      happened(scope, "rate-card.changed", "rate-card", data),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Adds a plan (会员套餐); a name that another plan has is refused as `plan.name-taken`. */
export async function addPlan(scope: Scope, wish: NewPlan): Promise<Outcome<Stored<Plan>, "plan.name-taken">> {
  const plan: Plan = { ...wish, state: "active", id: idFor(scope, "pln") };
  const data: PlanChanged = { before: null, after: plan };
  const outcome = await commit(
    scope,
    [
      insert(planKey(scope, plan.id), planKind, plan),
      claim(scope, "plan", plan.name, plan.id),
      happened(scope, "plan.changed", plan.id, data),
    ],
    { answer: { ...plan, rev: 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("plan.name-taken", { name: plan.name });
}

/** Changes or retires a plan as it was read at `rev`. Companies that have it keep what they took. */
export async function changePlan(
  scope: Scope,
  id: PlanId,
  change: PlanChange,
  rev: number,
): Promise<Outcome<Stored<Plan>, "missing" | "stale" | "plan.name-taken">> {
  const kept = await planOf(scope, id);
  if (!kept) return refuse("missing");
  const { rev: current, ...before } = kept;
  if (current !== rev) return refuse("stale", { current });
  const after: Plan = { ...change, id };
  const data: PlanChanged = { before, after };
  const outcome = await commit(
    scope,
    [
      replace(planKey(scope, id), planKind, after, rev),
      ...renames(scope, "plan", before, after),
      happened(scope, "plan.changed", id, data),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  if (outcome.done) return accept(outcome.answer);
  if (outcome.lost["unique plan"]) return refuse("plan.name-taken", { name: after.name });
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/** Adds a pack (预付包); a name that another pack has is refused as `pack.name-taken`. */
export async function addPack(scope: Scope, wish: NewPack): Promise<Outcome<Stored<Pack>, "pack.name-taken">> {
  const pack: Pack = { ...wish, state: "active", id: idFor(scope, "pck") };
  const data: PackOfferChanged = { before: null, after: pack };
  const outcome = await commit(
    scope,
    [
      insert(packKey(scope, pack.id), packKind, pack),
      claim(scope, "pack", pack.name, pack.id),
      happened(scope, "pack-offer.changed", pack.id, data),
    ],
    { answer: { ...pack, rev: 1 } },
  );
  return outcome.done ? accept(outcome.answer) : refuse("pack.name-taken", { name: pack.name });
}

/** Changes or retires a pack as it was read at `rev`. What was sold of it stays as it was sold. */
export async function changePack(
  scope: Scope,
  id: PackId,
  change: PackChange,
  rev: number,
): Promise<Outcome<Stored<Pack>, "missing" | "stale" | "pack.name-taken">> {
  const kept = await packOf(scope, id);
  if (!kept) return refuse("missing");
  const { rev: current, ...before } = kept;
  if (current !== rev) return refuse("stale", { current });
  const after: Pack = { ...change, id };
  const data: PackOfferChanged = { before, after };
  const outcome = await commit(
    scope,
    [
      replace(packKey(scope, id), packKind, after, rev),
      ...renames(scope, "pack", before, after),
      happened(scope, "pack-offer.changed", id, data),
    ],
    { answer: { ...after, rev: rev + 1 } },
  );
  if (outcome.done) return accept(outcome.answer);
  if (outcome.lost["unique pack"]) return refuse("pack.name-taken", { name: after.name });
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

type Named = { readonly id: string; readonly name: string };

/** The claims that change when a thing gets another name; none when it keeps it. */
function renames(scope: Scope, of: string, before: Named, after: Named): Write[] {
  const plain = (name: string) => name.normalize("NFKC").toLowerCase();
  if (plain(after.name) === plain(before.name)) return [];
  return [claim(scope, of, after.name, after.id), { ...unclaim(scope, of, before.name, after.id), tag: "stale name" }];
}
