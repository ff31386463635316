import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes } from "@yihao/kernel/span";
import type { Booking, BookingRefusal } from "./model.ts";

/** What cancelling gives back: money not owed any more, money kept, minutes back to the month's allowance. */
export type Return = { readonly refundMinor: number; readonly feeMinor: number; readonly allowanceMinutes: number };

/** Decides a cancellation (取消): free until the booking starts, refused after. */
export function decideCancellation(
  booking: Pick<Booking, "state" | "from" | "price">,
  now: string,
): Outcome<Return, BookingRefusal> {
  if (booking.state === "cancelled") return refuse("booking.cancelled");
  if (millis(now) >= millis(booking.from)) return refuse("booking.started", { from: booking.from });
  return accept({
    refundMinor: booking.price.totalMinor,
    feeMinor: 0,
    allowanceMinutes: booking.price.allowanceMinutes,
  });
}

/** How long before its start somebody may check in, in minutes. */
export const checkInLeadMinutes = 30;

/** Decides a check-in (签到): from half an hour before the start until the end; a second one changes nothing and is accepted. */
export function decideCheckIn(
  booking: Pick<Booking, "state" | "from" | "until" | "checkedInAt">,
  now: string,
): Outcome<{ checkedInAt: string }, BookingRefusal> {
  if (booking.state === "cancelled") return refuse("booking.cancelled");
  if (booking.checkedInAt) return accept({ checkedInAt: booking.checkedInAt });
  if (millis(now) < millis(plusMinutes(booking.from, -checkInLeadMinutes)))
    return refuse("booking.early", { from: plusMinutes(booking.from, -checkInLeadMinutes) });
  if (millis(now) >= millis(booking.until)) return refuse("booking.over", { until: booking.until });
  return accept({ checkedInAt: now });
}
