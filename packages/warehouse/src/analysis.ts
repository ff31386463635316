import { type Day, plusDays } from "@yihao/kernel/days";
import type { AbcClass } from "./count-model.ts";
import { abcOf } from "./count-rules.ts";
import { fifoMinor, type StockState } from "./valuation.ts";

/** Days in which goods are that long there belong to the first bucket they fit in; what is older belongs to the last (库龄). */
export const ageLimits = [30, 60, 90, 180] as const;
export const ageBuckets = ageLimits.length + 1;
/** Goods there of which nothing left for so many days are dead stock (呆滞). */
export const deadDays = 90;
/** Windows over which what was issued is looked at, in days. */
export const windows = [30, 90, 365] as const;
export type Window = (typeof windows)[number];
/** Days that stock lasts, up to each of these (可销天数). */
export const coverLimits = [7, 14, 30, 90] as const;

/** Whole days from one local day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export type AgeCell = { units: number; valueMinor: number };

/** Which bucket of age goods that are so many days old belong to. */
export function bucketOf(days: number): number {
  const at = ageLimits.findIndex((limit) => days <= limit);
  return at < 0 ? ageLimits.length : at;
}

/** What is left of goods that came on one day, and its FIFO value in fen. */
export type Left = { readonly day: Day; readonly units: number; readonly valueMinor: number };

/**
 * What is there by the day on which it came, oldest first. Goods told apart by lot or serial have the day of their lot and the product's average
 * FIFO value; all others are taken to leave in the order in which they came.
 */
export function leftOf(state: StockState): Left[] {
  if (state.ages === undefined) return state.layers.map(({ day, units, valueMinor }) => ({ day, units, valueMinor }));
  let [units, value] = [state.units, fifoMinor(state)];
  return state.ages.map((age) => {
    const valueMinor = units <= age.units ? value : Math.round((value * age.units) / units);
    units -= age.units;
    value -= valueMinor;
    return { ...age, valueMinor };
  });
}

/** Units and their value by how long they have been there on a day (库龄). */
export function ageOf(left: readonly Left[], on: Day): AgeCell[] {
  const cells = Array.from({ length: ageBuckets }, (): AgeCell => ({ units: 0, valueMinor: 0 }));
  for (const { day, units, valueMinor } of left) {
    const cell = cells[bucketOf(Math.max(0, daysBetween(day, on)))];
    if (!cell) continue;
    cell.units += units;
    cell.valueMinor += valueMinor;
  }
  return cells;
}

/** How many days what is there lasts at the pace of the last days (可销天数); null when nothing left in them. */
export function coverDays(onHand: number, issued: number, days: number): number | null {
  return issued <= 0 ? null : Math.floor((onHand * days) / issued);
}

/** Whether goods lie dead (呆滞): some are there, and in the last 90 days none left and none came. */
export function isDead(goods: Pick<Sheet, "onHand" | "lastIn" | "lastOut">, on: Day): boolean {
  const limit = plusDays(on, -deadDays);
  const last = [goods.lastIn ?? "", goods.lastOut ?? ""].sort()[1] ?? "";
  return goods.onHand > 0 && last <= limit;
}

/** Figures of one product on a day; the windows' units are those of `windows`, in order. */
export type Sheet = {
  readonly product: string;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly onHand: number;
  /** Value by moving average and by FIFO, in fen. */
  readonly valueMinor: number;
  readonly fifoMinor: number;
  readonly unpriced: number;
  /** What one unit costs, in fen: the average of what is there, else the product's own cost. */
  readonly costMinor?: number | undefined;
  readonly issued: readonly [number, number, number];
  readonly lastIn?: Day | undefined;
  readonly lastOut?: Day | undefined;
  readonly oldest?: Day | undefined;
  readonly ages: readonly AgeCell[];
};

/** ABC classes of a product over each window, by value issued and by units issued. */
export type Classes = { readonly value: readonly AbcClass[]; readonly units: readonly AbcClass[] };

/** ABC classes of all products of an owner over each window: the first 80 % are A, up to 95 % B, the rest C. */
export function classesOf(sheets: readonly Sheet[]): Map<string, Classes> {
  const found = new Map<string, { value: AbcClass[]; units: AbcClass[] }>(
    sheets.map(({ product }) => [product, { value: [], units: [] }]),
  );
  windows.forEach((_, at) => {
    const issued = (sheet: Sheet) => sheet.issued[at] ?? 0;
    const byValue = abcOf(sheets.map((one) => ({ id: one.product, value: issued(one) * (one.costMinor ?? 0) })));
    const byUnits = abcOf(sheets.map((one) => ({ id: one.product, value: issued(one) })));
    for (const { product } of sheets) {
      found.get(product)?.value.push(byValue.get(product) ?? "C");
      found.get(product)?.units.push(byUnits.get(product) ?? "C");
    }
  });
  return found;
}

type Part = { products: number; issued: number; issuedMinor: number };
export type ClassParts = Record<AbcClass, Part>;
export type WindowFigures = {
  /** Products of which something left (动销), and those there were. */
  moved: number;
  base: number;
  issued: number;
  issuedMinor: number;
  byValue: ClassParts;
  byUnits: ClassParts;
};
export type StockFigures = {
  products: number;
  stocked: number;
  units: number;
  valueMinor: number;
  fifoMinor: number;
  unpriced: number;
  ages: AgeCell[];
  dead: { products: number; units: number; valueMinor: number };
  /** Products there by how long they last: up to each of `coverLimits`, longer, and those of which nothing left. */
  cover: number[];
  windows: WindowFigures[];
};

const noPart = (): Part => ({ products: 0, issued: 0, issuedMinor: 0 });
const noParts = (): ClassParts => ({ A: noPart(), B: noPart(), C: noPart() });

/** No goods at all, to add to. */
export function noFigures(): StockFigures {
  return {
    ...{ products: 0, stocked: 0, units: 0, valueMinor: 0, fifoMinor: 0, unpriced: 0 },
    ages: Array.from({ length: ageBuckets }, () => ({ units: 0, valueMinor: 0 })),
    dead: { products: 0, units: 0, valueMinor: 0 },
    cover: Array.from({ length: coverLimits.length + 2 }, () => 0),
    windows: windows.map(() => ({
      ...{ moved: 0, base: 0, issued: 0, issuedMinor: 0 },
      byValue: noParts(),
      byUnits: noParts(),
    })),
  };
}

/** The figures of an owner from those of all products. 动销率 is moved ÷ base: products of which something left, of those that were there. */
export function figuresOf(sheets: readonly Sheet[], classes: ReadonlyMap<string, Classes>, on: Day): StockFigures {
  const all = noFigures();
  for (const sheet of sheets) {
    all.products += 1;
    all.units += sheet.onHand;
    all.valueMinor += sheet.valueMinor;
    all.fifoMinor += sheet.fifoMinor;
    all.unpriced += sheet.unpriced;
    sheet.ages.forEach(({ units, valueMinor }, at) => {
      const cell = all.ages[at];
      if (!cell) return;
      cell.units += units;
      cell.valueMinor += valueMinor;
    });
    if (sheet.onHand > 0) {
      all.stocked += 1;
      const days = coverDays(sheet.onHand, sheet.issued[0], windows[0]);
      const step = days === null ? coverLimits.length + 1 : coverLimits.findIndex((limit) => days <= limit);
      const at = step < 0 ? coverLimits.length : step;
      all.cover[at] = (all.cover[at] ?? 0) + 1;
    }
    if (isDead(sheet, on)) {
      all.dead.products += 1;
      all.dead.units += sheet.onHand;
      all.dead.valueMinor += sheet.valueMinor;
    }
    all.windows.forEach((figures, at) => {
      const issued = sheet.issued[at] ?? 0;
      const issuedMinor = issued * (sheet.costMinor ?? 0);
      if (issued > 0) figures.moved += 1;
      if (issued > 0 || sheet.onHand > 0) figures.base += 1;
      figures.issued += issued;
      figures.issuedMinor += issuedMinor;
      const of = classes.get(sheet.product);
      for (const [parts, name] of [
        [figures.byValue, of?.value[at] ?? "C"],
        [figures.byUnits, of?.units[at] ?? "C"],
      ] as const) {
        parts[name].products += 1;
        parts[name].issued += issued;
        parts[name].issuedMinor += issuedMinor;
      }
    });
  }
  return all;
}

/** Figures of several owners as one; classes stay those within each owner. */
export function sumFigures(all: readonly StockFigures[]): StockFigures {
  return all.reduce((sum, one) => deepSum(sum, one), noFigures());
}

function deepSum<T>(a: T, b: T): T {
  if (typeof a === "number") return ((a as number) + (b as number)) as T;
  if (Array.isArray(a)) return a.map((one, at) => deepSum(one, (b as unknown[])[at])) as T;
  const other = b as Record<string, unknown>;
  return Object.fromEntries(Object.entries(a as object).map(([name, one]) => [name, deepSum(one, other[name])])) as T;
}

/** Lists that are looked at from the top: what is dead longest ties up most, what runs out first, what matters most. */
export const topLists = ["dead", "cover", "issued"] as const;
export type TopList = (typeof topLists)[number];

/** The first products of a list, at most so many: dead stock by value and units, cover by days, issued by value over 90 days. */
export function topOf<One extends Sheet>(list: TopList, sheets: readonly One[], on: Day, most: number): One[] {
  const days = (one: Sheet) => coverDays(one.onHand, one.issued[0], windows[0]) ?? Number.POSITIVE_INFINITY;
  const rank: Record<TopList, { is: (one: Sheet) => boolean; by: (a: Sheet, b: Sheet) => number }> = {
    dead: {
      is: (one) => isDead(one, on),
      by: (a, b) => b.valueMinor - a.valueMinor || b.onHand - a.onHand,
    },
    cover: { is: (one) => one.issued[0] > 0, by: (a, b) => days(a) - days(b) || b.issued[0] - a.issued[0] },
    issued: {
      is: (one) => one.issued[1] > 0,
      by: (a, b) => b.issued[1] * (b.costMinor ?? 0) - a.issued[1] * (a.costMinor ?? 0) || b.issued[1] - a.issued[1],
    },
  };
  const { is, by } = rank[list];
  return sheets
    .filter(is)
    .sort((a, b) => by(a, b) || (a.code < b.code ? -1 : 1))
    .slice(0, most);
}
