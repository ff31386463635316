import type { Month } from "@yihao/kernel/days";

const prefixes = { invoice: "ZD", credit: "HC", platform: "PT" } as const;
type Series = keyof typeof prefixes;

/**
 * The number of a bill (账单号) a credit note (红冲单号) or a bill of the platform (平台账单号): `ZD-`, `HC-` or `PT-`, its month, and its place in the series of the month's year. So a printed number names its series, and
 * numbers are gap-free and unique per space and year; those of the platform per year.
 */
export function numberOf(month: Month, place: number, series: Series = "invoice"): string {
  return `${prefixes[series]}-${month.replace("-", "")}-${String(place).padStart(4, "0")}`;
}

/** The year and place of a number; undefined for a text that is none of its series. */
export function placeOf(
  number: string,
  series: Series = "invoice",
): { readonly year: string; readonly place: number } | undefined {
  const found = /^(ZD|HC|PT)-(\d{4})\d{2}-(\d{4,})$/.exec(number);
  if (found?.[1] !== prefixes[series]) return undefined;
  return { year: found[2] ?? "", place: Number(found[3]) };
}
