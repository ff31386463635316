import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import { promiseBook, skuOf } from "./books.ts";
import type { OrderView } from "./order-model.ts";
import { decideReserveAgain } from "./order-rules.ts";
import { maySee } from "./owners.ts";
import { stockOf } from "./projections.ts";
import { shortOf } from "./stock-actions.ts";
import { orderKey, orderOf, revise } from "./store.ts";

const tries = 20;

/**
 * Reserves anew what was taken back from an order (缺货补占), as far as it is free again; with it the order waits to be picked. Refused: `missing`, `order.state` when nothing was taken back or it is over,
 * `stock.short` while nothing of it is free.
 */
export async function reserveAgain(scope: Scope, id: string): Promise<Outcome<OrderView>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const order = await orderOf(scope, id);
    if (!order || !maySee(scope, order.company)) return refuse("missing");
    const products = [
      ...new Set(order.lines.filter((line) => (line.backordered ?? 0) > 0).map((line) => line.product)),
    ];
    const stocks = await Promise.all(
      products.map((product) => stockOf(scope, { company: order.company, id: product })),
    );
    const free = new Map(products.map((product, index) => [product as string, stocks[index]?.free ?? 0]));
    const decided = decideReserveAgain(order, free);
    if (!decided.ok) return decided;
    const { lines, state, reserved } = decided.value;
    const entries = reserved.map(
      ({ product, units }): Entry => ({
        ...{ do: "move", book: promiseBook(order.company, product), unit: skuOf(product), document: id },
        ...{ from: "free", to: "reserved", amount: units, reason: "reserved-again" },
      }),
    );
    const plan = planTransfers(scope, entries);
    const units = reserved.reduce((sum, one) => sum + one.units, 0);
    const set = { lines, state, reservedAgain: { at: scope.now, units, auto: scope.actor.kind === "system" } };
    const answer: OrderView = { ...order, ...set, rev: order.rev + 1 };
    const outcome = await commit(scope, [...plan.writes, revise(orderKey(scope, id), order.rev, set)], { answer });
    if (outcome.done) return accept(outcome.answer);
    const short = plan.shortages(outcome.lost);
    if (short.length > 0 && attempt === tries - 1) return refuse("stock.short", { lines: shortOf(short) });
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}
