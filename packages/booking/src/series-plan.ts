import { type Day, instantOf, plusDays } from "@yihao/kernel/days";
import type { PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Source } from "@yihao/members/credits";
import type { Company } from "@yihao/members/model";
import type { RateCard } from "@yihao/pricing/model";
import { drawsOf, type Paying } from "./credit-moves.ts";
import { type BookingFacts, decideBooking, type Slot } from "./decide.ts";
import { clash, type Entry, type OnDay, onDays } from "./grains.ts";
import { type BookingId, type BookingRefusal, bookedBy, type Quota, type Resource, type Wish } from "./model.ts";
import { payFrom, type WithPacks } from "./pay.ts";
import { countedIn, counterName, type Use, usesOf } from "./quota.ts";
import { occurrencesMost, occurrencesOf } from "./recurrence.ts";
import type { Conflict, SeriesWish } from "./series-model.ts";

/** An occurrence as the rules of a single booking decide it, with the stretch it needs on each sheet. */
export type Decided = { readonly day: Day } & (
  | { readonly slot: Slot; readonly parts: readonly OnDay[]; readonly quotas: readonly Quota[]; readonly uses: Use[] }
  | { readonly conflict: Conflict }
);

/** The span of wall times on a day: an end that is not later than the start is of the next day. */
export function wallSpan(day: Day, from: string, until: string, zone: string) {
  const last = until <= from ? plusDays(day, 1) : day;
  return { from: instantOf(day, from, zone), until: instantOf(last, until, zone) };
}

/**
 * The occurrences of a series, each decided as a single booking would be. Wall times stay over a clock change: in the hour that is skipped they move forward by the gap (what
 * shrinks to nothing is a conflict), in the doubled hour they mean its first time (RFC 5545, §3.3.5). Refuses `series.none`, `series.too-many`, what refuses every occurrence and hangs on no day, and times for what is had by the day or the other way about.
 */
export function decideSeries(
  facts: BookingFacts & { readonly company: Company },
  wish: SeriesWish,
  person: PersonId,
  now: string,
): Outcome<Decided[], BookingRefusal> {
  const { resource, company, booker } = facts;
  const { kind, site, id, calendar } = resource;
  const by = bookedBy(resource);
  if (by === "lease") return refuse("booking.by-lease", { code: resource.code });
  const { from, until } = wish;
  const timed = from !== undefined && until !== undefined;
  if (timed !== (by === "time")) return refuse("booking.by-day", { kind, by });
  const days = occurrencesOf(wish.repeat, wish.day);
  if (days.length === 0) return refuse("series.none");
  if (days.length > occurrencesMost) return refuse("series.too-many", { most: occurrencesMost });
  const decided = days.map((day): Decided => {
    const one: Wish = timed ? { resource: id, ...wallSpan(day, from, until, calendar.zone) } : { resource: id, day };
    const slot = decideBooking(facts, one, now);
    if (!slot.ok) return { day, conflict: { day, ...slot.refusal } };
    const plan = slot.value.member ? company.subscription?.plan : undefined;
    const quotas = countedIn(resource, { staff: booker?.staff ?? false, plan });
    const uses = usesOf(quotas, { ...slot.value, resource: id, kind, site, person, company: company.id });
    return { day, slot: slot.value, parts: onDays(slot.value.kept, calendar.zone), quotas, uses };
  });
  const [first] = decided;
  const code = first && "conflict" in first ? first.conflict.code : "";
  const never = wholly.has(code) && decided.every((one) => "conflict" in one && one.conflict.code === code);
  if (never && first && "conflict" in first) return refuse(code as BookingRefusal, first.conflict.params);
  return accept(decided);
}

/** What refuses a whole series when it refuses every occurrence: it hangs on no day. */
const wholly: ReadonlySet<string> = new Set([
  "booking.off",
  "booking.left",
  "booking.suspended",
  "booking.who",
  "booking.training",
  "booking.grid",
  "booking.length",
]);

/** An occurrence that can be had, at its price. */
export type Planned = { readonly slot: Slot; readonly quotas: readonly Quota[] } & WithPacks;
/** What stands on sheets by their day, what is used of quotas by counter, both changing as occurrences are planned, and the credits that may pay. */
export type Standing = {
  readonly sheets: Map<Day, Entry[]>;
  readonly used: Map<string, number>;
  /** What may pay on a day, when those before it have taken theirs. */
  readonly sources: (day: Day, taken: ReadonlyMap<string, number>) => readonly Source[];
};

/**
 * Plans a series in the order of time: which occurrences can be had and what each costs, when those before it have been booked. So occurrences never overlap each other, quotas are used up by the earlier ones, and
 * credits pay for the first occurrences that they are good for.
 */
export function planSeries(
  { resource, card }: { readonly resource: Resource; readonly card: RateCard },
  decided: readonly Decided[],
  { sheets, used, sources }: Standing,
): { planned: Planned[]; conflicts: Conflict[] } {
  const planned: Planned[] = [];
  const conflicts: Conflict[] = [];
  const mine: BookingId = "bok_planned";
  const taken = new Map<string, number>();
  for (const one of decided) {
    if ("conflict" in one) {
      conflicts.push(one.conflict);
      continue;
    }
    const { slot, parts, quotas, uses, day } = one;
    if (parts.some((part) => clash(sheets.get(part.day) ?? [], part, resource.units))) {
      conflicts.push({ day, code: "booking.taken" });
      continue;
    }
    const over = uses.find((use) => (used.get(counterName(use)) ?? 0) + use.amount > use.quota.most);
    if (over) {
      const { per, over: of, count, in: within, most } = over.quota;
      const usedNow = used.get(counterName(over)) ?? 0;
      const params = {
        per,
        over: of,
        count,
        in: within,
        most,
        used: usedNow,
        wanted: over.amount,
        name: resource.name,
      };
      conflicts.push({ day, code: "booking.quota", params });
      continue;
    }
    const paid = payFrom({ card, resource, slot }, sources(slot.day, taken));
    for (const { day: on, from, until } of parts)
      sheets.set(on, [...(sheets.get(on) ?? []), { from, until, booking: mine }]);
    for (const use of uses) used.set(counterName(use), (used.get(counterName(use)) ?? 0) + use.amount);
    for (const { unit, amount } of drawsOf(drawing(resource, slot, paid)))
      taken.set(unit, (taken.get(unit) ?? 0) + amount);
    planned.push({ slot, quotas, ...paid });
  }
  return { planned, conflicts };
}

/** An occurrence as far as credits are drawn for it. */
function drawing({ kind, by, calendar }: Resource, { day }: Slot, paid: WithPacks): Paying {
  return { id: "bok_planned", company: "cmp_planned", kind, ...(by ? { by } : {}), day, zone: calendar.zone, ...paid };
}
