import { type Cause, emit } from "./events.ts";
import type { ChargeRecord, Decline, Instrument, IntentRecord, SessionRecord, State } from "./model.ts";
import { showCharge, showIntent, showSession } from "./objects.ts";
import { freshId } from "./store.ts";

/** What a payer did: the instrument, and why it is declined (null when it pays). */
export type Attempted = { readonly instrument: Instrument; readonly decline: Decline | null };

/** Carries one attempt out on an open session: a charge, and with success the end of the session. On any other session it changes nothing and answers "closed". */
export function attemptPayment(
  state: State,
  session: SessionRecord,
  attempted: Attempted,
  nowSeconds: number,
): "paid" | "declined" | "closed" {
  if (session.status !== "open") return "closed";
  const cause: Cause = { account: session.account, nowSeconds, request: null };
  const intent = intentOf(state, session, cause);
  const charge: ChargeRecord = {
    id: freshId("ch"),
    account: session.account,
    created: nowSeconds,
    intent: intent.id,
    amountMinor: session.totalMinor,
    currency: session.currency,
    instrument: attempted.instrument,
    paymentMethod: freshId("pm"),
    failure: attempted.decline,
    refundedMinor: 0,
  };
  state.charges[charge.id] = charge;
  intent.charge = charge.id;

  if (attempted.decline !== null) {
    intent.failure = { decline: attempted.decline, method: attempted.instrument.method };
    emit(state, cause, "charge.failed", showCharge(charge, state));
    emit(state, cause, "payment_intent.payment_failed", showIntent(intent, state));
    return "declined";
  }
  intent.status = "succeeded";
  intent.failure = null;
  session.status = "complete";
  emit(state, cause, "charge.succeeded", showCharge(charge, state));
  emit(state, cause, "payment_intent.succeeded", showIntent(intent, state));
  emit(state, cause, "checkout.session.completed", showSession(session));
  return "paid";
}

/** Ends an open session without payment and cancels the intent of a failed attempt, if there was one. */
export function expireSession(state: State, session: SessionRecord, cause: Cause): void {
  session.status = "expired";
  const intent = session.intent === null ? undefined : state.intents[session.intent];
  if (intent) {
    intent.status = "canceled";
    intent.canceledAt = cause.nowSeconds;
    emit(state, cause, "payment_intent.canceled", showIntent(intent, state));
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
    session: session.id,
    status: "requires_payment_method",
    canceledAt: null,
    charge: null,
    failure: null,
  };
  state.intents[intent.id] = intent;
  session.intent = intent.id;
  emit(state, cause, "payment_intent.created", showIntent(intent, state));
  return intent;
}
