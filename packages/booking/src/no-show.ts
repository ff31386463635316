import { millis, plusMinutes } from "@yihao/kernel/span";
import { type Return, returnOf } from "./cancellation.ts";
import type { Booking } from "./model.ts";

type Released = Pick<Booking, "from" | "until" | "noShowMinutes">;

/** When what nobody checks in to is released (未到释放): so many minutes after its start, or after it was made when that was later; undefined when never, or when nothing of it were left. */
export function releaseAt({ from, until, noShowMinutes = 0 }: Released, madeAt: string): string | undefined {
  if (noShowMinutes === 0) return undefined;
  const due = plusMinutes(madeAt > from ? madeAt : from, noShowMinutes);
  return millis(due) < millis(until) ? due : undefined;
}

/** Whether a booking is to be released now: it stands, nobody has checked in, its time for that is over and itself is not. */
export function isNoShow(
  booking: Released & Pick<Booking, "state" | "at" | "answered" | "checkedInAt">,
  now: string,
): boolean {
  if (booking.state !== "booked" || booking.checkedInAt) return false;
  const due = releaseAt(booking, booking.answered?.at ?? booking.at);
  return due !== undefined && millis(due) <= millis(now) && millis(now) < millis(booking.until);
}

/**
 * What a no-show gives back: what cancelling at its start would have by its terms, and nothing when it has none, for then it could be cancelled freely until it began and was not.
 */
export function noShowReturn({
  price,
  cancellation,
}: { readonly price: Parameters<typeof returnOf>[0] } & Pick<Booking, "cancellation">): Return {
  return returnOf(price, cancellation?.percent ?? 100);
}
