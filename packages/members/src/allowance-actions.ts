import { type Day, type Month, monthOf, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Balance, Entry } from "@yihao/ledger/model";
import { balancesOf, planTransfers } from "@yihao/ledger/store";
import { creditKinds } from "@yihao/pricing/model";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { getMany } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { allowanceIn, correction, type Left, rollOver, type Units } from "./allowance.ts";
import { creditBook, creditUnit, unitOf } from "./credits.ts";
import { nextGrant, zoneOf } from "./days.ts";
import { companyOf, type Grant, grantKey, grantKind, lotsOf, subscriptionsOf } from "./store.ts";
import { openMonths } from "./subscription.ts";
import type { Allowance, Credit, Subscription } from "./subscription-model.ts";

const isMonth = (source: string) => /^\d{4}-\d\d$/.test(source);
const of = (balances: readonly Balance[], account: string, unit: string) =>
  balances.find((one) => one.account === account && one.unit === unit)?.available ?? 0;

type Granting = { readonly entries: Entry[]; readonly markers: Write[] };

async function granting(
  scope: Scope,
  company: CompanyId,
  subscriptions: readonly Subscription[],
  day: Day,
): Promise<Granting> {
  const months = openMonths(day);
  const keys = months.map((month) => grantKey(scope, company, month));
  const book = creditBook(company);
  const [kept, balances] = await Promise.all([
    getMany(scope, grantKind, keys, { consistent: true }),
    balancesOf(scope, book, { consistent: true }),
  ]);
  const entries: Entry[] = [];
  const writes: Write[] = [];
  months.forEach((month, at) => {
    const marker = kept[at];
    const { gives, runs } = allowanceIn(subscriptions, month);
    const mayTakeBack = month > monthOf(day) || !runs;
    const granted = { ...marker?.granted };
    const before = JSON.stringify(granted);
    for (const kind of creditKinds) {
      const unit = creditUnit(kind, month);
      const was = granted[kind] ?? 0;
      const right = correction(gives[kind], was, of(balances, "company", unit), mayTakeBack);
      const move = { do: "move", book, unit } as const;
      if (right.grant > 0) entries.push({ ...move, from: "plan", to: "company", amount: right.grant });
      if (right.takeBack > 0) entries.push({ ...move, from: "company", to: "plan", amount: right.takeBack });
      if (right.granted > 0 || was > 0) granted[kind] = right.granted;
    }
    if (JSON.stringify(granted) === before) return;
    const data: Grant = { granted };
    const key = keys[at] as (typeof keys)[number];
    writes.push(
      marker ? replace(key, grantKind, data, marker.rev, "granted") : insert(key, grantKind, data, "granted"),
    );
  });
  return { entries, markers: writes };
}

/**
 * The writes that put the open months of a company right after its subscriptions changed: what they give and was not granted is granted, what they do
 * not give any more is taken back as far as it is left. A month is never granted twice. `left` says what is left of this month's grant where some of it was used
 * before the space came here: the rest counts as used.
 */
export async function correctGrants(
  scope: Scope,
  company: CompanyId,
  subscriptions: readonly Subscription[],
  day: Day,
  left: Units = {},
): Promise<Write[]> {
  const { entries, markers } = await granting(scope, company, subscriptions, day);
  const book = creditBook(company);
  const usedBefore = creditKinds.flatMap((kind): Entry[] => {
    const unit = creditUnit(kind, monthOf(day));
    const given = entries
      .filter((one) => one.do === "move" && one.unit === unit && one.from === "plan")
      .reduce((sum, one) => sum + one.amount, 0);
    const amount = given - (left[kind] ?? given);
    if (amount <= 0) return [];
    return [{ do: "move", book, unit, from: "company", to: "used", amount, reason: "opening" }];
  });
  return [...markers, ...planTransfers(scope, [...entries, ...usedBefore], "grant").writes];
}

/** The moves that close the months before a day's: what may goes over into the next month, the rest expires. */
async function closing(
  scope: Scope,
  company: CompanyId,
  subscriptions: readonly Subscription[],
  day: Day,
): Promise<Entry[]> {
  const book = creditBook(company);
  const current = monthOf(day);
  const left = (await balancesOf(scope, book, { consistent: true })).flatMap((balance): Left[] => {
    const { kind, source } = unitOf(balance.unit);
    const over = balance.account === "company" && balance.available > 0 && isMonth(source) && source < current;
    return over ? [{ kind, month: source, units: balance.available }] : [];
  });
  const allowances = (month: Month) => allowanceIn(subscriptions, month);
  return rollOver(left, current, allowances).flatMap(({ kind, month, units, carried, into }): Entry[] => {
    const [unit, next] = [creditUnit(kind, month), creditUnit(kind, into)];
    const move = { do: "move", book } as const;
    const gone = units - carried;
    return [
      ...(gone > 0 ? [{ ...move, unit, from: "company", to: "expired", amount: gone }] : []),
      ...(carried > 0
        ? [
            { ...move, unit, from: "company", to: "rolled", amount: carried },
            { ...move, unit: next, from: "carry", to: "company", amount: carried },
          ]
        : []),
    ];
  });
}

/**
 * What the monthly timer does for a company: closes the months that are over, grants what its plans give by now and was not granted, and
 * sets the timer for next month while a plan runs or follows. Safe to run again.
 */
export async function grantMonthly(scope: Scope, id: CompanyId): Promise<void> {
  const zone = await zoneOf(scope);
  const { day, at } = nextGrant(scope.now, zone);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const company = await companyOf(scope, id);
    if (!company) return;
    const subscriptions = await subscriptionsOf(scope, company);
    const goesOn = [company.subscription, company.next].some(
      (one) => one !== undefined && (one.until === undefined || one.until > day),
    );
    const nothing: Granting = { entries: [], markers: [] };
    const grants = goesOn ? await granting(scope, id, subscriptions, day) : nothing;
    const entries = [...(await closing(scope, id, subscriptions, day)), ...grants.entries];
    const writes = [
      ...grants.markers,
      ...planTransfers(scope, entries, "month").writes,
      ...(goesOn ? [dueAt(scope, at, "members.grant", id)] : []),
    ];
    if (writes.length === 0) return;
    if ((await commit(scope, writes, { answer: null })).done) return;
  }
  throw new Error(`the allowances of ${id} found no quiet moment`);
}

/** The room minutes of months among a company's credits, in order of months. */
export function allowancesOf(credits: readonly Credit[]): Allowance[] {
  return credits.flatMap(({ kind, month, granted, left, booked, used, expired }) =>
    kind === "room-minutes" && month ? [{ month, granted, left, booked, used, expired }] : [],
  );
}

/** All credits of a company by kind and source: months of its plans, then packs. Two queries. */
export async function creditsOf(scope: Scope, id: CompanyId): Promise<Credit[]> {
  const [balances, lots] = await Promise.all([
    balancesOf(scope, creditBook(id), { consistent: true }),
    lotsOf(scope, id),
  ]);
  const told = (unit: string): Omit<Credit, "from" | "until"> => {
    const amount = (account: string) => of(balances, account, unit);
    const [left, booked, used] = [amount("company"), amount("booked"), amount("used")];
    const [expired, rolled] = [amount("expired"), amount("rolled")];
    const granted = left + booked + used + expired + rolled;
    return { kind: unitOf(unit).kind, granted, left, booked, used, expired, rolled };
  };
  const units = [...new Set(balances.map(({ unit }) => unit))].filter((unit) => isMonth(unitOf(unit).source));
  const months = units.map((unit): Credit => {
    const month = unitOf(unit).source;
    return { ...told(unit), month, from: `${month}-01`, until: `${plusMonths(month, 1)}-01` };
  });
  const packs = lots.map(({ id: lot, kind, name, from, until }): Credit => {
    return { ...told(creditUnit(kind, lot)), lot, name, from, until };
  });
  const order = ({ kind }: Credit) => creditKinds.indexOf(kind);
  return [
    ...months.toSorted((a, b) => order(a) - order(b) || ((a.month ?? "") < (b.month ?? "") ? -1 : 1)),
    ...packs.toSorted((a, b) => order(a) - order(b)),
  ];
}
