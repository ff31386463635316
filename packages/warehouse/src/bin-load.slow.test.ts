import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf, testNow } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { BinView } from "./model.ts";
import { warehouseTimers } from "./reactions.ts";
import { binKey } from "./store.ts";

const space = "/spaces/spc_test";
/** 2.5 kg and 6 litres. */
const size = { lengthMm: 300, widthMm: 200, heightMm: 100 };
const facts = { name: "石磨面粉", code: "SKU-1", unit: "袋", weightGrams: 2_500, size };

describe("bins that bear and hold so much", () => {
  let table: Table;
  let staff: TestCaller;
  let world: WarehouseWorld;
  let hearAll: () => Promise<number>;
  let round = 0;
  beforeAll(async () => {
    table = await freshTable();
    staff = testApi(table).as("per_owner");
    world = await warehouseWorld(table, { stock: 40 });
    hearAll = streamByHand(table);
    await hearAll();
  });
  const key = () => ({ "idempotency-key": newId("key") });
  const path = () => `${space}/warehouses/${world.warehouse}/bins`;
  const bins = async () => (await staff.read<{ bins: BinView[] }>(path())).bins;
  const bin = async (code: string) => {
    const found = (await bins()).find((one) => one.code === code);
    if (!found) throw new Error(`no bin ${code}`);
    return found;
  };
  const edit = async (code: string, wish: object) =>
    staff.send("PATCH", `${path()}/${code}`, wish, { "if-match": `"${(await bin(code)).rev}"` });
  const move = (to: string, units: number, from = "01-01-01", product = world.products[0]) =>
    staff.send("POST", `${space}/moves`, { warehouse: world.warehouse, product, units, from, to }, key());
  const weigh = async (weightGrams: number, rev: number) =>
    staff.send("PUT", `${space}/products/${world.products[0]}`, { ...facts, weightGrams }, { "if-match": `"${rev}"` });
  const settle = async () => {
    await hearAll();
    round += 1;
    const later = new Date(Date.parse(testNow) + round * 1_000).toISOString();
    await sweep(platformOf(table, { now: later, command: `auto:sweep ${round}` }), warehouseTimers);
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };

  it("are told what lies there as soon as a product has a weight and a size, and say what nobody weighed", async () => {
    expect(await bin("01-01-01")).toMatchObject({ used: 40, usedGrams: 0, unweighed: 40, unsized: 40 });
    expect((await weigh(2_500, 1)).status).toBe(200);
    await settle();
    expect(await bin("01-01-01")).toMatchObject({ usedGrams: 100_000, usedMm3: 240_000_000, unweighed: 0, unsized: 0 });
    expect(await bin("01-02-01")).toMatchObject({ used: 40, usedGrams: 0, unweighed: 40 });
  });

  it("take in exactly what they bear and hold, of many putaways at one moment too; the refusal says which limit, what is there and what fits", async () => {
    expect((await edit("01-05-01", { loadGrams: 13_000 })).status).toBe(200);
    expect((await edit("01-06-01", { size: { lengthMm: 400, widthMm: 300, heightMm: 210 } })).status).toBe(200);
    const all = await Promise.all(Array.from({ length: 18 }, (_, at) => move(at % 2 ? "01-05-01" : "01-06-01", 1)));
    const went = (to: number) => all.filter(({ status }, at) => at % 2 === to && status === 201).length;
    expect([went(1), went(0)]).toEqual([5, 4]);
    const told = { code: "bin.full", params: { of: "load", most: 13_000, holds: 12_500, room: 0 } };
    expect((await move("01-05-01", 1)).json()).toMatchObject(told);
    const volume = { of: "volume", most: 25_200_000, holds: 24_000_000, room: 0 };
    expect((await move("01-06-01", 1)).json()).toMatchObject({ params: volume });
    // Goods that nobody weighed are let in: the bin is not watched for them.
    expect((await move("01-05-01", 3, "01-02-01", world.products[1])).status).toBe(201);
    await edit("01-07-01", { size: { lengthMm: 3_000, widthMm: 2_000, heightMm: 99 } });
    expect((await move("01-07-01", 1)).json()).toMatchObject({ code: "bin.full", params: { of: "size", room: 0 } });
    await settle();
    const suggested = await staff.read<{ items: { bin: string }[] }>(
      `${space}/warehouses/${world.warehouse}/suggestions?product=${world.products[0]}&units=2`,
    );
    expect(suggested.items.map((one) => one.bin)).not.toEqual(expect.arrayContaining(["01-05-01"]));
    expect(suggested.items[0]?.bin).toBe("01-01-01");
  });

  it("are not made smaller than what lies there, and never come loose from it while weights are corrected among moves", async () => {
    const refused = await edit("01-05-01", { loadGrams: 12_000 });
    expect([refused.status, refused.json()]).toMatchObject([
      409,
      { code: "bin.holds", params: { of: "load", holds: 12_500 } },
    ]);
    expect((await edit("01-06-01", { size })).json()).toMatchObject({ params: { of: "volume", holds: 24_000_000 } });
    expect((await edit("01-05-01", { capacity: 7 })).json()).toMatchObject({ params: { of: "units", holds: 8 } });
    await Promise.all([
      weigh(2_600, 2),
      ...Array.from({ length: 8 }, (_, at) => move(`02-0${(at % 3) + 1}-01`, 1)),
      ...Array.from({ length: 4 }, () => move("02-04-01", 1, "01-05-01")),
    ]);
    await settle();
    const [from, to] = [await bin("01-05-01"), await bin("02-04-01")];
    expect([from.usedGrams, to.usedGrams]).toEqual([2_600, 4 * 2_600]);
    // Heavier than it bears now that the weight is right: it is shown, and nothing more goes in.
    await edit("02-04-01", { loadGrams: 10_400 });
    await weigh(2_700, 3);
    await settle();
    expect(await bin("02-04-01")).toMatchObject({ loadGrams: 10_400, usedGrams: 10_800 });
    expect((await move("02-04-01", 1)).json()).toMatchObject({ params: { of: "load", holds: 10_800, room: 0 } });
    expect((await edit("02-04-01", { loadGrams: null, size: null, capacity: null })).status).toBe(200);
  });

  it("from before they knew what they hold go on, and count what came since", async () => {
    const scope = scopeOf(table, { command: "auto:older" });
    const older = { do: "update", key: binKey(scope, world.warehouse, "02-09-01"), set: { v: 1 } } as const;
    await commit(scope, [{ ...older, remove: ["roomGrams", "roomMm3"] }], { answer: null });
    expect((await edit("02-09-01", { loadGrams: 6_000 })).status).toBe(200);
    expect((await move("02-09-01", 2)).status).toBe(201);
    expect((await move("02-09-01", 1)).json()).toMatchObject({ params: { of: "load", holds: 5_400, most: 6_000 } });
    await settle();
  });
});
