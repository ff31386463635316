import type { Scope } from "@yihao/kernel/scope";
import type { Key } from "@yihao/table/key";
import { decode } from "@yihao/table/kind";
import { getMany, type Raw } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { keptOf } from "./decide.ts";
import { clash, type Entry, onDays, pack, unpack } from "./grains.ts";
import type { Booking, BookingId, Resource } from "./model.ts";
import { type Sheet, sheetKey, sheetKind } from "./store.ts";

/** Sheets as they were read, by `nameOf` their key. */
export type Sheets = ReadonlyMap<string, Sheet>;
/** What a commit changes of one sheet. */
export type Change = { readonly key: Key; readonly put: Entry[]; readonly drop: Set<BookingId> };

const blank: Sheet = { rev: 0, entries: [] };
const nameOf = ({ pk, sk }: Key) => `${pk} ${sk}`;
const tagOf = (key: Key) => `sheet ${nameOf(key)}`;

type Placed = Pick<Booking, "id" | "site" | "resource" | "zone" | "from" | "until" | "bufferMinutes"> &
  Pick<Booking, "bufferBeforeMinutes">;
/** Where a booking stands: its stretch on every sheet that it touches. */
export function placesOf(scope: Scope, booking: Placed): { key: Key; entry: Entry }[] {
  return onDays(keptOf(booking, booking), booking.zone).map(({ day, from, until }) => ({
    key: sheetKey(scope, booking.site, day, booking.resource),
    entry: { from, until, booking: booking.id },
  }));
}

/** What putting some bookings on their sheets and taking others off changes, each sheet once. */
export function changesOf(scope: Scope, put: readonly Placed[], drop: readonly Placed[] = []): Change[] {
  const changes = new Map<string, Change>();
  const at = (key: Key): Change => {
    const change = changes.get(nameOf(key)) ?? { key, put: [], drop: new Set<BookingId>() };
    changes.set(nameOf(key), change);
    return change;
  };
  for (const booking of drop) for (const { key } of placesOf(scope, booking)) at(key).drop.add(booking.id);
  for (const booking of put) for (const { key, entry } of placesOf(scope, booking)) at(key).put.push(entry);
  return [...changes.values()];
}

/** Reads sheets, half a unit each unless consistent. */
export async function readSheets(
  scope: Scope,
  keys: readonly Key[],
  options: { consistent?: boolean },
): Promise<Map<string, Sheet>> {
  const found = await getMany(scope, sheetKind, keys, options);
  return new Map(
    keys.map((key, index) => {
      const one = found[index];
      return [nameOf(key), one ? { rev: one.rev, entries: unpack(one.s) } : blank];
    }),
  );
}

/** A sheet of those read. */
export function sheetAt(sheets: Sheets, key: Key): Sheet {
  return sheets.get(nameOf(key)) ?? blank;
}

/** The writes of changed sheets under the revisions they were read at, 2 units each. */
export function sheetWrites(sheets: Sheets, changes: readonly Change[]): Write[] {
  return changes.map(({ key, put, drop }) => {
    const { entries, rev } = sheetAt(sheets, key);
    const own = new Set(put.map(({ booking }) => booking));
    const kept = entries.filter(({ booking }) => !drop.has(booking) && !own.has(booking));
    const data = { s: pack([...kept, ...put]) };
    return rev === 0 ? insert(key, sheetKind, data, tagOf(key)) : replace(key, sheetKind, data, rev, tagOf(key));
  });
}

/** The sheets as a lost commit shows them, the others as they were. */
export function lostSheets(
  sheets: Sheets,
  changes: readonly Change[],
  lost: Readonly<Record<string, Raw | null>>,
): Map<string, Sheet> {
  const next = new Map(sheets);
  for (const { key } of changes) {
    const raw = lost[tagOf(key)];
    if (raw === undefined) continue;
    const found = raw && decode(sheetKind, raw);
    next.set(nameOf(key), found ? { rev: found.rev, entries: unpack(found.s) } : blank);
  }
  return next;
}

/**
 * Whoever has time that is to be put on a sheet. What is itself put or dropped is not in its own way: then the command was committed before, and its witness will say so.
 */
export function clashOn(
  sheets: Sheets,
  changes: readonly Change[],
  { units }: Pick<Resource, "units">,
): Entry | undefined {
  for (const { key, put, drop } of changes) {
    const own = new Set(put.map(({ booking }) => booking));
    const standing = sheetAt(sheets, key).entries.filter(({ booking }) => !drop.has(booking) && !own.has(booking));
    for (const entry of put) {
      const other = clash(standing, entry, units);
      if (other) return other;
      standing.push(entry);
    }
  }
  return undefined;
}
