import { dayOf } from "@yihao/kernel/days";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { OwnerFigures, SheetView, StockDay, StockOnDay } from "./analysis-model.ts";
import type { AsnView } from "./asn-model.ts";
import { checkWarehouse } from "./check.ts";
import { checkAnalysis } from "./check-analysis.ts";
import type { OrderView } from "./order-model.ts";
import { warehouseTimers } from "./reactions.ts";
import { runStock } from "./stock-run.ts";

const space = "/spaces/spc_test";
const zone = "Asia/Shanghai";

describe("the analysis of stock", () => {
  let table: Table;
  let world: WarehouseWorld;
  let now = "2026-03-02T02:00:00.000Z";
  const callers = () => {
    const api = testApi(table, { now: () => now });
    return { staff: api.as("per_owner"), mine: api.as("per_one"), other: api.as("per_two") };
  };
  let hearAll: () => Promise<number>;
  const at = (text: string) => {
    now = text;
  };
  /** The night's timers at half past midnight, and what follows from them. */
  const night = async (day: string) => {
    at(new Date(Date.parse(`${day}T00:30:00+08:00`) + 1000).toISOString());
    const failed: unknown[] = [];
    for (let round = 0; round < 2; round += 1)
      await sweep(platformOf(table, { now, command: `auto:${now} ${round}` }), warehouseTimers, (error) =>
        failed.push(error),
      );
    expect(failed).toEqual([]);
  };
  const receive = async (units: number, costMinor: number) => {
    const { staff } = callers();
    const { warehouse, company, products } = world;
    const lines = [{ product: products[0], units, costMinor }];
    const asn = await staff.command<AsnView>(`${space}/asns`, { company, warehouse, lines });
    await staff.command(`${space}/asns/${asn.id}/lines/1/receive`, { units, done: true });
    const scans = { bin: "01-01-01", product: gtins[0] };
    await staff.command(`${space}/putaway`, { warehouse, product: products[0], units, asn: asn.id, scans });
  };
  const ship = async (units: number) => {
    const { staff } = callers();
    const { warehouse, company, products } = world;
    const lines = [{ product: products[0], units }];
    const order = await staff.command<OrderView>(`${space}/orders`, { company, lines, recipient: { name: "赵倩" } });
    const scans = { bin: "01-01-01", product: gtins[0] };
    await staff.command(`${space}/orders/${order.id}/pick`, { warehouse, line: 1, bin: "01-01-01", units, scans });
    await staff.command(`${space}/orders/${order.id}/ship`, undefined);
  };

  beforeAll(async () => {
    table = await freshTable();
    world = await warehouseWorld(table, { now: "2026-03-01T02:00:00.000Z" });
    hearAll = streamByHand(table, undefined, () => now);
    await night("2026-03-02");
    at("2026-03-02T02:00:00.000Z");
    // The textbook's goods, see analysis.test.ts.
    await receive(100, 1000);
    at("2026-03-10T02:00:00.000Z");
    await receive(200, 1100);
    at("2026-03-15T02:00:00.000Z");
    await ship(240);
    await hearAll();
    await night("2026-03-16");
    at("2026-03-20T02:00:00.000Z");
    await receive(150, 1200);
    at("2026-03-25T02:00:00.000Z");
    await ship(60);
    await hearAll();
    await night("2026-03-26");
  });

  type Analysis = { items: OwnerFigures[]; days: StockDay[] };
  type OnDay = { items: StockOnDay[]; total: StockDay | null; next: string | null };

  it("the night works out value, age, cover and what was issued, for the company its own and for staff all", async () => {
    const { staff, mine } = callers();
    const own = await mine.read<Analysis>(`${space}/stock/analysis`);
    const all = await staff.read<Analysis>(`${space}/stock/analysis`);
    expect(own.items).toEqual(all.items.filter(({ company }) => company === world.company));
    expect(own.items[0]).toMatchObject({
      ...{
        day: "2026-03-25",
        products: 3,
        stocked: 1,
        units: 150,
        valueMinor: 174_286,
        fifoMinor: 180_000,
        unpriced: 0,
      },
      ages: [{ units: 150, valueMinor: 180_000 }, {}, {}, {}, {}],
      dead: { products: 0 },
    });
    expect(own.items[0]?.windows[0]).toMatchObject({ moved: 1, base: 1, issued: 300 });
    expect(own.days.map(({ day, units }) => [day, units])).toEqual([
      ["2026-03-01", 0],
      ["2026-03-15", 60],
      ["2026-03-25", 150],
    ]);
    const top = await mine.read<{ items: SheetView[] }>(`${space}/stock/top?list=cover`);
    expect(top.items.map(({ code, byValue }) => [code, byValue])).toEqual([["SKU-1", "AAA"]]);
    const sheets = await mine.read<{ items: SheetView[] }>(`${space}/stock/sheets?limit=2`);
    expect(sheets.items.map(({ code, onHand, lastOut }) => [code, onHand, lastOut])).toEqual([
      ["SKU-1", 150, "2026-03-25"],
      ["SKU-2", 0, undefined],
    ]);
  });

  it("any past day's stock and value come from the ledger, also between two nights and before the first", async () => {
    const { mine, staff } = callers();
    const on = async (day: string) => {
      const page = await mine.read<OnDay>(`${space}/stock/on?day=${day}`);
      const [first] = page.items;
      return [first?.onHand, first?.valueMinor, first?.fifoMinor, page.total?.units ?? null];
    };
    expect(await on("2026-02-28")).toEqual([0, 0, 0, null]);
    expect(await on("2026-03-05")).toEqual([100, 100_000, 100_000, null]);
    expect(await on("2026-03-10")).toEqual([300, 320_000, 320_000, null]);
    expect(await on("2026-03-15")).toEqual([60, 64_000, 66_000, 60]);
    expect(await on("2026-03-22")).toEqual([210, 244_000, 246_000, null]);
    expect(await on("2026-03-25")).toEqual([150, 174_286, 180_000, 150]);
    const late = await staff.send("GET", `${space}/stock/on?day=2026-03-27&company=${world.company}`);
    expect([late.status, late.json<{ code: string }>().code]).toEqual([400, "stock.day"]);
  });

  it("figures asked for by day are those of this moment, and the next night is not led astray by them", async () => {
    at("2026-03-26T02:00:00.000Z");
    await ship(30);
    await hearAll();
    const { mine } = callers();
    const fresh = await mine.command<OwnerFigures>(`${space}/stock/analysis`, {});
    expect(fresh).toMatchObject({ day: dayOf(now, zone), units: 120, windows: [{ issued: 330 }, {}, {}] });
    at("2026-03-26T03:00:00.000Z");
    await ship(20);
    await hearAll();
    await night("2026-03-27");
    expect((await mine.read<Analysis>(`${space}/stock/analysis`)).items[0]).toMatchObject({
      ...{ day: "2026-03-26", units: 100, valueMinor: 116_191 },
    });
    at("2026-07-01T02:00:00.000Z");
    const dead = await mine.command<OwnerFigures>(`${space}/stock/analysis`, {});
    expect(dead).toMatchObject({ dead: { products: 1, units: 100 }, ages: [{}, {}, {}, { units: 100 }, {}] });
  });

  it("the map knows how busy a bin was in seven days, and since when goods lie there", async () => {
    at("2026-03-27T02:00:00.000Z");
    const { staff } = callers();
    const { items } = await staff.read<{ items: object[] }>(`${space}/warehouses/${world.warehouse}/flow`);
    // A pick of 60 on the 25th, and two of the 26th.
    expect(items).toEqual([{ bin: "01-01-01", moves: 3 }]);
    const map = await staff.read<{ contents: { bin?: string; arrived?: string }[] }>(
      `${space}/warehouses/${world.warehouse}/bins`,
    );
    expect(map.contents.map(({ bin, arrived }) => [bin, arrived])).toEqual([["01-01-01", "2026-03-02T02:00:00.000Z"]]);
  });

  it("nobody reads another company's, and every figure is the sum of its transfers", async () => {
    const { other } = callers();
    for (const path of ["analysis?", "top?list=dead&", "sheets?", "on?day=2026-03-10&"]) {
      expect((await other.send("GET", `${space}/stock/${path}company=${world.company}`)).status).toBe(404);
      const own = await other.read<{ items: object[] }>(`${space}/stock/${path.slice(0, -1)}`);
      expect(own.items).toEqual([]);
    }
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items), ...checkAnalysis(items)]).toEqual([]);
    const wrong = items.map((item) => (item.k === "sval" ? { ...item, units: Number(item.units) + 1 } : item));
    expect(checkAnalysis(wrong, { copies: false }).map(({ rule }) => rule)).toContain("warehouse.state-is-transfers");
  });
});

it("a day's closing is what it was at its end, although figures of the next were asked for first, also of goods in another zone", async () => {
  const table = await freshTable();
  let now = "2026-03-01T02:00:00.000Z";
  const { company, products, warehouse } = await warehouseWorld(table, { now });
  const hearAll = streamByHand(table, undefined, () => now);
  const api = testApi(table, { now: () => now });
  const [staff, mine] = [api.as("per_owner"), api.as("per_one")];
  now = "2026-03-02T01:00:00.000Z";
  const there = await staff.command<{ id: string }>(`${space}/warehouses`, { name: "伦敦仓", zone: "Europe/London" });
  const receive = async (into: string, at: string, units: number) => {
    now = at;
    const lines = [{ product: products[0], units, costMinor: 100 }];
    const asn = await staff.command<AsnView>(`${space}/asns`, { company, warehouse: into, lines });
    await staff.command(`${space}/asns/${asn.id}/lines/1/receive`, { units, done: true });
    await hearAll();
  };
  const close = async (day: string, at: string) => {
    now = at;
    await runStock(scopeOf(table, { now, command: `close ${day}` }), company, { day, zone });
  };
  await receive(warehouse, "2026-03-02T02:00:00.000Z", 10);
  await close("2026-03-02", "2026-03-02T16:30:00.000Z");
  // Two in the morning here and six in the evening there.
  await receive(there.id, "2026-03-02T18:00:00.000Z", 5);
  await receive(warehouse, "2026-03-03T16:05:00.000Z", 7);
  now = "2026-03-03T16:10:00.000Z";
  expect(await mine.command<OwnerFigures>(`${space}/stock/analysis`, {})).toMatchObject({ units: 22 });
  await close("2026-03-03", "2026-03-03T16:30:00.000Z");
  // A product that did not move on the day that is closed, and does in the first minutes of the next.
  await receive(warehouse, "2026-03-04T16:05:00.000Z", 9);
  now = "2026-03-04T16:10:00.000Z";
  await mine.command<OwnerFigures>(`${space}/stock/analysis`, {});
  await close("2026-03-04", "2026-03-04T16:30:00.000Z");
  await close("2026-03-05", "2026-03-05T16:30:00.000Z");
  const { days } = await mine.read<{ days: StockDay[] }>(`${space}/stock/analysis`);
  expect(days.map(({ day, units }) => [day, units])).toEqual([
    ["2026-03-02", 10],
    ["2026-03-03", 15],
    ["2026-03-04", 22],
    ["2026-03-05", 31],
  ]);
  const items = await allItems(table);
  expect(checkAnalysis(items)).toEqual([]);
});
