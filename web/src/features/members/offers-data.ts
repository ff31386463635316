import type { PackChange, PackView, PlanChange, PlanView } from "@yihao/pricing/model";
import { type Intent, ifMatch, ok } from "../../api.ts";
import { api } from "../../client.ts";
import { queryClient } from "../../query.ts";
import "./words.ts";

const space$ = api.spaces[":space"];

/** Adds a plan, or changes one as it was read. */
export async function savePlan(space: string, json: PlanChange, kept: PlanView | undefined, intent: Intent) {
  const { state: _state, ...fresh } = json;
  const saved = kept
    ? await ok(space$.plans[":plan"].$put({ param: { space, plan: kept.id }, json }, ifMatch(`"${kept.rev}"`)))
    : await ok(space$.plans.$post({ param: { space }, json: fresh }, intent.with()));
  await Promise.all(["plans", "rate-card"].map((what) => queryClient.invalidateQueries({ queryKey: [what, space] })));
  return saved;
}

/** Changes a pack on sale as it was read. */
export async function changePack(space: string, json: PackChange, kept: PackView) {
  const call = space$.packs[":pack"].$put({ param: { space, pack: kept.id }, json }, ifMatch(`"${kept.rev}"`));
  const saved = await ok(call);
  await queryClient.invalidateQueries({ queryKey: ["packs", space] });
  return saved;
}
