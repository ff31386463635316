/** A half-open stretch of time `[from, until)`, both ISO 8601 UTC instants. */
export type Span = { readonly from: string; readonly until: string };

/** Milliseconds since the epoch of an ISO instant. */
export function millis(instant: string): number {
  return Date.parse(instant);
}

/** The canonical text of an instant: UTC, milliseconds, `Z`. Texts of it sort in time order. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Whether two half-open spans share any moment; touching ends do not. */
export function overlaps(a: Span, b: Span): boolean {
  return millis(a.from) < millis(b.until) && millis(b.from) < millis(a.until);
}

/** Length of a span in whole minutes. */
export function minutesOf(span: Span): number {
  return Math.round((millis(span.until) - millis(span.from)) / 60_000);
}

/** An instant some minutes later (or earlier, when negative). */
export function plusMinutes(at: string, minutes: number): string {
  return instant(millis(at) + minutes * 60_000);
}
