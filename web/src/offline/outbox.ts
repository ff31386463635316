import { createSignal } from "solid-js";
import { apiBase, apiFetch } from "../api.ts";
import { Problem } from "../problem.ts";
import { changeQueue, type Holder, readQueue } from "./disk.ts";
import { after, type Command, conflict, meaning, next, type Queue, type QueueEvent } from "./queue.ts";

const [queue, setQueue] = createSignal<Queue>([]);
const [trouble, setTrouble] = createSignal<"sign-in" | "disk" | undefined>();
const [heardAt, setHeardAt] = createSignal<number | undefined>();

/** The queue of the space that is open; `trouble` is why nothing is sent or kept; `heardAt` is when the server last took a command, in milliseconds. */
export { heardAt, queue, trouble };

const answerMs = 20_000;
const longestPauseMs = 60_000;
/** How long a page waits for the answer to what it sent, before it goes on as if it had been offline. */
export const patienceMs = 4_000;

let holder: Holder | undefined;
let beforeDone: () => Promise<void> = async () => {};
let afterDone: () => void = () => {};
let channel: BroadcastChannel | undefined;
let pause = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> | undefined;
let again = false;
const watchers = new Set<() => void>();
const [awaited, setAwaited] = createSignal<readonly string[]>([]);
const hold = (id: string) => setAwaited((all) => [...all, id]);
const release = (id: string) => setAwaited((all) => all.filter((one) => one !== id));

/** The queue as pages show it: without what a page still waits to hear of, which may yet be refused before the person's eyes. */
export const shownQueue = (): Queue => {
  const waiting = awaited();
  return waiting.length === 0 ? queue() : queue().filter(({ id, state }) => state === "done" || !waiting.includes(id));
};

const nowText = () => new Date().toISOString();

/** Opens the queue of somebody in a space: what an earlier page left is sent on. `around` is told before and after the server did something. */
export async function openOutbox(
  given: Holder,
  around: { before: () => Promise<void>; after: () => void },
): Promise<() => void> {
  holder = given;
  beforeDone = around.before;
  afterDone = around.after;
  setTrouble(undefined);
  setQueue([]);
  channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("yihao.queue");
  const reread = async () => {
    if (holder === given) show(await readQueue(given));
  };
  channel?.addEventListener("message", () => void reread().catch(() => undefined));
  const woken = () => {
    if (document.visibilityState === "visible") wake();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", woken);
  try {
    await reread();
    wake();
  } catch {
    setTrouble("disk");
  }
  return () => {
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", woken);
    channel?.close();
    clearTimeout(timer);
    if (holder === given) holder = undefined;
  };
}

function show(now: Queue): void {
  setQueue(now);
  for (const watcher of [...watchers]) watcher();
}

async function tell(event: QueueEvent, of = holder): Promise<void> {
  if (!of) return;
  const now = await changeQueue(of, (before) => after(before, event));
  if (of !== holder) return;
  show(now);
  channel?.postMessage(null);
}

/** Tries at once what is to be sent. */
export function wake(): void {
  pause = 0;
  clearTimeout(timer);
  void send();
}

function send(): Promise<void> {
  const of = holder;
  if (!of) return Promise.resolve();
  again = true;
  sending ??= (async () => {
    while (again && of === holder) {
      again = false;
      await inTurn(of);
    }
  })().finally(() => {
    sending = undefined;
    for (const watcher of [...watchers]) watcher();
  });
  return sending;
}

/** Two tabs of one person take turns; that they would not is no harm, since every command has its id. */
async function inTurn(of: Holder): Promise<void> {
  const name = `yihao.queue ${of.person} ${of.space}`;
  if (!("locks" in navigator)) return drain(of);
  await navigator.locks.request(name, () => drain(of));
}

async function drain(of: Holder): Promise<void> {
  let took = false;
  try {
    while (of === holder) {
      const what = next(await readQueue(of), nowText());
      if (!what) break;
      if ("refuse" in what) {
        const refusal = { code: what.code, params: {}, status: 0, at: nowText() };
        await tell({ do: "refuse", id: what.refuse.id, refusal }, of);
        break;
      }
      await tell({ do: "try", id: what.send.id, at: nowText() }, of);
      const { problem, said, answer } = await post(of, what.send);
      if (said === "done") {
        // What was asked for before this moment may not know it: it is asked anew.
        await beforeDone();
        if (awaited().includes(what.send.id)) answers.set(what.send.id, answer);
        await tell({ do: "done", id: what.send.id, at: nowText() }, of);
        took = true;
        pause = 0;
        setTrouble(undefined);
        setHeardAt(Date.now());
      } else if (said === "refused") {
        const { code, params, status } = problem;
        await tell({ do: "refuse", id: what.send.id, refusal: { code, params, status, at: nowText() } }, of);
      } else if (said === "sign-in") {
        setTrouble("sign-in");
        break;
      } else {
        pause = Math.min(longestPauseMs, Math.max(1_000, pause * 2));
        clearTimeout(timer);
        timer = setTimeout(() => void send(), pause);
        break;
      }
    }
    await tell({ do: "forget", before: new Date(Date.now() - 3_600_000).toISOString() }, of);
  } catch {
    setTrouble("disk");
  }
  if (took) afterDone();
}

type Answer =
  | { said: "done"; problem?: never; answer: unknown }
  | { said: "refused" | "later" | "sign-in"; problem: Problem; answer?: never };

async function post(of: Holder, one: Command): Promise<Answer> {
  try {
    const response = await apiFetch(`${apiBase}${one.path}`, {
      method: "POST",
      headers: {
        "Idempotency-Key": one.id,
        // Whoever else has signed in meanwhile does not do this person's work.
        "X-Person": of.person,
        ...(one.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(one.body === undefined ? {} : { body: one.body }),
      signal: AbortSignal.timeout(answerMs),
    });
    return { said: "done", answer: await response.json().catch(() => undefined) };
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem({ code: "client.unreachable", status: 0 });
    const said = meaning({ status: problem.status, code: problem.code });
    return { said: said === "done" ? "later" : said, problem };
  }
}

/** A new command, done now. */
export const newCommand = (
  kind: string,
  path: string,
  body: unknown,
  about: Readonly<Record<string, unknown>>,
): Command => ({
  ...{ id: crypto.randomUUID(), kind, at: nowText(), path, about },
  body: body === undefined ? undefined : JSON.stringify(body),
});

function kept(): { kept: true } {
  // What browsers clear when the disk is full would be work that was done.
  void navigator.storage?.persist?.().catch(() => undefined);
  return { kept: true };
}

/** What the server answered to commands that a page waits for. */
const answers = new Map<string, unknown>();

/**
 * Does something: it is on the phone's disk before anything is sent, and this waits a moment for the server's answer. `kept` when it will be sent later; what the
 * server refuses while this waits is thrown as its `Problem` and taken out again, since the person stands before it.
 */
export async function submit(command: Command): Promise<{ kept: boolean; answer?: unknown }> {
  hold(command.id);
  try {
    await tell({ do: "add", command });
  } catch {
    release(command.id);
    setTrouble("disk");
    throw new Problem({ code: "client.no-disk", status: 0 });
  }
  if (!navigator.onLine || conflict(queue())) {
    release(command.id);
    return kept();
  }
  await new Promise<void>((settled) => {
    const over = () => {
      release(command.id);
      watchers.delete(look);
      clearTimeout(late);
      settled();
    };
    const look = () => {
      const own = queue().find(({ id }) => id === command.id);
      const stopped = sending === undefined && own?.state === "waiting";
      if (own?.state !== "waiting" || stopped || conflict(queue())) over();
    };
    const late = setTimeout(over, patienceMs);
    watchers.add(look);
    wake();
  });
  const own = queue().find(({ id }) => id === command.id);
  const answer = answers.get(command.id);
  answers.delete(command.id);
  if (own?.state === "waiting") return kept();
  if (own?.state !== "refused" || !own.refusal) return { kept: false, answer };
  const { code, params, status } = own.refusal;
  await tell({ do: "withdraw", id: command.id });
  wake();
  throw new Problem({ code, params, status });
}

/** Settles the one that was refused, as the person decided, and sends on. */
export async function settle(event: Extract<QueueEvent, { do: "retry" | "replace" }> | { do: "done"; id: string }) {
  await tell(event.do === "done" ? { ...event, at: nowText() } : event);
  wake();
}
