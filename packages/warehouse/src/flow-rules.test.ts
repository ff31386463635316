import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Asn } from "./asn-model.ts";
import type { Face } from "./face-model.ts";
import { replenish } from "./face-rules.ts";
import { promisableOf } from "./incoming.ts";
import { buildable, mayBeKit, runsOf, sourcesFor } from "./kit-rules.ts";
import type { Content, OrderId, ProductId } from "./model.ts";
import type { Order, OrderLine } from "./order-model.ts";
import { decideReserveAgain } from "./order-rules.ts";
import { readScan } from "./scan.ts";
import { shareOut, sortOf, waveState, waveStops } from "./wave-rules.ts";

const bin = (code: string, more: object = {}) => ({
  ...{ code, zone: "A", kind: "pick" as const, sequence: Number(code.replaceAll("-", "")), used: 0 },
  ...more,
});
const lies = (at: string, product: string, units: number, more: Partial<Content> = {}): Content => ({
  ...{ place: "bin", bin: at, company: "cmp_one", product, name: product, code: product, units },
  ...more,
});
const line = (n: number, product: string, units: number, more: Partial<OrderLine> = {}): OrderLine => ({
  ...{
    line: n,
    product: product as ProductId,
    code: product,
    name: product,
    units,
    picked: 0,
    shipped: 0,
    released: 0,
  },
  ...more,
});
const order = (id: string, lines: OrderLine[], company = "cmp_one"): Order =>
  ({ id: `ord_${id}`, company, at: "", by: "", state: "reserved", lines, recipient: { name: id } }) as Order;
const slots = (...ids: string[]) => ids.map((id, index) => ({ slot: index + 1, order: `ord_${id}` as OrderId }));
const today = "2026-11-24";

describe("a wave", () => {
  it("halts once at a bin for all its orders, in the order of the walk, and never gives one owner's goods to another", () => {
    const orders = [
      order("a", [line(1, "tea", 3), line(2, "cup", 1)]),
      order("b", [line(1, "tea", 4)]),
      order("c", [line(1, "tea", 2)], "cmp_two"),
    ];
    const contents = [
      lies("01-02", "tea", 5),
      lies("01-01", "cup", 9),
      lies("01-03", "tea", 5),
      lies("01-04", "tea", 2, { company: "cmp_two" }),
    ];
    const bins = ["01-01", "01-02", "01-03", "01-04"].map((code) => bin(code));
    const stops = waveStops(slots("a", "b", "c"), orders, bins, contents, today);
    expect(
      stops.map((stop) => [stop.bin, stop.product, stop.units, stop.parts.map(({ slot, units }) => [slot, units])]),
    ).toEqual([
      ["01-01", "cup", 1, [[1, 1]]],
      [
        "01-02",
        "tea",
        5,
        [
          [1, 3],
          [2, 2],
        ],
      ],
      ["01-03", "tea", 2, [[2, 2]]],
      ["01-04", "tea", 2, [[3, 2]]],
    ]);
  });

  it("what is short at a halt falls to the last slots", () => {
    const parts = [4, 3, 2].map((units, index) => ({ slot: index + 1, order: `ord_${index}`, line: 1, units }));
    expect(shareOut(parts, 5).map(({ units }) => units)).toEqual([4, 1, 0]);
  });

  it("a case scanned at the wall gives a slot no more than it wants, and the rest goes to the next", () => {
    const line = (picked: number, sorted: number) => ({
      ...{ line: 1, product: "prd_tea", name: "", code: "TEA", gtin: "6901234567892", units: 9, picked, sorted },
    });
    const slot = (number: number, picked: number, sorted: number) => ({
      ...{ slot: number, order: "ord_a", state: "picked" as const, recipient: "", lines: [line(picked, sorted)] },
    });
    const packs = () => [{ name: "箱", units: 6, gtin: "16901234567899" }];
    const put = (slots: ReturnType<typeof slot>[], code: string) => {
      const scan = readScan(code, 2026);
      const to = scan.ok ? sortOf(slots, scan.value, packs) : undefined;
      return to && [to.slot, to.units, to.left, to.over];
    };
    expect(put([slot(1, 4, 4), slot(2, 9, 0)], "16901234567899")).toEqual([2, 6, 9, 0]);
    expect(put([slot(1, 4, 1), slot(2, 9, 0)], "16901234567899")).toEqual([1, 3, 3, 3]);
    expect(put([slot(1, 4, 1)], "6901234567892")).toEqual([1, 1, 3, 0]);
    expect(put([slot(1, 4, 4)], "16901234567899")).toBe(undefined);
    expect(put([slot(1, 4, 0)], "6970001284560")).toBe(undefined);
  });

  it("is done once none of its orders waits, and stays cancelled", () => {
    expect(waveState({ state: "open" }, [{ state: "picked" }, { state: "cancelled" }])).toBe("done");
    expect(waveState({ state: "open" }, [{ state: "picked" }, { state: "picking" }])).toBe("open");
    expect(waveState({ state: "cancelled" }, [])).toBe("cancelled");
  });
});

describe("what may be promised", () => {
  it("is what is free, then with what comes between warehouses and by each open notice in the order of its day", () => {
    const notice = (id: string, over: object, lines: [expected: number, received: number, done?: boolean][]) => ({
      asn: { id, lines: lines.length, expected: 0, ...over } as unknown as Asn,
      lines: lines.map(
        ([expected, received, done = false]) => ({ product: "prd_1", expected, received, done }) as never,
      ),
    });
    const notices = [
      notice("asn_late", {}, [[7, 0]]),
      notice("asn_b", { expectedOn: "2026-11-30" }, [[20, 5]]),
      notice("asn_a", { expectedOn: "2026-11-25", received: 1 }, [
        [10, 0],
        [4, 4, true],
        [3, 5],
      ]),
      notice("asn_closed", { closedAt: "2026-11-20" }, [[50, 0]]),
    ];
    expect(promisableOf("prd_1", { free: 9, transit: 6 }, notices)).toEqual({
      ...{ product: "prd_1", now: 9 },
      coming: [
        { units: 6, after: 15 },
        { asn: "asn_a", on: "2026-11-25", units: 10, after: 25 },
        { asn: "asn_b", on: "2026-11-30", units: 15, after: 40 },
        { asn: "asn_late", units: 7, after: 47 },
      ],
    });
    expect(promisableOf("prd_2", { free: 3, transit: 0 }, notices)).toEqual({ product: "prd_2", now: 3, coming: [] });
  });
});

describe("pick faces are filled up", () => {
  const face = (at: string, product: string, min: number, max: number): Face => ({
    ...{ bin: at, product: product as ProductId, company: "cmp_one", name: product, code: product, min, max },
  });
  const reserve = { kind: "reserve" as const };

  it("from reserve before other bins, what expires first, never from another face, a locked bin or past its day", () => {
    const bins = [
      bin("01"),
      bin("02"),
      bin("03", reserve),
      bin("04", reserve),
      bin("05", { lock: "盘点" }),
      bin("06", reserve),
    ];
    const contents = [
      lies("01", "tea", 2),
      lies("02", "tea", 50),
      lies("03", "tea", 6, { lot: "B", expiry: "2027-05-01" }),
      lies("04", "tea", 3, { lot: "A", expiry: "2027-01-01" }),
      lies("05", "tea", 99),
      lies("06", "tea", 99, { lot: "OLD", expiry: "2026-11-01" }),
    ];
    const faces = [face("01", "tea", 5, 20), face("99", "cup", 1, 5)];
    expect(replenish(faces, bins, contents, today).map(({ to, from, units, lot }) => [to, from, units, lot])).toEqual([
      ["99", null, 5, undefined],
      ["01", "04", 3, "A"],
      ["01", "03", 6, "B"],
      ["01", "02", 9, undefined],
    ]);
    expect(replenish([face("01", "tea", 1, 20)], bins, contents, today)).toEqual([]);
  });

  it("never beyond the target or the bin's room, and goods that two faces want are given once", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ there: fc.nat(20), min: fc.nat(10), more: fc.integer({ min: 1, max: 20 }), room: fc.nat(30) }),
          {
            ...{ minLength: 1, maxLength: 4 },
          },
        ),
        fc.nat(60),
        (wants, stored) => {
          const faces = wants.map(({ min, more }, index) => face(`f${index}`, "tea", min, min + more));
          const bins = [
            bin("s", { ...reserve, sequence: 1 }),
            ...wants.map(({ there, room }, index) =>
              bin(`f${index}`, { sequence: 2, capacity: there + room, used: there }),
            ),
          ];
          const contents = [
            lies("s", "tea", stored),
            ...wants.map(({ there }, index) => lies(`f${index}`, "tea", there)),
          ];
          const tasks = replenish(faces, bins, contents, today).filter((one) => one.from !== null);
          expect(tasks.reduce((sum, one) => sum + one.units, 0)).toBeLessThanOrEqual(stored);
          for (const [index, { there, min, more, room }] of wants.entries()) {
            const come = tasks.filter((one) => one.to === `f${index}`).reduce((sum, one) => sum + one.units, 0);
            expect(come).toBeLessThanOrEqual(Math.max(0, Math.min(room, min + more - there)));
            if (there > min) expect(come).toBe(0);
          }
        },
      ),
      { verbose: true },
    );
  });
});

describe("kits", () => {
  it("as many can be made as the scarcest component allows", () => {
    const parts = [
      { product: "tea", units: 2 },
      { product: "cup", units: 1 },
    ];
    expect(
      buildable(
        parts,
        new Map([
          ["tea", 9],
          ["cup", 7],
        ]),
      ),
    ).toBe(4);
    expect(buildable(parts, new Map([["tea", 9]]))).toBe(0);
    expect(buildable([], new Map())).toBe(0);
  });

  it("goods come from the fullest-emptied bins of their owner, and what is short is named", () => {
    const bins = [bin("01"), bin("02"), bin("03", { lock: "x" }), bin("04", { kind: "quarantine" as never })];
    const contents = [
      lies("01", "tea", 9),
      lies("02", "tea", 2),
      lies("03", "tea", 50),
      lies("04", "tea", 50),
      lies("01", "tea", 5, { company: "cmp_two" }),
    ];
    expect(sourcesFor([{ product: "tea", units: 10 }], "cmp_one", bins, contents, today).sources).toMatchObject([
      { product: "tea", bin: "02", units: 2 },
      { product: "tea", bin: "01", units: 8 },
    ]);
    expect(sourcesFor([{ product: "tea", units: 12 }], "cmp_one", bins, contents, today).short).toEqual([
      { product: "tea", wanted: 12, available: 11 },
    ]);
  });
});

describe("a kit of goods that are told apart", () => {
  it("must be kept by lot, and dated when a part is, or what its parts bear would be lost", () => {
    expect(mayBeKit({}, [{}, {}])).toMatchObject({ ok: true });
    expect(mayBeKit({ track: "lot", dated: true }, [{ track: "lot", dated: true }, {}])).toMatchObject({ ok: true });
    expect(mayBeKit({ track: "lot" }, [{ track: "serial" }])).toMatchObject({ ok: true });
    expect(mayBeKit({}, [{ dated: true }])).toMatchObject({
      refusal: { code: "kit.tracked", params: { track: "lot", dated: true } },
    });
    expect(mayBeKit({ track: "lot" }, [{}])).toMatchObject({ refusal: { params: { track: "none" } } });
    expect(mayBeKit({ track: "serial" }, [{ track: "serial" }])).toMatchObject({ ok: false });
  });

  it("takes what expires first, and kits of the same lots are one run that expires with the earliest of its parts", () => {
    const bins = ["01", "02", "03"].map((code) => bin(code));
    const contents = [
      lies("01", "milk", 5, { lot: "B", expiry: "2027-02-01" }),
      lies("02", "milk", 3, { lot: "A", expiry: "2027-01-01" }),
      lies("03", "milk", 9, { lot: "OLD", expiry: "2026-11-01" }),
      lies("03", "cup", 40),
    ];
    const wants = [
      { product: "milk", units: 8 },
      { product: "cup", units: 4 },
    ];
    const { sources, short } = sourcesFor(wants, "cmp_one", bins, contents, today);
    expect(short).toEqual([]);
    expect(sources.map(({ bin: at, units, lot }) => [at, units, lot])).toEqual([
      ["02", 3, "A"],
      ["01", 5, "B"],
      ["03", 4, undefined],
    ]);
    const parts = [
      { product: "milk", units: 2 },
      { product: "cup", units: 1 },
    ];
    const runs = runsOf(parts, sources, 4);
    expect(
      runs.map(({ kits, expiry, parts: in1 }) => [kits, expiry, in1.map(({ lot, units }) => [lot, units])]),
    ).toEqual([
      [
        1,
        "2027-01-01",
        [
          ["A", 2],
          [undefined, 1],
        ],
      ],
      [
        1,
        "2027-01-01",
        [
          ["A", 1],
          ["B", 1],
          [undefined, 1],
        ],
      ],
      [
        2,
        "2027-02-01",
        [
          ["B", 2],
          [undefined, 1],
        ],
      ],
    ]);
  });

  it("uses up just what was taken, however lots and kits fall", () => {
    const lotsOf = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lotsOf, fc.integer({ min: 1, max: 4 }), (lots, perKit) => {
        const sum = lots.reduce((all, one) => all + one, 0);
        const kits = Math.floor(sum / perKit);
        let left = kits * perKit;
        const sources = lots.flatMap((units, at) => {
          const some = Math.min(left, units);
          left -= some;
          return some === 0 ? [] : [{ product: "milk", bin: "01", units: some, lot: `L${at}`, expiry: "2027-01-01" }];
        });
        const runs = runsOf([{ product: "milk", units: perKit }], sources, kits);
        expect(runs.reduce((all, run) => all + run.kits, 0)).toBe(kits);
        for (const run of runs) expect(run.parts.reduce((all, part) => all + part.units, 0)).toBe(perKit);
        for (const source of sources) {
          const used = runs.flatMap((run) =>
            run.parts.filter(({ lot }) => lot === source.lot).map(({ units }) => units * run.kits),
          );
          expect(used.reduce((all, one) => all + one, 0)).toBe(source.units);
        }
      }),
    );
  });
});

describe("what was taken back for want of goods", () => {
  it("is reserved anew as far as it is free, first lines first, and refused while nothing is", () => {
    const lines = [
      line(1, "tea", 10, { released: 6, backordered: 6 }),
      line(2, "tea", 5, { released: 5, backordered: 5 }),
    ];
    const back = { ...order("a", lines), state: "back-ordered" as const };
    expect(decideReserveAgain(back, new Map([["tea", 8]]))).toMatchObject({
      ok: true,
      value: {
        state: "reserved",
        lines: [{ released: 0 }, { released: 3, backordered: 3 }],
        reserved: [{ units: 6 }, { units: 2 }],
      },
    });
    expect(decideReserveAgain(back, new Map())).toMatchObject({ ok: false, refusal: { code: "stock.short" } });
    expect(decideReserveAgain({ ...back, state: "shipped" }, new Map([["tea", 8]]))).toMatchObject({ ok: false });
  });
});
