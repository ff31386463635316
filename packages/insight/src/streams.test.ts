import { planCharge } from "@yihao/billing/plan-charge";
import { plusDays, plusMonths } from "@yihao/kernel/days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueIn, forecastOf, moveOf, mrrOf } from "./recurring.ts";
import { moves, type Recurring, type RecurringPhase } from "./stream-model.ts";
import { cellsOf, marginOf, otherThanRent, partsOf } from "./streams.ts";

const phase = (from: string, monthlyMinor: number, over: Partial<RecurringPhase> = {}): RecurringPhase => ({
  ...{ id: `sub_${from}`, from, monthlyMinor, pauses: [] },
  ...over,
});
const company = (name: string, ...plans: RecurringPhase[]): Recurring => ({
  company: `cmp_${name}`,
  name,
  plans,
  rents: [],
});
const today = "2026-11-23";

describe("monthly recurring revenue", () => {
  // A joins in September and pays more from November; B comes in November; C leaves at the end of October; D rests October and is back; E pays less.
  const all = [
    company("a", phase("2026-09-10", 600_00, { until: "2026-11-01" }), phase("2026-11-01", 900_00)),
    company("b", phase("2026-11-05", 500_00)),
    company("c", phase("2026-01-01", 300_00, { until: "2026-10-31" })),
    company("d", phase("2026-02-01", 400_00, { pauses: [{ from: "2026-10-01", until: "2026-11-01" }] })),
    company("e", phase("2026-03-01", 700_00, { until: "2026-11-10" }), phase("2026-11-10", 650_00)),
  ];

  it("golden: a new company, a dearer and a cheaper plan, one that left, one that rested and is back", () => {
    expect(mrrOf(all, "2026-10", today)).toEqual({
      ...{ month: "2026-10", startMinor: 2000_00, endMinor: 1300_00, companies: 2 },
      moves: { new: 0, expansion: 0, contraction: 0, churn: 700_00, reactivation: 0 },
    });
    expect(mrrOf(all, "2026-11", today)).toEqual({
      ...{ month: "2026-11", startMinor: 1300_00, endMinor: 2450_00, companies: 4 },
      moves: { new: 500_00, expansion: 300_00, contraction: 50_00, churn: 0, reactivation: 400_00 },
    });
    expect(moveOf(all[2] as Recurring, "2026-10", today)).toMatchObject({ move: "churn", beforeMinor: 300_00 });
    // Whoever left and comes again later is no new company.
    const again = company("c", phase("2026-01-01", 1, { until: "2026-02-01" }), phase("2026-11-01", 2));
    expect(moveOf(again, "2026-11", today)?.move).toBe("reactivation");
    expect(moveOf(company("f", phase("2026-12-01", 1)), "2026-11", today)).toBeUndefined();
  });

  it("adds up: each month begins where the last ended, and its end is its start with all its moves, over random histories", () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => plusDays("2025-10-01", days));
    const plan = fc.record({
      from: day,
      length: fc.option(fc.integer({ min: 1, max: 200 })),
      monthlyMinor: fc.integer({ min: 0, max: 1_000_000 }),
      rest: fc.option(fc.tuple(day, fc.integer({ min: 1, max: 90 }))),
    });
    const one = fc.array(plan, { maxLength: 4 }).map((plans) =>
      company(
        "x",
        ...plans.map(({ from, length, monthlyMinor, rest }) =>
          phase(from, monthlyMinor, {
            ...(length ? { until: plusDays(from, length) } : {}),
            pauses: rest ? [{ from: rest[0], until: plusDays(rest[0], rest[1]) }] : [],
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), (companies) => {
        let before: number | undefined;
        for (let month = "2025-11"; month <= "2026-11"; month = plusMonths(month, 1)) {
          const mrr = mrrOf(companies, month, today);
          if (before !== undefined) expect(mrr.startMinor).toBe(before);
          for (const move of moves) expect(mrr.moves[move]).toBeGreaterThanOrEqual(0);
          const { new: fresh, reactivation, expansion, contraction, churn } = mrr.moves;
          expect(mrr.startMinor + fresh + reactivation + expansion - contraction - churn).toBe(mrr.endMinor);
          before = mrr.endMinor;
        }
      }),
    );
  });

  it("is forecast as it will be charged, to the fen: ends, starts and pauses by the day", () => {
    const days = fc.integer({ min: -40, max: 70 }).map((n) => plusDays("2027-02-01", n));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        days,
        days,
        fc.option(days),
        (monthlyMinor, from, to, rest) => {
          const until = to > from ? to : plusDays(from, 1);
          const pauses = rest ? [{ from: rest, until: plusDays(rest, 9) }] : [];
          const snapshot = { name: "月卡", monthlyMinor, roomMinutes: 0 };
          const charged =
            planCharge("cmp_a", { id: "sub_a", from, until, snapshot, pauses }, "2027-02", 0)?.amountMinor ?? 0;
          expect(dueIn(phase(from, monthlyMinor, { until, pauses }), "2027-02")).toBe(charged);
        },
      ),
    );
    const rents = [phase("2026-11-01", 3000_00, { until: "2027-01-16" })];
    const one: Recurring = { ...company("a", phase("2026-11-01", 600_00)), rents };
    expect(forecastOf([one], "2027-01")).toEqual({ month: "2027-01", plansMinor: 600_00, rentsMinor: 1451_61 });
    expect(forecastOf([one], "2027-02")).toEqual({ month: "2027-02", plansMinor: 600_00, rentsMinor: 0 });
  });
});

describe("revenue by stream", () => {
  it("a credit note takes off what it takes back, and the share beside rent and the margin follow", () => {
    const bill = partsOf(
      [
        { stream: "rent" as const, amountMinor: 10_900_00, taxMinor: 900_00, site: "sit_a" },
        { stream: "room" as const, amountMinor: 5_300_00, taxMinor: 300_00, site: "sit_a" },
        { stream: "room" as const, amountMinor: 106_00, taxMinor: 6_00, site: "sit_b" },
      ],
      ({ site }) => site,
    );
    const note = partsOf([{ stream: "room" as const, amountMinor: 1_060_00, taxMinor: 60_00 }], () => "sit_a", -1);
    const cells = cellsOf([
      { kind: "bill", parts: bill },
      { kind: "credit", parts: note },
    ]);
    expect(cells).toEqual([
      { site: "sit_a", stream: "rent", netMinor: 10_000_00, taxMinor: 900_00, creditedMinor: 0 },
      { site: "sit_a", stream: "room", netMinor: 4_000_00, taxMinor: 240_00, creditedMinor: 1_000_00 },
      { site: "sit_b", stream: "room", netMinor: 100_00, taxMinor: 6_00, creditedMinor: 0 },
    ]);
    expect(otherThanRent(cells)).toBeCloseTo(4100 / 14100);
    expect(otherThanRent([])).toBeUndefined();
    expect(marginOf(cells, { room: 1_025_00 }, "room")).toEqual({
      costMinor: 1_025_00,
      marginMinor: 3_075_00,
      share: 0.75,
    });
    expect(marginOf(cells, {}, "rent")).toBeUndefined();
  });
});
