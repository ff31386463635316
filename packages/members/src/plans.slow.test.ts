import { listMail } from "@yihao/identity/mail";
import { memberKey, memberKind, placeWrite, within } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { PackView, PlanView } from "@yihao/pricing/model";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { creditMoves, drawFrom, sourcesOn } from "./credits.ts";
import type { CompanyView, TimelineEntry } from "./model.ts";
import { membersTimers } from "./reactions.ts";
import type { Credit, Lot, Subscription } from "./subscription-model.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
let table: Table;
let owner: TestCaller;
let admin: TestCaller;
let space: SpaceId;
let company: CompanyView;
let clock = Date.parse("2026-11-23T02:42:00.000Z");
const base = () => `/spaces/${space}`;
const at = () => `${base()}/companies/${company.id}`;
const post = (path: string, body: object, caller = owner) =>
  caller.send("POST", `${at()}${path}`, body, { "idempotency-key": crypto.randomUUID() });
const code = async (path: string, body: object, caller = owner) =>
  (await post(path, body, caller)).json<{ code?: string }>().code;
const credits = async () => (await owner.read<{ credits: Credit[] }>(`${at()}/allowances`)).credits;
const left = async (kind: string) =>
  (await credits())
    .filter((one) => one.kind === kind && one.month)
    .map(({ month, granted, left: rest, rolled, expired }) => [month, granted, rest, rolled, expired]);
const running = async () => (await owner.read<CompanyView>(at())).subscription as Subscription;
/** Lets the clock come to an instant and every timer of the half day before it ring; a sweep of months would be the same, hour by hour. */
async function come(instant: string): Promise<void> {
  clock = Date.parse(instant);
  const platform = platformOf(table, { now: instant });
  const hour = new Date(clock - 12 * 3_600_000).toISOString().slice(0, 13);
  await commit(platform, [overwrite(keyIn(partition(platform, "swept")), kindOf("swept"), { hour })], { answer: null });
  for (const _ of [1, 2])
    await sweep(platformOf(table, { now: instant }), membersTimers, (error) => expect.fail(String(error)));
}

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table, {
    now: () => new Date(clock++).toISOString(),
    log: (entry) => entry.error && console.error(entry.error),
  });
  owner = as("per_owner" as PersonId);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const facts = { name: "拾穗家居", kind: "team", contactEmail: "xu@shisui.example" };
  company = await owner.command<CompanyView>(`${base()}/companies`, facts);
  const scope = within(platformOf(table), space);
  const person = "per_admin" as PersonId;
  const place = { person, email: "admin@shisui.example", name: "许静", roles: [], joinedAt: scope.now };
  const member = {
    ...place,
    companies: [{ company: company.id as CompanyId, name: company.name, role: "admin" as const }],
  };
  const writes = [overwrite(memberKey(scope, person), memberKind, member), placeWrite(scope, settings.name, member)];
  await commit(scope, writes, { answer: null });
  admin = as(person);
});
afterAll(async () => {
  expect(checkLedger(await allItems(table))).toEqual([]);
  table.close();
});

describe("a plan's life", () => {
  let small: PlanView;
  let large: PlanView;

  it("starts with everything its plan gives, and with its term and notice", async () => {
    const wish = { name: "月卡", monthlyMinor: 60_000, termMonths: 3, noticeDays: 30 };
    const rollover = { roomMinutes: 60 };
    const allowances = { roomMinutes: 240, deskDays: 4, guestPasses: 2, bins: 3, rollover };
    small = await owner.command<PlanView>(`${base()}/plans`, { ...wish, allowances });
    const more = { roomMinutes: 600, rollover: { roomMinutes: 100 } };
    large = await owner.command<PlanView>(`${base()}/plans`, {
      name: "团队卡",
      monthlyMinor: 120_000,
      allowances: more,
    });
    const begun = await post("/subscription", { plan: small.id, from: "2026-11-10" });
    expect([begun.status, begun.json<CompanyView>().subscription]).toMatchObject([
      201,
      { from: "2026-11-10", termUntil: "2027-02-10", snapshot: { deskDays: 4, rollover } },
    ]);
    expect(await left("bin-days")).toEqual([
      ["2026-11", 90, 90, 0, 0],
      ["2026-12", 93, 93, 0, 0],
      ["2027-01", 93, 93, 0, 0],
    ]);
    expect((await left("guest-passes")).map(([, granted]) => granted)).toEqual([2, 2, 2]);
  });

  it("tops this month up when it changes to a better plan, and takes back of months to come when it changes to a lesser", async () => {
    const change = await post("/subscription/amend", { plan: large.id, from: "2026-11-23" });
    expect(change.json<CompanyView>().subscription?.amendments).toMatchObject([{ from: "2026-11-23", plan: large.id }]);
    expect((await left("room-minutes")).map(([month, granted]) => [month, granted])).toEqual([
      ["2026-11", 600],
      ["2026-12", 600],
      ["2027-01", 600],
    ]);
    expect((await left("desk-days")).map(([, , rest]) => rest)).toEqual([4]);
    expect(await code("/subscription/amend", { plan: small.id, from: "2026-11-22" })).toBe("subscription.day");
    const agreed = { name: "协议价", monthlyMinor: 1, until: "2027-01-01" };
    expect(await code("/subscription/amend", { plan: small.id, from: "2027-01-01", agreed })).toBe("subscription.day");
    await post("/subscription/amend", { plan: small.id, from: "2027-01-01" });
    expect((await left("room-minutes")).map(([month, , rest]) => [month, rest])).toEqual([
      ["2026-11", 600],
      ["2026-12", 600],
      ["2027-01", 240],
    ]);
  });

  it("carries over what a month left up to its cap when the month is over, the rest expires, each once", async () => {
    expect((await post("/credits/use", { kind: "room-minutes", units: 540, note: "路演" })).status).toBe(201);
    await come("2026-12-01T01:00:00.000Z");
    expect(await left("room-minutes")).toEqual([
      ["2026-11", 600, 0, 60, 0],
      ["2026-12", 660, 660, 0, 0],
      ["2027-01", 240, 240, 0, 0],
      ["2027-02", 240, 240, 0, 0],
    ]);
    await come("2027-01-01T01:00:00.000Z");
    expect((await left("room-minutes")).slice(0, 3)).toEqual([
      ["2026-11", 600, 0, 60, 0],
      ["2026-12", 660, 0, 100, 560],
      ["2027-01", 340, 340, 0, 0],
    ]);
  });

  it("rests: months that are paused whole give their allowance back, and give it again when the pause ends sooner", async () => {
    await post("/subscription/pause", { from: "2027-01-20" });
    expect((await left("room-minutes")).filter(([month]) => String(month) > "2027-01")).toEqual([]);
    expect(await code("/subscription/pause", { from: "2027-02-01" })).toBe("subscription.paused");
    await post("/subscription/resume", { from: "2027-03-01" });
    expect((await left("room-minutes")).filter(([month]) => String(month) > "2027-01")).toEqual([
      ["2027-03", 240, 240, 0, 0],
    ]);
    expect((await running()).pauses).toEqual([{ from: "2027-01-20", until: "2027-03-01" }]);
  });

  it("takes notice from the company's own admin, not before the term is over, and back again; its letters follow the end", async () => {
    expect(await code("/subscription/notice", { until: "2027-01-31" }, admin)).toBe("subscription.notice-day");
    const given = await post("/subscription/notice", { reason: "搬到新区" }, admin);
    expect([given.status, given.json<CompanyView>().subscription]).toMatchObject([
      201,
      { until: "2027-02-10", notice: { by: "company", reason: "搬到新区" } },
    ]);
    expect((await post("/subscription/notice/withdraw", {}, admin)).status).toBe(201);
    expect((await running()).until).toBeUndefined();
    await post("/subscription/notice", {}, admin);
    await come("2027-01-11T02:00:00.000Z");
    const mails = (await listMail(platformOf(table))).items.filter(({ to }) => to === "xu@shisui.example");
    expect(mails.map(({ subject }) => subject)).toEqual(["淮海壹号众创空间：套餐 月卡 将在 2027-02-10 周三 到期"]);
    const renewed = await post("/subscription/renew", { months: 6 });
    expect(renewed.json<CompanyView>().subscription).toMatchObject({ termUntil: "2027-08-10" });
    expect(renewed.json<CompanyView>().subscription).not.toHaveProperty("until");
    await come("2027-02-04T02:00:00.000Z");
    const after = (await listMail(platformOf(table))).items.filter(({ to }) => to === "xu@shisui.example");
    expect(after).toHaveLength(mails.length);
    expect((await post("/subscription/end", { until: "2027-02-10" }, admin)).status).toBe(403);
  });

  it("is followed by another plan on the day it ends, and not by two", async () => {
    await post("/subscription/end", { until: "2027-03-01", reason: "换套餐" });
    const follows = await post("/subscription", { plan: large.id, from: "2027-03-01" });
    expect(follows.json<CompanyView>()).toMatchObject({
      subscription: { until: "2027-03-01" },
      next: { from: "2027-03-01", plan: large.id },
    });
    expect(await code("/subscription", { plan: large.id, from: "2027-06-01" })).toBe("subscription.running");
    expect((await left("room-minutes")).at(-1)).toEqual(["2027-04", 600, 600, 0, 0]);
    await come("2027-02-28T16:02:00.000Z");
    const now = await owner.read<CompanyView>(at());
    expect([now.subscription?.plan, now.next]).toEqual([large.id, undefined]);
    const { items } = await owner.read<{ items: Subscription[] }>(`${at()}/subscriptions`);
    expect(items.map(({ from }) => from).sort()).toEqual(["2026-11-10", "2027-03-01"]);
  });

  it("has a history of its changes, each with what was before and after", async () => {
    const { items } = await owner.read<{ items: TimelineEntry[] }>(`${at()}/timeline?only=changes`);
    expect(items.map(({ type }) => type).filter((type) => type.startsWith("subscription"))).toEqual([
      "subscription.started",
      "subscription.ended",
      "subscription.renewed",
      "subscription.notice-given",
      "subscription.notice-withdrawn",
      "subscription.notice-given",
      "subscription.resumed",
      "subscription.paused",
      "subscription.amended",
      "subscription.amended",
      "subscription.started",
    ]);
    const ended = items.find(({ type }) => type === "subscription.ended");
    expect(ended?.data).toMatchObject({
      reason: "换套餐",
      before: { termUntil: "2027-08-10" },
      after: { until: "2027-03-01" },
    });
  });
});

describe("a plan's price to come", () => {
  it("holds for whoever begins or changes on its day or later; who has the plan keeps the price of the day it began", async () => {
    const next = { from: "2027-04-01", monthlyMinor: 68_000 };
    const wish = { name: "成长卡", monthlyMinor: 60_000, next, allowances: { roomMinutes: 120 } };
    const { id } = await owner.command<PlanView>(`${base()}/plans`, wish);
    const begins = async (name: string, from: string) => {
      const facts = { name, kind: "team", contactEmail: "a@b.example" };
      const path = `${base()}/companies/${(await owner.command<CompanyView>(`${base()}/companies`, facts)).id}`;
      await owner.command(`${path}/subscription`, { plan: id, from });
      return async () => (await owner.read<CompanyView>(path)).subscription?.snapshot.monthlyMinor;
    };
    const early = await begins("早春", "2027-03-31");
    const late = await begins("仲春", "2027-04-01");
    expect([await early(), await late()]).toEqual([60_000, 68_000]);
    const kept = await owner.read<PlanView>(`${base()}/plans/${id}`);
    const { id: _id, rev, ...facts } = kept;
    const change = { ...facts, monthlyMinor: 90_000, next: undefined };
    const changed = await owner.send("PUT", `${base()}/plans/${id}`, change, { "if-match": `"${rev}"` });
    expect(changed.json()).not.toHaveProperty("next");
    expect([await early(), await late()]).toEqual([60_000, 68_000]);
  });
});

describe("packs", () => {
  let pack: PackView;

  it("are sold with their days and price, used after the month's allowance, and expire", async () => {
    const wish = { name: "工位十次卡", kind: "desk-days", units: 10, priceMinor: 30_000, validDays: 30 };
    pack = await owner.command<PackView>(`${base()}/packs`, wish);
    expect((await owner.send("POST", `${base()}/packs`, wish)).json()).toMatchObject({ code: "pack.name-taken" });
    const lot = await owner.command<Lot>(`${at()}/packs`, { pack: pack.id });
    expect(lot).toMatchObject({ from: "2027-03-01", until: "2027-03-31", units: 10, priceMinor: 30_000 });
    const used = await post("/credits/use", { kind: "desk-days", units: 3, note: "三位访客" });
    expect([used.status, used.json()]).toEqual([201, { left: 7 }]);
    expect(await code("/credits/use", { kind: "desk-days", units: 8, note: "太多" })).toBe("credit.short");
    expect((await credits()).find((one) => one.lot === lot.id)).toMatchObject({ left: 7, used: 3, expired: 0 });
    await come("2027-03-31T01:00:00.000Z");
    expect((await credits()).find((one) => one.lot === lot.id)).toMatchObject({ left: 0, used: 3, expired: 7 });
    expect(await code("/credits/use", { kind: "desk-days", units: 1, note: "过期" })).toBe("credit.short");
  });

  it("give exactly what they hold to however many draw at once", async () => {
    await owner.command(`${at()}/packs`, { pack: pack.id });
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) => post("/credits/use", { kind: "desk-days", units: 1, note: `第 ${n} 位` })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer.json()).toMatchObject({ code: "credit.short" });
  });

  it("come after the allowance and before money in the order of sources that a booking draws from", async () => {
    const scope = scopeOf(table, { space, now: new Date(clock).toISOString() });
    const minutes = { name: "会议室五小时", kind: "room-minutes", units: 300, priceMinor: 20_000, validDays: 60 };
    const hours = await owner.command<PackView>(`${base()}/packs`, minutes);
    const lot = await owner.command<Lot>(`${at()}/packs`, { pack: hours.id });
    const sources = await sourcesOn(scope, company.id as CompanyId, "room-minutes", "2027-04-02");
    expect(sources.map(({ unit, left: rest }) => [unit, rest])).toEqual([
      ["credit:room-minutes:2027-04", 600],
      [`credit:room-minutes:${lot.id}`, 300],
    ]);
    const moves = creditMoves(company.id as CompanyId, drawFrom(sources, 700), { from: "company", to: "booked" });
    expect(moves.map((move) => [move.amount, "unit" in move && move.unit])).toEqual([
      [600, "credit:room-minutes:2027-04"],
      [100, `credit:room-minutes:${lot.id}`],
    ]);
  });
});
