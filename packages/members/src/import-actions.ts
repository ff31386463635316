import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor, stepOf } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { get, queryAll } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { parse } from "csv-parse/sync";
import { today } from "./days.ts";
import { checkImport, factsOf } from "./import-check.ts";
import type { DryRun, Imported, ImportRow, RowFault } from "./import-model.ts";
import { sweepImport } from "./import-settle.ts";
import type { MembersRefusal } from "./model.ts";
import {
  chunkKey,
  chunkKind,
  claimsOf,
  companyKey,
  companyKind,
  entriesOf,
  entryKey,
  entryKind,
  entryOf,
  type ImportDoc,
  importKey,
  importKind,
  type KeptCompany,
  seenEntries,
} from "./store.ts";

/** Companies staged in one commit: 4 items each, and the chunk, the import and the receipt make 99. */
const perChunk = 24;
/** An import that nobody finished for this long is dropped, so that it does not keep names from others. */
export const importMinutes = 60;

/** Reads a CSV text with comma, semicolon or tab, with or without a byte order mark; a broken one is refused with its line. */
export function readCsv(csv: string, { blanks = false } = {}): Outcome<string[][], MembersRefusal> {
  try {
    const table: string[][] = parse(csv, {
      bom: true,
      delimiter: [",", ";", "\t"],
      relaxColumnCount: true,
      skipEmptyLines: !blanks,
      trim: true,
      skipRecordsWithEmptyValues: !blanks,
    });
    return accept(table);
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    return refuse("import.csv", { line: lines ?? 0, rule: code ?? "unreadable" });
  }
}

/** What an import of this text would do now, without doing any of it. */
export async function dryRun(scope: Scope, csv: string): Promise<Outcome<DryRun, MembersRefusal>> {
  const table = readCsv(csv);
  if (!table.ok) return table;
  const entries = await queryAll(scope, entryKind, entriesOf(scope), { consistent: true });
  return checkImport(table.value, await seenEntries(scope, entries));
}

/**
 * Imports every row of a text, or none: a fault in any row refuses all (`import.faults`). Rows are staged in chunks that nobody sees, then one
 * item is flipped and all are seen at once. The same Idempotency-Key finishes what a crash left between chunks.
 */
export async function importCompanies(scope: Scope, csv: string): Promise<Outcome<Imported, MembersRefusal>> {
  const own = scope.command.id.startsWith("auto:")
    ? { ...scope, command: { ...scope.command, id: scope.command.id.replace("auto:", "once:") } }
    : scope;
  const before = await recall(own);
  if (before) return accept(before.answer as Imported);
  const checked = await dryRun(own, csv);
  if (!checked.ok) return checked;
  const id = idFor(own, "imp");
  const { rows, faults } = checked.value;
  if (faults.length > 0) {
    await dropImport(own, id);
    return refuse("import.faults", { faults: faults.slice(0, 50), rows: new Set(faults.map(({ row }) => row)).size });
  }
  const open = await openImport(own, id, rows.length);
  if (open.state === "dropped") return refuse("import.expired");
  const since = await today(own);
  for (let chunk = open.chunks; chunk * perChunk < rows.length; chunk += 1) {
    const part = rows.slice(chunk * perChunk, (chunk + 1) * perChunk);
    const clash = await stage(own, id, chunk, part, since);
    if (clash) {
      await dropImport(own, id);
      return clash;
    }
  }
  const answer: Imported = { import: id, companies: rows.length };
  const flip: Write = {
    do: "update",
    key: importKey(own, id),
    set: { state: "done" },
    when: [["state", "=", "staging"]],
  };
  const outcome = await commit(own, [flip, happened(own, "companies.imported", id, answer)], { answer });
  return outcome.done ? accept(outcome.answer) : refuse("import.expired");
}

async function openImport(scope: Scope, id: string, rows: number): Promise<ImportDoc> {
  const found = await get(scope, importKind, importKey(scope, id));
  if (found) return found;
  const doc: ImportDoc = { id, state: "staging", rows, chunks: 0 };
  const timer = dueAt(scope, plusMinutes(scope.now, importMinutes), "members.import", id);
  const outcome = await commit(stepOf(scope, "open"), [insert(importKey(scope, id), importKind, doc), timer], {
    answer: null,
  });
  const now = outcome.done && !outcome.replayed ? doc : await get(scope, importKind, importKey(scope, id));
  if (!now) throw new Error(`import ${id} could not be opened`);
  return now;
}

async function stage(scope: Scope, importId: string, chunk: number, rows: readonly ImportRow[], since: string) {
  const companies = rows.map((row): KeptCompany & { row: number } => ({
    ...factsOf(row),
    id: idFor(scope, "cmp", String(row.row)),
    state: "active",
    since: row.since ?? since,
    staged: importId,
    row: row.row,
  }));
  const writes: Write[] = companies.flatMap(({ row, ...company }) => [
    insert(companyKey(scope, company.id), companyKind, company),
    insert(entryKey(scope, company), entryKind, entryOf(company)),
    ...claimsOf(scope, company, ` ${row}`),
  ]);
  const named = companies.map(({ id, name, code }) => ({ id, name, ...(code ? { code } : {}) }));
  const progress: Write = {
    do: "update",
    key: importKey(scope, importId),
    add: { chunks: 1 },
    when: [["state", "=", "staging"]],
    tag: "import",
  };
  const outcome = await commit(
    stepOf(scope, `chunk ${chunk}`),
    [...writes, insert(chunkKey(scope, importId, chunk), chunkKind, { chunk, companies: named }), progress],
    { answer: null },
  );
  if (outcome.done) return undefined;
  const faults = companies.flatMap(({ row, name, code }): RowFault[] => [
    ...(`name ${row}` in outcome.lost ? [{ row, column: "name", reason: "name-exists" as const, value: name }] : []),
    ...(`code ${row}` in outcome.lost
      ? [{ row, column: "code", reason: "code-exists" as const, value: code ?? "" }]
      : []),
  ]);
  if (faults.length === 0) return refuse("import.expired" as const);
  return refuse("import.faults" as const, { faults, rows: new Set(faults.map(({ row }) => row)).size });
}

/** Drops an import that is still staging and sweeps what it staged; one that is done stays. */
export async function dropImport(scope: Scope, id: string): Promise<void> {
  const doc = await get(scope, importKind, importKey(scope, id));
  if (!doc || doc.state === "done") return;
  if (doc.state === "staging") {
    const drop: Write = {
      do: "update",
      key: importKey(scope, id),
      set: { state: "dropped" },
      when: [["state", "=", "staging"]],
    };
    const outcome = await commit(stepOf(scope, "drop"), [drop], { answer: null });
    if (!outcome.done) {
      const now = await get(scope, importKind, importKey(scope, id));
      if (now?.state !== "dropped") throw new Refused("busy");
    }
  }
  await sweepImport(scope, id);
}
