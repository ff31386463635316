import { take } from "@yihao/kernel/outcome";
import { checkLedger } from "@yihao/ledger/check";
import type { Table, Through } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { CountView, ListedCount } from "./count-model.ts";
import { countBinKey, countKey, countWithBins } from "./count-store.ts";
import type { OrderView } from "./order-model.ts";
import { revise } from "./store.ts";
import { generateBins } from "./warehouse-actions.ts";

const space = "/spaces/spc_test";
const bin = "01-01-01";
type Stock = { stock: { onHand: number; free: number; reserved: number } };

async function sound(table: Table) {
  await streamByHand(table)();
  const items = await allItems(table);
  expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
}

/** A warehouse with so many units of each product, whose clock is set before each call. */
async function stage(stock: number) {
  const table = await freshTable();
  const { warehouse, products } = await warehouseWorld(table, { stock });
  await placePerson(scopeOf(table), "per_hand", { roles: ["warehouse"] });
  await placePerson(scopeOf(table), "per_chief", { roles: ["manager"] });
  await streamByHand(table)();
  let minutes = 0;
  const now = () => new Date(Date.parse("2026-11-23T03:00:00.000Z") + minutes++ * 60_000).toISOString();
  const api = testApi(table, { now });
  const [owner, hand, chief, company] = [
    api.as("per_owner"),
    api.as("per_hand"),
    api.as("per_chief"),
    api.as("per_one"),
  ];
  const [product = ""] = products;
  const plan = (basis: object) => owner.command<ListedCount>(`${space}/counts`, { warehouse, basis });
  const tell = async (by: TestCaller, count: string, units: number, rounds = 2) => {
    const at = `${space}/counts/${count}/bins/${bin}`;
    for (let round = 0; round < rounds; round += 1) {
      await by.command(`${at}/begin`, undefined);
      await by.command(`${at}/found`, { lines: units === 0 ? [] : [{ product, units }] });
    }
  };
  const approve = (count: string) => chief.command<ListedCount>(`${space}/counts/${count}/approve`, undefined);
  const order = (units: number) =>
    company.command<OrderView>(`${space}/orders`, { lines: [{ product, units }], recipient: { name: "王海涛" } });
  const stockNow = async () => (await hand.read<Stock>(`${space}/products/${product}`)).stock;
  const posted = async (count: string) =>
    (await chief.read<CountView>(`${space}/counts/${count}`)).items.find(({ code }) => code === bin)?.lines?.[0]
      ?.posted;
  return { table, product, warehouse, owner, hand, chief, plan, tell, approve, order, stockNow, posted };
}

describe("what a count posts", () => {
  it("is nothing that another count of the bin posted already, whichever of them is approved first; who counted last is believed", async () => {
    const { table, plan, tell, approve, hand, stockNow, posted, product } = await stage(10);
    const counts = [await plan({ kind: "bins", from: bin, to: bin }), await plan({ kind: "product", product })];
    for (const { id } of counts) await tell(hand, id, 6);
    for (const { id } of counts) await approve(id);
    expect(await stockNow()).toMatchObject({ onHand: 6, free: 6 });
    expect(await Promise.all(counts.map(({ id }) => posted(id)))).toEqual([-4, 0]);

    const [first, second] = [await plan({ kind: "product", product }), await plan({ kind: "product", product })];
    await tell(hand, first.id, 2);
    await tell(hand, second.id, 3);
    for (const { id } of [first, second]) await approve(id);
    expect(await Promise.all([posted(first.id), posted(second.id)])).toEqual([-4, 1]);
    const [third, fourth] = [await plan({ kind: "product", product }), await plan({ kind: "product", product })];
    await tell(hand, third.id, 9);
    await tell(hand, fourth.id, 8);
    await Promise.all([fourth, third].map(({ id }) => approve(id)));
    expect(await stockNow()).toMatchObject({ onHand: 8, free: 8 });
    await sound(table);
  });

  it("takes what an order looked for in vain from it, and what is not there comes back to be promised never", async () => {
    const { table, owner, hand, plan, tell, approve, order, stockNow, warehouse } = await stage(10);
    const { id } = await order(10);
    await streamByHand(table)();
    const pick = { warehouse, line: 1, bin };
    await owner.command(`${space}/orders/${id}/pick`, { ...pick, units: 6 });
    await owner.command(`${space}/orders/${id}/pick`, { ...pick, units: 0, short: "not-found" });
    const count = await plan({ kind: "doubt" });
    await tell(hand, count.id, 0);
    await approve(count.id);
    expect(await stockNow()).toMatchObject({ onHand: 6, free: 0, reserved: 6 });
    const gone = await owner.command<OrderView>(`${space}/orders/${id}/ship`, undefined);
    expect(gone).toMatchObject({ state: "shipped", lines: [{ shipped: 6, released: 4 }] });
    expect(await stockNow()).toMatchObject({ onHand: 0, free: 0, reserved: 0 });
    await sound(table);
  });

  it("is all that is missing, also when it was promised to more orders than one commit takes it from", async () => {
    const { table, hand, plan, tell, approve, order, stockNow, posted } = await stage(25);
    const orders: string[] = [];
    for (let at = 0; at < 25; at += 1) orders.push((await order(1)).id);
    await streamByHand(table)();
    const count = await plan({ kind: "bins", from: bin, to: bin });
    await tell(hand, count.id, 2);
    await approve(count.id);
    expect(await posted(count.id)).toBe(-23);
    expect(await stockNow()).toMatchObject({ onHand: 2, free: 0, reserved: 2 });
    const states = await Promise.all(orders.map((id) => hand.read<OrderView>(`${space}/orders/${id}`)));
    expect(states.map(({ state }) => state)).toEqual([
      ...["reserved", "reserved"],
      ...Array.from({ length: 23 }, () => "back-ordered"),
    ]);
    await sound(table);
  });

  it("waits for bins that are sent back, also for more than one commit takes and where that was cut off", async () => {
    const { table, plan, approve, chief } = await stage(0);
    const pattern = { zone: { code: "B", name: "存储", kind: "reserve" as const }, racks: { from: 3, to: 6 } };
    take(
      await generateBins(scopeOf(table), (await plan({ kind: "bins", from: bin, to: bin })).warehouse, {
        ...{ ...pattern, columns: 10, levels: 3 },
      }),
    );
    const count = await plan({ kind: "bins", from: "03-01-01", to: "06-10-03" });
    const { bins = [] } = (await countWithBins(scopeOf(table), count.id)) ?? {};
    expect(bins).toHaveLength(120);
    const counted = bins.map(({ code, rev }) =>
      revise(countBinKey(scopeOf(table), count.id, code), rev, { state: "counted" }),
    );
    const head = revise(countKey(scopeOf(table), count.id), 1, { state: "to-review", done: 120 });
    for (const part of [counted.slice(0, 90), [...counted.slice(90), head]])
      await commit(scopeOf(table), part, { answer: null });
    const path = `${space}/counts/${count.id}/recount`;
    const wish = { bins: bins.map(({ code }) => code) };
    let calls = 0;
    const through: Through = async (call, send) => {
      if (call.constructor.name === "TransactWriteItemsCommand" && ++calls > 1) throw new Error("cut off");
      return send(call);
    };
    const cut = await testApi(sameTable(table, { through }))
      .as("per_chief")
      .send("POST", path, wish, { "idempotency-key": "recount-1" });
    expect([cut.status, calls]).toEqual([500, 2]);
    await expect(approve(count.id)).rejects.toThrow(/count.state/);
    const again = await chief.send("POST", path, wish, { "idempotency-key": "recount-1" });
    expect(again.json()).toMatchObject({ state: "counting", done: 0 });
    const after = await countWithBins(scopeOf(table), count.id);
    expect(after?.bins.every(({ state, round }) => state === "recount" && round === 2)).toBe(true);
  });
});
