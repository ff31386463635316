import PDFDocument from "pdfkit";
import { paginate } from "./paginate.ts";
import type { Paper } from "./paper.ts";
import { paperFonts } from "./paper-fonts.ts";
import { unpackWoff } from "./woff.ts";

/** A4 in points; everything stands on a grid of 4. */
const page = { width: 595.28, height: 841.89, side: 48, top: 48, bottom: 64 } as const;
const inner = page.width - 2 * page.side;
const ink = { strong: "#14201f", soft: "#5b6968", line: "#c9d1d0", head: "#eef2f1" } as const;
type PaperColumn = { readonly from: number; readonly width: number; readonly align: "left" | "right" };
/** Where each column stands, from the left edge of the table; numbers stand at the right of theirs. A statement has four of money. */
const layouts: Readonly<Record<Paper["layout"], readonly PaperColumn[]>> = {
  lines: [
    { from: 0, width: 224, align: "left" },
    { from: 228, width: 72, align: "right" },
    { from: 304, width: 64, align: "right" },
    { from: 372, width: 44, align: "right" },
    { from: 420, width: inner - 420, align: "right" },
  ],
  account: [
    { from: 0, width: 196, align: "left" },
    { from: 200, width: 74, align: "right" },
    { from: 278, width: 74, align: "right" },
    { from: 356, width: 70, align: "right" },
    { from: 430, width: inner - 430, align: "right" },
  ],
};
const rowPad = 5;
const headHeight = 24;

/** The fonts as they are read; unpacked once in the life of a function. */
let unpacked: { readonly regular: Buffer; readonly strong: Buffer } | undefined;

type Doc = PDFKit.PDFDocument;
type Weight = "regular" | "strong";

/** What the font has no glyph for is printed as 〓 (the printer's mark for a missing type), never as nothing. */
function printable(doc: Doc, text: string): string {
  const font = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(point: number): boolean } } })._font.font;
  return [...text].map((one) => (font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0) ? one : "〓")).join("");
}

function write(
  doc: Doc,
  text: string,
  at: { x: number; y: number; width: number; size?: number; weight?: Weight; color?: string; align?: "left" | "right" },
): void {
  doc
    .font(at.weight ?? "regular")
    .fontSize(at.size ?? 9)
    .fillColor(at.color ?? ink.strong);
  doc.text(printable(doc, text), at.x, at.y, { width: at.width, align: at.align ?? "left", lineGap: 2 });
}

function heightOf(doc: Doc, text: string, width: number, size = 9, weight: Weight = "regular"): number {
  doc.font(weight).fontSize(size);
  return doc.heightOfString(printable(doc, text), { width, lineGap: 2 });
}

function rule(doc: Doc, y: number, color: string = ink.line, width = 0.5): void {
  doc
    .moveTo(page.side, y)
    .lineTo(page.width - page.side, y)
    .lineWidth(width)
    .strokeColor(color)
    .stroke();
}

/** Who bills whom, and the facts of the paper; gives where it ends. */
function drawTop(doc: Doc, paper: Paper): number {
  const half = inner / 2 - 12;
  const right = page.side + inner / 2 + 12;
  write(doc, paper.issuer, { x: page.side, y: page.top + 4, width: half, size: 12, weight: "strong" });
  write(doc, paper.title, { x: right, y: page.top, width: half, size: 20, weight: "strong", align: "right" });
  const y = page.top + 48;
  rule(doc, y - 8, ink.strong, 1);
  let left = y;
  for (const [index, line] of paper.to.entries()) {
    const look = index === 0 ? { size: 11, weight: "strong" as const } : { size: 9, color: ink.soft };
    write(doc, line, { x: page.side, y: left, width: half, ...look });
    left += heightOf(doc, line, half, look.size, index === 0 ? "strong" : "regular") + 4;
  }
  let end = y;
  for (const [label, value] of paper.facts) {
    write(doc, label, { x: right, y: end, width: 80, color: ink.soft });
    write(doc, value, { x: right + 84, y: end, width: half - 84, align: "right" });
    end += Math.max(14, heightOf(doc, value, half - 84)) + 2;
  }
  return Math.max(left, end) + 16;
}

function drawHead(doc: Doc, paper: Paper, y: number): void {
  const columns = layouts[paper.layout];
  doc.rect(page.side, y, inner, headHeight - 4).fill(ink.head);
  for (const [index, text] of paper.head.entries()) {
    const column = columns[index];
    if (!column) continue;
    const { from, width, align } = column;
    const pad = index === 0 ? 6 : index === columns.length - 1 ? -6 : 0;
    write(doc, text, { x: page.side + from + pad, y: y + 5, width, size: 8, color: ink.soft, align });
  }
}

function drawRow(
  doc: Doc,
  columns: readonly PaperColumn[],
  row: Paper["rows"][number],
  y: number,
  height: number,
): void {
  // A statement's balances stand out, as a bill's amounts do.
  const balanceFrom = columns === layouts.account ? 3 : 4;
  for (const [index, text] of row.entries()) {
    const column = columns[index];
    if (!column || text === "") continue;
    const { from, width, align } = column;
    const pad = index === 0 ? 6 : index === columns.length - 1 ? -6 : 0;
    const color = index === 0 || index >= balanceFrom ? ink.strong : ink.soft;
    write(doc, text, { x: page.side + from + pad, y: y + rowPad, width, color, align });
  }
  rule(doc, y + height);
}

/** How wide the names of facts below the sums are: an agreement's title fits. */
const partLabel = 160;

/** The sums under the last row, or only how high they are. */
function drawFoot(doc: Doc, paper: Paper, top: number, draw: boolean): number {
  let y = top + 10;
  const pair = ([label, value]: readonly [string, string], look: { size?: number; weight?: Weight } = {}) => {
    const size = look.size ?? 9;
    if (draw) {
      write(doc, label, { x: page.side + 228, y, width: 140, color: ink.soft, size: 9 });
      write(doc, value, { x: page.side + 360, y: y - (size - 9) / 2, width: inner - 366, align: "right", ...look });
    }
    y += size + 9;
  };
  for (const sum of paper.sums) pair(sum);
  pair(paper.total, { size: 13, weight: "strong" });
  if (draw) {
    write(doc, paper.inWords[0], { x: page.side + 228, y, width: 90, color: ink.soft });
    write(doc, paper.inWords[1], { x: page.side + 318, y, width: inner - 324, align: "right" });
  }
  y += heightOf(doc, paper.inWords[1], inner - 324) + 10;
  for (const one of paper.after) pair(one, one === paper.after.at(-1) ? { weight: "strong" } : {});
  for (const part of paper.parts) {
    y += 10;
    if (draw) {
      rule(doc, y - 4);
      write(doc, part.title, { x: page.side + 6, y: y + 4, width: inner, weight: "strong" });
    }
    y += 22;
    for (const [label, value] of part.facts) {
      if (draw) {
        write(doc, label, { x: page.side + 6, y, width: partLabel, color: ink.soft });
        write(doc, value, { x: page.side + partLabel + 12, y, width: inner - partLabel - 18 });
      }
      const high = Math.max(heightOf(doc, label, partLabel), heightOf(doc, value, inner - partLabel - 18));
      y += Math.max(14, high) + 2;
    }
  }
  y += 8;
  for (const note of paper.notes) {
    if (draw) write(doc, note, { x: page.side + 6, y, width: inner - 12, size: 8, color: ink.soft });
    y += heightOf(doc, note, inner - 12, 8) + 4;
  }
  return y - top;
}

/**
 * Draws a bill or credit note as a PDF: A4, the table broken over pages with its head on each, the sums kept with the last row, every page numbered. The fonts' used glyphs are
 * embedded, so that it reads the same everywhere and weighs some tens of kB. `at` is the instant that the file says it was made.
 */
export function pdfOf(paper: Paper, at: string): Promise<Uint8Array<ArrayBuffer>> {
  const options = { size: "A4" as const, margin: 0, bufferPages: true, lang: paper.language === "zh" ? "zh-CN" : "en" };
  const info = { Title: `${paper.title} ${paper.number}`, Author: paper.issuer, CreationDate: new Date(at) };
  const doc = new PDFDocument({ ...options, info, font: null as unknown as string });
  const chunks: Buffer[] = [];
  const whole = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
  });
  unpacked ??= {
    regular: Buffer.from(unpackWoff(paperFonts.regular)),
    strong: Buffer.from(unpackWoff(paperFonts.strong)),
  };
  doc.registerFont("regular", unpacked.regular).registerFont("strong", unpacked.strong);
  const columns = layouts[paper.layout];
  const top = drawTop(doc, paper);
  const heights = paper.rows.map(
    (row) => Math.max(...row.map((text, index) => heightOf(doc, text, columns[index]?.width ?? 0)), 12) + 2 * rowPad,
  );
  const bottom = page.height - page.bottom;
  const foot = drawFoot(doc, paper, 0, false);
  const room = { first: bottom - top - headHeight, next: bottom - page.top - headHeight, foot };
  let row = 0;
  for (const [number, rows] of paginate(heights, room).entries()) {
    if (number > 0) doc.addPage();
    let y = number > 0 ? page.top : top;
    if (rows > 0) {
      drawHead(doc, paper, y);
      y += headHeight;
    }
    for (let drawn = 0; drawn < rows; drawn += 1, row += 1) {
      const height = heights[row] ?? 0;
      drawRow(doc, columns, paper.rows[row] ?? ["", "", "", "", ""], y, height);
      y += height;
    }
    if (row === heights.length && (rows > 0 || heights.length === 0 || number > 0)) drawFoot(doc, paper, y, true);
  }
  const { count } = doc.bufferedPageRange();
  for (let number = 0; number < count; number += 1) {
    doc.switchToPage(number);
    const y = page.height - 40;
    write(doc, `${paper.issuer} · ${paper.number}`, { x: page.side, y, width: inner / 2, size: 8, color: ink.soft });
    const right = { x: page.side + inner / 2, y, width: inner / 2, size: 8, color: ink.soft, align: "right" as const };
    write(doc, paper.page(number + 1, count), right);
  }
  doc.end();
  return whole;
}
