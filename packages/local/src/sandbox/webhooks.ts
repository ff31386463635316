import Stripe from "stripe";
import { showEvent } from "./events.ts";
import { takeFault } from "./faults.ts";
import type { Delivery } from "./model.ts";
import type { Store } from "./store.ts";

const SIGNER = new Stripe("sk_test_sandbox_signer");
const REPLY_WITHIN_MS = 10_000;
const STALE_SECONDS = 3_600;

export type Hook = {
  readonly url: string;
  readonly secret: string;
  /** Waits before the second, third … attempt; when they are used up the delivery has failed. */
  readonly retryDelaysMs?: readonly number[];
};
/** Runs something later; answers how to call it off. */
export type Later = (delayMs: number, run: () => void) => () => void;

const RETRY_DELAYS_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

export type Courier = {
  /** Sends everything owed that is not already on its way. Call it after the state is on disk. */
  readonly kick: () => void;
  /** Sends one delivery once more, whatever became of it. */
  readonly resend: (delivery: Delivery) => void;
  /** Resolves when nothing is being sent at this moment; waits that are still running do not count. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Carries events to the webhook one after another, at least once each; what was owed before a crash is owed after it. */
export function openCourier(store: Store, hook: Hook | undefined, now: () => Date, later: Later): Courier {
  const delaysMs = hook?.retryDelaysMs ?? RETRY_DELAYS_MS;
  const underWay = new Set<string>();
  const waiting = new Set<() => void>();
  const closing = new AbortController();
  let queue = Promise.resolve();

  const push = (delivery: Delivery) => {
    underWay.add(delivery.id);
    queue = queue.then(() => send(delivery));
  };
  const wait = (delayMs: number, delivery: Delivery) => {
    underWay.add(delivery.id);
    const cancel = later(delayMs, () => {
      waiting.delete(cancel);
      push(delivery);
    });
    waiting.add(cancel);
  };

  const post = async (delivery: Delivery) => {
    const { state } = store;
    const event = state.events.find((one) => one.id === delivery.event);
    if (!hook || !event) return false;
    const wrong = takeFault(state, "hook_bad_signature") !== undefined;
    const stale = takeFault(state, "hook_stale_timestamp") !== undefined;
    const payload = JSON.stringify(showEvent(event, state), null, 2);
    const timestamp = Math.floor(now().getTime() / 1000) - (stale ? STALE_SECONDS : 0);
    const secret = wrong ? `${hook.secret}_wrong` : hook.secret;
    const signature = SIGNER.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const note = [wrong ? "wrong signature" : "", stale ? "stale timestamp" : ""].filter(Boolean).join(", ");
    const at = now().toISOString();
    try {
      const reply = await fetch(hook.url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
        body: payload,
        redirect: "manual",
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(REPLY_WITHIN_MS)]),
      });
      await reply.body?.cancel();
      delivery.attempts.push({ at, status: reply.status, note });
      return reply.status >= 200 && reply.status < 300;
    } catch (error) {
      if (closing.signal.aborted) return false;
      delivery.attempts.push({ at, status: null, note: [note, reason(error)].filter(Boolean).join(", ") });
      return false;
    }
  };

  const send = async (delivery: Delivery) => {
    if (closing.signal.aborted) return;
    const done = await post(delivery);
    if (closing.signal.aborted) return;
    if (done && takeFault(store.state, "hook_duplicate")) await post(delivery);
    const delayMs = delaysMs[delivery.attempts.length - 1];
    underWay.delete(delivery.id);
    if (done) delivery.state = "delivered";
    else if (delivery.state === "delivered") return store.save();
    else if (delayMs === undefined) delivery.state = "failed";
    store.save();
    if (!done && delayMs !== undefined) wait(delayMs, delivery);
  };

  return {
    kick: () => {
      if (!hook) return;
      const owed = store.state.deliveries.filter((one) => one.state === "pending" && !underWay.has(one.id));
      if (owed.length > 1 && takeFault(store.state, "hook_reorder")) owed.reverse();
      for (const delivery of owed) {
        const delay = takeFault(store.state, "hook_delay");
        if (delay) wait(delay.delayMs ?? 1_000, delivery);
        else push(delivery);
      }
    },
    resend: push,
    idle: async () => {
      let seen: Promise<void> | undefined;
      while (seen !== queue) {
        seen = queue;
        await seen;
      }
    },
    close: async () => {
      closing.abort();
      for (const cancel of waiting) cancel();
      await queue;
    },
  };
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
