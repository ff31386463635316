import {
  type AttributeValue,
  ScanCommand,
  type ScanCommandOutput,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Meter } from "@yihao/kernel/scope";
import type { Table } from "./client.ts";

/** An item as DynamoDB writes it in JSON, with its attribute types. */
export type PlainItem = Record<string, AttributeValue>;

/** Items of a page of a scan. A page is 1 MB at most anyway, which is about as many; but DynamoDB Local reads all of the table that is left for every page that has no limit of its own. */
const pageItems = 4_000;
const mostItems = 100;
const mostBytes = 3_000_000;

/** Every item of a table across all spaces, page by page, or those after a key: for backups, checks of the whole table and the rebuilding of what was missed. */
export async function* scanAll(
  table: Table,
  meter: Meter = { read: 0, write: 0 },
  after?: PlainItem,
  /** Items a page at most, and at most 1 MB. */
  most = pageItems,
): AsyncGenerator<PlainItem[]> {
  let start = after;
  do {
    const answer: ScanCommandOutput = await table.send(
      meter,
      new ScanCommand({
        TableName: table.name,
        ConsistentRead: true,
        ReturnConsumedCapacity: "TOTAL",
        ...(start ? { ExclusiveStartKey: start } : {}),
        Limit: most,
      }),
    );
    yield answer.Items ?? [];
    start = answer.LastEvaluatedKey;
  } while (start);
}

/** An item without its attribute types. */
export const valuesOf = (item: PlainItem): Record<string, unknown> => unmarshall(item);

/** Puts items as they are, whatever was there before, in as few calls as DynamoDB takes. For restoring a backup only. */
export async function putAll(table: Table, items: AsyncIterable<PlainItem>): Promise<number> {
  let chunk: PlainItem[] = [];
  let bytes = 0;
  let count = 0;
  const flush = async () => {
    if (chunk.length === 0) return;
    const TransactItems = chunk.map((Item) => ({ Put: { TableName: table.name, Item } }));
    await table.send({ read: 0, write: 0 }, new TransactWriteItemsCommand({ TransactItems }));
    count += chunk.length;
    chunk = [];
    bytes = 0;
  };
  for await (const item of items) {
    const size = JSON.stringify(item).length;
    if (chunk.length === mostItems || bytes + size > mostBytes) await flush();
    chunk.push(item);
    bytes += size;
  }
  await flush();
  return count;
}

/** Every item of a table across all spaces as plain values, keys and kinds included: what the checks of the whole table read. */
export async function allItems(table: Table): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of scanAll(table)) items.push(...page.map(valuesOf));
  return items;
}
