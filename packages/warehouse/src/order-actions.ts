import { dayOf } from "@yihao/kernel/days";
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
import { decode, type Stored } from "@yihao/table/kind";
import type { Raw } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import { cleanBin } from "./bin-code.ts";
import { binAccount, packingAccount, placeBook, promiseBook, receivingAccount, skuOf } from "./books.ts";
import { codeMatches } from "./gtin.ts";
import type {
  NewOrder,
  Order,
  OrderLine,
  OrderView,
  Pick,
  PickTask,
  ProductId,
  WarehouseEvents,
  WarehouseId,
} from "./model.ts";
import { decidePick, decideStep, type LineStep, openStates } from "./order-rules.ts";
import { maySee, ownerFor } from "./owners.ts";
import { pause, shortOf } from "./stock-actions.ts";
import {
  binKey,
  elevationOf,
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
/** Lines a commit of shipping: five items each, beside the order, its event, timer and receipt. */
const linesPerCommit = 18;

/** An order as it was answered when it was placed, whatever became of it since. */
function asPlaced(item: Raw): OrderView {
  const { shippedAt: _s, cancelledAt: _c, warehouse: _w, rev: _r, ...order } = decode(orderKind, item);
  const lines = order.lines.map(({ short: _short, ...line }) => ({ ...line, picked: 0, shipped: 0, released: 0 }));
  return { ...order, lines, state: "reserved", rev: 1 };
}

/**
 * Orders goods out (出库单): every line reserved in the commit that makes the order, lines of one product summed first. Refused:
 * `stock.short` with what each short line wants and what is free of its product, nothing reserved; `missing`.
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
    const counts = { units, picked: 0, shipped: 0, released: 0 };
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
  const outcome = await commit(scope, [...plan.writes, insert(orderKey(scope, id), orderKind, order, "order")], {
    answer: { ...order, rev: 1 } as OrderView,
    witness: { tag: "order", revive: asPlaced },
  });
  if (outcome.done) return accept(outcome.answer);
  const short = new Map(shortOf(plan.shortages(outcome.lost)).map((one) => [one.product, one]));
  return refuse("stock.short", {
    lines: lines.flatMap(({ line, product, units }) => {
      const one = short.get(product);
      return one ? [{ line, product, units, wanted: one.wanted, available: one.available }] : [];
    }),
  });
}

/**
 * Picks units of a line (拣货): bin → packing, the order under its revision. A short pick names its reason and closes the line.
 * Refused, nothing recorded: `scan.bin`, `scan.product`, `bin.locked`, `stock.short` when the bin has less, and by the rule.
 */
export async function pickLine(scope: Scope, id: string, wish: Pick): Promise<Outcome<OrderView>> {
  const bin = cleanBin(wish.bin);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order) return refuse("missing");
    const decided = decidePick(order, wish);
    if (!decided.ok) return decided;
    const { line, lines, state } = decided.value;
    if (wish.scans && cleanBin(wish.scans.bin) !== bin)
      return refuse("scan.bin", { expected: bin, got: cleanBin(wish.scans.bin) });
    if (wish.scans && !codeMatches(wish.scans.product, { ...line, id: line.product }))
      return refuse("scan.product", { expected: line.gtin ?? line.code, got: wish.scans.product });
    const warehouse = wish.warehouse as WarehouseId;
    const entries: Entry[] =
      wish.units === 0
        ? []
        : [
            {
              do: "move",
              book: placeBook(order.company, line.product),
              unit: skuOf(line.product),
              from: binAccount(warehouse, bin),
              to: packingAccount(warehouse),
              amount: wish.units,
              document: order.id,
              note: { line: line.line },
            },
          ];
    const plan = planTransfers(scope, entries);
    const open: Write[] = wish.units === 0 ? [] : [check(binKey(scope, warehouse, bin), [["lock", "absent"]], "bin")];
    const set = { lines, state, warehouse };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const outcome = await commit(scope, [...plan.writes, ...open, revise(orderKey(scope, id), order.rev, set)], {
      answer,
    });
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined) {
      const short = plan.shortages(outcome.lost);
      if (short.length > 0) return refuse("stock.short", { lines: shortOf(short), bin });
      if (outcome.lost.bin) return refuse("bin.locked", { bin, lock: outcome.lost.bin.lock, suggestions: [] });
    }
    await pause(attempt);
  }
  return refuse("busy");
}

function entriesOf(order: Order, steps: readonly LineStep[]): Entry[] {
  const entries: Entry[] = [];
  for (const { line, ship, release, back } of steps) {
    const common = { do: "move", unit: skuOf(line.product), document: order.id } as const;
    const promise = promiseBook(order.company, line.product);
    const place = placeBook(order.company, line.product);
    const packing = order.warehouse ? packingAccount(order.warehouse) : "";
    if (ship > 0)
      entries.push(
        { ...common, book: place, from: packing, to: "customer", amount: ship, note: { line: line.line } },
        { ...common, book: promise, from: "reserved", to: "outside", amount: ship },
      );
    if (release > 0) entries.push({ ...common, book: promise, from: "reserved", to: "free", amount: release });
    if (back > 0 && order.warehouse)
      entries.push({ ...common, book: place, from: packing, to: receivingAccount(order.warehouse), amount: back });
  }
  return entries;
}

/**
 * Takes an order to its end: `shipping` sends what was picked and frees what was short, `cancelling` frees all and puts picked goods
 * back to receiving, to be put away. Many lines go in several commits under the order's state; whoever asks again goes on from there.
 */
export async function finishOrder(
  scope: Scope,
  id: string,
  going: "shipping" | "cancelling",
): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries * 3; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order || !maySee(scope, order.company)) return refuse("missing");
    const decided = decideStep(order, going, linesPerCommit);
    if (!decided.ok) return decided;
    const { steps, lines, last } = decided.value;
    const step = last ? scope : stepOf(scope, `${going} ${steps[0]?.line.line ?? 0} ${order.rev}`);
    const over =
      going === "shipping"
        ? ({ state: "shipped", shippedAt: scope.now } as const)
        : ({ state: "cancelled", cancelledAt: scope.now } as const);
    const set = { lines, ...(last ? over : { state: going }) };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const plan = planTransfers(step, entriesOf(order, steps));
    const writes: Write[] = [...plan.writes, revise(orderKey(scope, id), order.rev, set)];
    if (last) writes.push(await ending(scope, order, lines, going));
    else if (order.state !== going)
      writes.push(dueAt(scope, plusMinutes(scope.now, 2), "warehouse.order-step", order.id, { going }));
    const outcome = await commit(step, writes, { answer });
    if (outcome.done && last) return accept(outcome.answer);
    if (!outcome.done) await pause(Math.min(attempt, 6));
  }
  return refuse("busy");
}

async function ending(
  scope: Scope,
  order: Order,
  lines: readonly OrderLine[],
  going: "shipping" | "cancelling",
): Promise<Write> {
  const { id, company } = order;
  const sum = (of: (line: OrderLine) => number) => lines.reduce((all, line) => all + of(line), 0);
  if (going === "cancelling") {
    const data: WarehouseEvents["order.cancelled"] = { company, order: id, units: sum((line) => line.units) };
    return happened(scope, "order.cancelled", company, data, { seed: id });
  }
  const warehouse = order.warehouse ? await warehouseOf(scope, order.warehouse) : undefined;
  const data: WarehouseEvents["order.shipped"] = {
    company,
    order: id,
    warehouse: order.warehouse ?? "",
    units: sum((line) => line.shipped),
    lines: lines.filter((line) => line.shipped > 0).length,
    day: dayOf(scope.now, warehouse?.zone ?? "Asia/Shanghai"),
  };
  return happened(scope, "order.shipped", company, data, { seed: id });
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
  const { bins, contents } = await elevationOf(scope, place);
  const own = contents.filter((one) => one.company === order.company);
  return accept(order.state === "reserved" || order.state === "picking" ? allocatePicks(order.lines, bins, own) : []);
}

/** Orders: a company's own newest first; for staff a company's, all, or with `open` the work to do, oldest first. */
export async function listOrders(
  scope: Scope,
  wish: {
    company?: string | undefined;
    open?: boolean | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Outcome<Page<OrderView>>> {
  const own = ownCompany(scope);
  if (own !== undefined && wish.company !== undefined && wish.company !== own) return refuse("missing");
  const of = own ?? wish.company ?? (wish.open ? "open" : "all");
  const page = await listed(scope, orderList(scope, of), orderKind, (id) => orderKey(scope, id), {
    ...wish,
    newest: of !== "open",
  });
  const items = wish.open ? page.items.filter((order) => openStates.includes(order.state)) : page.items;
  return accept({ items, next: page.next });
}
