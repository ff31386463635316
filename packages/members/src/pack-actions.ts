import { dayOf, instantOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { balanceOf, planTransfers } from "@yihao/ledger/store";
import type { PackId, PricingRefusal } from "@yihao/pricing/model";
import { packOf } from "@yihao/pricing/store";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { claim, ownerOf } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import { companyForChange } from "./company-actions.ts";
import { creditBook, creditMoves, creditUnit, drawFrom, prepaidWith, sourcesOn } from "./credits.ts";
import { today, zoneOf } from "./days.ts";
import type { MembersRefusal } from "./model.ts";
import { companyKey, companyKind, companyOf, lotKey, lotKind, lotsOf } from "./store.ts";
import type { CreditsUsed, CreditUse, Lot, PackSold, PackTakenOver } from "./subscription-model.ts";

type Refusal = "missing" | "busy" | MembersRefusal | PricingRefusal;
/** How far ahead the days of a pack may begin. */
const aheadDays = 92;

/**
 * Sells a pack to a company (预付包): its credits are there at once, good from today or from a day to come, and bookings know of them; billing hears the
 * price. A day pass (日票) is a pack of desk days.
 */
export async function sellPack(
  scope: Scope,
  company: CompanyId,
  wish: { readonly pack: PackId; readonly from?: string | undefined },
): Promise<Outcome<Lot, Refusal>> {
  const [pack, zone] = await Promise.all([packOf(scope, wish.pack), zoneOf(scope)]);
  if (!pack) return refuse("missing");
  const day = dayOf(scope.now, zone);
  const from = wish.from ?? day;
  const latest = plusDays(day, aheadDays);
  if (pack.state === "retired") return refuse("pack.retired", { name: pack.name });
  if (from < day || from > latest) return refuse("subscription.day", { earliest: day, latest });
  const { name, kind, units, priceMinor } = pack;
  const until = plusDays(from, pack.validDays);
  const lot: Lot = { id: idFor(scope, "lot"), pack: pack.id, name, kind, units, priceMinor, from, until };
  const told: PackSold = { company, lot };
  return grant(scope, company, lot, zone, [happened(scope, "pack.sold", company, told)]);
}

/** What is left of a pack that was paid for before: good until the day it was sold with. `reference` is its receipt's number in the old books. */
export type PackBefore = {
  readonly pack: PackId;
  readonly units: number;
  readonly from: string;
  readonly until: string;
  readonly reference: string;
};
const packBefore = (company: CompanyId, reference: string) => `${company} ${reference}`;

/** The pack that a receipt of the old books became here, if it was taken over. */
export const packTaken = (scope: Scope, company: CompanyId, reference: string): Promise<string | undefined> =>
  ownerOf(scope, "pack-before", packBefore(company, reference));

/**
 * Takes what is left of a pack over (接管预付包): its credits are there at once and nothing is charged. Refused as `pack.taken` when that receipt's pack was taken over before,
 * `pack.over` when its days are.
 */
export async function takeOverPack(scope: Scope, company: CompanyId, wish: PackBefore): Promise<Outcome<Lot, Refusal>> {
  const [pack, zone] = await Promise.all([packOf(scope, wish.pack), zoneOf(scope)]);
  if (!pack) return refuse("missing");
  const { from, until, units, reference } = wish;
  if (until <= dayOf(scope.now, zone) || until <= from) return refuse("pack.over", { until });
  const { name, kind } = pack;
  const lot: Lot = { id: idFor(scope, "lot"), pack: pack.id, name, kind, units, priceMinor: 0, from, until };
  const told: PackTakenOver = { company, lot, reference };
  return grant(scope, company, lot, zone, [happened(scope, "pack.taken-over", company, told)], reference);
}

/**
 * Puts a pack's credits at a company's disposal, with what else belongs into the commit: the lot, its grant, the timer at which the rest expires, and on the
 * company itself which kinds it has prepaid. `before` is the receipt of the old books of one that is taken over, which counts once. Refused as `missing`,
 * `company.left`, `pack.taken`; `busy` when the company found no quiet moment.
 */
async function grant(
  scope: Scope,
  company: CompanyId,
  lot: Lot,
  zone: string,
  along: readonly Write[],
  before?: string,
): Promise<Outcome<Lot, Refusal>> {
  const moves = creditMoves(company, [{ unit: creditUnit(lot.kind, lot.id), amount: lot.units }], {
    ...{ from: "pack", to: "company", document: lot.id },
    ...(before === undefined ? {} : { reason: "opening" }),
  });
  const receipt = before === undefined ? [] : [claim(scope, "pack-before", packBefore(company, before), lot.id)];
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const buyer = await companyForChange(scope, company);
    if (!buyer) return refuse("missing");
    if (buyer.state === "left") return refuse("company.left");
    const { rev, ...kept } = buyer;
    const outcome = await commit(
      scope,
      [
        replace(companyKey(scope, company), companyKind, { ...kept, prepaid: prepaidWith(kept, lot) }, rev),
        insert(lotKey(scope, company, lot), lotKind, lot, "lot"),
        ...planTransfers(scope, moves, "pack").writes,
        dueAt(scope, instantOf(lot.until, "00:05", zone), "members.pack", company, { lot: lot.id }),
        ...receipt,
        ...along,
      ],
      { answer: lot },
    );
    if (outcome.done) return accept(outcome.answer);
    if ("unique pack-before" in outcome.lost) return refuse("pack.taken", { number: before ?? "" });
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Lets what nobody used of a pack expire once its days are over. */
export async function expireLot(scope: Scope, company: CompanyId, id: string): Promise<void> {
  // Packs that end on one day have one timer, so each is looked for.
  const day = await today(scope);
  const over = (await lotsOf(scope, company)).filter((one) => one.id === id || one.until <= day);
  for (const lot of over) if (lot.until <= day) await expire(scope, company, lot);
}

async function expire(scope: Scope, company: CompanyId, lot: Stored<Lot>): Promise<void> {
  const unit = creditUnit(lot.kind, lot.id);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { available } = await balanceOf(scope, creditBook(company), "company", unit);
    if (available === 0) return;
    const moves = creditMoves(company, [{ unit, amount: available }], { from: "company", to: "expired" });
    const { rev: _, ...told } = lot;
    const writes = [
      ...planTransfers(scope, moves, "expire").writes,
      happened(scope, "pack.expired", company, { company, lot: told, units: available }),
    ];
    if ((await commit(stepOf(scope, lot.id), writes, { answer: null })).done) return;
  }
  throw new Error(`the pack ${lot.id} found no quiet moment`);
}

/**
 * Uses credits of a company by hand (核销), e.g. a guest's pass at the front desk: the month's allowance first, then packs, the sooner to end the
 * sooner used. All or nothing: `credit.short` {left}.
 */
export async function useCredits(
  scope: Scope,
  company: CompanyId,
  use: CreditUse,
): Promise<Outcome<{ left: number }, Refusal>> {
  if (!(await companyOf(scope, company))) return refuse("missing");
  const day = await today(scope);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const sources = await sourcesOn(scope, company, use.kind, day);
    const left = sources.reduce((sum, one) => sum + one.left, 0);
    if (left < use.units) return refuse("credit.short", { kind: use.kind, left, wanted: use.units });
    const way = { from: "company", to: "used", reason: use.note };
    const told: CreditsUsed = { company, ...use };
    const writes: Write[] = [
      ...planTransfers(scope, creditMoves(company, drawFrom(sources, use.units), way), "use").writes,
      happened(scope, "credits.used", company, told),
    ];
    const outcome = await commit(scope, writes, { answer: { left: left - use.units } });
    if (outcome.done) return accept(outcome.answer);
  }
  return refuse("credit.short", { kind: use.kind, left: 0, wanted: use.units });
}
