import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { idFor, stepOf } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { getMany } from "@yihao/table/read";
import { insert, type Write } from "@yihao/table/write";
import { cleanBin } from "./bin-code.ts";
import { blindly } from "./count-reads.ts";
import type { OrderId } from "./model.ts";
import { pickLine } from "./order-actions.ts";
import type { Order } from "./order-model.ts";
import { unpicked } from "./order-rules.ts";
import { standingOf } from "./standing.ts";
import { entryKind, listed, orderKey, orderKind, revise, warehouseOf } from "./store.ts";
import type { NewWave, Wave, WaveId, WavePick, WaveSort, WaveStop, WaveView, WaveWork } from "./wave-model.ts";
import { decideSort, mayWave, shareOut, sortedUnits, waveState, waveStops } from "./wave-rules.ts";
import { waveKey, waveKind, waveList, waveOf } from "./wave-store.ts";

const tries = 20;

async function ordersOf(scope: Scope, ids: readonly string[]): Promise<Stored<Order>[]> {
  const keys = ids.map((id) => orderKey(scope, id));
  const found = await getMany(scope, orderKind, keys, { consistent: true });
  return found.filter((one) => one !== undefined);
}

/** Makes a wave of open orders (建波次), each in a slot of its own, all or none. Refused: `missing`; `wave.orders` with those that do not wait to be picked or are in another wave. */
export async function makeWave(scope: Scope, wish: NewWave): Promise<Outcome<WaveView>> {
  const ids = [...new Set(wish.orders)];
  const warehouse = await warehouseOf(scope, wish.warehouse);
  if (!warehouse) return refuse("missing");
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const orders = await ordersOf(scope, ids);
    if (orders.length < ids.length) return refuse("missing");
    const not = orders.filter((order) => !mayWave(order, wish.warehouse));
    if (not.length > 0) return refuse("wave.orders", { orders: not.map(({ id }) => id.slice(4, 10).toUpperCase()) });
    const id: WaveId = idFor(scope, "wav");
    const wave: Wave = {
      ...{ id, warehouse: warehouse.id, kind: wish.kind, at: scope.now, by: actorName(scope), state: "open" },
      slots: ids.map((order, index) => ({ slot: index + 1, order: order as OrderId })),
    };
    const entry = { id, company: "" as CompanyId, at: scope.now };
    const writes: Write[] = [
      insert(waveKey(scope, id), waveKind, wave),
      insert(keyIn(waveList(scope, warehouse.id), scope.now, id), entryKind, entry),
      ...orders.map((order) => revise(orderKey(scope, order.id), order.rev, { wave: id }, [], `order ${order.id}`)),
    ];
    const outcome = await commit(scope, writes, { answer: { ...wave, rev: 1 } as WaveView });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** A wave with its walk and what is sorted to each slot; `zone` leaves only halts of one zone, so that pickers share a wave by zones. */
export async function readWave(scope: Scope, id: string, zone?: string): Promise<Outcome<WaveWork>> {
  const wave = await waveOf(scope, id);
  const place = wave && (await warehouseOf(scope, wave.warehouse));
  if (!wave || !place) return refuse("missing");
  const orders = await ordersOf(
    scope,
    wave.slots.map(({ order }) => order),
  );
  const state = waveState(wave, orders);
  const goods = orders.flatMap(({ company, lines }) =>
    lines.filter((line) => unpicked(line) > 0).map(({ product }) => ({ company, product })),
  );
  const { bins, contents } = await standingOf(scope, place, state === "open" ? goods : []);
  const stops = state === "open" ? waveStops(wave.slots, orders, bins, contents, dayOf(scope.now, place.zone)) : [];
  const slots = wave.slots.flatMap(({ slot, order: of }) => {
    const order = orders.find((one) => one.id === of);
    if (!order) return [];
    const lines = order.lines.map(({ line, product, name, code, gtin, units, released, picked }) => ({
      ...{ line, product, name, code, ...(gtin === undefined ? {} : { gtin }), units: units - released, picked },
      sorted: sortedUnits(wave, slot, line),
    }));
    return [{ slot, order: of, state: order.state, recipient: order.recipient.name, lines }];
  });
  return accept({
    wave: { ...wave, state },
    stops: zone === undefined ? stops : stops.filter((stop) => stop.zone === zone || stop.bin === null),
    slots,
  });
}

/**
 * Picks at one halt of a wave for all its orders: bin → packing, order by order, each in a commit of its own, so that whoever is cut off and asks again goes on from there. What is
 * missing falls to the last slots, which look for it elsewhere. Refused: `missing`, `wave.state`, `wave.moved` when something else is to be picked there by now, and as picking for one order.
 */
export async function pickWave(scope: Scope, id: string, wish: WavePick): Promise<Outcome<{ picked: number }>> {
  const bin = cleanBin(wish.bin);
  const step = stepOf(scope, "wave");
  // What the walk said when this command was first heard: a replay goes by it and not by what is left since.
  const plan = await planned(step, id, { ...wish, bin });
  if (!plan.ok) return plan;
  const { warehouse, parts } = plan.value;
  for (const { part, units } of shareOut(parts, wish.units)) {
    const short = units < part.units && wish.short !== undefined ? { short: wish.short } : {};
    const lot = wish.lot === undefined ? {} : { lot: wish.lot };
    const scans = wish.scans === undefined || units === 0 ? {} : { scans: wish.scans };
    const mine = stepOf(scope, `${part.order} ${part.line}`);
    if (await recall(mine)) continue;
    const picked = await pickLine(mine, part.order, {
      ...{ warehouse, line: part.line, bin, units, ...lot, ...scans, ...short },
    });
    // The same command heard twice at one time: the other one did it.
    if (!picked.ok && !(await recall(mine))) return blindly(scope, warehouse, bin, picked);
  }
  return accept({ picked: wish.units });
}

type Plan = { readonly warehouse: string; readonly parts: WaveStop["parts"] };

/** The parts of a halt as they were when the command was first heard, kept in a receipt of its own. */
async function planned(scope: Scope, id: string, wish: WavePick): Promise<Outcome<Plan>> {
  const kept = await recall(scope);
  if (kept) return accept(kept.answer as Plan);
  const found = await haltOf(scope, id, wish);
  if (!found.ok) {
    // The same command heard twice at one time: what has moved since is the other one's doing, whose plan stands before it picks.
    const other = await recall(scope);
    return other ? accept(other.answer as Plan) : found;
  }
  const outcome = await commit(scope, [], { answer: found.value });
  return outcome.done ? accept(outcome.answer) : refuse("busy");
}

async function haltOf(scope: Scope, id: string, wish: WavePick): Promise<Outcome<Plan>> {
  const work = await readWave(scope, id);
  if (!work.ok) return work;
  const { wave, stops } = work.value;
  if (wave.state !== "open") return refuse("wave.state", { state: wave.state });
  const stop = stops.find((one) => one.bin === wish.bin && one.product === wish.product && one.lot === wish.lot);
  if (!stop || stop.units !== wish.wanted) return refuse("wave.moved", { bin: wish.bin, units: stop?.units ?? 0 });
  return accept({ warehouse: wave.warehouse, parts: stop.parts });
}

/** Puts units that were picked into the slot of their order (分播), kept for whoever goes on with it. Refused: `missing`, and by the rule. */
export async function sortWave(scope: Scope, id: string, wish: WaveSort): Promise<Outcome<{ sorted: number }>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const wave = await waveOf(scope, id);
    const slot = wave?.slots.find((one) => one.slot === wish.slot);
    if (!wave || !slot) return refuse("missing");
    const [order] = await ordersOf(scope, [slot.order]);
    const decided = decideSort(wave, order, wish);
    if (!decided.ok) return decided;
    const answer = { sorted: sortedUnits({ sorted: decided.value }, wish.slot, wish.line) };
    const outcome = await commit(scope, [revise(waveKey(scope, id), wave.rev, { sorted: decided.value })], { answer });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Ends a wave (撤销波次): its orders may be picked alone or in another one; what was picked stays picked. Refused: `missing`, `wave.state`. */
export async function endWave(scope: Scope, id: string): Promise<Outcome<WaveView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const wave = await waveOf(scope, id);
    if (!wave) return refuse("missing");
    const ids = wave.slots.map(({ order }) => order);
    const orders = await ordersOf(scope, ids);
    const state = waveState(wave, orders);
    if (state !== "open") return refuse("wave.state", { state });
    const writes: Write[] = [
      revise(waveKey(scope, id), wave.rev, { state: "cancelled" }),
      ...orders
        .filter((order) => order.wave === id)
        .map((order) => revise(orderKey(scope, order.id), order.rev, {}, ["wave"], `order ${order.id}`)),
    ];
    const answer: WaveView = { ...wave, state: "cancelled", rev: wave.rev + 1 };
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Waves of a warehouse, newest first, each with its state by its orders. */
export async function listWaves(
  scope: Scope,
  warehouse: string,
  range: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<WaveView>>> {
  const page = await listed<Wave>(scope, waveList(scope, warehouse), waveKind, (id) => waveKey(scope, id), range);
  const open = page.items
    .filter((wave) => wave.state === "open")
    .flatMap((wave) => wave.slots.map(({ order }) => order));
  const orders = new Map((await ordersOf(scope, [...new Set(open)])).map((order) => [order.id, order]));
  const items = page.items.map((wave): WaveView => {
    const own = wave.slots.flatMap(({ order }) => orders.get(order) ?? []);
    return { ...wave, state: waveState(wave, own) };
  });
  return accept({ items, next: page.next });
}
