import type { BookingRowView, PackPart } from "@yihao/booking/model";
import type { PaidParts } from "@yihao/booking/price";
import { hours, money } from "../../format.ts";
import type { bookingWords } from "./words.ts";

type Words = ReturnType<typeof bookingWords>;

/** Units of packs as they are said: hours of a room, or days of a desk. */
export function packUnits({ creditMinutes = 0, creditDays = 0 }: PaidParts, t: Words): string {
  return creditDays > 0 ? t.byDays(creditDays) : t.byAllowanceHow(hours(creditMinutes));
}

/** What plan and packs pay of a price, part by part; packs one by one where they are known. */
export function creditParts(paid: PaidParts & { readonly packs?: readonly PackPart[] | undefined }, t: Words) {
  const { allowanceMinutes, allowanceDays = 0, creditMinutes = 0, creditDays = 0, packs } = paid;
  const days = creditDays > 0;
  const parts: { label: string; how: string }[] = [];
  if (allowanceMinutes > 0) parts.push({ label: t.byAllowance, how: t.byAllowanceHow(hours(allowanceMinutes)) });
  if (allowanceDays > 0) parts.push({ label: t.byAllowanceDays, how: t.byDays(allowanceDays) });
  if (packs)
    for (const { name, units } of packs)
      parts.push({ label: t.byPackOf(name), how: days ? t.byDays(units) : t.byAllowanceHow(hours(units)) });
  else if (creditMinutes + creditDays > 0) parts.push({ label: t.byPack, how: packUnits(paid, t) });
  return parts;
}

type Row = Pick<BookingRowView, "totalMinor" | "allowanceMinutes" | "allowanceDays" | "creditMinutes" | "creditDays">;

/** What a booking costs in a list: money, and what plan and packs pay. */
export function priceText(row: Row, t: Words): string {
  const parts = creditParts({ ...row, packs: undefined }, t).map(({ label, how }) => `${label} ${how}`);
  if (parts.length === 0) return money(row.totalMinor);
  return (row.totalMinor > 0 ? [money(row.totalMinor), ...parts] : parts).join(" + ");
}
