import { plusMinutes } from "@yihao/kernel/span";
import type { RawItem, Violation } from "@yihao/ledger/check";
import { onDays, unpack } from "./grains.ts";
import type { Booking } from "./model.ts";
import { allowanceMonth } from "./price.ts";

/**
 * Compares every day sheet with every booking: what is booked stands on its sheets and nothing else does, no two share a moment of a
 * resource, and the allowance that is booked is the sum of the open bookings it pays. Takes all items of one or many spaces.
 */
export function checkBookings(items: Iterable<RawItem>): Violation[] {
  const violations: Violation[] = [];
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const wanted = new Map<string, string>();
  const found = new Map<string, string>();
  const allowance = new Map<string, number>();
  const balances = new Map<string, number>();
  for (const item of items) {
    const pk = String(item.pk);
    const space = pk.split("#", 1)[0] ?? "";
    if (item.k === "d") {
      const entries = unpack(String(item.s));
      const where = `${pk} ${String(item.sk)}`;
      if (String(item.s).length % 18 !== 0) say("booking.sheet-reads", where, "18 letters an entry", item.s);
      entries.forEach((entry, index) => {
        const before = entries[index - 1];
        if (before && before.until > entry.from)
          say("booking.no-overlap", where, `from ${before.until}`, `${entry.booking} from ${entry.from}`);
        const key = `${where} ${entry.booking}`;
        if (found.has(key)) say("booking.on-sheet-once", key, 1, 2);
        found.set(key, `${entry.from}-${entry.until}`);
      });
    } else if (item.k === "bok") {
      const booking = item as unknown as Booking;
      if (booking.state !== "booked") continue;
      const kept = { from: booking.from, until: plusMinutes(booking.until, booking.bufferMinutes) };
      for (const { day, from, until } of onDays(kept, booking.zone))
        wanted.set(`${space}#day#${booking.site}#${day} ${booking.resource} ${booking.id}`, `${from}-${until}`);
      const minutes = booking.allowanceUsed ? 0 : booking.price.allowanceMinutes;
      const key = `${space}#book#credit#${booking.company} credit:room-minutes:${allowanceMonth(booking)}`;
      allowance.set(key, (allowance.get(key) ?? 0) + minutes);
    } else if (item.k === "bal" && String(item.unit).startsWith("credit:room-minutes:"))
      balances.set(`${pk} ${String(item.unit)}`, Number(item["a:booked"] ?? 0));
  }
  for (const [key, grains] of wanted)
    if (found.get(key) !== grains) say("booking.on-its-sheets", key, grains, found.get(key) ?? null);
  for (const [key, grains] of found) if (!wanted.has(key)) say("booking.sheet-has-booking", key, null, grains);
  for (const key of new Set([...allowance.keys(), ...balances.keys()]))
    if ((allowance.get(key) ?? 0) !== (balances.get(key) ?? 0))
      say("booking.allowance-booked", key, allowance.get(key) ?? 0, balances.get(key) ?? 0);
  return violations;
}
