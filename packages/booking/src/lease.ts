import { type Day, daysOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { millis, plusMinutes, type Span } from "@yihao/kernel/span";
import type { BookingRefusal, Resource } from "./model.ts";
import { bookedBy, type Lease, type NewLease } from "./rules-model.ts";

/** How long a claim blocks that was never made a fence, and how long it may still become one: clocks of two machines differ. */
const claimBlocksMinutes = 10;
const claimHoldsMinutes = 5;
/** How many leases one resource keeps; past ones make room. */
export const leasesMost = 12;
/** How long after it became lettable a resource may first be let: bookings made before did not prove that it had not changed. */
const settlesMinutes = 2;

type Stretch = { readonly from: Day; readonly until?: Day | undefined };

/** Whether two stretches of local days share one; an open end never ends. */
function meets(a: Stretch, b: Stretch): boolean {
  return (b.until === undefined || a.from < b.until) && (a.until === undefined || b.from < a.until);
}

/** Whether a lease still keeps others away: a fence always, a claim until it is given up. */
export function blocks(lease: Lease, now: string): boolean {
  return lease.state === "held" || millis(now) < millis(plusMinutes(lease.at, claimBlocksMinutes));
}

/** Whether a claim may still become a fence. */
export function holds(lease: Lease, now: string): boolean {
  return millis(now) < millis(plusMinutes(lease.at, claimHoldsMinutes));
}

/** The lease that has a resource on one of the local days that a span touches, if any. */
export function leaseOver(resource: Pick<Resource, "leases" | "calendar">, span: Span, now: string): Lease | undefined {
  const leases = resource.leases ?? [];
  if (leases.length === 0) return undefined;
  const days = daysOf(span, resource.calendar.zone);
  return leases.find((lease) => blocks(lease, now) && days.some((day) => onDay(lease, day)));
}

/** Whether a resource is let at this minute. */
export function isLetAt(resource: Pick<Resource, "leases" | "calendar">, now: string): boolean {
  return leaseOver(resource, { from: now, until: plusMinutes(now, 1) }, now) !== undefined;
}

/** Whether a lease has its resource on a local day. */
export function onDay(lease: Stretch, day: Day): boolean {
  return lease.from <= day && (lease.until === undefined || day < lease.until);
}

/**
 * Decides whether a resource may be let (出租) for some days, all but whether bookings stand on them. Refuses what may not be let or only just may, days that
 * end before they begin or that have passed, and days that somebody has already. A company may take over from itself by ending its lease first.
 */
export function decideLease(
  resource: Resource,
  wish: NewLease,
  today: Day,
  now: string,
): Outcome<Lease[], BookingRefusal> {
  const { code, lettableSince } = resource;
  if (!mayBeLet(resource)) return refuse("lease.not-lettable", { code });
  if (wish.until !== undefined && (wish.until <= wish.from || wish.until <= today))
    return refuse("lease.days", { from: wish.from, until: wish.until });
  if (lettableSince && millis(now) < millis(plusMinutes(lettableSince, settlesMinutes)))
    return refuse("lease.too-soon", { at: plusMinutes(lettableSince, settlesMinutes) });
  const kept = (resource.leases ?? []).filter(
    (lease) => blocks(lease, now) && (lease.until === undefined || lease.until > today),
  );
  const other = kept.find((lease) => meets(lease, wish));
  if (other)
    return refuse("lease.clash", { code, company: other.companyName, from: other.from, until: other.until ?? null });
  if (kept.length >= leasesMost) return refuse("lease.too-many", { most: leasesMost });
  return accept(kept);
}

/** Whether a resource is let for months: an office always, others when their facts say so. A pool never is: it has no one place to give. */
export function mayBeLet(resource: Pick<Resource, "kind" | "by" | "lettable" | "units">): boolean {
  return (resource.units ?? 1) === 1 && (resource.lettable === true || bookedBy(resource) === "lease");
}
