import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, expect, it } from "vitest";
import { type Consumer, startQueues } from "./queues.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function world() {
  const folder = mkdtempSync(join(tmpdir(), "yihao-queues-"));
  folders.push(folder);
  const accessKeyId = "yihaotest";
  const start = () => startQueues({ folder, accessKeyId });
  const sender = (begin: string, key = accessKeyId) =>
    new SQSClient({
      endpoint: new URL(begin).origin,
      region: "local",
      credentials: { accessKeyId: key, secretAccessKey: key },
      maxAttempts: 1,
    });
  return { start, sender };
}

it("takes messages as AWS's SDK sends them and gives each out until it was taken, counting the times; one queue that fails holds up no other", async () => {
  const { start, sender } = await world();
  const queues = await start();
  const client = sender(queues.begin);
  const taken: string[] = [];
  const consumer: Consumer = async ({ Records }) => {
    const failed = Records.filter(({ body, attributes }) => {
      taken.push(`${body} ${attributes.ApproximateReceiveCount}`);
      return body === "bad" && attributes.ApproximateReceiveCount !== "3";
    });
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  queues.deliver(() => consumer);
  for (const [queue, body] of [
    ["billing", "bad"],
    ["billing", "good"],
    ["insight", "other"],
  ])
    await client.send(
      new SendMessageCommand({ QueueUrl: `${queues.begin}${queue}`, MessageBody: body, DelaySeconds: 5 }),
    );
  await queues.drained();
  expect(taken.toSorted()).toEqual(["bad 1", "bad 2", "bad 3", "good 1", "other 1"]);
  expect(taken.indexOf("other 1")).toBeLessThan(taken.indexOf("bad 3"));
  expect(queues.sent()).toBe(3);
  await queues.stop();
  client.destroy();
});

it("keeps what it was given over the fall of the machine, and takes nothing from strangers", async () => {
  const { start, sender } = await world();
  const first = await start();
  const send = (key?: string) =>
    sender(first.begin, key).send(new SendMessageCommand({ QueueUrl: `${first.begin}billing`, MessageBody: "kept" }));
  await send();
  await expect(send("somebody-else")).rejects.toThrow("AccessDenied");
  await first.stop();
  const second = await start();
  const taken: string[] = [];
  second.deliver(() => async ({ Records }) => {
    taken.push(...Records.map(({ body }) => body));
    return { batchItemFailures: [] };
  });
  await second.drained();
  await second.stop();
  expect(taken).toEqual(["kept"]);
});
