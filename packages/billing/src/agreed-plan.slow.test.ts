import type { CompanyId } from "@yihao/kernel/ids";
import { amendSubscription, endSubscription, startSubscription } from "@yihao/members/subscription-actions";
import { addPlan } from "@yihao/pricing/actions";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { InvoiceView } from "./invoice-view.ts";
import type { Run } from "./model.ts";
import { invoiceIdOf } from "./store.ts";

/** What a company pays for its plan because that was agreed with it (协议价), on drawn and on final bills; after each test every identity of the books holds. */
let stage: BillingStage;
let company: CompanyId;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("湖畔鲜集");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

type Done<T> = { ok: true; value: T } | { ok: false; refusal: { code: string } };
const must = <T>(outcome: Done<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const planOf = async (name: string, monthlyMinor: number) =>
  must(await addPlan(stage.scope(), { name, monthlyMinor, allowances: { roomMinutes: 0 } })).id;

/** Runs a month as an operator does, until every company is drawn; gives the company's bill. */
async function drawn(month: string): Promise<InvoiceView> {
  await stage.settle();
  await stage.ask<Run>("per_finance", "POST", "/invoices/run", { month });
  await stage.settle(2);
  stage.now = new Date(Date.parse(stage.now) + 60_000).toISOString();
  const id = invoiceIdOf(stage.scope(), company, month);
  return (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${id}`)).body;
}
const lines = ({ lines: all }: InvoiceView) =>
  all.map(({ about, quantity, unitMinor, amountMinor, taxMinor }) => [
    ...[about?.name, quantity, unitMinor, amountMinor, taxMinor],
  ]);

it("is billed to the fen for the days on which it was agreed and the plan's own price from the day it ends, each under its name and with its tax", async () => {
  const plan = await planOf("月卡", 60_001);
  const agreed = { name: "园区价", monthlyMinor: 49_999, until: "2026-12-18" };
  must(await startSubscription(stage.scope(), company, { plan, from: "2026-11-14", agreed }));
  // 17 days of November's 30 at the agreed price: 28 332.77 fen.
  const first = await drawn("2026-11");
  expect(lines(first)).toEqual([["月卡 · 园区价", 17, 49_999, 28_333, 1_604]]);
  // The price ends within December: 17 days of 31 at the one, 14 at the other.
  stage.now = "2026-12-05T02:00:00.000Z";
  const before = await drawn("2026-12");
  const both = [
    ["月卡", 14, 60_001, 27_097, 1_534],
    ["月卡 · 园区价", 17, 49_999, 27_419, 1_552],
  ];
  expect(lines(before)).toEqual(both);
  // Drawn again once its last day is over, and finalised, it is the same bill.
  stage.now = "2026-12-31T02:00:00.000Z";
  const after = await drawn("2026-12");
  expect(after.totalMinor).toBe(27_097 + 27_419);
  await stage.ask("per_finance", "POST", `/invoices/${after.id}/finalise`, {});
  const final = await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${after.id}`);
  expect([final.body.state, lines(final.body)]).toEqual(["due", both]);
  stage.now = "2027-01-05T02:00:00.000Z";
  expect(lines(await drawn("2027-01"))).toEqual([["月卡", 1, 60_001, 60_001, 3_396]]);
});

it("that is agreed anew, or ends with its plan within a month that was drawn, gives back what was charged for those days and no fen more or less", async () => {
  const plan = await planOf("月卡", 60_000);
  const agreed = { name: "协议价", monthlyMinor: 45_000, until: "2026-11-21" };
  must(await startSubscription(stage.scope(), company, { plan, from: "2026-11-01", agreed }));
  expect((await drawn("2026-11")).totalMinor).toBe(30_000 + 20_000);
  // The price is prolonged from the day it would have ended, and cheaper: the ten days at the plan's own go back.
  const longer = { name: "协议价", monthlyMinor: 42_000 };
  must(await amendSubscription(stage.scope(), company, { plan, from: "2026-11-21", agreed: longer }));
  await stage.settle(2);
  expect(lines(await drawn("2026-11")).map(([name, days, , sum]) => [name, days, sum])).toEqual([
    ["月卡 · 协议价", 10, 14_000],
    ["月卡 · 协议价", 20, 30_000],
  ]);
  must(await endSubscription(stage.scope(), company, "2026-11-26"));
  await stage.settle(2);
  const last = await drawn("2026-11");
  expect([last.totalMinor, lines(last).map(([name, days]) => [name, days])]).toEqual([
    7_000 + 30_000,
    [
      ["月卡 · 协议价", 5],
      ["月卡 · 协议价", 20],
    ],
  ]);
});

it("of nothing is a plan without a bill while it lasts, and one above the plan's own is billed as it was agreed", async () => {
  const plan = await planOf("月卡", 60_000);
  const free = { name: "入驻礼遇", monthlyMinor: 0, until: "2026-12-01" };
  must(await startSubscription(stage.scope(), company, { plan, from: "2026-11-01", agreed: free }));
  expect((await drawn("2026-11")).lines ?? []).toEqual([]);
  must(
    await amendSubscription(stage.scope(), company, {
      ...{ plan, from: "2026-12-01", agreed: { name: "加固定位", monthlyMinor: 80_000 } },
    }),
  );
  stage.now = "2026-12-05T02:00:00.000Z";
  expect(lines(await drawn("2026-12")).map(([name, , , sum]) => [name, sum])).toEqual([["月卡 · 加固定位", 80_000]]);
});
