import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { planTransfers } from "@yihao/ledger/store";
import { creditBook, roomMinutesUnit } from "@yihao/members/credits";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Key } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { decideCancellation, decideCheckIn } from "./cancellation.ts";
import { onDays } from "./grains.ts";
import type { Booking, BookingCancelled } from "./model.ts";
import { allowanceMonth } from "./price.ts";
import type { BookingRefusals } from "./quote-actions.ts";
import { bookingKey, bookingOf, sheetKey, sheetOf, writeSheet } from "./store.ts";

type Changed = Promise<Outcome<Stored<Booking>, BookingRefusals>>;

/** A booking by id; one of another company is refused as `missing`. */
export async function seeBooking(scope: Scope, id: string): Changed {
  const booking = await bookingOf(scope, id);
  const own = ownCompany(scope);
  return booking && (own === undefined || own === booking.company) ? accept(booking) : refuse("missing");
}

/** The sheets that a booking stands on. */
function sheetKeysOf(scope: Scope, booking: Booking): Key[] {
  const kept = { from: booking.from, until: plusMinutes(booking.until, booking.bufferMinutes) };
  return onDays(kept, booking.zone).map(({ day }) => sheetKey(scope, booking.site, day, booking.resource));
}

/**
 * Cancels a booking at the revision it was read: frees its time, gives its allowance back and says in its event what is not owed any
 * more. Refuses `missing`, `stale`, `booking.cancelled` and, after its start, `booking.started`.
 */
export async function cancelBooking(scope: Scope, id: string, rev: number): Changed {
  const seen = await seeBooking(scope, id);
  if (!seen.ok) return seen;
  const booking = seen.value;
  const decided = decideCancellation(booking, scope.now);
  if (!decided.ok) return decided;
  if (booking.rev !== rev) return refuse("stale", { current: booking.rev });
  const { resource, resourceName, kind, site, company, from, until, day, zone, price } = booking;
  const event: BookingCancelled = {
    booking: booking.id,
    resource,
    resourceName,
    kind,
    site,
    company,
    from,
    until,
    day,
    zone,
    ...decided.value,
  };
  const change: Write[] = [
    changeOf(scope, booking, { state: "cancelled", cancelledAt: scope.now }),
    happened(scope, "booking.cancelled", company, event),
    ...(price.allowanceMinutes > 0 ? allowanceWrites(scope, booking, "company") : []),
  ];
  const keys = sheetKeysOf(scope, booking);
  const answer: Stored<Booking> = { ...booking, state: "cancelled", cancelledAt: scope.now, rev: rev + 1 };
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const sheets = await Promise.all(keys.map((key) => sheetOf(scope, key, { consistent: true })));
    const frees = sheets.map(({ entries, rev: at }, index) =>
      writeSheet(
        keys[index] as Key,
        entries.filter((entry) => entry.booking !== booking.id),
        at,
        `sheet ${index}`,
      ),
    );
    const done = await commit(scope, [...frees, ...change], { answer });
    if (done.done) return accept(done.answer);
    if ("booking" in done.lost) return refuse("stale", { current: done.lost.booking?.rev });
    await new Promise((wait) => setTimeout(wait, Math.random() * Math.min(60, 3 * attempts)));
  }
  return refuse("busy");
}

/** Changes attributes of a booking that is still `booked` at its revision. An update, so that the item stays its command's witness. */
function changeOf(scope: Scope, booking: Stored<Booking>, set: Partial<Booking>): Write {
  return {
    do: "update",
    key: bookingKey(scope, booking.id),
    set,
    add: { rev: 1 },
    when: [
      ["rev", "=", booking.rev],
      ["state", "=", "booked"],
    ],
    tag: "booking",
  };
}

function allowanceWrites(scope: Scope, booking: Booking, to: "company" | "used"): Write[] {
  return planTransfers(scope, [
    {
      do: "move",
      book: creditBook(booking.company),
      unit: roomMinutesUnit(allowanceMonth(booking)),
      from: "booked",
      to,
      amount: booking.price.allowanceMinutes,
      document: booking.id,
    },
  ]).writes;
}

/** Checks somebody in (签到). A second time changes nothing. Refuses `missing`, `booking.cancelled`, `booking.early` and `booking.over`. */
export async function checkIn(scope: Scope, id: string): Changed {
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const seen = await seeBooking(scope, id);
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

/** Turns the allowance of a booking that has started from booked into used, once; a cancelled one is left alone. */
export async function useAllowance(scope: Scope, id: string): Promise<void> {
  for (;;) {
    const booking = await bookingOf(scope, id);
    if (booking?.state !== "booked" || booking.allowanceUsed || booking.price.allowanceMinutes === 0) return;
    const writes = [changeOf(scope, booking, { allowanceUsed: true }), ...allowanceWrites(scope, booking, "used")];
    if ((await commit(scope, writes, { answer: null })).done) return;
  }
}
