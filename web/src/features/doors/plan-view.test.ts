import type { Availability, Calendar } from "@yihao/booking/model";
import { expect, test } from "vitest";
import { onPlan, stateAt } from "./plan-view.ts";

const open: [string, string][] = [["09:00", "21:00"]];
const hours = { 1: open, 2: open, 3: open, 4: open, 5: open, 6: open, 7: open };
const calendar: Calendar = { zone: "Asia/Shanghai", hours, closures: [] };
const day = "2026-11-24";
const at = (time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();
const grain = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 5;
const room = { id: "res_room", kind: "room", state: "active" } as const;
const seen: Availability = {
  day,
  resources: {
    res_room: [
      [grain("10:00"), grain("11:00"), "busy"],
      [grain("11:00"), grain("12:00"), "mine", "bok_mine"],
    ],
    res_pool: [[grain("10:00"), grain("11:00"), "busy"]],
  },
};
const state = (time: string, one: object = room) => stateAt({ ...room, ...one }, calendar, seen, day, at(time));

test("the plan says of a chosen time what the bookings of the day say", () => {
  expect(["09:55", "10:00", "10:59", "11:00", "12:00", "08:00", "21:00"].map((time) => state(time))).toEqual([
    ...["free", "taken", "taken", "mine", "free", "closed", "closed"],
  ]);
  expect(state("10:00", { id: "res_pool", kind: "pool", units: 2 })).toBe("free");
  expect(state("10:00", { id: "res_pool", kind: "pool", units: 1 })).toBe("taken");
  expect(state("10:00", { state: "off" })).toBe("off");
  expect(state("09:55", { leases: [{ id: "lea_x", from: "2026-11-01" }] })).toBe("let");
  expect(state("09:55", { leases: [{ id: "lea_x", from: "2026-11-01", until: day }] })).toBe("free");
});

test("nothing is moved off the plan", () => {
  expect([onPlan(-3), onPlan(12.4), onPlan(1004)]).toEqual([0, 12, 1000]);
});
