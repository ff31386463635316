import type { PersonId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { scopeOf } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnnouncementView } from "./announcement-model.ts";
import { checkCommunity } from "./check.ts";
import type { RegistrationView } from "./event-model.ts";
import { communityReactions } from "./reactions.ts";

let world: CommunityWorld;
let hear: () => Promise<number>;
const at = (path = "") => `/spaces/${world.space}/announcements${path}`;
const event = { from: "2026-11-24T06:00:00.000Z", until: "2026-11-24T08:00:00.000Z", place: "路演厅", seats: 3 };
const publish = (more: object = {}) =>
  world.desk.command<AnnouncementView>(at(), {
    ...{ title: "路演日", text: "带名片来。", from: "2026-11-01", until: "2026-12-01", event },
    ...more,
  });
const crowd = async (count: number) => {
  const api = testApi(world.table, { now: world.now });
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const person = `per_guest${index}` as PersonId;
      const companies = [{ company: world.company, name: "晚汀香氛", role: "member" as const }];
      await placePerson(scopeOf(world.table, { space: world.space }), person, { companies });
      return api.as(person);
    }),
  );
};
const list = async (id: string) =>
  (await world.desk.read<{ items: RegistrationView[] }>(at(`/${id}/registrations`))).items;

beforeEach(async () => {
  world = await communityWorld();
  hear = streamByHand(world.table, communityReactions, world.now);
});
afterEach(async () => {
  await hear();
  expect(checkCommunity(await allItems(world.table))).toEqual([]);
  world.table.close();
});

describe("an event with seats", () => {
  it("of 3 wanted by 20 at once has exactly 3 who come, the others wait; a seat given up goes to whoever waited first, once, with a letter", async () => {
    const { id } = await publish();
    const people = await crowd(20);
    const answers = await Promise.all(people.map((one) => one.send("POST", at(`/${id}/registration`), {})));
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 201));
    const states = answers.map((answer) => answer.json<RegistrationView>().state);
    expect([3, 17]).toEqual([
      states.filter((one) => one === "coming").length,
      states.filter((one) => one === "waiting").length,
    ]);
    const before = await list(id);
    const first = before.find(({ state }) => state === "waiting");
    const index = states.indexOf("coming");
    expect((await people[index]?.send("POST", at(`/${id}/registration/leave`), {}))?.status).toBe(201);
    await Promise.all([hear(), hear()]);
    const after = await list(id);
    expect(after.filter(({ state }) => state === "coming")).toHaveLength(3);
    expect(after.find(({ person }) => person === first?.person)?.state).toBe("coming");
    const letters = await world.letters(String(first?.person).slice(4));
    expect(letters.filter(({ subject }) => subject === "有位置了：路演日")).toHaveLength(1);
    expect(await people[0]?.read(at(`/${id}`))).toMatchObject({ event: { seats: 3, coming: 3, waiting: 16 } });
  });

  it("is registered for once, by whom it is for, until it begins; more seats go to who waits; staff note who came", async () => {
    const one = await publish({ event: { ...event, seats: 1 }, companies: [world.company] });
    const mine = await world.member.command<RegistrationView>(at(`/${one.id}/registration`), {});
    expect(await world.member.command(at(`/${one.id}/registration`), {})).toEqual(mine);
    expect(await world.admin.command(at(`/${one.id}/registration`), {})).toMatchObject({ state: "waiting" });
    expect((await world.neighbour.send("POST", at(`/${one.id}/registration`), {})).status).toBe(404);
    expect((await world.member.send("GET", at(`/${one.id}/registrations`))).status).toBe(403);
    const change = { title: "路演日", text: "加座。", from: "2026-11-01", until: "2026-12-01" };
    const more = { ...change, event: { ...event, seats: 2 }, companies: [world.company] };
    expect((await world.desk.send("PUT", at(`/${one.id}`), more, { "if-match": '"1"' })).status).toBe(200);
    await hear();
    expect((await list(one.id)).map(({ state }) => state)).toEqual(["coming", "coming"]);
    const wrong = { ...more, event: { ...event, until: event.from } };
    expect((await world.desk.send("PUT", at(`/${one.id}`), wrong, { "if-match": '"2"' })).json()).toMatchObject({
      code: "event.times",
    });
    const came = await world.desk.send("PUT", at(`/${one.id}/registrations/${mine.person}`), { came: true });
    expect(came.json<RegistrationView>().cameAt).toBeDefined();
    world.pass(86_400_000 * 2);
    for (const path of ["registration", "registration/leave"])
      expect((await world.member.send("POST", at(`/${one.id}/${path}`), {})).json()).toMatchObject({
        code: "event.begun",
      });
  });
});
