import { type Day, dayOf, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import { type TopList, topOf } from "./analysis.ts";
import type { OwnerFigures, SheetView, StockDay, StockOnDay } from "./analysis-model.ts";
import {
  binFlowKind,
  binFlowsOf,
  flowsOf,
  ownerFiguresKey,
  ownerFiguresKind,
  ownersFigures,
  sheetKey,
  sheetKind,
  stockDayKind,
  topKey,
  topKind,
} from "./analysis-store.ts";
import type { ProductId } from "./model.ts";
import { ownerFor } from "./owners.ts";
import { stockZone, topMost, viewOfSheet } from "./stock-run.ts";
import { stateOn } from "./stock-state.ts";
import { listedKind, listOf, productsOf, warehouseOf } from "./store.ts";
import { fifoMinor, priced, unpricedUnits } from "./valuation.ts";

/** Days of the value's line that are read at most. */
const daysMost = 92;
/** Owners whose lists become one, those with the most goods first. */
const ownersMost = 40;
/** Products that are worked out at one time. */
const parallel = 10;

const plain = <One extends object>({ rev: _rev, ...one }: One & { rev: number }) => one;

/** The figures of one owner with the value of the last days, or for staff who name none those of all owners. Two queries. */
export async function readAnalysis(
  scope: Scope,
  named: string | undefined,
): Promise<Outcome<{ items: OwnerFigures[]; days: StockDay[] }>> {
  if (named === undefined && ownCompany(scope) === undefined)
    return accept({
      items: (await queryAll(scope, ownerFiguresKind, ownersFigures(scope))).map((one) => plain(one) as OwnerFigures),
      days: [],
    });
  const owner = await ownerFor(scope, named);
  if (!owner.ok) return owner;
  const [figures, days] = await Promise.all([
    get(scope, ownerFiguresKind, ownerFiguresKey(scope, owner.value), { consistent: false }),
    query(scope, stockDayKind, flowsOf(scope, owner.value), { prefix: "r#", newest: true, limit: daysMost }),
  ]);
  return accept({
    items: figures ? [plain(figures) as OwnerFigures] : [],
    days: days.items.map((one) => plain(one) as StockDay).reverse(),
  });
}

/** The first products of a list: of one owner, or for staff of the 40 owners with the most goods. One read an owner. */
export async function readTop(
  scope: Scope,
  wish: { company?: string | undefined; list: TopList },
): Promise<Outcome<{ items: SheetView[]; day: Day }>> {
  const today = dayOf(scope.now, await stockZone(scope));
  if (wish.company !== undefined || ownCompany(scope) !== undefined) {
    const owner = await ownerFor(scope, wish.company);
    if (!owner.ok) return owner;
    const top = await get(scope, topKind, topKey(scope, owner.value, wish.list), { consistent: false });
    return accept({ items: top?.rows ?? [], day: today });
  }
  const all = await queryAll(scope, ownerFiguresKind, ownersFigures(scope));
  const most = all.sort((a, b) => b.valueMinor - a.valueMinor || b.units - a.units).slice(0, ownersMost);
  const tops = await getMany(
    scope,
    topKind,
    most.map(({ company }) => topKey(scope, company, wish.list)),
  );
  const rows = tops.flatMap((top) => top?.rows ?? []);
  return accept({ items: topOf(wish.list, rows as Required<SheetView>[], today, topMost), day: today });
}

/** A page of an owner's products by code with the figures of the last run; products that it has not seen yet are left out. */
export async function readSheets(
  scope: Scope,
  wish: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<SheetView>>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const page = await query(scope, listedKind, listOf(scope, owner.value), {
    cursor: wish.cursor,
    ...(wish.limit === undefined ? {} : { limit: wish.limit }),
  });
  const sheets = await getMany(
    scope,
    sheetKind,
    page.items.map(({ id }) => sheetKey(scope, owner.value, id)),
  );
  return accept({ items: sheets.flatMap((one) => (one ? [viewOfSheet(plain(one))] : [])), next: page.next });
}

/**
 * A page of an owner's products by code with what each was at the end of a local day (历史库存), from the ledger: on hand and its value by moving
 * average and FIFO. `total` is that of the day's closing, null on days that were not closed. Refused: `stock.day` for a day to come.
 */
export async function readStockOn(
  scope: Scope,
  wish: { company?: string | undefined; day: Day; cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<StockOnDay> & { total: StockDay | null }>> {
  const owner = await ownerFor(scope, wish.company);
  if (!owner.ok) return owner;
  const company = owner.value;
  const zone = await stockZone(scope);
  if (wish.day > dayOf(scope.now, zone)) return refuse("stock.day", { day: wish.day });
  const [page, closed] = await Promise.all([
    query(scope, listedKind, listOf(scope, company), {
      cursor: wish.cursor,
      ...(wish.limit === undefined ? {} : { limit: wish.limit }),
    }),
    query(scope, stockDayKind, flowsOf(scope, company), {
      prefix: "r#",
      from: wish.day,
      until: `${wish.day}~`,
      limit: 1,
    }),
  ]);
  const products = await productsOf(
    scope,
    page.items.map(({ id }) => id as ProductId),
  );
  const items: StockOnDay[] = [];
  for (let start = 0; start < products.length; start += parallel)
    items.push(
      ...(await Promise.all(
        products.slice(start, start + parallel).flatMap((product) => {
          if (!product) return [];
          return stateOn(scope, product, wish.day, zone).then((raw): StockOnDay => {
            const state = priced(raw, product.costMinor);
            const { id, code, name, unit } = product;
            const worth = { valueMinor: state.valueMinor, fifoMinor: fifoMinor(state), unpriced: unpricedUnits(state) };
            return { product: id, code, name, unit, onHand: state.units, ...worth };
          });
        }),
      )),
    );
  const total = closed.items[0];
  return accept({ items, next: page.next, total: total ? (plain(total) as StockDay) : null });
}

/** Days over which moves at bins are told. */
export const flowDays = 7;

/** How often goods came into or left each bin of a warehouse in the last seven local days (动销), bins without a move left out. One query. */
export async function readBinFlow(scope: Scope, warehouse: string): Promise<Outcome<{ bin: string; moves: number }[]>> {
  const place = await warehouseOf(scope, warehouse);
  if (!place) return refuse("missing");
  const today = dayOf(scope.now, place.zone);
  const flows = await queryAll(scope, binFlowKind, binFlowsOf(scope, warehouse), {
    from: plusDays(today, 1 - flowDays),
    until: `${today}~`,
  });
  const moves = new Map<string, number>();
  for (const { bin, n } of flows) moves.set(bin, (moves.get(bin) ?? 0) + n);
  return accept([...moves].map(([bin, count]) => ({ bin, moves: count })));
}
