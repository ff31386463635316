import { mergedCell } from "@yihao/kernel/sheet";
import { strToU8, zipSync } from "fflate";
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

  it("of a workbook are what a person saw: days of either calendar, long numbers, formulas that nobody worked out, errors, and cells that are merged into others", async () => {
    const book = (date1904: boolean, rows: string, more = "") =>
      new Blob([
        zipSync({
          "xl/workbook.xml": strToU8(
            `<workbook><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>`,
          ),
          "xl/_rels/workbook.xml.rels": strToU8(
            `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
          ),
          "xl/styles.xml": strToU8(`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
          "xl/worksheets/sheet1.xml": strToU8(`<worksheet><sheetData>${rows}</sheetData>${more}</worksheet>`),
        }) as Uint8Array<ArrayBuffer>,
      ]);
    const cells = async (file: Blob) => (await all(file, "x.xlsx")).map((one) => one.cells);
    const days = `<row r="1"><c r="A1" s="1"><v>46353</v></c><c r="B1" t="d"><v>2026-11-27T00:00:00</v></c></row>`;
    expect(await cells(book(false, days))).toEqual([["2026-11-27", "2026-11-27"]]);
    expect(await cells(book(true, days.replace("46353", "44891")))).toEqual([["2026-11-27", "2026-11-27"]]);
    // A code that was given the look of a day is no day, and no reason to read nothing.
    const odd = `<row r="1"><c r="A1" s="1"><v>6970001284560</v></c><c r="B1"><v>1.6970001284567E+13</v></c></row>
      <row r="2"><c r="A2"><f>B2*2</f><v>8</v></c><c r="B2"><f>C2&amp;"x"</f></c><c r="C2" t="e"><v>#REF!</v></c></row>`;
    expect(await cells(book(false, odd))).toEqual([
      ["6970001284560", "16970001284567"],
      ["8", '=C2&"x"', "#REF!"],
    ]);
    const text = (at: string, said: string) => `<c r="${at}" t="inlineStr"><is><t>${said}</t></is></c>`;
    const rows = `<row r="1">${text("A1", "期初库存")}</row><row r="2">${text("A2", "单号")}${text("B2", "数量")}</row>
      <row r="3">${text("A3", "YB-1")}<c r="B3"><v>5</v></c></row><row r="4"><c r="A4"/><c r="B4"><v>6</v></c></row>`;
    const merges = `<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A3:A4"/></mergeCells>`;
    expect(await cells(book(false, rows, merges))).toEqual([
      ["期初库存", mergedCell],
      ["单号", "数量"],
      ["YB-1", "5"],
      [mergedCell, "6"],
    ]);
  });

  it("of a CSV hold full-width commas as they are written, and are parted by them only where the heading has no others", async () => {
    const rows = async (text: string) => (await all(new Blob([text]), "x.csv")).map(({ cells }) => cells);
    expect(await rows("单号,地址,数量\nA-1,相山区，人民路 1 号,3\n")).toEqual([
      ["单号", "地址", "数量"],
      ["A-1", "相山区，人民路 1 号", "3"],
    ]);
    expect(await rows("单号，数量\nA-1，3\nA-2,4\n")).toEqual([
      ["单号", "数量"],
      ["A-1", "3"],
      ["A-2", "4"],
    ]);
  });

  it("are found below a title that nothing parts, whatever parts the rest, and in what Excel saves as Unicode text", async () => {
    const rows = async (file: Blob) => (await all(file, "x.csv")).map(({ cells }) => cells);
    const expected = [["出库单，十一月"], ["单号", "地址"], ["A-1", "相山区，人民路 1 号"]];
    for (const separator of [",", ";", "\t"]) {
      const text = `出库单，十一月\n单号${separator}地址\nA-1${separator}相山区，人民路 1 号\n`;
      expect(await rows(new Blob([text]))).toEqual(expected);
      const wide = new Uint16Array([...`\uFEFF${text}`].map((char) => char.charCodeAt(0)));
      expect(await rows(new Blob([wide]))).toEqual(expected);
    }
  });

  it("of a workbook whose elements bear a prefix, and whose first sheet is hidden, are those of the first that is shown", async () => {
    const x = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const row = (at: number) =>
      `<x:row r="${at}"><x:c r="A${at}" t="s"><x:v>${at % 2}</x:v></x:c><x:c r="B${at}"><x:v>${at}</x:v></x:c></x:row>`;
    const count = 3_000;
    const file = zipSync({
      "xl/workbook.xml": strToU8(
        `<?xml version="1.0"?><x:workbook ${x}><x:sheets><x:sheet name="a" state="hidden" rel:id="r1"/><x:sheet name="b" rel:id="r2"/></x:sheets></x:workbook>`,
      ),
      "xl/_rels/workbook.xml.rels": strToU8(
        `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
      ),
      "xl/sharedStrings.xml": strToU8(`<x:sst ${x}><x:si><x:t>偶</x:t></x:si><x:si><x:t>奇</x:t></x:si></x:sst>`),
      "xl/worksheets/sheet1.xml": strToU8(`<x:worksheet ${x}><x:sheetData/></x:worksheet>`),
      "xl/worksheets/sheet2.xml": strToU8(
        `<x:worksheet ${x}><x:sheetData>${Array.from({ length: count }, (_, at) => row(at + 1)).join("")}</x:sheetData></x:worksheet>`,
      ),
    });
    const read = await all(new Blob([file as Uint8Array<ArrayBuffer>]), "x.xlsx");
    expect(read).toEqual(
      Array.from({ length: count }, (_, at) => ({ row: at + 1, cells: [at % 2 === 0 ? "奇" : "偶", String(at + 1)] })),
    );
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
