import { isLeast, nameWith } from "@yihao/billing/line-name";
import type { InvoiceRow, Line } from "@yihao/billing/model";
import { feeScale } from "@yihao/pricing/tariff-model";
import { count, dayOf, hours } from "../../format.ts";
import { streamWords } from "../../streams.ts";
import type { StatusName } from "../../ui/status.tsx";
import { billWords, sheetWords } from "./words.ts";

export { openOf } from "@yihao/billing/open";

/** Whole days from one local day to another; negative when `until` is earlier. */
export const daysBetween = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** This device's day, until the server has said the space's. */
export const deviceDay = () => dayOf(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);

type Stated = Pick<InvoiceRow, "state" | "dueOn">;

/** Whether a bill is past its day. */
export const isOverdue = (bill: Stated, today: string) =>
  (bill.state === "due" || bill.state === "part-paid") && bill.dueOn !== undefined && bill.dueOn < today;

/** The status of the vocabulary that a bill is in, with its words: days over, days left. */
export function statusOf(bill: Stated, today: string): { is: StatusName; text?: string } {
  const t = billWords();
  if (bill.state === "draft") return { is: "draft" };
  if (bill.state === "paid") return { is: "paid" };
  if (bill.state === "void") return { is: "voided" };
  if (bill.state === "written-off") return { is: "writtenOff" };
  if (isOverdue(bill, today)) return { is: "overdue", text: t.over(daysBetween(bill.dueOn ?? today, today)) };
  if (bill.state === "part-paid") return { is: "partPaid" };
  const left = daysBetween(today, bill.dueOn ?? today);
  if (left === 0) return { is: "dueSoon", text: t.dueToday };
  return { is: left <= 2 ? "dueSoon" : "queued", text: t.dueIn(left) };
}

/** How much of what a line is for. */
export function quantityOf(line: Line): string {
  const t = sheetWords();
  if (line.per === "month" && line.of !== undefined) return t.part(line.quantity, line.of);
  if (line.per === "hour") return t.per.hour(hours(line.quantity));
  if (line.per === "kg" || line.per === "cubic")
    return t.per[line.per](String(Number((line.quantity / feeScale(line.per)).toFixed(3))));
  return (line.service === "label" && line.per === "unit" ? t.labels : t.per[line.per])(count(line.quantity));
}

/** What a charge is for. */
export function nameOfCharge(charge: Pick<Line, "service" | "about"> & { readonly stream?: Line["stream"] }): string {
  const t = sheetWords();
  const own = nameWith(t.service[charge.service], charge);
  const name = isLeast(charge) ? `${own} · ${t.least}` : own;
  // What a reduction takes is spread over streams: each part says what it is off.
  return charge.service === "discount" && charge.stream ? `${name} · ${streamWords()[charge.stream]}` : name;
}

/** What a line is for. */
export function nameOf(line: Line): string {
  const t = sheetWords();
  const name = nameOfCharge(line);
  if (line.late) return `${name} (${t.late(line.late)})`;
  return line.ahead ? `${name} (${t.ahead(line.ahead)})` : name;
}
