import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { describe, expect, it } from "vitest";
import type { Quota, ResourceView } from "./model.ts";
import { weekOf } from "./quota.ts";

const quota = (change: Partial<Quota>): Quota => ({
  per: "person",
  count: "minutes",
  in: "day",
  most: 120,
  over: "resource",
  ...change,
});
/** A room open around the clock with some quotas. */
async function opened(quotas: Quota[], zone = "Asia/Shanghai", now?: string) {
  const always: [string, string][] = [["00:00", "24:00"]];
  const hours = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };
  const the = await BookingClient.open({ rooms: 0, desks: 0, zone, hours, roomMinutes: 0 }, now);
  const room = await the.add("room", "Q1", { quotas });
  const take = (person: string, from: string, until: string, resource: ResourceView = room) =>
    the.take(person, { resource: resource.id, from: `${from}:00.000Z`, until: `${until}:00.000Z` });
  return { the, room, take };
}

describe("a quota of minutes", () => {
  it("costs a booking 2 write units and no read unit, holds a local day, and comes back when it is cancelled", async () => {
    const { the, room, take } = await opened([quota({})]);
    const first = await take("per_one", "2026-11-24T02:00", "2026-11-24T03:30");
    expect([first.status, unitsOf(first)]).toEqual([201, { read: 3, write: 8 }]);
    const over = await take("per_one", "2026-11-24T05:00", "2026-11-24T06:00");
    expect(told(over)).toEqual([409, "booking.quota"]);
    expect(over.json<{ params: object }>().params).toMatchObject({ used: 90, wanted: 60, most: 120, in: "day" });
    const span = { from: "2026-11-24T05:00:00.000Z", until: "2026-11-24T06:00:00.000Z" };
    const blind = await the.book("per_one", { resource: room.id, ...span, expectMinor: 6000 });
    expect(told(blind)).toEqual([409, "booking.quota"]);
    expect(blind.json<{ params: object }>().params).toMatchObject({ used: 90, code: "Q1" });
    expect(told(await take("per_two", "2026-11-24T05:00", "2026-11-24T06:00"))).toEqual([201, undefined]);
    expect(told(await take("per_one", "2026-11-24T06:00", "2026-11-24T06:30"))).toEqual([201, undefined]);
    const { id } = first.json<{ id: string }>();
    await the.as("per_one").command(`${the.base}/bookings/${id}/cancel`, { rev: 1 });
    expect(told(await take("per_one", "2026-11-24T02:00", "2026-11-24T03:30"))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("counts the local day, week and month of the site, not those of UTC", async () => {
    const { take, the } = await opened([quota({ most: 60 })], "America/New_York");
    // 23:00 on the 24th and 00:00 on the 25th in New York are both the 25th in UTC.
    expect(told(await take("per_one", "2026-11-25T04:00", "2026-11-25T05:00"))).toEqual([201, undefined]);
    expect(told(await take("per_one", "2026-11-25T05:00", "2026-11-25T06:00"))).toEqual([201, undefined]);
    expect(told(await take("per_one", "2026-11-25T15:00", "2026-11-25T15:30"))).toEqual([409, "booking.quota"]);
    expect(await the.violations()).toEqual([]);
    expect([weekOf("2026-12-31"), weekOf("2027-01-03"), weekOf("2027-01-04"), weekOf("2024-12-30")]).toEqual([
      "2026-W53",
      "2026-W53",
      "2027-W01",
      "2025-W01",
    ]);
  });

  it("holds when one person books ten rooms at once, counted together by kind", async () => {
    const { the } = await opened([]);
    const together = [quota({ over: "kind", most: 180, in: "week" })];
    const rooms = [];
    for (let index = 1; index <= 10; index += 1) rooms.push(await the.add("room", `K${index}`, { quotas: together }));
    const span = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:00:00.000Z" };
    const answers = await Promise.all(
      rooms.map((room) => the.book("per_one", { resource: room.id, ...span, expectMinor: 6000 })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter((answer) => told(answer)[1] === "booking.quota")).toHaveLength(7);
    expect(await the.violations()).toEqual([]);
  });

  it("of a company binds what staff book for it, and one of a person does not", async () => {
    const { the, room, take } = await opened([quota({ per: "company", most: 60, in: "month" }), quota({ most: 30 })]);
    const staff = (from: string, until: string) =>
      the.take("per_owner", { resource: room.id, company: "cmp_one", from: `${from}.000Z`, until: `${until}.000Z` });
    expect(told(await staff("2026-11-24T02:00:00", "2026-11-24T03:00:00"))).toEqual([201, undefined]);
    expect(told(await staff("2026-11-24T04:00:00", "2026-11-24T05:00:00"))).toEqual([409, "booking.quota"]);
    expect(told(await take("per_two", "2026-11-24T04:00", "2026-11-24T05:00"))).toEqual([409, "booking.quota"]);
    expect(told(await take("per_two", "2026-11-24T04:00", "2026-11-24T04:30"))).toEqual([201, undefined]);
  });

  it("of some plans binds companies on them only, and the quote says what is left", async () => {
    const plans = { per: "company" as const, most: 60, in: "week" as const, plans: ["pln_test" as const] };
    const the = await BookingClient.open({ rooms: 0, desks: 0, roomMinutes: 600 });
    const room = await the.add("room", "P1", { quotas: [quota(plans)] });
    const wish = (from: string, until: string) => ({
      resource: room.id,
      from: `2026-11-24T${from}:00.000Z`,
      until: `2026-11-24T${until}:00.000Z`,
    });
    expect(told(await the.take("per_one", wish("02:00", "02:30")))).toEqual([201, undefined]);
    const quoted = await the.as("per_one").send("POST", `${the.base}/quotes/booking`, wish("03:00", "03:30"));
    expect(quoted.json()).toMatchObject({ quotas: [{ per: "company", in: "week", most: 60, used: 30 }] });
    expect(told(await the.take("per_one", wish("03:00", "04:00")))).toEqual([409, "booking.quota"]);
    expect(told(await the.take("per_two", wish("03:00", "06:00")))).toEqual([201, undefined]);
  });
});

describe("a quota of bookings ahead", () => {
  const ahead = quota({ count: "bookings", in: "ahead", most: 2 });
  const hours = (hour: number) => {
    const two = (n: number) => String(n).padStart(2, "0");
    return [`2026-11-24T${two(hour)}:00`, `2026-11-24T${two(hour + 1)}:00`] as const;
  };

  it("lets one more in when one has begun or is cancelled, for 2 write units and half a read unit", async () => {
    const { the, take } = await opened([ahead]);
    const first = await take("per_one", ...hours(1));
    expect([first.status, unitsOf(first)]).toEqual([201, { read: 3.5, write: 8 }]);
    const second = await take("per_one", ...hours(3));
    expect(told(second)).toEqual([201, undefined]);
    expect(told(await take("per_one", ...hours(5)))).toEqual([409, "booking.quota"]);
    the.now = "2026-11-24T01:00:00.000Z";
    expect(told(await take("per_one", ...hours(5)))).toEqual([201, undefined]);
    expect(told(await take("per_one", ...hours(7)))).toEqual([409, "booking.quota"]);
    await the.as("per_one").command(`${the.base}/bookings/${second.json<{ id: string }>().id}/cancel`, { rev: 1 });
    expect(told(await take("per_one", ...hours(7)))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("holds when one person books eight slots at once", async () => {
    const { the, room } = await opened([ahead]);
    const answers = await Promise.all(
      [1, 3, 5, 7, 9, 11, 13, 15].map((hour) => {
        const [from, until] = hours(hour);
        const span = { from: `${from}:00.000Z`, until: `${until}:00.000Z` };
        return the.book("per_one", { resource: room.id, ...span, expectMinor: 6000 });
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter((answer) => told(answer)[1] === "booking.quota")).toHaveLength(6);
    expect(await the.violations()).toEqual([]);
  });
});
