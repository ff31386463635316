import { billingReactions } from "@yihao/billing/reactions";
import { invoiceIdOf } from "@yihao/billing/store";
import { amendSubscription, endSubscription, startSubscription } from "@yihao/members/subscription-actions";
import { addPlan } from "@yihao/pricing/actions";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkStreams } from "./check.ts";
import { insightReactions } from "./reactions.ts";
import { readRevenue } from "./reads.ts";
import { fillStreams, setCosts } from "./stream-actions.ts";
import { readEntries, readMovers, readRecurring, readStreamLines, readStreams } from "./stream-reads.ts";
import { markFilled } from "./stream-store.ts";
import { netOf } from "./streams.ts";

/** After each test the figures are what bills and credit notes say. */
let stage: BillingStage;
beforeEach(async () => {
  stage = await BillingStage.open({ reactions: [...billingReactions, ...insightReactions] });
});
afterEach(async () => {
  await commit(stage.scope("auto:whole"), [markFilled(stage.scope())], { answer: null });
  expect(checkStreams(await allItems(stage.table))).toEqual([]);
  stage.table.close();
});

/** A finalised bill of November: 30 picks (¥45.00) and 5 bin-days (¥12.00). */
async function billed(name: string) {
  const company = await stage.company(name);
  const day = "2026-11-20";
  const pick = { company, operation: "pick", units: 30, document: "ord_1", day, warehouse: "whs_1" };
  await stage.happen("handling.done", company, pick);
  await stage.happen("storage.day", company, { company, warehouse: "whs_1", day, bins: 5, codes: [] });
  await stage.settle();
  await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-11", companies: [company] });
  await stage.settle();
  const invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  await stage.ask("per_finance", "POST", `/invoices/${invoice}/finalise`, {});
  return { company, invoice };
}
const credit = (invoice: string, lines?: object[]) =>
  stage.ask("per_finance", "POST", `/accounts/spaces/spc_test/invoices/${invoice}/credits`, {
    reason: "数量有误",
    ...(lines ? { lines } : {}),
  });
const monthOf = async (month: string) =>
  (await readStreams(stage.scope(), 12)).months.find((one) => one.month === month);

describe("revenue by stream", () => {
  it("is what bills brought less what credit notes took back, however often both are heard; the chart of charges too", async () => {
    const { company, invoice } = await billed("湖畔鲜集");
    await stage.settle(3);
    expect((await monthOf("2026-11"))?.cells).toEqual([
      { site: "-", stream: "storage", netMinor: 1132, taxMinor: 68, creditedMinor: 0 },
      { site: "-", stream: "handling", netMinor: 4245, taxMinor: 255, creditedMinor: 0 },
    ]);
    await credit(invoice, [{ line: 0, amountMinor: 200 }]);
    await stage.settle(3);
    const cells = (await monthOf("2026-11"))?.cells ?? [];
    expect(cells[0]).toEqual({ site: "-", stream: "storage", netMinor: 943, taxMinor: 57, creditedMinor: 189 });
    expect(netOf(cells)).toBe(5188);
    const [last] = (await readRevenue(stage.scope(), 1)).slice(-1);
    expect(last).toMatchObject({ grossMinor: 5500, netMinor: 5188, finalisedMinor: 5188 });
    const entries = (await readEntries(stage.scope(), "2026-11", {})).items;
    expect(entries.map(({ kind, number }) => [kind, number]).sort()).toEqual([
      ["bill", "ZD-202611-0001"],
      ["credit", "HC-202611-0001"],
    ]);
    const lines = await readStreamLines(stage.scope(), "2026-11", company);
    expect(lines.map(({ stream, amountMinor }) => [stream, amountMinor]).sort()).toEqual([
      ["handling", 4500],
      ["storage", -200],
      ["storage", 1200],
    ]);
  });

  it("of a closed month never changes: a credit note after it is posted to the first open month", async () => {
    const { company, invoice } = await billed("一盏灯饰");
    await stage.settle();
    stage.now = "2026-12-08T02:00:00.000Z";
    expect(
      (await stage.ask("per_finance", "POST", "/accounts/spaces/spc_test/closed-period", { through: "2026-11" }))
        .status,
    ).toBe(201);
    await credit(invoice);
    await stage.settle(2);
    expect(netOf((await monthOf("2026-11"))?.cells ?? [])).toBe(5377);
    expect(netOf((await monthOf("2026-12"))?.cells ?? [])).toBe(-5377);
    expect((await readEntries(stage.scope(), "2026-12", { company })).items).toMatchObject([{ kind: "credit" }]);
  });

  it("takes in bills, credit notes and plans from before it was kept, step by step and each once", async () => {
    await stage.table.close();
    stage = await BillingStage.open();
    const invoices = [await billed("甲"), await billed("乙"), await billed("丙")];
    await credit(invoices[0]?.invoice ?? "");
    await stage.settle();
    expect((await readStreams(stage.scope(), 1)).filled).toBe(false);
    const run = async () => {
      let documents = 0;
      let next: string | null = "";
      while (next !== null) {
        const step: Awaited<ReturnType<typeof fillStreams>> = await fillStreams(stage.scope(), next);
        documents += step.documents;
        next = step.next;
      }
      return documents;
    };
    expect([await run(), await run()]).toEqual([4, 0]);
    const { filled, months } = await readStreams(stage.scope(), 1);
    expect([filled, netOf(months[0]?.cells ?? [])]).toEqual([true, 2 * 5377]);
  });

  it("a new space has nothing older: its revenue page reads what is kept from the start", async () => {
    await stage.happen("space.created", "spc_test", {});
    await stage.settle(2);
    expect((await readStreams(stage.scope(), 1)).filled).toBe(true);
  });

  it("costs are set at the revision that was read", async () => {
    const set = (rev: number, storage: number) => setCosts(stage.scope(), "2026-11", { storage }, rev);
    expect(await set(0, 500)).toMatchObject({ ok: true, value: { rev: 1 } });
    expect(await set(0, 600)).toMatchObject({ ok: false, refusal: { code: "stale", params: { current: 1 } } });
    expect((await monthOf("2026-11"))?.costs).toEqual({ month: "2026-11", costs: { storage: 500 }, rev: 1 });
  });
});

describe("recurring revenue", () => {
  it("follows a company's real plans: begun, changed and ended", async () => {
    const plan = async (name: string, monthlyMinor: number) => {
      const made = await addPlan(stage.scope(), { name, monthlyMinor, allowances: { roomMinutes: 0 } });
      if (!made.ok) throw new Error(made.refusal.code);
      return made.value.id;
    };
    const [small, large] = [await plan("月卡", 600_00), await plan("年卡", 900_00)];
    const company = await stage.company("湖畔鲜集");
    stage.now = "2026-10-05T02:00:00.000Z";
    expect((await startSubscription(stage.scope(), company, { plan: small, from: "2026-10-05" })).ok).toBe(true);
    await stage.settle(2);
    stage.now = "2026-11-10T02:00:00.000Z";
    expect((await amendSubscription(stage.scope(), company, { plan: large, from: "2026-11-10" })).ok).toBe(true);
    await stage.settle(2);
    const mrr = await readRecurring(stage.scope(), { months: 2, ahead: 2 });
    expect(mrr.months.map(({ endMinor, moves }) => [endMinor, moves.new, moves.expansion])).toEqual([
      [600_00, 600_00, 0],
      [900_00, 0, 300_00],
    ]);
    expect(mrr.forecast.map(({ plansMinor }) => plansMinor)).toEqual([900_00, 900_00]);
    expect((await endSubscription(stage.scope(), company, "2026-12-16")).ok).toBe(true);
    await stage.settle(2);
    const after = await readRecurring(stage.scope(), { months: 1, ahead: 2 });
    expect(after.forecast.map(({ plansMinor }) => plansMinor)).toEqual([435_48, 0]);
    expect(await readMovers(stage.scope(), "2026-11")).toMatchObject([
      { name: "湖畔鲜集", move: "expansion", beforeMinor: 600_00, afterMinor: 900_00 },
    ]);
  });

  it("contracts by what a company pays less a month: a cheaper plan, a price agreed upon, and it grows again when that ends, each told in its month", async () => {
    const plan = async (name: string, monthlyMinor: number) => {
      const made = await addPlan(stage.scope(), { name, monthlyMinor, allowances: { roomMinutes: 0 } });
      if (!made.ok) throw new Error(made.refusal.code);
      return made.value.id;
    };
    const [two, eight] = [await plan("2 席", 600_00), await plan("8 席", 2_000_00)];
    const [fewer, agreed] = [await stage.company("湖畔鲜集"), await stage.company("一盏灯饰")];
    const amend = async (company: typeof fewer, wish: Parameters<typeof amendSubscription>[2]) => {
      expect((await amendSubscription(stage.scope(), company, wish)).ok).toBe(true);
      await stage.settle(2);
    };
    stage.now = "2026-09-01T02:00:00.000Z";
    for (const company of [fewer, agreed])
      expect((await startSubscription(stage.scope(), company, { plan: eight, from: "2026-09-01" })).ok).toBe(true);
    await stage.settle(2);
    // Fewer seats from the middle of October; the other pays less in October alone.
    stage.now = "2026-10-01T02:00:00.000Z";
    const less = { name: "协议价", monthlyMinor: 1_500_00, until: "2026-11-01" };
    await amend(agreed, { plan: eight, from: "2026-10-01", agreed: less });
    await amend(fewer, { plan: two, from: "2026-10-16" });
    stage.now = "2026-11-20T02:00:00.000Z";
    const mrr = await readRecurring(stage.scope(), { months: 3, ahead: 1 });
    expect(mrr.months.map(({ startMinor, endMinor, moves }) => [startMinor, endMinor, moves])).toEqual([
      [0, 4_000_00, { new: 4_000_00, expansion: 0, contraction: 0, churn: 0, reactivation: 0 }],
      [4_000_00, 2_100_00, { new: 0, expansion: 0, contraction: 1_900_00, churn: 0, reactivation: 0 }],
      [2_100_00, 2_600_00, { new: 0, expansion: 500_00, contraction: 0, churn: 0, reactivation: 0 }],
    ]);
    const movers = await readMovers(stage.scope(), "2026-10");
    expect(movers.map(({ name, move, beforeMinor, afterMinor }) => [name, move, beforeMinor, afterMinor])).toEqual([
      ["湖畔鲜集", "contraction", 2_000_00, 600_00],
      ["一盏灯饰", "contraction", 2_000_00, 1_500_00],
    ]);
    expect(mrr.forecast.map(({ plansMinor }) => plansMinor)).toEqual([2_600_00]);
  });
});
