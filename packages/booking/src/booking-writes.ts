import type { PersonId } from "@yihao/kernel/ids";
import { refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import type { Company } from "@yihao/members/model";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import type { Raw } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import { noShowOf } from "./area.ts";
import type { Return } from "./cancellation.ts";
import { guestDays } from "./hold.ts";
import { mayBeLet } from "./lease.ts";
import type {
  Answered,
  Booking,
  BookingCancelled,
  BookingHeld,
  BookingMade,
  BookingRequested,
  GuestOfBooking,
  RequestEnded,
  Resource,
} from "./model.ts";
import { countName, type Use } from "./quota.ts";
import { overQuota } from "./quota-store.ts";
import type { BookingRefusals } from "./quote-actions.ts";
import { answeredWrite, requestOf, waitingWrites } from "./request-store.ts";
import type { Quota } from "./rules-model.ts";
import { bookingKey, bookingKind, resourceKey } from "./store.ts";
import { trainedWrite } from "./training-store.ts";

/** Who books, by name: names are not looked up again when lists are read. */
export type Booker = {
  readonly person: PersonId;
  readonly name: string;
  readonly guest?: GuestOfBooking | undefined;
  /** For how many minutes a guest's place is held for paying; as long as usual when left out. */
  readonly holdMinutes?: number;
};
/** What all bookings of one series have in common, and a single one has for itself. */
export type Common = Omit<Booking, "id" | "day" | "from" | "until" | "price" | "packs" | "counted">;

/** The part of a booking that hangs on who books what, not on when. */
export function commonOf(scope: Scope, booker: Booker, resource: Resource, company: Company): Common {
  const { site, kind, by, code, name, bufferMinutes, bufferBeforeMinutes, calendar, cancellation } = resource;
  const noShowMinutes = noShowOf(resource);
  return {
    ...{ resource: resource.id, code, resourceName: name, kind, site, zone: calendar.zone, bufferMinutes },
    ...(bufferBeforeMinutes ? { bufferBeforeMinutes } : {}),
    ...(by ? { by } : {}),
    ...(cancellation ? { cancellation } : {}),
    ...(noShowMinutes > 0 ? { noShowMinutes } : {}),
    ...{ company: company.id, companyName: company.name, person: booker.person, personName: booker.name },
    ...{ state: "booked", at: scope.now },
  };
}

/** How a booking remembers its quotas; nothing when there are none. */
export function countedOf(quotas: readonly Quota[]): Pick<Booking, "counted"> {
  return quotas.length > 0 ? { counted: [...new Set(quotas.map(countName))] } : {};
}

/** A request's state and time, or nothing for what is booked at once. */
export function askedOf(
  until: string | undefined,
  language: NonNullable<Booking["asked"]>["language"],
): Pick<Booking, "asked"> & Partial<Pick<Booking, "state">> {
  return until === undefined ? {} : { state: "tentative", asked: { until, ...(language ? { language } : {}) } };
}

/** The new booking with the event that tells of it; a request of its own stands among those that wait, with the timer of its end. */
export function madeWrites(scope: Scope, booking: Booking, tag = "booking"): Write[] {
  const { resource, resourceName, kind, site, company, person, from, until, day, zone, price } = booking;
  const made: BookingMade = {
    ...{ booking: booking.id, resource, resourceName, kind, site, company, person, from, until, day, zone },
    quote: price,
  };
  const erased = booking.guest
    ? [dueAt(scope, plusMinutes(until, guestDays * 1440), "booking.erase-guest", booking.id)]
    : [];
  if (booking.state === "tentative" && booking.hold) {
    const held: BookingHeld = { ...made, holdUntil: booking.hold.until };
    return [
      insert(bookingKey(scope, booking.id), bookingKind, booking, tag),
      happened(scope, "booking.held", company, held, { seed: booking.id }),
      dueAt(scope, booking.hold.until, "booking.hold-ends", booking.id),
      ...erased,
    ];
  }
  if (booking.state !== "tentative" || !booking.asked)
    return [
      insert(bookingKey(scope, booking.id), bookingKind, booking, tag),
      happened(scope, "booking.made", company, made, { seed: booking.id }),
      ...erased,
    ];
  const requested: BookingRequested = { ...made, askedUntil: booking.asked.until };
  return [
    insert(bookingKey(scope, booking.id), bookingKind, booking, tag),
    happened(scope, "booking.requested", company, requested, { seed: booking.id }),
    ...(booking.series ? [] : waitingWrites(scope, booking.id, requestOf(booking))),
    ...erased,
  ];
}

/** A booking whose guest has paid is a booking like any other from now on. */
export function paidWrites(scope: Scope, booking: Stored<Booking>, guest: GuestOfBooking): Write[] {
  const { resource, resourceName, kind, site, company, person, from, until, day, zone, price } = booking;
  const made: BookingMade = {
    ...{ booking: booking.id, resource, resourceName, kind, site, company, person, from, until, day, zone },
    quote: price,
  };
  // What was let go and is had again has not ended, and what staff had approved is approved still.
  const { asked, state, answered } = booking;
  const again = state === "cancelled";
  const approved: Answered | undefined = again && asked ? { as: "approved", at: scope.now } : undefined;
  const gone = again ? ["cancelledAt", ...(answered && !approved ? ["answered"] : [])] : [];
  return [
    {
      ...changeOf(scope, booking, { state: "booked", guest, ...(approved ? { answered: approved } : {}) }),
      ...(gone.length > 0 ? { remove: gone } : {}),
    } as Write,
    happened(scope, "booking.made", company, made, { seed: booking.id }),
  ];
}

/** A guest's request that staff have approved is held for paying until then. */
export function heldWrites(scope: Scope, booking: Stored<Booking>, answered: Answered, until: string): Write[] {
  const { resource, resourceName, kind, site, company, person, from, day, zone, price } = booking;
  const held: BookingHeld = {
    ...{
      booking: booking.id,
      resource,
      resourceName,
      kind,
      site,
      company,
      person,
      from,
      until: booking.until,
      day,
      zone,
    },
    ...{ quote: price, holdUntil: until },
  };
  return [
    changeOf(scope, booking, { answered, hold: { until } }),
    happened(scope, "booking.held", company, held, { seed: booking.id }),
    dueAt(scope, until, "booking.hold-ends", booking.id),
    ...(booking.asked ? [answeredWrite(scope, booking.asked.until, booking.id)] : []),
  ];
}

/** An approved request is a booking like any other from now on: the event that bills and lists hear. */
export function approvedWrites(scope: Scope, booking: Stored<Booking>, answered: Answered): Write[] {
  const { resource, resourceName, kind, site, company, person, from, until, day, zone, price } = booking;
  const made: BookingMade = {
    ...{ booking: booking.id, resource, resourceName, kind, site, company, person, from, until, day, zone },
    quote: price,
  };
  return [
    changeOf(scope, booking, { state: "booked", answered }),
    happened(scope, "booking.made", company, made, { seed: booking.id }),
    ...(booking.series || !booking.asked ? [] : [answeredWrite(scope, booking.asked.until, booking.id)]),
  ];
}

/** What proves that a booking may still be: that a lettable resource has not changed, and that a training record holds on the last day. */
export function guardWrites(
  scope: Scope,
  resource: Stored<Resource>,
  who: { readonly staff: boolean; readonly person: PersonId },
  lastDay: string,
): Write[] {
  return [
    ...(mayBeLet(resource) ? [check(resourceKey(scope, resource.id), [["rev", "=", resource.rev]], "resource")] : []),
    ...(resource.training && !who.staff ? [trainedWrite(scope, resource.id, who.person, lastDay)] : []),
  ];
}

/** Changes attributes of a booking that is still as it was at its revision. An update, so that the item stays its command's witness. */
export function changeOf(scope: Scope, booking: Stored<Booking>, set: Partial<Booking>): Write {
  return {
    do: "update",
    key: bookingKey(scope, booking.id),
    set,
    add: { rev: 1 },
    when: [
      ["rev", "=", booking.rev],
      ["state", "=", booking.state],
    ],
    tag: `booking ${booking.id}`,
  };
}

/** A booking's end with the event that tells what is not owed any more; that of a request tells how it ended, for nothing was owed. */
export function endedWrites(
  scope: Scope,
  booking: Stored<Booking>,
  back: Return,
  more: Pick<Booking, "movedTo" | "answered" | "noShowAt"> = {},
): Write[] {
  const { resource, resourceName, kind, site, company, from, until, day, zone } = booking;
  const about = { booking: booking.id, resource, resourceName, kind, site, company, from, until, day, zone };
  if (booking.state === "tentative" && (booking.asked || booking.hold)) {
    const answered: Answered = more.answered ?? { as: "withdrawn", at: scope.now, by: actorName(scope) };
    const { as, reason } = answered;
    const ended: RequestEnded = { ...about, as, ...(reason ? { reason } : {}) };
    return [
      changeOf(scope, booking, { state: "cancelled", cancelledAt: scope.now, answered }),
      happened(scope, "booking.request-ended", company, ended, { seed: booking.id }),
      ...(booking.series || !booking.asked ? [] : [answeredWrite(scope, booking.asked.until, booking.id)]),
    ];
  }
  const event: BookingCancelled = { ...about, ...back, ...(more.noShowAt ? { noShow: true } : {}) };
  return [
    changeOf(scope, booking, { state: "cancelled", cancelledAt: scope.now, ...more, ...refundOf(booking, back) }),
    happened(scope, "booking.cancelled", company, event, { seed: booking.id }),
  ];
}

/** A guest's booking remembers what of it is not owed any more: its page and letter tell so. */
const refundOf = ({ guest }: Booking, { refundMinor }: Return): Pick<Booking, "guest"> =>
  guest ? { guest: { ...guest, refundMinor } } : {};

/** The refusal of a commit that was lost for a quota or a training record, if it was. */
export function lostFor(
  resource: Resource,
  day: string,
  uses: readonly Use[],
  lost: Readonly<Record<string, Raw | null>>,
): ReturnType<typeof refuse<BookingRefusals>> | undefined {
  const over = overQuota(uses, lost);
  if (over) return refuse("booking.quota", { ...over, code: resource.code, name: resource.name });
  if (!("training" in lost)) return undefined;
  const until = lost.training?.until ?? null;
  return refuse("booking.training", { code: resource.code, name: resource.name, until, day });
}
