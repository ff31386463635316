import { DISPUTED_LAST4, TEST_METHODS } from "./cards.ts";
import { openDispute } from "./dispute.ts";
import { type Act, type Endpoint, endpoint } from "./endpoint.ts";
import { ApiError, badParam, missing } from "./errors.ts";
import { emit } from "./events.ts";
import type { IntentRecord, Json } from "./model.ts";
import { ownedBy, showIntent } from "./objects.ts";
import { payByCard } from "./pay-route.ts";
import { chargeIntent, detachMethod, saveMethod } from "./payment.ts";
import { showCustomer, showMethod } from "./saved-objects.ts";
import {
  attachMethod,
  cancelIntent,
  confirmIntent,
  createCustomer,
  createIntent,
  onlyExpand,
  type ReadOf,
} from "./shapes.ts";
import { freshId } from "./store.ts";

const LEAST_TOTAL_MINOR = 400;

/** Customers, saved ways to pay, and payments that are made without their payer (off-session). */
export const savedEndpoints: readonly Endpoint[] = [
  endpoint(
    "POST",
    /^\/v1\/customers$/,
    createCustomer,
    () => {},
    (params, { world: { state }, cause }) => {
      const { name = null, email = null, metadata = {} } = params;
      const id = freshId("cus");
      state.customers[id] = { id, account: cause.account, created: cause.nowSeconds, name, email, metadata };
      emit(state, cause, "customer.created", showCustomer(state.customers[id]));
      return showCustomer(state.customers[id]);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/customers\/([^/]+)$/,
    onlyExpand,
    () => {},
    (_, { world: { state }, cause, id }) => {
      const customer = ownedBy(state.customers, id, cause.account);
      if (!customer) throw missing("customer", id, "id");
      return showCustomer(customer);
    },
  ),
  endpoint(
    "GET",
    /^\/v1\/payment_methods\/([^/]+)$/,
    onlyExpand,
    () => {},
    (_, act) => showMethod(methodOf(act, act.id)),
  ),
  endpoint("POST", /^\/v1\/payment_methods\/([^/]+)\/attach$/, attachMethod, () => {}, attach),
  endpoint(
    "POST",
    /^\/v1\/payment_methods\/([^/]+)\/detach$/,
    onlyExpand,
    () => {},
    (_, act) => {
      const method = methodOf(act, act.id);
      if (method.customer === null)
        throw badParam(
          "payment_method",
          "The payment method you provided is not attached to a customer so detachment is impossible.",
        );
      detachMethod(act.world.state, method, act.cause);
      return showMethod(method);
    },
  ),
  endpoint(
    "POST",
    /^\/v1\/payment_intents$/,
    createIntent,
    (params, act) => {
      if (params.amount < LEAST_TOTAL_MINOR)
        throw badParam("amount", "Amount must be at least ¥4.00 cny", "amount_too_small");
      if (params.application_fee_amount !== undefined && act.cause.account === null)
        throw badParam("application_fee_amount", "Can only apply an application_fee on behalf of another account.");
      if (params.customer !== undefined && !ownedBy(act.world.state.customers, params.customer, act.cause.account))
        throw missing("customer", params.customer, "customer");
    },
    (params, act) => {
      if (params.payment_method !== undefined) usable(act, params.payment_method, params.customer ?? null);
      const intent: IntentRecord = {
        id: freshId("pi"),
        account: act.cause.account,
        created: act.cause.nowSeconds,
        session: null,
        amountMinor: params.amount,
        currency: params.currency,
        metadata: params.metadata ?? {},
        description: params.description ?? null,
        receiptEmail: null,
        feeMinor: params.application_fee_amount ?? null,
        allowed: params.allowed_payment_method_types ?? null,
        customer: params.customer ?? null,
        futureUse: false,
        paymentMethod: params.payment_method ?? null,
        status: params.payment_method === undefined ? "requires_payment_method" : "requires_confirmation",
        canceledAt: null,
        charge: null,
        failure: null,
      };
      act.world.state.intents[intent.id] = intent;
      emit(act.world.state, act.cause, "payment_intent.created", showIntent(intent));
      return showIntent(intent);
    },
  ),
  endpoint("POST", /^\/v1\/payment_intents\/([^/]+)\/confirm$/, confirmIntent, () => {}, confirm),
  endpoint(
    "POST",
    /^\/v1\/payment_intents\/([^/]+)\/cancel$/,
    cancelIntent,
    () => {},
    (_, act) => {
      const intent = intentOf(act);
      if (intent.status === "succeeded" || intent.status === "canceled") throw unexpected(intent, "cancel");
      intent.status = "canceled";
      intent.canceledAt = act.cause.nowSeconds;
      emit(act.world.state, act.cause, "payment_intent.canceled", showIntent(intent));
      return showIntent(intent);
    },
  ),
];

/** Attaches one of the test methods to a customer: a card of its own each time. */
function attach(params: ReadOf<typeof attachMethod>, act: Act): object {
  const { state, nowSeconds } = act.world;
  const number = Object.hasOwn(TEST_METHODS, act.id) ? TEST_METHODS[act.id] : undefined;
  const customer = ownedBy(state.customers, params.customer, act.cause.account);
  if (!number) throw missing("PaymentMethod", act.id, "payment_method");
  if (!customer) throw missing("customer", params.customer, "customer");
  const attempted = payByCard({ number, expiry: "12/30", cvc: "123" }, new Date(nowSeconds * 1000));
  if ("faults" in attempted) throw missing("PaymentMethod", act.id, "payment_method");
  const about = { id: freshId("pm"), account: act.cause.account, customer: customer.id };
  const method = saveMethod(state, about, attempted, act.cause);
  return showMethod(method);
}

/** Charges a payment with what it is to be paid with; a decline is answered 402 with the payment in it, as Stripe does. */
function confirm(params: ReadOf<typeof confirmIntent>, act: Act): object {
  const { state } = act.world;
  const intent = intentOf(act);
  if (intent.status !== "requires_confirmation" && intent.status !== "requires_payment_method")
    throw unexpected(intent, "confirm");
  const named = params.payment_method ?? intent.paymentMethod;
  if (named === null) throw unexpected(intent, "confirm");
  const method = usable(act, named, intent.customer);
  const { instrument, offSession } = method;
  const decline = params.off_session ? offSession : null;
  if (chargeIntent(state, intent, { instrument, decline, method: method.id }, act.cause)) {
    if (instrument.method === "card" && instrument.last4 === DISPUTED_LAST4)
      openDispute(state, intent.id, { reason: "fraudulent" }, act.cause.nowSeconds);
    return showIntent(intent);
  }
  const { code, declineCode, message } = decline!;
  throw new ApiError(402, {
    type: "card_error",
    message,
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    ...(intent.charge === null ? {} : { charge: intent.charge }),
    payment_intent: JSON.parse(JSON.stringify(showIntent(intent))) as Json,
  });
}

function intentOf({ world, cause, id }: Act) {
  const intent = ownedBy(world.state.intents, id, cause.account);
  if (!intent) throw missing("payment_intent", id, "intent");
  return intent;
}

function methodOf({ world, cause }: Act, id: string) {
  const method = ownedBy(world.state.methods, id, cause.account);
  if (!method) throw missing("PaymentMethod", id, "payment_method");
  return method;
}

/** A saved way to pay that may pay for this customer. */
function usable(act: Act, id: string, customer: string | null) {
  const method = methodOf(act, id);
  if (method.customer === null || method.customer !== customer)
    throw badParam(
      "payment_method",
      "The provided PaymentMethod cannot be attached or used: it does not belong to this customer.",
    );
  return method;
}

function unexpected({ status }: IntentRecord, wanted: string): ApiError {
  return new ApiError(400, {
    type: "invalid_request_error",
    code: "payment_intent_unexpected_state",
    message: `You cannot ${wanted} this PaymentIntent because it has a status of ${status}.`,
  });
}
