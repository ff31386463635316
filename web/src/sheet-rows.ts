import { mergedCell } from "@yihao/kernel/sheet";
import { Unzip, UnzipInflate } from "fflate";
import { WorkbookError } from "./workbook-error.ts";

export type SheetRow = { readonly row: number; readonly cells: readonly string[] };

/** Characters of one row, and of all texts that a workbook shares, at most: a small file must not fill the memory. */
const rowMost = 1_000_000;
const sharedMost = 60_000_000;

/** How a file is written: what Excel saves as Unicode text begins with a mark; else it is UTF-8, or GB 18030 as Excel in Chinese saves it. Reads it once, part by part. */
async function encodingOf(file: Blob): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const part of partsOf(file)) decoder.decode(part, { stream: true });
    decoder.decode();
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

/** Lines among which the headings are looked for: a title may stand above them, which nothing parts. */
const headsMost = 6;

async function* partsOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Takes CSV text (RFC 4180) part by part and gives whole rows; a row's number is the line that it begins on. */
export class CsvReader {
  #separator = "";
  /** Whether full-width commas part cells: only where the heading has no others, since addresses and names hold them. */
  #wide = false;
  #cells: string[] = [];
  #cell = "";
  #quoted = false;
  /** A quote was the last character within quotes: another makes it one, anything else ends them. */
  #after = false;
  #line = 1;
  #begun = 1;
  #size = 0;

  push(text: string): SheetRow[] {
    const rows: SheetRow[] = [];
    if (this.#separator === "") {
      // A title with a full-width comma in it is told from headings that are parted by them: what comes next is parted otherwise.
      const [first = "", next = first] = text.split("\n", headsMost).filter((line) => /[\t;,，]/.test(line));
      const head = /[\t;,]/.test(first) ? first : /[\t;,]/.test(next) ? next : first;
      this.#separator = head.includes("\t") ? "\t" : head.includes(";") && !head.includes(",") ? ";" : ",";
      this.#wide = this.#separator === "," && !head.includes(",");
    }
    for (const char of text) {
      this.#size += 1;
      if (this.#size > rowMost) throw new WorkbookError("workbook.large");
      if (char === "\n") this.#line += 1;
      if (this.#quoted && this.#after) {
        this.#after = false;
        if (char === '"') {
          this.#cell += char;
          continue;
        }
        this.#quoted = false;
      }
      if (this.#quoted) {
        if (char === '"') this.#after = true;
        else this.#cell += char;
      } else if (char === '"' && this.#cell === "") this.#quoted = true;
      else if (char === this.#separator || (char === "，" && this.#wide)) this.#endCell();
      else if (char === "\n") rows.push(...this.#endRow());
      else if (char !== "\r" && char !== "\uFEFF") this.#cell += char;
    }
    return rows;
  }

  end(): SheetRow[] {
    this.#line += 1;
    return this.#endRow();
  }

  #endCell(): void {
    this.#cells.push(this.#cell.trim());
    this.#cell = "";
  }

  #endRow(): SheetRow[] {
    this.#endCell();
    const found = { row: this.#begun, cells: this.#cells };
    this.#cells = [];
    this.#quoted = false;
    this.#after = false;
    this.#begun = this.#line;
    this.#size = 0;
    return found.cells.some((cell) => cell !== "") ? [found] : [];
  }
}

async function* csvRows(file: Blob): AsyncGenerator<SheetRow> {
  const decoder = new TextDecoder(await encodingOf(file));
  const reader = new CsvReader();
  for await (const part of partsOf(file)) yield* reader.push(decoder.decode(part, { stream: true }));
  yield* reader.push(decoder.decode());
  yield* reader.end();
}

/** Takes the prefix off the elements of a workbook's part, as some programs write them (`<x:row>`), in text that comes part by part. */
class Unprefixed {
  #text = "";
  #prefix: string | undefined;

  push(text: string, final: boolean): string {
    this.#text += text;
    if (this.#prefix === undefined) {
      const root = /<(?:(\w+):)?\w[^>]*>/.exec(this.#text);
      if (!root && !final) return "";
      this.#prefix = root?.[1] ?? "";
    }
    // What may be the beginning of a tag waits for the rest of it.
    const open = this.#text.lastIndexOf("<");
    const until = final || this.#prefix === "" || open < this.#text.length - this.#prefix.length - 3 ? undefined : open;
    const ready = this.#text.slice(0, until);
    this.#text = until === undefined ? "" : this.#text.slice(until);
    return this.#prefix === "" ? ready : ready.replaceAll(new RegExp(`<(/?)${this.#prefix}:`, "g"), "<$1");
  }
}

/** Files of an archive as text, part by part, in the order in which they lie there. */
async function* textsIn(file: Blob, wanted: (name: string) => boolean): AsyncGenerator<{ name: string; text: string }> {
  let found: { name: string; text: string }[] = [];
  let failure: unknown;
  const unzip = new Unzip((entry) => {
    if (!wanted(entry.name)) return;
    const decoder = new TextDecoder();
    const plain = new Unprefixed();
    entry.ondata = (error, data, final) => {
      if (error) failure = error;
      else found.push({ name: entry.name, text: plain.push(decoder.decode(data, { stream: !final }), final) });
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const part of partsOf(file)) {
      // Small parts, so that what they unpack to is handed on before the next.
      for (let start = 0; start < part.length; start += 16_384) {
        unzip.push(part.subarray(start, start + 16_384));
        if (failure) throw failure;
        const ready = found;
        found = [];
        yield* ready;
      }
    }
    unzip.push(new Uint8Array(0), true);
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError("workbook.broken", error);
  }
  yield* found;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string) =>
  text.replaceAll(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
    hex
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal
        ? String.fromCodePoint(Number(decimal))
        : (entities[name] ?? ""),
  );
/** The text of an element's `t` parts, without what is only how it is read aloud. */
const textOf = (xml: string) =>
  [...xml.replaceAll(/<rPh[\s\S]*?<\/rPh>/g, "").matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
    .map(([, text]) => unescaped(text ?? ""))
    .join("");

/** Gives every whole element of a name in text that comes part by part. */
class Elements {
  readonly #pattern: RegExp;
  readonly #open: string;
  #text = "";

  constructor(name: string) {
    this.#open = `<${name}`;
    this.#pattern = new RegExp(`<${name}(?:\\s[^>]*)?(?:/>|>[\\s\\S]*?</${name}>)`, "g");
  }

  *push(text: string): Generator<string> {
    this.#text += text;
    let end = 0;
    for (const found of this.#text.matchAll(this.#pattern)) {
      end = found.index + found[0].length;
      yield found[0];
    }
    this.#text = this.#text.slice(end);
    if (this.#text.length > rowMost) {
      const at = this.#text.lastIndexOf(this.#open);
      if (at === 0) throw new WorkbookError("workbook.large");
      this.#text = at > 0 ? this.#text.slice(at) : this.#text.slice(-this.#open.length);
      if (this.#text.length > rowMost) throw new WorkbookError("workbook.large");
    }
  }
}

type Book = {
  readonly sheet: string;
  readonly shared: string[];
  readonly dates: ReadonlySet<number>;
  /** The day from which serial numbers count, in milliseconds. */
  readonly epoch: number;
  readonly merged: ReadonlyMap<number, readonly number[]>;
};

/** Columns (from 1) of each row that are merged into another cell, by the areas `A2:C4` that are merged. */
function mergedOf(areas: readonly string[]): ReadonlyMap<number, readonly number[]> {
  const rows = new Map<number, number[]>();
  let size = 0;
  for (const area of areas) {
    const [, left, top, right, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(area) ?? [];
    if (!left || !top || !right || !bottom) continue;
    const [from, until, first] = [letters(left), letters(right), Number(top)];
    size += (until - from + 1) * (Number(bottom) - first + 1);
    if (size > rowMost) throw new WorkbookError("workbook.large");
    for (let row = first; row <= Number(bottom); row += 1)
      for (let column = from; column <= until; column += 1)
        if (row !== first || column !== from) rows.set(row, [...(rows.get(row) ?? []), column]);
  }
  return rows;
}

const attribute = (xml: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(xml)?.[1];

/** What a workbook says of its first sheet that is not hidden: where it lies, the texts that cells share and which styles are days. */
async function bookOf(file: Blob): Promise<Book> {
  const texts = new Map<string, string>();
  const shared: string[] = [];
  const items = new Elements("si");
  let size = 0;
  const small = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|styles\.xml)$/;
  const sheets = /^xl\/worksheets\/[^/]+\.xml$/;
  const areas = new Map<string, { found: string[]; elements: Elements }>();
  const wanted = (one: string) => small.test(one) || sheets.test(one) || one === "xl/sharedStrings.xml";
  for await (const { name, text } of textsIn(file, wanted)) {
    if (sheets.test(name)) {
      const of = areas.get(name) ?? { found: [], elements: new Elements("mergeCell") };
      areas.set(name, of);
      for (const one of of.elements.push(text)) of.found.push(attribute(one, "ref") ?? "");
    } else if (name === "xl/sharedStrings.xml")
      for (const item of items.push(text)) {
        const said = textOf(item);
        size += said.length;
        if (size > sharedMost) throw new WorkbookError("workbook.large");
        shared.push(said);
      }
    else texts.set(name, (texts.get(name) ?? "") + text);
  }
  const listed = [...(texts.get("xl/workbook.xml") ?? "").matchAll(/<sheet\s[^>]*>/g)].map(([one]) => one);
  // What is hidden is not what whoever sends the file sees.
  const sheet = listed.find((one) => !/hidden/i.test(attribute(one, "state") ?? "")) ?? listed[0];
  const id = sheet && attribute(sheet, "\\w+:id");
  const relations = [...(texts.get("xl/_rels/workbook.xml.rels") ?? "").matchAll(/<Relationship\s[^>]*>/g)];
  const target = relations.map(([one]) => one).find((one) => attribute(one, "Id") === id);
  const path = target && attribute(target, "Target");
  if (!path) throw new WorkbookError("workbook.broken");
  const styles = texts.get("xl/styles.xml") ?? "";
  const custom = new Set(
    [...styles.matchAll(/<numFmt\s[^>]*>/g)].flatMap(([one]) => {
      const code = (attribute(one, "formatCode") ?? "").replaceAll(/"[^"]*"|&quot;.*?&quot;|\[[^\]]*\]|\\./g, "");
      return /[dy]/i.test(code) ? [Number(attribute(one, "numFmtId"))] : [];
    }),
  );
  const formats = [...(/<cellXfs[\s\S]*?<\/cellXfs>/.exec(styles)?.[0] ?? "").matchAll(/<xf\s[^>]*>/g)];
  const isDay = (format: number) =>
    (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || custom.has(format);
  const dates = new Set(formats.flatMap(([one], at) => (isDay(Number(attribute(one, "numFmtId") ?? 0)) ? [at] : [])));
  const place = path.startsWith("/") ? path.slice(1) : `xl/${path}`;
  const of1904 = /<workbookPr\s[^>]*date1904="(?:1|true)"/.test(texts.get("xl/workbook.xml") ?? "");
  return {
    ...{ sheet: place, shared, dates, epoch: of1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30) },
    merged: mergedOf(areas.get(place)?.found ?? []),
  };
}

const letters = (reference: string) =>
  [...reference].reduce((sum, char) => (/[A-Z]/.test(char) ? sum * 26 + char.charCodeAt(0) - 64 : sum), 0);
const lastSerial = 2_958_465;
/** The day of a serial number; what is beyond the year 9999 is no day, but a number that was given the look of one. */
const dayOfSerial = (epoch: number, value: string) => {
  const serial = Math.floor(Number(value));
  if (!(serial >= 0 && serial <= lastSerial)) return value;
  return new Date(epoch + serial * 86_400_000).toISOString().slice(0, 10);
};

function cellOf(book: Book, open: string, inner: string): string {
  const type = attribute(open, "t");
  if (type === "inlineStr") return textOf(inner);
  const value = unescaped(/<v(?:\s[^>]*)?>([\s\S]*?)<\/v>/.exec(inner)?.[1] ?? "");
  if (type === "s") return book.shared[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  if (type === "d") return value.slice(0, 10);
  if (type !== undefined && type !== "n") return value;
  // A formula that nobody worked out says itself, so that it is not taken for an empty cell.
  if (value === "")
    return /<f[\s>/]/.test(inner) ? `=${unescaped(/<f[^>]*>([\s\S]*?)<\/f>/.exec(inner)?.[1] ?? "")}` : "";
  if (book.dates.has(Number(attribute(open, "s") ?? -1))) return dayOfSerial(book.epoch, value);
  // Long numbers, as codes are, come as 1.6970001284567E+13 from some programs.
  if (/e/i.test(value) && Number.isSafeInteger(Number(value))) return String(Number(value));
  // 0.1 + 0.2 is kept as 0.30000000000000004.
  return /\.\d{10,}/.test(value) ? String(Number(Number(value).toPrecision(12))) : value;
}

async function* workbookRows(file: Blob): AsyncGenerator<SheetRow> {
  const book = await bookOf(file);
  const rows = new Elements("row");
  let last = 0;
  for await (const { text } of textsIn(file, (name) => name === book.sheet))
    for (const xml of rows.push(text)) {
      const cells: string[] = [];
      for (const [, open = "", inner = ""] of xml.matchAll(/<c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/c>)/g)) {
        const reference = attribute(open, "r");
        const at = reference ? letters(reference) - 1 : cells.length;
        if (at > 500) throw new WorkbookError("workbook.large");
        while (cells.length < at) cells.push("");
        cells[at] = cellOf(book, open, inner).trim();
      }
      last = Number(attribute(/^<row[^>]*>/.exec(xml)?.[0] ?? "", "r") ?? last + 1);
      if (!cells.some((cell) => cell !== "")) continue;
      for (const column of book.merged.get(last) ?? []) {
        while (cells.length < column) cells.push("");
        if (cells[column - 1] === "") cells[column - 1] = mergedCell;
      }
      yield { row: last, cells };
    }
}

/**
 * The rows of a table in a file, one after another: CSV in UTF-8, GB 18030 or UTF-16, or the first sheet that is not hidden of an Excel workbook (.xlsx). The file is read part by part, so
 * that 100,000 rows take no more memory than a hundred; of a workbook only its shared texts are kept. Throws WorkbookError.
 */
export function rowsOfFile(file: Blob, name: string): AsyncGenerator<SheetRow> {
  return /\.xlsx?$/i.test(name) ? workbookRows(file) : csvRows(file);
}
