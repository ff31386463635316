import { deadLetters, roomOf } from "@yihao/table/stream";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { describe, expect, it } from "vitest";
import { frontHeader } from "../infra/edge.ts";
import { reactingRooms } from "../infra/functions.ts";
import { createFront, frontSecrets } from "./front.ts";
import { createPoison } from "./poison.ts";
import { reactions } from "./reactions.ts";
import { createRetry } from "./retry.ts";

describe("the authorizer of the front", () => {
  const [now, former] = ["n".repeat(32), "f".repeat(32)];
  const front = createFront(frontSecrets(`${now}, ${former}`));
  const answer = async (shown?: string) => (await front({ headers: { [frontHeader]: shown } })).isAuthorized;

  it("lets in what shows the secret or, while it is changed, the former one, and nothing else", async () => {
    expect([await answer(now), await answer(former)]).toEqual([true, true]);
    expect([await answer(), await answer(""), await answer(`${now}x`), await answer(`${now}, ${former}`)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it("does not start with a secret that can be guessed", () => {
    expect(() => frontSecrets("short")).toThrow("32 characters");
    expect(() => frontSecrets(`${now},`)).toThrow("32 characters");
  });
});

describe("the queues of rooms", () => {
  it("are there for exactly the rooms that react", () => {
    expect([...new Set(reactions.map(roomOf))].toSorted()).toEqual([...reactingRooms].toSorted());
  });

  it("give a message again that their room could not take, and no other", async () => {
    const table = await freshTable();
    const retry = createRetry({ table, reactions: [], now: () => "2026-11-23T02:42:00.000Z" });
    const message = (messageId: string, body: string) => ({
      messageId,
      body,
      attributes: { ApproximateReceiveCount: "1" },
    });
    const gone = JSON.stringify({ room: "billing", pk: "spc_gone#log", sk: "evt_1" });
    expect(await retry({ Records: [message("1", gone), message("2", "no message of ours")] })).toEqual({
      batchItemFailures: [{ itemIdentifier: "2" }],
    });
    table.close();
  });
});

describe("a batch that was given up", () => {
  const image = {
    pk: { S: "spc_test#log#bok_1" },
    sk: { S: "t#evt_1" },
    k: { S: "evt" },
    v: { N: "1" },
    id: { S: "evt_1" },
    type: { S: "booking.made" },
  };
  const records = [{ eventName: "INSERT", dynamodb: { NewImage: image, SequenceNumber: "1" } }];
  const arrival = { Records: [{ s3: { bucket: { name: "poison" }, object: { key: "aws/lambda/a+b%3A1.json" } } }] };

  it("goes whole on the dead-letter list of its space, once, whether the bucket holds it as text or as it is", async () => {
    const table = await freshTable();
    const asked: string[] = [];
    for (const payload of [JSON.stringify({ Records: records }), { Records: records }]) {
      const read = async (_bucket: string, key: string) => {
        asked.push(key);
        return JSON.stringify({ requestContext: { condition: "RetryAttemptsExhausted" }, payload });
      };
      const poison = createPoison({ read, hearing: { table, reactions: [], now: () => "2026-11-23T02:42:00.000Z" } });
      expect(await poison(arrival)).toEqual({ buried: 1 });
    }
    const { items } = await deadLetters(scopeOf(table));
    expect(items.map(({ id, error, fact }) => [id, error, (fact.data as { type: string }).type])).toEqual([
      ["evt_1", "Error: RetryAttemptsExhausted", "booking.made"],
    ]);
    expect(asked).toEqual(["aws/lambda/a b:1.json", "aws/lambda/a b:1.json"]);
    table.close();
  });

  it("fails loudly when there is nothing in it, so that it comes to the dead-letter queue", async () => {
    const table = await freshTable();
    const poison = createPoison({ read: async () => "{}", hearing: { table, reactions: [], now: () => "" } });
    await expect(poison(arrival)).rejects.toThrow("holds no records");
    table.close();
  });
});
