/** Ways to pay on the hosted page: bank card 银行卡, Alipay 支付宝, WeChat Pay 微信支付. */
export type Method = "card" | "alipay" | "wechat_pay";

/** Why a payment was declined, in Stripe's codes. */
export type Decline = { readonly code: string; readonly declineCode: string | null; readonly message: string };

/** What is kept of the thing paid with; never a whole card number, never a CVC. */
export type Instrument =
  | {
      readonly method: "card";
      readonly brand: string;
      readonly last4: string;
      readonly expMonth: number;
      readonly expYear: number;
    }
  | { readonly method: "alipay" }
  | { readonly method: "wechat_pay" };

export type Line = {
  readonly id: string;
  readonly price: string;
  readonly product: string;
  readonly name: string;
  readonly description: string | null;
  readonly unitMinor: number;
  readonly quantity: number;
};

type Owned = {
  readonly id: string;
  /** The connected account (`Stripe-Account`), or null for the platform's own. */
  readonly account: string | null;
  /** Seconds since 1970, as everywhere in Stripe's API. */
  readonly created: number;
};
export type Notes = Readonly<Record<string, string>>;

/** Whom a saved way to pay belongs to; here only so that it can be named. */
export type CustomerRecord = Owned & {
  readonly name: string | null;
  readonly email: string | null;
  readonly metadata: Notes;
};

/** A way to pay that was saved for later; `offSession` is what charging it without its holder meets, null when it pays. */
export type MethodRecord = Owned & {
  readonly instrument: Instrument;
  customer: string | null;
  offSession: Decline | null;
};

/** A visit of a customer to the page of what it has saved (billing portal). */
export type PortalRecord = Owned & {
  readonly customer: string;
  readonly configuration: string;
  readonly returnUrl: string;
  readonly locale: string | null;
};
/** What the portal lets a customer do in an account. */
export type PortalSetUp = Owned & { readonly metadata: Notes; readonly cards: boolean };

/** The saving of a way to pay without a payment. */
export type SetupRecord = Owned & {
  readonly session: string;
  readonly customer: string | null;
  readonly metadata: Notes;
  status: "requires_payment_method" | "succeeded" | "canceled";
  paymentMethod: string | null;
  failure: Decline | null;
};

export type SessionRecord = Owned & {
  readonly mode: "payment" | "setup";
  readonly customer: string | null;
  /** Whether what pays is saved for later (`setup_future_usage`). */
  readonly futureUse: boolean;
  readonly setupMetadata: Notes;
  setup: string | null;
  readonly expiresAt: number;
  readonly lines: readonly Line[];
  readonly totalMinor: number;
  readonly currency: string;
  readonly metadata: Notes;
  readonly clientReference: string | null;
  readonly successUrl: string;
  readonly cancelUrl: string | null;
  readonly allowed: readonly Method[] | null;
  readonly wechatClient: string | null;
  readonly locale: string | null;
  readonly email: string | null;
  readonly merchant: string | null;
  readonly submitType: string | null;
  readonly url: string;
  readonly intentMetadata: Notes;
  readonly intentDescription: string | null;
  readonly receiptEmail: string | null;
  readonly feeMinor: number | null;
  status: "open" | "complete" | "expired";
  intent: string | null;
};

export type IntentRecord = Owned & {
  /** The session that made it; null when the API did. */
  readonly session: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly metadata: Notes;
  readonly description: string | null;
  readonly receiptEmail: string | null;
  readonly feeMinor: number | null;
  readonly allowed: readonly Method[] | null;
  readonly customer: string | null;
  readonly futureUse: boolean;
  /** What it is to be paid with, or was. */
  paymentMethod: string | null;
  status: "requires_payment_method" | "requires_confirmation" | "succeeded" | "canceled";
  canceledAt: number | null;
  charge: string | null;
  failure: { readonly decline: Decline; readonly method: Method } | null;
};

export type ChargeRecord = Owned & {
  readonly intent: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly instrument: Instrument;
  readonly paymentMethod: string;
  readonly failure: Decline | null;
  refundedMinor: number;
  disputed: boolean;
};

/** A connected account: whose business it is, and whether it may charge yet. `links` are where its holder goes back to from onboarding. */
export type AccountRecord = Owned & {
  readonly metadata: Notes;
  readonly email: string | null;
  chargesEnabled: boolean;
  detailsSubmitted: boolean;
  returnUrl: string | null;
};

/** A payment that its payer's bank takes back until it is settled who is right. */
export type DisputeRecord = Owned & {
  readonly charge: string;
  readonly intent: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
  readonly feeMinor: number;
  readonly dueBy: number;
  status: "needs_response" | "under_review" | "won" | "lost";
  moves: ("withdrawn" | "reinstated")[];
  /** What was handed in by the API: texts, and files by their ids. */
  evidence: Record<string, string>;
  submissions: number;
  metadata: Notes;
};

/** A file as it was uploaded; its bytes are not kept. */
export type FileRecord = Owned & {
  readonly purpose: "dispute_evidence";
  readonly filename: string;
  readonly type: string;
  readonly bytes: number;
};

export type RefundRecord = Owned & {
  readonly charge: string;
  readonly intent: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: "duplicate" | "fraudulent" | "requested_by_customer" | null;
  readonly metadata: Notes;
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type EventRecord = Owned & {
  readonly type: string;
  /** The object as it stood when the event was made, as it goes over the wire. */
  readonly object: Json;
  /** What of it was otherwise before, where it is told. */
  readonly previous?: Json;
  readonly request: { readonly id: string; readonly key: string | null } | null;
};

export type Attempt = { readonly at: string; readonly status: number | null; readonly note: string };
export type Delivery = {
  readonly id: string;
  readonly event: string;
  state: "pending" | "delivered" | "failed";
  readonly attempts: Attempt[];
};

export const API_FAULTS = ["api_500", "api_hang", "api_drop_reply"] as const;
export const HOOK_FAULTS = [
  "hook_duplicate",
  "hook_reorder",
  "hook_delay",
  "hook_bad_signature",
  "hook_stale_timestamp",
] as const;
export type FaultKind = (typeof API_FAULTS)[number] | (typeof HOOK_FAULTS)[number];
/** A fault still to come `times` times; `path` narrows API faults to paths that begin so, `delayMs` is for hook_delay. */
export type Fault = {
  readonly kind: FaultKind;
  times: number;
  readonly path?: string | undefined;
  readonly delayMs?: number | undefined;
};

/** The first answer to an idempotency key; `fingerprint` is a hash of method, path and body. */
export type Answer = {
  readonly fingerprint: string;
  readonly created: number;
  readonly status: number;
  readonly body: Json;
};

export type State = {
  readonly version: 2;
  readonly secret: string;
  readonly sessions: Record<string, SessionRecord>;
  readonly intents: Record<string, IntentRecord>;
  readonly charges: Record<string, ChargeRecord>;
  readonly refunds: Record<string, RefundRecord>;
  readonly customers: Record<string, CustomerRecord>;
  readonly methods: Record<string, MethodRecord>;
  readonly setups: Record<string, SetupRecord>;
  readonly disputes: Record<string, DisputeRecord>;
  readonly files: Record<string, FileRecord>;
  readonly accounts: Record<string, AccountRecord>;
  readonly portals: Record<string, PortalRecord>;
  readonly portalSetUps: Record<string, PortalSetUp>;
  events: EventRecord[];
  deliveries: Delivery[];
  answers: Record<string, Answer>;
  readonly merchants: Record<string, string>;
  faults: Fault[];
};
