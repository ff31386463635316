import { type BatchAnswer, type Hearing, hearBatch, type StreamBatch } from "@yihao/table/stream";
import {
  clock,
  failedFromEnvironment,
  logFromEnvironment,
  tableFromEnvironment,
  usageFromEnvironment,
} from "./environment.ts";
import { parkFromEnvironment } from "./queues-environment.ts";
import { reactions } from "./reactions.ts";
import { traced } from "./tracing.ts";

/** The stream function over a table and reactions: takes a batch of DynamoDB stream records and answers where to start again. */
export function createStream(hearing: Hearing): (batch: StreamBatch) => Promise<BatchAnswer> {
  return (batch) => hearBatch(hearing, batch, failedFromEnvironment());
}

const table = tableFromEnvironment();
const log = logFromEnvironment();
const usage = usageFromEnvironment(table);

/** A sixth of the time that the function has: eight subjects are heard at once, and a slow room is asked once a batch. */
const mostMs = 20_000;

/** What the stream function hears with in its deployment. */
export const hearing: Hearing = {
  table,
  reactions,
  now: clock,
  log: (entry) => {
    log?.(entry);
    usage.count(entry);
  },
  park: parkFromEnvironment(),
  mostMs,
};

const hears = createStream(hearing);

export const handler = traced(async (batch: StreamBatch): Promise<BatchAnswer> => {
  const answer = await hears(batch);
  await usage.due();
  return answer;
});
