import { type AttributeValue, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import type { SpaceId } from "@yihao/kernel/ids";
import type { Meter } from "@yihao/kernel/scope";
import type { Table } from "./client.ts";
import { type PlainItem, putAll, scanAll } from "./dump.ts";

/**
 * Whether an item is a space's: it lies in one of the space's partitions, or the platform keeps it for that space (a timer, a link, a place of one of its people). The `#` behind the id
 * keeps a longer id apart.
 */
export function isOf(space: SpaceId, item: PlainItem): boolean {
  const pk = item.pk?.S ?? "";
  return pk.startsWith(`${space}#`) || (pk.startsWith("platform#") && item.space?.S === space);
}

/** Every item of a space. There is no index of spaces, so the whole table is read: for a space that moves or ends, not for every day. */
export async function* itemsOfSpace(table: Table, space: SpaceId, meter?: Meter): AsyncGenerator<PlainItem> {
  for await (const page of scanAll(table, meter)) for (const item of page) if (isOf(space, item)) yield item;
}

/**
 * Puts the items of a space into a table that has none of it: first what is not a fact, then the facts (kinds that reactions hear), so that whatever hears them finds what it has already done.
 * Throws when an item is not of the space or the table holds any of it.
 */
export async function putSpace(
  table: Table,
  space: SpaceId,
  items: () => AsyncIterable<PlainItem>,
  facts: ReadonlySet<string>,
): Promise<number> {
  for await (const _ of itemsOfSpace(table, space)) throw new Error(`the table holds items of ${space} already`);
  const part = async function* (isFact: boolean) {
    for await (const item of items()) {
      if (!isOf(space, item)) throw new Error(`an item of another space: ${item.pk?.S}`);
      if (facts.has(item.k?.S ?? "") === isFact) yield item;
    }
  };
  return (await putAll(table, part(false))) + (await putAll(table, part(true)));
}

const mostKeys = 100;

/** Deletes every item of a space and looks again until none is left; what came in meanwhile goes too. Gives how many of each kind. */
export async function deleteSpace(table: Table, space: SpaceId): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (;;) {
    let keys: Record<string, AttributeValue>[] = [];
    let found = 0;
    const flush = async () => {
      if (keys.length === 0) return;
      const TransactItems = keys.map((Key) => ({ Delete: { TableName: table.name, Key } }));
      await table.send({ read: 0, write: 0 }, new TransactWriteItemsCommand({ TransactItems }));
      keys = [];
    };
    for await (const item of itemsOfSpace(table, space)) {
      const { pk, sk, k } = item;
      if (!pk || !sk) continue;
      kinds[k?.S ?? ""] = (kinds[k?.S ?? ""] ?? 0) + 1;
      found += 1;
      keys.push({ pk, sk });
      if (keys.length === mostKeys) await flush();
    }
    await flush();
    if (found === 0) return kinds;
  }
}
