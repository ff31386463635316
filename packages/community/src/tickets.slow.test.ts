import { listMail } from "@yihao/identity/mail";
import type { CompanyId, SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import type { TestCaller } from "@yihao/testing/api";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { platformOf, testNow } from "@yihao/testing/table";
import { beforeAll, describe, expect, it } from "vitest";
import { checkCommunity } from "./check.ts";
import { communityTimers } from "./reactions.ts";
import { moved, replied } from "./ticket.ts";
import type { Entry, Figures, Ticket, TicketRow, TicketView } from "./ticket-model.ts";

const hour = 3_600_000;

let world: CommunityWorld;
let table: Table;
let owner: TestCaller;
let desk: TestCaller;
let member: TestCaller;
let neighbour: TestCaller;
let space: SpaceId;
let company: CompanyId;
const at = (path = "") => `/spaces/${space}/tickets${path}`;
const put = (caller: TestCaller, id: string, path: string, body: object, rev: number) =>
  caller.send("PUT", at(`/${id}${path}`), body, { "if-match": `"${rev}"` });
const move = (caller: TestCaller, ticket: TicketView, state: string) =>
  put(caller, ticket.id, "/state", { state }, ticket.rev);
const read = async (caller: TestCaller, id: string) =>
  caller.read<{ ticket: TicketView; entries: Entry[] }>(at(`/${id}`));
const lettersTo = async (person: string) => (await world.letters(person)).map(({ subject }) => subject);
const queue = async (state: string) => (await owner.read<{ items: TicketRow[] }>(at(`?state=${state}`))).items;
const open = (title: string, more: object = {}) => member.command<TicketView>(at(), { kind: "repair", title, ...more });

beforeAll(async () => {
  world = await communityWorld();
  ({ table, owner, desk, member, neighbour, space, company } = world);
});

describe("the rule of tickets", () => {
  const ticket = { state: "open", since: testNow, at: testNow, replies: 0 } as unknown as Ticket;

  it("staff's word takes a ticket into work, the company's takes up one that waits for it or was solved", () => {
    const worked = replied(ticket, "staff", false, testNow);
    expect(worked).toMatchObject({ value: { state: "working", respondedAt: testNow, replies: 1 } });
    expect(replied(ticket, "staff", true, testNow)).toMatchObject({ value: { state: "waiting" } });
    expect(replied({ ...ticket, state: "waiting" }, "company", false, testNow)).toMatchObject({
      value: { state: "open" },
    });
    const solved: Ticket = { ...ticket, state: "solved", solvedAt: testNow };
    const again = replied(solved, "company", false, testNow);
    expect(again).toMatchObject({ value: { state: "open" } });
    expect(again.ok && "solvedAt" in again.value).toBe(false);
  });

  it("a company closes and takes up again, and does nothing else; a month after the closing it is too late", () => {
    expect(moved(ticket, "working", "company", testNow)).toMatchObject({ refusal: { code: "ticket.move" } });
    expect(moved(ticket, "closed", "company", testNow)).toMatchObject({ value: { state: "closed" } });
    const late = new Date(Date.parse(testNow) + 31 * 24 * hour).toISOString();
    const closed: Ticket = { ...ticket, state: "closed" };
    expect(moved(closed, "open", "company", late)).toMatchObject({ refusal: { code: "ticket.reopen-late" } });
    expect(moved(closed, "open", "staff", late)).toMatchObject({ value: { state: "open" } });
  });
});

describe("tickets", () => {
  it("one that a company's person opens reaches the staff who keep the desk, and no other company", async () => {
    const ticket = await open("会议室 1 空调漏水", { place: "二层 R1", priority: "urgent", text: "从昨天下午开始" });
    expect(await lettersTo("desk")).toEqual(["晚汀香氛 求助：会议室 1 空调漏水"]);
    expect((await queue("open")).map(({ title }) => title)).toEqual(["会议室 1 空调漏水"]);
    expect((await neighbour.send("GET", at(`/${ticket.id}`))).status).toBe(404);
    expect((await neighbour.read<{ items: unknown[] }>(at())).items).toEqual([]);
    expect((await neighbour.send("POST", at(`/${ticket.id}/replies`), { text: "x" })).status).toBe(404);
    expect((await move(neighbour, ticket, "closed")).status).toBe(404);
    expect((await member.send("GET", at("/figures"))).status).toBe(403);
  });

  it("the pressing ones stand first, then the oldest, page by page", async () => {
    await open("灯不亮", { priority: "low" });
    await open("门禁卡失效", { kind: "access" });
    const first = await owner.read<{ items: TicketRow[]; next: string }>(at("?state=open&limit=2"));
    const rest = await owner.read<{ items: TicketRow[] }>(at(`?state=open&limit=2&cursor=${first.next}`));
    const titles = [...first.items, ...rest.items].map(({ title }) => title);
    expect(titles).toEqual(["会议室 1 空调漏水", "门禁卡失效", "灯不亮"]);
  });

  it("an internal note never reaches the company in any answer", async () => {
    const ticket = await open("网络很慢", { kind: "network" });
    const secret = "这家欠费，先不急";
    await desk.command(at(`/${ticket.id}/notes`), { text: secret });
    await desk.command(at(`/${ticket.id}/replies`), { text: "已联系运营商" });
    const facts = { kind: "network", title: "网络很慢", priority: "normal", assignee: "per_desk" };
    expect((await put(desk, ticket.id, "", facts, ticket.rev + 1)).status).toBe(200);
    const seen = [
      await member.send("GET", at(`/${ticket.id}`)),
      await member.send("GET", at()),
      await member.send(
        "POST",
        at(`/${ticket.id}/replies`),
        { text: "好的" },
        { "idempotency-key": "reply-after-note" },
      ),
      await member.send("GET", `/spaces/${space}/companies/${company}/timeline`),
    ];
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 201, 200]);
    for (const { text } of seen)
      for (const hidden of [secret, "per_desk", "internal"]) expect(text).not.toContain(hidden);
    expect((await listMail(platformOf(table))).items.filter(({ text }) => text.includes(secret))).toEqual([]);
    const { ticket: forCompany, entries } = await read(member, ticket.id);
    expect(forCompany.rev).toBe(ticket.rev + 3);
    expect(entries.map(({ from, byName }) => [from, byName !== ""])).toEqual([
      ["staff", false],
      ["company", true],
    ]);
    expect((await read(owner, ticket.id)).entries.map(({ text }) => text)).toEqual([secret, "已联系运营商", "好的"]);
    expect((await member.send("POST", at(`/${ticket.id}/notes`), { text: "x" })).status).toBe(403);
  });

  it("a reply writes to the other side: to whoever opened it, to whoever has it", async () => {
    const ticket = await open("窗帘坏了");
    await owner.command(at(`/${ticket.id}/replies`), { text: "下午来看" });
    expect(await lettersTo("member")).toContain("淮海壹号众创空间 回复：窗帘坏了");
    const { ticket: now } = await read(owner, ticket.id);
    const facts = { kind: "repair", title: "窗帘坏了", priority: "normal" };
    expect((await put(owner, ticket.id, "", { ...facts, assignee: "per_member" }, now.rev)).json()).toMatchObject({
      code: "ticket.assignee",
    });
    expect((await put(owner, ticket.id, "", { ...facts, assignee: "per_owner" }, now.rev)).status).toBe(200);
    const before = await lettersTo("desk");
    await member.command(at(`/${ticket.id}/replies`), { text: "谢谢" });
    expect(await lettersTo("owner")).toContain("晚汀香氛 回复：窗帘坏了");
    expect(await lettersTo("desk")).toEqual(before);
  });

  it("an edit and a move hold only as the ticket was read; the one who comes second is told", async () => {
    const ticket = await open("水龙头松了");
    const both = await Promise.all([move(owner, ticket, "working"), move(desk, ticket, "waiting")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect((await put(owner, ticket.id, "", { kind: "repair", title: "x", priority: "low" }, 1)).status).toBe(412);
  });

  it("replies that meet are all kept, and a reply sent again is the same one", async () => {
    const ticket = await open("投影仪没信号");
    const say = (caller: TestCaller, n: number) =>
      caller.send(
        "POST",
        at(`/${ticket.id}/replies`),
        { text: `第 ${n} 句` },
        { "idempotency-key": `said-${n}-${ticket.id}` },
      );
    const callers = [owner, member, desk, member];
    const all = await Promise.all(callers.map(say));
    expect(all.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await say(owner, 0)).text).toBe(all[0]?.text);
    const { ticket: after, entries } = await read(owner, ticket.id);
    expect([after.replies, entries.length]).toEqual([4, 4]);
  });

  it("a solved one closes by itself a week later, unless the company contradicts; figures follow what was taken back", async () => {
    const figures = async () =>
      (await owner.read<{ items: Figures[] }>(at("/figures"))).items.find(({ month }) => month === "2026-11");
    const before = await figures();
    world.pass(hour);
    const [kept, contradicted] = [await open("地毯脏了", { kind: "cleaning" }), await open("椅子坏了")];
    world.pass(hour);
    for (const ticket of [kept, contradicted]) expect((await move(owner, ticket, "solved")).status).toBe(200);
    expect(await lettersTo("member")).toContain("已解决：地毯脏了");
    const solved = await figures();
    expect((solved?.solved ?? 0) - (before?.solved ?? 0)).toBe(2);
    expect((solved?.solvingMinutes ?? 0) - (before?.solvingMinutes ?? 0)).toBe(120);
    await member.command(at(`/${contradicted.id}/replies`), { text: "还是晃" });
    expect((await figures())?.solved).toBe((solved?.solved ?? 0) - 1);
    const week = new Date(Date.parse(world.now()) + 7 * 24 * hour).toISOString();
    const close = communityTimers.find(({ type }) => type === "community.ticket-close");
    for (const { id } of [kept, contradicted])
      await close?.on(platformOf(table, { now: week }), {
        ...{ id: `close ${id}`, space, type: "community.ticket-close", subject: id, at: week, data: null },
      });
    expect((await read(owner, kept.id)).ticket.state).toBe("closed");
    expect((await read(owner, contradicted.id)).ticket.state).toBe("open");
    expect((await member.send("POST", at(`/${kept.id}/replies`), { text: "x" })).json()).toMatchObject({
      code: "ticket.closed",
    });
  });

  it("every ticket stands in its two lists and in the figures of its month, as verify sees it", async () => {
    const items = await allItems(table);
    expect(checkCommunity(items)).toEqual([]);
    const lost = items.filter((item) => item.k !== "tikrow");
    expect(checkCommunity(lost).length).toBeGreaterThan(0);
  });
});
