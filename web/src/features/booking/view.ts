import { instantsOf } from "@yihao/booking/grains";
import { openSpans } from "@yihao/booking/hours";
import type { Availability, BookingRowView, Resource, ResourceView, SiteViewSchema } from "@yihao/booking/model";
import type { z } from "zod";
import { minuteOfDay } from "../../format.ts";
import type { DeskState } from "../../ui/floor-plan.tsx";
import type { StatusName } from "../../ui/status.tsx";

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
  const { rev: _rev, ...facts } = view;
  const { zone, hours, closures } = site;
  return { ...facts, calendar: { zone, hours, closures }, siteRev: site.rev };
}

/** A day as staff see it: every standing booking with its names. */
export function heldByRows(rows: readonly BookingRowView[]): HeldBy {
  const held = new Map<string, Held[]>();
  for (const row of rows) {
    if (row.state !== "booked") continue;
    const all = held.get(row.resource) ?? [];
    all.push({ key: row.id, from: row.from, until: row.until, mine: false, row });
    held.set(row.resource, all);
  }
  return held;
}

/** A day as a company sees it: its own time and the others', each without the minutes kept free after it. */
export function heldByGrains(seen: Availability, zone: string, resources: readonly ResourceView[]): HeldBy {
  const buffers = new Map<string, number>(resources.map((one) => [one.id, one.bufferMinutes]));
  const held = new Map<string, Held[]>();
  for (const [resource, spans] of Object.entries(seen.resources))
    held.set(
      resource,
      spans.map(([from, until, whose, booking]) => {
        const last = Math.max(from + 1, until - (buffers.get(resource) ?? 0) / 5);
        const at = instantsOf(seen.day, zone, { from, until: last });
        return { key: booking ?? `${resource} ${from}`, ...at, mine: whose === "mine" };
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

/** Whether nobody has any of a stretch of a resource, its buffer counted on both sides. */
export function isFree(held: HeldBy, resource: ResourceView, from: string, until: string): boolean {
  const buffer = resource.bufferMinutes * 60_000;
  return !(held.get(resource.id) ?? []).some(
    (one) => Date.parse(one.from) < Date.parse(until) + buffer && Date.parse(from) < Date.parse(one.until) + buffer,
  );
}

/** The state of a desk or room on the plan at an instant. */
export function deskState(held: HeldBy, resource: ResourceView, instant: string): DeskState {
  if (resource.state === "off") return "off";
  const now = heldAt(held, resource.id, instant);
  if (now) return now.mine ? "mine" : now.row && !now.row.checkedInAt && resource.kind === "desk" ? "away" : "taken";
  return heldNext(held, resource.id, instant) ? "later" : "free";
}

/** The word for how a booking stands at an instant; a room not entered within a quarter of an hour is a no-show. */
export function statusOf(row: BookingRowView, now: string): StatusName {
  if (row.state === "cancelled") return "closed";
  if (now < row.from) return row.checkedInAt ? "checkedIn" : "booked";
  if (now >= row.until) return row.checkedInAt ? "done" : "closed";
  if (row.checkedInAt) return "inUse";
  const late = Date.parse(now) - Date.parse(row.from) > 15 * 60_000;
  return row.kind === "room" && late ? "noShow" : "due";
}

/** The first and last minute of the day that a timeline shows: the hours of opening, at least 09–18. */
export function shownMinutes(site: SiteView, day: string): { from: number; until: number } {
  const spans = openSpans(site, day);
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return { from: 9 * 60, until: 18 * 60 };
  const from = Math.floor(minuteOfDay(first.from, day, site.zone) / 60) * 60;
  return { from, until: Math.ceil(minuteOfDay(last.until, day, site.zone) / 60) * 60 };
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
