import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Span } from "@yihao/kernel/span";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { askedUntil } from "./approval.ts";
import {
  askedOf,
  type Booker,
  commonOf,
  countedOf,
  endedWrites,
  guardWrites,
  lostFor,
  madeWrites,
} from "./booking-writes.ts";
import { decideCancellation, termsAfterMove, wholly } from "./cancellation.ts";
import { returnCredits, takeCredits } from "./credit-moves.ts";
import { holdUntil } from "./hold.ts";
import type { Booking, Move, NewBooking, Wish } from "./model.ts";
import type { Shown } from "./pay.ts";
import { paidAsShown } from "./pay-actions.ts";
import { sumUses, usesBack, usesOf } from "./quota.ts";
import { aheadsOf, lostAheads, quotaWrites } from "./quota-store.ts";
import { type BookingRefusals, basisOf, quoteFor, taken } from "./quote-actions.ts";
import { letGo } from "./series-release.ts";
import { changesOf, clashOn, lostSheets, readSheets, sheetWrites } from "./sheets.ts";
import { asMade, bookingIdFor, bookingOf, madeBefore } from "./store.ts";
import { bookingForChange } from "./upkeep-actions.ts";

export type { Booker } from "./booking-writes.ts";

type Made = Outcome<Stored<Booking>, BookingRefusals>;

/** How often a lost sheet is tried again; a pool loses to each of its other units at most once more. */
const triesMost = ({ units = 1 }: { readonly units?: number | undefined }) => 25 + 2 * units;

/**
 * Books a slot at the price that was shown; where staff approve first it is a request, which holds its place, quotas and credits and owes nothing (4 units more, for the list of those that wait and its timer). 6 write units within a day, + 4 for each source of credits that pays (the month's allowance, a pack), + 2 for a lettable resource, for a needed training record, for
 * each quota and for a further day. Refuses what the rule refuses, `price-changed` with the new quote when the price shown is not the price now,
 * `booking.quota`, `booking.taken` with alternatives, and `missing` when what is to be written `also` in the same commit has lost its condition. The same command again gets its booking as it was made.
 */
export async function makeBooking(
  scope: Scope,
  booker: Booker,
  wish: NewBooking,
  also: readonly Write[] = [],
): Promise<Made> {
  return orBefore(scope, await attempt(scope, booker, wish, wish, undefined, false, 0, also));
}

/**
 * Moves a booking (改期) to another time or a like resource: a new booking takes the new place and the old one ends as moved, in one commit, so that a refusal leaves it
 * where it was. The new place is priced at today's rates and the old price is not owed any more; its allowance and what it counts in quotas go with it. Whoever had it
 * has it still. `withSeries` says that its series moves as a whole, `asGuest` that a guest moves their own, which pays what was paid already: not to where it costs more (`guest.move-dearer` {moreMinor}). A request is not moved, and a booking not to where it would be one (`booking.tentative`, `booking.needs-approval`). Refuses what booking refuses, `stale`, `booking.cancelled` and, after its start, `booking.started`. 4 write units more than a booking, and 2 for the old day's sheet when it is another.
 */
export async function moveBooking(
  scope: Scope,
  id: string,
  { rev, ...move }: Move,
  { withSeries = false, asGuest = false }: { readonly withSeries?: boolean; readonly asGuest?: boolean } = {},
): Promise<Made> {
  const seen = await bookingForChange(scope, id);
  if (!seen.ok) return seen;
  const old = seen.value;
  const tried = async (): Promise<Made> => {
    const decided = decideCancellation(old, scope.now);
    if (!decided.ok) return decided;
    if (old.guest && !asGuest) return refuse("booking.guest");
    if (old.state === "tentative") return refuse("booking.tentative");
    if (old.rev !== rev) return refuse("stale", { current: old.rev });
    const place = "day" in move ? { day: move.day } : { from: move.from, until: move.until };
    const wish = { resource: move.resource, company: old.company, ...place };
    const booker = { person: old.person, name: old.personName, guest: old.guest };
    return attempt(scope, booker, wish, move, old, withSeries);
  };
  return orBefore(scope, await tried());
}

/** The booking that this very command made before, when it does not succeed any more. */
async function orBefore(scope: Scope, outcome: Made): Promise<Made> {
  if (outcome.ok) return outcome;
  const before = await madeBefore(scope);
  return before ? accept(before) : outcome;
}

async function attempt(
  scope: Scope,
  booker: Booker,
  wish: Wish,
  shown: Shown & Pick<NewBooking, "language">,
  old?: Stored<Booking>,
  withSeries = false,
  again = 0,
  also: readonly Write[] = [],
): Promise<Made> {
  // What comes with other writes is the system's answer to what was freed a moment ago: it must see that.
  const consistent = also.length > 0;
  const loaded = await basisOf(scope, wish, { consistent: consistent || again > 0 });
  if (!loaded.ok) return loaded;
  const basis = loaded.value;
  const { resource, slot } = basis;
  const paid = await paidAsShown(scope, basis, shown, old, again > 0);
  if (!paid) return refuse("price-changed", { quote: await quoteFor(scope, basis, old) });
  const dearer = old?.guest ? paid.price.totalMinor - old.price.totalMinor : 0;
  if (dearer > 0) return refuse("guest.move-dearer", { moreMinor: dearer });
  const { from, until, day } = slot;
  const asked = askedUntil(resource, { staff: basis.booker.staff, member: slot.member }, from, scope.now);
  if (old && asked) return refuse("booking.needs-approval", { code: resource.code });
  const booking: Booking = {
    ...commonOf(scope, booker, resource, basis.company),
    ...countedOf(basis.quotas),
    ...{ id: bookingIdFor(scope), day, from, until, ...paid },
    ...askedOf(asked, shown.language),
    ...(old
      ? booker.guest
        ? { guest: booker.guest }
        : {}
      : guestOfBooking(scope, booker, slot, paid.price.totalMinor, asked)),
    ...(old ? termsAfterMove(resource.cancellation, old, scope.now) : {}),
    ...(old ? { movedFrom: old.id, ...(old.series ? { series: old.series } : {}), ...calendarAfter(old) } : {}),
    ...(withSeries ? { withSeries } : {}),
  };
  const leaving = old ? [old] : [];
  const changes = changesOf(scope, [booking], leaving);
  const add = sumUses([{ uses: usesOf(basis.quotas, booking), booking }]);
  const back = sumUses(leaving.map((one) => ({ uses: usesBack(one), booking: one })));
  let [sheets, aheads] = await Promise.all([
    readSheets(
      scope,
      changes.map(({ key }) => key),
      { consistent },
    ),
    aheadsOf(scope, [...add, ...back], { consistent }),
  ]);
  const moves = [...leaving.flatMap((one) => returnCredits(one, dayOf(scope.now, one.zone))), ...takeCredits(booking)];
  const transfer = moves.length > 0 ? planTransfers(scope, moves) : undefined;
  const fixed = [
    ...madeWrites(scope, booking),
    ...guardWrites(scope, resource, { staff: basis.booker.staff, person: booking.person }, day),
    ...leaving.flatMap((one) => endedWrites(scope, one, wholly(one), { movedTo: booking.id })),
  ];
  for (let attempts = 1; attempts <= triesMost(resource); attempts += 1) {
    const other = clashOn(sheets, changes, resource);
    if (other && !(await letGo(scope, other.booking))) return taken(scope, basis, other);
    const counts = quotaWrites(scope, { add, back }, aheads);
    if (!counts.ok) return counts;
    const writes = [...also, ...sheetWrites(sheets, changes), ...fixed, ...counts.value, ...(transfer?.writes ?? [])];
    const done = await commit(scope, writes, {
      answer: { ...booking, rev: 1 },
      witness: { tag: "booking", revive: asMade },
    });
    if (done.done) return accept(done.answer);
    if (also.some(({ tag }) => tag !== undefined && tag in done.lost)) return refuse("missing");
    sheets = lostSheets(sheets, changes, done.lost);
    const clashed = clashOn(sheets, changes, resource);
    if (clashed && !(await letGo(scope, clashed.booking))) return taken(scope, basis, clashed);
    const why = lostFor(resource, day, add, done.lost);
    if (why) return why;
    if (old && `booking ${old.id}` in done.lost) {
      const now = await bookingOf(scope, old.id);
      return now?.state === "cancelled" ? refuse("booking.cancelled") : refuse("stale", { current: now?.rev });
    }
    // Other sources may pay the same price; if not, that is what the next try finds.
    const short = transfer && transfer.shortages(done.lost).length > 0;
    if (short || "resource" in done.lost)
      return again < triesMost({})
        ? attempt(scope, booker, wish, shown, old, withSeries, again + 1, also)
        : refuse("busy");
    aheads = lostAheads([...add, ...back], aheads, done.lost);
    await giveWay(scope, attempts);
  }
  return refuse("busy");
}

/** A guest's booking says whose it is and, unless staff answer it first or it costs nothing, until when it is held for paying. */
function guestOfBooking(
  scope: Scope,
  { guest, holdMinutes }: Booker,
  slot: Span,
  totalMinor: number,
  asked: string | undefined,
): Pick<Booking, "guest" | "hold"> & Partial<Pick<Booking, "state">> {
  if (!guest) return {};
  if (asked || totalMinor === 0) return { guest };
  return { guest, state: "tentative", hold: { until: holdUntil(slot, scope.now, holdMinutes) } };
}

/** How calendars go on knowing a booking that takes the place of another. */
function calendarAfter({ id, calendar }: Booking): Pick<Booking, "calendar"> {
  return { calendar: { uid: calendar?.uid ?? id, sequence: (calendar?.sequence ?? 0) + 1 } };
}
