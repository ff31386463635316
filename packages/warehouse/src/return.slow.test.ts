import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { eventKind } from "@yihao/table/event";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { AsnView } from "./asn-model.ts";
import { checkWarehouse } from "./check.ts";
import type { OrderView } from "./order-model.ts";
import type { Stock } from "./product-model.ts";
import type { ReturnView } from "./return-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });

describe("returns", () => {
  let table: Table;
  let staff: TestCaller;
  let company: TestCaller;
  let world: WarehouseWorld;
  let hearAll: () => Promise<number>;
  let order: OrderView;
  const product = () => world.products[0] ?? "";
  const stock = async (id = product()) => (await company.read<{ stock: Stock }>(`${space}/products/${id}`)).stock;
  const back = (units: number, more: object = {}) => ({
    ...{ warehouse: world.warehouse, reason: "unwanted", lines: [{ product: product(), units }] },
    ...more,
  });
  const refused = async (path: string, wish: unknown, as = staff) => {
    const answer = await as.send("POST", `${space}${path}`, wish, key());
    return answer.json<{ code: string; params: object }>();
  };
  const sound = async () => {
    await hearAll();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
    return items;
  };
  const shipped = async (id: string, units: number, picks: object[]): Promise<OrderView> => {
    const made = await company.command<OrderView>(`${space}/orders`, {
      ...{ lines: [{ product: id, units }], recipient: { name: "王海涛" } },
    });
    for (const pick of picks)
      await staff.command(`${space}/orders/${made.id}/pick`, { warehouse: world.warehouse, line: 1, ...pick });
    return staff.command<OrderView>(`${space}/orders/${made.id}/ship`, {});
  };
  beforeAll(async () => {
    table = await freshTable();
    const api = testApi(table);
    staff = api.as("per_owner");
    company = api.as("per_one");
    world = await warehouseWorld(table, { stock: 40 });
    hearAll = streamByHand(table);
    await hearAll();
    order = await shipped(product(), 10, [{ bin: "01-01-01", units: 10 }]);
  });

  it("never more comes back of an order than it sent, over all its returns, also when two are announced at one time", async () => {
    const from = { order: order.id };
    expect(await refused("/returns", back(11, from), company)).toMatchObject({
      code: "return.over",
      params: { lines: [{ wanted: 11, available: 10 }] },
    });
    const both = await Promise.all(
      [7, 7].map((units) => company.send("POST", `${space}/returns`, back(units, from), key())),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const made = both.find(({ status }) => status === 201)?.json<ReturnView>();
    await company.command(`${space}/returns/${made?.id}/end`, undefined);
    expect(await company.read(`${space}/orders/${order.id}`)).toMatchObject({ lines: [{ returning: 0 }] });
    const other = testApi(table).as("per_two");
    expect((await other.send("POST", `${space}/returns`, back(1, from), key())).status).toBe(404);
    expect((await other.send("GET", `${space}/returns/${made?.id}`)).status).toBe(404);
  });

  it("what came back is held until it is decided: restocked it is free, in quarantine held, scrapped and sent back gone", async () => {
    const before = await stock();
    const { id } = await company.command<ReturnView>(`${space}/returns`, back(8, { order: order.id }));
    const line = `/returns/${id}/lines/1`;
    expect(await refused(`${line}/receive`, { units: 9 })).toMatchObject({ code: "return.over" });
    await staff.command(`${space}${line}/receive`, { units: 7 });
    const came = await stock();
    expect([came.onHand - before.onHand, came.free - before.free, came.held - before.held]).toEqual([7, 0, 7]);
    expect(await refused(`${line}/decide`, { decision: "scrap", units: 8 })).toMatchObject({ code: "return.left" });
    await staff.command(`${space}${line}/decide`, { decision: "restock", units: 3 });
    await staff.command(`${space}${line}/decide`, { decision: "quarantine", units: 2 });
    await staff.command(`${space}${line}/decide`, { decision: "scrap", units: 1 });
    expect(await refused(`/returns/${id}/end`, undefined)).toMatchObject({
      code: "return.waiting",
      params: { left: 1 },
    });
    await staff.command(`${space}${line}/decide`, { decision: "send-back", units: 1 });
    await staff.command(`${space}/returns/${id}/end`, undefined);
    const after = await stock();
    expect([after.onHand - before.onHand, after.free - before.free, after.held - before.held]).toEqual([5, 3, 2]);
    expect(await company.read(`${space}/returns/${id}`)).toMatchObject({
      state: "closed",
      lines: [{ expected: 8, received: 7, restocked: 3, quarantined: 2, scrapped: 1, sentBack: 1 }],
    });
    expect(await company.read(`${space}/orders/${order.id}`)).toMatchObject({ lines: [{ returning: 7 }] });
    await staff.command(`${space}/putaway`, {
      ...{ warehouse: world.warehouse, product: product(), units: 3, scans: { bin: "02-01-01", product: gtins[0] } },
    });
    const items = await sound();
    const told = items.filter((item) => item.k === eventKind.name).map((item) => item.data as Record<string, unknown>);
    expect(told.filter((one) => one.operation === "return" && one.document === id)).toMatchObject([{ units: 7 }]);
    expect(told.find((one) => one.return === id)).toMatchObject({ units: 7, restocked: 3, sentBack: 1 });
  });

  it("of a lot never more comes back than the order sent of it, over all its returns and also at one moment", async () => {
    const tea = { name: "明前茶", code: "TEA", track: "lot" };
    const { id: lotted } = await company.command<{ id: string }>(`${space}/products`, tea);
    const asn = await company.command<AsnView>(`${space}/asns`, {
      ...{ warehouse: world.warehouse, lines: [{ product: lotted, units: 10 }] },
    });
    for (const [lot, units] of [
      ["A", 2],
      ["B", 8],
    ] as const) {
      await staff.command(`${space}/asns/${asn.id}/lines/1/receive`, { units, lot });
      const scans = { bin: "02-03-01", product: "TEA" };
      await staff.command(`${space}/putaway`, { warehouse: world.warehouse, product: lotted, units, lot, scans });
    }
    await hearAll();
    const sent = await shipped(lotted, 10, [
      { bin: "02-03-01", units: 2, lot: "A" },
      { bin: "02-03-01", units: 8, lot: "B" },
    ]);
    const announced = async (units: number) => {
      const wish = { ...back(1, { order: sent.id }), lines: [{ product: lotted, units }] };
      return `/returns/${(await company.command<ReturnView>(`${space}/returns`, wish)).id}/lines/1/receive`;
    };
    const [one, two] = [await announced(5), await announced(5)];
    expect(await refused(one, { units: 3, lot: "A" })).toMatchObject({
      code: "return.lot",
      params: { lot: "A", left: 2, units: 3 },
    });
    const both = await Promise.all(
      [one, two].map((path) => staff.send("POST", `${space}${path}`, { units: 2, lot: "A" }, key())),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await refused(two, { units: 1, lot: "A" })).toMatchObject({ code: "return.lot", params: { left: 0 } });
    await staff.command(`${space}${two}`, { units: 3, lot: "B" });
    await sound();
  });

  it("a serial comes back only to the order that sent it, once, and leaves again when it is sent back", async () => {
    const serial = { name: "检测仪", code: "DEV-1", track: "serial" };
    const { id: device } = await company.command<{ id: string }>(`${space}/products`, serial);
    const asn = await company.command<AsnView>(`${space}/asns`, {
      ...{ warehouse: world.warehouse, lines: [{ product: device, units: 2 }] },
    });
    await staff.command(`${space}/asns/${asn.id}/lines/1/receive`, { units: 2, serials: ["SN-1", "SN-2"] });
    for (const lot of ["SN-1", "SN-2"])
      await staff.command(`${space}/putaway`, {
        ...{ warehouse: world.warehouse, product: device, units: 1, lot },
        scans: { bin: "02-02-01", product: "DEV-1" },
      });
    await hearAll();
    const sent = await shipped(device, 1, [{ bin: "02-02-01", units: 1, lot: "SN-1" }]);
    const wish = { ...back(1, { order: sent.id, reason: "damaged" }), lines: [{ product: device, units: 1 }] };
    const { id } = await company.command<ReturnView>(`${space}/returns`, wish);
    const line = `/returns/${id}/lines/1`;
    expect(await refused(`${line}/receive`, { units: 1, serials: ["SN-2"] })).toMatchObject({ code: "scan.lot" });
    await staff.command(`${space}${line}/receive`, { units: 1, serials: ["SN-1"] });
    await sound();
    await staff.command(`${space}${line}/decide`, { decision: "send-back", units: 1 });
    expect(await stock(device)).toMatchObject({ onHand: 1, held: 0 });
    await sound();
    const free = { ...back(1), lines: [{ product: device, units: 1 }] };
    const again = await staff.command<ReturnView>(`${space}/returns`, { ...free, company: world.company });
    const twice = `/returns/${again.id}/lines/1/receive`;
    expect(await refused(twice, { units: 1, serials: ["SN-2"] })).toMatchObject({ code: "lot.here" });
    await staff.command(`${space}${twice}`, { units: 1, serials: ["SN-1"] });
    await sound();
  });
});
