import { accept, type Outcome } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Raw } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { guardWrites, madeWrites } from "./booking-writes.ts";
import { takeCredits } from "./credit-moves.ts";
import type { Booking, Quota, Resource, SeriesId } from "./model.ts";
import { countName, type Sum, sumUses, usesBack } from "./quota.ts";
import { aheadsOf, lostAheads, quotaWrites } from "./quota-store.ts";
import { requestOfSeries, waitingWrites } from "./request-store.ts";
import type { Series, SeriesTold } from "./series-model.ts";
import { letGo, releaseSeries } from "./series-release.ts";
import { chunkOf, claimMost, expired, seriesWrite, step } from "./series-steps.ts";
import { asBooking, occurrencesIn, seriesKey, seriesOf } from "./series-store.ts";
import { changesOf, clashOn, lostSheets, readSheets, sheetWrites } from "./sheets.ts";

/** How many bookings of a series one commit writes, each with its event. */
const settleMost = 48;
/** Up to how many bookings are written within the request that books them; of a longer series the stream writes them, in the seconds in which it fills the lists. */
const settleAtOnce = 2 * settleMost;

type Driven = Outcome<Stored<Series>, "series.lost">;
const lostRace: Driven = { ok: false, refusal: { code: "series.lost", params: {} } };

/**
 * Brings a series that was begun to its end: claims its sheets in the order of time, then makes it booked, then writes its bookings, those of a long one by the stream. Whoever loses an occurrence on the way gives back all that was claimed and is
 * told `series.lost`; nothing of it is left. Two who drive the same series come to the same end.
 */
export async function driveSeries(
  scope: Scope,
  begun: Stored<Series>,
  resource: Stored<Resource>,
  quotas: readonly Quota[],
): Promise<Driven> {
  const bookings = (await occurrencesIn(scope, begun.id)).map((one) => asBooking(begun, one));
  let series: Stored<Series> | undefined = begun;
  for (let tries = 1; tries < 400; tries += 1) {
    if (!series || series.state === "releasing") break;
    if (series.state === "booked") {
      if (series.count <= settleAtOnce) await settleSeries(scope, series, bookings);
      return accept(series);
    }
    if (expired(series, scope.now)) break;
    const next: Stored<Series> | "lost" | "changed" =
      series.claimed < series.count
        ? await claimChunk(scope, series, bookings, resource, quotas)
        : await flip(scope, series, bookings);
    if (next === "lost") break;
    series = next === "changed" ? await seriesOf(scope, begun.id) : next;
  }
  await releaseSeries(scope, begun.id);
  return lostRace;
}

async function claimChunk(
  scope: Scope,
  series: Stored<Series>,
  all: readonly Booking[],
  resource: Stored<Resource>,
  quotas: readonly Quota[],
): Promise<Stored<Series> | "lost" | "changed"> {
  const bookings = chunkOf(scope, all.slice(series.claimed), claimMost);
  const claimed = series.claimed + bookings.length;
  const changes = changesOf(scope, bookings);
  const add = sumUses(bookings.map((booking) => ({ uses: usesBack(booking), booking })));
  const own = limited(add, quotas);
  let [sheets, aheads] = await Promise.all([
    readSheets(
      scope,
      changes.map(({ key }) => key),
      { consistent: false },
    ),
    aheadsOf(scope, own, { consistent: false }),
  ]);
  for (let attempts = 1; attempts <= 25; attempts += 1) {
    const other = clashOn(sheets, changes, resource);
    if (other && !(await letGo(scope, other.booking))) return "lost";
    const now = step(scope);
    const counts = quotaWrites(now, { add: own }, aheads);
    if (!counts.ok) return "lost";
    const transfer = planTransfers(
      now,
      bookings.flatMap((booking) => takeCredits(booking)),
    );
    const writes = [
      seriesWrite(now, series, { claimed }),
      ...sheetWrites(sheets, changes),
      ...guardWrites(now, resource, { staff: series.staff, person: series.person }, bookings.at(-1)?.day ?? series.day),
      ...counts.value,
      ...transfer.writes,
    ];
    const done = await commit(now, writes, { answer: null });
    if (done.done) return { ...series, claimed, rev: series.rev + 1 };
    if ("series" in done.lost) return "changed";
    if (isFinal(done.lost)) return "lost";
    sheets = lostSheets(sheets, changes, done.lost);
    aheads = lostAheads(own, aheads, done.lost);
    await giveWay(scope, attempts);
  }
  return "lost";
}

/** Whether what a commit of claims lost will not come back by trying again: a counter, the allowance, a training record, or the resource as it was. */
function isFinal(lost: Readonly<Record<string, Raw | null>>): boolean {
  return Object.keys(lost).some(
    (tag) => /^(resource|training|balance )/.test(tag) || (tag.startsWith("quota ") && !tag.endsWith(" ahead")),
  );
}

/** What bookings use of quotas with the limits of today; what they remember of quotas has none. */
function limited(sums: readonly Sum[], quotas: readonly Quota[]): Sum[] {
  return sums.map((sum) => {
    const same = quotas.filter((one) => countName(one) === countName(sum.quota)).map(({ most }) => most);
    return { ...sum, quota: { ...sum.quota, most: same.length > 0 ? Math.min(...same) : Number.MAX_SAFE_INTEGER } };
  });
}

async function flip(
  scope: Scope,
  series: Stored<Series>,
  [first]: readonly Booking[],
): Promise<Stored<Series> | "changed"> {
  const told: SeriesTold = { series: series.id, count: series.count };
  const writes = [
    seriesWrite(scope, series, { state: "booked" }),
    happened(scope, "series.booked", series.id, told),
    ...(series.asked && first ? waitingWrites(scope, series.id, requestOfSeries(series, first)) : []),
  ];
  const done = await commit(step(scope), writes, { answer: null });
  return done.done ? { ...series, state: "booked", rev: series.rev + 1 } : "changed";
}

/** Writes the bookings of a booked series that are not there yet, each with its event, in chunks; safe to run again and by two at once. */
export async function settleSeries(scope: Scope, series: Stored<Series>, bookings: readonly Booking[]): Promise<void> {
  if (series.settled) return;
  const chunks = Array.from({ length: Math.ceil(bookings.length / settleMost) }, (_, index) =>
    bookings.slice(index * settleMost, (index + 1) * settleMost),
  );
  const settle = async (chunk: readonly Booking[] | undefined): Promise<void> => {
    if (!chunk) return;
    await writeBookings(scope, chunk);
    return settle(chunks.shift());
  };
  await Promise.all([settle(chunks.shift()), settle(chunks.shift()), settle(chunks.shift())]);
  const write: Write = {
    do: "update",
    key: seriesKey(scope, series.id),
    set: { settled: true },
    add: { rev: 1 },
    when: [["state", "=", "booked"]],
  };
  await commit(step(scope), [write], { answer: null });
}

/** Writes those bookings of a booked series that are not there yet, each with its event: at most as many as one commit holds. */
export async function writeBookings(scope: Scope, bookings: readonly Booking[]): Promise<void> {
  const now = step(scope);
  const writes = bookings.flatMap((booking) => madeWrites(now, booking, `booking ${booking.id}`));
  const done = await commit(now, writes, { answer: null });
  // What is there already was written before.
  const rest = done.done ? [] : bookings.filter(({ id }) => !(`booking ${id}` in done.lost));
  if (rest.length > 0) await writeBookings(scope, rest);
}

/** Writes what a booked series has not written of its bookings, for whoever booked it did not or could not. */
export async function finishSeries(scope: Scope, id: SeriesId): Promise<void> {
  const series = await seriesOf(scope, id);
  if (series?.state !== "booked" || series.settled) return;
  const bookings = (await occurrencesIn(scope, id)).map((one) => asBooking(series, one));
  await settleSeries(scope, series, bookings);
}

/** Sweeps a series whose claims have expired; a timer of every series that is begun. One that is booked is finished instead. */
export async function sweepSeries(scope: Scope, id: SeriesId): Promise<void> {
  const series = await seriesOf(scope, id);
  if (series?.state === "booked") await finishSeries(scope, id);
  else if (series) await releaseSeries(scope, id);
}
