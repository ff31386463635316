import { dayOf, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { asSystem, type PlatformScope, type Scope } from "@yihao/kernel/scope";
import type { Transfer } from "@yihao/ledger/model";
import { transferKind } from "@yihao/ledger/store";
import type { ExitAsked } from "@yihao/members/exit-model";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { type Due, type DueHandler, dueAt, onDue } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { keyIn } from "@yihao/table/key";
import { get, queryAll } from "@yihao/table/read";
import { indexWrites } from "@yihao/table/search";
import { onEvent, onItem, type Reaction } from "@yihao/table/stream";
import { check, overwrite, type Write } from "@yihao/table/write";
import { countAtBin, countFlow } from "./analysis-store.ts";
import { ofToday, renewBin, weighAnew, weighInBin } from "./bin-actions.ts";
import { goesOut } from "./bin-load.ts";
import { changesOwner, goodsOf, goodsOfUnit, movementOf, placeOf } from "./books.ts";
import { onHandChange } from "./card.ts";
import { postCount } from "./count-review.ts";
import { countOf } from "./count-store.ts";
import { answerExit } from "./exit.ts";
import { holdExpired } from "./expiry-actions.ts";
import { watchLow } from "./low-stock-actions.ts";
import type { AsnId, ProductId, WarehouseEvents, WarehouseId } from "./model.ts";
import { finishOrder } from "./order-actions.ts";
import type { Order } from "./order-model.ts";
import { openStates } from "./order-rules.ts";
import { heardAtGate } from "./owner-gate.ts";
import { finishPallet } from "./pallet-actions.ts";
import { palletOf } from "./pallet-store.ts";
import type { Product } from "./product-model.ts";
import { refreshContent, refreshStock } from "./projections.ts";
import { reserveWaiting } from "./reserve-waiting.ts";
import type { Movement } from "./stock-model.ts";
import { runStock, stockZone } from "./stock-run.ts";
import { closeStorageDays, mlOf } from "./storage.ts";
import {
  asnKey,
  asnLineKey,
  asnLineKind,
  asnOf,
  binKey,
  binKind,
  entryKind,
  movementKind,
  movementsOf,
  orderKey,
  orderKind,
  orderList,
  ownerKind,
  owners,
  productOf,
  warehouseOf,
} from "./store.ts";
import { closingAt } from "./warehouse-actions.ts";
import { goOnWithZone } from "./zone-move-actions.ts";

const tries = 20;

/** Movements that are handling (作业) by themselves and may be charged; packing and shipping are told by the order, once. */
const handled = new Map<Movement["type"], WarehouseEvents["handling.done"]["operation"]>([
  ["receive", "receive"],
  ["putaway", "putaway"],
  ["pick", "pick"],
  ["return", "return"],
]);

/**
 * What every movement of goods brings with it: the feed, the events of handling, the room a bin wins when goods leave it, and the
 * counts on a notice's head, all in one commit with its receipt, so that they happen once.
 */
async function moved(scope: Scope, transfer: Transfer, product: Product): Promise<void> {
  const from = placeOf(transfer.from);
  const to = placeOf(transfer.to);
  const warehouse = (to ?? from)?.warehouse;
  if (!warehouse) return;
  const type = movementOf(transfer);
  const { company } = product;
  const document = transfer.document ?? "";
  const { lot } = goodsOfUnit(transfer.unit);
  // It happened when the goods moved, however late it is heard.
  const then: Scope = { ...scope, now: transfer.at };
  const movement: Movement = {
    id: transfer.id,
    type,
    at: transfer.at,
    by: transfer.by,
    company,
    product: product.id,
    name: product.name,
    units: transfer.amount,
    from: from?.bin ?? from?.place ?? transfer.from,
    to: to?.bin ?? to?.place ?? transfer.to,
    ...(lot === undefined ? {} : { lot }),
    ...(document === "" ? {} : { document }),
  };
  const zone = (await warehouseOf(scope, warehouse))?.zone ?? "Asia/Shanghai";
  const day = dayOf(transfer.at, zone);
  const writes: Write[] = [
    overwrite(keyIn(movementsOf(scope, warehouse), transfer.at, transfer.id), movementKind, movement),
    ...[from?.bin, to?.bin].flatMap((bin) => (bin === undefined ? [] : [countAtBin(scope, warehouse, bin, day)])),
  ];
  // What leaves for another warehouse stands in the feeds of both.
  if (from && from.warehouse !== warehouse)
    writes.push(overwrite(keyIn(movementsOf(scope, from.warehouse), transfer.at, transfer.id), movementKind, movement));
  const way = type === "ship" ? "o" : transfer.from === "supplier" || transfer.from === "opening" ? "i" : "a";
  const change = onHandChange(transfer);
  // Days of stock are those of the space's first warehouse, wherever the goods are.
  if (change !== 0) {
    const onDay = dayOf(transfer.at, await stockZone(scope));
    writes.push(countFlow(scope, company, product.id, onDay, way, way === "o" ? transfer.amount : change));
  }
  // Goods of a cancelled order that go back are nobody's work to pay for.
  const operation = type === "return" && transfer.from !== "customer" ? undefined : handled.get(type);
  const bin = type === "pick" ? from?.bin : to?.bin;
  if (operation !== undefined) {
    const done: WarehouseEvents["handling.done"] = {
      company,
      operation,
      units: transfer.amount,
      ...(product.weightGrams === undefined ? {} : { grams: product.weightGrams * transfer.amount }),
      ...(product.size ? { ml: Math.round(mlOf(product) * transfer.amount) } : {}),
      ...(bin === undefined ? {} : { bin }),
      document,
      day,
      warehouse,
    };
    writes.push(happened(then, "handling.done", company, done, { seed: transfer.id }));
  }
  if (type === "receive") {
    const received: WarehouseEvents["goods.received"] = {
      company,
      product: product.id,
      units: transfer.amount,
      warehouse,
      document,
    };
    writes.push(happened(then, "goods.received", company, received, { seed: transfer.id }));
  }
  if (document.startsWith("asn_")) writes.push(...(await counted(scope, transfer, document as AsnId, type)));
  const left = from?.bin === undefined ? undefined : binKey(scope, from.warehouse, from.bin);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const bin = left && (await get(scope, binKind, left));
    const change = bin && goesOut(bin, product.id, transfer.amount);
    const leaves: Write[] =
      left && change
        ? [{ do: "update", key: left, ...change, when: [...change.when, ["pk", "present"], ofToday], tag: "bin" }]
        : [];
    const outcome = await commit(scope, [...writes, ...leaves], { answer: null });
    if (outcome.done) return;
    // Others put goods there or took some since it was read: planned anew.
    if (left && outcome.lost.bin) await renewBin(scope, left, outcome.lost.bin);
    await giveWay(scope, attempt);
  }
  throw new Error(`bin ${from?.bin ?? ""} finds no quiet moment to hear that goods left it`);
}

/** The counts of a notice's head that a movement changes. */
async function counted(scope: Scope, transfer: Transfer, id: AsnId, type: Movement["type"]): Promise<Write[]> {
  if (!(await asnOf(scope, id))) return [];
  const damaged = placeOf(transfer.to)?.place === "quarantine";
  const add: Record<string, number> =
    type === "receive"
      ? { received: transfer.amount, ...(damaged ? { damaged: transfer.amount } : {}) }
      : type === "putaway"
        ? { putaway: transfer.amount }
        : {};
  return Object.keys(add).length === 0 ? [] : [{ do: "update", key: asnKey(scope, id), add }];
}

/** Marks on a notice's head how many lines are done; made anew from the line, so it may be done again. */
async function countDone(scope: Scope, transfer: Transfer): Promise<void> {
  const id = transfer.document;
  const line = Number(transfer.note?.line ?? 0);
  if (!id?.startsWith("asn_") || line === 0) return;
  const found = await get(scope, asnLineKind, asnLineKey(scope, id, line));
  if (!found?.done) return;
  const once: Scope = { ...scope, command: { id: `asn-done ${id} ${line}`, print: id } };
  await commit(once, [{ do: "update", key: asnKey(scope, id), add: { linesDone: 1 }, when: [["pk", "present"]] }], {
    answer: null,
  });
}

/** This room's reactions: to its own goods' transfers, to new orders and to orders that end. */
export const warehouseReactions: Reaction[] = [
  onItem<Transfer>("warehouse.moved", transferKind, async (scope, transfer) => {
    const goods = goodsOf(transfer.book);
    if (!goods) return;
    const product = await productOf(scope, goods.product);
    if (!product) return;
    const { rev: _rev, ...now } = product;
    // What a book says is copied for the owner of that book; a product that went over to another owner has two.
    const plain = { ...now, company: goods.company };
    if (goods.book === "promise") {
      await refreshStock(scope, plain);
      if (transfer.to === "free") await reserveWaiting(stepOf(scope, "waiting"), plain.company, plain.id);
      if (transfer.from === "free" || transfer.to === "free") await watchLow(scope, plain.id);
      return;
    }
    if (!changesOwner(transfer)) {
      await moved(scope, transfer, now);
      await countDone(stepOf(scope, "done"), transfer);
      const to = placeOf(transfer.to);
      // Whoever put it there may not have seen yet that its weight or size was changed.
      if (to?.bin !== undefined) await weighInBin(scope, now, to.warehouse, to.bin);
    }
    // Opening stock has been there since the day that was told, and what changed its owner as long as before.
    const { receivedOn, arrived } = transfer.note ?? {};
    const told = typeof arrived === "string" ? arrived : undefined;
    const since = typeof receivedOn === "string" ? `${receivedOn}T00:00:00.000Z` : (told ?? transfer.at);
    for (const account of [transfer.from, transfer.to])
      await refreshContent(scope, plain, account, transfer.unit, since);
    // Its owner's limits are judged by the list, which is told of the promise by another transfer.
    if (transfer.note?.letIn !== undefined) await refreshStock(stepOf(scope, "let in"), plain);
    await heardAtGate(scope, plain.company, transfer);
  }),
  onEvent<"exit.asked", ExitAsked>("warehouse.exit", ["exit.asked"], (scope, event) => answerExit(scope, event.data)),
  onItem<Order>("warehouse.order-listed", orderKind, async (scope, order) => {
    const entry = { id: order.id, company: order.company, at: order.at };
    const at = (of: string) => overwrite(keyIn(orderList(scope, of), order.at, order.id), entryKind, entry);
    const { id, company, reference } = order;
    const found = (noun: string) =>
      reference === undefined ? [] : indexWrites(scope, noun, id, [], [reference], reference);
    const words = [...found("order"), ...found(`order.${company}`)];
    await commit(scope, [at(company), at("all"), ...words], { answer: null });
    // Only while it is open: it may have ended before this was heard.
    const open = check(orderKey(scope, order.id), [["state", "in", openStates]], "open");
    await commit(stepOf(scope, "open"), [open, at("open")], { answer: null });
  }),
  onEvent<"order.shipped" | "order.cancelled", { order: string }>(
    "warehouse.order-ended",
    ["order.shipped", "order.cancelled"],
    async (scope, event) => {
      const order = await get(scope, orderKind, orderKey(scope, event.data.order));
      if (!order) return;
      const key = keyIn(orderList(scope, "open"), order.at, order.id);
      await commit(scope, [{ do: "delete", key }], { answer: null });
    },
  ),
];

const commandOf = (due: Due) => ({ id: `due ${due.id}`, print: due.type });

/** This room's timers: the nightly close of storage days, and orders left half-way. */
export const warehouseTimers: DueHandler[] = [
  {
    type: "warehouse.close-day",
    on: async (platform: PlatformScope, due: Due) => {
      const scope = asSystem(platform, due.space, "warehouse", commandOf(due));
      const warehouse = await warehouseOf(scope, due.subject, { consistent: true });
      if (!warehouse) return;
      const yesterday = plusDays(dayOf(scope.now, warehouse.zone), -1);
      await closeStorageDays(scope, { warehouse: due.subject as WarehouseId, until: yesterday });
      const next = dueAt(scope, closingAt(warehouse, scope.now), due.type, due.subject);
      await commit(stepOf(scope, "next"), [next], { answer: null });
      // Each owner's figures are a timer of their own, so that many owners do not wait for one another.
      const companies = (await queryAll(scope, ownerKind, owners(scope))).map(({ company }) => company);
      for (let start = 0; start < companies.length; start += 90)
        await commit(
          stepOf(scope, `run ${start}`),
          companies
            .slice(start, start + 90)
            .map((company) => dueAt(scope, scope.now, "warehouse.stock-run", company, { day: yesterday })),
          { answer: null },
        );
    },
  },
  onDue("warehouse.weigh", async (scope, id) => {
    const product = await productOf(scope, id, true);
    if (product) await weighAnew(scope, product);
  }),
  onDue("warehouse.zone-step", goOnWithZone),
  onDue<{ day: string }>("warehouse.stock-run", async (scope, company, { day }) => {
    await runStock(scope, company as CompanyId, { day, zone: await stockZone(scope) });
  }),
  {
    type: "warehouse.lot-expired",
    on: async (platform: PlatformScope, due: Due) => {
      const scope = asSystem(platform, due.space, "warehouse", commandOf(due));
      const [product = "", lot = ""] = due.subject.split(/\/(.*)/);
      await holdExpired(scope, product as ProductId, lot);
    },
  },
  {
    type: "warehouse.count-step",
    on: async (platform: PlatformScope, due: Due) => {
      const scope = asSystem(platform, due.space, "warehouse", commandOf(due));
      const count = await countOf(scope, due.subject);
      if (count?.state === "posting") await postCount(scope, count.id);
    },
  },
  {
    type: "warehouse.pallet-step",
    on: async (platform: PlatformScope, due: Due) => {
      const scope = asSystem(platform, due.space, "warehouse", commandOf(due));
      const pallet = await palletOf(scope, due.subject);
      if (pallet?.state === "shipping") await finishPallet(scope, pallet.id);
    },
  },
  {
    type: "warehouse.order-step",
    on: async (platform: PlatformScope, due: Due) => {
      const scope = asSystem(platform, due.space, "warehouse", commandOf(due));
      const order = await get(scope, orderKind, orderKey(scope, due.subject));
      if (order?.state === "shipping" || order?.state === "cancelling") await finishOrder(scope, order.id, order.state);
    },
  },
];
