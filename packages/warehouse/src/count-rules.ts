import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Transfer } from "@yihao/ledger/model";
import type { AbcClass, Basis, Count, CountBin, CountLine, CountState, Tolerance } from "./count-model.ts";
import type { BinView, Content } from "./model.ts";
import type { Movement } from "./stock-model.ts";

/**
 * What a count of goods in a bin differs by. Goods may move while it goes on: `before` is what the ledger had when it began, `now` what it
 * has when it ends, so `now` is the snapshot and all movements since. Whoever counted before the goods moved found `before`, which is no
 * difference; any other figure beside a movement is unsure and counted again.
 */
export function decideVariance(figures: { before: number; now: number; counted: number }): {
  variance: number;
  unsure: boolean;
} {
  const { before, now, counted } = figures;
  if (counted === now || counted === before) return { variance: 0, unsure: false };
  return { variance: counted - now, unsure: before !== now };
}

/**
 * What of a line's difference is still to be posted, in units. Another count of the same bin may have posted what it found since this one was made: as much is right already; and whoever counted later knows better, so that
 * nothing of this one is left. `adjustments` are what counts posted there, `adjusted` their sum, of which `bin.adjusted` was posted when the bin was counted.
 */
export function stillWrong(
  bin: Pick<CountBin, "at" | "adjusted" | "posting">,
  line: Pick<CountLine, "variance"> & { readonly at: number; readonly adjusted: number },
  count: string,
  adjustments: readonly Pick<Transfer, "document" | "note">[],
): number {
  const own = bin.posting?.line === line.at ? bin.posting.units : 0;
  const { at } = bin;
  if (at === undefined) return line.variance - own;
  const later = adjustments.some(
    ({ document, note }) => document !== count && typeof note?.countedAt === "string" && note.countedAt > at,
  );
  return later ? 0 : line.variance - (line.adjusted - (bin.adjusted?.[line.at] ?? 0));
}

/** Whether a bin is counted once more: anything unsure, or at the first time a difference over the tolerance in units or value. */
export function needsRecount(
  lines: readonly Pick<CountLine, "variance" | "valueMinor">[],
  unsure: boolean,
  round: number,
  tolerance: Tolerance,
): boolean {
  if (unsure) return true;
  if (round > 1) return false;
  return lines.some(
    ({ variance, valueMinor = 0 }) =>
      Math.abs(variance) > tolerance.units || Math.abs(valueMinor) > tolerance.valueMinor,
  );
}

/** Whether a bin waits for somebody to count it. */
export function isOpenBin(bin: Pick<CountBin, "state">): boolean {
  return bin.state !== "counted";
}

/** Where a count stands once a bin is counted: still counting, to be judged, or over when nothing differs. */
export function stateAfter(bins: readonly CountBin[]): CountState {
  if (bins.some(isOpenBin)) return "counting";
  return bins.some(({ lines }) => lines?.some(({ variance }) => variance !== 0)) ? "to-review" : "posted";
}

/** Whether somebody may judge a count (审核): a manager who counted none of it. Refused: `count.state`, `count.counter`. */
export function decideJudge(
  count: Pick<Count, "state" | "counters">,
  person: string,
  states: readonly CountState[] = ["to-review"],
): Outcome<null, "count.state" | "count.counter"> {
  if (!states.includes(count.state)) return refuse("count.state", { state: count.state });
  if (count.counters.includes(person)) return refuse("count.counter");
  return accept(null);
}

/** Whether expected figures are shown: never while it is counted, and to a counter only when it is over. */
export function showsExpected(count: Pick<Count, "state" | "counters">, person: string, manages: boolean): boolean {
  if (count.state === "posted" || count.state === "rejected") return true;
  return manages && !count.counters.includes(person) && (count.state === "to-review" || count.state === "posting");
}

/**
 * Classes of things by what moved of them (ABC): the first 80 % of the value are A, up to 95 % B, the rest and what never moved C
 * (Dickie 1951; the usual cuts).
 */
export function abcOf(items: readonly { id: string; value: number }[]): Map<string, AbcClass> {
  const total = items.reduce((sum, { value }) => sum + value, 0);
  const classes = new Map<string, AbcClass>();
  let before = 0;
  for (const { id, value } of [...items].sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1))) {
    classes.set(id, value <= 0 || before >= total * 0.95 ? "C" : before >= total * 0.8 ? "B" : "A");
    before += value;
  }
  return classes;
}

type Shelf = Pick<BinView, "code" | "sequence" | "doubt">;
type Moved = Pick<Movement, "type" | "product" | "units" | "from">;

/** The bins that a count is about, along the walk; `moves` are the warehouse's movements of the days that matter. */
export function binsToCount(
  basis: Basis,
  bins: readonly Shelf[],
  contents: readonly Content[],
  moves: readonly Moved[],
  costs: ReadonlyMap<string, number> = new Map(),
): Shelf[] {
  const filled = new Set(contents.flatMap(({ bin, units }) => (bin !== undefined && units > 0 ? bin : [])));
  const holding = (is: (product: string) => boolean) =>
    new Set(contents.flatMap(({ bin, product }) => (bin !== undefined && is(product) ? bin : [])));
  const chosen = (): ((bin: Shelf) => boolean) => {
    switch (basis.kind) {
      case "bins": {
        const at = (code: string) => bins.find((bin) => bin.code === code)?.sequence;
        const ends = [at(basis.from), at(basis.to)].filter((one) => one !== undefined);
        if (ends.length < 2) return () => false;
        return ({ sequence }) => sequence >= Math.min(...ends) && sequence <= Math.max(...ends);
      }
      case "product": {
        const codes = holding((product) => product === basis.product);
        return ({ code }) => codes.has(code);
      }
      case "owner": {
        const codes = new Set(contents.flatMap(({ bin, company }) => (bin && company === basis.company ? bin : [])));
        return ({ code }) => codes.has(code);
      }
      case "abc": {
        const values = new Map<string, number>();
        for (const { product } of contents) values.set(product, 0);
        for (const { type, product, units } of moves)
          if (type === "ship") values.set(product, (values.get(product) ?? 0) + units * (costs.get(product) ?? 1));
        const classes = abcOf([...values].map(([id, value]) => ({ id, value })));
        const codes = holding((product) => classes.get(product) === basis.class);
        return ({ code }) => codes.has(code);
      }
      case "zero": {
        const emptied = new Set(moves.filter(({ type }) => type === "pick").map(({ from }) => from));
        return ({ code }) => emptied.has(code) && !filled.has(code);
      }
      default:
        return ({ doubt }) => doubt !== undefined;
    }
  };
  return bins.filter(chosen()).sort((a, b) => a.sequence - b.sequence);
}
