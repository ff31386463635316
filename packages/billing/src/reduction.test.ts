import { taxWithin } from "@yihao/kernel/money";
import { discountOf } from "@yihao/pricing/discount";
import fc from "fast-check";
import { expect, it } from "vitest";
import { linesOf, totalsOf } from "./lines.ts";
import type { Charge } from "./model.ts";
import { type Part, partName, reductionCharge, reductionParts } from "./reduction.ts";
import { NewCouponSchema, type Reduction } from "./reduction-model.ts";

const month = "2026-11";
let made = 0;
const charge = (over: Partial<Charge>): Charge => {
  made += 1;
  const amountMinor = over.amountMinor ?? 100_00;
  return {
    ...{ id: `chg_${String(made).padStart(16, "0")}`, company: "cmp_a", month, day: "2026-11-05", service: "room" },
    ...{ stream: "room", quantity: 1, per: "unit", unitMinor: amountMinor, taxBasis: 600, taxMinor: 0, amountMinor },
    source: { kind: "booking", document: "bok_1" },
    at: "2026-11-05T01:00:00.000Z",
    ...over,
  } as Charge;
};
const reduction = (over: Partial<Reduction> = {}): Reduction => ({
  ...{ id: "rdc_a", company: "cmp_a", name: "开园优惠", less: { percent: 10 }, from: month, through: month },
  ...{ state: "active", at: "2026-11-01T00:00:00.000Z", by: "per_a" },
  ...over,
});
const taken = (parts: readonly Part[]) =>
  parts.map(({ stream, taxBasis, amountMinor }) => [stream, taxBasis, amountMinor]);

it("takes a share of every stream and rate by itself; of its streams alone when it names some; nothing of late fees, of other months, ended, or of too little", () => {
  const charges = [
    charge({ amountMinor: 100_01 }),
    charge({ service: "rent", stream: "rent", taxBasis: 900, amountMinor: 300_00 }),
    charge({ service: "late-fee", stream: "other", amountMinor: 50_00 }),
  ];
  expect(taken(reductionParts(charges, [reduction()], month))).toEqual([
    ["room", 600, 10_00],
    ["rent", 900, 30_00],
  ]);
  expect(taken(reductionParts(charges, [reduction({ streams: ["rent"] })], month))).toEqual([["rent", 900, 30_00]]);
  for (const over of [{ from: "2026-12", through: "2026-12" }, { state: "ended" as const }, { leastMinor: 400_02 }])
    expect(reductionParts(charges, [reduction(over)], month)).toEqual([]);
  const first = reduction({ less: { amountMinor: 400_00 } });
  const second = reduction({ id: "rdc_b", at: "2026-11-02T00:00:00.000Z", less: { percent: 50 } });
  // What the first leaves is one fen, and half of it is rounded half-up.
  expect(taken(reductionParts(charges, [second, first], month)).at(-1)).toEqual(["rent", 900, 1]);
});

it("what a bill gives back lowers what a reduction takes, which never makes the bill negative", () => {
  const charges = [charge({ amountMinor: 100_00 }), charge({ service: "refund", stream: "desk", amountMinor: -80_00 })];
  const parts = reductionParts(charges, [reduction({ less: { amountMinor: 500_00 } })], month);
  expect(taken(parts)).toEqual([["room", 600, 20_00]]);
});

it("a coupon's code is 6 to 24 letters and figures, and its days run forward", () => {
  const coupon = { code: "KAIYUAN-50", name: "开园", less: { percent: 50 }, months: 1, usesMost: 10 };
  const days = { from: "2026-11-01", until: "2026-12-01" };
  expect(NewCouponSchema.safeParse({ ...coupon, ...days }).success).toBe(true);
  expect(NewCouponSchema.safeParse({ ...coupon, ...days, code: "AB" }).success).toBe(false);
  expect(NewCouponSchema.safeParse({ ...coupon, from: days.until, until: days.from }).success).toBe(false);
});

it("over any lines, rates and coupons, drawn again as charges come and go, no fen is lost or made: what is charged less is what each takes of the sum it finds, and every line has the tax of its amount", () => {
  const streams = ["room", "rent", "desk", "storage"] as const;
  const rates = [0, 500, 600, 900, 1300];
  const one = fc.record({
    service: fc.constantFrom(
      "room" as const,
      "rent" as const,
      "extra" as const,
      "refund" as const,
      "late-fee" as const,
    ),
    stream: fc.constantFrom(...streams),
    taxBasis: fc.constantFrom(...rates),
    amountMinor: fc.integer({ min: -30_000, max: 300_000 }),
  });
  const less = fc.oneof(
    fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ amountMinor: fc.integer({ min: 1, max: 200_000 }) }),
  );
  const some = fc.record({
    less,
    streams: fc.option(fc.uniqueArray(fc.constantFrom(...streams), { minLength: 1 }), { nil: undefined }),
    leastMinor: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(one, { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      fc.array(some, { maxLength: 4 }),
      (rounds, wishes) => {
        const reductions = wishes.map(({ streams: of, leastMinor, less: takes }, at) =>
          reduction({
            ...{ id: `rdc_${at}`, at: `2026-11-0${at + 1}T00:00:00.000Z`, less: takes },
            ...(of ? { streams: of } : {}),
            ...(leastMinor ? { leastMinor } : {}),
          }),
        );
        const on: Charge[] = [];
        const charged = new Map<string, number>();
        let parts: Part[] = [];
        for (const round of rounds) {
          on.push(...round.map((over) => charge(over)));
          parts = reductionParts(on, reductions, month);
          const due = new Map(parts.map((part) => [partName(part), part]));
          const gone = [...charged.keys()].filter((name) => !due.has(name));
          const all = [...due, ...gone.map((name) => [name, partNamed(name, reductions)] as const)];
          for (const [name, part] of all) {
            const was = charged.get(name) ?? 0;
            const bare = reductionCharge({ company: "cmp_a", month }, part, was);
            if (!bare) continue;
            expect(bare.taxMinor).toBe(taxWithin(bare.amountMinor, part.taxBasis));
            charged.set(name, was + bare.amountMinor);
            on.push(charge(bare as Partial<Charge>));
          }
        }
        // The model: each reduction in turn takes of the sum that is left of its streams.
        const plain = on.filter(({ service }) => service !== "discount" && service !== "late-fee");
        const left = new Map<string, number>();
        for (const { stream, taxBasis, amountMinor } of plain)
          left.set(`${stream} ${taxBasis}`, (left.get(`${stream} ${taxBasis}`) ?? 0) + amountMinor);
        let expected = 0;
        for (const each of reductions) {
          const mine = [...left].filter(([key]) => each.streams?.some((of) => key.startsWith(`${of} `)) ?? true);
          const sum = mine.reduce((total, [, amount]) => total + amount, 0);
          const whole = [...left.values()].reduce((total, amount) => total + amount, 0);
          const fits = sum > 0 && sum >= (each.leastMinor ?? 0);
          const takes = fits ? Math.min(discountOf(sum, each.less), Math.max(0, whole)) : 0;
          expected += takes;
          const of = parts.filter(({ reduction: by }) => by.id === each.id);
          expect(of.reduce((total, part) => total + part.amountMinor, 0)).toBe(takes);
          for (const part of of) {
            const key = `${part.stream} ${part.taxBasis}`;
            left.set(key, (left.get(key) ?? 0) - part.amountMinor);
            expect(left.get(key)).toBeGreaterThanOrEqual(0);
          }
        }
        const lines = linesOf(on, month);
        const total = on.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const before = on.reduce(
          (sum, { service, amountMinor }) => sum + (service === "discount" ? 0 : amountMinor),
          0,
        );
        expect(total).toBe(before - expected);
        expect(totalsOf(lines).totalMinor).toBe(total);
        for (const line of lines) expect(line.taxMinor).toBe(taxWithin(line.amountMinor, line.taxBasis));
        const fees = on.reduce((sum, { service, amountMinor }) => sum + (service === "late-fee" ? amountMinor : 0), 0);
        expect(total - fees).toBeGreaterThanOrEqual(Math.min(0, before - fees));
      },
    ),
    { numRuns: 400 },
  );
});

function partNamed(name: string, reductions: readonly Reduction[]): Part {
  const [id, stream, basis] = name.split("-");
  const found = reductions.find((each) => each.id === id);
  if (!found) throw new Error(name);
  return { reduction: found, stream: stream as Part["stream"], taxBasis: Number(basis), amountMinor: 0 };
}
