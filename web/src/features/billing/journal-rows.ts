import { type JournalLine, type Subjects, subjectOf, vouchersOf } from "@yihao/billing/journal";
import type { Cell } from "../../csv.ts";

/** What a voucher's row says beside its figures, in the reader's language. */
export type VoucherWords = { readonly numberOf: (n: number) => string; readonly reason: (name: string) => string };

/** The vouchers of a month (记账凭证), a row each line: day, number, text, subject, debit and credit in yuan as numbers (the other one is empty), company and document. */
export function voucherRows(lines: readonly JournalLine[], own: Subjects, words: VoucherWords): Cell[][] {
  const amount = (minor: number) => (minor === 0 ? "" : minor / 100);
  return vouchersOf(lines).flatMap((voucher) =>
    voucher.lines.map((line) => {
      const { code, name } = subjectOf(own, line.account);
      const text = `${words.reason(voucher.reason)} ${line.companyName}`;
      return [
        ...[voucher.on, words.numberOf(voucher.number), text, code, name],
        ...[amount(line.debitMinor), amount(line.creditMinor), line.companyName, voucher.document],
      ];
    }),
  );
}
