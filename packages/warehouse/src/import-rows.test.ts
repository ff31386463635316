import { mergedCell } from "@yihao/kernel/sheet";
import { describe, expect, it } from "vitest";
import { BatchMaker } from "./import-batches.ts";
import { batchMost, type ImportKind, importKinds, type ProductRow } from "./import-model.ts";
import { packsText, readPacks } from "./import-packs.ts";
import { importTemplate, readHead, readRow } from "./import-rows.ts";
import { binTable, productTable } from "./import-tables.ts";

function read(kind: ImportKind, table: readonly (readonly string[])[]) {
  const head = readHead(kind, table[0] ?? []);
  const maker = new BatchMaker(kind);
  const faults = [...head.faults];
  const batches = [];
  for (const [at, cells] of table.slice(1).entries()) {
    const done = maker.add(readRow(kind, head, at + 2, cells));
    faults.push(...done.faults);
    batches.push(...done.batches);
  }
  const end = maker.end();
  return { head, faults: [...faults, ...end.faults], batches: [...batches, ...end.batches] };
}

describe("an import", () => {
  it("reads its own templates without a fault, in both languages to the same values", () => {
    for (const kind of importKinds) {
      const [zh, en] = (["zh", "en"] as const).map((language) => read(kind, importTemplate(kind, language)));
      expect([zh?.faults, en?.faults, zh?.head.ignored, en?.head.ignored]).toEqual([[], [], [], []]);
      expect(zh?.batches[0]?.items.length).toBe(kind === "bins" ? 2 : 1);
      expect(Object.keys(zh?.batches[0]?.items[0] ?? {})).toEqual(Object.keys(en?.batches[0]?.items[0] ?? {}));
    }
    expect(read("products", importTemplate("products", "zh")).batches[0]?.items[0]).toEqual({
      ...{ row: 2, name: "无火香薰 乌木 120 ml", code: "XX-001", gtin: "6970001284560", unit: "瓶" },
      ...{ size: { lengthMm: 80, widthMm: 80, heightMm: 160 }, weightGrams: 380, reorderPoint: 20 },
      ...{ track: "lot", dated: true, costMinor: 3250, shelfDays: 720 },
      packs: [
        { name: "箱", units: 12, gtin: "16970001284567" },
        { name: "托", units: 480 },
        { name: "层", units: 48 },
      ],
    });
  });

  it("tells every fault with its row, column, reason and value, and keeps the rows without one", () => {
    const table = [
      ["名称", "货号", "条码", "成本", "管效期", "颜色"],
      ["好货", "A-1", "", "1,234.5", "是", "红"],
      ["", "A-2", "6901234567893", "十元", "也许", ""],
      ["再来", "a-1", "", "", "", ""],
    ];
    const { faults, batches, head } = read("products", table);
    expect(faults.map(({ row, column, reason, value }) => [row, column, reason, value])).toEqual([
      [3, "gtin", "gtin.check", "6901234567893"],
      [3, "costMinor", "money.unreadable", "十元"],
      [3, "dated", "yes.unknown", "也许"],
      [3, "name", "cell.missing", ""],
      [4, "code", "row.repeated", "2"],
    ]);
    expect(batches).toEqual([
      { rows: 1, items: [{ row: 2, name: "好货", code: "A-1", costMinor: 123_450, dated: true }] },
    ]);
    expect(head.ignored).toEqual(["颜色"]);
    expect(read("openings", [["数量"], ["1"]]).head.faults.map(({ column }) => column)).toEqual(["bin", "code"]);
  });

  it("tells what is wrong with shelf lives, cases and sizes cell by cell, and never sends a row that the server must refuse whole", () => {
    const table = [
      ["名称", "商品条码", "管效期", "保质期", "箱装数", "箱码", "托装数", "长", "宽", "高", "成本"],
      ["无效期", "", "", "30", "", "", "", "", "", "", ""],
      ["无箱", "", "", "", "", "16970001284567", "", "", "", "", ""],
      ["同数", "", "", "", "12", "", "12", "", "", "", ""],
      ["同码", "6970001284560", "", "", "12", "06970001284560", "", "", "", "", ""],
      ["太大", "", "是", "99999", "1", "", "", "100001", "1", "1", "99999999"],
      ["好货", "", "是", "30", "12", "26970001284564", "", "", "", "", ""],
      ["再来", "", "", "", "6", "26970001284564", "", "", "", "", ""],
    ];
    const { faults, batches } = read("products", table);
    expect(faults.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [2, "shelfDays", "shelf.dated"],
      [3, "caseUnits", "cell.missing"],
      [4, "palletUnits", "packs.same"],
      [5, "caseGtin", "packs.same"],
      [6, "shelfDays", "number.range"],
      [6, "caseUnits", "number.range"],
      [6, "lengthMm", "number.range"],
      [6, "costMinor", "number.range"],
      [8, "caseGtin", "row.repeated"],
    ]);
    const packs = [{ name: "箱", units: 12, gtin: "26970001284564" }];
    expect(batches[0]?.items).toEqual([{ row: 7, name: "好货", dated: true, shelfDays: 30, packs }]);
  });

  it("takes no cell for empty or for another number than it says: merged ones, formulas without a result, errors, a comma that parts no thousands", () => {
    const table = [
      ["货号", "货位", "数量", "成本", "效期", mergedCell],
      ["A-1", "01-01-01", "1,200", "1,234.50", "2027-01-01"],
      ["A-2", mergedCell, "5", mergedCell, ""],
      ["A-3", "01-01-01", "=C2*2", "#N/A", "#REF!"],
      ["A-4", "01-01-01", "1,5", "1,50", "2027-02-30"],
      ["A-5", "01-01-01", "1 2", "¥12.5", ""],
    ];
    const { head, faults, batches } = read("openings", table);
    expect(head.ignored).toEqual([]);
    expect(faults.map(({ row, column, reason, value }) => [row, column, reason, value])).toEqual([
      [3, "bin", "cell.merged", ""],
      [3, "costMinor", "cell.merged", ""],
      [4, "units", "cell.formula", "=C2*2"],
      [4, "costMinor", "cell.formula", "#N/A"],
      [4, "expiry", "cell.formula", "#REF!"],
      [5, "units", "number.whole", "1,5"],
      [5, "costMinor", "money.unreadable", "1,50"],
      [5, "expiry", "day.unreadable", "2027-02-30"],
      [6, "units", "number.whole", "1 2"],
    ]);
    expect(batches.flatMap(({ items }) => items)).toEqual([
      { row: 2, code: "A-1", bin: "01-01-01", units: 1200, costMinor: 123_450, expiry: "2027-01-01" },
    ]);
  });

  it("takes back what an export hands out, in both languages", () => {
    const facts = {
      ...{ name: "茶", code: "T-1", gtin: "6970001284560", unit: "罐", dated: true, shelfDays: 540 },
      track: "lot" as const,
      ...{ weightGrams: 250, size: { lengthMm: 80, widthMm: 70, heightMm: 60 }, reorderPoint: 9, costMinor: 1005 },
      packs: [
        { name: "提", units: 6, gtin: "16970001284567" },
        { name: "托", units: 480 },
      ],
    };
    const plain = { name: "杯", code: "C-1", unit: "件", packs: [{ name: "托", units: 90 }] };
    for (const language of ["zh", "en"] as const) {
      const table = productTable([facts, plain], language);
      const back = read(
        "products",
        table.map((cells) => cells.map(String)),
      );
      expect([back.faults, back.head.ignored]).toEqual([[], []]);
      expect(back.batches[0]?.items).toEqual([
        { row: 2, ...facts },
        { row: 3, ...plain },
      ]);
    }
  });

  it("all packs of a product go out and come back, whatever they are called, beside a case and a pallet", () => {
    const packs = [
      { name: "内盒", units: 4 },
      { name: "箱", units: 12, gtin: "16970001284567" },
      { name: "1:2;层\\", units: 48, gtin: "26970001284564" },
      { name: "托", units: 480 },
    ];
    const goods = { name: "茶", code: "T-1", unit: "罐", packs };
    for (const language of ["zh", "en"] as const) {
      const table = productTable([goods], language).map((cells) => cells.map(String));
      const back = read("products", table);
      expect([back.faults, back.head.ignored]).toEqual([[], []]);
      const [item] = (back.batches[0]?.items ?? []) as readonly ProductRow[];
      expect(item?.packs?.toSorted((a, b) => a.units - b.units)).toEqual(packs);
    }
    expect(readPacks(packsText(packs))).toEqual({ ok: true, value: packs });
    expect(readPacks("箱：12；托 : 480")).toMatchObject({ value: [{ units: 12 }, { name: "托", units: 480 }] });
    const told = (cell: string, gtin = "") => {
      const { faults } = read("products", [
        ["名称", "条码", "箱装数", "其他包装"],
        ["茶", gtin, "12", cell],
      ]);
      return faults.map(({ row, column, reason }) => [row, column, reason]);
    };
    expect(told("箱十二")).toEqual([[2, "packs", "packs.unreadable"]]);
    expect(told("层:1")).toEqual([[2, "packs", "packs.unreadable"]]);
    expect(told("层:48:16970001284568")).toEqual([[2, "packs", "gtin.check"]]);
    expect(told("大箱:12")).toEqual([[2, "packs", "packs.same"]]);
    expect(told("层:48:06970001284560", "6970001284560")).toEqual([[2, "packs", "packs.same"]]);
    expect(told("甲:2;乙:3;丙:4;丁:5")).toEqual([[2, "packs", "packs.many"]]);
  });

  it("bins go out and come back; each fault of one is told by row and column", () => {
    const size = { lengthMm: 1200, widthMm: 800, heightMm: 600 };
    const bins = [
      { code: "01-A-2", zone: "A", kind: "pick" as const, sequence: 2, size, capacity: 200, loadGrams: 150_500 },
      { code: "02-01-01", zone: "B", kind: "quarantine" as const, sequence: 9, lock: "横梁待修" },
    ];
    for (const language of ["zh", "en"] as const) {
      const back = read(
        "bins",
        binTable(bins, language).map((cells) => cells.map(String)),
      );
      expect([back.faults, back.head.ignored]).toEqual([[], []]);
      expect(back.batches[0]?.items).toEqual(bins.map(({ sequence: _, ...bin }, at) => ({ row: at + 2, ...bin })));
    }
    const table = [
      ["库位", "库区", "类型", "长", "宽", "高", "承重（kg）", "锁定"],
      ["01-01-01", "A", "拣货", "", "", "", "", ""],
      ["01-01-01", "A", "拣货", "", "", "", "", ""],
      ["A1", "A", "拣货", "", "", "", "", ""],
      ["01-01-99", "A", "冷藏", "100", "", "", "很重", ""],
      ["01-01-02", "A", "", "20001", "1", "1", "0", ""],
    ];
    expect(read("bins", table).faults.map(({ row, column, reason }) => [row, column, reason])).toEqual([
      [3, "bin", "row.repeated"],
      [4, "bin", "bin.address"],
      [5, "zoneKind", "use.unknown"],
      [5, "loadGrams", "load.unreadable"],
      [5, "lengthMm", "size.part"],
      [5, "bin", "bin.address"],
      [6, "loadGrams", "number.range"],
      [6, "zoneKind", "cell.missing"],
      [6, "lengthMm", "number.range"],
    ]);
  });

  it("applies no document in part: one wrong line holds all of it, and a number that comes again is told", () => {
    const row = (document: string, code: string, units: string) => [document, code, units, "2026-12-01"];
    const table = [
      ["Document", "Code", "Qty", "Expected on"],
      row("IN-1", "A", "10"),
      row("IN-1", "B", "0"),
      row("IN-2", "A", "5"),
      row("IN-2", "B", "6"),
      row("IN-1", "C", "7"),
    ];
    const { faults, batches } = read("asns", table);
    expect(faults.map(({ row: at, column, reason }) => [at, column, reason])).toEqual([
      [3, "units", "number.range"],
      [2, "document", "document.held"],
      [6, "document", "document.split"],
    ]);
    expect(batches).toMatchObject([
      { rows: 2, items: [{ document: "IN-2", expectedOn: "2026-12-01", lines: [{ units: 5 }, { units: 6 }] }] },
    ]);
  });

  it("keeps names and addresses as they are written, and takes off what an exported table guards them with", () => {
    const goods = read("products", [
      ["名称", "货号", "单位"],
      ["'-20℃ 冰袋（大），两只", "'+Ａ1", "（箱）"],
    ]);
    expect([goods.faults, goods.batches[0]?.items]).toMatchObject([
      [],
      [{ name: "-20℃ 冰袋（大），两只", code: "+A1", unit: "（箱）" }],
    ]);
    const order = read("orders", [
      ["单号", "货号", "数量", "收件人", "地址"],
      ["ＣＫ-１", "A", "１", "王（海涛）", "相山区（东），１ 号"],
    ]);
    expect(order.batches[0]?.items).toMatchObject([
      { document: "CK-1", recipient: { name: "王（海涛）", address: "相山区（东），１ 号" }, lines: [{ units: 1 }] },
    ]);
  });

  it("makes batches of a size as rows come, and days that do not exist are no days", () => {
    const table = [
      ["货号", "货位", "数量", "入库日期"],
      ...Array.from({ length: 120 }, (_, at) => [`P${at}`, "1-2-3", "4", ""]),
    ];
    const { batches } = read("openings", table);
    expect(batches.map(({ rows }) => rows)).toEqual([batchMost.openings, batchMost.openings, 20]);
    for (const [text, fault] of [
      ["2026-02-30", true],
      ["2026/2/3", false],
      ["2026年12月1日", false],
      ["明天", true],
    ] as const)
      expect(read("openings", [table[0] ?? [], ["P", "1-2-3", "4", text]]).faults.length > 0).toBe(fault);
  });
});
