import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { type Event, happened } from "@yihao/table/event";
import { bury, deadLetters, type Hearing, hearBatch, mostTries, onEvent, replayDeadLetter } from "@yihao/table/stream";
import { StreamSource } from "@yihao/table/stream-source";
import { credentialsOf, dynamoEndpoint, freshTable, scopeOf, testNow } from "@yihao/testing/table";
import { afterEach, describe, expect, test } from "vitest";
import { createRetry } from "../../../functions/retry.ts";
import { catchUp, mayHaveMissed } from "./catch-up.ts";
import { Checkpoints } from "./checkpoints.ts";
import { type PumpOptions, soundCheckpoints, startPump } from "./pump.ts";
import { drainedBoth, startQueues } from "./queues.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function world(react: (event: Event<string, { n: number }>) => Promise<void>) {
  const table = await freshTable();
  const folder = mkdtempSync(join(tmpdir(), "yihao-pump-"));
  folders.push(folder);
  const source = new StreamSource(await table.streamArn(), {
    endpoint: dynamoEndpoint(),
    region: "local",
    credentials: credentialsOf(table.name),
  });
  const heard: number[] = [];
  const hearing: Hearing = {
    table,
    now: () => testNow,
    reactions: [
      onEvent<string, { n: number }>("test.note", ["thing.done"], async (_scope, event) => {
        await react(event);
        heard.push(event.data.n);
      }),
    ],
  };
  const start = (more: Partial<PumpOptions> = {}) =>
    startPump({
      source,
      checkpoints: new Checkpoints(join(folder, "stream.json"), source.arn, testNow),
      handler: (batch) => hearBatch(hearing, batch),
      bury: (record, error) => bury(hearing, record, error),
      ...more,
    });
  const checkpoints = () => new Checkpoints(join(folder, "stream.json"), source.arn, testNow);
  return { table, heard, hearing, start, source, checkpoints };
}

async function write(table: Table, n: number, now = testNow) {
  const scope = scopeOf(table, { now });
  const outcome = await commit(scope, [happened(scope, "thing.done", "cmp_one", { n })], { answer: null });
  expect(outcome.done).toBe(true);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe("the pump", () => {
  test("brings every event to its reactions, in the order they were written", async () => {
    const { table, heard, start } = await world(async () => {});
    const pump = start();
    for (const n of upTo(230)) await write(table, n);
    await pump.drained();
    await pump.stop();
    expect(heard).toEqual(upTo(230));
  });

  test("keeps the order of each subject, while one that takes long holds up no other", async () => {
    const seen: string[] = [];
    let go = () => {};
    const other = new Promise<void>((done) => {
      go = done;
    });
    const { table, start } = await world(async ({ subject, data }) => {
      if (subject === "cmp_one" && data.n === 0) await other;
      seen.push(`${subject} ${data.n}`);
      if (subject === "cmp_two" && data.n === 2) go();
    });
    for (const n of upTo(3))
      for (const subject of ["cmp_one", "cmp_two"])
        await commit(scopeOf(table), [happened(scopeOf(table), "thing.done", subject, { n })], { answer: null });
    const pump = start();
    await pump.drained();
    await pump.stop();
    const of = (subject: string) => seen.filter((one) => one.startsWith(subject));
    expect([of("cmp_one"), of("cmp_two")].map((all) => all.map((one) => one.at(-1)))).toEqual([
      ["0", "1", "2"],
      ["0", "1", "2"],
    ]);
    expect(seen[0]).toBe("cmp_two 0");
  });

  test("hears an event as it was written, with empty lists, maps and texts wherever they lie", async () => {
    const told = { n: 1, map: {}, list: [], text: "", deep: { map: {}, list: [{}, [], { map: {} }] } };
    const seen: unknown[] = [];
    const { table, start } = await world(async ({ data }) => void seen.push(data));
    const pump = start();
    const scope = scopeOf(table);
    await commit(scope, [happened(scope, "thing.done", "cmp_one", told)], { answer: null });
    await pump.drained();
    await pump.stop();
    expect(seen).toEqual([told]);
  });

  test("hears at once when nudged, however long it rests between two looks", async () => {
    let hear = () => {};
    const heardOne = new Promise<void>((done) => {
      hear = done;
    });
    const { table, start } = await world(async () => hear());
    const pump = start({ idleMs: 3_600_000 });
    await pump.drained();
    await write(table, 1);
    pump.nudge();
    await heardOne;
    await pump.stop();
  });

  test("loses nothing between two lives: what was written while it was away is heard, in order", async () => {
    const { table, heard, start } = await world(async () => {});
    const first = start();
    for (const n of [1, 2, 3]) await write(table, n);
    await first.drained();
    await first.stop();
    for (const n of [4, 5]) await write(table, n);
    const second = start();
    await second.drained();
    await second.stop();
    expect(heard).toEqual([1, 2, 3, 4, 5]);
  });

  test("hears a batch again whose handling was cut off before its checkpoint", async () => {
    const { table, heard, start, hearing } = await world(async () => {});
    for (const n of [1, 2]) await write(table, n);
    let cut = () => {};
    const reached = new Promise<void>((done) => {
      cut = done;
    });
    const first = start({
      handler: async (batch) => {
        await hearBatch(hearing, batch);
        cut();
        return { batchItemFailures: [{ itemIdentifier: batch.Records[0]?.dynamodb?.SequenceNumber ?? "" }] };
      },
    });
    await reached;
    await first.stop();
    const before = heard.length;
    const second = start();
    await second.drained();
    await second.stop();
    expect(before).toBeGreaterThan(0);
    expect(heard.slice(before)).toEqual([1, 2]);
  });

  test("is taken up from before its last things after a kill: an answer of DynamoDB Local is no proof that its file has it", async () => {
    const { table, heard, start, checkpoints } = await world(async () => {});
    const first = start();
    for (const n of [1, 2]) await write(table, n);
    await first.drained();
    const killed = start({ checkpoints: checkpoints() });
    await killed.drained();
    await Promise.all([first.stop(), killed.stop()]);
    expect(heard).toEqual([1, 2, 1, 2]);
  });

  test("hears a shard from its oldest record when the record of the checkpoint was lost with the machine", async () => {
    const { table, heard, start, source, checkpoints } = await world(async () => {});
    for (const n of [1, 2]) await write(table, n);
    const ahead = checkpoints();
    for (const { id } of await source.shards()) ahead.handled(id, "000000000000000999999");
    ahead.ended();
    const sound = checkpoints();
    await soundCheckpoints(source, sound);
    const pump = start({ checkpoints: sound });
    await pump.drained();
    await pump.stop();
    expect(heard).toEqual([1, 2]);
  });

  test("reads a shard once more after it was closed: records may have come between the last read and its end", async () => {
    const { start, heard } = await world(async () => {});
    const record = (n: number) => ({
      eventName: "INSERT",
      dynamodb: {
        NewImage: { pk: { S: "spc_test#x" }, sk: { S: "-" }, n: { N: String(n) } },
        SequenceNumber: String(n),
      },
    });
    const reads = [
      { records: [record(1)], next: "open" },
      { records: [], next: undefined },
      { records: [record(2)], next: undefined },
      { records: [], next: undefined },
    ];
    const pump = start({
      source: {
        shards: async () => [{ id: "shard", parent: undefined }],
        iterator: async () => "open",
        read: async () => reads.shift() ?? { records: [], next: undefined },
      },
      handler: async (batch) => {
        for (const one of batch.Records) heard.push(Number(one.dynamodb?.SequenceNumber));
        return { batchItemFailures: [] };
      },
    });
    await pump.drained();
    await pump.stop();
    expect(heard).toEqual([1, 2]);
  });

  test("puts a poison event on its space's dead-letter list, hears the rest, and replays it once it can be heard", async () => {
    let healed = false;
    const { table, heard, hearing, start } = await world(async (event) => {
      if (event.data.n === 2 && !healed) throw new Error("cannot be heard");
    });
    const pump = start();
    for (const n of [1, 2, 3]) await write(table, n);
    await pump.drained();
    await pump.stop();
    expect(heard).toEqual([1, 3]);
    const scope = scopeOf(table);
    const [letter] = (await deadLetters(scope)).items;
    expect(letter?.fact.data).toMatchObject({ type: "thing.done", data: { n: 2 } });
    healed = true;
    expect(await replayDeadLetter(hearing, scope, letter?.id ?? "")).toBe(true);
    expect(heard).toEqual([1, 3, 2]);
    expect((await deadLetters(scope)).items).toEqual([]);
  });
});

describe("the queues of rooms beside the pump", () => {
  test("a room that keeps failing holds up no other; its facts are tried to the end and lie on the dead-letter list", async () => {
    const { table, heard, hearing, start } = await world(async () => {});
    const folder = mkdtempSync(join(tmpdir(), "yihao-pump-"));
    folders.push(folder);
    const queues = await startQueues({ folder, accessKeyId: "yihaotest" });
    const client = new SQSClient({
      endpoint: queues.begin,
      region: "local",
      credentials: { accessKeyId: "yihaotest", secretAccessKey: "yihaotest" },
    });
    let tries = 0;
    let healed = false;
    const both: Hearing = {
      ...hearing,
      reactions: [
        onEvent<string, { n: number }>("bad.note", ["thing.done"], async (_scope, { data }) => {
          if (data.n !== 1 || healed) return;
          tries += 1;
          throw new Error("cannot be heard");
        }),
        ...hearing.reactions,
      ],
      park: async ({ room, ...key }) => {
        const QueueUrl = `${queues.begin}${room}`;
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ room, ...key }) }));
      },
    };
    const retry = createRetry(both);
    let held = () => {};
    const rest = new Promise<void>((done) => {
      held = done;
    });
    queues.deliver(() => async (batch) => {
      // The queue is not even asked before the stream was heard to its end.
      await rest;
      return retry(batch);
    });
    const pump = start({ handler: (batch) => hearBatch(both, batch) });
    for (const n of upTo(5)) await write(table, n);
    await pump.drained();
    expect([heard, tries]).toEqual([upTo(5), 1]);
    held();
    await drainedBoth(pump, queues);
    await pump.stop();
    await queues.stop();
    client.destroy();
    expect(tries).toBe(1 + mostTries);
    const scope = scopeOf(table, { command: "again" });
    const { items } = await deadLetters(scope);
    expect(items.map(({ error, fact }) => [error, (fact.data as { data: { n: number } }).data.n])).toEqual([
      ["Error: cannot be heard", 1],
    ]);
    healed = true;
    expect(await replayDeadLetter(both, scope, items[0]?.id ?? "")).toBe(true);
    expect((await deadLetters(scope)).items).toEqual([]);
  });
});

describe("catching up after the stream forgot", () => {
  test("hears from the table what was written since the pump last caught up, oldest first, and nothing older", async () => {
    const { table, heard, hearing } = await world(async () => {});
    await write(table, 1, "2026-11-20T02:00:00.000Z");
    await write(table, 3, "2026-11-22T05:00:00.000Z");
    await write(table, 2, "2026-11-22T04:00:00.000Z");
    const count = await catchUp(table, hearing.reactions, "2026-11-22T03:00:00.000Z", {
      handler: (batch) => hearBatch(hearing, batch),
      bury: async () => {},
      wait: async () => {},
      stopped: () => false,
    });
    expect(count).toBe(2);
    expect(heard).toEqual([2, 3]);
  });

  test("is needed when more than 20 of the stream's 24 hours have passed", () => {
    expect(mayHaveMissed("2026-11-22T03:00:00.000Z", "2026-11-22T22:59:00.000Z")).toBe(false);
    expect(mayHaveMissed("2026-11-22T03:00:00.000Z", "2026-11-22T23:01:00.000Z")).toBe(true);
  });
});
