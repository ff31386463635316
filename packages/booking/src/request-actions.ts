import { mailing } from "@yihao/identity/mail";
import { membershipOf } from "@yihao/identity/store";
import { newId, type PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { senderOf } from "@yihao/members/post";
import { companyOf } from "@yihao/members/store";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import type { Write } from "@yihao/table/write";
import { decideAnswer } from "./approval.ts";
import { inviteOf } from "./booking-letters.ts";
import { approvedWrites, heldWrites } from "./booking-writes.ts";
import { wholly } from "./cancellation.ts";
import { guestAnswerLetters } from "./guest-letters.ts";
import { approvedHoldMinutes, holdUntil } from "./hold.ts";
import type { Answered, Booking, SeriesId } from "./model.ts";
import type { BookingRefusals } from "./quote-actions.ts";
import { answerLetter } from "./request-letters.ts";
import type { AnsweredRequest, AnswerRequest } from "./request-model.ts";
import { answeredWrite } from "./request-store.ts";
import { seriesBookings } from "./series-actions.ts";
import { finishSeries } from "./series-claim.ts";
import type { Series, SeriesTold } from "./series-model.ts";
import { chunkOf, claimMost, seriesWrite } from "./series-steps.ts";
import { seriesOf } from "./series-store.ts";
import { bookingOf } from "./store.ts";
import { endBookings } from "./upkeep-actions.ts";

type Wish = AnswerRequest | { readonly as: "lapsed" };
type Done = Promise<Outcome<AnsweredRequest, BookingRefusals>>;
const triesMost = 25;
/** How many approvals one commit holds: each is a booking and its event. */
const approveMost = 45;
const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${newId("key")}`, print: "" } });

/**
 * Answers a request (审批): approved, it is a booking from now on and is owed; declined with a reason, or lapsed, its place, quotas and allowance are free again and nothing was ever owed. Of a series one
 * answer is for the whole. Exactly one answer is given, whoever else answers, cancels or lapses it at the same time; who asked is told by mail in the same commit. Refuses `missing`, `request.answered`,
 * `request.lapsed`, and for a company that may not book any more `booking.suspended` and `booking.left`.
 */
export async function answerRequest(scope: Scope, id: string, wish: Wish): Done {
  for (let attempts = 1; attempts <= triesMost; attempts += 1) {
    const booking = await bookingOf(scope, id);
    if (!booking) return refuse("missing");
    if (booking.series) return answerSeries(scope, booking.series, id, wish);
    const decided = await decidedOn(scope, booking, booking.company, wish);
    if (!decided.ok) return decided;
    const pays = wish.as === "approved" && booking.guest && booking.price.totalMinor > 0;
    const hold = pays ? { hold: { until: holdUntil(booking, scope.now, approvedHoldMinutes) } } : undefined;
    const state = wish.as !== "approved" ? "cancelled" : pays ? "tentative" : "booked";
    const off = state === "cancelled" ? { cancelledAt: scope.now } : {};
    const answered = { answered: decided.value, ...hold };
    const after: Stored<Booking> = { ...booking, state, ...off, ...answered, rev: booking.rev + 1 };
    const answer: AnsweredRequest = { booking: after, answered: 1 };
    const letters = booking.guest
      ? await guestAnswerLetters(scope, after, decided.value)
      : await lettersOf(scope, [booking], decided.value);
    if (wish.as === "approved") {
      const writes = hold
        ? heldWrites(scope, booking, decided.value, hold.hold.until)
        : approvedWrites(scope, booking, decided.value);
      const done = await commit(scope, [...writes, ...letters], { answer });
      if (done.done) return accept(done.answer);
    } else {
      const ending = { booking, back: wholly(booking), answered: decided.value };
      const ended = await endBookings(scope, [ending], answer, letters);
      if (ended.ok || ended.refusal.code !== "stale") return ended;
    }
    await giveWay(scope, attempts);
  }
  return refuse("busy");
}

async function decidedOn(
  scope: Scope,
  request: Parameters<typeof decideAnswer>[0],
  company: Booking["company"],
  wish: Wish,
) {
  const reason = wish.as === "declined" ? { reason: wish.reason } : {};
  const by = wish.as === "lapsed" ? {} : { by: actorName(scope) };
  const found = wish.as === "approved" ? await companyOf(scope, company) : undefined;
  return decideAnswer(request, { as: wish.as, ...by, ...reason }, scope.now, found);
}

async function answerSeries(scope: Scope, id: SeriesId, booking: string, wish: Wish): Done {
  const before = await recall(scope);
  if (before) return accept(before.answer as AnsweredRequest);
  for (let attempts = 1; attempts <= triesMost; attempts += 1) {
    await finishSeries(scope, id);
    const series = await seriesOf(scope, id);
    if (series?.state !== "booked" || !series.asked) return refuse("missing");
    const { asked, answered } = series;
    const state = answered ? "booked" : "tentative";
    const decided = await decidedOn(scope, { state, asked, answered }, series.company, wish);
    if (!decided.ok) return decided;
    const told: SeriesTold = { series: id, count: series.count };
    const marked = await commit(
      unsigned(scope),
      [
        seriesWrite(scope, series, { answered: decided.value, answering: true }),
        happened(unsigned(scope), "series.answered", id, told),
        answeredWrite(scope, asked.until, id),
        ...(await lettersOf(scope, await seriesBookings(scope, series), decided.value, series.count)),
      ],
      { answer: null },
    );
    if (!marked.done) {
      await giveWay(scope, attempts);
      continue;
    }
    const count = await carryOut(scope, id);
    const now = await bookingOf(scope, booking);
    if (!now || count === undefined) return refuse("busy");
    const kept = await commit(scope, [], { answer: { booking: now, answered: count } });
    return kept.done ? accept(kept.answer) : refuse("busy");
  }
  return refuse("busy");
}

/** Brings the answer of a series to those of its bookings that still wait, in chunks; how many, or undefined when that did not come to an end. */
async function carryOut(scope: Scope, id: SeriesId): Promise<number | undefined> {
  let count = 0;
  for (let attempts = 1; attempts <= 400; attempts += 1) {
    const series = await seriesOf(scope, id);
    if (!series?.answered) return count;
    const { answered } = series;
    const waiting = (await seriesBookings(scope, series)).filter(({ state }) => state === "tentative");
    if (waiting.length === 0) {
      if (!series.answering || (await settled(scope, series))) return count;
      continue;
    }
    let rest = waiting;
    while (rest.length > 0) {
      const chunk = answered.as === "approved" ? rest.slice(0, approveMost) : chunkOf(scope, rest, claimMost, 2);
      rest = rest.slice(chunk.length);
      // One of them has changed meanwhile: all are read again.
      if (!(await answerChunk(unsigned(scope), chunk, answered))) break;
      count += chunk.length;
    }
    if (attempts > 3) await giveWay(scope, 2);
  }
  return undefined;
}

async function settled(scope: Scope, series: Stored<Series>): Promise<boolean> {
  const write = seriesWrite(scope, series, { answering: false });
  return (await commit(unsigned(scope), [write], { answer: null })).done;
}

async function answerChunk(scope: Scope, chunk: readonly Stored<Booking>[], answered: Answered): Promise<boolean> {
  if (answered.as !== "approved")
    return (
      await endBookings(
        scope,
        chunk.map((booking) => ({ booking, back: wholly(booking), answered })),
        null,
      )
    ).ok;
  const writes = chunk.flatMap((booking) => approvedWrites(scope, booking, answered));
  return (await commit(scope, writes, { answer: null })).done;
}

/** Finishes the answering of a series that was begun and not brought to its end. */
export async function finishAnswer(scope: Scope, id: SeriesId): Promise<void> {
  const series = await seriesOf(scope, id);
  if (series?.answering) await carryOut(scope, id);
}

/** Lets a request go that nobody answered in time, of a booking or of a series; one that was answered is left alone. The timer of each request. */
export async function lapseRequest(scope: Scope, id: string): Promise<void> {
  const done = id.startsWith("ser_")
    ? await answerSeries(scope, id as SeriesId, (await firstOf(scope, id as SeriesId)) ?? "", { as: "lapsed" })
    : await answerRequest(scope, id, { as: "lapsed" });
  if (!done.ok && !["missing", "request.answered"].includes(done.refusal.code))
    throw new Error(`request ${id} did not lapse: ${done.refusal.code}`);
}

async function firstOf(scope: Scope, id: SeriesId): Promise<string | undefined> {
  const series = await seriesOf(scope, id);
  return series && (await seriesBookings(scope, series))[0]?.id;
}

/**
 * Tells who asked how it was answered, in the language of the request; nobody who is not here any more. What is approved comes with its entries for the calendar: no other letter tells
 * that it is booked.
 */
async function lettersOf(scope: Scope, bookings: readonly Booking[], answered: Answered, count = 1): Promise<Write[]> {
  const [booking] = bookings;
  if (!booking) return [];
  const [member, from] = await Promise.all([membershipOf(scope, booking.person as PersonId), senderOf(scope)]);
  if (!member) return [];
  const zoned = {
    ...from,
    zone: booking.zone,
    ...(booking.asked?.language ? { language: booking.asked.language } : {}),
  };
  const link = `/s/${scope.space}/my/bookings`;
  const letter = answerLetter(member.email, zoned, { booking, answered, count }, link);
  const booked = bookings
    .filter(({ state }) => state === "tentative")
    .map((one): Booking => ({ ...one, state: "booked" }));
  const invite = answered.as === "approved" ? { invite: inviteOf(member, from, "made", booked) } : {};
  return [mailing(scope, { ...letter, ...invite })];
}
