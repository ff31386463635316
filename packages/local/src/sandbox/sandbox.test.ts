import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sandboxHandler } from "./server.ts";
import { type Bench, dayPass, GOOD_CARD, openBench, openPage, SECRET } from "./testing.ts";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const nowSeconds = () => Math.floor(bench.clock.ms / 1000);
const verify = ({ payload, signature }: { payload: string; signature: string }) =>
  bench.stripe.webhooks.constructEvent(payload, signature, SECRET, 300, undefined, bench.clock.ms);
const typesReceived = () => bench.hook.received.map(({ payload }) => JSON.parse(payload).type as string);
const failure = (promise: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  promise.then(
    () => Promise.reject(new Error("it was accepted")),
    (error) => error,
  );

async function paidSession(): Promise<Stripe.Checkout.Session> {
  const session = await bench.stripe.checkout.sessions.create(dayPass());
  await bench.control("POST", `sessions/${session.id}/pay`, {});
  await bench.sandbox.idle();
  return bench.stripe.checkout.sessions.retrieve(session.id);
}

test("a session paid on the hosted page sends the payer back and the webhook verified events", async () => {
  const session = await bench.stripe.checkout.sessions.create(dayPass());
  expect(session).toMatchObject({
    status: "open",
    payment_status: "unpaid",
    amount_total: 32_800,
    payment_intent: null,
  });
  expect(session.expires_at).toBe(nowSeconds() + 86_400);

  const page = await openPage(session.url!);
  expect(page.html).toContain("¥328.00");
  const reply = await page.post(GOOD_CARD);
  expect(reply.status).toBe(303);
  expect(reply.headers.get("location")).toBe(`http://127.0.0.1:3000/paid?session=${session.id}`);

  await bench.sandbox.idle();
  const events = bench.hook.received.map(verify);
  expect(events.map((event) => event.type)).toEqual([
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
  ]);
  const completed = events.at(-1)!;
  expect(completed.data.object).toMatchObject({
    id: session.id,
    payment_status: "paid",
    client_reference_id: "inv_1",
    metadata: { invoice: "inv_1" },
  });
  expect((await bench.stripe.events.retrieve(completed.id)).pending_webhooks).toBe(0);

  const full = await bench.stripe.checkout.sessions.retrieve(session.id, {
    expand: ["line_items", "payment_intent.latest_charge"],
  });
  expect(full.line_items?.data.map((line) => line.amount_total)).toEqual([25_800, 7_000]);
  const intent = full.payment_intent as Stripe.PaymentIntent;
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 32_800 });
  expect((intent.latest_charge as Stripe.Charge).payment_method_details?.card?.last4).toBe("4242");
});

test("a submit sent twice pays once, and without the page's own token and cookie not at all", async () => {
  const session = await bench.stripe.checkout.sessions.create(dayPass());
  const page = await openPage(session.url!);
  expect((await page.post({ ...GOOD_CARD, token: "0".repeat(64) })).status).toBe(403);
  expect((await fetch(session.url!, { method: "POST", body: new URLSearchParams(GOOD_CARD) })).status).toBe(403);
  const replies = await Promise.all([page.post(GOOD_CARD), page.post(GOOD_CARD)]);
  expect(replies.map((reply) => reply.status)).toEqual([303, 303]);
  await bench.sandbox.idle();
  expect(typesReceived().filter((type) => type === "charge.succeeded")).toHaveLength(1);
});

test("a declined card charges nothing, says why in the payer's language, and can be tried again", async () => {
  const session = await bench.stripe.checkout.sessions.create(dayPass());
  const page = await openPage(session.url!, "en");
  const declined = await page.post({ ...GOOD_CARD, number: "4000000000000002" });
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("The bank declined this card.");
  const poor = await page.post({ ...GOOD_CARD, number: "4000000000009995" });
  expect(await poor.text()).toContain("insufficient funds");
  const wrong = await page.post({ ...GOOD_CARD, number: "4242424242424241", expiry: "10/26", cvc: "12" });
  expect(wrong.status).toBe(422);
  expect((await wrong.text()).match(/aria-invalid="true"/g)).toHaveLength(3);

  const unpaid = await bench.stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(unpaid.status).toBe("open");
  const intent = unpaid.payment_intent as Stripe.PaymentIntent;
  expect(intent.last_payment_error).toMatchObject({ code: "card_declined", decline_code: "insufficient_funds" });
  expect((await page.post(GOOD_CARD)).status).toBe(303);
  await bench.sandbox.idle();
  expect(typesReceived().filter((type) => type === "payment_intent.payment_failed")).toHaveLength(2);
  expect(typesReceived().at(-1)).toBe("checkout.session.completed");
});

test("Alipay and WeChat Pay pay or fail as the payer chooses, and WeChat Pay needs its client", async () => {
  const wallets = { ...dayPass(), allowed_payment_method_types: ["alipay", "wechat_pay"] };
  const refused = await failure(bench.stripe.checkout.sessions.create(wallets));
  expect(refused.param).toBe("payment_method_options[wechat_pay][client]");
  const session = await bench.stripe.checkout.sessions.create({
    ...wallets,
    payment_method_options: { wechat_pay: { client: "web" } },
  });
  const page = await openPage(session.url!);
  expect(page.html).not.toContain('id="way-card"');
  expect((await page.post({ method: "alipay", fail: "alipay" })).status).toBe(402);
  expect((await page.post({ method: "wechat_pay" })).status).toBe(303);
});

test("unknown, missing and ill-typed parameters are refused in Stripe's own words", async () => {
  const create = (extra: object) =>
    failure(bench.stripe.checkout.sessions.create({ ...dayPass(), ...extra } as Stripe.Checkout.SessionCreateParams));
  expect(await create({ colour: "red" })).toMatchObject({
    rawType: "invalid_request_error",
    code: "parameter_unknown",
    param: "colour",
    statusCode: 400,
  });
  expect(await create({ payment_method_types: ["card"] })).toMatchObject({
    code: "parameter_unknown",
    param: "payment_method_types",
  });
  expect(await create({ success_url: undefined })).toMatchObject({ code: "parameter_missing", param: "success_url" });
  expect(await create({ success_url: "/paid" })).toMatchObject({ code: "url_invalid" });
  expect(await create({ success_url: "" })).toMatchObject({ code: "parameter_invalid_empty" });
  expect(await create({ mode: "subscription" })).toMatchObject({ param: "mode" });
  expect(await create({ expires_at: nowSeconds() + 60 })).toMatchObject({ param: "expires_at" });
  expect(await create({ expand: ["customer"] })).toMatchObject({ param: "expand" });
  const [line] = dayPass().line_items;
  expect(await create({ line_items: [{ ...line, quantity: 1.5 }] })).toMatchObject({
    code: "parameter_invalid_integer",
    param: "line_items[0][quantity]",
  });
  expect(await create({ metadata: { ["k".repeat(41)]: "v" } })).toMatchObject({ param: `metadata[${"k".repeat(41)}]` });
  expect(await failure(bench.stripe.checkout.sessions.retrieve("cs_test_none"))).toMatchObject({
    code: "resource_missing",
    statusCode: 404,
  });
  const stranger = new Stripe("sk_test_4eC39HqLyjWDarjtT1zdp7dc", {
    host: "127.0.0.1",
    port: bench.sandbox.port,
    protocol: "http",
  });
  expect(await failure(stranger.events.list())).toMatchObject({ statusCode: 401 });
});

test("one idempotency key does one thing: the same body replays, another is refused, and a restart does not forget", async () => {
  const first = await bench.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "pay-1" });
  const again = await bench.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "pay-1" });
  expect(again.id).toBe(first.id);
  expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  const conflict = await failure(
    bench.stripe.checkout.sessions.create({ ...dayPass(), client_reference_id: "inv_2" }, { idempotencyKey: "pay-1" }),
  );
  expect(conflict).toMatchObject({ rawType: "idempotency_error", statusCode: 400 });
  const other = await bench.stripe.checkout.sessions.create(dayPass(), {
    idempotencyKey: "pay-1",
    stripeAccount: "acct_a",
  });
  expect(other.id).not.toBe(first.id);

  await failure(
    bench.stripe.checkout.sessions.create({ ...dayPass(), success_url: "/x" }, { idempotencyKey: "pay-2" }),
  );
  await bench.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "pay-2" });

  bench = await bench.restart();
  expect((await bench.stripe.checkout.sessions.create(dayPass(), { idempotencyKey: "pay-1" })).id).toBe(first.id);
});

test("refunds in part add up to the payment and never beyond it", async () => {
  const payment_intent = (await paidSession()).payment_intent as string;
  const part = await bench.stripe.refunds.create({ payment_intent, amount: 10_000, reason: "requested_by_customer" });
  expect(part).toMatchObject({ amount: 10_000, status: "succeeded", currency: "cny" });
  const over = await failure(bench.stripe.refunds.create({ payment_intent, amount: 22_801 }));
  expect(over).toMatchObject({ param: "amount", statusCode: 400 });
  expect(over.message).toContain("greater than unrefunded amount");
  const rest = await bench.stripe.refunds.create({ payment_intent });
  expect(rest.amount).toBe(22_800);
  const done = await failure(bench.stripe.refunds.create({ payment_intent }));
  expect(done.code).toBe("charge_already_refunded");
  expect(await bench.stripe.refunds.retrieve(rest.id)).toMatchObject({ amount: 22_800 });
  await bench.sandbox.idle();
  const refunded = bench.hook.received.map(verify).filter((event) => event.type === "charge.refunded");
  expect(refunded.map((event) => (event.data.object as Stripe.Charge).amount_refunded)).toEqual([10_000, 32_800]);

  const unpaid = await bench.stripe.checkout.sessions.create(dayPass());
  await bench.control("POST", `sessions/${unpaid.id}/pay`, { number: "4000000000000002" });
  const intent = (await bench.stripe.checkout.sessions.retrieve(unpaid.id)).payment_intent as string;
  expect((await failure(bench.stripe.refunds.create({ payment_intent: intent }))).param).toBe("payment_intent");
});

test("connected accounts do not see each other's sessions, payments, refunds or events", async () => {
  const a = { stripeAccount: "acct_a" };
  const session = await bench.stripe.checkout.sessions.create(dayPass(), a);
  await bench.control("POST", `sessions/${session.id}/pay`, {});
  await bench.sandbox.idle();
  const paid = await bench.stripe.checkout.sessions.retrieve(session.id, {}, a);
  const payment_intent = paid.payment_intent as string;
  for (const other of [{ stripeAccount: "acct_b" }, {}]) {
    expect((await failure(bench.stripe.checkout.sessions.retrieve(session.id, {}, other))).statusCode).toBe(404);
    expect((await failure(bench.stripe.paymentIntents.retrieve(payment_intent, {}, other))).statusCode).toBe(404);
    expect((await failure(bench.stripe.refunds.create({ payment_intent }, other))).statusCode).toBe(404);
    expect((await bench.stripe.events.list({}, other)).data).toEqual([]);
  }
  expect(verify(bench.hook.received.at(-1)!).account).toBe("acct_a");
  expect((await failure(bench.stripe.events.list({}, { stripeAccount: "nobody" }))).statusCode).toBe(403);
});

test("a session expires at its time or when asked, cannot be paid after, and tells the webhook", async () => {
  const timed = await bench.stripe.checkout.sessions.create({ ...dayPass(), expires_at: nowSeconds() + 1_800 });
  const asked = await bench.stripe.checkout.sessions.create(dayPass());
  const page = await openPage(timed.url!);
  expect((await bench.stripe.checkout.sessions.expire(asked.id)).status).toBe("expired");
  expect((await failure(bench.stripe.checkout.sessions.expire(asked.id))).statusCode).toBe(400);
  bench.clock.ms += 1_800_000;
  expect((await page.post(GOOD_CARD)).status).toBe(410);
  await bench.sandbox.idle();
  expect(typesReceived()).toEqual(["checkout.session.expired", "checkout.session.expired"]);
});

test("a webhook that answers with an error is tried again, a bounded number of times, and survives a restart", async () => {
  bench.hook.statuses.push(500, 200, 200, 503, 503, 503);
  const session = await bench.stripe.checkout.sessions.create(dayPass());
  await bench.stripe.checkout.sessions.expire(session.id);
  await bench.sandbox.idle();
  expect(bench.hook.received).toHaveLength(1);
  bench = await bench.restart();
  await bench.sandbox.idle();
  expect(bench.hook.received).toHaveLength(2);
  const states = async () =>
    ((await bench.control("GET", "deliveries")) as { state: string }[]).map((one) => one.state);
  expect(await states()).toEqual(["delivered"]);

  bench.hook.statuses.splice(0, 1);
  const second = await bench.stripe.checkout.sessions.create(dayPass());
  await bench.stripe.checkout.sessions.expire(second.id);
  await bench.sandbox.idle();
  await bench.runLater();
  expect(await states()).toEqual(["delivered", "pending"]);
  await bench.runLater();
  expect(await states()).toEqual(["delivered", "failed"]);
  await bench.runLater();
  expect(bench.hook.received).toHaveLength(5);
});

test("an API call can be made to fail, to hang, or to lose its reply after success; the SDK's retry then pays no second time", async () => {
  await bench.control("POST", "faults", { kind: "api_500", path: "/v1/checkout" });
  expect((await failure(bench.stripe.checkout.sessions.create(dayPass()))).statusCode).toBe(500);
  await bench.control("POST", "faults", { kind: "api_hang" });
  const slow = await failure(bench.stripe.checkout.sessions.create(dayPass(), { timeout: 50 }));
  expect(slow.type).toBe("StripeConnectionError");

  const payment_intent = (await paidSession()).payment_intent as string;
  await bench.control("POST", "faults", { kind: "api_drop_reply", times: 2 });
  const lost = await failure(
    bench.stripe.refunds.create({ payment_intent, amount: 100 }, { idempotencyKey: "refund-1" }),
  );
  expect(lost.type).toBe("StripeConnectionError");
  const found = await bench.stripe.refunds.create({ payment_intent, amount: 100 }, { idempotencyKey: "refund-1" });
  expect(found.lastResponse.headers["idempotent-replayed"]).toBe("true");
  const charge = (await bench.stripe.paymentIntents.retrieve(payment_intent, { expand: ["latest_charge"] }))
    .latest_charge;
  expect((charge as Stripe.Charge).amount_refunded).toBe(100);
  expect(await bench.control("GET", "faults")).toEqual([]);
});

test("webhooks can be made to come twice, backwards, late, badly signed and stale", async () => {
  const faults = (kind: string) => bench.control("POST", "faults", { kind });
  await faults("hook_reorder");
  await paidSession();
  expect(typesReceived()).toEqual([
    "checkout.session.completed",
    "payment_intent.succeeded",
    "charge.succeeded",
    "payment_intent.created",
  ]);

  const expireOne = async () => {
    bench.hook.received.length = 0;
    await bench.stripe.checkout.sessions.expire((await bench.stripe.checkout.sessions.create(dayPass())).id);
    await bench.sandbox.idle();
    return bench.hook.received;
  };
  await faults("hook_duplicate");
  const [one, two, ...more] = await expireOne();
  expect(more).toEqual([]);
  expect(verify(one!).id).toBe(verify(two!).id);

  await faults("hook_delay");
  expect(await expireOne()).toHaveLength(0);
  await bench.runLater();
  expect(bench.hook.received).toHaveLength(1);

  for (const kind of ["hook_bad_signature", "hook_stale_timestamp"]) {
    await faults(kind);
    bench.hook.statuses.push(400);
    const [bad] = await expireOne();
    expect(() => verify(bad!)).toThrow(Stripe.errors.StripeSignatureVerificationError);
    await bench.runLater();
    expect(verify(bench.hook.received.at(-1)!).type).toBe("checkout.session.expired");
  }
});

test("everything answered is on disk before the answer: a copy of the file taken then holds it, and no draft is left", async () => {
  const session = await paidSession();
  const copy = `${bench.stateFile}.copy`;
  writeFileSync(copy, readFileSync(bench.stateFile));
  const twin = await openBench({ stateFile: copy });
  try {
    expect(await twin.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ payment_status: "paid" });
    const mine = await bench.stripe.events.list({ limit: 2 });
    expect(mine.has_more).toBe(true);
    const all = await bench.stripe.events.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
    expect(all).toHaveLength(4);
    expect(await twin.stripe.events.list({ type: "charge.succeeded" })).toMatchObject({
      data: [{ type: "charge.succeeded" }],
    });
  } finally {
    await twin.close();
  }
  expect(readdirSync(dirname(bench.stateFile)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  expect(existsSync(bench.stateFile)).toBe(true);
});

test("mounted under a prefix of another server, the hosted page and its form stay under that prefix", async () => {
  const late: { handle?: ReturnType<typeof sandboxHandler>["handle"] } = {};
  const server = createServer((request, response) => void late.handle?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const publicUrl = `http://127.0.0.1:${port}/sandbox`;
  const handler = sandboxHandler({ stateFile: `${bench.stateFile}.mounted`, publicUrl });
  late.handle = handler.handle;
  try {
    const stripe = new Stripe("sk_test_sandbox_mounted", { host: "127.0.0.1", port, protocol: "http" });
    const session = await stripe.checkout.sessions.create(dayPass());
    expect(session.url).toBe(`${publicUrl}/pay/${session.id}`);
    expect((await (await openPage(session.url!)).post(GOOD_CARD)).status).toBe(303);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await handler.close();
  }
});

const acme = () => bench.stripe.customers.create({ name: "湖畔鲜集", metadata: { company: "cmp_1" } });
/** Saves a card on the hosted page and gives its customer and the saved method. */
async function savedCard(number = "4242424242424242") {
  const customer = (await acme()).id;
  const session = await bench.stripe.checkout.sessions.create({
    mode: "setup",
    customer,
    currency: "cny",
    setup_intent_data: { metadata: { method: "pmt_1" } },
    success_url: "http://127.0.0.1:3000/saved",
  });
  await bench.control("POST", `sessions/${session.id}/pay`, { number });
  await bench.sandbox.idle();
  const done = bench.hook.received.map(verify).find((event) => event.type === "setup_intent.succeeded");
  const setup = done?.data.object as Stripe.SetupIntent;
  return { customer, session, setup, method: String(setup.payment_method) };
}
const intentFor = ({ customer, method }: { customer: string; method: string }) =>
  bench.stripe.paymentIntents.create({
    amount: 15_000,
    currency: "cny",
    customer,
    payment_method: method,
    allowed_payment_method_types: ["card"],
  });

test("a card saved on the hosted page is charged later without its holder, and never once it was taken away", async () => {
  const { customer, session, setup, method } = await savedCard();
  expect(session).toMatchObject({ mode: "setup", amount_total: null, payment_status: "no_payment_required" });
  expect(setup).toMatchObject({ status: "succeeded", customer, metadata: { method: "pmt_1" } });
  expect((await openPage(session.url!)).html).not.toContain("¥");
  const card = await bench.stripe.paymentMethods.retrieve(method);
  expect(card.card).toMatchObject({ brand: "visa", last4: "4242" });
  expect(JSON.stringify(card)).not.toContain("424242424242");
  const intent = await intentFor({ customer, method });
  expect(intent.status).toBe("requires_confirmation");
  const paid = await bench.stripe.paymentIntents.confirm(intent.id, { off_session: true });
  expect(paid).toMatchObject({ status: "succeeded", amount_received: 15_000, payment_method: method });
  expect(await failure(bench.stripe.paymentIntents.confirm(intent.id, { off_session: true }))).toMatchObject({
    code: "payment_intent_unexpected_state",
  });
  await bench.stripe.paymentMethods.detach(method);
  expect(await failure(intentFor({ customer, method }))).toMatchObject({ param: "payment_method" });
});

test("a saved card that is declined later answers 402 with its codes and the payment, and may be tried again", async () => {
  const saved = await savedCard("4000002760003184");
  const intent = await intentFor(saved);
  const declined = await failure(bench.stripe.paymentIntents.confirm(intent.id, { off_session: true }));
  expect(declined).toMatchObject({ rawType: "card_error", statusCode: 402, code: "authentication_required" });
  expect(declined.payment_intent).toMatchObject({ id: intent.id, status: "requires_payment_method" });
  await bench.control("POST", `methods/${saved.method}/decline`, { declineCode: "insufficient_funds" });
  const again = { off_session: true, payment_method: saved.method };
  expect(await failure(bench.stripe.paymentIntents.confirm(intent.id, again))).toMatchObject({
    code: "card_declined",
    decline_code: "insufficient_funds",
  });
  await bench.control("POST", `methods/${saved.method}/decline`, { declineCode: null });
  expect((await bench.stripe.paymentIntents.confirm(intent.id, again)).status).toBe("succeeded");
  await bench.sandbox.idle();
  expect(typesReceived().filter((type) => type === "payment_intent.payment_failed")).toHaveLength(2);
});

test("a disputed payment is told of, its money withdrawn with a fee, and given back when it was won", async () => {
  const intent = (await paidSession()).payment_intent as string;
  const opened = (await bench.control("POST", `intents/${intent}/dispute`, {})) as { id: string };
  await bench.control("POST", `disputes/${opened.id}/settle`, { status: "won" });
  await bench.sandbox.idle();
  const told = bench.hook.received.map(verify).filter(({ type }) => type.startsWith("charge.dispute."));
  expect(told.map(({ type }) => type.slice("charge.dispute.".length))).toEqual([
    ...["created", "funds_withdrawn", "funds_reinstated", "closed"],
  ]);
  const dispute = told.at(-1)?.data.object as Stripe.Dispute;
  expect(dispute).toMatchObject({ status: "won", amount: 32_800, payment_intent: intent });
  expect(dispute.balance_transactions.map(({ amount, fee }) => [amount, fee])).toEqual([
    [-32_800, 10_500],
    [32_800, 0],
  ]);
});
