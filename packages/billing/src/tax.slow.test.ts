import type { CompanyId } from "@yihao/kernel/ids";
import { historyOf } from "@yihao/ledger/store";
import { draftAgreement, signAgreement } from "@yihao/members/agreement-actions";
import { startSubscription } from "@yihao/members/subscription-actions";
import { addPlan } from "@yihao/pricing/actions";
import { noTaxSettings, type TaxSettings } from "@yihao/pricing/tax-model";
import { allItems } from "@yihao/table/dump";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkJournal } from "./check-records.ts";
import { drawInvoice } from "./draw.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { invoiceIdOf, moneyBook } from "./store.ts";

let stage: BillingStage;
let company: CompanyId;
const accounts = (path: string) => `/accounts/spaces/spc_test${path}`;
const must = <Value>(outcome: { ok: true; value: Value } | { ok: false; refusal: { code: string } }): Value => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
beforeEach(async () => {
  stage = await BillingStage.open();
  stage.now = "2026-10-01T02:00:00.000Z";
  company = await stage.company("拾穗文创");
});
afterEach(async () => {
  await stage.settle();
  expect(await stage.faults()).toEqual([]);
  expect(checkJournal(await allItems(stage.table), { all: true })).toEqual([]);
  stage.table.close();
});

const propose = async (settings: TaxSettings, rev: number) =>
  stage.ask<{ id: string; code?: string }>("per_finance", "POST", accounts("/approvals"), {
    wish: { kind: "tax-settings", rev, settings },
    reason: "国科火字〔2023〕1 号",
  });
const decide = (id: string, person: string) =>
  stage.ask<{ code?: string }>(person, "POST", accounts(`/approvals/${id}/decision`), { decision: "approve" });
async function incubate(from: string, until: string) {
  const facts = { kind: "incubation" as const, title: "孵化协议", from, until, resources: [], remindDays: [] };
  const draft = must(await draftAgreement(stage.scope(), company, facts));
  must(await signAgreement(stage.scope(), company, draft.id, from));
  await stage.settle();
}
async function drawn(month: string): Promise<InvoiceView> {
  await drawInvoice(stage.scope(), company, month as never);
  return (
    await stage.ask<InvoiceView>(
      "per_finance",
      "GET",
      `/invoices/${invoiceIdOf(stage.scope(), company, month as never)}`,
    )
  ).body;
}
const taxesOf = ({ lines }: Pick<InvoiceView, "lines">) =>
  lines.map((line) => [line.service, line.amountMinor, line.taxBasis, line.taxMinor, line.taxReason ?? ""].join(" "));

const settings: TaxSettings = {
  rates: [{ stream: "membership", service: "agency", basis: 600, from: "2026-01-01" }],
  titles: [{ title: "national-space", from: "2026-01-01" }],
  separate: [{ from: "2026-01-01" }],
};

it("a company that leaves incubation within the month is exempt for its days until then, also when the title is entered after the charges and the draft; exempt revenue has an account of its own", async () => {
  const plan = must(await addPlan(stage.scope(), { name: "成长套餐", monthlyMinor: 99_900, roomMinutes: 0 } as never));
  must(await startSubscription(stage.scope(), company, { plan: plan.id, from: "2026-11-01" }));
  await incubate("2026-10-01", "2026-11-15");
  stage.now = "2026-11-23T02:00:00.000Z";
  const charge = { company, name: "咨询", stream: "services", quantity: 1, unitMinor: 10_600, taxClass: "service" };
  // The space has said nothing: everything is taxed as the card and the law have it.
  expect((await stage.ask("per_finance", "POST", accounts("/charges"), { ...charge, day: "2026-11-10" })).status).toBe(
    201,
  );
  expect(taxesOf(await drawn("2026-11"))).toEqual(["plan 99900 600 5655 ", "extra 10600 600 600 "]);

  // It takes two people, and settings that nobody changed since.
  const asked = await propose(settings, 0);
  expect(asked.status).toBe(201);
  const late = await propose(noTaxSettings, 0);
  expect((await decide(asked.body.id, "per_finance")).body.code).toBe("approval.same-person");
  expect((await decide(asked.body.id, "per_finance2")).status).toBe(201);
  expect((await decide(late.body.id, "per_finance2")).body.code).toBe("tax.changed");
  expect((await propose(settings, 0)).body.code).toBe("tax.changed");

  // What goes on is cut by days; what was posted by hand keeps what it was posted with, and what comes now is taxed by its own day.
  expect(
    (await stage.ask("per_finance", "POST", accounts("/charges"), { ...charge, name: "路演", day: "2026-11-14" }))
      .status,
  ).toBe(201);
  expect(
    (await stage.ask("per_finance", "POST", accounts("/charges"), { ...charge, name: "培训", day: "2026-11-15" }))
      .status,
  ).toBe(201);
  const draft = await drawn("2026-11");
  expect(taxesOf(draft).toSorted()).toEqual([
    "extra 10600 0 0 incubation-2023-42",
    "extra 10600 600 600 ",
    "extra 10600 600 600 ",
    "plan 46620 0 0 incubation-2023-42",
    "plan 53280 600 3016 ",
  ]);
  expect(draft).toMatchObject({ totalMinor: 99_900 + 31_800, taxMinor: 3_016 + 1_200 });

  // Drawing again changes nothing.
  expect(taxesOf(await drawn("2026-11"))).toEqual(taxesOf(draft));
  await stage.ask("per_finance", "POST", `/invoices/${draft.id}/finalise`, {});
  const moves = (await historyOf(stage.scope(), moneyBook(company), { limit: 100 })).items;
  const revenue = (of: string) => moves.filter(({ to }) => to === of).reduce((sum, { amount }) => sum + amount, 0);
  expect(revenue("revenue:membership:exempt")).toBe(46_620);
  expect(revenue("revenue:membership")).toBe(53_280 - 3_016);
  expect(revenue("revenue:services:exempt")).toBe(10_600);
  expect(revenue("tax:vat")).toBe(4_216);

  // What is exempt is taken back from there.
  const bill = (await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${draft.id}`)).body;
  expect(bill.taxes).toEqual([
    { basis: 600, amountMinor: 53_280 + 21_200, taxMinor: 4_216 },
    { basis: 0, reason: "incubation-2023-42", amountMinor: 46_620 + 10_600, taxMinor: 0 },
  ]);
  expect(
    (await stage.ask("per_finance", "POST", accounts(`/invoices/${draft.id}/credits`), { reason: "开错" })).status,
  ).toBe(201);
  const after = (await historyOf(stage.scope(), moneyBook(company), { limit: 100 })).items;
  const left = (of: string) =>
    after.reduce((sum, { from, to, amount }) => sum + (to === of ? amount : from === of ? -amount : 0), 0);
  for (const account of ["revenue:membership", "revenue:membership:exempt", "revenue:services:exempt", "tax:vat"])
    expect(left(account), account).toBe(0);
});

it("a finalised bill keeps its tax when the company turns out to have been incubated; what is drawn after it is exempt", async () => {
  const plan = must(await addPlan(stage.scope(), { name: "成长套餐", monthlyMinor: 99_900, roomMinutes: 0 } as never));
  must(await startSubscription(stage.scope(), company, { plan: plan.id, from: "2026-10-01" }));
  await decide((await propose(settings, 0)).body.id, "per_finance2");
  const october = await drawn("2026-10");
  expect(taxesOf(october)).toEqual(["plan 99900 600 5655 "]);
  await stage.ask("per_finance", "POST", `/invoices/${october.id}/finalise`, {});
  await incubate("2026-10-01", "2027-10-01");
  stage.now = "2026-11-23T02:00:00.000Z";
  const november = await drawn("2026-11");
  expect(taxesOf(november)).toEqual(["plan 99900 0 0 incubation-2023-42"]);
});
