import { describe, expect, it } from "vitest";
import { loadOf } from "./bin-load.ts";
import { decideArrival, lotFor, lotOfScan, pickBefore } from "./lot.ts";
import type { BinView, Content } from "./model.ts";
import type { Order, OrderLine } from "./order-model.ts";
import { decideGiveUp, decidePick, decideStep, decideTakeBack } from "./order-rules.ts";
import { allocatePicks } from "./suggest.ts";

const line = (more: Partial<OrderLine> = {}): OrderLine => ({
  line: 1,
  product: "prd_1",
  code: "c",
  name: "n",
  units: 10,
  picked: 0,
  shipped: 0,
  released: 0,
  ...more,
});
const order = (lines: OrderLine[], state: Order["state"] = "reserved"): Order => ({
  id: "ord_1",
  company: "cmp_1",
  at: "",
  by: "",
  state,
  lines,
  recipient: { name: "x" },
});

describe("goods that are told apart", () => {
  it("are received with what their product asks: lot, day, or a serial for each", () => {
    const three = { units: 3 };
    expect(decideArrival({}, { units: 3, lot: "A" }, undefined)).toMatchObject({ value: { parcels: [{ units: 3 }] } });
    expect(decideArrival({ track: "lot" }, three, undefined)).toMatchObject({ refusal: { code: "lot.wanted" } });
    expect(decideArrival({ dated: true }, three, undefined)).toMatchObject({ refusal: { code: "lot.expiry" } });
    expect(decideArrival({ dated: true }, { units: 3, expiry: "2027-01-31" }, undefined)).toMatchObject({
      value: { parcels: [{ lot: "20270131", units: 3 }], expiry: "2027-01-31" },
    });
    const dated = { track: "lot", dated: true } as const;
    expect(decideArrival(dated, { units: 3, lot: "A" }, { expiry: "2027-01-31" })).toMatchObject({ ok: true });
    expect(decideArrival(dated, { units: 3, lot: "A", expiry: "2027-02-01" }, { expiry: "2027-01-31" })).toMatchObject({
      refusal: { code: "lot.expiry", params: { expected: "2027-01-31", got: "2027-02-01" } },
    });
    const serials = ["S1", "S2", "S2"];
    expect(decideArrival({ track: "serial" }, { units: 3, serials }, undefined)).toMatchObject({
      refusal: { code: "lot.serials", params: { serials: 2 } },
    });
  });

  it("are named by the task or the scan, and the two must not differ", () => {
    const scan = { text: "", lot: "A7", serial: "S9", expiry: "2027-01-31" };
    expect(lotOfScan({ track: "lot" }, scan)).toBe("A7");
    expect(lotOfScan({ track: "serial" }, scan)).toBe("S9");
    expect(lotOfScan({ dated: true }, { text: "", expiry: "2027-01-31" })).toBe("20270131");
    expect(lotFor({}, "A7", scan)).toEqual({ ok: true, value: undefined });
    expect(lotFor({ track: "lot" }, undefined, scan)).toEqual({ ok: true, value: "A7" });
    expect(lotFor({ track: "lot" }, "B", scan)).toMatchObject({ refusal: { code: "scan.lot" } });
    expect(lotFor({ track: "lot" }, undefined)).toMatchObject({ refusal: { code: "lot.wanted" } });
  });

  it("go out by expiry, then by age, then along the walk; what is past its day stays", () => {
    const at = { sequence: 1 };
    expect(pickBefore({ ...at, expiry: "2027-01-01", since: "b" }, { ...at, expiry: "2027-02-01", since: "a" })).toBe(
      -1,
    );
    expect(pickBefore({ ...at, since: "a", sequence: 9 }, { ...at, since: "b" })).toBe(-1);
    expect(pickBefore({ sequence: 1 }, { sequence: 2 })).toBe(-1);
    const shelf = (code: string): BinView => ({
      ...{ code, zone: "A", kind: "pick", rack: 1, column: 1, level: 1 },
      ...{ sequence: Number(code.replaceAll("-", "")), used: 0, ...loadOf({}), rev: 1 },
    });
    const content = (bin: string, lot: string, expiry: string): Content => ({
      ...{ place: "bin", bin, company: "cmp_1", product: "prd_1", name: "n", code: "c", units: 4, lot, expiry },
    });
    const stock = [
      content("01-01-01", "C", "2027-03-01"),
      content("01-02-01", "A", "2027-01-01"),
      content("02-01-01", "B", "2027-02-01"),
      content("02-02-01", "old", "2026-11-25"),
    ];
    const tasks = allocatePicks(
      [line()],
      stock.map(({ bin = "" }) => shelf(bin)),
      stock,
      "2026-11-26",
    );
    // Chosen by day, walked by place.
    expect(tasks.map(({ bin, lot, units }) => [bin, lot, units])).toEqual([
      ["01-01-01", "C", 2],
      ["01-02-01", "A", 4],
      ["02-01-01", "B", 4],
    ]);
  });

  it("that are not there are taken back from what nobody picked, and the order says so", () => {
    const two = order([line(), line({ line: 2, units: 5, picked: 3 }), line({ line: 3, product: "prd_2", units: 1 })]);
    const some = decideTakeBack(two, "prd_1", 4);
    expect(some.taken).toBe(4);
    expect(some.lines.map(({ released, backordered }) => [released, backordered])).toEqual([
      [2, 2],
      [2, 2],
      [0, undefined],
    ]);
    expect(decideTakeBack(two, "prd_1", 99)).toMatchObject({ taken: 12, state: "reserved" });
    expect(decideTakeBack(order([line({ picked: 3 })], "picking"), "prd_1", 99)).toMatchObject({
      taken: 7,
      state: "picked",
    });
    expect(decideTakeBack(order([line()]), "prd_1", 10)).toMatchObject({ taken: 10, state: "back-ordered" });
    expect(decideTakeBack(order([line()], "shipping"), "prd_1", 10)).toMatchObject({ taken: 0 });
    const vain = order([line({ picked: 6, short: "not-found" }), line({ line: 2, picked: 10 })], "packed");
    expect(decideGiveUp(vain, "prd_1", 99)).toMatchObject({ taken: 4, state: "packed", lines: [{ released: 4 }, {}] });
    expect(decideGiveUp({ ...vain, state: "shipping" }, "prd_1", 99)).toMatchObject({ taken: 0 });
  });

  it("of a bin that is short are picked from others, and the line closes only when there are none", () => {
    const pick = { warehouse: "whs_1", line: 1, bin: "A", units: 4, short: "not-found" } as const;
    expect(decidePick(order([line()]), pick, true)).toMatchObject({
      value: { state: "picking", line: { picked: 4, avoid: ["A"] } },
    });
    expect(decidePick(order([line()]), pick, false)).toMatchObject({
      value: { state: "picked", line: { short: "not-found" } },
    });
  });

  it("of many lots leave in steps that fit a commit", () => {
    const lots = Array.from({ length: 20 }, (_, at) => ({ lot: `L${at}`, units: 1 }));
    const many = order(
      Array.from({ length: 4 }, (_, at) => line({ line: at + 1, units: 20, picked: 20, lots })),
      "picked",
    );
    const first = decideStep(many, "shipping", 90);
    expect(first).toMatchObject({ ok: true, value: { last: false, steps: [{ line: { line: 1 } }] } });
  });
});
