import { type Batch, BatchMaker } from "@yihao/warehouse/import-batches";
import type { BatchAnswer, ImportFault, ImportKind } from "@yihao/warehouse/import-model";
import { type Head, readHead, readRow } from "@yihao/warehouse/import-rows";
import { Problem } from "../../problem.ts";
import { rowsOfFile } from "../../sheet-rows.ts";
import { type ImportJob, rememberImport } from "./import-store.ts";

/** Faults that are kept; beyond that they are only counted. */
export const faultsMost = 5_000;
/** Batches under way at one time. */
const lanes = 3;
/** Rows at most that stand above the headings. */
const aboveMost = 5;
/** Rows after which the page gets a turn while a file is only read. */
const breathRows = 1_000;

export type Look = {
  /** Rows of the file, and documents (or rows) that can be sent. */
  readonly total: number;
  readonly ready: number;
  readonly ignored: readonly string[];
  readonly faultCount: number;
  readonly faults: readonly ImportFault[];
};

type Step = { readonly faults: readonly ImportFault[]; readonly batches: readonly Batch[]; readonly rows: number };

const breath = () => new Promise<void>((done) => setTimeout(done));

/** Reads a file row by row, and gives faults and batches as they come. The head's own faults end it. */
async function* stepsOf(kind: ImportKind, file: File): AsyncGenerator<Step & { head?: Head }> {
  let head: Head | undefined;
  let above = 0;
  let rows = 0;
  const maker = new BatchMaker(kind);
  for await (const { row, cells } of rowsOfFile(file, file.name)) {
    if (!head) {
      const found = readHead(kind, cells, row);
      // A title and whom it is of stand above the headings of many tables.
      above += 1;
      if (found.at.size === 0 && above <= aboveMost) continue;
      head = found;
      yield { head, faults: head.faults, batches: [], rows: 0 };
      if (head.faults.length > 0) return;
      continue;
    }
    rows += 1;
    yield { ...maker.add(readRow(kind, head, row, cells)), rows: 1 };
    if (rows % breathRows === 0) await breath();
  }
  if (!head && above > 0) {
    head = readHead(kind, []);
    yield { head, faults: head.faults, batches: [], rows: 0 };
    return;
  }
  if (rows === 0) yield { faults: [{ row: 1, column: "file", reason: "file.empty", value: "" }], batches: [], rows: 0 };
  yield { ...maker.end(), rows: 0 };
}

/** Reads a whole file without sending anything: how many rows it has, and every fault that its cells have by themselves. */
export async function lookAt(kind: ImportKind, file: File, progress: (rows: number) => void): Promise<Look> {
  let [total, ready, faultCount] = [0, 0, 0];
  const faults: ImportFault[] = [];
  let ignored: readonly string[] = [];
  for await (const step of stepsOf(kind, file)) {
    if (step.head) ignored = step.head.ignored;
    total += step.rows;
    faultCount += step.faults.length;
    faults.push(...step.faults.slice(0, Math.max(0, faultsMost - faults.length)));
    for (const { items } of step.batches) ready += items.length;
    if (total % breathRows === 0) progress(total);
  }
  return { total, ready, ignored, faultCount, faults };
}

/** An id made of what is sent: the same part of a table is one command, in this try and in any later one. */
async function keyOf(job: ImportJob, batch: Batch): Promise<string> {
  const text = JSON.stringify([job.kind, job.company ?? "", job.warehouse ?? "", batch.items]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `imp-${[...hash.slice(0, 20)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export type Send = (job: ImportJob, batch: Batch, key: string) => Promise<BatchAnswer>;

/** What passes by itself: no answer, too many requests of this minute, a fault of the moment. */
const passes = (error: unknown) =>
  error instanceof Problem &&
  (error.status === 0 || error.status === 429 || error.status === 409 || error.status >= 500);
const waitMs = (attempt: number) => Math.min(15_000, 500 * 2 ** attempt);

async function sendUntilAnswered(
  job: ImportJob,
  batch: Batch,
  send: Send,
  stopped: () => boolean,
): Promise<BatchAnswer> {
  const key = await keyOf(job, batch);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send(job, batch, key);
    } catch (error) {
      if (!passes(error) || stopped()) throw error;
      await new Promise((done) => setTimeout(done, waitMs(attempt)));
    }
  }
}

/**
 * Sends a file batch by batch, three at a time, from the first that was not answered on; remembers how far it is after each. Memory holds the batches under way,
 * however long the file is. What was sent and not answered is sent again and changes nothing twice. Ends early when `stopped` says so.
 */
export async function runImport(
  begun: ImportJob,
  file: File,
  send: Send,
  told: (job: ImportJob) => void,
  stopped: () => boolean,
): Promise<ImportJob> {
  let job: ImportJob = { ...begun, state: "running" };
  let index = 0;
  const waiting: { rows: number; answer: Promise<BatchAnswer> }[] = [];
  const settle = async () => {
    const first = waiting[0];
    if (!first) return;
    const answer = await first.answer;
    waiting.shift();
    const faults = answer.faults.slice(0, Math.max(0, faultsMost - job.faults.length));
    job = {
      ...job,
      batches: job.batches + 1,
      rows: job.rows + first.rows,
      done: job.done + answer.done,
      faultCount: job.faultCount + answer.faults.length,
      faults: [...job.faults, ...faults],
    };
    told(job);
    await rememberImport(job);
  };
  try {
    reading: for await (const step of stepsOf(begun.kind, file))
      for (const batch of step.batches) {
        index += 1;
        if (index <= begun.batches) continue;
        if (stopped()) break reading;
        const answer = sendUntilAnswered(job, batch, send, stopped);
        // It is waited for in its turn; until then its failure is not lost.
        answer.catch(() => undefined);
        waiting.push({ rows: batch.rows, answer });
        if (waiting.length >= lanes) await settle();
      }
    while (waiting.length > 0) await settle();
    job = { ...job, state: stopped() ? "stopped" : "done" };
  } catch (error) {
    await rememberImport({ ...job, state: "stopped" });
    throw error;
  }
  await rememberImport(job);
  told(job);
  return job;
}
