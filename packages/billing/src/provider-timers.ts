import { decidePayable } from "@yihao/booking/hold";
import { bookingOf } from "@yihao/booking/store";
import type { Files } from "@yihao/http/files";
import { isId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type DueHandler, onDue } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { get } from "@yihao/table/read";
import { replace, type Write } from "@yihao/table/write";
import { refundKey, refundKind } from "./approval-store.ts";
import { propose } from "./approvals.ts";
import { collectBill } from "./collect-run.ts";
import { sendEvidence } from "./evidence-actions.ts";
import { creditTo } from "./guest-money.ts";
import { methodOf } from "./method-store.ts";
import { followPlatformBill } from "./platform-collect.ts";
import { type PaymentProvider, ProviderRefuses } from "./provider.ts";
import { paymentKey, paymentOf, paymentsOn } from "./store.ts";

type OfCompany = { readonly company: string };

/**
 * Asks the provider to give a refund's money back, until it has said so. When it never will, the money is the payer's balance again and two people find it on their list, to be given
 * back by transfer. Safe to run again: the provider knows the refund by our id.
 */
async function sendRefund(scope: Scope, provider: PaymentProvider, id: string, { company }: OfCompany): Promise<void> {
  const key = refundKey(scope, company, id);
  const stored = await get(scope, refundKind, key);
  if (stored?.state !== "sending" || !stored.payment) return;
  const { rev, ...refund } = stored;
  const payment = await paymentOf(scope, stored.payment);
  if (!payment) return;
  try {
    if (!payment.intent) throw new ProviderRefuses("its name at the provider is not known");
    const { intent } = payment;
    const sent = await provider.refund({
      ...{ space: scope.space, account: payment.account, refund: id, intent, amountMinor: refund.amountMinor },
    });
    const after = { ...refund, state: "sent" as const, reference: sent.reference };
    const told = happened(scope, "refund.sent", company, { refund: id, reference: sent.reference });
    await commit(stepOf(scope, "sent"), [replace(key, refundKind, after, rev), told], { answer: null });
  } catch (error) {
    if (!(error instanceof ProviderRefuses)) throw error;
    const less: Write = {
      ...{ do: "update", key: paymentKey(scope, payment.id), add: { refundedMinor: -refund.amountMinor, rev: 1 } },
      ...{ when: [["rev", "=", payment.rev]], tag: "payment" },
    };
    const writes = [
      replace(key, refundKind, { ...refund, state: "failed" as const }, rev),
      less,
      ...creditTo(scope, company, id, refund.amountMinor, "refund-failed"),
      happened(scope, "refund.failed", company, { refund: id, why: error.message.slice(0, 200) }),
    ];
    const back = await commit(stepOf(scope, "failed"), writes, { answer: null });
    if (!back.done) throw new Error(`refund ${id} changed meanwhile`);
    if (!isId("cmp", company)) return;
    const wish = {
      ...{ kind: "refund" as const, company, amountMinor: refund.amountMinor, way: "transfer" as const },
      ...{ payment: payment.id, reference: `T-${id.slice(4)}`, paidOn: refund.paidOn },
    };
    await propose(stepOf(scope, "propose"), { wish, reason: `原路退款失败：${error.message}`.slice(0, 200) });
  }
}

/** Shuts the pages of a guest's booking once it is not held any more, so that nobody pays for nothing. */
async function closePages(scope: Scope, provider: PaymentProvider, id: string): Promise<void> {
  const booking = await bookingOf(scope, id);
  if (booking && decidePayable(booking, scope.now).ok) return;
  for (const { state, session, account } of await paymentsOn(scope, id))
    if (state === "open" && session) await provider.close(session, account);
}

/** Timers that reach for the payment provider; when it does not answer they stay and ring again. */
export const providerTimers = (provider: PaymentProvider, files: Files): DueHandler[] => [
  onDue<{ version: number }>("billing.send-evidence", (scope, id, data) =>
    sendEvidence(scope, { provider, files }, id, data),
  ),
  onDue<OfCompany>("billing.send-refund", (scope, id, data) => sendRefund(scope, provider, id, data)),
  onDue("billing.collect", (scope, id) => collectBill(scope, provider, id)),
  onDue("billing.platform-bill", (scope, month) => followPlatformBill(scope, provider, month)),
  onDue<OfCompany>("billing.forget-method", async (scope, id, { company }) => {
    const method = await methodOf(scope, company, id);
    if (method?.state === "removed" && method.reference) await provider.forget(method.reference, method.account);
  }),
  onDue("billing.close-page", (scope, id) => closePages(scope, provider, id)),
];
