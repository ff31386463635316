import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Write } from "@yihao/table/write";
import { tableNames } from "../cloud.ts";

/** How many writes go to the file in one transaction of SQLite. */
const together = 20_000;

/** DynamoDB Local orders a scan by this hash of a key. */
const salt = "LocalDdb";
const hashed = (text: string) => createHash("sha1").update(salt).update(text).digest();

type Plain = Record<string, AttributeValue>;

const bytes = (text: string) => Buffer.byteLength(text);
/** Bytes of an attribute's value by DynamoDB's rule, for the kinds of values that this product writes. */
function sizeOf(value: AttributeValue): number {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, "").length / 2) + 1;
  if (value.L) return 3 + value.L.reduce((sum, one) => sum + 1 + sizeOf(one), 0);
  if (value.M) return 3 + Object.entries(value.M).reduce((sum, [name, one]) => sum + 1 + bytes(name) + sizeOf(one), 0);
  return 1;
}

/** What an item is after a write that nothing speaks against. */
function after(write: Write, before: Record<string, unknown> | undefined): Record<string, unknown> {
  if (write.do === "put")
    return { ...write.data, ...write.key, k: write.kind.name, v: write.kind.version, rev: write.rev, ttl: write.ttl };
  if (write.do !== "update") throw new Error(`a ${write.do} is not laid down`);
  const { kind, set, add = {} } = write;
  const item = { ...(kind ? { k: kind.name, v: kind.version } : {}), ...before, ...set, ...write.key };
  for (const [name, by] of Object.entries(add)) Object.assign(item, { [name]: Number(before?.[name] ?? 0) + by });
  return item;
}

/**
 * Carries out puts and updates straight in the file of a DynamoDB Local that does not run, as it would have: tens of thousands a second, where its own door takes hundreds. Conditions are not looked at, and no
 * stream tells of it: whoever lays something down also writes what would have been heard. Gives how many it wrote.
 */
export function layDown(file: string, writes: Iterable<Write>): number {
  const db = new DatabaseSync(file);
  try {
    db.exec("PRAGMA synchronous = OFF");
    const table = `"${tableNames.main}"`;
    const find = db.prepare(`SELECT ObjectJSON AS json FROM ${table} WHERE hashKey = ? AND rangeKey = ?`);
    const put = db.prepare(
      `INSERT OR REPLACE INTO ${table} (hashKey, rangeKey, hashValue, rangeValue, itemSize, ObjectJSON) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    const text = new TextDecoder();
    let count = 0;
    db.exec("BEGIN IMMEDIATE");
    for (const write of writes) {
      const [pk, sk] = [Buffer.from(write.key.pk), Buffer.from(write.key.sk)];
      const found = write.do === "update" ? find.get(pk, sk) : undefined;
      const before = found && unmarshall(JSON.parse(text.decode(found.json as Uint8Array)) as Plain);
      const item = marshall(after(write, before), { removeUndefinedValues: true });
      const size = Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + sizeOf(value), 0);
      put.run(pk, sk, hashed(write.key.pk), hashed(write.key.sk), size, Buffer.from(JSON.stringify(item)));
      count += 1;
      if (count % together === 0) db.exec("COMMIT; BEGIN IMMEDIATE");
    }
    db.exec("COMMIT");
    return count;
  } finally {
    db.close();
  }
}
