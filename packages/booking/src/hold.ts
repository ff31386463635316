import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes, type Span } from "@yihao/kernel/span";
import type { Booking, BookingRefusal } from "./model.ts";

/** For how long a guest's place is held while they pay, in minutes. */
export const holdMinutes = 15;
/** For how long it is held once staff have approved it: its guest may read the letter tomorrow. */
export const approvedHoldMinutes = 1440;
/** For how long it is held for a guest who waited for it: they read the letter some time today. Then it goes to whoever waits next. */
export const waitedHoldMinutes = 120;

/** Until when a place is held for paying: so many minutes from now, its end at the latest. */
export function holdUntil({ until }: Pick<Span, "until">, now: string, minutes = holdMinutes): string {
  const end = plusMinutes(now, minutes);
  return millis(end) < millis(until) ? end : until;
}

/** For how many days after it what is known of a guest is kept: until the bill of its month, which names them, is made. */
export const guestDays = 60;

type Held = Pick<Booking, "state" | "hold" | "answered" | "asked" | "until" | "guest">;

/** Whether a guest may pay a booking now: while it is held, to the very end of that. */
export function decidePayable(booking: Held, now: string): Outcome<{ readonly until: string }, BookingRefusal> {
  if (booking.state !== "tentative" || !booking.hold || !booking.guest) return refuse("booking.not-held");
  if (millis(now) >= millis(booking.hold.until)) return refuse("booking.not-held");
  return accept({ until: booking.hold.until });
}

/** What becomes of money that came for a booking. */
export type Settled = "confirm" | "revive" | "known" | "give-back";

/**
 * Decides what money that came for a guest's booking does: it confirms what is held; what was let go because it was not paid in time is had again if it is not over and its place is still
 * free; money that had confirmed it before does nothing; all other money is given back, as for what the guest cancelled meanwhile or paid twice.
 */
export function decideSettled(booking: Held, payment: string, now: string): Settled {
  if (booking.guest?.paidBy === payment) return "known";
  if (booking.state === "tentative" && booking.hold && !booking.guest?.paidBy) return "confirm";
  const letGo = booking.state === "cancelled" && booking.answered?.as === "unpaid";
  if (letGo && !booking.guest?.paidBy && booking.guest && millis(now) < millis(booking.until)) return "revive";
  return "give-back";
}
