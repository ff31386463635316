import type { CompanyId, SpaceId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { transferKind } from "@yihao/ledger/store";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { eventKind } from "@yihao/table/event";
import { type Fact, type Hearing, hear } from "@yihao/table/stream";
import { createAsn } from "@yihao/warehouse/asn-actions";
import type { AsnId, ProductId, WarehouseId } from "@yihao/warehouse/model";
import { addProduct } from "@yihao/warehouse/product-actions";
import { warehouseReactions } from "@yihao/warehouse/reactions";
import { receiveLine } from "@yihao/warehouse/receive-actions";
import { putAway } from "@yihao/warehouse/stock-actions";
import { orderKind } from "@yihao/warehouse/store";
import { createWarehouse, generateBins } from "@yihao/warehouse/warehouse-actions";
import { placeCompany, placePerson } from "./booking-world.ts";
import { scopeOf, testNow } from "./table.ts";

/**
 * Hears every fact of a table that was not heard before, until nothing new comes: the stream, run by hand. With `bury` a fact that cannot be heard is told of there, and the rest go on. With
 * `atOnce` so many partitions are heard beside each other, each in its order, as the stream does.
 */
export function streamByHand(
  table: Table,
  reactions: Hearing["reactions"] = warehouseReactions,
  now = () => testNow,
  bury?: (error: unknown) => void,
  atOnce = 1,
) {
  const heard = new Set<string>();
  const kinds = [transferKind.name, eventKind.name, orderKind.name];
  return async (): Promise<number> => {
    let count = 0;
    for (;;) {
      const fresh = (await allItems(table))
        .filter((item) => kinds.includes(String(item.k)) && !heard.has(`${item.pk}|${item.sk}`))
        .sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1));
      if (fresh.length === 0) return count;
      const lines = Map.groupBy(fresh, ({ pk }) => (atOnce === 1 ? "all" : String(pk)));
      const waiting = [...lines.values()];
      const work = async () => {
        for (let line = waiting.shift(); line; line = waiting.shift())
          for (const { pk, sk, k, ...data } of line) {
            const fact: Fact = {
              space: String(pk).split("#", 1)[0] as SpaceId,
              kind: String(k),
              id: String(data.id),
              data,
            };
            await hear({ table, reactions, now }, fact).catch((error: unknown) => {
              if (!bury) throw error;
              bury(error);
            });
            heard.add(`${pk}|${sk}`);
            count += 1;
          }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    }
  };
}

export type WarehouseWorld = {
  readonly warehouse: WarehouseId;
  readonly company: CompanyId;
  readonly other: CompanyId;
  readonly products: readonly ProductId[];
};

/** GTINs with right check digits. */
export const gtins = ["6970001284560", "6901234567892", "4006381333931"] as const;

/**
 * A warehouse of 60 bins (racks 1–2, 10 columns, 3 levels), companies `cmp_one` and `cmp_two` each with a person, and three
 * products of `cmp_one`. `stock` units of each lie in bins 01-01-01, 01-02-01 and 01-03-01.
 */
export async function warehouseWorld(
  table: Table,
  wish: { stock?: number; capacity?: number; now?: string } = {},
): Promise<WarehouseWorld> {
  const scope = () => scopeOf(table, wish.now === undefined ? {} : { now: wish.now });
  const company: CompanyId = "cmp_one";
  const other: CompanyId = "cmp_two";
  await placePerson(scope(), "per_owner", { roles: ["owner"] });
  for (const [id, person] of [
    [company, "per_one"],
    [other, "per_two"],
  ] as const) {
    await placeCompany(scope(), id, `公司 ${person}`);
    await placePerson(scope(), person, { companies: [{ company: id, name: `公司 ${person}`, role: "admin" }] });
  }
  const opened = take(await createWarehouse(scope(), { name: "一号仓", zone: "Asia/Shanghai" }));
  const warehouse = opened.id as WarehouseId;
  const pattern = {
    zone: { code: "A", name: "快拣", kind: "pick" as const },
    racks: { from: 1, to: 2 },
    columns: 10,
    levels: 3,
    ...(wish.capacity === undefined ? {} : { capacity: wish.capacity }),
  };
  take(await generateBins(scope(), warehouse, pattern));
  const products: ProductId[] = [];
  for (const [index, gtin] of gtins.entries()) {
    const name = ["无火香薰 乌木 120 ml", "石磨面粉 5 kg", "宠物冻干 鸡肉"][index] ?? "";
    products.push(take(await addProduct(scope(), { company, name, code: `SKU-${index + 1}`, gtin })).id as ProductId);
  }
  if (wish.stock) {
    const units = wish.stock;
    const lines = products.map((product) => ({ product, units }));
    const asn = take(await createAsn(scope(), { company, warehouse, lines }));
    for (const [index, product] of products.entries()) {
      take(await receiveLine(scope(), asn.id as AsnId, index + 1, { units }));
      const bin = `01-0${index + 1}-01`;
      const scans = { bin, product: gtins[index] ?? "" };
      take(await putAway(scope(), { warehouse, product, units, asn: asn.id, scans }));
    }
  }
  return { warehouse, company, other, products };
}
