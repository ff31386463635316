import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { describe, expect, it } from "vitest";
import { occurrencesMost, occurrencesOf, type Repeat, RepeatSchema } from "./recurrence.ts";

const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** The same rule in iCalendar's words (RFC 5545), for a library that knows them all. */
function inWords(repeat: Repeat, first: string): string {
  const { interval, count, until } = repeat;
  const compact = (day: string) => day.replaceAll("-", "");
  const parts = [`INTERVAL=${interval}`, "WKST=MO"];
  if (repeat.every === "day") parts.unshift("FREQ=DAILY");
  if (repeat.every === "week")
    parts.unshift("FREQ=WEEKLY", `BYDAY=${repeat.weekdays.map((day) => codes[day - 1]).join()}`);
  if (repeat.every === "month") {
    const { on } = repeat;
    parts.unshift(
      "FREQ=MONTHLY",
      "day" in on ? `BYMONTHDAY=${on.day}` : `BYDAY=${on.nth}${codes[on.weekday - 1] ?? ""}`,
    );
  }
  parts.push(count === undefined ? `UNTIL=${compact(until ?? "")}T235959Z` : `COUNT=${count}`);
  return `DTSTART:${compact(first)}T090000Z\nRRULE:${parts.join(";")}`;
}

const day = fc
  .date({ min: new Date("2024-01-01T00:00:00Z"), max: new Date("2031-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const weekday = fc.integer({ min: 1, max: 7 });
const rule = fc.oneof(
  fc.record({ every: fc.constant("day" as const), interval: fc.integer({ min: 1, max: 9 }) }),
  fc.record({
    every: fc.constant("week" as const),
    interval: fc.integer({ min: 1, max: 5 }),
    weekdays: fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
  }),
  fc.record({
    every: fc.constant("month" as const),
    interval: fc.integer({ min: 1, max: 5 }),
    on: fc.oneof(
      fc.record({ day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1 as const)) }),
      fc.record({ nth: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(-1 as const)), weekday }),
    ),
  }),
);
const end = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ days: fc.integer({ min: 0, max: 500 }) }),
);

describe("the days of a series", () => {
  it("are those that a library of RFC 5545 finds, for any rule", () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    console.log(`recurrence seed ${seed}`);
    fc.assert(
      fc.property(day, rule, end, (first, shape, stop) => {
        const until = new Date(Date.parse(`${first}T12:00:00Z`) + ("days" in stop ? stop.days : 0) * 86_400_000);
        const repeat = RepeatSchema.parse({
          ...shape,
          ...("count" in stop ? stop : { until: until.toISOString().slice(0, 10) }),
        });
        const ours = occurrencesOf(repeat, first);
        const theirs = new RRuleTemporal({ rruleString: inWords(repeat, first) })
          .all((_, index) => index < occurrencesMost + 1)
          .map((at) => at.toString().slice(0, 10));
        // What would begin more than ten years ahead is left out here.
        const near = theirs.filter((one) => Number(one.slice(0, 4)) < Number(first.slice(0, 4)) + 10);
        expect(ours.filter((one) => Number(one.slice(0, 4)) < Number(first.slice(0, 4)) + 10)).toEqual(near);
      }),
      { seed, numRuns: 300 },
    );
  });

  const days = (repeat: object, first: string) => occurrencesOf(RepeatSchema.parse(repeat), first);

  it("leave out months without the 31st and years without the 29th of February, and do not count them", () => {
    expect(days({ every: "month", on: { day: 31 }, count: 4 }, "2026-12-01")).toEqual([
      "2026-12-31",
      "2027-01-31",
      "2027-03-31",
      "2027-05-31",
    ]);
    expect(days({ every: "month", on: { day: 29 }, interval: 12, count: 2 }, "2028-02-01")).toEqual([
      "2028-02-29",
      "2032-02-29",
    ]);
    expect(days({ every: "month", on: { day: -1 }, until: "2028-03-01" }, "2028-01-05")).toEqual([
      "2028-01-31",
      "2028-02-29",
    ]);
    expect(days({ every: "month", on: { day: 30 }, interval: 12, count: 3 }, "2027-02-01")).toEqual([]);
  });

  it("are one more than may be when there would be more, so that too many is seen", () => {
    expect(days({ every: "day", until: "2029-01-01" }, "2026-11-24")).toHaveLength(occurrencesMost + 1);
    expect(RepeatSchema.safeParse({ every: "day", count: 367 }).success).toBe(false);
    expect(RepeatSchema.safeParse({ every: "day", count: 3, until: "2029-01-01" }).success).toBe(false);
    expect(RepeatSchema.safeParse({ every: "day" }).success).toBe(false);
  });
});
