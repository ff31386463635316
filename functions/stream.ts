import { type BatchAnswer, type Hearing, hearBatch, type StreamBatch } from "@yihao/table/stream";
import { clock, failedFromEnvironment, logFromEnvironment, tableFromEnvironment } from "./environment.ts";
import { reactions } from "./reactions.ts";

/** The stream function over a table and reactions: takes a batch of DynamoDB stream records and answers where to start again. */
export function createStream(hearing: Hearing): (batch: StreamBatch) => Promise<BatchAnswer> {
  return (batch) => hearBatch(hearing, batch, failedFromEnvironment());
}

/** What the stream function hears with in its deployment. */
export const hearing: Hearing = { table: tableFromEnvironment(), reactions, now: clock, log: logFromEnvironment() };

export const handler = createStream(hearing);
