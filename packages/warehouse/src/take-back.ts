import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { getMany, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import { promiseBook, skuOf } from "./books.ts";
import type { ProductId } from "./model.ts";
import { decideTakeBack } from "./order-rules.ts";
import { stockOf } from "./projections.ts";
import { waits } from "./reserve-waiting.ts";
import { entryKind, orderKey, orderKind, orderList, revise } from "./store.ts";

/** Orders at most that one commit takes goods back from. */
const mostOrders = 20;

export type TakenBack = { readonly entries: Entry[]; readonly writes: Write[]; readonly left: number };

/**
 * Plans to take units of a product out of what may be promised: first what is free, then what the newest orders reserved and nobody
 * picked; those become back-ordered (缺货). `left` is what even that does not give. The plan carries its conditions: lose it, plan anew.
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
  if (left === 0) return { entries, writes, left };
  const open = await queryAll(scope, entryKind, orderList(scope, "open"), { newest: true });
  const own = open.filter((entry) => entry.company === company);
  const orders = await getMany(
    scope,
    orderKind,
    own.map(({ id }) => orderKey(scope, id)),
    { consistent: true },
  );
  let orderCount = 0;
  for (const order of orders) {
    if (left === 0 || orderCount === mostOrders) break;
    if (!order) continue;
    const { taken, lines, state } = decideTakeBack(order, product, left);
    if (taken === 0) continue;
    left -= taken;
    entries.push({ ...common, from: "reserved", amount: taken, document: order.id, reason: "back-ordered" });
    writes.push(revise(orderKey(scope, order.id), order.rev, { lines, state }), waits(scope, product, order));
    orderCount += 1;
  }
  return { entries, writes, left };
}
