import { allItems } from "@yihao/table/dump";
import type { Event } from "@yihao/table/event";
import { hear } from "@yihao/table/stream";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { CardView } from "./card-model.ts";
import { checkCommunity } from "./check.ts";
import { communityReactions } from "./reactions.ts";

let world: CommunityWorld;
const at = (path = "") => `/spaces/${world.space}/directory${path}`;
const card = {
  about: "手工香薰与包装设计",
  industry: "文创",
  offers: ["包装设计", "礼盒"],
  seeks: ["冷链物流"],
  website: "https://wanting.example",
  contactName: "何雨桐",
  contactPhone: "138 5610 0001",
};
let rev = 0;
async function publish(more: object = {}): Promise<CardView> {
  const wish = { ...card, published: true, ...more };
  const answer = await world.admin.send("PUT", at(`/${world.company}`), wish, { "if-match": `"${rev}"` });
  if (answer.status !== 200) throw new Error(answer.text);
  rev = answer.json<CardView>().rev;
  return answer.json<CardView>();
}
const withdraw = () => world.admin.send("DELETE", at(`/${world.company}`));
const found = async (q = "") =>
  (await world.neighbour.read<{ items: CardView[] }>(at(q ? `?q=${encodeURIComponent(q)}` : ""))).items.map(
    ({ name }) => name,
  );
const words = ["晚汀香氛", "香氛", "wanting", "wtxf", "包装设计", "设计", "礼盒", "冷链", "物流", "文创"];
type Own = { card: CardView | null };
const current = async () => (await world.admin.read<Own>(at(`/${world.company}`))).card?.rev ?? 0;

beforeAll(async () => {
  world = await communityWorld();
});

describe("the directory", () => {
  it("nothing of a company that has not opted in is visible to another, nor of a card that it only keeps", async () => {
    expect(await found()).toEqual([]);
    expect((await world.neighbour.send("GET", at(`/${world.company}`))).status).toBe(404);
    await publish({ published: false });
    expect(await found()).toEqual([]);
    for (const word of words) expect([word, await found(word)]).toEqual([word, []]);
    for (const caller of [world.neighbour, world.desk])
      expect((await caller.send("GET", at(`/${world.company}`))).status).toBe(404);
    expect((await world.member.read<Own>(at(`/${world.company}`))).card?.about).toBe(card.about);
  });

  it("a published card is found by name, by pinyin in full and initials, and by each of its words", async () => {
    await publish();
    for (const word of words) expect([word, await found(word)]).toEqual([word, ["晚汀香氛"]]);
    expect(await found("没有的词")).toEqual([]);
    expect((await world.desk.read<{ items: CardView[] }>(at())).items.length).toBe(1);
  });

  it("the contact is seen by others only while the company shows it", async () => {
    const texts = async () =>
      Promise.all(
        ["", "?q=wtxf", `/${world.company}`].map(async (path) => (await world.neighbour.send("GET", at(path))).text),
      );
    for (const text of await texts()) expect(text).not.toContain("何雨桐");
    await publish({ contactShown: true });
    for (const text of await texts()) expect(text).toContain("138 5610 0001");
    await publish({ contactShown: false });
    for (const text of await texts()) expect(text).not.toContain("138 5610 0001");
  });

  it("a company that withdraws its card is found by nobody at the next request, and its words leave the index", async () => {
    const other = ["邻座", "直播"];
    await publish({ offers: other });
    expect(await found("礼盒")).toEqual([]);
    expect((await withdraw()).status).toBe(200);
    expect(await found()).toEqual([]);
    for (const word of [...words, ...other]) expect([word, await found(word)]).toEqual([word, []]);
    for (const caller of [world.neighbour, world.desk])
      expect((await caller.send("GET", at(`/${world.company}`))).status).toBe(404);
    const items = await allItems(world.table);
    expect(items.filter(({ k, pk }) => k === "cardrow" || (k === "tok" && String(pk).includes("#tok#card")))).toEqual(
      [],
    );
    expect(checkCommunity(items)).toEqual([]);
    rev = await current();
  });

  it("withdrawing while somebody edits is never refused, and a later edit as it was read before is", async () => {
    await publish();
    const edits = await Promise.all([
      withdraw(),
      world.admin.send("PUT", at(`/${world.company}`), { ...card, published: false }, { "if-match": `"${rev}"` }),
      withdraw(),
    ]);
    expect([edits[0]?.status, edits[2]?.status]).toEqual([200, 200]);
    expect(await found()).toEqual([]);
    const stale = await world.admin.send(
      "PUT",
      at(`/${world.company}`),
      { ...card, published: true },
      { "if-match": `"${rev}"` },
    );
    expect(stale.status).toBe(412);
    rev = await current();
  });

  it("only the company's own admin publishes: neither its members, nor staff, nor another's", async () => {
    for (const [caller, status] of [
      [world.member, 403],
      [world.desk, 403],
      [world.owner, 403],
      [world.neighbour, 404],
    ] as const) {
      const put = await caller.send(
        "PUT",
        at(`/${world.company}`),
        { ...card, published: true },
        { "if-match": `"${rev}"` },
      );
      expect(put.status).toBe(status);
      expect((await caller.send("DELETE", at(`/${world.company}`))).status).toBe(status);
    }
    const script = { ...card, website: "javascript:alert(1)", published: true };
    expect((await world.admin.send("PUT", at(`/${world.company}`), script, { "if-match": `"${rev}"` })).status).toBe(
      400,
    );
  });

  it("follows its company's name, and leaves with it", async () => {
    await publish();
    const tell = (type: string) => {
      const event = {
        id: `evt_${crypto.randomUUID().slice(0, 8)}`,
        type,
        version: 1,
        subject: world.company,
        at: world.now(),
        by: "x",
        data: {},
      };
      const hearing = { table: world.table, reactions: communityReactions, now: world.now };
      return hear(hearing, { space: world.space, kind: "evt", id: event.id, data: event as unknown as Event });
    };
    const path = `/spaces/${world.space}/companies/${world.company}`;
    const { rev: read } = await world.owner.read<{ rev: number }>(path);
    await world.owner.send("PUT", path, { name: "晚汀文化", kind: "team" }, { "if-match": `"${read}"` });
    await tell("company.changed");
    expect([await found("wtwh"), await found("香氛"), await found()]).toEqual([["晚汀文化"], [], ["晚汀文化"]]);
    await tell("company.left");
    expect(await found()).toEqual([]);
    await tell("company.erased");
    const items = await allItems(world.table);
    expect(items.filter(({ k }) => k === "card" || k === "cardrow")).toEqual([]);
    expect(checkCommunity(items)).toEqual([]);
  });

  it("once a company's data are erased, its people's names are in none of its tickets, parcels and events", async () => {
    const { neighbour: admin, desk, space, other, table } = world;
    const at = (path: string) => `/spaces/${space}/${path}`;
    const ticket = await admin.command<{ id: string }>(at("tickets"), { kind: "other", title: "搬走前的事" });
    await desk.command(at(`tickets/${ticket.id}/replies`), { text: "好" });
    await admin.command(at(`tickets/${ticket.id}/replies`), { text: "谢谢" });
    const wish = { company: other, person: "per_neighbour", tracking: "YT5550000000001" };
    const parcel = await desk.command<{ id: string }>(at("parcels"), wish);
    await desk.command(at(`parcels/${parcel.id}/hand-out`), { signedBy: "邻座的许静" });
    await desk.command(at("parcels"), { company: other, person: "per_neighbour" });
    const event = {
      id: "evt_erasing",
      type: "company.erased",
      version: 1,
      subject: other,
      at: world.now(),
      by: "x",
      data: {},
    };
    const fact = { space, kind: "evt", id: event.id, data: event as unknown as Event };
    for (const _ of [1, 2]) await hear({ table, reactions: communityReactions, now: world.now }, fact);
    const items = await allItems(table);
    const ours = items.filter(({ k }) => ["tik", "tikrow", "tiksay", "par", "parrow"].includes(String(k)));
    expect(ours.length).toBeGreaterThan(7);
    for (const item of ours)
      for (const name of ["per_neighbour", "许静"]) expect(JSON.stringify(item)).not.toContain(name);
    const events = items.filter(({ k, subject }) => k === "evt" && subject === parcel.id);
    expect(JSON.stringify(events)).not.toContain("许静");
    expect((await desk.send("GET", at(`tickets/${ticket.id}`))).text).toContain("谢谢");
    expect(checkCommunity(items)).toEqual([]);
  });
});
