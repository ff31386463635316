import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { claim } from "@yihao/table/unique";
import { insert, type Write } from "@yihao/table/write";
import { type Allocated, allocate, allocateAsChosen } from "./allocate.ts";
import { settleWrites } from "./bill-writes.ts";
import type { BillingRefusal, NewPayment, Payment, PaymentId, PaymentRecorded } from "./model.ts";
import { closed, notAhead, stillOpen } from "./period.ts";
import {
  billPaymentKey,
  cny,
  dueBillsOf,
  type Head,
  moneyBook,
  paymentKey,
  paymentKind,
  paymentRows,
  pointerKind,
} from "./store.ts";

/** One payment may settle this many bills: with them its commit stays below what a transaction takes. */
export const billsMost = 12;
const tries = 30;

/** The account of a company's money that each way of paying takes from. */
export const fromAccount: Record<Payment["way"], string> = {
  transfer: "bank",
  cash: "cash",
  hosted: "stripe",
  balance: "credit",
  deposit: "deposit",
};

/**
 * Everything that a payment writes: bank → receivable for its bills, bank → credit for the rest, the heads under their revisions, the lists, and the events.
 * Lost under `bill <id>` when somebody paid one of the bills just now.
 */
export function receiveWrites(
  scope: Scope,
  payment: Payment,
  { parts, creditMinor }: Allocated,
  bills: readonly Stored<Head>[],
): { readonly writes: Write[]; readonly payment: Payment } {
  const { company, way } = payment;
  const book = moneyBook(company);
  const entry = (to: string, amount: number, document: string): Entry => ({
    do: "move",
    book,
    unit: cny,
    from: fromAccount[way],
    to,
    amount,
    document,
    reason: "payment",
    note: { payment: payment.id, ...(payment.receivedOn ? { on: payment.receivedOn } : {}) },
  });
  const entries: Entry[] = [];
  const writes: Write[] = [];
  const allocations: Payment["allocations"] = [];
  for (const { invoice, amountMinor } of parts) {
    const stored = bills.find(({ id }) => id === invoice);
    if (!stored) throw new Error(`payment ${payment.id} names a bill that was not read`);
    writes.push(...settleWrites(scope, stored, { paidMinor: stored.paidMinor + amountMinor }).writes);
    writes.push({
      do: "put",
      key: billPaymentKey(scope, invoice, payment.id),
      kind: pointerKind,
      data: { id: payment.id },
      rev: 1,
    });
    entries.push({ ...entry("receivable", amountMinor, invoice) });
    allocations.push({ invoice, number: stored.number ?? "", amountMinor });
  }
  if (creditMinor > 0) entries.push(entry("credit", creditMinor, payment.id));
  const received: Payment = { ...payment, state: "received", allocations, creditMinor };
  const data: PaymentRecorded = {
    payment: payment.id,
    company,
    way,
    receivedOn: payment.receivedOn ?? "",
    amountMinor: payment.amountMinor,
    creditMinor,
    allocations,
  };
  writes.push(...planTransfers(scope, entries).writes, ...paymentRows(scope, received));
  const own = way === "balance" || way === "deposit";
  writes.push(happened(scope, own ? "balance.applied" : "payment.recorded", company, data));
  return { writes, payment: received };
}

/** What stands in the same commit as a payment: its writes, and the tag whose loss is refused as what. */
export type Beside = {
  readonly writes: (payment: PaymentId) => Write[];
  readonly lost: readonly [tag: string, code: BillingRefusal];
};

/**
 * Records money that came by bank transfer (对公转账) or in cash: oldest bill first or as chosen, partial and over. Refused as `payment.reference-used` when its bank
 * reference was recorded before in this space, `payment.allocation`, `payment.too-many-invoices`, `payment.day` when it is said to have come on a day to come, and `period.closed` when the month it came in is closed.
 */
export async function recordPayment(
  scope: Scope,
  wanted: NewPayment,
  beside?: Beside,
  of: Pick<Payment, "booking"> = {},
): Promise<Outcome<Payment, BillingRefusal | "missing">> {
  const named = await companyOf(scope, wanted.company as CompanyId);
  const company = named?.merged ? await companyOf(scope, named.merged.into as CompanyId) : named;
  if (!company) return refuse("missing");
  const here = await notAhead(scope, wanted.receivedOn);
  if (!here.ok) return here;
  const id: PaymentId = idFor(scope, "pay");
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const bills = of.booking ? [] : await dueBillsOf(scope, company.id);
    const chosen = wanted.invoices ? allocateAsChosen(wanted.amountMinor, wanted.invoices, bills) : undefined;
    if (chosen && !chosen.ok) return chosen;
    const allocated = chosen ? chosen.value : allocate(wanted.amountMinor, bills);
    if (allocated.parts.length > billsMost) return refuse("payment.too-many-invoices", { most: billsMost });
    const blank: Payment = {
      ...of,
      id,
      company: company.id,
      companyName: company.name,
      way: wanted.way,
      state: "received",
      amountMinor: wanted.amountMinor,
      reference: wanted.reference,
      receivedOn: wanted.receivedOn,
      allocations: [],
      creditMinor: 0,
      at: scope.now,
      by: actorName(scope),
    };
    const { writes, payment } = receiveWrites(scope, blank, allocated, bills);
    const all = [
      insert(paymentKey(scope, id), paymentKind, payment),
      claim(scope, "payment", `${wanted.way} ${wanted.reference}`, id),
      stillOpen(scope, wanted.receivedOn),
      ...writes,
      ...(beside?.writes(id) ?? []),
    ];
    const outcome = await commit(scope, all, { answer: payment });
    if (outcome.done) return accept(outcome.answer);
    if ("unique payment" in outcome.lost) return refuse("payment.reference-used", { reference: wanted.reference });
    if (beside && beside.lost[0] in outcome.lost) return refuse(beside.lost[1]);
    if ("period" in outcome.lost) return closed(wanted.receivedOn);
  }
  throw new Refused("busy");
}
