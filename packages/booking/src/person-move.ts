import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import { relinkWrite, unlinkWrite } from "./door-link.ts";
import { allFeedsOf, bookingIdsOf, feedKey, feedKind, feedOf, feedRowKey } from "./feed-store.ts";
import type { Booking } from "./model.ts";
import { recount } from "./recount.ts";
import { renewedRequest, requestOf } from "./request-store.ts";
import { rowWrites } from "./rows.ts";
import { seriesKey, seriesKind, seriesOf } from "./series-store.ts";
import { bookingKey, bookingKind, bookingOf, rowsOf } from "./store.ts";
import { ownTrainingKey, trainingKey, trainingKind, trainingOf, trainingsOf } from "./training-store.ts";
import { changeVisitor, visitorsFrom } from "./visitor-store.ts";
import { passWaitWrites, waitPage } from "./wait-store.ts";

/** The account that is kept. */
export type PersonInto = { readonly person: PersonId; readonly name: string };
const rounds = 30;
const atOnce = 50;

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });
const write = async (scope: Scope, writes: readonly Write[]) =>
  (await commit(unsigned(scope), writes, { answer: null })).done;

/** Gives a booking, with all its rows and what it counts in, to the other account. False when somebody changed it meanwhile. */
async function moveBooking(scope: Scope, id: string, from: PersonId, into: PersonInto): Promise<boolean> {
  const stored = await bookingOf(scope, id, { consistent: true });
  if (!stored || stored.person !== from) return true;
  const { rev, ...before } = stored;
  const after: Booking = { ...before, person: into.person, personName: into.name };
  const moved: Stored<Booking> = { ...after, rev: rev + 1 };
  const asked = after.state === "tentative" && after.asked && !after.series;
  return write(scope, [
    replace(bookingKey(scope, before.id), bookingKind, after, rev, "booking"),
    ...(await recount(scope, before, "person", into.person)),
    ...rowWrites(scope, moved),
    { do: "delete", key: feedRowKey(scope, from, before) },
    ...(asked ? [renewedRequest(scope, before.id, requestOf(after))] : []),
  ]);
}

async function moveSeries(scope: Scope, id: string, from: PersonId, into: PersonInto): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const stored = await seriesOf(scope, id, { consistent: true });
    if (!stored || stored.person !== from) return;
    const { rev, ...series } = stored;
    const after = { ...series, person: into.person, personName: into.name };
    if (await write(scope, [replace(seriesKey(scope, id), seriesKind, after, rev)])) return;
  }
}

/** Gives bookings to the other account; a row of one that is not its own any more, or is gone, goes. */
async function moveBookings(scope: Scope, from: PersonId, into: PersonInto, companies: readonly CompanyId[]) {
  const series = new Set<string>();
  const move = async (id: string): Promise<boolean> => {
    const booking = await bookingOf(scope, id);
    if (booking?.series && !series.has(booking.series)) {
      series.add(booking.series);
      await moveSeries(scope, booking.series, from, into);
    }
    return moveBooking(scope, id, from, into);
  };
  // Bookings from before persons had rows of their own are found among those of the companies.
  for (const company of companies)
    for (let cursor: string | undefined; ; ) {
      const page = await rowsOf(scope, company, { cursor, limit: 200, consistent: true });
      for (const row of page.items) if (row.person === from && !(await move(row.id))) await move(row.id);
      if (!page.next) break;
      cursor = page.next;
    }
  for (let misses = 0; misses < rounds; misses += 1) {
    const ids = await bookingIdsOf(scope, from, atOnce);
    if (ids.length === 0) return;
    for (const id of ids) {
      await move(id);
      const booking = await bookingOf(scope, id, { consistent: true });
      const key = booking && feedRowKey(scope, from, booking);
      if (key && booking.person !== from) await write(scope, [{ do: "delete", key }]);
    }
    if (ids.length === atOnce) misses = 0;
  }
  throw new Error(`the bookings of ${from} found no quiet moment`);
}

/** A training record that holds longer is kept; the other goes. */
async function moveTrainings(scope: Scope, from: PersonId, into: PersonInto): Promise<void> {
  for (const { rev: _, ...mine } of await trainingsOf(scope, from)) {
    const { resource } = mine;
    const theirs = await trainingOf(scope, resource, into.person, { consistent: true });
    const longer = !theirs || (theirs.until !== undefined && (mine.until === undefined || mine.until > theirs.until));
    const kept = { ...mine, person: into.person, personName: into.name };
    const keys = (person: string) => [trainingKey(scope, resource, person), ownTrainingKey(scope, person, resource)];
    await write(scope, [
      ...keys(from).map((key): Write => ({ do: "delete", key })),
      ...(longer ? keys(into.person).map((key) => overwrite(key, trainingKind, kept)) : []),
    ]);
  }
}

/** Calendar feeds keep their addresses; where the kept account has the same one already, the former's is closed. */
async function moveFeeds(scope: Scope, from: PersonId, into: PersonInto): Promise<void> {
  for (const { rev, ...feed } of await allFeedsOf(scope, from)) {
    const { side, subject, hash } = feed;
    const own = await feedOf(scope, into.person, side, subject);
    await write(scope, [
      { do: "delete", key: feedKey(scope, from, side, subject), when: [["rev", "=", rev]], tag: "feed" },
      ...(own
        ? [unlinkWrite(scope, hash)]
        : [
            insert(feedKey(scope, into.person, side, subject), feedKind, feed),
            relinkWrite(scope, hash, { what: "feed", of: subject, person: into.person, side }),
          ]),
    ]);
  }
}

/** Visits to come have the kept account as their host, and what waits for a place waits for it. */
async function moveVisitsAndWaits(scope: Scope, from: PersonId, into: PersonInto, companies: readonly CompanyId[]) {
  const yesterday = plusMinutes(scope.now, -1440).slice(0, 10);
  for (const company of companies) {
    for (const visit of await visitorsFrom(scope, company, yesterday))
      if (visit.host === from) {
        const after = { ...visit, host: into.person, hostName: into.name };
        await write(scope, [changeVisitor(scope, visit, after)]);
      }
    for (let cursor: string | undefined; ; ) {
      const page = await waitPage(scope, company, { cursor, limit: 100 });
      for (const wait of page.items)
        if (wait.person === from) await write(scope, passWaitWrites(scope, wait, { person: into.person }));
      if (!page.next) break;
      cursor = page.next;
    }
  }
}

/**
 * Takes what a person has in booking over to another account of the same person: bookings with their rows and quotas, series, training records, calendar feeds, visits to come and waits. Each moves in one
 * commit, so that a second time, or one after a cut, moves what is left.
 */
export async function movePerson(scope: Scope, from: PersonId, into: PersonInto, companies: readonly CompanyId[]) {
  await moveTrainings(scope, from, into);
  await moveBookings(scope, from, into, companies);
  await moveFeeds(scope, from, into);
  await moveVisitsAndWaits(scope, from, into, companies);
}
