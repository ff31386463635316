import type { Zone } from "@yihao/kernel/days";
import type { Span } from "@yihao/kernel/span";
import { Temporal } from "temporal-polyfill";

const two = (value: number) => String(Math.trunc(value)).padStart(2, "0");

/** An offset from UTC as RFC 5545 §3.3.14 writes it, from minutes: `+0800`. */
function offsetText(minutes: number): string {
  const most = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(most / 60)}${two(most % 60)}`;
}
const offsetOf = (at: Temporal.ZonedDateTime) => at.offsetNanoseconds / 60_000_000_000;

/** Local times of a part of a zone are written on the clock that was shown before its change (§3.6.5). */
function local(at: Temporal.ZonedDateTime, offsetMinutes: number): string {
  const shown = new Date(at.epochMilliseconds + offsetMinutes * 60_000).toISOString();
  return shown.slice(0, 19).replaceAll(/[-:]/g, "");
}

/** Whether a zone's clock is ahead of its standard time: the lesser of its offsets half a year apart. */
function isSummer(at: Temporal.ZonedDateTime): boolean {
  const other = Math.min(offsetOf(at.add({ months: 6 })), offsetOf(at.subtract({ months: 6 })));
  return offsetOf(at) > other;
}

/**
 * A zone as a VTIMEZONE (RFC 5545 §3.6.5) that holds over a span: what its clock shows at the beginning, and every change until the end, each said by
 * its own instant. So no rule is guessed for years that no event of the calendar stands in.
 */
export function zoneText(zone: Zone, span: Span): string {
  const first = Temporal.Instant.from(span.from).toZonedDateTimeISO(zone);
  const end = Date.parse(span.until);
  const begun = first.getTimeZoneTransition("previous");
  const parts: { at: Temporal.ZonedDateTime; before: number }[] = [];
  if (begun) parts.push({ at: begun, before: offsetOf(begun.subtract({ nanoseconds: 1 })) });
  else parts.push({ at: first, before: offsetOf(first) });
  for (let at = first.getTimeZoneTransition("next"); at && at.epochMilliseconds < end; ) {
    parts.push({ at, before: offsetOf(at.subtract({ nanoseconds: 1 })) });
    at = at.getTimeZoneTransition("next");
  }
  const lines = parts.flatMap(({ at, before }) => {
    const name = isSummer(at) ? "DAYLIGHT" : "STANDARD";
    return [
      `BEGIN:${name}`,
      `DTSTART:${local(at, before)}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(offsetOf(at))}`,
      `END:${name}`,
    ];
  });
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...lines, "END:VTIMEZONE"].join("\r\n");
}
