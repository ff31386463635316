import type { Day, Zone } from "@yihao/kernel/days";
import type { Transfer } from "@yihao/ledger/model";
import { z } from "zod";
import { bookedOn, classOf, voucherOf } from "./journal.ts";
import { payWays } from "./model.ts";

const MinorSchema = z.int();

/** What a row of a statement is. `balance` and `deposit-use` pay bills from what the company had here; `dispute-lost` is what is owed again, `dispute-returned` what came back of it, and `moved` what a merged company's account brought or took. */
export const statementKinds = [
  "opening",
  "invoice",
  "credit-note",
  "payment",
  "balance",
  "deposit-use",
  "deposit",
  "deposit-return",
  "refund",
  "refund-failed",
  "write-off",
  "dispute-lost",
  "dispute-returned",
  "moved",
  "other",
] as const;
export type StatementKind = (typeof statementKinds)[number];

/** What a company owes (below zero what it has paid ahead) and what is held of it as a deposit (押金), in fen. */
export const StandingSchema = z.object({ owedMinor: MinorSchema, depositMinor: MinorSchema });
export type Standing = z.infer<typeof StandingSchema>;

/**
 * A document on a statement: what it added to what is owed (借) and took from it (贷), what it did to the deposit, and how both stand after it. What only moves within the company's account, as a bill that is
 * paid from what was paid ahead, stands on both sides.
 */
export const StatementRowSchema = StandingSchema.extend({
  on: z.iso.date(),
  kind: z.enum(statementKinds),
  document: z.string(),
  chargedMinor: MinorSchema,
  settledMinor: MinorSchema,
  heldMinor: MinorSchema,
  /** The document's number or reference, and how money moved. */
  number: z.string().optional(),
  way: z.enum(payWays).optional(),
  /** The bills that a payment went to. */
  bills: z.array(z.string()).optional(),
  /** What of a bill is late fee (滞纳金). */
  lateFeeMinor: MinorSchema.optional(),
});
export type StatementRow = z.infer<typeof StatementRowSchema>;

/** A statement of account (对账单): how a company stood before a day, every document from it to another, both included, and how it stood then. */
export const StatementSchema = z.object({
  company: z.string(),
  companyName: z.string(),
  companyCode: z.string().optional(),
  from: z.iso.date(),
  to: z.iso.date(),
  opening: StandingSchema,
  rows: z.array(StatementRowSchema),
  chargedMinor: MinorSchema,
  settledMinor: MinorSchema,
  closing: StandingSchema,
});
export type Statement = z.infer<typeof StatementSchema>;

/** Days of a statement, both included. */
export type StatementSpan = { readonly from: Day; readonly to: Day };

const kinds: Readonly<Record<string, StatementKind>> = {
  opening: "opening",
  invoice: "invoice",
  "credit-note": "credit-note",
  payment: "payment",
  deposit: "deposit",
  "deposit-return": "deposit-return",
  refund: "refund",
  "refund-failed": "refund-failed",
  "write-off": "write-off",
  "dispute-lost": "dispute-lost",
  "dispute-returned": "dispute-returned",
  merge: "moved",
};

function kindOf({ reason = "", from }: Transfer): StatementKind {
  if (reason === "payment" && from === "credit") return "balance";
  if (reason === "payment" && from === "deposit") return "deposit-use";
  return kinds[classOf({ reason })] ?? "other";
}

const own = ["receivable", "credit"];
/** What a transfer does to what is owed and to the deposit; `within` is what it only moves between what is owed and what was paid ahead. */
function effectOf({ from, to, amount }: Transfer): { owed: number; held: number; within: number } {
  const out = own.includes(from);
  const into = own.includes(to);
  return {
    owed: (out ? amount : 0) - (into ? amount : 0),
    held: (to === "deposit" ? amount : 0) - (from === "deposit" ? amount : 0),
    within: out && into ? amount : 0,
  };
}

/** How a company stands at the end of a day by its transfers: the ledger's own balance of that day in the books. */
export function standingOn(transfers: readonly Transfer[], day: Day, zone: Zone): Standing {
  let owedMinor = 0;
  let depositMinor = 0;
  for (const transfer of transfers) {
    if (bookedOn(transfer, zone) > day) continue;
    const { owed, held } = effectOf(transfer);
    owedMinor += owed;
    depositMinor += held;
  }
  return { owedMinor, depositMinor };
}

/** A row before it has its running sums. */
type Group = Pick<StatementRow, "on" | "kind" | "document"> & {
  owed: number;
  held: number;
  within: number;
  readonly at: string;
};

/**
 * A statement's sums and rows from all transfers of a company's money, in whatever order: a document is one row on each day in the books that it moved something. Opening, rows and closing add up by
 * construction, and the closing is the ledger's balance at the end of the last day.
 */
export function statementRows(
  transfers: readonly Transfer[],
  { from, to }: StatementSpan,
  zone: Zone,
): Pick<Statement, "opening" | "rows" | "chargedMinor" | "settledMinor" | "closing"> {
  let opening: Standing = { owedMinor: 0, depositMinor: 0 };
  const groups = new Map<string, Group>();
  for (const transfer of transfers) {
    const on = bookedOn(transfer, zone);
    const { owed, held, within } = effectOf(transfer);
    // What a dispute withholds is between the space and its provider until it is lost.
    if (owed === 0 && held === 0 && within === 0) continue;
    if (on < from) opening = { owedMinor: opening.owedMinor + owed, depositMinor: opening.depositMinor + held };
    if (on < from || on > to) continue;
    const [kind, document] = [kindOf(transfer), voucherOf(transfer)];
    const key = `${on} ${kind} ${document}`;
    const group = groups.get(key) ?? { on, kind, document, owed: 0, held: 0, within: 0, at: transfer.at };
    group.owed += owed;
    group.held += held;
    group.within += within;
    groups.set(key, group.at <= transfer.at ? group : { ...group, at: transfer.at });
  }
  const order = ({ on, at, document }: Group) => `${on} ${at} ${document}`;
  let { owedMinor, depositMinor } = opening;
  let [charged, settled] = [0, 0];
  const rows = [...groups.values()]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ on, kind, document, owed, held, within }): StatementRow => {
      const both = owed === 0 && held === 0 ? within : 0;
      const chargedMinor = Math.max(owed, 0) + both;
      const settledMinor = Math.max(-owed, 0) + both;
      owedMinor += owed;
      depositMinor += held;
      charged += chargedMinor;
      settled += settledMinor;
      return { on, kind, document, chargedMinor, settledMinor, heldMinor: held, owedMinor, depositMinor };
    });
  return { opening, rows, chargedMinor: charged, settledMinor: settled, closing: { owedMinor, depositMinor } };
}
