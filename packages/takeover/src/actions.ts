import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { readCsv } from "@yihao/members/import-actions";
import type { MembersRefusal } from "@yihao/members/model";
import { idFor } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { insert, type Write } from "@yihao/table/write";
import { sumsOf } from "./control.ts";
import type {
  Takeover,
  TakeoverAsked,
  TakeoverDryRun,
  TakeoverRefusal,
  TakeoverReport,
  TakeoverRow,
  TakeoverWish,
} from "./model.ts";
import { type ReadRow, readRows } from "./read-rows.ts";
import { readTable } from "./read-table.ts";
import {
  type Chunk,
  chunkKey,
  chunkKind,
  chunksOf,
  type KeptTakeover,
  listKey,
  listKind,
  rowsPerChunk,
  takeoverKey,
  takeoverKind,
  takeoverOf,
} from "./store.ts";
import { readWorld, takenFaults } from "./world.ts";

type Refusal = MembersRefusal | TakeoverRefusal;
type Checked = TakeoverDryRun & { readonly read: readonly ReadRow[] };

async function check(scope: Scope, { kind, csv, day }: TakeoverWish): Promise<Outcome<Checked, Refusal>> {
  const table = readCsv(csv);
  if (!table.ok) return table;
  const lines = readTable(kind, table.value);
  if (!lines.ok) return lines;
  const read = readRows(kind, lines.value, await readWorld(scope, kind, day));
  const faults = [...lines.value.faults, ...(await takenFaults(scope, kind, read))].toSorted((a, b) => a.row - b.row);
  const bad = new Set(faults.map(({ row }) => row));
  const rows = read.map((row): TakeoverRow => rowOf(row, undefined));
  return accept({
    rows,
    faults,
    good: rows.length - bad.size,
    sums: sumsOf(rows),
    ignored: [...lines.value.ignored],
    read,
  });
}

/** What a file would take over now, row by row, with its sums, without doing any of it. */
export async function dryRunTakeover(scope: Scope, wish: TakeoverWish): Promise<Outcome<TakeoverDryRun, Refusal>> {
  const checked = await check(scope, wish);
  if (!checked.ok) return checked;
  const { read: _, ...told } = checked.value;
  return accept(told);
}

/**
 * Takes a file over (接管): a fault in any row refuses all (`takeover.faults`). What was asked is kept in one commit; the stream works through its parts, each row in one commit of
 * its own room, so that a crash resumes where it was and nothing stands half. The same Idempotency-Key answers the same take-over.
 */
export async function askTakeover(scope: Scope, wish: TakeoverWish): Promise<Outcome<Takeover, Refusal>> {
  const before = await recall(scope);
  if (before) return accept(before.answer as Takeover);
  const checked = await check(scope, wish);
  if (!checked.ok) return checked;
  const { read, faults, sums } = checked.value;
  if (faults.length > 0)
    return refuse("takeover.faults", { rows: new Set(faults.map(({ row }) => row)).size, faults: faults.slice(0, 50) });
  const answer: Takeover = {
    id: idFor(scope, "tko"),
    kind: wish.kind,
    day: wish.day,
    file: wish.file ?? "",
    at: scope.now,
    by: actorName(scope),
    rows: read.length,
    taken: 0,
    refused: 0,
    control: wish.control ?? {},
  };
  const kept: KeptTakeover = { ...answer, sums };
  const parts: Write[] = [];
  for (let chunk = 0; chunk * rowsPerChunk < read.length; chunk += 1) {
    const rows = read.slice(chunk * rowsPerChunk, (chunk + 1) * rowsPerChunk);
    const data: TakeoverAsked = { takeover: answer.id, chunk };
    parts.push(
      insert(chunkKey(scope, answer.id, chunk), chunkKind, { chunk, rows } satisfies Chunk),
      happened(scope, "takeover.asked", `${answer.id}-${chunk}`, data),
    );
  }
  const outcome = await commit(
    scope,
    [
      insert(takeoverKey(scope, answer.id), takeoverKind, kept),
      { do: "put", key: listKey(scope, answer), kind: listKind, data: { id: answer.id }, rev: 1 },
      ...parts,
    ],
    { answer },
  );
  if (!outcome.done) throw new Error(`take-over ${answer.id} could not be kept`);
  return accept(outcome.answer);
}

function rowOf(
  { row, company, companyName, what, measures }: ReadRow,
  result: Omit<TakeoverRow, "row"> | undefined | Pick<TakeoverRow, "state" | "document" | "refusal">,
): TakeoverRow {
  return { row, ...(company ? { company } : {}), companyName, what, measures, state: "waiting", ...result };
}

/** A take-over without what only its parts need. */
export function takeoverView({ sums: _, ...takeover }: KeptTakeover & { rev?: number }): Takeover {
  const { rev: _rev, ...view } = takeover;
  return view;
}

/** The report of a take-over: totals as typed, as the file had them and as they were taken over, and every row. Undefined when there is none. */
export async function readReport(scope: Scope, id: string, currency: string): Promise<TakeoverReport | undefined> {
  const [kept, chunks] = await Promise.all([takeoverOf(scope, id), chunksOf(scope, id)]);
  if (!kept) return undefined;
  const items = chunks.flatMap(({ rows, results }) => rows.map((row, at) => rowOf(row, results?.[at])));
  const takenSums = sumsOf(items.filter(({ state }) => state === "taken"));
  return { ...takeoverView(kept), currency, sums: kept.sums, takenSums, items };
}
