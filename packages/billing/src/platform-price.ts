import { daysOfMonth, type Month, plusDays, plusMonths } from "@yihao/kernel/days";
import type { Company } from "@yihao/members/model";
import type { PlatformBill, PlatformPrice } from "./platform-model.ts";

/** Whether a company is active in a month (计费企业): it had come by the month's last day and had not left by then. Guests are no companies, and one that turned out to be another is counted there. */
export function isActiveIn({ kind, since, state, exit, merged }: Company, month: Month): boolean {
  const last = daysOfMonth(month).at(-1) ?? "";
  if (kind === "guest" || merged || since > last) return false;
  return state !== "left" || (exit !== undefined && exit.on > last);
}

/** The price that holds in a month: of those that do, the one that began last. Undefined when nothing is charged. */
export function platformPriceOf(prices: readonly PlatformPrice[], month: Month): PlatformPrice | undefined {
  return prices
    .filter(({ from, until }) => from <= month && (until === undefined || month < until))
    .reduce<PlatformPrice | undefined>((best, one) => (best && best.from >= one.from ? best : one), undefined);
}

/** What a month costs a space with so many active companies, in fen with tax: base + companies × price. */
export function platformSum(
  { baseMinor, companyMinor, taxBasis }: PlatformPrice,
  companies: number,
): Pick<PlatformBill, "companies" | "baseMinor" | "companyMinor" | "amountMinor" | "taxBasis"> {
  const amountMinor = baseMinor + companies * companyMinor;
  return { companies, baseMinor, companyMinor, amountMinor, ...(taxBasis === undefined ? {} : { taxBasis }) };
}

/** The last month that may be billed at an instant: it has ended in every zone once it is the second day of the next in UTC, and what was counted last has come in. */
export function lastBilledMonth(now: string): Month {
  return plusMonths(plusDays(now.slice(0, 10), -1).slice(0, 7), -1);
}

/** Months still to bill, the oldest first: those after the last that was, or the last one alone when none was. */
export function monthsToBill(billed: Month | undefined, now: string): Month[] {
  const last = lastBilledMonth(now);
  if (billed === undefined) return [last];
  const months: Month[] = [];
  for (let month = plusMonths(billed, 1); month <= last; month = plusMonths(month, 1)) months.push(month);
  return months;
}
