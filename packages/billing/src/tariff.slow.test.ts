import { dueOf } from "@yihao/pricing/tariff";
import { addTariff, endTariff } from "@yihao/pricing/tariff-store";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InvoiceView } from "./invoice-view.ts";
import { invoiceIdOf, openChargesOf } from "./store.ts";
import { readUsage } from "./usage.ts";

let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open();
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const terms = {
  storage: { by: "bin-day" as const, dayMinor: 200, tiers: [{ from: 5, unitMinor: 100 }] },
  freeDays: 1,
  fees: [
    { operation: "pick" as const, per: "order" as const, unitMinor: 500 },
    { operation: "ship" as const, per: "unit" as const, unitMinor: 30 },
  ],
  minimumMinor: 60_00,
};
const storage = (company: string, day: string, bins: number) =>
  stage.happen("storage.day", company, {
    ...{ company, warehouse: "whs_1", day, bins, codes: [] },
    stock: { products: 1, peakUnits: 10, peakMl: 5000 },
  });
const handled = (company: string, operation: string, document: string, units: number) =>
  stage.happen("handling.done", company, {
    company,
    operation,
    units,
    document,
    day: "2026-12-10",
    warehouse: "whs_1",
  });

describe("a tariff", () => {
  it("charges a month's use with free days, tiers and a minimum: what the browser shows of it is the bill, to the fen, however often facts are heard", async () => {
    const company = await stage.company("湖畔鲜集");
    const added = await addTariff(stage.scope(), { ...terms, name: "标准", from: "2026-12" }, "2026-11");
    expect(added.ok).toBe(true);
    stage.now = "2026-12-12T02:00:00.000Z";
    for (const [day, bins] of [
      ["2026-12-01", 9],
      ["2026-12-02", 4],
      ["2026-12-03", 4],
    ] as const)
      await storage(company, day, bins);
    await handled(company, "pick", "ord_1", 3);
    await handled(company, "pick", "ord_1", 2);
    await handled(company, "pick", "ord_2", 1);
    await handled(company, "ship", "ord_1", 5);
    await stage.settle(3);
    const [usage] = (await readUsage(stage.scope(), "2026-12", {})).items;
    expect(usage).toMatchObject({
      ...{
        companyName: "湖畔鲜集",
        done: { "pick:unit": 6, "pick:line": 3, "pick:order": 2, "ship:unit": 5, "ship:order": 1 },
      },
    });
    const sum = (all: readonly { amountMinor: number }[]) => all.reduce((total, one) => total + one.amountMinor, 0);
    // 8 bin-days after a free day: 5 at 2.00 and 3 at 1.00; two orders at 5.00; five units at 0.30.
    expect(sum(await openChargesOf(stage.scope(), company))).toBe(13_00 + 10_00 + 1_50);
    stage.now = "2027-01-02T02:00:00.000Z";
    await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-12" });
    await stage.settle(2);
    const path = `/invoices/${invoiceIdOf(stage.scope(), company, "2026-12")}`;
    const bill = (await stage.ask<InvoiceView>("per_finance", "GET", path)).body;
    const preview = usage ? dueOf(terms, usage, { over: true }) : [];
    expect([bill.totalMinor, sum(preview)]).toEqual([60_00, 60_00]);
    expect(bill.lines.map(({ service, quantity, per, amountMinor }) => [service, quantity, per, amountMinor])).toEqual([
      ["storage", 8, "bin-day", 13_00],
      ["storage", 1, "month", 35_50],
      ["pick", 2, "order", 10_00],
      ["ship", 5, "unit", 1_50],
    ]);
  });

  it("charges cartons that were packed and orders that left, each once however often they are heard, and returns by the unit and the kilogram", async () => {
    const company = await stage.company("湖畔鲜集");
    const fees = [
      { operation: "pack" as const, per: "carton" as const, unitMinor: 350 },
      { operation: "ship" as const, per: "carton" as const, unitMinor: 120 },
      { operation: "return" as const, per: "unit" as const, unitMinor: 80 },
      { operation: "return" as const, per: "kg" as const, unitMinor: 200 },
    ];
    const wish = { storage: { by: "bin-day" as const, dayMinor: 0 }, fees, name: "云仓", from: "2026-12" };
    expect((await addTariff(stage.scope(), wish, "2026-11")).ok).toBe(true);
    stage.now = "2026-12-12T02:00:00.000Z";
    const work = { company, document: "ord_1", day: "2026-12-10", warehouse: "whs_1" };
    for (const cartons of [1, 1, 1])
      await stage.happen("handling.done", company, { ...work, operation: "pack", units: 4, cartons });
    await stage.happen("handling.done", company, { ...work, operation: "ship", units: 12, orders: 1, cartons: 3 });
    const heavy = { units: 2, grams: 2_500, ml: 40_000 };
    await stage.happen("handling.done", company, { ...work, operation: "return", ...heavy, document: "rtn_1" });
    await stage.settle(3);
    const sums = new Map<string, number>();
    for (const { service, per, quantity, amountMinor } of await openChargesOf(stage.scope(), company)) {
      const key = `${service} ${per}`;
      sums.set(key, (sums.get(key) ?? 0) + amountMinor);
      expect(quantity).toBeGreaterThan(0);
    }
    expect(Object.fromEntries(sums)).toEqual({
      ...{ "pack carton": 10_50, "ship carton": 3_60, "return unit": 1_60, "return kg": 5_00 },
    });
  });

  it("charges bins once a document, pallets, counts and labels, each once however often and whenever it is heard, and a fee's own minimum when the month is over", async () => {
    const company = await stage.company("湖畔鲜集");
    const fees = [
      { operation: "pick" as const, per: "bin" as const, unitMinor: 50 },
      { operation: "putaway" as const, per: "bin" as const, unitMinor: 40 },
      { operation: "receive" as const, per: "pallet" as const, unitMinor: 20_00 },
      { operation: "receive" as const, per: "line" as const, unitMinor: 1_00 },
      { operation: "ship" as const, per: "pallet" as const, unitMinor: 30_00 },
      { operation: "count" as const, per: "bin" as const, unitMinor: 3_00, minimumMinor: 15_00 },
      { operation: "label" as const, per: "unit" as const, unitMinor: 20 },
    ];
    const wish = { storage: { by: "bin-day" as const, dayMinor: 0 }, fees, name: "云仓", from: "2026-12" };
    expect((await addTariff(stage.scope(), wish, "2026-11")).ok).toBe(true);
    stage.now = "2026-12-12T02:00:00.000Z";
    const tell = (operation: string, document: string, facts: object) =>
      stage.happen("handling.done", company, {
        ...{ company, operation, document, units: 0, day: "2026-12-10", warehouse: "whs_1" },
        ...facts,
      });
    // Two bins of one order, one of them twice and all at one time; the same bin for another order.
    const picks = [
      ["ord_1", "01-01-01"],
      ["ord_1", "01-01-01"],
      ["ord_1", "01-02-01"],
      ["ord_2", "01-01-01"],
    ] as const;
    for (const [order, bin] of picks) await tell("pick", order, { units: 2, bin });
    // Goods put away on sight belong to no document: each time is one bin.
    for (const bin of ["01-01-01", "01-01-01"]) await tell("putaway", "", { units: 1, bin });
    // Told three pallets, put right to two; its lines are told as they are received.
    for (const pallets of [3, -1]) await tell("receive", "asn_1", { pallets, lines: 0 });
    await tell("receive", "asn_1", { units: 9 });
    await tell("ship", "plt_1", { pallets: 1, lines: 0 });
    await tell("count", "cyc_1", { units: 31, lines: 3, bins: 2 });
    await tell("label", "lbl_1", { units: 12, lines: 0 });
    await stage.settle(3);
    const [usage] = (await readUsage(stage.scope(), "2026-12", {})).items;
    expect(usage?.done).toEqual({
      ...{ "pick:unit": 8, "pick:line": 4, "pick:order": 2, "pick:bin": 3 },
      ...{ "putaway:unit": 2, "putaway:line": 2, "putaway:bin": 2 },
      ...{ "receive:pallet": 2, "receive:unit": 9, "receive:line": 1, "receive:order": 1 },
      ...{ "ship:pallet": 1, "count:unit": 31, "count:line": 3, "count:bin": 2, "count:order": 1, "label:unit": 12 },
    });
    const open = async () => {
      const sums = new Map<string, number>();
      for (const { service, per, amountMinor } of await openChargesOf(stage.scope(), company))
        sums.set(`${service} ${per}`, (sums.get(`${service} ${per}`) ?? 0) + amountMinor);
      return Object.fromEntries(sums);
    };
    const now = {
      ...{ "pick bin": 1_50, "putaway bin": 80, "receive pallet": 40_00, "receive line": 1_00 },
      ...{ "ship pallet": 30_00, "count bin": 6_00, "label unit": 2_40 },
    };
    expect(await open()).toEqual(now);
    stage.now = "2027-01-02T02:00:00.000Z";
    await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-12" });
    await stage.settle(2);
    const path = `/invoices/${invoiceIdOf(stage.scope(), company, "2026-12")}`;
    const bill = (await stage.ask<InvoiceView>("per_finance", "GET", path)).body;
    expect(
      bill.lines.filter(({ service }) => service === "count").map(({ per, amountMinor }) => [per, amountMinor]),
    ).toEqual([
      ["bin", 6_00],
      ["month", 9_00],
    ]);
    const preview = usage ? dueOf(wish, usage, { over: true }) : [];
    expect(bill.totalMinor).toBe(preview.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
  });

  it("of its own goes before that of all; without one the rate card's prices hold as before", async () => {
    const [own, other] = [await stage.company("甲"), await stage.company("乙")];
    const fees = [{ operation: "pick" as const, per: "unit" as const, unitMinor: 10 }];
    const wish = {
      storage: { by: "bin-day" as const, dayMinor: 0 },
      fees,
      name: "甲专用",
      company: own,
      from: "2026-12",
    };
    expect((await addTariff(stage.scope(), wish, "2026-11")).ok).toBe(true);
    for (const company of [own, other]) await handled(company, "pick", `ord_${company}`, 10);
    await stage.settle(2);
    const charged = async (company: typeof own) =>
      (await openChargesOf(stage.scope(), company)).map((one) => one.amountMinor);
    expect([await charged(own), await charged(other)]).toEqual([[100], [1500]]);
  });

  it("holds from a month to come, never twice for one company, also when two are added at once, and ends before one", async () => {
    const add = (from: string, until?: string) =>
      addTariff(stage.scope(), { ...terms, name: from, from, ...(until ? { until } : {}) }, "2026-11");
    expect(await add("2026-11")).toMatchObject({ ok: false, refusal: { code: "tariff.begun" } });
    const both = await Promise.all([add("2026-12"), add("2027-01")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: "tariff.overlap" } });
    const kept = both.find((one) => one.ok);
    const facts = { month: "2026-11", rev: 1 };
    const id = kept?.ok ? kept.value.id : "";
    expect(await endTariff(stage.scope(), id, "2026-11", facts)).toMatchObject({ refusal: { code: "tariff.begun" } });
    expect(await endTariff(stage.scope(), id, "2027-03", { ...facts, rev: 9 })).toMatchObject({
      refusal: { code: "stale" },
    });
    expect((await endTariff(stage.scope(), id, "2027-03", facts)).ok).toBe(true);
    expect((await add("2027-03")).ok).toBe(true);
  });
});
