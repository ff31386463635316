import { type Day, dayOf, monthOf } from "@yihao/kernel/days";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { insert, type Write } from "@yihao/table/write";
import { settleWrites } from "./bill-writes.ts";
import { creditLines, settleCredit } from "./credit.ts";
import type { CreditNote, InvoiceCredited, NewCredit } from "./credit-model.ts";
import { creditKey, creditKind, creditRows, creditsOn } from "./credit-store.ts";
import { entriesOf } from "./finalise.ts";
import { postingDay } from "./journal.ts";
import { totalsOf } from "./lines.ts";
import type { BillingRefusal, InvoiceId } from "./model.ts";
import { numberOf } from "./number.ts";
import { openOf } from "./open.ts";
import { postingMonth, stillOpen } from "./period.ts";
import { lastOf, takeNext } from "./series.ts";
import { cny, type Head, headOf, linesOn, moneyBook } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** The transfers of a credit note: what its bill moved goes back, and what the company had paid of it becomes its balance. */
export function creditEntries(
  note: Pick<CreditNote, "id" | "company" | "streams" | "freedMinor"> & { readonly on?: Day },
): Entry[] {
  const book = moneyBook(note.company);
  const back = entriesOf(note).map((entry) =>
    entry.do === "move" ? { ...entry, from: entry.to, to: entry.from, reason: "credit-note" } : entry,
  );
  if (note.freedMinor === 0) return back;
  const freed = { from: "receivable", to: "credit", amount: note.freedMinor, document: note.id };
  const on = note.on ? { note: { on: note.on } } : {};
  return [...back, { do: "move", book, unit: cny, ...freed, ...on, reason: "credit-freed" }];
}

/**
 * Takes a finalised bill back whole (作废) or in part (红冲) by a credit note, in one commit: the next number of the notes' own series, the note, the bill's sums under its revision, the
 * transfers and the event. Refused as `missing`, `invoice.not-final`, `credit.line`, `credit.nothing-left`, `credit.written-off` when a part of the bill was given up
 * before, and `credit.changed` when the sum is not the one that was shown.
 */
export async function creditInvoice(
  scope: Scope,
  id: InvoiceId,
  wish: NewCredit,
): Promise<Outcome<CreditNote, BillingRefusal | "missing">> {
  const issuedOn = dayOf(scope.now, await zoneOf(scope));
  const year = issuedOn.slice(0, 4);
  let last = await lastOf(scope, "credit", year);
  for (let attempt = 1; attempt <= 80; attempt += 1) {
    const stored = await headOf(scope, id);
    if (!stored) return refuse("missing");
    const decided = await decide(scope, stored, wish, {
      issuedOn,
      period: await postingMonth(scope, stored.period ?? stored.month),
      number: numberOf(monthOf(issuedOn), last + 1, "credit"),
    });
    if (!decided.ok) return decided;
    const note = decided.value;
    const writes = [
      takeNext(scope, "credit", year, last),
      stillOpen(scope, `${note.period}-01`),
      ...creditWrites(scope, stored, note),
    ];
    const outcome = await commit(scope, writes, { answer: note });
    if (outcome.done) return accept(outcome.answer);
    const taken = outcome.lost.series;
    if (taken !== undefined) last = Number(taken?.last ?? 0);
    else if (!(`bill ${id}` in outcome.lost) && !("period" in outcome.lost)) throw new Refused("busy");
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}

async function decide(
  scope: Scope,
  head: Stored<Head>,
  wish: NewCredit,
  { issuedOn, period, number }: { issuedOn: string; period: string; number: string },
): Promise<Outcome<CreditNote, BillingRefusal>> {
  if (head.state === "draft") return refuse("invoice.not-final");
  if (head.writtenOffMinor) return refuse("credit.written-off", { number: head.number ?? "" });
  const [lines, before] = await Promise.all([linesOn(scope, head), creditsOn(scope, head.id)]);
  const taken = creditLines(lines, before, wish);
  if (!taken.ok) return taken;
  const totals = totalsOf(taken.value);
  if (wish.totalMinor !== undefined && wish.totalMinor !== totals.totalMinor)
    return refuse("credit.changed", { totalMinor: totals.totalMinor });
  const whole = (head.creditedMinor ?? 0) + totals.totalMinor === head.totalMinor;
  const { company, companyName, number: invoiceNumber = "" } = head;
  return accept({
    id: idFor(scope, "crn"),
    ...{ number, invoice: head.id, invoiceNumber, company, companyName },
    kind: whole ? "void" : "part",
    reason: wish.reason,
    ...{ issuedOn, period },
    ...totals,
    ...settleCredit(totals.totalMinor, openOf(head)),
    lines: taken.value,
    at: scope.now,
    by: actorName(scope),
  });
}

function creditWrites(scope: Scope, head: Stored<Head>, note: CreditNote): Write[] {
  const {
    id: credit,
    number,
    invoice,
    invoiceNumber,
    company,
    kind,
    issuedOn,
    period = head.month,
    totalMinor,
    taxMinor,
    freedMinor,
    reason,
  } = note;
  const streams: InvoiceCredited["streams"] = {};
  for (const sum of note.streams) streams[sum.stream] = sum.amountMinor - sum.taxMinor;
  const told: InvoiceCredited = {
    ...{ credit, number, invoice, invoiceNumber, company, kind, month: head.month, period, issuedOn },
    ...{ totalMinor, taxMinor, freedMinor, streams, reason },
  };
  const sums = {
    creditedMinor: (head.creditedMinor ?? 0) + totalMinor,
    freedMinor: (head.freedMinor ?? 0) + freedMinor,
  };
  return [
    insert(creditKey(scope, invoice, number), creditKind, note, "credit"),
    ...creditRows(scope, note),
    ...settleWrites(scope, head, sums).writes,
    ...planTransfers(scope, creditEntries({ ...note, on: postingDay(issuedOn, period) })).writes,
    happened(scope, "invoice.credited", company, told),
  ];
}
