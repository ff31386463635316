import { newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import type { Actor, Command, PlatformScope, Scope } from "@yihao/kernel/scope";
import { Table, type TableOptions } from "@yihao/table/client";
import { inject } from "vitest";
import "./global-dynamo.ts";

/**
 * The credentials under which a test's table is reached. DynamoDB Local keeps one database per access key, and in one
 * database every call reads through the stream records of every table: a key each keeps a long run as fast as a short one.
 */
export function credentialsOf(tableName: string) {
  const key = tableName.replaceAll(/[^a-zA-Z0-9]/g, "");
  return { accessKeyId: key, secretAccessKey: key };
}

/** The worker's DynamoDB Local as long as a file runs, and how many databases were made on it. */
let endpoint: string | undefined;
let databases = 0;

/** Called before each file: its first table may come on another DynamoDB Local. */
export function betweenFiles(): void {
  endpoint = undefined;
}

/** Where the DynamoDB Local of the tables of this file is reached; a table comes first. */
export function dynamoEndpoint(): string {
  if (endpoint === undefined) throw new Error("no table was made yet");
  return endpoint;
}

let before: string | undefined;
async function findDynamo(): Promise<void> {
  const answer = await fetch(`${inject("dynamos")}/${process.env.VITEST_POOL_ID}/${databases}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  if (text !== before) databases = 0;
  before = endpoint = text;
}

/** A fresh, empty table on the worker's DynamoDB Local. Tests happen at instants of their own, so nothing leaves it by the machine's clock. */
export async function freshTable(options: Partial<TableOptions> = {}): Promise<Table> {
  if (endpoint === undefined) await findDynamo();
  databases += 1;
  const name = `t-${newId("tst")}`;
  const table = testTable(name, options);
  await table.create();
  return table;
}

/** The same table through other options, e.g. a fault layer. */
export function sameTable(table: Table, options: Partial<TableOptions>): Table {
  return testTable(table.name, options);
}

function testTable(name: string, options: Partial<TableOptions>): Table {
  return new Table({
    name,
    config: { endpoint: dynamoEndpoint(), region: "local", credentials: credentialsOf(name) },
    ...options,
  });
}

export type ScopeWish = { actor?: Actor; now?: string; space?: SpaceId; command?: Command | string };

/** The instant at which tests happen unless they say otherwise: Monday 2026-11-23, 10:42 in Shanghai. */
export const testNow = "2026-11-23T02:42:00.000Z";

/** A scope of a test: the owner of `spc_test` at the fixed instant, with a fresh command of its own. */
export function scopeOf(table: Table, wish: ScopeWish = {}): Scope {
  const command = typeof wish.command === "string" ? { id: wish.command, print: wish.command } : wish.command;
  return {
    space: wish.space ?? "spc_test",
    actor: wish.actor ?? { kind: "staff", person: "per_owner" as PersonId, roles: ["owner"] },
    now: wish.now ?? testNow,
    command: command ?? { id: newId("cmd"), print: "test" },
    meter: { read: 0, write: 0 },
    table,
  };
}

/** A scope of the platform for tests. */
export function platformOf(table: Table, wish: Omit<ScopeWish, "space"> = {}): PlatformScope {
  return { ...scopeOf(table, wish), space: "platform" };
}
