import { parse } from "csv-parse/sync";
import type { RowError } from "./asn-model.ts";
import { cleanGtin, gtinFault } from "./gtin.ts";

export type AsnRow = { row: number; gtin?: string; code?: string; name?: string; units: number };
export type ParsedAsn = { rows: AsnRow[]; errors: RowError[] };

const headings: Readonly<Record<string, "gtin" | "code" | "name" | "quantity">> = {
  gtin: "gtin",
  ean: "gtin",
  upc: "gtin",
  barcode: "gtin",
  商品条码: "gtin",
  条码: "gtin",
  条形码: "gtin",
  code: "code",
  sku: "code",
  货号: "code",
  商品编码: "code",
  name: "name",
  product: "name",
  名称: "name",
  商品名称: "name",
  品名: "name",
  quantity: "quantity",
  qty: "quantity",
  units: "quantity",
  数量: "quantity",
  件数: "quantity",
};
const mostRows = 500;

/** What parts cells: full-width commas only where the heading has no others, since names hold them. */
const delimitersOf = (head: string): string | string[] =>
  head.includes("\t") ? "\t" : head.includes(",") ? [",", ";"] : [",", ";", "，"];

/**
 * Reads the lines of an inbound notice from CSV text with Chinese or English headings; every fault is told with its row
 * (the heading is row 1), column, reason and value. Rows without a fault are given even when others have one.
 */
export function parseAsnCsv(text: string): ParsedAsn {
  let table: { record: string[]; info: { lines: number } }[];
  try {
    table = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      delimiter: delimitersOf(text.split("\n", 1)[0] ?? ""),
    }) as unknown as typeof table;
  } catch (error) {
    return {
      rows: [],
      errors: [{ row: 1, column: "file", reason: "file.unreadable", value: String(error).slice(0, 80) }],
    };
  }
  const [head, ...body] = table;
  const columns = (head?.record ?? []).map((name) => headings[name.normalize("NFKC").trim().toLowerCase()]);
  const errors: RowError[] = [];
  if (!columns.includes("quantity")) errors.push({ row: 1, column: "quantity", reason: "column.missing", value: "" });
  if (!columns.includes("gtin") && !columns.includes("code"))
    errors.push({ row: 1, column: "gtin", reason: "column.missing", value: "" });
  if (body.length > mostRows)
    errors.push({ row: mostRows + 2, column: "file", reason: "file.too-long", value: String(body.length) });
  if (body.length === 0) errors.push({ row: 2, column: "file", reason: "file.empty", value: "" });
  if (errors.length > 0) return { rows: [], errors };

  const rows: AsnRow[] = [];
  for (const { record, info } of body) {
    const row = info.lines;
    const cell = (column: "gtin" | "code" | "name" | "quantity") => (record[columns.indexOf(column)] ?? "").trim();
    const faults: RowError[] = [];
    const gtin = cleanGtin(cell("gtin"));
    const code = cell("code");
    const name = cell("name");
    const written = cell("quantity").normalize("NFKC");
    const quantity = /^\d{1,3}(,\d{3})+$/.test(written) ? written.replaceAll(",", "") : written;
    const fault = gtin === "" ? undefined : gtinFault(gtin);
    if (fault) faults.push({ row, column: "gtin", reason: fault, value: cell("gtin") });
    if (gtin === "" && code === "") faults.push({ row, column: "gtin", reason: "gtin.missing", value: "" });
    if (!/^[1-9][0-9]{0,6}$/.test(quantity) || Number(quantity) > 1_000_000)
      faults.push({ row, column: "quantity", reason: "quantity.whole", value: cell("quantity") });
    if (name.length > 120) faults.push({ row, column: "name", reason: "name.long", value: name.slice(0, 40) });
    errors.push(...faults);
    if (faults.length === 0)
      rows.push({
        row,
        ...(gtin ? { gtin } : {}),
        ...(code ? { code } : {}),
        ...(name ? { name } : {}),
        units: Number(quantity),
      });
  }
  return { rows, errors };
}
