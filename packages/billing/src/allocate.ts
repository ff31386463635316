import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { BillingRefusal, Invoice, InvoiceId } from "./model.ts";
import { openOf } from "./open.ts";

/** A bill that can take money, with what is open of it. */
export type Payable = Pick<
  Invoice,
  "id" | "totalMinor" | "paidMinor" | "number" | "creditedMinor" | "freedMinor" | "writtenOffMinor"
>;
export type Allocated = {
  readonly parts: { readonly invoice: InvoiceId; readonly amountMinor: number }[];
  readonly creditMinor: number;
};

/** Spreads a payment over bills in their order, each up to what is open of it; what is left is the company's credit (预收). */
export function allocate(amountMinor: number, bills: readonly Payable[]): Allocated {
  let left = amountMinor;
  const parts: { invoice: InvoiceId; amountMinor: number }[] = [];
  for (const bill of bills) {
    const part = Math.min(left, openOf(bill));
    if (part <= 0) continue;
    parts.push({ invoice: bill.id, amountMinor: part });
    left -= part;
  }
  return { parts, creditMinor: left };
}

/**
 * Spreads a payment as somebody chose: refused as `payment.allocation` when a bill is named twice, cannot take that much, or the parts are more
 * than the payment. What is not given to any bill is credit.
 */
export function allocateAsChosen(
  amountMinor: number,
  chosen: readonly { readonly invoice: InvoiceId; readonly amountMinor: number }[],
  bills: readonly Payable[],
): Outcome<Allocated, BillingRefusal> {
  let left = amountMinor;
  const seen = new Set<string>();
  for (const { invoice, amountMinor: part } of chosen) {
    const bill = bills.find(({ id }) => id === invoice);
    if (!bill || seen.has(invoice) || part > openOf(bill))
      return refuse("payment.allocation", { invoice, openMinor: bill ? openOf(bill) : 0 });
    seen.add(invoice);
    left -= part;
  }
  if (left < 0) return refuse("payment.allocation", { amountMinor });
  return accept({ parts: [...chosen], creditMinor: left });
}
