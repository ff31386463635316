import type { TaxSum } from "@yihao/billing/model";
import { plusDays } from "@yihao/kernel/days";
import type { StreamTax, TaxSettings } from "@yihao/pricing/tax-model";
import type { TaxBackground } from "@yihao/pricing/tax-settings";
import { ok } from "../../api.ts";
import { accounts } from "../../client.ts";
import type { Cell } from "../../csv.ts";
import { createQuery } from "../../query.ts";
import { streamWords } from "../../streams.ts";
import { taxWords } from "./tax-words.ts";

const space$ = accounts.spaces[":space"];

/** How the space is taxed. */
export const useTaxSettings = (space: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "tax"],
    queryFn: () => ok(space$["tax-settings"].$get({ param: { space: space() } })),
  }));

/** What the tax of a company's charges depends on; nothing while the space has said nothing. */
export const useTaxBackground = (space: () => string, company: () => string) =>
  createQuery(() => ({
    queryKey: ["billing", space(), "tax-background", company()],
    queryFn: async (): Promise<{ background: TaxBackground | undefined }> => {
      const param = { space: space(), company: company() as `cmp_${string}` };
      const { settings, incubated } = await ok(space$.companies[":company"]["tax-background"].$get({ param }));
      return { background: settings ? { settings, incubated } : undefined };
    },
    enabled: company() !== "",
  }));

/** Settings with a rate from a day on: what the stream had on that day ends before it, what it would have had later goes. */
export function withRate(settings: TaxSettings, rate: StreamTax): TaxSettings {
  const others = settings.rates.flatMap((one) => {
    if (one.stream !== rate.stream || (one.until !== undefined && one.until <= rate.from)) return [one];
    return one.from < rate.from ? [{ ...one, until: rate.from }] : [];
  });
  return { ...settings, rates: [...others, rate] };
}

/** Days as they are read: the last one included. */
export const daysText = ({ from, until }: { readonly from: string; readonly until?: string | undefined }): string => {
  const t = taxWords();
  return until ? t.between(from, plusDays(until, -1)) : t.open(from);
};

const rateText = (basis: number) => `${basis / 100}%`;

/** What settings say, a line each: for whoever approves them. */
export function taxLines(settings: TaxSettings): (readonly [string, string])[] {
  const t = taxWords();
  const names = streamWords();
  return [
    ...settings.titles.map(
      (one) => [t.titlesOf[one.title], [daysText(one), one.number].filter(Boolean).join(" · ")] as const,
    ),
    ...settings.separate.map((one) => [t.separate, daysText(one)] as const),
    ...settings.rates.map(
      (one) => [names[one.stream], `${t.services[one.service]} ${rateText(one.basis)} · ${daysText(one)}`] as const,
    ),
  ];
}

/** Columns of an export that say what bills charge at each rate, net and tax, and what is exempt: heads of the rates that occur, and a bill's own. */
export function taxColumns(all: readonly { readonly taxes?: readonly TaxSum[] | undefined }[]) {
  const t = taxWords();
  const keyOf = ({ basis, reason }: TaxSum) => `${String(10_000 - basis).padStart(5, "0")} ${reason ?? ""}`;
  const rates = new Map<string, TaxSum>();
  for (const { taxes = [] } of all) for (const one of taxes) rates.set(keyOf(one), one);
  const keys = [...rates.keys()].sort();
  const isExempt = (key: string) => rates.get(key)?.reason !== undefined;
  const nameOf = (key: string) => rateText(rates.get(key)?.basis ?? 0);
  return {
    heads: keys.flatMap((key) => (isExempt(key) ? [t.exempt] : [t.netAt(nameOf(key)), t.taxAt(nameOf(key))])),
    cells: (taxes: readonly TaxSum[] = []): Cell[] =>
      keys.flatMap((key): Cell[] => {
        const one = taxes.find((sum) => keyOf(sum) === key);
        if (isExempt(key)) return [one ? one.amountMinor / 100 : ""];
        return one ? [(one.amountMinor - one.taxMinor) / 100, one.taxMinor / 100] : ["", ""];
      }),
  };
}
