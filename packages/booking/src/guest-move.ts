import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { PlatformScope } from "@yihao/kernel/scope";
import { moveBooking } from "./booking-actions.ts";
import { decideCancellation } from "./cancellation.ts";
import { mayHave, openGuestBooking, shownToGuest } from "./guest-actions.ts";
import type { GuestBooking, GuestMove, GuestMoveQuote, GuestWish } from "./guest-model.ts";
import { type BookingRefusals, quoteBooking } from "./quote-actions.ts";

/**
 * What another time of their booking would cost a guest (改期报价), by today's rates as any booking, and what goes back of what they paid. Its own time is free for it. Refuses what moving refuses, and `guest.move-dearer` {moreMinor} where it costs more than what was
 * paid: that is booked by itself.
 */
export async function quoteGuestMove(
  platform: PlatformScope,
  token: string,
  wish: GuestWish,
): Promise<Outcome<GuestMoveQuote, BookingRefusals>> {
  const found = await openGuestBooking(platform, token);
  if (!found.ok) return found;
  const { scope, booking } = found.value;
  const decided = decideCancellation(booking, scope.now);
  if (!decided.ok) return decided;
  if (booking.state === "tentative") return refuse("booking.tentative");
  if (!(await mayHave(scope, wish))) return refuse("missing");
  const quoted = await quoteBooking(scope, wish, booking);
  if (!quoted.ok) return quoted;
  const { resource, from, until, day, quote } = quoted.value;
  const backMinor = booking.price.totalMinor - quote.totalMinor;
  if (backMinor < 0) return refuse("guest.move-dearer", { moreMinor: -backMinor });
  const { totalMinor, taxMinor, until: validUntil } = quote;
  return accept({ resource, from, until, day, totalMinor, taxMinor, validUntil, backMinor });
}

/**
 * Moves a guest's booking (散客改期) at the price and revision that were shown: what they paid pays the new time, what is left goes back the way it came, and who would have paid for cancelling keeps that. Its addresses find it
 * where it is now. Refuses what moving any booking refuses, and `guest.move-dearer`.
 */
export async function moveAsGuest(
  platform: PlatformScope,
  token: string,
  move: GuestMove,
): Promise<Outcome<GuestBooking, BookingRefusals>> {
  const found = await openGuestBooking(platform, token);
  if (!found.ok) return found;
  const { scope, booking } = found.value;
  if (!(await mayHave(scope, move))) return refuse("missing");
  const moved = await moveBooking(scope, booking.id, move, { asGuest: true });
  return moved.ok ? accept(await shownToGuest(scope, moved.value)) : moved;
}
