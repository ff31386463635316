import { email, flag, group, integer, list, metadata, oneOf, type Shape, text, url } from "./form.ts";

/*
 * Every parameter this product may send, by hand from the SDK's request types (SDK 23, API 2026-10-28.endive).
 * What stands in the SDK but not here is refused as unknown, so that a new use is a decision and not an accident.
 * `payment_method_types` is gone from that API version; `allowed_payment_method_types` took its place.
 */

export const METHODS = ["card", "alipay", "wechat_pay"] as const;

const expand = list(text(200), 20);
const nothing = {};

const lineItem = group(
  {
    price_data: group(
      {
        currency: oneOf("cny"),
        unit_amount: integer(0),
        product_data: group({ name: text(250) }, { description: text(1000), metadata, images: list(url, 8) }),
      },
      { tax_behavior: oneOf("inclusive", "exclusive", "unspecified") },
    ),
    quantity: integer(1),
  },
  nothing,
);

/** POST /v1/checkout/sessions, modes payment and setup. */
export const createSession = group(
  { mode: oneOf("payment", "setup"), success_url: url },
  {
    line_items: list(lineItem, 100),
    customer: text(200),
    setup_intent_data: group(nothing, { description: text(1000), metadata }),
    cancel_url: url,
    client_reference_id: text(200),
    currency: oneOf("cny"),
    customer_email: email,
    allowed_payment_method_types: list(oneOf(...METHODS), 3),
    payment_method_options: group(nothing, { wechat_pay: group({ client: oneOf("web", "ios", "android") }, nothing) }),
    payment_intent_data: group(nothing, {
      application_fee_amount: integer(0),
      description: text(1000),
      metadata,
      receipt_email: email,
      setup_future_usage: oneOf("off_session"),
    }),
    branding_settings: group(nothing, { display_name: text(250) }),
    metadata,
    locale: oneOf("auto", "zh", "zh-HK", "zh-TW", "en", "en-GB"),
    submit_type: oneOf("auto", "pay", "book", "donate"),
    ui_mode: oneOf("hosted_page"),
    expires_at: integer(0),
    expand,
  },
);

/** GET of one object, and POST …/expire. */
export const onlyExpand = group(nothing, { expand });

/** GET /v1/payment_intents/:id. */
export const retrieveIntent = group(nothing, { expand, client_secret: text() });

/** POST /v1/customers. */
export const createCustomer = group(nothing, { name: text(256), email, metadata, expand });

/** POST /v1/payment_methods/:id/attach. */
export const attachMethod = group({ customer: text(200) }, { expand });

/** POST /v1/payment_intents, to be confirmed later. */
export const createIntent = group(
  { amount: integer(1), currency: oneOf("cny") },
  {
    customer: text(200),
    payment_method: text(200),
    allowed_payment_method_types: list(oneOf(...METHODS), 3),
    description: text(1000),
    metadata,
    application_fee_amount: integer(0),
    expand,
  },
);

/** POST /v1/payment_intents/:id/confirm. */
export const confirmIntent = group(nothing, { payment_method: text(200), off_session: flag, expand });

/** POST /v1/payment_intents/:id/cancel. */
export const cancelIntent = group(nothing, { expand });

/** POST /v1/accounts: the account pays its own fees and answers for its losses, and is taken on by Stripe. */
export const createAccount = group(nothing, {
  country: text(2),
  email,
  metadata,
  controller: group(nothing, {
    fees: group(nothing, { payer: oneOf("account", "application") }),
    losses: group(nothing, { payments: oneOf("stripe", "application") }),
    stripe_dashboard: group(nothing, { type: oneOf("full", "express", "none") }),
    requirement_collection: oneOf("stripe", "application"),
  }),
  expand,
});

/** POST /v1/account_links. */
export const createAccountLink = group(
  { account: text(200), type: oneOf("account_onboarding", "account_update") },
  { refresh_url: url, return_url: url, expand },
);

/** POST /v1/billing_portal/configurations: of what the portal offers, only what is asked for here. */
export const createPortalSetUp = group(
  { features: group(nothing, { payment_method_update: group({ enabled: flag }, nothing) }) },
  { metadata, expand },
);

/** GET /v1/billing_portal/configurations. */
export const listPortalSetUps = group(nothing, { active: flag, limit: integer(1), expand });

/** POST /v1/billing_portal/sessions. */
export const createPortal = group(
  { customer: text(200) },
  { return_url: url, configuration: text(200), locale: oneOf("auto", "zh", "zh-HK", "zh-TW", "en", "en-GB"), expand },
);

/** POST /v1/refunds. */
export const createRefund = group(nothing, {
  amount: integer(1),
  charge: text(200),
  payment_intent: text(200),
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
  metadata,
  refund_application_fee: flag,
  expand,
});

/** Text of evidence, or a file's id; empty it is taken away. */
const orNothing =
  (most: number): Shape<string> =>
  (raw, param) =>
    raw === "" ? "" : text(most)(raw, param);

/** POST /v1/files, a form of parts: of the file what can be told without its bytes. */
export const createFile = group(
  {
    purpose: oneOf("dispute_evidence"),
    file: group({ name: text(250), type: text(100), bytes: integer(1), print: text(64) }, nothing),
  },
  { expand },
);

/** POST /v1/disputes/:id: of evidence only what this product hands in. */
export const updateDispute = group(nothing, {
  evidence: group(nothing, {
    uncategorized_text: orNothing(20_000),
    access_activity_log: orNothing(20_000),
    receipt: orNothing(200),
    service_documentation: orNothing(200),
    customer_communication: orNothing(200),
    uncategorized_file: orNothing(200),
  }),
  submit: flag,
  metadata,
  expand,
});

/** GET /v1/events. */
export const listEvents = group(nothing, {
  limit: integer(1),
  starting_after: text(200),
  ending_before: text(200),
  type: text(200),
  types: list(text(200), 20),
  created: group(nothing, { gt: integer(0), gte: integer(0), lt: integer(0), lte: integer(0) }),
  delivery_success: flag,
  expand,
});

/** The value a shape reads. */
export type ReadOf<S> = S extends Shape<infer T> ? T : never;
