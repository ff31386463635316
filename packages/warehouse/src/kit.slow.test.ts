import { newId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { createAsn } from "./asn-actions.ts";
import { checkWarehouse } from "./check.ts";
import { holdExpired } from "./expiry-actions.ts";
import type { KitDone } from "./kit-model.ts";
import type { AsnId, ProductId } from "./model.ts";
import { receiveLine } from "./receive-actions.ts";
import { putAway } from "./stock-actions.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("a kit of goods with lots, days and serials", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller;
  let mine: TestCaller;
  let hearAll: () => Promise<number>;
  let milk: string;
  let meter: string;
  let kit: string;

  const product = async (wish: object) => (await mine.command<{ id: string }>(`${space}/products`, wish)).id;
  const bring = async (id: string, code: string, goods: Parameters<typeof receiveLine>[3], bin: string) => {
    const { company, warehouse } = world;
    const lines = [{ product: id, units: goods.units }];
    const asn = take(await createAsn(scopeOf(table), { company, warehouse, lines }));
    take(await receiveLine(scopeOf(table), asn.id as AsnId, 1, goods));
    for (const lot of goods.serials ?? [goods.lot ?? ""]) {
      const units = goods.serials ? 1 : goods.units;
      const wish = { warehouse, product: id as ProductId, units, lot, scans: { bin, product: code } };
      take(await putAway(scopeOf(table), wish));
    }
    await hearAll();
  };
  const work = (how: string, units: number) =>
    staff.send("POST", `${space}/products/${kit}/${how}`, { warehouse: world.warehouse, units }, key());
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };
  const lists = { components: [] as object[] };

  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { stock: 30 });
    hearAll = streamByHand(table);
    await hearAll();
    const api = testApi(table);
    [staff, mine] = [api.as("per_owner"), api.as("per_one")];
    milk = await product({ name: "鲜奶", code: "MILK", track: "lot", dated: true });
    meter = await product({ name: "奶泡机", code: "FOAM", track: "serial" });
    kit = await product({ name: "早餐礼盒", code: "BREAK", track: "lot", dated: true });
    lists.components = [
      { product: milk, units: 2 },
      { product: meter, units: 1 },
      { product: world.products[0], units: 1 },
    ];
    await bring(milk, "MILK", { units: 6, lot: "LATE", expiry: "2027-03-01" }, "02-01-01");
    await bring(milk, "MILK", { units: 4, lot: "SOON", expiry: "2027-01-05" }, "02-02-01");
    await bring(meter, "FOAM", { units: 3, serials: ["F1", "F2", "F3"] }, "02-03-01");
  });

  it("must be kept as its parts ask for", async () => {
    const plain = await product({ name: "散装礼盒", code: "PLAIN" });
    const edit = (id: string) => mine.send("PUT", `${space}/products/${id}/kit`, lists, { "if-match": '"0"' });
    expect((await edit(plain)).json()).toMatchObject({ code: "kit.tracked", params: { track: "lot", dated: true } });
    expect((await edit(kit)).status).toBe(200);
  });

  it("takes what expires first, expires with the earliest of its parts, and comes apart into the same lots and serials", async () => {
    const answer = await work("assemble", 3);
    expect([answer.status, answer.status === 201 ? "" : answer.text]).toEqual([201, ""]);
    const done = answer.json<KitDone>();
    const milks = done.taken.filter((one) => one.product === milk).map(({ lot, units }) => [lot, units]);
    expect(milks).toEqual([
      ["SOON", 4],
      ["LATE", 2],
    ]);
    // Each has a machine of its own: three kits, three lots of them.
    expect(done.made.map(({ units, expiry }) => [units, expiry])).toEqual([
      [1, "2027-01-05"],
      [1, "2027-01-05"],
      [1, "2027-03-01"],
    ]);
    await sound();
    for (const { lot = "" } of done.made) {
      const wish = { warehouse: world.warehouse, product: kit as ProductId, units: 1, lot };
      take(await putAway(scopeOf(table), { ...wish, scans: { bin: "02-05-01", product: "BREAK" } }));
    }
    await hearAll();
    const apart = (await work("take-apart", 3)).json<KitDone>();
    const back = (id: string) =>
      apart.made
        .filter((one) => one.product === id)
        .map(({ lot, units }) => [lot, units])
        .sort();
    expect(back(milk)).toEqual([
      ["LATE", 2],
      ["SOON", 4],
    ]);
    expect(back(meter)).toEqual([
      ["F1", 1],
      ["F2", 1],
      ["F3", 1],
    ]);
    expect(back(world.products[0] ?? "")).toEqual([[undefined, 3]]);
    await sound();
  });

  it("that comes apart after a part's day gives that part back held, and nobody is promised it", async () => {
    for (const [id, code, lot, units] of [
      [milk, "MILK", "SOON", 4],
      [meter, "FOAM", "F1", 1],
    ] as const) {
      const wish = { warehouse: world.warehouse, product: id as ProductId, units, lot };
      take(await putAway(scopeOf(table), { ...wish, scans: { bin: "02-02-01", product: code } }));
    }
    await hearAll();
    const done = (await work("assemble", 1)).json<KitDone>();
    const [made] = done.made;
    const wish = { warehouse: world.warehouse, product: kit as ProductId, units: 1, lot: made?.lot };
    take(await putAway(scopeOf(table), { ...wish, scans: { bin: "02-05-01", product: "BREAK" } }));
    await holdExpired(scopeOf(table, { now: "2027-01-05T16:00:00.000Z" }), milk as ProductId, "SOON");
    await hearAll();
    const before = await mine.read<{ stock: { held: number; free: number } }>(`${space}/products/${milk}`);
    expect((await work("take-apart", 1)).status).toBe(201);
    const after = await mine.read<{ stock: { held: number; free: number } }>(`${space}/products/${milk}`);
    expect([after.stock.held - before.stock.held, after.stock.free - before.stock.free]).toEqual([2, 0]);
    await sound();
  });

  it("whose lot came ready made is not taken apart: nobody knows what it is made of", async () => {
    await bring(kit, "BREAK", { units: 1, lot: "MADE", expiry: "2026-12-24" }, "02-06-01");
    expect((await work("take-apart", 1)).json()).toMatchObject({ code: "kit.unknown", params: { lot: "MADE" } });
  });
});
