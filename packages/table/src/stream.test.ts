import { freshTable, scopeOf, testNow } from "@yihao/testing/table";
import { expect, it } from "vitest";
import { commit } from "./commit.ts";
import { allItems } from "./dump.ts";
import { happened } from "./event.ts";
import {
  deadLetters,
  type Hearing,
  hearAgain,
  hearBatch,
  mostTries,
  onEvent,
  type Parked,
  type Reaction,
  replayDeadLetter,
  type StreamRecord,
} from "./stream.ts";

/** A fact of a fresh table as a record of its stream, several times over with `count`. */
async function world(reactions: readonly Reaction[], more: Partial<Hearing> = {}) {
  const table = await freshTable();
  const scope = scopeOf(table);
  await commit(scope, [happened(scope, "thing.done", "cmp_one", { n: 1 })], { answer: null });
  const item = (await allItems(table)).find(({ k }) => k === "evt") ?? {};
  const records = (count: number): StreamRecord[] =>
    Array.from({ length: count }, (_, index) => ({
      eventName: "INSERT",
      dynamodb: {
        NewImage: {
          ...Object.fromEntries(
            Object.entries(item)
              .filter(([, value]) => typeof value === "string")
              .map(([name, value]) => [name, { S: value }]),
          ),
          subject: { S: `cmp_${index}` },
        },
        SequenceNumber: String(index + 1),
      },
    }));
  const parked: Parked[] = [];
  const hearing: Hearing = {
    table,
    now: () => testNow,
    reactions,
    park: async (one) => void parked.push(one),
    ...more,
  };
  return { table, scope, records, parked, hearing, key: { pk: String(item.pk), sk: String(item.sk) } };
}
const hears = (name: string, on: () => Promise<void>) => onEvent(name, ["thing.done"], on);

it("what one room cannot take goes into its own queue, by key alone; every other room has heard it and the stream goes on", async () => {
  const heard: string[] = [];
  const { table, records, parked, hearing, key } = await world([
    hears("bad.first", async () => {
      heard.push("bad.first");
      throw new Error("poison");
    }),
    hears("bad.second", async () => void heard.push("bad.second")),
    hears("good.one", async () => void heard.push("good.one")),
  ]);
  const told: unknown[] = [];
  expect(await hearBatch(hearing, { Records: records(2) }, (error) => told.push(error))).toEqual({
    batchItemFailures: [],
  });
  expect(parked).toEqual([
    { room: "bad", ...key },
    { room: "bad", ...key },
  ]);
  expect(heard.toSorted()).toEqual(["bad.first", "bad.first", "bad.second", "bad.second", "good.one", "good.one"]);
  expect(told.map(String)).toEqual(["Error: poison", "Error: poison"]);
  table.close();
});

it("a room that takes too long is waited for once a batch, and its facts go into its queue", async () => {
  let asked = 0;
  let good = 0;
  const { table, records, parked, hearing } = await world(
    [
      hears("slow.one", async () => {
        asked += 1;
        await new Promise<void>(() => {});
      }),
      hears("good.one", async () => {
        good += 1;
      }),
    ],
    { mostMs: 20 },
  );
  // Eight subjects are heard at once: those have asked it by the time that it is known to be slow.
  expect(await hearBatch(hearing, { Records: records(40) })).toEqual({ batchItemFailures: [] });
  expect([asked, good, parked.length]).toEqual([8, 40, 40]);
  table.close();
});

it("a record is given again by the stream when not even its queue takes it", async () => {
  const { table, records, hearing } = await world([hears("bad.one", () => Promise.reject(new Error("poison")))], {
    park: () => Promise.reject(new Error("no queue")),
  });
  expect(await hearBatch(hearing, { Records: records(1) })).toEqual({ batchItemFailures: [{ itemIdentifier: "1" }] });
  table.close();
});

it("a parked fact is heard again by its room alone, goes on the dead-letter list with why after its last try, and can be replayed from there", async () => {
  let healed = false;
  const heard: string[] = [];
  const { table, scope, hearing, key } = await world([
    hears("bad.one", async () => {
      if (!healed) throw new Error("the rate card is missing");
      heard.push("bad.one");
    }),
    hears("good.one", async () => void heard.push("good.one")),
  ]);
  const fact = { room: "bad", ...key };
  for (let time = 1; time < mostTries; time += 1)
    await expect(hearAgain(hearing, fact, time)).rejects.toThrow("the rate card is missing");
  expect((await deadLetters(scope)).items).toEqual([]);
  await hearAgain(hearing, fact, mostTries);
  const [letter] = (await deadLetters(scope)).items;
  expect(letter).toMatchObject({ error: "Error: the rate card is missing", fact: { data: { type: "thing.done" } } });
  expect(heard).toEqual([]);
  healed = true;
  expect(await replayDeadLetter(hearing, scopeOf(table, { command: "again" }), letter?.id ?? "")).toBe(true);
  expect((await deadLetters(scope)).items).toEqual([]);
  // It is there again when it fails again, also after it once left the list.
  healed = false;
  await hearAgain(hearing, fact, mostTries);
  expect((await deadLetters(scope)).items).toHaveLength(1);
  healed = true;
  await hearAgain(hearing, fact, 1);
  expect(heard).toEqual(["bad.one", "good.one", "bad.one"]);
  await hearAgain(hearing, { ...fact, sk: "of a space that was erased" }, 1);
  table.close();
});
