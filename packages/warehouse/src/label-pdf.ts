import { code128, type DrawingContext, gs1_128, gs1datamatrix } from "bwip-js/generic";
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

type Shape =
  | { readonly bar: true; readonly x: number; readonly width: number }
  | { readonly bar: false; readonly corners: readonly (readonly number[])[] };
type Drawn = { readonly width: number; readonly height: number; readonly shapes: readonly Shape[] };

/** A code as the shapes it is drawn of, in units of its own. */
function shapesOf(code: Code): Drawn {
  let size = { width: 0, height: 0 };
  const shapes: Shape[] = [];
  const nothing = () => undefined;
  const drawing: DrawingContext<Drawn> = {
    scale: () => null,
    ...{ hexagon: nothing, ellipse: nothing, fill: nothing, text: nothing },
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => {
      size = { width, height };
    },
    line: (x, _y, _x, _end, width) => {
      // A line of an odd width lies half a unit beside its middle.
      shapes.push({ bar: true, x: x - Math.floor(width / 2), width });
    },
    polygon: (corners) => {
      shapes.push({ bar: false, corners });
    },
    end: () => ({ ...size, shapes }),
  };
  const text = readable(code);
  if (code.kind === "text") return code128({ bcid: "code128", text }, drawing);
  return code.kind === "gs1"
    ? gs1_128({ bcid: "gs1-128", text }, drawing)
    : gs1datamatrix({ bcid: "gs1datamatrix", text }, drawing);
}

/** Draws a code as shapes, so that it is sharp at any size: bars over the width with their quiet zones, or a square of at most 14 millimetres. Gives where its text goes. */
function draw(doc: Doc, code: Code, at: { x: number; y: number; width: number; height: number }) {
  const { width, shapes } = shapesOf(code);
  doc.fillColor("#000");
  if (code.kind === "matrix") {
    const side = Math.min(at.height, 14 * pointsPerMm);
    const unit = side / width;
    for (const shape of shapes)
      if (!shape.bar)
        doc.polygon(...shape.corners.map(([x = 0, y = 0]): [number, number] => [at.x + x * unit, at.y + y * unit]));
    doc.fill("even-odd");
    return { x: at.x + side + 2 * pointsPerMm, y: at.y };
  }
  // Bars are drawn two units a module; quiet zones are 10 modules (ISO/IEC 15417).
  const unit = Math.min(at.width / (width + 40), 0.25 * pointsPerMm);
  const left = at.x + (at.width - width * unit) / 2;
  for (const shape of shapes) if (shape.bar) doc.rect(left + shape.x * unit, at.y, shape.width * unit, at.height);
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
