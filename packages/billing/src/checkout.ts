import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { allocate } from "./allocate.ts";
import type { BillingRefusal, InvoiceId, Payment, PaymentId } from "./model.ts";
import { openOf } from "./open.ts";
import { receiveWrites } from "./payments.ts";
import type { HostedPage, PaymentProvider, ProviderNews } from "./provider.ts";
import {
  billPaymentKey,
  dueBillsOf,
  headOf,
  paymentKey,
  paymentKind,
  paymentOf,
  paymentsOn,
  pointerKind,
  providerEventKey,
  providerEventKind,
} from "./store.ts";
import { zoneOf } from "./zone.ts";

/** Below this the provider takes no payment: ¥4.00 stands in for its least amount. */
export const leastMinor = 400;
/** An asked-for page is given again while it works for at least this long. */
const stillGoodMs = 10 * 60_000;

export type Asked = { readonly payment: PaymentId; readonly url: string };

/**
 * Asks the provider for a hosted page for what is open of a bill. The intent is recorded before the provider is asked and its answer after; a page asked
 * for before and still good is given again. Refused as `missing` (also for another company's bill), `invoice.draft`, `invoice.nothing-open`, `payment.too-small` and,
 * when the provider does not answer, `payment.provider-down`: then nothing was paid and the same wish may be sent again.
 */
export async function askPage(
  scope: Scope,
  provider: PaymentProvider,
  id: InvoiceId,
  wish: { readonly language: "zh" | "en"; readonly home: string },
): Promise<Outcome<Asked, BillingRefusal | "missing">> {
  const head = await headOf(scope, id);
  const own = ownCompany(scope);
  if (!head || (own && head.company !== own)) return refuse("missing");
  if (head.state === "draft") return own ? refuse("missing") : refuse("invoice.draft");
  const amountMinor = openOf(head);
  if (amountMinor <= 0) return refuse("invoice.nothing-open", { number: head.number ?? "" });
  if (amountMinor < leastMinor) return refuse("payment.too-small", { leastMinor });
  const good = (await paymentsOn(scope, id)).find(
    (one) =>
      one.state === "open" &&
      one.amountMinor === amountMinor &&
      one.url !== undefined &&
      millis(one.expiresAt ?? "") > millis(scope.now) + stillGoodMs,
  );
  if (good?.url) return accept({ payment: good.id, url: good.url });
  const { company, companyName } = head;
  const about = { company, companyName, amountMinor, reference: head.number ?? "", invoice: head.id };
  const payment = await recordIntent(scope, provider, about);
  if (payment.url) return accept({ payment: payment.id, url: payment.url });
  const bill = `${wish.home}/s/${scope.space}/my/bills/${id}`;
  let page: HostedPage;
  try {
    page = await provider.page({
      space: scope.space,
      payment: payment.id,
      amountMinor: payment.amountMinor,
      currency: "cny",
      title: wish.language === "zh" ? `账单 ${head.number}` : `Invoice ${head.number}`,
      language: wish.language,
      successUrl: `${bill}?paid=${payment.id}`,
      cancelUrl: `${bill}?back=1`,
    });
  } catch {
    return refuse("payment.provider-down");
  }
  await recordPage(scope, payment.id, page);
  return accept({ payment: payment.id, url: page.url });
}

type About = Pick<Payment, "company" | "companyName" | "amountMinor" | "reference" | "invoice" | "booking">;

/** Records that a page is about to be asked for, before it is; what is to follow stands in the same commit. */
export async function recordIntent(
  scope: Scope,
  provider: PaymentProvider,
  about: About,
  also: readonly Write[] = [],
): Promise<Payment> {
  const payment: Payment = {
    ...about,
    id: idFor(scope, "pay"),
    way: "hosted",
    state: "asked",
    allocations: [],
    creditMinor: 0,
    provider: provider.name,
    at: scope.now,
    by: actorName(scope),
  };
  const pointer: Write = {
    do: "put",
    key: billPaymentKey(scope, about.booking ?? about.invoice ?? "", payment.id),
    kind: pointerKind,
    data: { id: payment.id },
    rev: 1,
  };
  const writes = [insert(paymentKey(scope, payment.id), paymentKind, payment, "payment"), pointer, ...also];
  await commit(stepOf(scope, "intent"), writes, { answer: null });
  return (await paymentOf(scope, payment.id)) ?? payment;
}

/** Keeps the page on the payment, unless the webhook was faster than the provider's answer. */
export async function recordPage(scope: Scope, id: PaymentId, page: HostedPage): Promise<void> {
  const update: Write = {
    do: "update",
    key: paymentKey(scope, id),
    set: { state: "open", session: page.session, url: page.url, expiresAt: page.expiresAt },
    add: { rev: 1 },
    when: [["state", "=", "asked"]],
    tag: "payment",
  };
  await commit(stepOf(scope, "page"), [update], { answer: null });
}

/** What was done with a webhook: `applied` now, `known` from before, or `ignored` as nothing to us. */
export type Applied = "applied" | "known" | "ignored";

/**
 * Applies a provider's news once, in any order: its event id is recorded under a condition in the same commit as what it causes. Money is given to
 * the payment's bill first, then to the company's other bills, oldest first; the rest is credit, so that a bill paid twice loses nothing.
 */
export async function applyNews(scope: Scope, told: ProviderNews): Promise<Applied> {
  const { news } = told;
  if (news.is === "ignored") return "ignored";
  const mark = insert(
    providerEventKey(scope, told.event),
    providerEventKind,
    { id: told.event, type: told.type, at: scope.now },
    "event",
  );
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const stored = await paymentOf(scope, news.payment);
    if (stored?.way !== "hosted") return "ignored";
    const writes = news.is === "received" ? await received(scope, stored, news) : lapsed(scope, stored);
    const outcome = await commit(scope, [mark, ...writes], { answer: null });
    if (outcome.done) return writes.length > 0 && !outcome.replayed ? "applied" : "known";
    if ("event" in outcome.lost) return "known";
  }
  throw new Refused("busy");
}

async function received(
  scope: Scope,
  stored: Stored<Payment>,
  news: { readonly amountMinor: number; readonly currency: string; readonly intent?: string | undefined },
): Promise<Write[]> {
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
  return [replace(paymentKey(scope, payment.id), paymentKind, after, rev, "payment"), ...writes];
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
