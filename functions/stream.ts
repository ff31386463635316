import { mailKind } from "@yihao/identity/mail";
import { type BatchAnswer, type Hearing, hearBatch, type Parked, type StreamBatch } from "@yihao/table/stream";
import {
  clock,
  failedFromEnvironment,
  logFromEnvironment,
  tableFromEnvironment,
  usageFromEnvironment,
} from "./environment.ts";
import { parkFromEnvironment, postFromEnvironment } from "./queues-environment.ts";
import { reactions } from "./reactions.ts";
import { traced } from "./tracing.ts";

/**
 * The stream function over a table and reactions: takes a batch of DynamoDB stream records and answers where to start again. New letters go to whoever delivers them by `post`, which is named their keys
 * alone.
 */
export function createStream(
  hearing: Hearing,
  post?: (letter: Parked) => Promise<void>,
): (batch: StreamBatch) => Promise<BatchAnswer> {
  const failed = failedFromEnvironment();
  return async (batch) => {
    const [heard, lost] = await Promise.all([
      hearBatch(hearing, batch, failed),
      post ? postLetters(batch, post, failed) : [],
    ]);
    return { batchItemFailures: [...heard.batchItemFailures, ...lost] };
  };
}

async function postLetters(
  { Records }: StreamBatch,
  post: (letter: Parked) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<BatchAnswer["batchItemFailures"]> {
  const posted = await Promise.all(
    Records.map(async ({ eventName, dynamodb }) => {
      const { k, pk, sk } = (dynamodb?.NewImage ?? {}) as Record<string, { S?: string } | undefined>;
      if (eventName !== "INSERT" || k?.S !== mailKind.name) return [];
      try {
        await post({ room: "mail", pk: pk?.S ?? "", sk: sk?.S ?? "" });
        return [];
      } catch (error) {
        failed(error);
        return [{ itemIdentifier: dynamodb?.SequenceNumber ?? "" }];
      }
    }),
  );
  return posted.flat();
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

const hears = createStream(hearing, postFromEnvironment());

export const handler = traced(async (batch: StreamBatch): Promise<BatchAnswer> => {
  const answer = await hears(batch);
  await usage.due();
  return answer;
});
