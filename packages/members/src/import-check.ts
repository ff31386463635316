import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { dayIn, plain, unguarded } from "./cells.ts";
import { codeFault, plainCode } from "./code.ts";
import {
  type DryRun,
  type ImportColumn,
  type ImportRow,
  importColumns,
  importMost,
  kindWords,
  type RowFault,
} from "./import-model.ts";
import { type CompanyFacts, CompanyFactsSchema, type MembersRefusal } from "./model.ts";

/** What the space has already, to find doubles. */
export type Existing = { readonly name: string; readonly code?: string | undefined };

const most: Record<ImportColumn, number> = {
  name: 60,
  code: 40,
  kind: 20,
  industry: 30,
  contactName: 40,
  contactPhone: 30,
  contactEmail: 120,
  address: 120,
  legalPerson: 40,
  registeredOn: 20,
  since: 20,
};

/** Which column each heading is, or undefined; the first of two equal ones counts. */
function columnsOf(headings: readonly string[]): (ImportColumn | undefined)[] {
  const taken = new Set<ImportColumn>();
  return headings.map((heading) => {
    const text = plain(heading)
      .replace(/[*:：]/g, "")
      .trim();
    const found = (Object.keys(importColumns) as ImportColumn[]).find((column) =>
      (importColumns[column] as readonly string[]).includes(text),
    );
    if (!found || taken.has(found)) return undefined;
    taken.add(found);
    return found;
  });
}

/**
 * Checks a table of companies (the first row its headings) against the rules of a company, against itself and against
 * what exists. Refused whole only when no column holds names (`import.heading`, with `garbled` when the text was read in the wrong encoding),
 * when it has no rows, or too many.
 */
export function checkImport(
  table: readonly string[][],
  existing: readonly Existing[],
): Outcome<DryRun, MembersRefusal> {
  const [headings = [], ...body] = table;
  const columns = columnsOf(headings);
  if (!columns.includes("name")) {
    const garbled = headings.some((heading) => heading.includes("\ufffd"));
    return refuse("import.heading", { found: headings.slice(0, 20), wanted: importColumns.name[0], garbled });
  }
  if (body.length === 0) return refuse("import.empty");
  if (body.length > importMost) return refuse("import.too-many", { rows: body.length, most: importMost });
  const faults: RowFault[] = [];
  const names = new Map(existing.map(({ name }) => [plain(name), 0]));
  const codes = new Map(existing.flatMap(({ code }) => (code ? [[code, 0] as const] : [])));
  const rows = body.map((cells, index) => {
    const row = index + 2;
    const say = (column: string, reason: RowFault["reason"], value: string, more: Partial<RowFault> = {}) =>
      faults.push({ row, column, reason, value: value.slice(0, 120), ...more });
    const cell = (column: ImportColumn) => unguarded((cells[columns.indexOf(column)] ?? "").normalize("NFC").trim());
    const read: ImportRow = { row, name: cell("name"), kind: "company" };
    for (const column of Object.keys(importColumns) as ImportColumn[]) {
      if (!columns.includes(column)) continue;
      const value = cell(column);
      if (value.length > most[column]) say(column, "too-long", value, { at: most[column] });
      if (value !== "" && column !== "name" && column !== "kind") read[column] = value;
    }
    const extra = cells.slice(headings.length).find((value) => value.trim() !== "");
    if (extra !== undefined) say(String(headings.length + 1), "extra-cells", extra);
    if (read.name === "") say("name", "required", "");
    else double(names, plain(read.name), row, "name", read.name, say);
    const kind = cell("kind");
    const known = kindWords[plain(kind)];
    if (kind !== "" && !known) say("kind", "kind", kind);
    read.kind = kind === "" ? (read.code ? "company" : "team") : (known ?? kind);
    if (read.contactEmail && !CompanyFactsSchema.shape.contactEmail.safeParse(read.contactEmail).success)
      say("contactEmail", "email", read.contactEmail);
    for (const column of ["registeredOn", "since"] as const) {
      const given = read[column];
      if (given === undefined) continue;
      const day = dayIn(given);
      if (day) read[column] = day;
      else say(column, "day", given);
    }
    if (read.code) {
      const code = plainCode(read.code);
      const fault = codeFault(code);
      if (fault) {
        const at = fault.rule === "length" ? fault.length : fault.position;
        const fix = "fix" in fault ? { fix: fault.fix } : {};
        say("code", `code-${fault.rule}`, read.code, { at, ...fix });
      } else {
        read.code = code;
        double(codes, code, row, "code", code, say);
      }
    }
    return read;
  });
  const bad = new Set(faults.map(({ row }) => row));
  const ignored = headings.filter((heading, at) => columns[at] === undefined && heading.trim() !== "").slice(0, 20);
  return accept({ rows, faults, good: rows.length - bad.size, ignored });
}

function double(
  seen: Map<string, number>,
  key: string,
  row: number,
  column: "name" | "code",
  value: string,
  say: (column: string, reason: RowFault["reason"], value: string, more?: Partial<RowFault>) => void,
): void {
  const other = seen.get(key);
  if (other === undefined) seen.set(key, row);
  else if (other === 0) say(column, `${column}-exists`, value);
  else say(column, `${column}-twice`, value, { at: other });
}

/** A good row as the facts of a company. */
export function factsOf(row: ImportRow): CompanyFacts {
  const { row: _, since: _since, kind, ...facts } = row;
  return { ...facts, kind: kind === "team" ? "team" : "company" };
}
