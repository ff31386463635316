import { asSystem, type Scope } from "@yihao/kernel/scope";
import type { AgreementLet } from "@yihao/members/model";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import { fenceAgreement } from "./agreement-lets.ts";
import { drawsOf } from "./credit-moves.ts";
import { type FeedFill, fillFeeds } from "./feed-fill.ts";
import { followGuest, guestTimers } from "./guest-visit.ts";
import { releaseHold } from "./hold-actions.ts";
import { tellStaffOfRequest, tellStaffOfSeries, writeOfBooking, writeOfSeries } from "./mail-actions.ts";
import type { BookingMade } from "./model.ts";
import { releaseAt } from "./no-show.ts";
import { releaseNoShow } from "./no-show-actions.ts";
import { finishAnswer, lapseRequest } from "./request-actions.ts";
import { rowWrites } from "./rows.ts";
import { finishSeries, sweepSeries } from "./series-claim.ts";
import type { SeriesTold } from "./series-model.ts";
import { finishEnd } from "./series-upkeep.ts";
import { spreadCalendar, spreadRules } from "./site-actions.ts";
import { bookingOf } from "./store.ts";
import { useAllowance } from "./upkeep-actions.ts";
import { visitorTimers } from "./visitor-erase.ts";
import type { WaitTold } from "./wait-model.ts";
import { lapseWait, promoteWaits } from "./wait-promote.ts";

type Followed = { readonly type: string; readonly data: AboutBooking; readonly at: string };

/**
 * What follows a booking in one commit: its rows in the lists of its day and company, in the feeds of its resource and person, all from how it stands now unless they are already newer, and, when it
 * is made, the timers of its start, where credits pay, and of its release, where nobody may check in too late. So order and repetition do not matter, and no receipt is needed.
 */
async function followBooking(scope: Scope, { type, data, at }: Followed): Promise<void> {
  const booking = await bookingOf(scope, data.booking);
  if (!booking) return;
  const made = type === "booking.made";
  const release = made ? releaseAt(booking, at) : undefined;
  const timers = [
    ...(made && drawsOf(booking).length > 0 ? [dueAt(scope, booking.from, "booking.started", booking.id)] : []),
    ...(release ? [dueAt(scope, release, "booking.no-show", booking.id)] : []),
  ];
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  const done = await commit(unsigned, [...rowWrites(scope, booking), ...timers], { answer: null });
  if (!done.done && timers.length > 0) await commit(unsigned, timers, { answer: null });
}

type Freed = { readonly resource: string; readonly from: string; readonly until: string };
type AboutBooking = { readonly booking: string };

export const bookingReactions: Reaction[] = [
  onEvent<string, AboutBooking>(
    "booking.rows",
    [
      "booking.made",
      "booking.held",
      "booking.requested",
      "booking.request-ended",
      "booking.cancelled",
      "booking.checked-in",
    ],
    followBooking,
  ),
  onEvent<string, BookingMade>("booking.mail", ["booking.made", "booking.cancelled"], writeOfBooking),
  onEvent<string, BookingMade>("booking.guest", ["booking.made", "booking.cancelled"], followGuest),
  onEvent<string, AboutBooking>("booking.staff-mail", ["booking.requested"], (scope, { data }) =>
    tellStaffOfRequest(scope, data.booking),
  ),
  onEvent<string, SeriesTold>("booking.series-staff-mail", ["series.booked"], (scope, { data }) =>
    tellStaffOfSeries(scope, data.series),
  ),
  onEvent<string, FeedFill>("booking.feed-fill", ["feeds.filling"], (scope, { data }) => fillFeeds(scope, data)),
  onEvent<string, AgreementLet>("booking.agreement", ["agreement.let", "agreement.ended"], (scope, { data }) =>
    fenceAgreement(scope, data),
  ),
  onEvent<string, Freed>("booking.waits", ["booking.cancelled", "booking.request-ended"], (scope, { data }) =>
    promoteWaits(scope, data.resource, data),
  ),
  onEvent<string, WaitTold>("booking.waits-joined", ["wait.joined"], (scope, { data }) =>
    promoteWaits(scope, data.resource, data, data.wait),
  ),
  onEvent<string, SeriesTold>("booking.series", ["series.booked"], (scope, { data }) =>
    finishSeries(scope, data.series),
  ),
  onEvent<string, SeriesTold>("booking.series-answer", ["series.answered"], (scope, { data }) =>
    finishAnswer(scope, data.series),
  ),
  onEvent<string, SeriesTold>("booking.series-end", ["series.ended"], (scope, { data }) =>
    finishEnd(scope, data.series),
  ),
  // After the series has its bookings, and after they have ended.
  onEvent<string, SeriesTold>("booking.series-mail", ["series.booked", "series.moved", "series.ended"], writeOfSeries),
  onEvent<string, { site: string }>("booking.calendar", ["site.changed"], (scope, { data }) =>
    spreadCalendar(scope, data.site),
  ),
  onEvent<string, { floor: string }>("booking.area", ["floor.changed"], (scope, { data }) =>
    spreadRules(scope, data.floor),
  ),
];

export const bookingTimers: DueHandler[] = [
  ...visitorTimers,
  {
    type: "booking.started",
    on: (scope, due) => {
      const command = { id: `due:${due.id}`, print: due.type };
      return useAllowance(asSystem(scope, due.space, "booking", command), due.subject);
    },
  },
  ...guestTimers,
  onDue("booking.hold-ends", releaseHold),
  onDue("booking.no-show", releaseNoShow),
  onDue("booking.request-lapses", lapseRequest),
  onDue("booking.wait-lapses", (scope, _wait, at: Parameters<typeof lapseWait>[1]) => lapseWait(scope, at)),
  {
    type: "series.expired",
    on: (scope, due) => {
      const command = { id: `due:${due.id}`, print: due.type };
      return sweepSeries(asSystem(scope, due.space, "booking", command), due.subject as SeriesTold["series"]);
    },
  },
];
