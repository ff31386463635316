import { plusDays } from "@yihao/kernel/days";
import type { AgreementRow } from "@yihao/members/agreement-model";
import type { StatusName, Tone } from "../../ui/status.tsx";
import { agreementWords } from "./agreement-words.ts";

/** Days before its end on which a new agreement is brought to mind. */
export const usualRemind: readonly number[] = [90, 30, 7];
/** The day before: the last day of what ends on a day. */
export const lastDayOf = (until: string) => plusDays(until, -1);
/** Whole days from one local day to another. */
export const daysBetween = (from: string, until: string) =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5);

/** Whole months of a term, when it has some. */
export function monthsOf(from: string, until: string | undefined): number | undefined {
  if (from === "" || until === undefined || until <= from) return undefined;
  const [y1 = 0, m1 = 0, d1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = until.split("-").map(Number);
  const months = (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0);
  return months > 0 ? months : undefined;
}

/** Whether an agreement has come so near its end that it was brought to mind. */
export function isSoon(row: Pick<AgreementRow, "state" | "until" | "remindDays">, today: string): boolean {
  const first = Math.max(0, ...row.remindDays);
  return row.state === "running" && row.until !== undefined && daysBetween(today, lastDayOf(row.until)) <= first;
}

/** How an agreement stands, as its status says it. */
export function agreementStatus(
  row: Pick<AgreementRow, "state" | "until" | "remindDays">,
  today: string,
): { is: StatusName; text: string; tone?: Tone } {
  const t = agreementWords();
  if (row.state === "draft") return { is: "draft", text: t.states.draft };
  if (row.state === "ended") return { is: "closed", text: t.states.ended };
  if (!isSoon(row, today) || row.until === undefined) return { is: "active", text: t.states.running };
  const days = daysBetween(today, lastDayOf(row.until));
  return { is: "dueSoon", text: t.inDays(days), tone: days <= 7 ? "warn" : "neutral" };
}
