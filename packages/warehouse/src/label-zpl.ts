import { gs1Formats } from "./gs1-table.ts";
import { type Code, type Label, readable } from "./label.ts";

/** Dots of a millimetre: 203 dots an inch, which the label printers of warehouses have. */
export const dotsPerMm = 8;
const margin = 3 * dotsPerMm;
const quiet = 10;

/** A text in a field of ZPL II: what commands begin with is told by its byte (^FH). */
const field = (text: string) =>
  `^FH_^FD${text.replaceAll(/[_^~\\]/g, (one) => `_${(one.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`)}^FS`;

/** Element strings as they are transmitted, with a separator after those of no predefined length but the last (General Specifications §7.8). */
function transmitted(elements: readonly (readonly [string, string])[], separator: string): string {
  return elements
    .map(([identifier, value], index) => {
      const ends = gs1Formats.get(identifier)?.predefined === true || index === elements.length - 1;
      return `${identifier}${value}${ends ? "" : separator}`;
    })
    .join("");
}

/** A text in Code 128 as ^BC wants it, pairs of digits in subset C and all else in B, and how many symbols it takes; a GS1 code begins with FNC1, which stands for its separators too. */
function code128(text: string, gs1: boolean): { readonly text: string; readonly count: number } {
  const fnc1 = gs1 ? ">8" : "";
  // Start, check and stop symbol, and FNC1.
  const about = gs1 ? 4 : 3;
  if (/^(\d\d)+$/.test(text)) return { text: `>;${fnc1}${text}`, count: about + text.length / 2 };
  return { text: `>:${fnc1}${text.replaceAll(">", ">0").replaceAll("\u001d", ">8")}`, count: about + text.length };
}

/** The most modules that a side of a GS1 DataMatrix of a GTIN, a day and a lot has (26), and a quiet zone on each side. */
const matrixModules = 28;

/** The bars of a code, as wide as fits, and their text under them. */
function bars(code: Code, label: Label, top: number, height: number): string[] {
  const width = label.widthMm * dotsPerMm;
  const under = (y: number) => `^FO${margin},${y}^A0N,24,22^FB${width - 2 * margin},1,0,C${field(readable(code))}`;
  if (code.kind === "matrix") {
    const module = Math.max(3, Math.min(6, Math.floor(height / matrixModules)));
    const x = margin + matrixModules * module + 2 * dotsPerMm;
    const data = `^FO${margin},${top}^BXN,${module},200,,,,_^FD_1${transmitted(code.elements, "_1")}^FS`;
    return [data, `^FO${x},${top}^A0N,22,20^FB${width - x - margin},4,2,L${field(readable(code))}`];
  }
  const [said, gs1] = code.kind === "text" ? [code.text, false] : [transmitted(code.elements, "\u001d"), true];
  const { text, count } = code128(said, gs1);
  // 11 modules a symbol, 2 more of the stop, and the quiet zones of 10 (ISO/IEC 15417).
  const modules = count * 11 + 2;
  const module = Math.max(1, Math.min(4, Math.floor(width / (modules + 2 * quiet))));
  const left = Math.max(0, Math.floor((width - modules * module) / 2));
  const data = text.replaceAll(/[_^~]/g, (one) => `_${(one.codePointAt(0) ?? 0).toString(16)}`);
  return [`^FO${left},${top}^BY${module}^BCN,${height},N,N,N,N^FH_^FD${data}^FS`, under(top + height + 8)];
}

/**
 * Labels as ZPL II for label printers at 203 dots an inch, one after the other, in UTF-8 (^CI28). Chinese is set in the printer's Simplified Chinese font (E:SIMSUN.FNT); a printer
 * without it prints those texts in its own, codes and figures the same.
 */
export function zplOf(labels: readonly Label[]): string {
  return labels
    .map((label) => {
      const [width, height] = [label.widthMm * dotsPerMm, label.heightMm * dotsPerMm];
      const large = label.title.length <= 12 && /^[\x20-\x7e]+$/.test(label.title);
      const size = large ? 72 : 34;
      const font = (text: string, high: number) =>
        /^[\x20-\x7e·]*$/.test(text) ? `^A0N,${high},${high}` : `^A@N,${high},${high},E:SIMSUN.FNT`;
      const inside = width - 2 * margin;
      const title = `^FO${margin},${margin}${font(label.title, size)}^FB${inside},${large ? 1 : 2},4,L${field(label.title)}`;
      let y = margin + (large ? size : size * 2) + 8;
      const lines = label.lines.map((line) => {
        const text = `^FO${margin},${y}${font(line, 26)}^FB${inside},1,0,L${field(line)}`;
        y += 32;
        return text;
      });
      const room = height - y - margin - 36;
      const code = bars(label.code, label, y + 4, Math.max(8 * dotsPerMm, Math.min(room, 32 * dotsPerMm)));
      return ["^XA", "^CI28", `^PW${width}`, `^LL${height}`, "^LH0,0", title, ...lines, ...code, "^XZ"].join("\n");
    })
    .join("\n");
}
