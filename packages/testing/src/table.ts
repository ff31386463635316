import { newId, type PersonId, type SpaceId } from "@yihao/kernel/ids";
import type { Actor, Command, PlatformScope, Scope } from "@yihao/kernel/scope";
import { Table, type TableOptions } from "@yihao/table/client";
import { inject } from "vitest";
import "./global-dynamo.ts";

/** Credentials of the shared DynamoDB Local of a test run. */
export const testCredentials = { accessKeyId: "yihaotest", secretAccessKey: "yihaotest" };

/** A fresh, empty table on the run's DynamoDB Local. */
export async function freshTable(options: Partial<TableOptions> = {}): Promise<Table> {
  const table = new Table({
    name: `t-${newId("tst")}`,
    config: { endpoint: inject("dynamo"), region: "local", credentials: testCredentials },
    ...options,
  });
  await table.create();
  return table;
}

/** The same table through other options, e.g. a fault layer. */
export function sameTable(table: Table, options: Partial<TableOptions>): Table {
  return new Table({
    name: table.name,
    config: { endpoint: inject("dynamo"), region: "local", credentials: testCredentials },
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
