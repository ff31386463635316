import type { CompanyId } from "@yihao/kernel/ids";
import { BillingStage } from "@yihao/testing/billing-stage";
import { memoryFiles } from "@yihao/testing/files";
import { platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Bench, KEY, openBench, SECRET } from "../../local/src/sandbox/testing.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { Invoice, PaymentId } from "./model.ts";
import type { PaymentProvider } from "./provider.ts";
import { providerTimers } from "./provider-timers.ts";
import { invoiceIdOf } from "./store.ts";
import { stripeProvider } from "./stripe.ts";
import { createWebhook } from "./webhook.ts";

let bench: Bench;
let stage: BillingStage;
let hook: ReturnType<typeof createWebhook>;
let failures: unknown[];
let provider: PaymentProvider;
let company: CompanyId;
let payer: string;
let invoice: string;
const stripe = new Stripe(KEY);

beforeEach(async () => {
  bench = await openBench();
  bench.clock.ms = Date.parse("2026-11-23T02:42:00.000Z");
  provider = stripeProvider({
    secretKey: KEY,
    webhookSecret: SECRET,
    host: "127.0.0.1",
    port: bench.sandbox.port,
    protocol: "http",
  });
  stage = await BillingStage.open({ provider });
  failures = [];
  hook = createWebhook({
    path: "/hook",
    provider,
    table: stage.table,
    now: () => stage.now,
    failed: (error) => failures.push(error),
  });
  company = await stage.company("湖畔鲜集");
  payer = company.replace("cmp_", "per_");
  await stage.happen("handling.done", company, {
    company,
    operation: "pick",
    units: 100,
    document: "ord_1",
    day: "2026-11-20",
    warehouse: "whs_1",
  });
  await stage.ask("per_finance", "POST", "/invoices/run", { month: "2026-11" });
  await stage.settle();
  invoice = invoiceIdOf(stage.scope(), company, "2026-11");
  expect((await stage.ask<Invoice>("per_finance", "POST", `/invoices/${invoice}/finalise`, {})).status).toBe(201);
});
afterEach(async () => {
  expect(await stage.faults()).toEqual([]);
  stage.table.close();
  await bench.close();
});

const asked = async (key?: string) =>
  (
    await stage.ask<{ payment: PaymentId; url: string }>(
      payer,
      "POST",
      `/pay/spaces/spc_test/invoices/${invoice}/checkout`,
      { language: "zh" },
      key as `key_${string}`,
    )
  ).body;
const bill = async () => (await stage.ask<InvoiceView>(payer, "GET", `/invoices/${invoice}`)).body;
const balance = async () => (await stage.ask(payer, "GET", `/companies/${company}/balance`)).body;
const deliver = async (payload: string, signature: string) => {
  const answer = await hook.request("/hook", {
    method: "POST",
    headers: { "stripe-signature": signature },
    body: payload,
  });
  return { status: answer.status, body: await answer.json() };
};
const signed = (payload: string, at = Date.parse(stage.now), secret = SECRET) =>
  deliver(payload, stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at / 1000) }));
const told = (id: string, type: string, payment: string, over: object = {}) =>
  JSON.stringify({
    id,
    object: "event",
    type,
    created: 1_795_401_600,
    data: {
      object: {
        id: "obj_1",
        metadata: { space: "spc_test", payment },
        payment_status: "paid",
        amount_total: 15_000,
        amount_received: 15_000,
        currency: "cny",
        ...over,
      },
    },
  });
const pays = async (url: string) => {
  const session = url.split("/").at(-1)?.split("?")[0];
  await bench.control("POST", `sessions/${session}/pay`, {});
  await bench.sandbox.idle();
};

it("a bill is paid on the hosted page through the real SDK, and its webhooks settle it once", async () => {
  const { url, payment } = await asked();
  expect(await asked()).toEqual({ url, payment });
  await pays(url);
  expect(bench.hook.received.length).toBeGreaterThan(2);
  for (const round of [1, 2])
    for (const { payload, signature } of bench.hook.received)
      expect((await deliver(payload, signature)).status, `round ${round}`).toBe(200);
  expect(await bill()).toMatchObject({
    state: "paid",
    paidMinor: 15_000,
    payments: [{ id: payment, way: "hosted", state: "received" }],
  });
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
  expect(
    await stage.ask(payer, "POST", `/pay/spaces/spc_test/invoices/${invoice}/checkout`, { language: "zh" }),
  ).toMatchObject({
    status: 409,
    body: { code: "invoice.nothing-open" },
  });
});

it("news in any order, and again, counts once", async () => {
  const { payment } = await asked();
  expect(await signed(told("evt_intent", "payment_intent.succeeded", payment))).toEqual({
    status: 200,
    body: { received: true, applied: "applied" },
  });
  expect((await signed(told("evt_session", "checkout.session.completed", payment))).body).toMatchObject({
    applied: "known",
  });
  expect((await signed(told("evt_intent", "payment_intent.succeeded", payment))).body).toMatchObject({
    applied: "known",
  });
  expect((await signed(told("evt_late", "checkout.session.expired", payment))).body).toMatchObject({
    applied: "known",
  });
  expect(await bill()).toMatchObject({ state: "paid", paidMinor: 15_000 });
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
});

it("both kinds of news at the same moment count once", async () => {
  const { payment } = await asked();
  const answers = await Promise.all([
    signed(told("evt_a", "checkout.session.completed", payment)),
    signed(told("evt_b", "payment_intent.succeeded", payment)),
    signed(told("evt_b", "payment_intent.succeeded", payment)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(answers.filter(({ body }) => (body as { applied: string }).applied === "applied")).toHaveLength(1);
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
});

it("a forged signature and a stale timestamp get 400 and change nothing", async () => {
  const { payment } = await asked();
  const payload = told("evt_1", "checkout.session.completed", payment);
  expect((await signed(payload, Date.parse(stage.now), "whsec_of_somebody_else")).status).toBe(400);
  expect((await signed(payload, Date.parse(stage.now) - 301_000)).status).toBe(400);
  expect((await deliver(payload, "")).status).toBe(400);
  expect(await bill()).toMatchObject({ state: "due", paidMinor: 0 });
});

it("what is nothing to us is answered 200: other types, other makers, payments that are not there", async () => {
  for (const payload of [
    told("evt_1", "customer.created", "pay_nobody"),
    told("evt_2", "checkout.session.completed", "pay_nobody"),
    told("evt_3", "checkout.session.completed", "x", { metadata: {} }),
  ])
    expect((await signed(payload)).body).toEqual({ received: true, applied: "ignored" });
  expect(failures).toEqual([]);
});

it("a bill paid by transfer while the page was open loses nothing: what comes again is credit", async () => {
  const { payment } = await asked();
  await stage.ask("per_finance", "POST", "/payments", {
    company,
    amountMinor: 15_000,
    reference: "BOC-1",
    receivedOn: "2026-11-23",
  });
  await signed(told("evt_1", "checkout.session.completed", payment));
  expect(await bill()).toMatchObject({ state: "paid", paidMinor: 15_000 });
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 15_000 });
});

it("a page that expired is told, and another may be asked for", async () => {
  const { payment, url } = await asked();
  expect((await signed(told("evt_1", "checkout.session.expired", payment))).body).toMatchObject({ applied: "applied" });
  const again = await asked();
  expect(again.payment).not.toBe(payment);
  expect(again.url).not.toBe(url);
});

it("while the provider is down nothing is paid, and the same wish later gets its page", async () => {
  const key = "key_checkout_1";
  for (let n = 0; n < 3; n += 1) await bench.control("POST", "faults", { kind: "api_500" });
  const down = await stage.ask(
    payer,
    "POST",
    `/pay/spaces/spc_test/invoices/${invoice}/checkout`,
    { language: "zh" },
    key,
  );
  expect(down).toMatchObject({ status: 503, body: { code: "payment.provider-down" } });
  expect((await asked(key)).url).toContain("http");
  expect((await bill()).payments).toHaveLength(1);
});

it("another company cannot ask for a page of this bill", async () => {
  const other = (await stage.company("一盏灯饰")).replace("cmp_", "per_");
  const answer = await stage.ask(other, "POST", `/pay/spaces/spc_test/invoices/${invoice}/checkout`, {
    language: "zh",
  });
  expect(answer.status).toBe(404);
});

it("what a company paid online goes back the way it came, in part and once, when a second person approves; what was paid otherwise does not", async () => {
  const { url, payment } = await asked();
  await pays(url);
  for (const { payload, signature } of bench.hook.received) await deliver(payload, signature);
  const at = (path: string) => `/accounts/spaces/spc_test${path}`;
  const lines = [{ line: 0, amountMinor: 5_000 }];
  await stage.ask("per_finance", "POST", at(`/invoices/${invoice}/credits`), { reason: "少拣了", lines });
  const wish = {
    ...{ kind: "refund", company, amountMinor: 5_000, way: "hosted", payment },
    ...{ reference: "R-1", paidOn: "2026-11-23" },
  };
  const propose = (over: object) =>
    stage.ask<{ id: string; code?: string }>("per_finance", "POST", at("/approvals"), {
      wish: { ...wish, ...over },
      reason: "少拣的货",
    });
  expect((await propose({ amountMinor: 5_001 })).body.code).toBe("refund.more-than-balance");
  expect((await propose({ payment: undefined })).body.code).toBe("refund.not-online");
  const { id } = (await propose({})).body;
  const decide = (who: string) =>
    stage.ask<{ code?: string }>(who, "POST", at(`/approvals/${id}/decision`), { decision: "approve" });
  expect((await decide("per_finance")).body.code).toBe("approval.same-person");
  expect((await decide("per_finance2")).status).toBe(201);
  type Refunds = { items: { state: string; reference: string; amountMinor: number }[] };
  const refunds = async () =>
    (await stage.ask<Refunds>("per_finance", "GET", at(`/refunds?company=${company}`))).body.items;
  expect(await refunds()).toMatchObject([{ state: "sending", amountMinor: 5_000 }]);
  const platform = platformOf(stage.table, { now: stage.now });
  for (const _ of [1, 2])
    await sweep(platform, providerTimers(provider, memoryFiles()), (error) => expect.fail(String(error)));
  const [sent] = await refunds();
  expect(sent?.state).toBe("sent");
  expect(sent?.reference).toMatch(/^re_/);
  expect(await balance()).toMatchObject({ creditMinor: 0 });
});
