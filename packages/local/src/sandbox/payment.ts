import { type Cause, emit } from "./events.ts";
import type {
  ChargeRecord,
  Decline,
  Instrument,
  IntentRecord,
  MethodRecord,
  SessionRecord,
  SetupRecord,
  State,
} from "./model.ts";
import { showCharge, showIntent, showSession } from "./objects.ts";
import { showMethod, showSetup } from "./saved-objects.ts";
import { freshId, intentFrom } from "./store.ts";

/** What a payer did: the instrument, why it is declined (null when it pays), and why it will be once it is charged without its holder. */
export type Attempted = {
  readonly instrument: Instrument;
  readonly decline: Decline | null;
  readonly later?: Decline | null;
};

/** Carries one attempt out on an open session: with success the end of the session, and a charge where it pays. On any other session it changes nothing and answers "closed". */
export function attemptPayment(
  state: State,
  session: SessionRecord,
  attempted: Attempted,
  nowSeconds: number,
): "paid" | "declined" | "closed" {
  if (session.status !== "open") return "closed";
  const cause: Cause = { account: session.account, nowSeconds, request: null };
  if (session.mode === "setup") return attemptSetup(state, session, attempted, cause);
  const intent = intentOf(state, session, cause);
  const method = freshId("pm");
  const paid = chargeIntent(state, intent, { ...attempted, method }, cause, () => {
    if (session.futureUse) saveMethod(state, { ...session, id: method }, attempted, cause);
  });
  if (!paid) return "declined";
  session.status = "complete";
  emit(state, cause, "checkout.session.completed", showSession(session));
  return "paid";
}

/** One attempt to charge a payment; answers whether it paid. `saved` is run between the charge and what is told of it. */
export function chargeIntent(
  state: State,
  intent: IntentRecord,
  attempted: Attempted & { readonly method: string },
  cause: Cause,
  saved: () => void = () => {},
): boolean {
  const charge: ChargeRecord = {
    id: freshId("ch"),
    account: intent.account,
    created: cause.nowSeconds,
    intent: intent.id,
    amountMinor: intent.amountMinor,
    currency: intent.currency,
    instrument: attempted.instrument,
    paymentMethod: attempted.method,
    failure: attempted.decline,
    refundedMinor: 0,
    disputed: false,
  };
  state.charges[charge.id] = charge;
  intent.charge = charge.id;
  if (attempted.decline !== null) {
    intent.failure = { decline: attempted.decline, method: attempted.instrument.method };
    intent.status = "requires_payment_method";
    intent.paymentMethod = null;
    emit(state, cause, "charge.failed", showCharge(charge, state));
    emit(state, cause, "payment_intent.payment_failed", showIntent(intent));
    return false;
  }
  intent.status = "succeeded";
  intent.failure = null;
  intent.paymentMethod = attempted.method;
  saved();
  emit(state, cause, "charge.succeeded", showCharge(charge, state));
  emit(state, cause, "payment_intent.succeeded", showIntent(intent));
  return true;
}

function attemptSetup(
  state: State,
  session: SessionRecord,
  attempted: Attempted,
  cause: Cause,
): "paid" | "declined" | "closed" {
  const setup = setupOf(state, session, cause);
  if (attempted.decline !== null) {
    setup.failure = attempted.decline;
    emit(state, cause, "setup_intent.setup_failed", showSetup(setup));
    return "declined";
  }
  const method = freshId("pm");
  setup.failure = null;
  setup.status = "succeeded";
  setup.paymentMethod = method;
  session.status = "complete";
  saveMethod(state, { ...session, id: method }, attempted, cause);
  emit(state, cause, "setup_intent.succeeded", showSetup(setup));
  emit(state, cause, "checkout.session.completed", showSession(session));
  return "paid";
}

/** Keeps a way to pay for a customer, and tells of it. */
export function saveMethod(
  state: State,
  { id, account, customer }: Pick<MethodRecord, "id" | "account" | "customer">,
  { instrument, later }: Attempted,
  cause: Cause,
): MethodRecord {
  const { nowSeconds: created } = cause;
  const method: MethodRecord = { id, account, created, instrument, customer, offSession: later ?? null };
  state.methods[id] = method;
  emit(state, cause, "payment_method.attached", showMethod(method));
  return method;
}

/** Takes a way to pay off its customer, and tells of it with whose it was. */
export function detachMethod(state: State, method: MethodRecord, cause: Cause): void {
  const { customer } = method;
  method.customer = null;
  emit(state, cause, "payment_method.detached", showMethod(method), { customer });
}

function setupOf(state: State, session: SessionRecord, cause: Cause): SetupRecord {
  const known = session.setup === null ? undefined : state.setups[session.setup];
  if (known) return known;
  const setup: SetupRecord = {
    id: freshId("seti"),
    account: session.account,
    created: cause.nowSeconds,
    session: session.id,
    customer: session.customer,
    metadata: session.setupMetadata,
    status: "requires_payment_method",
    paymentMethod: null,
    failure: null,
  };
  state.setups[setup.id] = setup;
  session.setup = setup.id;
  emit(state, cause, "setup_intent.created", showSetup(setup));
  return setup;
}

/** Ends an open session without payment and cancels the intent of a failed attempt, if there was one. */
export function expireSession(state: State, session: SessionRecord, cause: Cause): void {
  session.status = "expired";
  const intent = session.intent === null ? undefined : state.intents[session.intent];
  if (intent) {
    intent.status = "canceled";
    intent.canceledAt = cause.nowSeconds;
    emit(state, cause, "payment_intent.canceled", showIntent(intent));
  }
  emit(state, cause, "checkout.session.expired", showSession(session));
}

/** Expires every open session whose time is up; answers whether there was one. */
export function expireDue(state: State, nowSeconds: number): boolean {
  const due = Object.values(state.sessions).filter((one) => one.status === "open" && one.expiresAt <= nowSeconds);
  for (const session of due) expireSession(state, session, { account: session.account, nowSeconds, request: null });
  return due.length > 0;
}

function intentOf(state: State, session: SessionRecord, cause: Cause): IntentRecord {
  const known = session.intent === null ? undefined : state.intents[session.intent];
  if (known) return known;
  const intent: IntentRecord = {
    id: freshId("pi"),
    account: session.account,
    created: cause.nowSeconds,
    ...intentFrom(session),
    paymentMethod: null,
    status: "requires_payment_method",
    canceledAt: null,
    charge: null,
    failure: null,
  };
  state.intents[intent.id] = intent;
  session.intent = intent.id;
  emit(state, cause, "payment_intent.created", showIntent(intent));
  return intent;
}
