import { mailKind } from "@yihao/identity/mail";
import type { Member } from "@yihao/identity/model";
import { memberKey, memberKind, spaceKey, spaceKind } from "@yihao/identity/store";
import { newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { insert } from "@yihao/table/write";
import { testApi } from "@yihao/testing/api";
import { memoryFiles, testFiles } from "@yihao/testing/files";
import { PayStage } from "@yihao/testing/pay-stage";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { addUsage } from "@yihao/usage/store";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkPlatformBills } from "./check-platform.ts";
import { consentVersion } from "./consent.ts";
import { fapiaoRows, platformItem } from "./fapiao.ts";
import type { MethodView } from "./method-model.ts";
import { drawPlatformBills } from "./platform-draw.ts";
import type { PlatformBill, PlatformBills, PlatformFapiao } from "./platform-model.ts";

let pay: PayStage;
beforeEach(async () => {
  pay = await PayStage.open();
});
afterEach(async () => {
  expect(checkPlatformBills(await allItems(pay.stage.table))).toEqual([]);
  await pay.close();
});

const prices = [{ from: "2026-11", baseMinor: 29_900, companyMinor: 1_200 }];
const path = "/pay/spaces/spc_test/platform-bills";
const other = "spc_other" as SpaceId;
const failed: unknown[] = [];
const draw = () =>
  drawPlatformBills(platformOf(pay.stage.table, { now: pay.stage.now }), prices, (error) => failed.push(error));
const bills = async () => (await pay.stage.ask<{ items: PlatformBill[] }>("per_owner", "GET", path)).body.items;
const asked = (month = "2026-11", language = "zh") =>
  pay.stage.ask<{ payment: string; url: string }>("per_owner", "POST", `${path}/${month}/checkout`, { language });

/** Two spaces that used the platform in November, the first with one company. */
async function used(): Promise<void> {
  for (const space of ["spc_test" as SpaceId, other]) {
    const scope = scopeOf(pay.stage.table, { space });
    const facts = { id: space, name: space, language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" } as const;
    await commit(scope, [insert(spaceKey(scope), spaceKind, { ...facts, createdAt: scope.now })], { answer: null });
    const counts = { read: 1, write: 1, calls: 1, ms: 1 };
    await addUsage(platformOf(pay.stage.table), space, "2026-11-23", counts);
  }
}

/** Somebody who owns the space, to be written to. */
async function ownerJoins(): Promise<void> {
  const scope = scopeOf(pay.stage.table);
  const owner: Member = {
    ...{ person: "per_owner", email: "owner@test.example", name: "周敏", roles: ["owner"], companies: [] },
    joinedAt: scope.now,
  };
  await commit(scope, [insert(memberKey(scope, owner.person), memberKind, owner)], { answer: null });
}

it("a month is drawn once for each space, whoever draws at one moment and however often, and each space sees its own alone", async () => {
  await used();
  pay.at("2026-12-01T23:59:00.000Z");
  expect(await draw()).toBe(0);
  pay.at("2026-12-02T00:01:00.000Z");
  const drawn = await Promise.all([draw(), draw(), draw()]);
  expect(drawn.reduce((all, one) => all + one, 0)).toBe(2);
  expect([await draw(), failed]).toEqual([0, []]);
  const sum = { month: "2026-11", baseMinor: 29_900, companyMinor: 1_200, state: "open", paidMinor: 0 };
  expect(await bills()).toMatchObject([{ ...sum, companies: 1, amountMinor: 31_100 }]);
  expect((await pay.stage.ask("per_finance", "GET", path)).status).toBe(403);
  expect((await pay.stage.ask(pay.payer, "GET", path)).status).toBe(403);

  const { as } = testApi(pay.stage.table, { now: () => pay.stage.now });
  const owner = as("per_platform" as PersonId);
  const all = (await owner.send("GET", "/platform/bills")).json<PlatformBills>();
  expect(all).toMatchObject({ month: "2026-11", amountMinor: 61_000, paidMinor: 0 });
  expect(all.items.map(({ number }) => number)).toEqual(["PT-202611-0001", "PT-202611-0002"]);
  expect(all.items.map(({ space, companies }) => `${space} ${companies}`).sort()).toEqual([
    "spc_other 0",
    "spc_test 1",
  ]);
  expect((await owner.send("GET", "/platform/bills?month=2026-10")).json<PlatformBills>().items).toEqual([]);
  expect((await as("per_owner" as PersonId).send("GET", "/platform/bills")).status).toBe(404);
  expect((await as(undefined).send("GET", "/platform/bills")).status).toBe(401);
});

it("a bill is paid once into the platform's own account under asks at one moment and doubled, reversed webhooks", async () => {
  await used();
  pay.at("2026-12-02T00:01:00.000Z");
  await draw();
  expect((await asked("2026-10")).status).toBe(404);
  const answers = await Promise.all([asked(), asked(), asked()]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  const urls = new Set(answers.map(({ body }) => body.url));
  expect(urls.size).toBe(1);
  // In another language it is another page, and the first is shut.
  const english = (await asked("2026-11", "en")).body.url;
  expect(urls.has(english)).toBe(false);
  await pay.onPage(english);
  const done = await pay.tell((all) => [...all, ...all].reverse());
  expect(done.filter((one) => one === "applied").length).toBeGreaterThan(0);
  const paid = { state: "paid", paidMinor: 31_100, paidAt: pay.stage.now };
  expect(await bills()).toMatchObject([paid]);
  expect((await asked()).body).toMatchObject({ code: "invoice.nothing-open" });
  const intents = (await pay.bench.control("GET", "intents")) as { account: string | null; feeMinor: number | null }[];
  expect(intents.every(({ account, feeMinor }) => account === null && !feeMinor)).toBe(true);
  const { as } = testApi(pay.stage.table, { now: () => pay.stage.now });
  const all = (await as("per_platform" as PersonId).send("GET", "/platform/bills")).json<PlatformBills>();
  expect(all).toMatchObject({ amountMinor: 61_000, paidMinor: 31_100 });
});

const methods = "/pay/spaces/spc_test/platform-methods";
/** The owner saves a card for the platform's bills, and a member list has whom to write to. */
async function saveCard(): Promise<MethodView[]> {
  const wish = { language: "zh", consent: consentVersion };
  const page = await pay.stage.ask<{ url: string }>("per_owner", "POST", methods, wish);
  await pay.onPage(page.body.url);
  await pay.tell();
  return (await pay.stage.ask<{ items: MethodView[] }>("per_owner", "GET", methods)).body.items;
}
const letters = async () =>
  (await allItems(pay.stage.table)).filter(({ k }) => k === mailKind.name).map(({ subject }) => String(subject));
const due = "2026-12-12T00:00:30.000Z";

it("a bill is collected from the card that the owner saved for the platform, once on its due day, however often it rings and news doubles", async () => {
  await used();
  const [card] = await saveCard();
  expect(card).toMatchObject({ isDefault: true, card: { last4: "4242" } });
  expect(card?.consent.text).toContain("壹号平台");
  expect(await pay.methods()).toEqual([]);
  for (const person of ["per_finance", pay.payer])
    expect((await pay.stage.ask(person, "GET", methods)).status).toBe(403);
  pay.at("2026-12-02T00:01:00.000Z");
  await draw();
  expect(await pay.ring()).toEqual([]);
  expect(await pay.charged()).toEqual([]);
  const open = (await asked()).body.url;
  pay.at(due);
  expect(await pay.ring()).toEqual([]);
  await pay.tell((all) => [...all, ...all].reverse());
  await pay.ring();
  expect(await pay.charged()).toEqual([31_100]);
  expect(await bills()).toMatchObject([
    { state: "paid", paidMinor: 31_100, dueOn: "2026-12-12", collection: { state: "received" } },
  ]);
  expect((await fetch(open)).status).toBe(410);
});

it("a card that is refused is tried again by the schedule, the owners are told when it ends, and an open bill is reminded of at each level once", async () => {
  await used();
  await ownerJoins();
  await saveCard();
  pay.at("2026-12-02T00:01:00.000Z");
  await draw();
  await pay.decline("insufficient_funds");
  for (let day = 12; day <= 31; day += 1) {
    pay.at(`2026-12-${day}T00:30:00.000Z`);
    expect(await pay.ring()).toEqual([]);
    await pay.tell();
  }
  const [bill] = await bills();
  expect(bill).toMatchObject({ state: "open", collection: { state: "stopped", why: "exhausted" } });
  expect(bill?.collection?.attempts.map(({ at }) => at.slice(0, 10))).toEqual([
    ...["2026-12-12", "2026-12-15", "2026-12-17", "2026-12-19"],
  ]);
  // Stopped on the 19th and reminded from then on: a level at a time, no nearer than the levels lie apart.
  expect(bill?.reminded).toMatchObject({ level: 3 });
  expect((await letters()).map((subject) => subject.slice(0, 4)).sort()).toEqual([
    ...["付款提醒", "付款提醒", "付款提醒", "平台费没"],
  ]);
  await pay.onPage((await asked()).body.url);
  await pay.tell();
  expect(await bills()).toMatchObject([{ state: "paid" }]);
});

it("news of a space's own account pays nothing of the platform, whatever its notes say", async () => {
  await used();
  pay.at("2026-12-02T00:01:00.000Z");
  await draw();
  const { payment } = (await asked()).body;
  const payload = (account: object) =>
    JSON.stringify({
      ...{ id: `evt_${JSON.stringify(account).length}`, object: "event", type: "payment_intent.succeeded" },
      ...{ created: 1_796_169_660, ...account },
      data: {
        object: { id: "pi_1", metadata: { space: "spc_test", payment }, amount_received: 31_100, currency: "cny" },
      },
    });
  expect(await pay.deliver({ payload: payload({ account: "acct_of_the_space" }) })).toBe("ignored");
  expect(await bills()).toMatchObject([{ state: "open" }]);
  expect(await pay.deliver({ payload: payload({}) })).toBe("applied");
  expect(await pay.deliver({ payload: payload({}) })).toBe("known");
  expect(await bills()).toMatchObject([{ state: "paid", paidMinor: 31_100 }]);
});

it("the fapiao of a bill is asked for by the space's owner, once at a time, issued and red-inked by the platform's alone, each number once over all spaces, and its file comes to the space", async () => {
  await used();
  pay.at("2026-12-02T00:01:00.000Z");
  await draw();
  const accounts = "/accounts/spaces/spc_test";
  const ask = (person = "per_owner", month = "2026-11") =>
    pay.stage.ask<PlatformFapiao & { code: string }>(person, "POST", `${accounts}/platform-bills/${month}/fapiao`, {});
  expect((await ask("per_finance")).status).toBe(403);
  expect((await ask("per_owner", "2026-10")).status).toBe(404);
  const title = { title: "淮海壹号众创空间", taxNumber: "", address: "", phone: "", bank: "", account: "", email: "" };
  const put = (kind: string, match: number) =>
    pay.stage.raw("per_owner", `${accounts}/platform-fapiao-title`, { method: "PUT", body: { ...title, kind }, match });
  expect([(await put("special", 0)).status, (await put("special", 0)).status]).toEqual([200, 412]);
  expect((await ask()).body.code).toBe("fapiao.tax-number");
  expect((await put("ordinary", 1)).status).toBe(200);
  const asks = await Promise.all([ask(), ask(), ask()]);
  expect(asks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);

  const { as } = testApi(pay.stage.table, { now: () => pay.stage.now });
  const platform = as("per_platform" as PersonId);
  const waiting = async () => (await platform.send("GET", "/platform/fapiao")).json<PlatformBills>().items;
  // The platform's list hears of it: a space writes nothing there itself.
  expect(await waiting()).toEqual([]);
  await pay.stage.settle(2);
  expect(await waiting()).toMatchObject([{ space: "spc_test", month: "2026-11", fapiao: [{ state: "requested" }] }]);
  const [row] = await waiting();
  const rows = fapiaoRows(
    (row?.fapiao ?? []).map((one) => ({ ...one, invoiceNumber: row?.number ?? "" })),
    () => platformItem,
  );
  expect(rows[1]).toEqual(expect.arrayContaining([platformItem, "311.00", "6%", "17.60"]));

  const step = (wish: object, person = "per_platform", space = "spc_test") =>
    as(person as PersonId).send("POST", `/platform/fapiao/${space}/2026-11/step`, wish, {
      "idempotency-key": newId("key"),
    });
  const issue = { does: "issue", number: "26312000000000000001", on: "2026-12-02" };
  expect((await step(issue, "per_owner")).status).toBe(404);
  expect((await step(issue, "per_platform", "spc_other")).status).toBe(404);
  const files = memoryFiles();
  const links = testFiles(pay.stage.table, files, () => pay.stage.now);
  const pdf = new TextEncoder().encode("%PDF-1.7 fapiao");
  const file = { name: "发票.pdf", bytes: pdf.length };
  const key = () => ({ "idempotency-key": newId("key") });
  const link = () => links("per_platform").send("POST", "/files/platform/fapiao/spc_test/2026-11", file, key());
  expect((await link()).status).toBe(404);
  expect((await step(issue)).status).toBe(201);
  expect((await step(issue)).json()).toMatchObject({ code: "fapiao.state" });
  expect(await waiting()).toEqual([]);
  const { url } = (await link()).json<{ url: string }>();
  const done = () => links("per_platform").send("POST", "/files/platform/fapiao/spc_test/2026-11/done", file, key());
  expect((await done()).status).toBe(404);
  files.kept.set(url.replace("memory:", ""), pdf);
  expect((await done()).status).toBe(201);
  expect((await links("per_owner").send("POST", "/files/platform/fapiao/spc_test/2026-11", file, key())).status).toBe(
    404,
  );
  await ownerJoins();
  const fetched = await links("per_owner").send("GET", "/files/spaces/spc_test/platform-bills/2026-11/fapiao");
  expect([fetched.status, fetched.json<{ url: string }>().url]).toEqual([200, url]);
  expect(await bills()).toMatchObject([{ fapiao: [{ state: "issued", number: issue.number, file }] }]);

  const red = { does: "red-ink", number: "26312000000000000002", on: "2026-12-03", reason: "抬头有误" };
  expect((await step({ ...red, number: issue.number })).json()).toMatchObject({ code: "fapiao.number-used" });
  expect((await step(red)).status).toBe(201);
  // What was red-inked stays on the bill, and it may be asked for anew.
  expect((await ask()).status).toBe(201);
  expect(
    (await pay.stage.ask("per_owner", "POST", `${accounts}/platform-bills/2026-11/fapiao/withdraw`, {})).status,
  ).toBe(201);
  await pay.stage.settle(2);
  expect(await waiting()).toEqual([]);
  expect((await bills())[0]?.fapiao?.map(({ state }) => state)).toEqual(["red-inked", "withdrawn"]);
});
