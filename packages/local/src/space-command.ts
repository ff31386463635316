import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isId, type SpaceId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import type { PlainItem } from "@yihao/table/dump";
import { deleteSpace, itemsOfSpace, putSpace } from "@yihao/table/space-items";
import { checkArchive, type Line, readArchive, writeArchive } from "./archive.ts";
import { tableNames } from "./cloud.ts";
import { isObjectKey, type ObjectStore } from "./object-store.ts";
import { openWhere, runCommand, whereOptions, whereUsage } from "./operator.ts";

/** What stays of a space that was deleted: how much of what there was, a hash of all its keys, and that a look through the whole table and all its documents found nothing more. */
export type Proof = {
  readonly space: string;
  readonly at: string;
  readonly items: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** Documents, and their versions where the bucket keeps former ones and deleted ones. */
  readonly files: number;
  readonly versions: number;
  /** Of the keys of all items and all documents. */
  readonly sha256OfKeys: string;
  /** Items and versions of documents that were found afterwards. */
  readonly left: number;
};

/** Documents of a space lie under its id; the slash keeps a longer id apart. */
const under = (space: SpaceId) => `${space}/`;

/** Writes a space whole into a file: every item of it, and every document. */
export function exportSpace(table: Table, space: SpaceId, file: string, files: ObjectStore) {
  const lines = async function* (): AsyncGenerator<Line> {
    for await (const item of itemsOfSpace(table, space)) yield { table: tableNames.main, item };
    for await (const object of files.keys(under(space))) {
      const bytes = await files.read(object);
      if (bytes) yield { object, bytes };
    }
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

/**
 * Reads a space from a file into a table and a place of documents that have none of it. Its people sign up anew in another stage: accounts are not a space's. Documents come first, so
 * that what names one finds it; an import that was cut goes on by being run again while no item is there.
 */
export async function importSpace(
  table: Table,
  file: string,
  facts: ReadonlySet<string>,
  files: ObjectStore,
): Promise<{ space: SpaceId; items: number; files: number }> {
  const { header } = await checkArchive(file);
  const { space } = header;
  if (!isId("spc", space)) throw new Error(`${file} holds not one space but a whole product: npm run restore`);
  for await (const _ of itemsOfSpace(table, space)) throw new Error(`the table holds items of ${space} already`);
  let documents = 0;
  for await (const line of readArchive(file)) {
    if (!("object" in line)) continue;
    const { object, bytes } = line;
    if (!object.startsWith(under(space)) || !isObjectKey(object))
      throw new Error(`a document of another space: ${object}`);
    await files.write(object, bytes);
    documents += 1;
  }
  const items = async function* (): AsyncGenerator<PlainItem> {
    for await (const line of readArchive(file)) if ("table" in line) yield atRest(line.item);
  };
  return { space, items: await putSpace(table, space, items, facts), files: documents };
}

/** Deletes a space for good, with all versions of its documents, and gives the proof of it. */
export async function eraseSpace(table: Table, space: SpaceId, files: ObjectStore): Promise<Proof> {
  const keys: string[] = [];
  for await (const { pk, sk } of itemsOfSpace(table, space)) keys.push(`${pk?.S}\n${sk?.S}`);
  if (keys.length === 0 && (await files.versions(under(space))) === 0) throw new Error(`there is no ${space}`);
  const objects: string[] = [];
  for await (const key of files.keys(under(space))) objects.push(key);
  // Documents last: while items are there, an erasure that was cut is taken up again by running it again.
  const kinds = await deleteSpace(table, space);
  const versions = await files.erase(under(space));
  let left = await files.versions(under(space));
  for await (const _ of itemsOfSpace(table, space)) left += 1;
  const sha256OfKeys = createHash("sha256")
    .update([...keys, ...objects].sort().join("\n"))
    .digest("hex");
  const items = Object.values(kinds).reduce((sum, one) => sum + one, 0);
  const at = new Date().toISOString();
  return { space, at, items, kinds, files: objects.length, versions, sha256OfKeys, left };
}

const usage = `npm run space -- export SPACE FILE | import FILE | erase SPACE --yes   ${whereUsage}`;

async function command(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ...whereOptions, yes: { type: "boolean" } },
  });
  const [action, what = "", target = ""] = positionals;
  const { table, files, close } = openWhere(values);
  try {
    if (!files)
      throw new Error("A space's documents lie in the files bucket of its stage: name it, --files yihao-STAGE-files-…");
    if (action === "export" && isId("spc", what) && target) {
      const { items } = await exportSpace(table, what, resolve(target), files);
      console.log(`${resolve(target)}: ${JSON.stringify(items)}`);
    } else if (action === "import" && what) {
      const { reactions } = await import("../../../functions/reactions.ts");
      const done = await importSpace(table, resolve(what), new Set(reactions.map(({ kind }) => kind)), files);
      console.log(JSON.stringify(done));
    } else if (action === "erase" && isId("spc", what)) {
      if (!values.yes) throw new Error("What is erased is gone: export it first, then add --yes");
      const proof = await eraseSpace(table, what, files);
      writeFileSync(`${what}.erased.json`, `${JSON.stringify(proof, null, 2)}\n`);
      console.log(JSON.stringify(proof));
    } else throw new Error(usage);
  } finally {
    close();
  }
}

if (import.meta.main) runCommand(command);
