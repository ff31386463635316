import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Plan } from "./plan-model.ts";

/** Compares every plan of a floor with itself and its image: each place stands once and on the plan, and its image is one of its own floor. */
export function checkPlans(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const images = new Map<string, unknown>();
  for (const item of items)
    if (item.k === "planimg") images.set(`${String(item.pk).split("#", 1)[0]} ${String(item.sk)}`, item.floor);
  for (const item of items) {
    if (item.k !== "flrplan") continue;
    const { spots, image, floor } = item as unknown as Plan;
    const where = `${String(item.pk)} ${String(item.sk)}`;
    const different = new Set(spots.map(({ resource }) => resource)).size;
    const off = spots.filter(({ x, y }) => Math.min(x, y) < 0 || Math.max(x, y) > 1000).length;
    if (different !== spots.length)
      violations.push({ rule: "plan.once", where, expected: spots.length, found: different });
    if (off > 0) violations.push({ rule: "plan.on-it", where, expected: 0, found: off });
    const its = image && images.get(`${String(item.pk).split("#", 1)[0]} ${image}`);
    if (image && its !== floor) violations.push({ rule: "plan.image", where, expected: floor, found: its ?? null });
  }
  return violations;
}
