import type { Span } from "@yihao/kernel/span";
import ical, { ICalEventBusyStatus, ICalEventStatus } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { zoneText } from "./feed-zone.ts";

/** A booking as the index of its resource and of its person holds it; names are short because a thousand are read at once. */
export type FeedRow = {
  readonly from: string;
  readonly id: string;
  readonly until: string;
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly company: string;
  readonly companyName: string;
  readonly person: string;
  readonly personName: string;
  readonly madeAt: string;
  readonly off: boolean;
  /** A request that nobody has approved yet. */
  readonly tentative?: boolean;
  /** It is a guest's, whose name stands nowhere in public. */
  readonly guest?: boolean;
  readonly rev: number;
};

/** Who reads a feed: staff see names, a company its own bookings and the others' time as busy. */
export type FeedReader = { readonly staff: true } | { readonly company: string };
export type FeedOf = { readonly title: string; readonly english: boolean; readonly own: boolean };

type Shown = { readonly summary: string; readonly note?: string; readonly busy: boolean };

/** What the reader of a feed may know of a booking. */
function shownOf(row: FeedRow, reader: FeedReader, of: FeedOf): Shown {
  const place = row.name === row.code ? row.code : `${row.code} ${row.name}`;
  if (of.own) return { summary: place, busy: false };
  if ("staff" in reader) return { summary: `${row.companyName} · ${row.personName}`, note: place, busy: false };
  if (row.company === reader.company) return { summary: row.personName, note: place, busy: false };
  return { summary: of.english ? "Busy" : "忙碌", busy: true };
}

/**
 * A feed as iCalendar text (RFC 5545): its bookings in local times of their zones, cancelled ones left out. The same bookings give the same bytes. `uid`
 * turns a booking's id into what tells events apart; of others' bookings it must not give the id away.
 */
export function feedText(
  rows: readonly FeedRow[],
  reader: FeedReader,
  of: FeedOf,
  span: Span,
  uid: (row: FeedRow, busy: boolean) => string,
): string {
  const zones = new Map<string, string>();
  const zoned = (zone: string) => {
    const known = zones.get(zone) ?? zoneText(zone, span);
    zones.set(zone, known);
    return known;
  };
  const calendar = ical({
    name: of.title,
    prodId: { company: "Yihao", product: "Bookings", language: of.english ? "EN" : "ZH" },
    timezone: { name: null, generator: zoned },
    ttl: 3600,
  });
  for (const row of rows) {
    if (row.off) continue;
    const { summary, note, busy } = shownOf(row, reader, of);
    calendar.createEvent({
      id: uid(row, busy),
      start: Temporal.Instant.from(row.from).toZonedDateTimeISO(row.zone),
      end: Temporal.Instant.from(row.until).toZonedDateTimeISO(row.zone),
      timezone: row.zone,
      // The instant of a booking's making would tell something of it; that of its beginning is known anyway.
      stamp: new Date(busy ? row.from : row.madeAt),
      summary,
      ...(note ? { location: note } : {}),
      ...(row.tentative && !busy ? { status: ICalEventStatus.TENTATIVE } : {}),
      ...(busy ? { busystatus: ICalEventBusyStatus.BUSY } : {}),
    });
  }
  return calendar.toString();
}
