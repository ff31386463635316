import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { check, type Write } from "@yihao/table/write";
import { binAccount, placeBook, promiseBook, receivingAccount, skuOf } from "./books.ts";
import type { Kit, KitDone, KitEdit, KitView, KitWork } from "./kit-model.ts";
import { mostSources } from "./kit-model.ts";
import { buildable, sourcesFor } from "./kit-rules.ts";
import { isTracked } from "./lot.ts";
import type { Product, ProductId, WarehouseEvents } from "./model.ts";
import { readProduct } from "./product-actions.ts";
import { stockOf } from "./projections.ts";
import { shortOf } from "./stock-actions.ts";
import { binKey, elevationOf, productsOf, warehouseOf } from "./store.ts";

/*
 * Kits (组套).
 *
 * | item                      | key                | written by | W |
 * |---------------------------|--------------------|------------|---|
 * | list of what is in a kit  | `prd#<id>` / `kit` | edit       | 2 |
 */
const tries = 20;
export const kitKind = kindOf<Kit>("kit");
export const kitKey = (scope: Scope, product: string): Key => keyIn(partition(scope, "prd", product), "kit");
const kitOf = (scope: Scope, product: string): Promise<Stored<Kit> | undefined> =>
  get(scope, kitKind, kitKey(scope, product));

async function viewOf(scope: Scope, product: Product, kit: Stored<Kit> | undefined): Promise<KitView> {
  const parts = kit?.components ?? [];
  const products = await productsOf(
    scope,
    parts.map((one) => one.product),
  );
  const stocks = await Promise.all(parts.map((one) => stockOf(scope, { company: product.company, id: one.product })));
  const free = new Map(parts.map((one, index) => [one.product as string, stocks[index]?.free ?? 0]));
  return {
    ...{ product: product.id, company: product.company, name: product.name, rev: kit?.rev ?? 0 },
    components: parts.map((one, index) => ({
      ...{ product: one.product, units: one.units },
      name: products[index]?.name ?? "",
      code: products[index]?.code ?? "",
    })),
    buildable: buildable(parts, free),
  };
}

/** What a product is made of, for those who may see it; without components it is no kit. */
export async function readKit(scope: Scope, product: ProductId): Promise<Outcome<KitView>> {
  const found = await readProduct(scope, product);
  if (!found.ok) return found;
  return accept(await viewOf(scope, found.value, await kitOf(scope, product)));
}

/** Says what a kit is made of (组套清单), all of one owner. Refused: `missing`, `stale`, `kit.itself`, `kit.tracked` for goods told apart by lot, serial or day. */
export async function editKit(scope: Scope, product: ProductId, rev: number, wish: KitEdit): Promise<Outcome<KitView>> {
  const found = await readProduct(scope, product);
  if (!found.ok) return found;
  const own = found.value;
  const sums = new Map<ProductId, number>();
  for (const one of wish.components)
    sums.set(one.product as ProductId, (sums.get(one.product as ProductId) ?? 0) + one.units);
  if (sums.has(product)) return refuse("kit.itself");
  const products = await productsOf(scope, [...sums.keys()]);
  if (products.some((one) => one?.company !== own.company)) return refuse("missing");
  const tracked = [own, ...products].find((one) => one !== undefined && isTracked(one));
  if (tracked && sums.size > 0) return refuse("kit.tracked", { name: tracked.name });
  const kit: Kit = {
    ...{ product, company: own.company },
    components: [...sums].map(([id, units]) => ({ product: id, units })),
  };
  const view = await viewOf(scope, own, { ...kit, rev: rev + 1 });
  const write: Write = {
    ...{ do: "update", key: kitKey(scope, product), kind: kitKind, set: kit, add: { rev: 1 }, tag: "stale" },
    when: [rev === 0 ? ["rev", "absent"] : ["rev", "=", rev]],
  };
  const outcome = await commit(scope, [write], { answer: view });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}

/**
 * Puts kits together (组套) or takes them apart (拆套) in one commit: what goes in leaves its bins and what may be promised, what comes out waits in receiving and is free. Refused,
 * nothing moved: `missing`; `stock.short` when the bins have less, or less is free; `kit.spread` when it lies in too many bins.
 */
export async function workKit(
  scope: Scope,
  product: ProductId,
  how: "assemble" | "take-apart",
  wish: KitWork,
): Promise<Outcome<KitDone>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [found, kit, warehouse] = await Promise.all([
      readProduct(scope, product),
      kitOf(scope, product),
      warehouseOf(scope, wish.warehouse),
    ]);
    if (!found.ok) return found;
    if (!kit || kit.components.length === 0 || !warehouse) return refuse("missing");
    const parts = kit.components.map((one) => ({ product: one.product, units: one.units * wish.units }));
    const whole = [{ product, units: wish.units }];
    const [into, out] = how === "assemble" ? [parts, whole] : [whole, parts];
    // A receipt that lags may still show goods that are gone: then the commit says so and the bins are read again.
    const { bins, contents } = await elevationOf(scope, warehouse, attempt > 0);
    const { sources, short } = sourcesFor(into, kit.company, bins, contents);
    if (short.length > 0) return refuse("stock.short", { lines: short });
    if (sources.length > mostSources) return refuse("kit.spread", { bins: sources.length, most: mostSources });
    const document = idFor(scope, "kit");
    const common = { do: "move", document } as const;
    const entries: Entry[] = [];
    for (const source of sources) {
      const id = source.product as ProductId;
      const from = binAccount(warehouse.id, source.bin);
      entries.push({
        ...{ ...common, book: placeBook(kit.company, id), unit: skuOf(id), from, to: "kit", amount: source.units },
      });
    }
    for (const one of into)
      entries.push({
        ...{ ...common, book: promiseBook(kit.company, one.product), unit: skuOf(one.product) },
        ...{ from: "free", to: "outside", amount: one.units },
      });
    for (const one of out) {
      const to = receivingAccount(warehouse.id);
      const made = { ...common, unit: skuOf(one.product), amount: one.units };
      entries.push(
        { ...made, book: placeBook(kit.company, one.product), from: "kit", to },
        { ...made, book: promiseBook(kit.company, one.product), from: "outside", to: "free" },
      );
    }
    const plan = planTransfers(scope, entries);
    const open = [...new Set(sources.map(({ bin }) => bin))].map((bin) =>
      check(binKey(scope, warehouse.id, bin), [["lock", "absent"]], `bin ${bin}`),
    );
    const work: WarehouseEvents["handling.done"] = {
      ...{ company: kit.company, operation: "kit", units: wish.units, document, warehouse: warehouse.id },
      day: dayOf(scope.now, warehouse.zone),
    };
    const told = happened(scope, "handling.done", kit.company, work, { seed: document });
    const answer: KitDone = { product, units: wish.units, taken: sources.map((one) => ({ ...one })) };
    const outcome = await commit(scope, [...plan.writes, ...open, told], { answer });
    if (outcome.done) return accept(outcome.answer);
    const missing = plan.shortages(outcome.lost);
    // Bins are looked at again; what is promised is not more the second time.
    const promised = missing.filter(({ book }) => book.startsWith("promise/"));
    if (promised.length > 0) return refuse("stock.short", { lines: shortOf(promised) });
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}
