import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { Table } from "@yihao/table/client";
import { type PlainItem, putAll, scanAll } from "@yihao/table/dump";
import { StreamSource } from "@yihao/table/stream-source";
import { checkArchive, type Header, type Line, readArchive, type Trailer, writeArchive } from "./archive.ts";
import { Checkpoints } from "./checkpoints.ts";
import { tableNames } from "./cloud.ts";
import { type Dynamo, dynamoConfig, startDynamo } from "./dynamo.ts";
import { type Home, homeFolder, keep, openHome, secretsOf } from "./home.ts";
import { takeLock } from "./lock.ts";
import { folderStore } from "./object-store.ts";

const readWaitMs = 10_000;
const crashWaitMs = 10_000;
/** DynamoDB Local answers a write a moment before its file has it: what was answered before a copy was asked for is to be in the copy. */
const settleMs = 2_000;
const tables = [tableNames.main, tableNames.auth];

/** Files of a home that belong to the data. Secrets do not: after a restore everyone signs in again. */
const filesOf = (home: Home) => [home.sandbox, home.demo];

function json(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Copies the database as it is at one moment, though a product may be writing to it: SQLite reads it whole within one read transaction, and nobody waits. */
function snapshot(home: Home, target: string, readOnly: boolean): void {
  for (const name of readdirSync(home.dynamo).filter((one) => one.endsWith(".db"))) {
    const source = new DatabaseSync(join(home.dynamo, name), { readOnly, timeout: readWaitMs });
    try {
      source.prepare("VACUUM INTO ?").run(join(target, name));
    } finally {
      source.close();
    }
  }
}

async function* linesOf(dynamo: Dynamo, home: Home): AsyncGenerator<Line> {
  for (const name of tables) {
    const table = new Table({ name, config: dynamoConfig(dynamo.endpoint, dynamo.accessKeyId) });
    for await (const page of scanAll(table)) for (const item of page) yield { table: name, item };
    table.close();
  }
  for (const file of filesOf(home)) {
    const content = json(file);
    if (content !== undefined) yield { file: basename(file), content };
  }
  yield* objectsOf(home);
}

/** The bytes of documents as they lie now: each is written once under a key of its own, so one that came or went since the copy does no harm. */
async function* objectsOf(home: Home): AsyncGenerator<Line> {
  const files = folderStore(home.files);
  for await (const object of files.keys("")) {
    const bytes = await files.read(object);
    if (bytes) yield { object, bytes };
  }
}

/** Puts the bytes of documents where they lay. */
async function putObjects(home: Home, file: string): Promise<number> {
  const files = folderStore(home.files);
  let count = 0;
  for await (const line of readArchive(file)) {
    if (!("object" in line)) continue;
    await files.write(line.object, line.bytes);
    count += 1;
  }
  return count;
}

/** What is known of a home beside its items at the moment of a copy. */
export type CopyFacts = {
  readonly home: Home;
  readonly running: boolean;
  readonly clean: boolean;
  readonly caughtUpAt: string | null;
};

/**
 * Copies a home's database as it stands at one moment, whether the product runs or not, and lets the copy be read on a DynamoDB Local of
 * its own, which ends afterwards. Refuses a home without data.
 */
export async function withCopy<T>(folder: string, use: (dynamo: Dynamo, facts: CopyFacts) => Promise<T>): Promise<T> {
  if (!existsSync(join(folder, "dynamo"))) throw new Error(`there is no data in ${folder}`);
  const home = openHome(folder);
  const lock = takeLock(home.lock);
  const running = lock === undefined;
  const kept = json(home.stream) as { caughtUpAt?: string } | undefined;
  const facts = { home, running, clean: !existsSync(home.running), caughtUpAt: kept?.caughtUpAt ?? null };
  const copy = mkdtempSync(join(tmpdir(), "yihao-backup-"));
  try {
    // A stopped home is held, so that nothing starts on it; what a crash left half-written is rolled back by opening it.
    const guard = running ? undefined : takeLock(join(home.dynamo, "guard.lock"), crashWaitMs);
    try {
      if (!running && !guard) throw new Error(`DynamoDB Local of ${folder} does not end; try again`);
      if (running) await new Promise((done) => setTimeout(done, settleMs));
      snapshot(home, copy, running);
    } finally {
      guard?.release();
    }
    const dynamo = await startDynamo({ dir: copy, accessKeyId: secretsOf(home).accessKeyId });
    try {
      return await use(dynamo, facts);
    } finally {
      await dynamo.stop();
    }
  } finally {
    lock?.release();
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Writes all data of a home into a file, as it stands at one moment, whether the product runs or not. Refuses a home without data. */
export async function backupHome(folder: string, file: string): Promise<Trailer & { running: boolean }> {
  try {
    return await withCopy(folder, async (dynamo, { home, running, clean, caughtUpAt }) => {
      const header: Header = { yihao: "backup", version: 1, at: new Date().toISOString(), clean, caughtUpAt };
      const trailer = await writeArchive(`${file}.part`, header, linesOf(dynamo, home));
      renameSync(`${file}.part`, file);
      return { ...trailer, running };
    });
  } finally {
    rmSync(`${file}.part`, { force: true });
  }
}

async function* itemsOf(file: string, table: string): AsyncGenerator<PlainItem> {
  for await (const line of readArchive(file)) if ("table" in line && line.table === table) yield line.item;
}

/** Puts the stream's checkpoints behind everything restored: nothing of it is news. */
async function silence(home: Home, source: StreamSource, header: Header): Promise<void> {
  const checkpoints = new Checkpoints(home.stream, source.arn, new Date().toISOString());
  for (const shard of await source.shards()) {
    let iterator: string | undefined = await source.iterator(shard.id, "oldest");
    while (iterator !== undefined && iterator !== "gone") {
      const page = await source.read(iterator, 1000);
      if (page === "expired") throw new Error("the stream could not be read to its end");
      const last = page.records.at(-1)?.dynamodb?.SequenceNumber;
      if (last === undefined) break;
      checkpoints.handled(shard.id, last);
      iterator = page.next;
    }
  }
  checkpoints.ended();
  if (!header.clean && header.caughtUpAt) checkpoints.unheardSince(header.caughtUpAt);
}

/**
 * Makes a home from a backup. The file is checked first; a home that has data is refused unless `force`, and then
 * kept beside under another name. No event is heard as new: only facts that a running product may not have heard yet when the backup was made
 * are looked at again, which changes nothing for those it had heard.
 */
export async function restoreHome(
  folder: string,
  file: string,
  force = false,
): Promise<Trailer & { setAside: string | undefined }> {
  const { header, trailer } = await checkArchive(file);
  if (header.space !== undefined)
    throw new Error(`${file} holds one space, ${header.space}, and no whole product: npm run space -- import`);
  const occupied = existsSync(folder) && readdirSync(folder).length > 0;
  if (occupied && !force) throw new Error(`${folder} is not empty; --force moves what is there aside`);
  const lock = occupied ? takeLock(openHome(folder).lock) : undefined;
  if (occupied && !lock) throw new Error(`Yihao runs on ${folder}; stop it first`);
  const fresh = `${folder}.restoring`;
  rmSync(fresh, { recursive: true, force: true });
  try {
    const home = openHome(fresh);
    const dynamo = await startDynamo({ dir: home.dynamo, accessKeyId: secretsOf(home).accessKeyId });
    try {
      const config = dynamoConfig(dynamo.endpoint, dynamo.accessKeyId);
      for (const name of tables) {
        const table = new Table({ name, config });
        await table.create({ stream: name === tableNames.main });
        const count = await putAll(table, itemsOf(file, name));
        if (count !== (trailer.items[name] ?? 0))
          throw new Error(`${count} items of ${name} instead of ${trailer.items[name]}`);
        if (name === tableNames.main) {
          const source = new StreamSource(await table.streamArn(), config);
          await silence(home, source, header);
          source.close();
        }
        table.close();
      }
    } finally {
      await dynamo.stop();
    }
    const objects = await putObjects(home, file);
    if (objects !== (trailer.items.files ?? 0))
      throw new Error(`${objects} files instead of ${trailer.items.files ?? 0}`);
    const files: Record<string, unknown> = {};
    for await (const line of readArchive(file)) if ("file" in line) files[line.file] = line.content;
    if (files[basename(home.sandbox)] !== undefined) keep(home.sandbox, files[basename(home.sandbox)]);
    const demo = files[basename(home.demo)] as { done?: string[] } | undefined;
    keep(home.demo, { done: demo?.done ?? [], closed: true });
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    lock?.release();
    throw error;
  }
  lock?.release();
  let setAside: string | undefined;
  if (occupied) {
    setAside = `${folder}.before-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
    renameSync(folder, setAside);
  } else if (existsSync(folder)) rmdirSync(folder);
  renameSync(fresh, folder);
  return { ...trailer, setAside };
}

async function command(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { home: { type: "string" }, force: { type: "boolean" } },
  });
  const [action, file] = positionals;
  if (!file || (action !== "backup" && action !== "restore"))
    throw new Error("npm run backup FILE [-- --home DIR]\nnpm run restore FILE [-- --home DIR --force]");
  const folder = homeFolder(values.home);
  if (action === "backup") {
    const done = await backupHome(folder, resolve(file));
    const moment = done.running ? "运行中，取自同一时刻 / while running, all of one moment" : "已停止 / stopped";
    console.log(`${resolve(file)}: ${JSON.stringify(done.items)}, ${moment}`);
  } else {
    const done = await restoreHome(folder, resolve(file), values.force);
    console.log(`${folder}: ${JSON.stringify(done.items)}. 所有人要重新登录。 Everyone signs in again.`);
    if (done.setAside) console.log(`原来的数据在 / What was there is kept in ${done.setAside}`);
  }
}

if (import.meta.main)
  command().catch((error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
