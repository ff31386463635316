import type { StreamRecord } from "@yihao/table/stream";
import { expect, test } from "vitest";
import { beside } from "./beside.ts";

const record = (SequenceNumber: string, k: string, eventName = "INSERT"): StreamRecord => ({
  eventName,
  dynamodb: { SequenceNumber, NewImage: { k: { S: k } } },
});

test("what takes long hears its own kind beside the stream's function, which waits for none of it; a record under way is not given twice", async () => {
  const [first, second, told]: string[][] = [[], [], []];
  let release: () => void = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  const both = beside(
    async ({ Records }) => {
      first?.push(...Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? ""));
      return { batchItemFailures: [{ itemIdentifier: "2" }] };
    },
    async ({ Records }) => {
      second?.push(...Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? ""));
      await held;
      throw new Error("no way out");
    },
    "hook-try",
    (message) => told?.push(message),
  );
  const batch = { Records: [record("1", "evt"), record("2", "hook-try"), record("3", "hook-try", "MODIFY")] };
  expect(await both.handler(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: "2" }] });
  await both.handler(batch);
  expect([first, second]).toEqual([["1", "2", "3", "1", "2", "3"], ["2"]]);
  release();
  await both.idle();
  expect(told).toEqual(["hooks: Error: no way out"]);
});
