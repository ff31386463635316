import type { JournalLine } from "@yihao/billing/journal";
import { usualSubjects } from "@yihao/billing/journal";
import type { Streams } from "@yihao/insight/stream-model";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { Cell } from "../../csv.ts";
import { workbookOf } from "../../workbook.ts";
import { voucherRows } from "./journal-rows.ts";
import { exportRows } from "./streams-view.ts";

/** The cells of a workbook as a spreadsheet reads them (ECMA-376 18.3.1.4): by address, a number where the file says so, else a text; read from the file itself and not by the library that wrote it. */
async function cellsOf(rows: readonly (readonly Cell[])[]): Promise<Map<string, Cell>> {
  const files = unzipSync(new Uint8Array(await (await workbookOf(rows)).arrayBuffer()));
  const file = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const parse = (xml: string) =>
    new Map([...xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map((one) => [one[1] ?? "", one[2] ?? ""]));
  const plain = (xml: string) =>
    xml
      .replace(/<[^>]+>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");
  const shared = [...file("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((one) => plain(one[1] ?? ""));
  const sheet = file("xl/worksheets/sheet1.xml");
  expect(sheet).not.toContain("<f>");
  const cells = new Map<string, Cell>();
  for (const [facts, inner] of parse(sheet)) {
    const at = /r="([A-Z]+\d+)"/.exec(facts)?.[1] ?? "";
    const type = /t="(\w+)"/.exec(facts)?.[1] ?? "n";
    const value = /<v>(.*?)<\/v>/s.exec(inner)?.[1];
    if (type === "n") {
      if (value !== undefined) cells.set(at, Number(value));
    } else cells.set(at, type === "s" ? (shared[Number(value)] ?? "") : plain(inner));
  }
  return cells;
}

test("revenue streams come out of Excel as numbers that add up, months and names as text, to the fen", async () => {
  const cell = (stream: "rent" | "storage", netMinor: number, taxMinor: number) => ({
    ...{ site: "sit_a", stream, netMinor, taxMinor, creditedMinor: 1 },
  });
  const costs = { month: "2026-11", costs: {}, rev: 0 };
  const read: Streams = {
    months: [{ month: "2026-11", cells: [cell("rent", 600_001, 54_000), cell("storage", 10, 1)], costs }],
    ...{ sites: [{ id: "sit_a", name: "甲" }], sizes: { sites: [], rev: 0 }, filled: true },
  };
  const heads = ["月份", "地点", "来源", "不含税", "税额", "红冲"] as const;
  const names = { rent: "=房租", storage: "云仓仓储" } as Parameters<typeof exportRows>[2];
  const cells = await cellsOf(exportRows(read, heads, names, () => "一号楼"));
  expect(["A1", "F1", "A2", "B2", "C2"].map((at) => cells.get(at))).toEqual([
    "月份",
    "红冲",
    "2026-11",
    "一号楼",
    "=房租",
  ]);
  expect(["D2", "E2", "F2", "D3", "E3"].map((at) => cells.get(at))).toEqual([6000.01, 540, 0.01, 0.1, 0.01]);
});

test("vouchers come out of Excel with codes as text, amounts as numbers on one side each, and both sides the same sum", async () => {
  const line = (to: string, amountMinor: number): JournalLine => ({
    ...{ id: `xfr_${to}`, on: "2026-11-23", voucher: "inv_1", company: "cmp_a", companyName: "湖畔鲜集" },
    ...{ from: "receivable", to, amountMinor, reason: "invoice" },
  });
  const lines = [line("revenue:room", 94_34), line("tax:vat", 5_66)];
  const words = { numberOf: (n: number) => `记-${n}`, reason: () => "出账" };
  const rows = voucherRows(lines, usualSubjects, words);
  const heads = ["日期", "凭证字号", "摘要", "科目代码", "科目名称", "借方金额", "贷方金额", "往来单位", "单据"];
  const cells = await cellsOf([heads, ...rows]);
  const column = (name: string) => rows.map((_, at) => cells.get(`${name}${at + 2}`));
  expect(column("A")).toEqual(["2026-11-23", "2026-11-23", "2026-11-23"]);
  expect(column("B")).toEqual(["记-1", "记-1", "记-1"]);
  expect(column("D")).toEqual(["1122", usualSubjects["revenue:room"]?.code, "22210107"]);
  expect([column("F"), column("G")]).toEqual([
    [100, undefined, undefined],
    [undefined, 94.34, 5.66],
  ]);
  expect(column("H")).toEqual(["湖畔鲜集", "湖畔鲜集", "湖畔鲜集"]);
});
