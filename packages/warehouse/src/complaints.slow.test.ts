import { marshall } from "@aws-sdk/util-dynamodb";
import { newId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { bury } from "@yihao/table/stream";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, sameTable, scopeOf, testNow } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import { beginBin, countBin, planCount } from "./count-actions.ts";
import { judgeCount } from "./count-review.ts";
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

  it("whatever is stuck stands on a list with its reason, and leaves it once it goes on", async () => {
    const operator = staff[0]!;
    const product = await mine.command<{ id: string }>(`${space}/products`, { name: "新到茶杯", code: "CUP" });
    const lines = [{ product: product.id, units: 4 }];
    const bin = "01-05-01";
    const arrive = async () => {
      const asn = await mine.command<{ id: string }>(`${space}/asns`, { warehouse: world.warehouse, lines });
      await operator.command(`${space}/asns/${asn.id}/lines/1/receive`, { units: 4 });
    };
    await arrive();
    const scans = { bin, product: "CUP" };
    await operator.command(`${space}/putaway`, { warehouse: world.warehouse, product: product.id, units: 4, scans });
    const wish = { lines, recipient: { name: "何一鸣" } };
    const order = await mine.command<OrderView>(`${space}/orders`, wish);
    await hearAll();
    // The bin is found empty: what the order was promised is not there.
    const basis = { kind: "bins" as const, from: bin, to: bin };
    const count = take(await planCount(scopeOf(table), { warehouse: world.warehouse, basis }));
    for (let round = 0; round < 2; round += 1) {
      take(await beginBin(scopeOf(table), count.id, bin));
      take(await countBin(scopeOf(table), count.id, bin, { lines: [] }));
    }
    const judge = { kind: "staff", person: "per_judge", roles: ["manager"] } as const;
    take(await judgeCount(scopeOf(table, { actor: judge }), count.id, { do: "approve" }));
    await hearAll();
    const step = {
      ...{ step: "pick", doneAt: "2026-11-23T01:00:00.000Z", refusal: "stock.short", reason: "goods-gone" },
      ...{ name: "新到茶杯", product: product.id, units: 4, bin, document: order.id },
    };
    const exception = await operator.command<{ id: string }>(`${space}/scan-exceptions`, step);
    // A fact of it that no reaction could take.
    const fact = (await allItems(table)).find(({ k, document }) => k === "xfr" && document === order.id) ?? {};
    const hearing = { table, reactions: [], now: () => testNow };
    const record = { eventName: "INSERT" as const, dynamodb: { NewImage: marshall(fact), SequenceNumber: "1" } };
    await bury(hearing, record, new Error("the other system is away"));

    type Todo = { todo: { orders: { id: string; state: string }[]; deadLetters: number } };
    type Letter = { id: string; error: string };
    type Exception = { id: string; refusal: string; reason: string; bin: string };
    const stuck = async () => {
      const { todo } = await operator.read<Todo>(`${space}/insight/today`);
      const letters = (await operator.read<{ items: Letter[] }>(`${space}/dead-letters`)).items;
      const refused = (await operator.read<{ items: Exception[] }>(`${space}/scan-exceptions`)).items;
      return {
        order: todo.orders.find(({ id }) => id === order.id)?.state,
        letters: [todo.deadLetters, ...letters.map(({ error }) => error)],
        refused: refused.flatMap(({ id, refusal, reason, bin }) => (id === exception.id ? [refusal, reason, bin] : [])),
      };
    };
    expect(await stuck()).toEqual({
      order: "back-ordered",
      letters: [1, "Error: the other system is away"],
      refused: ["stock.short", "goods-gone", bin],
    });

    const [letter] = (await operator.read<{ items: Letter[] }>(`${space}/dead-letters`)).items;
    await operator.command(`${space}/dead-letters/${letter?.id}/replay`, {});
    await operator.command(`${space}/scan-exceptions/${exception.id}/settle`, { outcome: "已补货" });
    await arrive();
    await hearAll();
    expect(await stuck()).toEqual({ order: "reserved", letters: [0], refused: [] });
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

  it("where to pick an order is told from where its goods lie, and reads no more in a full warehouse than in an empty one", async () => {
    const { warehouse, products } = world;
    const lines = [{ product: products[0], units: 2 }];
    const order = await mine.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "张三" } });
    const walk = async () => {
      const answer = await staff[0]?.send("GET", `${space}/orders/${order.id}/picks?warehouse=${warehouse}`);
      return { status: answer?.status, tasks: answer?.json(), units: answer && unitsOf(answer) };
    };
    const before = await walk();
    expect(before).toMatchObject({ status: 200, tasks: { items: [{ product: products[0], units: 2 }] } });
    const bins = Array.from(
      { length: 20 },
      (_, at) => `02-${String(1 + (at % 10)).padStart(2, "0")}-0${1 + Math.floor(at / 10)}`,
    );
    for (let part = 0; part < 2; part += 1) {
      const rows = Array.from({ length: 50 }, (_, at) => ({
        ...{ row: at + 2, code: `N-${at + part * 50}`, bin: bins[at % 20], units: 3 },
      }));
      const brought = await staff[0]?.send(
        "POST",
        `${space}/stock/imports/openings`,
        { company: world.company, warehouse, rows },
        key(),
      );
      expect(brought?.json()).toMatchObject({ done: 50, faults: [] });
    }
    await hearAll();
    expect(await walk()).toEqual(before);
  });
});
