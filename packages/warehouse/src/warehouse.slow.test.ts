import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { timeline } from "@yihao/table/event";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { AsnView } from "./asn-model.ts";
import { checkWarehouse } from "./check.ts";
import type { WarehouseId } from "./model.ts";
import type { OrderView } from "./order-model.ts";
import type { ListedProduct } from "./product-model.ts";
import { closeStorageDays } from "./storage.ts";

const space = "/spaces/spc_test";
const sound = async (table: Table, copies = true) => {
  const items = await allItems(table);
  expect([...checkLedger(items), ...checkWarehouse(items, { copies })]).toEqual([]);
};
/** The door reads who asks: one unit of every request. */
const door = 1;

describe("the journey of goods", () => {
  let table: Table;
  let staff: TestCaller;
  let company: TestCaller;
  let warehouse: string;
  let hearAll: () => Promise<number>;
  let asn: AsnView;
  beforeAll(async () => {
    table = await freshTable();
    const api = testApi(table);
    staff = api.as("per_owner");
    company = api.as("per_one");
    ({ warehouse } = await warehouseWorld(table));
    hearAll = streamByHand(table);
  });
  const key = () => ({ "idempotency-key": newId("key") });

  it("a company tries a CSV, sees every fault with nothing written, then announces goods, new products included", async () => {
    const bad = `GTIN,名称,数量\n${gtins[0]},,120\n6901234567893,坏码,80\n`;
    const check = await company.send("POST", `${space}/asns/check`, { warehouse, csv: bad });
    expect(check.status).toBe(200);
    expect(check.json()).toMatchObject({ errors: [{ row: 3, column: "gtin", reason: "gtin.check" }] });
    const refused = await company.send("POST", `${space}/asns`, { warehouse, csv: bad }, key());
    expect([refused.status, refused.json<{ code: string }>().code]).toEqual([400, "asn.rows"]);
    const csv = `商品条码,名称,数量\n${gtins[0]},,120\n040170725,,3\n`.replace("040170725,,3", "40170725,新品 白茶,80");
    asn = await company.command<AsnView>(`${space}/asns`, { warehouse, csv });
    expect(asn).toMatchObject({ state: "expected", expected: 200, lines: 2 });
    expect(asn.items.map(({ name, expected }) => [name, expected])).toEqual([
      ["无火香薰 乌木 120 ml", 120],
      ["新品 白茶", 80],
    ]);
  });

  it("118 of 120 are received for at most 12 write units and 2 reads; 2 stay short when it is closed", async () => {
    const promisable = () => company.read(`${space}/products/${asn.items[0]?.product}/promisable`);
    expect(await promisable()).toMatchObject({ now: 0, coming: [{ asn: asn.id, units: 120, after: 120 }] });
    const answer = await staff.send(
      "POST",
      `${space}/asns/${asn.id}/lines/1/receive`,
      { units: 118, done: true },
      key(),
    );
    expect([answer.status, answer.text]).toMatchObject([201, expect.stringContaining('"received":118')]);
    expect(unitsOf(answer).write).toBeLessThanOrEqual(12);
    expect(unitsOf(answer).read).toBeLessThanOrEqual(2 + door);
    await staff.command(`${space}/asns/${asn.id}/lines/2/receive`, { units: 80 });
    await hearAll();
    expect(await company.read(`${space}/asns/${asn.id}`)).toMatchObject({ state: "received", short: 2, over: 0 });
    expect(await promisable()).toMatchObject({ now: 118, coming: [] });
    await sound(table);
  });

  it("a wrong product or bin is refused with where to go, and nothing is recorded", async () => {
    const [first] = asn.items;
    const task = { warehouse, asn: asn.id, product: first?.product, units: 118, bin: "01-01-01" };
    const wrong = await staff.send(
      "POST",
      `${space}/putaway`,
      { ...task, scans: { bin: "01-01-01", product: gtins[1] } },
      key(),
    );
    expect(wrong.json()).toMatchObject({ code: "scan.product", params: { expected: gtins[0], got: gtins[1] } });
    const bin = await staff.send(
      "POST",
      `${space}/putaway`,
      { ...task, scans: { bin: "01-01-03", product: gtins[0] } },
      key(),
    );
    expect(bin.json()).toMatchObject({ code: "scan.bin", params: { expected: "01-01-01", got: "01-01-03" } });
    const { bin: _bin, ...free } = task;
    const nowhere = await staff.send(
      "POST",
      `${space}/putaway`,
      { ...free, scans: { bin: "09-01-01", product: gtins[0] } },
      key(),
    );
    expect(nowhere.json()).toMatchObject({
      code: "bin.missing",
      params: { suggestions: [{ bin: "01-01-01" }, {}, {}, {}, {}] },
    });
    await sound(table);
  });

  it("goods are put away and moved for at most 10 write units and 2 reads each", async () => {
    const [first, second] = asn.items;
    const put = await staff.send(
      "POST",
      `${space}/putaway`,
      { warehouse, asn: asn.id, product: first?.product, units: 118, scans: { bin: "01-01-01", product: gtins[0] } },
      key(),
    );
    expect(put.status).toBe(201);
    expect(unitsOf(put).write).toBeLessThanOrEqual(10);
    expect(unitsOf(put).read).toBeLessThanOrEqual(2 + door);
    await staff.command(`${space}/putaway`, {
      warehouse,
      asn: asn.id,
      product: second?.product,
      units: 80,
      scans: { bin: "01-01-02", product: "40170725" },
    });
    const move = await staff.send(
      "POST",
      `${space}/moves`,
      { warehouse, product: first?.product, units: 18, from: "01-01-01", to: "01-02-01" },
      key(),
    );
    expect(move.status).toBe(201);
    expect(unitsOf(move).write).toBeLessThanOrEqual(12);
    expect(unitsOf(move).read).toBeLessThanOrEqual(2 + door);
    await hearAll();
    expect(await company.read(`${space}/asns/${asn.id}`)).toMatchObject({ state: "putaway", putaway: 198 });
    const closed = await staff.command<AsnView>(`${space}/asns/${asn.id}/close`, undefined);
    expect(closed).toMatchObject({ state: "closed", short: 2 });
    const late = await staff.send("POST", `${space}/asns/${asn.id}/lines/1/receive`, { units: 1 }, key());
    expect(late.json()).toMatchObject({ code: "asn.state" });
    await sound(table);
  });

  it("30 units ordered are reserved at once for at most 6 write units and 2 reads; a replay gets the first answer", async () => {
    const product = asn.items[0]?.product;
    const order = { lines: [{ product, units: 30 }], recipient: { name: "王海涛", phone: "13800000000" } };
    const once = key();
    const placed = await company.send("POST", `${space}/orders`, order, once);
    expect(placed.status).toBe(201);
    expect(unitsOf(placed).write).toBeLessThanOrEqual(6);
    expect(unitsOf(placed).read).toBeLessThanOrEqual(2 + door);
    const { id } = placed.json<OrderView>();
    const picks = `${space}/orders/${id}/picks?warehouse=${warehouse}`;
    const { items } = await staff.read<{ items: { bin: string; units: number }[] }>(picks);
    expect(items).toMatchObject([{ bin: "01-01-01", units: 30 }]);
    const pick = { warehouse, line: 1, bin: "01-01-01", units: 30, scans: { bin: "01-01-01", product: gtins[0] } };
    expect(await staff.command<OrderView>(`${space}/orders/${id}/pick`, pick)).toMatchObject({ state: "picked" });
    expect(await staff.command<OrderView>(`${space}/orders/${id}/ship`, undefined)).toMatchObject({ state: "shipped" });
    const again = await company.send("POST", `${space}/orders`, order, once);
    expect([again.status, again.json()]).toEqual([201, placed.json()]);
    await hearAll();
    await sound(table);
    const types = (await timeline(scopeOf(table), "cmp_one", { limit: 100 })).items.map((event) => event.type);
    for (const type of ["goods.received", "handling.done", "order.shipped"]) expect(types).toContain(type);
  });

  it("the stock card explains every unit on hand, page by page", async () => {
    const product = asn.items[0]?.product;
    type Rows = { items: { before: number; change: number; after: number }[]; next: string | null; onHand: number };
    const rows: Rows["items"] = [];
    let cursor = "";
    for (;;) {
      const page = await company.read<Rows>(`${space}/products/${product}/card?limit=2${cursor}`);
      rows.push(...page.items);
      expect(page.onHand).toBe(88);
      if (page.next === null) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
    expect(rows[0]?.after).toBe(88);
    expect(rows.at(-1)?.before).toBe(0);
    expect(rows.reduce((sum, row) => sum + row.change, 0)).toBe(88);
    for (const [index, row] of rows.entries()) {
      expect(row.before + row.change).toBe(row.after);
      if (index > 0) expect(rows[index - 1]?.before).toBe(row.after);
    }
    const stock = await company.read<{ items: ListedProduct[] }>(`${space}/stock`);
    expect(stock.items.find((one) => one.id === product)).toMatchObject({ onHand: 88, free: 88, reserved: 0 });
  });

  it("an occupied bin is one storage day for each day, closed once", async () => {
    const scope = () => scopeOf(table, { now: "2026-11-26T02:00:00.000Z" });
    const wish = { warehouse: warehouse as WarehouseId, until: "2026-11-30" };
    expect(await closeStorageDays(scope(), wish)).toEqual({ closed: 3, until: "2026-11-25" });
    expect(await closeStorageDays(scope(), wish)).toEqual({ closed: 0, until: "2026-11-25" });
    const events = (await timeline(scope(), "cmp_one", { limit: 200 })).items.filter(
      ({ type }) => type === "storage.day",
    );
    const data = events.map((event) => event.data as { day: string }).sort((a, b) => a.day.localeCompare(b.day));
    expect(data).toMatchObject(
      ["2026-11-23", "2026-11-24", "2026-11-25"].map((day) => ({
        day,
        bins: 3,
        codes: ["01-01-01", "01-01-02", "01-02-01"],
      })),
    );
  });

  it("cancelling gives everything back, and picked goods wait to be put away again", async () => {
    const product = asn.items[0]?.product;
    const order = await company.command<OrderView>(`${space}/orders`, {
      lines: [
        { product, units: 10 },
        { product, units: 5 },
      ],
      recipient: { name: "赵倩" },
    });
    await staff.command(`${space}/orders/${order.id}/pick`, { warehouse, line: 1, bin: "01-02-01", units: 4 });
    const cancelled = await company.command<OrderView>(`${space}/orders/${order.id}/cancel`, undefined);
    expect(cancelled).toMatchObject({ state: "cancelled" });
    await hearAll();
    const tasks = await staff.read<{ items: object[] }>(`${space}/warehouses/${warehouse}/putaway`);
    expect(tasks.items).toMatchObject([{ product, units: 4, suggestions: expect.anything() }]);
    await sound(table);
  });

  it("a short pick is picked again from another bin, and only what no bin has is short", async () => {
    const product = asn.items[0]?.product;
    await hearAll();
    const body = { lines: [{ product, units: 20 }], recipient: { name: "赵倩" } };
    const order = await company.command<OrderView>(`${space}/orders`, body);
    const picks = `${space}/orders/${order.id}/picks?warehouse=${warehouse}`;
    const first = (await staff.read<{ items: { bin: string }[] }>(picks)).items[0]?.bin ?? "";
    const pick = { warehouse, line: 1, bin: first, units: 8, short: "not-found" };
    expect(await staff.command(`${space}/orders/${order.id}/pick`, pick)).toMatchObject({
      state: "picking",
      lines: [{ picked: 8, avoid: [first] }],
    });
    await hearAll();
    const { items } = await staff.read<{ items: { bin: string; units: number }[] }>(picks);
    expect(items.some(({ bin }) => bin === first)).toBe(false);
    const other = { warehouse, line: 1, bin: items[0]?.bin, units: 1, short: "not-found" };
    expect(await staff.command(`${space}/orders/${order.id}/pick`, other)).toMatchObject({
      state: "picked",
      lines: [{ picked: 9, short: "not-found" }],
    });
    await company.command(`${space}/orders/${order.id}/cancel`, undefined);
    await hearAll();
    await sound(table);
  });

  it("a batch sums a product's lines before it decides, and says what is available", async () => {
    const product = asn.items[1]?.product;
    const body = {
      lines: [
        { product, units: 50 },
        { product, units: 50 },
      ],
      recipient: { name: "周敏" },
    };
    const answer = await company.send("POST", `${space}/orders`, body, key());
    expect(answer.json()).toMatchObject({
      code: "stock.short",
      params: {
        lines: [
          { line: 1, units: 50, wanted: 100, available: 80 },
          { line: 2, units: 50, wanted: 100, available: 80 },
        ],
      },
    });
    await sound(table);
  });

  it("another company sees and takes nothing of it", async () => {
    const stranger = testApi(table).as("per_two");
    const product = asn.items[0]?.product;
    for (const path of [
      `/asns/${asn.id}`,
      `/products/${product}`,
      `/products/${product}/card`,
      `/asns?company=cmp_one`,
    ])
      expect((await stranger.send("GET", `${space}${path}`)).status).toBe(404);
    expect((await stranger.send("GET", `${space}/warehouses/${warehouse}/bins`)).status).toBe(403);
    const order = { lines: [{ product, units: 1 }], recipient: { name: "x" } };
    expect((await stranger.send("POST", `${space}/orders`, order, key())).status).toBe(404);
  });
});

describe("bins and products", () => {
  it("bins come all or none: one taken code leaves nothing behind, over 90 at a time", async () => {
    const table = await freshTable();
    const { warehouse } = await warehouseWorld(table);
    const staff = testApi(table).as("per_owner");
    const zone = { code: "B", name: "存储", kind: "reserve" };
    const path = `${space}/warehouses/${warehouse}/bins`;
    const clash = await staff.send("POST", path, { zone, racks: { from: 0 + 3, to: 3 }, columns: 10, levels: 3 });
    expect(clash.status).toBe(201);
    const taken = await staff.send("POST", path, { zone, racks: { from: 3, to: 9 }, columns: 10, levels: 3 });
    expect(taken.json()).toMatchObject({ code: "bin.exists" });
    const big = await staff.send("POST", path, { zone, racks: { from: 10, to: 16 }, columns: 10, levels: 3 });
    expect(big.json()).toMatchObject({ made: 210 });
    const { bins } = await staff.read<{ bins: unknown[] }>(path);
    expect(bins).toHaveLength(60 + 30 + 210);
    const both = await Promise.all(
      [20, 20].map((rack) =>
        staff.send(
          "POST",
          path,
          { zone, racks: { from: rack, to: rack }, columns: 5, levels: 2 },
          { "idempotency-key": newId("key") },
        ),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await staff.read<{ bins: unknown[] }>(path)).bins).toHaveLength(310);
  });

  it("a full or locked bin takes nothing in, at one time or by many at once", async () => {
    const table = await freshTable();
    const { warehouse, products } = await warehouseWorld(table, { stock: 20, capacity: 25 });
    const staff = testApi(table).as("per_owner");
    const [product] = products;
    const move = (to: string, units: number) =>
      staff.send(
        "POST",
        `${space}/moves`,
        { warehouse, product, units, from: "01-01-01", to },
        { "idempotency-key": newId("key") },
      );
    const many = await Promise.all(Array.from({ length: 10 }, () => move("01-02-01", 1)));
    expect(many.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(many.find(({ status }) => status !== 201)?.json()).toMatchObject({ code: "bin.full" });
    const lock = await staff.send(
      "PATCH",
      `${space}/warehouses/${warehouse}/bins/01-05-01`,
      { lock: "盘点" },
      { "if-match": '"1"' },
    );
    expect(lock.status).toBe(200);
    expect((await move("01-05-01", 1)).json()).toMatchObject({ code: "bin.locked", params: { lock: "盘点" } });
    await streamByHand(table)();
    await sound(table);
  });

  it("every page of a long product list costs the same, and a code or GTIN is an owner's once", async () => {
    const table = await freshTable();
    const { products } = await warehouseWorld(table);
    const staff = testApi(table).as("per_owner");
    const { listedKey, listedKind } = await import("./store.ts");
    const { commit } = await import("@yihao/table/commit");
    const { insert } = await import("@yihao/table/write");
    const scope = scopeOf(table);
    const stock = { onHand: 0, free: 0, reserved: 0, pledged: 0, held: 0 };
    for (let start = 0; start < 1000; start += 100) {
      const writes = Array.from({ length: 100 }, (_, at) => {
        const number = String(start + at).padStart(5, "0");
        const product = {
          id: `prd_${number}` as const,
          company: "cmp_one" as const,
          code: `P-${number}`,
          name: "商品",
          unit: "件",
        };
        return insert(listedKey(scope, product), listedKind, { ...product, ...stock });
      });
      await commit({ ...scope, command: { id: `auto:${start}`, print: "" } }, writes, { answer: null });
    }
    const costs: number[] = [];
    let cursor: string | null = "";
    let seen = 0;
    while (cursor !== null) {
      const answer = await staff.send(
        "GET",
        `${space}/products?company=cmp_one${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      );
      const page: { items: unknown[]; next: string | null } = answer.json();
      costs.push(unitsOf(answer).read);
      seen += page.items.length;
      cursor = page.next;
    }
    expect(seen).toBe(1003);
    expect(Math.max(...costs)).toBeLessThanOrEqual((costs[0] ?? 0) + 0.5);
    const found = await staff.read<{ items: ListedProduct[] }>(`${space}/products?text=whxx`);
    expect(found.items.map(({ id }) => id)).toEqual([products[0]]);
    // Asked by their ids, whoever asks gets what they may see alone, each once.
    const ids = [products[1], products[0], products[1], "prd_nobody"].join();
    const byIds = async (who: TestCaller) =>
      (await who.read<{ items: ListedProduct[] }>(`${space}/products?ids=${ids}`)).items.map(({ id }) => id);
    expect(await byIds(staff)).toEqual([products[1], products[0]]);
    expect(await byIds(testApi(table).as("per_two"))).toEqual([]);
    const twice = await staff.send(
      "POST",
      `${space}/products`,
      { company: "cmp_one", name: "重复", gtin: gtins[0] },
      { "idempotency-key": newId("key") },
    );
    expect(twice.json()).toMatchObject({ code: "product.taken", params: { of: "gtin", product: products[0] } });
    const own = await staff.send(
      "POST",
      `${space}/products`,
      { company: "cmp_two", name: "同码", gtin: gtins[0] },
      { "idempotency-key": newId("key") },
    );
    expect(own.status).toBe(201);
  });

  it("a product changed under another code keeps its stock in the list", async () => {
    const table = await freshTable();
    const { products } = await warehouseWorld(table, { stock: 12 });
    await streamByHand(table)();
    const company = testApi(table).as("per_one");
    const path = `${space}/products/${products[0]}`;
    const edit = { name: "无火香薰 檀木", code: "NEW-1", unit: "瓶" };
    const done = await company.send("PUT", path, edit, { "if-match": '"1"' });
    expect(done.status).toBe(200);
    const stale = await company.send("PUT", path, edit, { "if-match": '"1"' });
    expect(stale.status).toBe(412);
    const { items } = await company.read<{ items: ListedProduct[] }>(`${space}/stock`);
    expect(items.map(({ code, onHand }) => [code, onHand])).toContainEqual(["NEW-1", 12]);
    expect(items).toHaveLength(3);
    await sound(table);
  });
});
