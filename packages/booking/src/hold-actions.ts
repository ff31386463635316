import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { quotasOf } from "./area.ts";
import { guardWrites, paidWrites } from "./booking-writes.ts";
import { wholly } from "./cancellation.ts";
import { decideBooking } from "./decide.ts";
import { unpaidLetters } from "./guest-letters.ts";
import { decideSettled } from "./hold.ts";
import type { Booking } from "./model.ts";
import { countName, sumUses, usesBack } from "./quota.ts";
import { aheadsOf, quotaWrites } from "./quota-store.ts";
import { letGo } from "./series-release.ts";
import { changesOf, clashOn, readSheets, sheetWrites } from "./sheets.ts";
import { bookingOf, resourceOf } from "./store.ts";
import { endBookings } from "./upkeep-actions.ts";

const tries = 25;

/** Lets a hold go that nobody paid in time: its place is free again and nothing is owed. One that was paid or taken back meanwhile is left alone. The timer of each hold. */
export async function releaseHold(scope: Scope, id: string): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const booking = await bookingOf(scope, id);
    if (booking?.state !== "tentative" || !booking.hold || millis(booking.hold.until) > millis(scope.now)) return;
    const answered = { as: "unpaid" as const, at: scope.now };
    // Of what staff had approved the guest may not have read yet.
    const letters = booking.answered ? await unpaidLetters(scope, booking) : [];
    const ended = await endBookings(scope, [{ booking, back: wholly(booking), answered }], null, letters);
    if (ended.ok) return;
    await giveWay(scope, attempt);
  }
  throw new Error(`hold ${id} was not let go`);
}

/**
 * Makes a guest's booking of what was held, or of what was let go for want of money and is still free, once its money is there; `give-back` says that the money finds nothing to pay. The same payment again
 * changes nothing.
 */
export async function settleHold(
  scope: Scope,
  id: string,
  payment: string,
): Promise<Outcome<"booked" | "give-back", "missing" | "busy">> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const booking = await bookingOf(scope, id, { consistent: true });
    if (!booking) return refuse("missing");
    const what = decideSettled(booking, payment, scope.now);
    if (what === "known") return accept("booked");
    if (what === "give-back" || !booking.guest) return accept("give-back");
    const guest = { ...booking.guest, paidBy: payment };
    const paid = paidWrites(scope, booking, guest);
    if (what === "confirm") {
      const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
      if ((await commit(unsigned, paid, { answer: null })).done) return accept("booked");
    } else {
      const had = await haveAgain(scope, booking, paid);
      if (had !== "again") return accept(had);
    }
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Puts a booking that was let go on its sheets again, if they, its quotas and its resource's rules still have room for it; staff's word on when it is booked at the latest does not count, it was booked in time. */
async function haveAgain(
  scope: Scope,
  booking: Stored<Booking>,
  paid: ReturnType<typeof paidWrites>,
): Promise<"booked" | "give-back" | "again"> {
  const [resource, company] = await Promise.all([
    resourceOf(scope, booking.resource),
    companyOf(scope, booking.company),
  ]);
  if (!resource || !company) return "give-back";
  const wish = { resource: resource.id, from: booking.from, until: booking.until };
  const still = decideBooking({ resource, company, booker: { staff: true, trainings: [] } }, wish, scope.now);
  if (!still.ok) return "give-back";
  const changes = changesOf(scope, [booking]);
  const most = new Map(quotasOf(resource).map((quota) => [countName(quota), quota.most]));
  const uses = usesBack(booking).map((use) => {
    const quota = { ...use.quota, most: most.get(countName(use.quota)) ?? Number.MAX_SAFE_INTEGER };
    return { ...use, quota };
  });
  const add = sumUses([{ uses, booking }]);
  const [sheets, aheads] = await Promise.all([
    readSheets(
      scope,
      changes.map(({ key }) => key),
      { consistent: true },
    ),
    aheadsOf(scope, add, { consistent: true }),
  ]);
  const other = clashOn(sheets, changes, resource);
  if (other) return (await letGo(scope, other.booking)) ? "again" : "give-back";
  const counts = quotaWrites(scope, { add }, aheads);
  if (!counts.ok) return "give-back";
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  const guards = guardWrites(scope, resource, { staff: true, person: booking.person }, booking.day);
  const writes = [...sheetWrites(sheets, changes), ...counts.value, ...guards, ...paid];
  return (await commit(unsigned, writes, { answer: null })).done ? "booked" : "again";
}
