import type { Calendar, Resource } from "./model.ts";
import type { Approval, AreaRules, Quota, Who } from "./rules-model.ts";

type Ruled = Pick<Resource, "calendar" | "area"> & AreaRules;

/**
 * When a resource can be used: its own opening hours, else its floor's, else its site's; closed whenever one of the three is.
 */
export function calendarOf({ calendar, area, hours, closures }: Ruled): Calendar {
  const own = hours ?? area?.hours;
  const more = [...(area?.closures ?? []), ...(closures ?? [])];
  if (!own && more.length === 0) return calendar;
  return { zone: calendar.zone, hours: own ?? calendar.hours, closures: [...calendar.closures, ...more] };
}

/** How long before its start a resource is booked at the latest, in minutes. */
export function leadOf({ leadMinutes, area }: Ruled): number {
  return leadMinutes ?? area?.leadMinutes ?? 0;
}

/** Who may book a resource. */
export function whoOf({ who, area }: Ruled): Who {
  return who ?? area?.who ?? { of: "all" };
}

/** Whose bookings of a resource staff approve first; nobody's unless it or its floor says so. */
export function approvalOf({ approval, area }: Ruled): Approval | undefined {
  const rule = approval ?? area?.approval;
  return rule?.of === "nobody" ? undefined : rule;
}

/** After how many minutes without a check-in a booking of a resource is released; 0 is never. */
export function noShowOf({ noShowMinutes, area }: Ruled): number {
  return noShowMinutes ?? area?.noShowMinutes ?? 0;
}

/** The quotas that bookings of a resource count in; its own replace its floor's, an empty list too. */
export function quotasOf({ quotas, area }: Ruled): readonly Quota[] {
  return quotas ?? area?.quotas ?? [];
}
