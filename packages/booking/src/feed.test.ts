import { createLimiter } from "@yihao/http/rate";
import type { PersonId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { unitsOf } from "@yihao/testing/api";
import { BookingClient } from "@yihao/testing/booking-client";
import { placePerson } from "@yihao/testing/booking-world";
import { testDoors } from "@yihao/testing/doors";
import { scopeOf } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import ICAL from "ical.js";
import { beforeAll, describe, expect, it } from "vitest";
import { type FeedRow, feedText } from "./feed.ts";
import type { ShownFeed } from "./feed-model.ts";
import { feedSpan } from "./feed-span.ts";
import { bookingReactions } from "./reactions.ts";

const now = "2026-11-23T02:42:00.000Z";
const row = (from: string, zone: string, more: Partial<FeedRow> = {}): FeedRow => ({
  ...{ from, until: new Date(Date.parse(from) + 3_600_000).toISOString(), zone, id: `bok_${from}` },
  ...{ code: "R1", name: "会议室 1", company: "cmp_one", companyName: "晚汀香氛", person: "per_one" },
  ...{ personName: "何雨桐", madeAt: now, off: false, rev: 1, ...more },
});
const of = { title: "会议室 1", english: false, own: false };
const uid = ({ id }: FeedRow) => id;

/** What a reader that knows no zones but the calendar's own makes of its events. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(
    calendar.getAllSubcomponents("vtimezone").map((one) => {
      const zone = new ICAL.Timezone(one);
      return [zone.tzid, zone];
    }),
  );
  const instant = (component: ICAL.Component, name: string) => {
    const property = component.getFirstProperty(name);
    const time = property?.getFirstValue() as ICAL.Time;
    const zone = zones.get(String(property?.getParameter("tzid")));
    if (!zone) throw new Error("an event without a zone of the calendar");
    const offset = zone.utcOffset(time);
    const { year, month, day, hour, minute } = time;
    return new Date(Date.UTC(year, month - 1, day, hour, minute) - offset * 1000).toISOString();
  };
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: String(event.getFirstPropertyValue("uid")),
    summary: String(event.getFirstPropertyValue("summary")),
    from: instant(event, "dtstart"),
    until: instant(event, "dtend"),
  }));
}

describe("a feed", () => {
  for (const zone of ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
    it(`says every hour of its year as a reader of iCalendar alone understands it, in ${zone}`, () => {
      const { from, until } = feedSpan(now);
      const step = 11 * 3_600_000;
      const count = Math.floor((Date.parse(until) - Date.parse(from)) / step);
      const rows = Array.from({ length: count }, (_, at) =>
        row(
          new Date(Date.parse(from) + at * step - (at % 4) * 1_800_000).toISOString().replace(/:\d\d\.000/, ":00.000"),
          zone,
        ),
      );
      // The hour that a clock shows twice has two meanings in iCalendar; a reader takes the first.
      const twice = new Set([
        "2026-10-25T01",
        "2026-11-01T06",
        "2027-10-31T01",
        "2027-11-07T06",
        "2027-04-03T15",
        "2027-04-03T14",
      ]);
      const clear = rows.filter((one) => ![one.from, one.until].some((at) => twice.has(at.slice(0, 13))));
      const events = read(feedText(clear, { staff: true }, of, feedSpan(now), uid));
      expect(events.map(({ from, until }) => [from, until])).toEqual(clear.map(({ from, until }) => [from, until]));
    });

  it("is RFC 5545: CRLF, lines of at most 75 bytes, a product, and texts escaped", () => {
    const text = feedText(
      [row("2026-11-24T02:00:00.000Z", "Asia/Shanghai", { personName: "a;b,c\nX-EVIL:1".repeat(5) })],
      { staff: true },
      of,
      feedSpan(now),
      uid,
    );
    expect(
      text.split("\r\n").every((line) => !line.includes("\n") && new TextEncoder().encode(line).length <= 75),
    ).toBe(true);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:/);
    expect(text).not.toMatch(/^X-EVIL/m);
    expect(read(text)[0]?.summary).toContain("a;b,c\nX-EVIL");
  });
});

describe("the address of a feed", () => {
  let client: BookingClient;
  let hear: () => Promise<number>;
  let mine: string;
  let theirs: string;
  const doors = () => testDoors(client.table, { now: () => client.now });
  const feeds = "/doors/spaces/spc_test/feeds";
  const room = () => client.world.rooms[0]?.id ?? "";
  const get = (path: string, headers = {}) =>
    doors().as(undefined).send("GET", path.replace("/api/v1", ""), undefined, headers);
  const make = async (person: string, subject: string) =>
    (await doors().as(person).command<ShownFeed>(feeds, { subject })).path ?? "";
  beforeAll(async () => {
    client = await BookingClient.open();
    hear = streamByHand(client.table, bookingReactions, () => client.now);
    const span = { resource: room(), from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:00:00.000Z" };
    const other = { resource: room(), from: "2026-11-25T02:00:00.000Z", until: "2026-11-25T03:00:00.000Z" };
    mine = (await client.take("per_one", span)).json<{ id: string }>().id;
    theirs = (await client.take("per_two", other)).json<{ id: string }>().id;
    await hear();
  });

  it("shows a person's own bookings, and again in few read units", async () => {
    const path = await make("per_one", "me");
    const answer = await get(path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(read(answer.text)).toEqual([
      {
        uid: `${mine}@yihao`,
        summary: "R1 会议室 1",
        from: "2026-11-24T02:00:00.000Z",
        until: "2026-11-24T03:00:00.000Z",
      },
    ]);
    await hear();
    const again = await get(path);
    expect(again.text).toBe(answer.text);
    expect(unitsOf(again).read).toBeLessThanOrEqual(4);
    expect(unitsOf(again).write).toBe(0);
  });

  it("shows another company's booking as busy, no name, title or id", async () => {
    const answer = await get(await make("per_one", room()));
    const events = read(answer.text);
    expect(events.map(({ summary }) => summary)).toEqual(["per_one", "忙碌"]);
    for (const secret of [theirs, theirs.slice(4), "per_two", "cmp_two", "公司 two"])
      expect(answer.text).not.toContain(secret);
    const staff = await get(await make("per_owner", room()));
    expect(read(staff.text).map(({ summary }) => summary)).toEqual(["公司 one · per_one", "公司 two · per_two"]);
  });

  it("answers 304 to whoever has it already, until something changes", async () => {
    const path = await make("per_two", "me");
    const first = await get(path);
    const tag = first.headers.get("etag") ?? "";
    const again = await get(path, { "if-none-match": `W/${tag}` });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
    await client.as("per_two").command(`/spaces/spc_test/bookings/${theirs}/cancel`, { rev: 1 });
    await hear();
    const changed = await get(path, { "if-none-match": tag });
    expect([changed.status, read(changed.text)]).toEqual([200, []]);
  });

  it("that was revoked or renewed answers the same 404 as one that never was, and its list tells no secret", async () => {
    const old = await make("per_two", room());
    const path = await make("per_two", room());
    expect([(await get(old)).status, (await get(path)).status]).toEqual([404, 200]);
    expect((await doors().as("per_two").send("GET", feeds)).text).not.toContain(path.slice(-36, -4));
    expect((await doors().as("per_two").send("DELETE", `${feeds}/${room()}`)).status).toBe(200);
    const plain = (text: string) => text.replace(/"request":"[^"]*"/, "");
    const answers = await Promise.all(
      [old, path, `/doors/feeds/${"0".repeat(32)}.ics`, "/doors/feeds/x"].map((one) => get(one)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${plain(text)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(404);
  });

  it("keeps no secret in the table", async () => {
    const path = await make("per_two", "me");
    const token = path.split("/").at(-1)?.replace(".ics", "") ?? "?";
    expect(JSON.stringify(await allItems(client.table))).not.toContain(token);
  });

  it("ends with its owner's place in the space", async () => {
    await placePerson(scopeOf(client.table), "per_leaver" as PersonId, {
      companies: [{ company: "cmp_one", name: "公司 one", role: "member" }],
    });
    const path = await make("per_leaver", "me");
    expect((await get(path)).status).toBe(200);
    expect((await client.owner.send("DELETE", "/spaces/spc_test/people/per_leaver")).status).toBe(200);
    expect((await get(path)).status).toBe(404);
  });

  it("is counted by the network it is asked from, as other open routes are", async () => {
    const few = () => createLimiter({ requests: 3, seconds: 60 });
    const { app } = testDoors(client.table, { limits: { caller: few(), address: few() } });
    const from = (sourceIp: string) =>
      app.request(
        `/api/v1/doors/feeds/${"0".repeat(32)}.ics`,
        {},
        { event: { requestContext: { http: { sourceIp } } } },
      );
    const statuses: number[] = [];
    for (let at = 0; at < 6; at += 1) statuses.push((await from("203.0.113.9")).status);
    expect(statuses[0]).toBe(404);
    expect(statuses.at(-1)).toBe(429);
    expect((await from("198.51.100.1")).status).toBe(404);
  });
});
