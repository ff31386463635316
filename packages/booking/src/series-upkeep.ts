import { dayOf, plusDays, timeOf } from "@yihao/kernel/days";
import { newId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { stepOf } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { moveBooking } from "./booking-actions.ts";
import { decideCancellation, decideFee } from "./cancellation.ts";
import { type Booking, bookedBy, type MoveWish } from "./model.ts";
import { shownOf } from "./pay.ts";
import { paidTogether } from "./price.ts";
import { type BookingRefusals, quoteBooking } from "./quote-actions.ts";
import { answeredWrite } from "./request-store.ts";
import { seriesBookings, seriesSeen } from "./series-actions.ts";
import { finishSeries } from "./series-claim.ts";
import type { EndedSeries, EndSeries, MovedSeries, MoveSeries, Series, SeriesTold } from "./series-model.ts";
import { wallSpan } from "./series-plan.ts";
import { chunkOf, claimMost, seriesWrite } from "./series-steps.ts";
import { occurrencesIn, seriesOf } from "./series-store.ts";
import { bookingIdFor } from "./store.ts";
import { endBookings } from "./upkeep-actions.ts";

const triesMost = 25;
/** How many bookings of a series are moved at a time. */
const movesAtOnce = 4;

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${newId("key")}`, print: "" } });

/**
 * Cancels this and all following of a series, or all that is to come (取消后续): what starts at `from` or later and has not started. Each by the cancellation policy, with its
 * time, quotas and credits given back, and where that costs, staff say who bears it; a request of which nothing is left is taken back with it. It goes in chunks under the series, and a crash between two is finished by the stream. Refuses `missing`; when there is nothing left to cancel, that is the answer.
 */
export async function endSeries(
  scope: Scope,
  id: string,
  { from, ...who }: EndSeries,
): Promise<Outcome<EndedSeries, BookingRefusals>> {
  const before = await recall(scope);
  if (before) return accept(before.answer as EndedSeries);
  const cut = from !== undefined && from > scope.now ? from : scope.now;
  for (let attempt = 0; attempt < triesMost; attempt += 1) {
    const whole = await seriesSeen(scope, id);
    if (!whole.ok) return whole;
    await finishSeries(scope, whole.value.id);
    const seen = await seriesSeen(scope, id);
    if (!seen.ok) return seen;
    const series = seen.value;
    const undecided = (await feesOf(scope, series, cut, who)).find((one) => !one.ok);
    if (undecided && !undecided.ok) return undecided;
    const endFrom = series.endFrom !== undefined && series.endFrom < cut ? series.endFrom : cut;
    const told: SeriesTold = { series: series.id, count: series.count, from: endFrom };
    const fee = { staff: scope.actor.kind === "staff", ...who };
    const [first] = series.asked && !series.answered ? await occurrencesIn(scope, series.id) : [];
    const withdrawn = first !== undefined && endFrom <= first.from;
    const answered = { as: "withdrawn", at: scope.now, by: actorName(scope) } as const;
    const marked = await commit(
      unsigned(scope),
      [
        seriesWrite(scope, series, { endFrom, ending: true, fee, ...(withdrawn ? { answered } : {}) }),
        happened(unsigned(scope), "series.ended", series.id, told),
        ...(withdrawn && series.asked ? [answeredWrite(scope, series.asked.until, series.id)] : []),
      ],
      { answer: null },
    );
    if (!marked.done) continue;
    const answer = await carryOutEnd(scope, { ...series, endFrom, fee });
    if (!answer) return refuse("busy");
    const kept = await commit(scope, [], { answer });
    return kept.done ? accept(kept.answer) : refuse("busy");
  }
  return refuse("busy");
}

/** What ending a series from an instant on would decide for each of its bookings that are still to come. */
async function feesOf(scope: Scope, series: Series, from: string, who: Omit<EndSeries, "from">) {
  const coming = (await seriesBookings(scope, series)).filter(
    (one) => one.from >= from && decideCancellation(one, scope.now).ok,
  );
  return coming.map((one) => decideFee(one, { ...who, staff: scope.actor.kind === "staff" }, scope.now));
}

/** Cancels what is still to be cancelled of a series that is ending, and gives what that came to. */
async function carryOutEnd(scope: Scope, series: Stored<Series>): Promise<EndedSeries | undefined> {
  let sum: EndedSeries = { cancelled: 0, refundMinor: 0, feeMinor: 0, allowanceMinutes: 0 };
  const { endFrom } = series;
  for (let attempt = 0; endFrom !== undefined && attempt < 400; attempt += 1) {
    const ending = (await seriesBookings(scope, series)).flatMap((booking) => {
      if (booking.from < endFrom) return [];
      const decided = decideCancellation(booking, scope.now);
      const fee = decideFee(booking, series.fee ?? { staff: false }, scope.now);
      return decided.ok ? [{ booking, back: fee.ok ? fee.value : decided.value }] : [];
    });
    if (ending.length === 0) {
      const now = await seriesOf(scope, series.id);
      if (!now?.ending) return sum;
      if ((await commit(unsigned(scope), [seriesWrite(scope, now, { ending: false })], { answer: null })).done)
        return sum;
      continue;
    }
    let rest = ending;
    while (rest.length > 0) {
      const size = chunkOf(
        scope,
        rest.map(({ booking }) => booking),
        claimMost,
        2,
      ).length;
      const chunk = rest.slice(0, size);
      rest = rest.slice(size);
      const ended = await endBookings(unsigned(scope), chunk, null);
      // One of them has changed meanwhile: all are read again.
      if (!ended.ok) break;
      const all = [sum, ...chunk.map(({ back }) => back)];
      sum = {
        cancelled: sum.cancelled + chunk.length,
        refundMinor: all.reduce((minor, one) => minor + one.refundMinor, 0),
        feeMinor: all.reduce((minor, one) => minor + one.feeMinor, 0),
        ...paidTogether(all),
      };
    }
  }
  return undefined;
}

/** Finishes the cancelling of a series that was begun and not brought to its end. */
export async function finishEnd(scope: Scope, id: string): Promise<void> {
  const series = await seriesOf(scope, id);
  if (series?.ending) await carryOutEnd(scope, series);
}

/**
 * Moves this and all following of a series (改后续) to other wall times, later or earlier by days, or to a like resource. Each is a move of its own: one that cannot be moved stays where it was and is
 * named with the reason. `price` only tells what it would come to. A replay goes on where the first stopped, for each move has a command of its own. Refuses `missing`.
 */
export async function moveSeries(
  scope: Scope,
  id: string,
  move: MoveSeries,
  way: "price" | "move",
): Promise<Outcome<MovedSeries, BookingRefusals>> {
  const before = way === "move" ? await recall(scope) : undefined;
  if (before) return accept(before.answer as MovedSeries);
  const seen = await seriesSeen(scope, id);
  if (!seen.ok) return seen;
  const series = seen.value;
  await finishSeries(scope, series.id);
  const { from } = move;
  const following = (await seriesBookings(scope, series)).filter(
    (booking) => booking.from >= from && booking.from > scope.now && booking.state === "booked",
  );
  // Later ones first when all go later, so that none meets its own next.
  const later = (move.days ?? 0) > 0 || (move.start ?? "") > timeOf(following[0]?.from ?? scope.now, series.zone);
  const order = later ? following.toReversed() : following;
  const answer = { moved: 0, beforeMinor: 0, afterMinor: 0, stayed: [] as MovedSeries["stayed"] };
  const one = async (booking: Stored<Booking>) => {
    if (movedBefore(scope, booking)) {
      answer.moved += 1;
      answer.afterMinor += booking.price.totalMinor;
      return;
    }
    const place = placeOf(booking, move, series);
    const quoted = await quoteBooking(scope, { ...place, company: booking.company }, booking);
    const done = quoted.ok && way === "move" ? await moved(scope, booking, place, quoted.value.quote) : quoted;
    if (done.ok && quoted.ok) {
      answer.moved += 1;
      answer.beforeMinor += booking.price.totalMinor;
      answer.afterMinor += quoted.value.quote.totalMinor;
    } else if (!done.ok) {
      answer.stayed.push({ booking: booking.id, day: booking.day, code: done.refusal.code });
    }
  };
  const turns = move.days ? 1 : movesAtOnce;
  for (let start = 0; start < order.length; start += turns)
    await Promise.all(order.slice(start, start + turns).map(one));
  answer.stayed.sort((a, b) => (a.day < b.day ? -1 : 1));
  if (way === "price") return accept(answer);
  const told: SeriesTold = { series: series.id, count: answer.moved };
  const event = answer.moved > 0 ? [happened(scope, "series.moved", series.id, told)] : [];
  const kept = await commit(scope, event, { answer });
  return kept.done ? accept(kept.answer) : refuse("busy");
}

/** Whether a booking is where this very command moved it before it was stopped. */
function movedBefore(scope: Scope, { id, movedFrom }: Booking): boolean {
  return movedFrom !== undefined && id === bookingIdFor(stepOf(scope, movedFrom));
}

function moved(scope: Scope, booking: Stored<Booking>, place: MoveWish, price: Booking["price"]) {
  const shown = { ...place, ...shownOf(price), rev: booking.rev };
  return moveBooking(stepOf(scope, booking.id), booking.id, shown, { withSeries: true });
}

function placeOf(booking: Booking, move: MoveSeries, { zone }: Series): MoveWish {
  const resource = move.resource ?? booking.resource;
  const day = plusDays(dayOf(booking.from, zone), move.days ?? 0);
  if (bookedBy(booking) === "day") return { resource, day };
  const start = move.start ?? timeOf(booking.from, zone);
  const end = move.end ?? timeOf(booking.until, zone);
  return { resource, ...wallSpan(day, start, end, zone) };
}
