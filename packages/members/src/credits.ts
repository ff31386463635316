import { type Day, type Month, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Account, Balance, Book, Entry, Unit } from "@yihao/ledger/model";
import { balanceOf, balancesOf } from "@yihao/ledger/store";
import type { CreditKind } from "@yihao/pricing/model";
import type { Company } from "./model.ts";
import { lotsOf } from "./store.ts";
import type { Lot } from "./subscription-model.ts";

/** Whether an account of a book of credits has no balance of its own: where plans, packs, last month's rest and what another company had come from. */
export function isOpenCredit(account: Account): boolean {
  return account === "plan" || account === "pack" || account === "carry" || account === "merge";
}

/**
 * The book of a company's credits (额度). `plan` and `pack` grant to `company`; a booking takes from there to `booked`, its start turns that into
 * `used`, its cancelling gives it back. When a month is over what is left goes to `expired`, or to `rolled`, and then comes from `carry` in the next
 * month's unit.
 */
export function creditBook(company: CompanyId): Book {
  return { parts: ["credit", company], layout: "shared", open: isOpenCredit };
}

/** The unit of credits of a kind that come from one source: a month of the plan, or a pack. */
export function creditUnit(kind: CreditKind, source: Month | Lot["id"]): Unit {
  return `credit:${kind}:${source}`;
}

/** The unit of a month's room minutes; each month's minutes are their own. */
export function roomMinutesUnit(month: Month): Unit {
  return creditUnit("room-minutes", month);
}

/** The kind and source of a unit of credits. */
export function unitOf(unit: Unit): { kind: CreditKind; source: string } {
  const [, kind, source] = unit.split(":");
  return { kind: kind as CreditKind, source: source ?? "" };
}

/** What a company has left of a month's allowance, of room minutes unless another kind is named. One consistent read unit. */
export async function allowanceLeft(
  scope: Scope,
  company: CompanyId,
  month: Month,
  kind: CreditKind = "room-minutes",
): Promise<number> {
  return (await balanceOf(scope, creditBook(company), "company", creditUnit(kind, month))).available;
}

/** Credits that may be used on a day, from one source: the month's allowance, or a pack by its name. */
export type Source = {
  readonly unit: Unit;
  readonly left: number;
  /** The first day on which they are not good any more. */
  readonly until: Day;
  readonly lot?: { readonly id: Lot["id"]; readonly name: string };
};

/** What a company has of credits, and the packs they may come from. */
export type Credits = { readonly balances: readonly Balance[]; readonly lots: readonly Lot[] };

/** Reads what a company has of credits. Two consistent queries. */
export async function readCredits(scope: Scope, company: CompanyId): Promise<Credits> {
  const [balances, lots] = await Promise.all([
    balancesOf(scope, creditBook(company), { consistent: true }),
    lotsOf(scope, company),
  ]);
  return { balances, lots };
}

const order = (a: Lot, b: Lot) => `${a.until} ${a.from} ${a.id}`.localeCompare(`${b.until} ${b.from} ${b.id}`, "en");

/**
 * What may be used of a kind on a day, in the order in which it is used: the month's allowance first, then packs, the sooner to end the sooner used and of
 * two that end together the older. `back` is what is given back first, by unit.
 */
export function sourcesFor(
  { balances, lots }: Credits,
  kind: CreditKind,
  day: Day,
  back: ReadonlyMap<Unit, number> = new Map(),
): Source[] {
  const month = day.slice(0, 7);
  const left = (unit: Unit) =>
    (balances.find((one) => one.account === "company" && one.unit === unit)?.available ?? 0) + (back.get(unit) ?? 0);
  const own = { unit: creditUnit(kind, month), until: `${plusMonths(month, 1)}-01` };
  const bought = lots
    .filter((lot) => lot.kind === kind && lot.from <= day && day < lot.until)
    .toSorted(order)
    .map(({ id, name, until }) => ({ unit: creditUnit(kind, id), until, lot: { id, name } }));
  return [own, ...bought].map((one) => ({ ...one, left: left(one.unit) })).filter((one) => one.left > 0);
}

/** What a company may use of a kind on a day, in the order of `sourcesFor`. */
export async function sourcesOn(scope: Scope, company: CompanyId, kind: CreditKind, day: Day): Promise<Source[]> {
  return sourcesFor(await readCredits(scope, company), kind, day);
}

/** Whether packs of a company may have credits of a kind for a day: what it remembers of them, so that nobody without packs is asked for their sake. */
export function mayHavePacks({ prepaid }: Pick<Company, "prepaid">, kind: CreditKind, day: Day): boolean {
  const until = prepaid?.[kind];
  return until !== undefined && day < until;
}

/** What a company remembers of its packs once one more is sold to it. */
export function prepaidWith(
  { prepaid = {} }: Pick<Company, "prepaid">,
  { kind, until }: Lot,
): NonNullable<Company["prepaid"]> {
  const before = prepaid[kind];
  return { ...prepaid, [kind]: before !== undefined && before > until ? before : until };
}

/** Which sources pay for units, in their order; less than was asked when they do not suffice. */
export function drawFrom(sources: readonly Source[], units: number): { unit: Unit; amount: number }[] {
  let open = units;
  return sources.flatMap(({ unit, left }) => {
    const amount = Math.min(open, left);
    open -= amount;
    return amount > 0 ? [{ unit, amount }] : [];
  });
}

/** The moves of credits between two accounts of a company, one for each source. */
export function creditMoves(
  company: CompanyId,
  draws: readonly { unit: Unit; amount: number }[],
  way: { readonly from: Account; readonly to: Account; readonly document?: string; readonly reason?: string },
): Entry[] {
  return draws.map(({ unit, amount }) => ({ do: "move", book: creditBook(company), unit, amount, ...way }));
}
