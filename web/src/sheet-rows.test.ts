import { describe, expect, it } from "vitest";
import { csvTextOf } from "./csv.ts";
import { CsvReader, rowsOfFile } from "./sheet-rows.ts";
import { workbookOf } from "./workbook.ts";

const all = async (file: Blob, name: string) => {
  const rows = [];
  for await (const row of rowsOfFile(file, name)) rows.push(row);
  return rows;
};
const table = [
  ["货号", "名称", "数量"],
  ["A-1", 'He said "hi", twice', 3],
  ["A-2", "两行\n的名称", 0.3],
  ["A-3", "<b>&amp;</b>", 12],
] as const;

describe("the rows of a file", () => {
  it("are the same from CSV and from Excel, with the number of the line that each begins on", async () => {
    const texts = table.map((row) => row.map(String));
    const csv = await all(new Blob([`\uFEFF${csvTextOf(table)}`]), "x.csv");
    expect(csv.map(({ cells }) => cells)).toEqual(texts);
    expect(csv.map(({ row }) => row)).toEqual([1, 2, 3, 5]);
    const excel = await all(await workbookOf(table), "x.xlsx");
    expect(excel.map(({ cells }) => cells)).toEqual(texts);
    expect(excel.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
  });

  it("are the same wherever the text is cut", () => {
    const text = csvTextOf(table);
    const whole = new CsvReader();
    const expected = [...whole.push(text), ...whole.end()];
    for (let cut = 12; cut < text.length; cut += 1) {
      const reader = new CsvReader();
      expect([...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut)), ...reader.end()]).toEqual(expected);
    }
  });

  it("are read from what Excel in Chinese saves, and a file that is no workbook says so", async () => {
    const gb = new Uint8Array([0xbb, 0xf5, 0xba, 0xc5, 0x2c, 0x61, 0x0a, 0x31, 0x2c, 0x32]);
    expect((await all(new Blob([gb]), "x.csv")).map(({ cells }) => cells)).toEqual([
      ["货号", "a"],
      ["1", "2"],
    ]);
    await expect(all(new Blob(["no zip"]), "x.xlsx")).rejects.toMatchObject({ fault: "workbook.broken" });
  });

  it("of a large workbook come one after another", async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`P-${at}`, `货品 ${at % 100}`, at]);
    const file = await workbookOf(rows);
    let count = 0;
    for await (const { cells } of rowsOfFile(file, "x.xlsx")) {
      expect(cells[0]).toBe(`P-${count}`);
      count += 1;
    }
    expect(count).toBe(20_000);
  });
});
