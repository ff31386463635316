import { ApiError, badParam, missing } from "./errors.ts";
import { type Cause, emit } from "./events.ts";
import type { ChargeRecord, DisputeRecord, RefundRecord, State } from "./model.ts";
import { ownedBy, showCharge, showRefund } from "./objects.ts";
import type { createRefund, ReadOf } from "./shapes.ts";
import { freshId } from "./store.ts";

type Params = ReadOf<typeof createRefund>;

/** A refund must name its charge one way, by charge or by payment intent. */
export function checkRefund(params: Params): void {
  if (params.charge === undefined && params.payment_intent === undefined) {
    throw new ApiError(400, {
      type: "invalid_request_error",
      code: "parameter_missing",
      message: "One of the following params should be provided for this request: payment_intent or charge.",
    });
  }
}

/** Refunds the amount, or all that is left; refuses more than is left, a charge refunded already, one never paid, and one that its bank has charged back. */
export function makeRefund(state: State, params: Params, cause: Cause): RefundRecord {
  const charge = chargeOf(state, params, cause.account);
  const chargedBack = ({ charge: of, moves }: DisputeRecord) => of === charge.id && moves.at(-1) !== "reinstated";
  if (Object.values(state.disputes).some(chargedBack)) {
    throw new ApiError(400, {
      type: "invalid_request_error",
      code: "charge_disputed",
      message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    });
  }
  const leftMinor = charge.amountMinor - charge.refundedMinor;
  if (leftMinor === 0) {
    throw new ApiError(400, {
      type: "invalid_request_error",
      code: "charge_already_refunded",
      message: `Charge ${charge.id} has already been refunded.`,
    });
  }
  const amountMinor = params.amount ?? leftMinor;
  if (amountMinor > leftMinor) {
    throw badParam(
      "amount",
      `Refund amount (${yuan(amountMinor)}) is greater than unrefunded amount on charge (${yuan(leftMinor)})`,
    );
  }
  const refund: RefundRecord = {
    id: freshId("re"),
    account: cause.account,
    created: cause.nowSeconds,
    charge: charge.id,
    intent: charge.intent,
    amountMinor,
    currency: charge.currency,
    reason: params.reason ?? null,
    metadata: params.metadata ?? {},
  };
  state.refunds[refund.id] = refund;
  charge.refundedMinor += amountMinor;
  emit(state, cause, "refund.created", showRefund(refund));
  emit(state, cause, "charge.refunded", showCharge(charge, state));
  return refund;
}

function chargeOf(state: State, params: Params, account: string | null): ChargeRecord {
  if (params.charge !== undefined) {
    const charge = ownedBy(state.charges, params.charge, account);
    if (!charge || charge.failure !== null) throw missing("charge", params.charge, "charge");
    if (params.payment_intent !== undefined && params.payment_intent !== charge.intent) {
      throw badParam("payment_intent", "The charge does not belong to this PaymentIntent.");
    }
    return charge;
  }
  const id = params.payment_intent!;
  const intent = ownedBy(state.intents, id, account);
  if (!intent) throw missing("payment_intent", id, "payment_intent");
  const charge = intent.charge === null ? undefined : state.charges[intent.charge];
  if (!charge || charge.failure !== null) {
    throw badParam("payment_intent", `This PaymentIntent (${id}) does not have a successful charge to refund.`);
  }
  return charge;
}

function yuan(minor: number): string {
  return `¥${(minor / 100).toFixed(2)}`;
}
