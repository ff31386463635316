import { DatabaseSync } from "node:sqlite";

/** Held here, or a collected object would give its lock back. */
const held = new Set<DatabaseSync>();

/**
 * Takes a lock that the operating system gives back when this process ends, however it ends (kill -9 too): SQLite's
 * exclusive lock of an otherwise empty file. Waits up to `waitMs`; undefined when another process has it.
 */
export function takeLock(file: string, waitMs = 0): { readonly release: () => void } | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${Math.round(waitMs)}; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE`);
    held.add(database);
    return {
      release: () => {
        if (held.delete(database)) database.close();
      },
    };
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/.test(error.message)) return undefined;
    throw error;
  }
}
