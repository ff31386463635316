import { daysOfMonth } from "@yihao/kernel/days";
import { incubatedDays } from "@yihao/members/incubation";
import { type TaxSettings, TaxSettingsSchema } from "@yihao/pricing/tax-model";
import { type TaxBackground, taxOn, taxStretches } from "@yihao/pricing/tax-settings";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, totalsOf } from "./lines.ts";
import { manualTax } from "./manual-tax.ts";
import type { Charge } from "./model.ts";
import { type PlanPhase, planCharge } from "./plan-charge.ts";
import { retaxed, taxedOnDay, taxedPhases } from "./taxes.ts";

const settings: TaxSettings = {
  rates: [
    { stream: "membership", service: "agency", basis: 600, from: "2024-01-01" },
    { stream: "rent", service: "lease", basis: 500, from: "2024-01-01", until: "2027-01-01" },
    { stream: "rent", service: "lease", basis: 900, from: "2027-01-01" },
  ],
  titles: [{ title: "national-space", from: "2024-01-01", number: "国科火字〔2023〕1 号" }],
  separate: [{ from: "2024-01-01" }],
};
const incubated = [{ from: "2026-03-01", until: "2026-11-15" }];
const background: TaxBackground = { settings, incubated };
const exempt = { basis: 0, reason: "incubation-2023-42" };
const charge = (over: Partial<Charge>): Charge => ({
  ...{ id: "chg_1", company: "cmp_1", month: "2026-11", day: "2026-11-14", service: "extra", stream: "services" },
  ...{ quantity: 1, per: "once", unitMinor: 10_600, amountMinor: 10_600, taxBasis: 600, taxMinor: 600 },
  ...{ source: { kind: "booking", document: "bok_1" }, at: "2026-11-14T02:00:00.000Z" },
  ...over,
});

describe("the tax of a charge", () => {
  it("is none for incubation services to a company that is incubated on that day, and its rate for all else (2023 No. 42)", () => {
    const of = (day: string, stream: Charge["stream"], given = background) => taxOn(given, { stream, day, basis: 600 });
    expect(of("2026-11-14", "membership")).toEqual({ ...exempt, service: "agency" });
    expect(of("2026-11-14", "rent")).toEqual({ ...exempt, service: "lease" });
    // The day after the last of incubation, and the day before the first.
    expect(of("2026-11-15", "membership")).toEqual({ basis: 600, service: "agency" });
    expect(of("2026-02-28", "membership")).toEqual({ basis: 600, service: "agency" });
    // Storage and handling (物流辅助), meetings (会议展览) are no incubation services, whoever has them.
    for (const stream of ["storage", "handling", "room", "events"] as const)
      expect(of("2026-11-14", stream).basis).toBe(600);
    // Neither without a title, with one that does not count, nor without separate accounts.
    const other = (change: Partial<TaxSettings>) => ({ incubated, settings: { ...settings, ...change } });
    expect(of("2026-11-14", "membership", other({ titles: [] })).basis).toBe(600);
    const provincial = { title: "provincial-space" as const, from: "2024-01-01" };
    expect(of("2026-11-14", "membership", other({ titles: [provincial] })).basis).toBe(600);
    expect(of("2026-11-14", "membership", other({ separate: [{ from: "2026-11-15" }] })).basis).toBe(600);
    const begins = { title: "national-incubator" as const, from: "2026-11-14" };
    expect(of("2026-11-13", "membership", other({ titles: [begins] })).basis).toBe(600);
    expect(of("2026-11-14", "membership", other({ titles: [begins] }))).toMatchObject(exempt);
  });

  it("is none to 31 December 2027 and no longer, nor before 1 January 2024", () => {
    const long = {
      settings: {
        ...settings,
        titles: [{ ...settings.titles[0]!, from: "2020-01-01" }],
        separate: [{ from: "2020-01-01" }],
      },
      incubated: [{ from: "2020-01-01" }],
    };
    expect(
      ["2023-12-31", "2024-01-01", "2027-12-31", "2028-01-01"].map(
        (day) => taxOn(long, { stream: "rent", day, basis: 900 }).basis,
      ),
    ).toEqual([900, 0, 0, 900]);
  });

  it("has the rate that its stream has on its day: 5 % simplified until the space chose 9 %, 13 % for goods, 6 % where nothing is said", () => {
    const plain = { settings, incubated: [] };
    expect(taxOn(plain, { stream: "rent", day: "2026-12-31" }).basis).toBe(500);
    expect(taxOn(plain, { stream: "rent", day: "2027-01-01" }).basis).toBe(900);
    expect(taxOn(plain, { stream: "events", day: "2026-12-31" }).basis).toBe(600);
    const by = (taxClass: "service" | "lease" | "goods") =>
      manualTax(plain, { stream: "services", day: "2026-12-31", taxClass });
    expect(by("service")).toEqual({ basis: 600, service: "consulting" });
    expect(by("lease")).toEqual({ basis: 500, service: "lease" });
    expect(by("goods")).toEqual({ basis: 1300, service: "goods" });
    expect(manualTax(background, { stream: "services", day: "2026-11-14", taxClass: "service" })).toMatchObject(exempt);
    expect(manualTax(background, { stream: "services", day: "2026-11-14", taxClass: "goods" }).basis).toBe(1300);
    expect(manualTax(undefined, { stream: "services", day: "2026-11-14", taxClass: "lease" })).toEqual({ basis: 900 });
  });

  it("keeps one rate a stream and day", () => {
    const twice = [
      ...settings.rates,
      { stream: "rent" as const, service: "lease" as const, basis: 600, from: "2026-12-31" },
    ];
    expect(TaxSettingsSchema.safeParse({ ...settings, rates: twice }).success).toBe(false);
    expect(TaxSettingsSchema.safeParse(settings).success).toBe(true);
  });
});

describe("incubation", () => {
  const company = { kind: "team" as const, since: "2026-02-01" };
  const agreement = { kind: "incubation" as const, state: "running" as const, from: "2026-01-01", until: "2027-01-01" };
  it("is what signed incubation agreements say, between entry and exit; a lease, a draft and a guest are none", () => {
    expect(incubatedDays(company, [agreement])).toEqual([{ from: "2026-02-01", until: "2027-01-01" }]);
    const gone = { ...company, exit: { on: "2026-06-30", reason: "graduated" as const } };
    expect(incubatedDays(gone, [agreement])).toEqual([{ from: "2026-02-01", until: "2026-07-01" }]);
    expect(incubatedDays(company, [{ ...agreement, kind: "lease" }])).toEqual([]);
    expect(incubatedDays(company, [{ ...agreement, state: "draft" }])).toEqual([]);
    expect(incubatedDays({ ...company, kind: "guest" }, [agreement])).toEqual([]);
  });
});

const phase = (over: Partial<PlanPhase> = {}): PlanPhase => ({
  ...{ id: "sub_1", from: "2026-01-01", until: undefined, pauses: [] },
  snapshot: { name: "成长套餐", monthlyMinor: 99_900, roomMinutes: 600 },
  ...over,
});
const cut = (given: TaxBackground | undefined, one = phase()) => taxedPhases([one], given, "membership", () => 600);

describe("a plan's month", () => {
  it("in which the company leaves incubation is exempt by days to the last and taxed after it, and sums to its price", () => {
    const parts = cut(background).flatMap((part) => planCharge("cmp_1", part, "2026-11", 0) ?? []);
    expect(
      parts.map(({ day, quantity, of, amountMinor, taxBasis, taxMinor, taxReason, serves }) =>
        [day, `${quantity}/${of}`, amountMinor, taxBasis, taxMinor, taxReason ?? "", serves].join(" "),
      ),
    ).toEqual([
      // 14 of 30 days of 999.00: 466.20 exempt; 16 days: 532.80, of which 30.16 is tax.
      "2026-11-01 14/30 46620 0 0 incubation-2023-42 agency",
      "2026-11-15 16/30 53280 600 3016  agency",
    ]);
    const lines = linesOf(
      parts.map((bare, at) => ({ ...bare, id: `chg_${at}`, at: "2026-11-30T00:00:00.000Z" })),
      "2026-11",
    );
    const totals = totalsOf(lines);
    expect(totals).toMatchObject({
      totalMinor: 99_900,
      taxMinor: 3_016,
      streams: [{ stream: "membership", amountMinor: 99_900, taxMinor: 3_016, exemptMinor: 46_620 }],
      taxes: [
        { basis: 600, amountMinor: 53_280, taxMinor: 3_016 },
        { basis: 0, reason: "incubation-2023-42", amountMinor: 46_620, taxMinor: 0 },
      ],
    });
  });

  it("keeps its name where it is not exempt, so that what was charged before is found, and goes without the settings as it did", () => {
    expect(cut(undefined)).toEqual([phase()]);
    expect(cut({ settings, incubated: [] }).map(({ id }) => id)).toEqual(["sub_1"]);
    expect(cut(background).map(({ id, from, until }) => [id, from, until ?? ""])).toEqual([
      ["sub_1", "2026-01-01", "2026-03-01"],
      ["sub_1-x2026-03-01", "2026-03-01", "2026-11-15"],
      ["sub_1-r2026-11-15", "2026-11-15", ""],
    ]);
  });

  it("sums to its price whatever titles, rates, statuses and days it is cut by", () => {
    const day = fc
      .integer({ min: 0, max: 800 })
      .map((at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10));
    const held = fc
      .tuple(day, day)
      .map(([a, b]) => (a === b ? { from: a } : { from: a < b ? a : b, until: a < b ? b : a }));
    fc.assert(
      fc.property(
        fc.array(held, { maxLength: 4 }),
        fc.array(held, { maxLength: 3 }),
        fc.array(held, { maxLength: 3 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 23 }),
        (incubatedDays, titled, separate, monthlyMinor, at) => {
          const month = `202${6 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
          const given = {
            incubated: incubatedDays,
            settings: {
              ...settings,
              separate,
              titles: titled.map((one) => ({ ...one, title: "national-space" as const })),
            },
          };
          const plan = phase({ snapshot: { name: "", monthlyMinor, roomMinutes: 0 } });
          const charges = cut(given, plan).flatMap((part) => planCharge("cmp_1", part, month, 0) ?? []);
          expect(charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(monthlyMinor);
          // Each day's tax is that of the charge that covers it.
          for (const one of daysOfMonth(month)) {
            const tax = taxOn(given, { stream: "membership", day: one, basis: 600 });
            const covering = charges.filter(({ day: first }) => first <= one).at(-1);
            if (monthlyMinor > 3_100) expect(covering).toMatchObject({ taxBasis: tax.basis });
          }
          expect(taxStretches(given, { stream: "membership", basis: () => 600 }, plan).at(0)?.from).toBe(plan.from);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("charges of a draft", () => {
  it("are taxed anew by what is known when it is drawn; money back follows its booking, credits and reductions stay", () => {
    const booked = taxedOnDay(charge({}), { settings, incubated: [] });
    expect(booked).toMatchObject({ taxBasis: 600, taxMinor: 600, serves: "consulting" });
    const back = charge({ id: "chg_2", amountMinor: -10_600, source: { kind: "cancellation", document: "bok_1" } });
    const other = charge({ id: "chg_3", amountMinor: -10_600, source: { kind: "cancellation", document: "bok_2" } });
    const less = charge({ id: "chg_4", service: "discount", source: { kind: "discount", document: "rdc_1" } });
    const anew = retaxed([booked, back, other, less], background);
    expect(anew.map(({ id, taxBasis, taxMinor, taxReason }) => [id, taxBasis, taxMinor, taxReason].join(" "))).toEqual([
      "chg_1 0 0 incubation-2023-42",
      "chg_2 0 0 incubation-2023-42",
    ]);
    // And back again when the status was wrong.
    expect(retaxed(anew, { settings, incubated: [] }).map(({ taxBasis, taxMinor }) => [taxBasis, taxMinor])).toEqual([
      [600, 600],
      [600, -600],
    ]);
    expect(retaxed(anew, background)).toEqual([]);
  });
});
