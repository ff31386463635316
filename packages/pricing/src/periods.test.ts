import { plusDays } from "@yihao/kernel/days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeAfter, unitPricesAfter } from "./ahead.ts";
import { defaultTax, type Period, type RateCard, RateCardSchema } from "./model.ts";
import { cardOn, decideCard, nextPrices, settled } from "./periods.ts";

const plain: RateCard = {
  currency: "CNY",
  taxIncluded: true,
  taxBasis: defaultTax,
  roomHourMinor: 6000,
  deskDayMinor: 4000,
  binDayMinor: 240,
  pickUnitMinor: 150,
  rates: [{ name: "晚间", from: "18:00", until: "24:00", price: { percent: 50 } }],
};
const today = "2026-11-27";
const period = (from: string, until: string | undefined, roomHourMinor: number): Period => ({
  ...{ from, roomHourMinor, deskDayMinor: 4000 },
  ...(until ? { until } : {}),
});
const of = (...periods: Period[]): RateCard => ({ ...plain, periods });
const newYear = period("2027-01-01", undefined, 7000);
const festival = period("2026-12-24", "2026-12-27", 9000);
const seed = Number(process.env.SEED ?? 20261127);

describe("prices of periods", () => {
  it("hold on their days alone, and on all others the card's own do; what has no rate of its own has none then", () => {
    const card = of(festival, newYear);
    const hours = ["2026-12-23", "2026-12-24", "2026-12-26", "2026-12-27", "2026-12-31", "2027-01-01", "2030-01-01"];
    expect(hours.map((day) => cardOn(card, day).roomHourMinor)).toEqual([6000, 9000, 9000, 6000, 6000, 7000, 7000]);
    expect([cardOn(card, "2026-12-23").rates, cardOn(card, "2027-01-01").rates]).toEqual([plain.rates, undefined]);
    expect([today, "2026-12-24", "2026-12-27", "2027-01-01"].map((day) => nextPrices(card, day))).toEqual([
      "2026-12-24",
      "2026-12-27",
      "2027-01-01",
      undefined,
    ]);
    expect(RateCardSchema.safeParse(card).success).toBe(true);
  });

  it("never meet, end after they begin, begin tomorrow at the earliest, and once begun only their end moves", () => {
    const decide = (kept: RateCard | undefined, wish: RateCard, day = today) => {
      const decided = decideCard(kept, wish, day);
      return decided.ok ? decided.value : decided.refusal.code;
    };
    expect(decide(plain, of(newYear, festival))).toEqual(of(festival, newYear));
    expect(decide(plain, of(period("2026-12-30", "2027-01-02", 1), newYear))).toBe("rate-card.overlap");
    expect(decide(plain, of(period("2026-12-30", undefined, 1), newYear))).toBe("rate-card.overlap");
    expect(decide(plain, of(period("2026-12-30", "2026-12-30", 1)))).toBe("rate-card.days");
    expect(decide(undefined, of(period(today, undefined, 1)))).toBe("rate-card.begun");
    const card = of(festival, newYear);
    const within = "2026-12-25";
    expect(decide(card, of({ ...festival, roomHourMinor: 1 }, newYear), within)).toBe("rate-card.begun");
    expect(decide(card, of(newYear), within)).toBe("rate-card.begun");
    expect(decide(card, of({ ...festival, until: within }, newYear), within)).toBe("rate-card.begun");
    expect(decide(card, of({ ...festival, until: "2026-12-26" }), within)).toEqual(
      of({ ...festival, until: "2026-12-26" }),
    );
    expect(decide(card, { ...card, roomHourMinor: 6500 }, within)).toEqual({ ...card, roomHourMinor: 6500 });
  });

  it(`settled on a day cost on it and after what they did before (seed ${seed})`, () => {
    const day = fc.integer({ min: 0, max: 40 }).map((days) => plusDays(today, days));
    const pieces = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(pieces, fc.boolean(), day, day, (edges, open, at, later) => {
        const sorted = edges.sort((a, b) => a - b).map((days) => plusDays(today, days));
        const periods = sorted.flatMap((from, index) => {
          if (index % 2 === 1) return [];
          const until = sorted[index + 1];
          return until || open ? [period(from, until, 100 + index)] : [];
        });
        const card = of(...periods);
        const after = settled(card, at);
        const on = at > later ? at : later;
        expect(cardOn(after, on)).toEqual(cardOn(card, on));
        expect(decideCard(card, after, at)).toEqual({ ok: true, value: after });
      }),
      { seed, numRuns: 200 },
    );
  });
});

describe("a price to come is told of what it changes alone", () => {
  const { rates: _, ...bare } = plain;
  const card = (change: Partial<RateCard>): RateCard => ({ ...bare, ...change });
  const own = card({
    periods: [
      { from: "2026-12-01", until: "2026-12-10", roomHourMinor: 6000, deskDayMinor: 5000 },
      { from: "2026-12-10", roomHourMinor: 7000, deskDayMinor: 5000 },
    ],
  });
  const room = { kind: "room", resource: "res_one" } as const;
  const desk = { kind: "desk", resource: "res_two" } as const;

  it("each day from which an hour or a day costs otherwise, with what it costs then", () => {
    expect(unitPricesAfter(own, room, "hourMinor", "2026-11-20")).toEqual([{ from: "2026-12-10", minor: 7000 }]);
    expect(unitPricesAfter(own, desk, "dayMinor", "2026-11-20")).toEqual([{ from: "2026-12-01", minor: 5000 }]);
    expect(unitPricesAfter(own, desk, "dayMinor", "2026-12-01")).toEqual([]);
  });

  it("to a company also where what was agreed with it begins or ends, and where only a rate changes without a price", () => {
    const agreed = [
      { name: "协议价", kind: "room", price: { percent: 50 }, from: "2026-11-01", until: "2026-12-05" },
    ] as const;
    const at = (day: string, prices?: typeof agreed) => changeAfter(own, room, prices, "hourMinor", day);
    expect(at("2026-11-20")).toEqual({ from: "2026-12-10", minor: 7000 });
    expect(at("2026-11-20", agreed)).toEqual({ from: "2026-12-05", minor: 6000 });
    expect(at("2026-12-10", agreed)).toBeUndefined();
    const evening = { name: "晚间", from: "18:00", until: "24:00", price: { percent: 50 } } as const;
    const rated = card({
      periods: [
        { from: "2026-12-01", roomHourMinor: 6000, deskDayMinor: 4000, rates: [{ ...evening, kinds: ["room"] }] },
      ],
    });
    expect(changeAfter(rated, room, undefined, "hourMinor", "2026-11-20")).toEqual({ from: "2026-12-01" });
    expect(changeAfter(rated, desk, undefined, "dayMinor", "2026-11-20")).toBeUndefined();
  });
});
