import { isId, type SpaceId } from "@yihao/kernel/ids";
import { instant, millis } from "@yihao/kernel/span";
import Stripe from "stripe";
import type { PaymentId } from "./model.ts";
import { type PaymentProvider, type ProviderNews, ProviderRefuses } from "./provider.ts";

export type StripeSettings = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where Stripe's API is asked; absent on AWS, the payment sandbox on one machine. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: "http" | "https";
};

/** Webhooks older than this are refused: Stripe's own tolerance, in seconds. */
const toleranceSeconds = 300;

/** Stripe as a payment provider: Checkout Sessions in CNY by card, Alipay and WeChat Pay, and its signed webhooks. */
export function stripeProvider(settings: StripeSettings): PaymentProvider {
  const { host, port, protocol } = settings;
  const stripe = new Stripe(settings.secretKey, {
    ...(host ? { host } : {}),
    ...(port ? { port } : {}),
    ...(protocol ? { protocol } : {}),
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
  });
  return {
    name: "stripe",
    async page(wish) {
      const metadata = { space: wish.space, payment: wish.payment };
      const session = await stripe.checkout.sessions.create(
        {
          mode: "payment",
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: wish.currency,
                unit_amount: wish.amountMinor,
                product_data: { name: wish.title },
              },
            },
          ],
          allowed_payment_method_types: ["card", "alipay", "wechat_pay"],
          payment_method_options: { wechat_pay: { client: "web" } },
          client_reference_id: wish.payment,
          metadata,
          payment_intent_data: { metadata },
          locale: wish.language === "zh" ? "zh" : "en",
          success_url: wish.successUrl,
          cancel_url: wish.cancelUrl,
        },
        { idempotencyKey: `${wish.space}:${wish.payment}` },
      );
      if (!session.url) throw new Error(`checkout session ${session.id} has no page`);
      return { session: session.id, url: session.url, expiresAt: instant(session.expires_at * 1000) };
    },
    async refund({ space, refund, intent, amountMinor }) {
      const metadata = { space, refund };
      try {
        const made = await stripe.refunds.create(
          { payment_intent: intent, amount: amountMinor, metadata },
          { idempotencyKey: `${space}:${refund}` },
        );
        return { reference: made.id };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) throw new ProviderRefuses(error.message);
        throw error;
      }
    },
    async close(session) {
      try {
        await stripe.checkout.sessions.expire(session);
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
    },
    async verify(payload, signature, now) {
      try {
        const event = await stripe.webhooks.constructEventAsync(
          payload,
          signature,
          settings.webhookSecret,
          toleranceSeconds,
          undefined,
          millis(now),
        );
        return newsOf(event);
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
          return undefined;
        throw error;
      }
    },
  };
}

type Marked = { readonly metadata: Record<string, string> | null };

function ours(object: Marked): { space: SpaceId; payment: PaymentId } | undefined {
  const { space, payment } = object.metadata ?? {};
  return isId("spc", space) && isId("pay", payment) ? { space, payment } : undefined;
}

/** Reads an event: only a paid session or a succeeded intent means money; both tell of the same payment, in any order. */
function newsOf(event: Stripe.Event): ProviderNews {
  const told = { event: event.id, type: event.type, at: instant(event.created * 1000) };
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
        },
      };
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
