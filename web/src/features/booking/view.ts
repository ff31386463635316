import { calendarOf } from "@yihao/booking/area";
import { instantsOf } from "@yihao/booking/grains";
import { openSpans } from "@yihao/booking/hours";
import { leaseOver } from "@yihao/booking/lease";
import {
  type Availability,
  type BookingRowView,
  bookedBy,
  type Resource,
  type ResourceView,
  resourceKinds,
  type SiteViewSchema,
} from "@yihao/booking/model";
import type { LeaseView } from "@yihao/booking/rules-model";
import type { Span } from "@yihao/kernel/span";
import type { z } from "zod";
import { minuteOfDay } from "../../format.ts";
import type { DeskState } from "../../ui/floor-plan.tsx";
import type { StatusName } from "../../ui/status.tsx";

const rankOf = ({ kind }: Pick<Resource, "kind">) =>
  kind === "desk" ? resourceKinds.length : resourceKinds.indexOf(kind);
/** Places in the order of their kinds, single desks last: there are most of them. */
export const byKind = (places: readonly ResourceView[]): ResourceView[] =>
  [...places].sort((a, b) => rankOf(a) - rankOf(b));

export type SiteView = z.infer<typeof SiteViewSchema>;
/** A stretch of a resource that somebody has, between instants. */
export type Held = {
  readonly key: string;
  readonly from: string;
  readonly until: string;
  readonly mine: boolean;
  readonly row?: BookingRowView;
};
/** Who has what on a day, by resource, in order of time. */
export type HeldBy = ReadonlyMap<string, readonly Held[]>;

/** The resource as the rules want it, from what the screen has read. */
export function asResource(site: SiteView, view: ResourceView): Resource {
  const { rev: _rev, leases, ...facts } = view;
  const { zone, hours, closures } = site;
  const held = (leases ?? []).map((lease) => ({
    ...lease,
    company: lease.company ?? ("cmp_other" as const),
    companyName: lease.companyName ?? "",
    state: "held" as const,
    at: "",
  }));
  return { ...facts, calendar: { zone, hours, closures }, siteRev: site.rev, leases: held };
}

/** When a resource is open on a local day, by its own hours, its floor's or its site's. */
export const openOn = (site: SiteView, view: ResourceView, day: string): Span[] =>
  openSpans(calendarOf(asResource(site, view)), day);

/** The lease that has a resource at an instant, if any. */
export const leaseAt = (site: SiteView, view: ResourceView, instant: string): LeaseView | undefined => {
  const span = { from: instant, until: new Date(Date.parse(instant) + 60_000).toISOString() };
  const lease = view.leases?.length ? leaseOver(asResource(site, view), span, instant) : undefined;
  return lease && view.leases?.find(({ id }) => id === lease.id);
};

/** A day as staff see it: every standing booking with its names. */
export function heldByRows(rows: readonly BookingRowView[]): HeldBy {
  const held = new Map<string, Held[]>();
  for (const row of rows) {
    if (row.state === "cancelled") continue;
    const all = held.get(row.resource) ?? [];
    all.push({ key: row.id, from: row.from, until: row.until, mine: false, row });
    held.set(row.resource, all);
  }
  return held;
}

/** A day as a company sees it: its own time and the others', each without the minutes kept free before and after it. */
export function heldByGrains(seen: Availability, zone: string, resources: readonly ResourceView[]): HeldBy {
  const known = new Map<string, ResourceView>(resources.map((one) => [one.id, one]));
  const held = new Map<string, Held[]>();
  for (const [resource, spans] of Object.entries(seen.resources))
    held.set(
      resource,
      spans.map(([from, until, whose, booking], index) => {
        const { bufferMinutes = 0, bufferBeforeMinutes = 0 } = known.get(resource) ?? {};
        // What is kept before a booking that begins at midnight lies on the day before.
        const first = from === 0 ? 0 : Math.min(until - 1, from + bufferBeforeMinutes / 5);
        const last = Math.max(first + 1, until - bufferMinutes / 5);
        const at = instantsOf(seen.day, zone, { from: first, until: last });
        return { key: booking ?? `${resource} ${from} ${index}`, ...at, mine: whose === "mine" };
      }),
    );
  return held;
}

const isAt = (one: Held, instant: string) => one.from <= instant && instant < one.until;

/** Who has a resource at an instant. */
export const heldAt = (held: HeldBy, resource: string, instant: string): Held | undefined =>
  held.get(resource)?.find((one) => isAt(one, instant));
/** Who has a resource next after an instant, on that day. */
export const heldNext = (held: HeldBy, resource: string, instant: string): Held | undefined =>
  held.get(resource)?.find((one) => one.from > instant);

/** How many units of a resource are had at an instant. */
export const hadAt = (held: HeldBy, resource: string, instant: string): number =>
  (held.get(resource) ?? []).filter((one) => isAt(one, instant)).length;

/** Whether a unit is free through all of a stretch of a resource, what is kept before and after counted on both sides. */
export function isFree(held: HeldBy, resource: ResourceView, from: string, until: string): boolean {
  const { bufferMinutes, bufferBeforeMinutes = 0, units = 1 } = resource;
  const gap = (bufferMinutes + bufferBeforeMinutes) * 60_000;
  const near = (held.get(resource.id) ?? [])
    .map((one) => ({ from: Date.parse(one.from), until: Date.parse(one.until) + gap }))
    .filter((one) => one.from < Date.parse(until) + gap && Date.parse(from) < one.until);
  const first = Date.parse(from);
  return near.every((one) => {
    const at = Math.max(first, one.from);
    return near.filter((other) => other.from <= at && at < other.until).length < units;
  });
}

/** How many units are free at an instant: none of what is off or let. */
export function freeAt(held: HeldBy, site: SiteView, resource: ResourceView, instant: string): number {
  if (resource.state === "off" || leaseAt(site, resource, instant)) return 0;
  return Math.max(0, (resource.units ?? 1) - hadAt(held, resource.id, instant));
}

/** The state of a place on the plan at an instant. */
export function deskState(held: HeldBy, site: SiteView, resource: ResourceView, instant: string): DeskState {
  if (resource.state === "off") return "off";
  const lease = leaseAt(site, resource, instant);
  if (lease) return "taken";
  const now = heldAt(held, resource.id, instant);
  const byDay = bookedBy(resource) === "day";
  if (now) return now.mine ? "mine" : now.row && !now.row.checkedInAt && byDay ? "away" : "taken";
  return heldNext(held, resource.id, instant) ? "later" : "free";
}

/** Puts overlapping stretches of a resource with many units into as few lanes as hold them, in order of time. */
export function lanesOf<One extends Span>(all: readonly One[]): One[][] {
  const lanes: One[][] = [];
  for (const one of [...all].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const lane = lanes.find((other) => (other.at(-1)?.until ?? "") <= one.from);
    if (lane) lane.push(one);
    else lanes.push([one]);
  }
  return lanes;
}

/** How what is cancelled came to its end: as a booking, or as a request. */
function endedStatus({ answered, noShowAt }: Pick<BookingRowView, "answered" | "noShowAt">): StatusName {
  if (noShowAt) return "noShow";
  return answered && answered.as !== "approved" ? answered.as : "closed";
}

/** The word for how a booking stands at an instant; what is had by time and not entered within a quarter of an hour is a no-show. */
export function statusOf(row: BookingRowView, now: string): StatusName {
  if (row.state === "tentative") return row.hold ? "held" : "requested";
  if (row.state === "cancelled") return endedStatus(row);
  if (now < row.from) return row.checkedInAt ? "checkedIn" : "booked";
  if (now >= row.until) return row.checkedInAt ? "done" : "closed";
  if (row.checkedInAt) return "inUse";
  const late = Date.parse(now) - Date.parse(row.from) > 15 * 60_000;
  return bookedBy(row) === "time" && late ? "noShow" : "due";
}

/** The first and last minute of the day that a timeline shows: the widest hours of what it shows, at least 09–18. */
export function shownMinutes(
  site: SiteView,
  places: readonly ResourceView[],
  day: string,
): { from: number; until: number } {
  const spans = places.flatMap((place) => openOn(site, place, day));
  if (spans.length === 0) return { from: 9 * 60, until: 18 * 60 };
  const minutes = spans.map(({ from, until }) => [
    minuteOfDay(from, day, site.zone),
    minuteOfDay(until, day, site.zone),
  ]);
  const first = Math.min(...minutes.map(([from = 0]) => from));
  const last = Math.max(...minutes.map(([, until = 1440]) => until));
  return { from: Math.floor(first / 60) * 60, until: Math.ceil(last / 60) * 60 };
}

/** Resources by the letters before their number: `A` of A-05. */
export function byArea(resources: readonly ResourceView[]): { area: string; resources: ResourceView[] }[] {
  const areas = new Map<string, ResourceView[]>();
  for (const one of resources) {
    const area = /^(.*?)-?\d*$/.exec(one.code)?.[1] ?? "";
    areas.set(area, [...(areas.get(area) ?? []), one]);
  }
  return [...areas].map(([area, all]) => ({ area, resources: all }));
}

/** The number on a desk's cell: `05` of A-05. */
export const cellLabel = (code: string): string => /(\d+)$/.exec(code)?.[1] ?? code;
