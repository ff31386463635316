import type { Invoice } from "./model.ts";

type Sums = Pick<Invoice, "totalMinor" | "paidMinor" | "creditedMinor" | "freedMinor" | "writtenOffMinor">;

/** What of a bill was taken back by credit notes without the company having paid it, in fen. */
export const relievedOf = ({ creditedMinor = 0, freedMinor = 0 }: Sums): number => creditedMinor - freedMinor;

/** What is open of a bill (未收), in fen: its total less what was paid, taken back by credit notes and written off. */
export const openOf = (bill: Sums): number =>
  bill.totalMinor - bill.paidMinor - relievedOf(bill) - (bill.writtenOffMinor ?? 0);

/** The state that a finalised bill's sums put it in. A bill that was credited whole is void, whoever has paid it before; what a credit note freed of what was paid pays nothing of it any more. */
export function stateOf(bill: Sums): Exclude<Invoice["state"], "draft"> {
  if (bill.totalMinor !== 0 && bill.creditedMinor === bill.totalMinor) return "void";
  if (openOf(bill) === 0) return (bill.writtenOffMinor ?? 0) > 0 ? "written-off" : "paid";
  return bill.paidMinor > (bill.freedMinor ?? 0) ? "part-paid" : "due";
}

/**
 * A bill, or its row, as it was kept before what a credit note freed of a payment counted as paid no more: told as part paid although nothing of it is paid any more, it waits for all of its money. Nothing else of it changes.
 */
export function withTrueState(kept: Record<string, unknown>): Record<string, unknown> {
  const paid = Number(kept.paidMinor ?? 0) - Number(kept.freedMinor ?? 0);
  return kept.state === "part-paid" && paid <= 0 ? { ...kept, state: "due" } : kept;
}
