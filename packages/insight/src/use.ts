import { calendarOf } from "@yihao/booking/area";
import { openSpans } from "@yihao/booking/hours";
import { leaseOver } from "@yihao/booking/lease";
import type { BookingRow, Resource, ResourceKind } from "@yihao/booking/model";
import { noShowReturn } from "@yihao/booking/no-show";
import { type Day, dayOf, daySpan, plusDays, timeOf, weekday, type Zone } from "@yihao/kernel/days";
import { millis } from "@yihao/kernel/span";
import { type LeadStep, leadSteps, type Use } from "./model.ts";

/** The local days from one (included) to another (excluded) at a site, with what stands there and what was booked. */
export type UseFacts = {
  readonly from: Day;
  readonly until: Day;
  readonly zone: Zone;
  readonly now: string;
  readonly resources: readonly Resource[];
  /** The bookings that start on these days or the day before. */
  readonly rows: readonly BookingRow[];
  /** Whether whoever asks may see money. */
  readonly priced: boolean;
};

const hoursOfWeek = 7 * 24;
const cellOf = (day: Day, hour: number) => (weekday(day) - 1) * 24 + hour;
const minuteOf = (at: string, zone: Zone) => {
  const [hour = 0, minute = 0] = timeOf(at, zone).split(":").map(Number);
  return hour * 60 + minute;
};

/** A stretch of local time as minutes in the cells of the week, of the days wanted only; a clock change within it is counted by the wall clock at its start. */
function eachCell(
  span: { readonly from: string; readonly until: string },
  { from, until, zone }: Pick<UseFacts, "from" | "until" | "zone">,
  add: (cell: number, minutes: number) => void,
): number {
  let day = dayOf(span.from, zone);
  let minute = minuteOf(span.from, zone);
  let [left, sum] = [(millis(span.until) - millis(span.from)) / 60_000, 0];
  while (left > 0) {
    const part = Math.min(left, 60 - (minute % 60));
    if (from <= day && day < until) {
      add(cellOf(day, Math.floor(minute / 60)), part);
      sum += part;
    }
    left -= part;
    minute += part;
    if (minute >= 1440) [day, minute] = [plusDays(day, 1), 0];
  }
  return sum;
}

/** How long before its start a booking was made, as a step of the picture. */
function leadStepOf(row: BookingRow & { readonly madeAt: string }): LeadStep {
  const minutes = (millis(row.from) - millis(row.madeAt)) / 60_000;
  return leadSteps.findLast((step) => minutes >= step) ?? 0;
}

/** What of a released booking's price is owed still. */
const noShowFee = (row: BookingRow) => noShowReturn({ ...row, price: row }).feeMinor;

/** The minutes that each calendar is open, by cell and day: most resources of a site share one. */
function opened(facts: UseFacts) {
  const known = new Map<string, ReadonlyMap<number, number>>();
  return (resource: Resource, day: Day): ReadonlyMap<number, number> => {
    const calendar = calendarOf(resource);
    const key = `${day} ${JSON.stringify(calendar)}`;
    const before = known.get(key);
    if (before) return before;
    const cells = new Map<number, number>();
    for (const span of openSpans(calendar, day))
      eachCell(span, facts, (cell, minutes) => cells.set(cell, (cells.get(cell) ?? 0) + minutes));
    known.set(key, cells);
    return cells;
  };
}

/**
 * How a site was used (使用情况): booked and open minutes by kind, weekday and hour, by resource and by company; how many were cancelled, never checked in to or released for it, and how
 * long ahead people booked. A day on which a resource is let to one company, or switched off now, counts as neither open nor booked; a pool is open once for each of its units.
 */
export function useOf(facts: UseFacts): Omit<Use, "site"> {
  const { from, until, zone, now, resources, rows } = facts;
  const heat = new Map<ResourceKind, { taken: number[]; open: number[] }>();
  const heatOf = (kind: ResourceKind) => {
    const found = heat.get(kind) ?? { taken: Array(hoursOfWeek).fill(0), open: Array(hoursOfWeek).fill(0) };
    heat.set(kind, found);
    return found;
  };
  const cellsOf = opened(facts);
  const blank = { bookings: 0, minutes: 0, unseen: 0, ...(facts.priced ? { moneyMinor: 0 } : {}) };
  const byResource = new Map<string, Use["resources"][number]>();
  for (const resource of resources) {
    const { id, code, name, kind, units = 1 } = resource;
    let openMinutes = 0;
    for (let day = from; day < until && resource.state === "active"; day = plusDays(day, 1)) {
      if (resource.leases && leaseOver(resource, daySpan(day, zone), now)) continue;
      for (const [cell, minutes] of cellsOf(resource, day)) {
        const { open } = heatOf(kind);
        open[cell] = (open[cell] ?? 0) + minutes * units;
        openMinutes += minutes * units;
      }
    }
    byResource.set(id, { resource: id, code, name, kind, openMinutes, ...blank });
  }
  const byCompany = new Map<string, Use["companies"][number]>();
  const sum = { bookings: 0, cancelled: 0, checkedIn: 0, unseen: 0, released: 0, minutes: 0 };
  const lead = new Map<LeadStep, number>();
  for (const row of rows) {
    // A request was never a booking.
    if (row.state === "tentative" || (row.answered && row.answered.as !== "approved")) continue;
    const within = from <= row.day && row.day < until;
    if (row.state === "cancelled" && !row.noShowAt) {
      // One that was moved goes on as another.
      if (within && row.movedTo === undefined) sum.cancelled += 1;
      continue;
    }
    const { taken } = heatOf(row.kind);
    // What was released was had until then.
    const had = { from: row.from, until: row.noShowAt ?? row.until };
    const minutes = eachCell(had, facts, (cell, part) => {
      taken[cell] = (taken[cell] ?? 0) + part;
    });
    sum.minutes += minutes;
    const company = byCompany.get(row.company) ?? { company: row.company, name: row.companyName, ...blank };
    byCompany.set(row.company, company);
    const { resource: id, code, resourceName: name, kind } = row;
    const resource = byResource.get(id) ?? { resource: id, code, name, kind, openMinutes: 0, ...blank };
    byResource.set(id, resource);
    const unseen = had.until <= now && row.checkedInAt === undefined;
    const owed = row.noShowAt ? noShowFee(row) : row.totalMinor;
    for (const one of [company, resource]) {
      one.minutes += minutes;
      if (!within) continue;
      one.bookings += 1;
      if (one.moneyMinor !== undefined) one.moneyMinor += owed;
      if (unseen) one.unseen += 1;
    }
    if (!within) continue;
    sum.bookings += 1;
    if (row.checkedInAt !== undefined) sum.checkedIn += 1;
    if (unseen) sum.unseen += 1;
    if (row.noShowAt) sum.released += 1;
    const { madeAt } = row;
    if (madeAt !== undefined) {
      const step = leadStepOf({ ...row, madeAt });
      lead.set(step, (lead.get(step) ?? 0) + 1);
    }
  }
  const openMinutes = [...byResource.values()].reduce((all, one) => all + one.openMinutes, 0);
  return {
    from,
    until,
    totals: { ...sum, openMinutes },
    heat: [...heat].map(([kind, cells]) => ({ kind, ...cells })),
    resources: [...byResource.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
    companies: [...byCompany.values()].filter(({ minutes, bookings }) => minutes + bookings > 0),
    lead: leadSteps.map((step) => ({ minutes: step, bookings: lead.get(step) ?? 0 })),
  };
}
