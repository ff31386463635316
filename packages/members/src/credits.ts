import type { Month } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Book, Unit } from "@yihao/ledger/model";
import { balanceOf } from "@yihao/ledger/store";

/**
 * The book of a company's allowances (套餐额度): `plan` grants to `company`, a booking takes from there to `booked`, its start
 * turns that into `used`, its cancelling gives it back; what is left when a month is over goes to `expired`.
 */
export function creditBook(company: CompanyId): Book {
  return { parts: ["credit", company], layout: "shared", open: (account) => account === "plan" };
}

/** The unit of a month's room minutes; each month's minutes are their own and do not carry over. */
export function roomMinutesUnit(month: Month): Unit {
  return `credit:room-minutes:${month}`;
}

/** The room minutes that a company has left in a month. One consistent read unit. */
export async function allowanceLeft(scope: Scope, company: CompanyId, month: Month): Promise<number> {
  return (await balanceOf(scope, creditBook(company), "company", roomMinutesUnit(month))).available;
}
