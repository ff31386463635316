import { dayOf, type Zone } from "@yihao/kernel/days";
import type { AsnView, ListedAsn } from "@yihao/warehouse/asn-model";
import { measureOf } from "@yihao/warehouse/bin-load";
import type { CountView, ListedCount } from "@yihao/warehouse/count-model";
import type { FaceView, Replenishment } from "@yihao/warehouse/face-model";
import { replenish } from "@yihao/warehouse/face-rules";
import { isTracked, lotOfDay, type Tracking } from "@yihao/warehouse/lot";
import type { BinView, Content } from "@yihao/warehouse/model";
import type { Order, OrderView, PickTask } from "@yihao/warehouse/order-model";
import { decidePick } from "@yihao/warehouse/order-rules";
import { decidePack } from "@yihao/warehouse/pack-rules";
import type { Product } from "@yihao/warehouse/product-model";
import type { Return, ReturnView } from "@yihao/warehouse/return-model";
import { decideBack, decideDecision } from "@yihao/warehouse/return-rules";
import type { Suggestion } from "@yihao/warehouse/stock-model";
import { type PutawayRules, suggestPutaway } from "@yihao/warehouse/suggest";
import type { SiteTransferView } from "@yihao/warehouse/transfer-model";
import type { WaveWork } from "@yihao/warehouse/wave-model";
import { shareOut } from "@yihao/warehouse/wave-rules";
import type { Step, StepGoods, Steps } from "./hand-steps.ts";
import { cartonsAhead } from "./pallet-ahead.ts";

/**
 * What a phone shows of steps that the server does not know yet: what was read, with the steps done to it in their order. Pure, and by the server's own rules where there are
 * such; what the server then says stands in its place.
 */

export type Elevation = {
  readonly bins: readonly BinView[];
  readonly contents: readonly Content[];
  /** Which bins are one product's own, and what zones are kept to; not there in what an older version read. */
  readonly faces?: readonly FaceView[];
  readonly warehouse?: { readonly zones: PutawayRules["zones"]; readonly zone: string };
};

type AsnHead = Pick<ListedAsn, "id" | "state" | "received" | "damaged" | "putaway" | "pallets">;

/** The figures of a notice's head. */
export function asnHeadAhead<Head extends AsnHead>(head: Head, steps: readonly Step[]): Head {
  let { state, received, damaged, putaway, pallets } = head;
  for (const step of steps) {
    if (step.kind === "arrive" && step.about.asn === head.id) {
      pallets = step.about.pallets;
      if (state === "expected") state = "arrived";
    }
    if (step.kind === "receive" && step.about.asn === head.id) {
      received += step.about.units;
      damaged += step.about.damaged;
      if (state === "expected" || state === "arrived") state = "receiving";
    }
    if (step.kind === "putaway" && step.about.asn === head.id) putaway += step.about.units;
  }
  return { ...head, state, received, damaged, putaway, ...(pallets === undefined ? {} : { pallets }) };
}

/** A notice with its lines. */
export function asnAhead(asn: AsnView, steps: readonly Step[]): AsnView {
  const items = asn.items.map((line) => {
    let after = line;
    for (const step of steps) {
      if (step.kind !== "receive" || step.about.asn !== asn.id || step.about.line !== line.line) continue;
      const received = after.received + step.about.units;
      const done = after.done || step.about.done || received >= after.expected;
      after = { ...after, received, damaged: after.damaged + step.about.damaged, done };
    }
    return after;
  });
  const head = asnHeadAhead(asn, steps);
  return {
    ...head,
    items,
    state: items.every(({ done }) => done) && head.state === "receiving" ? "received" : head.state,
  };
}

const same = (
  one: { product: string; lot?: string | undefined },
  other: { product: string; lot?: string | undefined },
) => one.product === other.product && one.lot === other.lot;

/** Some goods more or fewer at a place; none left is no row. */
function put(contents: readonly Content[], goods: Omit<Content, "units">, units: number): Content[] {
  const here = (one: Content) => one.place === goods.place && one.bin === goods.bin && same(one, goods);
  const found = contents.find(here);
  if (!found) return units > 0 ? [...contents, { ...goods, units }] : [...contents];
  const left = Math.max(0, found.units + units);
  return contents.flatMap((one) => (one !== found ? [one] : left > 0 ? [{ ...one, units: left }] : []));
}

/** What this phone has read of one unit of a product: its weight and size. */
export type Facts = (product: string) => Pick<Product, "weightGrams" | "size"> | undefined;
const nothing: Facts = () => undefined;

/** The racks: what lies where, and how full each bin is by number, weight and volume. */
export function elevationAhead(
  elevation: Elevation,
  steps: readonly Step[],
  facts: Facts = nothing,
): { bins: BinView[]; contents: Content[] } {
  let contents = [...elevation.contents];
  const loads = new Map<string, { used: number; grams: number; mm3: number }>();
  const fill = (bin: string, product: string, units: number) => {
    const before = loads.get(bin) ?? { used: 0, grams: 0, mm3: 0 };
    const { grams, mm3 } = measureOf(facts(product) ?? {}, Math.abs(units));
    loads.set(bin, {
      used: before.used + units,
      grams: before.grams + grams * units,
      mm3: before.mm3 + mm3 * units,
    });
  };
  const factsOf = ({ product, name, code = "", gtin, company }: StepGoods, lot: string | undefined) => ({
    ...{ company: company ?? contents.find((one) => one.product === product)?.company ?? "", product, name, code },
    ...(gtin === undefined ? {} : { gtin }),
    ...(lot === undefined ? {} : { lot }),
  });
  for (const step of steps) {
    if (step.kind === "transfer-send") {
      for (const { bin, lot, units, ...goods } of step.about.lines) {
        const facts = factsOf({ ...goods, company: step.about.company }, lot);
        contents = put(contents, { ...facts, place: "bin", bin }, -units);
        fill(bin, goods.product, -units);
      }
      continue;
    }
    if (step.kind === "transfer-receive") {
      const { lot, units, damaged } = step.about;
      contents = put(contents, { ...factsOf(step.about, lot), place: "receiving" }, units - damaged);
      continue;
    }
    if (step.kind !== "receive" && step.kind !== "putaway" && step.kind !== "pick" && step.kind !== "move") continue;
    const named = (lot: string | undefined) => factsOf(step.about, lot);
    if (step.kind === "receive") {
      for (const { lot, units } of step.about.parcels)
        contents = put(contents, { ...named(lot), place: "receiving" }, units);
      continue;
    }
    const { bin, lot, units } = step.about;
    const goods = named(lot);
    if (step.kind === "putaway") {
      contents = put(contents, { ...goods, place: "receiving" }, -units);
      contents = put(contents, { ...goods, place: "bin", bin }, units);
      fill(bin, goods.product, units);
    } else {
      contents = put(contents, { ...goods, place: "bin", bin }, -units);
      fill(bin, goods.product, -units);
    }
    if (step.kind === "move") {
      contents = put(contents, { ...goods, place: "bin", bin: step.about.to }, units);
      fill(step.about.to, goods.product, units);
    }
  }
  const bins = elevation.bins.map((bin) => {
    const { used, grams, mm3 } = loads.get(bin.code) ?? { used: 0, grams: 0, mm3: 0 };
    return {
      ...bin,
      used: Math.max(0, bin.used + used),
      usedGrams: Math.max(0, bin.usedGrams + grams),
      usedMm3: Math.max(0, bin.usedMm3 + mm3),
    };
  });
  return { bins, contents };
}

/** Goods that wait in receiving with bins to go to, from the racks as this phone knows them; bins that somebody counts are left out. */
export function putawaysAhead(
  elevation: Elevation,
  steps: readonly Step[],
  facts: Facts = nothing,
): (Content & { suggestions: Suggestion[] })[] {
  const { bins, contents } = elevationAhead(elevation, steps, facts);
  const hidden = new Set(contents.flatMap((one) => (one.hidden && one.bin !== undefined ? [one.bin] : [])));
  const open = bins.filter(({ code }) => !hidden.has(code));
  // In the server's order, so that the task at hand stays the first when its list comes.
  const name = ({ company, product, lot = "" }: Content) => `${company}#${product}#${lot}`;
  return suggestPutaway(
    open,
    contents.toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0)),
    { faces: elevation.faces ?? [], zones: elevation.warehouse?.zones ?? [] },
    facts,
  );
}

/** What pick faces want, from the racks as this phone knows them, at an instant in UTC. */
export function replenishmentsAhead(
  elevation: Elevation,
  steps: readonly Step[],
  now: string,
  facts: Facts = nothing,
): Replenishment[] {
  const { faces = [], warehouse } = elevation;
  if (!warehouse) return [];
  const { bins, contents } = elevationAhead(elevation, steps, facts);
  return replenish(faces, bins, contents, dayOf(now, warehouse.zone as Zone), facts);
}

/** Where an order is still to be picked: what was picked goes from its task, and a bin that was short has no task of that line. */
export function picksAhead(tasks: readonly PickTask[], order: string, steps: readonly Step[]): PickTask[] {
  let left = [...tasks];
  for (const step of steps) {
    if (step.kind !== "pick" || step.about.order !== order) continue;
    const { line, bin, lot, units, short } = step.about;
    let taken = units;
    left = left.flatMap((task) => {
      if (task.line !== line || (task.bin ?? "0") !== bin) return [task];
      if (short !== undefined) return [];
      if (task.lot !== lot || taken === 0) return [task];
      const now = Math.min(taken, task.units);
      taken -= now;
      return task.units > now ? [{ ...task, units: task.units - now }] : [];
    });
  }
  return left;
}

/** An order as it is once its steps are done, by the rule of picking itself. */
export function orderAhead(order: OrderView, steps: readonly Step[], tasks: readonly PickTask[] = []): OrderView {
  let after = order as unknown as Order;
  for (const step of steps) {
    if (step.kind === "ship" && step.about.order === order.id) after = { ...after, state: "shipped" };
    if (step.kind === "pack" && step.about.order === order.id) after = packedAhead(after, step);
    if (step.kind.startsWith("pallet-")) after = cartonsAhead(after, step);
    if (step.kind !== "pick" || step.about.order !== order.id) continue;
    const { line, bin, units, lot, short } = step.about;
    const wish = { warehouse: after.warehouse ?? "whs_any", line, bin, units };
    const told = { ...wish, ...(lot === undefined ? {} : { lot }), ...(short === undefined ? {} : { short }) };
    const elsewhere = tasks.some((task) => task.line === line && task.bin !== null && task.bin !== bin);
    const decided = decidePick(after, told, elsewhere);
    if (decided.ok) after = { ...after, lines: decided.value.lines, state: decided.value.state };
  }
  return { ...after, rev: order.rev } as OrderView;
}

function packedAhead(order: Order, step: Extract<Step, { kind: "pack" }>): Order {
  const decided = decidePack(order, step.about, Number(step.at.slice(0, 4)));
  if (!decided.ok) return order;
  const { number, lines, state } = decided.value;
  const carton = { number, lines, grams: step.about.grams, at: step.at, by: "" };
  return { ...order, state, cartons: [...(order.cartons ?? []), carton] };
}

/** A return with what came back and what was decided of it, by the rules of returns themselves. */
export function returnAhead(back: ReturnView, steps: readonly Step[]): ReturnView {
  let after = back as unknown as Return;
  for (const step of steps) {
    const mine = step.kind === "return-receive" || step.kind === "return-decide";
    if (!mine || step.about.back !== back.id) continue;
    const decided =
      step.kind === "return-receive"
        ? decideBack(after, step.about.line, step.about.parcels)
        : decideDecision(after, step.about.line, step.about);
    if (decided.ok) after = { ...after, lines: decided.value.lines, state: decided.value.state };
  }
  return { ...after, rev: back.rev } as ReturnView;
}

/** A transfer with what came of it. */
export function transferAhead(transfer: SiteTransferView, steps: readonly Step[]): SiteTransferView {
  const lines = transfer.lines.map((line) => {
    let { received, damaged } = line;
    for (const step of steps) {
      if (step.kind !== "transfer-receive" || step.about.transfer !== transfer.id) continue;
      if (step.about.line !== line.line) continue;
      received += step.about.units;
      damaged += step.about.damaged;
    }
    return { ...line, received, damaged };
  });
  const over = lines.every((line) => line.received >= line.units);
  return { ...transfer, lines, state: over ? "closed" : transfer.state };
}

/** A wave with its walk and slots: a halt where somebody was is gone, its units are its orders', and what was sorted stands in its slot. */
export function waveAhead(work: WaveWork, steps: readonly Step[]): WaveWork {
  let { stops, slots } = work;
  const line = (slot: number, number: number, change: (line: WaveWork["slots"][number]["lines"][number]) => object) => {
    slots = slots.map((one) =>
      one.slot !== slot
        ? one
        : { ...one, lines: one.lines.map((each) => (each.line === number ? { ...each, ...change(each) } : each)) },
    );
  };
  for (const step of steps) {
    if (step.kind === "wave-pick" && step.about.wave === work.wave.id) {
      const { bin, product, lot, units } = step.about;
      const stop = stops.find((one) => one.bin === bin && one.product === product && one.lot === lot);
      if (!stop) continue;
      stops = stops.filter((one) => one !== stop);
      for (const { part, units: some } of shareOut(stop.parts, units))
        line(part.slot, part.line, (each) => ({ picked: each.picked + some }));
    }
    if (step.kind === "wave-sort" && step.about.wave === work.wave.id)
      line(step.about.slot, step.about.line, (each) => ({ sorted: each.sorted + step.about.units }));
  }
  return { ...work, stops, slots };
}

type CountHead = Pick<ListedCount, "id" | "state" | "done">;

/** The figures of a count's head. */
export function countHeadAhead<Head extends CountHead>(head: Head, steps: readonly Step[]): Head {
  const bins = new Set(
    steps.flatMap((step) => (step.kind === "count-found" && step.about.count === head.id ? [step.about.bin] : [])),
  );
  const begun = steps.some(
    (step) => (step.kind === "count-begin" || step.kind === "count-found") && step.about.count === head.id,
  );
  const state = begun && head.state === "requested" ? "counting" : head.state;
  return { ...head, state, done: head.done + bins.size };
}

/** A count with its bins. A bin that is counted here may yet be wanted once more: the server says so later. */
export function countAhead(count: CountView, steps: readonly Step[]): CountView {
  const items = count.items.map((bin) => {
    let state = bin.state;
    for (const step of steps) {
      if ((step.kind !== "count-begin" && step.kind !== "count-found") || step.about.count !== count.id) continue;
      if (step.about.bin === bin.code) state = step.kind === "count-begin" ? "counting" : "counted";
    }
    return { ...bin, state };
  });
  const head = countHeadAhead(count, steps);
  const done = items.filter(({ state }) => state === "counted").length;
  const over = items.length > 0 && done === items.length && head.state === "counting";
  return { ...head, items, done, state: over ? "to-review" : head.state };
}

/** What comes to receiving of a receipt, by lot or serial: damaged ones, the first by the server's rule, stand apart. */
export function parcelsOf(
  goods: { track?: Tracking | undefined; dated?: boolean | undefined },
  wish: { units: number; damaged?: number; lot?: string; expiry?: string; serials?: readonly string[] },
): Steps["receive"]["parcels"] {
  const bad = wish.damaged ?? 0;
  if (goods.track === "serial") return (wish.serials ?? []).slice(bad).map((lot) => ({ lot, units: 1 }));
  const units = wish.units - bad;
  if (units <= 0) return [];
  const lot = isTracked(goods)
    ? (wish.lot ?? (wish.expiry === undefined ? undefined : lotOfDay(wish.expiry)))
    : undefined;
  return [lot === undefined ? { units } : { lot, units }];
}
