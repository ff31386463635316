import { allItems } from "@yihao/table/dump";
import { PayStage } from "@yihao/testing/pay-stage";
import { afterEach, beforeEach, expect, it } from "vitest";
import { moveMoney } from "./company-move.ts";
import { consentText, consentVersion } from "./consent.ts";

let pay: PayStage;
beforeEach(async () => {
  pay = await PayStage.open();
});
afterEach(async () => {
  expect(await pay.stage.faults()).toEqual([]);
  expect(pay.failures).toEqual([]);
  await pay.close();
});

const due = "2026-12-03T00:00:30.000Z";
const path = "/pay/spaces/spc_test/methods";
const balance = async () =>
  (await pay.stage.ask("per_finance", "GET", `/companies/${pay.company}/balance`)).body as Record<string, number>;
const states = async () => (await pay.collection())?.attempts.map(({ state }) => state);

it("a company saves a card under words that are kept with who agreed and when; its number is nowhere with us", async () => {
  const [method, ...more] = await pay.save();
  expect(more).toEqual([]);
  expect(method).toMatchObject({ isDefault: true, card: { brand: "visa", last4: "4242", expYear: 2027 } });
  expect(method?.consent).toMatchObject({
    ...{ version: consentVersion, language: "zh", person: pay.payer, at: pay.stage.now, text: consentText("zh", "") },
  });
  const all = JSON.stringify(await allItems(pay.stage.table));
  expect(all).not.toContain("424242424242");
});

it("only a company's own people see and change its methods, and only its admins; words that changed are not agreed to", async () => {
  const [method] = await pay.save();
  const other = (await pay.stage.company("一盏灯饰")).replace("cmp_", "per_");
  const { ask, people } = pay.stage;
  people.set("per_member", { roles: [], companies: [{ company: pay.company, role: "member" }] });
  const say = ask.bind(pay.stage);
  expect(await pay.methods(other)).toEqual([]);
  expect(await pay.methods("per_member")).toHaveLength(1);
  for (const does of ["choose", "remove"]) {
    expect((await say(other, "POST", `${path}/${method?.id}/${does}`, {})).status).toBe(404);
    expect((await say("per_member", "POST", `${path}/${method?.id}/${does}`, {})).status).toBe(403);
    expect((await say("per_owner", "POST", `${path}/${method?.id}/${does}`, {})).status).toBe(403);
  }
  const old = await say<{ code: string }>(pay.payer, "POST", path, { language: "zh", consent: "2020-01" });
  expect([old.status, old.body.code]).toEqual([409, "method.consent"]);
  expect(await pay.methods()).toHaveLength(1);
});

it("what pays a bill is saved with it, whichever news comes first; the usual method is chosen and what is removed is forgotten by the provider", async () => {
  const wish = { language: "en", save: consentVersion };
  type Page = { url: string };
  const checkout = `/pay/spaces/spc_test/invoices/${pay.invoice}/checkout`;
  const plain = await pay.stage.ask<Page>(pay.payer, "POST", checkout, { language: "en" });
  const { body } = await pay.stage.ask<Page>(pay.payer, "POST", checkout, wish);
  expect(body.url).not.toBe(plain.body.url);
  await pay.onPage(body.url);
  await pay.tell((all) => all.reverse());
  expect(await pay.view()).toMatchObject({ state: "paid" });
  const [first] = await pay.methods();
  expect(first).toMatchObject({ isDefault: true, consent: { language: "en" } });
  const second = (await pay.save("5555555555554444")).find(({ isDefault }) => !isDefault);
  const chosen = await pay.stage.ask<{ items: unknown[] }>(pay.payer, "POST", `${path}/${second?.id}/choose`, {});
  expect(chosen.body.items).toMatchObject([{ id: second?.id, isDefault: true }, { isDefault: false }]);
  await pay.stage.ask(pay.payer, "POST", `${path}/${second?.id}/remove`, {});
  expect(await pay.methods()).toMatchObject([{ id: first?.id, isDefault: true }]);
  expect(await pay.ring()).toEqual([]);
  const at = (await pay.bench.control("GET", "methods")) as { customer: string | null }[];
  expect(at.map(({ customer }) => customer === null)).toEqual([false, true]);
});

it("a bill is collected on its due day, once, though answer and webhook both tell of it and the timer rings again", async () => {
  await pay.save();
  pay.at("2026-12-02T23:59:00.000Z");
  await pay.ring();
  expect(await pay.charged()).toEqual([]);
  pay.at(due);
  expect(await pay.ring()).toEqual([]);
  expect(await pay.tell()).toEqual(expect.not.arrayContaining(["applied", "500"]));
  await pay.ring();
  expect(await pay.charged()).toEqual([15_000]);
  expect(await pay.view()).toMatchObject({
    state: "paid",
    paidMinor: 15_000,
    collection: { state: "received", attempts: [{ state: "received", card: { last4: "4242" } }] },
    payments: [{ way: "hosted", state: "received", collected: { last4: "4242" } }],
  });
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
});

it("clocks that ring at once, the retry of finance and every webhook in parallel charge a bill once", async () => {
  await pay.save();
  await pay.ring();
  pay.at(due);
  const retry = () =>
    pay.stage.ask("per_finance", "POST", `/accounts/spaces/spc_test/collections/${pay.invoice}/retry`, {});
  const rings = await Promise.all([pay.ring(), pay.ring(), pay.ring(), retry(), retry()]);
  expect(rings.slice(0, 3)).toEqual([[], [], []]);
  const told = await pay.sent();
  await Promise.all([...told, ...told, ...told].map((one) => pay.deliver(one)));
  await Promise.all([pay.ring(), pay.ring()]);
  expect(await pay.charged()).toEqual([15_000]);
  expect(await pay.view()).toMatchObject({ state: "paid", paidMinor: 15_000, collection: { state: "received" } });
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
});

it("a refusal that may pass is tried again by the schedule, dunning waits so long, and the end is told to the company", async () => {
  await pay.save();
  const dunning = { on: true, levels: [{ afterDays: 1, suspends: false }], fee: { kind: "none" } };
  const at = "/accounts/spaces/spc_test/dunning-settings";
  expect((await pay.stage.raw("per_finance", at, { method: "PUT", body: dunning, match: 0 })).status).toBe(200);
  await pay.stage.settle();
  await pay.decline("insufficient_funds");
  const tries = ["2026-12-03", "2026-12-06", "2026-12-08", "2026-12-10"];
  for (const [n, day] of tries.entries()) {
    pay.at(`${day}T00:00:30.000Z`);
    await pay.ring();
    await pay.tell((all) => [...all, ...all].reverse());
    expect(await states()).toEqual(Array(n + 1).fill("declined"));
    pay.at(`${day}T01:00:30.000Z`);
    await pay.ring();
    const levels = (await allItems(pay.stage.table)).filter(
      ({ k, type }) => k === "evt" && type === "dunning.reminded",
    );
    expect(levels.length > 0).toBe(n === 3);
  }
  expect(await pay.collection()).toMatchObject({ state: "stopped", why: "exhausted" });
  expect(await pay.charged()).toEqual([]);
  // Saved anew, finance tries once more.
  await pay.decline(null);
  const again = await pay.stage.ask(
    "per_finance",
    "POST",
    `/accounts/spaces/spc_test/collections/${pay.invoice}/retry`,
    {},
  );
  expect(again.status).toBe(201);
  await pay.ring();
  expect(await pay.view()).toMatchObject({ state: "paid", collection: { state: "received" } });
  expect(await pay.charged()).toEqual([15_000]);
});

it("a card that asks for its holder is not tried again: the company is written to with where to pay", async () => {
  pay.stage.people.set(pay.payer, { roles: [], companies: [{ company: pay.company, role: "admin" }] });
  await pay.save("4000002760003184");
  pay.at(due);
  await pay.ring();
  expect(await pay.collection()).toMatchObject({
    ...{ state: "stopped", why: "action", attempts: [{ state: "declined", code: "authentication_required" }] },
  });
  pay.at("2026-12-20T00:00:30.000Z");
  await pay.ring();
  expect(await states()).toEqual(["declined"]);
});

it("who paid by hand is not charged, and an open page is shut before the card is charged", async () => {
  await pay.save();
  const checkout = `/pay/spaces/spc_test/invoices/${pay.invoice}/checkout`;
  pay.at("2026-12-02T23:50:00.000Z");
  const page = await pay.stage.ask<{ url: string }>(pay.payer, "POST", checkout, { language: "zh" });
  pay.at(due);
  // It is paid a moment before the day's collecting, and nobody has told us yet.
  await pay.onPage(page.body.url);
  await pay.ring();
  expect(await pay.charged()).toEqual([15_000]);
  await pay.tell();
  pay.at("2026-12-03T02:00:30.000Z");
  await pay.ring();
  expect(await pay.charged()).toEqual([15_000]);
  expect(await pay.view()).toMatchObject({ state: "paid" });
});

it("a company that turns out to be another takes its bills along and no saved card: nobody agreed to that", async () => {
  await pay.save();
  const into = await pay.stage.company("湖畔鲜集食品");
  await moveMoney(pay.stage.scope(), pay.company, { id: into, name: "湖畔鲜集食品" });
  expect(await pay.methods()).toEqual([]);
  expect(await pay.ring()).toEqual([]);
  pay.at(due);
  expect(await pay.ring()).toEqual([]);
  expect(await pay.charged()).toEqual([]);
  const kept = (await pay.bench.control("GET", "methods")) as { customer: string | null }[];
  expect(kept).toMatchObject([{ customer: null }]);
});

it("what was collected of a company that turns out to be another stands under the name that it has now", async () => {
  await pay.save();
  pay.at(due);
  await pay.ring();
  const into = await pay.stage.company("湖畔鲜集食品");
  await moveMoney(pay.stage.scope(), pay.company, { id: into, name: "湖畔鲜集食品" });
  const list = "/accounts/spaces/spc_test/collections?state=done";
  const { items } = (await pay.stage.ask<{ items: object[] }>("per_finance", "GET", list)).body;
  expect(items).toMatchObject([{ company: into, companyName: "湖畔鲜集食品", state: "received" }]);
});

it("Stripe answering 500 or nothing for an hour loses nothing and charges nobody twice", async () => {
  await pay.save();
  await pay.ring();
  pay.at(due);
  const fault = (kind: string, times: number, at: string) =>
    pay.bench.control("POST", "faults", { kind, times, path: at });
  // The charge is named, its name's answer is lost; then nothing works; then it is made and that answer is lost.
  await fault("api_drop_reply", 3, "/v1/payment_intents");
  expect(await pay.ring()).toHaveLength(1);
  expect(await states()).toEqual(["asked"]);
  await fault("api_500", 30, "/v1/");
  for (const minute of ["05", "35"]) {
    pay.at(`2026-12-03T00:${minute}:00.000Z`);
    expect(await pay.ring()).toHaveLength(1);
  }
  expect(await states()).toEqual(["asked"]);
  expect(await pay.charged()).toEqual([]);
  await pay.bench.control("DELETE", "faults");
  const [intent] = (await pay.bench.control("GET", "intents")) as { id: string }[];
  await fault("api_drop_reply", 3, `/v1/payment_intents/${intent?.id}/confirm`);
  pay.at("2026-12-03T00:45:00.000Z");
  expect(await pay.ring()).toHaveLength(1);
  expect(await pay.charged()).toEqual([15_000]);
  expect(await states()).toEqual(["asked"]);
  // Two days later the provider has forgotten the idempotency keys: the charge's own name still makes it once.
  pay.at("2026-12-05T00:00:00.000Z");
  expect(await pay.ring()).toEqual([]);
  expect(await pay.charged()).toEqual([15_000]);
  expect(await pay.view()).toMatchObject({ state: "paid", collection: { state: "received" } });
  expect((await pay.bench.control("GET", "intents")) as unknown[]).toHaveLength(1);
  expect(await pay.tell((all) => [...all, ...all].reverse())).not.toContain("applied");
  expect(await balance()).toMatchObject({ receivableMinor: 0, creditMinor: 0 });
});

it("news of a saved method and of a collection are applied once: doubled, in any order, a day late; forged and stale ones not at all", async () => {
  const asked = await pay.stage.ask<{ url: string }>(pay.payer, "POST", path, {
    language: "zh",
    consent: consentVersion,
  });
  await pay.onPage(asked.body.url);
  const all = await pay.sent();
  const saved = all.find(({ payload }) => payload.includes("setup_intent.succeeded"));
  if (!saved) throw new Error("nothing was told");
  const forged = { ...saved, signature: saved.signature.replace(/v1=./, "v1=0").replace(/.$/, "0") };
  expect(await pay.deliver(forged)).toBe("400");
  const then = saved.signature;
  pay.at("2026-11-24T02:43:00.000Z");
  expect(await pay.deliver({ payload: saved.payload, signature: then })).toBe("400");
  expect(await pay.methods()).toEqual([]);
  const outcomes = await Promise.all([saved, saved, saved].map(({ payload }) => pay.deliver({ payload })));
  expect(outcomes.filter((one) => one === "applied")).toHaveLength(1);
  expect(await pay.methods()).toHaveLength(1);
  await pay.stage.settle();
  // The charge is made and its answer lost for good: a day later the webhook alone tells of it, thrice.
  pay.at(due);
  await pay.bench.control("POST", "faults", { kind: "api_drop_reply", times: 100, path: "/v1/payment_intents/" });
  expect(await pay.ring()).toHaveLength(1);
  const told = await pay.sent();
  pay.at("2026-12-04T00:00:30.000Z");
  const results = await Promise.all(
    [...told, ...told, ...told].reverse().map(({ payload }) => pay.deliver({ payload })),
  );
  expect(results.filter((one) => one === "applied")).toHaveLength(1);
  expect(await pay.view()).toMatchObject({ state: "paid", collection: { state: "received" } });
  expect(await pay.charged()).toEqual([15_000]);
  await pay.bench.control("DELETE", "faults");
  expect(await pay.ring()).toEqual([]);
});
