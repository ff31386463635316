import type { Month } from "@yihao/kernel/days";

/**
 * The number of a bill (账单号): `ZD-`, its month, and its place in the series of the month's year. So a printed number names its series, and numbers are gap-free
 * and unique per space and year.
 */
export function numberOf(month: Month, place: number): string {
  return `ZD-${month.replace("-", "")}-${String(place).padStart(4, "0")}`;
}

/** The year and place of a number; undefined for a text that is none. */
export function placeOf(number: string): { readonly year: string; readonly place: number } | undefined {
  const found = /^ZD-(\d{4})\d{2}-(\d{4,})$/.exec(number);
  return found ? { year: found[1] ?? "", place: Number(found[2]) } : undefined;
}
