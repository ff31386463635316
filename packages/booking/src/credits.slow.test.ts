import { newId } from "@yihao/kernel/ids";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import type { Lot } from "@yihao/members/subscription-model";
import type { PackView } from "@yihao/pricing/model";
import { allItems } from "@yihao/table/dump";
import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { scopeOf } from "@yihao/testing/table";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { returnCredits } from "./credit-moves.ts";
import type { BookingQuote, BookingView } from "./model.ts";
import { shownOf } from "./pay.ts";
import type { SeriesQuote, SeriesView } from "./series-model.ts";
import { useAllowance } from "./upkeep-actions.ts";

const at = (day: number, from: string, until: string) => ({
  from: `2026-11-${day}T${from}:00.000Z`,
  until: `2026-11-${day}T${until}:00.000Z`,
});

async function world(wish: { rooms?: number; desks?: number; roomMinutes?: number } = {}) {
  const the = await BookingClient.open({ rooms: 2, desks: 1, ...wish });
  const room = the.world.rooms[0]?.id ?? "";
  /** Puts a pack on sale and sells it to the first company. */
  const sell = async (kind: string, units: number, validDays: number, from?: string): Promise<Lot> => {
    const offer = { name: `包 ${newId("pck").slice(-6)}`, kind, units, priceMinor: 1000, validDays };
    const pack = await the.owner.command<PackView>(`${the.base}/packs`, offer);
    return the.owner.command<Lot>(`${the.base}/companies/cmp_one/packs`, { pack: pack.id, ...(from ? { from } : {}) });
  };
  /** What stands in each account of each source, as text, in order. */
  const credits = async (kind = "room-minutes") =>
    (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true }))
      .filter(({ unit }) => unit.startsWith(`credit:${kind}:`) && !unit.endsWith(":2026-12"))
      .map(({ unit, account, available }) => `${unit.split(":")[2]} ${account} ${available}`)
      .sort();
  const post = (path: string, body: object) =>
    the.as("per_one").send("POST", `${the.base}${path}`, body, { "idempotency-key": newId("key") });
  return { the, room, sell, credits, post };
}

describe("packs", () => {
  it("pay after the plan and before money, the one that ends first first; quote and booking say which paid what", async () => {
    const { the, room, sell, credits, post } = await world({ roomMinutes: 60 });
    const late = await sell("room-minutes", 90, 60);
    const soon = await sell("room-minutes", 30, 20);
    const wish = { resource: room, ...at(24, "02:00", "06:00") };
    const quote = (await post("/quotes/booking", wish)).json<BookingQuote>();
    expect(quote.quote).toMatchObject({ totalMinor: 6000, allowanceMinutes: 60, creditMinutes: 120 });
    expect(quote.packs?.map(({ lot, left, units }) => [lot, left, units])).toEqual([
      [soon.id, 30, 30],
      [late.id, 90, 90],
    ]);
    expect(await credits()).toEqual(["2026-11 company 60", `${late.id} company 90`, `${soon.id} company 30`].sort());
    const made = await post("/bookings", { ...wish, ...shownOf(quote.quote) });
    // Six for the booking, four for each of three sources; membership, the basis of a booking, and two queries of what there is.
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 5, write: 18 }]);
    const booking = made.json<BookingView>();
    expect(booking.packs?.map(({ lot, units }) => [lot, units])).toEqual([
      [soon.id, 30],
      [late.id, 90],
    ]);
    expect(await credits()).toEqual(["2026-11 booked 60", `${late.id} booked 90`, `${soon.id} booked 30`].sort());
    expect(told(await post(`/bookings/${booking.id}/cancel`, { rev: 1 }))).toEqual([201, undefined]);
    expect(await credits()).toEqual(["2026-11 company 60", `${late.id} company 90`, `${soon.id} company 30`].sort());
    expect(await the.violations()).toEqual([]);
  });

  it("cost nobody without packs a read, and one that pays costs four write units", async () => {
    const { the, room, sell } = await world();
    const plain = await the.take("per_two", { resource: room, ...at(24, "02:00", "03:00") });
    expect(unitsOf(plain)).toEqual({ read: 3, write: 6 });
    await sell("room-minutes", 600, 60);
    const paid = await the.take("per_one", { resource: room, ...at(24, "04:00", "05:00") });
    expect([paid.json<BookingView>().price.totalMinor, unitsOf(paid).write]).toEqual([0, 10]);
  });

  it("of desk days are day passes: one pays for one day of a desk or a pool, of a room none", async () => {
    const { the, room, sell, credits } = await world({ desks: 1 });
    const pool = await the.add("pool", "P", { units: 5 });
    const pass = await sell("desk-days", 2, 30);
    const day = async (resource: string | undefined) =>
      (await the.take("per_one", { resource, day: "2026-11-24" })).json<BookingView>();
    expect((await day(the.world.desks[0]?.id)).price).toMatchObject({ totalMinor: 0, creditDays: 1, lines: [] });
    const second = await day(pool.id);
    expect(second.packs).toEqual([{ lot: pass.id, name: pass.name, units: 1, until: pass.until }]);
    expect((await day(pool.id)).price.totalMinor).toBe(4000);
    const rest = await the.take("per_one", { resource: room, ...at(24, "02:00", "03:00") });
    expect(rest.json<BookingView>().price.totalMinor).toBe(6000);
    await useAllowance(scopeOf(the.table), second.id);
    expect(await credits("desk-days")).toEqual([`${pass.id} booked 1`, `${pass.id} used 1`]);
    expect(await the.violations()).toEqual([]);
  });

  it("are drawn by many at once exactly to their end; who is late sees the new price and has lost nothing", async () => {
    const { the, sell, credits } = await world({ rooms: 12 });
    const pack = await sell("room-minutes", 300, 60);
    const shown = { expectMinor: 0, expectCreditMinutes: 60 };
    const answers = await Promise.all(
      the.world.rooms.map(({ id }) => the.book("per_one", { resource: id, ...at(24, "02:00", "03:00"), ...shown })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter((answer) => told(answer)[1] === "price-changed")).toHaveLength(7);
    expect(await credits()).toEqual([`${pack.id} booked 300`]);
    expect(await the.violations()).toEqual([]);
  });

  it("are kept of the one that ends first when cancelling costs; what returns to one that is over expires", () => {
    const price = { lines: [], totalMinor: 0, taxMinor: 0, allowanceMinutes: 10, creditMinutes: 90 };
    const packs = [
      { lot: "lot_a", name: "", units: 30, until: "2026-11-25" },
      { lot: "lot_b", name: "", units: 60, until: "2026-12-25" },
    ] as const;
    const booking = { id: "bok_1", company: "cmp_one", kind: "room", day: "2026-11-24", zone: "Asia/Shanghai", price };
    const back = (day: string, paid: { allowanceMinutes: number; creditMinutes: number }) =>
      returnCredits({ ...booking, packs: [...packs] } as never, day, paid).map((entry) =>
        "to" in entry ? `${entry.unit.split(":")[2]} ${entry.to} ${entry.amount}` : "",
      );
    expect(back("2026-11-24", { allowanceMinutes: 5, creditMinutes: 45 })).toEqual([
      "lot_b company 45",
      "lot_b used 15",
      "lot_a used 30",
      "2026-11 company 5",
      "2026-11 used 5",
    ]);
    expect(back("2026-11-25", { allowanceMinutes: 10, creditMinutes: 90 })).toEqual([
      "lot_b company 60",
      "lot_a expired 30",
      "2026-11 company 10",
    ]);
  });
});

type Step =
  | { do: "quote" | "book" | "race"; day: number; half: number; halves: number }
  | { do: "move"; which: number; day: number; half: number }
  | { do: "cancel"; which: number }
  | { do: "series"; day: number; half: number; count: number };
const day = fc.integer({ min: 24, max: 29 });
const half = fc.nat(16);
const which = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom("quote" as const, "book" as const, "race" as const),
    ...{ day, half, halves: fc.integer({ min: 1, max: 6 }) },
  }),
  fc.record({ do: fc.constant("move" as const), which, day, half }),
  fc.record({ do: fc.constant("cancel" as const), which }),
  fc.record({ do: fc.constant("series" as const), day, half, count: fc.integer({ min: 1, max: 4 }) }),
);

describe("credits leave and return exactly with the booking", () => {
  it("whatever is booked, moved, cancelled and repeated; a click that was never confirmed costs nothing", async () => {
    const run = async (steps: readonly Step[]) => {
      const { the, room, sell, credits, post } = await world({ roomMinutes: 150 });
      await sell("room-minutes", 200, 3);
      await sell("room-minutes", 45, 5, "2026-11-25");
      await sell("room-minutes", 300, 40);
      const before = await credits();
      const span = (day: number, half: number, halves: number) => {
        const from = Date.parse(`2026-11-${day}T01:00:00.000Z`) + half * 1_800_000;
        return { from: new Date(from).toISOString(), until: new Date(from + halves * 1_800_000).toISOString() };
      };
      const standing = async () =>
        (await allItems(the.table))
          .filter(({ k, state }) => k === "bok" && state === "booked")
          .map((item) => item as unknown as BookingView)
          .sort((a, b) => (a.from < b.from ? -1 : 1));
      for (const one of steps) {
        const all = one.do === "move" || one.do === "cancel" ? await standing() : [];
        if (one.do === "quote") {
          const was = await credits();
          await post("/quotes/booking", { resource: room, ...span(one.day, one.half, one.halves) });
          expect(await credits()).toEqual(was);
        } else if (one.do === "book") {
          await the.take("per_one", { resource: room, ...span(one.day, one.half, one.halves) });
        } else if (one.do === "race") {
          await Promise.all(
            [0, 1].map((index) =>
              the.take("per_one", { resource: the.world.rooms[index]?.id, ...span(one.day, one.half, one.halves) }),
            ),
          );
        } else if (one.do === "series") {
          const hour = String(9 + Math.floor(one.half / 2)).padStart(2, "0");
          const times = { from: `${hour}:00`, until: `${hour}:30` };
          const repeat = { every: "day", count: one.count };
          const wish = { resource: room, day: `2026-11-${one.day}`, ...times, repeat };
          const asked = await post("/quotes/series", wish);
          if (asked.status !== 200) continue;
          const quote = asked.json<SeriesQuote>();
          const shown = { ...shownOf(quote), conflicts: "skip", expectCount: quote.occurrences.length };
          await post("/series", { ...wish, ...shown });
        } else {
          const booking = "which" in one ? all[one.which % all.length] : undefined;
          if (!booking) continue;
          if (one.do === "cancel") await post(`/bookings/${booking.id}/cancel`, { rev: booking.rev });
          else {
            const place = { resource: room, ...span(one.day, one.half, 2) };
            const asked = await post(`/bookings/${booking.id}/quote-move`, place);
            if (asked.status !== 200) continue;
            const { quote } = asked.json<BookingQuote>();
            await post(`/bookings/${booking.id}/move`, { ...place, ...shownOf(quote), rev: booking.rev });
          }
        }
        expect(await the.violations()).toEqual([]);
      }
      for (const booking of await standing())
        expect((await post(`/bookings/${booking.id}/cancel`, { rev: booking.rev })).status).toBe(201);
      expect(await credits()).toEqual(before);
      expect(await the.violations()).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), run), {
      numRuns: 12,
      seed: 20_261_126,
      endOnFailure: true,
    });
  });

  it("of a series too: it draws sources day by day and gives each back", async () => {
    const { the, room, sell, credits, post } = await world({ roomMinutes: 90 });
    const pack = await sell("room-minutes", 150, 60);
    const repeat = { every: "day", count: 5 };
    const wish = { resource: room, day: "2026-11-24", from: "09:00", until: "10:00", repeat };
    const quote = (await post("/quotes/series", wish)).json<SeriesQuote>();
    expect([quote.totalMinor, quote.allowanceMinutes, quote.creditMinutes]).toEqual([6000, 90, 150]);
    const shown = { ...shownOf(quote), conflicts: "refuse", expectCount: 5 };
    const made = (await post("/series", { ...wish, ...shown })).json<SeriesView>();
    expect(await credits()).toEqual(["2026-11 booked 90", `${pack.id} booked 150`]);
    expect((await post(`/series/${made.id}/cancel`, {})).json()).toMatchObject({
      ...{ cancelled: 5, refundMinor: 6000, allowanceMinutes: 90, creditMinutes: 150 },
    });
    expect(await credits()).toEqual(["2026-11 company 90", `${pack.id} company 150`]);
    expect(await the.violations()).toEqual([]);
  });
});
