import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binsFilled,
  chargedDays,
  dueOf,
  itemsFor,
  overlaps,
  penaltyOf,
  storageDue,
  tariffFor,
  termsOfCard,
  tiered,
  unpriced,
} from "./tariff.ts";
import {
  type DayUse,
  feeBys,
  feeBysOf,
  feeScale,
  NewTariffSchema,
  operations,
  type PenaltyCause,
  type TariffItem,
  type TariffTerms,
  type Usage,
} from "./tariff-model.ts";

const day = (n: number, over: Partial<DayUse> = {}): DayUse => ({
  ...{ day: `2026-11-${String(n).padStart(2, "0")}`, bins: 0, shared: [], peakUnits: 0, peakMl: 0, products: 0 },
  ...over,
});
const days = (count: number, over: Partial<DayUse> = {}) => Array.from({ length: count }, (_, at) => day(at + 1, over));
const month = "2026-11";

describe("golden numbers of 3PLs", () => {
  it("an occupied bin costs 2.40 a day: six days are 14.40; a shared bin's price is split to the fen", () => {
    expect(storageDue({ by: "bin-day", dayMinor: 240 }, days(6, { bins: 1 }), month).amountMinor).toBe(14_40);
    const shares = [0, 1, 2].map(
      (at) =>
        storageDue({ by: "bin-day", dayMinor: 100 }, [day(1, { shared: [{ owners: 3, at }] })], month).amountMinor,
    );
    expect(shares).toEqual([34, 33, 33]);
  });

  it("by product: 0.001 a volume × peak 50 × 200, 0.10 a unit and 0.50 a day are 15.50", () => {
    // 0.001 a millilitre is 1.00 a litre.
    const rule = { by: "peak-day", literMinor: 100, unitMinor: 10, productMinor: 50 } as const;
    const use = day(1, { peakUnits: 50, peakMl: 50 * 200, products: 1 });
    expect(storageDue(rule, [use], month).amountMinor).toBe(15_50);
  });

  it("bins by capacity at the month's end: a bin of 48×42×15 takes 560 books of 54, and 561 fill two", () => {
    const capacity = 48 * 42 * 15;
    expect(capacity).toBe(30_240);
    expect([binsFilled(560 * 54, capacity), binsFilled(561 * 54, capacity)]).toEqual([1, 2]);
    const rule = { by: "capacity-month", binLiters: 30, binMinor: 50_00 } as const;
    const use = (peakMl: number) => [day(29, { peakMl: 900_000 }), day(30, { peakMl })];
    expect([30_000, 30_001].map((ml) => storageDue(rule, use(ml), month).quantity)).toEqual([1, 2]);
  });

  it("free days then daily: of 60 free days day 60 is free and day 61 is charged, also over months", () => {
    expect(chargedDays(days(30), 60, 29)).toHaveLength(0);
    expect(chargedDays(days(30), 60, 30)).toHaveLength(0);
    expect(chargedDays(days(30), 60, 31).map((one) => one.day)).toEqual(["2026-11-30"]);
    expect(chargedDays(days(30), 0, 0)).toHaveLength(30);
  });

  it("daily average volume a month: stock on 10 of 30 days is one third of a month", () => {
    const rule = { by: "average-volume", cubicMinor: 90_00 } as const;
    expect(storageDue(rule, days(30, { peakMl: 1_000_000 }), month).amountMinor).toBe(90_00);
    expect(storageDue(rule, days(10, { peakMl: 1_000_000 }), month).amountMinor).toBe(30_00);
  });
});

describe("a tariff", () => {
  const terms: TariffTerms = {
    storage: { by: "bin-day", dayMinor: 240, tiers: [{ from: 100, unitMinor: 200 }] },
    freeDays: 2,
    fees: [
      { operation: "pick", per: "unit", unitMinor: 150 },
      { operation: "ship", per: "order", unitMinor: 500 },
    ],
    minimumMinor: 300_00,
  };

  it("prices what is beyond a tier at the tier's price alone", () => {
    expect([99, 100, 101].map((count) => tiered(count, 240, [{ from: 100, unitMinor: 200 }]))).toEqual([
      ...[237_60, 240_00, 242_00],
    ]);
  });

  it("comes to a line for storage and each fee, and to its minimum once the month is over", () => {
    const usage = { month, days: days(12, { bins: 1 }), done: { "pick:unit": 20, "ship:order": 3, "pack:unit": 9 } };
    const short = (over: boolean) =>
      dueOf(terms, usage, { over }).map(({ key, quantity, amountMinor }) => [key, quantity, amountMinor]);
    expect(short(false)).toEqual([
      ["storage", 10, 24_00],
      ["pick:unit", 20, 30_00],
      ["ship:order", 3, 15_00],
    ]);
    expect(short(true).at(-1)).toEqual(["minimum", 1, 231_00]);
    expect(dueOf(terms, { month, days: [], done: {} }, { over: true })).toEqual([]);
  });

  it("counts cartons of packing and shipping alone, and names what is charged by hand at its price", () => {
    const fee = (operation: "pack" | "ship" | "receive") => ({ operation, per: "carton" as const, unitMinor: 350 });
    const wish = { ...terms, name: "云仓", from: "2026-01", fees: [fee("pack"), fee("ship")], minimumMinor: 0 };
    expect(NewTariffSchema.safeParse(wish).success).toBe(true);
    expect(NewTariffSchema.safeParse({ ...wish, fees: [fee("receive")] }).success).toBe(false);
    const done = { "pack:unit": 40, "pack:carton": 3, "ship:carton": 2 };
    expect(
      dueOf(wish, { month, days: [], done }, { over: false }).map(({ key, quantity, amountMinor }) => [
        ...[key, quantity, amountMinor],
      ]),
    ).toEqual([
      ["pack:carton", 3, 10_50],
      ["ship:carton", 2, 7_00],
    ]);
    const items = [{ kind: "penalty" as const, name: "货物未预报入库", unitMinor: 5_000 }];
    const own = { ...wish, company: "cmp_a", items };
    expect(itemsFor([wish, own], "cmp_a", "2026-03")).toEqual(items);
    expect(itemsFor([wish, own], "cmp_b", "2026-03")).toEqual([]);
    expect(itemsFor([own], "cmp_a", "2025-12")).toEqual([]);
  });

  it("prices handling by the kilogram and the cubic metre of what was kept in grams and millilitres, tiers too, half-up", () => {
    const fees = [
      { operation: "ship" as const, per: "kg" as const, unitMinor: 120, tiers: [{ from: 10, unitMinor: 100 }] },
      { operation: "receive" as const, per: "cubic" as const, unitMinor: 30_00 },
    ];
    const wish = { ...terms, name: "云仓", from: "2026-01", fees, minimumMinor: 0 };
    expect(NewTariffSchema.safeParse(wish).success).toBe(true);
    const wrong = { operation: "kit" as const, per: "kg" as const, unitMinor: 1 };
    expect(NewTariffSchema.safeParse({ ...wish, fees: [wrong] }).success).toBe(false);
    const due = (done: Usage["done"]) =>
      dueOf(wish, { month, days: [], done }, { over: false }).map(({ key, amountMinor }) => [key, amountMinor]);
    // 9.5 kg at 1.20; 12.345 kg are 10 at 1.20 and 2.345 at 1.00; a tenth of a cubic metre.
    expect(due({ "ship:kg": 9_500, "receive:cubic": 100_000 })).toEqual([
      ["ship:kg", 11_40],
      ["receive:cubic", 3_00],
    ]);
    expect(due({ "ship:kg": 12_345 })).toEqual([["ship:kg", 12_00 + 2_35]]);
  });

  it("prices every operation by every thing that can be told of it, and by nothing else; a way of counting has one price", () => {
    const all = operations.flatMap((operation) => feeBysOf(operation).map((per) => ({ operation, per, unitMinor: 7 })));
    const taken = (fees: readonly unknown[]) =>
      NewTariffSchema.safeParse({ ...terms, name: "云仓", from: "2026-01", fees }).success;
    for (const fee of all) {
      expect(taken([fee])).toBe(true);
      const done = { [`${fee.operation}:${fee.per}`]: 3 * feeScale(fee.per) };
      const due = dueOf({ ...terms, fees: [fee], minimumMinor: 0 }, { month, days: [], done }, { over: true });
      expect(due.map(({ service, amountMinor }) => [service, amountMinor])).toEqual([[fee.operation, 21]]);
    }
    const pairs = operations.flatMap((operation) => feeBys.map((per) => ({ operation, per, unitMinor: 7 })));
    expect(pairs.filter((fee) => taken([fee]))).toEqual(
      pairs.filter(({ operation, per }) => feeBysOf(operation).includes(per)),
    );
    const names = (["count:bin", "label:unit", "receive:pallet", "ship:pallet", "pick:bin"] as const).map((one) =>
      one.split(":"),
    );
    expect(names.every(([operation, per]) => all.some((fee) => fee.operation === operation && fee.per === per))).toBe(
      true,
    );
    const [first] = all;
    expect(taken([first, { ...first, unitMinor: 9 }])).toBe(false);
  });

  it("a fee comes to its own minimum once the month is over and its work was done, and the whole minimum counts what that came to", () => {
    const fees = [
      { operation: "count" as const, per: "bin" as const, unitMinor: 200, minimumMinor: 50_00 },
      { operation: "label" as const, per: "unit" as const, unitMinor: 10, tiers: [{ from: 100, unitMinor: 5 }] },
      { operation: "ship" as const, per: "kg" as const, unitMinor: 100, minimumMinor: 30_00 },
    ];
    const wish = { ...terms, fees, minimumMinor: 90_00 };
    const due = (done: Usage["done"], over: boolean) =>
      dueOf(wish, { month, days: [], done }, { over }).map(({ key, amountMinor }) => [key, amountMinor]);
    const done = { "count:unit": 40, "count:bin": 6, "label:unit": 120, "ship:order": 1 };
    expect(due(done, false)).toEqual([
      ["count:bin", 12_00],
      ["label:unit", 11_00],
    ]);
    // Nobody weighed what was shipped: its least is due all the same.
    expect(due(done, true)).toEqual([
      ["count:bin", 12_00],
      ["count:bin:minimum", 38_00],
      ["label:unit", 11_00],
      ["ship:kg:minimum", 30_00],
    ]);
    expect(due({ "count:bin": 6 }, true).at(-1)).toEqual(["minimum", 40_00]);
    expect(unpriced(wish, { ...done, "pick:unit": 4, "pick:line": 1 })).toEqual(["pick", "ship"]);
  });

  it("charges a penalty on what happens: so much for each, days beyond the free ones alone, one penalty a cause", () => {
    const item = (on: PenaltyCause, unitMinor: number): TariffItem => ({ kind: "penalty", name: on, unitMinor, on });
    const items = [item("no-show", 30_00), { ...item("parcel-kept", 1_00), freeDays: 7 }];
    const wish = { ...terms, name: "云仓", from: "2026-01", items };
    const due = (on: PenaltyCause, quantity: number, in_ = "2026-03") =>
      penaltyOf([wish], on, { company: "cmp_a", month: in_, quantity })?.amountMinor;
    expect([due("no-show", 1), due("parcel-kept", 7), due("parcel-kept", 10)]).toEqual([30_00, undefined, 3_00]);
    expect([due("order-undone", 1), due("no-show", 1, "2025-12")]).toEqual([undefined, undefined]);
    const taken = (all: readonly TariffItem[]) => NewTariffSchema.safeParse({ ...wish, items: all }).success;
    expect([taken(items), taken([...items, item("no-show", 1)])]).toEqual([true, false]);
    expect(taken([{ ...item("no-show", 1), kind: "event" }])).toBe(false);
  });

  it("of a company goes before that of all, in its months; two for the same months are refused", () => {
    const all = { from: "2026-01" };
    const own = { company: "cmp_a", from: "2026-06", until: "2026-09" };
    expect(tariffFor([all, own], "cmp_a", "2026-06")).toBe(own);
    expect(tariffFor([all, own], "cmp_a", "2026-09")).toBe(all);
    expect(tariffFor([all, own], "cmp_b", "2026-06")).toBe(all);
    expect(tariffFor([own], "cmp_b", "2026-06")).toBeUndefined();
    expect(overlaps(own, { company: "cmp_a", from: "2026-09" })).toBe(false);
    expect(overlaps(own, { company: "cmp_a", from: "2026-08" })).toBe(true);
    expect(overlaps(own, all)).toBe(false);
  });

  it("never loses a fen: due grows with use, and the card's own terms are bins and picks at its prices, over random use", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 31 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 9999 }),
        (n, bins, picks) => {
          const usage = { month, days: days(Math.min(n, 30), { bins }), done: { "pick:unit": picks } };
          const sum = (lines: { amountMinor: number }[]) => lines.reduce((total, one) => total + one.amountMinor, 0);
          const card = dueOf(termsOfCard({ binDayMinor: 240, pickUnitMinor: 150 }), usage, { over: true });
          expect(sum(card)).toBe(usage.days.length * bins * 240 + picks * 150);
          const more = { ...usage, done: { "pick:unit": picks + 1 } };
          expect(sum(dueOf(terms, more, { over: false }))).toBe(sum(dueOf(terms, usage, { over: false })) + 150);
          expect(sum(dueOf(terms, usage, { over: true }))).toBeGreaterThanOrEqual(
            sum(dueOf(terms, usage, { over: false })),
          );
        },
      ),
    );
  });
});
