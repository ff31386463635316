import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { Delivery, DeliveryDetail, HookId, HookRefusal } from "./model.ts";
import { pingKind } from "./model.ts";
import { pingBody } from "./payload.ts";
import {
  againWrites,
  attemptsFor,
  deliveryWrites,
  getDelivery,
  getHook,
  listDeliveries,
  type StoredDelivery,
} from "./store.ts";

type Refusal = "missing" | "conflict" | HookRefusal;

const shown = ({
  id,
  event,
  type,
  at,
  state,
  attempts,
  nextAt,
  lastAt,
  lastStatus,
  lastFault,
}: StoredDelivery): Delivery => ({
  ...{ id, event, type, at, state, attempts, nextAt, lastAt, lastStatus, lastFault },
});

/** A page of what was sent to an endpoint in the last 30 days, newest first. */
export async function readDeliveries(
  scope: Scope,
  hook: HookId,
  page: { cursor?: string | undefined; limit?: number | undefined },
) {
  if (!(await getHook(scope, hook))) return refuse("missing");
  const found = await listDeliveries(scope, hook, { cursor: page.cursor, limit: page.limit ?? 50 });
  return accept({ items: found.items.map(shown), next: found.next });
}

/** One delivery with what was sent and each attempt. */
export async function readDelivery(
  scope: Scope,
  hook: HookId,
  id: string,
): Promise<Outcome<DeliveryDetail, "missing">> {
  const [endpoint, delivery] = await Promise.all([getHook(scope, hook), getDelivery(scope, hook, id)]);
  if (!endpoint || !delivery) return refuse("missing");
  const attempts = await attemptsFor(scope, hook, id);
  const none = { ms: null, status: null, fault: null, answer: null };
  const log = attempts.map(({ attempt, at, result }) => ({ attempt, at, ...none, ...result }));
  return accept({ ...shown(delivery), body: delivery.body, log });
}

/** Sends a test event (测试), once and also to a paused endpoint; how it went stands in the log in a moment. */
export async function pingHook(scope: Scope, hook: HookId): Promise<Outcome<Delivery, Refusal>> {
  if (!(await getHook(scope, hook))) return refuse("missing");
  const event = idFor(scope, "evt", `ping ${hook}`);
  const body = pingBody(scope.space, event, scope.now, hook);
  const { delivery, writes } = deliveryWrites(scope, hook, { event, type: pingKind, body, once: true, of: scope.now });
  const outcome = await commit(scope, writes, { answer: shown(delivery) });
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/**
 * Sends a delivery again by hand, at once and then as often as a new one. It is the same text under the same `webhook-id`, so a receiver who has had it can tell. A paused endpoint is resumed first
 * (`hook.paused`).
 */
export async function redeliver(scope: Scope, hook: HookId, id: string): Promise<Outcome<Delivery, Refusal>> {
  const [endpoint, before] = await Promise.all([getHook(scope, hook), getDelivery(scope, hook, id)]);
  if (!endpoint || !before) return refuse("missing");
  if (endpoint.state === "paused" && !before.once) return refuse("hook.paused");
  const writes = againWrites(scope, hook, before, 0);
  const after: StoredDelivery = {
    ...before,
    state: "waiting",
    attempts: before.attempts + 1,
    rung: 0,
    lastAt: null,
    lastStatus: null,
    lastFault: null,
  };
  const outcome = await commit(scope, writes, { answer: shown(after) });
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}
