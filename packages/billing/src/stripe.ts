import { instant, millis } from "@yihao/kernel/span";
import Stripe from "stripe";
import { type EvidenceUse, evidenceUses } from "./dispute-model.ts";
import { type Charged, type PaymentProvider, ProviderRefuses } from "./provider.ts";
import { disputeOf, newsOf } from "./stripe-news.ts";

export type StripeSettings = {
  readonly secretKey: string;
  /** One, or two by a comma: of the platform's own events and of those in spaces' accounts. */
  readonly webhookSecret: string;
  /** Where Stripe's API is asked; absent on AWS, the payment sandbox on one machine. */
  readonly host?: string;
  readonly port?: number;
  readonly protocol?: "http" | "https";
  /** What the platform keeps of what is paid into a space's own account, in basis points; rounded down to the fen. */
  readonly feeBasisPoints?: number;
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
  /** Whose account a call is made in. */
  const inAccount = (account: string | undefined) => (account ? { stripeAccount: account } : {});
  /** What the platform keeps of a payment; Stripe takes it from a space's own account alone. */
  const feeOf = (amountMinor: number, account: string | undefined) => {
    const fee = account ? Math.floor((amountMinor * (settings.feeBasisPoints ?? 0)) / 10_000) : 0;
    return fee > 0 ? { application_fee_amount: fee } : {};
  };
  /** Stripe signs what happens in connected accounts with a secret of its own, so there may be two. */
  const secrets = settings.webhookSecret.split(",");
  const signed = async (payload: string, signature: string, at: number): Promise<Stripe.Event> => {
    const [secret = "", ...others] = secrets;
    const tried = (key: string) =>
      stripe.webhooks.constructEventAsync(payload, signature, key, toleranceSeconds, undefined, at);
    for (const other of others) {
      const event = await tried(other).catch(() => undefined);
      if (event) return event;
    }
    return tried(secret);
  };
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
          ...(wish.saveFor
            ? { customer: wish.saveFor, allowed_payment_method_types: ["card"] }
            : {
                allowed_payment_method_types: ["card", "alipay", "wechat_pay"],
                payment_method_options: { wechat_pay: { client: "web" as const } },
              }),
          client_reference_id: wish.payment,
          metadata,
          payment_intent_data: {
            metadata,
            ...feeOf(wish.amountMinor, wish.account),
            ...(wish.saveFor ? { setup_future_usage: "off_session" as const } : {}),
          },
          locale: wish.language === "zh" ? "zh" : "en",
          success_url: wish.successUrl,
          cancel_url: wish.cancelUrl,
        },
        { idempotencyKey: `${wish.space}:${wish.payment}`, ...inAccount(wish.account) },
      );
      if (!session.url) throw new Error(`checkout session ${session.id} has no page`);
      return { session: session.id, url: session.url, expiresAt: instant(session.expires_at * 1000) };
    },
    async refund({ space, refund, intent, amountMinor, account }) {
      const metadata = { space, refund };
      try {
        const made = await stripe.refunds.create(
          { payment_intent: intent, amount: amountMinor, metadata },
          { idempotencyKey: `${space}:${refund}`, ...inAccount(account) },
        );
        return { reference: made.id };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) throw new ProviderRefuses(error.message);
        throw error;
      }
    },
    async close(session, account) {
      try {
        await stripe.checkout.sessions.expire(session, {}, inAccount(account));
        return { paid: false };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        return {
          paid: (await stripe.checkout.sessions.retrieve(session, {}, inAccount(account))).payment_status === "paid",
        };
      }
    },
    async customer({ space, company, name, account }) {
      const wish = { name, metadata: { space, company } };
      return (await stripe.customers.create(wish, { idempotencyKey: `${space}:${company}`, ...inAccount(account) })).id;
    },
    async savePage(wish) {
      const metadata = { space: wish.space, company: wish.company, method: wish.method };
      const session = await stripe.checkout.sessions.create(
        {
          mode: "setup",
          customer: wish.customer,
          allowed_payment_method_types: ["card"],
          client_reference_id: wish.method,
          metadata,
          setup_intent_data: { metadata },
          locale: wish.language === "zh" ? "zh" : "en",
          success_url: wish.successUrl,
          cancel_url: wish.cancelUrl,
        },
        { idempotencyKey: `${wish.space}:${wish.method}`, ...inAccount(wish.account) },
      );
      if (!session.url) throw new Error(`checkout session ${session.id} has no page`);
      return { session: session.id, url: session.url, expiresAt: instant(session.expires_at * 1000) };
    },
    async portal({ space, visit, customer, language, back, account }) {
      const wish = {
        ...{ customer, return_url: back, configuration: await portalSetUp(stripe, inAccount(account)) },
        locale: language === "zh" ? ("zh" as const) : ("en" as const),
      };
      const options = { idempotencyKey: `${space}:${visit}`, ...inAccount(account) };
      return { url: (await stripe.billingPortal.sessions.create(wish, options)).url };
    },
    async card(method, account) {
      const { card } = await stripe.paymentMethods.retrieve(method, {}, inAccount(account));
      if (!card) throw new Error(`payment method ${method} is no card`);
      return { brand: card.brand, last4: card.last4, expMonth: card.exp_month, expYear: card.exp_year };
    },
    async forget(method, account) {
      try {
        await stripe.paymentMethods.detach(method, {}, inAccount(account));
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
      }
    },
    async prepare({ space, payment, amountMinor, title, customer, method, account }) {
      const made = await stripe.paymentIntents.create(
        {
          ...{ amount: amountMinor, currency: "cny", customer, payment_method: method, description: title },
          ...{ allowed_payment_method_types: ["card"], metadata: { space, payment } },
          ...feeOf(amountMinor, account),
        },
        { idempotencyKey: `${space}:${payment}`, ...inAccount(account) },
      );
      return { intent: made.id };
    },
    async charge({ space, payment, intent, account }) {
      try {
        const options = { idempotencyKey: `${space}:${payment}:confirm`, ...inAccount(account) };
        return chargedOf(await stripe.paymentIntents.confirm(intent, { off_session: true }, options));
      } catch (error) {
        if (error instanceof Stripe.errors.StripeCardError)
          return { is: "declined", code: error.decline_code ?? error.code ?? "card_declined" };
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        if (error.code !== "payment_intent_unexpected_state") return { is: "declined", code: "provider_refused" };
        return chargedOf(await stripe.paymentIntents.retrieve(intent, {}, inAccount(account)));
      }
    },
    async drop(intent, account) {
      try {
        await stripe.paymentIntents.cancel(intent, {}, inAccount(account));
        return { is: "dropped" };
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        const found = await stripe.paymentIntents.retrieve(intent, {}, inAccount(account));
        return found.status === "canceled" ? { is: "dropped" } : chargedOf(found);
      }
    },
    async upload({ mark, name, type, bytes, account }) {
      const file = { data: Buffer.from(bytes), name, type };
      try {
        const options = { idempotencyKey: mark, ...inAccount(account) };
        return { reference: (await stripe.files.create({ purpose: "dispute_evidence", file }, options)).id };
      } catch (error) {
        if (error instanceof Stripe.errors.StripeInvalidRequestError) throw new ProviderRefuses(error.message);
        throw error;
      }
    },
    async evidence({ mark, dispute, text, usage, files, submit, account }) {
      const evidence = {
        ...{ uncategorized_text: text, access_activity_log: usage },
        ...Object.fromEntries(evidenceUses.map((use) => [evidenceFields[use], files[use] ?? ""])),
      };
      try {
        const wish = { evidence, submit, metadata: { evidence: mark } };
        const options = { idempotencyKey: mark, ...inAccount(account) };
        return disputeOf(await stripe.disputes.update(dispute, wish, options));
      } catch (error) {
        if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
        // What was taken and not answered is refused the second time once its key is forgotten: then the dispute bears its mark.
        const now = await found(() => stripe.disputes.retrieve(dispute, {}, inAccount(account)));
        if (now?.metadata.evidence === mark && now.evidence_details.submission_count > 0) return disputeOf(now);
        throw new ProviderRefuses(error.message);
      }
    },
    async openAccount({ space }) {
      const wish = {
        // The space is the merchant: it pays Stripe's fees, Stripe bears its losses and takes it on, and it has Stripe's dashboard for its evidence.
        controller: {
          fees: { payer: "account" as const },
          losses: { payments: "stripe" as const },
          stripe_dashboard: { type: "full" as const },
          requirement_collection: "stripe" as const,
        },
        metadata: { space },
      };
      return (await stripe.accounts.create(wish, { idempotencyKey: `${space}:account` })).id;
    },
    async accountPage({ account, back }) {
      const wish = { account, type: "account_onboarding" as const, refresh_url: back, return_url: back };
      return (await stripe.accountLinks.create(wish)).url;
    },
    async accountState(account) {
      const { charges_enabled: enabled, details_submitted: submitted } = await stripe.accounts.retrieve(account);
      return { enabled, submitted };
    },
    async verify(payload, signature, now) {
      try {
        const event = await signed(payload, signature, millis(now));
        return await newsOf(event, {
          intent: (id) => found(() => stripe.paymentIntents.retrieve(id, {}, inAccount(event.account))),
          customer: async (id) => {
            const kept = await found(() => stripe.customers.retrieve(id, {}, inAccount(event.account)));
            return kept && !kept.deleted ? kept : undefined;
          },
        });
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
          return undefined;
        throw error;
      }
    },
  };
}

/** Where Stripe keeps each file of evidence. */
const evidenceFields: Readonly<Record<EvidenceUse, string>> = {
  bill: "receipt",
  service: "service_documentation",
  letters: "customer_communication",
  other: "uncategorized_file",
};

/** By what the portal's set-up of ours is known among those of an account. */
const portalMark = { yihao: "saved-cards-1" };

/** The set-up of the portal in an account, made once: cards are added and removed there and nothing else, for bills are ours. */
async function portalSetUp(stripe: Stripe, options: { readonly stripeAccount?: string }): Promise<string> {
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 }, options);
  const known = data.find(({ metadata }) => metadata?.yihao === portalMark.yihao);
  if (known) return known.id;
  const wish = { features: { payment_method_update: { enabled: true } }, metadata: portalMark };
  const key = `${options.stripeAccount ?? "platform"}:portal:${portalMark.yihao}`;
  return (await stripe.billingPortal.configurations.create(wish, { idempotencyKey: key, ...options })).id;
}

/** What there is under a name; undefined when the provider knows none. */
async function found<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined;
    throw error;
  }
}

/** What a payment's state says of its charge. */
function chargedOf(intent: Stripe.PaymentIntent): Charged {
  if (intent.status === "succeeded")
    return { is: "received", amountMinor: intent.amount_received, currency: intent.currency };
  if (intent.status === "processing") return { is: "processing" };
  if (intent.status === "requires_action") return { is: "declined", code: "authentication_required" };
  const failure = intent.last_payment_error;
  return { is: "declined", code: failure?.decline_code ?? failure?.code ?? intent.status };
}
