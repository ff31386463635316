import type { Account, Entry } from "@yihao/ledger/model";
import { creditBook, creditUnit } from "@yihao/members/credits";
import type { Booking } from "./model.ts";
import { allowanceMonth, creditKindOf, type PaidParts, paidBy } from "./price.ts";

/** A booking as far as it is paid with credits. */
export type Paying = Pick<Booking, "id" | "company" | "kind" | "by" | "day" | "zone" | "price" | "packs"> &
  Partial<Pick<Booking, "allowanceUsed">>;

/** What one source of credits pays of a booking; `until` of a pack is its first day without use. */
type Draw = { readonly unit: string; readonly amount: number; readonly until?: string };

/** The credits that pay for a booking, by source in the order in which they were used: its month's allowance, then packs. */
export function drawsOf(booking: Paying): Draw[] {
  const kind = creditKindOf(booking);
  if (!kind) return [];
  const { plan } = paidBy(booking.price);
  return [
    ...(plan > 0 ? [{ unit: creditUnit(kind, allowanceMonth(booking)), amount: plan }] : []),
    ...(booking.packs ?? []).map(({ lot, units, until }) => ({ unit: creditUnit(kind, lot), amount: units, until })),
  ];
}

/** What of each source a booking gives back by unit, when all of it is given back. */
export function givenBack(booking: Paying | undefined): Map<string, number> {
  return new Map((booking ? drawsOf(booking) : []).map(({ unit, amount }) => [unit, amount]));
}

const moves = (booking: Paying, draws: readonly Draw[], from: Account, to: Account): Entry[] =>
  draws.flatMap(({ unit, amount }): Entry[] => {
    const move = { book: creditBook(booking.company), unit, from, to, amount, document: booking.id };
    return amount > 0 ? [{ do: "move", ...move }] : [];
  });

/** The moves by which credits leave with a booking, one a source. */
export const takeCredits = (booking: Paying): Entry[] => moves(booking, drawsOf(booking), "company", "booked");

/** The moves by which a booking that has begun uses its credits up. */
export const useCreditsUp = (booking: Paying): Entry[] => moves(booking, drawsOf(booking), "booked", "used");

/**
 * The moves by which credits return when a booking ends before its time: exactly to the sources they came from, all of them unless `back` says how much. What is kept is used up, of
 * packs that of the one to end soonest. Of a booking that has begun the credits are used already, and come back from there. What returns to a pack whose days are over by `day` expires at once: a cancelled booking makes no pack last longer.
 */
export function returnCredits(booking: Paying, day: string, back: PaidParts = booking.price): Entry[] {
  let { plan, packs } = paidBy(back);
  const entries: Entry[] = [];
  const held = booking.allowanceUsed ? "used" : "booked";
  for (const draw of drawsOf(booking).toReversed()) {
    const returned = Math.min(draw.amount, draw.until === undefined ? plan : packs);
    if (draw.until === undefined) plan -= returned;
    else packs -= returned;
    const over = draw.until !== undefined && draw.until <= day;
    entries.push(
      ...moves(booking, [{ ...draw, amount: returned }], held, over ? "expired" : "company"),
      ...(held === "used" ? [] : moves(booking, [{ ...draw, amount: draw.amount - returned }], held, "used")),
    );
  }
  return entries;
}
