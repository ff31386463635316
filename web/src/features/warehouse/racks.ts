import { addressOf } from "@yihao/warehouse/bin-code";
import { fillOf } from "@yihao/warehouse/bin-load";
import type { BinView, Content } from "@yihao/warehouse/model";
import type { BinCell, Heat } from "../../ui/rack.tsx";

export type Rack = {
  rack: string;
  zone: string;
  bays: number;
  levels: number;
  bayNames: string[];
  levelNames: string[];
  cells: BinCell[];
  used: number;
  first: number;
};

const dayMs = 86_400_000;
/** Days after which goods are as old as the map tells. */
const oldDays = 180;

/** What the map shows of each bin: how full it is, how long its oldest goods have been there, or how often goods moved in seven days. */
export type HeatFacts = { heat: Heat; now: number; moves: ReadonlyMap<string, number> };

/** How long the oldest goods of a bin have been there, in whole days; goods told apart since their lot came. */
function ageOf(inside: readonly Content[], now: number): number {
  const since = inside.flatMap(({ since, arrived }) => since ?? arrived ?? []).sort()[0];
  return since === undefined ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / dayMs));
}

/**
 * Racks as they stand, from bins and what lies in them; a bin without a capacity counts against the fullest one. A bin that is being counted, of which whoever looks may
 * not know the units, is told to be so and is not taken for an empty one.
 */
export function racksOf(bins: readonly BinView[], contents: readonly Content[], facts: HeatFacts): Rack[] {
  const inside = new Map<string, Content[]>();
  for (const one of contents) if (one.bin) inside.set(one.bin, [...(inside.get(one.bin) ?? []), one]);
  // What somebody counts says nothing of how much lies there, but it is no empty bin.
  const counted = (code: string) => (inside.get(code) ?? []).some(({ hidden }) => hidden);
  const unitsIn = (code: string) => (inside.get(code) ?? []).reduce((sum, { units }) => sum + units, 0);
  const most = Math.max(1, ...bins.map(({ code }) => unitsIn(code)));
  const busiest = Math.max(1, ...facts.moves.values());
  const seen = (share: number) => Math.min(1, Math.max(0.06, share));
  const told = (bin: BinView, held: number): { heat: number; figure: number } => {
    if (facts.heat === "flow") {
      const moves = facts.moves.get(bin.code) ?? 0;
      return { heat: moves === 0 ? 0 : seen(moves / busiest), figure: moves };
    }
    if (held === 0) return { heat: 0, figure: 0 };
    if (facts.heat === "age") {
      const days = ageOf(inside.get(bin.code) ?? [], facts.now);
      return { heat: seen(days / oldDays), figure: days };
    }
    // What is there is told by the contents as they are heard of; the tightest of the bin's limits is how full it is.
    const fill = fillOf({ ...bin, used: held });
    const heat = seen(fill?.share ?? held / most);
    return { heat, figure: Math.round(heat * 100) };
  };
  const racks = new Map<string, Rack>();
  for (const bin of bins) {
    const name = addressOf(bin.code);
    const key = `${bin.zone} ${name?.rack ?? bin.rack}`;
    const rack = racks.get(key) ?? {
      ...{ rack: name?.rack ?? String(bin.rack), zone: bin.zone, bays: 0, levels: 0, bayNames: [], levelNames: [] },
      ...{ cells: [], used: 0, first: bin.sequence },
    };
    const held = unitsIn(bin.code);
    rack.bays = Math.max(rack.bays, bin.column);
    rack.levels = Math.max(rack.levels, bin.level);
    if (name) [rack.bayNames[bin.column - 1], rack.levelNames[bin.level - 1]] = [name.column, name.level];
    const counting = counted(bin.code);
    rack.used += held > 0 || counting ? 1 : 0;
    rack.first = Math.min(rack.first, bin.sequence);
    rack.cells.push({
      address: bin.code,
      bay: bin.column,
      level: bin.level,
      ...told(bin, held),
      ...(bin.lock === undefined && bin.closed === undefined ? {} : { locked: true }),
      ...(counting ? { counting: true } : {}),
    });
    racks.set(key, rack);
  }
  return [...racks.values()].sort((a, b) => a.first - b.first);
}
