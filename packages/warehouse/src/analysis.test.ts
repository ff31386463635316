import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageOf, classesOf, coverDays, figuresOf, isDead, leftOf, type Sheet, sumFigures, topOf } from "./analysis.ts";
import { fifoMinor, foldStock, layersMost, nothingYet, priced, type StockStep, unpricedUnits } from "./valuation.ts";

const came = (day: string, change: number, costMinor?: number): StockStep => ({ day, change, costMinor });
const left = (day: string, units: number): StockStep => ({ day, change: -units });

describe("the value of stock", () => {
  /** The worked example of a textbook: 100 at ¥10, 200 at ¥11 and 150 at ¥12 came, 240 left after the second receipt and 60 after the third. */
  const steps = [
    came("2026-01-01", 100, 1000),
    came("2026-01-10", 200, 1100),
    left("2026-01-15", 240),
    came("2026-01-20", 150, 1200),
    left("2026-01-25", 60),
  ];

  it("by moving average is ¥1,767.14 and by FIFO ¥1,800.00 for the 150 that are left of the textbook's goods", () => {
    const end = foldStock(nothingYet, steps);
    expect(end.units).toBe(150);
    // 300 cost ¥3,200; the 60 left of them ¥640; with 150 at ¥12 that is ¥2,440 for 210, of which 150 are left.
    expect(end.valueMinor).toBe(244_000 - Math.round((244_000 * 60) / 210));
    // First in, first out: the 60 of ¥11 left last, so 150 of ¥12 are there.
    expect(fifoMinor(end)).toBe(180_000);
  });

  it("is nothing once nothing is there, and a fold of parts is the fold of the whole", () => {
    const gone = foldStock(nothingYet, [...steps, left("2026-02-01", 150)]);
    expect([gone.units, gone.valueMinor, gone.layers]).toEqual([0, 0, []]);
    for (let cut = 0; cut <= steps.length; cut += 1)
      expect(foldStock(foldStock(nothingYet, steps.slice(0, cut)), steps.slice(cut))).toEqual(
        foldStock(nothingYet, steps),
      );
  });

  it("takes what a count found at the average of what is there, and says of how many units nobody knows the cost", () => {
    const found = foldStock(nothingYet, [came("2026-01-01", 10, 500), came("2026-01-02", 2)]);
    expect([found.valueMinor, unpricedUnits(found)]).toEqual([6000, 0]);
    const unknown = foldStock(nothingYet, [came("2026-01-01", 10), came("2026-01-02", 5, 300)]);
    expect([unknown.valueMinor, fifoMinor(unknown), unpricedUnits(unknown)]).toEqual([1500, 1500, 10]);
    const told = priced(unknown, 200);
    expect([told.valueMinor, fifoMinor(told), unpricedUnits(told)]).toEqual([3500, 3500, 0]);
  });

  it("keeps every unit and every fen, whatever comes and goes, in at most 120 layers", () => {
    const step = fc.record({
      units: fc.integer({ min: 1, max: 500 }),
      cost: fc.integer({ min: 0, max: 99_999 }),
      out: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (wishes) => {
        let state = nothingYet;
        let spent = 0;
        wishes.forEach(({ units, cost, out }, at) => {
          const day = new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
          const change = out ? -Math.min(units, state.units) : units;
          if (change > 0) spent += units * cost;
          const before = fifoMinor(state);
          state = foldStock(state, [{ day, change, ...(change > 0 ? { costMinor: cost } : {}) }]);
          if (change < 0) spent -= before - fifoMinor(state);
        });
        expect(state.layers.reduce((sum, { units }) => sum + units, 0)).toBe(state.units);
        expect(fifoMinor(state)).toBe(spent);
        expect(state.layers.length).toBeLessThanOrEqual(layersMost);
        expect(state.valueMinor).toBeGreaterThanOrEqual(0);
        expect(state.layers.map(({ day }) => day)).toEqual(state.layers.map(({ day }) => day).sort());
      }),
    );
  });
});

describe("the age of stock", () => {
  it("falls into 0–30, 31–60, 61–90, 91–180 and more days, the units that came last being those that are left", () => {
    const state = foldStock(nothingYet, [
      came("2026-01-01", 50, 100),
      came("2026-05-01", 30, 200),
      came("2026-06-20", 20, 300),
      left("2026-06-25", 40),
    ]);
    expect(ageOf(leftOf(state), "2026-06-30").map(({ units }) => units)).toEqual([20, 30, 0, 10, 0]);
    expect(ageOf(leftOf(state), "2026-07-31").map(({ units, valueMinor }) => [units, valueMinor])).toEqual([
      [0, 0],
      [20, 6000],
      [0, 0],
      [30, 6000],
      [10, 1000],
    ]);
  });

  it("of goods told apart is that of their lots, however they leave", () => {
    const lot = (day: string, change: number, lotDay: string): StockStep => ({ day, change, costMinor: 100, lotDay });
    const state = foldStock(nothingYet, [
      lot("2026-01-01", 50, "2026-01-01"),
      lot("2026-06-01", 50, "2026-06-01"),
      lot("2026-06-10", -50, "2026-06-01"),
    ]);
    expect(ageOf(leftOf(state), "2026-06-30").map(({ units }) => units)).toEqual([0, 0, 0, 50, 0]);
  });
});

const sheet = (product: string, facts: Partial<Sheet> = {}): Sheet => ({
  ...{ product, code: product, name: product, unit: "件", onHand: 0, valueMinor: 0, fifoMinor: 0, unpriced: 0 },
  issued: [0, 0, 0],
  ages: [],
  ...facts,
});

describe("the figures of an owner's goods", () => {
  const on = "2026-06-30";
  const sheets = [
    sheet("a", { onHand: 30, valueMinor: 30_000, costMinor: 10_000, issued: [60, 60, 100], lastOut: "2026-06-29" }),
    sheet("b", { onHand: 50, valueMinor: 5000, costMinor: 100, issued: [10, 400, 400], lastOut: "2026-06-20" }),
    sheet("c", { onHand: 5, valueMinor: 500, costMinor: 100, issued: [0, 10, 20], lastOut: "2026-05-01" }),
    sheet("d", { onHand: 40, valueMinor: 8000, costMinor: 200, lastIn: "2026-03-01" }),
    sheet("e", { onHand: 7, valueMinor: 700, costMinor: 100, lastIn: "2026-06-01" }),
  ];
  const classes = classesOf(sheets);

  it("class A makes 80 % of what was issued, B up to 95 %: by value another product than by units", () => {
    expect(sheets.map(({ product }) => classes.get(product)?.value[1]).join("")).toBe("ABCCC");
    expect(sheets.map(({ product }) => classes.get(product)?.units[1]).join("")).toBe("BACCC");
  });

  it("two of five sold in 30 days is 动销率 40 %, and what neither came nor left for 90 days is dead", () => {
    const figures = figuresOf(sheets, classes, on);
    expect(figures.windows.map(({ moved, base }) => [moved, base])).toEqual([
      [2, 5],
      [3, 5],
      [3, 5],
    ]);
    expect(figures.dead).toEqual({ products: 1, units: 40, valueMinor: 8000 });
    expect(sheets.filter((one) => isDead(one, on)).map(({ product }) => product)).toEqual(["d"]);
    expect([figures.units, figures.valueMinor]).toEqual([132, 44_200]);
    expect(sumFigures([figures, figures]).windows[0]?.byValue.A.issued).toBe(120);
  });

  it("30 of which 60 left in 30 days last 15 days; what does not leave lasts for ever", () => {
    expect([coverDays(30, 60, 30), coverDays(50, 10, 30), coverDays(5, 0, 30)]).toEqual([15, 150, null]);
    expect(figuresOf(sheets, classes, on).cover).toEqual([0, 0, 1, 0, 1, 3]);
    expect(topOf("cover", sheets, on, 9).map(({ product }) => product)).toEqual(["a", "b"]);
    expect(topOf("dead", sheets, on, 9).map(({ product }) => product)).toEqual(["d"]);
    expect(topOf("issued", sheets, on, 2).map(({ product }) => product)).toEqual(["a", "b"]);
  });
});
