import { divideHalfUp, timesRatio } from "@yihao/kernel/money";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes } from "@yihao/kernel/span";
import type { PenaltyCause } from "@yihao/pricing/tariff-model";
import type { Booking, BookingCancelled, BookingRefusal, Cancel } from "./model.ts";
import { type PaidParts, paidBy } from "./price.ts";

type Paid = PaidParts & Pick<Booking["price"], "totalMinor">;
/** What cancelling gives back: money not owed any more, money kept, and minutes or days back to the month's allowance and to packs. */
export type Return = { readonly refundMinor: number; readonly feeMinor: number } & PaidParts &
  Pick<BookingCancelled, "waived">;

type Policied = Pick<Booking, "from" | "cancellation">;

/** How many hundredths of a booking's price are kept when it is cancelled now. */
export function feePercent({ from, cancellation }: Policied, now: string): number {
  if (!cancellation) return 0;
  return millis(now) < millis(plusMinutes(from, -60 * cancellation.freeHours)) ? 0 : cancellation.percent;
}

/** All of a booking's price: what a move gives back before the new price is owed, and a request that comes to nothing. */
export const wholly = ({ price }: { readonly price: Paid }): Return => returnOf(price, 0);

/** Longer before its start than any booking is made. */
const everHours = 24 * 500;

/** The terms of a booking that was moved: what cancelling it late would have cost by then it costs from now on, so that nobody moves out of a fee. */
export function termsAfterMove(
  terms: Booking["cancellation"],
  old: Policied,
  now: string,
): Pick<Booking, "cancellation"> {
  const due = feePercent(old, now);
  if (due > 0) return { cancellation: { freeHours: everHours, percent: Math.max(due, terms?.percent ?? 0) } };
  return terms ? { cancellation: terms } : {};
}

/**
 * Decides a cancellation (取消): a request is taken back for nothing; a booking is free until it starts, or by its terms until so many hours before; after that a share of the price is kept, and of the units of plan and packs, each rounded half-up. Refused once it
 * has started.
 */
export function decideCancellation(
  booking: Policied & { readonly state: Booking["state"]; readonly price: Paid },
  now: string,
): Outcome<Return, BookingRefusal> {
  if (booking.state === "cancelled") return refuse("booking.cancelled");
  if (millis(now) >= millis(booking.from)) return refuse("booking.started", { from: booking.from });
  return accept(returnOf(booking.price, booking.state === "tentative" ? 0 : feePercent(booking, now)));
}

/**
 * Decides who bears what cancelling costs now. Staff who cancel for somebody are never bound silently: where it costs they must say `company` or `space` (`booking.fee-undecided` {percent, feeMinor}), and the space waives only with a reason
 * (`booking.fee-reason`), which also goes for a penalty of the tariff. A company bears its own fee and cannot waive it (`booking.fee-company`). What keeps nothing needs no word.
 */
export function decideFee(
  booking: Policied & { readonly price: Paid; readonly state: Booking["state"] },
  who: { readonly staff: boolean } & Pick<Cancel, "fee" | "reason">,
  now: string,
): Outcome<Return, BookingRefusal> {
  const percent = booking.state === "tentative" ? 0 : feePercent(booking, now);
  const kept = returnOf(booking.price, percent);
  const { plan, packs } = paidBy(booking.price);
  const costs = percent > 0 && (booking.price.totalMinor > 0 || plan + packs > 0);
  // Its terms keep nothing of a booking that was free, and yet the tariff may have a penalty: the space may waive that too.
  const waives = who.staff && who.fee === "space" && percent > 0;
  if (!costs && !waives) return accept(kept);
  if (!who.staff) return who.fee === "space" ? refuse("booking.fee-company") : accept(kept);
  if (who.fee === undefined) return refuse("booking.fee-undecided", { percent, feeMinor: kept.feeMinor });
  if (who.fee === "company") return accept(kept);
  if (!who.reason) return refuse("booking.fee-reason");
  const waived = { percent, feeMinor: kept.feeMinor, reason: who.reason };
  return accept({ ...returnOf(booking.price, 0), waived });
}

/** What is given back of a price of which so many hundredths are kept. */
export function returnOf({ totalMinor, allowanceMinutes, ...paid }: Paid, percent: number): Return {
  const feeMinor = timesRatio(totalMinor, percent, 100);
  const rest = (units = 0) => units - divideHalfUp(units * percent, 100);
  const { creditMinutes, allowanceDays, creditDays } = paid;
  return {
    refundMinor: totalMinor - feeMinor,
    feeMinor,
    allowanceMinutes: rest(allowanceMinutes),
    ...(rest(creditMinutes) > 0 ? { creditMinutes: rest(creditMinutes) } : {}),
    ...(rest(allowanceDays) > 0 ? { allowanceDays: rest(allowanceDays) } : {}),
    ...(rest(creditDays) > 0 ? { creditDays: rest(creditDays) } : {}),
  };
}

type Ended = Pick<Booking, "from" | "cancellation" | "movedTo"> & { readonly price: Paid; readonly guest?: unknown };

/**
 * What a booking that ends is a penalty's cause for (罚则), beside what its terms keep: nobody came, or it was cancelled when its terms keep something. Not one that was moved, that the space gave back whole or waived, nor a
 * guest's, whose terms say all that it costs them. Billing asks it of what happened, the browser of what would.
 */
export function penaltyCause(
  booking: Ended,
  ended: Pick<BookingCancelled, "noShow" | "waived" | "refundMinor" | "allowanceMinutes">,
  at: string,
): Extract<PenaltyCause, "no-show" | "late-cancel"> | undefined {
  if (booking.guest || booking.movedTo || ended.waived) return undefined;
  if (ended.noShow) return "no-show";
  const percent = feePercent(booking, at);
  const kept = returnOf(booking.price, percent);
  const late = kept.refundMinor === ended.refundMinor && kept.allowanceMinutes === ended.allowanceMinutes;
  return percent > 0 && late ? "late-cancel" : undefined;
}

/** How long before its start somebody may check in, in minutes. */
export const checkInLeadMinutes = 30;

/** Decides a check-in (签到): from half an hour before the start until the end; a second one changes nothing and is accepted. */
export function decideCheckIn(
  booking: Pick<Booking, "state" | "from" | "until" | "checkedInAt" | "noShowAt">,
  now: string,
): Outcome<{ checkedInAt: string }, BookingRefusal> {
  if (booking.noShowAt) return refuse("booking.released", { at: booking.noShowAt });
  if (booking.state === "cancelled") return refuse("booking.cancelled");
  if (booking.state === "tentative") return refuse("booking.tentative");
  if (booking.checkedInAt) return accept({ checkedInAt: booking.checkedInAt });
  if (millis(now) < millis(plusMinutes(booking.from, -checkInLeadMinutes)))
    return refuse("booking.early", { from: plusMinutes(booking.from, -checkInLeadMinutes) });
  if (millis(now) >= millis(booking.until)) return refuse("booking.over", { until: booking.until });
  return accept({ checkedInAt: now });
}
