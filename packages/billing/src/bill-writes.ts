import type { Scope } from "@yihao/kernel/scope";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { replace, type Write } from "@yihao/table/write";
import type { Invoice } from "./model.ts";
import { openOf, stateOf } from "./open.ts";
import { type Head, headKey, headKind, rowWrites } from "./store.ts";

type Change = Partial<Pick<Invoice, "paidMinor" | "creditedMinor" | "freedMinor" | "writtenOffMinor">>;

/**
 * The writes that give a finalised bill new sums: its head under its revision, its row in the lists, and `invoice.paid` when money has settled it. Lost under `bill <id>` when
 * somebody changed the bill just now.
 */
export function settleWrites(
  scope: Scope,
  { rev, ...head }: Stored<Head>,
  change: Change,
): { after: Head; writes: Write[] } {
  const summed = { ...head, ...change };
  const state = stateOf(summed);
  const { paidAt: _paidAt, ...rest } = summed;
  const wasPaid = head.state === "paid";
  const after: Head = { ...rest, state, ...(openOf(summed) === 0 ? { paidAt: head.paidAt ?? scope.now } : {}) };
  const { id, number = "", company, month, totalMinor } = head;
  const paid = { invoice: id, number, company, month, totalMinor };
  return {
    after,
    writes: [
      replace(headKey(scope, id), headKind, after, rev, `bill ${id}`),
      ...rowWrites(scope, head, after),
      ...(state === "paid" && !wasPaid ? [happened(scope, "invoice.paid", company, paid, { seed: id })] : []),
    ],
  };
}
