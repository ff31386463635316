import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { decode, type Stored } from "@yihao/table/kind";
import { get, getMany, type Raw } from "@yihao/table/read";
import { search } from "@yihao/table/search";
import { claim } from "@yihao/table/unique";
import { check, insert, type Write } from "@yihao/table/write";
import { cleanBin } from "./bin-code.ts";
import { binAccount, packingAccount, placeBook, promiseBook, receivingAccount, skuOf } from "./books.ts";
import { lotKey, lotsOf } from "./lot-store.ts";
import type { ProductId, WarehouseEvents, WarehouseId } from "./model.ts";
import type { NewOrder, Order, OrderLine, OrderView, Pick, PickTask } from "./order-model.ts";
import {
  decidePick,
  decideStep,
  type LineStep,
  lotsPerLine,
  openStates,
  pickedUnits,
  unpicked,
} from "./order-rules.ts";
import { maySee, ownerFor } from "./owners.ts";
import type { Shipment } from "./pack-model.ts";
import { leavePallets } from "./pallet-leave.ts";
import { offPallets } from "./pallet-rules.ts";
import { readScan, scanNames } from "./scan.ts";
import { standingOf } from "./standing.ts";
import { shortOf } from "./stock-actions.ts";
import {
  binKey,
  binKind,
  listed,
  orderKey,
  orderKind,
  orderList,
  orderOf,
  productOf,
  productsOf,
  revise,
  warehouseOf,
} from "./store.ts";
import { allocatePicks } from "./suggest.ts";

const tries = 20;
/** Items of lines a commit of shipping, beside the order, its event, timer and receipt. */
const itemsPerCommit = 90;

/** What an owner's own numbers of orders (外部单号) are claimed under: each stands for one order. */
export const referenceOf = (company: CompanyId) => `oref.${company}`;

/** An order as it was answered when it was placed, whatever became of it since. */
function asPlaced(item: Raw): OrderView {
  const { shippedAt: _s, cancelledAt: _c, warehouse: _w, rev: _r, ...later } = decode(orderKind, item);
  const { cartons: _cartons, shipment: _shipment, wave: _wave, reservedAgain: _again, ...order } = later;
  const lines = order.lines.map((line) => {
    const { short: _short, lots: _lots, avoid: _avoid, backordered: _back, returning: _returning, ...wish } = line;
    return { ...wish, picked: 0, shipped: 0, released: 0 };
  });
  return { ...order, lines, state: "reserved", rev: 1 };
}

/**
 * Orders goods out (出库单): every line reserved in the commit that makes the order, lines of one product summed first. Refused:
 * `stock.short` with what each short line wants and what is free of its product, nothing reserved; `missing`; `order.serials`; `order.reference` with the order that has the owner's number already, also a cancelled one.
 */
export async function placeOrder(scope: Scope, wish: NewOrder): Promise<Outcome<OrderView>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const ids = wish.lines.map(({ product }) => product as ProductId);
  const products = ids.length === 1 && ids[0] ? [await productOf(scope, ids[0])] : await productsOf(scope, ids);
  const lines: OrderLine[] = [];
  for (const [index, { units }] of wish.lines.entries()) {
    const product = products[index];
    if (!product || product.company !== company) return refuse("missing");
    const { id, name, code, gtin } = product;
    const serial = product.track === "serial";
    if (serial && units > lotsPerLine) return refuse("order.serials", { line: index + 1, most: lotsPerLine });
    const counts = { units, picked: 0, shipped: 0, released: 0, ...(serial ? { serial } : {}) };
    lines.push({ line: index + 1, product: id, code, name, ...(gtin === undefined ? {} : { gtin }), ...counts });
  }
  const id = idFor(scope, "ord");
  const { name, phone, address } = wish.recipient;
  const order: Order = {
    id,
    company,
    at: scope.now,
    by: actorName(scope),
    state: "reserved",
    lines,
    recipient: { name, ...(phone === undefined ? {} : { phone }), ...(address === undefined ? {} : { address }) },
    ...(wish.note === undefined ? {} : { note: wish.note }),
    ...(wish.reference === undefined ? {} : { reference: wish.reference }),
  };
  const plan = planTransfers(
    scope,
    lines.map(
      (line): Entry => ({
        do: "move",
        book: promiseBook(company, line.product),
        unit: skuOf(line.product),
        from: "free",
        to: "reserved",
        amount: line.units,
        document: id,
      }),
    ),
  );
  const numbered = wish.reference === undefined ? [] : [claim(scope, referenceOf(company), wish.reference, id)];
  const writes = [...plan.writes, insert(orderKey(scope, id), orderKind, order, "order"), ...numbered];
  const outcome = await commit(scope, writes, {
    answer: { ...order, rev: 1 } as OrderView,
    witness: { tag: "order", revive: asPlaced },
  });
  if (outcome.done) return accept(outcome.answer);
  const held = outcome.lost[`unique ${referenceOf(company)}`];
  if (held) return refuse("order.reference", { reference: wish.reference, order: held.owner });
  const short = new Map(shortOf(plan.shortages(outcome.lost)).map((one) => [one.product, one]));
  return refuse("stock.short", {
    lines: lines.flatMap(({ line, product, units }) => {
      const one = short.get(product);
      return one ? [{ line, product, units, wanted: one.wanted, available: one.available }] : [];
    }),
  });
}

/** Whether bins that were not short of it hold more of a line's goods, by the copies that follow the stream. */
async function holdsElsewhere(scope: Scope, order: Order, pick: Pick): Promise<boolean> {
  const warehouse = await warehouseOf(scope, pick.warehouse);
  const line = order.lines.find((one) => one.line === pick.line);
  if (!warehouse || !line) return false;
  const goods = [{ company: order.company, product: line.product }];
  const { bins, contents } = await standingOf(scope, warehouse, goods);
  const rest = { ...line, avoid: [...(line.avoid ?? []), pick.bin] };
  return allocatePicks([rest], bins, contents, dayOf(scope.now, warehouse.zone)).some((task) => task.bin !== null);
}

/**
 * Picks units of a line (拣货): bin → packing, the order under its revision. A short pick names its reason and puts the bin in doubt; the rest is
 * picked elsewhere, and where there is none the line is closed.
 * Refused, nothing recorded: `scan.bin`, `scan.product`, `scan.lot`, `bin.locked`, `lot.expired`, `stock.short` when the bin has less of it, and by the rule.
 */
export async function pickLine(scope: Scope, id: string, wish: Pick): Promise<Outcome<OrderView>> {
  const bin = cleanBin(wish.bin);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order) return refuse("missing");
    const elsewhere = wish.short !== undefined && (await holdsElsewhere(scope, order, { ...wish, bin }));
    const decided = decidePick(order, { ...wish, bin }, elsewhere);
    if (!decided.ok) return decided;
    const { line, lines, state } = decided.value;
    if (wish.scans && cleanBin(wish.scans.bin) !== bin)
      return refuse("scan.bin", { expected: bin, got: cleanBin(wish.scans.bin) });
    if (wish.scans) {
      const scan = readScan(wish.scans.product, Number(scope.now.slice(0, 4)));
      if (!scan.ok) return scan;
      // A line knows no packs: only what it cannot tell asks the product.
      const named =
        scanNames(scan.value, { ...line, id: line.product }) ||
        scanNames(scan.value, (await productOf(scope, line.product)) ?? { ...line, id: line.product });
      if (!named) return refuse("scan.product", { expected: line.gtin ?? line.code, got: wish.scans.product });
      const told = line.serial ? scan.value.serial : scan.value.lot;
      if (wish.lot !== undefined && told !== undefined && told !== wish.lot)
        return refuse("scan.lot", { expected: wish.lot, got: told });
    }
    const warehouse = wish.warehouse as WarehouseId;
    const entries: Entry[] =
      wish.units === 0
        ? []
        : [
            {
              do: "move",
              book: placeBook(order.company, line.product),
              unit: skuOf(line.product, wish.lot),
              from: binAccount(warehouse, bin),
              to: packingAccount(warehouse),
              amount: wish.units,
              document: order.id,
              note: { line: line.line },
            },
          ];
    const plan = planTransfers(scope, entries);
    const open: Write[] = wish.units === 0 ? [] : [check(binKey(scope, warehouse, bin), [["lock", "absent"]], "bin")];
    if (wish.short !== undefined && (await get(scope, binKind, binKey(scope, warehouse, bin)))) {
      const doubt = { at: scope.now, reason: wish.short };
      open[0] = {
        do: "update",
        key: binKey(scope, warehouse, bin),
        set: { doubt },
        when: [["lock", "absent"]],
        tag: "bin",
      };
    }
    if (wish.lot !== undefined && wish.units > 0)
      open.push(check(lotKey(scope, line.product, wish.lot), [["until", "absent-or", ">", scope.now]], "lot"));
    const set = { lines, state, warehouse };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const outcome = await commit(scope, [...plan.writes, ...open, revise(orderKey(scope, id), order.rev, set)], {
      answer,
    });
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined) {
      const short = plan.shortages(outcome.lost);
      if (short.length > 0) return refuse("stock.short", { lines: shortOf(short), bin });
      if (outcome.lost.lot) return refuse("lot.expired", { lot: wish.lot, expiry: outcome.lost.lot.expiry });
      if (outcome.lost.bin) return refuse("bin.locked", { bin, lock: outcome.lost.bin.lock, suggestions: [] });
    }
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

const lotName = (product: string, lot: string) => `${product}/${lot}`;

/** What is past its day of the lots that a cancelled order gives back: those are held, and each is checked to be so still. */
async function pastDay(
  scope: Scope,
  steps: readonly LineStep[],
): Promise<{ past: ReadonlySet<string>; checks: Write[] }> {
  const past = new Set<string>();
  const checks = new Map<string, Write>();
  for (const { line, back } of steps) {
    const told = back > 0 ? (line.lots ?? []) : [];
    if (told.length === 0) continue;
    const known = await lotsOf(
      scope,
      line.product,
      told.map(({ lot }) => lot),
    );
    for (const { lot } of told) {
      const one = known.get(lot);
      const name = lotName(line.product, lot);
      if (one?.until === undefined) continue;
      if (one.expired) past.add(name);
      checks.set(
        name,
        check(lotKey(scope, line.product, lot), [["expired", one.expired ? "present" : "absent"]], "lot"),
      );
    }
  }
  return { past, checks: [...checks.values()] };
}

function entriesOf(order: Order, steps: readonly LineStep[], past: ReadonlySet<string>): Entry[] {
  const entries: Entry[] = [];
  for (const { line, ship, release, back } of steps) {
    const common = { do: "move", unit: skuOf(line.product), document: order.id } as const;
    const promise = promiseBook(order.company, line.product);
    const place = placeBook(order.company, line.product);
    const packing = order.warehouse ? packingAccount(order.warehouse) : "";
    const note = { line: line.line };
    const told = line.lots ?? [{ lot: undefined, units: ship + back }];
    for (const { lot, units } of told) {
      const moved = { ...common, book: place, unit: skuOf(line.product, lot), from: packing, amount: units };
      if (ship > 0) entries.push({ ...moved, to: "customer", note });
      if (back > 0 && order.warehouse) entries.push({ ...moved, to: receivingAccount(order.warehouse) });
    }
    if (ship > 0) entries.push({ ...common, book: promise, from: "reserved", to: "outside", amount: ship });
    const held = told.reduce(
      (sum, { lot, units }) => (back > 0 && lot && past.has(lotName(line.product, lot)) ? sum + units : sum),
      0,
    );
    if (held > 0) entries.push({ ...common, book: promise, from: "reserved", to: "held", amount: held });
    if (release > held)
      entries.push({ ...common, book: promise, from: "reserved", to: "free", amount: release - held });
  }
  return entries;
}

/** Serials that leave are no longer here, and may come in again. */
function gone(scope: Scope, steps: readonly LineStep[]): Write[] {
  return steps.flatMap(({ line, ship }) =>
    ship > 0 && line.serial
      ? (line.lots ?? []).map(
          ({ lot }): Write => ({ do: "update", key: lotKey(scope, line.product, lot), set: { here: false } }),
        )
      : [],
  );
}

/**
 * Takes an order to its end: `shipping` sends what was picked and frees what was short, `cancelling` frees all and puts picked goods
 * back to receiving, to be put away; what passed its day meanwhile is held. Many lines go in several commits under the order's state; whoever asks again goes on from there.
 * Refused: `missing`, `pallet.holds` when its cartons stand on a pallet and it is not that which leaves, and by the rule.
 */
export async function finishOrder(
  scope: Scope,
  id: string,
  going: "shipping" | "cancelling",
  shipment?: Shipment,
  byPallet = false,
): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries * 3; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order || !maySee(scope, order.company)) return refuse("missing");
    const standing = order.cartons?.find(({ pallet }) => pallet)?.pallet;
    // What stands on a pallet leaves with it, and with all that stands beside it.
    if (going === "shipping" && standing && !byPallet && (order.state === "picked" || order.state === "packed"))
      return refuse("pallet.holds", { pallet: standing.code });
    const decided = decideStep(order, going, itemsPerCommit);
    if (!decided.ok) return decided;
    const { steps, lines, last } = decided.value;
    const step = last ? scope : stepOf(scope, `${going} ${steps[0]?.line.line ?? 0} ${order.rev}`);
    const over =
      going === "shipping"
        ? ({ state: "shipped", shippedAt: scope.now } as const)
        : ({ state: "cancelled", cancelledAt: scope.now } as const);
    const loose = last && going === "cancelling" && standing ? { cartons: offPallets(order.cartons ?? []) } : {};
    const set = {
      lines,
      ...loose,
      ...(last ? over : { state: going }),
      ...(shipment === undefined ? {} : { shipment }),
    };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const { past, checks } = await pastDay(scope, steps);
    const plan = planTransfers(step, entriesOf(order, steps, past));
    const head = revise(orderKey(scope, id), order.rev, set);
    const writes: Write[] = [...plan.writes, ...gone(scope, steps), ...checks, head];
    if ("cartons" in loose) writes.push(...(await leavePallets(scope, order)));
    if (last) writes.push(...(await ending(scope, { ...order, ...set }, going)));
    else if (order.state !== going)
      writes.push(dueAt(scope, plusMinutes(scope.now, 2), "warehouse.order-step", order.id, { going }));
    const outcome = await commit(step, writes, { answer });
    if (outcome.done && last) return accept(outcome.answer);
    if (!outcome.done) await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** What the end of an order tells: that it left, as handling of one order and its cartons too, or that it was cancelled. */
async function ending(scope: Scope, order: Order, going: "shipping" | "cancelling"): Promise<Write[]> {
  const { id, company, lines, cartons, shipment } = order;
  const sum = (of: (line: OrderLine) => number) => lines.reduce((all, line) => all + of(line), 0);
  if (going === "cancelling") {
    const [units, picked] = [sum((line) => line.units), pickedUnits(lines)];
    const data: WarehouseEvents["order.cancelled"] = { company, order: id, units, ...(picked > 0 ? { picked } : {}) };
    return [happened(scope, "order.cancelled", company, data, { seed: id })];
  }
  const place = order.warehouse ? await warehouseOf(scope, order.warehouse) : undefined;
  const warehouse = order.warehouse ?? "";
  const units = sum((line) => line.shipped);
  const day = dayOf(scope.now, place?.zone ?? "Asia/Shanghai");
  const boxes = cartons === undefined ? {} : { cartons: cartons.length };
  const weighed = cartons && { grams: cartons.reduce((all, { grams }) => all + grams, 0) };
  const data: WarehouseEvents["order.shipped"] = {
    ...{ company, order: id, warehouse, units, day, ...boxes },
    lines: lines.filter((line) => line.shipped > 0).length,
    ...(shipment === undefined ? {} : { carrier: shipment.carrierName ?? shipment.carrier, numbers: shipment.numbers }),
  };
  const work: WarehouseEvents["handling.done"] = {
    ...{ company, operation: "ship", units, orders: 1, ...boxes, ...weighed, document: id, day, warehouse },
  };
  return [
    happened(scope, "order.shipped", company, data, { seed: id }),
    happened(scope, "handling.done", company, work, { seed: `ship ${id}` }),
  ];
}

/** An order, for those who may see it. */
export async function readOrder(scope: Scope, id: string): Promise<Outcome<Stored<Order>>> {
  const order = await orderOf(scope, id);
  return order && maySee(scope, order.company) ? accept(order) : refuse("missing");
}

/** Where to pick an order's open lines, along the walk of a warehouse. */
export async function picksOf(scope: Scope, id: string, warehouse: string): Promise<Outcome<PickTask[]>> {
  const [order, place] = await Promise.all([orderOf(scope, id), warehouseOf(scope, warehouse)]);
  if (!order || !place) return refuse("missing");
  if (order.state !== "reserved" && order.state !== "picking") return accept([]);
  const open = order.lines.filter((line) => unpicked(line) > 0);
  const goods = open.map(({ product }) => ({ company: order.company, product }));
  const { bins, contents } = await standingOf(scope, place, goods);
  return accept(allocatePicks(open, bins, contents, dayOf(scope.now, place.zone)));
}

/** Orders whose owner's number (外部单号), or a part of it after a dash or space, begins so. */
async function ordersNumbered(scope: Scope, of: string | undefined, text: string): Promise<Page<OrderView>> {
  const hits = await search(scope, of === undefined ? "order" : `order.${of}`, text, 50);
  const keys = hits.map(({ id }) => orderKey(scope, id));
  const found = await getMany(scope, orderKind, keys, { consistent: true });
  return { items: found.filter((one) => one !== undefined), next: null };
}

/** Orders: a company's own newest first; for staff a company's, all, or with `open` the work to do, oldest first. With `text`, those of that number. */
export async function listOrders(
  scope: Scope,
  wish: {
    company?: string | undefined;
    open?: boolean | undefined;
    text?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Outcome<Page<OrderView>>> {
  const own = ownCompany(scope);
  if (own !== undefined && wish.company !== undefined && wish.company !== own) return refuse("missing");
  if (wish.text !== undefined && wish.text.trim() !== "")
    return accept(await ordersNumbered(scope, own ?? wish.company, wish.text));
  const of = own ?? wish.company ?? (wish.open ? "open" : "all");
  const page = await listed(scope, orderList(scope, of), orderKind, (id) => orderKey(scope, id), {
    ...wish,
    newest: of !== "open",
  });
  const items = wish.open ? page.items.filter((order) => openStates.includes(order.state)) : page.items;
  return accept({ items, next: page.next });
}
