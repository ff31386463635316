import { allItems } from "@yihao/table/dump";
import type { TestCaller } from "@yihao/testing/api";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeAll, describe, expect, it } from "vitest";
import { checkCommunity } from "./check.ts";
import { carrierOf } from "./parcel.ts";
import { remindOfParcel } from "./parcel-actions.ts";
import type { ParcelView } from "./parcel-model.ts";
import { communityTimers } from "./reactions.ts";

let world: CommunityWorld;
const at = (path = "") => `/spaces/${world.space}/parcels${path}`;
let waybill = 1_000_000_000;
const arrive = (more: object = {}) =>
  world.desk.command<ParcelView>(at(), {
    ...{ company: world.company, carrier: "sf", tracking: `SF${waybill++}`, ...more },
  });
const codeOf = async (parcel: ParcelView) => (await world.member.read<ParcelView>(at(`/${parcel.id}`))).code ?? "";
const handOut = (caller: TestCaller, parcel: ParcelView, wish: object) =>
  caller.send("POST", at(`/${parcel.id}/hand-out`), wish, { "idempotency-key": crypto.randomUUID() });

beforeAll(async () => {
  world = await communityWorld();
});

describe("waybill numbers", () => {
  it("tell who brought a parcel by their shape, in any case; what has none is somebody else's", () => {
    const numbers = ["sf1390000000001", "JDVB01234567890", "YT8812345678901", "75312345678901", "EZ123456789CN", "abc"];
    expect(numbers.map(carrierOf)).toEqual(["sf", "jd", "yto", "zto", "ems", "other"]);
  });
});

describe("parcels", () => {
  it("a company is told of what came, with its code; staff never see the code, another company sees nothing", async () => {
    const parcel = await arrive({ shelf: "A-3" });
    const code = await codeOf(parcel);
    expect(code).toMatch(/^\d{6}$/);
    const [letter] = await world.letters("member");
    expect([letter?.subject, letter?.text.includes("货架：A-3")]).toEqual([`顺丰快递 到了，取件码 ${code}`, true]);
    expect((await world.letters("admin")).length).toBe(1);
    expect(await world.letters("neighbour")).toEqual([]);
    for (const path of ["", `/${parcel.id}`, `?under=${parcel.tracking}`])
      expect((await world.desk.send("GET", at(path))).text).not.toContain(code);
    expect((await world.neighbour.send("GET", at(`/${parcel.id}`))).status).toBe(404);
    for (const path of ["", `?under=${code}`, "?shelf=done"])
      expect((await world.neighbour.read<{ items: unknown[] }>(at(path))).items).toEqual([]);
    expect((await world.member.send("GET", at())).text).not.toContain("per_desk");
  });

  it("one for somebody is told to that person alone, who must be of the company", async () => {
    const before = (await world.letters("admin")).length;
    const parcel = await arrive({ person: "per_member" });
    expect(parcel.personName).toBe("per_member");
    expect((await world.letters("admin")).length).toBe(before);
    const wrong = await world.desk.send("POST", at(), { company: world.company, person: "per_neighbour" });
    expect(wrong.json()).toMatchObject({ code: "parcel.person" });
  });

  it("a waybill number that waits is not written down twice, also when it is scanned twice at once; once fetched it may come again", async () => {
    const body = { company: world.company, tracking: "YT0000000000001" };
    const scan = () => world.desk.send("POST", at(), body, { "idempotency-key": crypto.randomUUID() });
    const both = await Promise.all([scan(), scan()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.json()).toMatchObject({ code: "parcel.known" });
    const found = await world.desk.read<{ items: ParcelView[] }>(at("?under=yt0000000000001"));
    const [parcel] = found.items;
    if (!parcel) throw new Error("nothing waits under its number");
    expect((await handOut(world.desk, parcel, { signedBy: "何雨桐" })).status).toBe(201);
    expect((await scan()).status).toBe(201);
  });

  it("a parcel is handed out once when two people press at once; the second is told who has it", async () => {
    const parcel = await arrive();
    const code = await codeOf(parcel);
    const all = await Promise.all([
      handOut(world.desk, parcel, { code }),
      handOut(world.owner, parcel, { signedBy: "何雨桐" }),
      handOut(world.desk, parcel, { signedBy: "高文博" }),
    ]);
    expect(all.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    for (const { json } of all.filter(({ status }) => status === 409))
      expect(json()).toMatchObject({ code: "parcel.gone", params: { state: "handed" } });
    const events = (await allItems(world.table)).filter(
      ({ k, type, subject }) => k === "evt" && type === "parcel.handed-out" && subject === parcel.id,
    );
    expect(events.length).toBe(1);
    expect((await world.member.send("GET", at(`/${parcel.id}`))).text).not.toContain(code);
  });

  it("a hand-out sent again gets the first answer; a wrong code hands nothing out", async () => {
    const parcel = await arrive();
    expect((await handOut(world.desk, parcel, { code: "nope" })).json()).toMatchObject({ code: "parcel.code" });
    const send = () =>
      world.desk.send(
        "POST",
        at(`/${parcel.id}/hand-out`),
        { signedBy: "何雨桐" },
        { "idempotency-key": `hand-${parcel.id}` },
      );
    const first = await send();
    expect([first.status, (await send()).text]).toEqual([201, first.text]);
  });

  it("what waits stands in order of its age; an edit holds only as it was read", async () => {
    const { items } = await world.desk.read<{ items: ParcelView[] }>(at());
    expect(items.map((one) => one.at)).toEqual(items.map((one) => one.at).toSorted());
    const [parcel] = items;
    const facts = { kind: "parcel", carrier: "zto", shelf: "B-1" };
    const put = (rev: number) => world.desk.send("PUT", at(`/${parcel?.id}`), facts, { "if-match": `"${rev}"` });
    expect((await put(parcel?.rev ?? 0)).json()).toMatchObject({
      carrier: "zto",
      shelf: "B-1",
      rev: (parcel?.rev ?? 0) + 1,
    });
    expect((await put(parcel?.rev ?? 0)).status).toBe(412);
    expect((await world.member.send("POST", at(), facts)).status).toBe(403);
  });

  it("a company is reminded after three and seven days, once each, and not of what it fetched", async () => {
    const [kept, fetched] = [await arrive(), await arrive()];
    await handOut(world.desk, fetched, { signedBy: "何雨桐" });
    const subjects = async () => (await world.letters("member")).filter(({ subject }) => subject.includes("已经等了"));
    const before = (await subjects()).length;
    const later = (days: number) => new Date(Date.parse(kept.at) + days * 86_400_000).toISOString();
    for (const [days, id] of [
      [3, kept.id],
      [3, fetched.id],
      [3, kept.id],
      [7, kept.id],
    ] as const)
      await remindOfParcel(scopeOf(world.table, { space: world.space, now: later(days) }), id, { days });
    expect((await subjects()).length - before).toBe(2);
    expect((await subjects())[0]?.subject).toContain("7 天");
    const handled = await sweep(
      platformOf(world.table, { now: new Date(Date.parse(kept.at) + 3_600_000).toISOString() }),
      communityTimers,
    );
    expect(handled).toBe(0);
  });

  it("stand in their lists and hold their codes exactly while they wait, as verify sees it", async () => {
    const gone = await arrive();
    await world.desk.command(at(`/${gone.id}/return`), { reason: "refused" });
    const items = await allItems(world.table);
    expect(checkCommunity(items)).toEqual([]);
    expect(checkCommunity(items.filter(({ k }) => k !== "uniq")).length).toBeGreaterThan(0);
  });
});
