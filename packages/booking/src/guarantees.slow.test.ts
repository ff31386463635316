import { instantOf, plusDays } from "@yihao/kernel/days";
import type { SpaceId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { fillBookings } from "@yihao/testing/fill-bookings";
import { scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import type { Hours } from "./model.ts";

const always: [string, string][] = [["00:00", "24:00"]];
const aroundTheClock: Hours = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };
type Seen = { resources: Record<string, [number, number, string][]> };
type Made = { id: string; from: string; until: string; day: string; price: { totalMinor: number } };

/** A site of one zone that never closes, with one room and one desk, at an instant. */
async function site(zone: string, now: string, hours: Hours = aroundTheClock) {
  const the = await BookingClient.open({ rooms: 1, desks: 1, zone, hours }, now);
  const room = the.world.rooms[0]?.id ?? "";
  return {
    the,
    /** Books the room at wall times of its zone, as a screen does. */
    take: (day: string, from: string, until: string, person = "per_one") =>
      the.take(person, { resource: room, from: instantOf(day, from, zone), until: instantOf(day, until, zone) }),
    span: (from: string, until: string, person = "per_one") => the.take(person, { resource: room, from, until }),
    grains: async (day: string) => {
      const path = `${the.base}/sites/${the.world.site.id}/availability?day=${day}`;
      return ((await the.owner.read<Seen>(path)).resources[room] ?? []).map(([from, until]) => [from, until]);
    },
  };
}

describe("availability of a day", () => {
  it("costs the same with 10 bookings in the table and with 1,000, to staff and to a company", async () => {
    const the = await BookingClient.open({ rooms: 3, desks: 10 });
    const day = "2026-11-24";
    const path = `${the.base}/sites/${the.world.site.id}/availability?day=${day}`;
    const cost = async () =>
      Promise.all(
        ["per_owner", "per_one"].map(async (person) => {
          const seen = await the.as(person).send("GET", path);
          return { ...unitsOf(seen), held: Object.values(seen.json<Seen>().resources).flat().length };
        }),
      );
    const rooms = the.world.rooms.map(({ id }) => id);
    await fillBookings(scopeOf(the.table), { site: the.world.site.id, resources: rooms, days: [day], count: 10 });
    const few = await cost();
    expect(few.map(({ held }) => held)).toEqual([10, 10]);
    const others = Array.from({ length: 140 }, (_, ahead) => plusDays("2026-11-28", ahead));
    const wish = { site: the.world.site.id, resources: rooms, days: others, count: 990 };
    await fillBookings(scopeOf(the.table), wish);
    expect(await cost()).toEqual(few);
  });
});

describe("wall times over a clock change", () => {
  it.each([
    ["Europe/Berlin", ["2026-03-28", "2026-03-29", "2026-03-30"], ["08:00", "07:00", "07:00"]],
    ["Europe/Berlin", ["2026-10-24", "2026-10-25", "2026-10-26"], ["07:00", "08:00", "08:00"]],
    ["America/New_York", ["2026-03-07", "2026-03-08", "2026-03-09"], ["14:00", "13:00", "13:00"]],
    ["America/New_York", ["2026-10-31", "2026-11-01", "2026-11-02"], ["13:00", "14:00", "14:00"]],
    ["Asia/Shanghai", ["2026-10-24", "2026-10-25", "2026-11-01"], ["01:00", "01:00", "01:00"]],
  ])("in %s: 09:00 is 09:00 on %j, an hour lasts and costs an hour, and is taken once", async (zone, days, hours) => {
    const { the, take } = await site(zone, `${plusDays(days[0] ?? "", -20)}T00:00:00.000Z`);
    for (const [index, day] of days.entries()) {
      const made = (await take(day, "09:00", "10:00")).json<Made>();
      expect([made.from, made.day, made.price.totalMinor]).toEqual([`${day}T${hours[index]}:00.000Z`, day, 6000]);
      expect(told(await take(day, "09:30", "10:30", "per_two"))).toEqual([409, "booking.taken"]);
      expect(told(await take(day, "10:00", "11:00", "per_two"))).toEqual([201, undefined]);
    }
    expect(await the.violations()).toEqual([]);
  });

  it("a desk's day is its opening day: 23 hours when one is skipped, 25 when one is doubled", async () => {
    const { the } = await site("Europe/Berlin", "2026-10-01T00:00:00.000Z");
    const desk = the.world.desks[0]?.id;
    const doubled = (await the.take("per_one", { resource: desk, day: "2026-10-25" })).json<Made>();
    expect([doubled.from, doubled.until]).toEqual(["2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"]);
    the.now = "2027-03-01T00:00:00.000Z";
    const skipped = (await the.take("per_one", { resource: desk, day: "2027-03-28" })).json<Made>();
    expect([skipped.from, skipped.until]).toEqual(["2027-03-27T23:00:00.000Z", "2027-03-28T22:00:00.000Z"]);
    expect([doubled.price.totalMinor, skipped.price.totalMinor]).toEqual([4000, 4000]);
  });

  it("the doubled hour is two hours that two companies can have; its wall time means the first", async () => {
    const { the, take, span, grains } = await site("Europe/Berlin", "2026-10-01T00:00:00.000Z");
    const first = (await take("2026-10-25", "02:00", "02:30")).json<Made>();
    expect(first.from).toBe("2026-10-25T00:00:00.000Z");
    expect(told(await span("2026-10-25T01:00:00.000Z", "2026-10-25T01:30:00.000Z", "per_two"))).toEqual([
      201,
      undefined,
    ]);
    expect(told(await span("2026-10-25T01:00:00.000Z", "2026-10-25T02:00:00.000Z"))).toEqual([409, "booking.taken"]);
    expect(await grains("2026-10-25")).toEqual([
      [24, 30],
      [36, 42],
    ]);
    const both = (await take("2026-10-25", "01:00", "04:00", "per_two")).json<{ params: { minutes: number } }>();
    expect(both.params.minutes).toBe(240);
    expect(await the.violations()).toEqual([]);
  });

  it("the skipped hour cannot be had: a wall time in it moves on by the gap, and a stretch over it is an hour shorter and cheaper", async () => {
    const { the, take, grains } = await site("Europe/Berlin", "2026-03-10T00:00:00.000Z");
    const moved = (await take("2026-03-29", "02:30", "04:00")).json<Made>();
    expect([moved.from, moved.until]).toEqual(["2026-03-29T01:30:00.000Z", "2026-03-29T02:00:00.000Z"]);
    const over = (await take("2026-03-29", "01:30", "03:00")).json<Made>();
    expect([over.from, over.until, over.price.totalMinor]).toEqual([
      "2026-03-29T00:30:00.000Z",
      "2026-03-29T01:00:00.000Z",
      3000,
    ]);
    expect(await grains("2026-03-29")).toEqual([
      [18, 24],
      [30, 36],
    ]);
    expect(await the.violations()).toEqual([]);
  });
});

describe("a booking", () => {
  it("across midnight belongs to the day it starts on, keeps both days' time, and meets the next morning's", async () => {
    const { the, span, grains } = await site("Asia/Shanghai", "2026-11-23T02:42:00.000Z");
    const made = await span("2026-11-24T15:00:00.000Z", "2026-11-24T17:00:00.000Z");
    expect([made.status, made.json<Made>().day, unitsOf(made).write]).toEqual([201, "2026-11-24", 8]);
    expect([await grains("2026-11-24"), await grains("2026-11-25")]).toEqual([[[276, 288]], [[0, 12]]]);
    const morning = await span("2026-11-24T16:30:00.000Z", "2026-11-24T17:30:00.000Z", "per_two");
    expect(told(morning)).toEqual([409, "booking.taken"]);
    expect(told(await span("2026-11-24T17:00:00.000Z", "2026-11-24T18:00:00.000Z", "per_two"))).toEqual([
      201,
      undefined,
    ]);
    expect(await the.violations()).toEqual([]);
  });

  it("over midnight by 12 at once for stretches that overlap in a chain: whoever won overlaps nobody", async () => {
    const { the } = await site("Asia/Shanghai", "2026-11-23T02:42:00.000Z");
    const at = (half: number) => new Date(Date.parse("2026-11-24T13:00:00Z") + half * 1_800_000).toISOString();
    const resource = the.world.rooms[0]?.id;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, half) =>
        the.book("per_one", { resource, from: at(half), until: at(half + 4), expectMinor: 12_000 }),
      ),
    );
    const won = answers.filter(({ status }) => status === 201).map((answer) => answer.json<Made>());
    expect(won.length).toBeGreaterThan(0);
    expect(answers.filter((answer) => told(answer)[1] === "booking.taken")).toHaveLength(12 - won.length);
    expect(await the.violations()).toEqual([]);
  });

  it("on the 29th of February is one of that day and month; the same day of a common year is refused as no day", async () => {
    const { the, take } = await site("Asia/Shanghai", "2028-02-20T02:00:00.000Z");
    const made = (await take("2028-02-29", "09:00", "10:00")).json<Made>();
    expect([made.day, made.from]).toEqual(["2028-02-29", "2028-02-29T01:00:00.000Z"]);
    const desk = the.world.desks[0]?.id;
    expect((await the.take("per_one", { resource: desk, day: "2028-02-29" })).json<Made>().day).toBe("2028-02-29");
    expect(told(await the.take("per_one", { resource: desk, day: "2027-02-29" }))).toEqual([400, "input.invalid"]);
    expect(told(await take("2028-02-29", "23:30", "24:00"))).toEqual([201, undefined]);
    expect(told(await take("2028-03-01", "00:00", "00:30"))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("takes its credits exactly once and gives exactly them back; a quote that nobody confirms takes none", async () => {
    const the = await BookingClient.open({ rooms: 2, desks: 0, roomMinutes: 240 });
    const left = async () =>
      (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true }))
        .filter(({ unit }) => unit.endsWith("2026-11"))
        .map(({ account, available }) => `${account} ${available}`)
        .sort();
    const wish = (room: number) => ({
      resource: the.world.rooms[room]?.id,
      from: "2026-11-24T02:00:00.000Z",
      until: "2026-11-24T03:30:00.000Z",
    });
    for (let click = 0; click < 20; click += 1)
      expect((await the.as("per_one").send("POST", `${the.base}/quotes/booking`, wish(0))).status).toBe(200);
    expect(await left()).toEqual(["company 240"]);
    const sent = { ...wish(0), expectMinor: 0, expectAllowanceMinutes: 90 };
    const key = { "idempotency-key": "clicked-many-times" };
    const clicks = await Promise.all(
      Array.from({ length: 8 }, () => the.as("per_one").send("POST", `${the.base}/bookings`, sent, key)),
    );
    expect(new Set(clicks.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await left()).toEqual(["booked 90", "company 150"]);
    const { id } = clicks[0]?.json<Made>() ?? {};
    const path = `${the.base}/bookings/${id}/cancel`;
    const ends = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        the.as("per_one").send("POST", path, { rev: 1 }, { "idempotency-key": `cancelled-by-click-${index}` }),
      ),
    );
    expect(ends.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await left()).toEqual(["company 240"]);
    expect(await the.violations()).toEqual([]);
  });

  it("of another company is busy and nothing more: no name, no id, no title, in no answer", async () => {
    const the = await BookingClient.open({ rooms: 2, desks: 1 });
    const at = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:30:00.000Z" };
    const resource = the.world.rooms[0]?.id;
    const { id } = (await the.take("per_one", { resource, ...at })).json<Made>();
    await the.take("per_one", { resource: the.world.desks[0]?.id, day: "2026-11-24" });
    const read = (path: string) => the.as("per_two").send("GET", `${the.base}${path}`);
    const answers = [
      await read(`/sites/${the.world.site.id}/availability?day=2026-11-24`),
      await read(`/bookings/${id}`),
      await read("/bookings"),
      await read("/resources"),
      await read(`/sites/${the.world.site.id}/agenda?day=2026-11-24`),
      await read(`/sites/${the.world.site.id}/presence`),
      await the.take("per_two", { resource, ...at }),
      await the.as("per_two").send("POST", `${the.base}/bookings/${id}/cancel`, { rev: 1 }),
    ];
    for (const answer of answers) expect(answer.text).not.toMatch(new RegExp(`cmp_one|公司 one|per_one|${id}`));
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200, 200, 403, 403, 409, 404]);
    expect(answers[0]?.json<Seen>().resources[resource ?? ""]).toEqual([[120, 138, "busy"]]);
  });
});

/** Spaces are walls before companies are: the same ids in another space are not found. */
it("another space's resource cannot be booked by its id", async () => {
  const the = await BookingClient.open({ rooms: 1, desks: 0 });
  const space: SpaceId = "spc_other";
  const wish = { resource: the.world.rooms[0]?.id, from: "2026-11-24T02:00:00Z", until: "2026-11-24T03:00:00Z" };
  const answer = await the.as("per_one").send("POST", `/spaces/${space}/quotes/booking`, wish);
  expect(told(answer)).toEqual([404, "missing"]);
});
