import { usualRules } from "@yihao/booking/model";
import { describe, expect, it } from "vitest";
import { entriesOf, freeSlots, isDeskFree } from "./slots.ts";
import { bookedOn, bricksOf, byUrgency, countStages, lanePieces, openBills, ordersOfDay } from "./view.ts";

const zone = "Asia/Shanghai";
const day = "2026-11-23";
const now = "2026-11-23T02:42:00.000Z";
const at = (time: string) => new Date(`${day}T${time}:00+08:00`).toISOString();

type Facts = Parameters<typeof freeSlots>[0];
const open: [string, string][] = [["09:00", "18:00"]];
const calendar = { zone, hours: { 1: open, 2: open, 3: open, 4: open, 5: open, 6: [], 7: [] }, closures: [] };
const facts = (kind: "room" | "desk", change: Partial<Facts["resource"]> = {}): Facts => ({
  company: { state: "active" },
  resource: {
    id: "res_one",
    site: "sit_one",
    floor: "flr_one",
    kind,
    code: "R1",
    name: "会议室 1",
    capacity: 6,
    state: "active",
    siteRev: 1,
    calendar,
    ...usualRules[kind],
    ...change,
  } as Facts["resource"],
});
const starts = (wish: Facts, busy: [string, string][] = [], on = day) => {
  const grains = (time: string) => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 5;
  const seen = { day: on, resources: { res_one: busy.map(([from, until]) => [grains(from), grains(until), "busy"]) } };
  return freeSlots(wish, on, entriesOf(seen as unknown as Parameters<typeof entriesOf>[0], "res_one"), now).map(
    (slot) => new Date(Date.parse(slot.from) + 8 * 3_600_000).toISOString().slice(11, 16),
  );
};

describe("quick booking offers only what booking would accept", () => {
  it("starts after now, on the room's grid, hour after hour, four at most", () => {
    expect(starts(facts("room"))).toEqual(["11:00", "12:00", "13:00", "14:00"]);
  });
  it("keeps clear of what is taken and of the room's own buffer before it", () => {
    expect(starts(facts("room"), [["12:00", "16:30"]])).toEqual(["11:00", "16:30"]);
    expect(starts(facts("room", { bufferMinutes: 30 }), [["12:00", "16:30"]])).toEqual(["16:30"]);
  });
  it("offers nothing on a closed day, to a company that has left, or of a room out of use", () => {
    expect(starts(facts("room"), [], "2026-11-28")).toEqual([]);
    expect(starts({ ...facts("room"), company: { state: "left" } })).toEqual([]);
    expect(starts(facts("room", { state: "off" }))).toEqual([]);
  });
  it("takes the shortest the room allows when an hour is too short", () => {
    expect(starts(facts("room", { leastMinutes: 120 }))).toEqual(["11:00", "13:00", "15:00"]);
  });
  it("offers a desk for a day that has begun, but not a taken one", () => {
    expect(isDeskFree(facts("desk"), day, [], now)).toBe(true);
    expect(isDeskFree(facts("desk"), day, [{ from: 108, until: 216, booking: "bok_" }], now)).toBe(false);
  });
});

type Row = Parameters<typeof bookedOn>[0][number];
const row = (id: string, kind: "room" | "desk", from: string, until: string, change: object = {}): Row =>
  ({ id, kind, code: id, resourceName: id, zone, from: at(from), until: at(until), state: "booked", ...change }) as Row;

describe("our day", () => {
  it("leaves out what was cancelled or is on another day", () => {
    const rows = [
      row("a", "room", "09:00", "10:00"),
      row("b", "room", "09:00", "10:00", { state: "cancelled" }),
      row("c", "room", "09:00", "10:00", { from: "2026-11-24T01:00:00.000Z", until: "2026-11-24T02:00:00.000Z" }),
    ];
    expect(bookedOn(rows, day).map(({ id }) => id)).toEqual(["a"]);
  });
  it("joins rooms whose times touch one another, so that none hides another, and leaves desks to the list", () => {
    const rows = [
      row("d", "desk", "09:00", "18:00"),
      row("a", "room", "09:00", "11:00"),
      row("b", "room", "10:00", "12:00"),
      row("c", "room", "12:00", "13:00"),
    ];
    const pieces = lanePieces(rows, day, now);
    expect(pieces.map(({ names, from, until, live }) => [names.join(), from, until, live])).toEqual([
      ["a,b", 540, 720, true],
      ["c", 720, 780, false],
    ]);
    expect(lanePieces(rows.slice(0, 1), day, now)[0]?.names).toEqual(["d"]);
  });
});

describe("figures of the home", () => {
  it("draw an allowance in half hours, and never more bricks than there are", () => {
    expect(bricksOf({ granted: 240, used: 60, booked: 90 })).toEqual({ total: 8, done: 2, using: 3 });
    expect(bricksOf({ granted: 60, used: 60, booked: 60 })).toEqual({ total: 2, done: 2, using: 0 });
  });
  it("put what needs goods first", () => {
    const product = (name: string, free: number, reorderPoint?: number) => ({ name, free, reorderPoint });
    const list = [product("enough", 20, 10), product("low", 9, 10), product("out", 0), product("unwatched", 1)];
    expect(byUrgency(list as unknown as Parameters<typeof byUrgency>[0]).map(({ name }) => name)).toEqual([
      "out",
      "low",
      "enough",
      "unwatched",
    ]);
  });
  it("count open orders of any day and those shipped on the day, and no cancelled ones", () => {
    const order = (state: string, shippedAt?: string) => ({ state, shippedAt, lines: [] });
    const orders = [
      order("reserved"),
      order("picking"),
      order("shipping"),
      order("shipped", at("09:00")),
      order("shipped", "2026-11-22T02:00:00.000Z"),
      order("cancelled"),
    ] as unknown as Parameters<typeof ordersOfDay>[0];
    expect(countStages(ordersOfDay(orders, day, zone))).toEqual({ waiting: 1, picking: 1, picked: 1, shipped: 1 });
  });
  it("show the bill that is due first", () => {
    const bill = (state: string, dueOn: string) => ({ state, dueOn, month: "2026-10" });
    const bills = [bill("due", "2026-12-10"), bill("paid", "2026-10-10"), bill("part-paid", "2026-11-10")];
    expect(openBills(bills as unknown as Parameters<typeof openBills>[0]).map(({ dueOn }) => dueOn)).toEqual([
      "2026-11-10",
      "2026-12-10",
    ]);
  });
});
