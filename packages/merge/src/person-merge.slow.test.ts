import type { ShownFeed } from "@yihao/booking/feed-model";
import type { BookingView } from "@yihao/booking/model";
import { shownOf } from "@yihao/booking/pay";
import type { Member, MergedPerson } from "@yihao/identity/model";
import { placeKey, placeKind } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import type { TimelineEntry } from "@yihao/members/model";
import type { Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { get } from "@yihao/table/read";
import { BookingClient } from "@yihao/testing/booking-client";
import { placePerson } from "@yihao/testing/booking-world";
import { testDoors } from "@yihao/testing/doors";
import { platformOf, sameTable, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { beforeEach, describe, expect, it } from "vitest";
import { reactions, timers } from "../../../functions/reactions.ts";
import { checkMerges } from "./check.ts";

let the: BookingClient;
let hear: () => Promise<number>;
const base = "/spaces/spc_test";
const at = (day: number, hour = 2) => ({
  from: `2026-11-${day}T0${hour}:00:00.000Z`,
  until: `2026-11-${day}T0${hour + 1}:00:00.000Z`,
});
const merge = (by: string, from: string, into: string, key: string = crypto.randomUUID()) =>
  the.as(by).send("POST", `${base}/people/${from}/merge`, { into }, { "idempotency-key": key });
const people = async () => (await the.owner.read<{ items: Member[] }>(`${base}/people`)).items;

beforeEach(async () => {
  the = await BookingClient.open();
  hear = streamByHand(the.table, reactions, () => the.now);
  const [company] = the.world.companies;
  const places = [{ company: company!, name: "公司 1", role: "admin" as const }];
  await placePerson(scopeOf(the.table), "per_again" as PersonId, {
    companies: places,
    roles: ["frontdesk"],
    name: "林晓",
  });
});

describe("two accounts of one person", () => {
  it("become one: roles, companies, bookings with their quotas, trainings, feeds and waits are the kept one's, and what the former did stands under it", async () => {
    const [company] = the.world.companies;
    const quota = { per: "person", over: "resource", count: "bookings", in: "day", most: 2 } as const;
    const room = await the.add("room", "Q1", { quotas: [quota, { ...quota, in: "ahead", most: 5 }] });
    const printer = await the.add("equipment", "P1", { training: true });
    await the.owner.command(`${base}/resources/${printer.id}/training`, { person: "per_again", note: "3D 打印" });
    const asCompany = the.as("per_again", company);
    const mine: string[] = [];
    for (const wish of [at(24), at(25)]) {
      const { quote } = (
        await asCompany.send("POST", `${base}/quotes/booking`, { resource: room.id, ...wish })
      ).json<never>() as never;
      const done = await asCompany.send(
        "POST",
        `${base}/bookings`,
        { resource: room.id, ...wish, ...shownOf(quote) },
        { "idempotency-key": crypto.randomUUID() },
      );
      mine.push(done.json<BookingView>().id);
    }
    await hear();
    const doors = testDoors(the.table, { now: () => the.now });
    const feed = await doors
      .as("per_again", company)
      .command<ShownFeed>("/doors/spaces/spc_test/feeds", { subject: "me" });
    const key = crypto.randomUUID();
    const merged = await merge("per_owner", "per_again", "per_one", key);
    expect([merged.status, merged.json()]).toMatchObject([
      201,
      { person: "per_again", into: "per_one", email: "per_again@test.example" },
    ]);
    expect((await merge("per_owner", "per_again", "per_one", key)).json<MergedPerson>()).toEqual(merged.json());
    expect((await the.as("per_again").send("GET", base)).status).toBe(404);
    await hear();
    await hear();
    const now = await people();
    expect(now.find(({ person }) => person === "per_again")).toBeUndefined();
    expect(now.find(({ person }) => person === "per_one")).toMatchObject({
      roles: ["frontdesk"],
      companies: [{ company, role: "admin" }],
    });
    expect(
      await get(
        platformOf(the.table),
        placeKind,
        placeKey(scopeOf(the.table), "per_again" as PersonId, "spc_test" as never),
      ),
    ).toBeUndefined();
    for (const id of mine)
      expect(await the.owner.read<BookingView>(`${base}/bookings/${id}`)).toMatchObject({ person: "per_one" });
    const file = (feed.path ?? "").replace("/api/v1", "");
    const calendar = (await doors.as(undefined).send("GET", file)).text;
    for (const id of mine) expect(calendar).toContain(`UID:${id}@yihao`);
    expect(
      (await the.owner.read<{ items: { person: string }[] }>(`${base}/resources/${printer.id}/training`)).items,
    ).toMatchObject([{ person: "per_one" }]);
    // The kept one has used what the former had of the day's quota, and gets it back by cancelling.
    const { rev } = await the.owner.read<BookingView>(`${base}/bookings/${mine[0]}`);
    await the.as("per_one", company).command(`${base}/bookings/${mine[0]}/cancel`, { rev });
    await hear();
    const history = await the.owner.read<{ items: TimelineEntry[] }>(`${base}/companies/${company}/timeline`);
    const made = history.items.filter(({ type }) => type === "booking.made");
    expect(made.map(({ by }) => by)).toEqual(["per_one", "per_one"]);
    const audit = await the.owner.read<{ items: { type: string; data: MergedPerson }[] }>(`${base}/audit`);
    const receipt = audit.items.find(({ type }) => type === "person.merged");
    expect(receipt?.data).toMatchObject({ person: "per_again", into: "per_one" });
    const items = await allItems(the.table);
    expect(checkMerges(items)).toEqual([]);
    expect(await the.violations()).toEqual([]);
  });

  it("goes on after a cut in the middle, and what a request under way wrote late follows", async () => {
    const ids: string[] = [];
    for (const day of [24, 25, 26])
      ids.push((await the.take("per_two", { resource: the.world.rooms[0]?.id, ...at(day) })).json<BookingView>().id);
    await hear();
    expect((await merge("per_owner", "per_two", "per_one")).status).toBe(201);
    // The stream dies after some writes, again and again, and hears the same facts anew.
    for (const most of [1, 2, 3]) {
      let writes = 0;
      const cut: Through = (call, send) => {
        if (call.constructor.name.startsWith("TransactWriteItems") && ++writes > most) throw new Error("went down");
        return send(call);
      };
      await streamByHand(sameTable(the.table, { through: cut, attempts: 1 }), reactions, () => the.now)().catch(
        () => 0,
      );
    }
    await hear();
    for (const id of ids)
      expect(await the.owner.read<BookingView>(`${base}/bookings/${id}`)).toMatchObject({ person: "per_one" });
    expect(checkMerges(await allItems(the.table))).toEqual([]);
    the.now = "2026-11-23T03:00:00.000Z";
    await sweep(platformOf(the.table, { now: the.now }), timers, (error) => expect.fail(String(error)));
    expect(await the.violations()).toEqual([]);
  });

  it("is merged by managers below their own rank only, never into itself or somebody who is not here", async () => {
    await placePerson(scopeOf(the.table), "per_boss" as PersonId, { roles: ["manager"] });
    const told = async (...asked: [string, string, string]) => {
      const answer = await merge(...asked);
      return [answer.status, answer.json<{ code?: string }>().code];
    };
    expect(await told("per_boss", "per_owner", "per_boss")).toEqual([403, "person.rank"]);
    expect(await told("per_again", "per_one", "per_two")).toEqual([403, "auth.role"]);
    expect(await told("per_owner", "per_one", "per_one")).toEqual([422, "person.merge-itself"]);
    expect(await told("per_owner", "per_one", "per_nobody1")).toEqual([404, "missing"]);
    expect(await told("per_owner", "per_owner", "per_boss")).toEqual([201, undefined]);
    const now = (await the.as("per_boss").read<{ items: Member[] }>(`${base}/people`)).items;
    expect(now.find(({ person }) => person === "per_boss")?.roles).toEqual(["owner", "manager"]);
  });
});
