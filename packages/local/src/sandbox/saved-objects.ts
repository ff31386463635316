import type Stripe from "stripe";
import type { CustomerRecord, DisputeRecord, MethodRecord, SetupRecord } from "./model.ts";

/** A Customer as the API shows it. */
export function showCustomer(customer: CustomerRecord): Stripe.Customer {
  return {
    id: customer.id,
    object: "customer",
    address: null,
    balance: 0,
    created: customer.created,
    currency: null,
    default_source: null,
    description: null,
    discount: null,
    email: customer.email,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: { ...customer.metadata },
    name: customer.name,
    shipping: null,
  };
}

/** A PaymentMethod: a card by its brand, last four digits and expiry, never its number. */
export function showMethod(method: MethodRecord): Stripe.PaymentMethod {
  const { instrument } = method;
  const about = {
    id: method.id,
    object: "payment_method" as const,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: method.created,
    customer: method.customer,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
  if (instrument.method !== "card") return { ...about, type: instrument.method };
  return {
    ...about,
    type: "card",
    card: {
      brand: instrument.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "CN",
      display_brand: instrument.brand,
      exp_month: instrument.expMonth,
      exp_year: instrument.expYear,
      funding: "credit",
      generated_from: null,
      last4: instrument.last4,
      networks: null,
      regulated_status: "unregulated",
      three_d_secure_usage: null,
      wallet: null,
    },
  };
}

/** A SetupIntent. */
export function showSetup(setup: SetupRecord): Stripe.SetupIntent {
  return {
    id: setup.id,
    object: "setup_intent",
    allowed_payment_method_types: ["card"],
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${setup.id}_secret_sandbox`,
    created: setup.created,
    customer: setup.customer,
    description: null,
    excluded_payment_method_types: null,
    last_setup_error:
      setup.failure === null
        ? null
        : {
            type: "card_error",
            code: setup.failure.code,
            message: setup.failure.message,
            ...(setup.failure.declineCode === null ? {} : { decline_code: setup.failure.declineCode }),
          },
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: { ...setup.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: setup.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: setup.status,
    usage: "off_session",
  };
}

/** What of a dispute goes over the wire: the fields that are read by anybody here, in the SDK's names and kinds. */
type WireDispute = Pick<
  Stripe.Dispute,
  | "id"
  | "object"
  | "amount"
  | "charge"
  | "created"
  | "currency"
  | "is_charge_refundable"
  | "livemode"
  | "metadata"
  | "payment_intent"
  | "reason"
  | "status"
> & {
  readonly balance_transactions: readonly Pick<
    Stripe.BalanceTransaction,
    "object" | "amount" | "currency" | "fee" | "net" | "type" | "reporting_category"
  >[];
  readonly evidence_details: Stripe.Dispute.EvidenceDetails;
};

/** A Dispute: what was withdrawn and what came back stand in its balance transactions, with the fee. */
export function showDispute(dispute: DisputeRecord): WireDispute {
  const { amountMinor: amount, feeMinor: fee, currency } = dispute;
  return {
    id: dispute.id,
    object: "dispute",
    amount,
    balance_transactions: dispute.moves.map((move) => ({
      object: "balance_transaction",
      amount: move === "withdrawn" ? -amount : amount,
      currency,
      fee: move === "withdrawn" ? fee : 0,
      net: move === "withdrawn" ? -amount - fee : amount,
      type: "adjustment",
      reporting_category: move === "withdrawn" ? "dispute" : "dispute_reversal",
    })),
    charge: dispute.charge,
    created: dispute.created,
    currency,
    evidence_details: {
      due_by: dispute.dueBy,
      enhanced_eligibility: {},
      has_evidence: dispute.status !== "needs_response" || Object.keys(dispute.evidence).length > 0,
      past_due: false,
      submission_count: dispute.submissions,
      submission_method: "manual",
    },
    is_charge_refundable: false,
    livemode: false,
    metadata: dispute.metadata,
    payment_intent: dispute.intent,
    reason: dispute.reason,
    status: dispute.status,
  };
}
