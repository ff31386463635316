import type { AsnView } from "@yihao/warehouse/asn-model";
import { loadOf } from "@yihao/warehouse/bin-load";
import type { CountView } from "@yihao/warehouse/count-model";
import type { FaceView } from "@yihao/warehouse/face-model";
import type { BinView, Content } from "@yihao/warehouse/model";
import type { OrderView, PickTask } from "@yihao/warehouse/order-model";
import type { PalletView } from "@yihao/warehouse/pallet-model";
import { isNumbered } from "@yihao/warehouse/pallet-rules";
import type { ReturnView } from "@yihao/warehouse/return-model";
import type { SiteTransferView } from "@yihao/warehouse/transfer-model";
import type { WaveWork } from "@yihao/warehouse/wave-model";
import { describe, expect, it } from "vitest";
import { after, type Queue } from "../../offline/queue.ts";
import {
  asnAhead,
  countAhead,
  elevationAhead,
  orderAhead,
  parcelsOf,
  picksAhead,
  putawaysAhead,
  replenishmentsAhead,
  returnAhead,
  transferAhead,
  waveAhead,
} from "./hand-ahead.ts";
import { basis, figures } from "./hand-basis.ts";
import { changed, givenUp } from "./hand-settle.ts";
import { type Step, type StepKind, type Steps, stepsOf, unseen } from "./hand-steps.ts";
import { cartonCoded, mayLoad, maySend, palletAhead, palletsAhead } from "./pallet-ahead.ts";

const goods = { product: "prd_perfume", name: "无火香薰", code: "SKU-1", company: "cmp_one" };
let made = 0;
const step = <K extends StepKind>(kind: K, about: Steps[K], body: object = {}): Step =>
  ({
    id: `c${++made}`,
    kind,
    at: "2026-11-23T01:00:00.000Z",
    path: "/x",
    body: JSON.stringify(body),
    about,
    state: "waiting",
  }) as unknown as Step;
const bin = (code: string, over: object = {}): BinView => ({
  ...{ code, zone: "A", kind: "pick", rack: 1, column: 1, level: 1, sequence: Number(code.slice(-2)), used: 0, rev: 1 },
  ...loadOf({}),
  capacity: 100,
  ...over,
});
const content = (over: Partial<Content>): Content => ({
  ...{ place: "bin", company: "cmp_one", product: "prd_perfume", name: "无火香薰", code: "SKU-1", units: 10 },
  ...over,
});

describe("what a phone shows ahead of the server", () => {
  it("receives, puts away, moves and picks the same goods without a network, one after the other", () => {
    const map = { bins: [bin("01-01-01"), bin("01-01-02")], contents: [] as Content[] };
    const receive = step("receive", {
      ...{ ...goods, asn: "asn_1", line: 1, units: 12, damaged: 2, done: false },
      parcels: parcelsOf({}, { units: 12, damaged: 2 }),
    });
    const [waiting] = putawaysAhead(map, [receive]);
    expect(waiting).toMatchObject({ place: "receiving", units: 10, suggestions: [{ bin: "01-01-01" }, {}] });
    const put = step("putaway", { ...goods, bin: "01-01-01", units: 10, asn: "asn_1" });
    expect(putawaysAhead(map, [receive, put])).toEqual([]);
    const move = step("move", { ...goods, bin: "01-01-01", to: "01-01-02", units: 4 });
    const pick = step("pick", { ...goods, order: "ord_1", line: 1, bin: "01-01-02", units: 3 });
    const after = elevationAhead(map, [receive, put, move, pick]);
    expect(after.contents.map((one) => [one.bin, one.units])).toEqual([
      ["01-01-01", 6],
      ["01-01-02", 1],
    ]);
    expect(after.bins.map(({ used }) => used)).toEqual([6, 1]);
  });

  it("packs an order carton by carton without a network, by the rule of packing", () => {
    const line = { line: 1, ...goods, gtin: "6970001284560", units: 5, picked: 5, shipped: 0, released: 0 };
    const order = { id: "ord_1", state: "picked", lines: [line], rev: 3 } as unknown as OrderView;
    const carton = (units: number) =>
      step("pack", { order: "ord_1", items: [{ code: "6970001284560", units }], grams: 900, units });
    const half = orderAhead(order, [carton(3)]);
    expect([half.state, half.cartons?.map(({ number, lines }) => [number, lines[0]?.units])]).toEqual([
      "picked",
      [[1, 3]],
    ]);
    // A third carton would hold more than was picked: the server will say so.
    const all = orderAhead(order, [carton(3), carton(2), carton(1)]);
    expect([all.state, all.cartons?.length]).toEqual(["packed", 2]);
    expect(orderAhead(order, [carton(5), step("ship", { order: "ord_1" })]).state).toBe("shipped");
  });

  it("takes in a return and decides on it without a network; decided whole it is closed", () => {
    const line = {
      line: 1,
      ...goods,
      expected: 3,
      received: 0,
      restocked: 0,
      quarantined: 0,
      scrapped: 0,
      sentBack: 0,
    };
    const back = { id: "ret_1", state: "expected", lines: [line], rev: 1 } as unknown as ReturnView;
    const came = step("return-receive", { ...goods, back: "ret_1", line: 1, units: 3, parcels: [{ units: 3 }] });
    const decide = (units: number, decision: "restock" | "scrap") =>
      step("return-decide", { ...goods, back: "ret_1", line: 1, units, decision });
    expect(returnAhead(back, [came])).toMatchObject({ state: "receiving", lines: [{ received: 3 }] });
    expect(returnAhead(back, [came, decide(2, "restock"), decide(1, "scrap")])).toMatchObject({
      state: "closed",
      lines: [{ restocked: 2, scrapped: 1 }],
    });
    expect(returnAhead(back, [decide(1, "scrap")])).toMatchObject({ state: "expected" });
  });

  it("walks a wave without a network: a halt that was picked is gone, and what was sorted stands in its slot", () => {
    const parts = [
      { slot: 1, order: "ord_1", line: 1, units: 2 },
      { slot: 2, order: "ord_2", line: 1, units: 3 },
    ];
    const stop = { bin: "01-01-01", sequence: 1, ...goods, units: 5, parts };
    const slot = (number: number) => ({
      ...{ slot: number, order: `ord_${number}`, state: "reserved", recipient: "x" },
      lines: [{ line: 1, name: "", code: "", units: 3, picked: 0, sorted: 0 }],
    });
    const work = { wave: { id: "wav_1" }, stops: [stop], slots: [slot(1), slot(2)] } as unknown as WaveWork;
    const picked = step("wave-pick", { ...goods, wave: "wav_1", bin: "01-01-01", units: 4 });
    const sorted = step("wave-sort", { ...goods, wave: "wav_1", slot: 2, line: 1, units: 1 });
    const now = waveAhead(work, [picked, sorted]);
    expect(now.stops).toEqual([]);
    expect(now.slots.map(({ lines }) => [lines[0]?.picked, lines[0]?.sorted])).toEqual([
      [2, 0],
      [2, 1],
    ]);
  });

  it("sends a transfer from its bins and takes one in line by line without a network; all come, it is over", () => {
    const map = { bins: [bin("01-01-01"), bin("01-01-02")], contents: [content({ bin: "01-01-01", units: 10 })] };
    const lines = [{ ...goods, bin: "01-01-01", units: 6 }];
    const sent = step("transfer-send", { name: "无火香薰", units: 6, company: "cmp_one", lines });
    expect(elevationAhead(map, [sent]).contents.map(({ units }) => units)).toEqual([4]);
    const line = { line: 1, ...goods, bin: "09-01-01", units: 5, received: 0, damaged: 0 };
    const transfer = { id: "trf_1", state: "sent", lines: [line] } as unknown as SiteTransferView;
    const came = (units: number, damaged: number) =>
      step("transfer-receive", { ...goods, transfer: "trf_1", line: 1, units, damaged });
    expect(transferAhead(transfer, [came(3, 1)])).toMatchObject({
      state: "sent",
      lines: [{ received: 3, damaged: 1 }],
    });
    expect(transferAhead(transfer, [came(3, 1), came(2, 0)]).state).toBe("closed");
    expect(putawaysAhead(map, [came(3, 1), came(2, 0)])).toMatchObject([{ place: "receiving", units: 4 }]);
  });

  it("fills bins as it goes, and never suggests one that somebody counts", () => {
    const bins = [bin("01-01-01", { capacity: 10 }), bin("01-01-02"), bin("01-01-03")];
    const contents = [
      content({ place: "receiving", units: 10 }),
      content({ place: "receiving", units: 5, lot: "L1" }),
      content({ place: "bin", bin: "01-01-02", units: 0, hidden: true }),
    ];
    const put = step("putaway", { ...goods, bin: "01-01-01", units: 10 });
    const [left] = putawaysAhead({ bins, contents }, [put]);
    expect(left).toMatchObject({ lot: "L1", suggestions: [{ bin: "01-01-03" }] });
  });

  it("knows load and volume without a network as the server does: what was put away weighs on its bin, and what is carried out frees it", () => {
    const facts = (product: string) =>
      product === "prd_perfume"
        ? { weightGrams: 500, size: { lengthMm: 100, widthMm: 100, heightMm: 100 } }
        : undefined;
    const size = { lengthMm: 1_000, widthMm: 300, heightMm: 100 };
    const bins = [bin("01-01-01", { loadGrams: 10_000 }), bin("01-01-02", { size })];
    const contents = [content({ place: "receiving", units: 30 }), content({ place: "receiving", units: 5, lot: "L1" })];
    const first = (...steps: Step[]) =>
      putawaysAhead({ bins, contents }, steps, facts)[0]?.suggestions.map(({ bin: to, units }) => [to, units]);
    expect(first()).toEqual([
      ["01-01-02", 30],
      ["01-01-01", 20],
    ]);
    const put = step("putaway", { ...goods, bin: "01-01-01", units: 16 });
    expect(first(put)).toEqual([
      ["01-01-01", 4],
      ["01-01-02", 14],
    ]);
    const out = step("pick", { ...goods, order: "ord_1", line: 1, bin: "01-01-01", units: 6 });
    expect(first(put, out)?.[0]).toEqual(["01-01-01", 10]);
    const after = elevationAhead({ bins, contents }, [put, out], facts);
    expect(after.bins.map(({ used, usedGrams, usedMm3 }) => [used, usedGrams, usedMm3])).toEqual([
      [10, 5_000, 10_000_000],
      [0, 0, 0],
    ]);
  });

  it("fills pick faces as it goes without a network, and leaves alone what somebody counts", () => {
    const faces = ["01-01-01", "01-01-03"].map((code) => ({ ...goods, bin: code, min: 4, max: 20 })) as FaceView[];
    const map = {
      ...{ bins: [bin("01-01-01"), bin("01-01-02", { kind: "reserve" }), bin("01-01-03")], faces },
      contents: [
        content({ bin: "01-01-01", units: 3 }),
        content({ bin: "01-01-02", units: 30 }),
        content({ bin: "01-01-03", units: 0, hidden: true }),
      ],
      warehouse: { zones: [], zone: "Asia/Shanghai" },
    };
    const wanted = (...steps: Step[]) =>
      replenishmentsAhead(map, steps, "2026-11-23T01:00:00.000Z").map(({ from, to, units }) => [from, to, units]);
    expect(wanted()).toEqual([["01-01-02", "01-01-01", 17]]);
    const move = step("move", { ...goods, bin: "01-01-02", to: "01-01-01", units: 17 });
    expect(wanted(move)).toEqual([]);
    const pick = step("pick", { ...goods, order: "ord_1", line: 1, bin: "01-01-01", units: 18 });
    expect(wanted(move, pick)).toEqual([["01-01-02", "01-01-01", 13]]);
  });

  it("closes a line and a notice that is all received", () => {
    const line = {
      line: 1,
      product: "prd_perfume",
      name: "",
      code: "",
      expected: 5,
      received: 0,
      damaged: 0,
      done: false,
    };
    const asn = {
      id: "asn_1",
      state: "expected",
      received: 0,
      damaged: 0,
      putaway: 0,
      items: [line],
    } as unknown as AsnView;
    const receive = (units: number) =>
      step("receive", { ...goods, asn: "asn_1", line: 1, units, damaged: 0, done: false, parcels: [{ units }] });
    const arrived = step("arrive", { asn: asn.id, pallets: 2 });
    expect(asnAhead(asn, [arrived])).toMatchObject({ state: "arrived", pallets: 2 });
    expect(asnAhead(asn, [receive(3)])).toMatchObject({ state: "receiving", received: 3, items: [{ done: false }] });
    expect(asnAhead(asn, [receive(3), receive(2)])).toMatchObject({ state: "received", items: [{ done: true }] });
  });

  it("takes what was picked from its task, gives up a bin that was short, and knows when all is picked", () => {
    const task = (bin: string, units: number): PickTask => ({ ...goods, line: 1, bin, units, sequence: 1 });
    const tasks = [task("01-01-01", 4), task("01-01-02", 6)];
    const line = { line: 1, product: "prd_perfume", name: "", code: "", units: 10, picked: 0, shipped: 0, released: 0 };
    const order = { id: "ord_1", company: "cmp_one", state: "reserved", lines: [line], rev: 3 } as unknown as OrderView;
    const pick = (bin: string, units: number, short?: "not-found") =>
      step("pick", { ...goods, order: "ord_1", line: 1, bin, units, short });
    const steps = [pick("01-01-01", 3, "not-found"), pick("01-01-02", 2)];
    const left = picksAhead(tasks, "ord_1", steps);
    expect(left.map((one) => [one.bin, one.units])).toEqual([["01-01-02", 4]]);
    expect(orderAhead(order, steps, left)).toMatchObject({ state: "picking", lines: [{ picked: 5 }], rev: 3 });
    const last = [...steps, pick("01-01-02", 4, "not-found")];
    const none = picksAhead(tasks, "ord_1", last);
    expect([none, orderAhead(order, last, none).state]).toEqual([[], "picked"]);
  });

  it("counts bins off, and says that a count is over once all are", () => {
    const bins = ["01-01-01", "01-01-02"].map((code) => ({ code, sequence: 1, state: "open", round: 1 }));
    const count = { id: "cyc_1", state: "requested", bins: 2, done: 0, items: bins } as unknown as CountView;
    const found = (code: string) => step("count-found", { count: "cyc_1", bin: code, units: 1 });
    const begun = step("count-begin", { count: "cyc_1", bin: "01-01-01" });
    expect(countAhead(count, [begun])).toMatchObject({
      state: "counting",
      done: 0,
      items: [{ state: "counting" }, {}],
    });
    expect(countAhead(count, [begun, found("01-01-01"), found("01-01-02")])).toMatchObject({
      state: "to-review",
      done: 2,
    });
  });

  it("shows what follows the stream on a reading that lacks a step, until one has it: by its figures, or by its age", () => {
    const at = (seconds: number) => Date.parse("2026-11-23T01:00:00.000Z") + seconds * 1_000;
    const { state: _state, ...command } = step("putaway", { ...goods, bin: "01-01-01", units: 4 });
    const done: Queue = [{ ...command, state: "done", doneAt: "2026-11-23T01:00:10.000Z" }];
    const how = {
      figures: figures.contents,
      show: (contents: readonly Content[], steps: readonly Step[]) =>
        elevationAhead({ bins: [], contents }, steps).contents,
    };
    const waiting = (units: number, seconds: number) => ({
      value: [content({ place: "receiving", units })],
      at: at(seconds),
    });
    const binned = (units: number, seconds: number) => {
      const { value } = waiting(units, seconds);
      return { value: [...value, content({ bin: "01-01-01", units: 4 })], at: at(seconds) };
    };
    const before = waiting(10, 8);
    expect(basis(before, waiting(10, 11), done, how)).toBe(before);
    expect(basis(before, binned(6, 11), done, how).at).toBe(at(11));
    // A colleague put more away meanwhile.
    expect(basis(before, binned(2, 11), done, how).at).toBe(at(11));
    expect(basis(before, waiting(10, 31), done, how).at).toBe(at(31));
    expect(basis(waiting(10, -50), waiting(10, 11), done, how).at).toBe(at(11));
    expect(basis(undefined, waiting(10, 11), done, how).at).toBe(at(11));
  });

  it("loads a pallet and lets it leave, and refuses a carton that stands on one, that is another owner's, or that it does not know", () => {
    const carton = (number: number) => ({
      number,
      grams: 900,
      sscc: `${number}`.repeat(18),
      at: "",
      by: "",
      lines: [],
    });
    const order = {
      ...{ id: "ord_aaaaaa1", company: "cmp_one", at: "", by: "", state: "packed", lines: [], rev: 1 },
      ...{ recipient: { name: "赵倩" }, cartons: [carton(1), carton(2)] },
    } as unknown as OrderView;
    const pallet = {
      ...{ id: "plt_1", company: "cmp_one", warehouse: "whs_1", code: "PLT-1", state: "open", cartons: [] },
      ...{ at: "", by: "", rev: 1 },
    } as unknown as PalletView;
    const on = { pallet: "plt_1", code: "PLT-1", name: "" };
    const known = cartonCoded("AAAAAA-2", [order], 2026)?.carton;
    expect(known).toMatchObject({ order: order.id, number: 2, grams: 900, to: "赵倩" });
    const load = step("pallet-load", { ...on, carton: known });
    const told = (after: OrderView, of = pallet, code = "AAAAAA-2") => {
      const may = mayLoad(of, code, [after], 2026);
      return may.ok ? "ok" : may.refusal.code;
    };
    expect(told(order)).toBe("ok");
    expect(told(orderAhead(order, [load]))).toBe("pallet.taken");
    expect(told(order, { ...pallet, company: "cmp_two" })).toBe("pallet.owner");
    expect(told(order, pallet, "BBBBBB-1")).toBe("client.carton-unknown");
    // What the server already tells of it is not shown twice.
    expect(palletAhead(palletAhead(pallet, [load]), [load]).cartons).toEqual([known]);
    const off = step("pallet-unload", { ...on, order: order.id, number: 2 });
    expect([palletAhead(pallet, [load, off]).cartons, told(orderAhead(order, [load, off]))]).toEqual([[], "ok"]);
    const whole = [load, step("pallet-load", { ...on, carton: cartonCoded("AAAAAA-1", [order], 2026)?.carton })];
    const half = [palletAhead(pallet, [load, step("pallet-close", on)])];
    expect(maySend(half, [orderAhead(order, [load])])).toMatchObject({ refusal: { code: "pallet.apart" } });
    const all = [palletAhead(pallet, [...whole, step("pallet-close", on)])];
    expect(maySend(all, [orderAhead(order, whole)]).ok).toBe(true);
    const gone = [...whole, step("pallet-ship", { name: "PLT-1", pallets: ["plt_1"] })];
    expect([palletAhead(pallet, gone).state, orderAhead(order, gone).state]).toEqual(["shipped", "shipped"]);
  });

  it("shows a pallet begun here, under the sign that is written on it, until the server tells of it", () => {
    const on = { pallet: "plt_aaaaaaaaaaaa7k2m", code: "#7K2M", name: "" };
    const begun = step("pallet-begin", { ...on, company: "cmp_one", warehouse: "whs_1" });
    const carton = { order: "ord_aaaaaa1", number: 1, grams: 900, to: "赵倩" };
    const steps = [begun, step("pallet-load", { ...on, carton }), step("pallet-close", on)];
    const [shown] = palletsAhead([], steps);
    expect(shown).toMatchObject({ id: on.pallet, code: "#7K2M", state: "closed", cartons: [carton] });
    expect(isNumbered(shown!)).toBe(false);
    const told = { ...shown!, code: "169700012000000017", cartons: [], state: "open" as const };
    expect(palletsAhead([told], steps)).toMatchObject([{ code: told.code, state: "closed", cartons: [carton] }]);
    expect(palletsAhead([told], [])).toEqual([told]);
  });

  it("leaves out what was refused, and what was read since it was done", () => {
    const waiting = stepsOf([step("move", { ...goods, bin: "A", to: "B", units: 1 })])[0]!;
    const { state: _state, ...command } = waiting;
    const refusal = { code: "bin.locked", params: {}, status: 409, at: "" };
    const queue: Queue = after([], { do: "add", command });
    const done = after(queue, { do: "done", id: command.id, at: "2026-11-23T01:00:10.000Z" });
    const readAt = (text: string) => Date.parse(text);
    expect(unseen(done, readAt("2026-11-23T01:00:09.000Z"))).toHaveLength(1);
    expect(unseen(done, readAt("2026-11-23T01:00:11.000Z"))).toEqual([]);
    expect(unseen(after(queue, { do: "refuse", id: command.id, refusal }), 0)).toEqual([]);
  });
});

describe("a refused step", () => {
  const refused = {
    ...step(
      "putaway",
      { ...goods, bin: "01-01-01", units: 5, asn: "asn_1" },
      {
        ...{ warehouse: "whs_1", product: "prd_perfume", units: 5, bin: "01-01-01" },
        scans: { bin: "01-01-01", product: "SKU-1" },
      },
    ),
    ...{ state: "refused", refusal: { code: "bin.full", params: {}, status: 409, at: "" } },
  } as Step;

  it("goes to another bin under a new id, at the moment it was done", () => {
    const by = changed(refused, { bin: "01-01-02", units: 4 });
    expect([by.id === refused.id, by.at]).toEqual([false, refused.at]);
    expect(JSON.parse(by.body ?? "")).toMatchObject({ bin: "01-01-02", units: 4, scans: { bin: "01-01-02" } });
    expect(by.about).toMatchObject({ bin: "01-01-02", units: 4 });
  });

  it("that is given up tells the supervisor what, where and why", () => {
    const told = givenUp("spc_one", refused, "goods-gone", " 那格已经有货 ");
    expect([told.kind, told.path]).toEqual(["report", "/spaces/spc_one/scan-exceptions"]);
    expect(JSON.parse(told.body ?? "")).toEqual({
      ...{ step: "putaway", doneAt: refused.at, refusal: "bin.full", reason: "goods-gone", note: "那格已经有货" },
      ...{ name: "无火香薰", product: "prd_perfume", units: 5, bin: "01-01-01", document: "asn_1" },
    });
  });
});
