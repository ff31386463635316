import { newId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { timeline } from "@yihao/table/event";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import { decideCancellation, feePercent } from "./cancellation.ts";
import type { BookingCancelled, BookingView } from "./model.ts";
import type { EndedSeries, SeriesQuote, SeriesView } from "./series-model.ts";

const terms = { freeHours: 24, percent: 50 };

describe("late cancelling", () => {
  it("is free until the hour, then keeps a share of the price and of the plan's minutes, rounded once", () => {
    const booking = { state: "booked", from: "2026-11-25T02:00:00.000Z", cancellation: terms } as const;
    const paid = { ...booking, price: { totalMinor: 4501, allowanceMinutes: 45 } };
    expect([feePercent(booking, "2026-11-24T01:59:59.999Z"), feePercent(booking, "2026-11-24T02:00:00.000Z")]).toEqual([
      0, 50,
    ]);
    expect(decideCancellation(paid, "2026-11-24T02:00:00.000Z")).toMatchObject({
      value: { refundMinor: 2250, feeMinor: 2251, allowanceMinutes: 22 },
    });
  });

  async function opened(roomMinutes = 0) {
    const the = await BookingClient.open({ rooms: 0, desks: 0, roomMinutes });
    const room = await the.add("room", "Q1", { cancellation: terms });
    const post = (path: string, body: object) =>
      the.as("per_one").send("POST", `${the.base}${path}`, body, { "idempotency-key": newId("key") });
    const at = (day: string, from = "02:00", until = "03:30") => ({
      ...{ resource: room.id, from: `2026-11-${day}T${from}:00.000Z`, until: `2026-11-${day}T${until}:00.000Z` },
    });
    const take = async (day: string) => (await the.take("per_one", at(day))).json<BookingView>();
    return { the, room, post, at, take };
  }

  it("keeps what it says in the event that bills hear, and turns kept minutes of the plan into used ones", async () => {
    const { the, post, take } = await opened(60);
    const booking = await take("24");
    expect([booking.price.totalMinor, booking.price.allowanceMinutes, booking.cancellation]).toEqual([3000, 60, terms]);
    expect(told(await post(`/bookings/${booking.id}/cancel`, { rev: 1 }))).toEqual([201, undefined]);
    const events = (await timeline(scopeOf(the.table), "cmp_one")).items;
    expect(events.find(({ type }) => type === "booking.cancelled")?.data).toMatchObject({
      refundMinor: 1500,
      feeMinor: 1500,
      allowanceMinutes: 30,
    });
    const balances = await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true });
    expect(
      balances
        .filter(({ unit }) => unit.endsWith("11"))
        .map(({ account, available }) => `${account} ${available}`)
        .sort(),
    ).toEqual(["company 30", "used 30"]);
    expect(await the.violations()).toEqual([]);
  });

  it("is as it was when the booking was made, and nobody moves out of it", async () => {
    const { the, room, post, at, take } = await opened();
    const [late, early] = [await take("24"), await take("27")];
    const { id, rev, site: _site, kind: _kind, ...facts } = room;
    const free = { ...facts, cancellation: undefined };
    expect((await the.owner.send("PUT", `${the.base}/resources/${id}`, free, { "if-match": `"${rev}"` })).status).toBe(
      200,
    );
    const move = (booking: BookingView, day: string) =>
      post(`/bookings/${booking.id}/move`, { ...at(day), expectMinor: 9000, rev: 1 });
    const moved = (await move(late, "30")).json<BookingView>();
    const freed = (await move(early, "28")).json<BookingView>();
    expect([moved.cancellation?.percent, freed.cancellation]).toEqual([50, undefined]);
    await post(`/bookings/${moved.id}/cancel`, { rev: 1 });
    const events = (await timeline(scopeOf(the.table), "cmp_one")).items;
    const ended = events.map(({ data }) => data as Partial<BookingCancelled>).filter((one) => one.booking === moved.id);
    expect(ended.map(({ feeMinor }) => feeMinor).filter((fee) => fee !== undefined)).toEqual([4500]);
    expect(await the.violations()).toEqual([]);
  });

  it("is never borne silently when staff cancel: they choose, the space says why, and the history keeps it", async () => {
    const { the, post, take } = await opened();
    const staff = (id: string, body: object) =>
      the.owner.send(
        "POST",
        `${the.base}/bookings/${id}/cancel`,
        { rev: 1, ...body },
        { "idempotency-key": newId("key") },
      );
    const [first, third] = [await take("24"), await take("27")];
    const refused = await staff(first.id, {});
    expect(refused.json()).toMatchObject({ code: "booking.fee-undecided", params: { percent: 50, feeMinor: 4500 } });
    expect(told(await staff(first.id, { fee: "space" }))).toEqual([422, "booking.fee-reason"]);
    expect(told(await post(`/bookings/${first.id}/cancel`, { rev: 1, fee: "space", reason: "我" }))).toEqual([
      409,
      "booking.fee-company",
    ]);
    expect(told(await staff(first.id, { fee: "space", reason: "空调坏了" }))).toEqual([201, undefined]);
    const again = await take("24");
    expect(told(await staff(again.id, { fee: "company" }))).toEqual([201, undefined]);
    expect(told(await staff(third.id, {}))).toEqual([201, undefined]);
    const ended = (await timeline(scopeOf(the.table), "cmp_one")).items
      .filter(({ type }) => type === "booking.cancelled")
      .map(({ data }) => data as BookingCancelled);
    const of = (id: string) => ended.find(({ booking }) => booking === id);
    expect(of(first.id)).toMatchObject({
      ...{ refundMinor: 9000, feeMinor: 0 },
      waived: { percent: 50, feeMinor: 4500, reason: "空调坏了" },
    });
    expect(of(again.id)).toMatchObject({ refundMinor: 4500, feeMinor: 4500 });
    expect(of(third.id)).toMatchObject({ refundMinor: 9000, feeMinor: 0 });
    expect(await the.violations()).toEqual([]);
  });

  it("of a series that staff end is decided once for all of it", async () => {
    const { the, room, post } = await opened();
    const wish = {
      ...{ resource: room.id, day: "2026-11-24", from: "10:00", until: "11:00" },
      repeat: { every: "day", count: 3 },
    };
    const shown = { conflicts: "refuse", expectCount: 3, expectMinor: 18_000 };
    const { id } = (await post("/series", { ...wish, ...shown })).json<SeriesView>();
    const end = (body: object) =>
      the.owner.send("POST", `${the.base}/series/${id}/cancel`, body, { "idempotency-key": newId("key") });
    expect(told(await end({}))).toEqual([409, "booking.fee-undecided"]);
    const ended = (await end({ fee: "space", reason: "施工" })).json<EndedSeries>();
    expect(ended).toMatchObject({ cancelled: 3, refundMinor: 18_000, feeMinor: 0 });
    expect(await the.violations()).toEqual([]);
  });

  it("of a series is each booking's own: near ones cost, far ones do not", async () => {
    const { the, room, post } = await opened();
    const wish = {
      ...{ resource: room.id, day: "2026-11-24", from: "10:00", until: "11:00" },
      repeat: { every: "day", count: 3 },
    };
    const { totalMinor } = (await post("/quotes/series", wish)).json<SeriesQuote>();
    const shown = { conflicts: "refuse", expectCount: 3, expectMinor: totalMinor };
    const { id } = (await post("/series", { ...wish, ...shown })).json<SeriesView>();
    expect((await post(`/series/${id}/cancel`, {})).json<EndedSeries>()).toEqual({
      ...{ cancelled: 3, refundMinor: 15_000, feeMinor: 3000, allowanceMinutes: 0 },
    });
    expect(await the.violations()).toEqual([]);
  });
});
