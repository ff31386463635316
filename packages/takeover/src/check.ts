import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Chunk, KeptTakeover } from "./store.ts";

/** What does not hold of take-overs: each counts the rows of its parts, and has as many as it says. */
export function checkTakeovers(items: Iterable<RawItem>): Violation[] {
  const found = new Map<string, { rows: number; taken: number; refused: number }>();
  const kept = new Map<string, KeptTakeover>();
  for (const item of items)
    if (item.k === "tko") kept.set(String(item.pk), item as unknown as KeptTakeover);
    else if (item.k === "tkochunk") {
      const { rows, results = [] } = item as unknown as Chunk;
      const sum = found.get(String(item.pk)) ?? { rows: 0, taken: 0, refused: 0 };
      const taken = results.filter(({ state }) => state === "taken").length;
      found.set(String(item.pk), {
        rows: sum.rows + rows.length,
        taken: sum.taken + taken,
        refused: sum.refused + results.length - taken,
      });
    }
  return [...kept].flatMap(([where, { rows, taken, refused }]) => {
    const [expected, told] = [JSON.stringify(found.get(where)), JSON.stringify({ rows, taken, refused })];
    return expected === told ? [] : [{ rule: "takeover.counts-its-rows", where, expected, found: told }];
  });
}
