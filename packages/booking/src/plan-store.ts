/**
 * | item            | key                       | written by                       | units | size             |
 * |-----------------|---------------------------|----------------------------------|-------|------------------|
 * | plan of a floor | `flrplan`, `<floor>`      | save, new image, under `rev`     | 2–24  | 0.2 kB + 40 B a place |
 * | its image       | `planimg`, `<image>`      | upload, its end, when it goes    | 2     | 0.2 kB           |
 *
 * Bytes lie among the files, below the space. Looking at a plan: a unit, and a link signed by the files function.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { FloorId } from "./model.ts";
import type { Plan, PlanImageId } from "./plan-model.ts";
import { blankPlan } from "./plan-model.ts";

/** An image of a plan: on its way, or there. */
export type PlanImage = {
  readonly id: PlanImageId;
  readonly floor: FloorId;
  readonly type: string;
  readonly bytes: number;
  readonly by: string;
  readonly at: string;
};
export const planKind = kindOf<Plan>("flrplan");
export const planImageKind = kindOf<PlanImage>("planimg");

export const planKey = (scope: Scope, floor: string): Key => keyIn(partition(scope, "flrplan"), floor);
export const planImageKey = (scope: Scope, image: string): Key => keyIn(partition(scope, "planimg"), image);
/** Where the bytes of a plan's image lie among the files. */
export const planFileKey = (scope: Scope, image: string): string => `${scope.space}/plans/${image}`;

/** The plan of a floor; a blank one at revision 0 until somebody saved one. */
export async function planOf(scope: Scope, floor: FloorId): Promise<Stored<Plan>> {
  return (await get(scope, planKind, planKey(scope, floor))) ?? { floor, ...blankPlan, spots: [], rev: 0 };
}
/** An image of a plan by its id. */
export const planImageOf = (scope: Scope, image: string) => get(scope, planImageKind, planImageKey(scope, image));
