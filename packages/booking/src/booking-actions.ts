import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { allowanceLeft, creditBook, roomMinutesUnit } from "@yihao/members/credits";
import type { Priced } from "@yihao/pricing/model";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { check, insert, type Write } from "@yihao/table/write";
import { clash, type Entry } from "./grains.ts";
import type { Booking, BookingMade, NewBooking } from "./model.ts";
import { allowanceMonth, priceSlot } from "./price.ts";
import { type Basis, type BookingRefusals, basisOf, mayUseAllowance, quoteFor, taken } from "./quote-actions.ts";
import {
  asMade,
  bookingIdFor,
  bookingKey,
  bookingKind,
  lostSheet,
  madeBefore,
  resourceKey,
  type Sheet,
  sheetKey,
  sheetOf,
  writeSheet,
} from "./store.ts";

/** Who books, by name: names are not looked up again when lists are read. */
export type Booker = { readonly person: PersonId; readonly name: string };
type Made = Outcome<Stored<Booking>, BookingRefusals>;

const triesMost = 25;

/**
 * Books a slot at the price that was shown. 6 write units within a day, + 4 when an allowance pays, + 2 for a lettable resource or a
 * further day. Refuses what the rule refuses, `price-changed` with the new quote when the price shown is not the price now, and
 * `booking.taken` with alternatives. The same command again gets its booking as it was made.
 */
export async function makeBooking(scope: Scope, booker: Booker, wish: NewBooking): Promise<Made> {
  const outcome = await attempt(scope, booker, wish);
  if (outcome.ok) return outcome;
  const before = await madeBefore(scope);
  return before ? accept(before) : outcome;
}

async function attempt(scope: Scope, booker: Booker, wish: NewBooking): Promise<Made> {
  const loaded = await basisOf(scope, wish);
  if (!loaded.ok) return loaded;
  const basis = loaded.value;
  const priced = await priceIfAsShown(scope, basis, wish);
  if (!priced) return refuse("price-changed", { quote: await quoteFor(scope, basis) });
  const keys = basis.parts.map(({ day }) => sheetKey(scope, basis.resource.site, day, basis.resource.id));
  let sheets = await Promise.all(keys.map((key) => sheetOf(scope, key, { consistent: false })));
  const booking = bookingOn(scope, booker, basis, priced);
  const transfer =
    priced.allowanceMinutes > 0
      ? planTransfers(scope, [
          {
            do: "move",
            book: creditBook(booking.company),
            unit: roomMinutesUnit(allowanceMonth(booking)),
            from: "company",
            to: "booked",
            amount: priced.allowanceMinutes,
            document: booking.id,
          },
        ])
      : undefined;
  const fixed = fixedWrites(scope, basis, booking);
  for (let attempts = 1; attempts <= triesMost; attempts += 1) {
    const other = firstClash(basis, sheets, booking.id);
    if (other) return taken(scope, basis, other);
    const sheetWrites = basis.parts.map(({ from, until }, index): Write => {
      const { entries, rev } = sheets[index] as Sheet;
      const mine: Entry = { from, until, booking: booking.id };
      return writeSheet(keys[index] as (typeof keys)[number], [...entries, mine], rev, `sheet ${index}`);
    });
    const done = await commit(scope, [...sheetWrites, ...fixed, ...(transfer?.writes ?? [])], {
      answer: { ...booking, rev: 1 },
      witness: { tag: "booking", revive: asMade },
    });
    if (done.done) return accept(done.answer);
    if (transfer && transfer.shortages(done.lost).length > 0)
      return refuse("price-changed", { quote: await quoteFor(scope, basis) });
    if ("resource" in done.lost) return attempt(scope, booker, wish);
    sheets = sheets.map((sheet, index) => {
      const lost = done.lost[`sheet ${index}`];
      return lost === undefined ? sheet : lostSheet(lost);
    });
    if (!firstClash(basis, sheets, booking.id)) await jitter(attempts);
  }
  return refuse("busy");
}

const jitter = (attempts: number) =>
  new Promise((done) => setTimeout(done, Math.random() * Math.min(60, 3 * attempts)));

/** Whoever has time of the slot, but not this booking itself: then the command was committed, and its witness will say so. */
function firstClash(basis: Basis, sheets: readonly Sheet[], own: string): Entry | undefined {
  for (const [index, part] of basis.parts.entries()) {
    const entries = (sheets[index]?.entries ?? []).filter((entry) => entry.booking !== own);
    const other = clash(entries, part);
    if (other) return other;
  }
  return undefined;
}

/**
 * The price, when it is the one that was shown. That allowance suffices is proved by the commit; only a price that is partly or wholly
 * money although the plan has room minutes needs to know what is left of them.
 */
async function priceIfAsShown(scope: Scope, basis: Basis, wish: NewBooking): Promise<Priced | undefined> {
  const shown = wish.expectAllowanceMinutes ?? 0;
  let left = mayUseAllowance(basis) ? shown : 0;
  let priced = priceSlot(basis.card, basis.resource, basis.slot, left);
  if (priced.totalMinor > 0 && mayUseAllowance(basis)) {
    left = await allowanceLeft(scope, basis.company.id, allowanceMonth(basis.slot));
    priced = priceSlot(basis.card, basis.resource, basis.slot, left);
  }
  return priced.totalMinor === wish.expectMinor && priced.allowanceMinutes === shown ? priced : undefined;
}

function bookingOn(scope: Scope, booker: Booker, { resource, company, slot }: Basis, price: Priced): Booking {
  const { from, until, day } = slot;
  const { site, kind, code, name, bufferMinutes, calendar } = resource;
  return {
    id: bookingIdFor(scope),
    resource: resource.id,
    code,
    resourceName: name,
    kind,
    site,
    zone: calendar.zone,
    day,
    from,
    until,
    bufferMinutes,
    company: company.id,
    companyName: company.name,
    person: booker.person,
    personName: booker.name,
    state: "booked",
    price,
    at: scope.now,
  };
}

function fixedWrites(scope: Scope, { resource }: Basis, booking: Booking): Write[] {
  const { site, kind, company, person, from, until, day, zone, price } = booking;
  const made: BookingMade = {
    booking: booking.id,
    resource: resource.id,
    resourceName: booking.resourceName,
    kind,
    site,
    company,
    person,
    from,
    until,
    day,
    zone,
    quote: price,
  };
  return [
    insert(bookingKey(scope, booking.id), bookingKind, booking, "booking"),
    happened(scope, "booking.made", company, made),
    ...(resource.lettable ? [check(resourceKey(scope, resource.id), [["rev", "=", resource.rev]], "resource")] : []),
  ];
}
