import type { Member } from "@yihao/identity/model";
import { memberKey, memberKind, placeWrite, within } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { hear } from "@yihao/table/stream";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeAll, describe, expect, it } from "vitest";
import { missingFacts } from "./facts.ts";
import type { CompanyEntry, CompanyView, TimelineEntry } from "./model.ts";
import { membersReactions, membersTimers } from "./reactions.ts";
import type { Allowance } from "./subscription-model.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const facts = {
  name: "淮北市拾穗家居有限公司",
  code: "91350100M000100Y43",
  kind: "company",
  industry: "家居电商",
  contactName: "许静",
  contactPhone: "0561-3000000",
};
const today = testNow.slice(0, 10);
const month = today.slice(0, 7);

let table: Table;
let owner: TestCaller;
let other: TestCaller;
let admin: TestCaller;
let guest: TestCaller;
let space: SpaceId;
let company: CompanyView;
let rival: CompanyView;
/** The clock of the API: it never gives the same instant twice. */
let clock = Date.parse(testNow);
const at = () => `/spaces/${space}/companies`;

/** Gives a person a place in a company of the space, as accepting an invitation does. */
async function join(person: string, companies: Member["companies"]): Promise<void> {
  const scope = within(platformOf(table), space);
  const member: Member = {
    person: person as PersonId,
    email: `${person}@test.example`,
    name: person,
    roles: [],
    companies,
    joinedAt: testNow,
  };
  await commit(
    scope,
    [overwrite(memberKey(scope, member.person), memberKind, member), placeWrite(scope, settings.name, member)],
    { answer: null },
  );
}

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table, {
    now: () => new Date(clock++).toISOString(),
    log: (entry) => entry.error && console.error(entry.error),
  });
  owner = as("per_owner" as PersonId);
  other = as("per_other" as PersonId);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  await other.command("/me/spaces", settings);
  company = await owner.command<CompanyView>(at(), facts);
  rival = await owner.command<CompanyView>(at(), { name: "青禾农选", kind: "team" });
  await join("per_admin", [{ company: company.id, name: company.name, role: "admin" }]);
  await join("per_guest", [{ company: company.id, name: company.name, role: "member" }]);
  admin = as("per_admin" as PersonId);
  guest = as("per_guest" as PersonId);
});

describe("companies", () => {
  it("are added once per command, and not with a code or name another has, or a code that is wrong", async () => {
    const wish = { name: "一诺文创", kind: "team" };
    const key = { "idempotency-key": "company-added-once" };
    const first = await owner.send("POST", at(), wish, key);
    expect([first.status, first.json()]).toMatchObject([201, { ...wish, state: "active", since: today, rev: 1 }]);
    expect((await owner.send("POST", at(), wish, key)).text).toBe(first.text);
    expect((await owner.send("POST", at(), wish)).json()).toMatchObject({ code: "company.name-taken" });
    const doubled = await owner.send("POST", at(), { ...facts, name: "另一家", code: "９1350100-m000100y43" });
    expect(doubled.json()).toMatchObject({ code: "company.code-taken", params: { company: company.id } });
    const wrong = await owner.send("POST", at(), { ...facts, name: "又一家", code: "9135O100M000100Y43" });
    expect([wrong.status, wrong.json()]).toMatchObject([
      422,
      { code: "company.code-invalid", params: { position: 5, found: "O", fix: "91350100M000100Y43" } },
    ]);
  });

  it("are listed by the pinyin of their names, page by page, each once", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor ? `?limit=1&cursor=${cursor}` : "?limit=1";
      const page: { items: CompanyEntry[]; next: string | null } = await owner.read(`${at()}${query}`);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    }
    expect(seen).toEqual(["淮北市拾穗家居有限公司", "青禾农选", "一诺文创"]);
  });

  it("are found by name from any word, by pinyin in full or initials, without the town, and by code", async () => {
    for (const q of ["拾穗", "家居", "shisui", "ssjj", "hbsssjj", "SHISUIJIAJU", "91350100m"]) {
      const { items } = await owner.read<{ items: CompanyEntry[] }>(`${at()}?q=${encodeURIComponent(q)}`);
      expect([q, items.map(({ id }) => id)]).toEqual([q, [company.id]]);
    }
  });

  it("change only at the revision that was read, move in the list, and tell what changed", async () => {
    const path = `${at()}/${rival.id}`;
    const change = { name: "阿禾农选", kind: "company", code: "914403001922038216" };
    const changed = await owner.send("PUT", path, change, { "if-match": '"1"' });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, '"2"']);
    const stale = await owner.send("PUT", path, change, { "if-match": '"1"' });
    expect([stale.status, stale.json()]).toMatchObject([412, { code: "stale", params: { current: 2 } }]);
    const { items } = await owner.read<{ items: CompanyEntry[] }>(at());
    expect(items.map(({ name }) => name)).toEqual(["阿禾农选", "淮北市拾穗家居有限公司", "一诺文创"]);
    expect((await owner.read<{ items: CompanyEntry[] }>(`${at()}?q=qinghe`)).items).toEqual([]);
    const [event] = (await owner.read<{ items: TimelineEntry[] }>(`${path}/timeline`)).items;
    expect(event).toMatchObject({
      type: "company.registered",
      byName: "per_owner",
      data: { before: { name: "青禾农选", code: null, kind: "team" }, after: { name: "阿禾农选", kind: "company" } },
    });
    const same = await owner.send("PUT", path, change, { "if-match": '"2"' });
    expect([same.status, same.headers.get("etag")]).toEqual([200, '"2"']);
    expect((await owner.read<{ items: TimelineEntry[] }>(`${path}/timeline`)).items[0]?.id).toBe(event?.id);
    const back = await owner.send("PUT", path, { name: "青禾农选", kind: "team" }, { "if-match": '"2"' });
    expect(back.status).toBe(200);
    expect((await owner.send("POST", at(), { name: "阿禾农选", kind: "team" })).status).toBe(201);
  });

  it("keep who else to ask and who stands for them in law, and tell such a change in words", async () => {
    const { id } = await owner.command<CompanyView>(at(), { name: "相山灯饰", kind: "team", since: "2026-03-02" });
    const path = `${at()}/${id}`;
    const contacts = [{ name: "王会计", role: "finance", phone: "138", email: "" }];
    const change = { name: "相山灯饰", kind: "company", legalPerson: "丁一", registeredOn: "2026-05-06", contacts };
    const bare = await owner.send("PUT", path, change, { "if-match": '"1"' });
    expect([bare.status, bare.json()]).toMatchObject([422, { code: "company.code-missing" }]);
    const coded = { ...change, code: "9144030071526726XG" };
    const saved = await owner.send("PUT", path, coded, { "if-match": '"1"' });
    expect([saved.status, saved.json()]).toMatchObject([200, { since: "2026-03-02", legalPerson: "丁一" }]);
    expect(saved.json<CompanyView>().contacts).toEqual([{ name: "王会计", role: "finance", phone: "138" }]);
    expect(missingFacts(saved.json<CompanyView>())).toEqual(["contactName", "contactPhone", "address"]);
    const [event] = (await owner.read<{ items: TimelineEntry[] }>(`${path}/timeline`)).items;
    expect(event).toMatchObject({
      type: "company.registered",
      data: {
        before: { contacts: null, legalPerson: null },
        after: { contacts: "王会计 finance 138", kind: "company" },
      },
    });
    const entry = { since: "2026-02-28", reason: "recommended", note: "科技局" };
    expect((await owner.send("PUT", `${path}/entry`, entry, { "if-match": '"1"' })).status).toBe(412);
    const late = await owner.send("PUT", `${path}/entry`, { ...entry, since: "2027-01-01" }, { "if-match": '"2"' });
    expect(late.json()).toMatchObject({ code: "company.entry-day", params: { latest: today } });
    const put = await owner.send("PUT", `${path}/entry`, entry, { "if-match": '"2"' });
    expect(put.json()).toMatchObject({ since: "2026-02-28", entry: { reason: "recommended", note: "科技局" } });
  });

  it("have a history of who changed what, which leaves out what they did", async () => {
    const { id } = await owner.command<CompanyView>(at(), { name: "相山花艺", kind: "team" });
    for (let turn = 0; turn < 60; turn += 1) {
      const scope = scopeOf(table, { space });
      await commit(scope, [happened(scope, "booking.made", id, { turn })], { answer: null });
    }
    const path = `${at()}/${id}/timeline`;
    const all = await owner.read<{ items: TimelineEntry[]; next: string | null }>(path);
    expect([all.items.length, all.next === null]).toEqual([50, false]);
    const history = await owner.read<{ items: TimelineEntry[]; next: string | null }>(`${path}?only=changes`);
    expect([history.items.map(({ type }) => type), history.next]).toEqual([["company.added"], null]);
  });

  it("cost one read unit to read, beside the one that finds out who asks", async () => {
    expect(unitsOf(await owner.send("GET", `${at()}/${company.id}`))).toEqual({ read: 2, write: 0 });
  });
});

describe("the walls of companies", () => {
  it("let a company's admin change how to reach it, and nothing else of it", async () => {
    const path = `${at()}/${company.id}`;
    expect((await admin.send("GET", path)).json<CompanyView>().name).toBe(facts.name);
    const read = await admin.send("GET", path);
    const contact = { contactName: "周敏", contactEmail: "zhou@shisui.example" };
    const match = { "if-match": read.headers.get("etag") ?? "" };
    const saved = await admin.send("PUT", `${path}/contact`, contact, match);
    expect([saved.status, saved.json()]).toMatchObject([200, { ...contact, code: facts.code, industry: "家居电商" }]);
    expect(saved.json()).not.toHaveProperty("contactPhone");
    expect((await admin.send("PUT", path, facts, match)).status).toBe(403);
    expect((await guest.send("PUT", `${path}/contact`, contact, match)).status).toBe(403);
  });

  it("answer another company as one that is missing, in every route", async () => {
    const path = `${at()}/${rival.id}`;
    for (const read of ["", "/timeline", "/allowances"])
      expect((await admin.send("GET", `${path}${read}`)).status, read).toBe(404);
    expect((await admin.send("PUT", `${path}/contact`, {}, { "if-match": '"1"' })).status).toBe(404);
    expect((await admin.send("GET", at())).status).toBe(403);
    expect((await other.send("GET", path)).status).toBe(404);
    expect((await other.send("POST", at(), facts)).status).toBe(404);
  });

  it("hide the names of the space's people from a company's timeline, not those of its own", async () => {
    const { items } = await admin.read<{ items: TimelineEntry[] }>(`${at()}/${company.id}/timeline`);
    expect(items.map(({ type, by, byName }) => [type, by, byName])).toEqual([
      ["company.changed", "per_admin", "per_admin"],
      ["company.added", "space", null],
    ]);
  });
});

describe("a company's plan", () => {
  const start = (plan: string, from: string) =>
    owner.send("POST", `${at()}/${company.id}/subscription`, { plan, from });
  const left = async () =>
    (await owner.read<{ items: Allowance[] }>(`${at()}/${company.id}/allowances`)).items.map((one) => [
      one.month,
      one.granted,
      one.left,
      one.expired,
    ]);
  const plusMonths = (by: number) =>
    new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by, 1)).toISOString().slice(0, 7);
  let plan: string;

  it("starts once, keeps the plan as it was, and grants this month and two more", async () => {
    const wish = { name: "月卡", monthlyMinor: 60_000, allowances: { roomMinutes: 240 } };
    plan = (await owner.command<{ id: string }>(`/spaces/${space}/plans`, wish)).id;
    const key = { "idempotency-key": "plan-started-once" };
    const first = await owner.send("POST", `${at()}/${company.id}/subscription`, { plan, from: today }, key);
    expect([first.status, first.json()]).toMatchObject([
      201,
      { subscription: { plan, from: today, snapshot: { name: "月卡", monthlyMinor: 60_000, roomMinutes: 240 } } },
    ]);
    const again = await owner.send("POST", `${at()}/${company.id}/subscription`, { plan, from: today }, key);
    expect(again.text).toBe(first.text);
    expect((await start(plan, today)).json()).toMatchObject({ code: "subscription.running" });
    const full = [0, 1, 2].map((by) => [plusMonths(by), 240, 240, 0]);
    expect(await left()).toEqual(full);
    const dearer = { ...wish, monthlyMinor: 70_000, state: "retired" };
    await owner.send("PUT", `/spaces/${space}/plans/${plan}`, dearer, { "if-match": '"1"' });
    expect((await owner.read<CompanyView>(`${at()}/${company.id}`)).subscription?.snapshot.monthlyMinor).toBe(60_000);
    expect((await owner.send("POST", `${at()}/${rival.id}/subscription`, { plan, from: today })).json()).toMatchObject({
      code: "plan.retired",
    });
  });

  it("goes on by the monthly timer: the next month is granted once, what is left of the old one expires", async () => {
    const now = `${plusMonths(1)}-01T01:00:00.000Z`;
    clock = Date.parse(now);
    for (const _ of [1, 2])
      await sweep(platformOf(table, { now }), membersTimers, (error) => expect.fail(String(error)));
    expect(await left()).toEqual([
      [plusMonths(0), 240, 0, 240],
      ...[1, 2, 3].map((by) => [plusMonths(by), 240, 240, 0]),
    ]);
  });

  it("ends on a day: what was granted for months after it is taken back at once, and a new plan may start there and grants them anew", async () => {
    const until = `${plusMonths(2)}-01`;
    const ended = await owner.send("POST", `${at()}/${company.id}/subscription/end`, { until });
    expect([ended.status, ended.json<CompanyView>().subscription?.until]).toEqual([201, until]);
    expect((await left()).map(([, , rest]) => rest)).toEqual([0, 240]);
    const wish = { name: "团队卡", monthlyMinor: 120_000, allowances: { roomMinutes: 600 } };
    const team = (await owner.command<{ id: string }>(`/spaces/${space}/plans`, wish)).id;
    expect((await start(team, `${plusMonths(1)}-20`)).json()).toMatchObject({ code: "subscription.running" });
    expect((await start(team, until)).status).toBe(201);
    expect((await left()).map(([, , rest]) => rest)).toEqual([0, 240, 600, 600]);
  });
});

describe("suspension", () => {
  it("follows what billing says, however often it is told, and stands in the list", async () => {
    const fact = (type: string) => ({
      space,
      kind: "evt",
      id: `evt_${type}`,
      data: { type, subject: rival.id, at: testNow, data: { company: rival.id as CompanyId, reason: "逾期 30 天" } },
    });
    const hearing = { table, reactions: membersReactions, now: () => testNow };
    for (const _ of [1, 2]) await hear(hearing, fact("company.suspended"));
    expect((await owner.read<CompanyView>(`${at()}/${rival.id}`)).suspended).toEqual({
      since: testNow,
      reason: "逾期 30 天",
    });
    const entry = async () =>
      (await owner.read<{ items: CompanyEntry[] }>(at())).items.find(({ id }) => id === rival.id)?.suspended;
    expect(await entry()).toBe(true);
    await hear(hearing, fact("company.released"));
    expect((await owner.read<CompanyView>(`${at()}/${rival.id}`)).suspended).toBeUndefined();
    expect(await entry()).toBe(false);
    // A decision of an earlier instant that is heard now is nothing any more.
    const early = fact("company.suspended");
    const at0 = "2026-11-22T00:00:00.000Z";
    await hear(hearing, { ...early, id: "evt_early", data: { ...early.data, at: at0 } });
    expect(await entry()).toBe(false);
  });
});
