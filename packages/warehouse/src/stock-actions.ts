import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry, Shortage } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { get, type Raw } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";
import type { z } from "zod";
import { cleanBin } from "./bin-code.ts";
import { binAccount, placeBook, placeOf, promiseBook, quarantineAccount, receivingAccount, skuOf } from "./books.ts";
import { codeMatches } from "./gtin.ts";
import type {
  AsnId,
  AsnLine,
  AsnLineSchema,
  MovedSchema,
  MoveSchema,
  Product,
  ProductId,
  Putaway,
  ReceiveSchema,
  Suggestion,
  Warehouse,
} from "./model.ts";
import {
  asnLineKey,
  asnLineKind,
  asnOf,
  binKey,
  binKind,
  elevationOf,
  productOf,
  revise,
  warehouseOf,
} from "./store.ts";
import { suggestBins } from "./suggest.ts";

const tries = 20;

/** Waits a little before deciding again what somebody else decided first. */
export const pause = (attempt: number) =>
  new Promise((done) => setTimeout(done, Math.random() * Math.min(200, 5 * 2 ** attempt)));

/** What was short, by product, for the refusal `stock.short`. */
export function shortOf(shortages: readonly Shortage[]): { product: string; wanted: number; available: number }[] {
  return shortages.map(({ unit, wanted, available }) => ({ product: unit.slice("sku:".length), wanted, available }));
}

type ReceivedLine = z.infer<typeof AsnLineSchema>;

/** A line as it is shown. */
export function lineView({ rev: _rev, ...line }: Stored<AsnLine>): ReceivedLine {
  return line;
}

/**
 * Takes in goods of a notice's line (收货): supplier → receiving and outside → free in one commit; damaged ones stand apart and
 * held. More than expected is taken in and shown as over. Refused: `missing`, `asn.state` when closed, `asn.damaged`.
 */
export async function receiveLine(
  scope: Scope,
  asn: AsnId,
  line: number,
  wish: z.infer<typeof ReceiveSchema>,
): Promise<Outcome<ReceivedLine>> {
  const damaged = wish.damaged ?? 0;
  if (damaged > wish.units) return refuse("asn.damaged", { units: wish.units, damaged });
  const key = asnLineKey(scope, asn, line);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const consistent = attempt > 0;
    const [head, before] = await Promise.all([
      asnOf(scope, asn, consistent),
      get(scope, asnLineKind, key, { consistent }),
    ]);
    if (!head || !before) {
      if (consistent) return refuse("missing");
      continue;
    }
    if (head.closedAt !== undefined) return refuse("asn.state", { state: "closed" });
    const promise = promiseBook(head.company, before.product);
    const place = placeBook(head.company, before.product);
    const common = { do: "move", unit: skuOf(before.product), document: asn, note: { line } } as const;
    const good = wish.units - damaged;
    const entries: Entry[] = [];
    if (good > 0)
      entries.push(
        { ...common, book: place, from: "supplier", to: receivingAccount(head.warehouse), amount: good },
        { ...common, book: promise, from: "outside", to: "free", amount: good },
      );
    if (damaged > 0)
      entries.push(
        { ...common, book: place, from: "supplier", to: quarantineAccount(head.warehouse), amount: damaged },
        { ...common, book: promise, from: "outside", to: "held", amount: damaged },
      );
    const received = before.received + wish.units;
    const after = {
      received,
      damaged: before.damaged + damaged,
      done: before.done || wish.done === true || received >= before.expected,
    };
    const plan = planTransfers(scope, entries);
    const answer = lineView({ ...before, ...after });
    const outcome = await commit(scope, [...plan.writes, revise(key, before.rev, after)], { answer });
    if (outcome.done) return accept(outcome.answer);
    await pause(attempt);
  }
  return refuse("busy");
}

/** What a condition on the bin that goods come into was lost for, with bins to go to instead. */
async function binRefusal(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  units: number,
  code: string,
  bin: Raw | null,
): Promise<Outcome<never>> {
  const elsewhere = { bin: code, suggestions: await suggestionsFor(scope, warehouse, product, units) };
  if (!bin || !warehouse.batches.includes(String(bin.batch))) return refuse("bin.missing", elsewhere);
  if (bin.lock !== undefined) return refuse("bin.locked", { ...elsewhere, lock: bin.lock });
  return refuse("bin.full", { ...elsewhere, room: Math.max(0, Number(bin.room)) });
}

async function suggestionsFor(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Product,
  units: number,
): Promise<Suggestion[]> {
  const { bins, contents } = await elevationOf(scope, warehouse);
  return suggestBins(bins, contents, { company: product.company, product: product.id }, units);
}

/** The bin's own part in a commit that brings goods in: it is there, open, and has room. */
function into(scope: Scope, warehouse: Stored<Warehouse>, code: string, units: number): Update {
  return {
    do: "update",
    key: binKey(scope, warehouse.id, code),
    add: { used: units, room: -units },
    when: [
      ["batch", "in", warehouse.batches.length > 0 ? warehouse.batches : ["-"]],
      ["lock", "absent"],
      ["room", ">=", units],
    ],
    tag: "bin",
  };
}

type Moved = z.infer<typeof MovedSchema>;

async function carry(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  product: Stored<Product>,
  way: { from: string; to: string; units: number; document?: string },
): Promise<Outcome<Moved>> {
  const target = placeOf(way.to)?.bin ?? "";
  const plan = planTransfers(scope, [
    {
      do: "move",
      book: placeBook(product.company, product.id),
      unit: skuOf(product.id),
      from: way.from,
      to: way.to,
      amount: way.units,
      ...(way.document === undefined ? {} : { document: way.document }),
    },
  ]);
  const answer = { product: product.id, units: way.units, from: placeOf(way.from)?.bin ?? "receiving", to: target };
  const outcome = await commit(scope, [...plan.writes, into(scope, warehouse, target, way.units)], { answer });
  if (outcome.done) return accept(outcome.answer);
  const short = plan.shortages(outcome.lost);
  if (short.length > 0) return refuse("stock.short", { lines: shortOf(short) });
  const bin = outcome.lost.bin;
  return bin === undefined ? refuse("conflict") : binRefusal(scope, warehouse, product, way.units, target, bin);
}

/**
 * Puts goods away (上架): receiving → the scanned bin. Refused, nothing recorded: `scan.product` with the code that is wanted,
 * `scan.bin` with the bin to go to, `bin.missing`, `bin.locked`, `bin.full` with other bins, `stock.short`.
 */
export async function putAway(scope: Scope, wish: Putaway): Promise<Outcome<Moved>> {
  const [warehouse, product, asn] = await Promise.all([
    warehouseOf(scope, wish.warehouse),
    productOf(scope, wish.product),
    wish.asn === undefined ? undefined : asnOf(scope, wish.asn as AsnId, false),
  ]);
  if (!warehouse || !product) return refuse("missing");
  if (wish.asn !== undefined && asn?.company !== product.company) return refuse("missing");
  if (!codeMatches(wish.scans.product, product))
    return refuse("scan.product", { expected: product.gtin ?? product.code, got: wish.scans.product });
  const scanned = cleanBin(wish.scans.bin);
  if (wish.bin !== undefined && cleanBin(wish.bin) !== scanned)
    return refuse("scan.bin", { expected: cleanBin(wish.bin), got: scanned });
  return carry(scope, warehouse, product, {
    from: receivingAccount(warehouse.id),
    to: binAccount(warehouse.id, scanned),
    units: wish.units,
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
  return carry(scope, warehouse, product, {
    from: binAccount(warehouse.id, from),
    to: binAccount(warehouse.id, to),
    units: wish.units,
  });
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
