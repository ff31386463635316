import type { Clause } from "@yihao/table/write";
import type { BinSize, BinView } from "./model.ts";
import type { Product } from "./product-model.ts";

/*
 * What lies in a bin by number, weight and volume (货位的件数、承重、容积).
 *
 * A bin writes down how many units of each product it took in at which weight and size of one unit: an attribute `in:<product>/<grams>/<mm³>`. What came in at a weight leaves at that weight, so the sums cannot drift
 * when a product's weight or size is corrected; the goods that lie there are then weighed anew, bin by bin, each in one write that takes the old attribute away. `room`, `roomGrams` and `roomMm3` are what still fits, so
 * that one condition guards all three. A product without a weight or size counts as none in that respect: it is not watched.
 */

/** Room of a bin that is not watched in some respect: grams or cubic millimetres. */
export const boundlessLoad = 4_000_000_000_000_000;
/** More than this of cubic millimetres in one command (100,000 m³) is no size that somebody measured: it is not counted. */
const mostMm3 = 100_000_000_000_000;

/** Weight and volume of one unit; 0 where nobody entered it. */
export type Measure = { readonly grams: number; readonly mm3: number };
type Measured = Pick<Product, "weightGrams" | "size">;

export const mm3Of = (size: BinSize | undefined): number =>
  size === undefined ? 0 : size.lengthMm * size.widthMm * size.heightMm;

/** What some units of a product weigh and take, each. */
export function measureOf(product: Measured, units: number): Measure {
  const mm3 = mm3Of(product.size);
  return { grams: product.weightGrams ?? 0, mm3: mm3 * units > mostMm3 ? 0 : mm3 };
}

/** Edges of a box, the longest first. */
export const edgesOf = ({ lengthMm, widthMm, heightMm }: BinSize): readonly [number, number, number] =>
  [lengthMm, widthMm, heightMm].sort((a, b) => b - a) as [number, number, number];

const mark = "in:";
/** Stands for goods that came in before bins wrote down what they hold: of no product, weight or size. */
const unknown = "-";
const nameOf = (product: string, { grams, mm3 }: Measure) => `${mark}${product}/${grams}/${mm3}`;

export type Entry = Measure & { readonly name: string; readonly product: string; readonly units: number };

/** What a bin holds, by product and the weight and size at which it came in. */
export function entriesOf(bin: object): Entry[] {
  return Object.entries(bin).flatMap(([name, units]) => {
    if (!name.startsWith(mark)) return [];
    const [product = "", grams, mm3] = name.slice(mark.length).split("/");
    return [{ name, product, grams: Number(grams), mm3: Number(mm3), units: Number(units) }];
  });
}

/** The attribute of goods nothing is known of, for bins from before. */
export const fromBefore = (units: number): Record<string, number> =>
  units === 0 ? {} : { [nameOf(unknown, { grams: 0, mm3: 0 })]: units };

/** Grams and cubic millimetres that lie in a bin, and units of which nobody entered the weight or the size. */
export function loadOf(bin: object): { usedGrams: number; usedMm3: number; unweighed: number; unsized: number } {
  const sum = { usedGrams: 0, usedMm3: 0, unweighed: 0, unsized: 0 };
  for (const { grams, mm3, units } of entriesOf(bin)) {
    sum.usedGrams += grams * units;
    sum.usedMm3 += mm3 * units;
    sum.unweighed += grams === 0 ? units : 0;
    sum.unsized += mm3 === 0 ? units : 0;
  }
  return sum;
}

type Change = { readonly add: Record<string, number>; readonly when: Clause[]; readonly remove: string[] };

/** What units of a product change in the bin that they come into. */
export function comesIn(product: Pick<Product, "id"> & Measured, units: number): Record<string, number> {
  const each = measureOf(product, units);
  return {
    [nameOf(product.id, each)]: units,
    used: units,
    room: -units,
    ...(each.grams === 0 ? {} : { roomGrams: -each.grams * units }),
    ...(each.mm3 === 0 ? {} : { roomMm3: -each.mm3 * units }),
  };
}

/** What the bin must have for them: room by number, weight and volume, and edges as long as those of one unit. */
export function hasRoom(product: Measured, units: number): Clause[] {
  const each = measureOf(product, units);
  const [long, middle, short] = product.size ? edgesOf(product.size) : [];
  return [
    ["room", ">=", units],
    ...(each.grams === 0 ? [] : [["roomGrams", ">=", each.grams * units] as const]),
    ...(each.mm3 === 0 ? [] : [["roomMm3", ">=", each.mm3 * units] as const]),
    ...(long === undefined || middle === undefined || short === undefined
      ? []
      : ([
          ["long", "absent-or", ">=", long],
          ["middle", "absent-or", ">=", middle],
          ["short", "absent-or", ">=", short],
        ] as const)),
  ];
}

/** What units of a product that left change in the bin: taken from what came in of it, last from goods nothing is known of. The clauses are lost when the bin changed meanwhile: plan it anew. */
export function goesOut(bin: object, product: string, units: number): Change {
  const add: Record<string, number> = { used: -units, room: units };
  const [when, remove]: [Clause[], string[]] = [[], []];
  let left = units;
  const own = entriesOf(bin).filter((one) => one.product === product || one.product === unknown);
  for (const one of own.sort((a, b) => Number(a.product === unknown) - Number(b.product === unknown))) {
    const some = Math.min(left, one.units);
    if (some <= 0) continue;
    left -= some;
    if (some === one.units) {
      remove.push(one.name);
      when.push([one.name, "=", some]);
    } else {
      add[one.name] = -some;
      when.push([one.name, ">", some]);
    }
    if (one.grams > 0) add.roomGrams = (add.roomGrams ?? 0) + one.grams * some;
    if (one.mm3 > 0) add.roomMm3 = (add.roomMm3 ?? 0) + one.mm3 * some;
  }
  return { add, when, remove };
}

/** What changes in a bin when the goods of a product in it are weighed anew; undefined when they lie there at its present weight and size. */
export function weighedAnew(bin: object, product: Pick<Product, "id"> & Measured): Change | undefined {
  const entries = entriesOf(bin).filter((one) => one.product === product.id && one.units > 0);
  const all = entries.reduce((sum, { units }) => sum + units, 0);
  const now = measureOf(product, all);
  const old = entries.filter(({ grams, mm3 }) => grams !== now.grams || mm3 !== now.mm3);
  if (old.length === 0) return undefined;
  const add = { [nameOf(product.id, now)]: 0, roomGrams: 0, roomMm3: 0 };
  for (const { units, grams, mm3 } of old) {
    add[nameOf(product.id, now)] = (add[nameOf(product.id, now)] ?? 0) + units;
    add.roomGrams += (grams - now.grams) * units;
    add.roomMm3 += (mm3 - now.mm3) * units;
  }
  return { add, when: old.map(({ name, units }) => [name, "=", units]), remove: old.map(({ name }) => name) };
}

/** By what a bin is full: units, weight, volume, or an edge that is too short for one unit. */
export const binLimits = ["units", "load", "volume", "size"] as const;
export type BinLimit = (typeof binLimits)[number];
type Limited = Pick<BinView, "capacity" | "loadGrams" | "size" | "used" | "usedGrams" | "usedMm3">;

/** What a bin is limited to and holds, by each limit that it has. */
export function limitsOf(bin: Limited): { of: Exclude<BinLimit, "size">; most: number; holds: number }[] {
  return [
    ...(bin.capacity === undefined ? [] : [{ of: "units", most: bin.capacity, holds: bin.used } as const]),
    ...(bin.loadGrams === undefined ? [] : [{ of: "load", most: bin.loadGrams, holds: bin.usedGrams } as const]),
    ...(bin.size === undefined ? [] : [{ of: "volume", most: mm3Of(bin.size), holds: bin.usedMm3 } as const]),
  ];
}

export type Fit = { readonly units: number; readonly of?: BinLimit; readonly most?: number; readonly holds?: number };

/** How many units of a product still fit into a bin, and which limit says so, with what it is and what is there; without limits any number does. */
export function fitOf(bin: Limited, product: Measured): Fit {
  const each = measureOf(product, 1);
  if (bin.size && product.size) {
    const inner = edgesOf(bin.size);
    if (edgesOf(product.size).some((edge, at) => edge > (inner[at] ?? 0))) return { units: 0, of: "size" };
  }
  const takes = { units: 1, load: each.grams, volume: each.mm3 };
  const fits = limitsOf(bin)
    .filter(({ of }) => takes[of] > 0)
    .map((one): Fit => ({ ...one, units: Math.max(0, Math.floor((one.most - one.holds) / takes[one.of])) }));
  return fits.reduce((least, one) => (one.units < least.units ? one : least), { units: Number.POSITIVE_INFINITY });
}

/** How full a bin is by the tightest of its limits, 1 when nothing more fits; undefined when it has none. */
export function fillOf(bin: Limited): { share: number; of: BinLimit } | undefined {
  return limitsOf(bin)
    .map(({ of, most, holds }) => ({ of, share: holds / most }))
    .reduce<{ share: number; of: BinLimit } | undefined>(
      (most, one) => (most === undefined || one.share > most.share ? one : most),
      undefined,
    );
}
