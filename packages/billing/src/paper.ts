import { rmbWords } from "@yihao/kernel/rmb-words";
import type { CreditNote } from "./credit-model.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { nameWith } from "./line-name.ts";
import type { BillingSettings, Line } from "./model.ts";
import { openOf } from "./open.ts";
import { type PaperLanguage, type PaperWords, paperWords } from "./paper-words.ts";

type Pair = readonly [label: string, value: string];
/** A bill or credit note as it is printed: texts only, in their order. */
export type Paper = {
  readonly language: PaperLanguage;
  readonly title: string;
  readonly number: string;
  readonly issuer: string;
  readonly to: readonly string[];
  readonly facts: readonly Pair[];
  readonly head: readonly [string, string, string, string, string];
  readonly rows: readonly (readonly [string, string, string, string, string])[];
  readonly sums: readonly Pair[];
  readonly total: Pair;
  readonly inWords: Pair;
  readonly after: readonly Pair[];
  readonly payTo?: { readonly title: string; readonly facts: readonly Pair[] };
  readonly notes: readonly string[];
  readonly page: (page: number, of: number) => string;
};

const thousands = (whole: number) =>
  String(whole)
    .replace(/\B(?=(\d{3})+$)/g, ",")
    .replace("-", "−");

/** Fen as printed: two decimals, thousands, a true minus. */
export function printed(minor: number): string {
  const size = Math.abs(minor);
  return `${minor < 0 ? "−" : ""}${thousands(Math.trunc(size / 100))}.${String(size % 100).padStart(2, "0")}`;
}
const money = (minor: number) => printed(minor).replace(/^−?/, (sign) => `${sign}¥`);

function nameOf(line: Pick<Line, "service" | "about" | "late" | "ahead">, words: PaperWords): string {
  const name = nameWith(words.service[line.service], line);
  if (line.late) return `${name} (${words.late(line.late)})`;
  return line.ahead ? `${name} (${words.ahead(line.ahead)})` : name;
}

function quantityOf(line: Line, words: PaperWords): string {
  if (line.per === "month" && line.of !== undefined) return words.part(line.quantity, line.of);
  if (line.per === "hour") return words.per.hour(String(Number((line.quantity / 60).toFixed(2))));
  return words.per[line.per](thousands(line.quantity));
}

const rateOf = (line: { taxBasis: number; amountMinor: number; taxReason?: string | undefined }, words: PaperWords) =>
  line.taxReason ? words.exempt : line.amountMinor === 0 ? "" : `${line.taxBasis / 100}%`;

const exempts = (lines: readonly { taxReason?: string | undefined }[]) => lines.some(({ taxReason }) => taxReason);

/** A finalised bill as it is printed: lines, sums, what was paid and credited, and where to pay what is open. */
export function paperOfInvoice(
  bill: InvoiceView,
  from: { readonly issuer: string; readonly settings: BillingSettings },
  language: PaperLanguage,
): Paper {
  const words = paperWords[language];
  const open = openOf(bill);
  const { bankHolder, bankName, bankAccount } = from.settings;
  const number = bill.number ?? "";
  return {
    ...{ language, title: words.invoice, number, issuer: from.issuer, page: words.page },
    to: [bill.companyName, ...(bill.companyCode ? [`${words.taxCode} ${bill.companyCode}`] : [])],
    facts: [
      [words.number, number],
      [words.month, bill.month],
      [words.issuedOn, bill.finalisedOn ?? ""],
      [words.dueOn, bill.dueOn ?? ""],
    ],
    head: [words.item, words.quantity, words.unit, words.rate, words.amount],
    rows: bill.opening
      ? [[words.opening(number), "", "", "", printed(bill.totalMinor)]]
      : bill.lines.map((line) => [
          nameOf(line, words),
          quantityOf(line, words),
          printed(line.unitMinor),
          rateOf(line, words),
          printed(line.amountMinor),
        ]),
    sums: [
      [words.net, money(bill.totalMinor - bill.taxMinor)],
      [words.tax, money(bill.taxMinor)],
    ],
    total: [words.total, money(bill.totalMinor)],
    inWords: [words.inWords, rmbWords(bill.totalMinor)],
    after: [
      ...(bill.paidMinor > 0 ? [[words.paid, money(bill.paidMinor)] as const] : []),
      ...(bill.creditedMinor ? [[words.credited, money(bill.creditedMinor)] as const] : []),
      ...(bill.writtenOffMinor ? [[words.writtenOff, money(bill.writtenOffMinor)] as const] : []),
      [words.open, money(open)],
    ],
    ...(open > 0 && bankAccount
      ? {
          payTo: {
            title: words.payTo,
            facts: [
              [words.holder, bankHolder],
              [words.bank, bankName],
              [words.account, bankAccount],
              [words.remark, number],
            ],
          },
        }
      : {}),
    notes: [...(exempts(bill.lines) ? [words.exemptNote] : []), words.notTax],
  };
}

/** A credit note as it is printed: what it takes back stands below zero. */
export function paperOfCredit(
  note: CreditNote,
  from: { readonly issuer: string; readonly companyCode?: string | undefined },
  language: PaperLanguage,
): Paper {
  const words = paperWords[language];
  return {
    ...{ language, title: words.credit, number: note.number, issuer: from.issuer, page: words.page },
    to: [note.companyName, ...(from.companyCode ? [`${words.taxCode} ${from.companyCode}`] : [])],
    facts: [
      [words.number, note.number],
      [words.invoiceNumber, note.invoiceNumber],
      [words.issuedOn, note.issuedOn],
      [words.reason, note.reason],
    ],
    head: [words.item, "", "", words.rate, words.amount],
    rows: note.lines.map((line) => [nameOf(line, words), "", "", rateOf(line, words), printed(-line.amountMinor)]),
    sums: [
      [words.net, money(note.taxMinor - note.totalMinor)],
      [words.tax, money(-note.taxMinor)],
    ],
    total: [words.total, money(-note.totalMinor)],
    inWords: [words.inWords, rmbWords(-note.totalMinor)],
    after: [],
    notes: [words.notTax],
  };
}
