import { gtin14 } from "./gtin.ts";
import {
  type AsnDocument,
  type BinRow,
  batchMost,
  batchRows,
  type ImportFault,
  type ImportKind,
  type LineRow,
  linesMost,
  type OpeningRow,
  type OrderDocument,
  type ProductRow,
} from "./import-model.ts";
import { packsOf } from "./import-packs.ts";
import type { ReadRow } from "./import-rows.ts";

const some = <T extends object>(facts: T): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== "")) as T;

/** The size of a row, in mm; no length is no size. */
const sizeOf = ({ lengthMm, widthMm, heightMm }: ReadRow["cells"]) =>
  Number(lengthMm ?? 0) > 0
    ? { lengthMm: Number(lengthMm), widthMm: Number(widthMm), heightMm: Number(heightMm) }
    : undefined;

function productOf({ row, cells }: ReadRow): ProductRow {
  const weight = Number(cells.weightGrams ?? 0);
  return some({
    ...{ row, name: String(cells.name), code: cells.code, gtin: cells.gtin, unit: cells.unit, size: sizeOf(cells) },
    ...{ weightGrams: weight > 0 ? weight : undefined, reorderPoint: cells.reorderPoint, track: cells.track },
    ...{ dated: cells.dated === true ? true : undefined, costMinor: cells.costMinor },
    ...{ shelfDays: cells.shelfDays, packs: packsOf(cells) },
  }) as ProductRow;
}
const binOf = ({ row, cells }: ReadRow): BinRow =>
  some({
    ...{ row, code: cells.bin, zone: String(cells.zone), kind: cells.zoneKind, size: sizeOf(cells) },
    ...{ capacity: cells.capacity, loadGrams: cells.loadGrams, lock: cells.lock },
  }) as BinRow;
const openingOf = ({ row, cells }: ReadRow): OpeningRow =>
  some({
    ...{ row, code: cells.code, gtin: cells.gtin, bin: cells.bin, units: cells.units, lot: cells.lot },
    ...{ expiry: cells.expiry, receivedOn: cells.receivedOn, costMinor: cells.costMinor },
  }) as OpeningRow;
const lineOf = ({ row, cells }: ReadRow): LineRow =>
  some({ row, code: cells.code, gtin: cells.gtin, units: cells.units, costMinor: cells.costMinor }) as LineRow;

/** Some rows or documents that are sent together. Rows are those that it is made of. */
export type Batch = {
  readonly rows: number;
  readonly items: readonly (BinRow | ProductRow | OpeningRow | AsnDocument | OrderDocument)[];
};

/**
 * Makes batches of the rows of a table as they come. The lines of a document stand together; a document with a fault in one line is not sent at all, and
 * each of its other lines says so. What is the same code or document again further down is a fault of the later row. It keeps one document, one batch and
 * the codes and numbers it saw, however long the table is.
 */
export class BatchMaker {
  readonly #kind: ImportKind;
  readonly #seen = new Map<string, number>();
  #lines: ReadRow[] = [];
  #items: Batch["items"][number][] = [];
  #rows = 0;
  #document = "";

  constructor(kind: ImportKind) {
    this.#kind = kind;
  }

  /** Takes the next row, and gives the faults that are sure now and the batches that are full. */
  add(read: ReadRow): { faults: ImportFault[]; batches: Batch[] } {
    if (this.#kind === "bins" || this.#kind === "products" || this.#kind === "openings")
      return this.#single(read, this.#kind);
    const document = String(read.cells.document ?? "");
    const done = document === this.#document && this.#lines.length > 0 ? { faults: [], batches: [] } : this.#close();
    this.#document = document;
    this.#lines.push(read);
    return done;
  }

  /** What is left when the table ends. */
  end(): { faults: ImportFault[]; batches: Batch[] } {
    const done = this.#close();
    return { faults: done.faults, batches: [...done.batches, ...this.#flush()] };
  }

  #single(read: ReadRow, kind: "bins" | "products" | "openings") {
    const faults = [...read.faults];
    /** Tells a code that stood further up; what stands twice in one row is told with the row. */
    const once = (key: string, column: string) => {
      const first = this.#seen.get(key);
      if (first === undefined) this.#seen.set(key, read.row);
      else if (first !== read.row) faults.push({ row: read.row, column, reason: "row.repeated", value: String(first) });
    };
    if (kind === "bins" && read.cells.bin !== undefined) once(`bin ${read.cells.bin}`, "bin");
    if (kind === "products") {
      const { code, gtin } = read.cells;
      if (code !== undefined) once(`code ${String(code).toUpperCase()}`, "code");
      if (gtin !== undefined) once(`gtin ${gtin14(String(gtin))}`, "gtin");
      // A pack's GTIN is no other product's, nor another pack's.
      for (const pack of packsOf(read.cells) ?? [])
        if (pack.gtin !== undefined)
          once(`gtin ${gtin14(pack.gtin)}`, pack.gtin === read.cells.caseGtin ? "caseGtin" : "packs");
    }
    if (faults.length > 0) return { faults, batches: [] };
    this.#items.push((kind === "bins" ? binOf : kind === "products" ? productOf : openingOf)(read));
    this.#rows += 1;
    return { faults, batches: this.#items.length >= batchMost[kind] ? this.#flush() : [] };
  }

  #flush(): Batch[] {
    if (this.#items.length === 0) return [];
    const batch = { rows: this.#rows, items: this.#items };
    this.#items = [];
    this.#rows = 0;
    return [batch];
  }

  /** Ends the document that was read. */
  #close(): { faults: ImportFault[]; batches: Batch[] } {
    const lines = this.#lines;
    this.#lines = [];
    const [first] = lines;
    if (!first) return { faults: [], batches: [] };
    const kind = this.#kind as "asns" | "orders";
    const faults = lines.flatMap((line) => line.faults);
    const document = String(first.cells.document ?? "");
    const before = this.#seen.get(document);
    if (document !== "" && before !== undefined)
      faults.push({ row: first.row, column: "document", reason: "document.split", value: String(before) });
    else this.#seen.set(document, first.row);
    if (lines.length > linesMost[kind])
      faults.push({ row: first.row, column: "document", reason: "document.long", value: String(linesMost[kind]) });
    if (faults.length > 0) {
      const wrong = new Set(faults.map(({ row }) => row));
      for (const { row } of lines)
        if (!wrong.has(row)) faults.push({ row, column: "document", reason: "document.held", value: document });
      return { faults, batches: [] };
    }
    const { recipient, phone, address, note, expectedOn } = first.cells;
    const item = {
      document,
      lines: lines.map(lineOf),
      ...(kind === "asns"
        ? some({ expectedOn })
        : some({ recipient: some({ name: recipient, phone, address }), note })),
    } as AsnDocument | OrderDocument;
    const full = this.#rows + lines.length > batchRows || this.#items.length >= batchMost[kind];
    const batches = full ? this.#flush() : [];
    this.#items.push(item);
    this.#rows += lines.length;
    return { faults, batches };
  }
}
