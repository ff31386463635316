import { type Cause, emit } from "./events.ts";
import type { DisputeRecord, State } from "./model.ts";
import { showDispute } from "./saved-objects.ts";
import { freshId } from "./store.ts";

const DAY_SECONDS = 86_400;
const FEE_MINOR = 10_500;
const EVIDENCE_DAYS = 8;

/** Opens a dispute of a paid payment, as the payer's bank does: told, and the money with a fee withdrawn. Undefined when there is nothing to dispute. */
export function openDispute(
  state: State,
  intentId: string,
  wish: { readonly reason: string; readonly amountMinor?: number | undefined },
  nowSeconds: number,
): DisputeRecord | undefined {
  const intent = Object.hasOwn(state.intents, intentId) ? state.intents[intentId] : undefined;
  const charge = intent?.charge === null || intent === undefined ? undefined : state.charges[intent.charge];
  if (!intent || !charge || charge.failure !== null || charge.disputed) return undefined;
  const dispute: DisputeRecord = {
    id: freshId("dp"),
    account: intent.account,
    created: nowSeconds,
    charge: charge.id,
    intent: intent.id,
    amountMinor: wish.amountMinor ?? charge.amountMinor - charge.refundedMinor,
    currency: charge.currency,
    reason: wish.reason,
    feeMinor: FEE_MINOR,
    dueBy: nowSeconds + EVIDENCE_DAYS * DAY_SECONDS,
    status: "needs_response",
    moves: [],
  };
  state.disputes[dispute.id] = dispute;
  charge.disputed = true;
  const cause = causeOf(dispute, nowSeconds);
  emit(state, cause, "charge.dispute.created", showDispute(dispute));
  dispute.moves = ["withdrawn"];
  emit(state, cause, "charge.dispute.funds_withdrawn", showDispute(dispute));
  return dispute;
}

/** What becomes of a dispute: evidence was handed in, or it is over, and when it was won the money comes back; `returned` gives it back though it was lost. */
export function settleDispute(
  state: State,
  dispute: DisputeRecord,
  status: "under_review" | "won" | "lost" | "returned",
  nowSeconds: number,
): void {
  const cause = causeOf(dispute, nowSeconds);
  if (status === "returned") {
    dispute.moves = ["withdrawn", "reinstated"];
    emit(state, cause, "charge.dispute.funds_reinstated", showDispute(dispute));
    return;
  }
  dispute.status = status;
  if (status === "under_review") emit(state, cause, "charge.dispute.updated", showDispute(dispute));
  if (status === "won") {
    dispute.moves = ["withdrawn", "reinstated"];
    emit(state, cause, "charge.dispute.funds_reinstated", showDispute(dispute));
  }
  if (status !== "under_review") emit(state, cause, "charge.dispute.closed", showDispute(dispute));
}

const causeOf = ({ account }: DisputeRecord, nowSeconds: number): Cause => ({ account, nowSeconds, request: null });
