import type { CompanyId } from "@yihao/kernel/ids";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { BankImported, BankLine } from "./bank-model.ts";

let stage: BillingStage;
let company: CompanyId;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("甲");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const at = (path: string) => `/accounts/spaces/spc_test${path}`;
type Told = { code?: string; id?: string };
const pay = async (reference: string, receivedOn: string) => {
  const wish = { company, amountMinor: 100_00, reference, receivedOn };
  const { status, body } = await stage.ask<Told>("per_finance", "POST", "/payments", wish);
  return [status, body.code];
};

it("money is never said to have come, or to have gone, on a day that is not here yet: a slip of the pen is refused, by hand and from the bank's file", async () => {
  // 23 November, a quarter to eleven in Shanghai.
  expect(await pay("T-1", "2026-11-23")).toEqual([201, undefined]);
  // A site that is ahead of its space's zone.
  expect(await pay("T-2", "2026-11-24")).toEqual([201, undefined]);
  expect(await pay("T-3", "2026-11-25")).toEqual([422, "payment.day"]);
  expect(await pay("T-3", "2062-11-23")).toEqual([422, "payment.day"]);
  const deposit = { company, amountMinor: 50_00, way: "transfer", reference: "D-1", on: "2027-11-23" };
  const taken = await stage.ask<Told>("per_finance", "POST", at("/deposits"), deposit);
  expect([taken.status, taken.body.code]).toEqual([422, "payment.day"]);
  const refund = { kind: "refund", company, amountMinor: 10_00, way: "transfer", reference: "R-1" };
  const asked = await stage.ask<Told>("per_finance", "POST", at("/approvals"), {
    wish: { ...refund, paidOn: "2027-01-01" },
    reason: "多付了",
  });
  expect([asked.status, asked.body.code]).toEqual([422, "payment.day"]);
  const csv = "日期,收入,流水号,付款人\n2027-11-23,80.00,B1,甲";
  const told = await stage.ask<BankImported>("per_finance", "POST", at("/bank-imports"), { csv });
  expect(told.body).toMatchObject({ posted: 0, waiting: 1 });
  const [line] = (await stage.ask<{ items: BankLine[] }>("per_finance", "GET", at("/bank-lines"))).body.items;
  const whose = await stage.ask<Told>("per_finance", "POST", at(`/bank-lines/${line?.id}/company`), { company });
  expect([whose.status, whose.body.code]).toEqual([422, "payment.day"]);
});
