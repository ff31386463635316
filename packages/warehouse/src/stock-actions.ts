import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Shortage } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { get, type Raw } from "@yihao/table/read";
import { type Clause, check, type Update, type Write } from "@yihao/table/write";
import type { z } from "zod";
import { ofToday, renewBin } from "./bin-actions.ts";
import { cleanBin } from "./bin-code.ts";
import { comesIn, fitOf, hasRoom, loadOf } from "./bin-load.ts";
import { binAccount, goodsOfUnit, placeBook, placeOf, receivingAccount, skuOf } from "./books.ts";
import { lotFor } from "./lot.ts";
import { hasMixing, type Inside, insideOf, mixingOf, noLot } from "./mixing.ts";
import type { AsnId, Bin, ProductId, Warehouse } from "./model.ts";
import { checkBin, placeName } from "./owner-actions.ts";
import { letIn, letInNote } from "./owner-gate.ts";
import type { Product } from "./product-model.ts";
import { suggestionsOf } from "./putaway-reads.ts";
import { readScan, scanNames } from "./scan.ts";
import type { MovedSchema, MoveSchema, Putaway, Suggestion } from "./stock-model.ts";
import { asnOf, binKey, binKind, productOf, warehouseOf } from "./store.ts";

/** How often a move is decided anew when others let goods of its owner in. */
const tries = 20;

/** What was short, by product, for the refusal `stock.short`. */
export function shortOf(
  shortages: readonly Shortage[],
): { product: string; lot?: string; wanted: number; available: number }[] {
  return shortages.map(({ unit, wanted, available }) => ({ ...goodsOfUnit(unit), wanted, available }));
}

/** What a condition on the bin that goods come into was lost for, with bins to go to instead: for a full one its tightest limit, how much lies there and how many units fit. */
export async function binRefusal(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  units: number,
  code: string,
  bin: Raw | null,
  lot: string | undefined,
): Promise<Outcome<never>> {
  const elsewhere = { bin: code, suggestions: await suggestionsFor(scope, warehouse, product, units, lot) };
  if (!bin || !warehouse.batches.includes(String(bin.batch))) return refuse("bin.missing", elsewhere);
  if (bin.lock !== undefined) return refuse("bin.locked", { ...elsewhere, lock: bin.lock });
  if (bin.closed !== undefined) return refuse("bin.moving", elsewhere);
  const { units: room, ...by } = fitOf(shelfOf(bin), product);
  return refuse("bin.full", { ...elsewhere, room, ...by });
}

const shelfOf = (bin: Raw) => ({
  ...(bin as Raw & Pick<Bin, "used" | "capacity" | "loadGrams" | "size">),
  ...loadOf(bin),
});

/** Whether a bin that a commit was lost for has room now and is open. */
export const takesNow = (bin: Raw, product: Product, units: number): boolean =>
  bin.lock === undefined && bin.closed === undefined && fitOf(shelfOf(bin), product).units >= units;

async function suggestionsFor(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  units: number,
  lot?: string,
): Promise<Suggestion[]> {
  const { company, id, class: kind, weightGrams, size } = product;
  const wanted = { company, product: id, lot, class: kind, weightGrams, size, units };
  return (await suggestionsOf(scope, warehouse, [wanted]))[0] ?? [];
}

/** The bin's own part in a commit that brings goods in: it is there, open, has room for them by number, weight and volume, and holds what `also` asks; who came in last is written on it. */
export function into(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  code: string,
  goods: { readonly product: Product; readonly units: number; readonly lot: string | undefined },
  also: readonly Clause[] = [],
): Update {
  const { product, units, lot } = goods;
  return {
    do: "update",
    key: binKey(scope, warehouse.id, code),
    set: { ...insideOf({ company: product.company, product: product.id, lot }) },
    add: comesIn(product, units),
    when: [
      ["batch", "in", warehouse.batches.length > 0 ? warehouse.batches : ["-"]],
      ["lock", "absent"],
      ["closed", "absent"],
      ofToday,
      ...hasRoom(product, units),
      ...also,
    ],
    tag: "bin",
  };
}

type Moved = z.infer<typeof MovedSchema>;

/** What the rule of a bin's zone asks of goods that come in, with bins to go to instead when it refuses them. */
async function mixed(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  units: number,
  code: string,
  inside: Inside,
): Promise<Outcome<Clause[]>> {
  if (!hasMixing(warehouse)) return accept([]);
  const bin = await get(scope, binKind, binKey(scope, warehouse.id, code));
  const shared = bin ? mixingOf(warehouse, bin, inside) : accept([]);
  if (shared.ok) return shared;
  const lot = inside.lot === noLot ? undefined : inside.lot;
  const suggestions = await suggestionsFor(scope, warehouse, product, units, lot);
  return refuse("bin.mixed", { ...shared.refusal.params, suggestions });
}

/** Brings goods from one place of a warehouse into a bin. `beside` are writes that stand in the same commit: when one of them is lost, nothing moves and it is refused as `conflict`. */
export async function carry(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  way: { from: string; to: string; units: number; lot: string | undefined; document?: string },
  beside: readonly Write[] = [],
): Promise<Outcome<Moved>> {
  const target = placeOf(way.to)?.bin ?? "";
  const place = { warehouse: warehouse.id, bin: target };
  const inside = insideOf({ company: product.company, product: product.id, lot: way.lot });
  const answer = {
    product: product.id,
    units: way.units,
    from: placeOf(way.from)?.bin ?? "receiving",
    to: target,
    ...(way.lot === undefined ? {} : { lot: way.lot }),
  };
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const allowed = await checkBin(scope, product.company, place);
    if (!allowed.ok) return allowed;
    const gate = allowed.value;
    const shared = await mixed(scope, warehouse, product, way.units, target, inside);
    if (!shared.ok) return shared;
    const plan = planTransfers(scope, [
      {
        do: "move",
        book: placeBook(product.company, product.id),
        unit: skuOf(product.id, way.lot),
        from: way.from,
        to: way.to,
        amount: way.units,
        ...(way.document === undefined ? {} : { document: way.document }),
        ...(gate === undefined ? {} : { note: letInNote(gate) }),
      },
    ]);
    const coming = letIn(scope, product.company, gate, plan.transfers, () => ({
      bin: placeName(warehouse.id, target),
    }));
    const writes = [
      ...plan.writes,
      ...beside,
      ...coming,
      into(scope, warehouse, target, { product, units: way.units, lot: way.lot }, shared.value),
    ];
    const outcome = await commit(scope, writes, { answer });
    if (outcome.done) return accept(outcome.answer);
    const short = plan.shortages(outcome.lost);
    if (short.length > 0) return refuse("stock.short", { lines: shortOf(short) });
    const lost = beside.find(({ tag = "" }) => outcome.lost[tag] !== undefined);
    if (lost) return refuse("conflict", { lost: lost.tag });
    const bin = outcome.lost.bin;
    if (bin && (await renewBin(scope, binKey(scope, warehouse.id, target), bin))) continue;
    // Lost for what was put there meanwhile, and for nothing else: judged anew.
    const another = bin && takesNow(bin, product, way.units) && shared.value.length > 0;
    if (bin !== undefined && !another) return binRefusal(scope, warehouse, product, way.units, target, bin, way.lot);
    if (outcome.lost.gate === undefined && !another) return refuse("conflict");
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/**
 * Puts goods away (上架): receiving → the scanned bin. Refused, nothing recorded: `scan.product` with the code that is wanted,
 * `scan.bin` with the bin to go to, `bin.missing`, `bin.locked`, `bin.full` with other bins, `bin.mixed` with the rule of its zone, `stock.short`, `owner.bins` when its owner would use one more than it may.
 */
export async function putAway(scope: Scope, wish: Putaway): Promise<Outcome<Moved>> {
  const [warehouse, product, asn] = await Promise.all([
    warehouseOf(scope, wish.warehouse),
    productOf(scope, wish.product),
    wish.asn === undefined ? undefined : asnOf(scope, wish.asn as AsnId, false),
  ]);
  if (!warehouse || !product) return refuse("missing");
  if (wish.asn !== undefined && asn?.company !== product.company) return refuse("missing");
  const scan = readScan(wish.scans.product, Number(scope.now.slice(0, 4)));
  if (!scan.ok) return scan;
  if (!scanNames(scan.value, product))
    return refuse("scan.product", { expected: product.gtin ?? product.code, got: wish.scans.product });
  const lot = lotFor(product, wish.lot, scan.value);
  if (!lot.ok) return lot;
  const scanned = cleanBin(wish.scans.bin);
  if (wish.bin !== undefined && cleanBin(wish.bin) !== scanned)
    return refuse("scan.bin", { expected: cleanBin(wish.bin), got: scanned });
  return carry(scope, warehouse, product, {
    from: receivingAccount(warehouse.id),
    to: binAccount(warehouse.id, scanned),
    units: wish.units,
    lot: lot.value,
    ...(wish.asn === undefined ? {} : { document: wish.asn }),
  });
}

/** Moves goods from bin to bin (移库). Refused: as putting away, and `bin.locked` when the bin they come from is. */
export async function moveGoods(scope: Scope, wish: z.infer<typeof MoveSchema>): Promise<Outcome<Moved>> {
  const [from, to] = [cleanBin(wish.from), cleanBin(wish.to)];
  const [warehouse, product, source] = await Promise.all([
    warehouseOf(scope, wish.warehouse),
    productOf(scope, wish.product),
    get(scope, binKind, binKey(scope, wish.warehouse, from), { consistent: false }),
  ]);
  if (!warehouse || !product) return refuse("missing");
  if (from === to) return refuse("scan.bin", { expected: "", got: to });
  if (source?.lock !== undefined) return refuse("bin.locked", { bin: from, lock: source.lock, suggestions: [] });
  const lot = lotFor(product, wish.lot);
  if (!lot.ok) return lot;
  const key = binKey(scope, warehouse.id, from);
  const moved = await carry(
    scope,
    warehouse,
    product,
    { from: binAccount(warehouse.id, from), to: binAccount(warehouse.id, to), units: wish.units, lot: lot.value },
    // Somebody may lock it this very moment.
    [check(key, [["lock", "absent"]], "from")],
  );
  if (moved.ok || moved.refusal.code !== "conflict" || moved.refusal.params?.lost !== "from") return moved;
  const lock = (await get(scope, binKind, key))?.lock;
  return refuse("bin.locked", { bin: from, lock, suggestions: [] });
}

/** Bins to put some units of a product into, best first. */
export async function suggestFor(
  scope: Scope,
  warehouseId: string,
  productId: ProductId,
  units: number,
): Promise<Outcome<Suggestion[]>> {
  const [warehouse, product] = await Promise.all([warehouseOf(scope, warehouseId), productOf(scope, productId)]);
  if (!warehouse || !product) return refuse("missing");
  return accept(await suggestionsFor(scope, warehouse, product, units));
}
