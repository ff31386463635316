import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes, type Span } from "@yihao/kernel/span";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { FeedRow } from "./feed.ts";
import { feedReach, feedSpan } from "./feed-span.ts";
import { feedRows, feedWrites, filledKey, filledKind } from "./feed-store.ts";
import type { BookingRow } from "./model.ts";
import { agendaOf, bookingsOf, resourceOf, rowsOf, sitesOf } from "./store.ts";

/** `feeds.filling`, on the timeline of `feeds`: the days from `from` until `until` are still to be gone through. */
export type FeedFill = { readonly from: Day; readonly until: Day };

/** How many days one step goes through, and how many bookings one commit writes. */
const stepDays = 30;
const bookingsAtOnce = 40;

/** How long a filling is given before it is begun again: one that was given up half-way must not leave feeds slow for ever. */
const againMinutes = 30;

type Filled = { readonly at: string; readonly done?: boolean };
const runs = (filled: Filled | undefined, now: string) =>
  filled !== undefined && (filled.done === true || now < plusMinutes(filled.at, againMinutes));

/** The writes that have the missing rows of a space's feeds written, once: with the first feed or display. One read unit, and nothing to write later. */
export async function fillWrites(scope: Scope): Promise<Write[]> {
  return beginning(scope, await get(scope, filledKind, filledKey(scope)));
}

function beginning(scope: Scope, filled: Filled | undefined): Write[] {
  if (runs(filled, scope.now)) return [];
  const { from, until } = feedSpan(scope.now);
  const days: FeedFill = { from: dayOf(from, "UTC"), until: plusDays(dayOf(until, "UTC"), 1) };
  return [
    // Two first feeds at one time may both begin: what is written twice is the same.
    { do: "put", key: filledKey(scope), kind: filledKind, data: { at: scope.now } },
    happened(scope, "feeds.filling", "feeds", days),
  ];
}

/** Writes the feed rows of bookings that have none, some days of all sites, and goes on with the next days by an event of its own. Safe to run again. */
export async function fillFeeds(scope: Scope, { from, until }: FeedFill): Promise<void> {
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  const days = Array.from({ length: stepDays }, (_, index) => plusDays(from, index)).filter((day) => day < until);
  for (const { id } of await sitesOf(scope)) {
    const rows = await Promise.all(days.map((day) => agendaOf(scope, id, day)));
    const ids = rows.flat().map((row) => row.id);
    for (let start = 0; start < ids.length; start += bookingsAtOnce) {
      const found = (await bookingsOf(scope, ids.slice(start, start + bookingsAtOnce))).flatMap((one) => one ?? []);
      const write = (writes: readonly Write[]) => commit(unsigned, writes, { answer: null });
      const all = await write(found.flatMap((booking) => feedWrites(scope, booking)));
      // One of them has changed meanwhile and its rows are newer: the others one by one.
      if (!all.done) for (const booking of found) await write(feedWrites(scope, booking));
    }
  }
  const next = plusDays(from, stepDays);
  const after: Write =
    next < until
      ? happened(scope, "feeds.filling", "feeds", { from: next, until })
      : { do: "update", key: filledKey(scope), set: { done: true }, when: [["pk", "present"]] };
  await commit(scope, [after], { answer: null });
}

const shown = ({ resourceName, state, ...row }: Stored<BookingRow>): FeedRow => ({
  ...{ from: row.from, id: row.id, until: row.until, code: row.code, name: resourceName, zone: row.zone },
  ...{ company: row.company, companyName: row.companyName, person: row.person, personName: row.personName },
  ...{ madeAt: row.madeAt ?? row.from, off: state === "cancelled", tentative: state === "tentative", rev: row.rev },
});

/** A company's rows of a span, page by page. */
async function companyRows(scope: Scope, company: string, span: Span): Promise<Stored<BookingRow>[]> {
  const rows: Stored<BookingRow>[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await rowsOf(scope, company, { ...span, cursor, limit: 1000 });
    rows.push(...page.items);
    if (!page.next) return rows;
    cursor = page.next;
  }
}

/** The rows of all days of a span, of some sites, some days at a time. */
async function dayRows(scope: Scope, sites: readonly string[], span: Span): Promise<Stored<BookingRow>[]> {
  const rows: Stored<BookingRow>[] = [];
  // A site's local day may be a day off the day in UTC.
  const last = plusDays(dayOf(span.until, "UTC"), 1);
  for (let day = plusDays(dayOf(span.from, "UTC"), -1); day <= last; day = plusDays(day, stepDays)) {
    const days = Array.from({ length: stepDays }, (_, index) => plusDays(day, index)).filter((one) => one <= last);
    const found = await Promise.all(sites.flatMap((site) => days.map((one) => agendaOf(scope, site, one))));
    rows.push(...found.flat());
  }
  return rows;
}

/** Whose bookings a feed or display shows: a resource's, or a person's, for one company when it is named. */
export type FeedOf = { readonly resource: string } | { readonly person: string; readonly company?: string };

/**
 * The bookings of a resource or a person that begin in a span, in order, complete at any time: from the rows that feeds have once these are all written; before, from the rows of days or of the company, and the
 * missing ones are begun to be written.
 */
export async function feedBookings(scope: Scope, of: FeedOf, span: Span, most?: number): Promise<FeedRow[]> {
  const key = "resource" in of ? of.resource : of.person;
  const [filled, rows] = await Promise.all([
    get(scope, filledKind, filledKey(scope), { consistent: false }),
    feedRows(scope, key, span, most),
  ]);
  if (filled?.done) return rows;
  const fill = beginning(scope, filled);
  const unsigned = { ...scope, command: { id: `auto:${crypto.randomUUID()}`, print: "" } };
  if (fill.length > 0) await commit(unsigned, fill, { answer: null });
  const all =
    "person" in of && of.company !== undefined
      ? await companyRows(scope, of.company, span)
      : await dayRows(scope, await sitesFor(scope, of), span);
  return all
    .filter((row) => ("resource" in of ? row.resource === of.resource : row.person === of.person))
    .filter(({ from }) => span.from <= from && from < span.until)
    .map(shown)
    .toSorted((a, b) => (a.from + a.id < b.from + b.id ? -1 : 1))
    .slice(0, most ?? feedReach.most);
}

async function sitesFor(scope: Scope, of: FeedOf): Promise<string[]> {
  const resource = "resource" in of ? await resourceOf(scope, of.resource) : undefined;
  return resource ? [resource.site] : (await sitesOf(scope)).map(({ id }) => id);
}
