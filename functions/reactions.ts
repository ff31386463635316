import { billingReactions } from "@yihao/billing/reactions";
import { bookingReactions, bookingTimers } from "@yihao/booking/reactions";
import { communityReactions, communityTimers } from "@yihao/community/reactions";
import { hooksReactions, hooksTimers } from "@yihao/hooks/reactions";
import { identityReactions } from "@yihao/identity/reactions";
import { insightReactions } from "@yihao/insight/reactions";
import { ledgerReactions } from "@yihao/ledger/store";
import { membersReactions, membersTimers } from "@yihao/members/reactions";
import { mergeReactions, mergeTimers } from "@yihao/merge/reactions";
import type { DueHandler } from "@yihao/table/due";
import type { Reaction } from "@yihao/table/stream";
import { takeoverReactions } from "@yihao/takeover/reactions";
import { warehouseReactions, warehouseTimers } from "@yihao/warehouse/reactions";
import { isOpenAccount } from "./open-accounts.ts";

/** Every room's reactions, in the order of the rooms. */
export const reactions: readonly Reaction[] = [
  ...ledgerReactions(isOpenAccount),
  ...identityReactions,
  ...membersReactions,
  ...communityReactions,
  ...bookingReactions,
  ...warehouseReactions,
  ...billingReactions,
  ...takeoverReactions,
  ...mergeReactions,
  ...insightReactions,
  ...hooksReactions,
];

/** Every room's timers. */
export const timers: readonly DueHandler[] = [
  ...membersTimers,
  ...communityTimers,
  ...bookingTimers,
  ...warehouseTimers,
  ...mergeTimers,
  ...hooksTimers,
];
