import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  GetItemCommand,
  type GetItemCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { Refused } from "@yihao/kernel/outcome";
import type { AnyScope, Meter } from "@yihao/kernel/scope";
import { tableOf } from "./client.ts";
import type { Key } from "./key.ts";

export type Raw = Record<string, unknown>;

const named = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }) => `${pk}\n${sk}`;
const mostKeys = 100;
const mostRounds = 10;

/** How many calls of one reading are under way at a time. */
const callsAtOnce = 4;

/** Raw items by their keys, in calls of 100, four at a time; keys that DynamoDB leaves out for now are asked for again after a random wait. */
export async function itemsAt(
  scope: AnyScope,
  keys: readonly Key[],
  consistent: boolean,
): Promise<(key: Key) => Raw | undefined> {
  const found = new Map<string, Raw>();
  const wanted = [...new Map(keys.map((key) => [named(key), key])).values()];
  const chunks = Array.from({ length: Math.ceil(wanted.length / mostKeys) }, (_, index) =>
    wanted.slice(index * mostKeys, (index + 1) * mostKeys),
  );
  const take = async (): Promise<void> => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift())
      for (const raw of await batchAt(scope, chunk, consistent)) found.set(named(raw), raw);
  };
  await Promise.all(Array.from({ length: Math.min(callsAtOnce, chunks.length) }, take));
  return (key) => found.get(named(key));
}

/** What is there of up to 100 keys. */
async function batchAt(scope: AnyScope, keys: readonly Key[], consistent: boolean): Promise<Raw[]> {
  const table = tableOf(scope);
  const found: Raw[] = [];
  let wanted: Record<string, AttributeValue>[] = keys.map((key) => marshall(key));
  for (let round = 0; wanted.length > 0; round += 1) {
    if (round === mostRounds) throw new Refused("busy");
    if (round > 0) await table.rest(10 * 2 ** round);
    const answer = await table.send<BatchGetItemCommandOutput>(
      scope.meter,
      new BatchGetItemCommand({
        RequestItems: { [table.name]: { Keys: wanted, ConsistentRead: consistent } },
        ReturnConsumedCapacity: "TOTAL",
      }),
    );
    for (const item of answer.Responses?.[table.name] ?? []) found.push(unmarshall(item));
    wanted = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return found;
}

type Wish = {
  readonly scope: AnyScope;
  readonly key: Key;
  readonly consistent: boolean;
  readonly done: (raw: Raw | undefined) => void;
  readonly failed: (error: unknown) => void;
};

/** What a request has asked for in this very moment and what is sent when the moment is over. */
const asked = new WeakMap<Meter, Wish[]>();

/**
 * One raw item. Items that one request asks for at the same moment, as under one `Promise.all`, go in one call: the units are
 * the same, the calls fewer.
 */
export function itemAt(scope: AnyScope, key: Key, consistent: boolean): Promise<Raw | undefined> {
  return new Promise((done, failed) => {
    const wish: Wish = { scope, key, consistent, done, failed };
    const waiting = asked.get(scope.meter);
    if (waiting) return void waiting.push(wish);
    asked.set(scope.meter, [wish]);
    queueMicrotask(() => {
      const wishes = asked.get(scope.meter) ?? [];
      asked.delete(scope.meter);
      const alike = Map.groupBy(wishes, (one) => `${one.consistent} ${one.scope.table.name}`);
      for (const group of alike.values()) void answer(group);
    });
  });
}

async function answer(wishes: readonly Wish[]): Promise<void> {
  const [{ scope, key, consistent }] = wishes as readonly [Wish, ...Wish[]];
  try {
    if (wishes.length === 1) return wishes[0]?.done(await oneItem(scope, key, consistent));
    const keys = wishes.map((wish) => wish.key);
    const at = await itemsAt(scope, keys, consistent);
    for (const wish of wishes) wish.done(at(wish.key));
  } catch (error) {
    for (const wish of wishes) wish.failed(error);
  }
}

async function oneItem(scope: AnyScope, key: Key, consistent: boolean): Promise<Raw | undefined> {
  const table = tableOf(scope);
  const answer = await table.send<GetItemCommandOutput>(
    scope.meter,
    new GetItemCommand({
      TableName: table.name,
      Key: marshall(key),
      ConsistentRead: consistent,
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  return answer.Item && unmarshall(answer.Item);
}
