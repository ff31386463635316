import { newId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { timeline } from "@yihao/table/event";
import { type Fact, hear } from "@yihao/table/stream";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import type { BookingCancelled, BookingView } from "./model.ts";
import { noShowReturn, releaseAt } from "./no-show.ts";
import { releaseNoShow } from "./no-show-actions.ts";
import { bookingReactions } from "./reactions.ts";
import { useAllowance } from "./upkeep-actions.ts";
import type { WaitQuote } from "./wait-model.ts";

const at = { from: "2026-11-23T03:00:00.000Z", until: "2026-11-23T05:00:00.000Z" };

async function opened(facts: object = {}, roomMinutes = 0) {
  const the = await BookingClient.open({ rooms: 0, desks: 0, roomMinutes });
  const room = await the.add("room", "N1", { noShowMinutes: 15, ...facts });
  const booking = (await the.take("per_one", { resource: room.id, ...at })).json<BookingView>();
  const post = (path: string) =>
    the.as("per_one").send("POST", `${the.base}${path}`, {}, { "idempotency-key": newId("key") });
  const system = (now: string) => {
    const command = { id: newId("cmd"), print: "timer" };
    return { ...asSystem(platformOf(the.table), "spc_test", "booking", command), now };
  };
  const release = (minutes: number) => releaseNoShow(system(plusMinutes(at.from, minutes)), booking.id);
  const see = () => the.owner.read<BookingView>(`${the.base}/bookings/${booking.id}`);
  const minutes = async () =>
    (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true }))
      .filter(({ unit, available }) => unit.endsWith("11") && available > 0)
      .map(({ account, available }) => `${account} ${available}`)
      .toSorted();
  return { the, room, booking, post, system, release, see, minutes };
}

describe("nobody came", () => {
  it("is told so many minutes after the start, or after the booking when that was later; never when nothing is left", () => {
    const made = "2026-11-20T00:00:00.000Z";
    expect(releaseAt({ ...at, noShowMinutes: 15 }, made)).toBe("2026-11-23T03:15:00.000Z");
    expect(releaseAt({ ...at, noShowMinutes: 15 }, "2026-11-23T04:00:00.000Z")).toBe("2026-11-23T04:15:00.000Z");
    expect(releaseAt({ ...at, noShowMinutes: 120 }, made)).toBeUndefined();
    expect(releaseAt({ ...at, noShowMinutes: 0 }, made)).toBeUndefined();
    const price = { totalMinor: 4501, allowanceMinutes: 45 };
    expect(noShowReturn({ price })).toEqual({ refundMinor: 0, feeMinor: 4501, allowanceMinutes: 0 });
    expect(noShowReturn({ price, cancellation: { freeHours: 2, percent: 50 } })).toEqual({
      ...{ refundMinor: 2250, feeMinor: 2251, allowanceMinutes: 22 },
    });
  });

  it("releases the rest for others, keeps what the terms keep, of used minutes too, and refuses a check-in after it", async () => {
    const { the, room, booking, post, system, release, see, minutes } = await opened(
      { cancellation: { freeHours: 1, percent: 50 } },
      60,
    );
    expect(booking.price).toMatchObject({ totalMinor: 6000, allowanceMinutes: 60 });
    await release(14);
    expect((await see()).state).toBe("booked");
    await useAllowance(system(at.from), booking.id);
    expect(await minutes()).toEqual(["used 60"]);
    await Promise.all([release(15), release(15), release(16)]);
    expect(await see()).toMatchObject({ state: "cancelled", noShowAt: expect.any(String) });
    expect(await minutes()).toEqual(["company 30", "used 30"]);
    const events = (await timeline(scopeOf(the.table), "cmp_one")).items.filter(
      ({ type }) => type === "booking.cancelled",
    );
    expect(events.map(({ data }) => data as BookingCancelled)).toMatchObject([
      { noShow: true, refundMinor: 3000, feeMinor: 3000, allowanceMinutes: 30 },
    ]);
    the.now = plusMinutes(at.from, 16);
    expect(told(await post(`/bookings/${booking.id}/check-in`))[1]).toBe("booking.released");
    const rest = { resource: room.id, from: "2026-11-23T03:30:00.000Z", until: at.until };
    expect(told(await the.take("per_two", rest))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("gives the rest to who waits for some of it", async () => {
    const { the, room, release, see } = await opened();
    const later = { resource: room.id, from: "2026-11-23T04:00:00.000Z", until: at.until };
    const quote = (await the.as("per_two").send("POST", `${the.base}/quotes/wait`, later)).json<WaitQuote>().quote;
    const shown = { expectMinor: quote.totalMinor, expectAllowanceMinutes: 0, book: true };
    const key = { "idempotency-key": newId("key") };
    const joined = await the.as("per_two").send("POST", `${the.base}/waits`, { ...later, ...shown }, key);
    expect(told(joined)).toEqual([201, undefined]);
    await release(15);
    expect((await see()).state).toBe("cancelled");
    for (const event of (await timeline(scopeOf(the.table), "cmp_one")).items) {
      const fact: Fact = { space: "spc_test", kind: "evt", id: event.id, data: event };
      await hear({ table: the.table, reactions: bookingReactions, now: () => plusMinutes(at.from, 16) }, fact);
    }
    const made = (await timeline(scopeOf(the.table), "cmp_two")).items.filter(({ type }) => type === "booking.made");
    expect(made.map(({ data }) => (data as { from: string }).from)).toEqual([later.from]);
    expect(await the.violations()).toEqual([]);
  });

  it("raced by the check-in is one or the other", async () => {
    for (const first of ["check-in", "release"]) {
      const { the, booking, post, release, see } = await opened();
      the.now = plusMinutes(at.from, 15);
      const races = [() => post(`/bookings/${booking.id}/check-in`), () => release(15)];
      const order = first === "release" ? races.toReversed() : races;
      const done = await Promise.all(order.map((one) => one()));
      const entered = done.some((one) => one && one.status === 201);
      const now = await see();
      expect([now.state, now.checkedInAt !== undefined, now.noShowAt !== undefined]).toEqual(
        entered ? ["booked", true, false] : ["cancelled", false, true],
      );
      expect(await the.violations()).toEqual([]);
    }
  });
});
