import { bookedBy } from "@yihao/booking/model";
import { inNow } from "@yihao/booking/now";
import type { MonthRevenue, Today } from "@yihao/insight/model";
import type { Stream } from "@yihao/pricing/model";
import { hueOf } from "../../streams.ts";
import type { Part } from "../../ui/bar-charts.tsx";
import type { StatusName } from "../../ui/status.tsx";
import type { Tick } from "../../ui/ticks.tsx";

export type Site = Today["sites"][number];
export type Row = Site["bookings"][number];

/** Who is where on a site at an instant of its day; a desk that is let is taken. */
export const presenceAt = (site: Site, at: string) =>
  inNow(
    site.resources.map(({ kind, active, units, let: isLet }) => ({
      kind,
      state: active ? ("active" as const) : ("off" as const),
      ...(units ? { units } : {}),
      isLet: isLet === true,
    })),
    site.bookings,
    at,
    (one) => one.isLet,
  );

const late = 15 * 60_000;

/** How a booking stands at an instant; what is had by time and not entered within a quarter of an hour is a no-show. */
export function statusOf(row: Row, now: string): StatusName {
  if (row.state === "tentative") return row.hold ? "held" : "requested";
  if (row.state === "cancelled") return row.noShowAt ? "noShow" : "closed";
  if (now < row.from) return row.checkedInAt ? "checkedIn" : "booked";
  if (now >= row.until) return row.checkedInAt ? "done" : "closed";
  if (row.checkedInAt) return "inUse";
  return bookedBy(row) === "time" && Date.parse(now) - Date.parse(row.from) > late ? "noShow" : "due";
}

const isDesk = ({ kind }: Pick<Row, "kind">) => kind === "desk" || kind === "pool";

/** One tick per desk of a site, by the letters before their number; a seat of a pool is a desk, and one that is let is in. */
export function desksByArea(site: Site, now: string): { area: string; units: Tick[]; taken: number }[] {
  const areas = new Map<string, Tick[]>();
  const booked = site.bookings.filter((row) => row.state === "booked" && isDesk(row));
  for (const desk of site.resources.filter(isDesk)) {
    const area = /^(.*?)-?\d*$/.exec(desk.code)?.[1] ?? "";
    const mine = booked.filter((row) => row.resource === desk.id);
    const here = mine.filter((row) => row.from <= now && now < row.until);
    const later = mine.filter((row) => row.from > now);
    const ticks = Array.from({ length: desk.units ?? 1 }, (_, seat): Tick => {
      if (!desk.active) return "off";
      if (desk.let) return "in";
      const row = here[seat];
      if (row) return row.checkedInAt ? "in" : "away";
      return seat - here.length < later.length ? "later" : "free";
    });
    areas.set(area, [...(areas.get(area) ?? []), ...ticks]);
  }
  return [...areas].map(([area, units]) => ({
    area,
    units,
    taken: units.filter((unit) => unit === "in" || unit === "away").length,
  }));
}

/** The parts of a month's revenue, largest first, each with how it stands to the month before. */
export function partsOf(month: MonthRevenue, names: Record<Stream, string>): Part[] {
  return [...month.streams]
    .filter((one) => one.grossMinor > 0)
    .sort((a, b) => b.grossMinor - a.grossMinor)
    .map(({ stream, grossMinor }) => ({ key: stream, name: names[stream], value: grossMinor, hue: hueOf[stream] }));
}

/** The next booking of a room that begins after an instant. */
export function nextOf(sites: readonly Site[], now: string): Row | undefined {
  return sites
    .flatMap((site) => site.bookings)
    .filter((row) => row.kind === "room" && row.state === "booked" && row.from > now)
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
}

/** Whole days from one local day to another. */
export const daysFrom = (from: string, until: string): number =>
  Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

/** A share as a signed percentage, e.g. `+8.2%`; undefined without anything to compare with. */
export function changeOf(now: number, before: number): string | undefined {
  if (before <= 0) return undefined;
  const share = ((now - before) / before) * 100;
  return `${share < 0 ? "−" : "+"}${Math.abs(share).toFixed(1)}%`;
}
