/** What stands in a cell of a table that comes from a file or goes into one. */
export type Cell = string | number;

/** A cell that a spreadsheet would run as a formula is given an apostrophe, which it shows as text. */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows as CSV text (RFC 4180), every cell as it is: what an import reads. */
export function csvTextOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map((cell) => quoted(String(cell))).join(",")}\r\n`).join("");
}

/** Rows as CSV text for people: spreadsheets open it as UTF-8 and run nothing of it. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${csvTextOf(rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell : harmless(cell)))))}`;
}
