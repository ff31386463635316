import { spread, taxOn, taxWithin } from "@yihao/kernel/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Discount, discountOf, spreadDiscount, useCoupon } from "./discount.ts";
import { pricePlanMonth } from "./price.ts";
import { type TaxFacts, taxFor, taxOfLine } from "./tax.ts";

describe("tax", () => {
  it("is within the price (含税): 6 % services, 9 % leases or 5 % simplified, 13 % goods, half-up by line", () => {
    const tax = (grossMinor: number, facts: Omit<TaxFacts, "day">) =>
      taxOfLine(grossMinor, { day: "2026-11-23", ...facts });
    expect(tax(106_00, { class: "service" })).toBe(6_00);
    expect(tax(109_00, { class: "lease" })).toBe(9_00);
    expect(tax(105_00, { class: "lease", simplified: true })).toBe(5_00);
    expect(tax(113_00, { class: "goods" })).toBe(13_00);
    expect(tax(600_00, { class: "service" })).toBe(33_96);
    expect(tax(-600_00, { class: "service" })).toBe(-33_96);
  });

  it("has the rate of its day: leases 10 % and goods 16 % until 31 March 2019, and no rate before any is known", () => {
    const basis = (day: string, of: "lease" | "goods") => taxFor({ day, class: of }).basis;
    expect([basis("2019-03-31", "lease"), basis("2019-04-01", "lease")]).toEqual([1000, 900]);
    expect([basis("2019-03-31", "goods"), basis("2019-04-01", "goods")]).toEqual([1600, 1300]);
    expect(() => basis("2015-01-01", "lease")).toThrow(RangeError);
  });

  it("is none under 2023 No. 42 only while company, title, accounts and day all fit, and then says why", () => {
    const facts: TaxFacts = {
      ...{ day: "2026-11-23", class: "service", separate: true },
      incubated: [{ from: "2026-03-01", until: "2026-12-01" }],
      titled: [{ from: "2025-01-01" }],
    };
    const exempt = { basis: 0, reason: "incubation-2023-42" };
    expect(taxFor(facts)).toEqual(exempt);
    expect(taxFor({ ...facts, class: "lease" })).toEqual(exempt);
    expect(taxFor({ ...facts, class: "goods" })).toEqual({ basis: 1300 });
    expect(taxFor({ ...facts, day: "2026-02-28" })).toEqual({ basis: 600 });
    expect(taxFor({ ...facts, day: "2026-03-01" })).toEqual(exempt);
    expect(taxFor({ ...facts, day: "2026-11-30" })).toEqual(exempt);
    expect(taxFor({ ...facts, day: "2026-12-01" })).toEqual({ basis: 600 });
    expect(taxFor({ ...facts, separate: false })).toEqual({ basis: 600 });
    expect(taxFor({ ...facts, titled: [{ from: "2024-01-01", until: "2026-01-01" }] })).toEqual({ basis: 600 });
    const long = { ...facts, incubated: [{ from: "2023-01-01" }], titled: [{ from: "2020-01-01" }] };
    expect(
      ["2023-12-31", "2024-01-01", "2027-12-31", "2028-01-01"].map((day) => taxFor({ ...long, day }).basis),
    ).toEqual([600, 0, 0, 600]);
  });

  it("within and net make the price again, for any amount and rate", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(500, 600, 900, 1300), (gross, basis) => {
        const tax = taxWithin(gross, basis);
        expect(Math.abs(taxOn(gross - tax, basis) - tax)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("proration", () => {
  const of = (part: { from?: string; until?: string }) => {
    const [line] = pricePlanMonth({ monthlyMinor: 600_00 }, "2026-11", part).lines;
    return [line?.quantity, line?.of, line?.amountMinor];
  };

  it("counts days, the first included and the end excluded: from the 12th 19 of 30, until the 12th 11 of 30", () => {
    expect(of({ from: "2026-11-12" })).toEqual([19, 30, 380_00]);
    expect(of({ until: "2026-11-12" })).toEqual([11, 30, 220_00]);
    expect(of({ from: "2026-11-12", until: "2026-11-13" })).toEqual([1, 30, 20_00]);
    expect(of({ from: "2026-12-01" })).toEqual([undefined, undefined, undefined]);
  });

  it("both ways sums exactly: any cuts of a month make its price, to the fen", () => {
    const day = fc.integer({ min: 1, max: 31 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e8 }), fc.uniqueArray(day, { maxLength: 6 }), (monthlyMinor, cuts) => {
        const days = cuts.sort((a, b) => a - b).map((one) => `2026-10-${String(one).padStart(2, "0")}`);
        const ends = [undefined, ...days, undefined];
        const parts = ends.slice(1).map((until, at) => ({ from: ends[at], until }));
        const priced = parts.flatMap((part) => pricePlanMonth({ monthlyMinor }, "2026-10", part).lines);
        expect(priced.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(monthlyMinor);
      }),
    );
  });
});

describe("discounts and coupons", () => {
  it("are spread by largest remainder: ¥10 off three lines of ¥33.33 takes 334, 333 and 333 fen", () => {
    expect(spread(1000, [3333, 3333, 3333])).toEqual([334, 333, 333]);
    expect(spreadDiscount([3333, 3333, 3333], { amountMinor: 1000 })).toEqual([334, 333, 333]);
    expect(spreadDiscount([9999, -500, 1], { percent: 50 })).toEqual([5000, 0, 0]);
    expect(discountOf(80_00, { amountMinor: 100_00 })).toBe(80_00);
  });

  it("a coupon is for its days, its streams and from its least sum on", () => {
    const lines = [
      { stream: "room", amountMinor: 9000 },
      { stream: "storage", amountMinor: 480 },
    ];
    const coupon = {
      discount: { percent: 10 },
      from: "2026-11-01",
      until: "2026-12-01",
      streams: ["room"],
      leastMinor: 9000,
    };
    expect(useCoupon(lines, coupon, "2026-11-30")).toEqual({ ok: true, value: [900, 0] });
    expect(useCoupon(lines, coupon, "2026-12-01")).toMatchObject({ refusal: { code: "coupon.not-now" } });
    expect(useCoupon(lines, { ...coupon, leastMinor: 9001 }, "2026-11-30")).toMatchObject({
      refusal: { code: "coupon.too-little" },
    });
  });

  it("never lose or make a fen, nor bring a line below nothing, nor change what the tax is of, over random lines, rates and discounts", () => {
    const line = fc.record({
      amountMinor: fc.integer({ min: -1e7, max: 1e8 }),
      basis: fc.constantFrom(0, 500, 600, 900, 1300),
    });
    const discount: fc.Arbitrary<Discount> = fc.oneof(
      fc.record({ percent: fc.integer({ min: 0, max: 100 }) }),
      fc.record({ amountMinor: fc.integer({ min: 0, max: 2e8 }) }),
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 40 }),
        fc.array(discount, { maxLength: 3 }),
        (lines, discounts) => {
          let amounts = lines.map(({ amountMinor }) => amountMinor);
          for (const one of discounts) {
            const above = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
            const taken = spreadDiscount(amounts, one);
            expect(taken.reduce((sum, part) => sum + part, 0)).toBe(discountOf(above, one));
            amounts = amounts.map((amount, at) => amount - (taken[at] ?? 0));
          }
          for (const [at, amount] of amounts.entries()) {
            const before = lines[at]?.amountMinor ?? 0;
            expect(before > 0 ? amount >= 0 && amount <= before : amount === before).toBe(true);
            const tax = taxWithin(amount, lines[at]?.basis ?? 0);
            expect(amount - tax + tax).toBe(amount);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
