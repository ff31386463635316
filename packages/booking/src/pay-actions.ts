import type { Scope } from "@yihao/kernel/scope";
import { allowanceIn } from "@yihao/members/allowance";
import {
  allowanceLeft,
  type Credits,
  creditUnit,
  mayHavePacks,
  readCredits,
  type Source,
  sourcesFor,
} from "@yihao/members/credits";
import type { Company } from "@yihao/members/model";
import type { CreditKind } from "@yihao/pricing/model";
import { givenBack } from "./credit-moves.ts";
import type { Booking, BookingQuote, Resource } from "./model.ts";
import { isAsShown, payFrom, type Shown, type WithPacks } from "./pay.ts";
import { allowanceMonth, creditKindOf } from "./price.ts";
import type { Basis } from "./quote-actions.ts";

/** The plan that a company has, and the one that follows it. */
const subscriptionsOf = ({ subscription, next }: Company) => [subscription, next].filter((one) => one !== undefined);

type Who = { readonly company: Company; readonly resource: Resource };
/** The kind of credits that could pay for a resource, and where the company may have some of it for a day: in its plan, in packs. */
export type MayPay = { readonly kind: CreditKind; readonly plan: boolean; readonly packs: boolean } | undefined;

/** Whether credits could pay, from what is read anyway. */
export function mayPay({ company, resource }: Who, day: string): MayPay {
  const kind = creditKindOf(resource);
  if (!kind) return undefined;
  const plans = subscriptionsOf(company).flatMap((one) => [one, ...(one.amendments ?? [])]);
  const plan = plans.some(
    ({ snapshot }) => (kind === "desk-days" ? (snapshot.deskDays ?? 0) : snapshot.roomMinutes) > 0,
  );
  const packs = mayHavePacks(company, kind, day);
  return plan || packs ? { kind, plan, packs } : undefined;
}

/**
 * What may pay for a slot, in the order in which it is used; a booking that is to be moved gives its own back first. One read unit for a plan, two queries
 * where there are packs, nothing where there are neither.
 */
export async function sourcesToPay(
  scope: Scope,
  basis: Pick<Basis, "company" | "resource" | "slot">,
  old?: Booking,
): Promise<Source[]> {
  const { company, slot } = basis;
  const may = mayPay(basis, slot.day);
  if (!may) return [];
  const back = givenBack(old);
  if (may.packs) return sourcesFor(await readCredits(scope, company.id), may.kind, slot.day, back);
  const month = allowanceMonth(slot);
  const unit = creditUnit(may.kind, month);
  const left = (await allowanceLeft(scope, company.id, month, may.kind)) + (back.get(unit) ?? 0);
  return left > 0 ? [{ unit, left, until: slot.day }] : [];
}

/** Everything that a company may pay with on many days: one read for all of them. */
export async function creditsToPay(scope: Scope, who: Who, days: readonly string[]): Promise<Credits> {
  const may = days.map((day) => mayPay(who, day));
  return may.some((one) => one !== undefined) ? readCredits(scope, who.company.id) : { balances: [], lots: [] };
}

/**
 * The price with what pays for it, when it is what was shown. That the credits suffice is proved by the commit: so without packs only a price that is partly or wholly money, although the
 * plan gives some, needs to know what is left of it. `again` reads anew after a commit was short.
 */
export async function paidAsShown(
  scope: Scope,
  basis: Basis,
  shown: Shown,
  old: Booking | undefined,
  again: boolean,
): Promise<WithPacks | undefined> {
  const may = mayPay(basis, basis.slot.day);
  const { expectAllowanceMinutes = 0, expectAllowanceDays = 0 } = shown;
  const plan = expectAllowanceMinutes + expectAllowanceDays;
  const trusted: Source[] = may?.plan && plan > 0 ? [{ unit: "", left: plan, until: "" }] : [];
  let paid = payFrom(basis, trusted);
  if (may && (may.packs || again || paid.price.totalMinor > 0))
    paid = payFrom(basis, await sourcesToPay(scope, basis, old));
  return isAsShown(paid.price, shown) ? paid : undefined;
}

/** How a quote tells what is left of a month's allowance, and which packs would pay. */
export function creditsQuoted(
  { company, resource, slot }: Pick<Basis, "company" | "resource" | "slot">,
  sources: readonly Source[],
  { packs = [] }: WithPacks,
): Pick<BookingQuote, "allowance" | "packs"> {
  const may = mayPay({ company, resource }, slot.day);
  const month = allowanceMonth(slot);
  const left = sources.find(({ lot }) => !lot)?.left ?? 0;
  const granted = may?.plan ? allowanceIn(subscriptionsOf(company), month).gives[may.kind] : 0;
  const days = may?.kind === "desk-days";
  const used = new Map(packs.map(({ lot, units }) => [lot, units]));
  const offered = sources.flatMap(({ lot, left, until }) =>
    lot ? [{ lot: lot.id, name: lot.name, left, until, units: used.get(lot.id) ?? 0 }] : [],
  );
  return {
    allowance: {
      month,
      ...(days ? { leftMinutes: 0, grantedMinutes: 0 } : { leftMinutes: left, grantedMinutes: granted }),
      ...(days && granted > 0 ? { leftDays: left, grantedDays: granted } : {}),
    },
    ...(offered.length > 0 ? { packs: offered } : {}),
  };
}
