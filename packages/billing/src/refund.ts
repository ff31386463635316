import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { claim } from "@yihao/table/unique";
import { insert, type Write } from "@yihao/table/write";
import type { Deposit, DepositReturnWish, Refund, RefundWish, WriteOffWish } from "./approval-model.ts";
import { depositKey, depositKind, refundKey, refundKind } from "./approval-store.ts";
import { settleWrites } from "./bill-writes.ts";
import type { BillingRefusal } from "./model.ts";
import { openOf } from "./open.ts";
import { fromAccount } from "./payments.ts";
import { notAhead, stillOpen } from "./period.ts";
import { readBalance, todayOf } from "./reads.ts";
import { cny, headOf, moneyBook, paymentKey, paymentOf } from "./store.ts";

/** What an approved wish does: its writes, and the document it makes. */
export type Planned = { readonly writes: Write[]; readonly document: string };
type Plan = Promise<Outcome<Planned, BillingRefusal | "missing">>;

/**
 * Gives a company back of what it has paid ahead: balance → bank or cash, or the way a payment came, through the provider: then it is `sending` until that has said so, and when it never will, the balance has it again and a transfer is
 * proposed. Refused as `refund.more-than-balance`, with a payment as `refund.more-than-paid`, and as `refund.not-online` when it was not paid through the provider. A bill that is
 * paid is taken back by a credit note first.
 */
export async function planRefund(scope: Scope, wish: RefundWish): Plan {
  const company = await companyOf(scope, wish.company);
  if (!company) return refuse("missing");
  const payment = wish.payment ? await paymentOf(scope, wish.payment) : undefined;
  if (wish.payment && (payment?.company !== wish.company || payment.state !== "received")) return refuse("missing");
  const here = await notAhead(scope, wish.paidOn);
  if (!here.ok) return here;
  const hosted = wish.way === "hosted";
  if (hosted && (payment?.way !== "hosted" || !payment.intent)) return refuse("refund.not-online");
  const leftMinor = payment
    ? payment.amountMinor - (payment.refundedMinor ?? 0) - (payment.disputedMinor ?? 0)
    : wish.amountMinor;
  if (wish.amountMinor > leftMinor) return refuse("refund.more-than-paid", { leftMinor });
  const { creditMinor } = await readBalance(scope, company.id);
  if (wish.amountMinor > creditMinor) return refuse("refund.more-than-balance", { creditMinor });
  const { kind: _kind, ...facts } = wish;
  const refund: Refund = {
    ...facts,
    id: idFor(scope, "rfd"),
    companyName: company.name,
    ...(hosted ? { state: "sending" as const } : {}),
    at: scope.now,
    by: actorName(scope),
  };
  const moved = planTransfers(scope, [
    {
      ...{ do: "move", book: moneyBook(company.id), unit: cny, from: "credit", to: fromAccount[wish.way] },
      ...{ amount: wish.amountMinor, document: refund.id, reason: "refund", note: { on: wish.paidOn } },
    },
  ]);
  const ofPayment: Write[] = payment
    ? [
        {
          do: "update",
          key: paymentKey(scope, payment.id),
          add: { refundedMinor: wish.amountMinor, rev: 1 },
          when: [["rev", "=", payment.rev]],
          tag: "payment",
        },
      ]
    : [];
  return accept({
    document: refund.id,
    writes: [
      insert(refundKey(scope, company.id, refund.id), refundKind, refund),
      ...(hosted ? [] : [claim(scope, "payment", `refund ${wish.way} ${wish.reference}`, refund.id)]),
      stillOpen(scope, wish.paidOn),
      ...moved.writes,
      ...ofPayment,
      ...(hosted ? [dueAt(scope, scope.now, "billing.send-refund", refund.id, { company: company.id })] : []),
      happened(scope, "payment.refunded", company.id, { refund: refund.id, ...facts }),
    ],
  });
}

/** Gives a deposit back: deposit → bank or cash. Refused as `deposit.more-than-held`. */
export async function planDepositReturn(scope: Scope, wish: DepositReturnWish): Plan {
  const company = await companyOf(scope, wish.company);
  if (!company) return refuse("missing");
  const here = await notAhead(scope, wish.paidOn);
  if (!here.ok) return here;
  const { depositMinor } = await readBalance(scope, company.id);
  if (wish.amountMinor > depositMinor) return refuse("deposit.more-than-held", { depositMinor });
  const { amountMinor, way, reference, paidOn: on } = wish;
  const deposit: Deposit = {
    ...{ id: idFor(scope, "dep"), company: company.id, companyName: company.name, does: "returned" },
    ...{ amountMinor, way, reference, on, at: scope.now, by: actorName(scope) },
  };
  const moved = planTransfers(scope, [
    {
      ...{ do: "move", book: moneyBook(company.id), unit: cny, from: "deposit", to: fromAccount[way] },
      ...{ amount: amountMinor, document: deposit.id, reason: "deposit-return", note: { on } },
    },
  ]);
  return accept({
    document: deposit.id,
    writes: [
      insert(depositKey(scope, company.id, deposit.id), depositKind, deposit),
      claim(scope, "payment", `refund ${way} ${reference}`, deposit.id),
      stillOpen(scope, on),
      ...moved.writes,
      happened(scope, "deposit.returned", company.id, { deposit: deposit.id, amountMinor, way, reference, on }),
    ],
  });
}

/** Gives up a part of a bill that will not be paid (坏账核销): loss → receivable. Refused as `write-off.more-than-open` and `invoice.not-final`. */
export async function planWriteOff(scope: Scope, { invoice, amountMinor }: WriteOffWish): Plan {
  const head = await headOf(scope, invoice);
  if (!head) return refuse("missing");
  if (head.state === "draft") return refuse("invoice.not-final");
  if (amountMinor > openOf(head)) return refuse("write-off.more-than-open", { openMinor: openOf(head) });
  const on = await todayOf(scope);
  const moved = planTransfers(scope, [
    {
      ...{ do: "move", book: moneyBook(head.company), unit: cny, from: "loss:bad-debt", to: "receivable" },
      ...{ amount: amountMinor, document: invoice, reason: "write-off", note: { on } },
    },
  ]);
  const sums = { writtenOffMinor: (head.writtenOffMinor ?? 0) + amountMinor };
  return accept({
    document: invoice,
    writes: [
      ...settleWrites(scope, head, sums).writes,
      ...moved.writes,
      happened(scope, "invoice.written-off", head.company, { invoice, number: head.number ?? "", amountMinor }),
    ],
  });
}
