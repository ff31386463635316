import { newId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { checkLedger } from "@yihao/ledger/check";
import type { Table, Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { get } from "@yihao/table/read";
import { testApi } from "@yihao/testing/api";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import { createAsn } from "./asn-actions.ts";
import { editBin } from "./bin-actions.ts";
import { checkWarehouse } from "./check.ts";
import type { AsnId, ProductId } from "./model.ts";
import { finishOrder, listOrders, pickLine, placeOrder } from "./order-actions.ts";
import type { OrderView } from "./order-model.ts";
import { editProduct, readProduct } from "./product-actions.ts";
import { receiveLine } from "./receive-actions.ts";
import { moveGoods } from "./stock-actions.ts";
import { binKey, binKind } from "./store.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });
async function sound(table: Table, copies: boolean) {
  const items = await allItems(table);
  expect([...checkLedger(items), ...checkWarehouse(items, { copies })]).toEqual([]);
}

describe("many at one time", () => {
  it("100 clients that want 200 of 120 get exactly 120, the rest are told what is left", async () => {
    const table = await freshTable();
    const { products } = await warehouseWorld(table, { stock: 120 });
    const company = testApi(table).as("per_one");
    const body = { lines: [{ product: products[0], units: 2 }], recipient: { name: "王海涛" } };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => company.send("POST", `${space}/orders`, body, key())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer.json()).toMatchObject({ code: "stock.short", params: { lines: [{ available: 0 }] } });
    await streamByHand(table)();
    const stock = await company.read(`${space}/products/${products[0]}`);
    expect(stock).toMatchObject({ stock: { onHand: 120, free: 0, reserved: 120 } });
    await sound(table, true);
  });

  it("parallel picks, moves, receipts and cancels of the same goods keep every identity", async () => {
    const table = await freshTable();
    const { warehouse, products } = await warehouseWorld(table, { stock: 40 });
    const api = testApi(table);
    const [staff, company] = [api.as("per_owner"), api.as("per_one")];
    const [product] = products;
    const body = { lines: [{ product, units: 5 }], recipient: { name: "赵倩" } };
    const orders = await Promise.all(
      Array.from({ length: 6 }, () => company.command<OrderView>(`${space}/orders`, body)),
    );
    const asn = await company.command<{ id: string }>(`${space}/asns`, { warehouse, lines: [{ product, units: 20 }] });
    await Promise.all([
      ...orders.flatMap(({ id }) => [
        staff.send("POST", `${space}/orders/${id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 3 }, key()),
        staff.send("POST", `${space}/orders/${id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 3 }, key()),
        company.send("POST", `${space}/orders/${id}/cancel`, undefined, key()),
        staff.send("POST", `${space}/orders/${id}/ship`, undefined, key()),
      ]),
      ...Array.from({ length: 8 }, () =>
        staff.send("POST", `${space}/moves`, { warehouse, product, units: 6, from: "01-01-01", to: "02-01-01" }, key()),
      ),
      ...Array.from({ length: 4 }, () =>
        staff.send("POST", `${space}/asns/${asn.id}/lines/1/receive`, { units: 5, damaged: 1 }, key()),
      ),
    ]);
    await sound(table, false);
    await streamByHand(table)();
    await sound(table, true);
    expect(await company.read(`${space}/asns/${asn.id}`)).toMatchObject({
      received: 20,
      damaged: 4,
      state: "received",
    });
    expect(await company.read(`${space}/products/${product}`)).toMatchObject({ stock: { held: 4 } });
  });

  it("an order of 40 lines goes out in steps, and whoever asks again goes on from there", async () => {
    const table = await freshTable();
    const { warehouse, products, company } = await warehouseWorld(table, { stock: 40 });
    const lines = Array.from({ length: 40 }, (_, at) => ({ product: products[at % 3] ?? "", units: 1 }));
    const placed = await placeOrder(scopeOf(table), { company, lines, recipient: { name: "周敏" } });
    if (!placed.ok) throw new Error(placed.refusal.code);
    for (const line of placed.value.lines) {
      const bin = `01-0${products.indexOf(line.product as never) + 1}-01`;
      const units = line.line === 40 ? 0 : 1;
      const wish = { warehouse, line: line.line, bin, units, ...(units === 0 ? { short: "not-found" as const } : {}) };
      const picked = await pickLine(scopeOf(table), placed.value.id, wish);
      expect(picked.ok).toBe(true);
    }
    const both = await Promise.all([1, 2].map(() => finishOrder(scopeOf(table), placed.value.id, "shipping")));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => ok)).toMatchObject({ value: { state: "shipped" } });
    await streamByHand(table)();
    await sound(table, true);
    const list = await listOrders(scopeOf(table), { open: true });
    expect(list).toMatchObject({ ok: true, value: { items: [] } });
  });

  it("how goods are told apart is not changed in the very moment in which some come in", async () => {
    const table = await freshTable();
    const { warehouse, products, company } = await warehouseWorld(table);
    const product = products[0] as ProductId;
    const lines = [{ product, units: 5 }];
    const asn = take(await createAsn(scopeOf(table), { company, warehouse, lines }));
    let came = false;
    const through: Through = async (call, send) => {
      if (!came && call.constructor.name === "TransactWriteItemsCommand") {
        came = true;
        take(await receiveLine(scopeOf(table), asn.id as AsnId, 1, { units: 5 }));
      }
      return send(call);
    };
    const { rev, id: _id, company: _company, ...facts } = take(await readProduct(scopeOf(table), product));
    const wish = { ...facts, track: "lot" as const };
    expect(await editProduct(scopeOf(sameTable(table, { through })), product, rev, wish)).toMatchObject({
      refusal: { code: "product.tracked", params: { onHand: 5 } },
    });
    await streamByHand(table)();
    await sound(table, true);
  });

  it("goods leave no bin by a move that is locked in the very moment they would", async () => {
    const table = await freshTable();
    const { warehouse, products } = await warehouseWorld(table, { stock: 10 });
    const [product = "prd_x"] = products;
    const bin = await get(scopeOf(table), binKind, binKey(scopeOf(table), warehouse, "01-01-01"));
    let locked = false;
    const through: Through = async (call, send) => {
      if (!locked && call.constructor.name === "TransactWriteItemsCommand") {
        locked = true;
        take(await editBin(scopeOf(table), warehouse, "01-01-01", bin?.rev ?? 0, { lock: "破损待查" }));
      }
      return send(call);
    };
    const wish = { warehouse, product, units: 2, from: "01-01-01", to: "02-01-01" };
    expect(await moveGoods(scopeOf(sameTable(table, { through })), wish)).toMatchObject({
      refusal: { code: "bin.locked", params: { bin: "01-01-01", lock: "破损待查" } },
    });
    await streamByHand(table)();
    await sound(table, true);
  });
});
