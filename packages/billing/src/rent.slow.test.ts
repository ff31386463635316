import type { CompanyId } from "@yihao/kernel/ids";
import { amendAgreement, draftAgreement, endAgreement, signAgreement } from "@yihao/members/agreement-actions";
import type { Agreement, AgreementFacts } from "@yihao/members/agreement-model";
import { takeOverAgreement } from "@yihao/members/agreement-takeover";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { overwrite } from "@yihao/table/write";
import { BillingStage } from "@yihao/testing/billing-stage";
import { platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { DepositDemand } from "./approval-model.ts";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { OpenCharge } from "./model.ts";
import { billingTimers } from "./reactions.ts";
import { invoiceIdOf } from "./store.ts";

let stage: BillingStage;
let company: CompanyId;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("拾穗文创");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});

const facts: AgreementFacts = {
  ...{ kind: "lease", title: "302 室", from: "2026-12-16", until: "2027-12-16", resources: [], remindDays: [] },
  ...{ rentMinor: 310_000, depositMinor: 620_000, rentFree: [{ from: "2027-02-01", until: "2027-02-15" }] },
};
async function signed(over: Partial<AgreementFacts> = {}): Promise<Agreement> {
  const draft = await draftAgreement(stage.scope(), company, { ...facts, ...over });
  if (!draft.ok) throw new Error(draft.refusal.code);
  const done = await signAgreement(stage.scope(), company, draft.value.id, "2026-11-20");
  if (!done.ok) throw new Error(done.refusal.code);
  await stage.settle(2);
  return done.value;
}
const open = async () =>
  (await stage.ask<{ items: OpenCharge[] }>("per_finance", "GET", `/charges?company=${company}`)).body.items.map(
    ({ month, amountMinor, why }) => [month, amountMinor, why],
  );
const demands = async (person = "per_finance") =>
  (await stage.ask<{ items: DepositDemand[] }>(person, "GET", "/accounts/spaces/spc_test/deposit-demands")).body.items;
const bill = async (month: string) =>
  (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${invoiceIdOf(stage.scope(), company, month)}`)).body;
async function finalised(month: string): Promise<InvoiceView> {
  await drawInvoice(stage.scope(), company, month);
  await stage.ask("per_finance", "POST", `/invoices/${invoiceIdOf(stage.scope(), company, month)}/finalise`, {});
  return bill(month);
}
async function come(instant: string): Promise<void> {
  stage.now = instant;
  const platform = platformOf(stage.table, { now: instant });
  const hour = new Date(Date.parse(instant) - 12 * 3_600_000).toISOString().slice(0, 13);
  await commit(platform, [overwrite(keyIn(partition(platform, "swept")), kindOf("swept"), { hour })], { answer: null });
  for (const _ of [1, 2]) await sweep(platform, billingTimers, (error) => expect.fail(String(error)));
}

it("rent of an agreement is due in advance: it waits from the day of signing, once, the bill of the month before takes it, and the next month's comes by itself", async () => {
  await signed();
  expect(await open()).toEqual([["2026-12", 160_000, "in-advance"]]);
  await drawInvoice(stage.scope(), company, "2026-11");
  await drawInvoice(stage.scope(), company, "2026-11");
  const november = await finalised("2026-11");
  expect(november.lines).toMatchObject([
    { service: "rent", ahead: "2026-12", quantity: 16, of: 31, amountMinor: 160_000, taxBasis: 900 },
  ]);
  await come("2026-11-30T17:00:00.000Z");
  expect(await open()).toEqual([["2027-01", 310_000, "in-advance"]]);
  await stage.settle(2);
  expect((await finalised("2026-12")).totalMinor).toBe(310_000);
  await come("2026-12-31T17:00:00.000Z");
  expect(await open()).toEqual([["2027-02", 155_000, "in-advance"]]);
});

it("what both sides change comes as the difference of what was charged, once, and an end gives back what was paid in advance", async () => {
  const lease = await signed({ from: "2026-12-01", rentFree: [] });
  expect((await finalised("2026-11")).totalMinor).toBe(310_000);
  const dearer = { do: "rent", from: "2026-12-17", rentMinor: 341_000 } as const;
  expect((await amendAgreement(stage.scope(), company, lease.id, dearer)).ok).toBe(true);
  await stage.settle(2);
  expect(await open()).toEqual(
    expect.arrayContaining([
      ["2026-12", -150_000, "not-drawn"],
      ["2026-12", 165_000, "not-drawn"],
    ]),
  );
  stage.now = "2026-12-05T02:00:00.000Z";
  expect((await finalised("2026-12")).totalMinor).toBe(15_000 + 341_000);
  const end = { until: "2027-01-11", reason: "agreed" } as const;
  expect((await endAgreement(stage.scope(), company, lease.id, end)).ok).toBe(true);
  await stage.settle(2);
  expect(await open()).toEqual([["2027-01", 110_000 - 341_000, "not-drawn"]]);
  expect(await drawInvoice(stage.scope(), company, "2027-01")).toBe("carried");
});

it("its deposit is asked for until it came, and no more once the agreement is over; one that ran before the space came here owes neither again", async () => {
  const lease = await signed();
  expect(await demands()).toMatchObject([{ company, title: "302 室", amountMinor: 620_000, takenMinor: 0 }]);
  expect(await demands(company.replace("cmp_", "per_"))).toHaveLength(1);
  const take = (amountMinor: number, reference: string) =>
    stage.ask("per_finance", "POST", "/accounts/spaces/spc_test/deposits", {
      company,
      amountMinor,
      reference,
      on: "2026-11-20",
    });
  expect((await take(200_000, "D-1")).status).toBe(201);
  expect(await demands()).toMatchObject([{ takenMinor: 200_000 }]);
  await amendAgreement(stage.scope(), company, lease.id, { do: "deposit", depositMinor: 700_000 });
  await stage.settle(2);
  expect(await demands()).toMatchObject([{ amountMinor: 700_000, takenMinor: 200_000 }]);
  expect((await take(600_000, "D-2")).status).toBe(201);
  expect(await demands()).toEqual([]);
  const other = await signed({ from: "2027-12-16", until: "2028-12-16", rentFree: [] });
  expect(await demands()).toHaveLength(1);
  await endAgreement(stage.scope(), company, other.id, { until: "2027-12-16", reason: "agreed" });
  await stage.settle(2);
  expect(await demands()).toEqual([]);
  const { rentFree: _, ...running } = facts;
  const old = { ...running, title: "旧约", from: "2025-01-01", until: "2027-01-01" };
  await takeOverAgreement(stage.scope(), company, old, { signedOn: "2024-12-20", rentFrom: "2026-11-01" });
  await stage.settle(2);
  expect(await demands()).toEqual([]);
  const rents = (await open()).filter(([, amount]) => amount === 310_000);
  expect(rents.map(([month]) => month)).toEqual(["2026-11", "2026-12"]);
});
