import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { getMany, query } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import type { OrderId, WarehouseEvents } from "./model.ts";
import { finishOrder } from "./order-actions.ts";
import type { Order } from "./order-model.ts";
import { ownerFor } from "./owners.ts";
import { numberFor } from "./pack-actions.ts";
import type { NewPallet, OneCarton, Pallet, PalletId, PalletView, SendPallets } from "./pallet-model.ts";
import { codeOf, viewOf } from "./pallet-reads.ts";
import { decideLoad, decideSend, decideUnload, orderNumber } from "./pallet-rules.ts";
import { boxOf, nameBox, palletKey, palletKind, palletList, palletOf, palletsOf } from "./pallet-store.ts";
import { entryKind, orderKey, orderKind, orderList, orderOf, revise, warehouseOf } from "./store.ts";

const tries = 20;
/** Open orders that are looked through for a carton whose label has no SSCC. */
const mostLookedThrough = 200;

/**
 * Begins a pallet of one owner (新托盘), with an SSCC of its own where the space has a company prefix. One that was begun under the id it is told, by whatever command, stays as it is and is the answer: a phone that
 * heard none asks again. Refused: `missing`, `sscc.used-up`, `pallet.begun` when that id is another owner's or warehouse's pallet.
 */
export async function beginPallet(scope: Scope, wish: NewPallet): Promise<Outcome<PalletView>> {
  const [owner, warehouse] = await Promise.all([
    ownerFor(scope, wish.company),
    warehouseOf(scope, wish.warehouse, { consistent: true }),
  ]);
  if (!owner.ok) return owner;
  if (!warehouse) return refuse("missing");
  const id = (wish.id as PalletId | undefined) ?? idFor(scope, "plt");
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const numbered = await numberFor(scope);
    if (!numbered.ok) return numbered;
    const { sscc, writes } = numbered.value;
    // A number made of the id grows when another pallet has it.
    const code = sscc ?? `PLT-${id.slice(4, 12 + attempt).toUpperCase()}`;
    const pallet: Pallet = {
      ...{ id, company: owner.value, warehouse: warehouse.id, code, ...(sscc === undefined ? {} : { sscc }) },
      ...{ state: "open", cartons: [], at: scope.now, by: actorName(scope) },
    };
    const entry = { id, company: owner.value, at: scope.now };
    const lists = [owner.value, "all", "open"].map((of) =>
      insert(keyIn(palletList(scope, of), scope.now, id), entryKind, entry),
    );
    const outcome = await commit(
      scope,
      [
        insert(palletKey(scope, id), palletKind, pallet, "pallet"),
        nameBox(scope, code, { pallet: id }),
        ...lists,
        ...writes,
      ],
      { answer: viewOf({ ...pallet, rev: 1 }) },
    );
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.pallet) {
      const begun = await palletOf(scope, id);
      const same = begun?.company === pallet.company && begun.warehouse === pallet.warehouse;
      return begun && same ? accept(viewOf(begun)) : refuse("pallet.begun");
    }
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** The carton that is meant. Cartons without an SSCC, or packed before codes were kept, are found among their owner's open orders. Refused: `pallet.unknown`, `gs1.invalid`. */
async function cartonMeant(
  scope: Scope,
  company: CompanyId,
  wish: OneCarton,
): Promise<Outcome<{ order: OrderId; number: number }>> {
  if ("order" in wish) return accept({ order: wish.order as OrderId, number: wish.number });
  const code = codeOf(scope, wish.code);
  if (!code.ok) return code;
  const box = await boxOf(scope, code.value);
  if (box && "order" in box) return accept({ order: box.order, number: box.number });
  const open = await query(scope, entryKind, orderList(scope, "open"), { limit: Number.POSITIVE_INFINITY });
  const own = open.items.filter((one) => one.company === company).slice(-mostLookedThrough);
  const orders = await getMany(
    scope,
    orderKind,
    own.map(({ id }) => orderKey(scope, id)),
    { consistent: true },
  );
  for (const order of orders)
    for (const { number, sscc } of order?.cartons ?? [])
      if (order && (sscc === code.value || `${orderNumber(order.id)}-${number}` === code.value))
        return accept({ order: order.id, number });
  return refuse("pallet.unknown", { code: code.value });
}

/** Puts a carton on a pallet or takes it off, order and pallet under their revisions. */
async function change(
  scope: Scope,
  id: string,
  wish: OneCarton,
  decide: typeof decideLoad | typeof decideUnload,
): Promise<Outcome<PalletView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pallet = await palletOf(scope, id);
    if (!pallet) return refuse("missing");
    const meant = await cartonMeant(scope, pallet.company, wish);
    if (!meant.ok) return meant;
    const order = await orderOf(scope, meant.value.order);
    if (!order) return refuse("missing");
    const decided = decide(pallet, order, meant.value.number);
    if (!decided.ok) return decided;
    const { cartons, onPallet } = decided.value;
    const outcome = await commit(
      scope,
      [
        revise(orderKey(scope, order.id), order.rev, { cartons }),
        revise(palletKey(scope, id), pallet.rev, { cartons: onPallet }),
      ],
      { answer: viewOf({ ...pallet, cartons: onPallet, rev: pallet.rev + 1 }) },
    );
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Puts a carton on a pallet (码托), by its scanned label or by its order and number. Refused: `missing`, `pallet.unknown`, and by the rule. */
export const loadPallet = (scope: Scope, id: string, wish: OneCarton) => change(scope, id, wish, decideLoad);
/** Takes a carton off a pallet (下托). Refused as putting it on is. */
export const unloadPallet = (scope: Scope, id: string, wish: OneCarton) => change(scope, id, wish, decideUnload);

type Handling = Pick<WarehouseEvents["handling.done"], "operation">["operation"];
/** What tells that a pallet was handled: its cartons and goods are told by their orders. */
async function told(scope: Scope, { id, company, warehouse }: Pallet, operation: Handling): Promise<Write> {
  const zone = (await warehouseOf(scope, warehouse))?.zone ?? "Asia/Shanghai";
  const work: WarehouseEvents["handling.done"] = {
    ...{ company, operation, units: 0, lines: 0, pallets: 1, document: id },
    ...{ day: dayOf(scope.now, zone), warehouse },
  };
  return happened(scope, "handling.done", company, work, { seed: `${operation} ${id}` });
}

/** Closes a pallet (封托), opens it again to change it, or dissolves one that is empty (拆托). The first closing is told as packing of a pallet. Refused: `missing`, `pallet.state`, `pallet.empty`, `pallet.loaded`. */
export async function turnPallet(
  scope: Scope,
  id: string,
  to: "closed" | "open" | "dissolved",
): Promise<Outcome<PalletView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pallet = await palletOf(scope, id);
    if (!pallet) return refuse("missing");
    const from: readonly Pallet["state"][] = to === "open" ? ["closed"] : ["open"];
    const { state, cartons, code, rev } = pallet;
    if (!from.includes(state)) return refuse("pallet.state", { state });
    if (to === "closed" && cartons.length === 0) return refuse("pallet.empty", { pallet: code });
    if (to === "dissolved" && cartons.length > 0) return refuse("pallet.loaded", { left: cartons.length });
    const set = { state: to, ...(to === "closed" ? { closedAt: scope.now, told: true } : {}) };
    const writes: Write[] = [revise(palletKey(scope, id), rev, set)];
    if (to === "closed" && !pallet.told) writes.push(await told(scope, pallet, "pack"));
    if (to === "dissolved") writes.push({ do: "delete", key: keyIn(palletList(scope, "open"), pallet.at, id) });
    const outcome = await commit(scope, writes, { answer: viewOf({ ...pallet, ...set, rev: rev + 1 }) });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

async function ordersOn(scope: Scope, pallets: readonly Pick<Pallet, "cartons">[]): Promise<Stored<Order>[]> {
  const ids = [...new Set(pallets.flatMap(({ cartons }) => cartons.map(({ order }) => order)))];
  const found = await getMany(
    scope,
    orderKind,
    ids.map((id) => orderKey(scope, id)),
    { consistent: true },
  );
  return found.filter((one) => one !== undefined);
}

/**
 * Ships pallets together (整托发运): every order on them leaves. They begin to leave in one commit, under the revision of each order, so that no carton is missing; then the orders go one by one, and a timer goes on
 * where it was cut. Refused: `missing`, and by the rule.
 */
export async function sendPallets(scope: Scope, wish: SendPallets): Promise<Outcome<{ items: PalletView[] }>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pallets = await palletsOf(scope, wish.pallets);
    if (pallets.length < wish.pallets.length) return refuse("missing");
    const orders = await ordersOn(scope, pallets);
    const decided = decideSend(pallets, orders);
    if (!decided.ok) return decided;
    const fresh = pallets.filter(({ state }) => state === "closed");
    const shipment = wish.shipment === undefined ? {} : { shipment: wish.shipment };
    const begun =
      fresh.length === 0 ||
      (
        await commit(
          stepOf(scope, "begin"),
          [
            ...fresh.flatMap(({ id, rev }) => [
              revise(palletKey(scope, id), rev, { state: "shipping", ...shipment }),
              dueAt(scope, plusMinutes(scope.now, 2), "warehouse.pallet-step", id),
            ]),
            ...orders.map(({ id, rev }) => check(orderKey(scope, id), [["rev", "=", rev]], "order")),
          ],
          { answer: null },
        )
      ).done;
    if (!begun) {
      await giveWay(scope, attempt + 1);
      continue;
    }
    const gone: PalletView[] = [];
    for (const { id } of pallets) {
      const left = await finishPallet(stepOf(scope, id), id);
      if (!left.ok) return left;
      gone.push(left.value);
    }
    const outcome = await commit(scope, [], { answer: { items: gone } });
    return outcome.done ? accept(outcome.answer) : refuse("conflict");
  }
  return refuse("busy");
}

/** Takes a pallet that leaves to its end: each of its orders, then itself, told as shipping of a pallet once. Whoever asks again goes on from there. */
export async function finishPallet(scope: Scope, id: string): Promise<Outcome<PalletView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pallet = await palletOf(scope, id);
    if (!pallet) return refuse("missing");
    if (pallet.state === "shipped") return accept(viewOf(pallet));
    if (pallet.state !== "shipping") return refuse("pallet.state", { state: pallet.state });
    for (const { id: order, state } of await ordersOn(scope, [pallet])) {
      if (state === "shipped" || state === "cancelled") continue;
      const left = await finishOrder(stepOf(scope, `ship ${order}`), order, "shipping", pallet.shipment, true);
      if (!left.ok && left.refusal.code !== "order.state") return left;
    }
    const set = { state: "shipped", shippedAt: scope.now } as const;
    const outcome = await commit(
      scope,
      [
        revise(palletKey(scope, id), pallet.rev, set),
        { do: "delete", key: keyIn(palletList(scope, "open"), pallet.at, id) },
        await told(scope, pallet, "ship"),
      ],
      { answer: viewOf({ ...pallet, ...set, rev: pallet.rev + 1 }) },
    );
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}
