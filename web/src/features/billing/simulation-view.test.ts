import type { RateCard } from "@yihao/pricing/model";
import { defaultTax } from "@yihao/pricing/model";
import { describe, expect, it } from "vitest";
import { asItIs, isUnfinished, presentPrice, shownCard, usualPer, wantedOf } from "./simulation-view.ts";

const card: RateCard = {
  ...{ currency: "CNY", taxIncluded: true, taxBasis: defaultTax, binDayMinor: 240, pickUnitMinor: 150 },
  ...{ roomHourMinor: 60_00, deskDayMinor: 40_00 },
  rates: [
    { name: "周末", weekdays: [6, 7], price: { percent: 150 } },
    { name: "会员", member: true, price: { hourMinor: 50_00 } },
  ],
  overrides: { res_b: { hourMinor: 100_00 } },
  periods: [{ from: "2027-02-01", roomHourMinor: 70_00, deskDayMinor: 45_00 }],
};
const facts = { shown: card, tariffs: [] };

describe("what is asked of a simulation", () => {
  it("is nothing until something is typed, and each thing that was is asked in its own unit", () => {
    expect(wantedOf(asItIs, facts)).toEqual({ prices: [], plans: {}, tariff: undefined });
    const prices = [
      { of: "room", per: "hourMinor" as const, minor: 80_00 },
      { of: "res_b", per: "capMinor" as const, minor: undefined },
    ];
    const rates = { 0: { on: false, value: 150 }, 1: { on: true, value: 45_00 } };
    const draft = { ...asItIs, prices, rates, plans: { pln_a: 100_00, pln_b: undefined } };
    expect(wantedOf(draft, facts)).toEqual({
      ...{ prices: [{ of: "room", prices: { hourMinor: 80_00 } }], plans: { pln_a: 100_00 }, tariff: undefined },
      rates: [{ name: "会员", member: true, price: { hourMinor: 45_00 } }],
    });
    expect(isUnfinished(draft)).toBe(true);
    expect(isUnfinished({ ...draft, prices: prices.slice(0, 1) })).toBe(false);
  });

  it("shows beside each field the price that it changes", () => {
    const room = { of: "room", kind: "room" as const };
    expect(presentPrice(shownCard(card, "", "2027-01-02"), room, "hourMinor")).toBe(60_00);
    expect(presentPrice(shownCard(card, "2027-02-01", "2027-01-02"), room, "hourMinor")).toBe(70_00);
    expect(presentPrice(card, { of: "res_b", kind: "room" }, "hourMinor")).toBe(100_00);
    expect(presentPrice(card, room, "capMinor")).toBeUndefined();
    expect([usualPer(card, room), usualPer(card, { of: "desk", kind: "desk" })]).toEqual(["hourMinor", "dayMinor"]);
  });
});
