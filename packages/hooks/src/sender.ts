import { asSystem, type Meter, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { get } from "@yihao/table/read";
import { type BatchAnswer, factOf, type Heard, type StreamBatch, type StreamRecord } from "@yihao/table/stream";
import { post, type SendOptions, type Sent } from "./send.ts";
import { signedHeaders } from "./signature.ts";
import {
  attemptKey,
  attemptKind,
  deliveryKey,
  getDelivery,
  getHook,
  getSecrets,
  hookKey,
  type StoredAttempt,
} from "./store.ts";

export type Sender = SendOptions & {
  readonly table: Table;
  readonly now: () => string;
  readonly log?: ((entry: Heard) => void) | undefined;
};

/** Kind of the items that the sender hears; everything else in a batch is not for it. */
export const heardKind = attemptKind.name;

function scopeOf({ table, now }: Sender, space: Scope["space"], attempt: StoredAttempt, meter: Meter): Scope {
  const platform: PlatformScope = {
    space: "platform",
    actor: { kind: "system", name: "hooks" },
    now: now(),
    command: { id: `auto:${attempt.delivery} ${attempt.attempt}`, print: "" },
    meter,
    table,
  };
  return asSystem(platform, space, "hooks");
}

/** Writes down how an attempt went: with it, at its delivery while that waits, and at the endpoint when its health changed. Each by itself: the endpoint or the delivery may be gone. */
async function note(
  scope: Scope,
  attempt: StoredAttempt,
  { ms, status, fault, answer }: Sent,
  failingSince: string | null,
  once: boolean,
) {
  const result = { ms, status, fault, answer };
  await commit(scope, [{ do: "update", key: attemptKey(scope, attempt), set: { result }, when: [["pk", "present"]] }], {
    answer: null,
  });
  const { hook, delivery } = attempt;
  const now = { lastAt: scope.now, lastStatus: status, lastFault: fault };
  // What is tried but once is over now; all else waits for its timer.
  const state = fault === null ? "delivered" : once ? "failed" : undefined;
  const set = state === undefined ? now : { ...now, state, nextAt: null };
  const when = [["state", "=", "waiting"] as const];
  await commit(scope, [{ do: "update", key: deliveryKey(scope, hook, delivery), set, when }], { answer: null });
  if ((fault === null) === (failingSince === null)) return;
  const health = { failingSince: fault === null ? null : scope.now };
  await commit(scope, [{ do: "update", key: hookKey(scope, hook), set: health, when: [["pk", "present"]] }], {
    answer: null,
  });
}

/** Makes one attempt: nothing when it was made before, its delivery has arrived, or its endpoint is paused or gone. A ping goes to a paused endpoint too. */
async function attemptOnce(sender: Sender, scope: Scope, attempt: StoredAttempt): Promise<void> {
  const { hook: id, delivery: of } = attempt;
  const [written, hook, secrets, delivery] = await Promise.all([
    get(scope, attemptKind, attemptKey(scope, attempt)),
    getHook(scope, id),
    getSecrets(scope, id),
    getDelivery(scope, id, of),
  ]);
  if (!written || written.result || !hook || !secrets || !delivery || delivery.state !== "waiting") return;
  if (hook.state === "paused" && !delivery.once) return;
  const at = sender.now();
  const overlaps = secrets.former !== null && (secrets.formerUntil ?? "") > at;
  const keys = [secrets.current, ...(overlaps && secrets.former ? [secrets.former] : [])];
  const headers = {
    "content-type": "application/json",
    "user-agent": "Yihao-Webhooks/1",
    ...signedHeaders(keys, delivery.event, at, delivery.body),
  };
  const sent = await post(hook.url, headers, delivery.body, sender);
  await note({ ...scope, now: sender.now() }, attempt, sent, hook.failingSince, delivery.once);
}

async function hearOne(sender: Sender, record: StreamRecord): Promise<void> {
  const fact = factOf(record);
  if (!fact || fact.kind !== heardKind || fact.space === "platform") return;
  const attempt = fact.data as StoredAttempt;
  const meter: Meter = { read: 0, write: 0 };
  const started = performance.now();
  let failed = 1;
  try {
    await attemptOnce(sender, scopeOf(sender, fact.space, attempt, meter), attempt);
    failed = 0;
  } finally {
    const ms = Math.round((performance.now() - started) * 10) / 10;
    sender.log?.({ heard: fact.id, kind: heardKind, space: fact.space, reactions: 1, failed, ms, ...meter });
  }
}

/**
 * The function that sends: takes a batch of stream records and makes the attempts among them, all at the same time, so that none waits for another's ten seconds. What an endpoint answers is no failure
 * of the batch; only what could not be written down is heard again, and is then sent a second time under the same id.
 */
export function createSender(
  sender: Sender,
  failed?: (error: unknown) => void,
): (batch: StreamBatch) => Promise<BatchAnswer> {
  return async ({ Records }) => {
    const lost: string[] = [];
    await Promise.all(
      Records.map(async (record) => {
        try {
          await hearOne(sender, record);
        } catch (error) {
          failed?.(error);
          lost.push(record.dynamodb?.SequenceNumber ?? "");
        }
      }),
    );
    return { batchItemFailures: lost.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
