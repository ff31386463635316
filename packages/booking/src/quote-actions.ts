import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { CommonRefusal } from "@yihao/kernel/refusals";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { minutesOf } from "@yihao/kernel/span";
import { allowanceLeft } from "@yihao/members/credits";
import type { Company } from "@yihao/members/model";
import { companyOf } from "@yihao/members/store";
import type { PricingRefusal, RateCard } from "@yihao/pricing/model";
import { quoteOf } from "@yihao/pricing/price";
import { rateCardOf } from "@yihao/pricing/store";
import type { Stored } from "@yihao/table/kind";
import { alternativesTo } from "./alternatives.ts";
import { decideBooking, type Slot } from "./decide.ts";
import { clash, type Entry, type OnDay, onDays } from "./grains.ts";
import type { BookingQuote, BookingRefusal, Resource, Wish } from "./model.ts";
import { allowanceMonth, priceSlot } from "./price.ts";
import { bookingOf, daySheets, resourceOf, resourcesOf, sheetKey, sheetOf } from "./store.ts";

export type BookingRefusals = BookingRefusal | PricingRefusal | CommonRefusal;

/** Everything a booking is decided on but the sheets: the facts and, by them, the slot. */
export type Basis = {
  readonly resource: Stored<Resource>;
  readonly company: Stored<Company>;
  readonly card: Stored<RateCard>;
  readonly slot: Slot;
  /** The stretch on each sheet that the slot needs. */
  readonly parts: readonly OnDay[];
};

/**
 * Loads what a wish is decided on (resource, company, rate card: half a unit each) and decides it. Refuses `missing` for what is not there
 * and for a company other than one's own, `booking.company` when staff name none, and all that the rule refuses.
 */
export async function basisOf(scope: Scope, wish: Wish): Promise<Outcome<Basis, BookingRefusals>> {
  const own = ownCompany(scope);
  if (own && wish.company && wish.company !== own) return refuse("missing");
  const company = own ?? (wish.company as CompanyId | undefined);
  if (!company) return refuse("booking.company");
  const eventual = { consistent: false };
  const [resource, found, card] = await Promise.all([
    resourceOf(scope, wish.resource, eventual),
    companyOf(scope, company, eventual),
    rateCardOf(scope),
  ]);
  if (!resource || !found) return refuse("missing");
  const slot = decideBooking({ resource, company: found }, wish, scope.now);
  if (!slot.ok) return slot;
  if (!card) return refuse("rate-card.missing");
  const parts = onDays(slot.value.kept, resource.calendar.zone);
  return accept({ resource, company: found, card, slot: slot.value, parts });
}

/** Whether a company's plan gives room minutes that could pay for the slot. */
export function mayUseAllowance({ company, resource }: Basis): boolean {
  return resource.kind === "room" && (company.subscription?.snapshot.roomMinutes ?? 0) > 0;
}

/** The price of a basis as it would be now, with the allowance read afresh. */
export async function quoteFor(scope: Scope, basis: Basis): Promise<BookingQuote> {
  const { resource, company, card, slot } = basis;
  const month = allowanceMonth(slot);
  const leftMinutes = mayUseAllowance(basis) ? await allowanceLeft(scope, company.id, month) : 0;
  const { from, until, day } = slot;
  return {
    resource: resource.id,
    company: company.id,
    from,
    until,
    day,
    quote: quoteOf(priceSlot(card, resource, slot, leftMinutes), card.rev, scope.now),
    allowance: {
      month,
      leftMinutes,
      grantedMinutes: mayUseAllowance(basis) ? (company.subscription?.snapshot.roomMinutes ?? 0) : 0,
    },
  };
}

/** Prices a wish before it is booked (报价), kept for ten minutes. Writes nothing. Refuses what booking would refuse, taken time too. */
export async function quoteBooking(scope: Scope, wish: Wish): Promise<Outcome<BookingQuote, BookingRefusals>> {
  const basis = await basisOf(scope, wish);
  if (!basis.ok) return basis;
  const { resource, parts } = basis.value;
  const sheets = await Promise.all(
    parts.map(({ day }) => sheetOf(scope, sheetKey(scope, resource.site, day, resource.id), { consistent: false })),
  );
  for (const [index, part] of parts.entries()) {
    const other = clash(sheets[index]?.entries ?? [], part);
    if (other) return taken(scope, basis.value, other);
  }
  return accept(await quoteFor(scope, basis.value));
}

/**
 * The refusal of time that somebody has: what else could be had, and to staff and to the company itself who has it. One query of the day's
 * sheets and one of the resources; it runs only after a refusal.
 */
export async function taken(
  scope: Scope,
  basis: Basis,
  other: Entry,
): Promise<{ ok: false; refusal: { code: "booking.taken"; params: Record<string, unknown> } }> {
  const { resource, slot } = basis;
  const [sheets, others, holder] = await Promise.all([
    daySheets(scope, resource.site, slot.day, { consistent: true }),
    resourcesOf(scope, resource.site),
    bookingOf(scope, other.booking, { consistent: true }),
  ]);
  const own = ownCompany(scope);
  const by =
    holder && (own === undefined || holder.company === own)
      ? { booking: holder.id, company: holder.companyName, from: holder.from, until: holder.until }
      : undefined;
  return refuse("booking.taken", {
    resource: resource.id,
    code: resource.code,
    name: resource.name,
    from: slot.from,
    until: slot.until,
    minutes: minutesOf(slot),
    zone: resource.calendar.zone,
    ...(by ? { by } : {}),
    alternatives: alternativesTo(basis, slot, sheets, others, scope.now),
  });
}
