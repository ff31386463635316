import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Charge, Line, Payment } from "./model.ts";
import { placeOf } from "./number.ts";
import type { Head } from "./store.ts";

type Bill = { head?: Head; charges: number; sum: number; lines: Map<string, Line[]> };

/**
 * Folds every item of billing and says what does not hold: each charge lies in one place and its month's sums are kept; a bill's total is the sum of its lines and of its
 * charges; numbers are gap-free and unique per space and year; what a company owes by the ledger is what its bills have open; and each
 * payment is its allocations and its credit, as the bills and the ledger have it.
 */
export function checkBilling(items: Iterable<RawItem>): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const equal = (rule: string, where: string, expected: unknown, found: unknown) => {
    if (expected !== found) say(rule, where, expected, found);
  };
  const bills = new Map<string, Bill>();
  const places = new Map<string, number>();
  const paidBy = new Map<string, number>();
  const balances = new Map<string, { receivable: number; credit: number }>();
  const credits = new Map<string, number>();
  const series = new Map<string, number>();
  const bill = (key: string) => {
    const one = bills.get(key) ?? { charges: 0, sum: 0, lines: new Map<string, Line[]>() };
    bills.set(key, one);
    return one;
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
    } else if (item.k === "bill") bill(pk).head = item as unknown as Head;
    else if (item.k === "bill-line") {
      const line = item as unknown as Line & { draw: string };
      const { lines } = bill(pk);
      lines.set(line.draw, [...(lines.get(line.draw) ?? []), line]);
    } else if (item.k === "series") series.set(`${space} ${String(item.sk).split("#").at(-1)}`, Number(item.last));
    else if (item.k === "pay") {
      const payment = item as unknown as Payment;
      if (payment.state !== "received") continue;
      for (const { invoice, amountMinor } of payment.allocations) add(paidBy, `${space}#bill#${invoice}`, amountMinor);
      add(credits, `${space} ${payment.company}`, payment.creditMinor);
      const spread = payment.allocations.reduce((sum, { amountMinor }) => sum + amountMinor, payment.creditMinor);
      equal("billing.payment-is-its-parts", `${space} ${payment.id}`, payment.amountMinor, spread);
    } else if (item.k === "bal" && String(item.book).startsWith("money/")) {
      const company = String(item.book).slice("money/".length);
      const of = (account: string) => Number(item[`a:${account}`] ?? 0);
      balances.set(`${space} ${company}`, { receivable: 0 - of("receivable"), credit: of("credit") });
    }
  }

  for (const [charge, times] of places) equal("billing.charge-in-one-place", charge, 1, times);
  const open = new Map<string, number>();
  const numbers = new Map<string, number[]>();
  for (const [pk, { head, charges, sum, lines }] of bills) {
    if (!head) {
      say("billing.bill-has-head", pk, "a head", null);
      continue;
    }
    const space = pk.split("#", 1)[0] ?? "";
    const where = `${space} ${head.number ?? head.id}`;
    const drawn = head.state !== "draft" || head.moved === head.counted;
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
    const state = head.paidMinor === head.totalMinor ? "paid" : head.paidMinor > 0 ? "part-paid" : "due";
    equal("billing.state-is-money", where, state, head.state);
    add(open, `${space} ${head.company}`, head.totalMinor - head.paidMinor);
    const place = placeOf(head.number ?? "");
    if (!place) say("billing.number", where, "a number", head.number ?? null);
    else numbers.set(`${space} ${place.year}`, [...(numbers.get(`${space} ${place.year}`) ?? []), place.place]);
  }
  for (const [year, taken] of numbers) {
    const sorted = taken.sort((a, b) => a - b);
    const wrong = sorted.findIndex((place, index) => place !== index + 1);
    if (wrong >= 0) say("billing.numbers-gap-free", year, wrong + 1, sorted[wrong]);
    equal("billing.series-is-numbers", year, sorted.length, series.get(year) ?? 0);
  }
  for (const company of new Set([...open.keys(), ...balances.keys(), ...credits.keys()])) {
    const balance = balances.get(company) ?? { receivable: 0, credit: 0 };
    equal("billing.receivable-is-open", company, open.get(company) ?? 0, balance.receivable);
    equal("billing.credit-is-payments", company, credits.get(company) ?? 0, balance.credit);
  }
  return violations;
}
