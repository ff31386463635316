import { dayOf, plusDays, timeOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, minutesOf, plusMinutes, type Span } from "@yihao/kernel/span";
import type { Company } from "@yihao/members/model";
import { runsOn } from "@yihao/members/subscription";
import { agreedOn } from "@yihao/pricing/agreed";
import type { AgreedPrice } from "@yihao/pricing/model";
import { calendarOf, leadOf, whoOf } from "./area.ts";
import { isOpen, openingDay } from "./hours.ts";
import { leaseOver } from "./lease.ts";
import { type Booking, type BookingRefusal, bookedBy, type Resource, type Wish } from "./model.ts";
import { type Training, trainedOn } from "./training.ts";

export type BookingFacts = {
  readonly resource: Resource;
  readonly company: Pick<Company, "state" | "suspended"> &
    Partial<Pick<Company, "id" | "kind" | "subscription" | "prices">>;
  /** Who books. Left out where it is not known, as on a screen: then what hangs on the person is left to the server. */
  readonly booker?: {
    readonly staff: boolean;
    /** The training records of the person that matter. */
    readonly trainings: readonly Pick<Training, "resource" | "until">[];
  };
};
/** When a booking would be: its span, the local day it starts on, and the span that its resource is kept for. */
export type Slot = Span & {
  readonly day: string;
  readonly kept: Span;
  /** Whether the company has a plan on that day, which prices may ask. */
  readonly member: boolean;
  /** Whether it is for a guest, who pays the public's price. */
  readonly guest?: boolean;
  /** What the company pays on that day, if not what all pay (协议价). */
  readonly agreed?: AgreedPrice;
};

/**
 * Decides whether a wish may be booked, all but whether somebody has the time already. What is had by the day is had for the opening day, also when that
 * has begun; the rest by time on its grid of wall times. Refuses what is off or let by agreement only, who is suspended or may not book it, what is past, too soon or
 * too far ahead, off the grid, of a wrong length, closed, or let to somebody for months, and who has no training record for that day. Staff book for others at the desk: they are not held to who may
 * book, lead time and training.
 *
 * Clock changes: a wish is a span of instants, so the doubled hour is two different hours and the skipped one cannot be named; a screen that turns a wall time
 * into an instant takes the first of a doubled hour and moves a skipped one forward (RFC 5545, §3.3.5). Lengths count minutes that pass, and 09:00 is on the grid on every day.
 * A booking over midnight belongs to the day on which it starts. The 29th of February is a day like any other.
 */
export function decideBooking(facts: BookingFacts, wish: Wish, now: string): Outcome<Slot, BookingRefusal> {
  const { resource, company, booker } = facts;
  const { zone } = resource.calendar;
  if (resource.state === "off") return refuse("booking.off", { code: resource.code });
  if (company.state === "left") return refuse("booking.left");
  if (company.suspended) return refuse("booking.suspended", { reason: company.suspended.reason });
  const span = wanted(resource, wish);
  if (!span.ok) return span;
  const { from, until } = span.value;
  const day = dayOf(from, zone);
  const member = runsOn(company.subscription, day);
  if (booker && !booker.staff && !mayBook(facts, member))
    return refuse("booking.who", { of: whoOf(resource).of, code: resource.code });
  const begun = bookedBy(resource) === "day" ? until : from;
  if (millis(begun) <= millis(now)) return refuse("booking.past", { from, until });
  const lead = leadOf(resource);
  if (!booker?.staff && lead > 0 && millis(from) < millis(plusMinutes(now, lead)))
    return refuse("booking.lead", { minutes: lead });
  if (day > plusDays(dayOf(now, zone), resource.horizonDays))
    return refuse("booking.horizon", { days: resource.horizonDays });
  if (bookedBy(resource) === "time") {
    const wrong = offGrid(resource, span.value);
    if (wrong) return wrong;
    if (!isOpen(calendarOf(resource), span.value)) return refuse("booking.closed", { day });
  }
  if (resource.training && booker && !booker.staff) {
    const training = booker.trainings.find((one) => one.resource === resource.id);
    if (!trainedOn(training, day))
      return refuse("booking.training", { code: resource.code, name: resource.name, until: training?.until ?? null });
  }
  const lease = leaseOver(resource, span.value, now);
  if (lease) return refuse("booking.let", { code: resource.code, letUntil: lease.until ?? null });
  const guest = company.kind === "guest" ? { guest: true } : {};
  const agreed = agreedOn(company.prices, resource.kind, day);
  return accept({
    from,
    until,
    day,
    member,
    ...guest,
    ...(agreed ? { agreed } : {}),
    kept: keptOf({ from, until }, resource),
  });
}

/** The span that a resource is kept for: what is booked, what is set up before and cleared after. */
export function keptOf(
  { from, until }: Span,
  { bufferMinutes, bufferBeforeMinutes = 0 }: Pick<Booking, "bufferMinutes" | "bufferBeforeMinutes">,
): Span {
  return { from: plusMinutes(from, -bufferBeforeMinutes), until: plusMinutes(until, bufferMinutes) };
}

function mayBook({ resource, company }: BookingFacts, member: boolean): boolean {
  if (company.kind === "guest") return resource.public !== undefined;
  const who = whoOf(resource);
  if (who.of === "all") return true;
  if (who.of === "companies") return who.companies.some((id) => id === company.id);
  if (who.of === "plans") return member && who.plans.some((plan) => plan === company.subscription?.plan);
  return false;
}

function wanted(resource: Resource, wish: Wish): Outcome<Span, BookingRefusal> {
  const { kind } = resource;
  const by = bookedBy(resource);
  if (by === "lease") return refuse("booking.by-lease", { code: resource.code });
  if (by === "time") {
    if ("day" in wish) return refuse("booking.by-day", { kind, by });
    return accept({ from: wish.from, until: wish.until });
  }
  const calendar = calendarOf(resource);
  const day = "day" in wish ? wish.day : dayOf(wish.from, calendar.zone);
  const open = openingDay(calendar, day);
  if (!open) return refuse("booking.closed", { day });
  if ("from" in wish && (wish.from !== open.from || wish.until !== open.until))
    return refuse("booking.by-day", { kind, by });
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
