import type { Call, Through } from "@yihao/table/client";

/** Shares of calls (0–1) that meet each fault. */
export type FaultRates = {
  readonly conflict?: number;
  readonly throttle?: number;
  readonly internal?: number;
  readonly lostReply?: number;
};

/** A small seeded generator (mulberry32), so that a run can be repeated from its printed seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function fault(name: string, fields: object = {}): Error {
  return Object.assign(new Error(name), { name, ...fields });
}

const isWrite = (call: Call) => call.constructor.name.startsWith("TransactWriteItems");

/**
 * Faults that DynamoDB shows under load and DynamoDB Local never does, put before or after the real call: transaction
 * conflicts, throttling, 500, and a reply that is lost although the write was done.
 */
export function faults(seed: number, rates: FaultRates): Through {
  const chance = seeded(seed);
  return async (call, send) => {
    const roll = chance();
    let edge = 0;
    const hit = (rate = 0) => {
      edge += rate;
      return roll < edge;
    };
    if (isWrite(call) && hit(rates.conflict)) {
      throw fault("TransactionCanceledException", { CancellationReasons: [{ Code: "TransactionConflict" }] });
    }
    if (hit(rates.throttle)) throw fault("ThrottlingException");
    if (hit(rates.internal)) throw fault("InternalServerError", { $metadata: { httpStatusCode: 500 } });
    const answer = await send(call);
    if (isWrite(call) && hit(rates.lostReply)) throw fault("TimeoutError");
    return answer;
  };
}
