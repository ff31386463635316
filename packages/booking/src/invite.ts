import type { Invite } from "@yihao/identity/mail";
import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { zoneText } from "./feed-zone.ts";

const dayMs = 86_400_000;

/** The iCalendar text of a letter's invite (RFC 5545, RFC 5546), with the zones that its entries are told in. `from` is the address that letters come from, `at` the instant at which it was written. */
export function inviteText({ method, organizer, attendee, entries }: Invite, from: string, at: string): string {
  const starts = entries.map((one) => one.from).toSorted();
  const ends = entries.map((one) => one.until).toSorted();
  const around = (instant: string | undefined, days: number) =>
    new Date(Date.parse(instant ?? at) + days * dayMs).toISOString();
  const span = { from: around(starts[0], -1), until: around(ends.at(-1), 1) };
  const calendar = ical({
    method: ICalCalendarMethod[method],
    prodId: { company: "Yihao", product: "Bookings" },
    timezone: { name: null, generator: (zone) => zoneText(zone, span) },
  });
  for (const { uid, sequence, from: start, until, zone, summary, place, cancelled } of entries)
    calendar.createEvent({
      ...{ id: uid, sequence, summary, location: place, timezone: zone, stamp: new Date(at) },
      start: Temporal.Instant.from(start).toZonedDateTimeISO(zone),
      end: Temporal.Instant.from(until).toZonedDateTimeISO(zone),
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: organizer, email: from },
      // Nobody is asked to answer: whoever booked is coming.
      ...(method === "PUBLISH"
        ? {}
        : { attendees: [{ ...attendee, status: ICalAttendeeStatus.ACCEPTED, rsvp: false }] }),
    });
  return calendar.toString();
}
