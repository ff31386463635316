import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { companyOf } from "@yihao/members/store";
import { taxSettingsOf, taxSettingsWrites } from "@yihao/pricing/tax-store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Approval, ApprovalId, ApprovalTold, BankWish, NewApproval, TaxWish, Wish } from "./approval-model.ts";
import { approvalKey, approvalKind, approvalOf, approvalRows } from "./approval-store.ts";
import { disputeOf } from "./dispute-store.ts";
import { planDisputeLoss } from "./disputes.ts";
import type { BillingRefusal } from "./model.ts";
import { closed } from "./period.ts";
import { type Planned, planDepositReturn, planRefund, planWriteOff } from "./refund.ts";
import { headOf, paymentOf, settingsKey, settingsKind, settingsOf } from "./store.ts";

type Answer = Promise<Outcome<Approval, BillingRefusal | "missing">>;

/** The person who acts, also by a key: a program that somebody made is that somebody's hand. */
export const personOf = ({ actor }: Scope): string => (actor.kind === "system" ? `system:${actor.name}` : actor.person);

/** What an approval would write now; the rules are asked when it is proposed and again when it is approved. */
function planOf(scope: Scope, wish: Wish): Promise<Outcome<Planned, BillingRefusal | "missing">> {
  if (wish.kind === "refund") return planRefund(scope, wish);
  if (wish.kind === "deposit-return") return planDepositReturn(scope, wish);
  if (wish.kind === "write-off") return planWriteOff(scope, wish);
  if (wish.kind === "tax-settings") return planTax(scope, wish);
  if (wish.kind === "dispute-loss") return planDisputeLoss(scope, wish);
  return planBank(scope, wish);
}

/** Sets how the space is taxed; refused as `tax.changed` when it is not as the wish read it any more. */
async function planTax(
  scope: Scope,
  { rev, settings }: TaxWish,
): Promise<Outcome<Planned, BillingRefusal | "missing">> {
  const before = await taxSettingsOf(scope);
  if (before.rev !== rev) return refuse("tax.changed");
  return accept({ document: "tax-settings", writes: taxSettingsWrites(scope, before, settings) });
}

async function planBank(scope: Scope, { kind: _kind, ...bank }: BankWish) {
  const { rev, ...before } = await settingsOf(scope);
  const after = { ...before, ...bank };
  const write: Write =
    rev === 0
      ? insert(settingsKey(scope), settingsKind, after, "settings")
      : replace(settingsKey(scope), settingsKind, after, rev, "settings");
  const changed = happened(scope, "billing-settings.changed", "billing-settings", { before, after });
  return accept({ document: "billing-settings", writes: [write, changed] });
}

/** Proposes what takes two people. Refused as it would be if it were done now, so that nobody is asked to approve what cannot be. */
export async function propose(scope: Scope, { wish, reason }: NewApproval, name?: string): Answer {
  const possible = await planOf(scope, wish);
  if (!possible.ok) return possible;
  const bill = wish.kind === "write-off" ? await headOf(scope, wish.invoice) : undefined;
  const payment = wish.kind === "refund" && wish.payment ? await paymentOf(scope, wish.payment) : undefined;
  const dispute = wish.kind === "dispute-loss" ? await disputeOf(scope, wish.dispute) : undefined;
  const about = bill?.number ?? payment?.reference ?? dispute?.paymentReference;
  const company = bill ?? ("company" in wish ? await companyOf(scope, wish.company) : undefined);
  const owned = bill ?? dispute;
  const owner = owned ? { company: owned.company, companyName: owned.companyName } : undefined;
  const named =
    "company" in wish && company && "name" in company ? { company: wish.company, companyName: company.name } : owner;
  const approval: Approval = {
    id: idFor(scope, "apr"),
    state: "proposed",
    wish,
    reason,
    ...(named ?? {}),
    ...(about ? { about } : {}),
    proposedAt: scope.now,
    proposedBy: personOf(scope),
    ...(name ? { proposedName: name } : {}),
  };
  const writes = [
    insert(approvalKey(scope, approval.id), approvalKind, approval),
    ...approvalRows(scope, undefined, approval),
    told(scope, "approval.proposed", approval),
  ];
  const outcome = await commit(scope, writes, { answer: approval });
  return outcome.done ? accept(outcome.answer) : refuse("missing");
}

function told(scope: Scope, type: string, { id, state, wish, company, about }: Approval): Write {
  const data: ApprovalTold = {
    ...{ id, state, kind: wish.kind, by: personOf(scope) },
    ...(company ? { company } : {}),
    ...(about ? { about } : {}),
    ...("amountMinor" in wish ? { amountMinor: wish.amountMinor } : {}),
  };
  return happened(scope, type, company ?? "billing-settings", data);
}

/**
 * Approves, declines or withdraws a proposal. Approving does it, in the same commit and by the rules as they answer now. Refused as `missing`, `approval.decided`, `approval.same-person` when who
 * proposed it would approve it, `approval.not-yours` when another would withdraw it, and as the wish itself is refused.
 */
export async function decide(scope: Scope, id: ApprovalId, answer: "approve" | "decline" | "withdraw"): Answer {
  const person = personOf(scope);
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    const stored = await approvalOf(scope, id);
    if (!stored) return refuse("missing");
    const { rev, ...before } = stored;
    if (before.state !== "proposed") return refuse("approval.decided", { state: before.state });
    if (answer === "approve" && person === before.proposedBy) return refuse("approval.same-person");
    if (answer === "withdraw" && person !== before.proposedBy) return refuse("approval.not-yours");
    const planned: Outcome<Planned, BillingRefusal | "missing"> =
      answer === "approve" ? await planOf(scope, before.wish) : accept({ writes: [], document: "" });
    if (!planned.ok) return planned;
    const after: Approval = {
      ...before,
      state: answer === "approve" ? "approved" : answer === "decline" ? "declined" : "withdrawn",
      decidedAt: scope.now,
      decidedBy: person,
      ...(planned.value.document ? { document: planned.value.document } : {}),
    };
    const writes = [
      replace(approvalKey(scope, id), approvalKind, after, rev, "approval"),
      ...approvalRows(scope, before, after),
      ...planned.value.writes,
      told(scope, "approval.decided", after),
    ];
    const outcome = await commit(scope, writes, { answer: after });
    if (outcome.done) return accept(outcome.answer);
    if ("unique payment" in outcome.lost && "reference" in before.wish)
      return refuse("payment.reference-used", { reference: before.wish.reference });
    if ("period" in outcome.lost && "paidOn" in before.wish) return closed(before.wish.paidOn);
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}
