import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Transfer } from "@yihao/ledger/model";
import type { Fapiao } from "./fapiao-model.ts";
import { type JournalLine, vouchersOf } from "./journal.ts";
import type { Coupon, Reduction } from "./reduction-model.ts";
import { standingOn } from "./statement.ts";
import type { Head } from "./store.ts";

const spaceOf = (item: RawItem) => String(item.pk).split("#", 1)[0] ?? "";
const isMoney = (item: RawItem) => item.k === "xfr" && String(item.book).startsWith("money/");

function into<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Says where coupons do not hold: as many uses as there are reductions that name it, and no more than it allows. */
export function checkCoupons(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const uses = new Map<string, Reduction[]>();
  for (const item of items)
    if (item.k === "rdc") {
      const reduction = item as unknown as Reduction;
      if (reduction.coupon) into(uses, `${spaceOf(item)} ${reduction.coupon.id}`, reduction);
    }
  for (const item of items) {
    if (item.k !== "cpn") continue;
    const coupon = item as unknown as Coupon;
    const key = `${spaceOf(item)} ${coupon.id}`;
    const where = `${spaceOf(item)} ${coupon.code}`;
    const named = uses.get(key) ?? [];
    uses.delete(key);
    if (coupon.used !== named.length)
      violations.push({ rule: "billing.coupon-uses", where, expected: named.length, found: coupon.used });
    if (coupon.used > coupon.usesMost)
      violations.push({ rule: "billing.coupon-limit", where, expected: coupon.usesMost, found: coupon.used });
  }
  for (const [where, named] of uses)
    violations.push({ rule: "billing.coupon-known", where, expected: "a coupon", found: named.length });
  return violations;
}

/**
 * Says where fapiao (发票) do not hold: those of a bill that are out are never more than it billed, one at a time is asked for or out, an issued one has its number and a red-inked one both of the pair, and no
 * number is there twice.
 */
export function checkFapiaos(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const heads = new Map<string, Head>();
  const byBill = new Map<string, Fapiao[]>();
  const numbers = new Map<string, number>();
  for (const item of items) {
    if (item.k === "bill") heads.set(`${spaceOf(item)} ${String(item.id)}`, item as unknown as Head);
    if (item.k !== "fpq") continue;
    const fapiao = item as unknown as Fapiao;
    const where = `${spaceOf(item)} ${fapiao.id}`;
    const { state, number, issuedOn, redNumber, redOn } = fapiao;
    into(byBill, `${spaceOf(item)} ${fapiao.invoice}`, fapiao);
    for (const one of [number, redNumber]) {
      const key = `${spaceOf(item)} ${one}`;
      if (one) numbers.set(key, (numbers.get(key) ?? 0) + 1);
    }
    const out = state === "issued" || state === "red-inked";
    if (out !== (number !== undefined && issuedOn !== undefined)) say("billing.fapiao-number", where, out, number);
    const red = state === "red-inked";
    if (red !== (redNumber !== undefined && redOn !== undefined)) say("billing.fapiao-pair", where, red, redNumber);
    const total = fapiao.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (total !== fapiao.totalMinor) say("billing.fapiao-is-lines", where, total, fapiao.totalMinor);
  }
  for (const [number, times] of numbers) if (times > 1) say("billing.fapiao-number-once", number, 1, times);
  for (const [bill, all] of byBill) {
    const live = all.filter(({ state }) => state === "requested" || state === "issued");
    if (live.length > 1) say("billing.fapiao-one-at-a-time", bill, 1, live.length);
    const issued = all.filter(({ state }) => state === "issued").reduce((sum, one) => sum + one.totalMinor, 0);
    const billed = heads.get(bill)?.totalMinor ?? 0;
    if (issued > billed) say("billing.fapiao-within-bill", bill, billed, issued);
  }
  return violations;
}

/** Says where a company's statement of account over all its days does not close at the ledger's balances of what it owes, has paid ahead and has left as a deposit. */
export function checkStatements(items: readonly RawItem[]): Violation[] {
  const moves = new Map<string, Transfer[]>();
  const balances = new Map<string, { owedMinor: number; depositMinor: number }>();
  for (const item of items) {
    const key = `${spaceOf(item)} ${String(item.book).slice("money/".length)}`;
    if (isMoney(item)) into(moves, key, item as unknown as Transfer);
    else if (item.k === "bal" && String(item.book).startsWith("money/")) {
      const of = (account: string) => Number(item[`a:${account}`] ?? 0);
      const owedMinor = 0 - of("receivable") - of("credit");
      balances.set(key, { owedMinor, depositMinor: of("deposit") });
    }
  }
  return [...moves].flatMap(([where, transfers]) => {
    const expected = balances.get(where) ?? { owedMinor: 0, depositMinor: 0 };
    const found = standingOn(transfers, "9999-12-31", "UTC");
    const same = found.owedMinor === expected.owedMinor && found.depositMinor === expected.depositMinor;
    return same ? [] : [{ rule: "billing.statement-is-balance", where, expected, found }];
  });
}

/**
 * Says where the journal (记账凭证) is not what the ledger moved: every line is a money transfer as it was made, on the day that it says, once; each voucher debits what it credits; and in a space whose figures
 * are whole (or in `all`) every transfer has its line. It follows the stream, so it may be a moment behind.
 */
export function checkJournal(items: readonly RawItem[], { all = false }: { all?: boolean } = {}): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const whole = new Set<string>();
  const transfers = new Map<string, Transfer>();
  const months = new Map<string, JournalLine[]>();
  const lines = new Map<string, JournalLine[]>();
  for (const item of items) {
    if (item.k === "rev-filled") whole.add(spaceOf(item));
    else if (isMoney(item)) transfers.set(`${spaceOf(item)} ${String(item.id)}`, item as unknown as Transfer);
    else if (item.k === "journal") {
      const line = item as unknown as JournalLine;
      into(months, String(item.pk), line);
      into(lines, `${spaceOf(item)} ${line.id}`, line);
    }
  }
  for (const [where, [line, ...more]] of lines) {
    const transfer = transfers.get(where);
    if (!line || more.length > 0) say("billing.journal-once", where, 1, more.length + 1);
    else if (!transfer) say("billing.journal-is-transfer", where, "a transfer", null);
    else {
      const expected = [transfer.from, transfer.to, transfer.amount, String(transfer.note?.on ?? line.on)].join(" ");
      const found = [line.from, line.to, line.amountMinor, line.on].join(" ");
      if (expected !== found) say("billing.journal-is-transfer", where, expected, found);
    }
  }
  for (const where of transfers.keys())
    if ((all || whole.has(where.split(" ", 1)[0] ?? "")) && !lines.has(where))
      say("billing.journal-is-whole", where, "a line", null);
  for (const [month, all] of months)
    for (const voucher of vouchersOf(all)) {
      const debit = voucher.lines.reduce((sum, line) => sum + line.debitMinor, 0);
      const credit = voucher.lines.reduce((sum, line) => sum + line.creditMinor, 0);
      if (debit !== credit) say("billing.voucher-balances", `${month} ${voucher.number}`, debit, credit);
    }
  return violations;
}
