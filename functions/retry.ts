import { type BatchAnswer, type Hearing, hearAgain, type Parked } from "@yihao/table/stream";
import { clock, failedFromEnvironment, logFromEnvironment, tableFromEnvironment } from "./environment.ts";
import { reactions } from "./reactions.ts";
import { traced } from "./tracing.ts";

/** Messages of a queue as Lambda hands them over; only what is used of them. */
export type QueueBatch = {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
};

/**
 * The retry function: hears facts again that a room could not take from the stream, for every room's queue. Each queue calls it for itself, so that a room that fails or is slow holds up
 * nobody but itself. What fails comes again after the queue's time; after the last try it is on the dead-letter list.
 */
export function createRetry(hearing: Hearing): (batch: QueueBatch) => Promise<BatchAnswer> {
  const failed = failedFromEnvironment();
  return async ({ Records }) => {
    const tried = await Promise.all(
      Records.map(async ({ messageId, body, attributes }) => {
        try {
          await hearAgain(hearing, JSON.parse(body) as Parked, Number(attributes.ApproximateReceiveCount), failed);
          return [];
        } catch {
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: tried.flat() };
  };
}

export const handler = traced(
  createRetry({
    table: tableFromEnvironment(),
    reactions,
    now: clock,
    log: logFromEnvironment(),
  }),
);
