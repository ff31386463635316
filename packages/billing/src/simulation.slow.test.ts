import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { usualRules } from "@yihao/booking/model";
import { releaseNoShow } from "@yihao/booking/no-show-actions";
import { shownOf } from "@yihao/booking/pay";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { asSystem } from "@yihao/kernel/scope";
import { sellPack } from "@yihao/members/pack-actions";
import { startSubscription } from "@yihao/members/subscription-actions";
import { addPack, addPlan } from "@yihao/pricing/actions";
import type { RateCard } from "@yihao/pricing/model";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { BillingStage } from "@yihao/testing/billing-stage";
import { type BookingWorld, bookingWorld } from "@yihao/testing/booking-world";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import { checkBilling } from "./check.ts";
import { sellDayPass } from "./day-pass.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { guests, simulateMonth, sumsBy, sumsOf, type Wanted } from "./simulation.ts";
import type { UsedBooking, UsedPlan } from "./simulation-model.ts";

let stage: BillingStage;
let world: BookingWorld;
let queries = 0;
beforeEach(async () => {
  const through: NonNullable<NonNullable<Parameters<typeof BillingStage.open>[0]>["through"]> = (call, send) => {
    if (call instanceof QueryCommand) queries += 1;
    return send(call);
  };
  stage = await BillingStage.open({ reactions, through });
  world = await bookingWorld(stage.table, { rooms: 2, desks: 2, companies: 1 });
});
afterEach(async () => {
  expect(checkBilling(await allItems(stage.table))).toEqual([]);
  stage.table.close();
});

const month = "2026-12";
const rates: RateCard["rates"] = [
  { name: "周末", kinds: ["room"], weekdays: [6, 7], price: { percent: 150 } },
  { name: "会员", kinds: ["room"], member: true, price: { percent: 90 } },
];

const owner = () => testApi(stage.table, { now: () => stage.now }).as("per_owner" as PersonId);
const send = async <T>(
  method: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<T> => {
  const answer = await owner().send(method, `/spaces/spc_test${path}`, body, {
    "idempotency-key": newId("key"),
    ...headers,
  });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json<T>();
};
const revOf = async (path: string) => (await owner().send("GET", `/spaces/spc_test${path}`)).headers.get("etag") ?? "";

type Made = { id: string; rev: number };
type Quoted = { quote: Parameters<typeof shownOf>[0] };
async function book(company: string, resource: string, when: object): Promise<Made> {
  const wish = { company, resource, ...when };
  const { quote } = await send<Quoted>("POST", "/quotes/booking", wish);
  return send<Made>("POST", "/bookings", { ...wish, ...shownOf(quote) });
}
const hours = (day: string, from: number, until: number) => ({
  from: `${day}T${String(from - 8).padStart(2, "0")}:00:00.000Z`,
  until: `${day}T${String(until - 8).padStart(2, "0")}:00:00.000Z`,
});

const all = async <T>(path: string, more = "", limit = 200): Promise<T[]> => {
  const found: T[] = [];
  for (let cursor = ""; ; ) {
    const query = `limit=${limit}${more}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
    const answer = await stage.ask<{ items: T[]; next: string | null }>("per_finance", "GET", `${path}?${query}`);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    found.push(...answer.body.items);
    if (!answer.body.next) return found;
    cursor = answer.body.next;
  }
};
const simulation = (what: string) => `/accounts/spaces/spc_test/simulation/${month}/${what}`;
/** What the browser reads, and what it makes of it. */
async function simulated(wanted: Wanted) {
  const [bookings, plans] = [await all<UsedBooking>(simulation("bookings")), await all<UsedPlan>(simulation("plans"))];
  const { card } = (await owner().send("GET", "/spaces/spc_test/rate-card")).json<{ card: RateCard }>();
  return simulateMonth({ month, card, bookings, plans, dues: [], goods: [], tariffs: [] }, wanted);
}

const place = (kind: "room" | "pool", code: string, facts: object) => {
  const common = { ...usualRules[kind], site: world.site.id, floor: world.floor, kind, code, name: code, capacity: 6 };
  return send<{ id: `res_${string}` }>("POST", "/resources", { ...common, state: "active", ...facts });
};

/** Two companies with a plan, one of them with prices of its own for rooms and plan, one without a plan, and a month of what they book, move and cancel. */
async function aMonth() {
  const card = (await owner().send("GET", "/spaces/spc_test/rate-card")).json<{ card: RateCard }>().card;
  await send("PUT", "/rate-card", { ...card, rates }, { "if-match": await revOf("/rate-card") });
  const planned = await addPlan(stage.scope(), {
    ...{ name: "团队", monthlyMinor: 310_00, allowances: { roomMinutes: 120 } },
  });
  if (!planned.ok) throw new Error(planned.refusal.code);
  const [own, member, plain] = [await stage.company("甲"), await stage.company("乙"), await stage.company("丙")];
  const plan = planned.value.id;
  await startSubscription(stage.scope(), own, {
    ...{ plan, from: "2026-12-01", agreed: { name: "创业价", monthlyMinor: 155_00 } },
  });
  await startSubscription(stage.scope(), member, { plan, from: "2026-12-01" });
  const agreed = { name: "协议", kind: "room", price: { percent: 80 }, from: "2026-12-01" };
  await send("PUT", `/companies/${own}/prices`, { prices: [agreed] }, { "if-match": await revOf(`/companies/${own}`) });
  await stage.settle();
  const [room, other] = world.rooms.map(({ id }) => id);
  const [desk] = world.desks.map(({ id }) => id);
  if (!room || !other || !desk) throw new Error("no places");
  const strict = await place("room", "R9", { cancellation: { freeHours: 24, percent: 50 } });
  // Of its own: three hours, two of the plan, one at 60 × 90 % × 80 %.
  await book(own, room, hours("2026-12-08", 10, 13));
  // Two hours that the plan pays whole, and one more on a Saturday.
  await book(member, room, hours("2026-12-09", 10, 12));
  await book(member, room, hours("2026-12-12", 10, 11));
  await book(plain, room, hours("2026-12-10", 14, 16));
  await book(plain, desk, { day: "2026-12-10" });
  const moved = await book(plain, room, hours("2026-12-14", 9, 10));
  const move = { resource: other, ...hours("2026-12-15", 9, 12), rev: moved.rev };
  const { rev: _rev, ...elsewhere } = move;
  const asked = await send<Quoted>("POST", `/bookings/${moved.id}/quote-move`, elsewhere);
  await send("POST", `/bookings/${moved.id}/move`, { ...move, ...shownOf(asked.quote) });
  const free = await book(plain, other, hours("2026-12-16", 9, 10));
  await send("POST", `/bookings/${free.id}/cancel`, { rev: free.rev });
  const late = await book(plain, strict.id, hours("2026-12-17", 9, 11));
  const waived = await book(plain, strict.id, hours("2026-12-17", 13, 15));
  const before = await book(plain, strict.id, hours("2026-12-18", 13, 15));
  // A year of other months beside it.
  await book(plain, room, hours("2027-01-05", 10, 12));
  stage.now = "2026-12-16T09:00:00.000Z";
  await send("POST", `/bookings/${late.id}/cancel`, { rev: late.rev, fee: "company" });
  await send("POST", `/bookings/${waived.id}/cancel`, { rev: waived.rev, fee: "space", reason: "空调坏了" });
  await send("POST", `/bookings/${before.id}/cancel`, { rev: before.rev });
  stage.now = "2027-01-02T02:00:00.000Z";
  await stage.settle();
  return { own, member, plain, plan, room };
}

async function billed(): Promise<Map<string, number>> {
  await stage.ask("per_finance", "POST", "/invoices/run", { month });
  await stage.settle();
  const drafts = await all<{ id: string }>("/invoices", "&state=draft");
  const sums = new Map<string, number>();
  for (const { id } of drafts) {
    const { body } = await stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${id}`);
    sums.set(body.company, (sums.get(body.company) ?? 0) + body.totalMinor);
  }
  return sums;
}

describe("a month's simulation", () => {
  it("at today's unchanged prices is what was charged, company by company to the fen: own and agreed prices, credits, a move, and what was kept of what was cancelled", async () => {
    const { own, member, plain } = await aMonth();
    const lines = await simulated({});
    const bills = await billed();
    const sums = new Map(sumsBy(lines, ({ company }) => company).map((one) => [one.key, one]));
    for (const company of [own, member, plain]) {
      const { nowMinor, todayMinor, thenMinor } = sums.get(company) ?? sumsOf([]);
      expect([nowMinor, todayMinor, thenMinor]).toEqual([nowMinor, nowMinor, nowMinor]);
      expect(nowMinor).toBe(bills.get(company));
    }
    // By hand: 155.00 and 43.20; 310.00 and an hour of a Saturday at 90.00; two hours, a desk's day, three hours of the move, half of two.
    expect([...sums].map(([company, { nowMinor }]) => [company, nowMinor]).sort()).toEqual(
      [
        [own, 155_00 + 43_20],
        [member, 310_00 + 90_00],
        [plain, 120_00 + 40_00 + 180_00 + 60_00],
      ].sort(),
    );
    expect((await all<UsedPlan>(simulation("plans"))).map(({ chargedMinor }) => chargedMinor).sort()).toEqual([
      155_00, 310_00,
    ]);
    expect(lines.some(({ company }) => company === guests)).toBe(false);
  });

  it("at other prices is what they come to by hand, while agreed prices, credits and what is a company's own stay, and nothing is written", async () => {
    const { own, member, plain, plan } = await aMonth();
    const before = await allItems(stage.table);
    const lines = await simulated({
      prices: [
        { of: "room", prices: { hourMinor: 80_00 } },
        { of: "desk", prices: { dayMinor: 50_00 } },
      ],
      plans: { [plan]: 400_00 },
    });
    expect(
      sumsBy(lines, ({ company }) => company)
        .map(({ key, thenMinor }) => [key, thenMinor])
        .sort(),
    ).toEqual(
      [
        [own, 155_00 + 57_60],
        [member, 400_00 + 120_00],
        [plain, 160_00 + 50_00 + 240_00 + 80_00],
      ].sort(),
    );
    const cheaper = await simulated({
      rates: [{ name: "会员", kinds: ["room"], member: true, price: { percent: 50 } }],
    });
    // No weekend price any more, and members pay half.
    expect(sumsBy(cheaper, ({ company }) => company).find(({ key }) => key === member)?.thenMinor).toBe(310_00 + 30_00);
    expect(await allItems(stage.table)).toEqual(before);
  });

  it("has what guests paid at the public's price, what packs paid, and what nobody came to, as it was charged, and no pack that was sold", async () => {
    const plain = await stage.company("丙");
    const offered = take(
      await addPack(stage.scope(), {
        ...{ name: "十小时", kind: "room-minutes", units: 60, priceMinor: 50_00, validDays: 60 },
      }),
    );
    take(await sellPack(stage.scope(), plain, { pack: offered.id, from: "2026-12-01" }));
    await stage.settle();
    const missed = await place("room", "N1", { noShowMinutes: 15 });
    const pool = await place("pool", "P1", { units: 6, public: { priceMinor: 35_00 } });
    await book(plain, world.rooms[0]?.id ?? "", hours("2026-12-08", 10, 12));
    const { id } = await book(plain, missed.id, hours("2026-12-16", 16, 18));
    stage.now = "2026-12-16T09:00:00.000Z";
    await releaseNoShow(asSystem(stage.scope(), "spc_test", "booking"), id);
    const pass = { resource: pool.id, name: "访客", contact: "guest@x.example", way: "cash" as const };
    take(await sellDayPass(stage.scope(), { ...pass, expectMinor: 35_00, language: "zh-CN" }));
    stage.now = "2027-01-02T02:00:00.000Z";
    await stage.settle();
    const by = (lines: Awaited<ReturnType<typeof simulated>>, of: "nowMinor" | "thenMinor") =>
      Object.fromEntries(sumsBy(lines, ({ company }) => company || "guests").map((one) => [one.key, one[of]]));
    const same = await simulated({});
    expect(by(same, "nowMinor")).toEqual({ [plain]: 60_00 + 120_00, guests: 35_00 });
    expect(by(same, "thenMinor")).toEqual(by(same, "nowMinor"));
    const bills = await billed();
    expect(bills.get(plain)).toBe(60_00 + 120_00 + 50_00);
    expect([...bills.values()].reduce((sum, one) => sum + one, 0)).toBe(230_00 + 35_00);
    const other = await simulated({
      prices: [
        { of: "room", prices: { hourMinor: 80_00 } },
        { of: "pool", prices: { dayMinor: 90_00 } },
      ],
    });
    expect(by(other, "thenMinor")).toEqual({ [plain]: 80_00 + 160_00, guests: 35_00 });
  });

  it("tells what was charged apart from today's prices once those have changed", async () => {
    await aMonth();
    const { card } = (await owner().send("GET", "/spaces/spc_test/rate-card")).json<{ card: RateCard }>();
    await send("PUT", "/rate-card", { ...card, roomHourMinor: 66_00 }, { "if-match": await revOf("/rate-card") });
    const { nowMinor, todayMinor, thenMinor } = sumsOf(await simulated({}));
    expect(thenMinor).toBe(todayMinor);
    expect(todayMinor - nowMinor).toBe(4_32 + 9_00 + 12_00 + 18_00 + 6_00);
  });

  it("reads its month and no other, page by page the same, and is for nobody without the right", async () => {
    const { plain, room } = await aMonth();
    const whole = await all<UsedBooking>(simulation("bookings"));
    expect(await all<UsedBooking>(simulation("bookings"), "", 1)).toEqual(whole);
    expect(whole.map(({ day }) => day)).toEqual([...whole.map(({ day }) => day)].sort());
    queries = 0;
    await all<UsedBooking>(simulation("bookings"));
    const once = queries;
    stage.now = "2027-01-02T02:00:00.000Z";
    for (const day of ["2027-01-11", "2027-01-12", "2027-02-12"]) await book(plain, room, hours(day, 10, 12));
    await stage.settle();
    queries = 0;
    expect(await all<UsedBooking>(simulation("bookings"))).toEqual(whole);
    expect(queries).toBe(once);
    const codes: Record<string, number> = {};
    stage.people.set("per_manager", { roles: ["manager"], companies: [] });
    stage.people.set("per_desk", { roles: ["frontdesk"], companies: [] });
    stage.people.set("per_goods", { roles: ["warehouse"], companies: [] });
    stage.people.set("per_figures", { roles: ["rol_figures"], own: [{ rights: ["insight.figures"] }], companies: [] });
    stage.people.set("per_reader", { roles: ["rol_reader"], own: [{ rights: ["billing.read"] }], companies: [] });
    const people = ["manager", "desk", "goods", "figures", "reader", "stranger"].map((name) => `per_${name}`);
    for (const person of [...people, plain.replace("cmp_", "per_")])
      for (const what of ["bookings", "plans"])
        codes[`${person === plain.replace("cmp_", "per_") ? "admin" : person} ${what}`] = (
          await stage.raw(person, simulation(what))
        ).status;
    const [open, closed, missing] = [200, 403, 404];
    expect(codes).toEqual({
      ...{ "per_manager bookings": open, "per_manager plans": open, "per_reader bookings": open },
      ...{ "per_reader plans": open, "per_desk bookings": closed, "per_desk plans": closed },
      ...{ "per_goods bookings": closed, "per_goods plans": closed, "per_figures bookings": closed },
      ...{ "per_figures plans": closed, "admin bookings": closed, "admin plans": closed },
      ...{ "per_stranger bookings": missing, "per_stranger plans": missing },
    });
    const other = `/accounts/spaces/spc_other/simulation/${month}/bookings`;
    // Another space's pages are its own: of this one's month there is nothing in them.
    expect(await all<UsedBooking>(other)).toEqual([]);
    expect((await stage.raw("per_finance", `${simulation("bookings")}?cursor=sit_x.2026-12-01`)).status).toBe(400);
  });
});
