import type { Day } from "@yihao/kernel/days";
import { pickBefore } from "./lot.ts";
import type { BinView, Content, OrderLine, PickTask, Suggestion } from "./model.ts";
import { unpicked } from "./order-rules.ts";

type Shelf = Pick<BinView, "code" | "kind" | "sequence" | "capacity" | "used" | "lock">;

const room = (bin: Shelf) => (bin.capacity === undefined ? Number.POSITIVE_INFINITY : bin.capacity - bin.used);

/**
 * Bins to put a product into (上架建议): those that hold it already (the same lot of it) first, then empty ones, then ones with room that only
 * its owner uses, each nearest by pick sequence; locked, full and quarantine bins are left out.
 */
export function suggestBins(
  bins: readonly Shelf[],
  contents: readonly Content[],
  goods: { company: string; product: string; lot?: string | undefined },
  units: number,
  limit = 5,
): Suggestion[] {
  const held = new Map<string, Content[]>();
  for (const content of contents)
    if (content.place === "bin" && content.bin && content.units > 0)
      held.set(content.bin, [...(held.get(content.bin) ?? []), content]);
  const ranked = bins
    .filter((bin) => bin.lock === undefined && bin.kind !== "quarantine" && room(bin) > 0)
    .flatMap((bin): { bin: Shelf; rank: number; reason: Suggestion["reason"] }[] => {
      const inside = held.get(bin.code) ?? [];
      if (inside.some((one) => one.product === goods.product && one.lot === goods.lot))
        return [{ bin, rank: 0, reason: "same" }];
      // A bin that is used while nothing is listed in it was filled a moment ago: what with is not known yet.
      if (inside.length === 0) return bin.used > 0 ? [] : [{ bin, rank: 1, reason: "empty" }];
      if (inside.every((one) => one.company === goods.company)) return [{ bin, rank: 2, reason: "room" }];
      return [];
    })
    .sort((a, b) => a.rank - b.rank || a.bin.sequence - b.bin.sequence);
  return ranked
    .slice(0, limit)
    .map(({ bin, reason }) => ({ bin: bin.code, units: Math.min(units, room(bin)), reason }));
}

/** Bins for all goods that wait in receiving, first come first: a bin that is the first choice of one is not called empty to the next. */
export function suggestPutaway(
  bins: readonly Shelf[],
  contents: readonly Content[],
): (Content & { suggestions: Suggestion[] })[] {
  const planned = [...contents];
  return contents
    .filter(({ place }) => place === "receiving")
    .map((goods) => {
      const suggestions = suggestBins(bins, planned, goods, goods.units);
      const [first] = suggestions;
      if (first) planned.push({ ...goods, place: "bin", bin: first.bin, units: first.units });
      return { ...goods, suggestions };
    });
}

/**
 * Which bins to pick an order's open lines from (分配): what expires first, else what came first, else the bin that comes first along
 * the walk; goods past their day stay. What no bin holds stands with bin null. Goods that two lines want are given out once.
 */
export function allocatePicks(
  lines: readonly OrderLine[],
  bins: readonly Shelf[],
  contents: readonly Content[],
  today: Day,
): PickTask[] {
  const sequence = new Map(bins.map((bin) => [bin.code, bin]));
  const left = contents
    .filter((one) => one.place === "bin" && one.units > 0 && one.bin !== undefined)
    .map((one) => ({ ...one, bin: one.bin ?? "" }))
    .filter((one) => sequence.get(one.bin)?.lock === undefined && (one.expiry === undefined || one.expiry >= today))
    .map((one) => ({ ...one, sequence: sequence.get(one.bin)?.sequence ?? 0 }))
    .sort(pickBefore);
  const tasks: PickTask[] = [];
  for (const line of lines) {
    let wanted = unpicked(line);
    const task = { line: line.line, product: line.product, name: line.name, code: line.code };
    const gtin = line.gtin === undefined ? {} : { gtin: line.gtin };
    for (const at of left) {
      if (wanted === 0) break;
      if (at.product !== line.product || at.units === 0 || line.avoid?.includes(at.bin)) continue;
      const units = Math.min(wanted, at.units);
      at.units -= units;
      wanted -= units;
      const lot = at.lot === undefined ? {} : { lot: at.lot };
      const expiry = at.expiry === undefined ? {} : { expiry: at.expiry };
      tasks.push({ ...task, ...gtin, ...lot, ...expiry, bin: at.bin, units, sequence: at.sequence });
    }
    if (wanted > 0) tasks.push({ ...task, ...gtin, bin: null, units: wanted, sequence: Number.MAX_SAFE_INTEGER });
  }
  return tasks.sort((a, b) => a.sequence - b.sequence || a.line - b.line);
}
