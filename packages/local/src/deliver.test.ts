import type { BatchAnswer, StreamRecord } from "@yihao/table/stream";
import { describe, expect, test } from "vitest";
import { deliver, mostRetries, type StreamHandler, sequenceOf } from "./deliver.ts";

const records = (...names: string[]): StreamRecord[] =>
  names.map((name) => ({ eventName: "INSERT", dynamodb: { SequenceNumber: name } }));
const failing = (name: string): BatchAnswer => ({ batchItemFailures: [{ itemIdentifier: name }] });

async function run(given: StreamRecord[], handler: StreamHandler, stopped = () => false) {
  const heard: string[][] = [];
  const buried: string[] = [];
  const handled: string[] = [];
  const waits: number[] = [];
  const all = await deliver(given, {
    handler: async (batch) => {
      heard.push(batch.Records.map(sequenceOf));
      return handler(batch);
    },
    bury: async (record) => void buried.push(sequenceOf(record)),
    handled: (sequence) => void handled.push(sequence),
    wait: async (ms) => void waits.push(ms),
    stopped,
  });
  return { all, heard, buried, handled, waits };
}

describe("delivery of a batch", () => {
  test("goes on from the record that failed and does not hear those before it again", async () => {
    let failed = false;
    const seen = await run(records("1", "2", "3"), async () => {
      if (failed) return { batchItemFailures: [] };
      failed = true;
      return failing("2");
    });
    expect(seen.heard).toEqual([
      ["1", "2", "3"],
      ["2", "3"],
    ]);
    expect(seen.handled).toEqual(["1", "3"]);
    expect(seen.buried).toEqual([]);
  });

  test("buries a record after five retries, each later than the last, and hears the rest", async () => {
    const seen = await run(records("1", "bad", "3"), async (batch) =>
      batch.Records.some((one) => sequenceOf(one) === "bad") ? failing("bad") : { batchItemFailures: [] },
    );
    expect(seen.buried).toEqual(["bad"]);
    expect(seen.handled).toEqual(["1", "bad", "3"]);
    expect(seen.waits).toHaveLength(mostRetries);
    expect(seen.waits).toEqual([...seen.waits].sort((one, other) => one - other));
    expect(seen.all).toBe(true);
  });

  test("finds the record to blame when the function throws as a whole", async () => {
    const seen = await run(records("1", "2", "bad", "4"), async (batch) => {
      if (batch.Records.some((one) => sequenceOf(one) === "bad")) throw new Error("out of memory");
      return { batchItemFailures: [] };
    });
    expect(seen.buried).toEqual(["bad"]);
    expect(seen.handled.at(-1)).toBe("4");
  });

  test("passes nothing on when it is stopped while a record fails", async () => {
    let tries = 0;
    const seen = await run(
      records("1", "2"),
      async () => {
        tries += 1;
        return failing("1");
      },
      () => tries > 2,
    );
    expect(seen).toMatchObject({ all: false, handled: [], buried: [] });
  });
});
