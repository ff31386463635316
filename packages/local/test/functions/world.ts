import type { SpaceId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { Table } from "@yihao/table/client";

const { YIHAO_TABLE = "", YIHAO_DYNAMO_ENDPOINT: endpoint = "" } = process.env;

/** The table of the small functions that the tests of `local` run in place of the product's. */
export const table = new Table({ name: YIHAO_TABLE, config: { endpoint } });

/** A scope of their one space. */
export function scopeFor(command: string): Scope {
  return {
    space: "spc_notes" as SpaceId,
    actor: { kind: "system", name: "notes" },
    now: new Date().toISOString(),
    command: { id: command, print: command },
    meter: { read: 0, write: 0 },
    table,
  };
}
