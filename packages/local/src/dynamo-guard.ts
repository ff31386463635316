/**
 * Runs as its own small process between the product and Java: when the product's end of stdin closes, and the system
 * closes it even after kill -9, it stops Java. It alone holds the lock of the data folder while Java has the file open.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { takeLock } from "./lock.ts";

const [dir = "", databaseFile = "", lockWaitMs = "0", ...javaArguments] = process.argv.slice(2);
const termMs = 4_000;

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Stops the Java of a former run whose guard was killed too, so that two never open one file. */
function stopFormer(pidFile: string): void {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, "utf8"));
  } catch {
    return;
  }
  const ours = () => {
    const command = commandOf(pid).trimEnd();
    return command.includes("DynamoDBLocal.jar") && command.endsWith(`-dbPath ${dir}`);
  };
  if (!Number.isInteger(pid) || pid <= 1 || !ours()) return;
  process.kill(pid, "SIGKILL");
  while (ours()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

/**
 * Lets SQLite append what is written to a log beside the file (the file itself remembers it): a commit then waits for the disk
 * once instead of four times, and readers do not wait for writers. Every commit is still on the disk before it is answered.
 */
function writeAhead(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("PRAGMA journal_mode = WAL");
  database.close();
}

if (dir) {
  if (!takeLock(join(dir, "guard.lock"), Number(lockWaitMs))) {
    console.error(`another DynamoDB Local has ${dir} open`);
    process.exit(75);
  }
  stopFormer(join(dir, "java.pid"));
  writeAhead(join(dir, databaseFile));
}

const java = spawn("java", javaArguments, { stdio: ["ignore", "inherit", "inherit"] });
java.once("error", (error) => {
  console.error(`java cannot be started: ${error.message}`);
  process.exit(69);
});
java.once("exit", (code, signal) => process.exit(signal ? 0 : (code ?? 1)));
if (dir && java.pid) writeFileSync(join(dir, "java.pid"), String(java.pid));

function stop(): void {
  java.kill("SIGTERM");
  setTimeout(() => java.kill("SIGKILL"), termMs);
}
process.stdin.on("end", stop).on("error", stop).resume();
process.on("SIGTERM", stop).on("SIGHUP", stop).on("SIGINT", stop);
