import type { Span } from "@yihao/kernel/span";

const dayMs = 86_400_000;
/** How far back and ahead a feed shows, and how many bookings at most. */
export const feedReach = { pastDays: 60, futureDays: 365, most: 2000 } as const;

/** The stretch of time that a feed shows at an instant. */
export const feedSpan = (now: string): Span => ({
  from: new Date(Date.parse(now) - feedReach.pastDays * dayMs).toISOString(),
  until: new Date(Date.parse(now) + feedReach.futureDays * dayMs).toISOString(),
});
