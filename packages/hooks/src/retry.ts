const minute = 60_000;
const hour = 60 * minute;

/** How long after an attempt the next follows, in milliseconds: ten attempts over three days. */
export const retryDelays: readonly number[] = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  8 * hour,
  16 * hour,
  20 * hour,
  24 * hour,
];
/** An endpoint that took nothing for so long is paused when a delivery has had its last attempt. */
export const deadAfterMs = 72 * hour;
/** Facts that are older are not sent any more when they are heard late: they were tried for as long already, or belong to books that moved here. */
export const oldestMs = 72 * hour;

/**
 * When to look after an attempt on rung `rung` (0 is the first) that begins now: its retry then follows, or, after the last, the judgement. Up to a fifth later, so that what failed together does not
 * come back together; `chance` is from 0 up to 1.
 */
export function nextLook(rung: number, chance: number, now: string): string {
  const delay = retryDelays[rung] ?? minute;
  return new Date(Date.parse(now) + Math.round(delay * (1 + 0.2 * chance))).toISOString();
}

/** Whether there is another attempt after the one on this rung. */
export const hasNext = (rung: number): boolean => rung < retryDelays.length;

/** Whether an endpoint has failed for so long that it is not worth another delivery. */
export function isDead(failingSince: string | null, now: string): boolean {
  return failingSince !== null && Date.parse(now) - Date.parse(failingSince) >= deadAfterMs;
}

/** Whether a fact is too old to be sent. */
export function isOld(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) > oldestMs;
}
