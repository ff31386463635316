import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { Actor, Scope } from "@yihao/kernel/scope";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type BookingWorld, bookingWorld } from "@yihao/testing/booking-world";
import { type FaultRates, faults } from "@yihao/testing/faults";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBooking } from "./booking-actions.ts";
import { checkBookings } from "./check.ts";
import type { Booking } from "./model.ts";
import { quoteBooking } from "./quote-actions.ts";
import { cancelBooking } from "./upkeep-actions.ts";

/** A step of one client: books a slot (half hours from 09:00 on), cancels one of what stands, or sends an old command again. */
type Step =
  | { do: "book"; room: number; start: number; halves: number; company: number }
  | { do: "cancel"; which: number }
  | { do: "again"; which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("book" as const),
      room: fc.nat(1),
      start: fc.nat(7),
      halves: fc.integer({ min: 1, max: 4 }),
      company: fc.nat(1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("cancel" as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const), which: fc.nat(20) }) },
);
/** Rounds of steps; those of one round run at the same time. */
const walk = fc.array(fc.array(step, { minLength: 1, maxLength: 7 }), { minLength: 2, maxLength: 5 });

type Sent = { scope: Scope; wish: Parameters<typeof makeBooking>[2]; first: string };
const people: readonly Actor[] = ["one", "two"].map((name) => ({
  kind: "company",
  person: `per_${name}` as PersonId,
  company: `cmp_${name}` as CompanyId,
  role: "member",
}));

/** Runs an action until it is not `busy`, as a client with one command does. */
async function settled<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.code !== "busy" || attempt > 20) throw error;
    }
}

/** What must stand, kept in plain arithmetic beside the product. */
class Model {
  readonly standing = new Map<string, Booking>();
  /** Everything that stood at some time in this round: who loses must have lost to one of these. */
  seen = new Map<string, Booking>();
  sent: Sent[] = [];

  booked(booking: Booking) {
    this.standing.set(booking.id, booking);
    this.seen.set(booking.id, booking);
  }

  overlapping(resource: string, from: string, until: string): boolean {
    return [...this.seen.values()].some((one) => one.resource === resource && one.from < until && from < one.until);
  }
}

const half = (index: number) => new Date(Date.parse("2026-11-24T01:00:00Z") + index * 1_800_000).toISOString();

async function take(table: Table, world: BookingWorld, model: Model, name: string, one: Step): Promise<() => void> {
  if (one.do === "cancel") {
    const booking = [...model.standing.values()][one.which % Math.max(1, model.standing.size)];
    if (!booking) return () => {};
    const outcome = await settled(() => cancelBooking(scopeOf(table, { command: name }), booking.id, { rev: 1 }));
    return () => {
      if (outcome.ok) model.standing.delete(booking.id);
      else expect(["booking.cancelled", "stale"]).toContain(outcome.refusal.code);
    };
  }
  if (one.do === "again") {
    const sent = model.sent[one.which % Math.max(1, model.sent.length)];
    if (!sent) return () => {};
    const booker = { person: "per_one" as PersonId, name: "per_one" };
    const outcome = await settled(() => makeBooking(sent.scope, booker, sent.wish));
    return () => expect(outcome.ok && JSON.stringify(outcome.value.id)).toBe(sent.first);
  }
  const actor = people[one.company] as Actor;
  const scope = scopeOf(table, { command: name, actor });
  const resource = world.rooms[one.room]?.id ?? "res_none";
  const span = { resource, from: half(one.start), until: half(one.start + one.halves) };
  const lost = (code: string) => () => {
    if (code === "booking.taken") expect(model.overlapping(resource, span.from, span.until)).toBe(true);
    else expect([code, one.company]).toEqual(["price-changed", 0]);
  };
  const quote = await settled(() => quoteBooking(scope, span));
  if (!quote.ok) return lost(quote.refusal.code);
  const { totalMinor, allowanceMinutes } = quote.value.quote;
  const wish = { ...span, expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
  const outcome = await settled(() => makeBooking(scope, { person: "per_one", name: "per_one" }, wish));
  if (!outcome.ok) return lost(outcome.refusal.code);
  const { value } = outcome;
  model.seen.set(value.id, value);
  return () => {
    model.booked(value);
    model.sent.push({ scope, wish, first: JSON.stringify(value.id) });
  };
}

async function holds(rounds: Step[][], seed: number, rates: FaultRates | undefined): Promise<void> {
  const table = await freshTable();
  const world = await bookingWorld(table, { rooms: 2, desks: 0, roomMinutes: 180 });
  const through = rates ? sameTable(table, { through: faults(seed, rates), wait: async () => {} }) : table;
  const model = new Model();
  for (const [number, round] of rounds.entries()) {
    model.seen = new Map(model.standing);
    const names = round.map((_, index) => `round ${number} step ${index}`);
    const told = await Promise.all(round.map((one, index) => take(through, world, model, names[index] as string, one)));
    const cancels = told.filter((_, index) => round[index]?.do === "cancel");
    for (const tell of told) if (!cancels.includes(tell)) tell();
    for (const tell of cancels) tell();
    const items = await allItems(table);
    expect([...checkBookings(items), ...checkLedger(items)]).toEqual([]);
    const standing = items.filter((item) => item.k === "bok" && item.state === "booked").map((item) => item.id);
    expect(standing.sort()).toEqual([...model.standing.keys()].sort());
    const made = items.filter((item) => item.k === "evt" && item.type === "booking.made");
    expect(made).toHaveLength(items.filter((item) => item.k === "bok").length);
  }
  if (through !== table) through.close();
  table.close();
}

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe(`day sheets under random clients at the same time (seed ${seed}; SEED repeats it)`, () => {
  it("never overlap, hold every booking and nothing else, and losers leave nothing", async () => {
    await fc.assert(
      fc.asyncProperty(walk, (rounds) => holds(rounds, seed, undefined)),
      { seed, numRuns: 12, endOnFailure: true },
    );
  });

  it("and so under conflicts, throttling, faults of the server and lost replies", async () => {
    const rates: FaultRates = { conflict: 0.08, throttle: 0.04, internal: 0.04, lostReply: 0.08 };
    await fc.assert(
      fc.asyncProperty(walk, (rounds) => holds(rounds, seed, rates)),
      { seed, numRuns: 12, endOnFailure: true },
    );
  });
});

describe("the check of the whole table", () => {
  it("finds a booking off its sheet, a sheet without its booking, an overlap and a wrong allowance", async () => {
    const table = await freshTable();
    const world = await bookingWorld(table, { rooms: 1, desks: 0, roomMinutes: 60 });
    const wish = { resource: world.rooms[0]?.id ?? "res_none", from: half(0), until: half(2) };
    const shown = { expectMinor: 0, expectAllowanceMinutes: 60 };
    const scope = scopeOf(table, { actor: people[0] as Actor });
    await makeBooking(scope, { person: "per_one", name: "per_one" }, { ...wish, ...shown });
    const items = await allItems(table);
    expect(checkBookings(items)).toEqual([]);
    const rules = (changed: object[]) => new Set(checkBookings(changed as typeof items).map(({ rule }) => rule));
    const edit = (kind: string, change: (item: (typeof items)[number]) => object) =>
      items.map((item) => (item.k === kind ? change(item) : item));
    expect(rules(items.filter(({ k }) => k !== "d"))).toEqual(new Set(["booking.on-its-sheets"]));
    expect(rules(edit("bok", (item) => ({ ...item, state: "cancelled" })))).toEqual(
      new Set(["booking.sheet-has-booking", "booking.credits-booked"]),
    );
    const twice = rules(edit("d", (item) => ({ ...item, s: `${item.s}${String(item.s).slice(0, 4)}otherbooking00` })));
    expect(twice).toEqual(new Set(["booking.no-overlap", "booking.sheet-has-booking"]));
  });
});
