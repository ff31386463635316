import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Order, OrderLine, OrderState, Pick } from "./model.ts";

/** Orders that still hold reserved goods. */
export const openStates: readonly OrderState[] = ["reserved", "picking", "picked", "shipping", "cancelling"];

/** Units of a line that are still reserved for it. */
export function reservedUnits(line: Owing): number {
  return line.units - line.shipped - line.released;
}
type Owing = { readonly units: number; readonly shipped: number; readonly released: number };

/** Units of a line that are still to be picked. */
export function unpicked(line: OrderLine): number {
  return line.short === undefined ? line.units - line.picked : 0;
}

export type Picked = { readonly line: OrderLine; readonly lines: OrderLine[]; readonly state: OrderState };

/**
 * An order after some units of a line are picked (拣货). Refused: `order.state` unless it is reserved or being picked,
 * `order.warehouse` when it is picked in another one, `pick.too-many` with what is left, `missing`.
 */
export function decidePick(order: Order, pick: Omit<Pick, "scans" | "bin">): Outcome<Picked> {
  if (order.state !== "reserved" && order.state !== "picking") return refuse("order.state", { state: order.state });
  if (order.warehouse !== undefined && order.warehouse !== pick.warehouse)
    return refuse("order.warehouse", { warehouse: order.warehouse });
  const before = order.lines.find((one) => one.line === pick.line);
  if (!before) return refuse("missing");
  const left = unpicked(before);
  if (pick.units > left || left === 0) return refuse("pick.too-many", { left, units: pick.units });
  const line: OrderLine = {
    ...before,
    picked: before.picked + pick.units,
    ...(pick.short !== undefined && pick.units < left ? { short: pick.short } : {}),
  };
  const lines = order.lines.map((one) => (one.line === line.line ? line : one));
  return accept({ line, lines, state: lines.every((one) => unpicked(one) === 0) ? "picked" : "picking" });
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
export type OrderStep = { readonly steps: LineStep[]; readonly lines: OrderLine[]; readonly last: boolean };

/**
 * The next lines of an order that is being shipped or cancelled, at most `most`, so that long orders advance in commits.
 * Refused: `order.state` when it is not ready for this (all lines picked, something to ship) or already over.
 */
export function decideStep(order: Order, going: "shipping" | "cancelling", most: number): Outcome<OrderStep> {
  const from: readonly OrderState[] =
    going === "shipping" ? ["picked", "shipping"] : ["reserved", "picking", "picked", "cancelling"];
  if (!from.includes(order.state)) return refuse("order.state", { state: order.state });
  if (going === "shipping" && order.lines.every((line) => line.picked === 0))
    return refuse("order.state", { state: order.state });
  const waiting = order.lines.filter((line) => reservedUnits(line) > 0);
  const steps = waiting.slice(0, most).map((line): LineStep => {
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
  return accept({ steps, lines, last: waiting.length <= most });
}
