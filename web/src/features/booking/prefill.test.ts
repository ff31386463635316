import { expect, it } from "vitest";
import { wishedSlot } from "./prefill.ts";

it("an address chooses only what is whole: a room with its day and its time in order", () => {
  const slot = { day: "2026-11-24", from: "2026-11-24T01:00:00.000Z", until: "2026-11-24T02:00:00.000Z" };
  expect(wishedSlot({ resource: "res_one", ...slot })).toEqual({ resource: "res_one", ...slot });
  expect(wishedSlot({ resource: "res_one", ...slot, until: slot.from })).toEqual({
    resource: "res_one",
    day: slot.day,
  });
  expect(wishedSlot({ resource: "res_one", day: "soon", from: "x" })).toEqual({ resource: "res_one" });
  expect(wishedSlot({})).toEqual({});
});
