import type Stripe from "stripe";
import type { ChargeRecord, IntentRecord, Line, Method, RefundRecord, SessionRecord, State } from "./model.ts";

const allMethods = ["card", "alipay", "wechat_pay"] as const;

/** The methods a session offers: its own list, or all three; only a card where it is to be saved. */
export function offeredMethods(session: SessionRecord): readonly Method[] {
  if (session.mode === "setup" || session.futureUse) return ["card"];
  return session.allowed ?? allMethods;
}

/** The record under an id, if it belongs to that account; another account's reads as absent. */
export function ownedBy<T extends { account: string | null }>(
  records: Record<string, T>,
  id: string,
  account: string | null,
): T | undefined {
  const found = Object.hasOwn(records, id) ? records[id] : undefined;
  return found?.account === account ? found : undefined;
}

/** A Checkout Session as the API shows it, with nothing expanded. */
export function showSession(session: SessionRecord): Stripe.Checkout.Session {
  const paid = session.status === "complete";
  const setup = session.mode === "setup";
  return {
    id: session.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: session.allowed === null ? null : [...session.allowed],
    amount_subtotal: setup ? null : session.totalMinor,
    amount_total: setup ? null : session.totalMinor,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReference,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: session.created,
    currency: session.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: session.customer,
    customer_account: null,
    customer_creation: session.customer === null && !setup ? "if_required" : null,
    customer_details: paid
      ? {
          address: null,
          business_name: null,
          email: session.email,
          individual_name: null,
          name: null,
          phone: null,
          tax_exempt: "none",
          tax_ids: [],
        }
      : null,
    customer_email: session.email,
    discounts: [],
    expires_at: session.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: session.locale,
    managed_payments: null,
    metadata: { ...session.metadata },
    mode: session.mode,
    origin_context: null,
    payment_intent: session.intent,
    payment_link: null,
    payment_method_collection: setup ? "always" : "if_required",
    payment_method_configuration_details: null,
    payment_method_options:
      session.wechatClient === null ? {} : { wechat_pay: { app_id: null, client: session.wechatClient } },
    payment_method_types: [...offeredMethods(session)],
    payment_status: setup ? "no_payment_required" : paid ? "paid" : "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: session.setup,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: session.status,
    submit_type: session.submitType,
    subscription: null,
    success_url: session.successUrl,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: session.status === "open" ? session.url : null,
    wallet_options: null,
  };
}

/** A Price as it goes over the wire, where a decimal is text. */
type WirePrice = Omit<Stripe.Price, "unit_amount_decimal"> & { readonly unit_amount_decimal: string };
type WireLine = Omit<Stripe.LineItem, "price"> & { readonly price: WirePrice };

/** One line of a session; its price and product were made for this session alone, as `price_data` does. */
export function showLine(line: Line, session: SessionRecord): WireLine {
  const amount = line.unitMinor * line.quantity;
  return {
    id: line.id,
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: session.currency,
    description: line.name,
    metadata: {},
    price: {
      id: line.price,
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created: session.created,
      currency: session.currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: line.product,
      recurring: null,
      tax_behavior: "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount: line.unitMinor,
      unit_amount_decimal: String(line.unitMinor),
    },
    quantity: line.quantity,
  };
}

/** A PaymentIntent. */
export function showIntent(intent: IntentRecord): Stripe.PaymentIntent {
  return {
    id: intent.id,
    object: "payment_intent",
    allowed_payment_method_types: intent.allowed === null ? null : [...intent.allowed],
    amount: intent.amountMinor,
    amount_capturable: 0,
    amount_received: intent.status === "succeeded" ? intent.amountMinor : 0,
    application: null,
    application_fee_amount: intent.feeMinor,
    automatic_payment_methods: null,
    canceled_at: intent.canceledAt,
    cancellation_reason: intent.canceledAt === null || intent.session === null ? null : "expired",
    capture_method: "automatic_async",
    client_secret: `${intent.id}_secret_sandbox`,
    confirmation_method: "automatic",
    created: intent.created,
    currency: intent.currency,
    customer: intent.customer,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: intent.failure === null ? null : showFailure(intent.failure, intent.charge),
    latest_charge: intent.charge,
    livemode: false,
    managed_payments: null,
    metadata: { ...intent.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: intent.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: [...(intent.allowed ?? allMethods)],
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: intent.futureUse ? "off_session" : null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: intent.status,
    transfer_data: null,
    transfer_group: null,
  };
}

/** What a failed attempt leaves on a payment. */
function showFailure(
  failure: NonNullable<IntentRecord["failure"]>,
  charge: string | null,
): Stripe.PaymentIntent.LastPaymentError {
  const { decline, method } = failure;
  return {
    code: decline.code,
    message: decline.message,
    payment_method_type: method,
    type: method === "card" ? "card_error" : "invalid_request_error",
    ...(charge === null ? {} : { charge }),
    ...(decline.declineCode === null ? {} : { decline_code: decline.declineCode }),
  };
}

/** A Charge, paid or failed; refunds change only its two refund fields. */
export function showCharge(charge: ChargeRecord, state: State): Stripe.Charge {
  const intent = state.intents[charge.intent]!;
  const email = intent.session === null ? null : state.sessions[intent.session]!.email;
  const ok = charge.failure === null;
  return {
    id: charge.id,
    object: "charge",
    amount: charge.amountMinor,
    amount_captured: ok ? charge.amountMinor : 0,
    amount_refunded: charge.refundedMinor,
    application: null,
    application_fee: null,
    application_fee_amount: intent.feeMinor,
    balance_transaction: null,
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: ok,
    created: charge.created,
    currency: charge.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: charge.disputed,
    failure_balance_transaction: null,
    failure_code: charge.failure?.code ?? null,
    failure_message: charge.failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: ok ? "approved_by_network" : "declined_by_network",
      reason: charge.failure?.declineCode ?? null,
      seller_message: ok ? "Payment complete." : "The bank did not return any further details with this decline.",
      type: ok ? "authorized" : "issuer_declined",
    },
    paid: ok,
    payment_intent: charge.intent,
    payment_method: charge.paymentMethod,
    payment_method_details: showInstrument(charge),
    receipt_email: intent.receiptEmail,
    receipt_number: null,
    receipt_url: null,
    refunded: ok && charge.refundedMinor === charge.amountMinor,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: ok ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: null,
  };
}

function showInstrument(charge: ChargeRecord): Stripe.Charge.PaymentMethodDetails {
  const paidWith = charge.instrument;
  if (paidWith.method === "alipay") return { type: "alipay", alipay: { fingerprint: null, transaction_id: charge.id } };
  if (paidWith.method === "wechat_pay") {
    return { type: "wechat_pay", wechat_pay: { fingerprint: null, transaction_id: charge.id } };
  }
  return {
    type: "card",
    card: {
      amount_authorized: charge.failure === null ? charge.amountMinor : null,
      authorization_code: null,
      brand: paidWith.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "CN",
      electronic_commerce_indicator: null,
      exp_month: paidWith.expMonth,
      exp_year: paidWith.expYear,
      funding: "credit",
      installments: null,
      last4: paidWith.last4,
      mandate: null,
      network: paidWith.brand,
      network_transaction_id: null,
      regulated_status: "unregulated",
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

/** A Refund; here it always succeeds at once. */
export function showRefund(refund: RefundRecord): Stripe.Refund {
  return {
    id: refund.id,
    object: "refund",
    amount: refund.amountMinor,
    balance_transaction: null,
    charge: refund.charge,
    created: refund.created,
    currency: refund.currency,
    customer: null,
    customer_account: null,
    metadata: { ...refund.metadata },
    payment_intent: refund.intent,
    payment_method: null,
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}
