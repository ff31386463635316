import bwip from "bwip-js/node";
import PDFDocument from "pdfkit";
import { type Code, type Label, readable } from "./label.ts";

/** Fonts that labels are set in, as TrueType or OpenType files. */
export type LabelFonts = { readonly regular: Uint8Array; readonly strong: Uint8Array };

const pointsPerMm = 72 / 25.4;
const margin = 3 * pointsPerMm;

type Doc = PDFKit.PDFDocument;

/** What the font has no glyph for is printed as 〓, never as nothing. */
function printable(doc: Doc, text: string): string {
  const font = (doc as unknown as { _font: { font: { hasGlyphForCodePoint(point: number): boolean } } })._font.font;
  return [...text].map((one) => (font.hasGlyphForCodePoint(one.codePointAt(0) ?? 0) ? one : "〓")).join("");
}

/** A code as bwip-js knows it. */
function encoded(code: Code) {
  const options =
    code.kind === "text"
      ? { bcid: "code128", text: code.text }
      : { bcid: code.kind === "gs1" ? "gs1-128" : "gs1datamatrix", text: readable(code) };
  return bwip.raw(options)[0] as
    | { readonly sbs: readonly number[] }
    | { readonly pixs: readonly number[]; readonly pixx: number; readonly pixy: number };
}

/** Draws a code as shapes, so that it is sharp at any size: bars over the width with their quiet zones, or a square of modules of half a millimetre. Gives where its text goes. */
function draw(doc: Doc, code: Code, at: { x: number; y: number; width: number; height: number }) {
  const symbol = encoded(code);
  doc.fillColor("#000");
  if ("pixs" in symbol) {
    const module = Math.min(at.height / symbol.pixy, 0.5 * pointsPerMm);
    for (const [index, dark] of symbol.pixs.entries())
      if (dark === 1)
        doc.rect(
          at.x + (index % symbol.pixx) * module,
          at.y + Math.floor(index / symbol.pixx) * module,
          module,
          module,
        );
    doc.fill();
    return { x: at.x + symbol.pixx * module + 2 * pointsPerMm, y: at.y };
  }
  const modules = symbol.sbs.reduce((sum, one) => sum + one, 0);
  const module = Math.min(at.width / (modules + 20), 0.5 * pointsPerMm);
  let x = at.x + (at.width - modules * module) / 2;
  for (const [index, wide] of symbol.sbs.entries()) {
    if (index % 2 === 0) doc.rect(x, at.y, wide * module, at.height);
    x += wide * module;
  }
  doc.fill();
  return { x: at.x, y: at.y + at.height + 2 };
}

function drawLabel(doc: Doc, label: Label): void {
  const [width, height] = [label.widthMm * pointsPerMm, label.heightMm * pointsPerMm];
  const inside = width - 2 * margin;
  const large = label.title.length <= 12 && /^[\x20-\x7e]+$/.test(label.title);
  const size = large ? 28 : 12;
  doc.font("strong").fontSize(size).fillColor("#000");
  const title = printable(doc, label.title);
  doc.text(title, margin, margin, { width: inside, height: size * 2.8, ellipsis: true });
  let y = margin + Math.min(doc.heightOfString(title, { width: inside }), size * 2.8) + 2;
  for (const line of label.lines) {
    doc.font("regular").fontSize(9);
    const text = printable(doc, line);
    const high = Math.min(doc.heightOfString(text, { width: inside }), 24);
    doc.text(text, margin, y, { width: inside, height: 24, ellipsis: true });
    y += high + 1;
  }
  const room = height - y - margin - 14;
  const tall = Math.max(24, Math.min(room, 32 * pointsPerMm));
  const under = draw(doc, label.code, { x: margin, y: y + 2, width: inside, height: tall });
  doc.font("regular").fontSize(8).fillColor("#000");
  const align = label.code.kind === "matrix" ? "left" : "center";
  doc.text(printable(doc, readable(label.code)), under.x, under.y, {
    width: width - margin - under.x,
    height: 48,
    align,
  });
}

/** Labels as a PDF, one a page of its own size. `at` is the instant that the file says it was made. */
export function labelPdf(labels: readonly Label[], fonts: LabelFonts, at: string): Promise<Uint8Array<ArrayBuffer>> {
  const info = { Title: "Labels", CreationDate: new Date(at) };
  const doc = new PDFDocument({ autoFirstPage: false, margin: 0, info, font: null as unknown as string });
  const chunks: Buffer[] = [];
  const whole = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on("error", reject);
  });
  doc.registerFont("regular", Buffer.from(fonts.regular)).registerFont("strong", Buffer.from(fonts.strong));
  for (const label of labels) {
    doc.addPage({ size: [label.widthMm * pointsPerMm, label.heightMm * pointsPerMm], margin: 0 });
    drawLabel(doc, label);
  }
  doc.end();
  return whole;
}
