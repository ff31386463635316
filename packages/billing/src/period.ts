import { type Day, dayOf, type Month, monthOf, plusDays, plusMonths } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { check, type Write } from "@yihao/table/write";
import type { BillingRefusal } from "./model.ts";
import { allRows } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** | closed period | `closed-period`, `-` | closing | 2 units | 0.1 kB | */
const closedKind = kindOf<{ through: Month }>("closed-period");
const key = (scope: Scope) => keyIn(partition(scope, "closed-period"));

/** The last month that is closed (已结账), if any. One read unit. */
export const closedThrough = async (scope: Scope): Promise<Month | undefined> =>
  (await get(scope, closedKind, key(scope)))?.through;

/**
 * The month that a bill or credit note of a month is posted to (记账期间): that month while it is open, else the first that is, so that the figures of a closed month never change. One read unit.
 */
export async function postingMonth(scope: Scope, month: Month): Promise<Month> {
  const through = await closedThrough(scope);
  return through !== undefined && month <= through ? plusMonths(through, 1) : month;
}

/** Asserts that the month of a posting's day is not closed; lost as `period` when it is, or was closed just now. */
export const stillOpen = (scope: Scope, day: Day): Write =>
  check(key(scope), [["through", "absent-or", "<", monthOf(day)]], "period");

/** Money that came or went on a day that is nowhere here yet is a slip of the pen, and would be posted to a month that nobody looks at: refused as `payment.day` {day}. Sites may be a day ahead of their space. */
export async function notAhead(scope: Scope, day: Day): Promise<Outcome<null, "payment.day">> {
  const today = dayOf(scope.now, await zoneOf(scope));
  return day > plusDays(today, 1) ? refuse("payment.day", { day }) : accept(null);
}

/** The refusal of a posting that a closed period refused. */
export const closed = (day: Day) => refuse("period.closed" as const, { month: monthOf(day) });

/**
 * Closes every month up to one for postings (结账); it stays closed. Refused as `period.running` when the month is not over, `period.closed` when it is closed already, and
 * `period.drafts` while bills of it are drafts.
 */
export async function closePeriod(scope: Scope, through: Month): Promise<Outcome<{ through: Month }, BillingRefusal>> {
  if (through >= monthOf(dayOf(scope.now, await zoneOf(scope)))) return refuse("period.running", { month: through });
  const drafts = (await allRows(scope, "draft")).filter(({ month }) => month <= through);
  if (drafts.length > 0) return refuse("period.drafts", { count: drafts.length, month: drafts[0]?.month ?? through });
  const write: Write = {
    do: "put",
    key: key(scope),
    kind: closedKind,
    data: { through },
    when: [["through", "absent-or", "<", through]],
    rev: 1,
    tag: "period",
  };
  const told = happened(scope, "period.closed", "billing-settings", { through });
  const outcome = await commit(scope, [write, told], { answer: { through } });
  return outcome.done ? accept(outcome.answer) : refuse("period.closed", { month: through });
}
