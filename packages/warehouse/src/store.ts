/**
 * Items of the warehouse (云仓), those of lots (lot-store.ts), rules of owners (owner-actions.ts) and their gates (owner-gate.ts), counts (count-store.ts) and phones' exceptions (scan-exceptions.ts) apart. The goods themselves are the ledger's; W are
 * write units.
 *
 * | item               | key                                             | written by                              | W |
 * |--------------------|-------------------------------------------------|-----------------------------------------|---|
 * | warehouse          | `whs` / id                                      | create, bins, close of days             | 2 |
 * | bin (库位)          | `whb#<wh>` / `bin#<code>`                       | generate, edit, putaway and move into it | 2 |
 * | content            | `whb#<wh>` / `bin#<code>#<company>#<product>[#<lot>]`, `<place>#…` | reaction (checked copy of a balance) | 4 |
 * | movement           | `whm#<wh>` / `<at>#<transfer>`                  | reaction                                | 2 |
 * | days closed        | `whd` / id                                      | close of storage days                   | 2 |
 * | product (货品)      | `prd#<id>` / -                                  | create, edit                            | 2 |
 * | listed product     | `prds#<company>` / `<code>#<id>`                | create, edit, reaction (stock)          | 2 |
 * | owner (货主)        | `own` / company                                 | first product                           | 2 |
 * | claims             | `gtin.<company>`, `code.<company>`              | create, edit                            | 2 each |
 * | notice (预报入库)   | `asn#<id>` / -                                  | create, arrive, close, reaction (counts) | 2 |
 * | its line           | `asn#<id>` / `line#<nnn>`                       | create, receive                         | 2 |
 * | its list entries   | `asns#<company>`, `asns#<wh>` / `<at>#<id>`     | create                                  | 4 |
 * | order              | `ord#<id>` / -                                  | place, pick, ship, cancel               | 2 a kB |
 * | its list entries   | `ords#<company>`, `ords#all` / `<at>#<id>`      | reaction on the new order               | 4 |
 * | its owner's number | claim `oref.<company>`                           | place, for good                         | 2 |
 * | words of it        | `tok#order`, `tok#order.<company>`              | reaction on the new order               | 2 each |
 * | order that waits   | `ords#short.<company>.<product>` / `<at>#<id>`  | what takes goods back; reaction when goods come free | 2 |
 * | open order         | `ords#open` / `<at>#<id>`                       | reaction; leaves when shipped or cancelled | 2 |
 *
 * Reserve one line: balance 2, transfer 2, order 2 = 6; the order stands witness, so no receipt. Receive one line: two
 * transfers 4, two balances 4, line 2, receipt 2 = 12. Putaway and move: transfer 2, two balances 4, the bin goods come into
 * 2, receipt 2 = 10; a move also looks whether the bin it comes from is locked, 2. What a bin holds (`used`, `in:…`) rises in that very commit and falls when the stream tells that goods left: so it is
 * never less than what lies there, at worst a moment more. Lists, contents, movements and events of handling follow the stream.
 * Orders are changed by update only, so that the print of their command stays on them.
 */
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll, queryRaw, type Raw } from "@yihao/table/read";
import type { Update } from "@yihao/table/write";
import type { Asn, AsnLine } from "./asn-model.ts";
import { boundlessLoad, fromBefore } from "./bin-load.ts";
import type { AsnId, Bin, Content, ProductId, Warehouse } from "./model.ts";
import type { Order } from "./order-model.ts";
import type { ListedProduct, Product } from "./product-model.ts";
import type { Movement } from "./stock-model.ts";

export const warehouseKind = kindOf<Warehouse>("whs");
/** Bins from before they knew what they hold by weight and size: what lies there counts as of neither. */
export const binKind = kindOf<Bin>("bin", 2, {
  1: (old) => ({ ...old, roomGrams: boundlessLoad, roomMm3: boundlessLoad, ...fromBefore(Number(old.used)) }),
});
export const contentKind = kindOf<Content>("cnt");
export const movementKind = kindOf<Movement>("mov");
export const closedKind = kindOf<{ until: string }>("whd");
export const productKind = kindOf<Product>("prd");
export const listedKind = kindOf<ListedProduct>("prdl");
export const ownerKind = kindOf<{ company: CompanyId; name: string }>("own");
export const asnKind = kindOf<Asn>("asn");
export const asnLineKind = kindOf<AsnLine>("asnl");
export const orderKind = kindOf<Order>("ord");
export const entryKind = kindOf<{ id: string; company: CompanyId; at: string }>("ent");

export const warehouseKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "whs"), id);
export const binsOfWarehouse = (scope: Scope, warehouse: string) => partition(scope, "whb", warehouse);
export const binKey = (scope: Scope, warehouse: string, code: string): Key =>
  keyIn(binsOfWarehouse(scope, warehouse), "bin", code);
export const movementsOf = (scope: Scope, warehouse: string) => partition(scope, "whm", warehouse);
export const closedKey = (scope: Scope, warehouse: string): Key => keyIn(partition(scope, "whd"), warehouse);
export const productKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "prd", id));
export const listOf = (scope: Scope, company: string) => partition(scope, "prds", company);
export const listedKey = (scope: Scope, product: Pick<Product, "company" | "code" | "id">): Key =>
  keyIn(listOf(scope, product.company), product.code.toUpperCase(), product.id);
export const owners = (scope: Scope) => partition(scope, "own");
export const asnPartition = (scope: Scope, id: string) => partition(scope, "asn", id);
export const asnKey = (scope: Scope, id: string): Key => keyIn(asnPartition(scope, id));
export const asnLineKey = (scope: Scope, id: string, line: number): Key =>
  keyIn(asnPartition(scope, id), "line", String(line).padStart(3, "0"));
export const asnList = (scope: Scope, of: string) => partition(scope, "asns", of);
export const orderKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "ord", id));
export const orderList = (scope: Scope, of: string) => partition(scope, "ords", of);

/** Where goods stand as the map shows them; one item per place, owner and product. */
export function contentKey(
  scope: Scope,
  warehouse: string,
  content: Pick<Content, "place" | "bin" | "company" | "product" | "lot">,
): Key {
  const pk = binsOfWarehouse(scope, warehouse);
  const goods = [content.company, content.product, ...(content.lot === undefined ? [] : [content.lot])];
  return content.place === "bin" && content.bin
    ? keyIn(pk, "bin", content.bin, ...goods)
    : keyIn(pk, content.place, ...goods);
}

/** A warehouse of the space. Half a read unit unless consistent. */
export function warehouseOf(
  scope: Scope,
  id: string,
  options: { consistent?: boolean } = { consistent: false },
): Promise<Stored<Warehouse> | undefined> {
  return get(scope, warehouseKind, warehouseKey(scope, id), options);
}

/** Every warehouse of the space, the oldest first. */
export async function warehousesOf(scope: Scope): Promise<Stored<Warehouse>[]> {
  const all = await queryAll(scope, warehouseKind, partition(scope, "whs"));
  return all.sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
}

export type Elevation = { readonly bins: Stored<Bin>[]; readonly contents: Content[] };

/** All bins of a warehouse and all that stands in it, in one query (库位图). Bins of an unfinished generation are not there. */
export async function elevationOf(scope: Scope, warehouse: Stored<Warehouse>, consistent = false): Promise<Elevation> {
  const page = await queryRaw(scope, binsOfWarehouse(scope, warehouse.id), {
    limit: Number.POSITIVE_INFINITY,
    consistent,
  });
  return standsIn(warehouse, page.items);
}

/** Bins and contents among items of a warehouse's map. */
export function standsIn(warehouse: Pick<Warehouse, "batches">, items: readonly Raw[]): Elevation {
  const bins: Stored<Bin>[] = [];
  const contents: Content[] = [];
  for (const raw of items) {
    if (raw.k === binKind.name) {
      const bin = decode(binKind, raw);
      if (warehouse.batches.includes(bin.batch)) bins.push(bin);
    } else if (raw.k === contentKind.name) {
      const content = decode(contentKind, raw);
      if (content.units > 0) contents.push(content);
    }
  }
  return { bins, contents };
}

/** A product by its id. Half a read unit; read again consistently when a copy that lags does not have it yet. */
export async function productOf(scope: Scope, id: string, consistent = false): Promise<Stored<Product> | undefined> {
  const copy = consistent ? undefined : await get(scope, productKind, productKey(scope, id), { consistent: false });
  return copy ?? (await get(scope, productKind, productKey(scope, id)));
}

/** Products by their ids, in that order; missing ones are undefined. */
export function productsOf(scope: Scope, ids: readonly ProductId[]): Promise<(Stored<Product> | undefined)[]> {
  return getMany(
    scope,
    productKind,
    ids.map((id) => productKey(scope, id)),
    { consistent: true },
  );
}

/** An inbound notice's head. */
export function asnOf(scope: Scope, id: AsnId, consistent = true): Promise<Stored<Asn> | undefined> {
  return get(scope, asnKind, asnKey(scope, id), { consistent });
}

/** An inbound notice with all its lines, one consistent query. */
export async function asnWithLines(
  scope: Scope,
  id: string,
): Promise<{ asn: Stored<Asn>; lines: Stored<AsnLine>[] } | undefined> {
  const page = await queryRaw(scope, asnPartition(scope, id), { limit: Number.POSITIVE_INFINITY, consistent: true });
  const head = page.items.find((raw) => raw.k === asnKind.name);
  if (!head) return undefined;
  const lines = page.items.filter((raw) => raw.k === asnLineKind.name).map((raw) => decode(asnLineKind, raw));
  return { asn: decode(asnKind, head), lines };
}

/** An order, strongly consistent. */
export function orderOf(scope: Scope, id: string): Promise<Stored<Order> | undefined> {
  return get(scope, orderKind, orderKey(scope, id));
}

/** A page of documents behind a list of entries, newest first. */
export async function listed<Data>(
  scope: Scope,
  pk: ReturnType<typeof partition>,
  kind: ReturnType<typeof kindOf<Data & object>>,
  keyOf: (id: string) => Key,
  range: { cursor?: string | undefined; limit?: number | undefined; newest?: boolean },
): Promise<Page<Stored<Data>>> {
  const page = await query(scope, entryKind, pk, {
    newest: range.newest ?? true,
    cursor: range.cursor,
    ...(range.limit === undefined ? {} : { limit: range.limit }),
  });
  const found = await getMany(
    scope,
    kind,
    page.items.map((entry) => keyOf(entry.id)),
  );
  return { items: found.filter((one) => one !== undefined) as Stored<Data>[], next: page.next };
}

/** Sets fields of an item whose revision is still `rev`, leaving all others as they are; stale is lost under `tag`. */
export function revise(
  key: Key,
  rev: number,
  set: Readonly<Record<string, unknown>>,
  remove: readonly string[] = [],
  tag = "stale",
): Update {
  return { do: "update", key, set, remove, add: { rev: 1 }, when: [["rev", "=", rev]], tag };
}
