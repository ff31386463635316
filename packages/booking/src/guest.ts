import type { Day } from "@yihao/kernel/days";
import { plusMinutes } from "@yihao/kernel/span";
import { unitPricesAfter } from "@yihao/pricing/ahead";
import type { RateCard } from "@yihao/pricing/model";
import { cardOn } from "@yihao/pricing/periods";
import { dayPriceOf, hourOf } from "@yihao/pricing/rates";
import { approvalOf, calendarOf, leadOf } from "./area.ts";
import { decideCancellation } from "./cancellation.ts";
import { type Entry, had } from "./grains.ts";
import type { GuestBooking, PublicResource } from "./guest-model.ts";
import { type Booking, bookedBy, type Resource } from "./model.ts";

/** Whether the public may book a resource now at all. */
export const isPublic = (resource: Pick<Resource, "public" | "state" | "kind" | "by">): boolean =>
  resource.public !== undefined && resource.state === "active" && bookedBy(resource) !== "lease";

/** A resource as the public sees it on a day, with what it costs from days to come on. */
export function publicView(resource: Resource, whole: RateCard, today: Day): PublicResource {
  const card = cardOn(whole, today);
  const { id, site, kind, code, name, capacity, units = 1, cancellation, picture } = resource;
  const by = bookedBy(resource);
  const thing = { kind, resource: id };
  const usual = by === "day" ? dayPriceOf(card, thing) : hourOf(card, thing);
  const own = resource.public?.priceMinor;
  const ahead = own === undefined ? unitPricesAfter(whole, thing, by === "day" ? "dayMinor" : "hourMinor", today) : [];
  const { granularityMinutes, leastMinutes, mostMinutes, horizonDays } = resource;
  return {
    ...{ id, site, kind, by, code, name, capacity, units, priceMinor: own ?? usual ?? 0 },
    ...{ calendar: calendarOf(resource), granularityMinutes, leastMinutes, mostMinutes, horizonDays },
    ...{ leadMinutes: leadOf(resource), approval: approvalOf(resource) !== undefined },
    ...(ahead.length > 0 ? { ahead: ahead.map(({ from, minor }) => ({ from, priceMinor: minor })) } : {}),
    ...(cancellation ? { cancellation } : {}),
    ...(picture ? { picture } : {}),
  };
}

/** The stretches of a day, in grains, on which nothing of a resource is left, joined: not who has it, nor how many have. */
export function fullSpans(entries: readonly Entry[], units = 1): [number, number][] {
  const edges = [...new Set(entries.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  const full: [number, number][] = [];
  edges.forEach((from, index) => {
    const until = edges[index + 1];
    if (until === undefined || had(entries, from) < units) return;
    const last = full.at(-1);
    if (last?.[1] === from) last[1] = until;
    else full.push([from, until]);
  });
  return full;
}

/** How many units are left at the fullest moment of a day. */
export const leftOf = (entries: readonly Entry[], units = 1): number =>
  Math.max(0, units - Math.max(0, ...entries.map(({ from }) => had(entries, from))));

type Shown = Pick<Booking, "state" | "answered" | "hold" | "until" | "asked">;
/** How a guest's booking stands, in the words of its page. */
export function guestState({ state, answered, hold, until }: Shown, now: string): GuestBooking["state"] {
  if (state === "booked") return until <= now ? "over" : "booked";
  if (state === "tentative") return hold ? (hold.until <= now ? "unpaid" : "held") : "asked";
  if (answered?.as === "unpaid" || answered?.as === "lapsed") return "unpaid";
  return answered?.as === "declined" ? "declined" : "cancelled";
}

/** What cancelling now gives back and keeps, and until when it is free; nothing where it cannot be cancelled. */
export function cancelNow(booking: Booking, now: string): GuestBooking["cancel"] {
  const decided = decideCancellation(booking, now);
  if (!decided.ok) return undefined;
  const { refundMinor, feeMinor } = decided.value;
  const { cancellation, from, state } = booking;
  const free = cancellation && state === "booked" ? { freeUntil: plusMinutes(from, -60 * cancellation.freeHours) } : {};
  return { refundMinor, feeMinor, ...free };
}
