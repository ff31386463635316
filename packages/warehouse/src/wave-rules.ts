import type { Day } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { BinView, Content } from "./model.ts";
import type { Order, OrderLine, PickTask } from "./order-model.ts";
import type { Packaging } from "./packaging.ts";
import { type Scan, scanUnits } from "./scan.ts";
import { allocatePicks } from "./suggest.ts";
import type { Wave, WaveSort, WaveState, WaveStop, WaveWork } from "./wave-model.ts";

type Shelf = Pick<BinView, "code" | "kind" | "zone" | "sequence" | "capacity" | "used" | "lock">;
type Slot = Wave["slots"][number];
const pickable = (order: Pick<Order, "state">) => order.state === "reserved" || order.state === "picking";

/** Whether an order may go into a wave of a warehouse: it waits to be picked, there or anywhere, and is in no other wave. */
export function mayWave(order: Pick<Order, "state" | "wave" | "warehouse">, warehouse: string): boolean {
  return pickable(order) && order.wave === undefined && (order.warehouse ?? warehouse) === warehouse;
}

/** The state of a wave by its orders: done once none of them waits to be picked. */
export function waveState(wave: Pick<Wave, "state">, orders: readonly Pick<Order, "state">[]): WaveState {
  return wave.state === "open" && !orders.some(pickable) ? "done" : wave.state;
}

/**
 * The walk of a wave (拣货路线): every order's open lines allocated as if it were picked alone, goods of one owner given out once over all orders, and what is taken from one bin for
 * several orders one halt, in the order of the walk; what no bin has stands last.
 */
export function waveStops(
  slots: readonly Slot[],
  orders: readonly Order[],
  bins: readonly Shelf[],
  contents: readonly Content[],
  today: Day,
): WaveStop[] {
  const known = new Map(orders.map((order) => [order.id, order]));
  const zones = new Map(bins.map((bin) => [bin.code, bin.zone]));
  type Asked = { readonly slot: number; readonly order: Order; readonly line: OrderLine };
  const asked = slots.flatMap(({ slot, order: id }): Asked[] => {
    const order = known.get(id);
    return order && pickable(order) ? order.lines.map((line) => ({ slot, order, line })) : [];
  });
  const stops = new Map<string, WaveStop>();
  for (const company of new Set(asked.map(({ order }) => order.company))) {
    const own = asked.filter(({ order }) => order.company === company);
    // Lines are numbered through, so that one allocation serves all orders of the owner.
    const lines = own.map(({ line }, index) => ({ ...line, line: index }));
    const goods = contents.filter((one) => one.company === company);
    for (const task of allocatePicks(lines, bins, goods, today)) put(stops, task, own[task.line], zones);
  }
  return [...stops.values()].sort((a, b) => a.sequence - b.sequence || (a.name < b.name ? -1 : 1));
}

function put(
  stops: Map<string, WaveStop>,
  task: PickTask,
  asked: { readonly slot: number; readonly order: Order; readonly line: OrderLine } | undefined,
  zones: ReadonlyMap<string, string>,
): void {
  if (!asked) return;
  const { bin, product, name, code, gtin, lot, expiry, units, sequence } = task;
  const key = `${bin} ${product} ${lot ?? ""}`;
  const part = { slot: asked.slot, order: asked.order.id, line: asked.line.line, units };
  const before = stops.get(key);
  const zone = bin === null ? undefined : zones.get(bin);
  stops.set(key, {
    ...{ bin, sequence, product, name, code },
    ...(zone === undefined ? {} : { zone }),
    ...(gtin === undefined ? {} : { gtin }),
    ...(lot === undefined ? {} : { lot }),
    ...(expiry === undefined ? {} : { expiry }),
    units: (before?.units ?? 0) + units,
    parts: [...(before?.parts ?? []), part].sort((a, b) => a.slot - b.slot),
  });
}

/** Units of an order's line that stand in the slot of a wave. */
export function sortedUnits(wave: Pick<Wave, "sorted">, slot: number, line: number): number {
  return wave.sorted?.find((one) => one.slot === slot && one.line === line)?.units ?? 0;
}

/**
 * What stands in the slots of a wave after some more was put into one (分播). Refused: `missing` without such a slot and line, `wave.state` for a wave that was ended, `wave.sorted` with how many more were
 * picked of it.
 */
export function decideSort(
  wave: Pick<Wave, "state" | "slots" | "sorted">,
  order: Pick<Order, "id" | "lines"> | undefined,
  put: WaveSort,
): Outcome<NonNullable<Wave["sorted"]>> {
  if (wave.state === "cancelled") return refuse("wave.state", { state: wave.state });
  const slot = wave.slots.find((one) => one.slot === put.slot);
  const line = slot && order?.id === slot.order ? order.lines.find((one) => one.line === put.line) : undefined;
  if (!line) return refuse("missing");
  const there = sortedUnits(wave, put.slot, put.line);
  const left = line.picked - there;
  if (put.units > left) return refuse("wave.sorted", { name: line.name, left });
  const others = (wave.sorted ?? []).filter((one) => one.slot !== put.slot || one.line !== put.line);
  return accept([...others, { slot: put.slot, line: put.line, units: there + put.units }]);
}

type SlotLine = WaveWork["slots"][number]["lines"][number];

/**
 * Where what was scanned goes at the wall (分播): the first slot that still wants of it, and how many: what the code stands for, a case's units or one, up to what the slot wants; `left` is what it wanted before, `over` what
 * of a case is left in the hand for the next slot. Undefined when no slot wants any.
 */
export function sortOf(
  slots: readonly WaveWork["slots"][number][],
  scan: Scan,
  packsOf: (product: string) => readonly Packaging[] | undefined = () => undefined,
): { slot: number; line: SlotLine; units: number; left: number; over: number } | undefined {
  for (const { slot, lines } of slots)
    for (const line of lines) {
      const left = line.picked - line.sorted;
      const said = left > 0 ? scanUnits(scan, { ...line, id: line.product, packs: packsOf(line.product) }) : undefined;
      if (said === undefined) continue;
      const units = Math.min(said, left);
      return { slot, line, units, left, over: said - units };
    }
  return undefined;
}

/** Units that were picked at a halt, given to its orders slot by slot; who gets less than asked stands with what is missing. */
export function shareOut(
  parts: WaveStop["parts"],
  units: number,
): { readonly part: WaveStop["parts"][number]; readonly units: number }[] {
  let left = units;
  return parts.map((part) => {
    const given = Math.min(left, part.units);
    left -= given;
    return { part, units: given };
  });
}
