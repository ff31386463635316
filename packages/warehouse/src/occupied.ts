import { type Day, dayOf, daySpan, type Zone } from "@yihao/kernel/days";
import type { Balance, Transfer } from "@yihao/ledger/model";
import { placeOf } from "./books.ts";
import type { WarehouseId } from "./model.ts";

type Step = Pick<Transfer, "at" | "from" | "to" | "amount">;

/**
 * The bins of a warehouse that one product occupied on each of some ended days: a bin counts for a day if it held stock
 * at the day's start or had any movement that day, even if emptied (3PL occupied-bin rule). `balances` are those now and
 * `since` every transfer from the first day's start until now; earlier balances are found by going back from now.
 */
export function occupiedBinDays(
  balances: readonly Pick<Balance, "account" | "available" | "held">[],
  since: readonly Step[],
  days: readonly Day[],
  zone: Zone,
  warehouse: WarehouseId,
): Map<Day, Set<string>> {
  return new Map(
    [...occupiedDays(balances, since, days, zone, warehouse)].map(([day, { bins }]) => [day, bins] as const),
  );
}

/** The same with the most units that the bins held together at any moment of each day (当日最高库存). */
export function occupiedDays(
  balances: readonly Pick<Balance, "account" | "available" | "held">[],
  since: readonly Step[],
  days: readonly Day[],
  zone: Zone,
  warehouse: WarehouseId,
): Map<Day, { bins: Set<string>; peakUnits: number }> {
  const held = new Map<string, number>();
  const binOf = (account: string) => {
    const place = placeOf(account);
    return place?.warehouse === warehouse ? place.bin : undefined;
  };
  const change = (account: string, by: number) => {
    const bin = binOf(account);
    if (bin !== undefined) held.set(bin, (held.get(bin) ?? 0) + by);
  };
  for (const { account, available, held: taken } of balances) change(account, available + taken);
  const back = [...since].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const inAll = () => [...held.values()].reduce((sum, units) => sum + units, 0);
  const found = new Map<Day, { bins: Set<string>; peakUnits: number }>();
  let next = 0;
  for (const day of [...days].sort().reverse()) {
    const { from } = daySpan(day, zone);
    const bins = new Set<string>();
    let peakUnits = 0;
    for (let step = back[next]; step && step.at >= from; next += 1, step = back[next]) {
      const inside = dayOf(step.at, zone) === day;
      if (inside) peakUnits = Math.max(peakUnits, inAll());
      if (inside)
        for (const account of [step.from, step.to]) {
          const bin = binOf(account);
          if (bin !== undefined) bins.add(bin);
        }
      change(step.from, step.amount);
      change(step.to, -step.amount);
    }
    for (const [bin, units] of held) if (units > 0) bins.add(bin);
    found.set(day, { bins, peakUnits: Math.max(peakUnits, inAll()) });
  }
  return found;
}
