import { dayOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import { chargeNamed } from "./charge-named.ts";
import { leastMinor } from "./checkout.ts";
import { decideCollect } from "./collect.ts";
import type { Attempt, Collection } from "./collect-model.ts";
import { collectionKey, collectionKind, collectionOf, collectionRows, collectSettingsOf } from "./collect-store.ts";
import { changeWrites, collectionTold, collectOn, droppedWrites, stopWrites } from "./collect-writes.ts";
import { methodOf, usualMethod } from "./method-store.ts";
import type { Payment } from "./model.ts";
import { declineCharge, settleCharge } from "./news.ts";
import { openOf } from "./open.ts";
import { unsigned } from "./plan-month.ts";
import type { PaymentProvider } from "./provider.ts";
import {
  billPaymentKey,
  type Head,
  headOf,
  paymentKey,
  paymentKind,
  paymentOf,
  paymentsOn,
  pointerKind,
} from "./store.ts";
import { zoneOf } from "./zone.ts";

const steps = 20;
/** How long until a charge that is on its way is asked for again, in minutes, in case nobody tells. */
const againMinutes = 6 * 60;

/**
 * Works on a bill's collection (到期扣款) as far as this moment goes: each step is decided from what stands now and written under its revision, the intent before the provider is asked and the result after. Safe to run
 * again at any point: a charge has one name at the provider, which is kept before it is made. Throws while the provider does not answer; then the timer stays.
 */
export async function collectBill(scope: Scope, provider: PaymentProvider, id: string): Promise<void> {
  for (let at = 0; at < steps; at += 1) {
    const [head, collection, settings, zone] = await Promise.all([
      headOf(scope, id),
      collectionOf(scope, id),
      collectSettingsOf(scope),
      zoneOf(scope),
    ]);
    if (!head) return;
    const usual = await usualMethod(scope, head.company);
    const last = collection?.attempts.at(-1);
    const charged = last && (await methodOf(scope, head.company, last.method));
    const step = decideCollect({
      ...{ settings, bill: head, collection, leastMinor, today: dayOf(scope.now, zone) },
      ...{ canPay: usual !== undefined, mayFinish: charged?.state === "saved" },
    });
    const here = stepOf(scope, `${step.do} ${collection?.rev ?? 0}`);
    if (step.do === "nothing") return;
    if (step.do === "wait") {
      await commit(unsigned(here), [collectOn(here, id, step.on, zone)], { answer: null });
      return;
    }
    if (step.do === "finish" && last) {
      if (await finish(here, provider, last, step.drop)) return;
    } else if (step.do === "try" && usual) {
      if (!(await shutPages(here, provider, id))) return;
      await begin(here, provider, head, collection, usual);
    } else if (collection) {
      const writes =
        step.do === "stop"
          ? await stopWrites(here, collection, { why: step.why })
          : changeWrites(here, collection, settled(collection, dayOf(scope.now, zone)));
      await commit(here, writes, { answer: null });
    }
  }
  throw new Error(`the collection of ${id} found no quiet moment`);
}

function settled({ rev: _rev, nextOn: _next, ...collection }: Stored<Collection>, endedOn: string): Collection {
  return { ...collection, state: "settled", endedOn };
}

/** Shuts the pages on which somebody might pay this very bill by hand; false when one was paid, so that its money is waited for. */
async function shutPages(scope: Scope, provider: PaymentProvider, id: string): Promise<boolean> {
  for (const { state, session, account } of await paymentsOn(scope, id)) {
    if (state !== "open" || !session || !(await provider.close(session, account)).paid) continue;
    await commit(unsigned(scope), [dueAt(scope, plusMinutes(scope.now, 60), "billing.collect", id)], { answer: null });
    return false;
  }
  return true;
}

type Usual = NonNullable<Awaited<ReturnType<typeof usualMethod>>>;

/** Records that a charge is about to be asked for: the payment, and the try in the bill's collection. */
async function begin(
  scope: Scope,
  provider: PaymentProvider,
  head: Stored<Head>,
  stored: Stored<Collection> | undefined,
  { id: method, card, account }: Usual,
): Promise<void> {
  const { id: invoice, number = "", company, companyName, dueOn = "" } = head;
  const amountMinor = openOf(head);
  const { brand, last4 } = card;
  const payment: Payment = {
    ...{ id: idFor(scope, "pay"), company, companyName, way: "hosted", state: "asked", amountMinor },
    ...{ reference: number, allocations: [], creditMinor: 0, invoice, collected: { method, brand, last4 } },
    ...{ provider: provider.name, at: scope.now, by: "system:billing.collect" },
    ...(account ? { account } : {}),
  };
  const attempt: Attempt = {
    ...{ payment: payment.id, method, card: { brand, last4 }, at: scope.now, amountMinor, state: "asked" },
  };
  const { rev: _rev, nextOn: _next, ...before } = stored ?? { rev: 0, attempts: [] };
  const after: Collection = {
    ...before,
    ...{ invoice, number, company, companyName, dueOn, state: "trying" },
    attempts: [...before.attempts, attempt],
  };
  const pointer: Write = {
    ...{ do: "put", key: billPaymentKey(scope, invoice, payment.id), kind: pointerKind },
    ...{ data: { id: payment.id }, rev: 1 },
  };
  const writes = [
    insert(paymentKey(scope, payment.id), paymentKind, payment, "payment"),
    pointer,
    ...(stored
      ? changeWrites(scope, stored, after)
      : [
          insert(collectionKey(scope, invoice), collectionKind, after, "collection"),
          ...collectionRows(scope, undefined, after),
        ]),
    collectionTold(scope, "collection.tried", after, amountMinor),
  ];
  await commit(scope, writes, { answer: null });
}

/** Ends a try whose end is not known: made, or given up. True when nothing is left to do now. */
async function finish(scope: Scope, provider: PaymentProvider, attempt: Attempt, drop: boolean): Promise<boolean> {
  const stored = await paymentOf(scope, attempt.payment);
  if (stored?.state !== "asked" || !stored.collected || !stored.invoice) return false;
  const charged = drop
    ? stored.intent
      ? await provider.drop(stored.intent, stored.account)
      : ({ is: "dropped" } as const)
    : await makeCharge(scope, provider, stored);
  if (charged.is === "processing") {
    const again = dueAt(scope, plusMinutes(scope.now, againMinutes), "billing.collect", stored.invoice);
    await commit(unsigned(scope), [again], { answer: null });
    return true;
  }
  if (charged.is === "received") {
    const { intent } = (await paymentOf(scope, stored.id)) ?? stored;
    await settleCharge(scope, stored.id, { ...charged, intent });
  } else if (charged.is === "declined") await declineCharge(scope, stored.id, charged.code);
  else {
    const now = await paymentOf(scope, stored.id);
    const writes = now ? await droppedWrites(scope, now) : [];
    if (writes.length > 0) await commit(stepOf(scope, "dropped"), writes, { answer: null });
  }
  return false;
}

/** Makes a try's charge, once; gives it up when its method is not there to charge any more. */
async function makeCharge(scope: Scope, provider: PaymentProvider, payment: Stored<Payment>) {
  const { space } = scope;
  const { collected, id, amountMinor, reference, company, account, intent } = payment;
  const profile = await usualOf(scope, company, collected?.method ?? "", account);
  if (!profile) return intent ? provider.drop(intent, account) : ({ is: "dropped" } as const);
  const ask = { space, account, payment: id, amountMinor, title: reference, ...profile };
  const again = async () => (await paymentOf(scope, id))?.intent;
  return chargeNamed(scope, provider, ask, { key: paymentKey(scope, id), intent, again });
}

async function usualOf(scope: Scope, company: string, id: string, account: string | undefined) {
  const [method, usual] = await Promise.all([methodOf(scope, company, id), usualMethod(scope, company)]);
  if (method?.state !== "saved" || !method.reference || usual?.account !== account || !usual) return undefined;
  return { customer: usual.customer, method: method.reference };
}
