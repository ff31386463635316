import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Order, OrderLine } from "./order-model.ts";
import type { DecideReturn, Return, ReturnDecision, ReturnLine, ReturnState } from "./return-model.ts";

type Decided = Pick<ReturnLine, "restocked" | "quarantined" | "scrapped" | "sentBack">;
const counterOf = {
  restock: "restocked",
  quarantine: "quarantined",
  scrap: "scrapped",
  "send-back": "sentBack",
} as const satisfies Record<ReturnDecision, keyof Decided>;

/** Units of a line that came back and wait for a decision. */
export function undecided(line: Decided & { readonly received: number }): number {
  return line.received - line.restocked - line.quarantined - line.scrapped - line.sentBack;
}

/** Units of an order's line that may still come back: what was shipped and is not announced yet. */
export function returnable(line: Pick<OrderLine, "shipped" | "returning">): number {
  return line.shipped - (line.returning ?? 0);
}

/**
 * Which lines of an order some goods come back from; lines of one product are filled in their order. Refused: `return.order` unless it has shipped, `return.over` with
 * what may still come back of each product that is too much.
 */
export function decideFromOrder(
  order: Pick<Order, "state" | "lines">,
  wants: ReadonlyMap<string, number>,
): Outcome<{ lines: OrderLine[]; back: { line: OrderLine; units: number }[] }> {
  if (order.state !== "shipped") return refuse("return.order", { state: order.state });
  const left = new Map(wants);
  const back: { line: OrderLine; units: number }[] = [];
  const lines = order.lines.map((line) => {
    const units = Math.min(left.get(line.product) ?? 0, returnable(line));
    if (units === 0) return line;
    left.set(line.product, (left.get(line.product) ?? 0) - units);
    back.push({ line, units });
    return { ...line, returning: (line.returning ?? 0) + units };
  });
  const over = [...left].filter(([, units]) => units > 0);
  if (over.length === 0) return accept({ lines, back });
  return refuse("return.over", {
    lines: over.map(([product, more]) => {
      const wanted = wants.get(product) ?? 0;
      const name = order.lines.find((line) => line.product === product)?.name ?? "";
      return { product, name, wanted, available: wanted - more };
    }),
  });
}

/**
 * An order's lines after goods of one of its lines came back, by lot. Refused: `scan.lot` for a lot or serial that the line did not send, `return.lot` for more of one than it sent and did not get back yet.
 */
export function decideLotsBack(
  lines: readonly OrderLine[],
  number: number,
  parcels: readonly { readonly lot?: string; readonly units: number }[],
): Outcome<OrderLine[]> {
  let lots = lines.find((one) => one.line === number)?.lots ?? [];
  for (const { lot = "", units } of parcels) {
    const sent = lots.find((one) => one.lot === lot);
    if (!sent) return refuse("scan.lot", { expected: lots.map((one) => one.lot).join(", "), got: lot });
    const left = sent.units - (sent.back ?? 0);
    if (units > left) return refuse("return.lot", { lot, left, units });
    lots = lots.map((one) => (one === sent ? { ...one, back: (one.back ?? 0) + units } : one));
  }
  return accept(lines.map((one) => (one.line === number ? { ...one, lots } : one)));
}

type Step = { readonly line: ReturnLine; readonly lines: ReturnLine[]; readonly state: ReturnState };
const stepOf = (back: Return, line: ReturnLine): Step => {
  const lines = back.lines.map((one) => (one.line === line.line ? line : one));
  const over = lines.every((one) => one.received === one.expected && undecided(one) === 0);
  return { line, lines, state: over ? "closed" : "receiving" };
};
const isOpen = (back: Pick<Return, "state">) => back.state === "expected" || back.state === "receiving";

/** A return after some units came in (收退货). Refused: `return.state` once it is over, `missing`, `return.over` for more than is expected. */
export function decideBack(
  back: Return,
  number: number,
  parcels: readonly { readonly lot?: string; readonly units: number }[],
): Outcome<Step> {
  if (!isOpen(back)) return refuse("return.state", { state: back.state });
  const line = back.lines.find((one) => one.line === number);
  if (!line) return refuse("missing");
  const units = parcels.reduce((sum, one) => sum + one.units, 0);
  const left = line.expected - line.received;
  if (units > left)
    return refuse("return.over", {
      lines: [{ product: line.product, name: line.name, wanted: units, available: left }],
    });
  let lots = line.lots;
  for (const { lot, units: some } of parcels) {
    if (lot === undefined) continue;
    const had = lots?.find((one) => one.lot === lot)?.units ?? 0;
    lots = [...(lots ?? []).filter((one) => one.lot !== lot), { lot, units: had + some }];
  }
  const after = { ...line, received: line.received + units, ...(lots === undefined ? {} : { lots }) };
  return accept(stepOf(back, after));
}

/**
 * A return after a decision on some of it (退货处理); with the last one it is closed. Refused: `return.state`, `missing`, `lot.wanted` when several lots wait and none is
 * named, `return.left` when less of it waits.
 */
export function decideDecision(back: Return, number: number, wish: DecideReturn): Outcome<Step & { lot?: string }> {
  if (back.state !== "receiving") return refuse("return.state", { state: back.state });
  const line = back.lines.find((one) => one.line === number);
  if (!line) return refuse("missing");
  const [only] = line.lots?.length === 1 ? line.lots : [];
  const lot = wish.lot ?? only?.lot;
  if (line.lots !== undefined && line.lots.length > 0 && lot === undefined)
    return refuse("lot.wanted", { track: line.track ?? "lot" });
  const left = line.lots === undefined ? undecided(line) : (line.lots.find((one) => one.lot === lot)?.units ?? 0);
  if (wish.units > left) return refuse("return.left", { name: line.name, left, units: wish.units });
  const lots = line.lots
    ?.map((one) => (one.lot === lot ? { lot: one.lot, units: one.units - wish.units } : one))
    .filter((one) => one.units > 0);
  const counter = counterOf[wish.decision];
  const after = { ...line, [counter]: line[counter] + wish.units, ...(lots === undefined ? {} : { lots }) };
  return accept({ ...stepOf(back, after), ...(line.lots === undefined || lot === undefined ? {} : { lot }) });
}

/**
 * The end of a return that is short or never came: its order's units that did not come may be announced again. Refused: `return.state` when it is over,
 * `return.waiting` while something waits for a decision.
 */
export function decideEnd(back: Return): Outcome<{ state: "closed" | "cancelled"; missing: Map<number, number> }> {
  if (!isOpen(back)) return refuse("return.state", { state: back.state });
  const left = back.lines.reduce((sum, line) => sum + undecided(line), 0);
  if (left > 0) return refuse("return.waiting", { left });
  const missing = new Map<number, number>();
  for (const { orderLine, expected, received } of back.lines)
    if (orderLine !== undefined && expected > received)
      missing.set(orderLine, (missing.get(orderLine) ?? 0) + expected - received);
  return accept({ state: back.lines.some(({ received }) => received > 0) ? "closed" : "cancelled", missing });
}
