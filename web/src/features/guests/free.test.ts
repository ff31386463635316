import type { PublicResource } from "@yihao/booking/guest-model";
import { expect, it } from "vitest";
import { freeStarts, lengthsFrom } from "./free.ts";

const open = [["09:00", "12:00"]];
const place = {
  calendar: {
    zone: "Asia/Shanghai",
    hours: { 1: open, 2: open, 3: open, 4: open, 5: open, 6: open, 7: open },
    closures: [],
  },
  ...{ granularityMinutes: 30, leastMinutes: 30, mostMinutes: 120, leadMinutes: 30 },
} as unknown as PublicResource;
const day = "2026-11-24";
const at = (time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();
const starts = (busy: [number, number][], minutes: number, now = at("07:00")) =>
  freeStarts(place, day, { busy }, minutes, now).map(({ from }) => from);

it("a place is offered at every start within its hours that leaves the whole length free", () => {
  expect(starts([], 120)).toEqual([at("09:00"), at("09:30"), at("10:00")]);
  // Taken from 10:00 to 10:30, in five-minute grains of the day.
  expect(starts([[120, 126]], 60)).toEqual([at("09:00"), at("10:30"), at("11:00")]);
});

it("what begins before the lead time is over is not offered", () => {
  expect(starts([], 60, at("10:00"))).toEqual([at("11:00")]);
});

it("lengths end where the place is taken, closes, or its rules end", () => {
  expect(lengthsFrom(place, day, { busy: [] }, at("09:00"), at("07:00"))).toEqual([30, 60, 90, 120]);
  expect(lengthsFrom(place, day, { busy: [[120, 126]] }, at("09:00"), at("07:00"))).toEqual([30, 60]);
  expect(lengthsFrom(place, day, { busy: [] }, at("11:30"), at("07:00"))).toEqual([30]);
});
