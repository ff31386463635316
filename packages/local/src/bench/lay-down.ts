import { hash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { type PlainItem, valuesOf } from "@yihao/table/dump";
import type { Write } from "@yihao/table/write";
import { tableNames } from "../cloud.ts";

/** DynamoDB Local orders a scan by this hash of a key. */
const salt = "LocalDdb";
const hashed = (text: string) => hash("sha1", `${salt}${text}`, "buffer");

type Value = PlainItem[string];

const bytes = (text: string) => Buffer.byteLength(text);
/** Bytes of an attribute's value by DynamoDB's rule, for the kinds of values that this product writes. */
function sizeOf(value: Value): number {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/\D/g, "").length / 2) + 1;
  if (value.L) return 3 + value.L.reduce((sum, one) => sum + 1 + sizeOf(one), 0);
  if (value.M) return 3 + Object.entries(value.M).reduce((sum, [name, one]) => sum + 1 + bytes(name) + sizeOf(one), 0);
  return 1;
}

/** A value as DynamoDB writes it: the SDK's own way is a third of all time here. */
function plain(value: unknown): Value {
  if (typeof value === "string") return { S: value };
  if (typeof value === "number") return { N: String(value) };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.map(plain) };
  return { M: plainItem(value as object) };
}

function plainItem(item: object): PlainItem {
  const all: PlainItem = {};
  for (const [name, value] of Object.entries(item)) if (value !== undefined) all[name] = plain(value);
  return all;
}

/** What an item is after a write that nothing speaks against. */
function after(write: Write, before: PlainItem | undefined): PlainItem {
  if (write.do === "put") {
    const { data, key, kind, rev, ttl } = write;
    return plainItem({ ...data, ...key, k: kind.name, v: kind.version, rev, ttl });
  }
  if (write.do !== "update") throw new Error(`a ${write.do} is not laid down`);
  const { key, kind, set, add = {} } = write;
  const own = kind ? { k: kind.name, v: kind.version } : {};
  const item = { ...plainItem(own), ...before, ...plainItem({ ...set, ...key }) };
  for (const [name, by] of Object.entries(add)) item[name] = plain(Number(before?.[name]?.N ?? 0) + by);
  return item;
}

/**
 * Carries out puts and updates straight in the file of a DynamoDB Local that does not run, as it would have: tens of thousands a second, where its own door takes hundreds. Conditions are not looked at, and no
 * stream tells of it: whoever lays something down also writes what would have been heard. Gives how many it wrote.
 */
export function layDown(file: string, writes: Iterable<Write>): number {
  const db = new DatabaseSync(file);
  try {
    // Nobody else has the file, and a fill that dies is a bench that failed: no journal. The index of hashes is sorted once at the end, and not kept up row by row.
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000");
    const table = `"${tableNames.main}"`;
    const index = `"${tableNames.main}*HVI"`;
    db.exec(`DROP INDEX ${index}`);
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
      const before = found && (JSON.parse(text.decode(found.json as Uint8Array)) as PlainItem);
      const item = after(write, before);
      const size = Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + sizeOf(value), 0);
      put.run(pk, sk, hashed(write.key.pk), hashed(write.key.sk), size, Buffer.from(JSON.stringify(item)));
      count += 1;
    }
    db.exec(`COMMIT; CREATE INDEX ${index} ON ${table} (hashValue)`);
    return count;
  } finally {
    db.close();
  }
}

/** All items of the file of a DynamoDB Local that does not run: a million and more in a minute, which its own door would need half an hour for. */
export function takeUp(file: string): Record<string, unknown>[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const text = new TextDecoder();
    const items: Record<string, unknown>[] = [];
    for (const { json } of db.prepare(`SELECT ObjectJSON AS json FROM "${tableNames.main}"`).iterate())
      items.push(valuesOf(JSON.parse(text.decode(json as Uint8Array)) as PlainItem));
    return items;
  } finally {
    db.close();
  }
}
