import { getSpace } from "@yihao/identity/store";
import { dayOf, type Month, plusDays } from "@yihao/kernel/days";
import { Refused } from "@yihao/kernel/outcome";
import { asSystem, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import { companyDetails } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { insert } from "@yihao/table/write";
import { usageOfMonth } from "@yihao/usage/store";
import { numberOf } from "./number.ts";
import { followOn, platformTermsDays } from "./platform-collect.ts";
import type { PlatformPrice } from "./platform-model.ts";
import { isActiveIn, monthsToBill, platformPriceOf, platformSum } from "./platform-price.ts";
import {
  billedMonth,
  type KeptBill,
  markWrite,
  ofPlatform,
  platformBillKey,
  platformBillKind,
  platformBillOf,
  platformRows,
  rowWrite,
} from "./platform-store.ts";
import { lastOf, takeNext } from "./series.ts";

const pageSize = 100;
const attempts = 30;
/** Nobody asked for this: it leaves no receipt, the bill itself is the proof. */
const unasked = { id: "auto:platform-bills", print: "" } as const;

/**
 * Draws what spaces owe for the platform for every month that has ended since the last time. Whoever used the platform in a month has a bill of it, once however often this runs; a space that fails is told of through
 * `failed` and tried again the next time, as is a run that was cut. Gives how many bills were drawn.
 */
export async function drawPlatformBills(
  given: PlatformScope,
  prices: readonly PlatformPrice[],
  failed: (error: unknown) => void,
): Promise<number> {
  const scope: PlatformScope = { ...given, command: unasked };
  let drawn = 0;
  for (const month of monthsToBill(await billedMonth(scope), scope.now)) {
    const price = platformPriceOf(prices, month);
    let whole = true;
    if (price) {
      const done = new Set((await platformRows(scope, month)).map(({ space }) => space));
      const { spaces } = await usageOfMonth(scope, month, Number.POSITIVE_INFINITY);
      for (const { space } of spaces) {
        if (done.has(space)) continue;
        try {
          if (await drawPlatformBill(asSystem(scope, space, "platform-bills"), month, price)) drawn += 1;
        } catch (error) {
          whole = false;
          failed(error);
        }
      }
    }
    if (!whole) return drawn;
    await commit(scope, [markWrite(scope, month)], { answer: null });
  }
  return drawn;
}

/**
 * Draws a space's bill of a month: its number, the bill and its row in one commit. False when there is one already, nothing to pay, or no such space any more. Reads the companies in pages of 100.
 */
export async function drawPlatformBill(given: Scope, month: Month, price: PlatformPrice): Promise<boolean> {
  const scope = asSystem(given, given.space, "platform-bills", unasked);
  const space = await getSpace(scope);
  if (!space || (await platformBillOf(scope, month))) return false;
  const sum = platformSum(price, await activeCompanies(scope, month));
  if (sum.amountMinor <= 0) return false;
  const platform = ofPlatform(scope);
  const year = month.slice(0, 4);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const last = await lastOf(platform, "platform", year);
    const dueOn = plusDays(dayOf(scope.now, space.zone), platformTermsDays);
    const bill: KeptBill = {
      ...{ month, dueOn, number: numberOf(month, last + 1, "platform"), ...sum, state: "open", paidMinor: 0 },
      ...{ drawnAt: scope.now, name: space.name },
    };
    const writes = [
      takeNext(platform, "platform", year, last),
      insert(platformBillKey(scope, month), platformBillKind, bill, "bill"),
      rowWrite(scope, bill),
      followOn(scope, month, dueOn, space.zone),
    ];
    const outcome = await commit(scope, writes, { answer: null });
    if (outcome.done) return true;
    if ("bill" in outcome.lost) return false;
  }
  throw new Refused("busy");
}

async function activeCompanies(scope: Scope, month: Month): Promise<number> {
  let active = 0;
  let cursor: string | undefined;
  do {
    const page = await companyDetails(scope, { cursor, limit: pageSize });
    active += page.items.filter((company) => isActiveIn(company, month)).length;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return active;
}
