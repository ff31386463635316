import { newId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { binView } from "./bin-actions.ts";
import { facesOf } from "./face-actions.ts";
import type { Replenishment } from "./face-model.ts";
import type { OwnerRulesView } from "./owner-model.ts";
import type { Product } from "./product-model.ts";
import { suggestionsOf } from "./putaway-reads.ts";
import { elevationOf, productsOf, warehouseOf } from "./store.ts";
import { suggestBins } from "./suggest.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("what is read grows with what is asked, not with the warehouse", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller;
  let mine: TestCaller;
  let theirs: TestCaller;
  let hearAll: () => Promise<number>;
  let place = "";
  const bins = (zone: object, racks: { from: number; to: number }) =>
    staff.command(`${place}/bins`, { zone, racks, columns: 10, levels: 3 });
  const pick = { code: "A", name: "快拣", kind: "pick" };

  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { stock: 40 });
    const api = testApi(table);
    [staff, mine, theirs] = [api.as("per_owner"), api.as("per_one"), api.as("per_two")];
    hearAll = streamByHand(table);
    place = `${space}/warehouses/${world.warehouse}`;
    await bins(pick, { from: 3, to: 6 });
    await hearAll();
  });

  /** The warehouse with 100 products of another owner and 120 bins more. */
  const grow = async () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({ row: at + 2, name: `新品 ${at}`, code: `N-${at}` }));
    expect((await theirs.send("POST", `${space}/stock/imports/products`, { rows }, key())).json()).toMatchObject({
      done: 100,
    });
    for (let part = 0; part < 2; part += 1) {
      const lying = Array.from({ length: 50 }, (_, at) => ({
        ...{ row: at + 2, code: `N-${at + part * 50}`, units: 3 },
        bin: `0${5 + part}-${String(1 + (at % 10)).padStart(2, "0")}-01`,
      }));
      const body = { company: world.other, warehouse: world.warehouse, rows: lying };
      const brought = await staff.send("POST", `${space}/stock/imports/openings`, body, key());
      expect(brought.json()).toMatchObject({ done: 50, faults: [] });
    }
    await bins(pick, { from: 7, to: 10 });
    await hearAll();
  };

  it("where to put goods, what pick faces want and what an owner may still store cost the same with 100 products and 120 bins more", async () => {
    const [product = "", second] = world.products;
    const limits = { classes: [], mostBins: 50, mostUnits: 5_000, mostMl: 900_000 };
    const rules = await mine.read<OwnerRulesView>(`${space}/owners/${world.company}/storage`);
    const head = { "if-match": `"${rules.rev}"` };
    expect((await staff.send("PUT", `${space}/owners/${world.company}/storage`, limits, head)).status).toBe(200);
    const face = { product: second, min: 5, max: 10 };
    expect((await staff.send("PUT", `${place}/faces/01-05-01`, face)).status).toBe(200);
    const lines = [{ product, units: 500 }];
    const { id } = await mine.command<{ id: string }>(`${space}/asns`, { warehouse: world.warehouse, lines });
    await staff.command(`${space}/asns/${id}/lines/1/receive`, { units: 20 });
    await hearAll();
    const read = async (path: string) => {
      const answer = await staff.send("GET", path);
      expect(answer.status).toBe(200);
      return { units: unitsOf(answer).read, items: answer.json<{ items?: unknown[] }>().items };
    };
    const done = async (path: string, body: object) => {
      const answer = await staff.send("POST", path, body, key());
      expect(answer.status).toBe(201);
      await hearAll();
      return unitsOf(answer).read;
    };
    const costs = async (bin: string) => ({
      putaway: await read(`${place}/putaway`),
      suggestions: await read(`${place}/suggestions?product=${product}&units=3`),
      replenish: await read(`${place}/replenishments`),
      receive: await done(`${space}/asns/${id}/lines/1/receive`, { units: 2 }),
      put: await done(`${space}/putaway`, {
        ...{ warehouse: world.warehouse, product, units: 2, scans: { bin, product: gtins[0] } },
      }),
      back: await done(`${space}/moves`, {
        ...{ warehouse: world.warehouse, product, units: 2, from: bin, to: "01-01-01" },
      }),
      use: (await mine.read<OwnerRulesView>(`${space}/owners/${world.company}/storage`)).use,
    });
    // Once before it is measured, so that the bin has been somebody's both times.
    await costs("01-06-01");
    const before = await costs("01-06-01");
    expect(before.putaway.items).toMatchObject([
      { product, units: 20, suggestions: [{ bin: "01-01-01" }, {}, {}, {}, {}] },
    ]);
    expect(before.replenish.items as Replenishment[]).toMatchObject([{ to: "01-05-01", from: "01-02-01", units: 10 }]);
    await grow();
    const after = await costs("01-06-01");
    // What is received meanwhile is more in receiving, and in the use.
    const figures = ({ putaway, suggestions, replenish, receive, put, back }: typeof after) => ({
      ...{ putaway: putaway.units, suggestions, replenish, receive, put, back },
    });
    expect(figures(after)).toEqual(figures(before));
    expect(after.use).toEqual({ ...before.use, units: before.use.units + 2 });
  });

  it("names the bins that reading the whole warehouse would: also where a zone that is walked later has the lower codes, bins are full, and zones are kept to kinds of goods", async () => {
    const scope = scopeOf(table);
    const { id } = await staff.command<{ id: string }>(`${space}/warehouses`, {
      name: "二号仓",
      zone: "Asia/Shanghai",
    });
    const path = `${space}/warehouses/${id}/bins`;
    const zones = [
      { zone: { code: "R", name: "存储", kind: "reserve" }, racks: { from: 20, to: 22 }, capacity: 30 },
      { zone: { code: "P", name: "快拣", kind: "pick" }, racks: { from: 1, to: 6 }, capacity: 30 },
      { zone: { code: "Q", name: "隔离", kind: "quarantine" }, racks: { from: 30, to: 30 } },
      { zone: { code: "U", name: "不补零", kind: "pick" }, racks: { from: 98, to: 102 }, capacity: 30 },
    ];
    for (const one of zones) {
      const names = one.zone.code === "U" ? { names: { racks: "1", columns: "1", levels: "1" } } : {};
      await staff.command(path, { columns: 12, levels: 3, ...one, ...names });
    }
    // Every bin of the first racks has something in it, some are full.
    const rows = Array.from({ length: 60 }, (_, at) => ({
      ...{ row: at + 2, code: `SKU-${1 + (at % 3)}`, units: at % 2 === 0 ? 30 : 4 },
      bin: `${20 + Math.floor(at / 36)}-${String(1 + (Math.floor(at / 3) % 12)).padStart(2, "0")}-0${1 + (at % 3)}`,
    }));
    for (const part of [rows.slice(0, 30), rows.slice(30)]) {
      const body = { company: world.company, warehouse: id, rows: part };
      const brought = await staff.send("POST", `${space}/stock/imports/openings`, body, key());
      expect(brought.json()).toMatchObject({ done: 30, faults: [] });
    }
    await hearAll();
    const products = (await productsOf(scope, world.products)) as Product[];
    const compare = async () => {
      const warehouse = await warehouseOf(scope, id, { consistent: true });
      if (!warehouse) throw new Error("no warehouse");
      const { bins: all, contents } = await elevationOf(scope, warehouse);
      const withRules = { faces: await facesOf(scope, id), zones: warehouse.zones };
      for (const { company, id: product, class: kind } of products)
        for (const units of [7, 30, 31]) {
          const wanted = { company, product, class: kind, units };
          const whole = suggestBins(all.map(binView), contents, wanted, units, withRules);
          expect(await suggestionsOf(scope, warehouse, [wanted])).toEqual([whole]);
        }
    };
    await compare();
    const zone = async (code: string, edit: object) => {
      const { items } = await staff.read<{ items: { id: string; rev: number }[] }>(`${space}/warehouses`);
      const head = { "if-match": `"${items.find((one) => one.id === id)?.rev}"` };
      const answer = await staff.send("PUT", `${space}/warehouses/${id}/zones/${code}`, { name: code, ...edit }, head);
      expect(answer.status).toBe(200);
    };
    await zone("U", { classes: ["general"] });
    await compare();
    await zone("P", { classes: ["food"] });
    await zone("R", { classes: [], mixing: "product" });
    await staff.send("PUT", `${space}/warehouses/${id}/faces/22-12-03`, { product: world.products[1], min: 2, max: 9 });
    await compare();
  });
});
