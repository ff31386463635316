import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Shares (0–1) of calls to DynamoDB that meet each fault. */
export type Faults = {
  readonly throttled: number;
  readonly conflict: number;
  readonly failed: number;
  /** Answered only after this many milliseconds at the most. */
  readonly slow: number;
  readonly slowMs: number;
  /** Done, but its answer never arrives. */
  readonly lost: number;
};
export type FaultProxy = {
  readonly url: string;
  /** Turns faults on or, without any, off. */
  readonly storm: (faults?: Faults) => void;
  /** How often each fault was met. */
  readonly met: Readonly<Record<"throttled" | "conflict" | "failed" | "slow" | "lost", number>>;
  readonly close: () => Promise<void>;
};

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const errorOf = (name: string, more: object = {}) =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more });

/** Stands between the functions and DynamoDB Local and answers as DynamoDB does under load: throttling, conflicts, 500, slowness, and answers that are lost on the way. */
export async function faultProxy(target: string, chance: () => number): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const met = { throttled: 0, conflict: 0, failed: 0, slow: 0, lost: 0 };
  let faults: Faults | undefined;
  const server = createServer(async (request, response) => {
    try {
      const body = await bytesOf(request);
      const writes = String(request.headers["x-amz-target"]).endsWith("TransactWriteItems");
      let roll = chance();
      const hit = (share: number | undefined, applies = true) => {
        if (!share || !applies) return false;
        roll -= share;
        return roll < 0 && roll + share >= 0;
      };
      const refuse = (status: number, text: string) =>
        void response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(text);
      if (hit(faults?.throttled)) {
        met.throttled += 1;
        return refuse(400, errorOf("ThrottlingException"));
      }
      if (hit(faults?.failed)) {
        met.failed += 1;
        return refuse(500, errorOf("InternalServerError"));
      }
      if (hit(faults?.conflict, writes)) {
        met.conflict += 1;
        return refuse(
          400,
          errorOf("TransactionCanceledException", { CancellationReasons: [{ Code: "TransactionConflict" }] }),
        );
      }
      if (hit(faults?.slow)) {
        met.slow += 1;
        await new Promise((done) => setTimeout(done, chance() * (faults?.slowMs ?? 0)));
      }
      const lose = hit(faults?.lost, writes);
      const { method = "POST", url: path = "/", headers } = request;
      const onward = forward({ hostname, port, method, path, headers }, async (answer) => {
        const text = await bytesOf(answer);
        if (lose) {
          met.lost += 1;
          return void response.destroy();
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
      });
      onward.on("error", () => response.destroy());
      onward.end(body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    storm: (wish) => {
      faults = wish;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
