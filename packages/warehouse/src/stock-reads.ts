import { type Day, dayOf, daySpan, plusDays, type Zone } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import type { Transfer } from "@yihao/ledger/model";
import { balancesOf } from "@yihao/ledger/store";
import { query } from "@yihao/table/read";
import type { Asn } from "./asn-model.ts";
import { goodsOfUnit, placeBook, placeOf } from "./books.ts";
import { cardRows, stockSeries } from "./card.ts";
import { type Promisable, promisableOf } from "./incoming.ts";
import { lotsOf } from "./lot-store.ts";
import type { ProductId } from "./model.ts";
import { historyPage, type Owned, wholeHistory } from "./owner-history.ts";
import { readProduct } from "./product-actions.ts";
import type { Product, Stock } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import type { CardRow, Movement } from "./stock-model.ts";
import { asnKey, asnKind, asnList, asnWithLines, listed, movementKind, movementsOf, warehouseOf } from "./store.ts";

const tries = 5;
/** Transfers at most behind one chart. */
const mostTransfers = 5_000;

export type Where = { place: string; warehouse: string; bin?: string; units: number; lot?: string; expiry?: string };
export type StockDetail = Stock & { places: Where[] };

/** What an owner has of a product and where it lies, straight from the ledger. */
export async function stockDetail(
  scope: Scope,
  id: ProductId,
): Promise<Outcome<{ product: Product; stock: StockDetail }>> {
  const found = await readProduct(scope, id);
  if (!found.ok) return found;
  const { rev: _rev, ...product } = found.value;
  const [stock, balances] = await Promise.all([
    stockOf(scope, product),
    balancesOf(scope, placeBook(product.company, product.id), { consistent: true }),
  ]);
  const lots = product.dated
    ? await lotsOf(
        scope,
        id,
        balances.flatMap(({ unit }) => goodsOfUnit(unit).lot ?? []),
      )
    : null;
  const places = balances.flatMap(({ account, unit, available, held }): Where[] => {
    const place = placeOf(account);
    const { lot } = goodsOfUnit(unit);
    const expiry = lot === undefined ? undefined : lots?.get(lot)?.expiry;
    const told = { ...(lot === undefined ? {} : { lot }), ...(expiry === undefined ? {} : { expiry }) };
    return place ? [{ ...place, units: available + held, ...told }] : [];
  });
  return accept({ product, stock: { ...stock, places } });
}

/** Notices of an owner that are looked through for what is to come, the newest. */
const mostNotices = 60;

/**
 * What may be promised of a product now and as announced goods come in, read from its owner's newest 60 notices: half a unit for each, and one for each open one. Refused: `missing`.
 */
export async function promisableFor(scope: Scope, id: ProductId): Promise<Outcome<Promisable>> {
  const found = await stockDetail(scope, id);
  if (!found.ok) return found;
  const { product, stock } = found.value;
  const heads = await listed<Asn>(scope, asnList(scope, product.company), asnKind, (asn) => asnKey(scope, asn), {
    limit: mostNotices,
  });
  const open = heads.items.filter(({ closedAt }) => closedAt === undefined);
  const notices = await Promise.all(open.map((asn) => asnWithLines(scope, asn.id)));
  const transit = stock.places.reduce((sum, { place, units }) => sum + (place === "transit" ? units : 0), 0);
  return accept(
    promisableOf(
      id,
      { free: stock.free, transit },
      notices.flatMap((one) => one ?? []),
    ),
  );
}

/**
 * A page of a product's stock card (流水), newest first: every transfer of goods with before, change and after, so that the
 * sum explains every unit on hand. The cursor carries what was on hand before the page's last row.
 */
export async function stockCard(
  scope: Scope,
  id: ProductId,
  range: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<CardRow> & { onHand: number }>> {
  const found = await readProduct(scope, id);
  if (!found.ok) return found;
  const product = found.value;
  const from = openCursor(range.cursor);
  const limit = range.limit === undefined ? {} : { limit: range.limit };
  let stock = await stockOf(scope, product);
  for (let attempt = 0; ; attempt += 1) {
    const page = await historyPage(scope, product, { ...limit, cursor: from?.cursor, consistent: true });
    // Goods that moved between the two reads would set the first page off by as much.
    const again = from ? stock : await stockOf(scope, product);
    if (again.onHand !== stock.onHand && attempt < tries) {
      stock = again;
      continue;
    }
    const { rows, before } = cardRows(page.items, from?.onHand ?? again.onHand);
    const next = page.next === null ? null : sealCursor(page.next, before);
    return accept({ items: rows, next, onHand: again.onHand });
  }
}

const sealCursor = (cursor: string, onHand: number) => `${onHand}.${cursor}`;
function openCursor(text: string | undefined): { cursor: string; onHand: number } | undefined {
  if (text === undefined) return undefined;
  const found = /^(-?\d{1,15})\.(.+)$/.exec(text);
  return found ? { onHand: Number(found[1]), cursor: found[2] ?? "" } : { onHand: 0, cursor: text };
}

/** Every transfer of a product from an instant on, newest first. */
export function transfersSince(
  scope: Scope,
  product: Owned,
  from: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Transfer[]> {
  return wholeHistory(scope, product, { from, limit: most, newest: true });
}

/** On hand at the end of each of the last days, for a chart. Days are those of `zone`. */
export async function seriesOf(
  scope: Scope,
  id: ProductId,
  days: number,
  zone: Zone,
): Promise<Outcome<{ days: { day: Day; onHand: number }[]; reorderPoint?: number }>> {
  const found = await readProduct(scope, id);
  if (!found.ok) return found;
  const product = found.value;
  const today = dayOf(scope.now, zone);
  const { from } = daySpan(plusDays(today, -days), zone);
  const [stock, since] = await Promise.all([
    stockOf(scope, product),
    transfersSince(scope, product, from, mostTransfers),
  ]);
  return accept({
    days: stockSeries(stock.onHand, since, today, days, zone),
    ...(product.reorderPoint === undefined ? {} : { reorderPoint: product.reorderPoint }),
  });
}

/** What moved in a warehouse (实时动态), newest first; follows the stream by a moment. */
export async function movementsIn(
  scope: Scope,
  warehouse: string,
  range: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<Movement>>> {
  if (!(await warehouseOf(scope, warehouse))) return refuse("missing");
  const page = await query(scope, movementKind, movementsOf(scope, warehouse), {
    newest: true,
    cursor: range.cursor,
    ...(range.limit === undefined ? {} : { limit: range.limit }),
  });
  return accept({ items: page.items.map(({ rev: _rev, ...movement }) => movement), next: page.next });
}
