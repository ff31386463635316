import { badParam } from "./errors.ts";
import type { Cause } from "./events.ts";
import type { SessionRecord } from "./model.ts";
import type { createSession, ReadOf } from "./shapes.ts";
import { freshId } from "./store.ts";

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 86_400;
/** Stripe refuses a total worth less than US$0.50 in the settlement currency; ¥4.00 stands in for that. */
const LEAST_TOTAL_MINOR = 400;
const MOST_TOTAL_MINOR = 99_999_999;

type Params = ReadOf<typeof createSession>;

/** What no shape can see: expiry between 30 minutes and 24 hours ahead, total in bounds, WeChat Pay's client, fees only through Connect. */
export function checkSession(params: Params, account: string | null, nowSeconds: number): void {
  const expires = params.expires_at;
  if (expires !== undefined && expires < nowSeconds + 30 * MINUTE_SECONDS) {
    throw badParam(
      "expires_at",
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
    );
  }
  if (expires !== undefined && expires > nowSeconds + DAY_SECONDS) {
    throw badParam(
      "expires_at",
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
    );
  }
  if (params.mode === "setup") {
    checkSetup(params);
    return;
  }
  if (params.line_items === undefined || params.line_items.length === 0)
    throw badParam("line_items", "Missing required param: line_items.", "parameter_missing");
  if (params.setup_intent_data !== undefined)
    throw badParam("setup_intent_data", "You can not pass `setup_intent_data` in `payment` mode.");
  if (params.customer !== undefined && params.customer_email !== undefined)
    throw badParam("customer_email", "You may only specify one of these parameters: customer, customer_email.");
  if (params.payment_intent_data?.setup_future_usage !== undefined && params.customer === undefined)
    throw badParam("customer", "The sandbox saves what pays only for a `customer` that is named.");
  const total = totalOf(params);
  if (total < LEAST_TOTAL_MINOR) {
    throw badParam(
      "line_items",
      "The Checkout Session's total amount due must add up to at least ¥4.00 cny",
      "amount_too_small",
    );
  }
  if (total > MOST_TOTAL_MINOR) {
    throw badParam(
      "line_items",
      "The Checkout Session's total amount must be no more than ¥999,999.99 cny",
      "amount_too_large",
    );
  }
  if (params.allowed_payment_method_types?.length === 0) {
    throw badParam("allowed_payment_method_types", "Invalid array: at least one payment method type is required");
  }
  if (
    params.allowed_payment_method_types?.includes("wechat_pay") &&
    params.payment_method_options?.wechat_pay?.client !== "web"
  ) {
    throw badParam(
      "payment_method_options[wechat_pay][client]",
      "WeChat Pay requires `payment_method_options[wechat_pay][client]` to be set to `web`.",
    );
  }
  const fee = params.payment_intent_data?.application_fee_amount;
  if (fee !== undefined && (account === null || fee > total)) {
    throw badParam(
      "payment_intent_data[application_fee_amount]",
      account === null
        ? "Can only apply an application_fee when the request is made on behalf of another account (using the Stripe-Account header)."
        : "The application fee cannot be larger than the total.",
    );
  }
}

/** A session that only saves: for a customer, in a currency or with its ways to pay named, and without anything that pays. */
function checkSetup(params: Params): void {
  for (const name of ["line_items", "payment_intent_data", "submit_type"] as const)
    if (params[name] !== undefined) throw badParam(name, `You can not pass \`${name}\` in \`setup\` mode.`);
  if (params.currency === undefined && params.allowed_payment_method_types === undefined)
    throw badParam("currency", "Missing required param: currency.", "parameter_missing");
  if (params.customer === undefined)
    throw badParam("customer", "The sandbox saves only for a `customer` that is named.");
}

/** The session these parameters make; `pageUrl` is where its hosted page stands, without the id. */
export function makeSession(params: Params, cause: Cause, pageUrl: string): SessionRecord {
  const id = freshId("cs_test");
  return {
    id,
    account: cause.account,
    created: cause.nowSeconds,
    mode: params.mode,
    customer: params.customer ?? null,
    futureUse: params.payment_intent_data?.setup_future_usage !== undefined,
    setupMetadata: params.setup_intent_data?.metadata ?? {},
    setup: null,
    expiresAt: params.expires_at ?? cause.nowSeconds + DAY_SECONDS,
    lines: (params.line_items ?? []).map((item) => ({
      id: freshId("li"),
      price: freshId("price"),
      product: freshId("prod"),
      name: item.price_data.product_data.name,
      description: item.price_data.product_data.description ?? null,
      unitMinor: item.price_data.unit_amount,
      quantity: item.quantity,
    })),
    totalMinor: totalOf(params),
    currency: "cny",
    metadata: params.metadata ?? {},
    clientReference: params.client_reference_id ?? null,
    successUrl: params.success_url,
    cancelUrl: params.cancel_url ?? null,
    allowed: params.allowed_payment_method_types ?? null,
    wechatClient: params.payment_method_options?.wechat_pay?.client ?? null,
    locale: params.locale ?? null,
    email: params.customer_email ?? null,
    merchant: params.branding_settings?.display_name ?? null,
    submitType: params.submit_type ?? null,
    url: `${pageUrl}/${id}`,
    intentMetadata: params.payment_intent_data?.metadata ?? {},
    intentDescription: params.payment_intent_data?.description ?? null,
    receiptEmail: params.payment_intent_data?.receipt_email ?? null,
    feeMinor: params.payment_intent_data?.application_fee_amount ?? null,
    status: "open",
    intent: null,
  };
}

function totalOf(params: Params): number {
  return (params.line_items ?? []).reduce((sum, item) => sum + item.price_data.unit_amount * item.quantity, 0);
}
