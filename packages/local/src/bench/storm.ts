import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SpaceId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { Table } from "@yihao/table/client";
import { allItems, putAll } from "@yihao/table/dump";
import { type BatchAnswer, bury, deadLetters, type Hearing, type StreamBatch } from "@yihao/table/stream";
import { StreamSource } from "@yihao/table/stream-source";
import { seeded } from "@yihao/testing/faults";
import { routes } from "../../../../infra/functions.ts";
import { Checkpoints } from "../checkpoints.ts";
import { dynamoConfig, startDynamo } from "../dynamo.ts";
import { faultProxy } from "../fault-proxy.ts";
import { createGateway, listen } from "../gateway.ts";
import { openLambdas } from "../lambda/lambdas.ts";
import { sampleSettings } from "../lambda/sample-events.ts";
import { startPump } from "../pump.ts";
import { type Consumer, drainedBoth, startQueues } from "../queues.ts";
import { verifyItems } from "../verify.ts";
import { Client } from "./client.ts";
import { dayAhead, place, wish } from "./fixtures.ts";
import { spreadOver } from "./measure.ts";
import { stocked } from "./stock-race.ts";
import { foundSpace, platformScope, signIn } from "./world.ts";

const faults = { throttled: 0.05, failed: 0.03, conflict: 0.05, slow: 0.05, slowMs: 300, lost: 0.03 };
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

export type Storm = {
  seed: number;
  faults: number;
  accepted: number;
  refused: number;
  lost: number;
  violations: number;
  behind: number;
  /** Batches of the stream that were given twice, the second time backwards, and functions killed while they worked on one. */
  twice: number;
  killed: number;
  /** Facts on the dead-letter list: the poison and nothing else. */
  poison: number;
};

/**
 * Bookings and orders over HTTP while DynamoDB throttles, conflicts, fails, is slow and loses answers, the stream function is killed in the middle of batches and gets them twice and backwards,
 * and one fact is poison. Every function runs under AWS's own runtime client. When the sky is clear again, everything that was accepted is there and every invariant holds.
 */
export async function storm(wishes = 80, seed = Math.floor(Math.random() * 1e6)): Promise<Storm> {
  const chance = seeded(seed);
  const folder = await mkdtemp(join(tmpdir(), "yihao-storm-"));
  const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const dynamo = await startDynamo({ accessKeyId: "storm" });
    closers.push(dynamo.stop);
    const config = dynamoConfig(dynamo.endpoint, dynamo.accessKeyId);
    const table = new Table({ name: "storm", config });
    const auth = new Table({ name: "storm-auth", config });
    await Promise.all([table.create(), auth.create()]);
    closers.push(() => table.close());
    auth.close();
    const proxy = await faultProxy(dynamo.endpoint, chance);
    closers.push(proxy.close);
    const queues = await startQueues({ folder: join(folder, "queues"), accessKeyId: dynamo.accessKeyId });
    closers.push(queues.stop);
    const settings = {
      ...sampleSettings({ endpoint: proxy.url, accessKeyId: dynamo.accessKeyId, table: "storm" }),
      YIHAO_QUEUES: queues.begin,
      YIHAO_MAIL: "outbox",
    };
    const lambdas = await openLambdas(settings, () => {});
    closers.push(lambdas.stop);
    const answering = routes.map(({ path, name }) => ({ path, name, handler: lambdas.handler(name) }));
    const otherwise = (_request: unknown, response: { writeHead: (status: number) => { end: () => unknown } }) =>
      void response.writeHead(404).end();
    const server = await listen(createGateway({ routes: answering, otherwise, hosts: new Set(["127.0.0.1"]) }), {
      host: "127.0.0.1",
      port: 0,
    });
    closers.push(server.close);

    let wild = false;
    const count = { twice: 0, killed: 0 };
    const hear = async (batch: StreamBatch): Promise<BatchAnswer> => {
      const heard = lambdas.handler("stream");
      if (!wild) return (await heard(batch)) as BatchAnswer;
      if (chance() < 0.3) {
        const [first] = lambdas.of("stream").processes();
        const killing = wait(chance() * 60).then(() => {
          if (first === undefined) return;
          count.killed += 1;
          process.kill(first, "SIGKILL");
        });
        await Promise.all([heard(batch), killing]);
      }
      const answer = (await heard(batch)) as BatchAnswer;
      if (chance() < 0.4) {
        count.twice += 1;
        await heard({ Records: batch.Records.toReversed() });
      }
      return answer;
    };
    const source = new StreamSource(await table.streamArn(), config);
    closers.push(() => source.close());
    const hearing: Hearing = { table, reactions: [], now: () => new Date().toISOString() };
    const pump = startPump({
      source,
      checkpoints: new Checkpoints(join(folder, "stream.json"), source.arn, new Date().toISOString()),
      handler: hear,
      bury: (record, error) => bury(hearing, record, error),
    });
    closers.push(pump.stop);
    queues.deliver(() => lambdas.handler("retry") as Consumer);
    const drained = () => drainedBoth(pump, queues);

    const url = `http://127.0.0.1:${server.port}`;
    const operator = await signIn(
      new Client(url, undefined, { origin: settings.YIHAO_URL }),
      table,
      "storm@yihao.example",
      "Storm",
    );
    const space = (await foundSpace(operator)) as SpaceId;
    const world = { operator, base: `/api/v1/spaces/${space}` };
    const where = await place(world, 12);
    const { company, product } = await stocked(world, 10_000);
    await drained();

    wild = true;
    proxy.storm(faults);
    await putAll(table, poisonOf(space));
    const accepted: string[] = [];
    let refused = 0;
    await spreadOver(wishes, 4, async (index) => {
      const booking = wish(
        where,
        where.resources[index % where.resources.length] ?? "",
        dayAhead(2 + Math.floor(index / 48)),
        Math.floor((index % 48) / 12) * 30,
        30,
      );
      const order = { company, lines: [{ product, units: 1 }], recipient: { name: "甲" } };
      const [path, body] = index % 2 === 0 ? (["bookings", booking] as const) : (["orders", order] as const);
      const key = crypto.randomUUID();
      // As a browser does: the same wish again under the same key, while it is told to come again.
      for (let attempt = 0; attempt < 8; attempt += 1) {
        const reply = await operator.send("POST", `${world.base}/${path}`, body, { "idempotency-key": key });
        if (reply.status === 201) return void accepted.push(`${path}/${(JSON.parse(reply.text) as { id: string }).id}`);
        if (reply.status < 500) break;
        await wait(50);
      }
      refused += 1;
    });
    await drained();
    wild = false;
    proxy.storm();
    await drained();

    const missing: string[] = [];
    for (const id of accepted) if ((await operator.send("GET", `${world.base}/${id}`)).status !== 200) missing.push(id);
    operator.close();
    const { violations, behind } = verifyItems(await allItems(table));
    const inSpace = asSystem(platformScope(table), space, "storm");
    const dead = (await deadLetters(inSpace)).items;
    if (dead.some(({ id }) => id !== poisonId)) throw new Error(`dead letters: ${JSON.stringify(dead).slice(0, 2000)}`);
    return {
      seed,
      faults: Object.values(proxy.met).reduce((sum, one) => sum + one, 0),
      accepted: accepted.length,
      refused,
      lost: missing.length,
      violations: violations.length,
      behind: behind.length,
      ...count,
      poison: dead.length,
    };
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

const poisonId = "evt_poison";

/** A fact that no reaction can read: it names a booking and says nothing of it. */
async function* poisonOf(space: string) {
  yield {
    pk: { S: `${space}#log#bok_poison` },
    sk: { S: `2026-01-01T00:00:00.000Z#${poisonId}` },
    k: { S: "evt" },
    v: { N: "1" },
    rev: { N: "1" },
    id: { S: poisonId },
    type: { S: "booking.made" },
    version: { N: "1" },
    subject: { S: "bok_poison" },
    at: { S: "2026-01-01T00:00:00.000Z" },
    by: { S: "system:storm" },
    data: { NULL: true as const },
  };
}
