import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { lotOfDay } from "./lot.ts";
import type { Order, OrderLine } from "./order-model.ts";
import { type Carton, type CartonLine, mostCartons, type NewCarton } from "./pack-model.ts";
import type { Packaging } from "./packaging.ts";
import { readScan, type Scan, scanNames } from "./scan.ts";

type PackLine = Omit<OrderLine, "product"> & { readonly product: string };
type Packable = Pick<Order, "state" | "cartons"> & { readonly lines: readonly PackLine[] };
/** The packs of a product by its id, where they are known. */
export type PacksOf = (product: string) => readonly Packaging[] | undefined;
/** Units of a line, of one lot where its goods are told apart, that a carton takes. */
export type Taken = { readonly line: number; readonly lot?: string | undefined; readonly units: number };

/** Units of a line, or of one lot of it, that stand in cartons. */
export function packedUnits(cartons: readonly Carton[] | undefined, line: number, lot?: string): number {
  let units = 0;
  for (const carton of cartons ?? [])
    for (const one of carton.lines)
      if (one.line === line)
        units += lot === undefined ? one.units : (one.lots?.find((known) => known.lot === lot)?.units ?? 0);
  return units;
}

/** Picked units of an order that stand in no carton yet. */
export function unpacked(order: Packable): number {
  return order.lines.reduce((sum, { line, picked }) => sum + picked - packedUnits(order.cartons, line), 0);
}

/** What of an order still waits to be packed, by line and lot, less what an open carton took. */
function waiting(order: Packable, taken: readonly Taken[]): { line: PackLine; lot?: string; left: number }[] {
  const took = (line: number, lot?: string) =>
    taken.reduce((sum, one) => (one.line === line && one.lot === lot ? sum + one.units : sum), 0);
  return order.lines.flatMap((line) =>
    line.lots === undefined
      ? [{ line, left: line.picked - packedUnits(order.cartons, line.line) - took(line.line) }]
      : line.lots.map(({ lot, units }) => ({
          ...{ line, lot },
          left: units - packedUnits(order.cartons, line.line, lot) - took(line.line, lot),
        })),
  );
}

/** The lot or serial that a scan names of a line's goods. */
function toldBy(scan: Scan, line: PackLine): string | undefined {
  if (line.serial) return scan.serial;
  const day = scan.expiry ?? scan.bestBefore;
  return scan.lot ?? (day === undefined ? undefined : lotOfDay(day));
}

/**
 * What a scanned code is of an order that is packed (打包复核): lines and lots it goes to, in the order of the lines. A serial number alone names its goods, and a pack's code the units in it: `units` counts
 * single ones. Refused:
 * `pack.wrong` with what is wanted, for goods that were not ordered; `scan.lot` for a lot that was not picked; `lot.wanted` when several lots wait and none is named;
 * `pack.too-many` when less of it waits; `gs1.invalid`.
 */
export function matchScan(
  order: Packable,
  taken: readonly Taken[],
  item: NewCarton["items"][number],
  year: number,
  packsOf?: PacksOf,
): Outcome<Taken[]> {
  const read = readScan(item.code, year);
  if (!read.ok) return read;
  const scan = read.value;
  const all = waiting(order, taken);
  const named = all.filter(
    ({ line, lot }) =>
      scanNames(scan, { ...line, id: line.product, packs: packsOf?.(line.product) }) ||
      (line.serial === true && lot !== undefined && scan.text === lot),
  );
  const first = named[0]?.line;
  if (first === undefined) {
    const wants = [...new Set(all.filter(({ left }) => left > 0).map(({ line }) => line.name))];
    return refuse("pack.wrong", { got: scan.text, wants: wants.slice(0, 3) });
  }
  const told = item.lot ?? toldBy(scan, first) ?? (first.serial && scanText(named, scan) ? scan.text : undefined);
  const fit = named.filter(({ lot }) => lot === undefined || told === undefined || lot === told);
  if (fit.length === 0) {
    const expected = named.flatMap(({ lot, left }) => (lot !== undefined && left > 0 ? [lot] : []));
    return refuse("scan.lot", { expected: [...new Set(expected)].join(", ") || "—", got: told });
  }
  const open = fit.filter(({ left }) => left > 0);
  const lots = new Set(open.map(({ lot }) => lot));
  if (told === undefined && lots.size > 1) return refuse("lot.wanted", { track: first.serial ? "serial" : "lot" });
  const sum = open.reduce((all, { left }) => all + left, 0);
  if (item.units > sum) return refuse("pack.too-many", { name: first.name, left: sum, units: item.units });
  let units = item.units;
  return accept(
    open.flatMap(({ line, lot, left }) => {
      const some = Math.min(units, left);
      units -= some;
      return some === 0 ? [] : [{ line: line.line, ...(lot === undefined ? {} : { lot }), units: some }];
    }),
  );
}

const scanText = (named: readonly { lot?: string }[], scan: Scan) => named.some(({ lot }) => lot === scan.text);

/** Grams that a scale may be off, and that box and padding weigh beside a quarter of the goods. */
const scaleGrams = 20;
const boxGrams = 2_000;

/**
 * Whether a carton's weight fits the goods in it (称重复核): lighter than 95 % of them something is missing, heavier than 125 % and a box something is too much. Goods that
 * nobody weighed (`undefined` each) are not judged. Refused: `pack.weight` with what the goods weigh, in grams.
 */
export function weightFits(
  goods: readonly { readonly units: number; readonly weightGrams?: number | undefined }[],
  grams: number,
): Outcome<undefined, "pack.weight"> {
  if (goods.some(({ weightGrams }) => weightGrams === undefined)) return accept(undefined);
  const own = goods.reduce((sum, { units, weightGrams = 0 }) => sum + units * weightGrams, 0);
  const [least, most] = [Math.floor(own * 0.95) - scaleGrams, Math.ceil(own * 1.25) + boxGrams];
  return grams < least || grams > most ? refuse("pack.weight", { goods: own, grams }) : accept(undefined);
}

/** Lines of a carton from what was taken for it. */
function linesOf(taken: readonly Taken[]): CartonLine[] {
  const lines = new Map<number, CartonLine>();
  for (const { line, lot, units } of taken) {
    const known = lines.get(line) ?? { line, units: 0 };
    const others = (known.lots ?? []).filter((one) => one.lot !== lot);
    const had = known.lots?.find((one) => one.lot === lot)?.units ?? 0;
    const lots = lot === undefined ? known.lots : [...others, { lot, units: had + units }];
    lines.set(line, { line, units: known.units + units, ...(lots === undefined ? {} : { lots }) });
  }
  return [...lines.values()].sort((a, b) => a.line - b.line);
}

/**
 * An order after one more carton (装箱); it is packed once every picked unit stands in one. Refused, with nothing packed: `order.state` unless it is picked,
 * `pack.cartons` when it has as many as may be, and as every scan by itself.
 */
export function decidePack(
  order: Packable,
  wish: Pick<NewCarton, "items">,
  year: number,
  packsOf?: PacksOf,
): Outcome<{ number: number; lines: CartonLine[]; units: number; state: "picked" | "packed" }> {
  if (order.state !== "picked") return refuse("order.state", { state: order.state });
  const cartons = order.cartons ?? [];
  if (cartons.length >= mostCartons) return refuse("pack.cartons", { most: mostCartons });
  const taken: Taken[] = [];
  for (const item of wish.items) {
    const match = matchScan(order, taken, item, year, packsOf);
    if (!match.ok) return match;
    taken.push(...match.value);
  }
  const units = taken.reduce((sum, one) => sum + one.units, 0);
  const number = Math.max(0, ...cartons.map((one) => one.number)) + 1;
  return accept({ number, lines: linesOf(taken), units, state: unpacked(order) === units ? "packed" : "picked" });
}

/** An order after a carton was unpacked again (拆箱). Refused: `order.state` once it leaves, `pallet.holds` while it stands on a pallet, `missing` when there is no such carton. */
export function decideUnpack(order: Packable, number: number): Outcome<{ cartons: Carton[]; state: "picked" }> {
  if (order.state !== "picked" && order.state !== "packed") return refuse("order.state", { state: order.state });
  const standing = order.cartons?.find((one) => one.number === number)?.pallet;
  if (standing) return refuse("pallet.holds", { pallet: standing.code });
  const cartons = (order.cartons ?? []).filter((one) => one.number !== number);
  if (cartons.length === (order.cartons ?? []).length) return refuse("missing");
  return accept({ cartons, state: "picked" });
}
