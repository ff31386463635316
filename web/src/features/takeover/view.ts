import { takeoverColumns } from "@yihao/takeover/columns";
import type { Compared } from "@yihao/takeover/control";
import {
  type Control,
  type Measure,
  measuresOf,
  type TakeoverFault,
  type TakeoverKind,
  type TakeoverReport,
  type TakeoverRow,
} from "@yihao/takeover/model";
import type { Cell } from "../../csv.ts";
import { count, hours, money } from "../../format.ts";
import { lang } from "../../i18n.ts";
import { Problem } from "../../problem.ts";
import { explain } from "../../refusals.ts";
import { takeoverWords } from "./words.ts";

const isMoney = (name: Compared["name"]) => name.endsWith("Minor");

/** A total as people read it: money, hours, or a count. */
export function amountOf(name: Compared["name"], amount: number | undefined): string {
  if (amount === undefined) return "—";
  if (isMoney(name)) return money(amount);
  return name === "minutes" ? (amount % 6 === 0 ? hours(amount) : (amount / 60).toFixed(2)) : count(amount);
}

/** What a row measures, in words. */
export function measureOf(kind: TakeoverKind, row: TakeoverRow): string {
  const own = measuresOf[kind].filter((name) => row.measures[name] !== undefined);
  return own.map((name) => amountOf(name, row.measures[name])).join(" · ") || "—";
}

/** A fault of a row in one sentence: its column by its heading, and what is wrong there. */
export function faultSentence(kind: TakeoverKind, fault: TakeoverFault): string {
  const t = takeoverWords();
  const column = takeoverColumns[kind][fault.column];
  const heading = column ? column[lang() === "en" ? "en" : "zh"][0] : fault.column;
  return `${heading} ${t.reasons[fault.reason](fault)}`;
}

/** Why a row was not taken over, in one sentence. */
export function refusalSentence({ refusal }: TakeoverRow): string {
  return refusal ? explain(new Problem({ status: 409, ...refusal })) : "";
}

/** The report as a table to hand on: totals first, then every row. */
export function reportRows(report: TakeoverReport, totals: readonly Compared[]): Cell[][] {
  const t = takeoverWords();
  const number = (name: Compared["name"], amount: number | undefined): Cell => {
    if (amount === undefined) return "";
    return isMoney(name) ? amount / 100 : name === "minutes" ? amount / 60 : amount;
  };
  const measured = (row: TakeoverRow): Cell[] =>
    measuresOf[report.kind].map((name: Measure) => number(name, row.measures[name] ?? 0));
  return [
    [t.total, t.typed, t.inFile, t.takenOver, t.off],
    ...totals.map(({ name, typed, file, taken, off }): Cell[] => [
      t.measures[name],
      number(name, typed),
      number(name, file),
      number(name, taken),
      number(name, off),
    ]),
    [],
    [t.row, t.company, t.what, ...measuresOf[report.kind].map((name) => t.measures[name]), t.state, ""],
    ...report.items.map((row): Cell[] => [
      row.row,
      row.companyName,
      row.what,
      ...measured(row),
      t[row.state],
      refusalSentence(row),
    ]),
  ];
}

/** The totals that were typed, without those left empty. */
export function controlOf(
  rows: number | undefined,
  typed: Readonly<Partial<Record<Measure, number | undefined>>>,
): Control {
  const measures = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as Partial<
    Record<Measure, number>
  >;
  return { ...(rows === undefined ? {} : { rows }), ...(Object.keys(measures).length > 0 ? { measures } : {}) };
}
