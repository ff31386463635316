import type { Scope } from "@yihao/kernel/scope";
import { balancesOf, stillStands } from "@yihao/ledger/store";
import { companyPeople, mailingAll, senderOf } from "@yihao/members/post";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import { promiseBook, skuOf } from "./books.ts";
import { lowLetter } from "./low-letter.ts";
import { crossing, isLow } from "./low-stock.ts";
import type { ProductId, WarehouseEvents } from "./model.ts";
import type { Product } from "./product-model.ts";
import { productKey, productOf } from "./store.ts";

const tries = 20;

/** | told low (低库存) | `prd#<id>` / `low` | reaction on a crossing; there as long as it is low | 2 | */
const toldKind = kindOf<{ at: string; free: number; reorderPoint: number }>("low-told");
const toldKey = (scope: Scope, product: string): Key => keyIn(partition(scope, "prd", product), "low");

/**
 * Looks whether a product has crossed its reorder point since it was last looked at, and tells its company's people once when it fell. Fall and rise are written under the
 * condition that the balance and the product still stand as they were read, so that many at one time tell one crossing once and never a past one.
 */
export async function watchLow(scope: Scope, id: ProductId): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [told, product] = await Promise.all([get(scope, toldKind, toldKey(scope, id)), productOf(scope, id)]);
    if (!product || (!told && product.reorderPoint === undefined)) return;
    const book = promiseBook(product.company, id);
    const free = (await balancesOf(scope, book, { consistent: true })).find(({ account }) => account === "free") ?? {
      ...{ account: "free", unit: skuOf(id), available: 0, held: 0 },
    };
    const units = free.available + free.held;
    const way = crossing(told !== undefined, isLow(units, product.reorderPoint));
    if (way === "still") return;
    const step = stepOf(scope, `low ${attempt}`);
    const unsigned: Scope = { ...step, command: { ...step.command, id: `auto:${step.command.id}` } };
    const writes: Write[] = [
      stillStands(scope, book, free, "still"),
      check(productKey(scope, id), [["rev", "=", product.rev]], "product"),
      ...(way === "fell" ? await fell(step, product, units) : rose(step, product, units)),
    ];
    const outcome = await commit(unsigned, writes, { answer: null });
    if (outcome.done) return;
    await giveWay(scope, attempt + 1);
  }
  throw new Error(`stock of ${id} keeps changing`);
}

/** What a rise writes: it may be told again. */
function rose(scope: Scope, product: Product, free: number): Write[] {
  const data: WarehouseEvents["stock.enough"] = { company: product.company, product: product.id, free };
  return [
    { do: "delete", key: toldKey(scope, product.id), when: [["pk", "present"]], tag: "told" },
    happened(scope, "stock.enough", product.company, data, { seed: `${product.id} ${scope.now}` }),
  ];
}

/** What a fall writes: that it was told, the event, and a letter to each of the company's people. */
async function fell(scope: Scope, product: Product, free: number): Promise<Write[]> {
  const { id, company, name, code, unit, reorderPoint = 0 } = product;
  const [from, people] = await Promise.all([senderOf(scope), companyPeople(scope, company)]);
  const link = `/s/${scope.space}/my/stock/${id}`;
  const data: WarehouseEvents["stock.low"] = { company, product: id, free, reorderPoint };
  return [
    insert(toldKey(scope, id), toldKind, { at: scope.now, free, reorderPoint }, "told"),
    happened(scope, "stock.low", company, data, { seed: `${id} ${scope.now}` }),
    ...mailingAll(
      scope,
      people.map(({ email }) => lowLetter(email, from, { name, code, unit, free, reorderPoint }, link)),
    ),
  ];
}
