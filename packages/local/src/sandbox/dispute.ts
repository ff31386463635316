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
    ...{ moves: [], evidence: {}, submissions: 0, metadata: {} },
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
  dispute.submissions ||= status === "under_review" ? 1 : 0;
  if (status === "under_review") emit(state, cause, "charge.dispute.updated", showDispute(dispute));
  if (status === "won") {
    dispute.moves = ["withdrawn", "reinstated"];
    emit(state, cause, "charge.dispute.funds_reinstated", showDispute(dispute));
  }
  if (status !== "under_review") emit(state, cause, "charge.dispute.closed", showDispute(dispute));
}

/** Texts of evidence that Stripe's test mode decides a dispute by at once. */
const DECIDING = { winning_evidence: "won", losing_evidence: "lost" } as const;

/** Takes evidence by the API: what is named replaces what was there, an empty text removes it; submitted it goes to the bank, once. */
export function takeEvidence(
  state: State,
  dispute: DisputeRecord,
  wish: {
    readonly evidence?: Readonly<Record<string, string>> | undefined;
    readonly metadata?: Readonly<Record<string, string>> | undefined;
    readonly submit?: boolean | undefined;
  },
  cause: Cause,
): void {
  const whole = { ...dispute.evidence, ...wish.evidence };
  dispute.evidence = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== ""));
  dispute.metadata = { ...dispute.metadata, ...wish.metadata };
  if (wish.submit ?? true) {
    dispute.submissions += 1;
    dispute.status = "under_review";
  }
  emit(state, cause, "charge.dispute.updated", showDispute(dispute));
  const text = dispute.evidence.uncategorized_text ?? "";
  if (dispute.submissions > 0 && Object.hasOwn(DECIDING, text))
    settleDispute(state, dispute, DECIDING[text as keyof typeof DECIDING], cause.nowSeconds);
}

const causeOf = ({ account }: DisputeRecord, nowSeconds: number): Cause => ({ account, nowSeconds, request: null });
