import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { sourcesFor } from "@yihao/members/credits";
import { quoteMinutes } from "@yihao/pricing/model";
import { sumLines } from "@yihao/pricing/price";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { insert } from "@yihao/table/write";
import { askedUntil } from "./approval.ts";
import { askedOf, type Booker, commonOf } from "./booking-writes.ts";
import type { Entry } from "./grains.ts";
import type { Booking } from "./model.ts";
import { isAsShown } from "./pay.ts";
import { creditsToPay } from "./pay-actions.ts";
import { creditKindOf, paidTogether } from "./price.ts";
import { countedIn, counterName } from "./quota.ts";
import { usedOf } from "./quota-store.ts";
import { type BookingRefusals, type Facts, factsOf, personOf } from "./quote-actions.ts";
import { driveSeries } from "./series-claim.ts";
import type { NewSeries, Series, SeriesQuote, SeriesView, SeriesWish } from "./series-model.ts";
import { type Decided, decideSeries, type Planned, planSeries, type Standing } from "./series-plan.ts";
import { claimExpiresMinutes } from "./series-steps.ts";
import {
  asBooking,
  occurrencesIn,
  occurrencesKey,
  occurrencesKind,
  packOccurrences,
  seriesIdFor,
  seriesKey,
  seriesKind,
  seriesOf,
} from "./series-store.ts";
import { readSheets, sheetAt } from "./sheets.ts";
import { bookingsOf, resourceOf, sheetKey } from "./store.ts";

type Seen = Promise<Outcome<SeriesView, BookingRefusals>>;
type Whole = Facts & { readonly quote: SeriesQuote; readonly planned: readonly Planned[] };
/** How often a series that lost a claim is planned anew: somebody else's claim may come to nothing. */
const againMost = 4;

/** Plans a series as it would be now, with everything read that it hangs on: a day's sheet is half a unit, and so is each counter of a quota. */
async function wholeOf(
  scope: Scope,
  wish: SeriesWish,
  options: { consistent?: boolean } = {},
): Promise<Outcome<Whole, BookingRefusals>> {
  const facts = await factsOf(scope, wish, options);
  if (!facts.ok) return facts;
  const { resource, company, card } = facts.value;
  const decided = decideSeries(facts.value, wish, personOf(scope) ?? "per_none", scope.now);
  if (!decided.ok) return decided;
  if (!card) return refuse("rate-card.missing");
  const standing = await standingOf(scope, facts.value, decided.value, options);
  const { planned, conflicts } = planSeries({ resource, card }, decided.value, standing);
  const { staff } = facts.value.booker;
  const starts = planned[0]?.slot.from ?? scope.now;
  const [asked] = planned.flatMap(
    ({ slot: { member } }) => askedUntil(resource, { staff, member }, starts, scope.now) ?? [],
  );
  const { totalMinor, taxMinor } = sumLines(planned.flatMap(({ price }) => price.lines));
  const quote: SeriesQuote = {
    ...{ resource: resource.id, company: company.id, zone: resource.calendar.zone },
    occurrences: planned.map(({ slot: { day, from, until }, price }) => {
      const { lines: _lines, taxMinor: _tax, ...paid } = price;
      return { day, from, until, ...paid };
    }),
    ...{ conflicts, totalMinor, taxMinor },
    ...paidTogether(planned.map(({ price }) => price)),
    until: plusMinutes(scope.now, quoteMinutes),
    ...(asked ? { approval: { until: asked } } : {}),
  };
  return accept({ ...facts.value, quote, planned });
}

async function standingOf(
  scope: Scope,
  { resource, company }: Facts,
  decided: readonly Decided[],
  { consistent = false }: { consistent?: boolean },
): Promise<Standing> {
  const possible = decided.flatMap((one) => ("slot" in one ? [one] : []));
  const days = [...new Set(possible.flatMap(({ parts }) => parts.map(({ day }) => day)))];
  const keys = days.map((day) => sheetKey(scope, resource.site, day, resource.id));
  const uses = [...new Map(possible.flatMap((one) => one.uses).map((use) => [counterName(use), use])).values()];
  const [sheets, used, credits] = await Promise.all([
    readSheets(scope, keys, { consistent }),
    uses.length > 0 ? usedOf(scope, uses) : [],
    creditsToPay(
      scope,
      { resource, company },
      possible.map(({ slot }) => slot.day),
    ),
  ]);
  const kind = creditKindOf(resource);
  return {
    sheets: new Map(
      days.map((day, index): [string, Entry[]] => [day, [...sheetAt(sheets, keys[index] as (typeof keys)[0]).entries]]),
    ),
    used: new Map(uses.map((use, index) => [counterName(use), used[index] ?? 0])),
    sources: (day, taken) =>
      kind ? sourcesFor(credits, kind, day, new Map([...taken].map(([unit, n]) => [unit, -n]))) : [],
  };
}

/**
 * Prices a series before it is booked, the whole of it: each occurrence that can be had with its price, and each that cannot with the refusal it alone would get. Writes nothing. Refuses what no occurrence could
 * change: `missing`, `booking.company`, `series.none`, `series.too-many`, `booking.by-day`, `rate-card.missing`.
 */
export async function quoteSeries(scope: Scope, wish: SeriesWish): Promise<Outcome<SeriesQuote, BookingRefusals>> {
  const whole = await wholeOf(scope, wish);
  return whole.ok ? accept(whole.value.quote) : whole;
}

/**
 * Books a series as it was shown (重复预订): all of it, or with `skip` all that can be had. Over one commit's size it is claimed in the order of time and then booked by one write of the series,
 * so that it is never half booked. Refuses `series.conflicts` with the series as it is now when there are conflicts that were not to be skipped or others than were shown, and `price-changed` with it when only the price
 * is another; then nothing is booked and nothing left. The same command again gets its first answer.
 */
export async function bookSeries(scope: Scope, booker: Booker, wish: NewSeries): Seen {
  const { conflicts, expectCount, language, repeat, resource, company, day, from, until, ...shown } = wish;
  const bare = { repeat, resource, company, day, from, until };
  const before = await seriesOf(scope, seriesIdFor(scope));
  if (before && before.print !== scope.command.print) throw new Refused("command.reused");
  if (before) return carryOn(scope, before);
  for (let again = 0; again <= againMost; again += 1) {
    const whole = await wholeOf(scope, bare, { consistent: again > 0 });
    if (!whole.ok) return whole;
    const { quote } = whole.value;
    const clashes = conflicts === "refuse" && quote.conflicts.length > 0;
    if (clashes || quote.occurrences.length !== expectCount) return refuse("series.conflicts", { quote });
    if (!isAsShown(quote, shown)) return refuse("price-changed", { quote });
    const made = await begin(scope, booker, bare, whole.value, language);
    if (made) return made;
    await giveWay(scope, again + 2);
  }
  return refuse("busy");
}

async function begin(
  scope: Scope,
  booker: Booker,
  wish: SeriesWish,
  whole: Whole,
  language: NewSeries["language"],
): Promise<Awaited<Seen> | undefined> {
  const { resource, company, booker: who, quote, planned } = whole;
  const { repeat, day, from, until } = wish;
  const { state: _state, ...common } = commonOf(scope, booker, resource, company);
  const { totalMinor } = quote;
  const { asked } = askedOf(quote.approval?.until, language);
  const series: Series = {
    ...common,
    ...{ id: seriesIdFor(scope), state: "claiming", claimed: 0, count: planned.length, repeat, day },
    ...(from && until ? { from, until } : {}),
    ...(asked ? { asked } : {}),
    skipped: quote.conflicts.map((one) => ({ day: one.day, code: one.code })),
    ...{ totalMinor, ...paidTogether([quote]), staff: who.staff, print: scope.command.print },
  };
  const writes = [
    insert(seriesKey(scope, series.id), seriesKind, series, "series"),
    insert(occurrencesKey(scope, series.id), occurrencesKind, packOccurrences(planned), "all"),
    dueAt(scope, plusMinutes(scope.now, claimExpiresMinutes), "series.expired", series.id),
  ];
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  const done = await commit(unsigned, writes, { answer: null });
  const begun = done.done ? { ...series, rev: 1 } : await seriesOf(scope, series.id);
  if (!begun) return undefined;
  const quotas = countedIn(resource, { staff: who.staff, plan: company.subscription?.plan });
  const driven = await driveSeries(scope, begun, resource, quotas);
  return driven.ok ? accept(await asBooked(scope, driven.value)) : undefined;
}

/** What this command began before: a booked series is shown as it was then, one that is still under way is brought to its end. */
async function carryOn(scope: Scope, before: Stored<Series>): Seen {
  if (before.state === "booked") return accept(await asBooked(scope, before));
  const facts = await factsOf(scope, before);
  if (!facts.ok) return facts;
  const { resource, company, booker } = facts.value;
  const quotas = countedIn(resource, { staff: booker.staff, plan: company.subscription?.plan });
  const driven = await driveSeries(scope, before, resource, quotas);
  return driven.ok ? accept(await asBooked(scope, driven.value)) : refuse("busy");
}

async function asBooked(scope: Scope, series: Stored<Series>): Promise<SeriesView> {
  const occurrences = await occurrencesIn(scope, series.id);
  const bookings = occurrences.map((one) => ({ ...asBooking(series, one), rev: 1 }));
  const { answered: _later, ...made } = series;
  return { ...made, bookings };
}

/** A company's series, or any to staff; one that is not booked yet is not there. */
export async function seriesSeen(scope: Scope, id: string): Promise<Outcome<Stored<Series>, BookingRefusals>> {
  const series = await seriesOf(scope, id);
  const own = ownCompany(scope);
  const visible = series?.state === "booked" && (own === undefined || own === series.company);
  return series && visible ? accept(series) : refuse("missing");
}

/** How often one booking may have been moved on from where it was: an end for a chain. */
const movesMost = 50;

/** The bookings of a series as they stand now, in order of time; in place of one that was moved the one that it became. */
export async function seriesBookings(scope: Scope, series: Series): Promise<Stored<Booking>[]> {
  const occurrences = await occurrencesIn(scope, series.id);
  const found = await bookingsOf(
    scope,
    occurrences.map(({ id }) => id),
  );
  // What is not written yet is booked all the same.
  let all = occurrences.map((one, index) => found[index] ?? { ...asBooking(series, one), rev: 1 });
  for (let moves = 0; moves < movesMost; moves += 1) {
    const moved = all.flatMap(({ movedTo }) => movedTo ?? []);
    if (moved.length === 0) break;
    const next = new Map((await bookingsOf(scope, moved)).flatMap((one) => (one ? [[one.id, one]] : [])));
    all = all.map((booking) => next.get(booking.movedTo ?? booking.id) ?? booking);
  }
  return all.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** A series with its bookings as they stand now; a unit each. `missing` for another company's. */
export async function seeSeries(scope: Scope, id: string): Seen {
  const seen = await seriesSeen(scope, id);
  if (!seen.ok) return seen;
  return accept({ ...seen.value, bookings: await seriesBookings(scope, seen.value) });
}

/** The resource of a series, for whoever changes it. */
export const resourceOfSeries = (scope: Scope, { resource }: Series) => resourceOf(scope, resource);
