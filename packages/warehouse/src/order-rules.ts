import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Order, OrderLine, OrderState, Pick } from "./order-model.ts";
import { unpacked } from "./pack-rules.ts";

/** Orders that still hold reserved goods. */
export const openStates: readonly OrderState[] = [
  "reserved",
  "back-ordered",
  "picking",
  "picked",
  "packed",
  "shipping",
  "cancelling",
];

/** Units of a line that are still reserved for it. */
export function reservedUnits(line: Owing): number {
  return line.units - line.shipped - line.released;
}
type Owing = { readonly units: number; readonly shipped: number; readonly released: number };

/** Units of a line that are still to be picked. */
export function unpicked(line: OrderLine): number {
  return line.short === undefined ? line.units - line.released - line.picked : 0;
}

/** Units of an order that are off their bins: cancelling it undoes that work (拣后取消). */
export const pickedUnits = (lines: readonly { readonly picked: number }[]): number =>
  lines.reduce((sum, { picked }) => sum + picked, 0);

/** Lots at most that a line is picked from, so that it leaves in one commit. */
export const lotsPerLine = 20;

function lotsAfter(line: OrderLine, { lot, units }: Taken): OrderLine["lots"] {
  if (lot === undefined || units === 0) return line.lots;
  const others = (line.lots ?? []).filter((one) => one.lot !== lot);
  const had = line.lots?.find((one) => one.lot === lot)?.units ?? 0;
  return [...others, { lot, units: had + units }];
}
type Taken = { readonly lot?: string | undefined; readonly units: number };

export type Picked = { readonly line: OrderLine; readonly lines: OrderLine[]; readonly state: OrderState };

/**
 * An order after some units of a line are picked (拣货). What a bin is short of is looked for in others, and the line is closed only when
 * there is none `elsewhere`. Refused: `order.state` unless it is reserved or being picked,
 * `order.warehouse` when it is picked in another one, `pick.too-many` with what is left, `missing`.
 */
export function decidePick(order: Order, pick: Omit<Pick, "scans">, elsewhere = false): Outcome<Picked> {
  if (order.state !== "reserved" && order.state !== "picking") return refuse("order.state", { state: order.state });
  if (order.warehouse !== undefined && order.warehouse !== pick.warehouse)
    return refuse("order.warehouse", { warehouse: order.warehouse });
  const before = order.lines.find((one) => one.line === pick.line);
  if (!before) return refuse("missing");
  const left = unpicked(before);
  if (pick.units > left || left === 0) return refuse("pick.too-many", { left, units: pick.units });
  const lots = lotsAfter(before, pick);
  if ((lots?.length ?? 0) > lotsPerLine) return refuse("pick.lots", { most: lotsPerLine });
  const line: OrderLine = {
    ...before,
    picked: before.picked + pick.units,
    ...(lots === undefined ? {} : { lots }),
    ...(pick.short === undefined || pick.units === left
      ? {}
      : elsewhere
        ? { avoid: [...new Set([...(before.avoid ?? []), pick.bin])] }
        : { short: pick.short }),
  };
  const lines = order.lines.map((one) => (one.line === line.line ? line : one));
  return accept({ line, lines, state: lines.every((one) => unpicked(one) === 0) ? "picked" : "picking" });
}

/** Units of a line that nobody found, reserved still: they are free once its order leaves, unless they turn out not to be there. */
export const unfound = (line: OrderLine): number =>
  line.short === undefined ? 0 : line.units - line.released - line.picked;

/** An order after units of one product that were looked for in vain are given up, because they are not there or past their day; gives how many. What else of it is picked, packed and sent stays as it is. */
export function decideGiveUp(order: Order, product: string, units: number): ReturnType<typeof decideTakeBack> {
  let left = ["picking", "picked", "packed"].includes(order.state) ? units : 0;
  const before = left;
  const lines = order.lines.map((line) => {
    const taken = line.product === product ? Math.min(left, unfound(line)) : 0;
    left -= taken;
    return taken === 0 ? line : { ...line, released: line.released + taken };
  });
  return { taken: before - left, lines, state: order.state };
}

/**
 * An order after units of one product that nobody picked yet are taken back from it, because the goods are not there or past their day;
 * gives how many it took, last lines first.
 */
export function decideTakeBack(
  order: Order,
  product: string,
  units: number,
): { taken: number; lines: OrderLine[]; state: OrderState } {
  let left = order.state === "reserved" || order.state === "picking" ? units : 0;
  const lines = [...order.lines].reverse().map((line) => {
    const taken = line.product === product ? Math.min(left, unpicked(line)) : 0;
    left -= taken;
    if (taken === 0) return line;
    return { ...line, released: line.released + taken, backordered: (line.backordered ?? 0) + taken };
  });
  lines.reverse();
  const open = lines.some((line) => unpicked(line) > 0);
  const picked = lines.some((line) => line.picked > 0);
  const taken = order.state === "reserved" || order.state === "picking" ? units - left : 0;
  return { taken, lines, state: open ? order.state : picked ? "picked" : "back-ordered" };
}

/**
 * An order after what was taken back from it is reserved anew, as far as it is free, first lines first. Refused: `order.state` when nothing was taken back or the order is packed or over,
 * `stock.short` with what each line wants while nothing of it is free.
 */
export function decideReserveAgain(
  order: { readonly state: OrderState; readonly lines: readonly OrderLine[] },
  free: ReadonlyMap<string, number>,
): Outcome<{ lines: OrderLine[]; state: OrderState; reserved: { product: OrderLine["product"]; units: number }[] }> {
  const wanting = order.lines.filter((line) => (line.backordered ?? 0) > 0);
  const may = ["reserved", "picking", "back-ordered", "picked"].includes(order.state);
  if (!may || wanting.length === 0) return refuse("order.state", { state: order.state });
  const left = new Map(free);
  const reserved: { product: OrderLine["product"]; units: number }[] = [];
  const lines = order.lines.map((line) => {
    const units = Math.min(line.backordered ?? 0, left.get(line.product) ?? 0);
    if (units === 0) return line;
    left.set(line.product, (left.get(line.product) ?? 0) - units);
    reserved.push({ product: line.product, units });
    const { backordered = 0, ...rest } = line;
    const still = backordered - units;
    return { ...rest, released: line.released - units, ...(still > 0 ? { backordered: still } : {}) };
  });
  if (reserved.length === 0)
    return refuse("stock.short", {
      lines: wanting.map(({ line, product, backordered = 0 }) => ({
        ...{ line, product, wanted: backordered, available: free.get(product) ?? 0 },
      })),
    });
  const picked = lines.some((line) => line.picked > 0);
  return accept({ lines, state: picked ? "picking" : "reserved", reserved });
}

/** What one line does in a step of shipping or cancelling, in units. */
export type LineStep = {
  readonly line: OrderLine;
  /** packing → customer and reserved → outside. */
  readonly ship: number;
  /** reserved → free. */
  readonly release: number;
  /** packing → receiving. */
  readonly back: number;
};
/** Items a line takes in a commit: a transfer, two balances and a check of its day in the place book, for each lot, and as many as without lots in the promise book. */
const weightOf = (line: OrderLine) => 3 + (line.lots === undefined ? 2 : line.lots.length * 4);
export type OrderStep = { readonly steps: LineStep[]; readonly lines: OrderLine[]; readonly last: boolean };

/**
 * The next lines of an order that is being shipped or cancelled, of `most` items together, so that long orders advance in commits.
 * Refused: `order.state` when it is not ready for this (all lines picked, something to ship) or already over, `pack.open` when some of it is packed and some is not.
 */
export function decideStep(order: Order, going: "shipping" | "cancelling", most: number): Outcome<OrderStep> {
  const from: readonly OrderState[] =
    going === "shipping"
      ? ["picked", "packed", "shipping"]
      : ["reserved", "back-ordered", "picking", "picked", "packed", "cancelling"];
  if (!from.includes(order.state)) return refuse("order.state", { state: order.state });
  // Who packs, packs all: what is picked and in no carton would be left behind unseen.
  if (going === "shipping" && order.state === "picked" && (order.cartons?.length ?? 0) > 0)
    return refuse("pack.open", { left: unpacked(order) });
  if (going === "shipping" && order.lines.every((line) => line.picked === 0))
    return refuse("order.state", { state: order.state });
  const waiting = order.lines.filter((line) => reservedUnits(line) > 0);
  let weight = 0;
  const fitting = waiting.filter((line) => {
    weight += weightOf(line);
    return weight <= most;
  });
  const steps = fitting.map((line): LineStep => {
    const ship = going === "shipping" ? line.picked - line.shipped : 0;
    const release = reservedUnits(line) - ship;
    const back = going === "cancelling" ? line.picked - line.shipped : 0;
    return {
      line: { ...line, shipped: line.shipped + ship, released: line.released + release },
      ship,
      release,
      back,
    };
  });
  const lines = order.lines.map((line) => steps.find((step) => step.line.line === line.line)?.line ?? line);
  return accept({ steps, lines, last: fitting.length === waiting.length });
}
