import { newId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { balancesOf } from "@yihao/ledger/store";
import { creditBook } from "@yihao/members/credits";
import { timeline } from "@yihao/table/event";
import { unitsOf } from "@yihao/testing/api";
import { BookingClient, told } from "@yihao/testing/booking-client";
import { platformOf, scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import { askedUntil, decideAnswer } from "./approval.ts";
import type { BookingQuote, BookingView, Resource } from "./model.ts";
import { lapseRequest } from "./request-actions.ts";
import type { AnsweredRequest, Request } from "./request-model.ts";
import type { SeriesQuote, SeriesView } from "./series-model.ts";

const at = (day: string, from = "02:00", until = "03:30") => ({
  from: `2026-11-${day}T${from}:00.000Z`,
  until: `2026-11-${day}T${until}:00.000Z`,
});

async function opened(approval: object = { of: "all", waitHours: 48 }, roomMinutes = 0) {
  const the = await BookingClient.open({ rooms: 0, desks: 0, roomMinutes });
  const room = await the.add("room", "S1", { approval } as never);
  const post = (person: string, path: string, body: object, key: string = newId("key")) =>
    the.as(person).send("POST", `${the.base}${path}`, body, { "idempotency-key": key });
  const ask = async (day: string, person = "per_one") =>
    (await the.take(person, { resource: room.id, ...at(day) })).json<BookingView>();
  const answer = (id: string, wish: object = { as: "approved" }) => post("per_owner", `/bookings/${id}/answer`, wish);
  const waiting = async () =>
    (await the.owner.read<{ items: Request[] }>(`${the.base}/booking-requests`)).items.map(({ booking }) => booking);
  const see = (id: string) => the.owner.read<BookingView>(`${the.base}/bookings/${id}`);
  const events = async () => (await timeline(scopeOf(the.table), "cmp_one")).items.map(({ type }) => type).toSorted();
  const minutes = async () =>
    (await balancesOf(scopeOf(the.table), creditBook("cmp_one"), { consistent: true }))
      .filter(({ unit, available }) => unit.endsWith("11") && available > 0)
      .map(({ account, available }) => `${account} ${available}`)
      .toSorted();
  const lapse = (id: string) => {
    const command = { id: newId("cmd"), print: "lapse" };
    return lapseRequest({ ...asSystem(platformOf(the.table), "spc_test", "booking", command), now: the.now }, id);
  };
  return { the, room, post, ask, answer, waiting, see, events, minutes, lapse };
}

describe("who needs approval", () => {
  const room = (approval: object, area?: object) => ({ approval, area }) as unknown as Resource;
  const now = "2026-11-23T02:00:00.000Z";
  const [soon, late] = ["2026-11-23T05:00:00.000Z", "2026-11-30T05:00:00.000Z"];

  it("is everybody but staff, or those without a plan; until so many hours, and the start at the latest", () => {
    const all = room({ of: "all", waitHours: 24 });
    const open = room({ of: "public", waitHours: 24 });
    expect(askedUntil(all, { staff: false, member: true }, late, now)).toBe("2026-11-24T02:00:00.000Z");
    expect(askedUntil(all, { staff: false, member: true }, soon, now)).toBe(soon);
    expect(askedUntil(all, { staff: true, member: false }, late, now)).toBeUndefined();
    expect(askedUntil(open, { staff: false, member: true }, late, now)).toBeUndefined();
    expect(askedUntil(open, { staff: false, member: false }, late, now)).toBe("2026-11-24T02:00:00.000Z");
    const own = room({ of: "nobody", waitHours: 24 }, { approval: { of: "all", waitHours: 24 } });
    expect(askedUntil(own, { staff: false, member: false }, late, now)).toBeUndefined();
  });

  it("is answered once, and not approved after its time", () => {
    const asked = { state: "tentative", asked: { until: soon } } as const;
    expect(decideAnswer(asked, { as: "approved" }, soon)).toMatchObject({ refusal: { code: "request.lapsed" } });
    expect(decideAnswer({ ...asked, state: "booked" }, { as: "declined" }, now)).toMatchObject({
      refusal: { code: "request.answered" },
    });
  });
});

describe("a request", () => {
  it("holds its place and the plan's minutes, is nobody's booking yet, and owes nothing until it is approved", async () => {
    const { the, room, ask, answer, waiting, see, events, minutes } = await opened(undefined, 240);
    const quoted = await the
      .as("per_one")
      .send("POST", `${the.base}/quotes/booking`, { resource: room.id, ...at("24") });
    expect(quoted.json<BookingQuote>().approval).toEqual({ until: "2026-11-24T02:00:00.000Z" });
    const asked = await ask("24");
    expect([asked.state, await waiting(), await minutes()]).toEqual([
      "tentative",
      [asked.id],
      ["booked 90", "company 150"],
    ]);
    expect(told(await the.take("per_two", { resource: room.id, ...at("24", "03:00", "04:00") }))).toEqual([
      ...[409, "booking.taken"],
    ]);
    expect(told(await the.as("per_one").send("POST", `${the.base}/bookings/${asked.id}/check-in`, {}))).toEqual([
      ...[409, "booking.tentative"],
    ]);
    expect(await events()).toEqual(["booking.requested"]);
    expect(await the.violations()).toEqual([]);
    const done = await answer(asked.id);
    expect([told(done), unitsOf(done).write]).toEqual([[201, undefined], 12]);
    expect(await see(asked.id)).toMatchObject({ state: "booked", answered: { as: "approved", by: "per_owner" } });
    expect([await waiting(), await events()]).toEqual([[], ["booking.made", "booking.requested"]]);
    expect(await the.violations()).toEqual([]);
  });

  it("that is declined, taken back or never answered costs nothing and gives back exactly what it held", async () => {
    const { the, ask, answer, post, see, events, minutes, lapse } = await opened(undefined, 60);
    const ends: [string, (id: string) => Promise<unknown>][] = [
      ["declined", (id) => answer(id, { as: "declined", reason: "那天打蜡" })],
      ["withdrawn", (id) => post("per_one", `/bookings/${id}/cancel`, { rev: 1 })],
      ["lapsed", lapse],
    ];
    for (const [as, end] of ends) {
      const { id, price } = await ask("24");
      expect(price).toMatchObject({ totalMinor: 3000, allowanceMinutes: 60 });
      await end(id);
      expect(await see(id)).toMatchObject({ state: "cancelled", answered: { as } });
      expect(await minutes()).toEqual(["company 60"]);
    }
    expect((await events()).filter((type) => type === "booking.made" || type === "booking.cancelled")).toEqual([]);
    expect(await the.violations()).toEqual([]);
  });

  it("is not moved, and a booking is not moved to where it would be one; staff move it", async () => {
    const { the, room, ask, post, answer } = await opened();
    const asked = await ask("24");
    const to = { resource: room.id, ...at("25"), expectMinor: 9000 };
    expect(told(await post("per_one", `/bookings/${asked.id}/move`, { ...to, rev: 1 }))[1]).toBe("booking.tentative");
    await answer(asked.id);
    expect(told(await post("per_one", `/bookings/${asked.id}/move`, { ...to, rev: 2 }))[1]).toBe(
      "booking.needs-approval",
    );
    expect(told(await post("per_owner", `/bookings/${asked.id}/move`, { ...to, rev: 2 }))).toEqual([201, undefined]);
    expect(await the.violations()).toEqual([]);
  });

  it("gets the first answer again when it is sent again, also after it was answered", async () => {
    const { the, room, post, answer } = await opened();
    const wish = { resource: room.id, ...at("24"), expectMinor: 9000 };
    const first = await post("per_one", "/bookings", wish, "asked-with-this-key");
    await answer(first.json<BookingView>().id);
    const again = await post("per_one", "/bookings", wish, "asked-with-this-key");
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(await the.violations()).toEqual([]);
  });
});

describe("an approval against a booking", () => {
  it("raced by approvals, declines, the booker's cancelling and the lapse has exactly one outcome, and ledger and sheet agree with it", async () => {
    const { the, room, ask, answer, post, see, events, minutes, lapse } = await opened(undefined, 240);
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const before = (await events()).length;
      const { id } = await ask("24");
      const races = [
        () => answer(id),
        () => answer(id),
        () => answer(id, { as: "declined", reason: "占用" }),
        () => post("per_one", `/bookings/${id}/cancel`, { rev: 1 }),
        () => lapse(id),
      ];
      const turned = races.map((_, index) => races[(index + round) % races.length] as () => Promise<unknown>);
      const answers = await Promise.all(turned.map((one) => one()));
      const won = answers.flatMap((one) => (one && (one as { status: number }).status === 201 ? [one] : []));
      const now = await see(id);
      const as = now.answered?.as ?? "none";
      outcomes.add(as);
      // A lapse answers nobody; everything else that won is told so. Cancelling may also follow an approval it did not see.
      expect(won.length).toBe(as === "lapsed" ? 0 : 1);
      expect(now.state).toBe(as === "approved" ? "booked" : "cancelled");
      expect((await events()).length - before).toBe(2);
      expect(await minutes()).toEqual(as === "approved" ? ["booked 90", "company 150"] : ["company 240"]);
      const mine = await the.take("per_two", { resource: room.id, ...at("24", "02:30", "03:00") });
      expect(mine.status).toBe(as === "approved" ? 409 : 201);
      expect(await the.violations()).toEqual([]);
      const last = as === "approved" ? now : mine.json<BookingView>();
      await post("per_owner", `/bookings/${last.id}/cancel`, { rev: last.rev });
      if (as !== "approved") {
        const theirs = await see(last.id);
        expect(theirs.state).toBe("cancelled");
      }
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it("of a company that was paused meanwhile is refused, and the request waits on", async () => {
    const { the, ask, answer, waiting } = await opened();
    const { id } = await ask("24");
    const { companyKey } = await import("@yihao/members/store");
    const { commit } = await import("@yihao/table/commit");
    const scope = scopeOf(the.table);
    const suspended = { since: scope.now, reason: "arrears" };
    const write = { do: "update", key: companyKey(scope, "cmp_one"), set: { suspended } } as const;
    await commit({ ...scope, command: { id: "auto:pause", print: "" } }, [write], { answer: null });
    expect(told(await answer(id))[1]).toBe("booking.suspended");
    expect(await waiting()).toEqual([id]);
    expect(told(await answer(id, { as: "declined", reason: "欠费" }))).toEqual([201, undefined]);
  });
});

describe("a request of a series", () => {
  async function series(count: number, roomMinutes = 0) {
    const all = await opened(undefined, roomMinutes);
    const { the, room, post } = all;
    const wish = {
      ...{ resource: room.id, day: "2026-11-24", from: "10:00", until: "11:00" },
      repeat: { every: "day", count },
    };
    const quote = (await the.as("per_one").send("POST", `${the.base}/quotes/series`, wish)).json<SeriesQuote>();
    expect(quote.approval?.until).toBe("2026-11-24T02:00:00.000Z");
    const { totalMinor, allowanceMinutes } = quote;
    const shown = { expectCount: count, expectMinor: totalMinor, expectAllowanceMinutes: allowanceMinutes };
    const made = await post("per_one", "/series", { ...wish, ...shown, conflicts: "refuse" });
    expect(told(made)).toEqual([201, undefined]);
    return { ...all, made: made.json<SeriesView>() };
  }
  const states = (view: SeriesView) => [...new Set(view.bookings.map(({ state }) => state))];

  it("is one decision for the whole, approved or declined, also when two decide at once and its booker ends it", async () => {
    for (const race of [0, 1, 2]) {
      const { the, answer, post, waiting, made } = await series(60, 240);
      expect([states(made), (await waiting()).length]).toEqual([["tentative"], 1]);
      const first = made.bookings[0]?.id ?? "";
      const wishes = [
        () => answer(first),
        () => answer(made.bookings[7]?.id ?? "", { as: "declined", reason: "占用" }),
        () => post("per_one", `/series/${made.id}/cancel`, {}),
      ];
      const asked = race === 2 ? wishes : wishes.slice(0, 2);
      const done = await Promise.all((race === 1 ? asked.toReversed() : asked).map((one) => one()));
      const now = await the.owner.read<SeriesView>(`${the.base}/series/${made.id}`);
      const won = done.filter(({ status }) => status === 201).length;
      if (race < 2) {
        expect(won).toBe(1);
        expect(states(now)).toEqual([now.answered?.as === "approved" ? "booked" : "cancelled"]);
        const told = done.find(({ status }) => status === 201)?.json<AnsweredRequest>();
        expect(told?.answered).toBe(60);
      } else expect(states(now)).toEqual(["cancelled"]);
      expect(await waiting()).toEqual([]);
      expect(await the.violations()).toEqual([]);
    }
  });

  it("lapses whole", async () => {
    const { the, made, lapse, minutes } = await series(3, 240);
    await lapse(made.id);
    const now = await the.owner.read<SeriesView>(`${the.base}/series/${made.id}`);
    expect([states(now), now.answered?.as, await minutes()]).toEqual([["cancelled"], "lapsed", ["company 240"]]);
    expect(await the.violations()).toEqual([]);
  });
});
