import { billingReactions } from "@yihao/billing/reactions";
import { isOpenMoney } from "@yihao/billing/store";
import { bookingReactions, bookingTimers } from "@yihao/booking/reactions";
import { identityReactions } from "@yihao/identity/reactions";
import { insightReactions } from "@yihao/insight/reactions";
import type { Account } from "@yihao/ledger/model";
import { ledgerReactions } from "@yihao/ledger/store";
import { membersReactions, membersTimers } from "@yihao/members/reactions";
import type { DueHandler } from "@yihao/table/due";
import type { Reaction } from "@yihao/table/stream";
import { isOpenGoods } from "@yihao/warehouse/books";
import { warehouseReactions, warehouseTimers } from "@yihao/warehouse/reactions";

/** Which accounts have no balance of their own, over the books of all rooms; their totals are folded. */
export function isOpenAccount(book: string, account: Account): boolean {
  if (book.startsWith("money/")) return isOpenMoney(account);
  if (book.startsWith("credit/")) return account === "plan";
  return isOpenGoods(book, account);
}

/** Every room's reactions, in the order of the rooms. */
export const reactions: readonly Reaction[] = [
  ...ledgerReactions(isOpenAccount),
  ...identityReactions,
  ...membersReactions,
  ...bookingReactions,
  ...warehouseReactions,
  ...billingReactions,
  ...insightReactions,
];

/** Every room's timers. */
export const timers: readonly DueHandler[] = [...membersTimers, ...bookingTimers, ...warehouseTimers];
