import { isOpenMoney } from "@yihao/billing/store";
import type { Account } from "@yihao/ledger/model";
import { isOpenCredit } from "@yihao/members/credits";
import { isOpenGoods } from "@yihao/warehouse/books";

/** Which accounts have no balance of their own, over the books of all rooms; their totals are folded. */
export function isOpenAccount(book: string, account: Account): boolean {
  if (book.startsWith("money/")) return isOpenMoney(account);
  if (book.startsWith("credit/")) return isOpenCredit(account);
  return isOpenGoods(book, account);
}
