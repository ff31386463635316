import { listMail } from "@yihao/identity/mail";
import type { Table } from "@yihao/table/client";
import { testApi } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { watchLow } from "./low-stock-actions.ts";
import type { ProductId } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import type { ProductView } from "./product-model.ts";

const space = "/spaces/spc_test";

describe("low stock", () => {
  let table: Table;
  let product: ProductId;
  let hearAll: () => Promise<number>;
  beforeAll(async () => {
    table = await freshTable();
    const world = await warehouseWorld(table, { stock: 100 });
    [product = product] = world.products;
    hearAll = streamByHand(table);
    await hearAll();
  });
  const mine = () => testApi(table).as("per_one");
  const letters = async () =>
    (await listMail(platformOf(table))).items.filter(({ subject }) => subject.startsWith("低库存"));
  const order = (units: number) =>
    mine().command<OrderView>(`${space}/orders`, { lines: [{ product, units }], recipient: { name: "赵倩" } });
  const point = async (reorderPoint: number | undefined) => {
    const { product: before } = await mine().read<{ product: ProductView }>(`${space}/products/${product}`);
    const { name, code, unit, gtin, rev } = before;
    const answer = await mine().send(
      "PUT",
      `${space}/products/${product}`,
      { name, code, unit, gtin, ...(reorderPoint === undefined ? {} : { reorderPoint }) },
      { "if-match": `"${rev}"` },
    );
    expect(answer.status).toBe(200);
  };

  it("is mailed once a crossing to the company's people, however often and by how many it is looked at", async () => {
    await point(80);
    expect(await letters()).toEqual([]);
    await order(15);
    await hearAll();
    expect(await letters()).toEqual([]);
    const low = await order(10);
    await hearAll();
    await order(5);
    await hearAll();
    await Promise.all(Array.from({ length: 8 }, () => watchLow(scopeOf(table), product)));
    const told = await letters();
    expect(told.map(({ to, link }) => [to, link])).toEqual([
      ["per_one@test.example", `/s/spc_test/my/stock/${product}`],
    ]);
    expect(told[0]?.subject).toContain("还有 75");
    // Given back it is above the point again; the next fall is another crossing.
    await mine().command(`${space}/orders/${low.id}/cancel`, undefined);
    await mine().command(`${space}/orders/${(await order(1)).id}/cancel`, undefined);
    await hearAll();
    expect(await letters()).toHaveLength(1);
    await point(70);
    await point(80);
    await hearAll();
    expect(await letters()).toHaveLength(2);
    await point(undefined);
    await order(60);
    await hearAll();
    expect(await letters()).toHaveLength(2);
  });
});
