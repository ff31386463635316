import type { RateCard } from "@yihao/pricing/model";
import { defaultTax } from "@yihao/pricing/model";
import { describe, expect, it } from "vitest";
import { newRate } from "../../rate-values.ts";
import {
  asItIs,
  draftFault,
  heldCard,
  itemsCharged,
  packsSold,
  presentPrice,
  rentsHad,
  shownCard,
  typedRates,
  usualPer,
  wantedOf,
} from "./simulation-view.ts";

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
const facts = { tariffs: [] };

describe("what is asked of a simulation", () => {
  const nothing = { prices: [], plans: {}, rents: {}, packs: {}, items: {}, tariff: undefined };
  it("is nothing until something is typed, and each thing that was is asked in its own unit", () => {
    expect(wantedOf(asItIs, facts)).toEqual(nothing);
    const prices = [
      { of: "room", per: "hourMinor" as const, minor: 80_00 },
      { of: "res_b", per: "capMinor" as const, minor: undefined },
    ];
    const [weekend, member] = typedRates(asItIs, card);
    if (!weekend || !member) throw new Error("no rates");
    const evening = { ...newRate, name: "夜间", from: "18:00", weekdays: [5, 1] };
    const rates = [{ ...weekend, off: true }, { ...member, minor: 45_00 }, evening];
    const other = { plans: { pln_a: 100_00, pln_b: undefined }, rents: { agr_a: 0 }, packs: { pck_a: undefined } };
    const draft = { ...asItIs, prices, rates, ...other, items: { extra_a: 5_00 } };
    expect(wantedOf(draft, facts)).toEqual({
      ...{ ...nothing, prices: [{ of: "room", prices: { hourMinor: 80_00 } }], plans: { pln_a: 100_00 } },
      ...{ rents: { agr_a: 0 }, items: { extra_a: 5_00 } },
      rates: [
        { name: "会员", member: true, price: { hourMinor: 45_00 } },
        { name: "夜间", from: "18:00", weekdays: [1, 5], price: { percent: 80 } },
      ],
    });
    expect(draftFault(draft, undefined)).toBe("price");
    expect(draftFault({ ...draft, prices: prices.slice(0, 1) }, undefined)).toBeUndefined();
    const nameless = { ...draft, prices: [], rates: [{ ...newRate, off: true }, { ...newRate }] };
    expect(draftFault(nameless, undefined)).toEqual({ rate: 1, fault: "name" });
  });

  it("is the prices of a day only once they are read, and shows its rates then", () => {
    const held = { ...card, roomHourMinor: 50_00, rates: [{ name: "夜间", price: { percent: 70 } }] };
    const draft = { ...asItIs, period: heldCard, heldOn: "2026-01-02" };
    expect(draftFault(draft, undefined)).toBe("held");
    expect(draftFault(draft, null)).toBe("held");
    expect(draftFault(draft, held)).toBeUndefined();
    expect(wantedOf(draft, { ...facts, held })).toEqual({ ...nothing, held });
    const shown = shownCard(card, heldCard, "2027-01-02", held);
    expect([shown.roomHourMinor, typedRates(draft, shown).map(({ name }) => name)]).toEqual([50_00, ["夜间"]]);
    expect(shownCard(card, heldCard, "2027-01-02", undefined).roomHourMinor).toBe(60_00);
  });

  it("names each rent, pack and thing charged once, with what it costs now and how many there were", () => {
    const phase = (monthlyMinor: number) => ({ id: "agr_a", from: "2026-01-01", monthlyMinor, pauses: [] });
    const pack = (priceMinor: number) => ({
      lot: "lot",
      pack: "pck_a",
      name: "十小时",
      from: "2026-12-01",
      priceMinor,
    });
    const item = { of: "extra_a", name: "沙龙", stream: "events" as const, per: "unit" as const, unitMinor: 30_00 };
    const used = [
      {
        ...{ company: "cmp_a", companyName: "甲", packs: [pack(50_00), pack(60_00)] },
        rents: [
          { agreement: "agr_a", title: "A 座 301", phases: [phase(100_00), phase(120_00)], chargedMinor: 0 },
          { agreement: "agr_b", title: "A 座 302", phases: [phase(300_00)], chargedMinor: 0 },
        ],
        items: [
          { ...item, quantity: 2, amountMinor: 60_00 },
          { ...item, quantity: 0, amountMinor: 5 },
        ],
      },
    ];
    expect(rentsHad(used).map(({ key, whose, most }) => [key, whose, most])).toEqual([
      ["agr_b", "甲", 300_00],
      ["agr_a", "甲", 120_00],
    ]);
    expect(packsSold(used)).toEqual([{ key: "pck_a", name: "十小时", least: 50_00, most: 60_00, count: 2 }]);
    expect(itemsCharged(used)).toEqual([{ key: "extra_a", name: "沙龙", least: 30_00, most: 30_00, count: 2 }]);
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
