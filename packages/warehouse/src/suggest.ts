import type { Day } from "@yihao/kernel/days";
import { fitOf } from "./bin-load.ts";
import { pickBefore } from "./lot.ts";
import { insideOf, mayShare } from "./mixing.ts";
import type { BinView, Content, GoodsClass, Zone } from "./model.ts";
import type { OrderLine, PickTask } from "./order-model.ts";
import { unpicked } from "./order-rules.ts";
import type { Product } from "./product-model.ts";
import type { Suggestion } from "./stock-model.ts";

type Shelf = Pick<BinView, "code" | "zone" | "kind" | "sequence" | "capacity" | "used" | "lock"> &
  Partial<Pick<BinView, "loadGrams" | "size" | "usedGrams" | "usedMm3" | "closed">>;
type Standing = Pick<Content, "place" | "bin" | "units" | "company" | "product" | "lot">;
type Goods = Pick<Product, "weightGrams" | "size"> & {
  readonly company: string;
  readonly product: string;
  readonly lot?: string | undefined;
  readonly class?: GoodsClass | undefined;
};
/** What a space says of its bins: which are one product's own (固定货位), and which zones are kept to some kinds of goods. */
export type PutawayRules = {
  readonly faces?: readonly { readonly bin: string; readonly product: string; readonly max: number }[];
  readonly zones?: readonly Pick<Zone, "code" | "classes" | "mixing">[];
};

/** Bins that are named at most. */
export const suggestedMost = 5;

/** Units of some goods that a bin has room for, by number, weight and volume. */
const room = (bin: Shelf, goods: Goods) => fitOf({ usedGrams: 0, usedMm3: 0, ...bin }, goods).units;

/** Whether a zone is kept to kinds of goods with these among them, open to all, or kept to others. */
export function zoneFor(zone: PutawayZone | undefined, goods: Goods): "own" | "open" | "closed" {
  if (!zone?.classes || zone.classes.length === 0) return "open";
  return zone.classes.includes(goods.class ?? "general") ? "own" : "closed";
}
type PutawayZone = NonNullable<PutawayRules["zones"]>[number];

/**
 * Bins to put a product into (上架建议): its own bins up to what they are filled to (固定货位), then those that hold it already (the same lot of it), then empty ones, then ones with room that only
 * its owner uses, as far as the rule of their zone lets the goods share them (混放规则); of each, those where all of it fits, then those of a zone kept to its kind of goods, nearest by pick sequence. Locked, full and quarantine bins are left out, so are other products' own
 * bins and zones kept to other kinds.
 */
export function suggestBins(
  bins: readonly Shelf[],
  contents: readonly Standing[],
  goods: Goods,
  units: number,
  rules: PutawayRules = {},
  limit = suggestedMost,
): Suggestion[] {
  const held = new Map<string, Standing[]>();
  for (const content of contents)
    if (content.place === "bin" && content.bin && content.units > 0)
      held.set(content.bin, [...(held.get(content.bin) ?? []), content]);
  const faces = new Map((rules.faces ?? []).map((face) => [face.bin, face]));
  const zones = new Map((rules.zones ?? []).map((zone) => [zone.code, zone]));
  const inside = (bin: Shelf) => held.get(bin.code) ?? [];
  const rankOf = (bin: Shelf): Suggestion["reason"] | undefined => {
    const face = faces.get(bin.code);
    if (face) return face.product === goods.product ? "fixed" : undefined;
    if (inside(bin).some((one) => one.product === goods.product && one.lot === goods.lot)) return "same";
    // A bin that is used while nothing is listed in it was filled a moment ago: what with is not known yet.
    if (inside(bin).length === 0) return bin.used > 0 ? undefined : "empty";
    return inside(bin).every((one) => one.company === goods.company) ? "room" : undefined;
  };
  const takes = (bin: Shelf, reason: Suggestion["reason"]) => {
    if (reason !== "fixed") return room(bin, goods);
    const there = inside(bin).reduce((sum, one) => sum + one.units, 0);
    return Math.min(room(bin, goods), (faces.get(bin.code)?.max ?? 0) - Math.max(there, bin.used));
  };
  return bins
    .filter((bin) => bin.lock === undefined && bin.closed === undefined && bin.kind !== "quarantine")
    .flatMap((bin) => {
      const reason = rankOf(bin);
      const zone = zoneFor(zones.get(bin.zone), goods);
      // What is a product's own bin is said of the bin itself, whatever its zone is kept to.
      if (reason === undefined || (zone === "closed" && reason !== "fixed")) return [];
      const rule = zones.get(bin.zone)?.mixing;
      if (!inside(bin).every((one) => mayShare(rule, insideOf(one), insideOf(goods)))) return [];
      const most = takes(bin, reason);
      if (most <= 0) return [];
      const rank = [ranks[reason], most >= units ? 0 : 1, zone === "own" ? 0 : 1, bin.sequence];
      return [{ bin: bin.code, units: Math.min(units, most), reason, rank }];
    })
    .sort((a, b) => byRank(a.rank, b.rank))
    .slice(0, limit)
    .map(({ rank: _rank, ...suggestion }) => suggestion);
}

const ranks = { fixed: 0, same: 1, empty: 2, room: 3, pick: 4 } as const satisfies Record<Suggestion["reason"], number>;
const byRank = (a: readonly number[], b: readonly number[]) =>
  a.reduce((order, one, index) => order || one - (b[index] ?? 0), 0);

export const measured = (product: Pick<Product, "weightGrams" | "size"> | undefined) => ({
  weightGrams: product?.weightGrams,
  size: product?.size,
});

export type Wanted = Goods & { readonly units: number };

/** Bins for goods one after the other: a bin that is the first choice of one is not called empty to the next. */
export function suggestAll(
  bins: readonly Shelf[],
  contents: readonly Standing[],
  wanted: readonly Wanted[],
  rules: PutawayRules = {},
): Suggestion[][] {
  const planned = [...contents];
  return wanted.map((goods) => {
    const suggestions = suggestBins(bins, planned, goods, goods.units, rules);
    const [first] = suggestions;
    const { company, product, lot } = goods;
    if (first) planned.push({ company, product, lot, place: "bin", bin: first.bin, units: first.units });
    return suggestions;
  });
}

/**
 * Whether bins that come later in the walk could not stand before those that are named for some goods: as many are named as ever are, and each is the product's own, holds it, or is empty and takes all of it. `good`
 * says of a bin whether its zone is the best that any could be of.
 */
export const isSettled = (suggestions: readonly Suggestion[], units: number, good: (bin: string) => boolean): boolean =>
  suggestions.length >= suggestedMost &&
  suggestions.every(
    ({ bin, reason, units: some }) =>
      reason === "fixed" || reason === "same" || (reason === "empty" && some === units && good(bin)),
  );

/** Bins for all goods that wait in receiving, first come first: a bin that is the first choice of one is not called empty to the next. */
export function suggestPutaway(
  bins: readonly Shelf[],
  contents: readonly Content[],
  rules: PutawayRules = {},
  facts: (product: string) => Pick<Product, "weightGrams" | "size"> | undefined = () => undefined,
): (Content & { suggestions: Suggestion[] })[] {
  const waiting = contents.filter(({ place }) => place === "receiving");
  const wanted = waiting.map((goods) => ({ ...goods, ...measured(facts(goods.product)) }));
  const all = suggestAll(bins, contents, wanted, rules);
  return waiting.map((goods, at) => ({ ...goods, suggestions: all[at] ?? [] }));
}

/**
 * Which bins to pick an order's open lines from (分配): what expires first, else what came first, else the bin that comes first along
 * the walk; goods past their day stay, and what lies in locked and quarantine bins. What no bin holds stands with bin null. Goods that two lines want are given out once.
 */
export function allocatePicks(
  lines: readonly OrderLine[],
  bins: readonly Pick<Shelf, "code" | "kind" | "sequence" | "lock">[],
  contents: readonly Content[],
  today: Day,
): PickTask[] {
  const sequence = new Map(bins.map((bin) => [bin.code, bin]));
  const shut = (code: string) => sequence.get(code)?.lock !== undefined || sequence.get(code)?.kind === "quarantine";
  const left = contents
    .filter((one) => one.place === "bin" && one.units > 0 && one.bin !== undefined)
    .map((one) => ({ ...one, bin: one.bin ?? "" }))
    .filter((one) => !shut(one.bin) && (one.expiry === undefined || one.expiry >= today))
    .map((one) => ({ ...one, sequence: sequence.get(one.bin)?.sequence ?? 0 }))
    .sort(pickBefore);
  const tasks: PickTask[] = [];
  for (const line of lines) {
    let wanted = unpicked(line);
    const task = { line: line.line, product: line.product, name: line.name, code: line.code };
    const gtin = line.gtin === undefined ? {} : { gtin: line.gtin };
    for (const at of left) {
      if (wanted === 0) break;
      if (at.product !== line.product || at.units === 0 || line.avoid?.includes(at.bin)) continue;
      const units = Math.min(wanted, at.units);
      at.units -= units;
      wanted -= units;
      const lot = at.lot === undefined ? {} : { lot: at.lot };
      const expiry = at.expiry === undefined ? {} : { expiry: at.expiry };
      tasks.push({ ...task, ...gtin, ...lot, ...expiry, bin: at.bin, units, sequence: at.sequence });
    }
    if (wanted > 0) tasks.push({ ...task, ...gtin, bin: null, units: wanted, sequence: Number.MAX_SAFE_INTEGER });
  }
  return tasks.sort((a, b) => a.sequence - b.sequence || a.line - b.line);
}
