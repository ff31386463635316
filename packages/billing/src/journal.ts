import { type Day, dayOf, daysOfMonth, type Month, monthOf, type Zone } from "@yihao/kernel/days";
import type { Transfer } from "@yihao/ledger/model";
import { type Stream, streams } from "@yihao/pricing/model";
import { z } from "zod";

const MinorSchema = z.int();
/** The ledger's accounts that a space's books know, each a subject (会计科目) there. */
export const journalAccounts = [
  ...[
    "bank",
    "cash",
    "stripe",
    "receivable",
    "credit",
    "deposit",
    "disputed",
    "tax:vat",
    "loss:bad-debt",
    "loss:dispute-fee",
  ],
  ...streams.map((stream) => `revenue:${stream}`),
] as const;
const SubjectSchema = z.strictObject({
  code: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .regex(/^[0-9A-Za-z.-]+$/),
  name: z.string().trim().min(1).max(60),
});
export type Subject = z.infer<typeof SubjectSchema>;
/** Which subject each account is in the space's own books. All of them are given. */
export const SubjectsSchema = z
  .record(z.string(), SubjectSchema)
  .refine((all) => journalAccounts.every((account) => all[account]), { params: { rule: "every-account" } })
  .refine((all) => Object.keys(all).every((one) => journalAccounts.includes(one)), {
    params: { rule: "known-accounts" },
  });
export type Subjects = Readonly<Record<string, Subject>>;
export const SubjectsViewSchema = z.object({ subjects: z.record(z.string(), SubjectSchema), rev: z.int() });

/** What the streams are called in the books and on Chinese papers. */
export const streamNames: Readonly<Record<Stream, string>> = {
  membership: "会员",
  rent: "房租",
  desk: "工位",
  room: "会议室",
  storage: "云仓仓储",
  handling: "云仓作业",
  services: "服务",
  events: "活动",
  finance: "融资服务",
  other: "其他",
};
/** The subjects of 企业会计准则 (应用指南 附录 会计科目和主要账务处理) that a space begins with; revenue has a sub-subject for each stream. */
export const usualSubjects: Subjects = {
  bank: { code: "1002", name: "银行存款" },
  cash: { code: "1001", name: "库存现金" },
  stripe: { code: "1012", name: "其他货币资金-在线收款" },
  receivable: { code: "1122", name: "应收账款" },
  credit: { code: "2203", name: "预收账款" },
  deposit: { code: "2241", name: "其他应付款-押金" },
  disputed: { code: "1221", name: "其他应收款-争议款" },
  "tax:vat": { code: "22210107", name: "应交税费-应交增值税（销项税额）" },
  "loss:bad-debt": { code: "6702", name: "信用减值损失" },
  "loss:dispute-fee": { code: "6603", name: "财务费用-手续费" },
  ...Object.fromEntries(
    streams.map((stream, at) => [
      `revenue:${stream}`,
      { code: `6001${String(at + 1).padStart(2, "0")}`, name: `主营业务收入-${streamNames[stream]}` },
    ]),
  ),
};

/**
 * A money transfer as the journal has it: value flows from one account to another, so the one is debited (借) and the other credited (贷). `on` is its day in the books (记账日), `voucher` the document
 * that it is posted by.
 */
export const JournalLineSchema = z.object({
  id: z.string(),
  on: z.iso.date(),
  voucher: z.string(),
  company: z.string(),
  companyName: z.string(),
  from: z.string(),
  to: z.string(),
  amountMinor: MinorSchema,
  reason: z.string(),
});
export type JournalLine = z.infer<typeof JournalLineSchema>;

/** A transfer's day in the books (记账日): the one it says, else the local day it was made. */
export const bookedOn = ({ note, at }: Pick<Transfer, "note" | "at">, zone: Zone): Day =>
  String(note?.on ?? dayOf(at, zone));

/** The document that posts a transfer: the payment, where money was spread over bills, else what caused it. */
export const voucherOf = ({ note, document, id }: Pick<Transfer, "note" | "document" | "id">): string =>
  String(note?.payment ?? document ?? id);

/** The day on which a document of a month is in the books: its own when that lies in the month, else the month's last. */
export function postingDay(day: Day, month: Month): Day {
  return monthOf(day) === month ? day : (daysOfMonth(month).at(-1) ?? day);
}

/** A side of a voucher (分录): one of the two amounts is 0; both may be below zero in red (红字). */
export type VoucherLine = {
  readonly account: string;
  readonly company: string;
  readonly companyName: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
};
/** A voucher (记账凭证): its number within the month, its day, why, and its lines; what is debited is what is credited. */
export type Voucher = {
  readonly number: number;
  readonly on: Day;
  readonly document: string;
  readonly reason: string;
  readonly lines: readonly VoucherLine[];
};

/** Reasons that are no voucher: balances of the old books are those books' own opening. */
const outside = ["opening"];
/** What a credit note frees is of its voucher. */
export const classOf = ({ reason }: Pick<JournalLine, "reason">) =>
  reason === "credit-freed" ? "credit-note" : reason;
const isRed = ({ reason }: Pick<JournalLine, "reason">) => reason === "credit-note";

/**
 * The vouchers of a month's lines, numbered by day and document. Lines of one account and company are one; credit notes stand in red on the sides of the bill that they take back, as Chinese books have
 * them. What cancels out within a document, as the two halves of a merged company's, leaves no line.
 */
export function vouchersOf(lines: readonly JournalLine[]): Voucher[] {
  const groups = new Map<string, JournalLine[]>();
  for (const line of lines) {
    if (outside.includes(line.reason)) continue;
    const key = `${line.on} ${line.voucher} ${classOf(line)}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, all]) => ({ all, lines: sidesOf(all) }))
    .filter((one) => one.lines.length > 0)
    .map(({ all, lines: sides }, at) => {
      const [first] = all;
      return {
        number: at + 1,
        on: first?.on ?? "",
        document: first?.voucher ?? "",
        reason: first ? classOf(first) : "",
        lines: sides,
      };
    });
}

function sidesOf(lines: readonly JournalLine[]): VoucherLine[] {
  type Side = { account: string; company: string; companyName: string; side: "debit" | "credit"; minor: number };
  const sums = new Map<string, Side>();
  const post = (line: JournalLine, account: string, side: Side["side"], minor: number) => {
    // What is only passed through is on one side: it cancels out.
    const passes = account === "merge";
    const key = passes ? account : `${side} ${account} ${line.company}`;
    const sum = sums.get(key) ?? { account, company: line.company, companyName: line.companyName, side, minor: 0 };
    sums.set(key, { ...sum, minor: sum.minor + (passes && side !== sum.side ? -minor : minor) });
  };
  for (const line of lines) {
    const red = isRed(line);
    post(line, line.from, red ? "credit" : "debit", red ? -line.amountMinor : line.amountMinor);
    post(line, line.to, red ? "debit" : "credit", red ? -line.amountMinor : line.amountMinor);
  }
  return [...sums.values()]
    .filter(({ minor }) => minor !== 0)
    .sort((a, b) => (a.side === b.side ? (a.account < b.account ? -1 : 1) : a.side === "debit" ? -1 : 1))
    .map(({ account, company, companyName, side, minor }) => ({
      ...{ account, company, companyName },
      debitMinor: side === "debit" ? minor : 0,
      creditMinor: side === "credit" ? minor : 0,
    }));
}

/** What is debited and credited in all (借贷合计). They are equal. */
export function totalsOfVouchers(vouchers: readonly Voucher[]): { debitMinor: number; creditMinor: number } {
  const lines = vouchers.flatMap((voucher) => voucher.lines);
  return {
    debitMinor: lines.reduce((sum, line) => sum + line.debitMinor, 0),
    creditMinor: lines.reduce((sum, line) => sum + line.creditMinor, 0),
  };
}

/** What is added to a stream's subject for its exempt revenue, which is accounted for separately (单独核算). */
const exemptSubject = { code: "09", name: "（免税）" } as const;
/** The stream's account when an account is of its exempt revenue. */
const exemptOf = (account: string): string | undefined =>
  account.startsWith("revenue:") && account.endsWith(":exempt") ? account.slice(0, -":exempt".length) : undefined;

/** The subject of an account in a space's books; an account that they do not know keeps its own name. */
export function subjectOf(subjects: Subjects, account: string): Subject {
  const stream = exemptOf(account);
  if (stream !== undefined) {
    const { code, name } = subjectOf(subjects, stream);
    return { code: `${code}${exemptSubject.code}`, name: `${name}${exemptSubject.name}` };
  }
  return subjects[account] ?? usualSubjects[account] ?? { code: "", name: account };
}
