import { newId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { timeline } from "@yihao/table/event";
import { type Fact, hear } from "@yihao/table/stream";
import { type Answer, unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import type { Alternatives, BookingQuote, BookingRow, BookingView } from "./model.ts";
import { bookingReactions } from "./reactions.ts";
import type { MovedSeries, SeriesQuote, SeriesView } from "./series-model.ts";

const at = (from: string, until: string, day = "24") => ({
  from: `2026-11-${day}T${from}:00.000Z`,
  until: `2026-11-${day}T${until}:00.000Z`,
});

async function two(wish: object = {}) {
  const the = await BookingClient.open({ rooms: 2, desks: 0, ...wish });
  const rooms = the.world.rooms.map(({ id }) => id);
  const take = async (person: string, room: number, span: object) =>
    (await the.take(person, { resource: rooms[room], ...span })).json<BookingView>();
  /** Asks what the move would cost, and moves at that price. */
  const move = async (
    person: string,
    booking: BookingView,
    to: object,
    key: string = newId("key"),
  ): Promise<Answer> => {
    const place = { resource: booking.resource, ...to };
    const path = `${the.base}/bookings/${booking.id}`;
    const quoted = await the.as(person).send("POST", `${path}/quote-move`, place);
    if (quoted.status !== 200) return quoted;
    const { quote } = quoted.json<BookingQuote>();
    const shown = { expectMinor: quote.totalMinor, expectAllowanceMinutes: quote.allowanceMinutes };
    const body = { ...place, ...shown, rev: booking.rev };
    return the.as(person).send("POST", `${path}/move`, body, { "idempotency-key": key });
  };
  const see = (id: string) => the.as("per_owner").read<BookingView>(`${the.base}/bookings/${id}`);
  return { the, rooms, take, move, see };
}

describe("moving a booking", () => {
  it("to another time, also over its own, takes the new place and frees the old in one commit at today's price", async () => {
    const { the, take, move, see } = await two();
    const booking = await take("per_one", 0, at("02:00", "03:30"));
    const key = "moved-once-by-this-key";
    const moved = await move("per_one", booking, at("03:00", "05:00"), key);
    const { id } = moved.json<BookingView>();
    expect([moved.status, unitsOf(moved).write]).toEqual([201, 10]);
    expect(moved.json()).toMatchObject({ movedFrom: booking.id, personName: "per_one", price: { totalMinor: 12_000 } });
    expect(await see(booking.id)).toMatchObject({ state: "cancelled", movedTo: id, rev: 2 });
    expect((await the.take("per_two", { resource: booking.resource, ...at("02:00", "03:00") })).status).toBe(201);
    const body = {
      resource: booking.resource,
      ...at("03:00", "05:00"),
      expectMinor: 12_000,
      expectAllowanceMinutes: 0,
    };
    const again = await the
      .as("per_one")
      .send("POST", `${the.base}/bookings/${booking.id}/move`, { ...body, rev: 1 }, { "idempotency-key": key });
    expect(again.text).toBe(moved.text);
    const events = (await timeline(scopeOf(the.table), "cmp_one", { newest: false })).items;
    const heard = events.map(({ type, data }) => `${type} ${(data as { refundMinor?: number }).refundMinor ?? ""}`);
    expect(heard.sort()).toEqual(["booking.cancelled 9000", "booking.made ", "booking.made "]);
    expect(await the.violations()).toEqual([]);
  });

  it("where somebody is, to a stale one or to one that has begun, is refused with something else and leaves it where it was", async () => {
    const { the, rooms, take, move, see } = await two();
    const booking = await take("per_one", 0, at("02:00", "03:30"));
    await take("per_two", 1, at("02:00", "03:30"));
    const taken = await move("per_one", booking, { resource: rooms[1] });
    const refused = await move("per_one", booking, { resource: rooms[1], ...at("02:00", "03:30") });
    expect([told(taken)[0], told(refused)]).toEqual([400, [409, "booking.taken"]]);
    const { alternatives } = refused.json<{ params: { alternatives: Alternatives } }>().params;
    expect(alternatives.times.length).toBeGreaterThan(0);
    const path = `${the.base}/bookings/${booking.id}/move`;
    const blind = { resource: rooms[1], ...at("02:00", "03:30"), expectMinor: 9000, rev: 1 };
    const send = (body: object, person = "per_one") =>
      the.as(person).send("POST", path, body, { "idempotency-key": newId("key") });
    expect(told(await send(blind))).toEqual([409, "booking.taken"]);
    expect(told(await send({ ...blind, ...at("05:00", "06:30"), rev: 7 }))).toEqual([412, "stale"]);
    expect(told(await send({ ...blind, ...at("05:00", "06:30"), expectMinor: 1 }))).toEqual([409, "price-changed"]);
    expect(told(await send({ ...blind, ...at("05:00", "06:30") }, "per_two"))).toEqual([404, "missing"]);
    expect(await see(booking.id)).toMatchObject({ state: "booked", rev: 1, from: booking.from });
    the.now = "2026-11-24T02:10:00.000Z";
    expect(told(await send({ ...blind, ...at("05:00", "06:30") }))).toEqual([409, "booking.started"]);
    expect(await the.violations()).toEqual([]);
  });

  it("takes its allowance and its quota along: one that is full is no hindrance to itself", async () => {
    const { the, take, move } = await two({ roomMinutes: 90, rooms: 1 });
    const quotas = [
      { per: "person", count: "minutes", in: "week", most: 90, over: "resource" },
      { per: "company", count: "bookings", in: "ahead", most: 1, over: "resource" },
    ] as const;
    const room = await the.add("room", "Q1", { quotas: [...quotas] });
    const booking = await the.take("per_one", { resource: room.id, ...at("02:00", "03:30") });
    const first = booking.json<BookingView>();
    expect(first.price).toMatchObject({ totalMinor: 0, allowanceMinutes: 90 });
    const moved = await move("per_one", first, at("04:00", "05:30", "25"));
    expect(moved.json()).toMatchObject({ price: { totalMinor: 0, allowanceMinutes: 90 } });
    const balances = await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true });
    expect(balances.filter(({ unit }) => unit.endsWith("11")).map(({ account }) => account)).toEqual(["booked"]);
    expect(told(await move("per_one", moved.json<BookingView>(), at("04:00", "06:00", "26")))).toEqual([
      409,
      "booking.quota",
    ]);
    expect((await take("per_two", 0, at("02:00", "03:00"))).state).toBe("booked");
    expect(await the.violations()).toEqual([]);
  });

  it("by six at once to one place: one is there, the others are where they were", async () => {
    const { the, rooms, take, see } = await two();
    const hours = ["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"];
    const bookings = await Promise.all(
      hours.map((hour, index) => take(index % 2 ? "per_one" : "per_two", 0, at(hour, `${hour.slice(0, 3)}30`))),
    );
    const answers = await Promise.all(
      bookings.map((booking, index) =>
        the
          .as(index % 2 ? "per_one" : "per_two")
          .send(
            "POST",
            `${the.base}/bookings/${booking.id}/move`,
            { resource: rooms[1], ...at("08:00", "08:30"), expectMinor: 3000, rev: 1 },
            { "idempotency-key": newId("key") },
          ),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => told(answer)[1] === "booking.taken")).toHaveLength(5);
    const states = await Promise.all(bookings.map(async ({ id }) => (await see(id)).state));
    expect(states.filter((state) => state === "booked")).toHaveLength(5);
    expect(await the.violations()).toEqual([]);
  });
});

describe("moving this and all following of a series", () => {
  it("moves each that can be, names those that stay, and is done once however often it is sent", async () => {
    const { the, rooms, take } = await two();
    const wish = { resource: rooms[0], day: "2026-11-24", from: "09:00", until: "10:00" };
    const repeat = { every: "day", count: 6 };
    const send = (path: string, body: object, key: string = newId("key")) =>
      the.as("per_one").send("POST", `${the.base}${path}`, body, { "idempotency-key": key });
    const quote = (await send("/quotes/series", { ...wish, repeat })).json<SeriesQuote>();
    const shown = { conflicts: "refuse", expectCount: 6, expectMinor: quote.totalMinor };
    const series = (await send("/series", { ...wish, repeat, ...shown })).json<SeriesView>();
    await take("per_two", 0, at("02:30", "03:30", "28"));
    const move = { from: series.bookings[2]?.from, start: "10:00", end: "11:30" };
    const asked = (await send(`/series/${series.id}/quote-move`, move)).json<MovedSeries>();
    const stays = [{ booking: series.bookings[4]?.id, day: "2026-11-28", code: "booking.taken" }];
    expect(asked).toEqual({ moved: 3, beforeMinor: 18_000, afterMinor: 27_000, stayed: stays });
    const done = await send(`/series/${series.id}/move`, move, "moves-a-series-once");
    expect(done.json()).toEqual(asked);
    expect((await send(`/series/${series.id}/move`, move, "moves-a-series-once")).text).toBe(done.text);
    const now = await the.as("per_one").read<SeriesView>(`${the.base}/series/${series.id}`);
    expect(now.bookings.map(({ from }) => from.slice(8, 16))).toEqual([
      "24T01:00",
      "25T01:00",
      "26T02:00",
      "27T02:00",
      "28T01:00",
      "29T02:00",
    ]);
    const ended = await send(`/series/${series.id}/cancel`, { from: now.bookings[3]?.from });
    expect(ended.json()).toMatchObject({ cancelled: 3, refundMinor: 9000 + 6000 + 9000 });
    // Lists show where it is, and that it was moved.
    for (const event of (await timeline(scopeOf(the.table), "cmp_one", { newest: false, limit: 200 })).items) {
      const fact: Fact = { space: "spc_test", kind: "evt", id: event.id, data: event };
      await hear({ table: the.table, reactions: bookingReactions, now: () => the.now }, fact);
    }
    const rows = (await the.as("per_one").read<{ items: BookingRow[] }>(`${the.base}/bookings`)).items;
    expect(rows.filter(({ state }) => state === "booked").map(({ day }) => day.slice(8))).toEqual(["24", "25", "26"]);
    expect(rows.filter(({ movedTo }) => movedTo)).toHaveLength(3);
    expect(await the.violations()).toEqual([]);
  });
});
