import { newId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { companyKey } from "@yihao/members/store";
import { setRateCard } from "@yihao/pricing/actions";
import type { RateCard } from "@yihao/pricing/model";
import { rateCardOf } from "@yihao/pricing/store";
import { commit } from "@yihao/table/commit";
import { timeline } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import type { BookingView, Resource } from "./model.ts";
import type { WaitQuote, WaitView } from "./wait-model.ts";
import { lapseWait, promoteWaits } from "./wait-promote.ts";
import { waitsFor } from "./wait-store.ts";

const people = ["per_one", "per_two", "per_three", "per_four", "per_five"];
const at = (from = "02:00", until = "03:00", day = "24") => ({
  from: `2026-11-${day}T${from}:00.000Z`,
  until: `2026-11-${day}T${until}:00.000Z`,
});

/** A room that a company has, others who wait for it, and what the stream does when something is freed. */
async function opened(facts: object = {}, wish: object = {}) {
  const the = await BookingClient.open({ rooms: 0, desks: 0, companies: 5, ...wish });
  const room = (await the.add("room", "W1", facts as never)) as unknown as Resource;
  const post = (person: string, path: string, body: object) =>
    the.as(person).send("POST", `${the.base}${path}`, body, { "idempotency-key": newId("key") });
  const take = async (person: string, span: object = at()) =>
    (await the.take(person, { resource: room.id, ...span })).json<BookingView>();
  const wait = async (person: string, span: object = at(), more: object = {}) => {
    const wish = { resource: room.id, ...span };
    const quoted = await the.as(person).send("POST", `${the.base}/quotes/wait`, wish);
    if (quoted.status !== 200) return quoted;
    const { totalMinor, allowanceMinutes } = quoted.json<WaitQuote>().quote;
    const shown = { expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
    return post(person, "/waits", { ...wish, ...shown, book: true, ...more });
  };
  const cancel = (booking: BookingView) => post("per_owner", `/bookings/${booking.id}/cancel`, { rev: booking.rev });
  const heard = (times = 1, span: { from: string; until: string } = at()) =>
    Promise.all(
      Array.from({ length: times }, () => {
        const command = { id: newId("cmd"), print: "freed" };
        const scope = { ...asSystem(platformOf(the.table), "spc_test", "booking.waits", command), now: the.now };
        return promoteWaits(scope, room.id, span);
      }),
    );
  const waiting = async () => (await waitsFor(scopeOf(the.table), room.id)).map(({ person }) => person);
  /** Who has the room by the day's sheet, as the companies' timelines tell it. */
  const having = async () => {
    const made = await Promise.all(
      the.world.companies.map(async (company) => {
        const events = (await timeline(scopeOf(the.table), company)).items;
        const off = new Set(
          events
            .filter(({ type }) => type === "booking.cancelled")
            .map(({ data }) => (data as { booking: string }).booking),
        );
        return events
          .filter(({ type, data }) => type === "booking.made" && !off.has((data as { booking: string }).booking))
          .map(() => company.replace("cmp_", ""));
      }),
    );
    return made.flat().toSorted();
  };
  return { the, room, post, take, wait, cancel, heard, waiting, having };
}

describe("waiting for what is taken", () => {
  it("is priced as booking it, ends in the booking of whoever came first, and tells nobody else", async () => {
    const { the, room, take, wait, cancel, heard, waiting, having } = await opened();
    const booked = await take("per_one");
    expect(told(await wait("per_two"))).toEqual([201, undefined]);
    the.now = "2026-11-23T02:43:00.000Z";
    const second = await the.as("per_three").send("POST", `${the.base}/quotes/wait`, { resource: room.id, ...at() });
    expect(second.json<WaitQuote>()).toMatchObject({ ahead: 1, quote: { totalMinor: 6000 } });
    await wait("per_three");
    await heard();
    expect(await waiting()).toEqual(["per_two", "per_three"]);
    await cancel(booked);
    await heard();
    expect([await waiting(), await having()]).toEqual([["per_three"], ["two"]]);
    expect(await the.violations()).toEqual([]);
    await heard(3);
    expect([await waiting(), await having()]).toEqual([["per_three"], ["two"]]);
  });

  it("is refused for what is free, twice by one, and beyond ten places; it can be given up", async () => {
    const { the, room, wait, post, waiting } = await opened();
    expect(told(await wait("per_two"))[1]).toBe("wait.free");
    await the.take("per_one", { resource: room.id, ...at("02:00", "12:00") });
    expect(told(await wait("per_two"))).toEqual([201, undefined]);
    expect(told(await wait("per_two"))[1]).toBe("wait.already");
    const hour = (n: number) => `${String(n).padStart(2, "0")}:00`;
    for (let n = 3; n < 12; n += 1) expect((await wait("per_two", at(hour(n), hour(n + 1)))).status).toBe(201);
    await the.take("per_one", { resource: room.id, ...at("02:00", "03:00", "25") });
    expect(told(await wait("per_two", at("02:00", "03:00", "25")))[1]).toBe("wait.too-many");
    const { items } = await the.as("per_two").read<{ items: WaitView[] }>(`${the.base}/waits`);
    expect(items).toHaveLength(10);
    const leave = `/resources/${room.id}/waits/${items[0]?.id}/leave`;
    expect(told(await post("per_three", leave, {}))).toEqual([404, "missing"]);
    expect(told(await post("per_two", leave, {}))).toEqual([201, undefined]);
    expect(told(await post("per_two", leave, {}))).toEqual([404, "missing"]);
    expect((await waiting()).length).toBe(9);
    expect((await the.as("per_three").read<{ items: WaitView[] }>(`${the.base}/waits`)).items).toEqual([]);
    expect(await the.violations()).toEqual([]);
  });

  it("passes over a paused company and a full quota, takes off who is no member any more, and books at no more than was shown", async () => {
    const { the, take, wait, cancel, heard, waiting, having } = await opened({
      quotas: [{ per: "company", count: "bookings", in: "day", most: 1, over: "resource" }],
    });
    const scope = scopeOf(the.table);
    const unsigned = (id: string) => ({ ...scope, command: { id: `auto:${id}`, print: "" } });
    const booked = await take("per_one");
    for (const [index, person] of people.slice(1).entries()) {
      the.now = `2026-11-23T02:4${index + 3}:00.000Z`;
      await wait(person);
    }
    const suspended = { since: scope.now, reason: "欠费" };
    await commit(unsigned("pause"), [{ do: "update", key: companyKey(scope, "cmp_two"), set: { suspended } }], {
      answer: null,
    });
    await take("per_three", at("05:00", "06:00"));
    const { memberKey } = await import("@yihao/identity/store");
    await commit(unsigned("gone"), [{ do: "delete", key: memberKey(scope, "per_four" as never) }], { answer: null });
    await cancel(booked);
    await heard(2);
    expect([await waiting(), await having()]).toEqual([
      ["per_two", "per_three"],
      ["five", "three"],
    ]);
    expect(await the.violations()).toEqual([]);
  });

  it("for a price that has risen meanwhile is not booked: who waits is told, and waits on", async () => {
    const { the, take, wait, cancel, heard, waiting, having } = await opened();
    const booked = await take("per_one");
    await wait("per_two");
    const scope = scopeOf(the.table);
    const { rev = 0, ...card } = (await rateCardOf(scope)) ?? ({} as Stored<RateCard>);
    expect((await setRateCard(scope, { ...card, roomHourMinor: 9000 }, rev)).ok).toBe(true);
    await cancel(booked);
    await heard();
    expect([await waiting(), await having()]).toEqual([["per_two"], []]);
    const mine = await waitsFor(scopeOf(the.table), booked.resource);
    expect(mine[0]?.toldAt).toBe(the.now);
  });

  it("ends when it begins", async () => {
    const { the, take, wait, waiting } = await opened();
    await take("per_one");
    const made = (await wait("per_two")).json<WaitView>();
    const command = { id: newId("cmd"), print: "lapse" };
    await lapseWait(asSystem(platformOf(the.table), "spc_test", "booking", command), made);
    await lapseWait(asSystem(platformOf(the.table), "spc_test", "booking", command), made);
    expect(await waiting()).toEqual([]);
    expect(await the.violations()).toEqual([]);
  });

  it("where staff approve first ends in a request", async () => {
    const { the, take, wait, cancel, heard } = await opened({ approval: { of: "all", waitHours: 4 } });
    const booked = await take("per_one");
    await wait("per_two");
    await cancel(booked);
    await heard();
    const { items } = await the.owner.read<{ items: { company: string }[] }>(`${the.base}/booking-requests`);
    expect(items.map(({ company }) => company)).toEqual(["cmp_two"]);
    expect(await the.violations()).toEqual([]);
  });
});

describe("several freed at once", () => {
  it("of a pool go to as many who wait, in the order in which they came, each to one and none twice", async () => {
    const { the, take, wait, cancel, heard, waiting, having } = await opened({ units: 2 });
    const [first, second] = [await take("per_one"), await take("per_one")];
    for (const [index, person] of people.slice(1).entries()) {
      the.now = `2026-11-23T02:4${index + 3}:00.000Z`;
      expect((await wait(person)).status).toBe(201);
    }
    await Promise.all([cancel(first), cancel(second)].map((one) => one.then(() => heard(3))));
    await heard();
    expect([await waiting(), await having()]).toEqual([
      ["per_four", "per_five"],
      ["three", "two"],
    ]);
    expect(await the.violations()).toEqual([]);
  });

  it("by cancels that race with newcomers leave the time to exactly one", async () => {
    const { the, room, take, wait, cancel, heard, having } = await opened();
    for (let round = 0; round < 4; round += 1) {
      const span = at("02:00", "03:00", String(24 + round));
      const booked = await take("per_one", span);
      await wait("per_two", span);
      await wait("per_three", span);
      const before = (await having()).length;
      await Promise.all([
        cancel(booked).then(() => heard(3, span)),
        ...people.slice(3).map((person) => the.take(person, { resource: room.id, ...span })),
      ]);
      await heard(1, span);
      expect((await having()).length).toBe(before);
      expect(await the.violations()).toEqual([]);
    }
  });
});
