import type { Statement, StatementRow, StatementSpan } from "@yihao/billing/statement";
import { daysOfMonth, plusMonths } from "@yihao/kernel/days";
import { ok } from "../../api.ts";
import { accounts, papers } from "../../client.ts";
import type { Cell } from "../../csv.ts";
import { createQuery } from "../../query.ts";
import { saveBlob } from "../../save.ts";
import "./accounts-words.ts";
import { paperLanguage } from "./paper-data.ts";
import { statementWords } from "./statement-words.ts";

/** The spans that are offered by name. */
export const spanNames = ["month", "last", "quarter", "year", "before"] as const;
export type SpanName = (typeof spanNames)[number];

/** The days of a named span as of a day, both included: what is not over yet reaches to this day. */
export function spanOf(name: SpanName, today: string): StatementSpan {
  const { from, to } = wholeSpan(name, today);
  return { from, to: to > today ? today : to };
}

function wholeSpan(name: SpanName, today: string): StatementSpan {
  const month = today.slice(0, 7);
  const year = today.slice(0, 4);
  const first = plusMonths(month, -((Number(month.slice(5)) - 1) % 3));
  const through = (from: string, to: string) => ({ from: `${from}-01`, to: daysOfMonth(to).at(-1) ?? today });
  if (name === "month") return through(month, month);
  if (name === "last") return through(plusMonths(month, -1), plusMonths(month, -1));
  if (name === "quarter") return through(first, plusMonths(first, 2));
  const of = name === "year" ? year : String(Number(year) - 1);
  return through(`${of}-01`, `${of}-12`);
}

/** A company's statement of account; `company` is empty while none is chosen. */
export const useStatement = (space: () => string, company: () => string, span: () => StatementSpan) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "statement", company(), span().from, span().to],
    queryFn: (): Promise<Statement> => {
      const param = { space: space(), company: company() as `cmp_${string}` };
      return ok(accounts.spaces[":space"].companies[":company"].statement.$get({ param, query: { ...span() } }));
    },
    enabled: company() !== "" && span().from <= span().to,
  }));

/** Hands out a statement as a PDF, in the language of the screen. */
export async function saveStatement(space: string, { company, companyName, from, to }: Statement): Promise<void> {
  const answer = await papers.spaces[":space"].companies[":company"].statement.$get({
    param: { space, company: company as `cmp_${string}` },
    query: { from, to, language: paperLanguage() },
  });
  saveBlob(`${statementWords().file(companyName, from, to)}.pdf`, await answer.blob());
}

const yuan = (minor: number): Cell => (minor === 0 ? "" : minor / 100);

/** What a row says beside its number: how money moved, which bills it paid, what of it is late fee. */
export function aboutOf(
  { way, bills = [], kind, lateFeeMinor }: StatementRow,
  lateFee: (minor: number) => string,
): string {
  const own = kind === "balance" || kind === "deposit-use";
  return [
    ...(way && !own ? [statementWords().ways[way]] : []),
    ...(bills.length > 0 ? [bills.join(" ")] : []),
    ...(lateFeeMinor ? [lateFee(lateFeeMinor)] : []),
  ].join(" · ");
}

/** A statement as rows of a file, its opening and closing among them. */
export function statementCells(read: Statement, lateFee: (minor: number) => string): Cell[][] {
  const t = statementWords();
  const blank = ["", "", ""];
  const { opening, closing, from, to } = read;
  return [
    [t.day, t.what, t.number, "", t.charged, t.settled, t.balance, t.held, t.deposit],
    [from, t.opening, ...blank, "", opening.owedMinor / 100, "", yuan(opening.depositMinor)],
    ...read.rows.map((row): Cell[] => [
      ...[row.on, t.kinds[row.kind], row.number ?? "", aboutOf(row, lateFee)],
      ...[yuan(row.chargedMinor), yuan(row.settledMinor), row.owedMinor / 100, yuan(row.heldMinor)],
      yuan(row.depositMinor),
    ]),
    [
      ...[to, t.closing, "", "", yuan(read.chargedMinor), yuan(read.settledMinor), closing.owedMinor / 100, ""],
      yuan(closing.depositMinor),
    ],
  ];
}
