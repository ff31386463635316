import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  GetItemCommand,
  type GetItemCommandOutput,
  QueryCommand,
  type QueryCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { Refused } from "@yihao/kernel/outcome";
import { type Page, pageSize } from "@yihao/kernel/paging";
import type { AnyScope } from "@yihao/kernel/scope";
import { tableOf } from "./client.ts";
import type { Key, Partition } from "./key.ts";
import { decode, type Kind, type Stored } from "./kind.ts";

export type Raw = Record<string, unknown>;

/** Reads one item, strongly consistent unless told otherwise. */
export async function get<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  key: Key,
  options: { consistent?: boolean } = {},
): Promise<Stored<Data> | undefined> {
  const table = tableOf(scope);
  const answer = await table.send<GetItemCommandOutput>(
    scope.meter,
    new GetItemCommand({
      TableName: table.name,
      Key: marshall(key),
      ConsistentRead: options.consistent ?? true,
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  return answer.Item ? decode(kind, unmarshall(answer.Item)) : undefined;
}

/** Reads many items of one kind in chunks of 100, in the order of their keys; what is missing is undefined. */
export async function getMany<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  keys: readonly Key[],
  options: { consistent?: boolean } = {},
): Promise<(Stored<Data> | undefined)[]> {
  const table = tableOf(scope);
  const found = new Map<string, Stored<Data>>();
  const wanted = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  for (let start = 0; start < wanted.length; start += 100) {
    let chunk: Record<string, AttributeValue>[] = wanted.slice(start, start + 100).map((key) => marshall(key));
    while (chunk.length > 0) {
      const answer: BatchGetItemCommandOutput = await table.send(
        scope.meter,
        new BatchGetItemCommand({
          RequestItems: { [table.name]: { Keys: chunk, ConsistentRead: options.consistent ?? false } },
          ReturnConsumedCapacity: "TOTAL",
        }),
      );
      for (const item of answer.Responses?.[table.name] ?? []) {
        const raw = unmarshall(item);
        found.set(`${raw.pk}\n${raw.sk}`, decode(kind, raw));
      }
      chunk = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return keys.map((key) => found.get(`${key.pk}\n${key.sk}`));
}

export type Range = {
  /** Only sort keys that begin so. */
  readonly prefix?: string;
  /** Only sort keys from here (included) … */
  readonly from?: string;
  /** … until here (excluded). */
  readonly until?: string;
  /** Highest sort key first. */
  readonly newest?: boolean;
  readonly limit?: number;
  readonly cursor?: string | undefined;
  readonly consistent?: boolean;
};

const above = "\u{10ffff}";

function condition(range: Range): { text: string; values: Raw } {
  if (range.prefix !== undefined && range.from === undefined && range.until === undefined)
    return { text: " AND begins_with(sk, :prefix)", values: { ":prefix": range.prefix } };
  const prefix = range.prefix ?? "";
  if (range.from !== undefined || range.until !== undefined) {
    // BETWEEN includes both ends: items equal to `until` are dropped after reading.
    return {
      text: " AND sk BETWEEN :from AND :until",
      values: { ":from": prefix + (range.from ?? " "), ":until": prefix + (range.until ?? above) },
    };
  }
  return { text: "", values: {} };
}

/** Items of a partition with their sort keys, one page; items of several kinds are told apart by `decodeAny`. */
export async function queryRaw(scope: AnyScope, pk: Partition, range: Range = {}): Promise<Page<Raw>> {
  const table = tableOf(scope);
  const { text, values } = condition(range);
  const limit = range.limit ?? pageSize;
  const items: Raw[] = [];
  let start: Raw | undefined = range.cursor === undefined ? undefined : { pk, sk: openCursor(pk, range.cursor) };
  do {
    const answer: QueryCommandOutput = await table.send(
      scope.meter,
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: `pk = :pk${text}`,
        ExpressionAttributeValues: marshall({ ":pk": pk, ...values }),
        ConsistentRead: range.consistent ?? false,
        ScanIndexForward: !range.newest,
        ReturnConsumedCapacity: "TOTAL",
        ...(limit === Number.POSITIVE_INFINITY ? {} : { Limit: limit - items.length }),
        ...(start ? { ExclusiveStartKey: marshall(start) } : {}),
      }),
    );
    for (const item of answer.Items ?? []) {
      const raw = unmarshall(item);
      if (range.until === undefined || raw.sk !== (range.prefix ?? "") + range.until) items.push(raw);
    }
    start = answer.LastEvaluatedKey ? unmarshall(answer.LastEvaluatedKey) : undefined;
  } while (start && items.length < limit);
  const last = items.at(-1);
  return { items, next: start && last ? sealCursor(pk, String(last.sk)) : null };
}

/** One page of items of one kind in a partition. */
export async function query<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  pk: Partition,
  range: Range = {},
): Promise<Page<Stored<Data>>> {
  const page = await queryRaw(scope, pk, range);
  return { items: page.items.map((raw) => decode(kind, raw)), next: page.next };
}

/** Every item of one kind in a range of a partition. For ranges that are known to be small. */
export async function queryAll<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  pk: Partition,
  range: Omit<Range, "limit" | "cursor"> = {},
): Promise<Stored<Data>[]> {
  return (await query(scope, kind, pk, { ...range, limit: Number.POSITIVE_INFINITY })).items;
}

/** A cursor holds the sort key and a check of its partition: it opens nothing but the list it came from. */
export function sealCursor(pk: Partition, sk: string): string {
  return Buffer.from(JSON.stringify([check(pk), sk])).toString("base64url");
}

function openCursor(pk: Partition, cursor: string): string {
  try {
    const [sum, sk] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as [unknown, unknown];
    if (sum === check(pk) && typeof sk === "string" && sk.length > 0 && sk.length <= 1024) return sk;
  } catch {
    // falls through: an unreadable cursor is refused like a foreign one
  }
  throw new Refused("cursor.invalid");
}

function check(pk: string): number {
  let sum = 5381;
  for (let index = 0; index < pk.length; index += 1) sum = ((sum * 33) ^ pk.charCodeAt(index)) >>> 0;
  return sum;
}
