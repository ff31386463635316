import { asSystem, type Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { type DueHandler, dueAt } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import type { Write } from "@yihao/table/write";
import type { Booking, BookingMade, BookingRow } from "./model.ts";
import { spreadCalendar } from "./site-actions.ts";
import { bookingOf, rowKeys, rowKind } from "./store.ts";
import { useAllowance } from "./upkeep-actions.ts";

function rowOf(booking: Booking): BookingRow {
  const { id, resource, code, resourceName, kind, site, zone, day, from, until } = booking;
  const { company, companyName, person, personName, state, checkedInAt, price } = booking;
  const { totalMinor, allowanceMinutes } = price;
  return {
    ...{ id, resource, code, resourceName, kind, site, zone, day, from, until },
    ...{ company, companyName, person, personName, state, totalMinor, allowanceMinutes },
    ...(checkedInAt ? { checkedInAt } : {}),
  };
}

/** Writes a booking's rows from how it stands now, unless they are already newer: so order and repetition do not matter, and no receipt is needed. */
async function writeRows(scope: Scope, id: string): Promise<void> {
  const booking = await bookingOf(scope, id);
  if (!booking) return;
  const row = rowOf(booking);
  const writes = rowKeys(scope, row).map((key): Write => {
    return {
      do: "put",
      key,
      kind: rowKind,
      data: row,
      rev: booking.rev,
      when: [["rev", "absent-or", "<", booking.rev]],
    };
  });
  await commit({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } }, writes, { answer: null });
}

type AboutBooking = { readonly booking: string };

export const bookingReactions: Reaction[] = [
  onEvent<string, AboutBooking>(
    "booking.rows",
    ["booking.made", "booking.cancelled", "booking.checked-in"],
    (scope, event) => writeRows(scope, event.data.booking),
  ),
  onEvent<string, BookingMade>("booking.allowance-timer", ["booking.made"], async (scope, { data }) => {
    if (data.quote.allowanceMinutes === 0) return;
    await commit(scope, [dueAt(scope, data.from, "booking.started", data.booking)], { answer: null });
  }),
  onEvent<string, { site: string }>("booking.calendar", ["site.changed"], (scope, { data }) =>
    spreadCalendar(scope, data.site),
  ),
];

export const bookingTimers: DueHandler[] = [
  {
    type: "booking.started",
    on: (scope, due) => {
      const command = { id: `due:${due.id}`, print: due.type };
      return useAllowance(asSystem(scope, due.space, "booking", command), due.subject);
    },
  },
];
