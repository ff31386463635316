import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { eventKind } from "@yihao/table/event";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { WarehouseEvents } from "./model.ts";
import type { OrderView } from "./order-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("packing and shipping", () => {
  let table: Table;
  let staff: TestCaller;
  let company: TestCaller;
  let world: WarehouseWorld;
  let hearAll: () => Promise<number>;
  beforeAll(async () => {
    table = await freshTable();
    const api = testApi(table);
    staff = api.as("per_owner");
    company = api.as("per_one");
    world = await warehouseWorld(table, { stock: 60 });
    hearAll = streamByHand(table);
    await hearAll();
  });
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
    return items;
  };
  /** An order of the first two products, all picked. */
  const picked = async (): Promise<string> => {
    const lines = world.products.slice(0, 2).map((product) => ({ product, units: 3 }));
    const { id } = await company.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "王海涛" } });
    for (const line of [1, 2]) {
      const bin = `01-0${line}-01`;
      const scans = { bin, product: gtins[line - 1] };
      await staff.command(`${space}/orders/${id}/pick`, { warehouse: world.warehouse, line, bin, units: 3, scans });
    }
    return id;
  };
  const carton = (id: string, items: [string, number][], grams = 800) =>
    staff.send(
      "POST",
      `${space}/orders/${id}/cartons`,
      { items: items.map(([code, units]) => ({ code, units })), grams },
      key(),
    );
  const handling = async (document: string) =>
    (await allItems(table))
      .filter((item) => item.k === eventKind.name && item.type === "handling.done")
      .map((item) => item.data as WarehouseEvents["handling.done"])
      .filter((one) => one.document === document);

  it("a prefix gives every carton an SSCC of its own, also when two are closed at one time", async () => {
    const settings = await staff.send(
      "PUT",
      `${space}/warehouse-settings`,
      { gs1Prefix: "69700012", extension: 1 },
      {
        "if-match": '"0"',
      },
    );
    expect(settings.json()).toMatchObject({ gs1Prefix: "69700012", nextSerial: 0, rev: 1 });
    const ids = [await picked(), await picked()];
    const answers = await Promise.all(ids.map((id) => carton(id, [[gtins[0], 3]])));
    const numbers = answers.map((answer) => answer.json<OrderView>().cartons?.[0]?.sscc);
    expect(numbers.map((one) => one?.slice(0, 17)).sort()).toEqual(["16970001200000000", "16970001200000001"]);
    const lower = { gs1Prefix: "69700012", extension: 1, nextSerial: 1 };
    const refused = await staff.send("PUT", `${space}/warehouse-settings`, lower, { "if-match": '"1"' });
    expect(refused.json()).toMatchObject({ code: "sscc.serial", params: { least: 2 } });
  });

  it("the wrong thing, too much and a half-packed order are refused; packed, it leaves with its carrier and the company sees it", async () => {
    const id = await picked();
    expect((await carton(id, [[gtins[2], 1]])).json()).toMatchObject({ code: "pack.wrong" });
    expect((await carton(id, [[gtins[0], 4]])).json()).toMatchObject({ code: "pack.too-many", params: { left: 3 } });
    await carton(id, [[gtins[0], 3]]);
    const early = await staff.send("POST", `${space}/orders/${id}/ship`, {}, key());
    expect(early.json()).toMatchObject({ code: "pack.open", params: { left: 3 } });
    expect((await carton(id, [[gtins[1], 3]])).json()).toMatchObject({ state: "packed", cartons: [{}, {}] });
    const unknown = { shipment: { carrier: "other", numbers: ["AB12345"] } };
    expect((await staff.send("POST", `${space}/orders/${id}/ship`, unknown, key())).status).toBe(400);
    await staff.command(`${space}/orders/${id}/ship`, { shipment: { carrier: "sf", numbers: ["SF1000000000001"] } });
    const right = { carrier: "other", carrierName: "淮北同城", numbers: ["HB-20261124"] };
    await staff.send("PUT", `${space}/orders/${id}/shipment`, right);
    expect(await company.read(`${space}/orders/${id}`)).toMatchObject({
      ...{ state: "shipped", shipment: right },
      cartons: [{ number: 1, grams: 800, lines: [{ line: 1, units: 3 }] }, { number: 2 }],
    });
    await sound();
    const told = await handling(id);
    const packing = told.filter(({ operation }) => operation === "pack");
    expect(packing.toSorted((a, b) => (a.orders ?? 0) - (b.orders ?? 0))).toMatchObject([
      { units: 3, cartons: 1 },
      { units: 3, cartons: 1, orders: 1 },
    ]);
    expect(told.filter(({ operation }) => operation === "ship")).toMatchObject([{ units: 6, orders: 1, cartons: 2 }]);
  });

  it("a packed order that is cancelled gives everything back; nobody else sees or packs it", async () => {
    const id = await picked();
    await carton(id, [
      [gtins[0], 3],
      [gtins[1], 3],
    ]);
    expect((await company.send("POST", `${space}/orders/${id}/cartons/1/open`, undefined, key())).status).toBe(403);
    const before = await company.read<{ stock: { free: number } }>(`${space}/products/${world.products[0]}`);
    await company.command(`${space}/orders/${id}/cancel`, undefined);
    const after = await company.read<{ stock: { free: number; reserved: number } }>(
      `${space}/products/${world.products[0]}`,
    );
    expect(after.stock.free - before.stock.free).toBe(3);
    await sound();
  });

  it("a weight that cannot be is refused until it was weighed again", async () => {
    const [product] = world.products;
    const facts = await staff.read<{ product: { rev: number } }>(`${space}/products/${product}`);
    const edit = { name: "无火香薰 乌木 120 ml", code: "SKU-1", gtin: gtins[0], unit: "件", weightGrams: 1_500 };
    const edited = await staff.send("PUT", `${space}/products/${product}`, edit, {
      "if-match": `"${facts.product.rev}"`,
    });
    expect(edited.status).toBe(200);
    const id = await picked();
    expect((await carton(id, [[gtins[0], 3]])).json()).toMatchObject({ code: "pack.weight", params: { goods: 4_500 } });
    const again = { items: [{ code: gtins[0], units: 3 }], grams: 800, weighedAgain: true };
    await staff.command(`${space}/orders/${id}/cartons`, again);
    await staff.command(`${space}/orders/${id}/cartons/1/open`, undefined);
    expect((await carton(id, [[gtins[0], 3]], 4_700)).json()).toMatchObject({ cartons: [{ number: 1, grams: 4_700 }] });
  });
});
