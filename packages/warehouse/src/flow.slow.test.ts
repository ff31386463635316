import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { binAccount, placeBook, skuOf } from "./books.ts";
import { checkWarehouse } from "./check.ts";
import type { Replenishment } from "./face-model.ts";
import type { ProductId, WarehouseView } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import type { Stock } from "./product-model.ts";
import type { StockDetail } from "./stock-reads.ts";
import { planTakeBack } from "./take-back.ts";
import type { SiteTransferView } from "./transfer-model.ts";
import type { WaveView, WaveWork } from "./wave-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("waves, transfers, kits and replenishment", () => {
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
  };
  const product = (at: number) => world.products[at] ?? "";
  const stock = async (at: number) => (await company.read<{ stock: Stock }>(`${space}/products/${product(at)}`)).stock;
  const refused = async (path: string, wish: unknown) =>
    (await staff.send("POST", `${space}${path}`, wish, key())).json<{
      code: string;
      params: Record<string, unknown>;
    }>();
  const ordered = (units: number, at = 0) =>
    company.command<OrderView>(`${space}/orders`, {
      ...{ lines: [{ product: product(at), units }], recipient: { name: "王海涛" } },
    });

  it("an order is in one wave only, also when two are made at one time; ended, its orders are free again", async () => {
    const { id } = await ordered(2);
    const wish = { warehouse: world.warehouse, kind: "batch", orders: [id] };
    const both = await Promise.all([0, 1].map(() => staff.send("POST", `${space}/waves`, wish, key())));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const wave = both.find(({ status }) => status === 201)?.json<WaveView>();
    expect((await company.send("GET", `${space}/waves/${wave?.id}`)).status).toBe(403);
    await staff.command(`${space}/waves/${wave?.id}/end`, undefined);
    expect(await refused(`/waves/${wave?.id}/end`, undefined)).toMatchObject({ code: "wave.state" });
    const again = await staff.command<WaveView>(`${space}/waves`, wish);
    await company.command(`${space}/orders/${id}/cancel`, undefined);
    expect(await staff.read(`${space}/waves/${again.id}`)).toMatchObject({ wave: { state: "done" }, stops: [] });
  });

  it("one halt picks for all orders; a replay picks once, another figure is refused, what is short falls to the last slot", async () => {
    const orders = [await ordered(4), await ordered(5), await ordered(3)];
    const wish = { warehouse: world.warehouse, kind: "cluster", orders: orders.map(({ id }) => id) };
    const { id } = await staff.command<WaveView>(`${space}/waves`, wish);
    const work = () => staff.read<WaveWork>(`${space}/waves/${id}`);
    const [stop] = (await work()).stops;
    expect(stop).toMatchObject({ bin: "01-01-01", units: 12, parts: [{ units: 4 }, { units: 5 }, { units: 3 }] });
    const pick = { bin: "01-01-01", product: product(0), wanted: 12, scans: { bin: "01-01-01", product: gtins[0] } };
    expect(await refused(`/waves/${id}/pick`, { ...pick, wanted: 11, units: 11 })).toMatchObject({
      code: "wave.moved",
    });
    const wrong = { ...pick, units: 12, scans: { bin: "01-01-01", product: gtins[1] } };
    expect(await refused(`/waves/${id}/pick`, wrong)).toMatchObject({ code: "scan.product" });
    const once = key();
    const short = { ...pick, units: 10, short: "damaged" };
    const twice = [1, 2].map(() => staff.send("POST", `${space}/waves/${id}/pick`, short, once));
    for (const answer of await Promise.all(twice)) expect(answer.status).toBe(201);
    expect((await work()).slots.map(({ lines }) => lines[0]?.picked)).toEqual([4, 5, 1]);
    expect((await work()).wave.state).toBe("done");
    await sound();
  });

  it("what is sorted to a slot is kept for whoever goes on, never more than was picked, also when two sort at one time", async () => {
    const { id: first } = await ordered(3);
    const wish = { warehouse: world.warehouse, kind: "batch", orders: [first] };
    const { id } = await staff.command<WaveView>(`${space}/waves`, wish);
    const [stop] = (await staff.read<WaveWork>(`${space}/waves/${id}`)).stops;
    const pick = { bin: stop?.bin, product: product(0), wanted: 3, units: 3 };
    await staff.command(`${space}/waves/${id}/pick`, pick);
    const put = { slot: 1, line: 1, units: 1 };
    const all = await Promise.all(
      Array.from({ length: 5 }, () => staff.send("POST", `${space}/waves/${id}/sort`, put, key())),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([201, 201, 201, 409, 409]);
    expect(await refused(`/waves/${id}/sort`, put)).toMatchObject({ code: "wave.sorted", params: { left: 0 } });
    expect(await refused(`/waves/${id}/sort`, { ...put, slot: 2 })).toMatchObject({ code: "missing" });
    const again = await staff.read<WaveWork>(`${space}/waves/${id}`);
    expect(again.slots[0]?.lines[0]).toMatchObject({ picked: 3, sorted: 3 });
    await company.command(`${space}/orders/${first}/cancel`, undefined);
  });

  it("goods on their way to another warehouse are promised to nobody; what is lost is written off", async () => {
    const other = await staff.command<WarehouseView>(`${space}/warehouses`, { name: "二号仓", zone: "Asia/Shanghai" });
    const before = await stock(1);
    const wish = {
      ...{ company: world.company, from: world.warehouse, to: other.id },
      lines: [{ product: product(1), bin: "01-02-01", units: 10 }],
    };
    expect(await refused("/transfers", { ...wish, to: world.warehouse })).toMatchObject({ code: "transfer.same" });
    const much = { ...wish, lines: [{ product: product(1), bin: "01-02-01", units: 61 }] };
    expect(await refused("/transfers", much)).toMatchObject({ code: "stock.short" });
    const { id } = await staff.command<SiteTransferView>(`${space}/transfers`, wish);
    expect(await stock(1)).toMatchObject({ onHand: before.onHand, free: before.free - 10, held: before.held + 10 });
    const line = `/transfers/${id}/lines/1/receive`;
    expect(await refused(line, { units: 11 })).toMatchObject({ code: "transfer.over", params: { left: 10 } });
    await staff.command(`${space}${line}`, { units: 8, damaged: 1 });
    await staff.command(`${space}/transfers/${id}/close`, undefined);
    expect(await stock(1)).toMatchObject({ onHand: before.onHand - 2, free: before.free - 3, held: before.held + 1 });
    const { items } = await staff.read<{ items: { units: number }[] }>(`${space}/warehouses/${other.id}/putaway`);
    expect(items.map(({ units }) => units)).toEqual([]);
    await sound();
    const heard = await staff.read<{ items: { units: number }[] }>(`${space}/warehouses/${other.id}/putaway`);
    expect(heard.items.map(({ units }) => units)).toEqual([7]);
  });

  it("a kit is put together of free components and taken apart again, all or nothing", async () => {
    const kit = await company.command<{ id: string }>(`${space}/products`, { name: "礼盒", code: "BOX-1" });
    const list = {
      components: [
        { product: product(0), units: 2 },
        { product: product(1), units: 1 },
      ],
    };
    const edit = (wish: object) => company.send("PUT", `${space}/products/${kit.id}/kit`, wish, { "if-match": '"0"' });
    expect((await edit({ components: [{ product: kit.id, units: 1 }] })).json()).toMatchObject({ code: "kit.itself" });
    expect((await edit(list)).status).toBe(200);
    const [tea, flour] = [await stock(0), await stock(1)];
    expect(await company.read(`${space}/products/${kit.id}/kit`)).toMatchObject({
      buildable: Math.min(Math.floor(tea.free / 2), flour.free),
    });
    const work = (units: number) => ({ warehouse: world.warehouse, units });
    expect(await refused(`/products/${kit.id}/assemble`, work(60))).toMatchObject({ code: "stock.short" });
    const both = await Promise.all(
      [3, 3].map((units) => staff.command(`${space}/products/${kit.id}/assemble`, work(units))),
    );
    expect(both).toHaveLength(2);
    expect((await stock(0)).free).toBe(tea.free - 12);
    await hearAll();
    await staff.command(`${space}/putaway`, {
      ...{ warehouse: world.warehouse, product: kit.id, units: 6, scans: { bin: "02-05-01", product: "BOX-1" } },
    });
    await hearAll();
    await staff.command(`${space}/products/${kit.id}/take-apart`, work(2));
    expect((await stock(0)).free).toBe(tea.free - 8);
    expect((await stock(1)).free).toBe(flour.free - 4);
    await sound();
  });

  it("a face that runs low asks for goods of another bin until it is filled; a locked bin neither gives nor takes", async () => {
    const faces = `${space}/warehouses/${world.warehouse}/faces`;
    const tasks = async () => {
      const path = `${space}/warehouses/${world.warehouse}/replenishments`;
      return (await staff.read<{ items: Replenishment[] }>(path)).items;
    };
    const wish = { product: product(2), min: 5, max: 20 };
    expect((await staff.send("PUT", `${faces}/02-09-01`, { ...wish, max: 5 })).json()).toMatchObject({
      code: "face.limits",
    });
    expect((await staff.send("PUT", `${faces}/02-09-01`, wish)).status).toBe(200);
    expect(await tasks()).toMatchObject([{ from: "01-03-01", to: "02-09-01", units: 20 }]);
    const map = await staff.read<{ bins: { code: string; rev: number }[] }>(
      `${space}/warehouses/${world.warehouse}/bins`,
    );
    const rev = map.bins.find(({ code }) => code === "01-03-01")?.rev;
    const bin = `${space}/warehouses/${world.warehouse}/bins/01-03-01`;
    const locked = await staff.send("PATCH", bin, { lock: "货架坏了" }, { "if-match": `"${rev}"` });
    expect(locked.status).toBe(200);
    expect(await tasks()).toMatchObject([{ from: null }]);
    const move = { warehouse: world.warehouse, product: product(2), units: 20, from: "01-03-01", to: "02-09-01" };
    expect(await refused("/moves", move)).toMatchObject({ code: "bin.locked" });
    const { rev: next } = locked.json<{ rev: number }>();
    await staff.send("PATCH", bin, { lock: null }, { "if-match": `"${next}"` });
    await staff.command(`${space}/moves`, move);
    await hearAll();
    expect(await tasks()).toEqual([]);
    expect((await staff.send("DELETE", `${faces}/02-09-01`)).status).toBeLessThan(300);
    await sound();
  });

  it("what was taken back for want of goods is reserved anew once it is there again, and not before", async () => {
    const { id } = await ordered(5, 2);
    await hearAll();
    const { free, places } = (await company.read<{ stock: StockDetail }>(`${space}/products/${product(2)}`)).stock;
    const scope = scopeOf(table);
    const goods = { company: world.company, product: product(2) as ProductId };
    const document = "test";
    const taken = await planTakeBack(scope, { ...goods, units: free + 4, to: "outside", document });
    // They are missing where they lay.
    const common = { do: "move", book: placeBook(goods.company, goods.product), unit: skuOf(goods.product) } as const;
    const missing: Entry[] = [];
    let left = free + 4;
    for (const { bin, units } of places) {
      const amount = Math.min(left, bin === undefined ? 0 : units);
      left -= amount;
      const from = binAccount(world.warehouse, bin ?? "");
      if (amount > 0) missing.push({ ...common, from, to: "variance", amount, document });
    }
    expect(left).toBe(0);
    const plan = planTransfers(scope, [...taken.entries, ...missing]);
    await commit(scope, [...plan.writes, ...taken.writes], { answer: null });
    expect(await company.read(`${space}/orders/${id}`)).toMatchObject({ lines: [{ released: 4, backordered: 4 }] });
    expect(await refused(`/orders/${id}/reserve`, undefined)).toMatchObject({ code: "stock.short" });
    const lines = [{ product: product(2), units: 3 }];
    const asn = await company.command<{ id: string }>(`${space}/asns`, { warehouse: world.warehouse, lines });
    await staff.command(`${space}/asns/${asn.id}/lines/1/receive`, { units: 3 });
    await company.command(`${space}/orders/${id}/reserve`, undefined);
    expect(await company.read(`${space}/orders/${id}`)).toMatchObject({ lines: [{ released: 1, backordered: 1 }] });
    await sound();
  });
});
