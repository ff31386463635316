import { type BookingRow, type Resource, usualRules } from "@yihao/booking/model";
import { instantOf, plusDays } from "@yihao/kernel/days";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useOf } from "./use.ts";

const hours = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
const open = [["09:00", "18:00"]] as [string, string][];
const weekdays = { ...hours, 1: open, 2: open, 3: open, 4: open, 5: open };
const zone = "Asia/Shanghai";

const resource = (id: string, more: Partial<Resource> = {}) =>
  ({
    ...usualRules.room,
    ...{
      id,
      code: id,
      name: `会议室 ${id}`,
      kind: "room",
      capacity: 6,
      state: "active",
      site: "sit_1",
      floor: "flr_1",
    },
    calendar: { zone, hours: weekdays, closures: [] },
    siteRev: 1,
    ...more,
  }) as Resource;
const row = (from: string, until: string, more: Partial<BookingRow> = {}) =>
  ({
    ...{ id: "bok_1", resource: "R1", code: "R1", resourceName: "会议室 R1", kind: "room", site: "sit_1", zone },
    ...{ company: "cmp_1", companyName: "晚汀香氛", person: "per_1", personName: "沈", state: "booked" },
    ...{ totalMinor: 6000, allowanceMinutes: 0, day: from.slice(0, 10) },
    from: instantOf(from.slice(0, 10), from.slice(11), more.zone ?? zone),
    until: instantOf(until.slice(0, 10), until.slice(11), more.zone ?? zone),
    ...more,
  }) as BookingRow;
/** Monday to Sunday. */
const week = { from: "2026-11-16", until: "2026-11-23", zone, now: "2026-11-23T02:42:00.000Z", priced: true };
const sum = (cells: readonly number[]) => cells.reduce((all, one) => all + one, 0);

describe("the use of a site", () => {
  it("puts minutes into the hours in which they were, also over midnight, and leaves out what lies outside the days", () => {
    const rows = [
      row("2026-11-17 09:30", "2026-11-17 11:15"),
      row("2026-11-15 23:00", "2026-11-16 01:30"),
      row("2026-11-22 23:30", "2026-11-23 00:30"),
    ];
    const { heat, totals } = useOf({ ...week, resources: [resource("R1")], rows });
    const taken = heat[0]?.taken ?? [];
    const found = Object.fromEntries(taken.flatMap((minutes, cell) => (minutes > 0 ? [[cell, minutes]] : [])));
    expect(found).toEqual({ 33: 30, 34: 60, 35: 15, 0: 60, 1: 30, 167: 30 });
    expect([totals.minutes, totals.bookings]).toEqual([225, 2]);
  });

  it("counts open time by each unit of a pool, and not on days of a closure, a lease, or while it is off", () => {
    const calendar = { zone, hours: weekdays, closures: ["2026-11-18"] };
    const lease = {
      id: "les_1",
      state: "held",
      at: week.now,
      from: "2026-11-16",
      until: "2026-11-18",
      company: "cmp_2",
      companyName: "乙",
    };
    const resources = [
      resource("R1"),
      resource("R2", { calendar }),
      resource("R3", { leases: [lease] as never }),
      resource("R4", { state: "off" }),
      resource("P1", { kind: "pool", units: 7 }),
    ];
    const use = useOf({ ...week, resources, rows: [] });
    const minutes = Object.fromEntries(use.resources.map((one) => [one.code, one.openMinutes / 540]));
    expect(minutes).toEqual({ R1: 5, R2: 4, R3: 3, R4: 0, P1: 35 });
    expect(sum(use.heat.find(({ kind }) => kind === "room")?.open ?? [])).toBe(12 * 540);
  });

  it("takes the hours of a day on which the clock changes as the wall shows them", () => {
    const berlin = "Europe/Berlin";
    const calendar = { zone: berlin, hours: { ...hours, 7: [["01:00", "05:00"]] as [string, string][] }, closures: [] };
    const days = { from: "2026-03-29", until: "2026-03-30", zone: berlin, now: week.now, priced: true };
    const rows = [row("2026-03-29 08:00", "2026-03-29 10:00", { zone: berlin })];
    const use = useOf({ ...days, resources: [resource("R1", { calendar })], rows });
    expect(use.resources[0]?.openMinutes).toBe(180);
    expect([use.heat[0]?.taken[6 * 24 + 8], use.heat[0]?.taken[6 * 24 + 9]]).toEqual([60, 60]);
  });

  it("counts who was not seen only when it is over, keeps cancelled ones apart, and knows how long ahead people book", () => {
    const madeAt = instantOf("2026-11-16", "08:00", zone);
    const rows = [
      row("2026-11-16 09:00", "2026-11-16 10:00", { madeAt, checkedInAt: madeAt }),
      row("2026-11-18 09:00", "2026-11-18 10:00", { madeAt }),
      row("2026-11-19 09:00", "2026-11-19 10:00", { madeAt, state: "cancelled" }),
      row("2026-11-20 09:00", "2026-11-20 10:00", { madeAt }),
      // A quarter of an hour was had before it was released, and half of its price is kept.
      row("2026-11-17 09:00", "2026-11-17 10:00", {
        ...{ madeAt, state: "cancelled", noShowAt: instantOf("2026-11-17", "09:15", zone) },
        cancellation: { freeHours: 1, percent: 50 },
      }),
    ];
    const now = instantOf("2026-11-19", "12:00", zone);
    const use = useOf({ ...week, now, resources: [resource("R1")], rows });
    expect(use.totals).toMatchObject({ bookings: 4, cancelled: 1, checkedIn: 1, unseen: 2, released: 1 });
    expect(use.lead.filter(({ bookings }) => bookings > 0)).toEqual([
      { minutes: 60, bookings: 1 },
      { minutes: 1440, bookings: 2 },
      { minutes: 4320, bookings: 1 },
    ]);
    expect(use.companies).toMatchObject([
      { company: "cmp_1", bookings: 4, minutes: 195, unseen: 2, moneyMinor: 21_000 },
    ]);
    const unpriced = useOf({ ...week, now, resources: [resource("R1")], rows, priced: false });
    expect(JSON.stringify(unpriced)).not.toContain("moneyMinor");
    expect(unpriced.totals).toEqual(use.totals);
  });

  it("loses no minute: hours, resources and companies each sum to the total (seed 20261123)", () => {
    const booking = fc.record({
      start: fc.integer({ min: -1440, max: 7 * 1440 }),
      length: fc.integer({ min: 5, max: 2880 }),
      company: fc.integer({ min: 1, max: 3 }),
      of: fc.integer({ min: 1, max: 4 }),
    });
    const at = (minutes: number) =>
      new Date(Date.parse(instantOf(week.from, "00:00", zone)) + minutes * 60_000).toISOString();
    fc.assert(
      fc.property(fc.array(booking, { maxLength: 40 }), (wishes) => {
        const rows = wishes.map(({ start, length, company, of }) =>
          row("2026-11-16 09:00", "2026-11-16 10:00", {
            ...{
              from: at(start),
              until: at(start + length),
              resource: `R${of}` as never,
              company: `cmp_${company}` as never,
            },
            day: plusDays(week.from, Math.floor(start / 1440)),
          }),
        );
        const use = useOf({ ...week, resources: [resource("R1"), resource("R2")], rows });
        const within = wishes.reduce(
          (all, { start, length }) => all + Math.max(0, Math.min(start + length, 10_080) - Math.max(start, 0)),
          0,
        );
        expect(use.totals.minutes).toBe(within);
        expect(sum(use.heat.flatMap(({ taken }) => taken))).toBe(within);
        expect(sum(use.resources.map(({ minutes }) => minutes))).toBe(within);
        expect(sum(use.companies.map(({ minutes }) => minutes))).toBe(within);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});
