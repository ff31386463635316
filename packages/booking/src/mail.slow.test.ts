import { type Mail, mailKind } from "@yihao/identity/mail";
import { newId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { BookingClient } from "@yihao/testing/booking-client";
import { streamByHand } from "@yihao/testing/warehouse-world";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { inviteText } from "./invite.ts";
import type { BookingQuote, BookingView } from "./model.ts";
import { shownOf } from "./pay.ts";
import { bookingReactions } from "./reactions.ts";
import type { SeriesQuote, SeriesView } from "./series-model.ts";

const at = (day: number, from = "02:00", until = "03:00") => ({
  from: `2026-11-${day}T${from}:00.000Z`,
  until: `2026-11-${day}T${until}:00.000Z`,
});

/** What a calendar makes of an invite: method, and each entry with what tells its versions apart and its instants by the zone that is sent along. */
function read(mail: Mail) {
  const calendar = new ICAL.Component(ICAL.parse(inviteText(mail.invite as never, "no-reply@yihao.example", mail.at)));
  const zones = new Map(
    calendar.getAllSubcomponents("vtimezone").map((one) => [new ICAL.Timezone(one).tzid, new ICAL.Timezone(one)]),
  );
  return {
    method: calendar.getFirstPropertyValue("method"),
    entries: calendar.getAllSubcomponents("vevent").map((event) => {
      const start = event.getFirstProperty("dtstart") as ICAL.Property;
      const time = start.getFirstValue() as ICAL.Time;
      const offset = zones.get(String(start.getParameter("tzid")))?.utcOffset(time) ?? Number.NaN;
      const { year, month, day, hour, minute } = time;
      const text = (name: string) => String(event.getFirstPropertyValue(name));
      const from = new Date(Date.UTC(year, month - 1, day, hour, minute) - offset * 1000).toISOString();
      return {
        uid: text("uid"),
        sequence: Number(text("sequence")),
        status: text("status"),
        from,
        who: text("attendee"),
      };
    }),
  };
}

async function world(zone = "Asia/Shanghai") {
  const the = await BookingClient.open({ rooms: 1, desks: 0, zone });
  const hear = streamByHand(the.table, bookingReactions, () => the.now);
  const room = the.world.rooms[0]?.id;
  const seen = new Set<string>();
  /** The letters that have come since the last time. */
  const letters = async () => {
    await hear();
    const all = (await allItems(the.table))
      .filter(({ k }) => k === mailKind.name)
      .map((item) => item as unknown as Mail);
    const fresh = all.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    return fresh;
  };
  const post = (path: string, body: object) =>
    the.as("per_one").send("POST", `${the.base}${path}`, body, { "idempotency-key": newId("key") });
  return { the, hear, room, letters, post };
}

describe("a letter of a booking", () => {
  it("puts it into the calendar, moves it there and takes it out again: one uid, each time a greater sequence", async () => {
    const { the, room, letters, post } = await world("America/New_York");
    const booking = (await the.take("per_one", { resource: room, ...at(24, "15:00", "16:00") })).json<BookingView>();
    const [made] = await letters();
    expect([made?.to, made?.subject]).toEqual([
      "per_one@test.example",
      "已预订 R1 会议室 1，2026-11-24 周二 10:00–11:00",
    ]);
    const uid = `${booking.id}@yihao`;
    const entry = { uid, sequence: 0, status: "CONFIRMED", who: "MAILTO:per_one@test.example" };
    expect(read(made as Mail)).toEqual({
      method: "REQUEST",
      entries: [{ ...entry, from: "2026-11-24T15:00:00.000Z" }],
    });
    const place = { resource: room, ...at(25, "17:00", "18:00") };
    const { quote } = (await post(`/bookings/${booking.id}/quote-move`, place)).json<BookingQuote>();
    const wish = { ...place, ...shownOf(quote), rev: 1 };
    const moved = (await post(`/bookings/${booking.id}/move`, wish)).json<BookingView>();
    const changes = await letters();
    expect(changes.map((one) => read(one))).toEqual([
      { method: "REQUEST", entries: [{ ...entry, sequence: 1, from: "2026-11-25T17:00:00.000Z" }] },
    ]);
    await post(`/bookings/${moved.id}/cancel`, { rev: 1 });
    expect((await letters()).map((one) => read(one))).toEqual([
      {
        method: "CANCEL",
        entries: [{ ...entry, sequence: 2, status: "CANCELLED", from: "2026-11-25T17:00:00.000Z" }],
      },
    ]);
  });

  it("of a request that is approved is one, with its entry for the calendar; its staff hear of it when it is made", async () => {
    const { the, letters, post } = await world();
    const hall = await the.add("room", "HALL", { capacity: 40, approval: { of: "all", waitHours: 12 } });
    const asked = (await post("/bookings", { resource: hall.id, ...at(24), expectMinor: 6000 })).json<BookingView>();
    expect((await letters()).map(({ to, subject }) => [to, subject.slice(0, 3)])).toEqual([
      ["per_owner@test.example", "待批："],
    ]);
    await the.owner.command(`${the.base}/bookings/${asked.id}/answer`, { as: "approved" });
    const told = await letters();
    expect(told.map(({ to }) => to)).toEqual(["per_one@test.example"]);
    expect(read(told[0] as Mail)).toMatchObject({
      method: "REQUEST",
      entries: [{ uid: `${asked.id}@yihao`, status: "CONFIRMED" }],
    });
  });

  it("is one for a whole series, when it is booked, moved and ended, and one alone for one of it", async () => {
    const { the, room, letters, post } = await world();
    const wish = {
      resource: room,
      day: "2026-11-24",
      from: "09:00",
      until: "10:00",
      repeat: { every: "day", count: 5 },
    };
    const quote = (await post("/quotes/series", wish)).json<SeriesQuote>();
    const shown = { ...shownOf(quote), conflicts: "refuse", expectCount: 5 };
    const series = (await post("/series", { ...wish, ...shown })).json<SeriesView>();
    const told = async () =>
      (await letters()).map((one) => read(one)).map(({ method, entries }) => [method, entries.length]);
    expect(await told()).toEqual([["PUBLISH", 5]]);
    await post(`/bookings/${series.bookings[0]?.id}/cancel`, { rev: 1 });
    expect(await told()).toEqual([["CANCEL", 1]]);
    await post(`/series/${series.id}/move`, { from: series.bookings[3]?.from, start: "14:00", end: "15:00" });
    expect(await told()).toEqual([["PUBLISH", 2]]);
    await post(`/series/${series.id}/cancel`, { from: series.bookings[1]?.from });
    expect(await told()).toEqual([["PUBLISH", 4]]);
    expect(await the.violations()).toEqual([]);
  });

  it("is not written to who does not want it, nor of what is over, and once however often the stream brings it", async () => {
    const { the, hear, room, letters } = await world();
    const put = (mails: boolean) => the.as("per_one").send("PUT", `${the.base}/booking-mails`, { mails });
    const book = (day: number) => the.take("per_one", { resource: room, ...at(day) });
    expect((await put(false)).status).toBe(200);
    expect(await the.as("per_one").read(`${the.base}/booking-mails`)).toEqual({ mails: false });
    await book(24);
    expect(await letters()).toEqual([]);
    await put(true);
    await book(25);
    expect(await letters()).toHaveLength(1);
    await hear();
    await streamByHand(the.table, bookingReactions, () => the.now)();
    // The one that was not wanted then is heard as new by a second stream; the other is not written again.
    expect((await letters()).map(({ subject }) => subject)).toEqual([expect.stringContaining("2026-11-24")]);
    await book(26);
    the.now = "2026-11-27T02:00:00.000Z";
    expect(await letters()).toEqual([]);
  });
});
