/**
 * Items of the meter: what each space used of the platform, a month each. They lie with the platform, where no request inside a space comes; they name their space, so they move and end with it.
 *
 * | item  | key                                         | written by                                             | units | size   |
 * |-------|---------------------------------------------|--------------------------------------------------------|-------|--------|
 * | usage | `platform#usage#<month>#<shard>`, `<space>` | each copy of a function, every five minutes, per space | 2     | 1.5 kB |
 *
 * A month is read as four queries, about 0.2 units a space.
 */
import { type Day, daysOfMonth, type Month, monthOf } from "@yihao/kernel/days";
import type { SpaceId } from "@yihao/kernel/ids";
import type { PlatformScope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { query } from "@yihao/table/read";
import type { Counts } from "./cost.ts";

/** Counters of each day of a month: `r05` read units of the fifth, `w05` write units, `c05` calls, `t05` milliseconds. */
type Kept = { readonly space: SpaceId } & Readonly<Record<string, number | string>>;
const usageKind = kindOf<Kept>("usage");

const shards = [0, 1, 2, 3] as const;
const shardOf = (space: SpaceId) => (space.codePointAt(space.length - 1) ?? 0) % shards.length;
const monthIn = (scope: PlatformScope, month: Month, shard: number) => partition(scope, "usage", month, String(shard));

/** DynamoDB adds decimal numbers; half units and tenths of milliseconds are all there are. */
const tenth = (value: number) => Math.round(value * 10) / 10;

/** Adds what a space used on a day (UTC). 2 units. */
export async function addUsage(scope: PlatformScope, space: SpaceId, day: Day, counts: Counts): Promise<void> {
  const key = keyIn(monthIn(scope, monthOf(day), shardOf(space)), space);
  const at = day.slice(-2);
  const add = {
    [`r${at}`]: tenth(counts.read),
    [`w${at}`]: tenth(counts.write),
    [`c${at}`]: counts.calls,
    [`t${at}`]: tenth(counts.ms),
  };
  await commit(scope, [{ do: "update", key, kind: usageKind, set: { space }, add }], { answer: null });
}

export type SpaceUsage = { readonly space: SpaceId; readonly days: readonly Counts[] };

/** What each space used in a month, by its days, in no order; `most` spaces at most, and whether there were more. */
export async function usageOfMonth(
  scope: PlatformScope,
  month: Month,
  most: number,
): Promise<{ readonly spaces: readonly SpaceUsage[]; readonly more: boolean }> {
  const days = daysOfMonth(month).map((day) => day.slice(-2));
  const spaces: SpaceUsage[] = [];
  for (const shard of shards) {
    let cursor: string | undefined;
    do {
      const page = await query(scope, usageKind, monthIn(scope, month, shard), { cursor });
      for (const kept of page.items) {
        if (spaces.length === most) return { spaces, more: true };
        const of = (name: string) => Number(kept[name] ?? 0);
        spaces.push({
          space: kept.space,
          days: days.map((at) => ({ read: of(`r${at}`), write: of(`w${at}`), calls: of(`c${at}`), ms: of(`t${at}`) })),
        });
      }
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }
  return { spaces, more: false };
}
