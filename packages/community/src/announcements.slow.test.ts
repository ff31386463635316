import type { PersonId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import type { Event } from "@yihao/table/event";
import { hear } from "@yihao/table/stream";
import { placePerson } from "@yihao/testing/booking-world";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { beforeAll, describe, expect, it } from "vitest";
import { checkDays } from "./announcement.ts";
import type { AnnouncementView } from "./announcement-model.ts";
import { communityReactions, communityTimers } from "./reactions.ts";

let world: CommunityWorld;
const at = (path = "") => `/spaces/${world.space}/announcements${path}`;
const november = { from: "2026-11-01", until: "2026-12-01" };
const publish = (more: object = {}) =>
  world.desk.command<AnnouncementView>(at(), {
    title: "停水通知",
    text: "周六上午停水。\n\n请提前接水。",
    ...november,
    ...more,
  });
type List = { items: AnnouncementView[] };
const seenBy = async (who: "member" | "neighbour" | "desk") =>
  (await world[who].read<List>(at())).items.map(({ title }) => title);
/** Hears every event of an announcement until none is new; each several times, as a stream may. */
async function deliver(id: string, times = 1): Promise<number> {
  const heard = new Set<string>();
  for (;;) {
    const fresh = (await allItems(world.table)).filter(
      (item) => item.k === "evt" && item.subject === id && !heard.has(String(item.id)),
    );
    if (fresh.length === 0) return heard.size;
    for (const event of fresh) {
      heard.add(String(event.id));
      const fact = { space: world.space, kind: "evt", id: String(event.id), data: event as unknown as Event };
      const hearing = { table: world.table, reactions: communityReactions, now: world.now };
      await Promise.all(Array.from({ length: times }, () => hear(hearing, fact)));
    }
  }
}

beforeAll(async () => {
  world = await communityWorld();
});

describe("announcements", () => {
  it("are shown on their days alone: nothing is published that would never be seen", () => {
    const days = { from: "2026-11-20", until: "2026-11-25" };
    expect(checkDays(days, "2026-11-24").ok).toBe(true);
    expect(checkDays(days, "2026-11-25").ok).toBe(false);
    expect(checkDays({ from: "2026-11-25", until: "2026-11-25" }, "2026-11-20").ok).toBe(false);
  });

  it("reach the companies they are for and no other, which learns nothing of them", async () => {
    const one = await publish({ title: "只给晚汀", companies: [world.company] });
    await publish({ title: "给所有企业", pinned: true });
    await publish({ title: "下个月的事", from: "2026-12-01", until: "2026-12-10" });
    expect(await seenBy("member")).toEqual(["给所有企业", "只给晚汀"]);
    expect(await seenBy("neighbour")).toEqual(["给所有企业"]);
    expect(await seenBy("desk")).toEqual(["给所有企业", "下个月的事", "只给晚汀"]);
    expect((await world.neighbour.send("GET", at(`/${one.id}`))).status).toBe(404);
    expect((await world.neighbour.send("POST", at(`/${one.id}/read`), {})).status).toBe(404);
    const answer = await world.member.send("GET", at(`/${one.id}`));
    for (const hidden of ["companies", "per_desk", "counts"]) expect(answer.text).not.toContain(hidden);
    expect((await world.member.send("POST", at(), { title: "x", text: "x", ...november })).status).toBe(403);
  });

  it("are unread until a person reads them, and a reader counts once however often and at once they press", async () => {
    const one = await publish({ title: "消防演练" });
    const unread = async () => (await world.member.read<List>(at())).items.find(({ id }) => id === one.id)?.read;
    expect(await unread()).toBe(false);
    await Promise.all(
      [1, 2, 3].map(() =>
        world.member.send("POST", at(`/${one.id}/read`), {}, { "idempotency-key": crypto.randomUUID() }),
      ),
    );
    await world.admin.command(at(`/${one.id}/read`), {});
    expect(await unread()).toBe(true);
    expect((await world.neighbour.read<AnnouncementView>(at(`/${one.id}`))).read).toBe(false);
    expect((await world.desk.read<AnnouncementView>(at(`/${one.id}`))).counts).toEqual({ reads: 2, mailed: 0 });
  });

  it("a mailing sends one letter to each person however often it is retried, chunk after chunk", async () => {
    for (let n = 0; n < 60; n += 1)
      await placePerson(scopeOf(world.table, { space: world.space }), `per_p${n}` as PersonId, {
        companies: [{ company: n % 2 ? world.company : world.other, name: "某企业", role: "member" }],
      });
    const one = await publish({ title: "年终聚会", mail: true, companies: [world.company] });
    expect(await deliver(one.id, 3)).toBeGreaterThan(3);
    const got = async (person: string) =>
      (await world.letters(person)).filter(({ subject }) => subject.includes("年终聚会")).length;
    expect(await Promise.all(["member", "admin", "p1", "p59"].map(got))).toEqual([1, 1, 1, 1]);
    expect(await Promise.all(["neighbour", "desk", "owner", "p0", "p58"].map(got))).toEqual([0, 0, 0, 0, 0]);
    expect((await world.desk.read<AnnouncementView>(at(`/${one.id}`))).counts).toEqual({ reads: 0, mailed: 32 });
  });

  it("letters of one to come go out on its first day, and not when it was taken down before", async () => {
    const days = { from: "2026-11-30", until: "2026-12-05", mail: true };
    const [kept, ended] = [
      await publish({ ...days, title: "搬家通知" }),
      await publish({ ...days, title: "作废通知" }),
    ];
    const end = await world.desk.send("PUT", at(`/${ended.id}/end`), {}, { "if-match": `"${ended.rev}"` });
    expect(end.status).toBe(200);
    const now = "2026-11-30T00:00:00.000Z";
    const timer = communityTimers.find(({ type }) => type === "community.announce");
    for (const { id } of [kept, ended]) {
      expect(await deliver(id)).toBe(id === ended.id ? 2 : 1);
      const due = {
        id: `announce ${id}`,
        space: world.space,
        type: "community.announce",
        subject: id,
        at: now,
        data: null,
      };
      await timer?.on(platformOf(world.table, { now }), due);
    }
    const mailing = (await allItems(world.table)).filter(({ type }) => type === "announcement.mailing");
    expect(mailing.some(({ subject }) => subject === kept.id)).toBe(true);
    expect(mailing.some(({ subject }) => subject === ended.id)).toBe(false);
  });

  it("an edit holds only as it was read; one taken down is shown to nobody at the next request", async () => {
    const one = await publish({ title: "临时闭馆" });
    const put = (path: string, body: object, rev: number) =>
      world.desk.send("PUT", at(`/${one.id}${path}`), body, { "if-match": `"${rev}"` });
    const facts = { title: "临时闭馆一天", text: "周日", ...november };
    expect((await put("", { ...facts, until: "2026-11-02" }, 1)).json()).toMatchObject({ code: "announcement.days" });
    expect((await put("", { ...facts, companies: ["cmp_nobody"] }, 1)).json()).toMatchObject({
      code: "announcement.audience",
    });
    expect((await put("", facts, 1)).status).toBe(200);
    expect((await put("", facts, 1)).status).toBe(412);
    expect(await seenBy("member")).toContain("临时闭馆一天");
    expect((await put("/end", {}, 2)).status).toBe(200);
    expect(await seenBy("member")).not.toContain("临时闭馆一天");
    expect((await world.desk.read<List>(at("?shelf=ended"))).items.map(({ title }) => title)).toContain("临时闭馆一天");
  });
});
