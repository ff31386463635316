import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { beforeEach, describe, expect, it } from "vitest";
import type { ResourceView } from "./model.ts";

let the: BookingClient;
const day = "2026-11-24";
const at = (from: string, until: string) => ({ from: `${day}T${from}:00.000Z`, until: `${day}T${until}:00.000Z` });
type Taken = { alternatives: { times: object[]; resources: { code: string }[] }; by?: object };
type Seen = { resources: Record<string, unknown[]> };

beforeEach(async () => {
  the = await BookingClient.open({ rooms: 2, desks: 2 });
});

describe("a pool", () => {
  it("of 7 asked for by 50 at once is had by 7; 43 are told so with what else there is", async () => {
    const pool = await the.add("pool", "HOT", { units: 7 });
    const people = Array.from({ length: 50 }, (_, index) => (index % 2 ? "per_one" : "per_two"));
    const wish = { resource: pool.id, day, expectMinor: 4000 };
    const answers = await Promise.all(people.map((person) => the.book(person, wish)));
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(7);
    const lost = answers.filter((answer) => told(answer)[1] === "booking.taken");
    expect(lost).toHaveLength(43);
    for (const answer of lost)
      expect(answer.json<{ params: Taken }>().params.alternatives.resources.map(({ code }) => code)).toEqual([
        "A-01",
        "A-02",
      ]);
    const path = `${the.base}/sites/${the.world.site.id}/availability?day=${day}`;
    expect((await the.owner.read<Seen>(path)).resources[pool.id]).toHaveLength(7);
    const { id } = won[0]?.json<{ id: string }>() ?? {};
    const booker = won[0]?.json<{ person: string }>().person ?? "";
    await the.as(booker).command(`${the.base}/bookings/${id}/cancel`, { rev: 1 });
    expect(told(await the.book("per_two", wish))).toEqual([201, undefined]);
    expect(told(await the.book("per_two", wish))).toEqual([409, "booking.taken"]);
    expect(await the.violations()).toEqual([]);
  });

  it("by time is full only where all its units are had at one moment", async () => {
    const printers = await the.add("equipment", "3D", { units: 2 });
    const take = (from: string, until: string) => the.take("per_one", { resource: printers.id, ...at(from, until) });
    expect(told(await take("02:00", "04:00"))).toEqual([201, undefined]);
    expect(told(await take("03:00", "05:00"))).toEqual([201, undefined]);
    expect(told(await take("03:30", "04:30"))).toEqual([409, "booking.taken"]);
    expect(told(await take("04:00", "06:00"))).toEqual([201, undefined]);
    expect(told(await take("04:30", "05:30"))).toEqual([409, "booking.taken"]);
    expect(told(await take("05:00", "06:00"))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("that shrinks keeps what is booked of it, and takes no more until there is room", async () => {
    const pool = await the.add("pool", "HOT", { units: 2 });
    for (const person of ["per_one", "per_two"]) await the.take(person, { resource: pool.id, day });
    const { id, rev, site: _site, kind: _kind, area: _area, ...facts } = pool;
    const put = { ...facts, units: 1 };
    expect((await the.owner.send("PUT", `${the.base}/resources/${id}`, put, { "if-match": `"${rev}"` })).status).toBe(
      200,
    );
    expect(told(await the.take("per_one", { resource: pool.id, day }))).toEqual([409, "booking.taken"]);
    expect(told(await the.take("per_one", { resource: pool.id, day: "2026-11-25" }))).toEqual([201, undefined]);
    expect(told(await the.take("per_two", { resource: pool.id, day: "2026-11-25" }))).toEqual([409, "booking.taken"]);
    expect(await the.violations()).toEqual([]);
  });
});

describe("a resource's rules", () => {
  it("keep time free before and after, each booking its own, also over midnight", async () => {
    const always: [string, string][] = [["00:00", "24:00"]];
    const hours = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };
    const studio = await the.add("room", "S1", { bufferMinutes: 15, bufferBeforeMinutes: 30, hours });
    const take = (from: string, until: string) =>
      the.take("per_one", { resource: studio.id, from: `2026-11-${from}:00.000Z`, until: `2026-11-${until}:00.000Z` });
    const first = await the.take("per_one", {
      resource: studio.id,
      from: "2026-11-24T16:00:00.000Z",
      until: "2026-11-24T17:00:00.000Z",
    });
    expect([first.status, unitsOf(first).write]).toEqual([201, 8]);
    expect(told(await take("24T14:30", "24T15:30"))).toEqual([409, "booking.taken"]);
    expect(told(await take("24T14:00", "24T15:00"))).toEqual([201, undefined]);
    expect(told(await take("24T17:30", "24T18:30"))).toEqual([409, "booking.taken"]);
    expect(told(await take("24T18:00", "24T19:00"))).toEqual([201, undefined]);
    const { id } = first.json<{ id: string }>();
    await the.as("per_one").command(`${the.base}/bookings/${id}/cancel`, { rev: 1 });
    expect(told(await take("24T16:00", "24T17:00"))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("are its own hours and closed days, else its floor's, else its site's", async () => {
    const morning: [string, string][] = [["09:00", "12:00"]];
    const hours = { 1: morning, 2: morning, 3: morning, 4: morning, 5: morning, 6: morning, 7: morning };
    const own = await the.add("room", "M1", { hours, closures: ["2026-11-25"] });
    const room = the.world.rooms[0]?.id;
    const take = (resource: string | undefined, from: string, until: string) =>
      the.take("per_one", { resource, ...at(from, until) });
    expect(told(await take(own.id, "05:00", "06:00"))).toEqual([409, "booking.closed"]);
    const closed = { from: "2026-11-25T02:00:00.000Z", until: "2026-11-25T03:00:00.000Z" };
    expect(told(await the.take("per_one", { resource: own.id, ...closed }))).toEqual([409, "booking.closed"]);
    expect(told(await take(room, "05:00", "06:00"))).toEqual([201, undefined]);
    type Floor = { id: string; rev: number; site: string; name: string; order: number };
    const floor = (await the.owner.read<{ items: Floor[] }>(`${the.base}/floors`)).items[0];
    if (!floor) throw new Error("no floor");
    const { id, rev, ...facts } = floor;
    const tag = { "if-match": `"${rev}"` };
    const changed = await the.owner.send(
      "PUT",
      `${the.base}/floors/${id}`,
      { ...facts, rules: { hours, leadMinutes: 60 } },
      tag,
    );
    expect(changed.status).toBe(200);
    expect(told(await take(room, "06:00", "07:00"))).toEqual([409, "booking.closed"]);
    const soon = { from: "2026-11-23T03:00:00.000Z", until: "2026-11-23T03:30:00.000Z" };
    expect(told(await the.take("per_one", { resource: room, ...soon }))).toEqual([409, "booking.lead"]);
    expect(told(await the.take("per_owner", { resource: room, company: "cmp_one", ...soon }))).toEqual([
      201,
      undefined,
    ]);
    const later = await the.add("room", "M2");
    expect(later.area).toEqual({ hours, leadMinutes: 60 });
    expect((await the.owner.send("PUT", `${the.base}/floors/${id}`, facts, tag)).status).toBe(412);
  });

  it("say who may book: companies by name, by plan, or staff only; no company learns which others", async () => {
    const named = await the.add("room", "N1", { who: { of: "companies", companies: ["cmp_one"] } });
    const staff = await the.add("room", "N2", { who: { of: "staff" } });
    const planned = await the.add("room", "N3", { who: { of: "plans", plans: ["pln_test"] } });
    const wish = (resource: ResourceView) => ({ resource: resource.id, ...at("02:00", "03:00") });
    expect(told(await the.take("per_one", wish(named)))).toEqual([201, undefined]);
    expect(told(await the.take("per_two", wish(named)))).toEqual([409, "booking.who"]);
    expect(told(await the.take("per_one", wish(staff)))).toEqual([409, "booking.who"]);
    expect(told(await the.take("per_owner", { ...wish(staff), company: "cmp_one" }))).toEqual([201, undefined]);
    expect(told(await the.take("per_one", wish(planned)))).toEqual([409, "booking.who"]);
    const seen = (await the.as("per_two").send("GET", `${the.base}/resources`)).text;
    expect(seen).not.toContain("cmp_one");
    const subscribed = await BookingClient.open({ rooms: 0, desks: 0, roomMinutes: 60 });
    const club = await subscribed.add("room", "N3", { who: { of: "plans", plans: ["pln_test"] } });
    expect(told(await subscribed.take("per_one", wish(club)))).toEqual([201, undefined]);
    expect(told(await subscribed.take("per_two", wish(club)))).toEqual([409, "booking.who"]);
  });

  it("make an office one that is let and not booked", async () => {
    const office = await the.add("office", "F-201");
    expect(told(await the.take("per_one", { resource: office.id, day }))).toEqual([422, "booking.by-lease"]);
  });
});
