import { dayOf } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import { happened } from "@yihao/table/event";
import type { Write } from "@yihao/table/write";
import type { Count, CountBin } from "./count-model.ts";
import { openCountKey } from "./count-store.ts";
import type { WarehouseEvents } from "./model.ts";
import { warehouseOf } from "./store.ts";

/** What a count that its owner asked for comes to as handling: lines, units and bins of that owner's goods, as they were counted last. Nothing when nobody asked, or none of its goods lay there. */
export function countedFor(
  asked: string | undefined,
  bins: readonly Pick<CountBin, "lines">[],
): { lines: number; units: number; bins: number } | undefined {
  if (asked === undefined) return undefined;
  const own = bins.map(({ lines = [] }) => lines.filter(({ company }) => company === asked));
  const lines = own.flat();
  if (lines.length === 0) return undefined;
  const units = lines.reduce((sum, { counted }) => sum + counted, 0);
  return { lines: lines.length, units, bins: own.filter((all) => all.length > 0).length };
}

/** What ends a count, to stand in the commit that makes it posted: it is open no more, and what it tells is told once. */
export async function countDone(
  scope: Scope,
  count: Pick<Count, "id" | "asked" | "warehouse" | "at">,
  bins: readonly Pick<CountBin, "lines">[],
): Promise<Write[]> {
  const closed: Write = { do: "delete", key: openCountKey(scope, count) };
  const done = countedFor(count.asked, bins);
  if (!done || count.asked === undefined) return [closed];
  const zone = (await warehouseOf(scope, count.warehouse))?.zone ?? "Asia/Shanghai";
  const data: WarehouseEvents["handling.done"] = {
    ...{ company: count.asked, operation: "count", ...done },
    ...{ document: count.id, day: dayOf(scope.now, zone), warehouse: count.warehouse },
  };
  return [closed, happened(scope, "handling.done", count.asked, data, { seed: `count ${count.id}` })];
}
