import { accept } from "@yihao/kernel/outcome";
import { describe, expect, it } from "vitest";
import { parseAsnCsv } from "./asn-csv.ts";
import type { Asn } from "./asn-model.ts";
import { asnState } from "./asn-state.ts";
import { binsOf, nameOf, wayTo } from "./bin-code.ts";
import { comesIn, fillOf, fitOf, goesOut, loadOf, weighedAnew } from "./bin-load.ts";
import { cardRows, stockSeries } from "./card.ts";
import { glnFault, readSgtin, readTag, sglnOf, sgtinOf } from "./epc.ts";
import { checkDigit, gtinFault } from "./gtin.ts";
import { binLabel, readable } from "./label.ts";
import { insideOf, mixingOf } from "./mixing.ts";
import type { BinView, Content, WarehouseId, Zone } from "./model.ts";
import { occupiedBinDays } from "./occupied.ts";
import type { OrderLine } from "./order-model.ts";
import { readScan } from "./scan.ts";
import { allocatePicks, suggestBins, suggestPutaway } from "./suggest.ts";

const warehouse: WarehouseId = "whs_1";

describe("GTIN", () => {
  it("takes published codes of every length and refuses a wrong check digit", () => {
    // GS1's own examples: GTIN-13 4006381333931, GTIN-12 036000291452, GTIN-8 40170725, GTIN-14 10614141000415.
    for (const good of ["4006381333931", "036000291452", "40170725", "10614141000415", "6970001284560"])
      expect(gtinFault(good)).toBeUndefined();
    expect(gtinFault("4006381333930")).toBe("gtin.check");
    expect(gtinFault("400638133393")).toBe("gtin.check");
    expect(gtinFault("40063813339")).toBe("gtin.length");
    expect(gtinFault("40063813339O1")).toBe("gtin.digits");
    expect(checkDigit("629104150021")).toBe(3);
  });
});

describe("bins", () => {
  it("are numbered rack-column-level: 1 rack × 10 columns × 6 levels are 60, from 01-01-01", () => {
    const zone = { code: "A", name: "快拣", kind: "pick" as const };
    const bins = binsOf({ zone, racks: { from: 1, to: 1 }, columns: 10, levels: 6 }, "gen_1");
    expect(bins).toHaveLength(60);
    expect(bins[0]?.code).toBe("01-01-01");
    expect(bins.at(-1)?.code).toBe("01-10-06");
    expect(new Set(bins.map((bin) => bin.code)).size).toBe(60);
    expect(bins.map((bin) => bin.sequence)).toEqual(bins.map((bin) => bin.sequence).sort((a, b) => a - b));
  });

  it("tell the way from a wrong one to the right one", () => {
    expect(wayTo("01-03-05", "01-03-02")).toEqual({ racks: 0, columns: 0, levels: -3 });
    expect(wayTo("X", "01-03-02")).toBeUndefined();
    expect(wayTo("01-C-5", "02-A-2")).toEqual({ racks: 1, columns: -2, levels: -3 });
    expect(wayTo("1-Z-1", "1-AB-1")).toEqual({ racks: 0, columns: 2, levels: 0 });
    // Racks of another naming stand elsewhere: no way is told.
    expect(wayTo("01-A-1", "01-01-01")).toBeUndefined();
  });

  it("have an SGLN by their GLN and address, printed as AI 414 and 254 and read back as the address", () => {
    expect([glnFault("6970001000010"), glnFault("6970001000016"), glnFault("697000100001")]).toEqual([
      "gln.check",
      undefined,
      "gln.length",
    ]);
    const label = binLabel({ code: "01-A-1", zone: "B", gln: "6970001000016" }, "高架", "一号仓");
    expect(readable(label.code)).toBe("(414)6970001000016(254)01-A-1");
    for (const code of ["]C1414697000100001625401-A-1", "(414)6970001000016(254)01-A-1", "414697000100001625401-A-1"])
      expect(readScan(code, 2026)).toMatchObject({ ok: true, value: { text: "01-A-1" } });
    expect(readScan("01-A-1", 2026)).toMatchObject({ value: { text: "01-A-1" } });
    expect(sglnOf("6970001000016", "01-A-1", "6970001")).toMatchObject({ uri: "urn:epc:id:sgln:6970001.00001.01-A-1" });
  });

  it("and pieces have an EPC by GTIN and serial number, whose GTIN is told back with its check digit", () => {
    // The example of the Tag Data Standard (§7.1.1).
    expect(sgtinOf("80614141123458", "6789", "0614141")).toBe("urn:epc:id:sgtin:0614141.812345.6789");
    expect(readSgtin("urn:epc:id:sgtin:0614141.812345.6789")).toEqual({ gtin: "80614141123458", serial: "6789" });
    expect(readSgtin(sgtinOf("80614141123458", "32a/b", "0614141") ?? "")).toEqual({
      ...{ gtin: "80614141123458", serial: "32a/b" },
    });
    expect(sgtinOf("80614141123458", "6789", "697000")).toBeUndefined();
    for (const wrong of ["urn:epc:id:sgtin:0614141.81234.6789", "urn:epc:id:sgtin:0614141.812345.", "6789"])
      expect(readSgtin(wrong)).toBeUndefined();
    // What a reader types of that tag (SGTIN-96), and of one that is something else.
    expect(readTag(" 3074257bf7194e4000001a85")).toBe("urn:epc:id:sgtin:0614141.812345.6789");
    expect(readTag("urn:epc:id:sgtin:0614141.812345.6789")).toBe("urn:epc:id:sgtin:0614141.812345.6789");
    for (const wrong of ["3174257BF7194E4000001A85", "307C257BF7194E4000001A85", "3074257BF7194E4000001A", "ES261041"])
      expect(readTag(wrong)).toBeUndefined();
  });

  it("are named in digits or letters, zone after zone along the walk", () => {
    const zone = { code: "B", name: "高架", kind: "reserve" as const };
    const pattern = { zone, racks: { from: 1, to: 4 }, columns: 6, levels: 5 };
    const bins = binsOf({ ...pattern, names: { racks: "01", columns: "A", levels: "1" } }, "gen_1", 1);
    expect([bins[0]?.code, bins[5]?.code, bins.at(-1)?.code]).toEqual(["01-A-1", "01-B-1", "04-F-5"]);
    expect(new Set(bins.map((bin) => bin.code)).size).toBe(120);
    expect(bins.map((bin) => bin.sequence)).toEqual(bins.map((bin) => bin.sequence).sort((a, b) => a - b));
    expect(bins[0]?.sequence).toBeGreaterThan(
      binsOf({ ...pattern, racks: { from: 999, to: 999 } }, "g").at(-1)?.sequence ?? 0,
    );
    expect([1, 26, 27, 52, 53].map((number) => nameOf(number, "A"))).toEqual(["A", "Z", "AA", "AZ", "BA"]);
    expect(nameOf(7, "1")).toBe("7");
  });

  it("are full by the tightest of units, load, volume and edges, and say which", () => {
    const size = { lengthMm: 1_000, widthMm: 500, heightMm: 400 };
    const bin = { capacity: 100, loadGrams: 50_000, size, used: 10, usedGrams: 20_000, usedMm3: 150_000_000 };
    const box = { lengthMm: 500, widthMm: 100, heightMm: 100 };
    expect(fitOf(bin, { weightGrams: 9_000, size: box })).toEqual({
      units: 3,
      of: "load",
      most: 50_000,
      holds: 20_000,
    });
    expect(fitOf(bin, { weightGrams: 100, size: box })).toMatchObject({ units: 10, of: "volume" });
    // Nobody entered a weight or a size: only the units are watched.
    expect(fitOf(bin, {})).toMatchObject({ units: 90, of: "units" });
    expect(fitOf(bin, { size: { lengthMm: 401, widthMm: 401, heightMm: 401 } })).toEqual({ units: 0, of: "size" });
    expect(fitOf(bin, { size: { lengthMm: 400, widthMm: 1_000, heightMm: 10 } }).of).not.toBe("size");
    expect(fillOf(bin)).toEqual({ of: "volume", share: 0.75 });
    expect(fillOf({ used: 3, usedGrams: 0, usedMm3: 0 })).toBeUndefined();
  });

  it("give back what came in at an old weight at that weight, and are weighed anew without losing a gram", () => {
    const apply = (bin: Record<string, number>, add: Record<string, number>, remove: readonly string[] = []) => {
      const after = { ...bin };
      for (const [name, by] of Object.entries(add)) after[name] = (after[name] ?? 0) + by;
      for (const name of remove) delete after[name];
      return after;
    };
    const [light, heavy] = [
      { id: "prd_1" as const, weightGrams: 100 },
      { id: "prd_1" as const, weightGrams: 130 },
    ];
    let bin: Record<string, number> = { used: 0, room: 50, roomGrams: 10_000, roomMm3: 9 };
    bin = apply(bin, comesIn(light, 10));
    bin = apply(bin, comesIn(heavy, 5));
    expect(loadOf(bin)).toMatchObject({ usedGrams: 1_650, unweighed: 0, unsized: 15 });
    expect(bin).toMatchObject({ used: 15, room: 35, roomGrams: 8_350, roomMm3: 9 });
    const gone = goesOut(bin, "prd_1", 12);
    bin = apply(bin, gone.add, gone.remove);
    expect(loadOf(bin).usedGrams).toBe(10_000 - (bin.roomGrams ?? 0));
    expect(bin.used).toBe(3);
    const anew = weighedAnew(apply(bin, comesIn(light, 4)), heavy);
    bin = apply(apply(bin, comesIn(light, 4)), anew?.add ?? {}, anew?.remove);
    expect(loadOf(bin).usedGrams).toBe(7 * 130);
    expect(bin.roomGrams).toBe(10_000 - 7 * 130);
    expect(weighedAnew(bin, heavy)).toBeUndefined();
    const empty = goesOut(bin, "prd_1", 7);
    expect(apply(bin, empty.add, empty.remove)).toEqual({ used: 0, room: 50, roomGrams: 10_000, roomMm3: 9 });
  });

  const shelf = (code: string, more: Partial<BinView> = {}): BinView => ({
    code,
    zone: "A",
    kind: "pick",
    rack: 1,
    column: 1,
    level: 1,
    sequence: Number(code.replaceAll("-", "")),
    used: 0,
    ...loadOf({}),
    rev: 1,
    ...more,
  });
  const content = (bin: string, product: string, units: number, company = "cmp_one"): Content => ({
    place: "bin",
    bin,
    company,
    product,
    name: product,
    code: product,
    units,
  });

  it("are suggested with the same product first, then empty ones along the walk; never locked, full or another owner's", () => {
    const bins = [
      shelf("01-01-01", { lock: "盘点" }),
      shelf("01-01-02", { used: 5 }),
      shelf("01-01-03"),
      shelf("01-01-04", { used: 10, capacity: 10 }),
      shelf("01-01-05", { used: 4, capacity: 10 }),
    ];
    const contents = [content("01-01-02", "prd_x", 5, "cmp_two"), content("01-01-05", "prd_1", 4)];
    const found = suggestBins(bins, contents, { company: "cmp_one", product: "prd_1" }, 20);
    expect(found).toEqual([
      { bin: "01-01-05", units: 6, reason: "same" },
      { bin: "01-01-03", units: 20, reason: "empty" },
    ]);
  });

  it("of a product's own come first up to what they are filled to, then the same goods, where all fits, a zone kept to its kind, the nearest", () => {
    const bins = [
      shelf("01-01-01"),
      shelf("01-01-02", { zone: "C" }),
      shelf("01-01-03", { capacity: 8 }),
      shelf("01-01-04"),
      shelf("01-01-05", { zone: "B" }),
      shelf("01-01-06", { zone: "D" }),
      shelf("01-01-07", { used: 4 }),
    ];
    const rules = {
      faces: [
        { bin: "01-01-04", product: "prd_1", max: 12 },
        { bin: "01-01-01", product: "prd_2", max: 50 },
      ],
      zones: [{ code: "B", classes: ["food" as const] }, { code: "C", classes: ["chemical" as const] }, { code: "D" }],
    };
    const contents = [content("01-01-07", "prd_1", 4)];
    const goods = { company: "cmp_one", product: "prd_1", class: "food" as const };
    expect(suggestBins(bins, contents, goods, 10, rules)).toEqual([
      { bin: "01-01-04", units: 10, reason: "fixed" },
      { bin: "01-01-07", units: 10, reason: "same" },
      { bin: "01-01-05", units: 10, reason: "empty" },
      { bin: "01-01-06", units: 10, reason: "empty" },
      { bin: "01-01-03", units: 8, reason: "empty" },
    ]);
    // Its own bin has ten of twelve: the rest goes on to where the same lies.
    const nearlyFull = [...contents, content("01-01-04", "prd_1", 10)];
    const [first, second] = suggestBins(bins, nearlyFull, goods, 10, rules);
    expect([first, second]).toEqual([
      { bin: "01-01-04", units: 2, reason: "fixed" },
      { bin: "01-01-07", units: 10, reason: "same" },
    ]);
  });

  it("are shared as their zone says: by one owner, one product or one lot, and never suggested otherwise", () => {
    const bins = [shelf("01-01-01", { used: 4 }), shelf("01-01-02", { zone: "B", used: 4 }), shelf("01-01-03")];
    const contents = [content("01-01-01", "prd_2", 4), content("01-01-02", "prd_2", 4)];
    const goods = { company: "cmp_one", product: "prd_1" };
    const [other, own] = [insideOf({ ...goods, product: "prd_2" }), insideOf(goods)];
    const found = (mixing: Zone["mixing"]) =>
      suggestBins(bins, contents, goods, 5, { zones: [{ code: "B", mixing }] }).map(({ bin }) => bin);
    expect(found("owner")).toEqual(["01-01-03", "01-01-01", "01-01-02"]);
    expect(found("product")).toEqual(["01-01-03", "01-01-01"]);
    const zones = [{ code: "B", name: "B", kind: "pick" as const, mixing: "product" as const }];
    const into = (bin: object) => mixingOf({ zones }, { code: "b", zone: "B", used: 4, ...bin }, own);
    expect(into({ ...other })).toMatchObject({
      ok: false,
      refusal: { code: "bin.mixed", params: { rule: "product" } },
    });
    expect(into({ ...other, zone: "A" })).toEqual(accept([]));
    expect(into({ ...other, used: 0 })).toEqual(accept([["used", "=", 0]]));
    expect(into({ ...own, lot: "L1" })).toEqual(accept([["what", "=", "prd_1"]]));
  });

  it("are suggested to each goods that wait apart from the others, and not where something just went that is not listed yet", () => {
    const bins = [shelf("01-01-01", { used: 3 }), shelf("01-01-02"), shelf("01-01-03")];
    const waiting = (product: string, lot: string): Content => {
      const { bin: _, ...goods } = content("", product, 10);
      return { ...goods, place: "receiving", lot };
    };
    const found = suggestPutaway(bins, [waiting("prd_1", "A7"), waiting("prd_1", "B2"), waiting("prd_1", "A7")]);
    expect(found.map(({ suggestions }) => suggestions[0])).toEqual([
      { bin: "01-01-02", units: 10, reason: "empty" },
      { bin: "01-01-03", units: 10, reason: "empty" },
      { bin: "01-01-02", units: 10, reason: "same" },
    ]);
  });

  it("are picked along the walk, goods wanted by two lines given out once", () => {
    const line = (n: number, units: number): OrderLine => ({
      line: n,
      product: "prd_1",
      code: "c",
      name: "n",
      units,
      picked: 0,
      shipped: 0,
      released: 0,
    });
    const tasks = allocatePicks(
      [line(1, 4), line(2, 4)],
      [shelf("01-01-01"), shelf("02-01-01")],
      [content("02-01-01", "prd_1", 10), content("01-01-01", "prd_1", 5)],
      "2026-11-26",
    );
    expect(tasks.map(({ line, bin, units }) => [line, bin, units])).toEqual([
      [1, "01-01-01", 4],
      [2, "01-01-01", 1],
      [2, "02-01-01", 3],
    ]);
    // What somebody put into quarantine reaches nobody.
    const apart = { ...shelf("01-01-01"), kind: "quarantine" as const };
    const rest = allocatePicks([line(1, 4)], [apart], [content("01-01-01", "prd_1", 5)], "2026-11-26");
    expect(rest.map(({ bin, units }) => [bin, units])).toEqual([[null, 4]]);
  });
});

describe("inbound notice", () => {
  it("reads Chinese and English headings and tells every fault with row, column, reason and value", () => {
    const csv = "商品条码,名称,数量\n6970001284560,无火香薰,120\n6970001284561,面粉,80\n,,3\n4006381333931,笔,1.5\n";
    const { rows, errors } = parseAsnCsv(csv);
    expect(rows).toEqual([{ row: 2, gtin: "6970001284560", name: "无火香薰", units: 120 }]);
    expect(errors).toEqual([
      { row: 3, column: "gtin", reason: "gtin.check", value: "6970001284561" },
      { row: 4, column: "gtin", reason: "gtin.missing", value: "" },
      { row: 5, column: "quantity", reason: "quantity.whole", value: "1.5" },
    ]);
    expect(parseAsnCsv("GTIN,Name,Quantity\r\n4006381333931,Pen,12\r\n").rows).toHaveLength(1);
    expect(parseAsnCsv("名称\n笔\n").errors.map(({ reason }) => reason)).toEqual(["column.missing", "column.missing"]);
    expect(parseAsnCsv("").errors.length).toBeGreaterThan(0);
  });

  it("goes expected → arrived → receiving → received → putaway → closed", () => {
    const asn = { id: "asn_1", lines: 2, expected: 200 } as unknown as Asn;
    expect(asnState(asn)).toBe("expected");
    expect(asnState({ ...asn, arrivedAt: "x" })).toBe("arrived");
    expect(asnState({ ...asn, received: 118 })).toBe("receiving");
    expect(asnState({ ...asn, received: 198, linesDone: 2 })).toBe("received");
    expect(asnState({ ...asn, received: 198, linesDone: 2, putaway: 198 })).toBe("putaway");
    expect(asnState({ ...asn, received: 198, linesDone: 2, putaway: 198, closedAt: "x" })).toBe("closed");
  });
});

describe("storage days", () => {
  const bin = (code: string) => `bin:${warehouse}:${code}`;
  const at = (day: string, hour = "02") => `${day}T${hour}:00:00.000Z`;
  const days = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07"];

  it("count a bin from the day goods come until the day it is emptied, that day too: 6 days × ¥2.40 = ¥14.40", () => {
    const moves = [
      { at: at("2026-11-01"), from: "receiving:whs_1", to: bin("01-01-01"), amount: 10 },
      { at: at("2026-11-06"), from: bin("01-01-01"), to: "packing:whs_1", amount: 10 },
    ];
    const found = occupiedBinDays([], moves, days, "Asia/Shanghai", warehouse);
    const counted = [...found.values()].filter((bins) => bins.has("01-01-01")).length;
    expect(counted).toBe(6);
    expect(counted * 240).toBe(1440);
  });

  it("goes back from what lies there now, by local days: 23:30 UTC is the next day in Shanghai", () => {
    const moves = [{ at: at("2026-11-03", "23"), from: "receiving:whs_1", to: bin("01-01-02"), amount: 4 }];
    const now = [{ account: bin("01-01-02"), available: 4, held: 0 }];
    const found = occupiedBinDays(now, moves, days, "Asia/Shanghai", warehouse);
    expect([...found].filter(([, bins]) => bins.size > 0).map(([day]) => day)).toEqual([...days.slice(3)].reverse());
  });
});

describe("stock card", () => {
  const transfer = (from: string, to: string, amount: number, day: string) => ({
    id: `xfr_${day}` as const,
    book: "place/cmp_one/prd_1",
    kind: "move" as const,
    unit: "sku:prd_1",
    from,
    to,
    amount,
    at: `${day}T02:00:00.000Z`,
    by: "per_1",
  });
  const newest = [
    transfer("packing:whs_1", "customer", 30, "2026-11-04"),
    transfer("bin:whs_1:01-01-01", "packing:whs_1", 30, "2026-11-03"),
    transfer("receiving:whs_1", "bin:whs_1:01-01-01", 118, "2026-11-02"),
    transfer("supplier", "receiving:whs_1", 118, "2026-11-01"),
  ];

  it("explains every unit: before + change = after, down to nothing at the start", () => {
    const { rows, before } = cardRows(newest, 88);
    expect(rows.map(({ before, change, after }) => [before, change, after])).toEqual([
      [118, -30, 88],
      [118, 0, 118],
      [118, 0, 118],
      [0, 118, 118],
    ]);
    expect(rows.map(({ type }) => type)).toEqual(["ship", "pick", "putaway", "receive"]);
    expect(before).toBe(0);
  });

  it("draws the end of each day", () => {
    const series = stockSeries(88, newest, "2026-11-05", 6, "Asia/Shanghai");
    expect(series.map(({ onHand }) => onHand)).toEqual([0, 118, 118, 118, 88, 88]);
  });
});
