import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import type { FloorId } from "./model.ts";
import { blankPlan, type Plan, type PlanFacts, type PlanRefusal } from "./plan-model.ts";
import { planKey, planKind, planOf } from "./plan-store.ts";
import { floorKey, floorKind, resourcesOf } from "./store.ts";

type Refusal = "missing" | "stale" | PlanRefusal;

/** The plan of a floor (平面图); `missing` when there is no such floor. */
export async function seePlan(scope: Scope, floor: FloorId): Promise<Outcome<Stored<Plan>, "missing">> {
  const [found, plan] = await Promise.all([
    get(scope, floorKind, floorKey(scope, floor), { consistent: false }),
    planOf(scope, floor),
  ]);
  return found ? accept(plan) : refuse("missing");
}

/** Saves where the places of a floor stand, as the plan was read at `rev` (0 when there was none). A place of another floor is `plan.elsewhere`. */
export async function savePlan(
  scope: Scope,
  id: FloorId,
  facts: PlanFacts,
  rev: number,
): Promise<Outcome<Stored<Plan>, Refusal>> {
  const floor = await get(scope, floorKind, floorKey(scope, id));
  if (!floor) return refuse("missing");
  const [before, resources] = await Promise.all([planOf(scope, id), resourcesOf(scope, floor.site)]);
  if (before.rev !== rev) return refuse("stale", { current: before.rev });
  const here = new Set<string>(resources.filter((one) => one.floor === id).map((one) => one.id));
  const stray = facts.spots.find(({ resource }) => !here.has(resource));
  if (stray) return refuse("plan.elsewhere", { resource: stray.resource });
  const { image, rev: _, ...rest } = before;
  const kept = facts.image && image ? { image } : {};
  const shape = facts.image ? {} : blankPlan;
  const plan: Plan = { ...rest, ...shape, spots: facts.spots, ...kept };
  const key = planKey(scope, id);
  const done = await commit(
    scope,
    [
      rev === 0 ? insert(key, planKind, plan, "stale") : replace(key, planKind, plan, rev),
      ...(image && !facts.image ? [dueAt(scope, scope.now, "booking.plan-image", image)] : []),
    ],
    { answer: { ...plan, rev: rev + 1 } },
  );
  return done.done ? accept(done.answer) : refuse("stale", { current: Number(done.lost.stale?.rev ?? 0) });
}
