import type { CalendarEntry, Invite, Letter } from "@yihao/identity/mail";
import { timeOf } from "@yihao/kernel/days";
import { daySaid, type From, letter } from "@yihao/members/letters";
import { type Booking, bookedBy } from "./model.ts";

/** What a letter tells of bookings. */
export type Told = "made" | "moved" | "cancelled";
type Place = Pick<Booking, "code" | "resourceName">;

export const placeOf = ({ code, resourceName }: Place) => (code === resourceName ? code : `${code} ${resourceName}`);

/** When a booking is, as letters say it, in the zone of its site. */
export function whenOf(booking: Booking, { language }: From): string {
  const day = daySaid(booking.day, language);
  if (bookedBy(booking) === "day") return language === "en" ? `${day}, whole day` : `${day} 全天`;
  return `${day} ${timeOf(booking.from, booking.zone)}–${timeOf(booking.until, booking.zone)}`;
}

/** A booking as an entry of a calendar: it keeps its uid when it is moved, and whatever is told later of it has a greater sequence. */
export function entryOf(booking: Booking, space: string): CalendarEntry {
  const { from, until, zone, calendar, state } = booking;
  const cancelled = state === "cancelled" && !booking.movedTo;
  return {
    uid: `${calendar?.uid ?? booking.id}@yihao`,
    sequence: (calendar?.sequence ?? 0) + (cancelled ? 1 : 0),
    ...{ from, until, zone, summary: `${placeOf(booking)} · ${space}`, place: `${placeOf(booking)}, ${space}` },
    ...(cancelled ? { cancelled } : {}),
  };
}

const said = {
  "zh-CN": {
    made: (place: string, when: string) => `已预订 ${place}，${when}`,
    moved: (place: string, when: string) => `预订改到 ${place}，${when}`,
    cancelled: (place: string, when: string) => `已取消 ${place}，${when}`,
    many: {
      made: (n: number, place: string) => `已预订 ${place}，共 ${n} 次`,
      moved: (n: number, place: string) => `${n} 次预订已改期，${place}`,
      cancelled: (n: number, place: string) => `已取消 ${n} 次预订，${place}`,
    },
    company: (name: string) => `预订方：${name}`,
    calendar: "附件可以放进日历。",
    more: (n: number) => `还有 ${n} 次，都在附件里。`,
    off: "不想收这些信，在“我们的预订”的订阅日历里关掉。",
    open: "看预订",
  },
  en: {
    made: (place: string, when: string) => `Booked: ${place}, ${when}`,
    moved: (place: string, when: string) => `Moved to ${place}, ${when}`,
    cancelled: (place: string, when: string) => `Cancelled: ${place}, ${when}`,
    many: {
      made: (n: number, place: string) => `Booked: ${place}, ${n} times`,
      moved: (n: number, place: string) => `${n} bookings moved, ${place}`,
      cancelled: (n: number, place: string) => `${n} bookings cancelled, ${place}`,
    },
    company: (name: string) => `For ${name}`,
    calendar: "The attachment goes into your calendar.",
    more: (n: number) => `And ${n} more, all in the attachment.`,
    off: "To stop these mails, turn them off under Subscribe in your bookings.",
    open: "Open bookings",
  },
} as const;

/** How many bookings a letter lists one by one. */
const listedMost = 12;

/** Tells whoever booked what became of one or more bookings of a kind, with entries for their calendar. One alone is a REQUEST or CANCEL; of several, which have uids of their own, a PUBLISH. */
export function bookingLetter(
  to: { readonly email: string; readonly name: string },
  from: From,
  told: Told,
  bookings: readonly [Booking, ...Booking[]],
  link: string,
): Letter {
  const [first] = bookings;
  const t = said[from.language];
  const place = placeOf(first);
  const many = bookings.length > 1;
  const subject = many ? t.many[told](bookings.length, place) : t[told](place, whenOf(first, from));
  const listed = many ? bookings.slice(0, listedMost).map((one) => `${placeOf(one)} ${whenOf(one, from)}`) : [];
  const more = bookings.length - listed.length;
  const lines = [
    ...listed,
    ...(many && more > 0 ? [t.more(more)] : []),
    t.company(first.companyName),
    t.calendar,
    t.off,
  ];
  return {
    ...letter(to.email, from, { subject, lines, action: t.open }, link),
    invite: inviteOf(to, from, told, bookings),
  };
}

/** What a letter of some bookings puts into its reader's calendar. */
export function inviteOf(
  { email, name }: { readonly email: string; readonly name: string },
  from: From,
  told: Told,
  bookings: readonly Booking[],
): Invite {
  const method = bookings.length > 1 ? "PUBLISH" : told === "cancelled" ? "CANCEL" : "REQUEST";
  return {
    ...{ method, organizer: from.space, attendee: { name, email } },
    entries: bookings.map((one) => entryOf(one, from.space)),
  };
}
