import { guestLetterWrites } from "@yihao/booking/guest-letters";
import { settleHold } from "@yihao/booking/hold-actions";
import type { Booking, BookingCancelled } from "@yihao/booking/model";
import { bookingOf } from "@yihao/booking/store";
import { type Day, dayOf } from "@yihao/kernel/days";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { digest, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { insert, type Write } from "@yihao/table/write";
import type { Refund } from "./approval-model.ts";
import { refundKey, refundKind } from "./approval-store.ts";
import { propose } from "./approvals.ts";
import { applyOwn } from "./deposits.ts";
import type { InvoiceFinalised, Payment } from "./model.ts";
import { openOf } from "./open.ts";
import { readBalance } from "./reads.ts";
import { cny, headOf, moneyBook, paymentKey, paymentOf } from "./store.ts";
import { zoneOf } from "./zone.ts";

const tries = 25;

/**
 * What money does that came for a guest's booking: it makes it booked, or the booking that was let go and is still free; where it finds neither it goes back whole, the way it came, and the guest is told.
 * Safe to run again.
 */
export async function settleGuest(scope: Scope, id: string): Promise<void> {
  const payment = await paymentOf(scope, id);
  if (!payment?.booking || payment.state !== "received") return;
  const settled = await settleHold(stepOf(scope, "settle"), payment.booking, payment.id);
  if (!settled.ok) throw new Error(`payment ${id} was not settled: ${settled.refusal.code}`);
  if (settled.value === "booked") return;
  const booking = await bookingOf(scope, payment.booking);
  const letters = booking
    ? await guestLetterWrites(scope, "given-back", booking, { amountMinor: payment.amountMinor })
    : [];
  await giveBack(scope, payment, payment.amountMinor, "late", letters);
}

/** Gives back what a guest's cancelled booking does not owe any more, of the payment that had confirmed it; of one that was moved what the new time does not cost. */
export async function refundCancelled(scope: Scope, { booking: id, refundMinor }: BookingCancelled): Promise<void> {
  if (refundMinor <= 0) return;
  const booking: Booking | undefined = await bookingOf(scope, id, { consistent: true });
  const payment = booking?.guest?.paidBy ? await paymentOf(scope, booking.guest.paidBy) : undefined;
  if (!payment || !booking) return;
  if (!booking.movedTo) return giveBack(scope, payment, refundMinor, "cancelled", []);
  const moved = await bookingOf(scope, booking.movedTo, { consistent: true });
  const less = moved ? booking.price.totalMinor - moved.price.totalMinor : 0;
  if (less > 0) await giveBack(scope, payment, less, `moved ${id}`, []);
}

const reasonOf = (why: string) =>
  why === "late" ? "散客付款时已无位" : why === "cancelled" ? "散客取消预订" : "散客改期，费用减少";

/** Gives money back the way it came: a hosted payment through its provider, by a timer that asks until it is done; cash and transfers by two people, who find it on their list. */
async function giveBack(
  scope: Scope,
  payment: Payment,
  amountMinor: number,
  why: "late" | "cancelled" | `moved ${string}`,
  also: readonly Write[],
): Promise<void> {
  const today = dayOf(scope.now, await zoneOf(scope));
  if (payment.way !== "hosted") {
    if (payment.way !== "cash" && payment.way !== "transfer") return;
    const wish = {
      ...{ kind: "refund" as const, company: payment.company, amountMinor, way: payment.way, payment: payment.id },
      ...{ reference: `T-${payment.reference}`.slice(0, 60), paidOn: today },
    };
    const asked = await propose(scope, { wish, reason: reasonOf(why) });
    if (!asked.ok) throw new Error(`refund of ${payment.id} was not proposed: ${asked.refusal.code}`);
    if (also.length > 0) await commit(stepOf(scope, "told"), also, { answer: null });
    return;
  }
  const id: Refund["id"] = `rfd_${digest(scope.space, payment.id, why).slice(0, 16)}`;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const stored = await paymentOf(scope, payment.id);
    if (!stored) return;
    const facts = {
      ...{ company: stored.company, amountMinor, way: "hosted" as const, payment: stored.id },
      ...{ reference: id.slice(4), paidOn: today, ...(stored.booking ? { booking: stored.booking } : {}) },
    };
    const refund: Refund = {
      ...facts,
      ...{ id, companyName: stored.companyName, state: "sending", at: scope.now, by: actorName(scope) },
    };
    const writes: Write[] = [
      insert(refundKey(scope, stored.company, id), refundKind, refund, "refund"),
      {
        ...{ do: "update", key: paymentKey(scope, stored.id), add: { refundedMinor: amountMinor, rev: 1 } },
        ...{ when: [["rev", "=", stored.rev]], tag: "payment" },
      },
      ...creditTo(scope, stored.company, id, amountMinor, "refund", today),
      dueAt(scope, scope.now, "billing.send-refund", id, { company: stored.company }),
      happened(scope, "payment.refunded", stored.company, { refund: id, ...facts }),
      ...also,
    ];
    const done = await commit(scope, writes, { answer: null });
    if (done.done || "refund" in done.lost) return;
    await giveWay(scope, attempt);
  }
  throw new Error(`refund of ${payment.id} found no quiet moment`);
}

/** A payer's balance to the provider, or back from there when it does not take it; in the books on the local day it is done unless another is said. */
export function creditTo(
  scope: Scope,
  company: string,
  document: string,
  amount: number,
  reason: string,
  on?: Day,
): Write[] {
  const [from, to] = reason === "refund" ? ["credit", "stripe"] : ["stripe", "credit"];
  const note = on ? { note: { on } } : {};
  const move = {
    do: "move" as const,
    book: moneyBook(company),
    unit: cny,
    from,
    to,
    amount,
    document,
    reason,
    ...note,
  };
  return planTransfers(scope, [move], reason).writes;
}

/** Pays a guest's bill from what they paid ahead for it. */
export async function payFromBalance(scope: Scope, { company: id, invoice }: InvoiceFinalised): Promise<void> {
  const company = await companyOf(scope, id);
  if (company?.kind !== "guest") return;
  const [head, { creditMinor }] = await Promise.all([headOf(scope, invoice), readBalance(scope, id)]);
  const amountMinor = Math.min(creditMinor, head && head.state !== "draft" ? openOf(head) : 0);
  if (amountMinor <= 0) return;
  const wish = { company: id, from: "balance" as const, amountMinor, invoices: [{ invoice, amountMinor }] };
  const paid = await applyOwn(scope, wish);
  if (!paid.ok) throw new Error(`bill ${invoice} was not paid from the balance: ${paid.refusal.code}`);
}
