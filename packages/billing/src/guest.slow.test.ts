import { checkBookings } from "@yihao/booking/check";
import type { GuestBooking, GuestQuote, PublicDay, PublicPage } from "@yihao/booking/guest-model";
import type { BookingRowView, Resource } from "@yihao/booking/model";
import { usualRules } from "@yihao/booking/model";
import { addResource } from "@yihao/booking/resource-actions";
import { listMail, type Mail } from "@yihao/identity/mail";
import { take } from "@yihao/kernel/outcome";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import type { Due } from "@yihao/table/due";
import { allItems } from "@yihao/table/dump";
import { type Answer, testApi } from "@yihao/testing/api";
import { told } from "@yihao/testing/booking-client";
import { type BookingWorld, bookingWorld } from "@yihao/testing/booking-world";
import { testAccounts, testDoors, testPapers, testPay } from "@yihao/testing/doors";
import { memoryFiles } from "@yihao/testing/files";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { reactions, timers } from "../../../functions/reactions.ts";
import { type Bench, KEY, openBench, SECRET } from "../../local/src/sandbox/testing.ts";
import { checkBilling } from "./check.ts";
import { providerTimers } from "./provider-timers.ts";
import { stripeProvider } from "./stripe.ts";
import { createWebhook } from "./webhook.ts";

let bench: Bench;
let table: Table;
let world: BookingWorld;
let room: Resource;
let pool: Resource;
let now: string;
let provider: ReturnType<typeof stripeProvider>;
let hear: () => Promise<number>;
const space = "spc_test";
const base = `/spaces/${space}`;
const day = "2026-11-24";
const ten = { from: `${day}T02:00:00.000Z`, until: `${day}T04:00:00.000Z` };

beforeEach(async () => {
  now = "2026-11-23T02:42:00.000Z";
  bench = await openBench();
  bench.clock.ms = Date.parse(now);
  const settings = { host: "127.0.0.1", port: bench.sandbox.port, protocol: "http" as const };
  provider = stripeProvider({ secretKey: KEY, webhookSecret: SECRET, ...settings });
  table = await freshTable();
  world = await bookingWorld(table, { rooms: 2, desks: 0 });
  hear = streamByHand(table, reactions, () => now);
  const common = { site: world.site.id, floor: world.floor as `flr_${string}`, state: "active" as const };
  const terms = { cancellation: { freeHours: 24, percent: 40 } };
  const open = { public: { priceMinor: 8000 } };
  const facts = { ...usualRules.room, ...common, kind: "room" as const, capacity: 8, code: "P1", name: "路演厅" };
  room = take(await addResource(scopeOf(table), { ...facts, ...terms, ...open }));
  const seats = {
    ...usualRules.pool,
    ...common,
    kind: "pool" as const,
    capacity: 1,
    units: 3,
    code: "HOT",
    name: "流动工位",
  };
  pool = take(await addResource(scopeOf(table), { ...seats, public: {} }));
});
afterEach(async () => {
  await hear();
  const items = await allItems(table);
  expect([...checkBilling(items), ...checkBookings(items), ...checkLedger(items)]).toEqual([]);
  table.close();
  await bench.close();
});

const pay = () => testPay(table, { now: () => now, provider, home: "http://127.0.0.1:3000" });
const guest = () => pay().as(undefined);
const owner = () =>
  testApi(table, {
    now: () => now,
    beside: {
      "/api/v1/pay/": pay().app,
      "/api/v1/doors/": testDoors(table, { now: () => now }).app,
      "/api/v1/accounts/": testAccounts(table),
    },
  }).as("per_owner");
async function letters() {
  const all: Mail[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMail(platformOf(table, { now }), cursor);
    all.push(...page.items);
    if (!page.next) return all;
    cursor = page.next;
  }
}
const lettersTo = async (email: string) =>
  (await letters()).filter(({ to }) => to === email).map(({ subject }) => subject);
const at = (minutes: number) => {
  now = new Date(Date.parse(now) + minutes * 60_000).toISOString();
  bench.clock.ms = Date.parse(now);
};
/** The schedule's round: every timer that is due, those of the provider too. */
const ring = async () => {
  const command = { id: "auto:sweep", print: "" };
  await sweep(platformOf(table, { now, command }), [...timers, ...providerTimers(provider, memoryFiles())], (error) => {
    throw error;
  });
  await hear();
};
/** The same for a day far ahead: a sweep would look into each hour in between. */
async function ringAll(): Promise<void> {
  for (const due of (await allItems(table)).filter(({ k, at: on }) => k === "due" && String(on) <= now))
    await timers.find(({ type }) => type === due.type)?.on(platformOf(table, { now }), due as unknown as Due);
}
async function codeFor(email: string): Promise<string> {
  expect((await guest().send("POST", `/guests/${space}/codes`, { email, language: "en" })).status).toBe(201);
  return (await letters()).find(({ to }) => to === email)?.subject.slice(0, 6) ?? "";
}
const person = (name: string, code: string) => ({
  ...{ name, email: `${name}@guest.example`, phone: "+86 139 0000 1111", code, language: "en", consent: true },
});
type Made = { booking: string; token: string; state: string };
async function book(name: string, wish: object, expectMinor: number, code?: string): Promise<Answer> {
  const known = code ?? (await codeFor(`${name}@guest.example`));
  const body = { ...wish, expectMinor, ...person(name, known) };
  return guest().send("POST", `/guests/${space}/bookings`, body, { "idempotency-key": `guest-${crypto.randomUUID()}` });
}
const seen = (token: string) => guest().read<GuestBooking>(`/guest-bookings/${token}`);
async function pageOf(token: string): Promise<string> {
  const { url } = (await guest().send("POST", `/guest-bookings/${token}/checkout`, {})).json<{ url: string }>();
  return url.split("/").at(-1)?.split("?")[0] ?? "";
}
const hook = () =>
  createWebhook({
    ...{ path: "/hook", provider, table, now: () => now },
    failed: (error) => {
      throw error;
    },
  });
/** Pays on the provider's page and brings its signed webhooks, twice as a provider may. */
async function pays(session: string): Promise<void> {
  await bench.control("POST", `sessions/${session}/pay`, {});
  await deliver();
}
async function deliver(): Promise<void> {
  await bench.sandbox.idle();
  for (const { payload, signature } of [...bench.hook.received, ...bench.hook.received.splice(0)])
    await hook().request("/hook", { method: "POST", headers: { "stripe-signature": signature }, body: payload });
  await hear();
}
/** What the provider tells of money that it gave back. */
async function refundsAtProvider(): Promise<number[]> {
  await bench.sandbox.idle();
  return bench.hook.received
    .map(({ payload }) => JSON.parse(payload) as { type: string; data: { object: { amount: number } } })
    .flatMap(({ type, data }) => (type === "refund.created" ? [data.object.amount] : []));
}
async function textOf(bytes: ArrayBuffer): Promise<string> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0, disableFontFace: true }).promise;
  const { items } = await (await file.getPage(1)).getTextContent();
  return items.map((item) => ("str" in item ? item.str : "")).join("");
}
const balances = async () => {
  const items = await allItems(table);
  const sum = (account: string) =>
    items
      .filter(({ k, book }) => k === "bal" && String(book).startsWith("money/"))
      .reduce((all, item) => all + Number(item[`a:${account}`] ?? 0), 0);
  return { receivable: sum("receivable"), credit: sum("credit") };
};

it("the public sees what is open to it, its price with tax and when it is taken, and nothing of whoever has it", async () => {
  expect(
    (
      await owner().send(
        "POST",
        `${base}/bookings`,
        { resource: room.id, ...ten, company: "cmp_one", expectMinor: 12000 },
        { "idempotency-key": "a-booking-1" },
      )
    ).status,
  ).toBe(201);
  const page = await guest().read<PublicPage>(`/guests/${space}`);
  expect(page.resources.map(({ code, priceMinor, by }) => [code, priceMinor, by])).toEqual([
    ["HOT", 4000, "day"],
    ["P1", 8000, "time"],
  ]);
  const answer = await guest().send("GET", `/guests/${space}/sites/${world.site.id}/days/${day}`);
  expect(answer.json<PublicDay>().resources[room.id]).toEqual({ busy: [[120, 144]] });
  expect(answer.text).not.toMatch(/bok_|cmp_|per_|公司/);
  const quote = async (wish: object) => guest().send("POST", `/guests/${space}/quotes`, wish);
  const lunch = { resource: room.id, from: `${day}T05:00:00.000Z`, until: `${day}T06:30:00.000Z` };
  expect((await quote(lunch)).json<GuestQuote>()).toMatchObject({ totalMinor: 12000, taxMinor: 679 });
  const taken = await quote({ resource: room.id, ...ten });
  expect(told(taken)).toEqual([409, "booking.taken"]);
  expect(taken.text).not.toMatch(/bok_|cmp_|per_|公司|R1/);
  // What is not open to the public is not there for it, nor is a space that opens nothing.
  expect((await quote({ resource: world.rooms[0]?.id, ...ten })).status).toBe(404);
  expect((await guest().send("GET", "/guests/spc_elsewhere")).status).toBe(404);
});

it("a guest proves the e-mail, holds, pays on the hosted page and is booked; cancelling late gives back what the terms leave, the way it came", async () => {
  expect(told(await book("ann", { resource: room.id, ...ten }, 16000, "000000"))).toEqual([409, "guest.code"]);
  const answer = await book("ann", { resource: room.id, ...ten }, 16000);
  const { token, state } = answer.json<Made>();
  expect([answer.status, state]).toEqual([201, "held"]);
  expect(await seen(token)).toMatchObject({ state: "held", holdUntil: "2026-11-23T02:57:00.000Z", paid: false });
  const session = await pageOf(token);
  expect(await pageOf(token)).toBe(session);
  await pays(session);
  expect(await seen(token)).toMatchObject({ state: "booked", paid: true, totalMinor: 16000 });
  expect(await balances()).toEqual({ receivable: 0, credit: 16000 });
  const made = (await letters()).find(({ subject }) => subject.startsWith("Booked"));
  expect(made).toMatchObject({ to: "ann@guest.example", invite: { method: "REQUEST" } });
  // Staff see it marked, reception expects its guest, and the members' list knows nobody.
  const agenda = await owner().read<{ items: BookingRowView[] }>(`${base}/sites/${world.site.id}/agenda?day=${day}`);
  expect(agenda.items).toMatchObject([{ personName: "ann", guest: true, state: "booked" }]);
  const visitors = await owner().read<{ items: object[] }>(`/doors${base}/visitors?day=${day}`);
  expect(visitors.items).toMatchObject([{ guest: { name: "ann" }, place: "P1", state: "expected" }]);
  expect((await owner().send("GET", `${base}/companies`)).text).not.toContain("ann");
  // The link of the letter is one to the booking too; 40 of 100 are kept within 24 hours.
  const mailed = made?.link?.split("/").at(-1) ?? "";
  const now1 = await seen(mailed);
  expect(now1.cancel).toMatchObject({ refundMinor: 9600, feeMinor: 6400 });
  const ended = await guest().send("POST", `/guest-bookings/${mailed}/cancel`, { rev: now1.rev });
  expect(ended.json<GuestBooking>()).toMatchObject({ state: "cancelled", refundMinor: 9600 });
  await hear();
  await ring();
  expect(await refundsAtProvider()).toEqual([9600]);
  expect(await balances()).toEqual({ receivable: 0, credit: 6400 });
  expect(await lettersTo("ann@guest.example")).toContainEqual(expect.stringMatching(/^Cancelled: P1/));
  // What is kept is billed once the day is over, and paid from what was paid ahead: nothing is open, nothing is left.
  at(60 * 24 * 9);
  await owner().command(`${base}/invoices/run`, { month: "2026-11" });
  await hear();
  const { items } = await owner().read<{ items: { id: string; totalMinor: number }[] }>(`${base}/invoices?state=draft`);
  expect(items).toMatchObject([{ totalMinor: 6400, companyName: "ann" }]);
  await owner().command(`${base}/invoices/${items[0]?.id}/finalise`, {});
  await hear();
  expect(await balances()).toEqual({ receivable: 0, credit: 0 });
  // Two months later nothing says who it was.
  at(60 * 24 * 60);
  await ringAll();
  const rest = JSON.stringify(
    (await allItems(table)).filter(({ k }) => ["bok", "cmp", "row", "fed", "vis"].includes(String(k))),
  );
  // Not within an id, which is made of any letters.
  expect(rest).not.toMatch(/(?<![a-z0-9])ann(?![a-z0-9])|139 0000/);
  expect((await guest().send("GET", `/guest-bookings/${token}`)).status).toBe(404);
});

it("a guest moves to what costs no more: the old time is free, the rest goes back, a fee that was due stays due, and every address finds it", async () => {
  const { token } = (await book("kim", { resource: room.id, ...ten }, 16000)).json<Made>();
  await pays(await pageOf(token));
  const { rev } = await seen(token);
  const ask = (what: string, body: object) => guest().send("POST", `/guest-bookings/${token}/${what}`, body);
  const long = { resource: room.id, from: ten.from, until: "2026-11-24T05:00:00.000Z" };
  const dearer = await ask("quote-move", long);
  expect([...told(dearer), dearer.json<{ params: object }>().params]).toEqual([
    ...[409, "guest.move-dearer", { moreMinor: 8000 }],
  ]);
  expect(told(await ask("move", { ...long, rev, expectMinor: 24000 }))).toEqual([409, "guest.move-dearer"]);
  // Half an hour later and half an hour shorter: its own time is not in its way.
  const short = { resource: room.id, from: "2026-11-24T02:30:00.000Z", until: ten.until };
  expect((await ask("quote-move", short)).json()).toMatchObject({ totalMinor: 12000, backMinor: 4000 });
  expect(told(await ask("move", { ...short, rev, expectMinor: 9000 }))).toEqual([409, "price-changed"]);
  const moved = (await ask("move", { ...short, rev, expectMinor: 12000 })).json<GuestBooking>();
  expect(moved).toMatchObject({ state: "booked", paid: true, from: short.from, totalMinor: 12000, movable: true });
  expect(told(await ask("move", { ...short, rev: 99, expectMinor: 12000 }))).toEqual([412, "stale"]);
  await hear();
  await ring();
  expect(await refundsAtProvider()).toEqual([4000]);
  expect(await balances()).toEqual({ receivable: 0, credit: 12000 });
  expect((await lettersTo("kim@guest.example")).sort().slice(1)).toEqual([
    ...[expect.stringMatching(/^Booked: P1/), expect.stringMatching(/^Moved: P1/)],
  ]);
  const visitors = await owner().read<{ items: { state: string; at: string }[] }>(`/doors${base}/visitors?day=${day}`);
  expect(visitors.items.map(({ state, at: when }) => [state, when]).sort()).toEqual([
    ["cancelled", ten.from],
    ["expected", short.from],
  ]);
  expect((await book("lea", { resource: room.id, from: ten.from, until: short.from }, 4000)).status).toBe(201);
  // The receipt tells what it was for as it is now, what came and what went back; a booking that nobody paid has none.
  const papers = testPapers(table);
  const receipt = await papers.request(`/api/v1/papers/guest-bookings/${token}/receipt?language=en`);
  expect([receipt.status, receipt.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const text = await textOf(await receipt.arrayBuffer());
  for (const said of ["Receipt", "P1 路演厅", "10:30–12:00", "¥120.00", "¥160.00", "¥40.00", "Online", "kim"])
    expect(text).toContain(said);
  const unpaid = (await book("mia", { resource: pool.id, day }, 4000)).json<Made>();
  expect((await papers.request(`/api/v1/papers/guest-bookings/${unpaid.token}/receipt`)).status).toBe(404);
  expect((await papers.request(`/api/v1/papers/guest-bookings/${"0".repeat(32)}/receipt`)).status).toBe(404);
  // A week on, nobody has moved out of the 40 of 100 that were due.
  const week = { resource: room.id, from: "2026-12-01T02:00:00.000Z", until: "2026-12-01T03:30:00.000Z" };
  const far = (await ask("move", { ...week, rev: moved.rev, expectMinor: 12000 })).json<GuestBooking>();
  expect(far.cancel).toMatchObject({ refundMinor: 7200, feeMinor: 4800 });
  expect((await ask("cancel", { rev: far.rev })).status).toBe(200);
  await hear();
  await ring();
  expect(await refundsAtProvider()).toEqual([4000, 7200]);
  expect(await balances()).toEqual({ receivable: 0, credit: 4800 });
});

it("of twenty guests who want one slot one holds it, the others are told what else there is; a hold that is not paid in time is free again", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `g${index}`);
  const codes = new Map<string, string>();
  for (const name of names) codes.set(name, await codeFor(`${name}@guest.example`));
  const answers = await Promise.all(
    names.map((name) => book(name, { resource: room.id, ...ten }, 16000, codes.get(name))),
  );
  const won = answers.filter(({ status }) => status === 201);
  expect(won.length).toBe(1);
  for (const lost of answers.filter((one) => one !== won[0])) {
    expect(told(lost)).toEqual([409, "booking.taken"]);
    expect(lost.json<{ params: { alternatives: { times: object[] } } }>().params.alternatives.times.length).toBe(3);
  }
  const { token } = won[0]?.json<Made>() ?? { token: "" };
  at(16);
  await ring();
  expect((await seen(token)).state).toBe("unpaid");
  expect(told(await guest().send("POST", `/guest-bookings/${token}/checkout`, {}))).toEqual([409, "booking.not-held"]);
  expect((await book("late", { resource: room.id, ...ten }, 16000)).status).toBe(201);
});

it("money that comes after the hold has ended has the slot while it is free, and goes back whole when it is not", async () => {
  const first = (await book("eva", { resource: room.id, ...ten }, 16000)).json<Made>();
  const session = await pageOf(first.token);
  await bench.control("POST", `sessions/${session}/pay`, {});
  at(16);
  await ring();
  expect((await seen(first.token)).state).toBe("unpaid");
  await deliver();
  expect(await seen(first.token)).toMatchObject({ state: "booked", paid: true });

  const later = { from: `${day}T06:00:00.000Z`, until: `${day}T08:00:00.000Z` };
  const second = (await book("ben", { resource: room.id, ...later }, 16000)).json<Made>();
  const other = await pageOf(second.token);
  await bench.control("POST", `sessions/${other}/pay`, {});
  at(16);
  await ring();
  expect((await book("cat", { resource: room.id, ...later }, 16000)).status).toBe(201);
  await deliver();
  expect((await seen(second.token)).state).toBe("unpaid");
  await ring();
  expect(await refundsAtProvider()).toEqual([16000]);
  expect(await balances()).toEqual({ receivable: 0, credit: 16000 });
  expect(await lettersTo("ben@guest.example")).toContainEqual(expect.stringMatching(/^Your payment goes back/));
  // A page that nobody paid is shut with its hold.
  const third = (await book("dan", { resource: pool.id, day }, 4000)).json<Made>();
  const shut = await pageOf(third.token);
  at(16);
  await ring();
  expect((await bench.stripe.checkout.sessions.retrieve(shut)).status).toBe("expired");
});

it("money that the provider will not give back is the guest's balance again, and two people find it on their list", async () => {
  const { token } = (await book("gus", { resource: pool.id, day }, 4000)).json<Made>();
  const session = await pageOf(token);
  await pays(session);
  const { payment_intent: intent } = await bench.stripe.checkout.sessions.retrieve(session);
  await bench.stripe.refunds.create({ payment_intent: String(intent) });
  const { rev } = await seen(token);
  expect((await guest().send("POST", `/guest-bookings/${token}/cancel`, { rev })).status).toBe(200);
  await hear();
  await ring();
  expect(await balances()).toEqual({ receivable: 0, credit: 4000 });
  const { items } = await owner().read<{ items: object[] }>(`/accounts${base}/approvals`);
  expect(items).toMatchObject([{ wish: { kind: "refund", amountMinor: 4000, way: "transfer" }, state: "proposed" }]);
});

it("what staff approve first is paid after their answer, with one letter each; what costs nothing is booked at once", async () => {
  const { calendar: _c, siteRev: _s, floorRev: _f, id, site: _site, kind: _kind, ...all } = room;
  const { rev: _, ...rest } = all as typeof all & { rev: number };
  const asks = { ...rest, approval: { of: "public" as const, waitHours: 12 } };
  const changed = await owner().send("PUT", `${base}/resources/${id}`, asks, { "if-match": '"1"' });
  expect([changed.status, changed.text]).toEqual([200, expect.anything()]);
  const asked = (await book("fay", { resource: room.id, ...ten }, 16000)).json<Made>();
  await hear();
  expect(asked.state).toBe("asked");
  expect(await lettersTo("per_owner@test.example")).toMatchObject([expect.stringMatching(/^待批：路演厅/)]);
  await owner().command(`${base}/bookings/${asked.booking}/answer`, { as: "approved" });
  await hear();
  expect(await seen(asked.token)).toMatchObject({ state: "held", holdUntil: "2026-11-24T02:42:00.000Z" });
  expect(await lettersTo("fay@guest.example")).toHaveLength(3);
  await pays(await pageOf(asked.token));
  expect((await seen(asked.token)).state).toBe("booked");
  expect(await lettersTo("fay@guest.example")).toHaveLength(4);
  // Staff read them in their language, and only as long as they want to.
  const mails = { requests: true, applications: false, tickets: false, language: "en" };
  expect((await owner().send("PUT", `${base}/staff-mails`, mails)).status).toBe(200);
  const another = { from: `${day}T08:00:00.000Z`, until: `${day}T09:00:00.000Z` };
  await book("hal", { resource: room.id, ...another }, 8000);
  await hear();
  const staff = await lettersTo("per_owner@test.example");
  expect(staff).toContainEqual(expect.stringMatching(/^To approve: 路演厅/));
  await owner().send("PUT", `${base}/staff-mails`, { ...mails, requests: false });
  const third = { from: `${day}T10:00:00.000Z`, until: `${day}T11:00:00.000Z` };
  await book("ida", { resource: room.id, ...third }, 8000);
  await hear();
  expect(await lettersTo("per_owner@test.example")).toHaveLength(staff.length);
});

it("the front desk sells a day pass in four fields: paid in cash they are here at once, by link once they have paid", async () => {
  const sell = (over: object) =>
    owner().send(
      "POST",
      `/pay${base}/day-passes`,
      {
        resource: pool.id,
        name: "甘露",
        contact: "139 0000 2222",
        way: "cash",
        expectMinor: 4000,
        language: "zh-CN",
        ...over,
      },
      { "idempotency-key": `pass-${crypto.randomUUID()}` },
    );
  const places = await owner().read<{ items: object[] }>(`/pay${base}/day-passes`);
  expect(places.items).toMatchObject([{ code: "HOT", left: 3, totalMinor: 4000 }]);
  expect((await sell({})).json()).toMatchObject({ state: "booked", totalMinor: 4000 });
  const link = (await sell({ name: "龙飞", contact: "long@guest.example", way: "link" })).json<{
    state: string;
    page: string;
  }>();
  expect(link.state).toBe("held");
  await hear();
  const today = () => owner().read<{ items: { guest: { name: string }; state: string }[] }>(`/doors${base}/visitors`);
  expect((await today()).items.map(({ guest, state }) => [guest.name, state])).toEqual([["甘露", "here"]]);
  await pays(await pageOf(link.page.split("/").at(-1) ?? ""));
  expect((await today()).items.map(({ state }) => state)).toEqual(["here", "here"]);
  expect((await sell({ name: "三", contact: "t3@guest.example" })).status).toBe(201);
  expect(told(await sell({ name: "四", contact: "t4@guest.example" }))).toEqual([409, "booking.taken"]);
  expect(await balances()).toEqual({ receivable: 0, credit: 12000 });
});

it("robots get nowhere: the hidden field is answered like a person's and sends nothing, and an address that asks too often waits", async () => {
  const code = (email: string, website = "") =>
    guest().send("POST", `/guests/${space}/codes`, { email, language: "en", website });
  expect((await code("bot@guest.example", "http://spam.example")).status).toBe(201);
  expect(await letters()).toEqual([]);
  for (let count = 0; count < 6; count += 1) await code("one@guest.example");
  expect(told(await code("one@guest.example"))).toEqual([429, "guest.too-many"]);
  let last = await code("x@guest.example");
  for (let count = 0; count < 40 && last.status === 201; count += 1) last = await code(`x${count}@guest.example`);
  expect(told(last)).toEqual([429, "guest.too-many"]);
});

it("a guest waits for what is taken: the first in line has it held for two hours and a letter to pay, unpaid it goes to the next; who left is passed over; a replay waits once", async () => {
  const first = (await book("first", { resource: room.id, ...ten }, 16_000)).json<Made>();
  await pays(await pageOf(first.token));
  const wish = { resource: room.id, ...ten };
  const quoted = await guest().send("POST", `/guests/${space}/wait-quotes`, wish);
  expect(quoted.json()).toMatchObject({ totalMinor: 16_000, ahead: 0 });
  const free = { resource: room.id, from: `${day}T05:00:00.000Z`, until: `${day}T06:00:00.000Z` };
  expect((await guest().send("POST", `/guests/${space}/wait-quotes`, free)).json()).toMatchObject({
    code: "wait.free",
  });
  const wait = async (name: string, key = `wait-${name}-0001`) => {
    const body = { ...wish, expectMinor: 16_000, ...person(name, await codeFor(`${name}@guest.example`)) };
    const answers = [];
    for (let times = 0; times < 2; times += 1)
      answers.push(await guest().send("POST", `/guests/${space}/waits`, body, { "idempotency-key": key }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    return answers.map((answer) => answer.json<{ token: string }>().token);
  };
  const [left] = await wait("left");
  const [lazy, lazyAgain] = await wait("lazy");
  const [keen] = await wait("keen");
  await hear();
  for (const [token, ahead] of [
    [left, 0],
    [lazy, 1],
    [lazyAgain, 1],
    [keen, 2],
  ] as const)
    expect(await guest().read(`/guest-waits/${token}`)).toMatchObject({ code: "P1", ahead, totalMinor: 16_000 });
  expect((await guest().send("POST", `/guest-waits/${left}/leave`, undefined)).status).toBe(204);
  expect((await guest().send("GET", `/guest-waits/${left}`)).status).toBe(404);
  const { rev } = await seen(first.token);
  await guest().send("POST", `/guest-bookings/${first.token}/cancel`, { rev });
  await hear();
  const turn = async (name: string) =>
    (await lettersTo(`${name}@guest.example`)).some((subject) => subject.startsWith("Your turn, to be paid: P1"));
  expect([await turn("left"), await turn("lazy"), await turn("keen")]).toEqual([false, true, false]);
  expect((await guest().send("GET", `/guest-waits/${lazy}`)).status).toBe(404);
  expect((await book("other", wish, 16_000)).json()).toMatchObject({ code: "booking.taken" });
  at(119);
  await ring();
  expect(await turn("keen")).toBe(false);
  at(2);
  await ring();
  expect(await turn("keen")).toBe(true);
  const letter = (await letters()).find(({ to, subject }) => to === "keen@guest.example" && subject.startsWith("Your"));
  const token = letter?.link?.split("/").at(-1) ?? "";
  expect(await seen(token)).toMatchObject({ state: "held", name: "keen", totalMinor: 16_000 });
  await pays(await pageOf(token));
  expect(await seen(token)).toMatchObject({ state: "booked", paid: true });
});
