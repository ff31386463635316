import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { minutesOf } from "@yihao/kernel/span";
import type { Company } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import { changeAfter } from "@yihao/pricing/ahead";
import type { PricingRefusal, RateCard } from "@yihao/pricing/model";
import { quoteOf } from "@yihao/pricing/price";
import { rateCardOf } from "@yihao/pricing/store";
import type { Stored } from "@yihao/table/kind";
import { alternativesTo } from "./alternatives.ts";
import { askedUntil } from "./approval.ts";
import { type BookingFacts, decideBooking, type Slot } from "./decide.ts";
import { clash, type Entry, type OnDay, onDays } from "./grains.ts";
import { leaseOver } from "./lease.ts";
import {
  type Booking,
  type BookingQuote,
  type BookingRefusal,
  bookedBy,
  type Quota,
  type Resource,
  type Wish,
} from "./model.ts";
import { payFrom } from "./pay.ts";
import { creditsQuoted, sourcesToPay } from "./pay-actions.ts";
import { countedIn, counterName, type Use, usesBack, usesOf } from "./quota.ts";
import { quotaParams, usedOf } from "./quota-store.ts";
import { bookingOf, daySheets, resourceOf, resourcesOf, sheetKey, sheetOf } from "./store.ts";
import { trainingOf, trainingsOf } from "./training-store.ts";

export type BookingRefusals = BookingRefusal | PricingRefusal | CommonRefusal;

/** Everything a booking is decided on but the sheets: the facts and, by them, the slot. */
export type Basis = {
  readonly resource: Stored<Resource>;
  readonly company: Stored<Company>;
  readonly card: Stored<RateCard>;
  readonly slot: Slot;
  /** The stretch on each sheet that the slot needs. */
  readonly parts: readonly OnDay[];
  readonly booker: NonNullable<BookingFacts["booker"]>;
  /** The quotas that the booking counts in. */
  readonly quotas: readonly Quota[];
};
type Refusal = ReturnType<typeof refuse<BookingRefusals>>;

/** The person who asks; none when the system does. */
export const personOf = ({ actor }: Scope): PersonId | undefined =>
  actor.kind === "system" ? undefined : actor.person;

/** Who and what a wish is about: resource, company, rate card, and the person who books with the training record that may be needed. */
export type Facts = Pick<Basis, "resource" | "company" | "booker"> & { readonly card: Stored<RateCard> | undefined };

/** `as` is who it is for where they have no record yet, as somebody who only asks what it would cost. */
type Options = { readonly consistent?: boolean; readonly as?: Stored<Company> };

/**
 * Loads what a wish is decided on (resource, company, rate card: half a unit each, and a training record where one is needed). Refuses `missing` for what is not there and for a company other than
 * one's own, and `booking.company` when staff name none.
 */
export async function factsOf(
  scope: Scope,
  wish: Pick<Wish, "resource" | "company">,
  { as, ...options }: Options = {},
): Promise<Outcome<Facts, BookingRefusals>> {
  const own = ownCompany(scope);
  if (own && wish.company && wish.company !== own) return refuse("missing");
  const company = own ?? (wish.company as CompanyId | undefined);
  if (!company) return refuse("booking.company");
  const eventual = { consistent: false, ...options };
  const [resource, found, card] = await Promise.all([
    resourceOf(scope, wish.resource, eventual),
    as ?? companyOf(scope, company, eventual),
    rateCardOf(scope, eventual),
  ]);
  if (!resource || !found) return refuse("missing");
  return accept({ resource, company: found, card, booker: await bookerOf(scope, resource, own === undefined) });
}

/**
 * Loads what a wish is decided on and decides it. Refuses what `factsOf` and the rule refuse, days that are let with what else there is, and `rate-card.missing`.
 */
export async function basisOf(
  scope: Scope,
  wish: Wish,
  options: Options = {},
): Promise<Outcome<Basis, BookingRefusals>> {
  const facts = await factsOf(scope, wish, options);
  if (!facts.ok) return facts;
  const { resource, company, card, booker } = facts.value;
  const slot = decideBooking({ resource, company, booker }, wish, scope.now);
  if (!slot.ok) return slot.refusal.code === "booking.let" ? letTo(scope, facts.value, wish) : slot;
  if (!card) return refuse("rate-card.missing");
  const parts = onDays(slot.value.kept, resource.calendar.zone);
  const holder = { staff: booker.staff, plan: slot.value.member ? company.subscription?.plan : undefined };
  return accept({ resource, company, card, slot: slot.value, parts, booker, quotas: countedIn(resource, holder) });
}

async function bookerOf(scope: Scope, resource: Resource, staff: boolean): Promise<Basis["booker"]> {
  const person = personOf(scope);
  if (!resource.training || staff || !person) return { staff, trainings: [] };
  const training = await trainingOf(scope, resource.id, person, { consistent: false });
  return { staff, trainings: training ? [training] : [] };
}

/** What a booking on a basis would use of its quotas. */
function usesFor(scope: Scope, { resource, company, slot, quotas }: Basis, whose?: PersonId): Use[] {
  const { kind, site } = resource;
  const person = whose ?? personOf(scope) ?? "per_none";
  return usesOf(quotas, { ...slot, resource: resource.id, kind, site, person, company: company.id });
}

/** The price of a basis as it would be now, with credits read afresh; a booking that is to be moved gives its own back first. */
export async function quoteFor(scope: Scope, basis: Basis, old?: Booking): Promise<BookingQuote> {
  const { resource, company, card, slot } = basis;
  const sources = await sourcesToPay(scope, basis, old);
  const paid = payFrom(basis, sources);
  const { from, until, day } = slot;
  const per = bookedBy(resource) === "day" ? "dayMinor" : "hourMinor";
  const thing = { kind: resource.kind, resource: resource.id };
  const fixed = slot.guest && resource.public?.priceMinor !== undefined;
  const other = fixed ? undefined : changeAfter(card, thing, company.prices, per, day);
  return {
    resource: resource.id,
    company: company.id,
    from,
    until,
    day,
    quote: quoteOf(paid.price, card.rev, scope.now),
    ...(other ? { otherFrom: other.from } : {}),
    ...(other?.minor === undefined ? {} : { otherUnitMinor: other.minor }),
    ...creditsQuoted(basis, sources, paid),
  };
}

/**
 * Prices a wish before it is booked (报价), kept for ten minutes. Writes nothing. Refuses what booking would refuse, taken time and used quotas too. With the booking
 * that is to be moved there, as moving it would be priced: its own time, quotas and allowance are free for it.
 */
export async function quoteBooking(
  scope: Scope,
  wish: Wish,
  old?: Booking,
  as?: Stored<Company>,
): Promise<Outcome<BookingQuote, BookingRefusals>> {
  const basis = await basisOf(scope, wish, as ? { as } : {});
  if (!basis.ok) return basis;
  const { resource, parts } = basis.value;
  const uses = usesFor(scope, basis.value, old?.person);
  const back = new Map((old ? usesBack(old) : []).map((use) => [counterName(use), use.amount]));
  const [sheets, counted] = await Promise.all([
    Promise.all(
      parts.map(({ day }) => sheetOf(scope, sheetKey(scope, resource.site, day, resource.id), { consistent: false })),
    ),
    usedOf(scope, uses),
  ]);
  for (const [index, part] of parts.entries()) {
    const entries = (sheets[index]?.entries ?? []).filter(({ booking }) => booking !== old?.id);
    const other = clash(entries, part, resource.units);
    if (other) return taken(scope, basis.value, other);
  }
  const used = uses.map((use, index) => (counted[index] ?? 0) - (back.get(counterName(use)) ?? 0));
  const over = uses.findIndex((use, index) => (used[index] ?? 0) + use.amount > use.quota.most);
  const least = uses[over];
  if (least)
    return refuse("booking.quota", {
      ...quotaParams(least, used[over] ?? 0),
      code: resource.code,
      name: resource.name,
    });
  const { slot, booker } = basis.value;
  const asked = askedUntil(resource, { staff: booker.staff, member: slot.member }, slot.from, scope.now);
  if (asked && old) return refuse("booking.needs-approval", { code: resource.code });
  const approval = asked ? { approval: { until: asked } } : {};
  const quoted = { ...(await quoteFor(scope, basis.value, old)), ...approval };
  if (uses.length === 0) return accept(quoted);
  return accept({ ...quoted, quotas: uses.map(({ quota }, index) => ({ ...quota, used: used[index] ?? 0 })) });
}

/**
 * The refusal of time that somebody has: what else could be had, and to staff and to the company itself who has it, where that is one booking. One query of the day's
 * sheets and one of the resources; it runs only after a refusal.
 */
export async function taken(scope: Scope, basis: Basis, other: Entry): Promise<Refusal> {
  const alone = (basis.resource.units ?? 1) === 1;
  const [about, holder] = await Promise.all([
    insteadOf(scope, basis),
    alone ? bookingOf(scope, other.booking, { consistent: true }) : undefined,
  ]);
  const own = ownCompany(scope);
  const by =
    holder && (own === undefined || holder.company === own)
      ? { booking: holder.id, company: holder.companyName, from: holder.from, until: holder.until }
      : undefined;
  return refuse("booking.taken", { ...about, ...(by ? { by } : {}) });
}

/** The refusal of days that somebody has for months, with what else could be had; to staff and to the company itself whose they are. */
async function letTo(scope: Scope, facts: Facts, wish: Wish): Promise<Refusal> {
  const { resource } = facts;
  const slot = decideBooking({ ...facts, resource: { ...resource, leases: [] } }, wish, scope.now);
  const lease = slot.ok ? leaseOver(resource, slot.value, scope.now) : undefined;
  if (!slot.ok || !lease) return refuse("conflict");
  const own = ownCompany(scope);
  const by = own === undefined || lease.company === own ? { company: lease.companyName } : undefined;
  const about = await insteadOf(scope, { ...facts, slot: slot.value });
  return refuse("booking.let", { ...about, letUntil: lease.until ?? null, ...(by ? { by } : {}) });
}

/** What was wanted, and what else could be had. */
async function insteadOf(scope: Scope, basis: Omit<Facts, "card"> & { slot: Slot }): Promise<Record<string, unknown>> {
  const { resource, slot } = basis;
  const person = personOf(scope);
  const [sheets, others, trainings] = await Promise.all([
    daySheets(scope, resource.site, slot.day, { consistent: true }),
    resourcesOf(scope, resource.site),
    resource.kind === "equipment" && person && !basis.booker.staff ? trainingsOf(scope, person) : [],
  ]);
  const facts: BookingFacts = { ...basis, booker: { staff: basis.booker.staff, trainings } };
  return {
    resource: resource.id,
    code: resource.code,
    name: resource.name,
    from: slot.from,
    until: slot.until,
    minutes: minutesOf(slot),
    zone: resource.calendar.zone,
    alternatives: alternativesTo(facts, slot, sheets, others, scope.now),
  };
}
