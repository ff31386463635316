import type { CompanyId } from "@yihao/kernel/ids";
import { BillingStage } from "@yihao/testing/billing-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drawInvoice } from "./draw.ts";
import type { Fapiao, FapiaoTitle, FapiaoView } from "./fapiao-model.ts";
import { finaliseInvoice } from "./finalise.ts";
import { invoiceIdOf } from "./store.ts";

/** A fapiao from being asked for in the portal to being red-inked. */
let stage: BillingStage;
let company: CompanyId;
let person: string;
let invoice: `inv_${string}`;
beforeEach(async () => {
  stage = await BillingStage.open();
  company = await stage.company("晚汀香氛");
  person = company.replace("cmp_", "per_");
  const pick = { company, operation: "pick", units: 40, document: "ord_1", day: "2026-11-20", warehouse: "whs_1" };
  await stage.happen("handling.done", company, pick);
  await drawInvoice(stage.scope(), company, "2026-11");
  invoice = invoiceIdOf(stage.scope(), company, "2026-11");
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
});
type Told = { code?: string };
const path = (rest: string) => `/accounts/spaces/spc_test${rest}`;
const ask = (who = person) => stage.ask<Fapiao & Told>(who, "POST", path(`/invoices/${invoice}/fapiao`), {});
const step = (id: string, body: object, who = "per_finance") =>
  stage.ask<Fapiao & Told>(who, "POST", path(`/fapiao/${id}/step`), body);
const list = async (state: string, who = "per_finance") =>
  (await stage.ask<{ items: FapiaoView[] }>(who, "GET", path(`/fapiao?state=${state}`))).body.items;

it("is asked for by the company once a bill, issued under a number that is used once, and red-inked when the bill was credited; then it may be asked for anew", async () => {
  expect((await ask()).status).toBe(404);
  await finaliseInvoice(stage.scope(), invoice);
  const at = path(`/companies/${company}/fapiao-title`);
  const title = (await stage.ask<FapiaoTitle & { rev: number }>(person, "GET", at)).body;
  expect(title).toMatchObject({ title: "晚汀香氛", kind: "ordinary", rev: 0 });
  const { rev: _, ...plain } = title;
  const special = { ...plain, kind: "special" };
  expect((await stage.raw(person, at, { method: "PUT", body: special, match: 0 })).status).toBe(200);
  expect((await stage.raw(person, at, { method: "PUT", body: special, match: 0 })).status).toBe(412);
  expect((await ask()).body.code).toBe("fapiao.tax-number");
  const right = { ...special, taxNumber: "91340600MA2N9K1X0B" };
  expect((await stage.raw(person, at, { method: "PUT", body: right, match: 1 })).status).toBe(200);

  const raced = await Promise.all([ask(), ask("per_finance"), ask()]);
  expect(raced.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const [one] = await list("open");
  expect(one).toMatchObject({
    totalMinor: 60_00,
    taxMinor: 3_40,
    title: { taxNumber: right.taxNumber },
    outdated: false,
  });
  const id = one?.id ?? "";
  const issue = { does: "issue", number: "26".repeat(10), on: "2026-11-24" };
  expect((await step(id, issue, person)).status).toBe(404);
  expect((await step(id, { ...issue, document: "doc_0000000000000000" })).status).toBe(404);
  expect((await step(id, issue)).body).toMatchObject({ state: "issued", number: issue.number });
  expect((await step(id, issue)).body.code).toBe("fapiao.state");

  const credit = { reason: "少了一单", lines: [{ line: 0, amountMinor: 10_00 }] };
  await stage.ask("per_finance", "POST", path(`/invoices/${invoice}/credits`), credit);
  expect((await list("done", person)).map(({ outdated }) => outdated)).toEqual([true]);
  const red = { does: "red-ink", number: issue.number, on: "2026-11-25", reason: "账单红冲" };
  expect((await step(id, red)).body.code).toBe("fapiao.number-used");
  expect((await step(id, { ...red, number: "27".repeat(10) })).body.state).toBe("red-inked");
  expect((await ask()).body).toMatchObject({ state: "requested", totalMinor: 50_00 });
});

it("another company sees and asks for nothing of it; its own people withdraw what waits", async () => {
  await finaliseInvoice(stage.scope(), invoice);
  const { id } = (await ask()).body;
  const other = (await stage.company("邻座科技")).replace("cmp_", "per_");
  expect((await ask(other)).status).toBe(404);
  expect(await list("open", other)).toEqual([]);
  expect((await stage.ask(other, "GET", path(`/companies/${company}/fapiao-title`))).status).toBe(404);
  expect((await step(id, { does: "withdraw" }, other)).status).toBe(404);
  expect((await step(id, { does: "withdraw" }, person)).body.state).toBe("withdrawn");
  expect((await ask()).status).toBe(201);
});
