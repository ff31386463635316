import type { RateCard } from "@yihao/pricing/model";
import { defaultTax } from "@yihao/pricing/model";
import type { Tariff, Usage } from "@yihao/pricing/tariff-model";
import { describe, expect, it } from "vitest";
import {
  cardUnder,
  guests,
  simulateBookings,
  simulateMonth,
  simulatePlans,
  simulateUse,
  sumsBy,
} from "./simulation.ts";
import type { UsedBooking, UsedPlan } from "./simulation-model.ts";

const card: RateCard = {
  ...{ currency: "CNY", taxIncluded: true, taxBasis: defaultTax, binDayMinor: 240, pickUnitMinor: 150 },
  ...{ roomHourMinor: 60_00, deskDayMinor: 40_00 },
  kinds: { room: { capMinor: 400_00 } },
  rates: [
    { name: "周末", kinds: ["room"], weekdays: [6, 7], price: { percent: 150 } },
    { name: "会员", kinds: ["room"], member: true, price: { percent: 90 } },
  ],
  overrides: { res_b: { hourMinor: 100_00 } },
  periods: [{ from: "2027-02-01", roomHourMinor: 70_00, deskDayMinor: 45_00 }],
};
/** Tuesday the eighth of December, ten to twelve. */
const booking = (over: Partial<UsedBooking> = {}): UsedBooking => ({
  ...{ id: "bok_1", resource: "res_a", code: "R1", resourceName: "会议室 1", kind: "room", site: "sit_1" },
  ...{ zone: "Asia/Shanghai", day: "2026-12-08", from: "2026-12-08T02:00:00.000Z", until: "2026-12-08T04:00:00.000Z" },
  ...{ company: "cmp_a", companyName: "甲", member: false, planUnits: 0, packUnits: 0 },
  ...{ totalMinor: 120_00, chargedMinor: 120_00 },
  ...over,
});
const then = (one: UsedBooking, wanted: Parameters<typeof simulateBookings>[2]) =>
  simulateBookings([one], card, wanted)[0]?.thenMinor;
const room = (hourMinor: number) => ({ prices: [{ of: "room" as const, prices: { hourMinor } }] });

describe("bookings under other prices", () => {
  it("cost what the rule says by hand: an hour at another price, a resource's own price before its kind's, weekends, members, a day's cap", () => {
    expect(then(booking(), {})).toBe(120_00);
    expect(then(booking(), room(75_00))).toBe(150_00);
    expect(then(booking({ resource: "res_b" }), room(75_00))).toBe(200_00);
    expect(then(booking(), { prices: [{ of: { resource: "res_a" }, prices: { hourMinor: 80_00 } }] })).toBe(160_00);
    // Saturday: half as much again of the new price.
    const saturday = { day: "2026-12-12", from: "2026-12-12T02:00:00.000Z", until: "2026-12-12T04:00:00.000Z" };
    expect(then(booking(saturday), room(75_00))).toBe(225_00);
    expect(then(booking({ member: true }), room(75_00))).toBe(135_00);
    const rates = [{ name: "会员", kinds: ["room" as const], member: true, price: { percent: 80 } }];
    expect(then(booking({ member: true }), { rates })).toBe(96_00);
    expect(then(booking(saturday), { rates: [] })).toBe(120_00);
    const long = { until: "2026-12-08T12:00:00.000Z" };
    expect(then(booking(long), {})).toBe(400_00);
    expect(then(booking(long), { prices: [{ of: "room", prices: { capMinor: 350_00 } }] })).toBe(350_00);
  });

  it("hold what was agreed, what credits paid, what the public pays, and the share that was kept of what was cancelled", () => {
    expect(then(booking({ agreed: { name: "协议", price: { hourMinor: 50_00 } } }), room(75_00))).toBe(100_00);
    expect(then(booking({ agreed: { name: "八折", price: { percent: 80 } } }), room(75_00))).toBe(120_00);
    expect(then(booking({ planUnits: 60, packUnits: 30 }), room(75_00))).toBe(37_50);
    expect(then(booking({ guest: true, publicMinor: 88_00 }), room(75_00))).toBe(176_00);
    expect(then(booking({ guest: true }), room(75_00))).toBe(150_00);
    expect(then(booking({ keptPercent: 50, chargedMinor: 60_00 }), room(75_00))).toBe(75_00);
    const [line] = simulateBookings([booking({ guest: true })], card, {});
    expect([line?.company, line?.stream]).toEqual([guests, "room"]);
  });

  it("cost what the prices to come ask when those are chosen, although they hold later", () => {
    expect(then(booking(), { period: "2027-02-01" })).toBe(140_00);
    expect(cardUnder(card, { period: "2027-02-01" }, "2026-12-08").periods).toBeUndefined();
    // They have no prices of single resources and no rates.
    expect(then(booking({ resource: "res_b", member: true }), { period: "2027-02-01" })).toBe(140_00);
  });

  it("cost what a day gone by asked when that is chosen, for the whole month, with its own rates and none of what came since", () => {
    const held: RateCard = {
      ...{ currency: "CNY", taxIncluded: true, taxBasis: defaultTax, binDayMinor: 200, pickUnitMinor: 100 },
      ...{ roomHourMinor: 40_00, deskDayMinor: 30_00 },
      rates: [{ name: "会员", member: true, price: { percent: 75 } }],
    };
    expect(then(booking(), { held })).toBe(80_00);
    expect(then(booking({ day: "2027-02-09" }), { held })).toBe(80_00);
    expect(then(booking({ resource: "res_b", member: true }), { held })).toBe(60_00);
    expect(then(booking(), { held, ...room(45_00) })).toBe(90_00);
    expect(then(booking({ member: true }), { held, rates: [] })).toBe(80_00);
    expect(cardUnder(card, { held }, "2026-12-08").binDayMinor).toBe(240);
  });

  it("cost what newly typed rates ask: by hour, weekday, length and membership, the first that fits", () => {
    const rates = [
      { name: "周二上午", kinds: ["room" as const], weekdays: [2], until: "11:00", price: { hourMinor: 30_00 } },
      { name: "长", leastMinutes: 120, member: false, price: { percent: 90 } },
    ];
    // An hour at 30.00, then an hour at nine tenths of 60.00.
    expect(then(booking(), { rates })).toBe(84_00);
    expect(then(booking({ member: true }), { rates })).toBe(90_00);
  });

  it("are told apart from what they were charged where today's prices are others than when they were booked", () => {
    const [line] = simulateBookings([booking({ totalMinor: 110_00, chargedMinor: 110_00 })], card, room(75_00));
    expect([line?.nowMinor, line?.todayMinor, line?.thenMinor]).toEqual([110_00, 120_00, 150_00]);
  });
});

const taken = (over: Partial<UsedPlan["subscriptions"][number]> = {}): UsedPlan => ({
  ...{ company: "cmp_a", companyName: "甲", chargedMinor: 0 },
  subscriptions: [
    {
      ...{ id: "sub_1", plan: "pln_a", from: "2026-01-01" },
      snapshot: { name: "团队", monthlyMinor: 310_00, roomMinutes: 0 },
      ...over,
    },
  ],
});
const plans = (used: UsedPlan, at: Record<string, number>) =>
  simulatePlans([used], "2026-12", at).map(({ key, nowMinor, thenMinor }) => [key, nowMinor, thenMinor]);

describe("plans under other prices", () => {
  it("cost the other price by the days they ran, with the change within a month and its pauses as they were", () => {
    expect(plans(taken(), { pln_a: 620_00 })).toEqual([["sub_1", 310_00, 620_00]]);
    expect(plans(taken({ from: "2026-12-11" }), { pln_a: 620_00 })).toEqual([["sub_1", 210_00, 420_00]]);
    const pauses = [{ from: "2026-12-01", until: "2026-12-16" }];
    expect(plans(taken({ pauses }), { pln_a: 620_00 })).toEqual([["sub_1", 160_00, 320_00]]);
    const amendments = [
      {
        ...{ from: "2026-12-11", plan: "pln_b" as const },
        snapshot: { name: "大团队", monthlyMinor: 620_00, roomMinutes: 0 },
      },
    ];
    expect(plans(taken({ amendments }), { pln_b: 930_00 })).toEqual([
      ["sub_1", 100_00, 100_00],
      ["sub_1-2026-12-11", 420_00, 630_00],
    ]);
    expect(plans(taken({ from: "2027-01-01" }), { pln_a: 1 })).toEqual([]);
  });

  it("hold what was agreed with a company for as long as it was agreed", () => {
    const agreed = { name: "创业价", monthlyMinor: 155_00, until: "2026-12-17" };
    const snapshot = { name: "团队", monthlyMinor: 310_00, roomMinutes: 0, agreed };
    // Sixteen days at what was agreed, fifteen at the plan's own.
    expect(plans(taken({ snapshot }), { pln_a: 620_00 })).toEqual([
      ["sub_1", 80_00, 80_00],
      ["sub_1-2026-12-17", 150_00, 300_00],
    ]);
  });
});

describe("storage and handling under another tariff", () => {
  const usage = (company: string): Usage => ({
    company,
    companyName: company,
    month: "2026-12",
    days: [],
    done: { "pick:unit": 10 },
  });
  const tariff = (id: string, unitMinor: number, company?: string): Tariff => ({
    ...{ id: id as Tariff["id"], name: id, from: "2026-01", storage: { by: "bin-day", dayMinor: 0 } },
    ...{ fees: [{ operation: "pick", per: "unit", unitMinor }], ...(company ? { company } : {}) },
  });
  const sums = (wanted: Tariff | undefined) =>
    simulateUse([usage("cmp_a"), usage("cmp_b")], {
      ...{
        tariffs: [tariff("trf_own", 20, "cmp_b")],
        card: { storage: { by: "bin-day", dayMinor: 0 }, fees: [] },
        wanted,
      },
    }).map(({ company, nowMinor, thenMinor }) => [company, nowMinor, thenMinor]);

  it("costs what the card of a day gone by asked where no tariff holds", () => {
    const terms = (unitMinor: number) => ({
      storage: { by: "bin-day" as const, dayMinor: 0 },
      fees: [{ operation: "pick" as const, per: "unit" as const, unitMinor }],
    });
    const facts = { tariffs: [tariff("trf_own", 20, "cmp_b")], card: terms(150), held: terms(100) };
    expect(
      simulateUse([usage("cmp_a"), usage("cmp_b")], facts).map(({ company, thenMinor }) => [company, thenMinor]),
    ).toEqual([
      ["cmp_a", 10_00],
      ["cmp_b", 2_00],
    ]);
  });

  it("leaves a company its own tariff, and one for a company to that company", () => {
    expect(sums(undefined).sort()).toEqual([
      ["cmp_a", 0, 0],
      ["cmp_b", 200, 200],
    ]);
    expect(sums(tariff("trf_all", 30)).sort()).toEqual([
      ["cmp_a", 0, 300],
      ["cmp_b", 200, 200],
    ]);
    expect(sums(tariff("trf_new", 50, "cmp_b")).sort()).toEqual([
      ["cmp_a", 0, 0],
      ["cmp_b", 200, 500],
    ]);
  });
});

describe("a month", () => {
  it("comes to the same whether it is summed by stream or by company, the largest change first", () => {
    const facts = { month: "2026-12", card, bookings: [booking(), booking({ id: "bok_2", kind: "desk", by: "day" })] };
    const lines = simulateMonth(
      { ...facts, plans: [taken()], dues: [], goods: [], tariffs: [] },
      { ...room(75_00), plans: { pln_a: 620_00 } },
    );
    const streams = sumsBy(lines, ({ stream }) => stream);
    expect(streams.map(({ key, nowMinor, thenMinor }) => [key, nowMinor, thenMinor])).toEqual([
      ["membership", 310_00, 620_00],
      ["desk", 120_00, 40_00],
      ["room", 120_00, 150_00],
    ]);
    const companies = sumsBy(lines, ({ company }) => company);
    expect(companies.map(({ key, thenMinor }) => [key, thenMinor])).toEqual([["cmp_a", 810_00]]);
  });
});
