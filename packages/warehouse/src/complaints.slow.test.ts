import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, sameTable } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { OrderView } from "./order-model.ts";
import type { ListedProduct, Stock } from "./product-model.ts";

const space = "/spaces/spc_test";
const key = (id = newId("key")) => ({ "idempotency-key": id });

/** What users of other systems report, each a guarantee here that no other test is named for. */
describe("what warehouses elsewhere get wrong", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller[];
  let mine: TestCaller;
  let hearAll: () => Promise<number>;
  const stock = async (at: number) =>
    (await mine.read<{ stock: Stock }>(`${space}/products/${world.products[at]}`)).stock;
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };

  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { stock: 100 });
    hearAll = streamByHand(table);
    await hearAll();
    // Two copies of the API that share the table and nothing else.
    const apis = [testApi(table), testApi(sameTable(table, {}))];
    staff = apis.map((api) => api.as("per_owner"));
    mine = testApi(table).as("per_one");
  });

  it("what is picked stays reserved until it leaves, and no bin falls below nothing however many pick", async () => {
    const product = world.products[1];
    const wish = { lines: [{ product, units: 10 }], recipient: { name: "何一鸣" } };
    const orders = await Promise.all(
      Array.from({ length: 10 }, () => mine.command<OrderView>(`${space}/orders`, wish)),
    );
    const bin = "01-02-01";
    await staff[0]?.command(`${space}/moves`, {
      ...{ warehouse: world.warehouse, product, units: 70, from: bin, to: "02-02-01" },
    });
    const picks = await Promise.all(
      orders.map(({ id }, at) =>
        staff[at % 2]?.send(
          "POST",
          `${space}/orders/${id}/pick`,
          { warehouse: world.warehouse, line: 1, bin, units: 10 },
          key(),
        ),
      ),
    );
    expect(picks.filter((one) => one?.status === 201)).toHaveLength(3);
    expect(await stock(1)).toMatchObject({ onHand: 100, free: 0, reserved: 100 });
    await sound();
  });

  it("of 60 scans of one handheld, each sent twice and all at once, none is lost and none is done twice", async () => {
    const product = world.products[2];
    const { warehouse } = world;
    const asn = await mine.command<{ id: string }>(`${space}/asns`, { warehouse, lines: [{ product, units: 60 }] });
    await staff[0]?.command(`${space}/asns/${asn.id}/lines/1/receive`, { units: 60 });
    const scans = { bin: "02-03-01", product: gtins[2] };
    const wish = { warehouse, product, units: 1, asn: asn.id, scans };
    const ids = Array.from({ length: 60 }, () => newId("key"));
    const sent = ids.flatMap((id) => [0, 1].map((copy) => ({ id, copy })));
    const answers = await Promise.all(
      sent.map(async ({ id, copy }) => {
        let answer = await staff[copy]?.send("POST", `${space}/putaway`, wish, key(id));
        // As the phone does: what was not answered is sent again under its own id.
        while (answer && (answer.status >= 500 || answer.json<{ code?: string }>().code === "conflict"))
          answer = await staff[copy]?.send("POST", `${space}/putaway`, wish, key(id));
        return answer?.status;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([201]));
    const moves = (await allItems(table)).filter(({ k, to }) => k === "xfr" && to === `bin:${warehouse}:02-03-01`);
    expect(moves).toHaveLength(60);
    await sound();
  });

  it("a search reads no more among many products than among few", async () => {
    const units = async (text: string) => {
      const answer = await mine.send("GET", `${space}/products?text=${encodeURIComponent(text)}`);
      const found = answer.json<{ items: ListedProduct[] }>().items;
      const read = /read=([\d.]+)/.exec(answer.headers.get("x-capacity-units") ?? "")?.[1];
      return { found: found.map(({ code }) => code), read: Number(read) };
    };
    const few = await units("SKU-1");
    expect(few.found).toEqual(["SKU-1"]);
    const rows = Array.from({ length: 100 }, (_, at) => ({ row: at + 2, name: `新品 ${at}`, code: `N-${at}` }));
    await mine.send("POST", `${space}/stock/imports/products`, { rows }, key());
    expect(await units("SKU-1")).toEqual(few);
  });
});
