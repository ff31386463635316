import { unitsOf } from "@yihao/testing/api";
import { BookingClient } from "@yihao/testing/booking-client";
import { testDoors } from "@yihao/testing/doors";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { faceAt } from "./display.ts";
import type { Display, DoorView, ShownDisplay } from "./display-model.ts";
import { bookingReactions } from "./reactions.ts";

const at = (time: string) => `2026-11-24T${time}:00.000Z`;
const slot = (from: string, until: string) => ({ from: at(from), until: at(until) });
const open = [slot("01:00", "13:00")];

describe("a door", () => {
  const slots = [slot("02:00", "03:00"), slot("03:00", "04:00"), slot("06:00", "07:00")];
  it("is free until the next booking, soon taken a quarter of an hour before, and taken until the last that follows on", () => {
    const seen = ["01:30", "01:45", "02:00", "03:59", "04:00", "07:00", "13:00", "00:10"].map((time) => {
      const { state, until } = faceAt({ slots, open, off: false }, at(time));
      return `${time} ${state} ${until?.slice(11, 16) ?? "-"}`;
    });
    expect(seen).toEqual([
      "01:30 free 02:00",
      "01:45 soon 02:00",
      "02:00 busy 04:00",
      "03:59 busy 04:00",
      "04:00 free 06:00",
      "07:00 free 13:00",
      "13:00 closed -",
      "00:10 closed 01:00",
    ]);
    expect(faceAt({ slots, open, off: true }, at("02:00")).state).toBe("off");
  });
});

describe("a display", () => {
  let client: BookingClient;
  let token: string;
  let display: ShownDisplay;
  const base = "/doors/spaces/spc_test";
  const doors = () => testDoors(client.table, { now: () => client.now });
  const look = (secret = token) => doors().as(undefined).send("GET", `/doors/displays/${secret}`);
  beforeAll(async () => {
    client = await BookingClient.open();
    const hear = streamByHand(client.table, bookingReactions, () => client.now);
    const [one, two] = client.world.rooms;
    const span = { from: "2026-11-23T03:00:00.000Z", until: "2026-11-23T04:00:00.000Z" };
    expect((await client.take("per_one", { resource: one?.id, ...span })).status).toBe(201);
    expect((await client.take("per_two", { resource: two?.id, ...span })).status).toBe(201);
    await hear();
    display = await doors().as("per_owner").command<ShownDisplay>(`${base}/displays`, { resource: one?.id });
    token = display.path?.split("/").at(-1) ?? "";
    await hear();
  });

  it("reads its room and nothing else, names nobody, and costs few units", async () => {
    const answer = await look();
    const door = answer.json<DoorView>();
    expect([door.code, door.slots]).toEqual([
      "R1",
      [{ from: "2026-11-23T03:00:00.000Z", until: "2026-11-23T04:00:00.000Z" }],
    ]);
    for (const secret of ["R2", "per_one", "per_two", "cmp_", "公司", "bok_"])
      expect(answer.text).not.toContain(secret);
    const again = await look();
    expect(unitsOf(again)).toMatchObject({ write: 0 });
    expect(unitsOf(again).read).toBeLessThanOrEqual(4.5);
    for (const path of ["/doors/feeds/", "/doors/displays/x"])
      expect(
        (
          await doors()
            .as(undefined)
            .send("GET", path + token)
        ).status,
      ).toBe(404);
    for (const path of ["displays", "feeds", "settings"])
      expect((await doors().by(token).send("GET", `${base}/${path}`)).status).toBe(401);
  });

  it("names who booked once the space lets it, and no company", async () => {
    const owner = doors().as("per_owner");
    const settings = { hostNames: true, visitorDays: 30 };
    expect((await owner.send("PUT", `${base}/settings`, settings, { "if-match": '"7"' })).status).toBe(412);
    expect((await owner.send("PUT", `${base}/settings`, settings, { "if-match": '"0"' })).status).toBe(200);
    const answer = await look();
    expect(answer.json<DoorView>().slots[0]?.host).toBe("per_one");
    expect(answer.text).not.toContain("公司");
  });

  it("is seen in the operator's list to the hour, and revoked answers the 404 of one that never was", async () => {
    const owner = doors().as("per_owner");
    const listed = (await owner.read<{ items: Display[] }>(`${base}/displays`)).items;
    expect(listed).toEqual([
      { id: display.id, resource: display.resource, at: client.now, seenAt: "2026-11-23T02:00:00.000Z" },
    ]);
    expect((await doors().as("per_one").send("DELETE", `${base}/displays/${display.id}`)).status).toBe(403);
    expect((await owner.send("DELETE", `${base}/displays/${display.id}`)).status).toBe(200);
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    const answers = await Promise.all([look(), look("0".repeat(32)), look("x")]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });
});
