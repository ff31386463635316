import { existsSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Table } from "@yihao/table/client";
import type { PlainItem } from "@yihao/table/dump";
import { kinds } from "@yihao/table/kind";
import { type Upgraded, upgradeAll } from "@yihao/table/upgrade";
import { keep } from "./home.ts";
import { openWhere, runCommand, whereOptions, whereUsage } from "./operator.ts";

/** Where a sweep stands, kept in a file between its runs. */
type Position = {
  readonly table: string;
  /** The version of each kind that ever changed: behind the position everything has these. */
  readonly versions: Readonly<Record<string, number>>;
  readonly last: PlainItem;
  readonly count: Upgraded;
};

const versionsNow = () => Object.fromEntries([...kinds.values()].map(({ name, version }) => [name, version]).sort());

function positionIn(file: string, table: string): Position | undefined {
  if (!existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, "utf8")) as Position;
  if (kept.table !== table) throw new Error(`${file} is the position of a sweep of ${kept.table}, not of ${table}`);
  // A kind that changed since: what was swept is old again.
  return JSON.stringify(kept.versions) === JSON.stringify(versionsNow()) ? kept : undefined;
}

export type Sweep = {
  /** Where the position is kept while a sweep is under way; gone when it is through. */
  readonly file: string;
  readonly say?: (line: string) => void;
  /** Items a page at most. */
  readonly most?: number;
};

/** Rewrites every item of an older version as its kind has it now, from where the last run was cut. Gives what was done over all runs of this sweep. */
export async function upgradeTable(table: Table, { file, say, most }: Sweep): Promise<Upgraded> {
  const kept = positionIn(file, table.name);
  const before = kept?.count ?? { looked: 0, upgraded: 0, missed: 0 };
  if (kept) say?.(`goes on after ${before.looked} items`);
  const sum = (count: Upgraded): Upgraded => ({
    looked: before.looked + count.looked,
    upgraded: before.upgraded + count.upgraded,
    missed: before.missed + count.missed,
  });
  const reached = (last: PlainItem, since: Upgraded) => {
    const count = sum(since);
    keep(file, { table: table.name, versions: versionsNow(), last, count } satisfies Position);
    say?.(`${count.looked} items looked at, ${count.upgraded} rewritten, ${count.missed} changed meanwhile`);
  };
  const done = sum(await upgradeAll(table, { from: kept?.last, reached, most }));
  rmSync(file, { force: true });
  return done;
}

/** Loads every room, so that every kind whose shape has changed is known. */
export async function loadKinds(): Promise<void> {
  await import("../../../functions/reactions.ts");
}

async function command(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: whereOptions });
  if (positionals.length > 0) throw new Error(`npm run upgrade --   ${whereUsage}`);
  await loadKinds();
  const { table, home, close } = openWhere(values);
  try {
    const file = home?.upgrade ?? resolve(`yihao-upgrade-${table.name}.json`);
    const done = await upgradeTable(table, { file, say: (line) => console.log(line) });
    console.log(JSON.stringify(done));
    if (done.missed > 0)
      console.log("What changed meanwhile was written by what runs now. If that was an older version, run this again.");
  } finally {
    close();
  }
}

if (import.meta.main) runCommand(command);
