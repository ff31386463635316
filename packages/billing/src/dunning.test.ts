import { plusDays } from "@yihao/kernel/days";
import { taxWithin } from "@yihao/kernel/money";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideDunning, dunningView, nextStep, type Owed, promiseOn } from "./dunning.ts";
import { type DunningFile, type DunningSettings, DunningSettingsSchema, defaultDunning } from "./dunning-model.ts";
import { feeCharge, feeParts, feesOn, lateFeeOf, type Settled } from "./late-fee.ts";

const settings: DunningSettings = { ...defaultDunning, on: true };
const bill = (over: Partial<Owed> = {}): Owed => ({
  id: "inv_a",
  number: "ZD-202611-0001",
  dueOn: "2026-11-10",
  totalMinor: 100_00,
  paidMinor: 0,
  ...over,
});
const promise = { amountMinor: 100_00, on: "2026-11-20", note: "", state: "open", at: "x", by: "per_a" } as const;
const file = (over: Partial<DunningFile> = {}): DunningFile => ({ company: "cmp_a", bills: [], ...over });

/** Runs day after day and gives on which days which level was reached, and since when bookings are stopped. */
function days(bills: readonly Owed[], from: string, count: number, start?: DunningFile, by = settings) {
  let kept = start;
  const steps: [string, number][] = [];
  let stopped: string | undefined;
  for (let day = from, n = 0; n < count; n += 1, day = plusDays(day, 1)) {
    const { reached, bills: after, suspend } = decideDunning(by, bills, kept, day);
    for (const one of reached) steps.push([day, one.level]);
    if (suspend) stopped ??= day;
    kept = file({ ...(kept?.promise ? { promise: kept.promise } : {}), bills: [...after] });
  }
  return { steps, stopped };
}

describe("levels", () => {
  it("come 3, 7 and 14 days after the due day, the last stops bookings, and nothing comes while it is off or nothing is open", () => {
    const { steps, stopped } = days([bill()], "2026-11-08", 30);
    expect(steps).toEqual([
      ["2026-11-13", 1],
      ["2026-11-17", 2],
      ["2026-11-24", 3],
    ]);
    expect(stopped).toBe("2026-11-24");
    expect(days([bill()], "2026-11-08", 30, undefined, defaultDunning).steps).toEqual([]);
    expect(days([bill({ paidMinor: 100_00 })], "2026-11-08", 30).steps).toEqual([]);
  });

  it("of a bill that was old when dunning began come one by one, so that nobody is stopped unwarned", () => {
    const { steps, stopped } = days([bill({ dueOn: "2026-06-01" })], "2026-11-10", 30);
    expect(steps).toEqual([
      ["2026-11-10", 1],
      ["2026-11-14", 2],
      ["2026-11-21", 3],
    ]);
    expect(stopped).toBe("2026-11-21");
  });

  it("rest through the day of a promise and go on the day after; paying what stopped bookings allows them again", () => {
    const rested = days([bill()], "2026-11-12", 20, file({ promise }));
    expect(rested.steps).toEqual([
      ["2026-11-21", 1],
      ["2026-11-25", 2],
    ]);
    const at3 = file({ bills: [{ invoice: "inv_a", level: 3, on: "2026-11-24" }] });
    expect(decideDunning(settings, [bill()], at3, "2026-11-25").suspend).toBe(true);
    expect(decideDunning(settings, [bill()], { ...at3, promise }, "2026-11-20").suspend).toBe(true);
    expect(decideDunning(settings, [bill({ paidMinor: 100_00 })], at3, "2026-11-25")).toMatchObject({
      suspend: false,
      bills: [],
    });
  });

  it("what is shown says what comes next: the earliest of all bills, or the day after a promise", () => {
    const two = [bill(), bill({ id: "inv_b", dueOn: "2026-11-12" })];
    const kept = file({ bills: [{ invoice: "inv_a", level: 2, on: "2026-11-17" }] });
    expect(nextStep(settings, two, kept, "2026-11-17")).toEqual({
      on: "2026-11-17",
      does: "remind",
      level: 1,
      invoice: "inv_b",
    });
    expect(nextStep(settings, two, { ...kept, promise }, "2026-11-17")).toMatchObject({
      on: "2026-11-21",
      does: "resume",
    });
    const view = dunningView(settings, { company: "cmp_a", companyName: "甲" }, two, kept, "2026-11-18");
    expect(view).toMatchObject({ level: 2, openMinor: 200_00, bills: [{ daysOver: 8 }, { daysOver: 6 }] });
    expect(
      dunningView(settings, { company: "cmp_a", companyName: "甲" }, two, undefined, "2026-11-10"),
    ).toBeUndefined();
  });

  it("a promise is kept as soon as enough has come and broken when its day is over; levels must rise", () => {
    expect(promiseOn(promise, 100_00, "2026-11-12")).toBe("kept");
    expect(promiseOn(promise, 99_99, "2026-11-20")).toBe("open");
    expect(promiseOn(promise, 99_99, "2026-11-21")).toBe("broken");
    const wrong = { ...settings, levels: [settings.levels[1], settings.levels[0]] };
    expect(DunningSettingsSchema.safeParse(wrong).success).toBe(false);
  });
});

describe("late fees", () => {
  const daily = { kind: "daily", perTenThousand: 5, graceDays: 0, capPercent: 20 } as const;
  const owed = { totalMinor: 100_000_00, dueOn: "2026-11-10", feeMinor: 0 };

  it("万分之五 a day of what is open when a day ends: ¥100,000 ten days late is ¥500, less from the day on which a part was paid, and never above the cap", () => {
    expect(lateFeeOf(daily, owed, [], "2026-11-10")).toBe(0);
    expect(lateFeeOf(daily, owed, [], "2026-11-11")).toBe(50_00);
    expect(lateFeeOf(daily, owed, [], "2026-11-20")).toBe(500_00);
    const part = [{ on: "2026-11-16", amountMinor: 60_000_00 }];
    expect(lateFeeOf(daily, owed, part, "2026-11-20")).toBe(5 * 50_00 + 5 * 20_00);
    expect(lateFeeOf(daily, owed, [{ on: "2026-11-09", amountMinor: 100_000_00 }], "2026-12-31")).toBe(0);
    expect(lateFeeOf(daily, owed, [], "2029-12-31")).toBe(20_000_00);
    expect(lateFeeOf({ ...daily, graceDays: 5 }, owed, [], "2026-11-15")).toBe(0);
    expect(lateFeeOf({ ...daily, graceDays: 5 }, owed, [], "2026-11-16")).toBe(50_00);
  });

  it("a fixed fee is charged once a bill is late, within its cap; there is no fee on fees", () => {
    const fixed = { kind: "fixed", amountMinor: 50_00, graceDays: 3, capPercent: 10 } as const;
    expect([11, 13, 14, 30].map((day) => lateFeeOf(fixed, owed, [], `2026-11-${day}`))).toEqual([0, 0, 50_00, 50_00]);
    expect(lateFeeOf(fixed, { ...owed, totalMinor: 100_00 }, [], "2026-11-30")).toBe(10_00);
    const lines = [{ service: "late-fee" as const, amountMinor: 100_000_00 }];
    expect(lateFeeOf(daily, { ...owed, feeMinor: feesOn(lines) }, [], "2026-11-30")).toBe(0);
  });

  it("charged piece by piece on any days, with payments that become known late, sums exactly to what is due, and every part has the tax of its bill's rate", () => {
    const settle = fc.record({
      after: fc.integer({ min: -5, max: 60 }),
      amountMinor: fc.integer({ min: 1, max: 80_000 }),
    });
    const line = fc.record({
      service: fc.constantFrom("room" as const, "rent" as const, "late-fee" as const, "discount" as const),
      amountMinor: fc.integer({ min: -20_000, max: 200_000 }),
      taxBasis: fc.constantFrom(0, 600, 900, 1300),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.array(settle, { maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 50 }),
        (lines, settles, looks, perTenThousand) => {
          const rule = { ...daily, perTenThousand };
          const totalMinor = Math.max(
            0,
            lines.reduce((sum, one) => sum + one.amountMinor, 0),
          );
          const about = { totalMinor, dueOn: "2026-11-10", feeMinor: feesOn(lines) };
          const settled: Settled[] = settles.map((one) => ({
            on: plusDays(about.dueOn, one.after),
            amountMinor: one.amountMinor,
          }));
          const charged = new Map<number, number>();
          let known: Settled[] = [];
          const look = (through: string) => {
            const due = lateFeeOf(rule, about, known, through);
            expect(due).toBeGreaterThanOrEqual(0);
            const parts = feeParts(due, lines, 600);
            expect(parts.reduce((sum, one) => sum + one.amountMinor, 0)).toBe(due);
            for (const part of parts) {
              const was = charged.get(part.taxBasis) ?? 0;
              const charge = feeCharge({ id: "inv_a", company: "cmp_a", number: "1" }, part, was, through);
              if (charge) expect(charge.taxMinor).toBe(taxWithin(charge.amountMinor, part.taxBasis));
              charged.set(part.taxBasis, was + (charge?.amountMinor ?? 0));
            }
            return due;
          };
          const order = looks.toSorted((a, b) => a - b);
          for (const [at, days] of order.entries()) {
            known = settled.slice(0, at);
            look(plusDays(about.dueOn, days));
          }
          known = settled;
          const due = look(plusDays(about.dueOn, order.at(-1) ?? 0));
          expect([...charged.values()].reduce((sum, one) => sum + one, 0)).toBe(due);
        },
      ),
      { numRuns: 300 },
    );
  });
});
