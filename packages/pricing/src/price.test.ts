import { daysOfMonth } from "@yihao/kernel/days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultTax, type RateCard } from "./model.ts";
import { priceDeskDays, pricePicks, pricePlanMonth, priceRoom, priceStorage, quoteOf, sumLines } from "./price.ts";

const card: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
  overrides: { res_live: { hourMinor: 12_000 }, res_window: { dayMinor: 5500 } },
};
const plan = { name: "月卡", monthlyMinor: 60_000 };
const seed = Number(process.env.SEED ?? 20261123);

describe("prices", () => {
  it("charges ¥90.00 for 90 minutes of a room at ¥60 an hour, with ¥5.09 of tax in it", () => {
    const priced = priceRoom(card, 90);
    expect(priced).toMatchObject({ totalMinor: 9000, taxMinor: 509, allowanceMinutes: 0 });
    expect(priced.lines).toEqual([
      {
        service: "room",
        stream: "room",
        quantity: 90,
        per: "hour",
        unitMinor: 6000,
        amountMinor: 9000,
        taxMinor: 509,
        taxBasis: 600,
      },
    ]);
  });

  it("uses up an allowance of 4 hours first and charges only the minutes beyond it", () => {
    expect(priceRoom(card, 240, 240)).toEqual({ lines: [], totalMinor: 0, taxMinor: 0, allowanceMinutes: 240 });
    expect(priceRoom(card, 300, 240)).toMatchObject({ totalMinor: 6000, allowanceMinutes: 240 });
    expect(priceRoom(card, 90, 30)).toMatchObject({ totalMinor: 6000, allowanceMinutes: 30 });
    expect(priceRoom(card, 90, -5)).toMatchObject({ totalMinor: 9000, allowanceMinutes: 0 });
  });

  it("charges a resource its own price where it has one", () => {
    expect(priceRoom(card, 90, 0, "res_live").totalMinor).toBe(18_000);
    expect(priceDeskDays(card, 2, "res_window").totalMinor).toBe(11_000);
    expect(priceDeskDays(card, 2, "res_live").totalMinor).toBe(8000);
  });

  it("charges ¥14.40 for six bin-days at ¥2.40 and ¥45.00 for 30 picks at ¥1.50", () => {
    expect(priceStorage(card, 6)).toMatchObject({ totalMinor: 1440, lines: [{ stream: "storage", per: "bin-day" }] });
    expect(pricePicks(card, 30)).toMatchObject({ totalMinor: 4500, lines: [{ stream: "handling", per: "unit" }] });
    expect(priceStorage(card, 0).lines).toEqual([]);
  });

  it("rounds a part of an hour half-up once", () => {
    expect(priceRoom({ ...card, roomHourMinor: 5990 }, 15).totalMinor).toBe(1498);
    expect(priceRoom({ ...card, roomHourMinor: 100 }, 20).totalMinor).toBe(33);
  });

  it("takes tax out of each line, and the total of the lines is the total", () => {
    const priced = sumLines([...priceStorage(card, 1).lines, ...pricePicks(card, 1).lines]);
    expect(priced.lines.map(({ taxMinor }) => taxMinor)).toEqual([14, 8]);
    expect(priced).toMatchObject({ totalMinor: 390, taxMinor: 22 });
  });

  it("keeps a quoted price for ten minutes, at its revision", () => {
    expect(quoteOf(priceRoom(card, 90), 3, "2026-11-23T02:55:00.000Z")).toMatchObject({
      until: "2026-11-23T03:05:00.000Z",
      rev: 3,
      totalMinor: 9000,
    });
  });
});

describe("a plan's month", () => {
  it("costs its price when whole, and is counted by day when begun or ended within it", () => {
    expect(pricePlanMonth(plan, "2026-11")).toMatchObject({
      totalMinor: 60_000,
      lines: [{ quantity: 1, text: "月卡" }],
    });
    expect(pricePlanMonth(plan, "2026-11", { from: "2026-11-16" })).toMatchObject({
      totalMinor: 30_000,
      lines: [{ quantity: 15, of: 30 }],
    });
    expect(pricePlanMonth(plan, "2026-11", { until: "2026-11-16" }).totalMinor).toBe(30_000);
    expect(pricePlanMonth(plan, "2026-11", { from: "2026-10-02", until: "2027-01-01" }).totalMinor).toBe(60_000);
  });

  it("costs nothing outside its days, and an empty stretch is no line", () => {
    expect(pricePlanMonth(plan, "2026-11", { from: "2026-12-01" }).lines).toEqual([]);
    expect(pricePlanMonth(plan, "2026-11", { until: "2026-11-01" }).lines).toEqual([]);
    expect(pricePlanMonth(plan, "2026-11", { from: "2026-11-10", until: "2026-11-10" }).lines).toEqual([]);
  });

  it(`in any parts sums exactly to its price (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.constantFrom("2026-02", "2028-02", "2026-11", "2026-12"),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
        (monthlyMinor, month, cuts) => {
          const days = daysOfMonth(month);
          const ends = [...new Set(cuts.filter((cut) => cut < days.length))].sort((a, b) => a - b);
          const bounds = [undefined, ...ends.map((cut) => days[cut]), undefined];
          const parts = bounds
            .slice(1)
            .map((until, at) => pricePlanMonth({ monthlyMinor }, month, { from: bounds[at], until }));
          expect(parts.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(monthlyMinor);
        },
      ),
      { seed, numRuns: 200 },
    );
  });
});
