import { newId } from "@yihao/kernel/ids";
import type { Table } from "@yihao/table/client";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { WarehouseView } from "./model.ts";
import type { OwnerRulesView } from "./owner-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("what an owner may store", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller;
  let mine: TestCaller;
  let hearAll: () => Promise<number>;
  const limits = { classes: [], mostBins: null, mostUnits: null, mostMl: null };
  const rules = async (edit: object) => {
    const before = await staff.read<OwnerRulesView>(`${space}/owners/cmp_one/storage`);
    const path = `${space}/owners/cmp_one/storage`;
    const answer = await staff.send("PUT", path, { ...limits, ...edit }, { "if-match": `"${before.rev}"` });
    expect(answer.status).toBe(200);
    return answer.json<OwnerRulesView>();
  };
  const announce = (product: string, units: number) =>
    mine.send("POST", `${space}/asns`, { warehouse: world.warehouse, lines: [{ product, units }] }, key());

  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { stock: 10 });
    hearAll = streamByHand(table);
    await hearAll();
    const api = testApi(table);
    [staff, mine] = [api.as("per_owner"), api.as("per_one")];
  });

  it("is held to kinds of goods: what it may not store is refused at the notice, with what it may", async () => {
    const wish = { name: "酒精 5 L", code: "ALC", class: "chemical" };
    const alcohol = await mine.command<{ id: string; class: string }>(`${space}/products`, wish);
    expect(alcohol.class).toBe("chemical");
    await rules({ classes: ["general", "food"] });
    const refused = await announce(alcohol.id, 1);
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      code: "owner.class",
      params: { name: "酒精 5 L", class: "chemical", allowed: ["general", "food"] },
    });
    expect((await announce(world.products[0] ?? "", 1)).status).toBe(201);
  });

  it("is held to units and volume at the notice and again when goods come, and to bins when they are put away", async () => {
    const [product = ""] = world.products;
    await rules({});
    const notice = (await announce(product, 20)).json<{ id: string }>();
    const told = await rules({ mostUnits: 35 });
    expect(told.use).toEqual({ bins: 3, units: 30, ml: 0 });
    expect((await announce(product, 6)).json()).toMatchObject({
      code: "owner.units",
      params: { most: 35, there: 30, coming: 6 },
    });
    const receive = (units: number) =>
      staff.send("POST", `${space}/asns/${notice.id}/lines/1/receive`, { units }, key());
    expect((await receive(6)).json()).toMatchObject({ code: "owner.units" });
    expect((await receive(5)).status).toBe(201);
    await hearAll();
    await rules({ mostBins: 3 });
    const putAway = (bin: string) => {
      const scans = { bin, product: gtins[0] };
      return staff.send("POST", `${space}/putaway`, { warehouse: world.warehouse, product, units: 2, scans }, key());
    };
    expect((await putAway("01-09-01")).json()).toMatchObject({ code: "owner.bins", params: { most: 3, there: 3 } });
    expect((await putAway("01-02-01")).status).toBe(201);
  });

  it("never passes a limit by what comes at one moment: of many receipts and putaways in parallel as many succeed as there is room for", async () => {
    const [product = ""] = world.products;
    const free = await rules({});
    const notices: string[] = [];
    for (let at = 0; at < 8; at += 1) notices.push((await announce(product, 2)).json<{ id: string }>().id);
    await rules({ mostUnits: free.use.units + 5 });
    const receive = (id: string) => staff.send("POST", `${space}/asns/${id}/lines/1/receive`, { units: 1 }, key());
    const come = await Promise.all(notices.map(receive));
    expect(come.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409, 409]);
    expect(come.find(({ status }) => status === 409)?.json()).toMatchObject({
      code: "owner.units",
      params: { most: free.use.units + 5, there: free.use.units + 5 },
    });
    await hearAll();
    await rules({ mostBins: free.use.bins + 1 });
    const scansAt = (bin: string) => ({ bin, product: gtins[0] });
    const putAway = (bin: string) => {
      const wish = { warehouse: world.warehouse, product, units: 1, scans: scansAt(bin) };
      return staff.send("POST", `${space}/putaway`, wish, key());
    };
    const put = await Promise.all(["02-01-01", "02-02-01", "02-03-01", "02-04-01"].map(putAway));
    expect(put.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    await hearAll();
    const after = await rules({ mostUnits: free.use.units + 6 });
    expect(after.use).toEqual({ bins: free.use.bins + 1, units: free.use.units + 5, ml: 0 });
    expect((await receive(notices[0] ?? "")).status + (await receive(notices[1] ?? "")).status).toBe(201 + 409);
  });

  it("shares a bin as its zone says, also when several products are put there at one moment; emptied, the bin is anybody's", async () => {
    await rules({});
    const { warehouse, products } = world;
    const place = await staff.read<{ items: WarehouseView[] }>(`${space}/warehouses`);
    const edit = { name: "快拣", classes: [], mixing: "product" };
    const head = { "if-match": `"${place.items[0]?.rev}"` };
    expect((await staff.send("PUT", `${space}/warehouses/${warehouse}/zones/A`, edit, head)).status).toBe(200);
    const move = (at: number, from: string, to: string) =>
      staff.send("POST", `${space}/moves`, { warehouse, product: products[at], units: 1, from, to }, key());
    const homes = ["01-01-01", "01-02-01", "01-03-01"];
    const at = homes.map((_, index) => index);
    const put = await Promise.all(at.map((one) => move(one, homes[one] ?? "", "02-05-01")));
    expect(put.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(put.find(({ status }) => status === 409)?.json()).toMatchObject({
      code: "bin.mixed",
      params: { bin: "02-05-01", rule: "product" },
    });
    const [first = 0, second = 0] = [
      put.findIndex((one) => one.status === 201),
      put.findIndex((one) => one.status !== 201),
    ];
    expect((await move(first, homes[first] ?? "", "02-05-01")).status).toBe(201);
    for (let away = 0; away < 2; away += 1) expect((await move(first, "02-05-01", "01-01-02")).status).toBe(201);
    await hearAll();
    expect((await move(second, homes[second] ?? "", "02-05-01")).status).toBe(201);
  });

  it("is seen by its owner and by no other, and set by managers alone", async () => {
    expect(await mine.read(`${space}/owners/cmp_one/storage`)).toMatchObject({ mostBins: null });
    const other = testApi(table).as("per_two");
    expect((await other.send("GET", `${space}/owners/cmp_one/storage`)).status).toBe(404);
    const edit = { ...limits, mostUnits: 1 };
    expect((await mine.send("PUT", `${space}/owners/cmp_one/storage`, edit, { "if-match": '"1"' })).status).toBe(403);
    const all = await staff.read<{ items: OwnerRulesView[] }>(`${space}/owners/storage`);
    expect(all.items.map(({ company }) => company)).toEqual(["cmp_one"]);
  });
});
