import { describe, expect, it } from "vitest";
import { codesOf, hoursText, readDays, readHours } from "./places-text.ts";

describe("what operators type of a place", () => {
  it("opening hours are read as they are written, with Chinese marks too", () => {
    expect(readHours("9:00-12:00，14:00–21:00")).toEqual([
      ["09:00", "12:00"],
      ["14:00", "21:00"],
    ]);
    expect(readHours("")).toEqual([]);
    expect(hoursText([["00:00", "24:00"]])).toBe("00:00-24:00");
    for (const bad of ["9", "12:00-09:00", "09:00-12:00, 11:00-13:00", "09:02-10:00", "09:00-25:00"])
      expect(readHours(bad)).toBeUndefined();
  });

  it("closed days are days that exist", () => {
    expect(readDays("2026-12-25\n2026-12-24, 2026-12-25")).toEqual(["2026-12-24", "2026-12-25"]);
    expect(readDays("2026-02-30")).toBeUndefined();
  });

  it("codes run from the first number to the last", () => {
    expect(codesOf("a", 1, 40)?.slice(0, 2)).toEqual(["A-01", "A-02"]);
    expect(codesOf("VIP-", 98, 101)).toEqual(["VIP-098", "VIP-099", "VIP-100", "VIP-101"]);
    expect(codesOf("A", 5, 1)).toBeUndefined();
  });
});
