import { everyDay } from "@yihao/testing/booking-world";
import { describe, expect, it } from "vitest";
import { alternativesTo } from "./alternatives.ts";
import { decideCancellation, decideCheckIn } from "./cancellation.ts";
import { type BookingFacts, decideBooking } from "./decide.ts";
import { clash, type Entry, instantsOf, onDays, pack, unpack } from "./grains.ts";
import { isOpen, openingDay, openSpans } from "./hours.ts";
import { type Calendar, type Resource, usualRules, type Wish } from "./model.ts";

const berlin: Calendar = { zone: "Europe/Berlin", hours: allDay(), closures: [] };
function allDay(): Calendar["hours"] {
  const open: ["00:00", "24:00"][] = [["00:00", "24:00"]];
  return { 1: open, 2: open, 3: open, 4: open, 5: open, 6: open, 7: open };
}
const shanghai: Calendar = { zone: "Asia/Shanghai", hours: everyDay, closures: ["2026-12-25"] };

function room(calendar: Calendar, change: Partial<Resource> = {}): Resource {
  return {
    id: "res_one",
    site: "sit_one",
    floor: "flr_one",
    kind: "room",
    code: "R1",
    name: "会议室 1",
    capacity: 6,
    state: "active",
    siteRev: 1,
    ...usualRules.room,
    calendar,
    ...change,
  };
}
const facts = (resource: Resource): BookingFacts => ({ resource, company: { state: "active" } });
const now = "2026-11-23T02:42:00.000Z";
const code = (resource: Resource, from: string, until: string, at = now) => {
  const decided = decideBooking(facts(resource), { resource: resource.id, from, until }, at);
  return decided.ok ? "booked" : decided.refusal.code;
};

describe("the day sheet's grains", () => {
  it("are read back as they were written, in order of time, 18 letters each", () => {
    const entries: Entry[] = [
      { from: 288, until: 300, booking: "bok_zzzzzzzzzzzzzz" },
      { from: 0, until: 12, booking: "bok_0123456789abcd" },
    ];
    expect(pack(entries)).toHaveLength(36);
    expect(unpack(pack(entries))).toEqual([entries[1], entries[0]]);
    expect(unpack("")).toEqual([]);
  });

  it("count from the day's first instant: 276 on the day an hour is skipped, 300 when one is doubled", () => {
    const days = (from: string, until: string) => onDays({ from, until }, "Europe/Berlin");
    expect(days("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")).toEqual([{ day: "2026-03-29", from: 0, until: 276 }]);
    expect(days("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")).toEqual([{ day: "2026-10-25", from: 0, until: 300 }]);
  });

  it("tell the doubled hour's two halves apart", () => {
    const [first] = onDays({ from: "2026-10-25T00:00:00Z", until: "2026-10-25T01:00:00Z" }, "Europe/Berlin");
    const [second] = onDays({ from: "2026-10-25T01:00:00Z", until: "2026-10-25T02:00:00Z" }, "Europe/Berlin");
    if (!first || !second) throw new Error("no parts");
    expect([first.from, first.until, second.from, second.until]).toEqual([24, 36, 36, 48]);
    expect(clash([{ ...first, booking: "bok_1" }], second)).toBeUndefined();
    expect(instantsOf("2026-10-25", "Europe/Berlin", second).from).toBe("2026-10-25T01:00:00.000Z");
  });

  it("cut a span at local midnight", () => {
    expect(onDays({ from: "2026-11-23T15:00:00Z", until: "2026-11-23T17:00:00Z" }, "Asia/Shanghai")).toEqual([
      { day: "2026-11-23", from: 276, until: 288 },
      { day: "2026-11-24", from: 0, until: 12 },
    ]);
  });
});

describe("opening hours block", () => {
  it("a booking before opening, over closing, on a closed weekday or on a closure", () => {
    const closedSunday = { ...shanghai, hours: { ...everyDay, 7: [] } };
    expect(code(room(shanghai), "2026-11-24T00:30:00Z", "2026-11-24T01:30:00Z")).toBe("booking.closed");
    expect(code(room(shanghai), "2026-11-24T12:30:00Z", "2026-11-24T13:30:00Z")).toBe("booking.closed");
    expect(code(room(shanghai), "2026-11-24T01:00:00Z", "2026-11-24T13:00:00Z")).toBe("booked");
    expect(code(room(closedSunday), "2026-11-29T02:00:00Z", "2026-11-29T03:00:00Z")).toBe("booking.closed");
    expect(code(room(shanghai), "2026-12-25T02:00:00Z", "2026-12-25T03:00:00Z")).toBe("booking.closed");
  });

  it("not the night of a site that is open around the clock, and a lunch break does", () => {
    expect(isOpen(berlin, { from: "2026-11-23T22:00:00Z", until: "2026-11-24T01:00:00Z" })).toBe(true);
    const lunch: Calendar = {
      ...shanghai,
      hours: { ...everyDay, 2: [["09:00", "12:00"], ["14:00", "18:00"]] }, // biome-ignore format: one line reads better
    };
    expect(isOpen(lunch, { from: "2026-11-24T03:00:00Z", until: "2026-11-24T06:30:00Z" })).toBe(false);
    expect(openingDay(lunch, "2026-11-24")).toEqual({
      from: "2026-11-24T01:00:00.000Z",
      until: "2026-11-24T10:00:00.000Z",
    });
  });

  it("move forward over a skipped hour and mean the first of a doubled one", () => {
    const early = { ...berlin, hours: { ...allDay(), 7: [["02:30", "04:00"]] as [string, string][] } };
    expect(openSpans(early, "2026-03-29")).toEqual([
      { from: "2026-03-29T01:30:00.000Z", until: "2026-03-29T02:00:00.000Z" },
    ]);
    expect(openSpans(early, "2026-10-25")).toEqual([
      { from: "2026-10-25T00:30:00.000Z", until: "2026-10-25T03:00:00.000Z" },
    ]);
    const within = { ...berlin, hours: { ...allDay(), 7: [["02:00", "02:55"]] as [string, string][] } };
    expect(openSpans(within, "2026-03-29")).toEqual([
      { from: "2026-03-29T01:00:00.000Z", until: "2026-03-29T01:55:00.000Z" },
    ]);
  });
});

describe("a booking is refused", () => {
  it("in the past, beyond the horizon, off the grid, too short or too long", () => {
    const one = room(shanghai, { mostMinutes: 240 });
    expect(code(one, "2026-11-23T02:30:00Z", "2026-11-23T03:30:00Z")).toBe("booking.past");
    expect(code(one, "2026-11-23T03:00:00Z", "2026-11-23T03:30:00Z")).toBe("booked");
    expect(code(one, "2027-02-22T03:00:00Z", "2027-02-22T03:30:00Z")).toBe("booking.horizon");
    expect(code(one, "2027-02-21T03:00:00Z", "2027-02-21T03:30:00Z")).toBe("booked");
    expect(code(one, "2026-11-24T03:10:00Z", "2026-11-24T03:40:00Z")).toBe("booking.grid");
    expect(code(one, "2026-11-24T03:00:00Z", "2026-11-24T03:45:00Z")).toBe("booking.grid");
    expect(code(one, "2026-11-24T03:00:01Z", "2026-11-24T04:00:01Z")).toBe("booking.grid");
    expect(code(one, "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z")).toBe("booking.length");
    expect(code(one, "2026-11-24T03:00:00Z", "2026-11-24T02:00:00Z")).toBe("booking.length");
    expect(code(one, "2026-11-24T03:00:00Z", "2026-11-24T08:00:00Z")).toBe("booking.length");
  });

  it("on a resource that is off, and to a company that has left or is suspended", () => {
    expect(code(room(shanghai, { state: "off" }), "2026-11-24T03:00:00Z", "2026-11-24T04:00:00Z")).toBe("booking.off");
    const wish: Wish = { resource: "res_one", from: "2026-11-24T03:00:00Z", until: "2026-11-24T04:00:00Z" };
    const suspended = { since: now, reason: "逾期" };
    const of = (company: BookingFacts["company"]) => decideBooking({ resource: room(shanghai), company }, wish, now);
    expect(of({ state: "left" })).toMatchObject({ refusal: { code: "booking.left" } });
    expect(of({ state: "active", suspended })).toMatchObject({
      refusal: { code: "booking.suspended", params: { reason: "逾期" } },
    });
  });

  it("by day for a room, and by part of a day for a desk", () => {
    const desk = room(shanghai, { kind: "desk", ...usualRules.desk });
    const by = (resource: Resource, wish: { day: string } | { from: string; until: string }) =>
      decideBooking(facts(resource), { resource: "res_one", ...wish }, now);
    expect(by(room(shanghai), { day: "2026-11-24" })).toMatchObject({ refusal: { code: "booking.by-day" } });
    expect(by(desk, { from: "2026-11-24T02:00:00Z", until: "2026-11-24T03:00:00Z" })).toMatchObject({
      refusal: { code: "booking.by-day" },
    });
    expect(by(desk, { day: "2026-11-23" })).toMatchObject({
      value: { from: "2026-11-23T01:00:00.000Z", until: "2026-11-23T13:00:00.000Z", day: "2026-11-23" },
    });
    expect(by(desk, { day: "2026-11-22" })).toMatchObject({ refusal: { code: "booking.past" } });
    expect(by(desk, { day: "2026-12-25" })).toMatchObject({ refusal: { code: "booking.closed" } });
  });

  it("never by a clock change: 09:00 stays on the grid and a day of 23 or 25 hours can be had whole", () => {
    const long = room(berlin, { mostMinutes: 1500, horizonDays: 400, granularityMinutes: 60 });
    expect(code(long, "2026-10-25T08:00:00Z", "2026-10-25T09:00:00Z", "2026-10-01T00:00:00Z")).toBe("booked");
    expect(code(long, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-01T00:00:00Z")).toBe("booked");
    expect(code(long, "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "2026-03-01T00:00:00Z")).toBe("booked");
  });
});

describe("what is offered instead", () => {
  const wish: Wish = { resource: "res_one", from: "2026-11-24T02:00:00.000Z", until: "2026-11-24T03:30:00.000Z" };
  const others = [
    room(shanghai, { id: "res_two", code: "R2", capacity: 4 }),
    room(shanghai, { id: "res_three", code: "R3", capacity: 12 }),
    room(shanghai, { id: "res_four", code: "R4", capacity: 2 }),
    room(shanghai, { id: "res_five", code: "R5", state: "off" }),
    room(shanghai, { id: "res_six", code: "R6", kind: "desk" }),
  ];
  const asked = (entries: Record<string, Entry[]>, bufferMinutes = 0) => {
    const basis = facts(room(shanghai, { bufferMinutes }));
    const slot = decideBooking(basis, wish, now);
    if (!slot.ok) throw new Error(slot.refusal.code);
    return alternativesTo(basis, slot.value, new Map(Object.entries(entries)), others, now);
  };
  const taken: Entry = { from: 120, until: 138, booking: "bok_taken" };

  it("is the nearest time of the same length, never one that touches the booking's buffer", () => {
    expect(asked({ res_one: [taken] }).times).toEqual([
      { from: "2026-11-24T03:30:00.000Z", until: "2026-11-24T05:00:00.000Z" },
      { from: "2026-11-24T04:00:00.000Z", until: "2026-11-24T05:30:00.000Z" },
      { from: "2026-11-24T04:30:00.000Z", until: "2026-11-24T06:00:00.000Z" },
    ]);
    const kept: Entry = { ...taken, until: 141 };
    expect(asked({ res_one: [kept] }, 15).times[0]?.from).toBe("2026-11-24T04:00:00.000Z");
  });

  it("is a like resource that is on, large enough and free then", () => {
    expect(asked({ res_one: [taken] }).resources.map((one) => one.code)).toEqual(["R2", "R3"]);
    expect(asked({ res_one: [taken], res_two: [taken] }).resources.map((one) => one.code)).toEqual(["R3"]);
  });
});

describe("after it is booked", () => {
  const price = { lines: [], totalMinor: 9000, taxMinor: 509, allowanceMinutes: 30 };
  const booking = {
    state: "booked" as const,
    from: "2026-11-24T02:00:00.000Z",
    until: "2026-11-24T03:00:00.000Z",
    price,
  };
  it("cancelling is free until it starts and refused from then on", () => {
    expect(decideCancellation(booking, "2026-11-24T01:59:59.999Z")).toEqual({
      ok: true,
      value: { refundMinor: 9000, feeMinor: 0, allowanceMinutes: 30 },
    });
    expect(decideCancellation(booking, booking.from)).toMatchObject({ refusal: { code: "booking.started" } });
    expect(decideCancellation({ ...booking, state: "cancelled" }, now)).toMatchObject({
      refusal: { code: "booking.cancelled" },
    });
  });
  it("checking in opens half an hour before and closes with it", () => {
    expect(decideCheckIn(booking, "2026-11-24T01:29:00.000Z")).toMatchObject({ refusal: { code: "booking.early" } });
    expect(decideCheckIn(booking, "2026-11-24T01:30:00.000Z")).toMatchObject({ ok: true });
    expect(decideCheckIn(booking, booking.until)).toMatchObject({ refusal: { code: "booking.over" } });
  });
});
