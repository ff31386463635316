import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import { Refused } from "@yihao/kernel/outcome";
import { type Page, pageSize } from "@yihao/kernel/paging";
import type { AnyScope } from "@yihao/kernel/scope";
import { tableOf } from "./client.ts";
import { itemAt, itemsAt, type Raw } from "./items.ts";
import type { Key, Partition } from "./key.ts";
import { decode, type Kind, type Stored } from "./kind.ts";

export type { Raw };

/** Reads one item, strongly consistent unless told otherwise. Several that a request asks for at one moment are read in one call. */
export async function get<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  key: Key,
  options: { consistent?: boolean } = {},
): Promise<Stored<Data> | undefined> {
  const raw = await itemAt(scope, key, options.consistent ?? true);
  return raw && decode(kind, raw);
}

/** Reads many items of one kind in chunks of 100, in the order of their keys; what is missing is undefined. */
export async function getMany<Data>(
  scope: AnyScope,
  kind: Kind<Data>,
  keys: readonly Key[],
  options: { consistent?: boolean } = {},
): Promise<(Stored<Data> | undefined)[]> {
  const at = await itemsAt(scope, keys, options.consistent ?? false);
  return keys.map((key) => {
    const raw = at(key);
    return raw && decode(kind, raw);
  });
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

/** Which sort keys a range means. A prefix is asked for as what lies between it and the highest key that begins so: `begins_with` says the same, but DynamoDB Local reads the whole partition for it. */
function condition({ prefix = "", from = "", until = above }: Range): { text: string; values: Raw } {
  if (prefix === "" && from === "" && until === above) return { text: "", values: {} };
  // BETWEEN includes both ends: items equal to `until` are dropped after reading. A key condition takes no empty text.
  return {
    text: " AND sk BETWEEN :from AND :until",
    values: { ":from": prefix + from || " ", ":until": prefix + until },
  };
}

/** A cursor of the same list under another range begins outside of it: that is the caller's to mend, not a fault of ours. */
function outside(error: unknown): never {
  if (error instanceof Error && error.name === "ValidationException" && /starting key/i.test(error.message))
    throw new Refused("cursor.invalid");
  throw error;
}

/** Items of a partition with their sort keys, one page; items of several kinds are told apart by `decodeAny`. */
export async function queryRaw(scope: AnyScope, pk: Partition, range: Range = {}): Promise<Page<Raw>> {
  const table = tableOf(scope);
  const { text, values } = condition(range);
  const limit = range.limit ?? pageSize;
  const items: Raw[] = [];
  let start: Raw | undefined = range.cursor === undefined ? undefined : { pk, sk: openCursor(pk, range.cursor) };
  do {
    const asked = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: `pk = :pk${text}`,
      ExpressionAttributeValues: marshall({ ":pk": pk, ...values }),
      ConsistentRead: range.consistent ?? false,
      ScanIndexForward: !range.newest,
      ReturnConsumedCapacity: "TOTAL",
      ...(limit === Number.POSITIVE_INFINITY ? {} : { Limit: limit - items.length }),
      ...(start ? { ExclusiveStartKey: marshall(start) } : {}),
    });
    const answer: QueryCommandOutput = await table.send<QueryCommandOutput>(scope.meter, asked).catch(outside);
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
