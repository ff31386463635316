import { type Day, instantOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { balancesOf, planTransfers } from "@yihao/ledger/store";
import { creditKinds } from "@yihao/pricing/model";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { partition } from "@yihao/table/key";
import { decode } from "@yihao/table/kind";
import { queryAll, queryRaw } from "@yihao/table/read";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import { creditBook, creditMoves, prepaidWith } from "./credits.ts";
import { nextGrant, today, zoneOf } from "./days.ts";
import type { Company } from "./model.ts";
import {
  companyKey,
  companyKind,
  companyOf,
  entryKey,
  entryKind,
  entryOf,
  type Grant,
  grantKey,
  grantKind,
  lotKey,
  lotKind,
  lotsOf,
  subscriptionKey,
  subscriptionKind,
} from "./store.ts";
import { goesOn } from "./subscription.ts";

const rounds = 20;
const unitsAtOnce = 20;
const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

/** Whether two companies both have a plan that goes on: which of them is to, only somebody can say. */
export const bothRun = (a: Company, b: Company, day: Day): boolean =>
  [a.subscription, a.next].some((one) => goesOn(one, day)) && [b.subscription, b.next].some((one) => goesOn(one, day));

/** The company that stays with the plan of the one that goes, where that goes on; its own ended one stays among those it had. */
function withPlan(into: Company, gone: Company, day: Day): Company {
  if (![gone.subscription, gone.next].some((one) => goesOn(one, day))) return into;
  const { subscription: _, next: _next, ...rest } = into;
  const { subscription, next } = gone;
  return { ...rest, ...(subscription ? { subscription } : {}), ...(next ? { next } : {}) };
}

async function moveSubscriptions(scope: Scope, gone: Company, into: CompanyId, day: Day): Promise<void> {
  const from = gone.id as CompanyId;
  const zone = await zoneOf(scope);
  for (let round = 0; round < rounds; round += 1) {
    const [had, stored] = await Promise.all([
      queryAll(scope, subscriptionKind, partition(scope, "cmp", from), { prefix: "sub#", consistent: true }),
      companyOf(scope, into),
    ]);
    if (!stored) return;
    const { rev, ...before } = stored;
    const after = withPlan(before, gone, day);
    if (had.length === 0 && after.subscription?.id === before.subscription?.id) return;
    const own = before.subscription;
    const runs = [after.subscription, after.next].some((one) => goesOn(one, day));
    const writes: Write[] = [
      ...had.flatMap(({ rev: _, ...one }): Write[] => [
        { do: "delete", key: subscriptionKey(scope, from, one.id), when: [["pk", "present"]], tag: "moved" },
        overwrite(subscriptionKey(scope, into, one.id), subscriptionKind, one),
      ]),
      ...(own ? [overwrite(subscriptionKey(scope, into, own.id), subscriptionKind, own)] : []),
      replace(companyKey(scope, into), companyKind, after, rev),
      overwrite(entryKey(scope, after), entryKind, entryOf(after)),
      ...(runs ? [dueAt(scope, nextGrant(scope.now, zone).at, "members.grant", into)] : []),
    ];
    if ((await commit(unsigned(scope), writes, { answer: null })).done) return;
  }
  throw new Error(`the plans of ${from} found no quiet moment`);
}

const marks = async (scope: Scope, company: CompanyId) => {
  const pk = partition(scope, "cmp", company);
  const page = await queryRaw(scope, pk, { prefix: "grant#", limit: Number.POSITIVE_INFINITY, consistent: true });
  return new Map(page.items.map((raw) => [String(raw.sk).slice("grant#".length), decode(grantKind, raw)]));
};

/** What was granted of a month is the sum of both: so no month is granted twice, whoever's plan it was. */
async function moveGrants(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const [mine, theirs] = await Promise.all([marks(scope, from), marks(scope, into)]);
    if (mine.size === 0) return;
    for (const [month, one] of mine) {
      const other = theirs.get(month);
      const sum = (kind: (typeof creditKinds)[number]) => (one.granted[kind] ?? 0) + (other?.granted[kind] ?? 0);
      const granted = Object.fromEntries(creditKinds.flatMap((kind) => (sum(kind) > 0 ? [[kind, sum(kind)]] : [])));
      const data: Grant = { granted };
      const key = grantKey(scope, into, month);
      const writes: Write[] = [
        { do: "delete", key: grantKey(scope, from, month), when: [["rev", "=", one.rev]], tag: "moved" },
        other ? replace(key, grantKind, data, other.rev, "granted") : insert(key, grantKind, data, "granted"),
      ];
      await commit(unsigned(scope), writes, { answer: null });
    }
  }
  throw new Error(`the allowances of ${from} found no quiet moment`);
}

/** Packs go with their days and the timer of their end; the company that stays remembers how long it has some of each kind. */
async function moveLots(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  const zone = await zoneOf(scope);
  for (let round = 0; round < rounds; round += 1) {
    const lots = await lotsOf(scope, from);
    if (lots.length === 0) return;
    for (const { rev: was, ...lot } of lots) {
      const stored = await companyOf(scope, into);
      if (!stored) return;
      const { rev, ...kept } = stored;
      const writes: Write[] = [
        { do: "delete", key: lotKey(scope, from, lot), when: [["rev", "=", was]], tag: "moved" },
        insert(lotKey(scope, into, lot), lotKind, lot, "lot"),
        replace(companyKey(scope, into), companyKind, { ...kept, prepaid: prepaidWith(kept, lot) }, rev),
        dueAt(scope, instantOf(lot.until, "00:05", zone), "members.pack", into, { lot: lot.id }),
      ];
      await commit(unsigned(scope), writes, { answer: null });
    }
  }
  throw new Error(`the packs of ${from} found no quiet moment`);
}

/** What is left of every credit goes over by two transfers a unit, through the account `merge` of both books; what was used, expired or went over into a next month stays told where it was. */
async function moveCredits(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const balances = await balancesOf(scope, creditBook(from), { consistent: true });
    const left = balances
      .filter(({ account, available }) => account === "company" && available > 0)
      .map(({ unit, available }) => ({ unit, amount: available }))
      .slice(0, unitsAtOnce);
    if (left.length === 0) return;
    const entries = [
      ...creditMoves(from, left, { from: "company", to: "merge", document: into, reason: "merge" }),
      ...creditMoves(into, left, { from: "merge", to: "company", document: from, reason: "merge" }),
    ];
    await commit(unsigned(scope), planTransfers(scope, entries, `merge ${round}`).writes, { answer: null });
  }
  throw new Error(`the credits of ${from} found no quiet moment`);
}

/**
 * Takes a company's plans, packs and what is left of its credits over into another (套餐与额度). Its plan goes on there as it was agreed, with its term, notice and price, and nothing is granted or
 * used up by the move. Safe to run again: each step finds what is left of it.
 */
export async function movePlans(scope: Scope, gone: Company, into: CompanyId): Promise<void> {
  const from = gone.id as CompanyId;
  await moveGrants(scope, from, into);
  await moveSubscriptions(scope, gone, into, await today(scope));
  await moveLots(scope, from, into);
  await moveCredits(scope, from, into);
}
