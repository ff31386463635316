import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeEach, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import { beginBin, countBin, planCount } from "./count-actions.ts";
import { judgeCount } from "./count-review.ts";
import type { OrderView } from "./order-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("an order whose goods were taken back", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller;
  let mine: TestCaller;
  let hearAll: () => Promise<number>;
  let waiting: OrderView[];

  const order = (units: number) => ({
    ...{ lines: [{ product: world.products[0], units }], recipient: { name: "王海涛" } },
  });
  const wants = async (id: string) => {
    const { lines, state } = await mine.read<OrderView>(`${space}/orders/${id}`);
    return { state, missing: lines[0]?.backordered ?? 0 };
  };
  const receive = async (units: number) => {
    const { warehouse, products } = world;
    const lines = [{ product: products[0], units }];
    const notice = await mine.command<{ id: string }>(`${space}/asns`, { warehouse, lines });
    return staff.command(`${space}/asns/${notice.id}/lines/1/receive`, { units });
  };
  const sound = async () => {
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };

  beforeEach(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { stock: 10 });
    hearAll = streamByHand(table);
    const api = testApi(table);
    [staff, mine] = [api.as("per_owner"), api.as("per_one")];
    // Placed a minute apart, so that one is older.
    const first = testApi(table, { now: () => "2026-11-23T02:40:00.000Z" }).as("per_one");
    waiting = [await first.command(`${space}/orders`, order(6)), await mine.command(`${space}/orders`, order(4))];
    await hearAll();
    // The bin turns out to be empty: both orders lose what they had.
    const [scope, bin] = [() => scopeOf(table), "01-01-01"];
    const planned = await planCount(scope(), {
      warehouse: world.warehouse,
      basis: { kind: "bins", from: bin, to: bin },
    });
    if (!planned.ok) throw new Error(planned.refusal.code);
    for (let round = 0; round < 2; round += 1) {
      await beginBin(scope(), planned.value.id, bin);
      await countBin(scope(), planned.value.id, bin, { lines: [] });
    }
    const judge = { kind: "staff", person: "per_judge", roles: ["manager"] } as const;
    const judged = await judgeCount(scopeOf(table, { actor: judge }), planned.value.id, { do: "approve" });
    expect(judged.ok).toBe(true);
    await hearAll();
    for (const { id } of waiting) expect(await wants(id)).toMatchObject({ state: "back-ordered" });
  });

  it("is reserved again by itself when goods come in, the oldest first and never over", async () => {
    await receive(7);
    await hearAll();
    const [old = "", young = ""] = waiting.map(({ id }) => id);
    expect(await wants(old)).toEqual({ state: "reserved", missing: 0 });
    expect(await wants(young)).toEqual({ state: "reserved", missing: 3 });
    expect(await mine.read(`${space}/orders/${old}`)).toMatchObject({ reservedAgain: { units: 6, auto: true } });
    // What another order gives back goes to who still waits.
    await mine.send("POST", `${space}/orders/${old}/cancel`, undefined, key());
    await hearAll();
    expect(await wants(young)).toEqual({ state: "reserved", missing: 0 });
    const left = (await allItems(table)).filter(({ pk }) => String(pk).includes("#ords#short."));
    expect(left).toEqual([]);
    await sound();
  });

  it("gets no more than is there while others order at the same time", async () => {
    const answers = await Promise.all([
      ...[3, 4, 2].map(async (units) => ({ status: 201, json: await receive(units) })),
      ...Array.from({ length: 12 }, () => mine.send("POST", `${space}/orders`, order(1), key())),
      hearAll(),
    ]);
    await hearAll();
    const placed = answers.slice(3, 15).filter((one) => typeof one === "object" && one.status === 201).length;
    const [old, young] = await Promise.all(waiting.map(({ id }) => wants(id)));
    const { stock } = await mine.read<{ stock: { free: number; reserved: number } }>(
      `${space}/products/${world.products[0]}`,
    );
    expect(stock.reserved + stock.free).toBe(9);
    expect(stock.reserved).toBe(placed + (6 - (old?.missing ?? 0)) + (4 - (young?.missing ?? 0)));
    // Goods are left only when nobody waits, and the younger got some only once the older had all.
    if (stock.free > 0) expect([old?.missing, young?.missing]).toEqual([0, 0]);
    if ((young?.missing ?? 0) < 4) expect(old?.missing).toBe(0);
    await sound();
  });

  it("waits for a person where the space reserves by hand", async () => {
    const settings = { gs1Prefix: null, extension: 0, reserveAgain: false };
    const set = await staff.send("PUT", `${space}/warehouse-settings`, settings, { "if-match": '"0"' });
    expect(set.json()).toMatchObject({ reserveAgain: false });
    await receive(10);
    await hearAll();
    const [old = ""] = waiting.map(({ id }) => id);
    expect(await wants(old)).toEqual({ state: "back-ordered", missing: 6 });
    await staff.command(`${space}/orders/${old}/reserve`, {});
    expect(await wants(old)).toEqual({ state: "reserved", missing: 0 });
    expect(await mine.read(`${space}/orders/${old}`)).toMatchObject({ reservedAgain: { auto: false } });
  });
});
