import { type Day, dayOf, daySpan, plusDays } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Balance } from "@yihao/ledger/model";
import { balancesOf } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { get, queryAll } from "@yihao/table/read";
import { placeBook } from "./books.ts";
import type { ProductId, Warehouse, WarehouseEvents, WarehouseId } from "./model.ts";
import { occupiedDays } from "./occupied.ts";
import type { ListedProduct, Product } from "./product-model.ts";
import { transfersSince } from "./stock-reads.ts";
import { closedKey, closedKind, listedKind, listOf, ownerKind, owners, productOf, warehouseOf } from "./store.ts";

const mostCodes = 60;
const parallel = 8;
/** Days closed in one go; more are closed by going round again. */
const mostDays = 62;

/**
 * Closes the storage days of a warehouse (仓储计费日) up to and with `until`, as far as they have ended: one `storage.day` per
 * company that occupied bins, worked out from the ledger's transfers. Done again it adds nothing. Gives how many days it closed.
 */
export async function closeStorageDays(
  scope: Scope,
  wish: { warehouse: WarehouseId; until: Day },
): Promise<{ closed: number; until: Day | null }> {
  const warehouse = await warehouseOf(scope, wish.warehouse, { consistent: true });
  if (!warehouse) return { closed: 0, until: null };
  const yesterday = plusDays(dayOf(scope.now, warehouse.zone), -1);
  const last = [wish.until, yesterday].sort()[0] ?? yesterday;
  let total = 0;
  for (;;) {
    const done = await get(scope, closedKind, closedKey(scope, warehouse.id));
    const first = done ? plusDays(done.until, 1) : warehouse.since;
    if (first > last) return { closed: total, until: done?.until ?? null };
    const days: Day[] = [];
    for (let day = first; day <= last && days.length < mostDays; day = plusDays(day, 1)) days.push(day);
    await closeDays(scope, warehouse, days);
    total += days.length;
  }
}

/** What a company had in a warehouse on a day: its bins, and the most units of its products with their volume. */
type Held = { readonly bins: Set<string>; readonly stock: { products: number; peakUnits: number; peakMl: number } };

/** The volume of one unit in millilitres; nothing of a product whose size nobody entered. */
export const mlOf = (product: Pick<Product, "size"> | undefined): number =>
  product?.size ? (product.size.lengthMm * product.size.widthMm * product.size.heightMm) / 1000 : 0;

async function closeDays(scope: Scope, warehouse: Warehouse, days: readonly Day[]): Promise<void> {
  const byDay = new Map<Day, Map<CompanyId, Held>>(days.map((day) => [day, new Map()]));
  for (const { company } of await queryAll(scope, ownerKind, owners(scope), { consistent: true })) {
    const products = await queryAll(scope, listedKind, listOf(scope, company), { consistent: true });
    for (let start = 0; start < products.length; start += parallel) {
      const found = await Promise.all(
        products.slice(start, start + parallel).map((product) => binsOf(scope, warehouse, company, product, days)),
      );
      for (const [index, occupied] of found.entries()) {
        const used = [...occupied].filter(([, { bins }]) => bins.size > 0);
        const id = products[start + index]?.id;
        const ml = used.length > 0 && id ? mlOf(await productOf(scope, id)) : 0;
        for (const [day, { bins, peakUnits }] of used) {
          const companies = byDay.get(day);
          const known = companies?.get(company) ?? { bins: new Set(), stock: { products: 0, peakUnits: 0, peakMl: 0 } };
          for (const bin of bins) known.bins.add(bin);
          known.stock.products += 1;
          known.stock.peakUnits += peakUnits;
          known.stock.peakMl += Math.round(peakUnits * ml);
          companies?.set(company, known);
        }
      }
    }
  }
  for (const day of days) await closeDay(scope, warehouse, day, byDay.get(day) ?? new Map());
}

/** Bins that one product occupied by day; balances read before and after must agree, or a transfer came between. */
async function binsOf(
  scope: Scope,
  warehouse: Warehouse,
  company: CompanyId,
  product: Pick<ListedProduct, "id" | "former">,
  days: readonly Day[],
): Promise<Map<Day, { bins: Set<string>; peakUnits: number }>> {
  const id = product.id as ProductId;
  const book = placeBook(company, id);
  const [first = ""] = days;
  const { from } = daySpan(first, warehouse.zone);
  const text = (balances: readonly Balance[]) => JSON.stringify(balances);
  let before = await balancesOf(scope, book, { consistent: true });
  for (let attempt = 0; ; attempt += 1) {
    const since = await transfersSince(scope, { company, id, former: product.former }, from);
    const after = await balancesOf(scope, book, { consistent: true });
    if (text(before) === text(after) || attempt > 20)
      return occupiedDays(after, since, days, warehouse.zone, warehouse.id);
    before = after;
  }
}

async function closeDay(
  scope: Scope,
  warehouse: Warehouse,
  day: Day,
  companies: ReadonlyMap<CompanyId, Held>,
): Promise<void> {
  const ownersOf = new Map<string, CompanyId[]>();
  for (const [company, { bins }] of companies)
    for (const bin of bins) ownersOf.set(bin, [...(ownersOf.get(bin) ?? []), company]);
  for (const [company, { bins, stock }] of companies) {
    const codes = [...bins].sort();
    const shared = codes.flatMap((code) => {
      const all = ownersOf.get(code) ?? [];
      return all.length > 1 ? [{ code, owners: [...all].sort() }] : [];
    });
    const data: WarehouseEvents["storage.day"] = {
      company,
      warehouse: warehouse.id,
      day,
      bins: codes.length,
      codes: codes.slice(0, mostCodes),
      ...(shared.length > 0 ? { shared } : {}),
      stock,
    };
    // One command per company, warehouse and day, whoever closes it: its receipt makes the second time a no-op.
    const print = `storage ${warehouse.id} ${company} ${day}`;
    const once: Scope = { ...scope, command: { id: print, print } };
    await commit(once, [happened(once, "storage.day", company, data)], { answer: null });
  }
  const mark: Scope = { ...scope, command: { ...scope.command, id: `auto:close ${warehouse.id} ${day}` } };
  await commit(
    mark,
    [
      {
        do: "update",
        key: closedKey(scope, warehouse.id),
        kind: closedKind,
        set: { until: day },
        when: [["until", "absent-or", "<", day]],
      },
    ],
    { answer: null },
  );
}
