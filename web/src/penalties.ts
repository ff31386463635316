import type { CompanyId } from "@yihao/kernel/ids";
import { penaltyAmong } from "@yihao/pricing/tariff";
import type { PenaltyCause, TariffItem } from "@yihao/pricing/tariff-model";
import { ok } from "./api.ts";
import { accounts } from "./client.ts";
import { money } from "./format.ts";
import { dictionary } from "./i18n.ts";
import { createQuery } from "./query.ts";

const words = dictionary({
  zh: { once: (name: string, sum: string) => `${name} ${sum}`, join: "，" },
  en: { once: (name: string, sum: string) => `${name} ${sum}`, join: ", " },
});

/** The penalties (罚则) that a company's tariff has in some months, by month; `now` is the space's own. Asked only while a company is named. */
export const usePenalties = (
  space: () => string,
  company: () => string | undefined,
  months: () => readonly string[] = () => ["now"],
) =>
  createQuery(() => ({
    queryKey: ["penalties", space(), company(), months()],
    queryFn: async () => {
      const param = { space: space(), company: company() as CompanyId };
      const of = (month: string) =>
        ok(
          accounts.spaces[":space"].companies[":company"].penalties.$get({
            param,
            query: month === "now" ? {} : { month },
          }),
        );
      return new Map(await Promise.all(months().map(async (month) => [month, (await of(month)).items] as const)));
    },
    enabled: company() !== undefined && months().length > 0,
    staleTime: 30_000,
  }));
export type PenaltiesByMonth = ReadonlyMap<string, readonly TariffItem[]>;

/** One thing that would happen: what it is a cause of, in which month, and how much of it. */
export type Cause = { readonly on: PenaltyCause; readonly month: string; readonly quantity: number };

/** What several things that would happen cost, one sum for each penalty: by the rule that charges them. */
export function penaltiesDue(penalties: PenaltiesByMonth | undefined, causes: readonly Cause[]) {
  const sums = new Map<string, { name: string; count: number; amountMinor: number }>();
  for (const { on, month, quantity } of causes) {
    const due = penaltyAmong(penalties?.get(month) ?? [], on, quantity);
    if (!due) continue;
    const { name } = due.item;
    const before = sums.get(name) ?? { name, count: 0, amountMinor: 0 };
    sums.set(name, { name, count: before.count + 1, amountMinor: before.amountMinor + due.amountMinor });
  }
  return [...sums.values()];
}
export type PenaltyDue = ReturnType<typeof penaltiesDue>[number];

/** Penalties with their sums on one line: `迟取消 ¥20.00，未到 ¥30.00`. */
export function penaltiesText(due: readonly Pick<PenaltyDue, "name" | "amountMinor">[]): string {
  const t = words();
  return due.map(({ name, amountMinor }) => t.once(name, money(amountMinor))).join(t.join);
}
