import { ledgerReactions } from "@yihao/ledger/store";
import { isOpenCredit } from "@yihao/members/credits";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import type { Reaction } from "@yihao/table/stream";
import { overwrite } from "@yihao/table/write";
import { BookingClient } from "@yihao/testing/booking-client";
import { testDoors } from "@yihao/testing/doors";
import { scopeOf } from "@yihao/testing/table";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import type { ShownFeed } from "./feed-model.ts";
import { filledKey, filledKind } from "./feed-store.ts";
import type { BookingRow, BookingView } from "./model.ts";
import { bookingReactions } from "./reactions.ts";

/** The same reactions, with what each cost: its name and its write units, in order. */
function metered(reactions: readonly Reaction[], costs: string[]): Reaction[] {
  return reactions.map((reaction) => ({
    ...reaction,
    on: async (scope, fact) => {
      await reaction.on(scope, fact);
      if (scope.meter.write > 0) costs.push(`${reaction.name} ${scope.meter.write}`);
      scope.meter.write = 0;
    },
  }));
}

const at = (day: number) => ({ from: `2026-11-${day}T02:00:00.000Z`, until: `2026-11-${day}T03:00:00.000Z` });

describe("what follows a booking", () => {
  it("is one commit of its four rows, with the timer when credits pay; heard again it changes nothing", async () => {
    const the = await BookingClient.open({ roomMinutes: 60 });
    const costs: string[] = [];
    const all = [...bookingReactions, ...ledgerReactions((_book, account) => isOpenCredit(account))];
    const hear = streamByHand(the.table, metered(all, costs), () => the.now);
    await hear();
    costs.length = 0;
    const room = the.world.rooms[0]?.id;
    await the.take("per_one", { resource: room, ...at(24) });
    await hear();
    // Beside it the letter to whoever booked, and the index of the transfer.
    expect(costs.sort()).toEqual(["booking.mail 6", "booking.rows 10", "ledger.fold 2"]);
    costs.length = 0;
    await the.take("per_two", { resource: room, ...at(25) });
    await hear();
    expect(costs.sort()).toEqual(["booking.mail 6", "booking.rows 8"]);
    const before = JSON.stringify(await allItems(the.table));
    await streamByHand(the.table, bookingReactions, () => the.now)();
    expect(JSON.stringify(await allItems(the.table))).toBe(before);
  });

  it("is in every calendar, also of bookings that were made before there were calendars", async () => {
    const the = await BookingClient.open();
    const hear = streamByHand(the.table, bookingReactions, () => the.now);
    const room = the.world.rooms[0]?.id ?? "";
    const made: BookingView[] = [];
    for (const day of [24, 25, 26])
      made.push((await the.take("per_one", { resource: room, ...at(day) })).json<BookingView>());
    await hear();
    const rows = (await allItems(the.table)).filter(({ k }) => k === "fed");
    const keys = rows.map(({ pk, sk }) => ({ do: "delete", key: { pk, sk } }) as never);
    await commit(scopeOf(the.table), keys, { answer: null });
    const doors = testDoors(the.table, { now: () => the.now });
    const { path } = await doors.as("per_one").command<ShownFeed>("/doors/spaces/spc_test/feeds", { subject: room });
    const feed = async () => (await doors.as(undefined).send("GET", (path ?? "").replace("/api/v1", ""))).text;
    // Before anything was heard, and from the rows of feeds afterwards.
    for (const { id } of made) expect(await feed()).toContain(`UID:${id}@yihao`);
    await hear();
    for (const { id } of made) expect(await feed()).toContain(`UID:${id}@yihao`);
    // A feed of a space whose filling was never begun, or was given up half-way, is whole too, and has it begun again.
    for (const mark of [[], [{ at: "2026-11-01T00:00:00.000Z" }]]) {
      const all = await allItems(the.table);
      const gone = all.filter(({ k }) => k === "fed" || k === "fedall");
      await commit(
        scopeOf(the.table),
        gone.map(({ pk, sk }) => ({ do: "delete", key: { pk, sk } }) as never),
        { answer: null },
      );
      const scope = scopeOf(the.table);
      await commit(
        scope,
        mark.map((data) => overwrite(filledKey(scope), filledKind, data)),
        { answer: null },
      );
      for (const { id } of made) expect(await feed()).toContain(`UID:${id}@yihao`);
      await hear();
      expect((await allItems(the.table)).filter(({ k }) => k === "fed")).toHaveLength(6);
      expect((await allItems(the.table)).find(({ k }) => k === "fedall")).toMatchObject({ done: true });
    }
    const lists = (await the.as("per_one").read<{ items: BookingRow[] }>(`${the.base}/bookings`)).items;
    expect(lists).toHaveLength(3);
  });
});
