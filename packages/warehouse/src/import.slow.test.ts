import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, sameTable } from "@yihao/testing/table";
import { streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import { checkAnalysis } from "./check-analysis.ts";
import type { BatchAnswer } from "./import-model.ts";
import type { ListedProduct } from "./product-model.ts";

const space = "/spaces/spc_test";
const imports = `${space}/stock/imports`;

describe("an import", () => {
  let table: Table;
  let world: WarehouseWorld;
  let staff: TestCaller;
  let mine: TestCaller;
  let hearAll: () => Promise<number>;
  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { capacity: 500 });
    hearAll = streamByHand(table);
    const api = testApi(table);
    [staff, mine] = [api.as("per_owner"), api.as("per_one")];
  });
  const send = async (by: TestCaller, kind: string, body: object, key: string = newId("key")) => {
    const answer = await by.send("POST", `${imports}/${kind}`, body, { "idempotency-key": key });
    expect([answer.status, answer.status === 200 ? "" : answer.text]).toEqual([200, ""]);
    return answer.json<BatchAnswer>();
  };
  const row = (n: number, facts: object = {}) => ({
    row: n,
    name: `新品 ${n}`,
    code: `N-${n}`,
    costMinor: 500,
    ...facts,
  });
  const kinds = async () => {
    const count: Record<string, number> = {};
    for (const { k } of await allItems(table)) count[String(k)] = (count[String(k)] ?? 0) + 1;
    return count;
  };
  const tables = async () => {
    const { cmd: _, due: __, ...all } = await kinds();
    return all;
  };

  it("tries products without writing, then adds those without a fault; what is sent again adds nothing", async () => {
    const rows = [row(2), row(3, { code: "SKU-1" }), row(4), row(5, { gtin: "6970001284560" }), row(6)];
    const before = await tables();
    const tried = await send(mine, "products", { dry: true, rows });
    expect(tried).toEqual({
      done: 3,
      faults: [
        { row: 3, column: "code", reason: "product.taken", value: "SKU-1" },
        { row: 5, column: "gtin", reason: "product.taken", value: "6970001284560" },
      ],
    });
    expect(await tables()).toEqual(before);
    const key = newId("key");
    expect(await send(mine, "products", { rows }, key)).toEqual({ ...tried, faults: expect.anything() });
    const after = await tables();
    expect(after.prd).toBe((before.prd ?? 0) + 3);
    const again = await send(mine, "products", { rows }, key);
    expect([again.done, again.faults.map(({ row: at }) => at)]).toEqual([3, [3, 5]]);
    expect(await tables()).toEqual(after);
    const found = await mine.read<{ items: ListedProduct[] }>(`${space}/products?text=N-4`);
    expect(found.items.map(({ name }) => name)).toEqual(["新品 4"]);
    const pack = (gtin: string, units = 12) => ({ packs: [{ name: "箱", units, gtin }] });
    const size = { lengthMm: 80, widthMm: 70, heightMm: 60 };
    const whole = { weightGrams: 380, size, dated: true, shelfDays: 540 };
    const packed = [
      row(20, { code: "N-20", ...whole, ...pack("16970001284567") }),
      row(21, { code: "N-21", ...pack("06970001284560") }),
      row(22, { code: "N-22", ...pack("16970001284566") }),
      row(23, { code: "N-23", gtin: "4006381333931", ...pack("04006381333931") }),
    ];
    const wrong = [
      { row: 21, column: "caseGtin", reason: "product.taken" },
      { row: 22, column: "caseGtin", reason: "gtin.invalid" },
      { row: 23, column: "caseUnits", reason: "packs.same" },
    ];
    for (const dry of [true, false])
      expect(await send(mine, "products", { dry, rows: packed })).toMatchObject({ done: 1, faults: wrong });
    const [given] = (await mine.read<{ items: object[] }>(`${space}/products?text=N-20&whole=true`)).items;
    expect(given).toMatchObject({ ...whole, costMinor: 500, packs: pack("16970001284567").packs });
  });

  it("enters opening stock into bins at its cost and day, charges no handling, and tells each row's fault", async () => {
    const rows = [
      { row: 2, code: "N-2", bin: "01-01-01", units: 40, receivedOn: "2026-08-01", costMinor: 450 },
      { row: 3, code: "N-4", bin: "01-01-02", units: 501 },
      { row: 4, code: "N-404", bin: "01-01-02", units: 1 },
      { row: 5, code: "N-4", bin: "09-09-09", units: 1 },
      { row: 6, gtin: "6970001284560", bin: "01-01-02", units: 10, receivedOn: "2099-01-01" },
    ];
    const body = { company: world.company, warehouse: world.warehouse, rows };
    const faults = [
      { row: 3, column: "bin", reason: "bin.full", value: "500" },
      { row: 4, column: "code", reason: "product.unknown", value: "N-404" },
      { row: 5, column: "bin", reason: "bin.missing", value: "09-09-09" },
      { row: 6, column: "receivedOn", reason: "day.future", value: "2099-01-01" },
    ];
    const before = await tables();
    expect(await send(staff, "openings", { ...body, dry: true })).toEqual({ done: 1, faults });
    expect(await tables()).toEqual(before);
    const key = newId("key");
    for (let time = 0; time < 2; time += 1)
      expect(await send(staff, "openings", body, key)).toEqual({ done: 1, faults });
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items), ...checkAnalysis(items)]).toEqual([]);
    expect(items.filter(({ type }) => type === "handling.done")).toEqual([]);
    const figures = await mine.command<{ ages: object[] }>(`${space}/stock/analysis`, {});
    expect(figures).toMatchObject({ units: 40, fifoMinor: 18_000, ages: [{}, {}, {}, { units: 40 }, {}] });
    expect((await mine.send("POST", `${imports}/openings`, body, { "idempotency-key": newId("key") })).status).toBe(
      403,
    );
  });

  it("brings in notices and orders whole or not at all, and an order for more than is free says how much is", async () => {
    const line = (n: number, code: string, units: number) => ({ row: n, code, units });
    const documents = [
      { document: "YB-1", expectedOn: "2026-12-01", lines: [line(2, "N-2", 5), line(3, "N-4", 6)] },
      { document: "YB-2", lines: [line(4, "N-2", 5), line(5, "N-404", 6)] },
    ];
    const notices = await send(mine, "asns", { warehouse: world.warehouse, documents });
    expect(notices).toEqual({
      done: 1,
      faults: [{ row: 5, column: "code", reason: "product.unknown", value: "N-404" }],
    });
    const order = (document: string, ...lines: object[]) => ({ document, recipient: { name: "王海涛" }, lines });
    const orders = [
      order("CK-1", line(2, "N-2", 30)),
      order("CK-2", line(3, "N-2", 5), line(4, "N-2", 6)),
      order("CK-3", line(5, "N-2", 10)),
    ];
    const short = { done: 2, faults: [expect.objectContaining({ column: "units", reason: "stock.short" })] };
    expect(await send(mine, "orders", { dry: true, documents: orders })).toMatchObject({
      done: 2,
      faults: [{ row: 4, value: "5" }],
    });
    const key = newId("key");
    const first = await send(mine, "orders", { documents: orders }, key);
    expect(first.done).toBe(short.done);
    expect((await kinds()).ord).toBe(2);
    await send(mine, "orders", { documents: orders }, key);
    expect((await kinds()).ord).toBe(2);
    expect((await kinds()).asn).toBe(1);
  });

  it("tries bins without writing, then makes those without a fault with their zones; what is sent again, also over a cut, adds nothing", async () => {
    const bin = (n: number, code: string, facts: object = {}) => ({
      row: n,
      code,
      zone: "F",
      kind: "reserve",
      ...facts,
    });
    const size = { lengthMm: 1200, widthMm: 800, heightMm: 600 };
    const rows = [
      bin(2, "70-01-01", { size, loadGrams: 150_000, capacity: 40 }),
      bin(3, "01-01-01"),
      bin(4, "70-01-02", { lock: "横梁待修" }),
      bin(5, "70-01-03", { kind: "pick" }),
      bin(6, "70-01-01"),
      bin(7, "B12"),
      bin(8, "70-01-04"),
    ];
    const body = { warehouse: world.warehouse, rows };
    const answer = {
      done: 3,
      faults: [
        { row: 3, column: "bin", reason: "bin.exists", value: "01-01-01" },
        { row: 5, column: "zoneKind", reason: "zone.kind", value: "reserve" },
        { row: 6, column: "bin", reason: "row.repeated", value: "2" },
        { row: 7, column: "bin", reason: "bin.address", value: "B12" },
      ],
    };
    const before = await tables();
    expect(await send(staff, "bins", { ...body, dry: true })).toEqual(answer);
    expect(await tables()).toEqual(before);
    // Cut before, within and after the writing: each time it goes on where it was.
    const key = newId("key");
    for (const most of [0, 1, 2, 3, 4]) {
      let calls = 0;
      const cut = sameTable(table, {
        attempts: 1,
        through: async (command, next) => {
          if (command.constructor.name === "TransactWriteItemsCommand") calls += 1;
          if (calls > most) throw new Error("the table is gone");
          return next(command);
        },
      });
      await testApi(cut).as("per_owner").send("POST", `${imports}/bins`, body, { "idempotency-key": key });
    }
    for (let time = 0; time < 2; time += 1) expect(await send(staff, "bins", body, key)).toEqual(answer);
    const map = async () =>
      staff.read<{ warehouse: { zones: object[] }; bins: { code: string; rev: number }[] }>(
        `${space}/warehouses/${world.warehouse}/bins`,
      );
    const made = await map();
    expect(made.warehouse.zones).toContainEqual({ code: "F", name: "F", kind: "reserve" });
    expect(made.bins.filter(({ code }) => code.startsWith("70-"))).toMatchObject([
      { code: "70-01-01", zone: "F", kind: "reserve", rack: 70, column: 1, level: 1, size, loadGrams: 150_000, rev: 1 },
      { code: "70-01-02", lock: "横梁待修", rev: 1 },
      { code: "70-01-04", rev: 1 },
    ]);
    // The same bins in another import are there already; goods go into those that came.
    expect(await send(staff, "bins", body)).toMatchObject({ done: 0 });
    const asn = {
      company: world.company,
      warehouse: world.warehouse,
      lines: [{ product: world.products[0], units: 5 }],
    };
    const { id } = await staff.command<{ id: string }>(`${space}/asns`, asn);
    await staff.command(`${space}/asns/${id}/lines/1/receive`, { units: 5 });
    const put = (bin: string) => {
      const scans = { bin, product: world.products[0] };
      const goods = { warehouse: world.warehouse, product: world.products[0], units: 5, bin, scans };
      return staff.send("POST", `${space}/putaway`, goods, { "idempotency-key": newId("key") });
    };
    expect((await put("70-01-02")).json()).toMatchObject({ code: "bin.locked" });
    expect((await put("70-01-01")).status).toBe(201);
    // A pattern that meets one is refused whole and leaves it as it is; another pattern goes on beside them.
    const pattern = (from: number) => ({
      ...{ zone: { code: "F", name: "F", kind: "reserve" }, racks: { from, to: from }, columns: 1, levels: 4 },
    });
    const generate = (from: number) =>
      staff.send("POST", `${space}/warehouses/${world.warehouse}/bins`, pattern(from), {
        "idempotency-key": newId("key"),
      });
    expect((await generate(70)).json()).toMatchObject({ code: "bin.exists" });
    expect((await generate(71)).status).toBe(201);
    expect((await map()).bins.filter(({ code }) => /^7[01]-/.test(code))).toHaveLength(7);
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
    expect((await mine.send("POST", `${imports}/bins`, body, { "idempotency-key": newId("key") })).status).toBe(403);
  });

  it("of 100 products a batch cut anywhere and sent again brings each in once", async () => {
    const rows = Array.from({ length: 100 }, (_, at) => row(200 + at));
    const before = (await kinds()).prd ?? 0;
    let calls = 0;
    // The table is gone after some commits, and with it the answer.
    const cut = sameTable(table, {
      attempts: 1,
      through: async (command, send) => {
        if (command.constructor.name === "TransactWriteItemsCommand") calls += 1;
        if (calls > 5) throw new Error("the table is gone");
        return send(command);
      },
    });
    const key = newId("key");
    await testApi(cut).as("per_one").send("POST", `${imports}/products`, { rows }, { "idempotency-key": key });
    expect(await send(mine, "products", { rows }, key)).toEqual({ done: 100, faults: [] });
    expect((await kinds()).prd).toBe(before + 100);
  });

  it("says of what stands in a batch twice that it does, and never takes it for the same sent again", async () => {
    const rows = [row(60), row(61, { code: "n-60" }), row(62, { gtin: "96385074" })];
    rows.push(row(63, { packs: [{ name: "箱", units: 6, gtin: "00000096385074" }] }));
    for (const dry of [true, false])
      expect(await send(mine, "products", { dry, rows })).toEqual({
        done: 2,
        faults: [
          { row: 61, column: "code", reason: "row.repeated", value: "60" },
          { row: 63, column: "caseGtin", reason: "row.repeated", value: "62" },
        ],
      });
    const numbered = await mine.send("POST", `${imports}/products`, { rows: [row(64), row(64, { code: "N-65" })] });
    expect([numbered.status, numbered.json<{ code: string }>().code]).toEqual([400, "input.invalid"]);
    const lines = (at: number) => [{ row: at, code: "N-60", units: 1 }];
    const documents = [2, 3].map((at) => ({ document: "TWICE-1", recipient: { name: "王海涛" }, lines: lines(at) }));
    const split = { row: 3, column: "document", reason: "document.split", value: "2" };
    expect((await send(mine, "orders", { documents })).faults).toContainEqual(split);
    const notices = documents.map(({ recipient: _recipient, ...notice }) => notice);
    const told = await send(mine, "asns", { warehouse: world.warehouse, documents: notices });
    expect(told).toEqual({ done: 1, faults: [split] });
  });
});
