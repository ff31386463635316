import { type Day, plusDays } from "@yihao/kernel/days";
import type { Minor } from "@yihao/kernel/money";

/** The ends of the age classes of receivables (应收账龄): not due, 1–30, 31–60, 61–90 days over, and more. */
export const ageEnds = [0, 30, 60, 90, null] as const;

/** Sums what is open by how many days it is over its due day. A bill is not over on its due day itself. */
export function agesOf(
  open: readonly { readonly dueOn: Day; readonly openMinor: Minor }[],
  today: Day,
): { upTo: number | null; count: number; openMinor: Minor }[] {
  const earliest = ageEnds.map((end) => (end === null ? "" : plusDays(today, -end)));
  const ages = ageEnds.map((upTo) => ({ upTo: upTo as number | null, count: 0, openMinor: 0 }));
  for (const { dueOn, openMinor } of open) {
    const age = ages[earliest.findIndex((first) => dueOn >= first)];
    if (!age) continue;
    age.count += 1;
    age.openMinor += openMinor;
  }
  return ages;
}
