import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Table } from "@yihao/table/client";
import { scanAll } from "@yihao/table/dump";

/** Every item of a table as plain values, keys and kinds included: what the checks of the whole table read. */
export async function allItems(table: Table): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for await (const page of scanAll(table)) items.push(...page.map((item) => unmarshall(item)));
  return items;
}
