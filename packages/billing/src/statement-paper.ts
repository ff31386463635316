import { rmbWords } from "@yihao/kernel/rmb-words";
import { money, type Paper, printed } from "./paper.ts";
import { type PaperLanguage, type PaperWords, paperWords } from "./paper-words.ts";
import type { Statement, StatementRow } from "./statement.ts";

/** What a statement is called: 对账 and its days. */
export const statementNumber = ({ from, to }: Pick<Statement, "from" | "to">): string =>
  ["DZ", from, to].map((part) => part.replaceAll("-", "")).join("-");

/** What happened, in one line: its day, what it is, its number, and what it paid. */
export function statementText(row: StatementRow, words: PaperWords["statement"]): string {
  const { on, kind, number, way, bills = [], lateFeeMinor } = row;
  const own = kind === "balance" || kind === "deposit-use";
  return [
    on,
    words.kinds[kind],
    ...(number ? [number] : []),
    ...(way && !own ? [words.ways[way]] : []),
    ...(bills.length > 0 ? [words.bills(bills.join(" "))] : []),
    ...(lateFeeMinor ? [`(${words.lateFee(money(lateFeeMinor))})`] : []),
  ].join(" ");
}

const some = (minor: number) => (minor === 0 ? "" : printed(minor));

/** A statement of account (对账单) as it is printed: how it stood, every document, how it stands, and where the company confirms it. */
export function paperOfStatement(statement: Statement, issuer: string, language: PaperLanguage): Paper {
  const words = paperWords[language];
  const t = words.statement;
  const { opening, closing, from, to } = statement;
  return {
    ...{ language, title: t.title, number: statementNumber(statement), issuer, page: words.page, layout: "account" },
    to: [statement.companyName, ...(statement.companyCode ? [`${words.taxCode} ${statement.companyCode}`] : [])],
    facts: [[t.span, `${from} – ${to}`]],
    head: [t.what, t.charged, t.settled, t.balance, t.held],
    rows: [
      [`${from} ${t.opening}`, "", "", printed(opening.owedMinor), some(opening.depositMinor)],
      ...statement.rows.map(
        (row) =>
          [
            statementText(row, t),
            some(row.chargedMinor),
            some(row.settledMinor),
            printed(row.owedMinor),
            some(row.depositMinor),
          ] as const,
      ),
    ],
    sums: [
      [t.opening, money(opening.owedMinor)],
      [t.chargedAll, money(statement.chargedMinor)],
      [t.settledAll, money(-statement.settledMinor)],
    ],
    total: [t.closing, money(closing.owedMinor)],
    inWords: [words.inWords, rmbWords(closing.owedMinor)],
    after: closing.depositMinor === 0 ? [] : [[t.deposit, money(closing.depositMinor)]],
    parts: [{ title: t.confirm, facts: t.confirmLines }],
    notes: [...(closing.owedMinor < 0 || opening.owedMinor < 0 ? [t.ahead] : []), t.note],
  };
}
