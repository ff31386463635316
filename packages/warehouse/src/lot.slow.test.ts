import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi, unitsOf } from "@yihao/testing/api";
import { freshTable, platformOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { beforeAll, describe, expect, it } from "vitest";
import type { AsnView } from "./asn-model.ts";
import { checkWarehouse } from "./check.ts";
import type { OrderView, PickTask } from "./order-model.ts";
import { warehouseTimers } from "./reactions.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });
async function sound(table: Table) {
  await streamByHand(table)();
  expect([...checkLedger(await allItems(table)), ...checkWarehouse(await allItems(table))]).toEqual([]);
}
type Stock = {
  stock: {
    free: number;
    held: number;
    reserved: number;
    places: { bin?: string; lot?: string; expiry?: string; units: number }[];
  };
};

describe("goods told apart", () => {
  let table: Table;
  let staff: TestCaller;
  let company: TestCaller;
  let warehouse: string;
  const gtin = "40170725";
  let milk = "";
  let phone = "";
  let asn: AsnView;
  const receive = (line: number, wish: object) =>
    staff.send("POST", `${space}/asns/${asn.id}/lines/${line}/receive`, wish, key());
  const putAway = (product: string, bin: string, scan: string, units: number, more: object = {}) =>
    staff.send(
      "POST",
      `${space}/putaway`,
      { warehouse, product, units, scans: { bin, product: scan }, ...more },
      key(),
    );
  const picks = async (order: string) =>
    (await staff.read<{ items: PickTask[] }>(`${space}/orders/${order}/picks?warehouse=${warehouse}`)).items;
  beforeAll(async () => {
    table = await freshTable();
    const api = testApi(table);
    [staff, company] = [api.as("per_owner"), api.as("per_one")];
    ({ warehouse } = await warehouseWorld(table));
    const add = (wish: object) => company.command<{ id: string }>(`${space}/products`, wish);
    milk = (await add({ name: "鲜奶", code: "MILK", gtin, track: "lot", dated: true })).id;
    phone = (await add({ name: "手机", code: "PHONE", gtin: "6970001284577", track: "serial" })).id;
    const lines = [
      { product: milk, units: 40 },
      { product: phone, units: 5 },
    ];
    asn = await company.command<AsnView>(`${space}/asns`, { warehouse, lines });
  });

  it("are received only with their lot and day, a serial once, for at most 14 write units and 3 reads of a known lot", async () => {
    expect((await receive(1, { units: 10 })).json()).toMatchObject({ code: "lot.expiry" });
    expect((await receive(1, { units: 10, expiry: "2026-12-10" })).json()).toMatchObject({ code: "lot.wanted" });
    expect((await receive(1, { units: 10, lot: "B", expiry: "2026-12-20" })).status).toBe(201);
    expect((await receive(1, { units: 10, lot: "A", expiry: "2026-11-25" })).status).toBe(201);
    const more = await receive(1, { units: 4, lot: "A" });
    expect(more.status).toBe(201);
    expect(unitsOf(more).write).toBeLessThanOrEqual(14);
    expect(unitsOf(more).read).toBeLessThanOrEqual(3.5 + 1);
    const other = await receive(1, { units: 1, lot: "A", expiry: "2026-11-26" });
    expect(other.json()).toMatchObject({ code: "lot.expiry", params: { expected: "2026-11-25" } });
    expect((await receive(2, { units: 2, serials: ["S1"] })).json()).toMatchObject({ code: "lot.serials" });
    const same = await Promise.all(Array.from({ length: 4 }, () => receive(2, { units: 2, serials: ["S1", "S2"] })));
    expect(same.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(same.find(({ status }) => status === 409)?.json()).toMatchObject({
      code: "lot.here",
      params: { serials: ["S1", "S2"] },
    });
    await sound(table);
  });

  it("each bear a tag of their own: an EPC of their product, that no other piece has, and nobody of another company sees it", async () => {
    const path = (serial: string) => `${space}/products/${phone}/serials/${serial}`;
    const write = async (serial: string, epc: string | null, rev = 1) =>
      staff.send("PUT", path(serial), { epc }, { ...key(), "if-match": `"${rev}"` });
    const epc = "urn:epc:id:sgtin:6970001.028457.TAG-7";
    expect(await company.read(path("S1"))).toMatchObject({ serial: "S1", here: true });
    expect((await write("S1", "E280-1160")).json()).toMatchObject({ code: "epc.invalid" });
    expect((await write("S1", "urn:epc:id:sgtin:6970001.028458.S1")).json()).toMatchObject({ code: "epc.other" });
    expect((await write("S1", epc)).json()).toMatchObject({ epc, rev: 2 });
    expect((await write("S2", epc)).json()).toMatchObject({ code: "epc.taken" });
    expect((await write("S1", null, 1)).status).toBe(412);
    expect((await write("S1", null, 2)).status).toBe(200);
    expect((await write("S2", epc)).status).toBe(200);
    expect((await testApi(table).as("per_two").send("GET", path("S2"))).status).toBe(404);
    await staff.send(
      "PUT",
      `${space}/warehouse-settings`,
      { gs1Prefix: "6970001", extension: 0 },
      { "if-match": '"0"' },
    );
    expect(await staff.read(path("S2"))).toMatchObject({ sgtin: "urn:epc:id:sgtin:6970001.028457.S2", epc });
  });

  it("past their day at receipt are held at once", async () => {
    expect((await receive(1, { units: 2, lot: "OLD", expiry: "2026-11-20" })).status).toBe(201);
    expect(await company.read<Stock>(`${space}/products/${milk}`)).toMatchObject({ stock: { free: 24, held: 2 } });
    await sound(table);
  });

  it("are put away, moved and shown by lot; a GS1 scan names it, and another lot than the task's is refused", async () => {
    await streamByHand(table)();
    const scan = (lot: string) => `(01)000000${gtin}(10)${lot}`;
    expect((await putAway(milk, "01-01-01", gtin, 14)).json()).toMatchObject({ code: "lot.wanted" });
    expect((await putAway(milk, "01-01-01", scan("B"), 14, { lot: "A" })).json()).toMatchObject({
      code: "scan.lot",
      params: { expected: "A", got: "B" },
    });
    expect((await putAway(milk, "01-01-01", "(01)00000040170726", 14)).json()).toMatchObject({
      code: "gs1.invalid",
      params: { fault: "check-digit", at: 17, identifier: "01" },
    });
    expect((await putAway(milk, "01-02-01", scan("A"), 14)).json()).toMatchObject({ lot: "A", units: 14 });
    expect((await putAway(milk, "01-01-01", gtin, 10, { lot: "B" })).status).toBe(201);
    for (const serial of ["S1", "S2"])
      expect((await putAway(phone, "01-03-01", "PHONE", 1, { lot: serial })).status).toBe(201);
    const move = { warehouse, product: milk, units: 2, from: "01-02-01", to: "01-02-02" };
    expect((await staff.send("POST", `${space}/moves`, move, key())).json()).toMatchObject({ code: "lot.wanted" });
    expect((await staff.send("POST", `${space}/moves`, { ...move, lot: "A" }, key())).status).toBe(201);
    const { stock } = await company.read<Stock>(`${space}/products/${milk}`);
    expect(stock.places).toContainEqual(
      expect.objectContaining({ bin: "01-02-02", lot: "A", expiry: "2026-11-25", units: 2 }),
    );
    await sound(table);
  });

  it("are picked by expiry; a serial is picked once by many at one time, leaves, and may come back", async () => {
    const lines = [
      { product: milk, units: 15 },
      { product: phone, units: 1 },
    ];
    const order = await company.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "王海涛" } });
    const second = { lines: [{ product: phone, units: 1 }], recipient: { name: "赵倩" } };
    const rival = await company.command<OrderView>(`${space}/orders`, second);
    const tasks = await picks(order.id);
    expect(tasks.filter(({ line }) => line === 1).map(({ bin, lot, units }) => [bin, lot, units])).toEqual([
      ["01-01-01", "B", 1],
      ["01-02-01", "A", 12],
      ["01-02-02", "A", 2],
    ]);
    const pick = (of: string, line: number, bin: string, lot: string, units: number) =>
      staff.send("POST", `${space}/orders/${of}/pick`, { warehouse, line, bin, lot, units }, key());
    for (const { bin, lot = "", units } of tasks.filter(({ line }) => line === 1))
      expect((await pick(order.id, 1, bin ?? "", lot, units)).status).toBe(201);
    const race = await Promise.all([
      pick(order.id, 2, "01-03-01", "S1", 1),
      pick(rival.id, 1, "01-03-01", "S1", 1),
      pick(rival.id, 1, "01-03-01", "S1", 1),
    ]);
    expect(race.filter(({ status }) => status === 201)).toHaveLength(1);
    const winner = race[0]?.status === 201 ? order : rival;
    if (winner === rival) expect((await pick(order.id, 2, "01-03-01", "S2", 1)).status).toBe(201);
    await staff.command(`${space}/orders/${order.id}/ship`, undefined);
    await sound(table);
    await company.command(`${space}/orders/${rival.id}/cancel`, undefined);
    const left = winner === order ? "S1" : "S2";
    const stayed = left === "S1" ? "S2" : "S1";
    expect((await receive(2, { units: 1, serials: [stayed] })).json()).toMatchObject({ code: "lot.here" });
    expect((await receive(2, { units: 1, serials: [left] })).status).toBe(201);
    await sound(table);
  });

  it("that expire are held and promised to nobody: the newest orders become back-ordered, and their picks are refused", async () => {
    // B is 9 units, all of them ordered by two.
    const order = (units: number) =>
      company.command<OrderView>(`${space}/orders`, { lines: [{ product: milk, units }], recipient: { name: "周敏" } });
    const first = await order(4);
    const second = await order(5);
    await streamByHand(table)();
    const later = "2026-12-20T16:00:00.000Z";
    await sweep(platformOf(table, { now: later }), warehouseTimers);
    const { stock } = await company.read<Stock>(`${space}/products/${milk}`);
    expect(stock).toMatchObject({ free: 0, reserved: 0, held: 11 });
    for (const { id, lines } of [first, second])
      expect(await company.read<OrderView>(`${space}/orders/${id}`)).toMatchObject({
        state: "back-ordered",
        lines: [{ backordered: lines[0]?.units }],
      });
    const late = testApi(table, { now: () => later }).as("per_owner");
    const refused = { lines: [{ product: milk, units: 1 }], recipient: { name: "x" }, company: "cmp_one" };
    expect((await late.send("POST", `${space}/orders`, refused, key())).json()).toMatchObject({ code: "stock.short" });
    expect(await company.command(`${space}/orders/${second.id}/cancel`, undefined)).toMatchObject({
      state: "cancelled",
    });
    await sound(table);
  });

  it("past their day go to another warehouse without taking of what is free, and are there held as they were", async () => {
    const to = await staff.command<{ id: string }>(`${space}/warehouses`, { name: "北库", zone: "Asia/Shanghai" });
    const { id: yogurt } = await company.command<{ id: string }>(`${space}/products`, {
      ...{ name: "酸奶", code: "YOG", track: "lot", dated: true },
    });
    const lines = [{ product: yogurt, units: 10 }];
    const notice = await company.command<AsnView>(`${space}/asns`, { warehouse, lines });
    for (const [lot, expiry] of [
      ["OLD", "2026-12-25"],
      ["NEW", "2027-12-01"],
    ] as const) {
      await staff.command(`${space}/asns/${notice.id}/lines/1/receive`, { units: 5, lot, expiry });
      expect((await putAway(yogurt, "02-05-01", "YOG", 5, { lot })).status).toBe(201);
    }
    const send = (lot: string, by = staff) =>
      by.send(
        "POST",
        `${space}/transfers`,
        {
          ...{ company: "cmp_one", from: warehouse, to: to.id },
          lines: [{ product: yogurt, bin: "02-05-01", units: 5, lot }],
        },
        key(),
      );
    // Its day has passed, and the night has not been yet.
    const later = "2026-12-25T17:00:00.000Z";
    const late = testApi(table, { now: () => later }).as("per_owner");
    expect((await send("OLD", late)).json()).toMatchObject({ code: "lot.expired", params: { lot: "OLD" } });
    await sweep(platformOf(table, { now: later, command: "auto:sweep yogurt" }), warehouseTimers);
    const stock = async () => (await company.read<Stock>(`${space}/products/${yogurt}`)).stock;
    expect(await stock()).toMatchObject({ free: 5, held: 5 });
    const sent = (await send("OLD", late)).json<{ id: string }>();
    expect(await stock()).toMatchObject({ free: 5, held: 5 });
    const receive = (wish: object) => late.send("POST", `${space}/transfers/${sent.id}/lines/1/receive`, wish, key());
    expect((await receive({ units: 5 })).json()).toMatchObject({ code: "lot.expired" });
    expect((await receive({ units: 5, damaged: 5 })).status).toBe(201);
    expect(await stock()).toMatchObject({ free: 5, held: 5 });
    const order = { company: "cmp_one", lines: [{ product: yogurt, units: 5 }], recipient: { name: "周敏" } };
    expect((await late.send("POST", `${space}/orders`, order, key())).status).toBe(201);
    await sound(table);
  });

  it("a case counts as the units in it wherever it is scanned or a file names it, and its code is one product's alone", async () => {
    const ofCase = "19506000134359";
    const facts = { name: "礼盒", code: "BOX", gtin: "9506000134352", unit: "盒" };
    const packs = [{ name: "箱", units: 12, gtin: ofCase }];
    const box = (await company.command<{ id: string }>(`${space}/products`, { ...facts, packs })).id;
    const other = await company.send("POST", `${space}/products`, { name: "别的", code: "OTHER", gtin: ofCase }, key());
    expect(other.json()).toMatchObject({ code: "product.taken", params: { of: "gtin", product: box } });

    const csv = `条码,数量\n${ofCase},2\n${facts.gtin},3`;
    const notice = await company.command<AsnView>(`${space}/asns`, { warehouse, csv });
    expect(notice.items).toMatchObject([{ product: box, expected: 27 }]);
    await staff.command(`${space}/asns/${notice.id}/lines/1/receive`, { units: 27 });
    expect((await putAway(box, "01-03-01", ofCase, 27)).status).toBe(201);

    const lines = [{ product: box, units: 24 }];
    const { id } = await company.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "沈晚汀" } });
    const pick = { warehouse, line: 1, bin: "01-03-01", units: 24, scans: { bin: "01-03-01", product: ofCase } };
    await staff.command(`${space}/orders/${id}/pick`, pick);
    const items = [{ code: ofCase, units: 24 }];
    const packed = await staff.command<OrderView>(`${space}/orders/${id}/cartons`, { items, grams: 2_000 });
    expect(packed).toMatchObject({ state: "packed", cartons: [{ lines: [{ line: 1, units: 24 }] }] });

    const { product } = await company.read<{ product: { rev: number } }>(`${space}/products/${box}`);
    const edited = await company.send("PUT", `${space}/products/${box}`, facts, { "if-match": `"${product.rev}"` });
    expect(edited.json()).not.toHaveProperty("packs");
    await company.command(`${space}/products`, { name: "别的", code: "OTHER", gtin: ofCase });
    await sound(table);
  });
});
