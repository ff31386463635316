import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { replace, type Write } from "@yihao/table/write";
import { postingDay } from "./journal.ts";
import type { BillingRefusal, Invoice, InvoiceFinalised, InvoiceId } from "./model.ts";
import { numberOf } from "./number.ts";
import { postingMonth, stillOpen } from "./period.ts";
import { lastOf, takeNext } from "./series.ts";
import { cny, type Head, headKey, headKind, headOf, moneyBook, rowWrites, settingsOf } from "./store.ts";
import { zoneOf } from "./zone.ts";

/**
 * The transfers of a finalised bill: receivable → revenue of each stream (net; what is exempt to an account of its own, 单独核算), receivable → tax. Value flows from the bank through a company's
 * accounts to revenue, so a company that owes has a negative receivable and money that comes in brings it back to nothing; credit and deposits stay above zero.
 * A stream that gives more back than it takes goes the other way. `on` is their day in the books.
 */
export function entriesOf(
  invoice: Pick<Invoice, "company" | "streams"> & { readonly id: string; readonly on?: Day },
): Entry[] {
  const book = moneyBook(invoice.company);
  const move = (account: string, amount: number): Entry[] =>
    amount === 0
      ? []
      : [
          {
            do: "move",
            book,
            unit: cny,
            from: amount > 0 ? "receivable" : account,
            to: amount > 0 ? account : "receivable",
            amount: Math.abs(amount),
            document: invoice.id,
            reason: "invoice",
            ...(invoice.on ? { note: { on: invoice.on } } : {}),
          },
        ];
  const tax = invoice.streams.reduce((sum, one) => sum + one.taxMinor, 0);
  return [
    ...invoice.streams.flatMap(({ stream, amountMinor, taxMinor, exemptMinor = 0 }) => [
      ...move(`revenue:${stream}`, amountMinor - taxMinor - exemptMinor),
      ...move(`revenue:${stream}:exempt`, exemptMinor),
    ]),
    ...move("tax:vat", tax),
  ];
}

/**
 * Finalises a draft (出账) in one commit: the next number of the series of its month's year under its condition, the head under its revision, the
 * ledger's transfers and the event. Refused as `invoice.not-draft`, `invoice.changed` when the draft is not as it was seen or charges were moved in since,
 * `invoice.negative` and `invoice.empty`. A number that somebody else took is tried again with the next, so that none is missing or twice.
 */
export async function finaliseInvoice(
  scope: Scope,
  id: InvoiceId,
  seen: { readonly totalMinor?: number | undefined } = {},
): Promise<Outcome<Invoice, BillingRefusal | "missing">> {
  const [settings, zone] = await Promise.all([settingsOf(scope), zoneOf(scope)]);
  let stored = await headOf(scope, id);
  const year = stored?.month.slice(0, 4) ?? "";
  let last = stored ? await lastOf(scope, "invoice", year) : 0;
  for (let attempt = 1; attempt <= 80; attempt += 1) {
    if (!stored) return refuse("missing");
    const { rev, ...head } = stored;
    const refused = whyNot(head, seen.totalMinor);
    if (refused) return refused;
    const finalisedOn = dayOf(scope.now, zone);
    const dueOn = plusDays(finalisedOn, settings.termsDays);
    const number = numberOf(head.month, last + 1);
    const paid = head.totalMinor === 0;
    const period = await postingMonth(scope, head.month);
    const after: Head = {
      ...head,
      state: paid ? "paid" : "due",
      number,
      finalisedAt: scope.now,
      finalisedOn,
      dueOn,
      period,
      ...(paid ? { paidAt: scope.now } : {}),
    };
    const writes = [
      takeNext(scope, "invoice", year, last),
      stillOpen(scope, `${period}-01`),
      replace(headKey(scope, id), headKind, after, rev, "head"),
      ...rowWrites(scope, head, after),
      ...planTransfers(scope, entriesOf({ ...after, on: postingDay(finalisedOn, period) })).writes,
      ...eventsOf(scope, after),
    ];
    const answer = invoiceOf(after);
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    const taken = outcome.lost.series;
    if (taken !== undefined) last = Number(taken?.last ?? 0);
    if ("head" in outcome.lost) stored = await headOf(scope, id);
    if (taken === undefined && !("head" in outcome.lost) && !("period" in outcome.lost)) throw new Refused("busy");
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}

function whyNot(head: Head, totalMinor: number | undefined) {
  if (head.state !== "draft") return refuse("invoice.not-draft", { number: head.number ?? "" });
  if (head.counted === 0) return refuse("invoice.empty");
  if (head.moved !== head.counted) return refuse("invoice.changed", { totalMinor: head.totalMinor });
  if (totalMinor !== undefined && totalMinor !== head.totalMinor)
    return refuse("invoice.changed", { totalMinor: head.totalMinor });
  if (head.totalMinor < 0) return refuse("invoice.negative", { totalMinor: head.totalMinor });
  return undefined;
}

function eventsOf(scope: Scope, head: Head): Write[] {
  const { id, number = "", company, month, totalMinor, taxMinor, finalisedOn = "", dueOn = "", period } = head;
  const streams: InvoiceFinalised["streams"] = {};
  for (const sum of head.streams) streams[sum.stream] = sum.amountMinor - sum.taxMinor;
  const data: InvoiceFinalised = {
    invoice: id,
    number,
    company,
    month,
    ...(period ? { period } : {}),
    finalisedOn,
    dueOn,
    totalMinor,
    taxMinor,
    streams,
  };
  const finalised = happened(scope, "invoice.finalised", company, data);
  if (head.state !== "paid") return [finalised];
  return [finalised, happened(scope, "invoice.paid", company, { invoice: id, number, company, month, totalMinor })];
}

/** A head without what only billing needs to know of it. */
export function invoiceOf(head: Head): Invoice {
  const { draw: _draw, moved: _moved, counted: _counted, ...invoice } = head;
  return invoice;
}
