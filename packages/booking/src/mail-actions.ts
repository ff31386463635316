import { mailing } from "@yihao/identity/mail";
import { membershipOf } from "@yihao/identity/store";
import type { PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { mailingAll, senderOf } from "@yihao/members/post";
import { staffReaders } from "@yihao/members/staff-mail";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { overwrite } from "@yihao/table/write";
import { bookingLetter, type Told } from "./booking-letters.ts";
import { writeToGuest } from "./guest-letters.ts";
import type { Booking, BookingMailSettings } from "./model.ts";
import { personOf } from "./quote-actions.ts";
import { requestedLetter } from "./request-letters.ts";
import { seriesBookings } from "./series-actions.ts";
import type { SeriesTold } from "./series-model.ts";
import { seriesOf } from "./series-store.ts";
import { bookingOf } from "./store.ts";

/** What a person wants of letters about bookings in this space; who has not said gets them of what is for their own company, and none of what they book for others at the desk. */
export const mailsKind = kindOf<BookingMailSettings>("bokmail");
const mailsKey = (scope: Scope, person: PersonId) => keyIn(partition(scope, "bokmail", person));

/** Whether the caller gets a letter of every booking of theirs. */
export async function mailSettings(scope: Scope): Promise<BookingMailSettings> {
  const person = personOf(scope);
  const kept = person && (await get(scope, mailsKind, mailsKey(scope, person)));
  return { mails: kept ? kept.mails : scope.actor.kind === "company" };
}

/** Turns the caller's letters of bookings on or off in this space. */
export async function setMailSettings(scope: Scope, settings: BookingMailSettings): Promise<BookingMailSettings> {
  const person = personOf(scope);
  if (!person) return settings;
  const write = overwrite(mailsKey(scope, person), mailsKind, settings);
  const done = await commit(scope, [write], { answer: settings });
  return done.done ? done.answer : settings;
}

async function write(scope: Scope, told: Told, bookings: readonly Booking[]): Promise<void> {
  const [first, ...rest] = bookings;
  if (!first) return;
  const [member, settings, from] = await Promise.all([
    membershipOf(scope, first.person),
    get(scope, mailsKind, mailsKey(scope, first.person)),
    senderOf(scope),
  ]);
  const own = member?.companies.some(({ company }) => company === first.company) ?? false;
  if (!member || !(settings?.mails ?? own)) return;
  const link = `/s/${scope.space}/${own ? "my/bookings/list" : "bookings"}`;
  await commit(scope, [mailing(scope, bookingLetter(member, from, told, [first, ...rest], link))], { answer: null });
}

/**
 * Writes to whoever booked when a single booking was made, moved or cancelled: once, and not of what is over. Of bookings that were made, moved or ended together with their series the
 * series' own letter tells.
 */
export async function writeOfBooking(
  scope: Scope,
  { type, data }: { readonly type: string; readonly data: { readonly booking: string; readonly until: string } },
): Promise<void> {
  if (data.until <= scope.now) return;
  const booking = await bookingOf(scope, data.booking);
  if (!booking) return;
  if (booking.guest) {
    const made = type === "booking.made";
    // What was cancelled a moment after it was made has one letter, of its end.
    if (made !== (booking.state === "booked") || booking.noShowAt || booking.movedTo) return;
    if (made && booking.movedFrom) {
      const before = booking.guest.paidBy ? await bookingOf(scope, booking.movedFrom) : undefined;
      const less = before ? before.price.totalMinor - booking.price.totalMinor : 0;
      return writeToGuest(scope, "moved", booking, less > 0 ? less : undefined);
    }
    const back = booking.guest.paidBy ? booking.guest.refundMinor : undefined;
    return writeToGuest(scope, made ? "made" : "cancelled", booking, made ? undefined : back);
  }
  const made = type === "booking.made";
  if (made) {
    if (booking.withSeries || (booking.series && !booking.movedFrom)) return;
    // The answer to a request has told that it is booked.
    if (booking.answered?.as === "approved" && !booking.guest) return;
    // What was moved on or cancelled meanwhile has a letter of its own to come.
    await write(scope, booking.movedFrom ? "moved" : "made", [
      { ...booking, state: "booked", movedTo: undefined } as Booking,
    ]);
    return;
  }
  // Of one that nobody came to another letter tells.
  if (booking.movedTo || booking.noShowAt) return;
  const series = booking.series && (await seriesOf(scope, booking.series));
  if (series && series.endFrom !== undefined && series.endFrom <= booking.from) return;
  await write(scope, "cancelled", [booking]);
}

const toldOf: Readonly<Record<string, Told>> = {
  "series.booked": "made",
  "series.moved": "moved",
  "series.ended": "cancelled",
};

/** Writes to whoever booked one letter of all bookings of a series that were made, moved or ended together and are not over. */
export async function writeOfSeries(
  scope: Scope,
  { type, data }: { readonly type: string; readonly data: SeriesTold },
): Promise<void> {
  const series = await seriesOf(scope, data.series);
  const told = toldOf[type];
  if (series?.state !== "booked" || !told) return;
  const { from = "" } = data;
  const bookings = (await seriesBookings(scope, series)).filter(
    (one) =>
      one.until > scope.now &&
      one.from >= from &&
      (told === "cancelled" ? one.state === "cancelled" : one.state === "booked") &&
      (told !== "moved" || one.withSeries),
  );
  await write(scope, told, bookings);
}

/** Tells staff that a request waits for their answer, once; of a series its own event tells. */
export async function tellStaffOfRequest(scope: Scope, id: string): Promise<void> {
  const booking = await bookingOf(scope, id);
  if (booking && !booking.series) await tellStaff(scope, booking, 1);
}

/** Tells staff that a series waits for their answer. */
export async function tellStaffOfSeries(scope: Scope, id: SeriesTold["series"]): Promise<void> {
  const series = await seriesOf(scope, id);
  if (!series?.asked || series.answered) return;
  const [first] = await seriesBookings(scope, series);
  if (first) await tellStaff(scope, first, series.count);
}

async function tellStaff(scope: Scope, booking: Booking, count: number): Promise<void> {
  const until = booking.asked?.until;
  if (until === undefined || booking.answered || until <= scope.now) return;
  const from = await senderOf(scope);
  const readers = await staffReaders(scope, "requests", from.language);
  const said = { booking, count, until };
  const letters = readers.map(({ email, language }) =>
    requestedLetter(email, { ...from, zone: booking.zone, language }, said, `/s/${scope.space}/bookings`),
  );
  if (letters.length > 0) await commit(scope, mailingAll(scope, letters), { answer: null });
}
