/**
 * Items of booking. Every key begins with the space.
 *
 * | item               | key                                   | written by                     | units | size       |
 * |--------------------|---------------------------------------|--------------------------------|-------|------------|
 * | site (场地)         | `site`, `<site>`                      | add, change                    | 2     | 0.5 kB     |
 * | floor (楼层)        | `flr`, `<floor>`                      | add, change                    | 2–4   | 0.1–1.5 kB |
 * | resource           | `res`, `<resource>`                   | add, change; a site's or a floor's change; let | 2–6 | 0.7–3 kB |
 * | code               | `uniq#…` (code within the site)       | with its resource              | 2     | 0.2 kB     |
 * | day sheet          | `day#<site>#<day>`, `<resource>`      | book, cancel, under `rev`      | 2 a day | 77 B + 18 B a booking |
 * | booking            | `bok#<booking>`, `-`                  | book (witness of its command), cancel, check in, start | 2 | 0.7 kB |
 * | series (系列)       | `ser#<series>`, `-`                   | book a series: claim, each chunk of it, flip, settle; cancel following | 2 each | 0.9 kB |
 * | its occurrences    | `ser#<series>`, `all`                 | book a series, once            | 2 a kB | 28 B an occurrence |
 * | quota's counter    | `quota#<person or company>`, `<resource or site-kind>#<period>` | book, cancel | 2 | 0.15 kB |
 * | quota's list       | `quota#<person or company>`, `<resource or site-kind>#ahead` | book, cancel, under `rev` | 2–6 | 0.1 kB + 60 B a booking |
 * | training record    | `trn#<resource>`, `<person>`          | grant, revoke; booking checks it | 2   | 0.2 kB     |
 * | its copy           | `trnof#<person>`, `<resource>`        | the same commits               | 2     | 0.2 kB     |
 * | request that waits | `asked`, `<answered until>#<booking or series>` | request, its answer; see request-store | 2 each | 0.5 kB |
 * | wait (候补), its copy | `wait#<resource>`, `<at>#<wait>`; `waits`, `<company>#<from>#<wait>` | join, its end; see wait-store | 2 each | 0.6 kB |
 * | event              | `log#<company>`, `<at>#<event>`       | book, cancel, check in         | 2     | 0.7 kB     |
 * | letters off        | `bokmail#<person>`, `-`               | the person                     | 2     | 0.1 kB     |
 * | row of a day       | `agenda#<site>#<day>`, `<from>#<booking>` | reaction                   | 2     | 0.5 kB     |
 * | row of a company   | `own#<company>`, `<from>#<booking>`   | reaction                       | 2     | 0.5 kB     |
 * | row of a resource, of a person | `fed#<resource or person>`, `<from>#<booking>` | reaction      | 2 each | 0.25 kB   |
 *
 * Items of feeds, displays, visitors and plans stand in feed-store, display-store, visitor-store and plan-store.
 *
 * Booking one resource within one day: sheet + booking + event = 6 write units; + 4 for each source of credits that pays, the month's allowance or a pack (balance, transfer); + 2 for
 * each further day it touches; + 2 when the resource is lettable (its revision is checked), when a training record is needed (it is checked) and for each quota it counts in. Reads: resource, rate card, company and
 * sheet, eventually consistent, half a unit each = 2. That is safe because the sheet is written under its revision and the allowance under its balance;
 * + half a unit for a training record and for each quota of bookings ahead, whose list is read;
 * + 1 when a company with an allowance in its plan pays money too, to prove that it is used up; + two queries (2) when it has packs of that kind of credit, which the company
 * itself remembers.
 * Moving a booking: the same for the new place, and 4 (the old booking, its event), + 2 when it stood on another sheet.
 * A request (where staff approve first) writes 4 more, its list's row and its timer; approving it 12 (booking, event, list, letter with its calendar entry 4), declining it as cancelling and 4.
 * A series of n: 6n as n bookings, + 12 and its occurrences' item, + 2 for each commit of claims; reads a unit a day. Over one commit's size its day sheets are claimed in the order
 * of time, chunk by chunk: what stands on a sheet and has no booking yet is the claim of the series whose letters it begins with. Then one commit makes the series booked, and its
 * bookings are written from it; only then are they anybody's to see. Who loses gives back what it claimed, and a timer sweeps who cannot. 366 days claim in 4 commits.
 * A sheet is never deleted, also when it is empty: a revision must not come twice.
 * A pool is one resource, so one sheet: 50 bookings of a day make it 1 kB. A quota's counter counts from when the quota is set.
 * 100 sheets of 4 bookings are under 16 kB: one query of 2 units. Rows follow the stream; all else is at once.
 */
import type { Day } from "@yihao/kernel/days";
import { Refused } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll, queryRaw, type Range } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Sheets } from "./alternatives.ts";
import { bookingLetters, type Entry, pack, unpack } from "./grains.ts";
import type { Booking, BookingId, BookingRow, Floor, FloorId, Resource, ResourceId, Site, SiteId } from "./model.ts";

export const siteKind = kindOf<Site>("site");
export const floorKind = kindOf<Floor>("flr");
export const resourceKind = kindOf<Resource>("res");
/** A day sheet; its one attribute is `pack`ed entries, and its names are short because a hundred are read at once. */
export const sheetKind = kindOf<{ s: string }>("d");
export const bookingKind = kindOf<Booking>("bok");
export const rowKind = kindOf<BookingRow>("row");

export const siteKey = (scope: AnyScope, site: string) => keyIn(partition(scope, "site"), site);
export const floorKey = (scope: AnyScope, floor: string) => keyIn(partition(scope, "flr"), floor);
export const resourceKey = (scope: AnyScope, resource: string) => keyIn(partition(scope, "res"), resource);
export const sheetKey = (scope: AnyScope, site: string, day: Day, resource: string) =>
  keyIn(partition(scope, "day", site, day), resource);
export const bookingKey = (scope: AnyScope, booking: string) => keyIn(partition(scope, "bok", booking));
const agendaPartition = (scope: AnyScope, site: string, day: Day) => partition(scope, "agenda", site, day);
const ownPartition = (scope: AnyScope, company: string) => partition(scope, "own", company);
/** Where the two rows of a booking lie. */
export const rowKeys = (scope: AnyScope, row: Pick<BookingRow, "id" | "site" | "day" | "company" | "from">): Key[] => [
  keyIn(agendaPartition(scope, row.site, row.day), row.from, row.id),
  keyIn(ownPartition(scope, row.company), row.from, row.id),
];

export const siteIdFor = (scope: Scope): SiteId => idFor(scope, "sit").slice(0, 12) as SiteId;
export const floorIdFor = (scope: Scope): FloorId => idFor(scope, "flr").slice(0, 12) as FloorId;
export const resourceIdFor = (scope: Scope, code: string): ResourceId =>
  idFor(scope, "res", code).slice(0, 14) as ResourceId;
export const bookingIdFor = (scope: Scope): BookingId => idFor(scope, "bok").slice(0, 4 + bookingLetters) as BookingId;

type Consistency = { readonly consistent?: boolean };

/** A site by id. */
export const siteOf = (scope: Scope, id: string, options: Consistency = {}): Promise<Stored<Site> | undefined> =>
  get(scope, siteKind, siteKey(scope, id), options);
/** Every site of the space. There are few. */
export const sitesOf = (scope: Scope): Promise<Stored<Site>[]> =>
  queryAll(scope, siteKind, partition(scope, "site"), { consistent: true });
/** Every floor of the space. There are few. */
export const floorsOf = (scope: Scope): Promise<Stored<Floor>[]> =>
  queryAll(scope, floorKind, partition(scope, "flr"), { consistent: true });
/** A resource by id. */
export const resourceOf = (
  scope: Scope,
  id: string,
  options: Consistency = {},
): Promise<Stored<Resource> | undefined> => get(scope, resourceKind, resourceKey(scope, id), options);
/** A page of the space's resources, in no order that means anything. */
export const resourcePage = (scope: Scope, range: Range): Promise<Page<Stored<Resource>>> =>
  query(scope, resourceKind, partition(scope, "res"), range);
/** Every resource of a site, off ones too. */
export async function resourcesOf(scope: Scope, site: string, options: Consistency = {}): Promise<Stored<Resource>[]> {
  return (await queryAll(scope, resourceKind, partition(scope, "res"), options)).filter((one) => one.site === site);
}

/** A day sheet as it stands; `rev` 0 while there is none. */
export type Sheet = { readonly rev: number; readonly entries: readonly Entry[] };

/** A resource's sheet of a local day; half a unit unless consistent. */
export async function sheetOf(scope: Scope, key: Key, options: Consistency): Promise<Sheet> {
  const found = await get(scope, sheetKind, key, options);
  return found ? { rev: found.rev, entries: unpack(found.s) } : { rev: 0, entries: [] };
}

/** A resource's sheets of some local days, as they stand; a unit each. */
export async function sheetsOf(scope: Scope, resource: Resource, days: readonly Day[]): Promise<Sheet[]> {
  const keys = days.map((day) => sheetKey(scope, resource.site, day, resource.id));
  const found = await getMany(scope, sheetKind, keys, { consistent: true });
  return found.map((one) => (one ? { rev: one.rev, entries: unpack(one.s) } : { rev: 0, entries: [] }));
}

/** The sheet that a failed condition shows. */
export function lostSheet(raw: Record<string, unknown> | null): Sheet {
  if (!raw) return { rev: 0, entries: [] };
  const found = decode(sheetKind, raw);
  return { rev: found.rev, entries: unpack(found.s) };
}

/** The write of a sheet under the revision it was read at; lost under `tag` when somebody was faster. */
export function writeSheet(key: Key, entries: readonly Entry[], rev: number, tag: string): Write {
  return rev === 0
    ? insert(key, sheetKind, { s: pack(entries) }, tag)
    : replace(key, sheetKind, { s: pack(entries) }, rev, tag);
}

/** All sheets of a site's local day, in one query of 2 units for 100 resources with 4 bookings each. */
export async function daySheets(scope: Scope, site: string, day: Day, options: Consistency = {}): Promise<Sheets> {
  const page = await queryRaw(scope, partition(scope, "day", site, day), {
    limit: Number.POSITIVE_INFINITY,
    ...options,
  });
  return new Map(page.items.map((raw) => [String(raw.sk), unpack(decode(sheetKind, raw).s)]));
}

/** A booking by id, of whichever company. */
export const bookingOf = (scope: Scope, id: string, options: Consistency = {}): Promise<Stored<Booking> | undefined> =>
  get(scope, bookingKind, bookingKey(scope, id), options);

/** Bookings by id, in the order of the ids; a unit each. */
export const bookingsOf = (scope: Scope, ids: readonly string[]): Promise<(Stored<Booking> | undefined)[]> =>
  getMany(
    scope,
    bookingKind,
    ids.map((id) => bookingKey(scope, id)),
    { consistent: true },
  );

/** The booking that this very command made before, as it was then; another wish under its id is refused as `command.reused`. One unit. */
export async function madeBefore(scope: Scope): Promise<Stored<Booking> | undefined> {
  if (scope.command.id.startsWith("auto:")) return undefined;
  const { pk } = bookingKey(scope, bookingIdFor(scope));
  const raw = (await queryRaw(scope, pk, { limit: 1, consistent: true })).items[0];
  if (!raw) return undefined;
  if (raw.cmd !== scope.command.print) throw new Refused("command.reused");
  return asMade(raw);
}

/** A booking as it was when it was made, from the item as it is now. */
export function asMade(raw: Record<string, unknown>): Stored<Booking> {
  const {
    checkedInAt: _in,
    cancelledAt: _off,
    allowanceUsed: _used,
    movedTo: _to,
    ...later
  } = decode(bookingKind, raw);
  const { answered: _answered, ...rest } = later;
  return { ...rest, state: rest.asked || rest.hold ? "tentative" : "booked", rev: 1 };
}

/** The rows of a site's local day, in order of their start. */
export const agendaOf = (scope: Scope, site: string, day: Day): Promise<Stored<BookingRow>[]> =>
  queryAll(scope, rowKind, agendaPartition(scope, site, day));
/** A page of a company's rows, in order of their start; `from` and `until` are instants. */
export const rowsOf = (scope: Scope, company: string, range: Range): Promise<Page<Stored<BookingRow>>> =>
  query(scope, rowKind, ownPartition(scope, company), range);
