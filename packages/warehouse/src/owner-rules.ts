import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Content, GoodsClass } from "./model.ts";
import type { OwnerRules, OwnerUse } from "./owner-model.ts";

/** Goods that are to come in: units of a kind, and what one takes in millilitres. */
export type Coming = { readonly name: string; readonly class: GoodsClass; readonly units: number; readonly ml: number };

/** What owners have by what lies in warehouses; `mlOf` is what one unit of a product takes in millilitres. */
export function useOf(
  contents: readonly (Content & { readonly warehouse: string })[],
  mlOf: (product: string) => number,
): ReadonlyMap<string, OwnerUse> {
  const bins = new Map<string, Set<string>>();
  const sums = new Map<string, { units: number; ml: number }>();
  for (const { company, product, units, place, bin, warehouse } of contents) {
    const sum = sums.get(company) ?? { units: 0, ml: 0 };
    sums.set(company, { units: sum.units + units, ml: sum.ml + units * mlOf(product) });
    if (place === "bin" && bin !== undefined)
      bins.set(company, (bins.get(company) ?? new Set()).add(`${warehouse} ${bin}`));
  }
  return new Map(
    [...sums].map(([company, { units, ml }]) => [
      company,
      { bins: bins.get(company)?.size ?? 0, units, ml: Math.round(ml) },
    ]),
  );
}

type Refusals = "owner.class" | "owner.units" | "owner.volume" | "owner.bins";

/**
 * Whether an owner may have some goods come in beside what is there. Refused: `owner.class` with the kinds that it may store, `owner.units` and `owner.volume` (millilitres) with the limit, what is there
 * and what comes.
 */
export function mayStore(rules: OwnerRules, use: OwnerUse, coming: readonly Coming[]): Outcome<undefined, Refusals> {
  const stranger = coming.find((one) => rules.classes.length > 0 && !rules.classes.includes(one.class));
  if (stranger)
    return refuse("owner.class", { name: stranger.name, class: stranger.class, allowed: [...rules.classes] });
  const units = coming.reduce((sum, one) => sum + one.units, 0);
  if (rules.mostUnits !== null && use.units + units > rules.mostUnits)
    return refuse("owner.units", { most: rules.mostUnits, there: use.units, coming: units });
  const ml = Math.round(coming.reduce((sum, one) => sum + one.units * one.ml, 0));
  if (rules.mostMl !== null && ml > 0 && use.ml + ml > rules.mostMl)
    return refuse("owner.volume", { most: rules.mostMl, there: use.ml, coming: ml });
  return accept(undefined);
}

/** Whether an owner may use one more bin. Refused: `owner.bins` with the limit; a bin that it uses already is never refused. */
export function mayUseBin(rules: OwnerRules, use: OwnerUse, already: boolean): Outcome<undefined, Refusals> {
  if (already || rules.mostBins === null || use.bins < rules.mostBins) return accept(undefined);
  return refuse("owner.bins", { most: rules.mostBins, there: use.bins });
}
