import { getSpace } from "@yihao/identity/store";
import { daysOfMonth, type Month } from "@yihao/kernel/days";
import { asSystem, type PlatformScope } from "@yihao/kernel/scope";
import { type Counts, costOf, type Prices, sumOf } from "./cost.ts";
import type { Usage } from "./model.ts";
import { usageOfMonth } from "./store.ts";

/** So many spaces are read for a page, and so many of them named. */
const mostSpaces = 5_000;
const mostNamed = 200;

/** What every space used in a month, by day and by space, at the given prices. For the platform's owner alone: who asks is the route's business. */
export async function readUsage(scope: PlatformScope, prices: Prices, wish?: Month): Promise<Usage> {
  const today = scope.now.slice(0, 10);
  const month = wish ?? today.slice(0, 7);
  const { spaces, more } = await usageOfMonth(scope, month, mostSpaces);
  const priced = (counts: Counts) => ({ ...counts, dollars: costOf(counts, prices) });
  const sums = spaces
    .map(({ space, days }) => ({ space, ...priced(sumOf(days)) }))
    .sort((one, other) => other.dollars - one.dollars || (one.space < other.space ? -1 : 1));
  const named = await Promise.all(
    sums.slice(0, mostNamed).map(async (one) => {
      const name = (await getSpace(asSystem(scope, one.space, "meter")))?.name;
      return { ...one, ...(name === undefined ? {} : { name }) };
    }),
  );
  const days = daysOfMonth(month).map((day, index) => ({
    day,
    ...priced(sumOf(spaces.flatMap((one) => one.days[index] ?? []))),
  }));
  const { asOf, region } = prices;
  const total = priced(sumOf(spaces.flatMap((one) => one.days)));
  return { month, today, prices: { asOf, region }, total, days, spaces: named, spaceCount: spaces.length, more };
}
