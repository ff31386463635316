import { TransactionCanceledException, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Meter } from "@yihao/kernel/scope";
import type { Table } from "./client.ts";
import { type PlainItem, scanAll } from "./dump.ts";
import { decode, kinds } from "./kind.ts";

/** Where a sweep stands: after which item it goes on. Whoever runs it keeps this and hands it in again. */
export type Upgraded = {
  readonly looked: number;
  readonly upgraded: number;
  /** Items that changed while they were looked at: whoever changed them has written the new version, or the next sweep finds them. */
  readonly missed: number;
};

/**
 * Writes every item of an old version as its kind has it now. Items are read as the newest version anyway; the sweep is for the day on which an upgrade is to leave the code. An item is
 * replaced only while it is exactly as it was read, so it may run beside everything else, and what it writes is no new fact. `reached` is told after each page where the sweep stands and what it did since it began, to go on from there after a crash.
 */
export async function upgradeAll(
  table: Table,
  options: {
    readonly from?: PlainItem | undefined;
    readonly reached?: (last: PlainItem, count: Upgraded) => void;
    readonly meter?: Meter;
    /** Items a page at most. */
    readonly most?: number | undefined;
  } = {},
): Promise<Upgraded> {
  const meter = options.meter ?? { read: 0, write: 0 };
  const count = { looked: 0, upgraded: 0, missed: 0 };
  for await (const page of scanAll(table, meter, options.from, options.most)) {
    for (const item of page) {
      count.looked += 1;
      const newer = upgradedOf(item);
      if (!newer) continue;
      if (await replaceWhole(table, meter, item, newer)) count.upgraded += 1;
      else count.missed += 1;
    }
    const last = page.at(-1);
    if (last?.pk && last.sk) options.reached?.({ pk: last.pk, sk: last.sk }, { ...count });
  }
  return count;
}

/** The item in its kind's version; undefined when it has that already or is of no kind that changed. */
function upgradedOf(item: PlainItem): PlainItem | undefined {
  const kind = kinds.get(item.k?.S ?? "");
  if (!kind || Number(item.v?.N) >= kind.version) return undefined;
  const { rev: _, ...data } = decode(kind, unmarshall(item)) as { rev: number };
  const { pk, sk, k, rev, ttl, cmd } = item;
  const own = Object.fromEntries(
    Object.entries({ pk, sk, k, rev, ttl, cmd }).filter(([, value]) => value),
  ) as PlainItem;
  return { ...marshall(data, { removeUndefinedValues: true }), ...own, v: { N: String(kind.version) } };
}

async function replaceWhole(table: Table, meter: Meter, before: PlainItem, after: PlainItem): Promise<boolean> {
  const names = Object.keys(before);
  const Put = {
    TableName: table.name,
    Item: after,
    ConditionExpression: names.map((_, index) => `#n${index} = :v${index}`).join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map((name, index) => [`:v${index}`, before[name]!])),
  };
  try {
    await table.send(meter, new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    return true;
  } catch (error) {
    if (
      error instanceof TransactionCanceledException &&
      error.CancellationReasons?.[0]?.Code === "ConditionalCheckFailed"
    )
      return false;
    throw error;
  }
}
