import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
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
import { check, insert, type Write } from "@yihao/table/write";
import { binAccount, placeBook, promiseBook, receivingAccount, skuOf } from "./books.ts";
import type { Kit, KitDone, KitEdit, KitLot, KitPart, KitView, KitWork } from "./kit-model.ts";
import { mostLotSources, mostRuns, mostSources } from "./kit-model.ts";
import { buildable, mayBeKit, type Run, runsOf, type Source, sourcesFor } from "./kit-rules.ts";
import { isTracked } from "./lot.ts";
import { lotKey, lotOf } from "./lot-store.ts";
import type { ProductId, Warehouse, WarehouseEvents, WarehouseId } from "./model.ts";
import { readProduct } from "./product-actions.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { arrivalOf } from "./receive-actions.ts";
import { standingOf } from "./standing.ts";
import { shortOf } from "./stock-actions.ts";
import { binKey, productsOf, warehouseOf } from "./store.ts";

/*
 * Kits (组套).
 *
 * | item                      | key                | written by | W |
 * |---------------------------|--------------------|------------|---|
 * | list of what is in a kit  | `prd#<id>` / `kit` | edit       | 2 |
 * | what a lot of kits is made of | `prd#<id>` / `made#<lot>` | assemble, where goods are told apart | 2 |
 */
const tries = 20;
export const kitKind = kindOf<Kit>("kit");
export const kitKey = (scope: Scope, product: string): Key => keyIn(partition(scope, "prd", product), "kit");
/** What every kit of a lot is made of. */
export const kitLotKind = kindOf<KitLot>("kitl");
const madeKey = (scope: Scope, product: string, lot: string): Key =>
  keyIn(partition(scope, "prd", product), "made", lot);
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

/** Says what a kit is made of (组套清单), all of one owner. Refused: `missing`, `stale`, `kit.itself`, `kit.tracked` unless the kit is kept as its parts ask for. */
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
  const may = mayBeKit(
    own,
    products.flatMap((one) => one ?? []),
  );
  if (sums.size > 0 && !may.ok) return may;
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

type Out = KitPart & { readonly held?: boolean; readonly expiry?: string };
type Plan = { readonly sources: readonly Source[]; readonly made: readonly Out[]; readonly writes: readonly Write[] };

/** What is taken and made when kits are put together: lots that expire first, and a lot of kits for each way in which they are made up. */
async function planAssembly(
  scope: Scope,
  kit: Kit,
  own: Product,
  warehouse: Stored<Warehouse>,
  wish: { units: number; document: string; fresh: boolean },
): Promise<Outcome<Plan>> {
  const wants = kit.components.map((one) => ({ product: one.product, units: one.units * wish.units }));
  const goods = kit.components.map(({ product }) => ({ company: kit.company, product }));
  const { bins, contents } = await standingOf(scope, warehouse, goods, wish.fresh);
  const { sources, short } = sourcesFor(wants, kit.company, bins, contents, dayOf(scope.now, warehouse.zone));
  if (short.length > 0) return refuse("stock.short", { lines: short });
  const most = isTracked(own) ? mostLotSources : mostSources;
  if (sources.length > most) return refuse("kit.spread", { bins: sources.length, most });
  const parts = await productsOf(
    scope,
    kit.components.map(({ product }) => product),
  );
  const may = mayBeKit(
    own,
    parts.flatMap((one) => one ?? []),
  );
  if (!may.ok) return may;
  if (!isTracked(own))
    return accept({ sources, made: [{ product: own.id, units: wish.units }], writes: gone(scope, parts, sources) });
  const runs = runsOf(kit.components, sources, wish.units);
  if (runs.length > mostRuns) return refuse("kit.spread", { bins: runs.length, most: mostRuns });
  const writes: Write[] = gone(scope, parts, sources);
  const made: Out[] = [];
  for (const [index, run] of runs.entries()) {
    const lot = `${wish.document.slice(4, 14).toUpperCase()}${runs.length > 1 ? `-${index + 1}` : ""}`;
    const expiry = run.expiry === undefined ? {} : { expiry: run.expiry };
    const arrived = await arrivalOf(scope, own, warehouse.id, { units: run.kits, lot, ...expiry });
    if (!arrived.ok) return arrived;
    writes.push(...arrived.value.lots, insert(madeKey(scope, own.id, lot), kitLotKind, kitLotOf(own.id, lot, run)));
    made.push({ product: own.id, units: run.kits, lot, ...expiry, held: arrived.value.past });
  }
  return accept({ sources, made, writes });
}

const kitLotOf = (product: ProductId, lot: string, { parts }: Run): KitLot => ({
  ...{ product, lot },
  parts: parts.map((one) => ({
    ...{ product: one.product as ProductId, units: one.units },
    ...(one.lot === undefined ? {} : { lot: one.lot }),
  })),
});

/** Serials that go into kits are no longer here by themselves. */
function gone(scope: Scope, parts: readonly (Product | undefined)[], sources: readonly Source[]): Write[] {
  const serial = new Set<string>(parts.flatMap((one) => (one?.track === "serial" ? [one.id] : [])));
  return sources.flatMap(({ product, lot }): Write[] =>
    serial.has(product) && lot !== undefined
      ? [{ do: "update", key: lotKey(scope, product, lot), set: { here: false } }]
      : [],
  );
}

/** What is taken and made when kits are taken apart: into the very goods that each lot of kits was made of. Refused: `kit.unknown` for a lot that was not made here. */
async function planTakingApart(
  scope: Scope,
  kit: Kit,
  own: Product,
  warehouse: Stored<Warehouse>,
  wish: { units: number; fresh: boolean },
): Promise<Outcome<Plan>> {
  const goods = [{ company: kit.company, product: own.id }];
  const { bins, contents } = await standingOf(scope, warehouse, goods, wish.fresh);
  const today = dayOf(scope.now, warehouse.zone);
  const wants = [{ product: own.id, units: wish.units }];
  const { sources, short } = sourcesFor(wants, kit.company, bins, contents, today);
  if (short.length > 0) return refuse("stock.short", { lines: short });
  if (!isTracked(own)) {
    if (sources.length > mostSources) return refuse("kit.spread", { bins: sources.length, most: mostSources });
    const made = kit.components.map(({ product, units }) => ({ product, units: units * wish.units }));
    return accept({ sources, made, writes: [] });
  }
  const sums = new Map<string, Out>();
  for (const { lot = "", units } of sources) {
    const record = await get(scope, kitLotKind, madeKey(scope, own.id, lot));
    if (!record) return refuse("kit.unknown", { lot });
    for (const part of record.parts) {
      const key = `${part.product} ${part.lot ?? ""}`;
      sums.set(key, { ...part, units: (sums.get(key)?.units ?? 0) + part.units * units });
    }
  }
  if (sources.length + sums.size > mostLotSources)
    return refuse("kit.spread", { bins: sources.length + sums.size, most: mostLotSources });
  const ids = [...new Set([...sums.values()].map(({ product }) => product))];
  const products = new Map((await productsOf(scope, ids)).map((one) => [one?.id as string, one]));
  const writes: Write[] = [];
  const made: Out[] = [];
  for (const part of sums.values()) {
    const known = part.lot === undefined ? undefined : await lotOf(scope, part.product, part.lot, true);
    const held = known?.expired === true;
    if (part.lot !== undefined) {
      const key = lotKey(scope, part.product, part.lot);
      if (products.get(part.product)?.track === "serial")
        writes.push({ do: "update", key, set: { here: true }, when: [["here", "=", false]], tag: `lot ${part.lot}` });
      // A lot that expires at this moment is held with what comes back of it.
      else if (!held) writes.push(check(key, [["expired", "absent"]], `lot ${part.lot}`));
    }
    made.push({ ...part, held, ...(known?.expiry === undefined ? {} : { expiry: known.expiry }) });
  }
  return accept({ sources, made, writes });
}

/**
 * Puts kits together (组套) or takes them apart (拆套) in one commit: what goes in leaves its bins and what may be promised, what comes out waits in receiving and is free, past its day held. Goods told apart go
 * in by what expires first; their kits are lots of their own that expire with the earliest of their parts, and come apart into the same lots and serials. Refused, nothing moved: `missing`; `stock.short` when
 * the bins have less, or less is free; `kit.spread` when it lies in too many bins or lots; `kit.tracked`, `kit.unknown`.
 */
export async function workKit(
  scope: Scope,
  product: ProductId,
  how: "assemble" | "take-apart",
  wish: KitWork,
): Promise<Outcome<KitDone>> {
  const document = idFor(scope, "kit");
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const [found, kit, warehouse] = await Promise.all([
      readProduct(scope, product),
      kitOf(scope, product),
      warehouseOf(scope, wish.warehouse),
    ]);
    if (!found.ok) return found;
    if (!kit || kit.components.length === 0 || !warehouse) return refuse("missing");
    // A copy that lags may still show goods that are gone: then the commit says so and the bins are read again.
    const asked = { units: wish.units, document, fresh: attempt > 0 };
    const planned = await (how === "assemble" ? planAssembly : planTakingApart)(
      scope,
      kit,
      found.value,
      warehouse,
      asked,
    );
    if (!planned.ok) return planned;
    const { sources, made, writes } = planned.value;
    const plan = planTransfers(scope, entriesOf(kit.company, warehouse.id, document, sources, made));
    const open = [...new Set(sources.map(({ bin }) => bin))].map((bin) =>
      check(binKey(scope, warehouse.id, bin), [["lock", "absent"]], `bin ${bin}`),
    );
    const work: WarehouseEvents["handling.done"] = {
      ...{ company: kit.company, operation: "kit", units: wish.units, document, warehouse: warehouse.id },
      day: dayOf(scope.now, warehouse.zone),
    };
    const told = happened(scope, "handling.done", kit.company, work, { seed: document });
    const answer = doneOf(product, wish.units, sources, made);
    const outcome = await commit(scope, [...plan.writes, ...writes, ...open, told], { answer });
    if (outcome.done) return accept(outcome.answer);
    const missing = plan.shortages(outcome.lost);
    // Bins are looked at again; what is promised is not more the second time.
    const promised = missing.filter(({ book }) => book.startsWith("promise/"));
    if (promised.length > 0) return refuse("stock.short", { lines: shortOf(promised) });
    await giveWay(scope, attempt + 1);
  }
  return refuse("busy");
}

function entriesOf(
  company: CompanyId,
  warehouse: WarehouseId,
  document: string,
  sources: readonly Source[],
  made: readonly Out[],
): Entry[] {
  const common = { do: "move", document } as const;
  const entries: Entry[] = sources.map(({ product, bin, units, lot }) => ({
    ...{ ...common, book: placeBook(company, product as ProductId), unit: skuOf(product as ProductId, lot) },
    ...{ from: binAccount(warehouse, bin), to: "kit", amount: units },
  }));
  const sum = (all: readonly { product: string; units: number }[]) => {
    const sums = new Map<ProductId, number>();
    for (const { product, units } of all) sums.set(product as ProductId, (sums.get(product as ProductId) ?? 0) + units);
    return sums;
  };
  const promise = (product: ProductId, from: string, to: string, amount: number): Entry => ({
    ...{ ...common, book: promiseBook(company, product), unit: skuOf(product), from, to, amount },
  });
  for (const [product, units] of sum(sources)) entries.push(promise(product, "free", "outside", units));
  for (const { product, units, lot } of made)
    entries.push({
      ...{ ...common, book: placeBook(company, product), unit: skuOf(product, lot), amount: units },
      ...{ from: "kit", to: receivingAccount(warehouse) },
    });
  for (const [product, units] of sum(made.filter(({ held }) => !held)))
    entries.push(promise(product, "outside", "free", units));
  for (const [product, units] of sum(made.filter(({ held }) => held)))
    entries.push(promise(product, "outside", "held", units));
  return entries;
}

function doneOf(product: ProductId, units: number, sources: readonly Source[], made: readonly Out[]): KitDone {
  const told = (one: { lot?: string | undefined }) => (one.lot === undefined ? {} : { lot: one.lot });
  return {
    ...{ product, units },
    taken: sources.map((one) => ({ product: one.product, bin: one.bin, units: one.units, ...told(one) })),
    made: made.map((one) => ({
      ...{ product: one.product, units: one.units, ...told(one) },
      ...(one.expiry === undefined ? {} : { expiry: one.expiry }),
    })),
  };
}
