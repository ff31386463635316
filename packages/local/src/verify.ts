import { checkBilling } from "@yihao/billing/check";
import { checkPay, mayOweMoney } from "@yihao/billing/check-pay";
import { checkPlatformBills } from "@yihao/billing/check-platform";
import { checkJournal } from "@yihao/billing/check-records";
import { checkBookings } from "@yihao/booking/check";
import { checkCommunity } from "@yihao/community/check";
import { checkHooks } from "@yihao/hooks/check";
import { checkStreams } from "@yihao/insight/check";
import { checkLedger, checkLedgerCopies, type RawItem, type Violation } from "@yihao/ledger/check";
import { checkMerges } from "@yihao/merge/check";
import { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { checkTakeovers } from "@yihao/takeover/check";
import { checkWarehouse } from "@yihao/warehouse/check";
import { checkAnalysis } from "@yihao/warehouse/check-analysis";
import { isOpenAccount } from "../../../functions/open-accounts.ts";
import { withCopy } from "./backup.ts";
import { tableNames } from "./cloud.ts";
import { dynamoConfig } from "./dynamo.ts";

export type Verdict = {
  readonly items: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** What must hold at every moment and does not. */
  readonly violations: readonly Violation[];
  /** Lists and projections that differ from what they are copied from: they follow the stream, so this is a fault only once the stream has been heard. */
  readonly behind: readonly Violation[];
  readonly running: boolean;
};

/** Every invariant over all items of a table: the ledger's sums, day sheets and bookings, goods and promises, bills and receivables. */
export function verifyItems(items: readonly RawItem[]): Pick<Verdict, "violations" | "behind"> {
  const violations = [
    ...checkLedger(items, mayOweMoney),
    ...checkCommunity(items),
    ...checkBookings(items),
    ...checkWarehouse(items, { copies: false }),
    ...checkAnalysis(items, { copies: false }),
    ...checkBilling(items),
    ...checkPay(items),
    ...checkPlatformBills(items),
    ...checkTakeovers(items),
    ...checkMerges(items),
    ...checkHooks(items),
  ];
  const known = new Set(violations.map((one) => JSON.stringify(one)));
  const behind = [
    ...checkLedgerCopies(items, isOpenAccount),
    ...checkStreams(items),
    ...checkJournal(items),
    ...[...checkWarehouse(items), ...checkAnalysis(items)].filter((one) => !known.has(JSON.stringify(one))),
  ];
  return { violations, behind };
}

/** Verifies a home as it stands at one moment, whether the product runs or not. */
export function verifyHome(folder: string): Promise<Verdict> {
  return withCopy(folder, async (dynamo, { running }) => {
    const table = new Table({ name: tableNames.main, config: dynamoConfig(dynamo.endpoint, dynamo.accessKeyId) });
    try {
      const items = await allItems(table);
      const kinds: Record<string, number> = {};
      for (const item of items) kinds[String(item.k)] = (kinds[String(item.k)] ?? 0) + 1;
      return { items: items.length, kinds, ...verifyItems(items), running };
    } finally {
      table.close();
    }
  });
}
