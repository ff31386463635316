import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { changeOf, endedWrites } from "./booking-writes.ts";
import { decideCancellation, decideCheckIn, decideFee, type Return } from "./cancellation.ts";
import { drawsOf, returnCredits, useCreditsUp } from "./credit-moves.ts";
import type { Answered, Booking, Cancel } from "./model.ts";
import { sumUses, usesBack } from "./quota.ts";
import { aheadsOf, quotaWrites } from "./quota-store.ts";
import type { BookingRefusals } from "./quote-actions.ts";
import { writeBookings } from "./series-claim.ts";
import { unwrittenBooking } from "./series-store.ts";
import { changesOf, readSheets, sheetWrites } from "./sheets.ts";
import { bookingOf } from "./store.ts";

type Changed = Promise<Outcome<Stored<Booking>, BookingRefusals>>;

/** A booking by id, one of a long series also before the stream has written it; one of another company is refused as `missing`. */
export async function seeBooking(scope: Scope, id: string): Changed {
  const booking = (await bookingOf(scope, id)) ?? (await unwrittenBooking(scope, id));
  const own = ownCompany(scope);
  return booking && (own === undefined || own === booking.company) ? accept(booking) : refuse("missing");
}

/** A booking that is to change: one of a long series is written now if the stream has not come to it. Refuses as `seeBooking` does. */
export async function bookingForChange(scope: Scope, id: string): Changed {
  const seen = await seeBooking(scope, id);
  if (!seen.ok || !seen.value.series || (await bookingOf(scope, id))) return seen;
  const { rev: _rev, ...booking } = seen.value;
  await writeBookings(scope, [booking]);
  return seeBooking(scope, id);
}

/**
 * Cancels a booking at the revision it was read: frees its time, gives its credits to where they came from and what it counts in quotas back, and says in its event what is not owed any
 * more; where it costs, staff say who bears that. Refuses `missing`, `stale`, what `decideFee` refuses, `booking.cancelled` and, after its start, `booking.started`.
 */
export async function cancelBooking(scope: Scope, id: string, { rev, ...who }: Cancel): Changed {
  const seen = await bookingForChange(scope, id);
  if (!seen.ok) return seen;
  const booking = seen.value;
  const decided = decideCancellation(booking, scope.now);
  if (!decided.ok) return decided;
  if (booking.rev !== rev) return refuse("stale", { current: booking.rev });
  const fee = decideFee(booking, { ...who, staff: scope.actor.kind === "staff" }, scope.now);
  if (!fee.ok) return fee;
  const answer: Stored<Booking> = { ...booking, state: "cancelled", cancelledAt: scope.now, rev: rev + 1 };
  const ended = await endBookings(scope, [{ booking, back: fee.value }], answer);
  return ended.ok ? accept(ended.value) : ended;
}

/** A booking that is to end, and what of it is given back; of a request how it was answered. */
export type Ending = {
  readonly booking: Stored<Booking>;
  readonly back: Return;
  readonly answered?: Answered | undefined;
  readonly noShowAt?: string | undefined;
};

/**
 * Ends bookings in one commit, `also` with it: their time, quotas and credits are free with it. Takes as many as one commit holds. Refuses `stale` when one has changed since it was read.
 */
export async function endBookings<Answer>(
  scope: Scope,
  ending: readonly Ending[],
  answer: Answer,
  also: readonly Write[] = [],
): Promise<Outcome<Answer, BookingRefusals>> {
  const bookings = ending.map(({ booking }) => booking);
  const change: Write[] = [
    ...also,
    ...ending.flatMap(({ booking, back, answered, noShowAt }) =>
      endedWrites(scope, booking, back, { ...(answered ? { answered } : {}), ...(noShowAt ? { noShowAt } : {}) }),
    ),
    ...planTransfers(
      scope,
      ending.flatMap(({ booking, back }) => returnCredits(booking, dayOf(scope.now, booking.zone), back)),
    ).writes,
  ];
  const changes = changesOf(scope, [], bookings);
  const back = sumUses(bookings.map((booking) => ({ uses: usesBack(booking), booking })));
  const keys = changes.map(({ key }) => key);
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const [sheets, aheads] = await Promise.all([
      readSheets(scope, keys, { consistent: true }),
      aheadsOf(scope, back, { consistent: true }),
    ]);
    const uncounted = quotaWrites(scope, { back }, aheads);
    if (!uncounted.ok) return uncounted;
    const done = await commit(scope, [...sheetWrites(sheets, changes), ...uncounted.value, ...change], { answer });
    if (done.done) return accept(done.answer);
    const lost = bookings.find(({ id }) => `booking ${id}` in done.lost);
    if (lost) return refuse("stale", { current: done.lost[`booking ${lost.id}`]?.rev });
    await giveWay(scope, attempts);
  }
  return refuse("busy");
}

/** Checks somebody in (签到). A second time changes nothing. Refuses `missing`, `booking.cancelled`, `booking.early` and `booking.over`. */
export async function checkIn(scope: Scope, id: string): Changed {
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const seen = await bookingForChange(scope, id);
    if (!seen.ok) return seen;
    const booking = seen.value;
    const decided = decideCheckIn(booking, scope.now);
    if (!decided.ok) return decided;
    if (booking.checkedInAt) return accept(booking);
    const { company, resource, site } = booking;
    const done = await commit(
      scope,
      [
        changeOf(scope, booking, decided.value),
        happened(scope, "booking.checked-in", company, { booking: id, resource, site }),
      ],
      { answer: { ...booking, ...decided.value, rev: booking.rev + 1 } },
    );
    if (done.done) return accept(done.answer);
  }
  return refuse("busy");
}

/** Turns the credits of a booking that has started from booked into used, once; a cancelled one is left alone. */
export async function useAllowance(scope: Scope, id: string): Promise<void> {
  for (;;) {
    const booking = await bookingOf(scope, id);
    if (booking?.state !== "booked" || booking.allowanceUsed || drawsOf(booking).length === 0) return;
    const used = planTransfers(scope, useCreditsUp(booking)).writes;
    const writes = [changeOf(scope, booking, { allowanceUsed: true }), ...used];
    if ((await commit(scope, writes, { answer: null })).done) return;
  }
}
