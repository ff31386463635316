import { getSpace } from "@yihao/identity/store";
import { type Day, dayOf, instantOf, monthOf, plusMonths } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";

/** The zone in which a space counts days. */
export async function zoneOf(scope: Scope): Promise<string> {
  return (await getSpace(scope))?.zone ?? "Asia/Shanghai";
}

/** The local day of this request in the space's zone. */
export async function today(scope: Scope): Promise<Day> {
  return dayOf(scope.now, await zoneOf(scope));
}

/** The local day of an instant, and the instant at which the next month's allowances are granted: five past midnight on its first day. */
export function nextGrant(now: string, zone: string): { day: Day; at: string } {
  const day = dayOf(now, zone);
  return { day, at: instantOf(`${plusMonths(monthOf(day), 1)}-01`, "00:05", zone) };
}
