import type { RawItem, Violation } from "@yihao/ledger/check";
import { placeOf } from "./number.ts";
import type { PlatformBillRow } from "./platform-model.ts";
import type { KeptBill, PlatformPay } from "./platform-store.ts";

/**
 * Folds the platform's bills to spaces and says what does not hold: a bill is the sum of what it is made of, it is paid when so much came in, what came in is what its payments are, it was collected once at most, its row says the same, and its number
 * is taken of the series once.
 */
export function checkPlatformBills(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const equal = (rule: string, where: string, expected: unknown, found: unknown) => {
    if (expected !== found) violations.push({ rule, where, expected, found });
  };
  const spaceOf = (item: RawItem) => String(item.pk).split("#", 1)[0] ?? "";
  const received = new Map<string, number>();
  const rows = new Map<string, PlatformBillRow>();
  const last = new Map<string, number>();
  for (const item of items) {
    if (item.k === "platformpay" && item.state === "received") {
      const { month, amountMinor } = item as unknown as PlatformPay;
      const where = `${spaceOf(item)} ${month}`;
      received.set(where, (received.get(where) ?? 0) + amountMinor);
    }
    if (item.k === "platformrow")
      rows.set(`${String(item.space)} ${String(item.month)}`, item as unknown as PlatformBillRow);
    if (item.k === "series" && item.pk === "platform#series")
      last.set(String(item.sk).replace("platform#", ""), Number(item.last));
  }
  const numbers = new Set<string>();
  for (const item of items) {
    if (item.k !== "platformbill") continue;
    const bill = item as unknown as KeptBill;
    const where = `${spaceOf(item)} ${bill.month}`;
    equal("platform.bill-is-its-parts", where, bill.baseMinor + bill.companies * bill.companyMinor, bill.amountMinor);
    equal("platform.paid-is-payments", where, received.get(where) ?? 0, bill.paidMinor);
    equal("platform.paid-when-covered", where, bill.paidMinor >= bill.amountMinor ? "paid" : "open", bill.state);
    const tries = bill.collection?.attempts.filter(({ state }) => state === "received").length ?? 0;
    equal("platform.collected-once", where, true, tries <= 1);
    const row = rows.get(where);
    equal(
      "platform.row-is-bill",
      where,
      `${bill.number} ${bill.state} ${bill.paidMinor}`,
      row && `${row.number} ${row.state} ${row.paidMinor}`,
    );
    const place = placeOf(bill.number, "platform");
    equal("platform.number-of-series", where, true, place !== undefined && place.place <= (last.get(place.year) ?? 0));
    equal("platform.number-once", where, false, numbers.has(bill.number));
    numbers.add(bill.number);
  }
  return violations;
}
