import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { balancesOf } from "@yihao/ledger/store";
import type { Stored } from "@yihao/table/kind";
import { getMany } from "@yihao/table/read";
import { goodsOfUnit, placeBook, placeOf } from "./books.ts";
import type { ProductId, Warehouse } from "./model.ts";
import { binKey, binKind, contentKey, contentKind, type Elevation } from "./store.ts";

type Goods = { readonly company: CompanyId; readonly product: ProductId };

/**
 * What stands in a warehouse of some goods, with the bins that they stand in: units by the ledger, the rest by the copies that follow it. One query a product and a read for each place where it lies, whatever else the
 * warehouse holds.
 */
export async function standingOf(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  goods: readonly Goods[],
  consistent = false,
): Promise<Elevation> {
  const books = new Map(goods.map((one) => [`${one.company} ${one.product}`, one]));
  const places = await Promise.all(
    [...books.values()].map(async ({ company, product }) => {
      const balances = await balancesOf(scope, placeBook(company, product), { consistent });
      return balances.flatMap(({ account, unit, available, held }) => {
        const at = placeOf(account);
        const { lot } = goodsOfUnit(unit);
        const [units, tracked] = [available + held, lot === undefined ? {} : { lot }];
        return at?.warehouse === warehouse.id && units > 0 ? [{ ...at, company, product, units, ...tracked }] : [];
      });
    }),
  );
  const all = places.flat();
  const codes = [...new Set(all.flatMap(({ bin }) => bin ?? []))];
  const [copies, bins] = await Promise.all([
    getMany(
      scope,
      contentKind,
      all.map((one) => contentKey(scope, warehouse.id, one)),
      { consistent },
    ),
    getMany(
      scope,
      binKind,
      codes.map((code) => binKey(scope, warehouse.id, code)),
      { consistent },
    ),
  ]);
  return {
    bins: bins.flatMap((bin) => (bin && warehouse.batches.includes(bin.batch) ? [bin] : [])),
    contents: copies.flatMap((copy, at) => (copy ? [{ ...copy, units: all[at]?.units ?? 0 }] : [])),
  };
}
