import { listMail } from "@yihao/identity/mail";
import type { CompanyId, PersonId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { timeline } from "@yihao/table/event";
import { hear } from "@yihao/table/stream";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeAll, describe, expect, it } from "vitest";
import type { LeadRowView, LeadView } from "./lead-model.ts";
import type { CompanyEntry, CompanyView, TimelineEntry } from "./model.ts";
import { membersReactions, membersTimers } from "./reactions.ts";

const settings = { name: "淮海壹号众创空间", language: "zh-CN", currency: "CNY", zone: "Asia/Shanghai" };
const asked = {
  name: "相山灯饰",
  kind: "company",
  code: "91350100M000100Y43",
  industry: "照明",
  contactName: "丁一",
  contactPhone: "138 0561 0001",
  contactEmail: "dingyi@lamp.example",
  needs: ["office", "warehouse"],
  people: 6,
  about: "想租一间 30 平方米的办公室",
};
const application = { ...asked, consent: true };
const dayMs = 86_400_000;
const later = (days: number) => new Date(Date.parse(testNow) + days * dayMs).toISOString();

let table: Table;
let owner: TestCaller;
let outsider: TestCaller;
let space: SpaceId;
/** The clock of the API: it never gives the same instant twice. */
let ticks = Date.parse(testNow);
const now = () => new Date(ticks++).toISOString();
const leads = async (shelf = "open") =>
  (await owner.read<{ items: LeadRowView[] }>(`/spaces/${space}/leads?shelf=${shelf}`)).items;
const at = (lead: string) => `/spaces/${space}/leads/${lead}`;
const put = (lead: LeadView | LeadRowView, what: string, body: object) =>
  owner.send("PUT", `${at(lead.id)}${what}`, body, { "if-match": `"${lead.rev}"` });
const letters = async (to: string) =>
  (await listMail(platformOf(table))).items.filter((mail) => mail.to === to).map(({ subject }) => subject);
const clock = (instant: string) =>
  sweep(platformOf(table, { now: instant }), membersTimers, (error) => expect.fail(String(error)));
/** What a timer does when its instant has come. */
async function ring(type: string, subject: string, at: string): Promise<void> {
  const timer = membersTimers.find((one) => one.type === type);
  const due = { id: `${type} ${subject} ${at}`, space, type, subject, at, data: null };
  await timer?.on(platformOf(table, { now: at }), due);
}
async function deliver(subject: string): Promise<void> {
  for (const event of (await timeline(scopeOf(table, { space }), subject)).items)
    for (const _ of [1, 2])
      await hear({ table, reactions: membersReactions, now }, { space, kind: "evt", id: event.id, data: event });
}

beforeAll(async () => {
  table = await freshTable();
  const { as } = testApi(table, { now, log: (entry) => entry.error && console.error(entry.error) });
  owner = as("per_owner" as PersonId);
  outsider = as(undefined);
  space = (await owner.command<{ id: SpaceId }>("/me/spaces", settings)).id;
});

describe("applying to a space", () => {
  const apply = (body: object, key = `apply-${crypto.randomUUID()}`) =>
    outsider.send("POST", `/apply/${space}`, body, { "idempotency-key": key });

  it("answers as a space that is not there until the form is opened, and shows its name and word then", async () => {
    expect((await outsider.send("GET", `/apply/${space}`)).status).toBe(404);
    expect((await apply(application)).status).toBe(404);
    expect((await outsider.send("GET", "/apply/spc_nowhere")).status).toBe(404);
    const form = { open: true, intro: "欢迎来看看" };
    const path = `/spaces/${space}/apply-form`;
    expect((await owner.send("PUT", path, form, { "if-match": '"0"' })).status).toBe(200);
    expect((await owner.send("PUT", path, form, { "if-match": '"0"' })).status).toBe(412);
    const shown = await outsider.send("GET", `/apply/${space}`);
    expect(shown.json()).toEqual({ space: settings.name, intro: "欢迎来看看", language: "zh-CN" });
  });

  it("makes one lead per wish, tells the sender and the staff, and asks for consent", async () => {
    expect((await apply({ ...application, consent: false })).status).toBe(400);
    expect((await apply({ ...asked, consent: true, contactName: "" })).status).toBe(400);
    expect((await apply({ ...application, rank: 1 })).status).toBe(400);
    const first = await apply(application, "apply-just-once");
    expect(first.status).toBe(201);
    expect((await apply(application, "apply-just-once")).text).toBe(first.text);
    const [lead, ...more] = await leads();
    expect([lead, more]).toMatchObject([
      { name: "相山灯饰", stage: "new", source: "form", people: 6, needs: asked.needs },
      [],
    ]);
    expect(lead?.id.toUpperCase()).toContain(first.json<{ reference: string }>().reference);
    await deliver(lead?.id ?? "");
    expect(await letters("dingyi@lamp.example")).toEqual(["淮海壹号众创空间 收到了你的入驻申请"]);
    expect(await letters("per_owner@test.example")).toEqual(["相山灯饰 申请入驻 淮海壹号众创空间"]);
  });

  it("keeps nothing of what fills the field that people do not see, and answers it all the same", async () => {
    const trapped = await apply({ ...application, name: "机器", contactEmail: "", website: "http://spam" });
    expect([trapped.status, Object.keys(trapped.json())]).toEqual([201, ["reference"]]);
    expect((await leads()).map(({ name }) => name)).toEqual(["相山灯饰"]);
  });

  it("takes a few from one address within the hour, counted at once also when they come together", async () => {
    const many = await Promise.all(
      Array.from({ length: 14 }, (_, n) => apply({ ...application, name: `第 ${n}`, contactEmail: "" })),
    );
    const refused = many.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(4);
    expect(refused[0]?.json()).toMatchObject({ code: "application.too-many" });
    expect(refused[0]?.json<{ params: { minutes: number } }>().params.minutes).toBeGreaterThanOrEqual(60);
    expect((await leads()).length).toBe(1 + many.filter(({ status }) => status === 201).length);
  });
});

describe("the board of leads", () => {
  let lead: LeadView;

  it("moves a lead only as it was read, to a visit only with its day, and back", async () => {
    lead = await owner.command<LeadView>(`/spaces/${space}/leads`, { ...asked, name: "湖畔鲜集", source: "visit" });
    const contacted = await put(lead, "/stage", { stage: "contacted" });
    expect([contacted.status, contacted.json()]).toMatchObject([200, { stage: "contacted", rev: 2 }]);
    expect((await put(lead, "/stage", { stage: "new" })).json()).toMatchObject({ code: "stale" });
    lead = contacted.json<LeadView>();
    expect((await put(lead, "/stage", { stage: "tour" })).json()).toMatchObject({ code: "lead.tour-missing" });
    expect((await put(lead, "/tour", { at: "2026-11-22T02:00:00Z", minutes: 30 })).json()).toMatchObject({
      code: "lead.tour-past",
    });
    const wish = { at: "2026-11-26T06:00:00Z", minutes: 40, guide: "per_owner", note: "相山路 1 号正门" };
    const toured = await put(lead, "/tour", wish);
    expect(toured.json()).toMatchObject({ stage: "tour", tour: { guideName: "per_owner", minutes: 40 } });
    lead = toured.json<LeadView>();
    expect((await leads()).find(({ id }) => id === lead.id)).toMatchObject({ stage: "tour", rev: lead.rev });
    expect((await letters("dingyi@lamp.example"))[0]).toBe("淮海壹号众创空间 看场地，2026-11-26 周四 14:00");
  });

  it("reminds of a visit the day before, once, and not of one that was moved", async () => {
    await clock("2026-11-25T05:00:00.000Z");
    expect((await letters("dingyi@lamp.example")).filter((one) => one.startsWith("明天"))).toEqual([]);
    const moved = await put(lead, "/tour", { at: "2026-11-27T06:00:00Z", minutes: 40, guide: "per_owner" });
    lead = moved.json<LeadView>();
    await clock("2026-11-25T07:00:00.000Z");
    expect((await letters("dingyi@lamp.example")).filter((one) => one.startsWith("明天"))).toEqual([]);
    for (const _ of [1, 2]) await clock("2026-11-26T07:00:00.000Z");
    expect((await letters("dingyi@lamp.example")).filter((one) => one.startsWith("明天"))).toEqual([
      "明天到 淮海壹号众创空间 看场地",
    ]);
    expect(await letters("per_owner@test.example")).toContain("湖畔鲜集 来看场地，2026-11-27 周五 14:00");
  });

  it("turns a lead into a company in one commit; a name that is taken leaves the lead as it was", async () => {
    await owner.command(`/spaces/${space}/companies`, { name: "湖畔鲜集", kind: "team" });
    const offer = { text: "30 平方米，月租 1,200 元", monthlyMinor: 120_000, until: "2026-12-15" };
    lead = (await put(lead, "/offer", offer)).json<LeadView>();
    expect(lead).toMatchObject({ stage: "offered", offer });
    const clash = await owner.send("POST", `${at(lead.id)}/company`, {}, { "idempotency-key": "win-clash-1" });
    expect(clash.json()).toMatchObject({ code: "company.name-taken" });
    expect(await owner.read<LeadView>(at(lead.id))).toMatchObject({ stage: "offered", rev: lead.rev });
    const key = { "idempotency-key": "win-just-once" };
    const won = await owner.send("POST", `${at(lead.id)}/company`, { name: "湖畔鲜集商贸" }, key);
    expect([won.status, won.json()]).toMatchObject([
      201,
      { name: "湖畔鲜集商贸", code: asked.code, contactPhone: asked.contactPhone, entry: { reason: "applied" } },
    ]);
    expect((await owner.send("POST", `${at(lead.id)}/company`, { name: "湖畔鲜集商贸" }, key)).text).toBe(won.text);
    const company = won.json<CompanyView>().id as CompanyId;
    expect(await owner.read<LeadView>(at(lead.id))).toMatchObject({ stage: "won", company });
    expect((await leads()).map(({ id }) => id)).not.toContain(lead.id);
    const again = await owner.send(
      "POST",
      `${at(lead.id)}/company`,
      { name: "别的" },
      { "idempotency-key": "win-2nd-1" },
    );
    expect(again.json()).toMatchObject({ code: "lead.won", params: { company } });
    const told = await owner.read<{ items: TimelineEntry[] }>(`/spaces/${space}/companies/${company}/timeline`);
    expect(told.items).toMatchObject([{ type: "company.added", data: { lead: lead.id } }]);
  });

  it("makes one company however many win a lead at once", async () => {
    const one = await owner.command<LeadView>(`/spaces/${space}/leads`, { name: "抢", kind: "team", source: "phone" });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        owner.send("POST", `${at(one.id)}/company`, { name: `抢 ${n}` }, { "idempotency-key": `win-race-${n}` }),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1);
    for (const { status } of answers) expect([201, 409, 412]).toContain(status);
    const { items } = await owner.read<{ items: CompanyEntry[] }>(`/spaces/${space}/companies?limit=200`);
    expect(items.filter(({ name }) => name.startsWith("抢"))).toHaveLength(1);
  });

  it("erases what a lost lead said of people after half a year, in its timeline too, and not of one that came back", async () => {
    const write = (name: string) =>
      owner.command<LeadView>(`/spaces/${space}/leads`, { ...asked, name, source: "phone" });
    const [lost, back] = [await write("走失一"), await write("走失二")];
    await owner.command(`${at(lost.id)}/notes`, { text: "丁一说太贵" });
    const reason = { stage: "lost", reason: "price", note: "丁一嫌贵" };
    expect((await put(lost, "/stage", { stage: "lost" })).status).toBe(400);
    const gone = await put(lost, "/stage", reason);
    expect(gone.json()).toMatchObject({ stage: "lost", lost: { reason: "price" } });
    const returned = (await put(back, "/stage", reason)).json<LeadView>();
    expect((await put(returned, "/stage", { stage: "contacted" })).json()).not.toHaveProperty("lost");
    expect((await leads("done"))[0]).toMatchObject({ name: "走失一", stage: "lost" });
    await ring("members.lead-erase", lost.id, later(179));
    expect(await owner.read<LeadView>(at(lost.id))).toMatchObject({ contactName: "丁一" });
    for (const id of [lost.id, back.id]) await ring("members.lead-erase", id, later(181));
    const read = await owner.send("GET", at(lost.id));
    expect(read.json()).toMatchObject({
      name: "走失一",
      stage: "lost",
      lost: { reason: "price" },
      erasedAt: later(181),
    });
    const history = await owner.send("GET", `${at(lost.id)}/timeline`);
    expect(history.json<{ items: TimelineEntry[] }>().items.map(({ type }) => type)).toEqual([
      "lead.erased",
      "lead.moved",
      "lead.noted",
      "lead.added",
    ]);
    for (const text of ["丁一", "138 0561", "dingyi", "嫌贵"]) expect(read.text + history.text).not.toContain(text);
    expect(await owner.read(at(back.id))).toMatchObject({ contactName: "丁一" });
    expect((await put(read.json<LeadView>(), "/stage", { stage: "new" })).json()).toMatchObject({
      code: "lead.erased",
    });
  });

  it("costs one read unit a lead, and a board of many no more than its cards", async () => {
    const [first] = await leads();
    expect(unitsOf(await owner.send("GET", at(first?.id ?? "")))).toEqual({ read: 2, write: 0 });
    const board = await owner.send("GET", `/spaces/${space}/leads`);
    expect(unitsOf(board).read).toBeLessThanOrEqual(1 + Math.ceil((board.text.length * 1.3) / 4096));
  });
});
