import type { Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { feedWrites } from "./feed-store.ts";
import type { Booking, BookingRow } from "./model.ts";
import { rowKeys, rowKind } from "./store.ts";

/** A booking as lists of a day or of a company show it. */
export function rowOf(booking: Booking): BookingRow {
  const { id, resource, code, resourceName, kind, by, site, zone, day, from, until } = booking;
  const { company, companyName, person, personName, state, checkedInAt, price } = booking;
  const { series, movedTo, cancellation, asked, answered, noShowMinutes, noShowAt } = booking;
  const { lines: _lines, taxMinor: _tax, ...paid } = price;
  return {
    ...{ id, resource, code, resourceName, kind, site, zone, day, from, until },
    ...{ company, companyName, person, personName, state, ...paid, madeAt: booking.at },
    ...(by ? { by } : {}),
    ...(checkedInAt ? { checkedInAt } : {}),
    ...(series ? { series } : {}),
    ...(movedTo ? { movedTo } : {}),
    ...(cancellation ? { cancellation } : {}),
    ...(asked ? { asked } : {}),
    ...(answered ? { answered } : {}),
    ...(noShowMinutes ? { noShowMinutes } : {}),
    ...(noShowAt ? { noShowAt } : {}),
    ...(booking.packs ? { packs: booking.packs } : {}),
    ...(booking.guest ? { guest: true } : {}),
    ...(booking.hold ? { hold: booking.hold } : {}),
  };
}

/** The writes of all rows of a booking as it stands, 2 units each: of its day, its company, its resource and its person. All are lost together when any is newer. */
export function rowWrites(scope: Scope, booking: Stored<Booking>): Write[] {
  const row = rowOf(booking);
  const rows = rowKeys(scope, row).map((key): Write => {
    const when = [["rev", "absent-or", "<=", booking.rev]] as const;
    return { do: "put", key, kind: rowKind, data: row, rev: booking.rev, when };
  });
  return [...rows, ...feedWrites(scope, booking)];
}
