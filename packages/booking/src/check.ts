import { daysOf } from "@yihao/kernel/days";
import type { RawItem, Violation } from "@yihao/ledger/check";
import { drawsOf } from "./credit-moves.ts";
import { keptOf } from "./decide.ts";
import { had, onDays, unpack } from "./grains.ts";
import { onDay } from "./lease.ts";
import type { Booking, Resource } from "./model.ts";
import { checkPlans } from "./plan-check.ts";
import { paidBy } from "./price.ts";
import { usesBack } from "./quota.ts";
import type { AheadList } from "./quota-store.ts";
import { checkRequests } from "./request-check.ts";
import { checkSeries, claimsIn, seriesIn } from "./series-check.ts";
import { checkVisitors } from "./visitor-check.ts";
import type { Visitor } from "./visitor-model.ts";
import { checkWaits } from "./wait-check.ts";

/**
 * Compares every day sheet with every booking: what is booked stands on its sheets and nothing else does, no more share a moment of a
 * resource than it ever had units, none stands on days that are let, the credits that are booked of each source are the sum of the open bookings it pays, and every quota has counted
 * exactly the bookings that count in it; claims of a series count like bookings, and nothing of a series is half made. Takes all items of one or many spaces.
 */
export function checkBookings(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [
    ...checkVisitors(items),
    ...checkPlans(items),
    ...checkRequests(items),
    ...checkWaits(items),
  ];
  const resources = new Map<string, Resource>();
  for (const item of items)
    if (item.k === "res") resources.set(`${String(item.pk).split("#", 1)[0]} ${String(item.sk)}`, item as never);
  const say = (rule: string, where: string, expected: unknown, found: unknown) =>
    violations.push({ rule, where, expected, found });
  const wanted = new Map<string, string>();
  const found = new Map<string, string>();
  const credits = new Map<string, number>();
  const balances = new Map<string, number>();
  const counted = new Map<string, number>();
  const counters = new Map<string, number>();
  const ahead = new Map<string, Booking[]>();
  const lists = new Map<string, AheadList>();
  /** What a booking, or a claim that is none yet, wants to be found elsewhere. */
  const expect = (space: string, booking: Booking) => {
    for (const use of usesBack(booking)) {
      const key = `${space}#quota#${use.holder} ${use.over}#${use.period}`;
      if (use.period === "ahead") ahead.set(key, [...(ahead.get(key) ?? []), booking]);
      else counted.set(key, (counted.get(key) ?? 0) + use.amount);
    }
    for (const { day, from, until } of onDays(keptOf(booking, booking), booking.zone))
      wanted.set(`${space}#day#${booking.site}#${day} ${booking.resource} ${booking.id}`, `${from}-${until}`);
    const { plan, packs } = paidBy(booking.price);
    const drawn = drawsOf(booking);
    const sum = drawn.reduce((all, { amount }) => all + amount, 0);
    if (sum !== plan + packs) say("booking.packs-pay", `${space} ${booking.id}`, plan + packs, sum);
    for (const { unit, amount } of booking.allowanceUsed ? [] : drawn) {
      const key = `${space}#book#credit#${booking.company} ${unit}`;
      credits.set(key, (credits.get(key) ?? 0) + amount);
    }
  };
  const made = seriesIn(items);
  for (const [space, booking] of claimsIn(made)) expect(space, booking);
  for (const item of items) {
    const pk = String(item.pk);
    const space = pk.split("#", 1)[0] ?? "";
    if (item.k === "d") {
      const entries = unpack(String(item.s));
      const where = `${pk} ${String(item.sk)}`;
      if (String(item.s).length % 18 !== 0) say("booking.sheet-reads", where, "18 letters an entry", item.s);
      const { unitsEver = 1 } = resources.get(`${space} ${String(item.sk)}`) ?? {};
      entries.forEach((entry) => {
        const at = had(entries, entry.from);
        if (at > unitsEver)
          say("booking.no-overlap", where, `${unitsEver} at ${entry.from}`, `${at} with ${entry.booking}`);
        const key = `${where} ${entry.booking}`;
        if (found.has(key)) say("booking.on-sheet-once", key, 1, 2);
        found.set(key, `${entry.from}-${entry.until}`);
      });
    } else if (item.k === "bok") {
      const booking = item as unknown as Booking;
      if (booking.state === "cancelled") continue;
      expect(space, booking);
      const { leases: claimed = [] } = resources.get(`${space} ${booking.resource}`) ?? {};
      const leases = claimed.filter(({ state }) => state === "held");
      const days = daysOf(booking, booking.zone);
      const lease = leases.find((one) => booking.until > one.at && days.some((day) => onDay(one, day)));
      if (lease) say("booking.not-let", `${pk} ${booking.day}`, null, lease.id);
    } else if (item.k === "vis") {
      const { guestPass, company, state, erasedAt } = item as unknown as Visitor;
      const key = `${space}#book#credit#${company} ${guestPass?.unit}`;
      if (guestPass && state === "expected" && !erasedAt) credits.set(key, (credits.get(key) ?? 0) + 1);
    } else if (item.k === "quota") counters.set(`${pk} ${String(item.sk)}`, Number(item.used));
    else if (item.k === "ahead") lists.set(`${pk} ${String(item.sk)}`, item as never);
    else if (item.k === "bal" && /^credit:(room-minutes|desk-days|guest-passes):/.test(String(item.unit)))
      balances.set(`${pk} ${String(item.unit)}`, Number(item["a:booked"] ?? 0));
  }
  for (const [key, grains] of wanted)
    if (found.get(key) !== grains) say("booking.on-its-sheets", key, grains, found.get(key) ?? null);
  for (const [key, grains] of found) if (!wanted.has(key)) say("booking.sheet-has-booking", key, null, grains);
  for (const key of new Set([...credits.keys(), ...balances.keys()]))
    if ((credits.get(key) ?? 0) !== (balances.get(key) ?? 0))
      say("booking.credits-booked", key, credits.get(key) ?? 0, balances.get(key) ?? 0);
  for (const key of new Set([...counted.keys(), ...counters.keys()]))
    if ((counted.get(key) ?? 0) !== (counters.get(key) ?? 0))
      say("booking.quota-counted", key, counted.get(key) ?? 0, counters.get(key) ?? 0);
  for (const key of new Set([...ahead.keys(), ...lists.keys()])) {
    const { list = [], at = "" } = lists.get(key) ?? {};
    const standing = (ahead.get(key) ?? []).filter(({ from }) => from > at).map(({ id }) => id);
    const listed = list.filter(({ from }) => from > at).map(({ booking }) => booking);
    if ([...standing].sort().join() !== [...listed].sort().join()) say("booking.quota-ahead", key, standing, listed);
  }
  return [...violations, ...checkSeries(made)];
}
