/**
 * Items of signed webhooks. The function that sends reaches the `hook…` partitions and no other (`infra/functions.ts`).
 *
 * | item      | key                                        | written by                                          | units | size   |
 * |-----------|--------------------------------------------|-----------------------------------------------------|-------|--------|
 * | endpoint  | `hooks`, `<hook>`                          | make, change, pause, resume; health by the sender   | 2     | 0.6 kB |
 * | number    | `hook-count`                               | make, delete                                        | 2     | 0.1 kB |
 * | secrets   | `hook-secrets`, `<hook>`                   | make, rotate                                        | 2     | 0.3 kB |
 * | delivery  | `hook-out`, `<hook>` / `<instant>_<event>` | the event, each attempt and its result              | 2–4   | 1 kB   |
 * | attempt   | `hook-try`, `<hook>` / `<delivery>#<nn>`   | whoever wants it; its result by the sender          | 2     | 0.5 kB |
 *
 * An event in a space without endpoints costs one query, 0.5 units; with them 1, and for each that hears it a delivery, an attempt and a timer (6), its result (4) and the timer's end (4). A new
 * attempt is an append-only item: the sender hears it from the stream, nobody calls it. Deliveries and attempts are tidied away after 30 days. Secrets stand in their own items, which no list reads;
 * they must be readable to sign, so the table's encryption guards them.
 */
import type { Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import type { Attempt, Delivery, Hook, HookEvents, HookId } from "./model.ts";
import { deliveryDays, hooksMost } from "./model.ts";
import { nextLook } from "./retry.ts";

export type Secrets = { readonly current: string; readonly former: string | null; readonly formerUntil: string | null };
/** A delivery with what is sent, how far up the ladder of retries it is, and whether it is tried but once, as a ping is. */
export type StoredDelivery = Delivery & { readonly body: string; readonly rung: number; readonly once: boolean };
/** An attempt that is wanted; once it was made it holds its result too. */
export type StoredAttempt = {
  readonly hook: HookId;
  readonly delivery: string;
  readonly attempt: number;
  readonly at: string;
  readonly result?: Omit<Attempt, "attempt" | "at"> | undefined;
};

export const hookKind = kindOf<Hook>("hook");
const countKind = kindOf<{ count: number }>("hook-count");
export const secretsKind = kindOf<Secrets>("hook-secrets");
export const deliveryKind = kindOf<StoredDelivery>("hook-out");
export const attemptKind = kindOf<StoredAttempt>("hook-try");

const hooksOf = (scope: Scope) => partition(scope, "hooks");
export const hookKey = (scope: Scope, id: HookId) => keyIn(hooksOf(scope), id);
const countKey = (scope: Scope) => keyIn(partition(scope, "hook-count"));
export const secretsKey = (scope: Scope, id: HookId) => keyIn(partition(scope, "hook-secrets"), id);
const deliveriesOf = (scope: Scope, hook: HookId) => partition(scope, "hook-out", hook);
export const deliveryKey = (scope: Scope, hook: HookId, id: string) => keyIn(deliveriesOf(scope, hook), id);
const attemptsOf = (scope: Scope, hook: HookId) => partition(scope, "hook-try", hook);
const nth = (attempt: number) => String(attempt).padStart(4, "0");
export const attemptKey = (scope: Scope, { hook, delivery, attempt }: StoredAttempt) =>
  keyIn(attemptsOf(scope, hook), delivery, nth(attempt));

export const getHook = (scope: Scope, id: HookId): Promise<Stored<Hook> | undefined> =>
  get(scope, hookKind, hookKey(scope, id));
export const getSecrets = (scope: Scope, id: HookId): Promise<Stored<Secrets> | undefined> =>
  get(scope, secretsKind, secretsKey(scope, id));
export const getDelivery = (scope: Scope, hook: HookId, id: string): Promise<Stored<StoredDelivery> | undefined> =>
  get(scope, deliveryKind, deliveryKey(scope, hook, id));

/** Every endpoint of a space: at most ten. */
export const allHooks = (scope: Scope, consistent = true): Promise<Stored<Hook>[]> =>
  queryAll(scope, hookKind, hooksOf(scope), { consistent });

/** A page of the deliveries of an endpoint, newest first. */
export const listDeliveries = (scope: Scope, hook: HookId, page: { cursor?: string | undefined; limit?: number }) =>
  query(scope, deliveryKind, deliveriesOf(scope, hook), { ...page, newest: true, consistent: true });

/** The attempts of a delivery in their order. */
export const attemptsFor = (scope: Scope, hook: HookId, delivery: string): Promise<Stored<StoredAttempt>[]> =>
  queryAll(scope, attemptKind, attemptsOf(scope, hook), { prefix: `${delivery}#`, consistent: true });

/** Counts an endpoint more or less; more than the most is lost under `most`. */
export function countWrite(scope: Scope, by: 1 | -1): Write {
  const key = countKey(scope);
  if (by < 0) return { do: "update", key, add: { count: by } };
  return {
    do: "update",
    key,
    kind: countKind,
    add: { count: by },
    when: [["count", "absent-or", "<", hooksMost]],
    tag: "most",
  };
}

const ttlOf = (scope: Scope) => Math.ceil(Date.parse(scope.now) / 1000) + deliveryDays * 86_400;

/** The timer that looks after each attempt. */
export const lookTimer = "hooks.look";
export type Look = { readonly hook: HookId; readonly delivery: string; readonly attempt: number };

/** A number from 0 up to 1 out of a text: the jitter of an attempt, the same at every replay. */
function chanceOf(...texts: string[]): number {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const text = digest(...texts);
  return (letters.indexOf(text[0] ?? "0") * 32 + letters.indexOf(text[1] ?? "0")) / 1024;
}

/** The attempt of a number on its rung, and the timer that looks after it. */
function wanted(scope: Scope, hook: HookId, delivery: string, attempt: number, rung: number) {
  const at = nextLook(rung, chanceOf(hook, delivery, String(attempt)), scope.now);
  const look: Look = { hook, delivery, attempt };
  const one: StoredAttempt = { hook, delivery, attempt, at: scope.now };
  const writes: Write[] = [
    { ...insert(attemptKey(scope, one), attemptKind, one, "attempt"), ttl: ttlOf(scope) },
    dueAt(scope, at, lookTimer, `${hook} ${delivery}`, look),
  ];
  return { at, writes };
}

type Sending = Pick<StoredDelivery, "event" | "type" | "body" | "once"> & { readonly of: string };

/** A delivery with its first attempt. The same event (at its instant `of`) makes the same delivery, which is lost under `delivery`. */
export function deliveryWrites(scope: Scope, hook: HookId, { of, ...facts }: Sending) {
  const id = `${of}_${facts.event}`;
  const { at, writes } = wanted(scope, hook, id, 1, 0);
  const delivery: StoredDelivery = {
    ...facts,
    ...{ id, at: of, state: "waiting", attempts: 1, rung: 0 },
    ...{ nextAt: facts.once ? null : at, lastAt: null, lastStatus: null, lastFault: null },
  };
  const made = { ...insert(deliveryKey(scope, hook, id), deliveryKind, delivery, "delivery"), ttl: ttlOf(scope) };
  return { delivery, writes: [made, ...writes] };
}

/** Another attempt of a delivery, if nobody began one meanwhile (lost under `delivery`). */
export function againWrites(scope: Scope, hook: HookId, before: StoredDelivery, rung: number): Write[] {
  const attempts = before.attempts + 1;
  const { at, writes } = wanted(scope, hook, before.id, attempts, rung);
  const set = {
    state: "waiting",
    attempts,
    rung,
    nextAt: before.once ? null : at,
    lastAt: null,
    lastStatus: null,
    lastFault: null,
  };
  const when = [["attempts", "=", before.attempts] as const];
  return [{ do: "update", key: deliveryKey(scope, hook, before.id), set, when, tag: "delivery" }, ...writes];
}

/** Ends a delivery that still waits after the attempt that was looked at. */
export function endWrite(scope: Scope, hook: HookId, before: StoredDelivery, state: "failed" | "stopped"): Write {
  return {
    do: "update",
    key: deliveryKey(scope, hook, before.id),
    set: { state, nextAt: null },
    when: [
      ["attempts", "=", before.attempts],
      ["state", "=", "waiting"],
    ],
    tag: "delivery",
  };
}

/** An event of this room; it stands in the space's audit trail. */
export function tell<Type extends keyof HookEvents>(scope: Scope, type: Type, data: HookEvents[Type]): Write {
  return happened(scope, type, scope.space, data);
}
