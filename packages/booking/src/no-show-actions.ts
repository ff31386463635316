import { mailing } from "@yihao/identity/mail";
import { membershipOf } from "@yihao/identity/store";
import type { Scope } from "@yihao/kernel/scope";
import { senderOf } from "@yihao/members/post";
import { giveWay } from "@yihao/table/give-way";
import { guestLetterWrites } from "./guest-letters.ts";
import type { Booking } from "./model.ts";
import { isNoShow, noShowReturn } from "./no-show.ts";
import { noShowLetter } from "./request-letters.ts";
import { bookingOf } from "./store.ts";
import { endBookings } from "./upkeep-actions.ts";

/**
 * Releases a booking to which nobody has checked in: the rest of its time is free for others and for those who wait, what its terms keep is kept, and who had it is told. One that was checked in
 * to, moved or cancelled meanwhile is left alone. The timer of each booking that has the rule.
 */
export async function releaseNoShow(scope: Scope, id: string): Promise<void> {
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const booking = await bookingOf(scope, id);
    if (!booking || !isNoShow(booking, scope.now)) return;
    const ending = { booking, back: noShowReturn(booking), noShowAt: scope.now };
    const ended = await endBookings(scope, [ending], null, await letterOf(scope, booking));
    if (ended.ok) return;
    await giveWay(scope, attempts);
  }
  throw new Error(`booking ${id} was not released`);
}

async function letterOf(scope: Scope, booking: Booking) {
  const { feeMinor, refundMinor } = noShowReturn(booking);
  if (booking.guest) return guestLetterWrites(scope, "no-show", booking, { amountMinor: refundMinor });
  const [member, from] = await Promise.all([membershipOf(scope, booking.person), senderOf(scope)]);
  if (!member) return [];
  const said = { booking, feeMinor };
  return [
    mailing(
      scope,
      noShowLetter(member.email, { ...from, zone: booking.zone }, said, `/s/${scope.space}/my/bookings/list`),
    ),
  ];
}
