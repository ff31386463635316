import { daysOfMonth, plusDays, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import type { Agreement, AgreementAmend } from "@yihao/members/agreement-model";
import { amendedAgreement, rentFault, rentOn, rentPhases } from "@yihao/members/rent";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allotDeposit, demandFor, openDemand } from "./demand.ts";
import { linesOf } from "./lines.ts";
import { rentCharge, rentsToCharge } from "./rent.ts";

const agreement = (over: Partial<Agreement> = {}): Agreement => ({
  ...{ id: "agr_one", company: "cmp_one" as CompanyId, kind: "lease", title: "302 室", state: "running" },
  ...{ at: "2026-11-20T00:00:00.000Z", resources: [], remindDays: [], from: "2026-12-01", rentMinor: 300_000 },
  terms: [{ from: over.from ?? "2026-12-01", rentMinor: over.rentMinor ?? 300_000, at: "" }],
  ...over,
});
/** What a month costs in all, charged from nothing. */
const due = (one: Agreement, month: string) =>
  rentsToCharge(one).reduce((sum, phase) => sum + (rentCharge(one, phase, month, 0)?.amountMinor ?? 0), 0);

describe("rent", () => {
  it("is the whole month's between, and by days in the first and the last month", () => {
    const one = agreement({ from: "2026-12-16", until: "2027-02-11" });
    expect(["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"].map((month) => due(one, month))).toEqual([
      0,
      Math.round((300_000 * 16) / 31),
      300_000,
      Math.round((300_000 * 10) / 28),
      0,
    ]);
    const [phase] = rentsToCharge(one);
    expect(phase && rentCharge(one, phase, "2026-12", 0)).toMatchObject({
      ...{ service: "rent", stream: "rent", quantity: 16, of: 31, per: "month", taxBasis: 900 },
      source: { kind: "agreement", document: "agr_one" },
    });
  });

  it("is taxed as a lease of real estate, as the card says where it does, and as a service when it is for incubation", () => {
    const basis = (one: Agreement, rent?: number) => {
      const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600, ...(rent === undefined ? {} : { rent }) };
      return rentCharge(one, rentsToCharge(one)[0]!, "2027-01", 0, tax)?.taxBasis;
    };
    expect([basis(agreement()), basis(agreement(), 500), basis(agreement({ kind: "incubation" }))]).toEqual([
      900, 500, 600,
    ]);
  });

  it("of a month split by any days, into steps, free days, an end and the agreement after it, sums to the month's rent to the fen", () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 27 }), { minLength: 3, maxLength: 3 });
    const rent = fc.integer({ min: 1, max: 9_999_999 });
    fc.assert(
      fc.property(rent, fc.integer({ min: 0, max: 35 }), days, (rentMinor, ahead, cuts) => {
        const month = plusMonths("2026-01", ahead);
        const [free = 1, step = 2, end = 3] = cuts.toSorted((a, b) => a - b).map((day) => plusDays(`${month}-01`, day));
        const terms = [{ from: "2025-06-01", rentMinor, at: "" }];
        const first = agreement({ from: "2025-06-01", until: String(end), rentMinor, terms });
        const stepped = { ...first, steps: [{ from: String(step), rentMinor }] };
        const rests = { ...stepped, rentFree: [{ from: `${month}-01`, until: String(free) }] };
        const next = agreement({ from: String(end), rentMinor });
        const rested = agreement({ from: `${month}-01`, until: String(free), rentMinor });
        expect(due(stepped, month) + due(next, month)).toBe(rentMinor);
        expect(due(rests, month) + due(rested, month) + due(next, month)).toBe(rentMinor);
        expect(daysOfMonth(month).length).toBeGreaterThan(27);
      }),
    );
  });

  it("charged again after an amendment, an end or more free days is what is due then, whatever was charged before", () => {
    const before = agreement();
    const amend = (one: Agreement, wish: AgreementAmend) => take(amendedAgreement(one, wish));
    const dearer = amend(before, { do: "rent", from: "2027-01-16", rentMinor: 250_000 });
    const after = amend(dearer, { do: "rent-free", from: "2027-01-01", until: "2027-01-11" });
    const charged = due(before, "2027-01");
    const [first, second] = rentsToCharge(after);
    const back = rentCharge(after, first!, "2027-01", charged);
    const more = rentCharge(after, second!, "2027-01", 0);
    expect(back?.amountMinor).toBe(Math.round((300_000 * 15) / 31) - Math.round((300_000 * 10) / 31) - 300_000);
    expect(more?.amountMinor).toBe(250_000 - Math.round((250_000 * 15) / 31));
    expect(second?.id).toBe("agr_one-2027-01-16");
    expect(charged + (back?.amountMinor ?? 0) + (more?.amountMinor ?? 0)).toBe(due(after, "2027-01"));
  });

  it("goes through what was signed, its steps and its renewals, and is charged here from its take-over on", () => {
    const one = agreement({
      ...{ until: "2028-12-01", steps: [{ from: "2027-06-01", rentMinor: 320_000 }], rentFrom: "2027-01-01" },
      terms: [
        { from: "2026-12-01", until: "2027-12-01", rentMinor: 300_000, at: "" },
        { from: "2027-12-01", until: "2028-12-01", rentMinor: 350_000, at: "" },
      ],
    });
    expect(rentPhases(one)).toEqual([
      { from: "2026-12-01", until: "2027-06-01", rentMinor: 300_000 },
      { from: "2027-06-01", until: "2027-12-01", rentMinor: 320_000 },
      { from: "2027-12-01", until: "2028-12-01", rentMinor: 350_000 },
    ]);
    expect(["2026-12-05", "2027-08-01", "2030-01-01"].map((day) => rentOn(one, day))).toEqual([
      300_000, 320_000, 350_000,
    ]);
    expect([due(one, "2026-12"), due(one, "2027-01")]).toEqual([0, 300_000]);
  });

  it("has free days and steps that lie within it, in order", () => {
    const terms = { from: "2026-12-01", until: "2027-12-01", rentMinor: 1 };
    const codes = [
      {
        ...terms,
        rentFree: [{ from: "2026-12-01", until: "2027-01-01" }],
        steps: [{ from: "2027-06-01", rentMinor: 2 }],
      },
      { ...terms, rentMinor: undefined, steps: [{ from: "2027-06-01", rentMinor: 2 }] },
      { ...terms, rentFree: [{ from: "2027-11-01", until: "2028-01-01" }] },
      {
        ...terms,
        rentFree: [
          { from: "2027-01-01", until: "2027-02-01" },
          { from: "2027-01-15", until: "2027-03-01" },
        ],
      },
      { ...terms, steps: [{ from: "2026-12-01", rentMinor: 2 }] },
    ].map((facts) => {
      const checked = rentFault(facts);
      return checked.ok ? "fine" : checked.refusal.code;
    });
    expect(codes).toEqual([
      ...["fine", "agreement.rent-missing", "agreement.rent-free", "agreement.rent-free", "agreement.rent-step"],
    ]);
    const late = amendedAgreement(agreement({ until: "2027-12-01" }), { do: "rent", from: "2027-12-01", rentMinor: 1 });
    expect(late).toMatchObject({ ok: false, refusal: { code: "agreement.amend-day" } });
  });

  it("paid ahead is a line of its own that names its month", () => {
    const one = agreement({ from: "2026-11-16" });
    const charges = ["2026-11", "2026-12"].map((month, at) => ({
      ...rentCharge(one, rentsToCharge(one)[0]!, month, 0)!,
      ...{ id: `chg_${at}` as const, at: `${at}` },
    }));
    expect(linesOf(charges, "2026-11")).toMatchObject([
      { service: "rent", quantity: 15, of: 30, amountMinor: 150_000 },
      { service: "rent", quantity: 1, ahead: "2026-12", amountMinor: 300_000, taxMinor: 24_771 },
    ]);
  });
});

describe("a deposit that is asked for", () => {
  it("is what the agreement says while it runs, nothing more once it is over, and settled oldest first", () => {
    const asked = demandFor(agreement({ depositMinor: 600_000, signedOn: "2026-11-20" }), undefined)!;
    expect(asked).toMatchObject({ amountMinor: 600_000, takenMinor: 0, on: "2026-11-20" });
    expect(demandFor(agreement(), undefined)).toBeUndefined();
    const part = { ...asked, takenMinor: 200_000 };
    expect(openDemand(demandFor(agreement({ depositMinor: 700_000 }), part)!)).toBe(500_000);
    expect(openDemand(demandFor(agreement({ depositMinor: 700_000, state: "ended" }), part)!)).toBe(0);
    const older = { ...asked, agreement: "agr_zero", on: "2026-01-01", amountMinor: 100_000 };
    expect(
      allotDeposit(650_000, [part, older]).map(({ demand, amountMinor }) => [demand.agreement, amountMinor]),
    ).toEqual([
      ["agr_zero", 100_000],
      ["agr_one", 400_000],
    ]);
  });
});
