import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { BatchAnswer } from "@yihao/table/stream";

/** A message as it lies in its queue's folder. */
type Message = { readonly body: string; readonly received: number; readonly visibleAt: number };
/** Messages as Lambda hands them to a function. */
export type QueueEvent = {
  readonly Records: readonly {
    readonly messageId: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
};
export type Consumer = (event: QueueEvent) => Promise<BatchAnswer>;
export type Queues = {
  /** What the address of every queue begins with; the name of the queue ends it. */
  readonly begin: string;
  /** Begins to hand the messages of each queue to its function, each queue on its own; those of a queue that nobody takes from stay. */
  readonly deliver: (consumerOf: (queue: string) => Consumer | undefined) => void;
  /** Settles when every queue is empty. */
  readonly drained: () => Promise<void>;
  /** How many messages were put in so far. */
  readonly sent: () => number;
  readonly stop: () => Promise<void>;
};

/** Settles when the stream and the queues have nothing left that was there at the time of the call or followed from it: what is heard from a queue writes new facts. */
export async function drainedBoth(
  pump: { readonly drained: () => Promise<void> },
  queues: Pick<Queues, "drained" | "sent">,
): Promise<void> {
  for (;;) {
    await pump.drained();
    const before = queues.sent();
    await queues.drained();
    await pump.drained();
    if (queues.sent() === before) return;
  }
}

const batchSize = 10;
const firstWaitMs = 100;
const mostWaitMs = 5_000;
const idleMs = 1_000;

/**
 * Stands in for SQS on one machine: takes `SendMessage` as AWS's SDK sends it and hands the messages on as Lambda does for a queue, with partial-batch answers. A message lies in a file of its own until
 * it was taken, so it outlives the machine's fall; it comes again sooner than on AWS.
 */
export async function startQueues(options: {
  readonly folder: string;
  readonly accessKeyId: string;
  readonly log?: (message: string) => void;
}): Promise<Queues> {
  const { folder, accessKeyId, log } = options;
  const wakers = new Set<() => void>();
  const running = new Map<string, Promise<void>>();
  let consumerOf: (queue: string) => Consumer | undefined = () => undefined;
  let stopped = false;
  let sent = 0;

  const wake = () => {
    for (const waker of [...wakers]) waker();
  };
  const wait = (ms: number) =>
    new Promise<void>((done) => {
      const end = () => {
        clearTimeout(timer);
        wakers.delete(end);
        done();
      };
      const timer = setTimeout(end, ms);
      wakers.add(end);
    });

  const keep = (queue: string, id: string, message: Message) => {
    const file = join(folder, queue, `${id}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(message), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const idsIn = (queue: string) =>
    readdirSync(join(folder, queue))
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length))
      .sort();
  const read = (queue: string, id: string) =>
    JSON.parse(readFileSync(join(folder, queue, `${id}.json`), "utf8")) as Message;

  const round = async (queue: string, hand: Consumer): Promise<number> => {
    const now = Date.now();
    const all = idsIn(queue).map((id) => ({ id, ...read(queue, id) }));
    const due = all.filter(({ visibleAt }) => visibleAt <= now).slice(0, batchSize);
    if (due.length === 0) return Math.min(idleMs, ...all.map(({ visibleAt }) => visibleAt - now));
    const Records = due.map(({ id, body, received }) => ({
      messageId: id,
      body,
      attributes: { ApproximateReceiveCount: String(received + 1) },
    }));
    const failed = await hand({ Records }).then(
      ({ batchItemFailures }) => new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)),
      (error: unknown) => {
        log?.(`queue ${queue}: ${String(error)}`);
        return new Set(due.map(({ id }) => id));
      },
    );
    for (const { id, body, received } of due)
      if (failed.has(id)) {
        const visibleAt = Date.now() + Math.min(mostWaitMs, firstWaitMs * 2 ** received);
        keep(queue, id, { body, received: received + 1, visibleAt });
      } else rmSync(join(folder, queue, `${id}.json`), { force: true });
    return 0;
  };
  const follow = async (queue: string, hand: Consumer) => {
    while (!stopped) {
      const rest = await round(queue, hand);
      if (rest > 0 && !stopped) await wait(rest);
    }
  };
  const begin = (queue: string) => {
    const consumer = consumerOf(queue);
    if (consumer && !stopped && !running.has(queue)) running.set(queue, follow(queue, consumer));
  };

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const refuse = (status: number, type: string) =>
      void response
        .writeHead(status, { "content-type": "application/x-amz-json-1.0" })
        .end(JSON.stringify({ __type: `com.amazonaws.sqs#${type}`, message: type }));
    const from = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    if (from !== accessKeyId) return refuse(403, "AccessDeniedException");
    if (request.headers["x-amz-target"] !== "AmazonSQS.SendMessage") return refuse(400, "UnsupportedOperation");
    const { QueueUrl, MessageBody } = JSON.parse(await text(request)) as Record<string, unknown>;
    const queue = /\/([a-z][a-z-]*)$/.exec(String(QueueUrl))?.[1];
    if (!queue || typeof MessageBody !== "string") return refuse(400, "QueueDoesNotExist");
    mkdirSync(join(folder, queue), { recursive: true, mode: 0o700 });
    const id = `${String(Date.now()).padStart(15, "0")}-${randomUUID()}`;
    keep(queue, id, { body: MessageBody, received: 0, visibleAt: Date.now() });
    sent += 1;
    const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ MessageId: id, MD5OfMessageBody }));
    begin(queue);
    wake();
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => {
      log?.(`queues: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const waiting = () => (existsSync(folder) ? readdirSync(folder) : []);

  return {
    begin: `http://127.0.0.1:${port}/`,
    sent: () => sent,
    deliver: (given) => {
      consumerOf = given;
      for (const queue of waiting()) begin(queue);
    },
    drained: async () => {
      while (!stopped && waiting().some((queue) => consumerOf(queue) && idsIn(queue).length > 0)) {
        wake();
        await new Promise((done) => setTimeout(done, 10));
      }
    },
    stop: async () => {
      stopped = true;
      wake();
      await Promise.all(running.values());
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
