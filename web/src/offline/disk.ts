import type { Queue } from "./queue.ts";

/** Whose work it is: nothing of one person or space is ever seen by another. */
export interface Holder {
  readonly person: string;
  readonly space: string;
}

/** Something that was read, as it is shown without a network. */
export interface Kept {
  readonly key: readonly unknown[];
  readonly value: unknown;
  /** When it was read, in milliseconds. */
  readonly at: number;
}

const name = ({ person, space }: Holder) => `${person} ${space}`;
const ofPerson = (person: string) => IDBKeyRange.bound(`${person} `, `${person} \uffff`);

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open("yihao", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("queues");
      request.result.createObjectStore("kept");
    };
    request.onsuccess = () => {
      // A newer page wants another shape: this one lets go, and opens it anew when it needs it.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** One transaction: what `work` hands to `give` is the answer once all of it is on the disk. */
async function within<Answer>(
  store: "queues" | "kept",
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, give: (answer: Answer) => void) => void,
): Promise<Answer | undefined> {
  const disk = await open();
  return new Promise((done, failed) => {
    // Strict: a phone whose battery is pulled has what it said that it has.
    const transaction = disk.transaction(store, mode, { durability: "strict" });
    let answer: Answer | undefined;
    transaction.oncomplete = () => done(answer);
    transaction.onabort = () => failed(transaction.error);
    work(transaction.objectStore(store), (given) => {
      answer = given;
    });
  });
}

/** The queue of a holder as it is on the disk. */
export async function readQueue(holder: Holder): Promise<Queue> {
  const found = await within<Queue>("queues", "readonly", (store, give) => {
    const request = store.get(name(holder));
    request.onsuccess = () => give((request.result as Queue | undefined) ?? []);
  });
  return found ?? [];
}

/** Changes a holder's queue in one transaction, so that two tabs never undo each other, and gives it as it is then. */
export async function changeQueue(holder: Holder, change: (queue: Queue) => Queue): Promise<Queue> {
  const changed = await within<Queue>("queues", "readwrite", (store, give) => {
    const request = store.get(name(holder));
    request.onsuccess = () => {
      const queue = change((request.result as Queue | undefined) ?? []);
      give(queue);
      if (queue.length > 0) store.put(queue, name(holder));
      else store.delete(name(holder));
    };
  });
  return changed ?? [];
}

/** A person's queues on this phone, of all spaces. */
export async function queuesOf(person: string): Promise<Queue[]> {
  const found = await within<Queue[]>("queues", "readonly", (store, give) => {
    const request = store.getAll(ofPerson(person));
    request.onsuccess = () => give(request.result as Queue[]);
  });
  return found ?? [];
}

/** Keeps what was read under its key. */
export async function keep(holder: Holder, kept: Kept): Promise<void> {
  await within("kept", "readwrite", (store) => {
    store.put(kept, `${name(holder)} ${JSON.stringify(kept.key)}`);
  });
}

/** Everything that is kept for a holder; what is older than a week goes, since nobody should work by it. */
export async function keptFor(holder: Holder, now: number): Promise<Kept[]> {
  const range = IDBKeyRange.bound(`${name(holder)} `, `${name(holder)} \uffff`);
  const found = await within<Kept[]>("kept", "readwrite", (store, give) => {
    const fresh: Kept[] = [];
    const request = store.openCursor(range);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return give(fresh);
      const kept = cursor.value as Kept;
      if (kept.at < now - 7 * 86_400_000) cursor.delete();
      else fresh.push(kept);
      cursor.continue();
    };
  });
  return found ?? [];
}

/** Forgets what was read by everybody but one person, or by all. Queues stay: they are work that was done. */
export async function forgetKept(but?: string): Promise<void> {
  await within("kept", "readwrite", (store) => {
    if (but === undefined) return void store.clear();
    store.delete(IDBKeyRange.upperBound(`${but} `, true));
    store.delete(IDBKeyRange.lowerBound(`${but} \uffff`, true));
  });
}
