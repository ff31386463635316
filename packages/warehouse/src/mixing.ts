import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Clause } from "@yihao/table/write";
import type { Bin, Warehouse } from "./model.ts";

/** Whose goods came into a bin last, which, and of which lot (`noLot` for none): it stands on the bin, so that a commit can ask for it. */
export type Inside = { readonly whose: string; readonly what: string; readonly lot: string };

/** How a bin says that its goods have no lot. */
export const noLot = "-";
export const insideOf = (goods: { company: string; product: string; lot?: string | undefined }): Inside => ({
  ...{ whose: goods.company, what: goods.product, lot: goods.lot ?? noLot },
});

/** What must be the same in one bin of a zone, by its rule; a product has one owner. */
const kept = { owner: ["whose"], product: ["what"], lot: ["what", "lot"] } as const;

/** Whether goods may lie in one bin by a zone's rule (混放规则); without a rule all may. */
export function mayShare(rule: keyof typeof kept | undefined, one: Inside, other: Inside): boolean {
  return rule === undefined || kept[rule].every((name) => one[name] === other[name]);
}

/** Whether a warehouse has a zone with a rule: only then a bin need be read. */
export const hasMixing = ({ zones }: Pick<Warehouse, "zones">): boolean =>
  zones.some(({ mixing }) => mixing !== undefined);

/**
 * What a commit that brings goods into a bin must find there, by the rule of the bin's zone: the bin empty, or the same owner, product or lot as came in last. What a bin held before it was first written down
 * who is in it, is let be. Refused: `bin.mixed` with the rule.
 */
export function mixingOf(
  { zones }: Pick<Warehouse, "zones">,
  bin: Pick<Bin, "code" | "zone" | "used"> & Partial<Inside>,
  goods: Inside,
): Outcome<Clause[]> {
  const rule = zones.find(({ code }) => code === bin.zone)?.mixing;
  if (rule === undefined) return accept([]);
  if (bin.used === 0) return accept([["used", "=", 0]]);
  const { whose, what, lot } = bin;
  if (whose === undefined || what === undefined || lot === undefined) return accept([]);
  if (!mayShare(rule, { whose, what, lot }, goods)) return refuse("bin.mixed", { bin: bin.code, rule });
  return accept(kept[rule].map((name): Clause => [name, "=", goods[name]]));
}
