import type { AttributeValue, TransactWriteItem } from "@aws-sdk/client-dynamodb";

const bytesOf = (text: string) => Buffer.byteLength(text, "utf8");

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return bytesOf(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.M !== undefined) return 3 + itemBytes(value.M) + Object.keys(value.M).length;
  if (value.L !== undefined) return 3 + value.L.reduce((sum, one) => sum + 1 + valueBytes(one), 0);
  if (value.SS !== undefined) return value.SS.reduce((sum, one) => sum + bytesOf(one), 0);
  if (value.B !== undefined) return value.B.length;
  return 1;
}

/** The size of an item by DynamoDB's rule (Developer Guide, "DynamoDB item sizes and formats"): names and values in UTF-8. */
export function itemBytes(item: Record<string, AttributeValue>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + bytesOf(name) + valueBytes(value), 0);
}

/**
 * Write units of a transaction by AWS's rule: two per started kilobyte of every item in it. DynamoDB Local reports one per kilobyte
 * of the sum instead, so what is counted is the larger of the two. An update's item is not seen here and counts as under 1 kB.
 */
export function transactionUnits(items: readonly TransactWriteItem[]): number {
  return items.reduce(
    (sum, item) => sum + 2 * Math.max(1, Math.ceil(item.Put?.Item ? itemBytes(item.Put.Item) / 1024 : 0)),
    0,
  );
}
