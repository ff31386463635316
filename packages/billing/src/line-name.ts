import { feeScale } from "@yihao/pricing/tariff-model";
import type { Line } from "./model.ts";

/** What a line is for, from the word of its service: what was charged by hand is called what somebody wrote. */
export function nameWith(service: string, { service: kind, about }: Pick<Line, "service" | "about">): string {
  if (!about) return service;
  return kind === "extra" ? about.name : `${service} ${about.name}`;
}

/** Whether a line is what is missing to a minimum (最低收费): of a fee, or of the whole tariff. */
export const isLeast = ({ about }: Pick<Line, "about">): boolean => about?.id.endsWith("-minimum") === true;

type Priced = Pick<Line, "per" | "quantity" | "unitMinor" | "amountMinor"> & { readonly charges?: number };
/**
 * Whether a line's amount is not its quantity at its price (阶梯价), as where the first of it cost more than the rest: then no one price may stand on its line. What charges were rounded by, a fen each at most, is
 * not that, and part of a month says its days.
 */
export function isTiered({ per, quantity, unitMinor, amountMinor, charges = 1 }: Priced): boolean {
  if (per === "month") return false;
  const scale = per === "hour" ? 60 : per === "kg" || per === "cubic" ? feeScale(per) : 1;
  return Math.abs((quantity / scale) * unitMinor - amountMinor) > charges;
}
