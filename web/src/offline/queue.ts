/**
 * What a phone did and the server does not know yet: commands in the order in which they were done, each under an id of its own, by which the server does it once. Pure: the
 * phone's disk keeps it (`disk.ts`), `outbox.ts` sends it.
 */

/** Something a person did, as it is sent and as the phone shows it. A room says what kinds there are. */
export interface Command {
  /** The `Idempotency-Key` of every try. */
  readonly id: string;
  readonly kind: string;
  /** When the person did it, by the phone's clock: an instant in UTC. */
  readonly at: string;
  /** The path below the API's base. */
  readonly path: string;
  /** The body as text, so that every try is the same byte for byte. */
  readonly body: string | undefined;
  /** What lists and the state shown ahead of the server need to know; its shape is the kind's. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** Why the server did not do it. */
export interface Refusal {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly at: string;
}

/** `waiting` is to be sent, also when a try got no answer; `refused` waits for the person; `done` is shown until what is read says so itself. */
export interface Entry extends Command {
  readonly state: "waiting" | "refused" | "done";
  /** The first try: from then on the server may have done it. */
  readonly triedAt?: string;
  readonly refusal?: Refusal;
  readonly doneAt?: string;
}

export type Queue = readonly Entry[];

export type QueueEvent =
  | { readonly do: "add"; readonly command: Command }
  /** Written down before a try leaves the phone. */
  | { readonly do: "try"; readonly id: string; readonly at: string }
  | { readonly do: "done"; readonly id: string; readonly at: string }
  | { readonly do: "refuse"; readonly id: string; readonly refusal: Refusal }
  /** The person wants a refused one tried again as it is. */
  | { readonly do: "retry"; readonly id: string }
  /** The person wants something else in its place: other figures, or a report that it was given up. */
  | { readonly do: "replace"; readonly id: string; readonly by: Command }
  /** Takes back a refused one that its page still shows with its refusal. */
  | { readonly do: "withdraw"; readonly id: string }
  /** What was done before this instant is in everything that is shown. */
  | { readonly do: "forget"; readonly before: string };

/**
 * How long after its first try a command whose answer never came is sent again by itself, in days. The server remembers for 30 (`receiptDays`) from when it did it, which is never
 * before the first try; after that a person decides, since a second time could be a second time.
 */
export const safeDays = 28;
const dayMs = 86_400_000;

/** The queue after an event. An event that fits no entry changes nothing, so that one told twice is told once. */
export function after(queue: Queue, event: QueueEvent): Queue {
  if (event.do === "add")
    return queue.some(({ id }) => id === event.command.id) ? queue : [...queue, { ...event.command, state: "waiting" }];
  if (event.do === "forget") return queue.filter((one) => one.state !== "done" || (one.doneAt ?? "") >= event.before);
  return queue.flatMap((one): Entry[] => (one.id === event.id ? step(one, event) : [one]));
}

function step(one: Entry, event: Exclude<QueueEvent, { do: "add" | "forget" }>): Entry[] {
  const { refusal: _refusal, ...bare } = one;
  if (event.do === "try") return [one.state === "waiting" ? { ...one, triedAt: one.triedAt ?? event.at } : one];
  if (event.do === "done") return [one.state === "done" ? one : { ...bare, state: "done", doneAt: event.at }];
  if (event.do === "refuse")
    return [one.state === "waiting" ? { ...one, state: "refused", refusal: event.refusal } : one];
  if (one.state !== "refused") return [one];
  if (event.do === "retry") return [{ ...bare, state: "waiting" }];
  return event.do === "replace" ? [{ ...event.by, state: "waiting" }] : [];
}

/**
 * Whether a refusal says that the command was never done, so that another may take its place. Whoever may no longer do it, or whose command no longer fits, is refused before the
 * server looks whether it was done.
 */
export function surelyNotDone({ status, code }: Refusal): boolean {
  if (code.startsWith("input.") || code.startsWith("auth.") || code.startsWith("command.")) return false;
  return status === 409 || status === 400;
}

/** What the server does not know yet, refused ones among it. */
export const pending = (queue: Queue): readonly Entry[] => queue.filter(({ state }) => state !== "done");

/** The one that holds up all others until a person settles it. */
export const conflict = (queue: Queue): Entry | undefined => queue.find(({ state }) => state === "refused");

/** What comes next: the first that the server does not know. Nothing while a refused one stands before it, for what follows may build on it. */
export function next(queue: Queue, now: string): { send: Entry } | { refuse: Entry; code: string } | undefined {
  const first = pending(queue)[0];
  if (!first || first.state === "refused") return undefined;
  const tried = first.triedAt === undefined ? 0 : Date.parse(now) - Date.parse(first.triedAt);
  return tried > safeDays * dayMs ? { refuse: first, code: "client.too-old" } : { send: first };
}

/** What an answer means: done, refused for a person to settle, to be tried again in a while, or nothing before somebody signs in. */
export function meaning(answer: {
  status: number;
  code?: string | undefined;
}): "done" | "refused" | "later" | "sign-in" {
  const { status, code } = answer;
  if (status >= 200 && status < 300) return "done";
  if (status === 401) return "sign-in";
  if (status < 400 || status >= 500 || status === 408 || status === 429 || code === "busy") return "later";
  return "refused";
}
