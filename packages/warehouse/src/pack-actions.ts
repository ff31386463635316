import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import type { Write } from "@yihao/table/write";
import type { ProductId, WarehouseEvents } from "./model.ts";
import type { Order, OrderView } from "./order-model.ts";
import type { Carton, CartonLine, GoodsSettingsEdit, GoodsSettingsView, NewCarton, Shipment } from "./pack-model.ts";
import { decidePack, decideUnpack, weightFits } from "./pack-rules.ts";
import { goodsSettingsKey, goodsSettingsKind, goodsSettingsOf, nextSerial, takeSerial } from "./pack-store.ts";
import { forgetBox, nameBox } from "./pallet-store.ts";
import { ssccOf, ssccRoom } from "./sscc.ts";
import { orderKey, orderOf, productsOf, revise, warehouseOf } from "./store.ts";

const tries = 20;

type Numbered = { readonly sscc?: string; readonly writes: Write[] };

/** The SSCC that a carton or pallet gets, and what takes its number; nothing when the space has no company prefix. Refused: `sscc.used-up`. */
export async function numberFor(scope: Scope): Promise<Outcome<Numbered, "sscc.used-up">> {
  const settings = await goodsSettingsOf(scope);
  if (settings?.gs1Prefix === undefined) return accept({ writes: [] });
  const { gs1Prefix: prefix, extension } = settings;
  const serial = await nextSerial(scope, extension, prefix);
  const sscc = ssccOf({ extension, prefix, serial });
  if (sscc === undefined) return refuse("sscc.used-up", { prefix, extension });
  return accept({ sscc, writes: [takeSerial(scope, extension, prefix, serial, serial + 1)] });
}

/** Judges a carton's weight by what its products weigh. */
async function weighed(scope: Scope, order: Order, lines: readonly CartonLine[], grams: number) {
  const products = lines.map(({ line }) => order.lines.find((one) => one.line === line)?.product as ProductId);
  const found = await productsOf(scope, products);
  return weightFits(
    lines.map(({ units }, index) => ({ units, weightGrams: found[index]?.weightGrams })),
    grams,
  );
}

/** What a carton takes. Lines know no packs: where a scan names none of them, their products are asked. */
async function packingOf(scope: Scope, order: Order, wish: NewCarton): Promise<ReturnType<typeof decidePack>> {
  const year = Number(scope.now.slice(0, 4));
  const decided = decidePack(order, wish, year);
  if (decided.ok || decided.refusal.code !== "pack.wrong") return decided;
  const products = await productsOf(
    scope,
    order.lines.map(({ product }) => product),
  );
  return decidePack(order, wish, year, (id) => products.find((one) => one?.id === id)?.packs);
}

/**
 * Closes a carton of an order (装箱): what was scanned is checked against what was picked, the carton gets its number, weight and SSCC, and the work is told for billing.
 * Nothing moves in the ledger: the goods stay in packing. Refused, nothing packed: `missing`, `sscc.used-up`, `pack.weight` unless it was weighed again, and by the rule.
 */
export async function packCarton(scope: Scope, id: string, wish: NewCarton): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order) return refuse("missing");
    const decided = await packingOf(scope, order, wish);
    if (!decided.ok) return decided;
    const { number, lines, units, state } = decided.value;
    const [numbered, place, fits] = await Promise.all([
      numberFor(scope),
      order.warehouse ? warehouseOf(scope, order.warehouse) : undefined,
      wish.weighedAgain ? accept(undefined) : weighed(scope, order, lines, wish.grams),
    ]);
    if (!numbered.ok) return numbered;
    if (!fits.ok) return fits;
    const { sscc, writes } = numbered.value;
    const named = sscc === undefined ? [] : [nameBox(scope, sscc, { order: order.id, number })];
    const carton: Carton = {
      ...{ number, grams: wish.grams, at: scope.now, by: actorName(scope), lines },
      ...(sscc === undefined ? {} : { sscc }),
    };
    const set = { state, cartons: [...(order.cartons ?? []), carton] };
    const work: WarehouseEvents["handling.done"] = {
      ...{
        company: order.company,
        operation: "pack",
        units,
        cartons: 1,
        grams: wish.grams,
        ...(state === "packed" ? { orders: 1 } : {}),
      },
      ...{ document: id, day: dayOf(scope.now, place?.zone ?? "Asia/Shanghai"), warehouse: order.warehouse ?? "" },
    };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const told = happened(scope, "handling.done", order.company, work, { seed: `pack ${id} ${number} ${order.rev}` });
    const outcome = await commit(scope, [revise(orderKey(scope, id), order.rev, set), ...writes, ...named, told], {
      answer,
    });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Opens a carton again (拆箱), its goods wait to be packed once more; its SSCC is never given again. Refused: `missing`, and by the rule. */
export async function unpackCarton(scope: Scope, id: string, number: number): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order) return refuse("missing");
    const decided = decideUnpack(order, number);
    if (!decided.ok) return decided;
    const answer: OrderView = { ...order, ...decided.value, rev: order.rev + 1 };
    const gone = order.cartons?.find((one) => one.number === number)?.sscc;
    const forgotten = gone === undefined ? [] : [forgetBox(scope, gone)];
    const writes = [revise(orderKey(scope, id), order.rev, decided.value), ...forgotten];
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Sets or puts right how a shipped order left (承运商、运单号). Refused: `missing`, `order.state` before it ships. */
export async function editShipment(scope: Scope, id: string, shipment: Shipment): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order) return refuse("missing");
    if (order.state !== "shipping" && order.state !== "shipped") return refuse("order.state", { state: order.state });
    const answer: OrderView = { ...order, shipment, rev: order.rev + 1 };
    const outcome = await commit(scope, [revise(orderKey(scope, id), order.rev, { shipment })], { answer });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** How cartons of the space are numbered, and the serial reference that the next one gets. */
export async function readGoodsSettings(scope: Scope): Promise<GoodsSettingsView> {
  const kept = await goodsSettingsOf(scope);
  const [prefix, extension] = [kept?.gs1Prefix, kept?.extension ?? 0];
  const next = prefix === undefined ? 0 : await nextSerial(scope, extension, prefix);
  const reserveAgain = kept?.reserveAgain ?? true;
  return { gs1Prefix: prefix ?? null, extension, nextSerial: next, reserveAgain, rev: kept?.rev ?? 0 };
}

/** Sets the GS1 company prefix of the space, and whether orders that wait are reserved again by themselves. Refused: `stale`; `sscc.serial` for a number that was given already or that the prefix has no room for. */
export async function editGoodsSettings(
  scope: Scope,
  rev: number,
  wish: GoodsSettingsEdit,
): Promise<Outcome<GoodsSettingsView>> {
  const { gs1Prefix, extension } = wish;
  const kept = await goodsSettingsOf(scope);
  if ((kept?.rev ?? 0) !== rev) return refuse("stale", { current: kept?.rev ?? 0 });
  const given = gs1Prefix === null ? 0 : await nextSerial(scope, extension, gs1Prefix);
  const next = wish.nextSerial ?? given;
  if (gs1Prefix !== null && (next < given || next >= ssccRoom(gs1Prefix)))
    return refuse("sscc.serial", { least: given, most: ssccRoom(gs1Prefix) - 1 });
  const key = goodsSettingsKey(scope);
  const reserveAgain = wish.reserveAgain ?? kept?.reserveAgain ?? true;
  const writes: Write[] = [
    {
      ...{ do: "update", key, kind: goodsSettingsKind, tag: "stale", add: { rev: 1 } },
      set: { extension, reserveAgain, ...(gs1Prefix === null ? {} : { gs1Prefix }) },
      remove: gs1Prefix === null ? ["gs1Prefix"] : [],
      when: [rev === 0 ? ["rev", "absent"] : ["rev", "=", rev]],
    },
  ];
  if (gs1Prefix !== null && next > given) writes.push(takeSerial(scope, extension, gs1Prefix, given, next));
  const nextSerialNow = gs1Prefix === null ? 0 : next;
  const answer: GoodsSettingsView = { gs1Prefix, extension, nextSerial: nextSerialNow, reserveAgain, rev: rev + 1 };
  const outcome = await commit(scope, writes, { answer });
  if (outcome.done) return accept(outcome.answer);
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? rev) });
}
