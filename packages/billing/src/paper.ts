import { rmbWords } from "@yihao/kernel/rmb-words";
import { feeScale } from "@yihao/pricing/tariff-model";
import type { CreditNote } from "./credit-model.ts";
import type { InvoiceView } from "./invoice-view.ts";
import { isLeast, isTiered, nameWith } from "./line-name.ts";
import type { BillingSettings, Line } from "./model.ts";
import { openOf } from "./open.ts";
import { type PaperLanguage, type PaperWords, paperWords } from "./paper-words.ts";

type Pair = readonly [label: string, value: string];
/** Facts under a title of their own, below the sums. */
export type PaperPart = { readonly title: string; readonly facts: readonly Pair[] };
/** A bill, credit note, receipt or statement as it is printed: texts only, in their order. */
export type Paper = {
  readonly language: PaperLanguage;
  readonly title: string;
  readonly number: string;
  readonly issuer: string;
  readonly to: readonly string[];
  readonly facts: readonly Pair[];
  /** Where the columns of the table stand. */
  readonly layout: "lines" | "account";
  readonly head: readonly [string, string, string, string, string];
  readonly rows: readonly (readonly [string, string, string, string, string])[];
  readonly sums: readonly Pair[];
  readonly total: Pair;
  readonly inWords: Pair;
  readonly after: readonly Pair[];
  readonly parts: readonly PaperPart[];
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
/** The same with its currency's sign. */
export const money = (minor: number) => printed(minor).replace(/^−?/, (sign) => `${sign}¥`);

type Named = Pick<Line, "service" | "about" | "late" | "ahead"> & { readonly stream?: Line["stream"] };
/** What a line, or a charge behind one, is for. */
export function nameOf(line: Named, words: PaperWords): string {
  const own = nameWith(words.service[line.service], line);
  const plain = isLeast(line) ? `${own} · ${words.least}` : own;
  // What a reduction takes is spread over streams: each part says what it is off.
  const name = line.service === "discount" && line.stream ? `${plain} · ${words.streams[line.stream]}` : plain;
  if (line.late) return `${name} (${words.late(line.late)})`;
  return line.ahead ? `${name} (${words.ahead(line.ahead)})` : name;
}

/** How much of it, with its unit. */
export function quantityOf(line: Pick<Line, "service" | "per" | "of" | "quantity">, words: PaperWords): string {
  if (line.per === "month" && line.of !== undefined) return words.part(line.quantity, line.of);
  if (line.per === "hour") return words.per.hour(String(Number((line.quantity / 60).toFixed(2))));
  if (line.per === "kg" || line.per === "cubic")
    return words.per[line.per](String(Number((line.quantity / feeScale(line.per)).toFixed(3))));
  const said = line.service === "label" && line.per === "unit" ? words.labels : words.per[line.per];
  return said(thousands(line.quantity));
}

const rateOf = (line: { taxBasis: number; amountMinor: number; taxReason?: string | undefined }, words: PaperWords) =>
  line.taxReason ? words.exempt : line.amountMinor === 0 ? "" : `${line.taxBasis / 100}%`;

const exempts = (lines: readonly { taxReason?: string | undefined }[]) => lines.some(({ taxReason }) => taxReason);

/** A deposit that an agreement asks for (应收押金) and that has not come, in fen. */
export type OpenDeposit = { readonly title: string; readonly openMinor: number };

/** A finalised bill as it is printed: lines, sums, what was paid and credited, deposits that are asked for and have not come, and where to pay what is open. */
export function paperOfInvoice(
  bill: InvoiceView,
  from: { readonly issuer: string; readonly settings: BillingSettings; readonly deposits?: readonly OpenDeposit[] },
  language: PaperLanguage,
): Paper {
  const words = paperWords[language];
  const open = openOf(bill);
  const { deposits = [] } = from;
  const { bankHolder, bankName, bankAccount } = from.settings;
  const number = bill.number ?? "";
  return {
    ...{ language, title: words.invoice, number, issuer: from.issuer, page: words.page, layout: "lines" },
    to: [bill.companyName, ...(bill.companyCode ? [`${words.taxCode} ${bill.companyCode}`] : [])],
    facts: [
      [words.number, number],
      [words.month, bill.part ? `${bill.month} · ${words.parts[bill.part]}` : bill.month],
      [words.issuedOn, bill.finalisedOn ?? ""],
      [words.dueOn, bill.dueOn ?? ""],
    ],
    head: [words.item, words.quantity, words.unit, words.rate, words.amount],
    rows: bill.opening
      ? [[words.opening(number), "", "", "", printed(bill.totalMinor)]]
      : bill.lines.map((line) => [
          nameOf(line, words),
          quantityOf(line, words),
          isTiered(line) ? words.tiered : printed(line.unitMinor),
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
    parts: [
      ...(deposits.length > 0
        ? [
            {
              title: words.depositTitle,
              facts: deposits.map(({ title, openMinor }): Pair => [words.depositOf(title), money(openMinor)]),
            },
          ]
        : []),
      ...((open > 0 || deposits.length > 0) && bankAccount
        ? [
            {
              title: words.payTo,
              facts: [
                [words.holder, bankHolder] as const,
                [words.bank, bankName] as const,
                [words.account, bankAccount] as const,
                [words.remark, number] as const,
              ],
            },
          ]
        : []),
    ],
    notes: [
      ...(deposits.length > 0 ? [words.depositNote] : []),
      ...(exempts(bill.lines) ? [words.exemptNote] : []),
      words.notTax,
    ],
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
    ...{ language, title: words.credit, number: note.number, issuer: from.issuer, page: words.page, layout: "lines" },
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
    ...{ after: [], parts: [] },
    notes: [words.notTax],
  };
}

/** A guest's booking that was paid, as its receipt needs it; `when` is how its time reads at the place. */
export type Received = {
  readonly number: string;
  readonly name: string;
  readonly place: string;
  readonly when: string;
  readonly way: "hosted" | "cash" | "transfer";
  readonly reference: string;
  readonly receivedOn: string;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly lines: readonly Pick<Line, "service" | "quantity" | "per" | "unitMinor" | "amountMinor" | "taxBasis">[];
  readonly totalMinor: number;
  readonly taxMinor: number;
};

/** The receipt of what a guest paid for a booking (散客收款收据): what it was for as it stands now, what came, and what went back. */
export function paperOfReceipt(paid: Received, issuer: string, language: PaperLanguage): Paper {
  const words = paperWords[language];
  return {
    ...{ language, title: words.receipt, number: paid.number, issuer, page: words.page, layout: "lines" },
    to: [paid.name],
    facts: [
      [words.number, paid.number],
      [words.bookedFor, paid.when],
      [words.paidOn, paid.receivedOn],
      [words.paidBy, words.ways[paid.way]],
    ],
    head: [words.item, words.quantity, words.unit, words.rate, words.amount],
    rows: paid.lines.map((line) => [
      nameOf({ ...line, about: { id: "", name: paid.place } }, words),
      quantityOf({ ...line } as Line, words),
      printed(line.unitMinor),
      rateOf(line, words),
      printed(line.amountMinor),
    ]),
    sums: [
      [words.net, money(paid.totalMinor - paid.taxMinor)],
      [words.tax, money(paid.taxMinor)],
    ],
    total: [words.total, money(paid.totalMinor)],
    inWords: [words.inWords, rmbWords(paid.totalMinor)],
    after: [
      [words.paid, money(paid.amountMinor)],
      ...(paid.refundedMinor > 0
        ? ([
            [words.refunded, money(paid.refundedMinor)],
            [words.kept, money(paid.amountMinor - paid.refundedMinor)],
          ] as const)
        : []),
    ],
    parts: [],
    notes: [words.receiptNote],
  };
}
