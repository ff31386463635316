import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { Refused } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { allocate } from "./allocate.ts";
import { collectedWrites, declinedWrites } from "./collect-writes.ts";
import { disputeWrites } from "./disputes.ts";
import { merchantWrites } from "./merchant.ts";
import type { CardFacts } from "./method-model.ts";
import { savedWrites } from "./methods.ts";
import type { Payment } from "./model.ts";
import { receiveWrites } from "./payments.ts";
import { platformNewsWrites } from "./platform-pay.ts";
import { attachedWrites, detachedWrites } from "./portal.ts";
import type { PaymentProvider, ProviderNews } from "./provider.ts";
import { dueBillsOf, paymentKey, paymentKind, paymentOf, providerEventKey, providerEventKind } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** What was done with a webhook: `applied` now, `known` from before, or `ignored` as nothing to us. */
export type Applied = "applied" | "known" | "ignored";

/**
 * Applies a provider's news once, in any order: its event id is recorded under a condition in the same commit as what it causes. Money is given to
 * the payment's bill first, then to the company's other bills, oldest first; the rest is credit, so that a bill paid twice loses nothing. What a saved method may be
 * shown as is asked of the provider before; while it does not answer this throws and the news is sent again.
 */
export async function applyNews(scope: Scope, provider: PaymentProvider, told: ProviderNews): Promise<Applied> {
  const { news } = told;
  if (news.is === "ignored") return "ignored";
  const mark = insert(
    providerEventKey(scope, told.event),
    providerEventKind,
    { id: told.event, type: told.type, at: scope.now },
    "event",
  );
  const reference = news.is === "saved" ? news.reference : news.is === "received" ? news.saved : undefined;
  const { account } = told;
  const saved = reference ? { reference, account, card: await provider.card(reference, account) } : undefined;
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const writes = await newsWrites(scope, told, saved);
    if (!writes) return "ignored";
    const outcome = await commit(scope, [mark, ...writes], { answer: null });
    if (outcome.done) return writes.length > 0 && !outcome.replayed ? "applied" : "known";
    if ("event" in outcome.lost) return "known";
  }
  throw new Refused("busy");
}

type Saved = { readonly reference: string; readonly card: CardFacts; readonly account?: string | undefined };

/** What news writes as things stand; nothing when it was known, undefined when it is nothing to us. */
async function newsWrites(scope: Scope, told: ProviderNews, saved: Saved | undefined): Promise<Write[] | undefined> {
  const { news, account } = told;
  if (news.is === "ignored") return undefined;
  if (news.is === "account") return merchantWrites(scope, account, news);
  if (news.is === "attached") return attachedWrites(scope, news, account);
  if (news.is === "detached") return detachedWrites(scope, news, account);
  if (news.is === "saved") return saved ? savedWrites(scope, news.company, news.method, saved) : undefined;
  const stored = await paymentOf(scope, news.payment);
  if (!stored) return platformNewsWrites(scope, told);
  // The account that it happened in decides: whoever holds another writes what they like into their own payments' notes.
  if (stored.way !== "hosted" || stored.account !== account) return undefined;
  if (news.is === "disputed")
    // Money that nobody has told us of yet comes first: the provider sends this again.
    return stored.state === "received"
      ? disputeWrites(scope, stored.provider ?? "", stored, news.dispute)
      : wait(stored);
  if (news.is === "declined")
    // On a page its payer tries again by themselves; only a charge without them ends with its refusal.
    return stored.collected ? declinedWrites(scope, stored, news.code) : undefined;
  if (news.is !== "received") return lapsed(scope, stored);
  const method = saved && stored.saves ? await savedWrites(scope, stored.company, stored.saves, saved) : [];
  return [...(await received(scope, stored, news)), ...method];
}

function wait({ id }: Payment): never {
  throw new Error(`payment ${id} is disputed and was not heard to be paid yet`);
}

type Received = { readonly amountMinor: number; readonly currency: string; readonly intent?: string | undefined };

/** Settles a charge that the provider says is paid; nothing when its news was faster. */
export async function settleCharge(scope: Scope, payment: string, news: Received): Promise<void> {
  await changeCharge(scope, payment, "paid", (stored) => received(scope, stored, news));
}

/** Ends a charge that the provider has refused; nothing when its news was faster. */
export async function declineCharge(scope: Scope, payment: string, code: string): Promise<void> {
  await changeCharge(scope, payment, "declined", (stored) => declinedWrites(scope, stored, code));
}

async function changeCharge(
  scope: Scope,
  payment: string,
  step: string,
  writesOf: (stored: Stored<Payment>) => Promise<Write[]>,
): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const stored = await paymentOf(scope, payment);
    const writes = stored ? await writesOf(stored) : [];
    if (writes.length === 0) return;
    if ((await commit(stepOf(scope, `${step} ${payment}`), writes, { answer: null })).done) return;
  }
  throw new Refused("busy");
}

async function received(scope: Scope, stored: Stored<Payment>, news: Received): Promise<Write[]> {
  const { rev, ...payment } = stored;
  if (payment.state === "received") return [];
  if (news.currency !== "cny") throw new Error(`payment ${payment.id} came in ${news.currency}`);
  // What a guest pays for a booking waits as their balance until it is over and billed.
  const due = payment.booking ? [] : await dueBillsOf(scope, payment.company as CompanyId);
  const bills = [
    ...due.filter(({ id }) => id === payment.invoice),
    ...due.filter(({ id }) => id !== payment.invoice),
  ].slice(0, 12);
  const paid: Payment = {
    ...payment,
    amountMinor: news.amountMinor,
    ...(news.intent ? { intent: news.intent } : {}),
    receivedOn: dayOf(scope.now, await zoneOf(scope)),
  };
  const { writes, payment: after } = receiveWrites(scope, paid, allocate(news.amountMinor, bills), bills);
  return [
    replace(paymentKey(scope, payment.id), paymentKind, after, rev, "payment"),
    ...writes,
    ...(await collectedWrites(scope, after)),
  ];
}

/** An expired or failed page takes no money; one that was paid meanwhile stays paid. */
function lapsed(scope: Scope, stored: Stored<Payment>): Write[] {
  if (stored.state === "received" || stored.state === "failed") return [];
  const { rev, ...payment } = stored;
  const after: Payment = { ...payment, state: "failed" };
  const told = { payment: payment.id, company: payment.company, invoice: payment.invoice ?? "" };
  return [
    replace(paymentKey(scope, payment.id), paymentKind, after, rev, "payment"),
    happened(scope, "payment.lapsed", payment.company, told),
  ];
}
