import { checkLedger } from "@yihao/ledger/check";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, platformOf, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { OrderView } from "./order-model.ts";
import { warehouseTimers } from "./reactions.ts";

const space = "/spaces/spc_test";
const bin = "01-01-01";
const [early, late] = ["2026-11-23T03:00:00.000Z", "2026-11-26T00:00:00.000Z"];
type Stock = { stock: { onHand: number; free: number; reserved: number; held: number } };

/** Milk of a company, `units` of lot A in a bin, that expires between `early` and `late`. */
async function stage(units: number) {
  const table = await freshTable();
  const { warehouse } = await warehouseWorld(table);
  await placePerson(scopeOf(table), "per_hand", { roles: ["warehouse"] });
  const by = (person: Parameters<ReturnType<typeof testApi>["as"]>[0], now = early) =>
    testApi(table, { now: () => now }).as(person);
  const { id: product } = await by("per_one").command<{ id: string }>(`${space}/products`, {
    ...{ name: "鲜奶", code: "MILK", track: "lot", dated: true },
  });
  const lines = [{ product, units: 100 }];
  const asn = await by("per_one").command<{ id: string }>(`${space}/asns`, { warehouse, lines });
  const receive = (some: number, now = early) =>
    by("per_owner", now).command(`${space}/asns/${asn.id}/lines/1/receive`, {
      ...{ units: some, lot: "A", expiry: "2026-11-25" },
    });
  if (units > 0) {
    await receive(units);
    const scans = { bin, product: "MILK" };
    await by("per_owner").command(`${space}/putaway`, { warehouse, product, units, lot: "A", scans });
  }
  const order = (some: number) =>
    by("per_one").command<OrderView>(`${space}/orders`, {
      ...{ lines: [{ product, units: some }], recipient: { name: "王海涛" } },
    });
  const expires = async () => {
    await streamByHand(table)();
    await sweep(platformOf(table, { now: late }), warehouseTimers);
  };
  const stock = async () => (await by("per_one").read<Stock>(`${space}/products/${product}`)).stock;
  const sound = async () => {
    await streamByHand(table)();
    const items = await allItems(table);
    expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
  };
  return { table, product, warehouse, by, receive, order, expires, stock, sound };
}

describe("goods past their day", () => {
  it("are held all, also when they were promised to more orders than one commit takes them from", async () => {
    const { order, expires, stock, sound } = await stage(25);
    for (let at = 0; at < 25; at += 1) await order(1);
    await expires();
    expect(await stock()).toMatchObject({ onHand: 25, free: 0, reserved: 0, held: 25 });
    await expires();
    expect(await stock()).toMatchObject({ held: 25 });
    await sound();
  });

  it("that were packed by then are held when their order is cancelled, not promised again", async () => {
    const { by, order, expires, stock, sound, warehouse } = await stage(8);
    const { id } = await order(5);
    await by("per_owner").command(`${space}/orders/${id}/pick`, { warehouse, line: 1, bin, units: 3, lot: "A" });
    await expires();
    expect(await stock()).toMatchObject({ free: 0, reserved: 3, held: 5 });
    await by("per_one", late).command(`${space}/orders/${id}/cancel`, undefined);
    expect(await stock()).toMatchObject({ onHand: 8, free: 0, reserved: 0, held: 8 });
    await sound();
  });

  it("are held with what came in of their lot in the moment before its timer went", async () => {
    const { receive, expires, stock, sound } = await stage(10);
    await receive(2, late);
    await expires();
    expect(await stock()).toMatchObject({ onHand: 12, free: 0, held: 12 });
    await receive(1, late);
    expect(await stock()).toMatchObject({ onHand: 13, free: 0, held: 13 });
    await sound();
  });

  it("are held too when a count found their lot before anybody told its day", async () => {
    const { by, receive, expires, stock, sound, warehouse, product } = await stage(0);
    const owner = by("per_owner");
    const basis = { kind: "bins", from: bin, to: bin };
    const count = await owner.command<{ id: string }>(`${space}/counts`, { warehouse, basis });
    const at = `${space}/counts/${count.id}/bins/${bin}`;
    for (let round = 0; round < 2; round += 1) {
      await by("per_hand").command(`${at}/begin`, undefined);
      await by("per_hand").command(`${at}/found`, { lines: [{ product, lot: "A", units: 4 }] });
    }
    await owner.command(`${space}/counts/${count.id}/approve`, undefined);
    await receive(2);
    expect(await stock()).toMatchObject({ free: 6 });
    await expires();
    expect(await stock()).toMatchObject({ onHand: 6, free: 0, held: 6 });
    await sound();
  });
});
