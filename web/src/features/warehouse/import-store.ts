import type { ImportFault, ImportKind } from "@yihao/warehouse/import-model";

/** An import as this browser remembers it, so that it goes on after a reload. */
export type ImportJob = {
  /** The space and for whom it acts: one import each. */
  readonly key: string;
  readonly kind: ImportKind;
  readonly company?: string | undefined;
  readonly warehouse?: string | undefined;
  readonly name: string;
  /** It is tried, or brought in. */
  readonly mode: "try" | "bring";
  readonly state: "running" | "stopped" | "done";
  /** Batches that were answered, from the first on, and the rows in them; all rows of the file once they were counted. */
  readonly batches: number;
  readonly rows: number;
  readonly total?: number | undefined;
  /** Documents (or rows) that are in, or would be. */
  readonly done: number;
  readonly faultCount: number;
  /** Faults that the server told; those of cells are found again. */
  readonly faults: readonly ImportFault[];
};

const storeNames = ["jobs", "files"] as const;

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open("yihao-import", 1);
    request.onupgradeneeded = () => {
      for (const name of storeNames) request.result.createObjectStore(name);
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within<T>(
  store: (typeof storeNames)[number],
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => fail(transaction.error);
      transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** The import that was under way, with its file; nothing when there is none or the browser keeps nothing. */
export async function recallImport(key: string): Promise<{ job: ImportJob; file: File } | undefined> {
  try {
    const job = await within<ImportJob | undefined>("jobs", "readonly", (store) => store.get(key));
    const file = await within<File | undefined>("files", "readonly", (store) => store.get(key));
    return job && file ? { job, file } : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers how far an import is, and its file when it begins. A browser that keeps nothing imports all the same. */
export async function rememberImport(job: ImportJob, file?: File): Promise<void> {
  try {
    if (file) await within("files", "readwrite", (store) => store.put(file, job.key));
    await within("jobs", "readwrite", (store) => store.put(job, job.key));
  } catch {
    // Private windows keep nothing.
  }
}

/** Forgets an import and its file. */
export async function forgetImport(key: string): Promise<void> {
  try {
    for (const name of storeNames) await within(name, "readwrite", (store) => store.delete(key));
  } catch {
    // There is nothing to forget.
  }
}
