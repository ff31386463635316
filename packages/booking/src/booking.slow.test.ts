import type { PersonId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { setRateCard } from "@yihao/pricing/actions";
import type { RateCard } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { timeline } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { type Fact, hear } from "@yihao/table/stream";
import { type Answer, testApi, unitsOf } from "@yihao/testing/api";
import { type BookingWorld, bookingWorld } from "@yihao/testing/booking-world";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { beforeEach, describe, expect, it } from "vitest";
import { checkBookings } from "./check.ts";
import type { BookingView } from "./model.ts";
import { bookingReactions, bookingTimers } from "./reactions.ts";

let table: Table;
let world: BookingWorld;
let now: string;
const base = "/spaces/spc_test";
const at = { from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:30:00.000Z" };

type Problem = { code: string; params: Record<string, unknown> };
type Offer = { by?: { company: string }; alternatives: { times: object[]; resources: { code: string }[] } };
const api = () => testApi(table, { now: () => now, log: (entry) => entry.error && console.error(entry.error) });
const as = (person: string, company?: string) => api().as(person as PersonId, company);
const roomId = (index = 0) => world.rooms[index]?.id;
const refusal = (answer: Answer) => [answer.status, answer.json<Problem>().code];

async function open(wish: Parameters<typeof bookingWorld>[1]) {
  table = await freshTable();
  now = "2026-11-23T02:42:00.000Z";
  world = await bookingWorld(table, wish);
}

async function hearAll() {
  for (const subject of ["cmp_one", "cmp_two", world.site.id])
    for (const event of (await timeline(scopeOf(table), subject, { newest: false })).items) {
      const fact: Fact = { space: "spc_test", kind: "evt", id: event.id, data: event };
      await hear({ table, reactions: bookingReactions, now: () => now }, fact);
    }
}
const book = (person: string, wish: object, headers = {}) => as(person).send("POST", `${base}/bookings`, wish, headers);
const violations = async () => [...checkBookings(await allItems(table)), ...checkLedger(await allItems(table))];

describe("booking", () => {
  beforeEach(() => open({}));

  it("keeps the price that was quoted, in 6 write units and 2 read units beside who-is-asking", async () => {
    const quoted = await as("per_one").send("POST", `${base}/quotes/booking`, { resource: roomId(), ...at });
    expect(quoted.json()).toMatchObject({
      quote: { totalMinor: 9000, taxMinor: 509, allowanceMinutes: 0 },
      day: "2026-11-24",
    });
    expect(unitsOf(quoted).write).toBe(0);
    const made = await book(
      "per_one",
      { resource: roomId(), ...at, expectMinor: 9000 },
      { "idempotency-key": "a-booking-key" },
    );
    expect([made.status, made.text.length < 1200]).toEqual([201, true]);
    expect(unitsOf(made)).toEqual({ read: 3, write: 6 });
    expect(made.json()).toMatchObject({
      company: "cmp_one",
      personName: "per_one",
      price: { totalMinor: 9000 },
      rev: 1,
    });
    const [event] = (await timeline(scopeOf(table), "cmp_one")).items;
    expect(event).toMatchObject({ type: "booking.made", data: { from: at.from, quote: { totalMinor: 9000 } } });
    expect(await violations()).toEqual([]);
  });

  it("of a desk is by its day, for the same units", async () => {
    const wish = { resource: world.desks[0]?.id, day: "2026-11-24" };
    const made = await book("per_one", { ...wish, expectMinor: 4000 });
    expect([made.status, unitsOf(made).write]).toEqual([201, 6]);
    expect(made.json()).toMatchObject({ from: "2026-11-24T01:00:00.000Z", until: "2026-11-24T13:00:00.000Z" });
    expect(refusal(await book("per_two", { ...wish, expectMinor: 4000 }))).toEqual([409, "booking.taken"]);
  });

  it("replayed gets its first answer, also after it was cancelled, and another wish under its key is refused", async () => {
    const wish = { resource: roomId(), ...at, expectMinor: 9000 };
    const key = { "idempotency-key": "replayed-booking" };
    const first = await book("per_one", wish, key);
    const again = await book("per_one", wish, key);
    expect([again.status, again.json()]).toEqual([201, first.json()]);
    const { id } = first.json<{ id: string }>();
    await as("per_one").command(`${base}/bookings/${id}/cancel`, { rev: 1 });
    now = "2026-12-23T02:42:00.000Z";
    expect((await book("per_one", wish, key)).json()).toEqual(first.json());
    expect(refusal(await book("per_one", { ...wish, resource: roomId(1) }, key))).toEqual([409, "command.reused"]);
    expect(await violations()).toEqual([]);
  });

  it("at a price that has changed books nothing and shows the new quote", async () => {
    const card = await rateCardOf(scopeOf(table), { consistent: true });
    if (!card) throw new Error("no card");
    const { rev, ...prices } = card;
    await setRateCard(scopeOf(table), { ...prices, roomHourMinor: 8000 }, rev);
    const answer = await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 });
    expect(refusal(answer)).toEqual([409, "price-changed"]);
    expect(answer.json<Problem>().params).toMatchObject({ quote: { quote: { totalMinor: 12_000 } } });
    expect((await book("per_one", { resource: roomId(), ...at, expectMinor: 12_000 })).status).toBe(201);
  });

  it("costs what holds on the day of its use, whenever it is booked, for the same units; a quote says from when others hold", async () => {
    const card = await rateCardOf(scopeOf(table), { consistent: true });
    if (!card) throw new Error("no card");
    const { rev, ...prices } = card;
    const dear = { from: "2026-11-26", until: "2026-11-28", roomHourMinor: 9000, deskDayMinor: 5000 };
    expect((await setRateCard(scopeOf(table), { ...prices, periods: [dear] }, rev)).ok).toBe(true);
    const hour = (day: string) => ({ from: `${day}T02:00:00.000Z`, until: `${day}T03:00:00.000Z` });
    const quoted = async (day: string) => {
      const asked = await as("per_one").send("POST", `${base}/quotes/booking`, { resource: roomId(), ...hour(day) });
      return asked.json<{ quote: { totalMinor: number }; otherFrom?: string; otherUnitMinor?: number }>();
    };
    const of = async (day: string) => {
      const { quote, otherFrom, otherUnitMinor } = await quoted(day);
      return [quote.totalMinor, otherFrom, otherUnitMinor];
    };
    expect([await of("2026-11-25"), await of("2026-11-26"), await of("2026-11-28")]).toEqual([
      [6000, "2026-11-26", 9000],
      [9000, "2026-11-28", 6000],
      [6000, undefined, undefined],
    ]);
    const made = await book("per_one", { resource: roomId(), ...hour("2026-11-26"), expectMinor: 9000 });
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 3, write: 6 }]);
    expect(refusal(await book("per_one", { resource: roomId(1), ...hour("2026-11-26"), expectMinor: 6000 }))).toEqual([
      409,
      "price-changed",
    ]);
    expect(await violations()).toEqual([]);
  });

  it("costs a company what was agreed with it, says so on its line and costs others what all pay, for the same units", async () => {
    const company = `${base}/companies/cmp_one`;
    const { rev } = await as("per_owner").read<{ rev: number }>(company);
    const share = { name: "协议价", kind: "room", price: { percent: 80 }, from: "2026-11-01", until: "2026-12-01" };
    const put = (prices: object[], by = "per_owner") =>
      as(by).send("PUT", `${company}/prices`, { prices }, { "if-match": `"${rev}"` });
    expect((await put([share], "per_one")).status).toBe(403);
    expect(refusal(await put([share, { ...share, from: "2026-11-30" }]))).toEqual([422, "company.prices-meet"]);
    expect((await put([share])).json()).toMatchObject({ prices: [share], rev: rev + 1 });
    expect((await put([])).status).toBe(412);
    const made = await book("per_one", { resource: roomId(), ...at, expectMinor: 7200 });
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 3, write: 6 }]);
    expect(made.json<BookingView>().price.lines).toMatchObject([{ unitMinor: 4800, text: "协议价" }]);
    expect((await book("per_two", { resource: roomId(1), ...at, expectMinor: 9000 })).status).toBe(201);
    expect(await as("per_one").read(company)).toMatchObject({ prices: [share] });
    expect(await violations()).toEqual([]);
  });

  it("made keeps its price when the rates rise, and gives back that price; only what is booked or moved later costs the new one", async () => {
    const made = (await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 })).json<BookingView>();
    const { rev = 0, ...prices } = (await rateCardOf(scopeOf(table), { consistent: true })) ?? ({} as Stored<RateCard>);
    await setRateCard(scopeOf(table), { ...prices, roomHourMinor: 8000 }, rev);
    const path = `${base}/bookings/${made.id}`;
    expect((await as("per_one").read<BookingView>(path)).price).toEqual(made.price);
    const next = { resource: roomId(1), ...at };
    const quote = await as("per_one").send("POST", `${path}/quote-move`, next);
    expect(quote.json()).toMatchObject({ quote: { totalMinor: 12_000 } });
    await as("per_one").command(`${path}/cancel`, { rev: made.rev });
    const ended = (await timeline(scopeOf(table), "cmp_one")).items.find(({ type }) => type === "booking.cancelled");
    expect(ended?.data).toMatchObject({ refundMinor: 9000 });
  });

  it("taken names its holder to staff and not to another company, and offers what is free", async () => {
    await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 });
    const wish = { resource: roomId(), ...at, expectMinor: 9000 };
    const other = (await book("per_two", wish)).json<Problem>();
    expect(other.code).toBe("booking.taken");
    expect(JSON.stringify(other)).not.toMatch(/cmp_one|公司 one|per_one/);
    const offer = other.params as Offer;
    expect(offer.alternatives.times).toHaveLength(3);
    expect(offer.alternatives.resources.map((one) => one.code)).toEqual(["R2", "R3"]);
    const staff = (await book("per_owner", { ...wish, company: "cmp_two" })).json<Problem>().params as Offer;
    expect(staff.by?.company).toBe("公司 one");
    const quote = await as("per_two").send("POST", `${base}/quotes/booking`, { resource: roomId(), ...at });
    expect(refusal(quote)).toEqual([409, "booking.taken"]);
  });

  it("is for one's own company; staff name the company, and cannot leave it out", async () => {
    const wish = { resource: roomId(), ...at, expectMinor: 9000 };
    expect(refusal(await book("per_one", { ...wish, company: "cmp_two" }))).toEqual([404, "missing"]);
    expect(refusal(await book("per_owner", wish))).toEqual([422, "booking.company"]);
    expect((await book("per_owner", { ...wish, company: "cmp_two" })).json()).toMatchObject({ company: "cmp_two" });
    expect(refusal(await book("per_owner", { ...wish, company: "cmp_nobody" }))).toEqual([404, "missing"]);
  });

  it("of a resource that may be let proves, for 2 units more, that it has not changed meanwhile", async () => {
    type Listed = { items: { id: string; rev: number; site: string; kind: string }[] };
    const found = (await as("per_owner").read<Listed>(`${base}/resources`)).items.find(({ id }) => id === roomId());
    if (!found) throw new Error("no room");
    const { id, rev, site: _site, kind: _kind, ...facts } = found;
    const tag = { "if-match": `"${rev}"` };
    const put = await as("per_owner").send("PUT", `${base}/resources/${id}`, { ...facts, lettable: true }, tag);
    expect(put.status).toBe(200);
    const made = await book("per_one", { resource: id, ...at, expectMinor: 9000 });
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 3, write: 8 }]);
  });

  it("one slot by 50 at once: one has it, 49 are told so with something else to take", async () => {
    const wish = { resource: roomId(), ...at, expectMinor: 9000 };
    const people = Array.from({ length: 50 }, (_, index) => (index % 2 ? "per_one" : "per_two"));
    const answers = await Promise.all(people.map((person) => book(person, wish)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409).map((answer) => answer.json<Problem>());
    expect(losers).toHaveLength(49);
    for (const { code, params } of losers) {
      expect(code).toBe("booking.taken");
      expect((params as Offer).alternatives.times.length).toBeGreaterThan(0);
    }
    expect(await violations()).toEqual([]);
  });

  it("different slots of one day by 12 at once all succeed", async () => {
    const slots = Array.from({ length: 12 }, (_, hour) => ({
      from: `2026-11-24T${String(1 + hour).padStart(2, "0")}:00:00.000Z`,
      until: `2026-11-24T${String(2 + hour).padStart(2, "0")}:00:00.000Z`,
    }));
    const answers = await Promise.all(
      slots.map((slot) => book("per_one", { resource: roomId(), ...slot, expectMinor: 6000 })),
    );
    expect(answers.map(({ status }) => status)).toEqual(slots.map(() => 201));
    expect(await violations()).toEqual([]);
  });
});

describe("with a buffer", () => {
  it("two bookings never come closer than it, before or after, also over midnight", async () => {
    const day: [string, string][] = [["00:00", "24:00"]];
    await open({ bufferMinutes: 30, hours: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: day, 7: day } });
    const wish = (from: string, until: string) => ({ resource: roomId(), from, until, expectMinor: 6000 });
    const late = await book("per_one", wish("2026-11-24T15:00:00.000Z", "2026-11-24T16:00:00.000Z"));
    expect([late.status, unitsOf(late).write]).toEqual([201, 8]);
    const after = wish("2026-11-24T16:00:00.000Z", "2026-11-24T17:00:00.000Z");
    expect(refusal(await book("per_two", after))).toEqual([409, "booking.taken"]);
    expect(refusal(await book("per_two", wish("2026-11-24T14:00:00.000Z", "2026-11-24T15:00:00.000Z")))[1]).toBe(
      "booking.taken",
    );
    expect((await book("per_two", wish("2026-11-24T16:30:00.000Z", "2026-11-24T17:30:00.000Z"))).status).toBe(201);
    const { id } = late.json<{ id: string }>();
    await as("per_one").command(`${base}/bookings/${id}/cancel`, { rev: 1 });
    expect((await book("per_two", wish("2026-11-24T15:00:00.000Z", "2026-11-24T16:00:00.000Z"))).status).toBe(201);
    expect(await violations()).toEqual([]);
  });
});

describe("an allowance", () => {
  beforeEach(() => open({ roomMinutes: 240 }));
  const balances = async () =>
    Object.fromEntries((await balancesOf(scopeOf(table), creditBook("cmp_one"), { consistent: true }))
      .filter(({ unit }) => unit.endsWith("2026-11"))
      .map(({ account, available }) => [account, available])); // biome-ignore format: reads as one

  it("pays first, for 4 write units more and no read more when it pays all", async () => {
    const made = await book("per_one", { resource: roomId(), ...at, expectMinor: 0, expectAllowanceMinutes: 90 });
    expect([made.status, unitsOf(made)]).toEqual([201, { read: 3, write: 10 }]);
    expect(await balances()).toEqual({ company: 150, booked: 90 });
    const long = { resource: roomId(1), from: "2026-11-24T04:00:00.000Z", until: "2026-11-24T08:00:00.000Z" };
    const quoted = await as("per_one").send("POST", `${base}/quotes/booking`, long);
    expect(quoted.json()).toMatchObject({
      quote: { totalMinor: 9000, allowanceMinutes: 150 },
      allowance: { leftMinutes: 150 },
    });
    const mixed = await book("per_one", { ...long, expectMinor: 9000, expectAllowanceMinutes: 150 });
    expect([mixed.status, unitsOf(mixed)]).toEqual([201, { read: 4, write: 10 }]);
    expect(await violations()).toEqual([]);
  });

  it("that is gone, or that was not counted, is a changed price and books nothing", async () => {
    const long = { resource: roomId(), from: "2026-11-24T04:00:00.000Z", until: "2026-11-24T08:00:00.000Z" };
    expect((await book("per_one", { ...long, expectMinor: 0, expectAllowanceMinutes: 240 })).status).toBe(201);
    const gone = await book("per_one", { resource: roomId(1), ...at, expectMinor: 0, expectAllowanceMinutes: 90 });
    expect(refusal(gone)).toEqual([409, "price-changed"]);
    expect(gone.json<Problem>().params).toMatchObject({ quote: { quote: { totalMinor: 9000, allowanceMinutes: 0 } } });
    const { id } = (await book("per_one", { resource: roomId(1), ...at, expectMinor: 9000 })).json<{ id: string }>();
    await as("per_one").command(`${base}/bookings/${id}/cancel`, { rev: 1 });
    expect(await balances()).toEqual({ booked: 240 });
    expect(await violations()).toEqual([]);
  });

  it("not counted in the price that was shown is a changed price", async () => {
    expect(refusal(await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 }))).toEqual([
      409,
      "price-changed",
    ]);
  });

  it("cannot be spent twice by many at once", async () => {
    const answers = await Promise.all(
      [0, 1, 2].flatMap((index) =>
        [1, 3, 5].map((hour) => {
          const span = { from: `2026-11-24T0${hour}:00:00.000Z`, until: `2026-11-24T0${hour + 2}:00:00.000Z` };
          return book("per_one", { resource: roomId(index), ...span, expectMinor: 0, expectAllowanceMinutes: 120 });
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.filter((answer) => refusal(answer)[1] === "price-changed")).toHaveLength(7);
    expect(await balances()).toEqual({ booked: 240 });
    expect(await violations()).toEqual([]);
  });

  it("comes back when the booking is cancelled, and is used once it has started", async () => {
    const wish = { resource: roomId(), ...at, expectMinor: 0, expectAllowanceMinutes: 90 };
    const { id } = (await book("per_one", wish)).json<{ id: string }>();
    await hearAll();
    await as("per_one").command(`${base}/bookings/${id}/cancel`, { rev: 1 });
    expect(await balances()).toEqual({ company: 240 });
    await book("per_one", wish);
    await hearAll();
    await hearAll();
    now = "2026-11-24T02:00:00.000Z";
    for (let time = 0; time < 2; time += 1) await sweep(platformOf(table, { now }), bookingTimers);
    expect(await balances()).toEqual({ company: 150, used: 90 });
    expect(await violations()).toEqual([]);
  });
});

describe("after booking", () => {
  beforeEach(() => open({}));

  it("its company sees it in order of start and may cancel it before it starts; others find nothing", async () => {
    const later = { from: "2026-11-25T02:00:00.000Z", until: "2026-11-25T03:30:00.000Z" };
    const { id } = (await book("per_one", { resource: roomId(), ...later, expectMinor: 9000 })).json<{ id: string }>();
    await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 });
    await hearAll();
    type Rows = { items: { from: string; rev: number; state: string }[]; next: string | null };
    const rows = await as("per_one").read<Rows>(`${base}/bookings?limit=1`);
    expect(rows.items[0]).toMatchObject({ from: at.from, rev: 1, state: "booked" });
    const second = await as("per_one").read<Rows>(`${base}/bookings?limit=1&cursor=${rows.next}`);
    expect(second.items[0]?.from).toBe(later.from);
    expect((await as("per_two").read<Rows>(`${base}/bookings`)).items).toEqual([]);
    expect((await as("per_two").send("GET", `${base}/bookings/${id}`)).status).toBe(404);
    expect((await as("per_two").send("POST", `${base}/bookings/${id}/cancel`, { rev: 1 })).status).toBe(404);
    expect((await as("per_two").send("POST", `${base}/bookings/${id}/check-in`)).status).toBe(404);
    expect((await as("per_one").send("POST", `${base}/bookings/${id}/cancel`, { rev: 2 })).status).toBe(412);
    const gone = await as("per_one").send("POST", `${base}/bookings/${id}/cancel`, { rev: 1 });
    expect([gone.status, gone.json()]).toMatchObject([201, { state: "cancelled", rev: 2 }]);
    expect(refusal(await as("per_one").send("POST", `${base}/bookings/${id}/cancel`, { rev: 2 }))[1]).toBe(
      "booking.cancelled",
    );
    await hearAll();
    const after = await as("per_one").read<Rows>(`${base}/bookings?from=2026-11-24T16:00:00Z`);
    expect(after.items).toMatchObject([{ state: "cancelled", rev: 2 }]);
    const events = (await timeline(scopeOf(table), "cmp_one")).items.filter(({ type }) => type === "booking.cancelled");
    expect(events).toMatchObject([{ data: { refundMinor: 9000, feeMinor: 0, allowanceMinutes: 0 } }]);
  });

  it("somebody checks in within its time, once, and Today counts them in", async () => {
    const { id } = (await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 })).json<{ id: string }>();
    expect(refusal(await as("per_one").send("POST", `${base}/bookings/${id}/check-in`))[1]).toBe("booking.early");
    now = "2026-11-24T02:05:00.000Z";
    const first = await as("per_owner").send("POST", `${base}/bookings/${id}/check-in`);
    expect([first.status, first.json().checkedInAt]).toEqual([201, now]);
    expect(refusal(await as("per_one").send("POST", `${base}/bookings/${id}/cancel`, { rev: 2 }))[1]).toBe(
      "booking.started",
    );
    await hearAll();
    expect(await as("per_owner").read(`${base}/sites/${world.site.id}/presence`)).toMatchObject({
      room: { total: 3, taken: 1, checkedIn: 1, due: 0 },
      desk: { total: 4, taken: 0 },
    });
    const agenda = await as("per_owner").read<{ items: object[] }>(
      `${base}/sites/${world.site.id}/agenda?day=2026-11-24`,
    );
    expect(agenda.items).toMatchObject([{ companyName: "公司 one", personName: "per_one", checkedInAt: now }]);
    expect((await as("per_one").send("GET", `${base}/sites/${world.site.id}/agenda?day=2026-11-24`)).status).toBe(403);
  });
});

describe("availability", () => {
  it("of 100 resources with 4 bookings each is one query of 2 read units and under 30 kB", async () => {
    await open({ rooms: 0, desks: 0 });
    const { writeSheet, sheetKey } = await import("./store.ts");
    const { commit } = await import("@yihao/table/commit");
    const scope = scopeOf(table, { space: "spc_0123456789abcdef" });
    const { addSite } = await import("./site-actions.ts");
    const { take } = await import("@yihao/kernel/outcome");
    const { rev: _rev, id: _id, ...facts } = { rev: 0, ...world.site };
    const site = take(await addSite(scope, facts));
    const { placePerson } = await import("@yihao/testing/booking-world");
    await placePerson(scopeOf(table, { space: scope.space }), "per_owner", { roles: ["owner"] });
    const letters = "0123456789abcd";
    for (let chunk = 0; chunk < 2; chunk += 1)
      await commit(
        scopeOf(table, { space: scope.space }),
        Array.from({ length: 50 }, (_, index) => {
          const resource = `res_${String(chunk * 50 + index).padStart(10, "0")}`;
          const entries = [108, 120, 150, 200].map((from) => ({
            from,
            until: from + 12,
            booking: `bok_${letters}` as const,
          }));
          return writeSheet(sheetKey(scope, site.id, "2026-11-24", resource), entries, 0, resource);
        }),
        { answer: null },
      );
    const answer = await as("per_owner").send(
      "GET",
      `/spaces/${scope.space}/sites/${site.id}/availability?day=2026-11-24`,
    );
    expect(unitsOf(answer)).toEqual({ read: 3, write: 0 });
    expect(Object.keys(answer.json<{ resources: object }>().resources)).toHaveLength(100);
    expect(answer.text.length).toBeLessThan(30_000);
  });

  it("shows a company its own bookings and the others' only as busy", async () => {
    await open({});
    const mine = (await book("per_one", { resource: roomId(), ...at, expectMinor: 9000 })).json<{ id: string }>();
    const later = { from: "2026-11-24T06:00:00.000Z", until: "2026-11-24T07:30:00.000Z" };
    const theirs = (await book("per_two", { resource: roomId(), ...later, expectMinor: 9000 })).json<{ id: string }>();
    await hearAll();
    const path = `${base}/sites/${world.site.id}/availability?day=2026-11-24`;
    type Seen = { resources: Record<string, unknown[]> };
    expect((await as("per_one").read<Seen>(path)).resources[roomId() ?? ""]).toEqual([
      [120, 138, "mine", mine.id],
      [168, 186, "busy"],
    ]);
    expect((await as("per_owner").read<Seen>(path)).resources[roomId() ?? ""]?.[1]).toEqual([
      168,
      186,
      "busy",
      theirs.id,
    ]);
    expect((await as("per_one").send("GET", path.replace(world.site.id, "sit_nowhere"))).status).toBe(404);
  });
});

describe("sites and resources", () => {
  beforeEach(() => open({}));
  const bulk = (codes: string[]) => ({
    site: world.site.id,
    floor: world.floor,
    kind: "desk",
    capacity: 1,
    bufferMinutes: 0,
    granularityMinutes: 5,
    leastMinutes: 5,
    mostMinutes: 1440,
    horizonDays: 90,
    items: codes.map((code) => ({ code })),
  });

  it("40 desks are made in one request, or none when one code is taken or comes twice", async () => {
    const codes = Array.from({ length: 40 }, (_, index) => `B-${String(index + 1).padStart(2, "0")}`);
    const made = await as("per_owner").command<{ items: object[] }>(`${base}/resources/bulk`, bulk(codes));
    expect(made.items).toHaveLength(40);
    const count = async () =>
      (await as("per_owner").read<{ items: object[] }>(`${base}/resources?limit=200`)).items.length;
    const before = await count();
    const clash = await as("per_owner").send("POST", `${base}/resources/bulk`, bulk(["C-01", "B-07", "C-02"]));
    expect([refusal(clash), clash.json<Problem>().params.code]).toEqual([[409, "resource.code-taken"], "B-07"]);
    expect(refusal(await as("per_owner").send("POST", `${base}/resources/bulk`, bulk(["C-01", "C-01"])))[1]).toBe(
      "resource.codes-twice",
    );
    expect(await count()).toBe(before);
    expect(refusal(await as("per_one").send("POST", `${base}/resources/bulk`, bulk(["D-01"])))).toEqual([
      403,
      "auth.role",
    ]);
  });

  it("changing a site's hours or closures binds its resources at once", async () => {
    const [site] = (await as("per_owner").read<{ items: { id: string; rev: number }[] }>(`${base}/sites`)).items;
    if (!site) throw new Error("no site");
    const { id, rev, ...facts } = site;
    const closed = { ...facts, closures: ["2026-11-24"] };
    const tag = { "if-match": `"${rev}"` };
    expect((await as("per_owner").send("PUT", `${base}/sites/${id}`, closed, tag)).status).toBe(200);
    expect((await as("per_owner").send("PUT", `${base}/sites/${id}`, closed, tag)).status).toBe(412);
    const wish = { resource: roomId(), ...at, expectMinor: 9000 };
    expect(refusal(await book("per_one", wish))).toEqual([409, "booking.closed"]);
  });

  it("a resource is renamed under its revision, and gives its old code free", async () => {
    type Listed = { items: { id: string; code: string; rev: number }[] };
    const listed = await as("per_owner").read<Listed>(`${base}/resources`);
    const desk = listed.items.find(({ code }) => code === "A-01");
    if (!desk) throw new Error("no desk");
    const { id, rev, site: _site, kind: _kind, ...facts } = desk as Listed["items"][0] & { site: string; kind: string };
    const put = (body: object, at: number) =>
      as("per_owner").send("PUT", `${base}/resources/${id}`, body, { "if-match": `"${at}"` });
    expect(refusal(await put({ ...facts, code: "A-02" }, rev))).toEqual([409, "resource.code-taken"]);
    expect((await put({ ...facts, code: "Z-01", state: "off" }, rev)).status).toBe(200);
    expect((await put({ ...facts, code: "Z-02" }, rev)).status).toBe(412);
    await as("per_owner").command(`${base}/resources/bulk`, bulk(["A-01"]));
    expect(refusal(await book("per_one", { resource: id, day: "2026-11-24", expectMinor: 4000 }))).toEqual([
      409,
      "booking.off",
    ]);
  });
});
