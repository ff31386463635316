import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import type { Stored } from "@yihao/table/kind";
import { getMany, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { promiseBook, skuOf } from "./books.ts";
import type { ProductId } from "./model.ts";
import type { Order } from "./order-model.ts";
import { decideGiveUp, decideTakeBack } from "./order-rules.ts";
import { stockOf } from "./projections.ts";
import { waits } from "./reserve-waiting.ts";
import { entryKind, orderKey, orderKind, orderList, revise } from "./store.ts";

/** Orders at most that one commit takes goods back from. */
const mostOrders = 20;

export type TakenBack = {
  readonly entries: Entry[];
  readonly writes: Write[];
  readonly left: number;
  /** Whether further orders have some of it: commit this and plan anew for what is left. */
  readonly more: boolean;
};

/**
 * Plans to take units of a product out of what may be promised: first what is free, then what orders keep of it that was looked for in vain, then what the newest orders reserved and nobody
 * picked; those become back-ordered (缺货). `left` is what even that does not give, or what is left for the next plan. The plan carries its conditions: lose it, plan anew.
 */
export async function planTakeBack(
  scope: Scope,
  goods: { company: CompanyId; product: ProductId; units: number; to: "outside" | "held"; document: string },
): Promise<TakenBack> {
  const { company, product, units, to, document } = goods;
  const common = { do: "move", book: promiseBook(company, product), unit: skuOf(product), to } as const;
  const { free } = await stockOf(scope, { company, id: product });
  const first = Math.min(free, units);
  const entries: Entry[] = first > 0 ? [{ ...common, from: "free", amount: first, document }] : [];
  const writes: Write[] = [];
  let left = units - first;
  if (left === 0) return { entries, writes, left, more: false };
  const open = await queryAll(scope, entryKind, orderList(scope, "open"), { newest: true });
  const own = open.filter((entry) => entry.company === company);
  const found = await getMany(
    scope,
    orderKind,
    own.map(({ id }) => orderKey(scope, id)),
    { consistent: true },
  );
  const orders = found.filter((order) => order !== undefined);
  const touched = new Map<string, { order: Stored<Order>; units: number; wants: boolean }>();
  let more = false;
  for (const decide of [decideGiveUp, decideTakeBack])
    for (const order of orders) {
      if (left === 0 || more) break;
      const before = touched.get(order.id) ?? { order, units: 0, wants: false };
      const { taken, lines, state } = decide(before.order, product, left);
      if (taken === 0) continue;
      more = touched.size === mostOrders && !touched.has(order.id);
      if (more) break;
      left -= taken;
      const wants = before.wants || decide === decideTakeBack;
      touched.set(order.id, { order: { ...before.order, lines, state }, units: before.units + taken, wants });
    }
  for (const { order, units: taken, wants } of touched.values()) {
    const reason = wants ? "back-ordered" : "not-found";
    entries.push({ ...common, from: "reserved", amount: taken, document: order.id, reason });
    writes.push(revise(orderKey(scope, order.id), order.rev, { lines: order.lines, state: order.state }));
    if (wants) writes.push(waits(scope, product, order));
  }
  return { entries, writes, left, more };
}
