import { functions, queues, reactingRooms } from "../functions.ts";
import { logical } from "./functions.ts";

type QueueName = (typeof queues)[number];
/** Six times the longest that one call may take, as AWS advises, and long enough for what stood in the way to pass. */
const hiddenSeconds = functions.retry.timeoutSeconds * 6;
/** Far beyond the tries after which the function itself puts a fact on the dead-letter list: only what could not even be put there comes so far. */
const mostReceives = 20;
const keptSeconds = 1_209_600;

const queueName = (room: QueueName) => `yihao-${$app.stage}-hears-${room}`;

/** What the address of every room's queue begins with, and the queues' ARNs, all by their fixed names. */
export function queuesOf() {
  const { accountId } = aws.getCallerIdentityOutput();
  const region = aws.getRegionOutput().region;
  const arn = (name: QueueName) => $interpolate`arn:aws:sqs:${region}:${accountId}:${queueName(name)}`;
  return {
    begin: $interpolate`https://sqs.${region}.amazonaws.com/${accountId}/yihao-${$app.stage}-hears-`,
    arns: reactingRooms.map(arn),
    letters: arn("mail"),
  };
}

type Taker = { readonly arn: $util.Output<string> };

/**
 * Makes the queue of each room that reacts, from which the function takes its facts, and that of letters: each queue calls for itself, at most twice at once, so that no room waits for another.
 */
export function makeQueues(deadLetters: $util.Output<string>, retry: Taker, mail: Taker) {
  return queues.map((room) => {
    const queue = new aws.sqs.Queue(`Hears${logical(room)}`, {
      name: queueName(room),
      visibilityTimeoutSeconds: hiddenSeconds,
      messageRetentionSeconds: keptSeconds,
      sqsManagedSseEnabled: true,
      redrivePolicy: deadLetters.apply((deadLetterTargetArn) =>
        JSON.stringify({ deadLetterTargetArn, maxReceiveCount: mostReceives }),
      ),
    });
    new aws.lambda.EventSourceMapping(`Retries${logical(room)}`, {
      eventSourceArn: queue.arn,
      functionName: (room === "mail" ? mail : retry).arn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 2 },
    });
    return { room, queue };
  });
}
