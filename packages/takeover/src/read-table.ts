import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { plain, unguarded } from "@yihao/members/cells";
import type { MembersRefusal } from "@yihao/members/model";
import { takeoverColumns } from "./columns.ts";
import { type TakeoverFault, type TakeoverKind, type TakeoverRefusal, takeoverRowsMost } from "./model.ts";

/** A row that is being read: its cells by column, and where to say what is wrong with them. */
export type Line = {
  readonly row: number;
  readonly cell: (column: string) => string;
  readonly say: (column: string, reason: TakeoverFault["reason"], at?: number) => undefined;
};
export type ReadTable = {
  readonly lines: readonly Line[];
  readonly faults: TakeoverFault[];
  readonly ignored: readonly string[];
};
/** Letters of one cell at most. */
const cellMost = 120;

/**
 * Finds the columns of a file by their headings, in either language and any order. Refused whole as `takeover.heading` {missing, found, garbled} when a needed one is not there,
 * `import.empty` and `import.too-many`.
 */
export function readTable(
  kind: TakeoverKind,
  table: readonly string[][],
): Outcome<ReadTable, MembersRefusal | TakeoverRefusal> {
  const [headings = [], ...body] = table;
  const columns = takeoverColumns[kind];
  const taken = new Set<string>();
  const places = headings.map((heading) => {
    const text = plain(heading)
      .replace(/[*:：]/g, "")
      .trim();
    const found = Object.entries(columns).find(
      ([name, { zh, en }]) => !taken.has(name) && [...zh, ...en].some((known) => plain(known) === text),
    )?.[0];
    if (found) taken.add(found);
    return found;
  });
  const missing = Object.entries(columns).flatMap(([name, { zh, en, needed }]) =>
    needed && !taken.has(name) ? [{ zh: zh[0], en: en[0] }] : [],
  );
  if (!taken.has("company") && !taken.has("code")) missing.unshift({ zh: "企业名称", en: "Company name" });
  if (missing.length > 0) {
    const garbled = headings.some((heading) => heading.includes("\ufffd"));
    return refuse("takeover.heading", { missing, found: headings.slice(0, 20), garbled });
  }
  if (body.length === 0) return refuse("import.empty");
  if (body.length > takeoverRowsMost) return refuse("import.too-many", { rows: body.length, most: takeoverRowsMost });
  const faults: TakeoverFault[] = [];
  const lines = body.map((cells, index): Line => {
    const row = index + 2;
    const cell = (column: string) => unguarded((cells[places.indexOf(column)] ?? "").normalize("NFC").trim());
    const say: Line["say"] = (column, reason, at) => {
      faults.push({ row, column, reason, value: cell(column).slice(0, cellMost), ...(at === undefined ? {} : { at }) });
      return undefined;
    };
    for (const column of taken) if (cell(column).length > cellMost) say(column, "too-long", cellMost);
    const extra = cells.slice(headings.length).some((value) => value.trim() !== "");
    if (extra) say(String(headings.length + 1), "extra-cells");
    return { row, cell, say };
  });
  const ignored = headings.filter((heading, at) => places[at] === undefined && heading.trim() !== "").slice(0, 20);
  return accept({ lines, faults, ignored });
}
