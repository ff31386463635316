import { dayOf, instantOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { mailingAll, senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { replace, type Write } from "@yihao/table/write";
import { readersOf } from "./bill-readers.ts";
import { afterDecline } from "./collect.ts";
import { stoppedLetter } from "./collect-letters.ts";
import type { Attempt, Collection, CollectionTold } from "./collect-model.ts";
import { collectionKey, collectionKind, collectionOf, collectionRows, collectSettingsOf } from "./collect-store.ts";
import { kindOfDecline } from "./decline.ts";
import type { Payment } from "./model.ts";
import { openOf } from "./open.ts";
import { headOf, paymentKey, paymentKind } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** When a day's collecting is done, local time: an hour before its dunning. */
const hour = "08:00";

/** Sets the timer of a bill's collection on a day, or at once when that is past. */
export function collectOn(scope: Scope, invoice: string, on: string, zone: string): Write {
  const at = instantOf(on, hour, zone);
  return dueAt(scope, at > scope.now ? at : scope.now, "billing.collect", invoice);
}

/** Writes that put a collection in the place of what it was, with its row. Lost under `collection`. */
export function changeWrites(scope: Scope, { rev, ...before }: Stored<Collection>, after: Collection): Write[] {
  return [
    replace(collectionKey(scope, before.invoice), collectionKind, after, rev, "collection"),
    ...collectionRows(scope, before, after),
  ];
}

const withAttempt = (attempts: readonly Attempt[], payment: string, change: Partial<Attempt>): Attempt[] =>
  attempts.map((one) => (one.payment === payment ? { ...one, ...change } : one));

const toldOf = (
  { invoice, number, company, nextOn, why, attempts }: Collection,
  amountMinor: number,
): CollectionTold => {
  const last = attempts.at(-1);
  return {
    ...{ invoice, number, company, amountMinor },
    ...(nextOn ? { nextOn } : {}),
    ...(why ? { why } : {}),
    ...(last ? { last4: last.card.last4 } : {}),
    ...(last?.code ? { code: last.code } : {}),
  };
};

/** An event of a collection on its company's timeline. */
export const collectionTold = (scope: Scope, type: string, one: Collection, amountMinor: number): Write =>
  happened(scope, type, one.company, toldOf(one, amountMinor));

/** The writes that end a collection whose money has come, by it or otherwise. */
export async function collectedWrites(scope: Scope, payment: Payment): Promise<Write[]> {
  const stored = payment.invoice ? await collectionOf(scope, payment.invoice) : undefined;
  if (!stored || !payment.collected) return [];
  const { rev: _rev, nextOn: _next, why: _why, ...before } = stored;
  const after: Collection = {
    ...before,
    state: "received",
    attempts: withAttempt(stored.attempts, payment.id, { state: "received" }),
    endedOn: dayOf(scope.now, await zoneOf(scope)),
  };
  return changeWrites(scope, stored, after);
}

/** The writes that end a collection without its money, with the letter that says where to pay by hand. */
export async function stopWrites(
  scope: Scope,
  stored: Stored<Collection>,
  change: Pick<Collection, "why"> & Partial<Pick<Collection, "attempts">>,
): Promise<Write[]> {
  const [head, zone] = await Promise.all([headOf(scope, stored.invoice), zoneOf(scope)]);
  const company = head && (await companyOf(scope, head.company));
  const { rev: _rev, nextOn: _next, ...before } = stored;
  const after: Collection = { ...before, ...change, state: "stopped", endedOn: dayOf(scope.now, zone) };
  const openMinor = head ? openOf(head) : 0;
  const from = await senderOf(scope);
  const last4 = after.attempts.at(-1)?.card.last4;
  const said = { ...after, openMinor, ...(last4 ? { last4 } : {}) };
  const link = `/s/${scope.space}/my/bills/${after.invoice}`;
  const readers = company ? await readersOf(scope, company) : [];
  return [
    ...changeWrites(scope, stored, after),
    collectionTold(scope, "collection.stopped", after, openMinor),
    ...mailingAll(
      scope,
      readers.map((to) => stoppedLetter(to, from, said, link)),
    ),
  ];
}

/** The writes of a try that was refused: what follows by the schedule, or the end. None when its end is known already. */
export async function declinedWrites(scope: Scope, paid: Stored<Payment>, code: string): Promise<Write[]> {
  const stored = paid.invoice ? await collectionOf(scope, paid.invoice) : undefined;
  const attempt = stored?.attempts.find((one) => one.payment === paid.id);
  if (paid.state !== "asked" || attempt?.state !== "asked" || !stored) return [];
  const [settings, zone] = await Promise.all([collectSettingsOf(scope), zoneOf(scope)]);
  const kind = kindOfDecline(code);
  const attempts = withAttempt(stored.attempts, paid.id, { state: "declined", code, kind });
  const tries = attempts.filter(({ state }) => state === "declined").length;
  const next = afterDecline(settings, stored.dueOn, { tries, kind, today: dayOf(scope.now, zone) });
  const { rev, ...payment } = paid;
  const failed = replace(
    paymentKey(scope, paid.id),
    paymentKind,
    { ...payment, state: "failed" as const },
    rev,
    "payment",
  );
  if ("why" in next) {
    const ended = { ...stored, attempts, why: next.why };
    return [
      failed,
      ...(await stopWrites(scope, stored, { attempts, why: next.why })),
      collectionTold(scope, "collection.declined", ended, attempt.amountMinor),
    ];
  }
  const { rev: _rev, ...before } = stored;
  const after: Collection = { ...before, attempts, state: "waiting", nextOn: next.nextOn };
  return [
    failed,
    ...changeWrites(scope, stored, after),
    collectOn(scope, after.invoice, next.nextOn, zone),
    collectionTold(scope, "collection.declined", after, attempt.amountMinor),
  ];
}

/** The writes of a try that was given up before it was made: what the bill needs is decided anew. */
export async function droppedWrites(scope: Scope, paid: Stored<Payment>): Promise<Write[]> {
  const stored = paid.invoice ? await collectionOf(scope, paid.invoice) : undefined;
  if (paid.state !== "asked" || !stored) return [];
  const { rev, ...payment } = paid;
  const { rev: _rev, ...before } = stored;
  const attempts = withAttempt(stored.attempts, paid.id, { state: "dropped" });
  return [
    replace(paymentKey(scope, paid.id), paymentKind, { ...payment, state: "failed" as const }, rev, "payment"),
    ...changeWrites(scope, stored, { ...before, attempts, state: "waiting" }),
  ];
}
