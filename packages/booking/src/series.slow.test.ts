import { newId, type PersonId } from "@yihao/kernel/ids";
import { plusMinutes } from "@yihao/kernel/span";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { allItems } from "@yihao/table/dump";
import { timeline } from "@yihao/table/event";
import { type Fact, hear } from "@yihao/table/stream";
import { type Answer, testApi, unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { faults } from "@yihao/testing/faults";
import { platformOf, sameTable, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { describe, expect, it } from "vitest";
import { checkBookings } from "./check.ts";
import type { Quota } from "./model.ts";
import { bookingReactions, bookingTimers } from "./reactions.ts";
import type { SeriesQuote, SeriesView } from "./series-model.ts";

type Problem = { code: string; params: { quote: SeriesQuote } };
const always: [string, string][] = [["00:00", "24:00"]];
const open = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** A room that can be booked far ahead, and how a series of it is quoted and booked over HTTP. */
async function far(zone = "Asia/Shanghai", roomMinutes = 0, facts: object = {}, now?: string) {
  const the = await BookingClient.open({ rooms: 0, desks: 0, zone, hours: open, roomMinutes }, now);
  const room = await the.add("room", "Q1", { horizonDays: 400, ...facts });
  const nine = { resource: room.id, day: "2026-11-24", from: "09:00", until: "10:00" };
  const daily = (count: number, more: object = {}) => ({ ...nine, repeat: { every: "day", count }, ...more });
  const quote = async (wish: object, person = "per_one") => {
    const answer = await the.as(person).send("POST", `${the.base}/quotes/series`, wish);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.json<SeriesQuote>();
  };
  const send = (
    wish: object,
    shown: SeriesQuote,
    conflicts = "refuse",
    person = "per_one",
    key: string = newId("key"),
  ) => {
    const { totalMinor: expectMinor, allowanceMinutes: expectAllowanceMinutes, occurrences } = shown;
    const body = { ...wish, conflicts, expectCount: occurrences.length, expectMinor, expectAllowanceMinutes };
    return the.as(person).send("POST", `${the.base}/series`, body, { "idempotency-key": key });
  };
  const take = async (wish: object, conflicts = "refuse", person = "per_one") =>
    send(wish, await quote(wish, person), conflicts, person);
  const left = async () => {
    const items = await allItems(the.table);
    return items.filter(({ k }) => k === "ser" || k === "serall").length;
  };
  const stands = async () => (await allItems(the.table)).filter(({ k, state }) => k === "bok" && state === "booked");
  return { the, room, nine, daily, quote, send, take, left, stands };
}
const many = <T>(count: number, one: (index: number) => T) => Array.from({ length: count }, (_, index) => one(index));

/** The timers that are due and the events of a company, as the product hears them. */
async function catchUp(the: BookingClient, companies = ["cmp_one", "cmp_two"]) {
  await sweep(platformOf(the.table, { now: the.now }), bookingTimers);
  const series = (await allItems(the.table)).filter(({ k }) => k === "ser").map(({ id }) => String(id));
  for (const subject of [...series, ...companies])
    for (const event of (await timeline(scopeOf(the.table), subject, { newest: false, limit: 2000 })).items) {
      const fact: Fact = { space: "spc_test", kind: "evt", id: event.id, data: event };
      await hear({ table: the.table, reactions: bookingReactions, now: () => the.now }, fact);
    }
}

describe("a series", () => {
  it("of 366 days is quoted whole and booked whole in one request each, for 2 units a day, and its bookings are written by the stream", async () => {
    const { the, daily, quote, send, stands } = await far();
    const started = performance.now();
    const shown = await quote(daily(366));
    const quoted = performance.now();
    expect([shown.occurrences.length, shown.conflicts, shown.totalMinor]).toEqual([366, [], 366 * 6000]);
    const made = await send(daily(366), shown);
    const booked = performance.now();
    console.log(
      `quoted in ${Math.round(quoted - started)} ms, booked in ${Math.round(booked - quoted)} ms`,
      unitsOf(made),
    );
    expect(made.status).toBe(201);
    const view = made.json<SeriesView>();
    expect([view.bookings.length, view.bookings[365]?.day, view.skipped]).toEqual([366, "2027-11-24", []]);
    expect(unitsOf(made).write).toBeLessThan(2 * 366 + 60);
    const shownAtOnce = await the.as("per_one").read<SeriesView>(`${the.base}/series/${view.id}`);
    expect(shownAtOnce.bookings.map(({ id, from }) => [id, from])).toEqual(
      view.bookings.map(({ id, from }) => [id, from]),
    );
    expect(await the.violations()).toEqual([]);
    // Each of them is there by its own id at once, and may be cancelled before the stream has written it.
    const [early, late] = [view.bookings[7], view.bookings[300]];
    const one = `${the.base}/bookings/${late?.id}`;
    expect(await the.as("per_one").read(one)).toMatchObject({ id: late?.id, day: late?.day, state: "booked", rev: 1 });
    expect((await the.as("per_two").send("GET", one)).status).toBe(404);
    const cancel = `${the.base}/bookings/${early?.id}/cancel`;
    const ended = await the.as("per_one").send("POST", cancel, { rev: 1 }, { "idempotency-key": newId("key") });
    expect([ended.status, (await the.as("per_one").read<{ state: string }>(one)).state]).toEqual([201, "booked"]);
    expect(await the.violations()).toEqual([]);
    await catchUp(the);
    expect(await stands()).toHaveLength(365);
    expect(await the.violations()).toEqual([]);
    expect((await the.as("per_two").send("GET", `${the.base}/series/${view.id}`)).status).toBe(404);
    expect((await the.as("per_one").read<SeriesView>(`${the.base}/series/${view.id}`)).bookings).toHaveLength(366);
  });

  it("sent twice under one key, also at the same moment, is one series with one answer", async () => {
    const { the, daily, quote, send, stands, nine } = await far();
    const shown = await quote(daily(120));
    const answers = await Promise.all(
      many(3, () => send(daily(120), shown, "refuse", "per_one", "one-key-of-a-series")),
    );
    const again = await send(daily(120), shown, "refuse", "per_one", "one-key-of-a-series");
    expect(new Set([...answers, again].map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(again.status).toBe(201);
    await catchUp(the);
    expect(await stands()).toHaveLength(120);
    const other = { ...nine, from: "11:00", until: "12:00", repeat: { every: "day", count: 120 } };
    expect(told(await send(other, shown, "refuse", "per_one", "one-key-of-a-series"))).toEqual([409, "command.reused"]);
    expect(await the.violations()).toEqual([]);
  });

  it("with conflicts books nothing, or what was shown without them and says which were left out and why", async () => {
    const { the, room, daily, quote, send, take, left, stands } = await far("Asia/Shanghai", 0, { horizonDays: 8 });
    const day = { resource: room.id, from: "2026-11-26T01:30:00.000Z", until: "2026-11-26T02:30:00.000Z" };
    expect((await the.take("per_two", day)).status).toBe(201);
    const shown = await quote(daily(10));
    expect(shown.conflicts.map((one) => [one.day, one.code])).toEqual([
      ["2026-11-26", "booking.taken"],
      ["2026-12-02", "booking.horizon"],
      ["2026-12-03", "booking.horizon"],
    ]);
    const refused = await send(daily(10), shown);
    expect([told(refused), refused.json<Problem>().params.quote.conflicts.length]).toEqual([
      [409, "series.conflicts"],
      3,
    ]);
    expect([await left(), (await stands()).length]).toEqual([0, 1]);
    const made = (await take(daily(10), "skip")).json<SeriesView>();
    expect([made.count, made.bookings.length, made.skipped.length, made.totalMinor]).toEqual([7, 7, 3, 42_000]);
    expect(JSON.stringify(shown)).not.toMatch(/cmp_two|公司 two/);
    // More conflicts than were shown are not skipped in silence.
    const stale = { ...shown, occurrences: shown.occurrences };
    expect(told(await send(daily(10), stale, "skip"))).toEqual([409, "series.conflicts"]);
    expect(await the.violations()).toEqual([]);
  });

  it("of 52 wanted by 8 at once is had by one whole; nothing is left of the others", async () => {
    const { the, nine, quote, send, left, stands } = await far();
    const wish = { ...nine, repeat: { every: "week", weekdays: [2], count: 52 } };
    const shown = await quote(wish);
    const answers = await Promise.all(many(8, (at) => send(wish, shown, "refuse", at % 2 ? "per_one" : "per_two")));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => told(answer)[1] === "series.conflicts")).toHaveLength(7);
    expect([await left(), (await stands()).length]).toEqual([2, 52]);
    expect(await the.violations()).toEqual([]);
  });

  it("of many commits against others that cross it: each is whole or leaves nothing, and single bookings stand", async () => {
    const { the, room, nine, quote, send, left, stands } = await far();
    const other = await the.add("room", "Q2", { horizonDays: 400 });
    const wishes = [
      { ...nine, repeat: { every: "day", count: 300 } },
      { ...nine, day: "2027-02-01", repeat: { every: "day", count: 250 } },
      { ...nine, day: "2027-05-01", repeat: { every: "week", weekdays: [1, 3, 5], count: 60 } },
    ];
    const shown = await Promise.all(wishes.map((wish) => quote(wish)));
    const race = (resource: string) => wishes.map((wish, at) => send({ ...wish, resource }, shown[at] as SeriesQuote));
    const single = { resource: other.id, from: "2027-09-01T01:00:00.000Z", until: "2027-09-01T02:00:00.000Z" };
    const alone = await Promise.all(race(room.id));
    const [one, ...mixed] = await Promise.all([
      the.book("per_two", { ...single, expectMinor: 6000 }),
      ...race(other.id),
    ]);
    const won = [...alone, ...mixed].filter(({ status }) => status === 201);
    await catchUp(the);
    expect(alone.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    expect(mixed.filter(({ status }) => status === 201).length + Number(one?.status === 201)).toBeGreaterThan(0);
    const counts = won.map((answer) => answer.json<SeriesView>().count);
    const total = counts.reduce((sum, count) => sum + count, 0) + Number(one?.status === 201);
    expect([await left(), (await stands()).length]).toEqual([2 * won.length, total]);
    expect(await the.violations()).toEqual([]);
  });

  it("keeps its wall time over a clock change, moves on in the skipped hour and means the first of the doubled one", async () => {
    const { nine, quote } = await far("Europe/Berlin", 0, {}, "2026-10-01T00:00:00.000Z");
    const weekly = { ...nine, day: "2026-10-18", repeat: { every: "week", weekdays: [7], count: 3 } };
    const starts = (shown: SeriesQuote) => shown.occurrences.map(({ from }) => from.slice(5, 16));
    expect(starts(await quote(weekly))).toEqual(["10-18T07:00", "10-25T08:00", "11-01T08:00"]);
    const doubled = { ...weekly, from: "02:00", until: "03:00" };
    expect(starts(await quote(doubled))).toEqual(["10-18T00:00", "10-25T00:00", "11-01T01:00"]);
    const skipped = { ...weekly, day: "2027-03-27", from: "02:00", until: "03:00", repeat: { every: "day", count: 3 } };
    const shown = await quote(skipped);
    expect([starts(shown), shown.conflicts.map(({ day, code }) => `${day} ${code}`)]).toEqual([
      ["03-27T01:00", "03-29T00:00"],
      ["2027-03-28 booking.length"],
    ]);
    const over = await quote({ ...weekly, from: "23:00", until: "01:00" });
    expect(over.occurrences.map(({ day, until }) => `${day} ${until.slice(5, 16)}`)[0]).toBe(
      "2026-10-18 10-19T23:00".replace("19T23", "18T23"),
    );
  });

  it("never overlaps itself, buffers included, and a pool gives each its unit", async () => {
    const { the, nine, quote, take } = await far("Asia/Shanghai", 0, { bufferMinutes: 60, mostMinutes: 2880 });
    const long = { ...nine, from: "10:00", until: "09:30", repeat: { every: "day", count: 4 } };
    expect((await quote(long)).conflicts.map(({ day }) => day)).toEqual(["2026-11-25", "2026-11-27"]);
    expect((await take(long, "skip")).status).toBe(201);
    const pool = await the.add("pool", "P1", { units: 2, horizonDays: 400, capacity: 2 });
    const days = { resource: pool.id, day: "2026-11-24", repeat: { every: "week", weekdays, count: 10 } };
    expect([told(await take(days)), told(await take(days))].map(([status]) => status)).toEqual([201, 201]);
    expect((await quote(days)).occurrences).toHaveLength(0);
    expect(await the.violations()).toEqual([]);
  });
});

it("the check of the whole table finds a series that lost a booking, one that was never swept, and a booking of no series", async () => {
  const { the, daily, take } = await far();
  const made = (await take(daily(5))).json<SeriesView>();
  const items = await allItems(the.table);
  const rules = (changed: typeof items) => [...new Set(checkBookings(changed).map(({ rule }) => rule))].sort();
  expect(rules(items)).toEqual([]);
  const gone = made.bookings[3]?.id;
  expect(rules(items.filter(({ k, id }) => k !== "bok" || id !== gone))).toEqual([
    "booking.sheet-has-booking",
    "series.has-its-bookings",
  ]);
  const forgotten = { state: "claiming", settled: undefined, at: "2026-11-22T00:00:00.000Z" };
  const stuck = items.map((item) => (item.k === "ser" ? { ...item, ...forgotten } : item));
  expect(rules(stuck)).toEqual(["series.half-made", "series.swept"]);
  expect(rules(items.filter(({ k }) => k !== "ser"))).toEqual(["series.half-made"]);
  const moved = items.map((item) => (item.id === gone ? { ...item, movedFrom: made.bookings[0]?.id } : item));
  expect(rules(moved)).toEqual(["booking.moved-once"]);
});

describe("quotas and credits of a series", () => {
  const quotas: Quota[] = [
    { per: "person", count: "bookings", in: "week", most: 3, over: "resource" },
    { per: "company", count: "bookings", in: "ahead", most: 20, over: "kind" },
  ];

  it("count each occurrence; what goes over is a conflict; racing series never go over together", async () => {
    const { the, daily, nine, quote, send, take } = await far("Asia/Shanghai", 0, { quotas });
    const shown = await quote(daily(14));
    // Tuesday to Thursday, then Monday to Wednesday …
    expect(shown.occurrences.map(({ day }) => day.slice(8)).join()).toBe("24,25,26,30,01,02,07");
    const other = { ...nine, from: "15:00", until: "16:00", repeat: { every: "day", count: 14 } };
    const theirs = await quote(other);
    const answers = await Promise.all([send(daily(14), shown, "skip"), send(other, theirs, "skip")]);
    expect(answers.map(told).filter(([status]) => status === 201)).toHaveLength(1);
    expect(await the.violations()).toEqual([]);
    const id = answers.find(({ status }) => status === 201)?.json<SeriesView>().id;
    await the.as("per_one").command(`${the.base}/series/${id}/cancel`, {});
    expect(told(await take(other, "skip"))[0]).toBe(201);
    const weekly = { ...nine, day: "2027-01-01", repeat: { every: "week", weekdays: [1, 3, 5], count: 30 } };
    expect((await quote(weekly)).occurrences).toHaveLength(13);
    expect(await the.violations()).toEqual([]);
  });

  it("a month's allowance pays its first occurrences, and this-and-following gives back exactly what is left to give", async () => {
    const { the, daily, take } = await far("Asia/Shanghai", 240);
    const credits = async () =>
      Object.fromEntries(
        (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true })).map((one) => [
          `${one.unit.slice(-2)} ${one.account}`,
          one.available,
        ]),
      );
    const before = await credits();
    const made = (await take(daily(14))).json<SeriesView>();
    expect([made.totalMinor, made.allowanceMinutes]).toEqual([6 * 6000, 480]);
    const all = await credits();
    expect([all["11 company"] ?? 0, all["11 booked"], all["12 booked"]]).toEqual([0, 240, 240]);
    const cut = made.bookings[9]?.from;
    const sent = { "idempotency-key": "cancel-following-twice" };
    const path = `${the.base}/series/${made.id}/cancel`;
    const ended = await the.as("per_one").send("POST", path, { from: cut }, sent);
    expect(ended.json()).toEqual({ cancelled: 5, refundMinor: 3 * 6000, feeMinor: 0, allowanceMinutes: 120 });
    expect((await the.as("per_one").send("POST", path, { from: cut }, sent)).text).toBe(ended.text);
    expect((await the.as("per_two").send("POST", path, {})).status).toBe(404);
    expect(await credits()).toMatchObject({ "11 booked": 240, "12 booked": 120, "12 company": 120 });
    the.now = "2026-11-25T00:00:00.000Z";
    const rest = await the.as("per_one").command<{ cancelled: number }>(path, {});
    // The first has started and stays.
    expect(rest.cancelled).toBe(8);
    expect(await credits()).toMatchObject({ "11 booked": 60, "11 company": 180, "12 company": before["12 company"] });
    expect(await the.violations()).toEqual([]);
  });
});

describe("a series whose process dies", () => {
  it("at any of its commits is either all booked soon after, or nothing of it is left", async () => {
    const { the, daily, quote, left, stands } = await far("Asia/Shanghai", 0, {
      quotas: [{ per: "company", count: "minutes", in: "month", most: 50_000, over: "kind" }],
    });
    const ends: number[] = [];
    for (let commits = 0; commits < 12; commits += 1) {
      const wish = daily(60, { from: "12:00", until: "13:00" });
      const { totalMinor: expectMinor, occurrences } = await quote(wish);
      let writes = 0;
      const dying = sameTable(the.table, {
        through: async (call, send) => {
          if (!call.constructor.name.startsWith("TransactWrite")) return send(call);
          writes += 1;
          if (writes > commits) throw new Error("the process died");
          return send(call);
        },
      });
      const api = testApi(dying, { now: () => the.now }).as("per_one" as PersonId);
      const body = { ...wish, conflicts: "refuse", expectCount: occurrences.length, expectMinor };
      const key = { "idempotency-key": newId("key") };
      const answer: Answer = await api.send("POST", `${the.base}/series`, body, key);
      expect(await the.violations()).toEqual([]);
      if (answer.status === 201) break;
      expect(answer.status).toBe(500);
      the.now = plusMinutes(the.now, 3);
      await catchUp(the);
      const standing = (await stands()).length;
      ends.push(standing);
      expect(standing === 0 || standing === 60).toBe(true);
      expect(await left()).toBe(standing === 0 ? 0 : 2);
      expect(await the.violations()).toEqual([]);
      for (const one of await stands())
        await the.as("per_one").command(`${the.base}/bookings/${one.id}/cancel`, { rev: Number(one.rev) });
      if (standing > 0) break;
    }
    console.log(`what stood after a death at each commit: ${ends.join()}`);
    expect(ends.at(-1)).toBe(60);
    expect(ends.length).toBeGreaterThan(3);
  });

  it("under conflicts, throttling and lost replies wins whole or leaves nothing, beside single bookings and a cancelling", async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`series under faults, seed ${seed}`);
    const { the, room, nine, quote, left, stands } = await far("Asia/Shanghai", 240);
    const shaky = sameTable(the.table, {
      through: faults(seed, { conflict: 0.1, throttle: 0.05, internal: 0.05, lostReply: 0.1 }),
      wait: async () => {},
    });
    const as = (person: string) => testApi(shaky, { now: () => the.now }).as(person as PersonId);
    const wishes = [
      { ...nine, repeat: { every: "day", count: 120 } },
      { ...nine, day: "2027-01-10", repeat: { every: "day", count: 110 } },
      { ...nine, day: "2027-04-01", repeat: { every: "week", weekdays: [4], count: 10 } },
    ];
    const shown = await Promise.all(wishes.map((wish) => quote(wish, "per_two")));
    const send = (path: string, body: object) =>
      as("per_two").send("POST", `${the.base}${path}`, body, { "idempotency-key": newId("key") });
    const answers = await Promise.all([
      ...wishes.map((wish, at) => {
        const expect = { expectCount: shown[at]?.occurrences.length, expectMinor: shown[at]?.totalMinor };
        return send("/series", { ...wish, ...expect, conflicts: "refuse" });
      }),
      ...["2026-12-01", "2027-02-01", "2027-04-08"].map((day) =>
        send("/bookings", {
          ...{ resource: room.id, from: `${day}T01:30:00.000Z`, until: `${day}T02:00:00.000Z` },
          expectMinor: 3000,
        }),
      ),
    ]);
    const codes = new Set(answers.map((answer) => told(answer)[1]));
    expect(
      [...codes].filter((code) => !["series.conflicts", "booking.taken", "busy", undefined].includes(code)),
    ).toEqual([]);
    the.now = plusMinutes(the.now, 3);
    await catchUp(the);
    const won = answers.slice(0, 3).filter(({ status }) => status === 201);
    const singles = answers.slice(3).filter(({ status }) => status === 201);
    const counts = won.map((answer) => answer.json<SeriesView>().count);
    const total = counts.reduce((sum, count) => sum + count, singles.length);
    expect([await left(), (await stands()).length]).toEqual([2 * won.length, total]);
    expect(await the.violations()).toEqual([]);
    const first = won[0]?.json<SeriesView>().id;
    if (first) {
      const key = { "idempotency-key": newId("key") };
      const ends = await Promise.all(
        [0, 1, 2].map(() => as("per_two").send("POST", `${the.base}/series/${first}/cancel`, {}, key)),
      );
      for (const answer of ends) expect([201, 503]).toContain(answer.status);
      the.now = plusMinutes(the.now, 1);
      await catchUp(the);
      expect((await stands()).filter(({ series }) => series === first)).toEqual([]);
    }
    expect(await the.violations()).toEqual([]);
  });

  it("its claims are in the way while they last, and of nobody after", async () => {
    const { the, room, daily, quote, left } = await far();
    const shown = await quote(daily(150));
    let writes = 0;
    const dying = sameTable(the.table, {
      through: async (call, send) => {
        if (call.constructor.name.startsWith("TransactWrite") && ++writes > 2) throw new Error("the process died");
        return send(call);
      },
    });
    const body = { ...daily(150), conflicts: "refuse", expectCount: 150, expectMinor: shown.totalMinor };
    const api = testApi(dying, { now: () => the.now }).as("per_one" as PersonId);
    await api.send("POST", `${the.base}/series`, body, { "idempotency-key": newId("key") });
    const single = { resource: room.id, from: "2026-11-26T01:00:00.000Z", until: "2026-11-26T02:00:00.000Z" };
    expect(told(await the.book("per_two", { ...single, expectMinor: 6000 }))).toEqual([409, "booking.taken"]);
    expect((await the.as("per_one").send("GET", `${the.base}/bookings`)).json<{ items: [] }>().items).toEqual([]);
    the.now = plusMinutes(the.now, 3);
    expect(told(await the.book("per_two", { ...single, expectMinor: 6000 }))).toEqual([201, undefined]);
    expect(await left()).toBe(0);
    expect(await the.violations()).toEqual([]);
  });
});
