import type { Booking } from "@yihao/booking/model";
import type { RawItem, Violation } from "@yihao/ledger/check";
import { decode } from "@yihao/table/kind";
import type { Deposit, Refund } from "./approval-model.ts";
import { checkCoupons, checkFapiaos, checkStatements } from "./check-records.ts";
import { leftOf } from "./credit.ts";
import type { CreditNote } from "./credit-model.ts";
import type { Dispute } from "./dispute-model.ts";
import type { Charge, Line, Opening, Payment } from "./model.ts";
import { placeOf } from "./number.ts";
import { openOf, stateOf } from "./open.ts";
import { type Head, headKind } from "./store.ts";

type Bill = { head?: Head; charges: number; sum: number; lines: Map<string, Line[]>; notes: CreditNote[] };
type Balance = { readonly receivable: number; readonly credit: number; readonly deposit: number };

/**
 * Folds every item of billing and says what does not hold: each charge lies in one place and its month's sums are kept; a bill's total is the sum of its lines and of its
 * charges; numbers of bills and of credit notes are gap-free and unique per space and year; no line is credited beyond itself; what a company owes by the ledger is what its
 * bills have open, what it has paid ahead and left as a deposit what its documents say; and each payment is its allocations and its credit, as the bills and the ledger have it; a guest's booking that is booked has been paid; what was
 * taken over is what the ledger moved from the opening; and coupons, fapiao and statements hold as `check-records.ts` says.
 */
export function checkBilling(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [...checkCoupons(items), ...checkFapiaos(items), ...checkStatements(items)];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const equal = (rule: string, where: string, expected: unknown, found: unknown) => {
    if (expected !== found) say(rule, where, expected, found);
  };
  const bills = new Map<string, Bill>();
  const places = new Map<string, number>();
  const paidBy = new Map<string, number>();
  const balances = new Map<string, Balance>();
  const deposits = new Map<string, number>();
  const refunded = new Map<string, number>();
  const payments: { where: string; refundedMinor: number }[] = [];
  const credits = new Map<string, number>();
  const series = new Map<string, number>();
  const opened = new Map<string, number>();
  const moved = new Map<string, number>();
  const before = new Map<string, string>();
  const guests = new Map<string, number>();
  /** What disputes took of balances, and gave back to them below nothing, by the payment, whose company it is by now, and the company it was. */
  const lostCredit: [payment: string, company: string, amountMinor: number][] = [];
  const companies = new Map<string, string>();
  const paidFor = new Map<string, number>();
  const bill = (key: string) => {
    const one = bills.get(key) ?? { charges: 0, sum: 0, lines: new Map<string, Line[]>(), notes: [] };
    bills.set(key, one);
    return one;
  };
  const numbers = new Map<string, number[]>();
  const number = (kind: "invoice" | "credit", space: string, text: string, where: string) => {
    const place = placeOf(text, kind);
    const key = `${space} ${kind} ${place?.year}`;
    if (!place) say("billing.number", where, "a number", text);
    else numbers.set(key, [...(numbers.get(key) ?? []), place.place]);
  };
  const add = (map: Map<string, number>, key: string, amount: number) => map.set(key, (map.get(key) ?? 0) + amount);

  for (const item of items) {
    const pk = String(item.pk);
    const space = pk.split("#", 1)[0] ?? "";
    if (item.k === "chg") {
      const charge = item as unknown as Charge;
      add(places, `${space} ${charge.id}`, 1);
      if (pk.startsWith(`${space}#bill#`)) {
        const one = bill(pk);
        one.charges += 1;
        one.sum += charge.amountMinor;
      }
    } else if (item.k === "bill") bill(pk).head = decode(headKind, item);
    else if (item.k === "bill-line") {
      const line = item as unknown as Line & { draw: string };
      const { lines } = bill(pk);
      lines.set(line.draw, [...(lines.get(line.draw) ?? []), line]);
    } else if (item.k === "series") series.set(`${space} ${String(item.sk).replace("#", " ")}`, Number(item.last));
    else if (item.k === "pay") {
      const payment = item as unknown as Payment;
      if (payment.state !== "received") continue;
      for (const { invoice, amountMinor } of payment.allocations) add(paidBy, `${space}#bill#${invoice}`, amountMinor);
      const company = `${space} ${payment.company}`;
      add(credits, company, payment.way === "balance" ? -payment.amountMinor : payment.creditMinor);
      if (payment.way === "deposit") add(deposits, company, -payment.amountMinor);
      if (payment.booking) paidFor.set(`${space} ${payment.booking}`, payment.amountMinor);
      companies.set(`${space} ${payment.id}`, company);
      payments.push({ where: `${space} ${payment.id}`, refundedMinor: payment.refundedMinor ?? 0 });
      const spread = payment.allocations.reduce((sum, { amountMinor }) => sum + amountMinor, payment.creditMinor);
      equal("billing.payment-is-its-parts", `${space} ${payment.id}`, payment.amountMinor, spread);
    } else if (item.k === "bok") {
      const { id, guest, state, price, movedFrom } = item as unknown as Booking;
      if (guest && movedFrom) before.set(`${space} ${id}`, `${space} ${movedFrom}`);
      if (guest && state === "booked" && price.totalMinor > 0) guests.set(`${space} ${id}`, price.totalMinor);
    } else if (item.k === "opening") {
      const { id, company, account, amountMinor } = item as unknown as Opening;
      add(opened, `${space} ${id}`, amountMinor);
      if (account === "credit") add(credits, `${space} ${company}`, amountMinor);
      if (account === "deposit") add(deposits, `${space} ${company}`, amountMinor);
    } else if (item.k === "xfr" && item.reason === "opening" && String(item.book).startsWith("money/")) {
      add(moved, `${space} ${String(item.document)}`, Number(item.amount));
    } else if (item.k === "crn") {
      const note = item as unknown as CreditNote;
      bill(pk).notes.push(note);
      add(credits, `${space} ${note.company}`, note.freedMinor);
      number("credit", space, note.number, `${space} ${note.number}`);
    } else if (item.k === "dispute") {
      const { payment, company, creditMinor, reopened, returned } = item as unknown as Dispute;
      for (const { invoice, amountMinor } of reopened) add(paidBy, `${space}#bill#${invoice}`, -amountMinor);
      for (const { invoice, amountMinor } of returned?.bills ?? [])
        add(paidBy, `${space}#bill#${invoice}`, amountMinor);
      if (returned) lostCredit.push([`${space} ${payment}`, `${space} ${company}`, -returned.creditMinor]);
      if (creditMinor > 0) lostCredit.push([`${space} ${payment}`, `${space} ${company}`, creditMinor]);
    } else if (item.k === "rfd") {
      const refund = item as unknown as Refund;
      if (refund.state === "failed") continue;
      add(credits, `${space} ${refund.company}`, -refund.amountMinor);
      if (refund.payment) add(refunded, `${space} ${refund.payment}`, refund.amountMinor);
    } else if (item.k === "dep") {
      const { company, does, amountMinor } = item as unknown as Deposit;
      add(deposits, `${space} ${company}`, does === "taken" ? amountMinor : -amountMinor);
    } else if (item.k === "bal" && String(item.book).startsWith("money/")) {
      const company = String(item.book).slice("money/".length);
      const of = (account: string) => Number(item[`a:${account}`] ?? 0);
      const balance = { receivable: 0 - of("receivable"), credit: of("credit"), deposit: of("deposit") };
      balances.set(`${space} ${company}`, balance);
    }
  }

  for (const [payment, company, amountMinor] of lostCredit)
    add(credits, companies.get(payment) ?? company, -amountMinor);
  // What was moved was paid for under the booking that it was first.
  const firstOf = (booking: string): string => {
    const from = before.get(booking);
    return from === undefined ? booking : firstOf(from);
  };
  for (const [booking, totalMinor] of guests) {
    const paid = paidFor.get(firstOf(booking)) ?? 0;
    if (paid < totalMinor) say("billing.guest-has-paid", booking, totalMinor, paid);
  }
  for (const [charge, times] of places) equal("billing.charge-in-one-place", charge, 1, times);
  for (const { where, refundedMinor } of payments)
    equal("billing.refunds-of-payment", where, refunded.get(where) ?? 0, refundedMinor);
  const open = new Map<string, number>();
  for (const [pk, { head, charges, sum, lines, notes }] of bills) {
    if (!head) {
      say("billing.bill-has-head", pk, "a head", null);
      continue;
    }
    const space = pk.split("#", 1)[0] ?? "";
    const where = `${space} ${head.number ?? head.id}`;
    if (head.opening) add(opened, `${space} ${head.id}`, head.totalMinor);
    const drawn = !head.opening && (head.state !== "draft" || head.moved === head.counted);
    if (drawn) {
      const current = lines.get(head.draw) ?? [];
      equal(
        "billing.total-is-lines",
        where,
        head.totalMinor,
        current.reduce((total, line) => total + line.amountMinor, 0),
      );
      equal(
        "billing.tax-is-lines",
        where,
        head.taxMinor,
        current.reduce((total, line) => total + line.taxMinor, 0),
      );
      equal("billing.total-is-charges", where, head.totalMinor, sum);
      equal("billing.charges-counted", where, head.counted, charges);
    }
    equal("billing.paid-is-payments", where, head.paidMinor, paidBy.get(pk) ?? 0);
    if (head.state === "draft") continue;
    equal("billing.state-is-money", where, stateOf(head), head.state);
    const noted = (of: (note: CreditNote) => number) => notes.reduce((total, note) => total + of(note), 0);
    equal(
      "billing.credited-is-notes",
      where,
      head.creditedMinor ?? 0,
      noted(({ totalMinor }) => totalMinor),
    );
    equal(
      "billing.freed-is-notes",
      where,
      head.freedMinor ?? 0,
      noted(({ freedMinor }) => freedMinor),
    );
    if ((head.creditedMinor ?? 0) > head.totalMinor)
      say("billing.credited-within-bill", where, head.totalMinor, head.creditedMinor);
    if (openOf(head) < 0) say("billing.open-is-not-below-nothing", where, 0, openOf(head));
    const current = lines.get(head.draw) ?? [];
    for (const [at, rest] of notes.length > 0 ? leftOf(inOrder(current), notes).entries() : []) {
      const line = inOrder(current)[at];
      if (Math.abs(rest.amountMinor) > Math.abs(line?.amountMinor ?? 0))
        say("billing.credit-within-line", `${where} ${at}`, line?.amountMinor, rest.amountMinor);
      if (rest.amountMinor === 0) equal("billing.credit-takes-its-tax", `${where} ${at}`, 0, rest.taxMinor);
    }
    add(open, `${space} ${head.company}`, openOf(head));
    if (!head.opening) number("invoice", space, head.number ?? "", where);
  }
  for (const [year, taken] of numbers) {
    const sorted = taken.sort((a, b) => a - b);
    const wrong = sorted.findIndex((place, index) => place !== index + 1);
    if (wrong >= 0) say("billing.numbers-gap-free", year, wrong + 1, sorted[wrong]);
    equal("billing.series-is-numbers", year, sorted.length, series.get(year) ?? 0);
  }
  for (const document of new Set([...opened.keys(), ...moved.keys()]))
    equal("billing.opening-is-moved", document, opened.get(document) ?? 0, moved.get(document) ?? 0);
  for (const company of new Set([...open, ...balances, ...credits, ...deposits].map(([key]) => key))) {
    const balance = balances.get(company) ?? { receivable: 0, credit: 0, deposit: 0 };
    equal("billing.receivable-is-open", company, open.get(company) ?? 0, balance.receivable);
    equal("billing.credit-is-documents", company, credits.get(company) ?? 0, balance.credit);
    equal("billing.deposit-is-documents", company, deposits.get(company) ?? 0, balance.deposit);
  }
  return violations;
}

/** Lines in the order of the bill. */
const inOrder = (lines: readonly Line[]): Line[] =>
  [...(lines as (Line & { readonly n: number })[])].sort((a, b) => a.n - b.n);
