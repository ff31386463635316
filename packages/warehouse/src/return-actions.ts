import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { keyIn } from "@yihao/table/key";
import type { Stored } from "@yihao/table/kind";
import { check, insert, type Write } from "@yihao/table/write";
import { placeBook, promiseBook, quarantineAccount, receivingAccount, returnsAccount, skuOf } from "./books.ts";
import { lotKey } from "./lot-store.ts";
import type { OrderId, ProductId, WarehouseEvents, WarehouseId } from "./model.ts";
import type { Order } from "./order-model.ts";
import { maySee, ownerFor } from "./owners.ts";
import type { Product } from "./product-model.ts";
import { arrivalOf } from "./receive-actions.ts";
import type {
  DecideReturn,
  NewReturn,
  ReceiveReturn,
  Return,
  ReturnDecision,
  ReturnId,
  ReturnLine,
  ReturnView,
} from "./return-model.ts";
import { decideBack, decideDecision, decideEnd, decideFromOrder, decideLotsBack } from "./return-rules.ts";
import { returnKey, returnKind, returnList, returnOf } from "./return-store.ts";
import { entryKind, listed, orderKey, orderOf, productOf, productsOf, revise, warehouseOf } from "./store.ts";

const tries = 20;
const nothing = { received: 0, restocked: 0, quarantined: 0, scrapped: 0, sentBack: 0 };

function lineOf(product: Product, line: number, expected: number, orderLine?: number): ReturnLine {
  const { id, name, code, gtin, track, dated } = product;
  return {
    ...{ line, product: id, name, code, expected, ...nothing },
    ...(gtin === undefined ? {} : { gtin }),
    ...(track === undefined ? {} : { track }),
    ...(dated ? { dated } : {}),
    ...(orderLine === undefined ? {} : { orderLine }),
  };
}

/**
 * Announces that goods come back (退货预报), from an order or not. From an order never more than it shipped, over all its returns. Refused: `missing`, `owner.missing`,
 * `return.order`, `return.over`.
 */
export async function announceReturn(scope: Scope, wish: NewReturn): Promise<Outcome<ReturnView>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const wants = new Map<string, number>();
  for (const { product, units } of wish.lines) wants.set(product, (wants.get(product) ?? 0) + units);
  const ids = [...wants.keys()] as ProductId[];
  const [warehouse, found] = await Promise.all([warehouseOf(scope, wish.warehouse), productsOf(scope, ids)]);
  if (!warehouse || found.some((one) => one?.company !== company)) return refuse("missing");
  const products = new Map(found.map((one) => [String(one?.id), one as Stored<Product>]));
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const source = wish.order === undefined ? undefined : await sourceOf(scope, wish.order, company, wants);
    if (source && !source.ok) return source;
    const lines = source
      ? source.value.back.map(({ line, units }, index) =>
          lineOf(products.get(line.product) as Product, index + 1, units, line.line),
        )
      : ids.map((id, index) => lineOf(products.get(id) as Product, index + 1, wants.get(id) ?? 0));
    const id: ReturnId = idFor(scope, "ret");
    const back: Return = {
      ...{ id, company, warehouse: warehouse.id, at: scope.now, by: actorName(scope), state: "expected" },
      ...{ reason: wish.reason, lines },
      ...(wish.order === undefined ? {} : { order: wish.order as OrderId }),
      ...(wish.tracking === undefined ? {} : { tracking: wish.tracking }),
      ...(wish.note === undefined ? {} : { note: wish.note }),
    };
    const entry = { id, company, at: scope.now };
    const writes: Write[] = [
      insert(returnKey(scope, id), returnKind, back),
      insert(keyIn(returnList(scope, company), scope.now, id), entryKind, entry),
      insert(keyIn(returnList(scope, warehouse.id), scope.now, id), entryKind, entry),
    ];
    if (source)
      writes.push(
        revise(orderKey(scope, source.value.order.id), source.value.order.rev, { lines: source.value.lines }),
      );
    const outcome = await commit(scope, writes, { answer: { ...back, rev: 1 } as ReturnView });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

async function sourceOf(scope: Scope, id: string, company: CompanyId, wants: ReadonlyMap<string, number>) {
  const order = await orderOf(scope, id);
  if (!order || order.company !== company) return refuse("missing");
  const decided = decideFromOrder(order, wants);
  return decided.ok ? accept({ order, ...decided.value }) : decided;
}

/** The write that counts what came back of an order's line by lot, under the order's revision; none of a return that names no order, or of goods that are not told apart. Refused: by the rule. */
async function backToOrder(
  scope: Scope,
  back: Return,
  line: ReturnLine,
  parcels: Parameters<typeof decideLotsBack>[2],
): Promise<Outcome<Write[]>> {
  if (back.order === undefined || line.orderLine === undefined) return accept([]);
  const order = await orderOf(scope, back.order);
  if (!order?.lines.find((one) => one.line === line.orderLine)?.lots) return accept([]);
  const decided = decideLotsBack(order.lines, line.orderLine, parcels);
  return decided.ok ? accept([revise(orderKey(scope, order.id), order.rev, { lines: decided.value })]) : decided;
}

/**
 * Takes in goods that come back (收退货): customer → returns and outside → held in one commit, promised to nobody until it is decided what becomes of them. Refused:
 * `missing`, by the rule; for goods told apart as receiving, and `scan.lot` for a lot or serial that the order did not send, `return.lot` for more of one than it sent.
 */
export async function receiveReturn(
  scope: Scope,
  id: string,
  number: number,
  wish: ReceiveReturn,
): Promise<Outcome<ReturnView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const back = await returnOf(scope, id);
    const line = back?.lines.find((one) => one.line === number);
    const product = line && (await productOf(scope, line.product));
    if (!back || !line || !product) return refuse("missing");
    const arrived = await arrivalOf(scope, product, back.warehouse, wish);
    if (!arrived.ok) return arrived;
    const { parcels, lots } = arrived.value;
    const counted = await backToOrder(scope, back, line, parcels);
    if (!counted.ok) return counted;
    const decided = decideBack(back, number, parcels);
    if (!decided.ok) return decided;
    const common = { do: "move", document: id, note: { line: number } } as const;
    const place = placeBook(back.company, product.id);
    const to = returnsAccount(back.warehouse);
    const entries: Entry[] = parcels.map(({ lot, units }) => ({
      ...{ ...common, book: place, unit: skuOf(product.id, lot), from: "customer", to, amount: units },
    }));
    const promise = { ...common, book: promiseBook(back.company, product.id), unit: skuOf(product.id) };
    entries.push({ ...promise, from: "outside", to: "held", amount: wish.units });
    const plan = planTransfers(scope, entries);
    const { lines, state } = decided.value;
    const answer: ReturnView = { ...back, lines, state, rev: back.rev + 1 };
    const writes = [
      ...plan.writes,
      ...lots,
      ...counted.value,
      revise(returnKey(scope, id), back.rev, { lines, state }),
    ];
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined && product.track === "serial") {
      const here = parcels.filter(({ lot }) => outcome.lost[`lot ${lot}`]).map(({ lot }) => lot);
      if (here.length > 0) return refuse("lot.here", { serials: here });
    }
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

/** Where goods go by a decision, in both books; nothing in the promise book when they stay held. */
function ways(decision: ReturnDecision, warehouse: WarehouseId): { to: string; promise?: "free" | "outside" } {
  switch (decision) {
    case "restock":
      return { to: receivingAccount(warehouse), promise: "free" };
    case "quarantine":
      return { to: quarantineAccount(warehouse) };
    case "scrap":
      return { to: "scrap", promise: "outside" };
    case "send-back":
      return { to: "customer", promise: "outside" };
  }
}

/**
 * Decides what becomes of goods that came back (退货处理): restocked they are free and wait to be put away, in quarantine they stay held, scrapped or sent back they are gone.
 * Refused: `missing`, `lot.expired` for restocking goods past their day, and by the rule.
 */
export async function decideReturn(
  scope: Scope,
  id: string,
  number: number,
  wish: DecideReturn,
): Promise<Outcome<ReturnView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const back = await returnOf(scope, id);
    if (!back) return refuse("missing");
    const decided = decideDecision(back, number, wish);
    if (!decided.ok) return decided;
    const { line, lines, state, lot } = decided.value;
    const { to, promise } = ways(wish.decision, back.warehouse);
    const common = { do: "move", document: id, amount: wish.units, reason: wish.decision } as const;
    const place = placeBook(back.company, line.product);
    const from = returnsAccount(back.warehouse);
    const entries: Entry[] = [{ ...common, book: place, unit: skuOf(line.product, lot), from, to }];
    if (promise !== undefined) {
      const book = promiseBook(back.company, line.product);
      entries.push({ ...common, book, unit: skuOf(line.product), from: "held", to: promise });
    }
    const plan = planTransfers(scope, entries);
    const ended = state === "closed" ? { closedAt: scope.now } : {};
    const writes: Write[] = [...plan.writes, revise(returnKey(scope, id), back.rev, { lines, state, ...ended })];
    const answer: ReturnView = { ...back, lines, state, ...ended, rev: back.rev + 1 };
    if (lot !== undefined && wish.decision === "restock")
      writes.push(check(lotKey(scope, line.product, lot), [["until", "absent-or", ">", scope.now]], "lot"));
    if (lot !== undefined && line.track === "serial" && promise === "outside")
      writes.push({ do: "update", key: lotKey(scope, line.product, lot), set: { here: false } });
    if (state === "closed") writes.push(await closed(scope, { ...back, lines }));
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    if (outcome.lost.stale === undefined && outcome.lost.lot)
      return refuse("lot.expired", { lot, expiry: outcome.lost.lot.expiry });
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

async function closed(scope: Scope, back: Return): Promise<Write> {
  const place = await warehouseOf(scope, back.warehouse);
  const sum = (of: (line: ReturnLine) => number) => back.lines.reduce((all, line) => all + of(line), 0);
  const data: WarehouseEvents["return.closed"] = {
    ...{ company: back.company, return: back.id, warehouse: back.warehouse },
    ...(back.order === undefined ? {} : { order: back.order }),
    day: dayOf(scope.now, place?.zone ?? "Asia/Shanghai"),
    units: sum((line) => line.received),
    restocked: sum((line) => line.restocked),
    quarantined: sum((line) => line.quarantined),
    scrapped: sum((line) => line.scrapped),
    sentBack: sum((line) => line.sentBack),
  };
  return happened(scope, "return.closed", back.company, data, { seed: back.id });
}

/**
 * Ends a return of which no more will come; a company does so only before anything came. What did not come may be announced again. Refused: `missing`, and by the rule.
 */
export async function endReturn(scope: Scope, id: string): Promise<Outcome<ReturnView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const back = await returnOf(scope, id);
    if (!back || !maySee(scope, back.company)) return refuse("missing");
    if (ownCompany(scope) !== undefined && back.state !== "expected")
      return refuse("return.state", { state: back.state });
    const decided = decideEnd(back);
    if (!decided.ok) return decided;
    const { state, missing } = decided.value;
    const set = { state, closedAt: scope.now };
    const writes: Write[] = [revise(returnKey(scope, id), back.rev, set)];
    if (state === "closed") writes.push(await closed(scope, back));
    const order = back.order === undefined || missing.size === 0 ? undefined : await orderOf(scope, back.order);
    if (order)
      writes.push(revise(orderKey(scope, order.id), order.rev, { lines: without(order, missing) }, [], "order"));
    const outcome = await commit(scope, writes, { answer: { ...back, ...set, rev: back.rev + 1 } as ReturnView });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

const without = (order: Order, missing: ReadonlyMap<number, number>) =>
  order.lines.map((line) => {
    const units = missing.get(line.line) ?? 0;
    return units === 0 ? line : { ...line, returning: (line.returning ?? 0) - units };
  });

/** A return, for those who may see it. */
export async function readReturn(scope: Scope, id: string): Promise<Outcome<ReturnView>> {
  const back = await returnOf(scope, id);
  return back && maySee(scope, back.company) ? accept(back) : refuse("missing");
}

/** Returns newest first: a company's own, or for staff those of a company or a warehouse. */
export async function listReturns(
  scope: Scope,
  wish: {
    company?: string | undefined;
    warehouse?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<Outcome<Page<ReturnView>>> {
  const of = ownCompany(scope) ?? wish.company ?? wish.warehouse;
  if (of === undefined) return refuse("owner.missing");
  if (!maySee(scope, wish.company ?? of)) return refuse("missing");
  return accept(await listed<Return>(scope, returnList(scope, of), returnKind, (id) => returnKey(scope, id), wish));
}
