import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { isId, type SpaceId } from "@yihao/kernel/ids";
import { Table } from "@yihao/table/client";
import type { PlainItem } from "@yihao/table/dump";
import { deleteSpace, itemsOfSpace, putSpace } from "@yihao/table/space-items";
import { checkArchive, type Line, readArchive, writeArchive } from "./archive.ts";
import { tableNames } from "./cloud.ts";
import { dynamoConfig } from "./dynamo.ts";
import { homeFolder, openHome, runningOn, secretsOf } from "./home.ts";

/** What stays of a space that was deleted: how much of what there was, a hash of all its keys, and that a look through the whole table found nothing more. */
export type Proof = {
  readonly space: string;
  readonly at: string;
  readonly items: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly files: number;
  readonly sha256OfKeys: string;
  readonly left: number;
};

/** Documents of a space lie under its id. */
function filesOf(folder: string, space: SpaceId): string[] {
  const own = join(folder, space);
  if (!existsSync(own)) return [];
  const entries = readdirSync(own, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Writes a space whole into a file: every item of it, and its documents when their folder is given. */
export function exportSpace(table: Table, space: SpaceId, file: string, folder?: string) {
  const lines = async function* (): AsyncGenerator<Line> {
    for await (const item of itemsOfSpace(table, space)) yield { table: tableNames.main, item };
    for (const path of folder ? filesOf(folder, space) : [])
      yield {
        object: relative(folder ?? "", path)
          .split(sep)
          .join("/"),
        bytes: new Uint8Array(readFileSync(path)),
      };
  };
  const header = {
    yihao: "backup",
    version: 1,
    at: new Date().toISOString(),
    clean: true,
    caughtUpAt: null,
    space,
  } as const;
  return writeArchive(file, header, lines());
}

/** An endpoint of webhooks hears nothing in the stage that it moved to until an owner resumes it: what it tells may still be meant to come from the other. */
const atRest = (item: PlainItem): PlainItem =>
  item.k?.S === "hook" && item.state?.S === "active"
    ? { ...item, state: { S: "paused" }, cause: { S: "person" }, pausedAt: { S: new Date().toISOString() } }
    : item;

/** Reads a space from a file into a table that has none of it. Its people sign up anew in another stage: accounts are not a space's. */
export async function importSpace(
  table: Table,
  file: string,
  facts: ReadonlySet<string>,
): Promise<{ space: SpaceId; items: number }> {
  const { header } = await checkArchive(file);
  const { space } = header;
  if (!isId("spc", space)) throw new Error(`${file} holds not one space but a whole product: npm run restore`);
  const items = async function* (): AsyncGenerator<PlainItem> {
    for await (const line of readArchive(file)) if ("table" in line) yield atRest(line.item);
  };
  return { space, items: await putSpace(table, space, items, facts) };
}

/** Deletes a space for good and gives the proof of it. */
export async function eraseSpace(table: Table, space: SpaceId, folder?: string): Promise<Proof> {
  const keys: string[] = [];
  for await (const { pk, sk } of itemsOfSpace(table, space)) keys.push(`${pk?.S}\n${sk?.S}`);
  if (keys.length === 0) throw new Error(`there is no ${space}`);
  const kinds = await deleteSpace(table, space);
  const files = folder ? filesOf(folder, space) : [];
  if (folder) rmSync(join(folder, space), { recursive: true, force: true });
  let left = 0;
  for await (const _ of itemsOfSpace(table, space)) left += 1;
  const sha256OfKeys = createHash("sha256").update(keys.sort().join("\n")).digest("hex");
  const items = Object.values(kinds).reduce((sum, one) => sum + one, 0);
  return { space, at: new Date().toISOString(), items, kinds, files: files.length, sha256OfKeys, left };
}

const usage = `npm run space -- export SPACE FILE | import FILE | erase SPACE --yes   [--home DIR | --table NAME]
  with --table on AWS (AWS_REGION and credentials in the environment), else in the running product of a home`;

async function command(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { home: { type: "string" }, table: { type: "string" }, yes: { type: "boolean" } },
  });
  const [action, what = "", target = ""] = positionals;
  const home = values.table ? undefined : openHome(homeFolder(values.home));
  const running = home && runningOn(home);
  if (home && !running) throw new Error(`nothing runs on ${home.folder}: npm start`);
  const config = home && running ? { config: dynamoConfig(running.endpoint, secretsOf(home).accessKeyId) } : {};
  const table = new Table({ name: values.table ?? tableNames.main, ...config });
  try {
    if (action === "export" && isId("spc", what) && target) {
      const { items } = await exportSpace(table, what, resolve(target), home?.files);
      console.log(`${resolve(target)}: ${JSON.stringify(items)}`);
    } else if (action === "import" && what) {
      const { reactions } = await import("../../../functions/reactions.ts");
      const done = await importSpace(table, resolve(what), new Set(reactions.map(({ kind }) => kind)));
      console.log(JSON.stringify(done));
    } else if (action === "erase" && isId("spc", what)) {
      if (!values.yes) throw new Error("What is erased is gone: export it first, then add --yes");
      const proof = await eraseSpace(table, what, home?.files);
      writeFileSync(`${what}.erased.json`, `${JSON.stringify(proof, null, 2)}\n`);
      console.log(JSON.stringify(proof));
    } else throw new Error(usage);
  } finally {
    table.close();
  }
}

if (import.meta.main)
  command().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
