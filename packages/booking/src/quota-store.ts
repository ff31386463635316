import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf } from "@yihao/table/kind";
import { get, getMany, type Raw } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import type { Booking } from "./model.ts";
import { type Ahead, counterName, type Sum, stillAhead, type Use } from "./quota.ts";

/** What somebody has used of a quota in one period. */
export type Counter = { readonly used: number };
export const counterKind = kindOf<Counter>("quota");
/** The bookings to come that an `ahead` quota counts, as they stood at an instant. */
export type AheadList = { readonly list: readonly Ahead[]; readonly at: string };
export const aheadKind = kindOf<AheadList>("ahead");

/** Where a counter or a list of a quota lies. */
export const counterKey = (scope: AnyScope, { holder, over, period }: Pick<Use, "holder" | "over" | "period">): Key =>
  keyIn(partition(scope, "quota", holder), over, period);

/** A list as it was read, for one use of it. */
export type AheadAt = AheadList & { readonly rev: number };
const none: AheadAt = { list: [], at: "", rev: 0 };

/** The lists that some uses count in, by the counter's name; half a unit each unless consistent. */
export async function aheadsOf(
  scope: Scope,
  uses: readonly Use[],
  options: { consistent?: boolean } = {},
): Promise<Map<string, AheadAt>> {
  const wanted = uses.filter(({ period }) => period === "ahead");
  const found = await Promise.all(wanted.map((use) => get(scope, aheadKind, counterKey(scope, use), options)));
  return new Map(wanted.map((use, index) => [counterName(use), found[index] ?? none]));
}

/** How much of each quota is used, in the order of the uses; half a unit for each. */
export async function usedOf(scope: Scope, uses: readonly Use[]): Promise<number[]> {
  const plain = uses.filter(({ period }) => period !== "ahead");
  const [counters, aheads] = await Promise.all([
    getMany(
      scope,
      counterKind,
      plain.map((use) => counterKey(scope, use)),
    ),
    aheadsOf(scope, uses, { consistent: false }),
  ]);
  const used = new Map(plain.map((use, index) => [counterName(use), counters[index]?.used ?? 0]));
  for (const [name, { list }] of aheads) used.set(name, stillAhead(list, scope.now).length);
  return uses.map((use) => used.get(counterName(use)) ?? 0);
}

const tagOf = (use: Use) => `quota ${counterName(use)}`;

/**
 * The writes that count bookings in their quotas and give back what others counted, 2 units a counter, lost under the counter's name: a counter grows only
 * while it stays within its limit, and a list is written at the revision it was read. A list that is full, and what alone is more than its limit, are refused at once.
 */
export function quotaWrites(
  scope: Scope,
  { add = [], back = [] }: { readonly add?: readonly Sum[]; readonly back?: readonly Sum[] },
  aheads: ReadonlyMap<string, AheadAt>,
): Outcome<Write[], "booking.quota"> {
  const more = new Map(add.map((sum) => [counterName(sum), sum]));
  const less = new Map(back.map((sum) => [counterName(sum), sum]));
  const writes: Write[] = [];
  for (const [name, use] of new Map([...less, ...more])) {
    const key = counterKey(scope, use);
    const tag = tagOf(use);
    const adds = more.get(name);
    if (use.period === "ahead") {
      const { list, rev } = aheads.get(name) ?? none;
      const touched = new Set([...(adds?.bookings ?? []), ...(less.get(name)?.bookings ?? [])].map(({ id }) => id));
      const kept = stillAhead(list, scope.now).filter(({ booking }) => !touched.has(booking as Booking["id"]));
      const added = (adds?.bookings ?? []).map(({ id, from }) => ({ booking: id, from }));
      if (adds && kept.length + added.length > use.quota.most)
        return refuse("booking.quota", quotaParams(use, kept.length));
      if (!adds && rev === 0) continue;
      const next: AheadList = { list: [...kept, ...added], at: scope.now };
      writes.push(rev === 0 ? insert(key, aheadKind, next, tag) : replace(key, aheadKind, next, rev, tag));
      continue;
    }
    const amount = (adds?.amount ?? 0) - (less.get(name)?.amount ?? 0);
    if (amount === 0) continue;
    if (amount < 0) {
      writes.push({ do: "update", key, add: { used: amount }, tag });
      continue;
    }
    if (amount > use.quota.most) return refuse("booking.quota", quotaParams(use, 0));
    const when = [["used", "absent-or", "<=", use.quota.most - amount]] as const;
    writes.push({ do: "update", key, kind: counterKind, add: { used: amount }, when, tag });
  }
  return accept(writes);
}

/** The use whose counter has no room, from what a commit lost, and what is used of it; undefined when no counter was lost. */
export function overQuota(
  uses: readonly Use[],
  lost: Readonly<Record<string, Raw | null>>,
): Record<string, unknown> | undefined {
  for (const use of uses) {
    const item = lost[tagOf(use)];
    if (item === undefined || use.period === "ahead") continue;
    return quotaParams(use, Number(item?.used ?? 0));
  }
  return undefined;
}

/** The lists as a lost commit shows them, the others as they were. */
export function lostAheads(
  uses: readonly Use[],
  aheads: ReadonlyMap<string, AheadAt>,
  lost: Readonly<Record<string, Raw | null>>,
): Map<string, AheadAt> {
  const next = new Map(aheads);
  for (const use of uses) {
    const item = lost[tagOf(use)];
    if (item === undefined || use.period !== "ahead") continue;
    next.set(counterName(use), item ? decode(aheadKind, item) : none);
  }
  return next;
}

/** What the sentence of a refused quota needs. */
export function quotaParams({ quota, amount, period }: Use, used: number): Record<string, unknown> {
  const { per, count, in: within, most, over } = quota;
  return { per, count, in: within, most, over, used, wanted: amount, period };
}
