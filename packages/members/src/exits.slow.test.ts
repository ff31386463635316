import { listMail } from "@yihao/identity/mail";
import { memberKey, memberKind, membershipOf, placeWrite, within } from "@yihao/identity/store";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { memoryFiles, testFiles } from "@yihao/testing/files";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reactions } from "../../../functions/reactions.ts";
import type { AgreementView } from "./agreement-model.ts";
import type { ExitLine, ExitRow, ExitView } from "./exit-model.ts";
import { fileTimers } from "./file-timers.ts";
import type { CompanyView, TimelineEntry } from "./model.ts";
import { membersTimers } from "./reactions.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const files = memoryFiles();
let table: Table;
let owner: TestCaller;
let space: SpaceId;
let company: CompanyView;
let lead: { id: string };
let product: { id: string };
let hear: () => Promise<number>;
let clock = Date.parse("2026-11-23T02:42:00.000Z");
const now = () => new Date(clock++).toISOString();
const base = () => `/spaces/${space}`;
const at = () => `${base()}/companies/${company.id}`;
const post = (path: string, body: object = {}) =>
  owner.send("POST", path, body, { "idempotency-key": crypto.randomUUID() });
const exit = () => owner.read<ExitView>(`${at()}/exit`);
const states = (lines: readonly ExitLine[]) => Object.fromEntries(lines.map(({ item, state }) => [item, state]));
const mark = async (item: string, body: object) => {
  const { rev } = await exit();
  return owner.send("PUT", `${at()}/exit/items/${item}`, body, { "if-match": `"${rev}"` });
};
/** Rings one timer of the company as if its instant had come. */
async function ring(type: string, data: object, instant: string, subject: string = company.id): Promise<void> {
  clock = Math.max(clock, Date.parse(instant));
  const timer = [...membersTimers, ...fileTimers(files)].find((one) => one.type === type);
  const due = { id: `${type} ${instant}`, space, type, subject, at: instant, data };
  await timer?.on(platformOf(table, { now: instant }), due);
}
const dueOf = async (type: string) =>
  (await allItems(table)).filter((item) => item.k === "due" && item.type === type && item.subject === company.id);
const letters = async () =>
  (await listMail(platformOf(table))).items
    .filter(({ to }) => to === "xu@secret.example")
    .map(({ subject }) => subject);

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table, { now, log: (entry) => entry.error && console.error(entry.error) });
  owner = as("per_owner" as PersonId);
  hear = streamByHand(table, reactions, now);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
  const tax = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };
  const card = { currency: "CNY", taxIncluded: true, taxBasis: tax, roomHourMinor: 6000, deskDayMinor: 4000 };
  await owner.send(
    "PUT",
    `${base()}/rate-card`,
    { ...card, binDayMinor: 240, pickUnitMinor: 150 },
    { "if-match": '"0"' },
  );
  const facts = { name: "拾穗家居", kind: "company", contactName: "许静密", contactPhone: "13805610001" };
  lead = await owner.command(`${base()}/leads`, { ...facts, contactEmail: "xu@secret.example", source: "phone" });
  const won = { code: "91350100M000100Y43", legalPerson: "丁密一", address: "密道 7 号" };
  company = await owner.command<CompanyView>(`${base()}/leads/${lead.id}/company`, won);
  const scope = within(platformOf(table), space);
  const person = "per_insider" as PersonId;
  const place = { person, email: "insider@secret.example", name: "密友", roles: [], joinedAt: scope.now };
  const member = {
    ...place,
    companies: [{ company: company.id as CompanyId, name: company.name, role: "admin" as const }],
  };
  const writes = [overwrite(memberKey(scope, person), memberKind, member), placeWrite(scope, settings.name, member)];
  await commit(scope, writes, { answer: null });
  const warehouse = await owner.command<{ id: string }>(`${base()}/warehouses`, {
    name: "云仓",
    zone: "Asia/Shanghai",
  });
  const zone = { code: "P", name: "快拣", kind: "pick" };
  await owner.command(`${base()}/warehouses/${warehouse.id}/bins`, {
    zone,
    racks: { from: 1, to: 1 },
    columns: 1,
    levels: 1,
  });
  const goods = { company: company.id, name: "沉香", gtin: "6970001284560" };
  product = await owner.command<{ id: string }>(`${base()}/products`, goods);
  const lines = [{ product: product.id, units: 12 }];
  const asn = await owner.command<{ id: string }>(`${base()}/asns`, {
    company: company.id,
    warehouse: warehouse.id,
    lines,
  });
  await owner.command(`${base()}/asns/${asn.id}/arrive`, {});
  await owner.command(`${base()}/asns/${asn.id}/lines/1/receive`, { units: 12, done: true });
  await hear();
});
afterAll(() => table.close());

describe("leaving", () => {
  it("is planned with its day and reason, and its list reads goods, debts, plan and agreements by itself", async () => {
    const plan = await owner.command<{ id: string }>(`${base()}/plans`, {
      name: "月卡",
      monthlyMinor: 60_000,
      allowances: { roomMinutes: 0 },
    });
    await owner.command(`${at()}/subscription`, { plan: plan.id, from: "2026-11-01" });
    const lease = {
      kind: "lease",
      title: "302 室",
      from: "2026-11-01",
      until: "2027-11-01",
      resources: [],
      remindDays: [],
    };
    const agreement = await owner.command<AgreementView>(`${at()}/agreements`, lease);
    await owner.command(`${at()}/agreements/${agreement.id}/sign`, { signedOn: "2026-11-01" });
    await owner.command(`${base()}/invoices/run`, { month: "2026-11" });
    await hear();
    const wish = { on: "2026-12-31", reason: "moved", note: "许静密说搬到新区" };
    const planned = await post(`${at()}/exit`, wish);
    expect([planned.status, states(planned.json<ExitView>().lines)]).toEqual([
      201,
      {
        ...{ goods: "waiting", debts: "waiting", deposit: "waiting", agreements: "open", plan: "open" },
        ...{ keys: "open", access: "open", equipment: "open", address: "open" },
      },
    ]);
    expect((await post(`${at()}/exit`, wish)).json()).toMatchObject({ code: "exit.planned" });
    await hear();
    const read = await exit();
    expect(read.lines.slice(0, 3)).toMatchObject([
      { item: "goods", state: "open", count: 12 },
      { item: "debts", state: "open", minor: 60_000 },
      { item: "deposit", state: "clear", minor: 0 },
    ]);
    expect(read.rev).toBe(planned.json<ExitView>().rev);
    expect((await owner.read<CompanyView>(at())).exit).toMatchObject({ on: "2026-12-31", reason: "moved" });
    const rows = (await owner.read<{ items: ExitRow[] }>(`${base()}/exits`)).items;
    expect(rows).toMatchObject([{ company: company.id, on: "2026-12-31", what: "leaving", reason: "moved" }]);
  });

  it("asks again by itself when goods or money move, and an answer takes back no edit", async () => {
    expect((await mark("goods", { how: "done" })).json()).toMatchObject({ code: "exit.reads-itself" });
    expect((await mark("keys", { how: "waived" })).json()).toMatchObject({ code: "exit.why" });
    expect((await mark("keys", { how: "done" })).status).toBe(200);
    const stale = await owner.send("PUT", `${at()}/exit/items/access`, { how: "done" }, { "if-match": '"1"' });
    expect(stale.status).toBe(412);
    const order = { company: company.id, lines: [{ product: product.id, units: 1 }], recipient: { name: "谁" } };
    expect((await post(`${base()}/orders`, order)).status).toBe(201);
    const bill = { month: "2026-11", companies: [company.id] };
    await owner.command(`${base()}/invoices/run`, bill);
    await hear();
    const drafts = await owner.read<{ items: { id: string }[] }>(`${base()}/invoices?state=draft`);
    await owner.command(`${base()}/invoices/${drafts.items[0]?.id}/finalise`, {});
    await hear();
    const pay = { company: company.id, amountMinor: 60_000, reference: "T-1", receivedOn: "2026-11-23" };
    await owner.command(`${base()}/payments`, pay);
    await hear();
    const { lines } = await exit();
    expect(states(lines)).toMatchObject({ debts: "clear", keys: "done", goods: "open" });
  });

  it("is not done before its day, nor while anything is open, and then the company has left", async () => {
    expect((await post(`${at()}/exit/complete`)).json()).toMatchObject({ code: "exit.early" });
    clock = Date.parse("2026-12-31T02:00:00.000Z");
    expect((await post(`${at()}/exit/complete`)).json()).toMatchObject({
      code: "exit.open-items",
      params: { items: ["goods", "agreements", "plan", "access", "equipment", "address"] },
    });
    await owner.command(`${at()}/subscription/end`, { until: "2026-12-31" });
    const { items } = await owner.read<{ items: AgreementView[] }>(`${at()}/agreements`);
    await owner.command(`${at()}/agreements/${items[0]?.id}/end`, { until: "2026-12-31", reason: "agreed" });
    for (const item of ["access", "equipment", "address"]) await mark(item, { how: "done" });
    expect((await mark("goods", { how: "waived", note: "春节后来取" })).status).toBe(200);
    await hear();
    const left = await post(`${at()}/exit/complete`);
    expect([left.status, left.json()]).toMatchObject([201, { state: "left", exit: { on: "2026-12-31" } }]);
    expect((await owner.read<{ items: ExitRow[] }>(`${base()}/exits`)).items).toEqual([]);
    const [event] = (await owner.read<{ items: TimelineEntry[] }>(`${at()}/timeline`)).items;
    expect(event).toMatchObject({ type: "company.left", data: { waived: ["goods"], goods: 12, reason: "moved" } });
    expect((await post(`${at()}/subscription`, { plan: "pln_nothing1", from: "2027-01-01" })).json()).toMatchObject({
      code: "company.left",
    });
  });

  it("leaves goods waiting by rule: letters, then they count as abandoned, once, if they are still there", async () => {
    expect((await dueOf("members.goods-letter")).map(({ at: when }) => when).sort()).toHaveLength(3);
    const abandonOn = "2027-03-31";
    await ring("members.goods-letter", { abandonOn }, "2027-03-01T01:00:00.000Z");
    const ofGoods = (await letters()).filter((subject) => subject.includes("货物"));
    expect(ofGoods).toEqual(["拾穗家居：还有 12 件货物留在 淮海壹号众创空间"]);
    for (const _ of [1, 2]) {
      await ring("members.goods-abandoned", { abandonOn }, "2027-03-31T01:00:00.000Z");
      await hear();
    }
    const told = (await owner.read<{ items: TimelineEntry[] }>(`${at()}/timeline?limit=100`)).items;
    expect(told.filter(({ type }) => type === "goods.abandoned")).toMatchObject([{ data: { units: 12 } }]);
    expect((await owner.read<{ items: ExitRow[] }>(`${base()}/exits`)).items).toMatchObject([{ what: "goods" }]);
  });

  it("erases what is known of its people when the time of keeping is over, and keeps name, bills, agreements and the ledger", async () => {
    const links = testFiles(table, files, now)("per_owner");
    const put = async (name: string, topic: string) => {
      const wish = { name, type: "application/pdf", bytes: 9, topic };
      const asked = await links.command<{ document: { id: string }; url: string }>(`/files${at()}/documents`, wish);
      files.kept.set(asked.url.replace("memory:", ""), new TextEncoder().encode("%PDF-1.7 "));
      await links.command(`/files${at()}/documents/${asked.document.id}/done`, {});
      return asked.document.id;
    };
    const identity = await put("丁密一身份证.pdf", "identity");
    await put("租约.pdf", "agreement");
    await ring("members.erase", { on: "2026-12-31" }, "2029-12-01T01:00:00.000Z");
    expect((await owner.read<CompanyView>(at())).contactName).toBe("许静密");
    for (const _ of [1, 2]) await ring("members.erase", { on: "2026-12-31" }, "2029-12-31T01:00:00.000Z");
    await hear();
    await ring("members.document", { company: company.id }, "2029-12-31T01:10:00.000Z", identity);
    const gone = await owner.read<CompanyView>(at());
    expect(gone).toMatchObject({
      name: "拾穗家居",
      code: "91350100M000100Y43",
      state: "left",
      erasedAt: expect.any(String),
    });
    expect(await membershipOf(scopeOf(table, { space }), "per_insider" as PersonId)).toBeUndefined();
    expect([...files.kept.keys()]).toHaveLength(1);
    const kept = (await allItems(table)).filter((item) => String(item.pk).startsWith(space));
    const tidied = Date.parse("2029-12-31T01:00:00.000Z") / 1000;
    const about = kept.filter(({ ttl }) => ttl === undefined || Number(ttl) > tidied);
    const answers = kept.filter(({ k }) => k === "cmd").filter((item) => JSON.stringify(item).includes("许静密"));
    expect(answers.length).toBeGreaterThan(0);
    for (const secret of ["许静密", "13805610001", "丁密一", "密道", "xu@secret", "春节后来取"])
      expect([
        secret,
        about.filter((item) => JSON.stringify(item).includes(secret)).map(({ k, sk }) => [k, sk]),
      ]).toEqual([secret, []]);
    const { items } = await owner.read<{ items: { totalMinor: number }[] }>(`${base()}/invoices?company=${company.id}`);
    expect(items).toMatchObject([{ totalMinor: 60_000 }]);
    expect((await owner.read<{ items: AgreementView[] }>(`${at()}/agreements`)).items).toHaveLength(1);
    expect((await post(`${at()}/return`, { since: "2029-12-31", reason: "other" })).json()).toMatchObject({
      code: "company.erased",
    });
  });
});

describe("staying after all", () => {
  it("stops a planned exit, and takes in again one that left", async () => {
    company = await owner.command<CompanyView>(`${base()}/companies`, {
      name: "青禾农选",
      kind: "team",
      since: "2026-05-01",
    });
    const on = new Date(clock).toISOString().slice(0, 10);
    await owner.command(`${at()}/exit`, { on, reason: "outgrown" });
    expect((await post(`${at()}/exit/stop`)).status).toBe(201);
    expect((await owner.send("GET", `${at()}/exit`)).status).toBe(404);
    expect(await owner.read<CompanyView>(at())).not.toHaveProperty("exit");
    await owner.command(`${at()}/exit`, { on, reason: "outgrown" });
    await hear();
    for (const item of ["keys", "access", "equipment"]) await mark(item, { how: "done" });
    expect((await post(`${at()}/exit/complete`)).json()).toMatchObject({ state: "left" });
    const back = await post(`${at()}/return`, { since: on, reason: "recommended" });
    expect([back.status, back.json()]).toMatchObject([
      201,
      { state: "active", since: on, entry: { reason: "recommended" } },
    ]);
    await ring("members.erase", { on }, "2040-01-01T01:00:00.000Z");
    expect(await owner.read<CompanyView>(at())).not.toHaveProperty("erasedAt");
  });

  it("erases before its time what a company that left asks for, and nothing of one that is here", async () => {
    expect((await post(`${at()}/erase`)).json()).toMatchObject({ code: "company.not-left" });
    await owner.send(
      "PUT",
      `${at()}/contact`,
      { contactName: "丁密二" },
      { "if-match": `"${(await owner.read<CompanyView>(at())).rev}"` },
    );
    const on = new Date(clock).toISOString().slice(0, 10);
    await owner.command(`${at()}/exit`, { on, reason: "moved" });
    await hear();
    for (const item of ["keys", "access", "equipment"]) await mark(item, { how: "done" });
    await owner.command(`${at()}/exit/complete`, {});
    expect((await post(`${at()}/erase`)).status).toBe(201);
    const [due] = (await dueOf("members.erase")).filter(({ data }) => (data as { asked?: boolean }).asked);
    await ring("members.erase", due?.data as object, String(due?.at));
    const gone = await owner.read<CompanyView>(at());
    expect(gone).toMatchObject({ name: "青禾农选", erasedAt: expect.any(String) });
    expect(gone).not.toHaveProperty("contactName");
    expect((await post(`${at()}/erase`)).json()).toMatchObject({ code: "company.erased" });
  });
});
