import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { get } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { feedSpan } from "./feed-span.ts";
import { feedWrites, filledKey, filledKind } from "./feed-store.ts";
import { agendaOf, bookingsOf, sitesOf } from "./store.ts";

/** `feeds.filling`, on the timeline of `feeds`: the days from `from` until `until` are still to be gone through. */
export type FeedFill = { readonly from: Day; readonly until: Day };

/** How many days one step goes through, and how many bookings one commit writes. */
const stepDays = 30;
const bookingsAtOnce = 40;

/** The writes that have the missing rows of a space's feeds written, once: with the first feed or display. One read unit, and nothing to write later. */
export async function fillWrites(scope: Scope): Promise<Write[]> {
  if (await get(scope, filledKind, filledKey(scope))) return [];
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
  if (next < until)
    await commit(scope, [happened(scope, "feeds.filling", "feeds", { from: next, until })], { answer: null });
}
