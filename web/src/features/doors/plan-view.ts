import { openSpans } from "@yihao/booking/hours";
import { type Availability, bookedBy, type Calendar, type ResourceView } from "@yihao/booking/model";
import { daySpan } from "@yihao/kernel/days";
import type { StatusName } from "../../ui/status.tsx";

const grainMs = 300_000;

export type SpotState = "free" | "mine" | "taken" | "let" | "closed" | "off";

/** How a place stands at an instant of a local day: what it is booked, whose, let for months, closed or off. A pool is taken when every unit is. */
export function stateAt(
  one: Pick<ResourceView, "id" | "kind" | "by" | "state" | "units" | "leases">,
  calendar: Calendar,
  seen: Availability | undefined,
  day: string,
  at: string,
): SpotState {
  if (one.state === "off") return "off";
  const leased = (one.leases ?? []).some(({ from, until }) => from <= day && (until === undefined || day < until));
  if (leased) return "let";
  const grain = Math.floor((Date.parse(at) - Date.parse(daySpan(day, calendar.zone).from)) / grainMs);
  const now = (seen?.resources[one.id] ?? []).filter(([from, until]) => from <= grain && grain < until);
  if (now.some(([, , whose]) => whose === "mine")) return "mine";
  if (now.length >= (one.units ?? 1)) return "taken";
  if (!openSpans(calendar, day).some(({ from, until }) => from <= at && at < until)) return "closed";
  return bookedBy(one) === "lease" ? "let" : "free";
}

/** The status of the vocabulary for a place on the plan: shape and tone, never colour alone. */
export const spotStatus: Readonly<Record<SpotState, StatusName>> = {
  free: "free",
  mine: "checkedIn",
  taken: "inUse",
  let: "active",
  closed: "off",
  off: "off",
};

/** Moves a spot by steps of the arrow keys, or to where it was dragged, never off the plan; whole thousandths. */
export const onPlan = (value: number): number => Math.min(1000, Math.max(0, Math.round(value)));
