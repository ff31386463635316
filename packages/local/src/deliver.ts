import type { BatchAnswer, StreamBatch, StreamRecord } from "@yihao/table/stream";

export type StreamHandler = (batch: StreamBatch) => Promise<BatchAnswer>;
export type DeliverOptions = {
  readonly handler: StreamHandler;
  /** Puts a record that kept failing on the dead-letter list. */
  readonly bury: (record: StreamRecord, error: unknown) => Promise<void>;
  /** Called after each success with the last record handled. */
  readonly handled: (sequence: string) => void;
  readonly wait: (ms: number) => Promise<void>;
  readonly stopped: () => boolean;
  /** Whether somebody waits for an answer: reactions then take little of the one machine at a time. */
  readonly busy?: () => boolean;
  readonly log?: (message: string) => void;
};

/** Retries of one record before it is buried. */
export const mostRetries = 5;
const firstWaitMs = 100;
const mostWaitMs = 5_000;

/** Records handed over at a time while somebody waits. */
const whileBusy = 2;

export const sequenceOf = (record: StreamRecord) => record.dynamodb?.SequenceNumber ?? "";

/**
 * Hands records to the stream function as Lambda does with partial-batch answers: starts again from the record that
 * failed, waits longer each time, buries it after five retries and goes on. When the function throws as a whole, records go one by one, so that
 * the one to blame is found. Gives false when it was stopped before all were handled.
 */
export async function deliver(records: readonly StreamRecord[], options: DeliverOptions): Promise<boolean> {
  let start = 0;
  let tries = 0;
  let single = false;
  while (start < records.length) {
    if (options.stopped()) return false;
    const most = single ? 1 : options.busy?.() ? whileBusy : records.length;
    const batch = records.slice(start, start + most);
    const outcome = await attempt(batch, options.handler);
    if (outcome.good > 0) {
      start += outcome.good;
      tries = 0;
      options.handled(sequenceOf(records[start - 1]!));
    }
    if (outcome.good === batch.length) continue;
    if (outcome.whole && batch.length > 1) {
      single = true;
      continue;
    }
    tries += 1;
    if (tries <= mostRetries) {
      await options.wait(Math.min(mostWaitMs, firstWaitMs * 2 ** (tries - 1)));
      continue;
    }
    const record = records[start]!;
    if (!(await buried(record, outcome.error, options))) return false;
    options.handled(sequenceOf(record));
    start += 1;
    tries = 0;
  }
  return true;
}

type Attempt = { readonly good: number; readonly whole: boolean; readonly error: unknown };

async function attempt(batch: readonly StreamRecord[], handler: StreamHandler): Promise<Attempt> {
  try {
    const answer = await handler({ Records: batch });
    const failures = answer?.batchItemFailures ?? [];
    if (failures.length === 0) return { good: batch.length, whole: false, error: undefined };
    // The earliest record named counts; a name that is not in the batch means that all of it failed, as with Lambda.
    const places = failures.map((one) => batch.findIndex((record) => sequenceOf(record) === one.itemIdentifier));
    const unknown = places.includes(-1);
    return { good: unknown ? 0 : Math.min(...places), whole: unknown, error: new Error("its reactions kept failing") };
  } catch (error) {
    return { good: 0, whole: true, error };
  }
}

/** A record may only be passed when its letter is written: until then it is tried again, for as long as the product runs. */
async function buried(record: StreamRecord, error: unknown, options: DeliverOptions): Promise<boolean> {
  while (!options.stopped()) {
    try {
      await options.bury(record, error);
      options.log?.(`stream: record ${sequenceOf(record)} is on the dead-letter list: ${String(error)}`);
      return true;
    } catch (fault) {
      options.log?.(`stream: the dead-letter list cannot be written: ${String(fault)}`);
      await options.wait(mostWaitMs);
    }
  }
  return false;
}
