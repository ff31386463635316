import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daySpan, daysOf, instantOf } from "./days.ts";
import { base32, isId, newId } from "./ids.ts";
import { divideHalfUp, spread, taxWithin, timesRatio } from "./money.ts";
import { overlaps } from "./span.ts";

describe("money", () => {
  it("rounds half away from zero, both ways", () => {
    expect([divideHalfUp(5, 2), divideHalfUp(-5, 2), divideHalfUp(4, 3), divideHalfUp(-1, 3)]).toEqual([3, -3, 1, 0]);
  });
  it("prices an hour rate by the minute and finds the tax within a gross amount", () => {
    expect(timesRatio(6000, 90, 60)).toBe(9000);
    expect(taxWithin(10600, 600)).toBe(600);
    expect(taxWithin(16840_00, 600)).toBe(95321);
  });
  it("never loses or makes a fen when spreading", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1, maxLength: 20 }),
        (amount, weights) => {
          fc.pre(weights.some((weight) => weight > 0));
          const parts = spread(amount, weights);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
          parts.forEach((part, index) => {
            if (weights[index] === 0) expect(part).toBe(0);
          });
        },
      ),
    );
  });
});

describe("days", () => {
  it("knows that the day of a clock change has 23 or 25 hours", () => {
    const hours = (day: string) => {
      const span = daySpan(day, "Europe/Berlin");
      return (Date.parse(span.until) - Date.parse(span.from)) / 3_600_000;
    };
    expect([hours("2027-03-28"), hours("2027-10-31"), hours("2027-06-01")]).toEqual([23, 25, 24]);
  });
  it("reads 24:00 as the start of the next day", () => {
    expect(instantOf("2026-11-23", "24:00", "Asia/Shanghai")).toBe("2026-11-23T16:00:00.000Z");
  });
  it("names every local day a span touches, and not the day it ends on at midnight", () => {
    const span = { from: "2026-11-23T14:00:00.000Z", until: "2026-11-24T16:00:00.000Z" };
    expect(daysOf(span, "Asia/Shanghai")).toEqual(["2026-11-23", "2026-11-24"]);
  });
});

describe("spans", () => {
  it("touching spans do not overlap", () => {
    const a = { from: "2026-11-23T01:00:00.000Z", until: "2026-11-23T02:00:00.000Z" };
    const b = { from: "2026-11-23T02:00:00.000Z", until: "2026-11-23T03:00:00.000Z" };
    expect(overlaps(a, b)).toBe(false);
    expect(overlaps(a, { ...b, from: "2026-11-23T01:59:00.000Z" })).toBe(true);
  });
});

describe("ids", () => {
  it("carry their prefix and 80 random bits", () => {
    expect(isId("bok", newId("bok"))).toBe(true);
    expect(isId("bok", newId("cmp"))).toBe(false);
    expect(base32(new Uint8Array([0xff, 0x00]), 3)).toBe("zw0");
  });
});
