import { isId, type SpaceId } from "@yihao/kernel/ids";
import { instant } from "@yihao/kernel/span";
import type Stripe from "stripe";
import type { DisputeNews, DisputeState } from "./dispute-model.ts";
import type { PaymentId } from "./model.ts";
import type { ProviderNews } from "./provider.ts";

/** What every piece of news says, whatever it is of. */
const toldOf = (event: Stripe.Event) => ({
  ...{ event: event.id, type: event.type, at: instant(event.created * 1000) },
  ...(event.account ? { account: event.account } : {}),
});

type Marked = { readonly metadata: Record<string, string> | null };

function ours(object: Marked): { space: SpaceId; payment: PaymentId } | undefined {
  const { space, payment } = object.metadata ?? {};
  return isId("spc", space) && isId("pay", payment) ? { space, payment } : undefined;
}

const states: Readonly<Record<string, DisputeState>> = {
  needs_response: "needs-response",
  warning_needs_response: "needs-response",
  under_review: "in-review",
  warning_under_review: "in-review",
  won: "won",
  lost: "lost",
};

/** What Stripe's dispute says; what came back is known by its sign, and the fee is what is left of all of them. */
export function disputeOf(dispute: Stripe.Dispute): DisputeNews {
  const moves = dispute.balance_transactions;
  const { due_by } = dispute.evidence_details;
  return {
    reference: dispute.id,
    amountMinor: dispute.amount,
    currency: dispute.currency,
    reason: dispute.reason,
    state: states[dispute.status] ?? "closed",
    ...(due_by === null ? {} : { evidenceBy: instant(due_by * 1000) }),
    withdrawn: moves.some(({ amount }) => amount < 0),
    reinstated: moves.some(({ amount }) => amount > 0),
    feeMinor: moves.reduce((sum, { fee }) => sum + fee, 0),
    moves: moves.length,
    openedAt: instant(dispute.created * 1000),
  };
}

/** What is asked of the provider to know whose something is. */
type Asks = Readonly<Record<"intent" | "customer", (id: string) => Promise<Marked | undefined>>>;

/**
 * Reads an event. A dispute names no payment of ours and a card no company, only the provider's: whose that is is asked of the provider, so that no list of names is to be kept; it throws when the provider does not answer,
 * and the event is sent again.
 */
export async function newsOf(event: Stripe.Event, asks: Asks): Promise<ProviderNews> {
  if (event.type === "payment_method.attached" || event.type === "payment_method.detached")
    return cardNews(event, asks);
  if (!event.type.startsWith("charge.dispute.")) return plainNews(event);
  const dispute = event.data.object as Stripe.Dispute;
  const told = toldOf(event);
  const { payment_intent: named } = dispute;
  const intent = typeof named === "string" ? await asks.intent(named) : (named ?? undefined);
  const whose = intent && ours(intent);
  if (!whose) return { ...told, news: { is: "ignored" } };
  return { ...told, news: { is: "disputed", ...whose, dispute: disputeOf(dispute) } };
}

/** Reads that a card was added to a customer, or taken off one: then whose it was stands in what it was before. */
async function cardNews(
  event: Stripe.PaymentMethodAttachedEvent | Stripe.PaymentMethodDetachedEvent,
  asks: Asks,
): Promise<ProviderNews> {
  const told = toldOf(event);
  const { id: reference, customer: now, card } = event.data.object;
  const before = (event.data.previous_attributes as { readonly customer?: unknown } | undefined)?.customer;
  const is = event.type === "payment_method.attached" ? "attached" : "detached";
  const named = is === "attached" ? now : before;
  const customer = typeof named === "string" ? named : undefined;
  const { space, company } = (customer ? await asks.customer(customer) : undefined)?.metadata ?? {};
  if (!customer || !isId("spc", space) || !isId("cmp", company)) return { ...told, news: { is: "ignored" } };
  const shown = card
    ? { card: { brand: card.brand, last4: card.last4, expMonth: card.exp_month, expYear: card.exp_year } }
    : {};
  return { ...told, news: { is, space, company, customer, reference, ...shown } };
}

/** Reads an event of a payment: only a paid session or a succeeded intent means money; both tell of the same payment, in any order. */
function plainNews(event: Stripe.Event): ProviderNews {
  const told = toldOf(event);
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded": {
      const session = event.data.object;
      const whose = ours(session);
      if (!whose || session.payment_status !== "paid") break;
      return {
        ...told,
        news: {
          ...{ is: "received", ...whose, amountMinor: session.amount_total ?? 0, currency: session.currency ?? "" },
          ...(typeof session.payment_intent === "string" ? { intent: session.payment_intent } : {}),
        },
      };
    }
    case "payment_intent.succeeded": {
      const intent = event.data.object;
      const whose = ours(intent);
      if (!whose) break;
      return {
        ...told,
        news: {
          ...{ is: "received", ...whose, amountMinor: intent.amount_received, currency: intent.currency },
          intent: intent.id,
          ...(intent.setup_future_usage && typeof intent.payment_method === "string"
            ? { saved: intent.payment_method }
            : {}),
        },
      };
    }
    case "payment_intent.payment_failed": {
      const intent = event.data.object;
      const whose = ours(intent);
      if (!whose) break;
      const failure = intent.last_payment_error;
      return {
        ...told,
        news: { is: "declined", ...whose, code: failure?.decline_code ?? failure?.code ?? "card_declined" },
      };
    }
    case "account.updated": {
      const { metadata, charges_enabled: enabled, details_submitted: submitted } = event.data.object;
      const { space } = metadata ?? {};
      if (!isId("spc", space)) break;
      return { ...told, news: { is: "account", space, enabled, submitted } };
    }
    case "setup_intent.succeeded": {
      const { metadata, payment_method: reference } = event.data.object;
      const { space, company, method } = metadata ?? {};
      if (!isId("spc", space) || !isId("cmp", company) || !isId("pmt", method) || typeof reference !== "string") break;
      return { ...told, news: { is: "saved", space, company, method, reference } };
    }
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired": {
      const whose = ours(event.data.object);
      if (!whose) break;
      return { ...told, news: { is: event.type === "checkout.session.expired" ? "expired" : "failed", ...whose } };
    }
  }
  return { ...told, news: { is: "ignored" } };
}
