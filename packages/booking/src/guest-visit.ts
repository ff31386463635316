import { getSpace } from "@yihao/identity/store";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { millis, plusMinutes } from "@yihao/kernel/span";
import { eraseGuest } from "@yihao/members/guest-actions";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt, onDue } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { insert, type Write } from "@yihao/table/write";
import { changeOf } from "./booking-writes.ts";
import { decideCheckIn } from "./cancellation.ts";
import { doorSettingsOf } from "./display-store.ts";
import { guestDays } from "./hold.ts";
import type { Booking } from "./model.ts";
import { rowWrites } from "./rows.ts";
import { bookingOf, rowsOf } from "./store.ts";
import { decideUninvite } from "./visitor.ts";
import { eraseAt } from "./visitor-erase.ts";
import type { VisitorId } from "./visitor-model.ts";
import {
  changeVisitor,
  ownVisitorKey,
  ownVisitorKind,
  type StoredVisitor,
  visitorKey,
  visitorKind,
  visitorOf,
} from "./visitor-store.ts";

/** The visit of a guest's booking, by which reception knows them: always the same of the same booking. */
export const visitOfGuest = ({ id, day }: Pick<Booking, "id" | "day">): VisitorId =>
  `vis_${day.replaceAll("-", "")}${id.slice(4, 12)}`;

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

/**
 * What follows a guest's booking: once it is booked its guest is expected at reception on that day, or there already when it was sold at the desk, and the timer of erasing is set; once it is cancelled
 * nobody is expected any more. All of it from how the booking stands, so order and repetition do not matter.
 */
export async function followGuest(
  scope: Scope,
  { data }: { readonly data: { readonly booking: string } },
): Promise<void> {
  const booking = await bookingOf(scope, data.booking);
  if (!booking?.guest) return;
  const { guest, day, site, zone, from, resource, code, company, companyName, person, personName, id } = booking;
  const visit = visitOfGuest(booking);
  const before = await visitorOf(scope, visit);
  if (booking.state !== "booked") {
    if (before?.state !== "expected") return;
    const ended = decideUninvite(before);
    if (ended.ok) await commit(unsigned(scope), [changeVisitor(scope, before, ended.value)], { answer: null });
    return;
  }
  if (before) return;
  const settings = await doorSettingsOf(scope);
  const { email, phone, walkIn } = guest;
  const there = walkIn && millis(from) <= millis(scope.now) + 60_000;
  const visitor: StoredVisitor = {
    ...{
      id: visit,
      day,
      site,
      zone,
      at: there ? scope.now : from,
      resource,
      booking: id,
      place: code,
      company,
      companyName,
    },
    ...{ host: person, ofGuest: true, madeAt: scope.now },
    guest: { name: personName, ...(email ? { email } : {}), ...(phone ? { phone } : {}) },
    ...(there ? { walkIn, state: "here" as const, arrivedAt: scope.now } : { state: "expected" as const }),
  };
  const zoneOfSpace = (await getSpace(scope))?.zone ?? zone;
  const writes = [
    insert(visitorKey(scope, visitor), visitorKind, visitor, "visitor"),
    insert(ownVisitorKey(scope, company, visit), ownVisitorKind, { day, id: visit }),
    dueAt(scope, eraseAt(day, settings.visitorDays, zoneOfSpace), "booking.erase-visitors", day),
    ...(there ? checkInWrites(scope, booking) : []),
  ];
  await commit(unsigned(scope), writes, { answer: null });
}

function checkInWrites(scope: Scope, booking: Booking & { readonly rev: number }): Write[] {
  const { company, resource, site, id } = booking;
  const decided = decideCheckIn(booking, scope.now);
  if (!decided.ok || booking.checkedInAt) return [];
  const told = { booking: id, resource, site };
  return [changeOf(scope, booking, decided.value), happened(scope, "booking.checked-in", company, told)];
}

/** A guest who comes to reception is checked in to their booking with it, from half an hour before. */
export async function guestCheckIn(scope: Scope, visitor: Pick<StoredVisitor, "booking">): Promise<Write[]> {
  const booking = visitor.booking && (await bookingOf(scope, visitor.booking));
  return booking ? checkInWrites(scope, booking) : [];
}

/**
 * Erases who a guest's booking was for when its days are over, and the guest's record with it when no booking of theirs is younger. What was booked, when and at what price remains. The timer of
 * each guest's booking; safe to run again.
 */
async function eraseGuestBooking(scope: Scope, id: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const booking = await bookingOf(scope, id);
    if (!booking) return;
    if (booking.guest?.email || booking.guest?.phone || booking.personName !== "—") {
      const nameless = { personName: "—", companyName: "—" };
      const guest = {
        language: booking.guest?.language ?? "zh-CN",
        ...(booking.guest?.paidBy ? { paidBy: booking.guest.paidBy } : {}),
      };
      const after = { ...booking, ...nameless, guest, rev: booking.rev + 1 };
      const writes = [changeOf(scope, booking, { ...nameless, guest }), ...rowWrites(scope, after)];
      if (!(await commit(unsigned(scope), writes, { answer: null })).done) continue;
    }
    return eraseIdle(scope, booking.company);
  }
  throw new Error(`booking ${id} was not erased`);
}

/** Erases a guest's record when none of their bookings is younger than a guest's data are kept. */
async function eraseIdle(scope: Scope, company: string): Promise<void> {
  const since = plusMinutes(scope.now, -guestDays * 1440);
  const younger = await rowsOf(scope, company, { from: since, limit: 1 });
  if (younger.items.length === 0) await eraseGuest(scope, company as CompanyId);
}

/** The timer by which a record goes too whose guest came to no booking: one an hour. */
export const idleWrite = (scope: Scope, company: CompanyId): Write =>
  dueAt(
    scope,
    `${plusMinutes(scope.now, (guestDays + 1) * 1440).slice(0, 13)}:00:00.000Z`,
    "booking.guest-idle",
    company,
  );

/** Timers of guests' bookings. */
export const guestTimers: DueHandler[] = [
  onDue("booking.erase-guest", eraseGuestBooking),
  onDue("booking.guest-idle", eraseIdle),
];
