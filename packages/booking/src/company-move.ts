import { peopleIn } from "@yihao/identity/company-move";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { creditMoves } from "@yihao/members/credits";
import { commit } from "@yihao/table/commit";
import { partition } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { query } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { drawsOf } from "./credit-moves.ts";
import { relinkWrite, unlinkWrite } from "./door-link.ts";
import { feedKey, feedKind, feedOf, feedsOf } from "./feed-store.ts";
import type { Booking } from "./model.ts";
import { recount } from "./recount.ts";
import { renewedRequest, requestOf, requestOfSeries } from "./request-store.ts";
import { rowWrites } from "./rows.ts";
import { finishSeries } from "./series-claim.ts";
import type { Series } from "./series-model.ts";
import { asBooking, occurrencesIn, seriesKey, seriesKind, seriesOf } from "./series-store.ts";
import {
  bookingKey,
  bookingKind,
  bookingOf,
  resourceKey,
  resourceKind,
  resourceOf,
  resourcesOf,
  rowKeys,
  rowsOf,
  sitesOf,
} from "./store.ts";
import { ownVisitorKey, ownVisitorKind, visitorKey, visitorOf } from "./visitor-store.ts";
import { moveWaitWrites, waitPage } from "./wait-store.ts";

/** The company that stays. */
export type CompanyInto = { readonly id: CompanyId; readonly name: string };
const rounds = 20;
const atOnce = 50;

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });
const write = async (scope: Scope, writes: readonly Write[]) =>
  (await commit(unsigned(scope), writes, { answer: null })).done;

/** Credits that something holds or has used go over into the other company's book as they stand, through the account `merge` of both: nothing is given back and nothing taken anew. */
function creditWrites(
  scope: Scope,
  { from, into, document, account }: { from: CompanyId; into: CompanyId; document: string; account: "booked" | "used" },
  draws: readonly { unit: string; amount: number }[],
): Write[] {
  const some = draws.filter(({ amount }) => amount > 0);
  if (some.length === 0) return [];
  const about = { document, reason: "merge" };
  const entries = [
    ...creditMoves(from, some, { from: account, to: "merge", ...about }),
    ...creditMoves(into, some, { from: "merge", to: account, ...about }),
  ];
  return planTransfers(scope, entries, `merge ${document}`).writes;
}

/** Has what is let to a company for months let to another, as it stands: nothing is free in between. Safe to run again. */
export async function moveLeases(scope: Scope, from: CompanyId, into: CompanyInto): Promise<void> {
  const sites = await sitesOf(scope);
  const all = (await Promise.all(sites.map(({ id }) => resourcesOf(scope, id, { consistent: true })))).flat();
  for (const { id } of all.filter(({ leases = [] }) => leases.some(({ company }) => company === from)))
    for (let round = 0; ; round += 1) {
      const found = await resourceOf(scope, id, { consistent: true });
      if (!found?.leases?.some(({ company }) => company === from)) break;
      const { rev, ...resource } = found;
      const leases = found.leases.map((one) =>
        one.company === from ? { ...one, company: into.id, companyName: into.name } : one,
      );
      if (await write(scope, [replace(resourceKey(scope, id), resourceKind, { ...resource, leases }, rev)])) break;
      if (round > rounds) throw new Error(`${id} found no quiet moment`);
    }
}

/** Gives a series to the other company once all its bookings are written, so that none is written for the one that goes any more. */
async function moveSeries(scope: Scope, id: Series["id"], from: CompanyId, into: CompanyInto): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const stored = await seriesOf(scope, id, { consistent: true });
    if (!stored || stored.company !== from) return;
    if (stored.state === "booked" && !stored.settled) {
      await finishSeries(scope, id);
      continue;
    }
    const { rev, ...series } = stored;
    const after: Series = { ...series, company: into.id, companyName: into.name };
    const [first] = after.asked && !after.answered ? await occurrencesIn(scope, id) : [];
    const writes = [
      replace(seriesKey(scope, id), seriesKind, after, rev),
      ...(first ? [renewedRequest(scope, id, requestOfSeries(after, asBooking(after, first)))] : []),
    ];
    if (await write(scope, writes)) return;
  }
  throw new Error(`${id} found no quiet moment`);
}

/** Gives a booking to the other company in one commit: the booking, its rows, the credits that pay it, what it counts in and, while it waits for an answer, its request. False when somebody changed it meanwhile. */
async function moveBooking(scope: Scope, id: string, from: CompanyId, into: CompanyInto): Promise<boolean> {
  const stored = await bookingOf(scope, id, { consistent: true });
  if (!stored || stored.company !== from) return true;
  const { rev, ...before } = stored;
  const after: Booking = { ...before, company: into.id, companyName: into.name };
  const moved: Stored<Booking> = { ...after, rev: rev + 1 };
  const asked = after.state === "tentative" && after.asked && !after.series;
  const account = before.allowanceUsed ? "used" : "booked";
  const draws = before.state === "cancelled" ? [] : drawsOf(before);
  return write(scope, [
    replace(bookingKey(scope, before.id), bookingKind, after, rev, "booking"),
    ...(await recount(scope, before, "company", into.id)),
    ...rowWrites(scope, moved),
    ...ownRowGone(scope, before, from),
    ...creditWrites(unsigned(scope), { from, into: into.id, document: before.id, account }, draws),
    ...(asked ? [renewedRequest(scope, before.id, requestOf(after))] : []),
  ]);
}

function ownRowGone(scope: Scope, booking: Booking, company: CompanyId): Write[] {
  const [, own] = rowKeys(scope, { ...booking, company });
  return own ? [{ do: "delete", key: own }] : [];
}

/**
 * Takes a company's bookings (预订) over into another, past ones and those to come, with the series they are of: place, time, price, packs and terms stay as they are, and so does who booked. Safe to run again:
 * what was taken over is in the lists of the one that goes no more.
 */
export async function moveBookings(scope: Scope, from: CompanyId, into: CompanyInto): Promise<void> {
  const series = new Set<string>();
  for (let misses = 0; misses < rounds; ) {
    const page = await rowsOf(scope, from, { limit: atOnce, consistent: true });
    if (page.items.length === 0) return;
    for (const row of page.items) {
      if (row.series && !series.has(row.series)) {
        series.add(row.series);
        await moveSeries(scope, row.series, from, into);
      }
      if (!(await moveBooking(scope, row.id, from, into))) misses += 1;
      const booking = await bookingOf(scope, row.id, { consistent: true });
      // A row that the stream wrote after its booking was taken over, or whose booking is gone.
      if (booking?.company !== from) await write(scope, ownRowGone(scope, row as unknown as Booking, from));
    }
  }
  throw new Error(`the bookings of ${from} found no quiet moment`);
}

/** Takes who waits for a place (候补) for a company over into another: each keeps its turn. */
export async function moveWaits(scope: Scope, from: CompanyId, into: CompanyInto): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const page = await waitPage(scope, from, { limit: atOnce });
    if (page.items.length === 0) return;
    for (const wait of page.items) await write(scope, moveWaitWrites(scope, wait, into));
  }
  throw new Error(`the waits of ${from} found no quiet moment`);
}

/** Takes a company's visits (访客) over into another; the guest's pass of one who is still expected is held by the other from then on. */
export async function moveVisits(scope: Scope, from: CompanyId, into: CompanyInto): Promise<void> {
  for (let misses = 0; misses < rounds; ) {
    const page = await query(scope, ownVisitorKind, partition(scope, "visof", from), {
      limit: atOnce,
      consistent: true,
    });
    if (page.items.length === 0) return;
    for (const { rev: _, ...row } of page.items) {
      const visit = await visitorOf(scope, row.id);
      const held = visit?.guestPass && visit.state === "expected" && !visit.erasedAt ? [visit.guestPass.unit] : [];
      const own = (company: CompanyId) => ownVisitorKey(scope, company, row.id);
      const done = await write(scope, [
        { do: "delete", key: own(from) },
        ...(visit
          ? [
              { do: "put", key: own(into.id), kind: ownVisitorKind, data: row, rev: 1 } as const,
              {
                ...({ do: "update", key: visitorKey(scope, visit), add: { rev: 1 }, tag: "stale" } as const),
                set: { company: into.id, ...(visit.companyName === undefined ? {} : { companyName: into.name }) },
                when: [["rev", "=", visit.rev]] as const,
              },
              ...creditWrites(
                unsigned(scope),
                { from, into: into.id, document: row.id, account: "booked" },
                held.map((unit) => ({ unit, amount: 1 })),
              ),
            ]
          : []),
      ]);
      if (!done) misses += 1;
    }
  }
  throw new Error(`the visits of ${from} found no quiet moment`);
}

/** Calendar feeds that people made for a company are those of the other, at the same addresses; where somebody has the same one there already, the former's is closed. */
export async function moveFeeds(scope: Scope, from: CompanyId, into: CompanyInto): Promise<void> {
  for (const { person } of await peopleIn(scope, into.id))
    for (const { rev, ...feed } of await feedsOf(scope, person, from)) {
      const { subject, hash } = feed;
      const own = await feedOf(scope, person, into.id, subject);
      await write(scope, [
        { do: "delete", key: feedKey(scope, person, from, subject), when: [["rev", "=", rev]], tag: "feed" },
        ...(own
          ? [unlinkWrite(scope, hash)]
          : [
              insert(feedKey(scope, person, into.id, subject), feedKind, { ...feed, side: into.id }),
              relinkWrite(scope, hash, { what: "feed", of: subject, person, side: into.id }),
            ]),
      ]);
    }
}
