import { dayOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Clause, Write } from "@yihao/table/write";
import { returnCredits } from "./credit-moves.ts";
import type { Booking, BookingId, SeriesId } from "./model.ts";
import { sumUses, usesBack } from "./quota.ts";
import { aheadsOf, quotaWrites } from "./quota-store.ts";
import type { Series } from "./series-model.ts";
import { chunkOf, claimMost, expired, seriesWrite, step } from "./series-steps.ts";
import { asBooking, occurrencesIn, occurrencesKey, seriesKey, seriesOf, seriesOfBooking } from "./series-store.ts";
import { changesOf, readSheets, sheetWrites } from "./sheets.ts";
import { bookingOf } from "./store.ts";

/** Gives back all that a series claimed, from its end, and then the series itself; a booked one is left alone. Safe to run again and by two at once. */
export async function releaseSeries(scope: Scope, id: SeriesId): Promise<void> {
  const all = await occurrencesIn(scope, id);
  for (let tries = 1; tries < 400; tries += 1) {
    const series = await seriesOf(scope, id);
    if (!series || series.state === "booked") return;
    const bookings = all.slice(0, series.claimed).map((one) => asBooking(series, one));
    const chunk = chunkOf(scope, bookings.toReversed(), claimMost);
    if (series.state === "claiming") {
      await commit(step(scope), [seriesWrite(scope, series, { state: "releasing" })], { answer: null });
    } else if (chunk.length === 0) {
      const when: Clause[] = [
        ["rev", "=", series.rev],
        ["at", "=", series.at],
      ];
      const gone: Write[] = [
        { do: "delete", key: seriesKey(scope, id), when },
        { do: "delete", key: occurrencesKey(scope, id) },
      ];
      if ((await commit(step(scope), gone, { answer: null })).done) return;
    } else {
      await releaseChunk(step(scope), series, chunk);
    }
    if (tries > 3) await giveWay(scope, 2);
  }
}

async function releaseChunk(scope: Scope, series: Stored<Series>, chunk: readonly Booking[]): Promise<void> {
  const changes = changesOf(scope, [], chunk);
  const back = sumUses(chunk.map((booking) => ({ uses: usesBack(booking), booking })));
  const [sheets, aheads] = await Promise.all([
    readSheets(
      scope,
      changes.map(({ key }) => key),
      { consistent: true },
    ),
    aheadsOf(scope, back, { consistent: true }),
  ]);
  const counts = quotaWrites(scope, { back }, aheads);
  if (!counts.ok) return;
  const transfer = planTransfers(
    scope,
    chunk.flatMap((booking) => returnCredits(booking, dayOf(scope.now, booking.zone))),
  );
  const writes = [
    seriesWrite(scope, series, { claimed: series.claimed - chunk.length }),
    ...sheetWrites(sheets, changes),
    ...counts.value,
    ...transfer.writes,
  ];
  await commit(scope, writes, { answer: null });
}

/**
 * Sweeps whoever has time on a sheet if that is a claim that has expired or was given up: true when the time may be free now. What is a booking, or a claim that still holds, stays. It costs two reads and
 * runs only where something is in the way.
 */
export async function letGo(scope: Scope, booking: BookingId): Promise<boolean> {
  const [made, series] = await Promise.all([bookingOf(scope, booking), seriesOf(scope, seriesOfBooking(booking))]);
  if (made || !series || series.state === "booked") return false;
  if (series.state === "claiming" && !expired(series, scope.now)) return false;
  await releaseSeries(scope, series.id);
  return true;
}
