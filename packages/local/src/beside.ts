import type { StreamBatch, StreamRecord } from "@yihao/table/stream";
import { type StreamHandler, sequenceOf } from "./deliver.ts";

export type Beside = {
  /** Hears batches as the first does. */
  readonly handler: StreamHandler;
  /** Settles when what is under way beside it is done. */
  readonly idle: () => Promise<void>;
};

const kindOf = ({ dynamodb }: StreamRecord) => (dynamodb?.NewImage?.k as { S?: string } | undefined)?.S;

/**
 * A second function that hears one kind of new items of the same stream, as on AWS by a mapping of its own with a filter: nobody waits for it, since it may take seconds. What it loses when the product
 * stops, the timers of that kind make good.
 */
export function beside(
  first: StreamHandler,
  second: StreamHandler,
  kind: string,
  log: (message: string) => void,
): Beside {
  const running = new Map<string, Promise<void>>();
  return {
    handler: (batch: StreamBatch) => {
      for (const record of batch.Records) {
        const sequence = sequenceOf(record);
        if (record.eventName !== "INSERT" || kindOf(record) !== kind || running.has(sequence)) continue;
        const work = second({ Records: [record] })
          .then(
            () => {},
            (error: unknown) => log(`hooks: ${String(error)}`),
          )
          .finally(() => running.delete(sequence));
        running.set(sequence, work);
      }
      return first(batch);
    },
    idle: async () => void (await Promise.all(running.values())),
  };
}
