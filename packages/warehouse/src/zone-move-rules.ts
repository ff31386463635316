import { entriesOf, fitOf } from "./bin-load.ts";
import { insideOf, mayShare } from "./mixing.ts";
import type { Bin, BinView, Content } from "./model.ts";
import type { Product } from "./product-model.ts";
import { type PutawayRules, suggestBins, zoneFor } from "./suggest.ts";
import type { StayReason, Stays, ZoneMoveLine } from "./zone-move-model.ts";

/** Goods of one product and lot in one bin; units unknown while somebody counts it. */
export type Lying = Omit<ZoneMoveLine, "to"> & { readonly stay?: StayReason | undefined };
type Facts = Pick<Product, "id" | "company" | "weightGrams" | "size" | "class">;

const plain = ({ stay: _stay, ...goods }: Lying) => goods;
const stays = (goods: Lying, why: StayReason, units = goods.units): Stays => ({ ...plain(goods), units, why });

/**
 * What lies in bins as they say themselves: exact at once, where the copies follow the stream. Lots stand in the copies; of goods that the copies do not know yet it is the lot that came in last.
 */
export function contentsIn(
  bins: readonly (Pick<Bin, "code" | "whose" | "what" | "lot"> & object)[],
  contents: readonly Content[],
  facts: (product: string) => Facts | undefined,
): Content[] {
  const known = Map.groupBy(contents, (one) => `${one.bin} ${one.product}`);
  return bins.flatMap((bin) =>
    entriesOf(bin).flatMap(({ product, units }): Content[] => {
      const listed = known.get(`${bin.code} ${product}`);
      if (listed) return listed;
      const company = facts(product)?.company ?? (bin.what === product ? bin.whose : undefined) ?? "";
      const lot = bin.what === product && bin.lot !== undefined && bin.lot !== "-" ? { lot: bin.lot } : {};
      return [{ place: "bin", bin: bin.code, company, product, name: "", code: "", units, ...lot }];
    }),
  );
}

/**
 * Where goods of bins go in a zone (整区移库): along the walk, each into the bins that putting away would suggest there, what was placed before it counted in. Gives the moves and what stays, with its reason. Pure:
 * done again after a part was carried out it plans what is left.
 */
export function planZone(
  goods: readonly Lying[],
  targets: readonly BinView[],
  contents: readonly Content[],
  facts: (product: string) => Facts | undefined,
  rules: PutawayRules,
): { lines: ZoneMoveLine[]; stays: Stays[] } {
  const bins = new Map(targets.map((bin) => [bin.code, { ...bin }]));
  const inside = [...contents];
  const plan = { lines: [] as ZoneMoveLine[], stays: [] as Stays[] };
  for (const one of goods) {
    if (one.stay !== undefined) {
      plan.stays.push(stays(one, one.stay));
      continue;
    }
    const { weightGrams, size, class: kind } = facts(one.product) ?? {};
    const wish = { company: one.company, product: one.product, lot: one.lot, class: kind, weightGrams, size };
    let left = one.units;
    const now = [...bins.values()];
    for (const { bin, units } of suggestBins(now, inside, wish, left, rules, now.length)) {
      if (left === 0) break;
      const some = Math.min(left, units);
      const shelf = bins.get(bin);
      if (!shelf || some <= 0) continue;
      const mm3 = size ? size.lengthMm * size.widthMm * size.heightMm : 0;
      shelf.used += some;
      shelf.usedGrams += (weightGrams ?? 0) * some;
      shelf.usedMm3 += mm3 * some;
      inside.push({ ...plain(one), place: "bin", bin, units: some });
      plan.lines.push({ ...plain(one), to: bin, units: some });
      left -= some;
    }
    if (left > 0) plan.stays.push(stays(one, whyNot(wish, now, inside, rules), left));
  }
  return plan;
}

type Wish = Parameters<typeof suggestBins>[2];

/** Why nothing of a zone takes goods in. */
function whyNot(wish: Wish, bins: readonly BinView[], inside: readonly Content[], rules: PutawayRules): StayReason {
  const zones = new Map((rules.zones ?? []).map((zone) => [zone.code, zone]));
  const open = bins.filter((bin) => bin.lock === undefined);
  if (open.length > 0 && open.every((bin) => zoneFor(zones.get(bin.zone), wish) === "closed")) return "class";
  const roomy = open.filter((bin) => fitOf(bin, wish).units > 0);
  const shared = roomy.some((bin) =>
    inside
      .filter((one) => one.bin === bin.code)
      .every((one) => mayShare(zones.get(bin.zone)?.mixing, insideOf(one), insideOf(wish))),
  );
  return roomy.length > 0 && !shared ? "mixed" : "full";
}

/** Lines of one transfer to another warehouse: goods of one owner, as far as they are free. */
export function planSending(
  goods: readonly Lying[],
  free: ReadonlyMap<string, number>,
  most: number,
): { company: string; lines: ZoneMoveLine[]; stays: Stays[] } {
  const left = new Map(free);
  const plan = { company: "", lines: [] as ZoneMoveLine[], stays: [] as Stays[] };
  for (const one of goods) {
    if (one.stay !== undefined) {
      plan.stays.push(stays(one, one.stay));
      continue;
    }
    const some = Math.min(one.units, left.get(one.product) ?? 0);
    left.set(one.product, (left.get(one.product) ?? 0) - some);
    if (some < one.units) plan.stays.push(stays(one, "promised", one.units - some));
    if (some === 0) continue;
    if (plan.company === "") plan.company = one.company;
    if (one.company === plan.company && plan.lines.length < most) plan.lines.push({ ...plain(one), units: some });
  }
  return plan;
}
