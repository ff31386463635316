import { dayOf, plusDays, timeOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, minutesOf, plusMinutes, type Span } from "@yihao/kernel/span";
import type { Company } from "@yihao/members/model";
import { isOpen, openingDay } from "./hours.ts";
import type { BookingRefusal, Resource, Wish } from "./model.ts";

export type BookingFacts = {
  readonly resource: Resource;
  readonly company: Pick<Company, "state" | "suspended">;
};
/** When a booking would be: its span, the local day it starts on, and the span that its resource is kept for. */
export type Slot = Span & { readonly day: string; readonly kept: Span };

/**
 * Decides whether a wish may be booked, all but whether somebody has the time already. A desk is had for the opening day, also when that
 * has begun; a room by time on its grid of wall times. Refuses what is off, suspended, past, too far ahead, off the grid, of a wrong length, or closed.
 */
export function decideBooking(facts: BookingFacts, wish: Wish, now: string): Outcome<Slot, BookingRefusal> {
  const { resource, company } = facts;
  const { calendar } = resource;
  if (resource.state === "off") return refuse("booking.off", { code: resource.code });
  if (company.state === "left") return refuse("booking.left");
  if (company.suspended) return refuse("booking.suspended", { reason: company.suspended.reason });
  const span = wanted(resource, wish);
  if (!span.ok) return span;
  const { from, until } = span.value;
  const day = dayOf(from, calendar.zone);
  const begun = resource.kind === "desk" ? until : from;
  if (millis(begun) <= millis(now)) return refuse("booking.past", { from, until });
  if (day > plusDays(dayOf(now, calendar.zone), resource.horizonDays))
    return refuse("booking.horizon", { days: resource.horizonDays });
  if (resource.kind === "room") {
    const wrong = offGrid(resource, span.value);
    if (wrong) return wrong;
    if (!isOpen(calendar, span.value)) return refuse("booking.closed", { day });
  }
  return accept({ from, until, day, kept: { from, until: plusMinutes(until, resource.bufferMinutes) } });
}

function wanted(resource: Resource, wish: Wish): Outcome<Span, BookingRefusal> {
  const { calendar, kind } = resource;
  if (kind === "room") {
    if ("day" in wish) return refuse("booking.by-day", { kind });
    return accept({ from: wish.from, until: wish.until });
  }
  const day = "day" in wish ? wish.day : dayOf(wish.from, calendar.zone);
  const open = openingDay(calendar, day);
  if (!open) return refuse("booking.closed", { day });
  if ("from" in wish && (wish.from !== open.from || wish.until !== open.until))
    return refuse("booking.by-day", { kind });
  return accept(open);
}

function offGrid(resource: Resource, span: Span): ReturnType<typeof refuse<BookingRefusal>> | undefined {
  const { granularityMinutes, leastMinutes, mostMinutes, calendar } = resource;
  const minutes = minutesOf(span);
  if (minutes < leastMinutes || minutes > mostMinutes)
    return refuse("booking.length", { minutes, leastMinutes, mostMinutes });
  const [hour = 0, minute = 0] = timeOf(span.from, calendar.zone).split(":").map(Number);
  const whole = millis(span.from) % 60_000 === 0 && millis(span.until) % 60_000 === 0;
  if (!whole || (hour * 60 + minute) % granularityMinutes !== 0 || minutes % granularityMinutes !== 0)
    return refuse("booking.grid", { granularityMinutes });
  return undefined;
}
