import type { MergedPerson } from "@yihao/identity/model";
import { mergedKey, mergedKind } from "@yihao/identity/person-merge";
import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { commit } from "@yihao/table/commit";
import { allItems } from "@yihao/table/dump";
import { overwrite } from "@yihao/table/write";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { placePerson } from "@yihao/testing/booking-world";
import { freshTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import type { CountView, ListedCount } from "./count-model.ts";
import type { Content } from "./model.ts";
import type { OrderView } from "./order-model.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });
async function sound(table: Table, copies = true) {
  if (copies) await streamByHand(table)();
  const items = await allItems(table);
  expect([...checkLedger(items), ...checkWarehouse(items, { copies })]).toEqual([]);
}
type Stock = { stock: { onHand: number; free: number; reserved: number; places: { bin?: string; units: number }[] } };

async function stage(stock: number) {
  const table = await freshTable();
  const world = await warehouseWorld(table, { stock });
  await placePerson(scopeOf(table), "per_hand", { roles: ["warehouse"] });
  await placePerson(scopeOf(table), "per_chief", { roles: ["manager"] });
  await streamByHand(table)();
  const api = testApi(table);
  const [owner, hand, chief, company] = [
    api.as("per_owner"),
    api.as("per_hand"),
    api.as("per_chief"),
    api.as("per_one"),
  ];
  const plan = (basis: object, by: TestCaller = owner) =>
    by.command<ListedCount>(`${space}/counts`, { warehouse: world.warehouse, basis });
  const at = (count: string, bin: string) => `${space}/counts/${count}/bins/${bin}`;
  const tell = async (by: TestCaller, count: string, bin: string, lines: object[]) => {
    await by.command(`${at(count, bin)}/begin`, undefined);
    return by.command<{ again: boolean }>(`${at(count, bin)}/found`, { lines });
  };
  return { table, ...world, owner, hand, chief, company, plan, at, tell };
}

describe("counts", () => {
  it("are blind: whoever counts is told what expected number over no route, and neither is a manager who counted", async () => {
    const { plan, hand, chief, owner, tell, products, warehouse, table } = await stage(10);
    const count = await plan({ kind: "bins", from: "01-01-01", to: "01-02-01" });
    expect(count).toMatchObject({ state: "requested", bins: 4 });
    const path = `${space}/counts/${count.id}`;
    const blind = async (by: TestCaller) => {
      const seen = await by.read<CountView>(path);
      expect(seen.mayJudge).toBe(false);
      expect(seen.items.every(({ lines }) => lines === undefined)).toBe(true);
      const map = await by.read<{ contents: Content[]; bins: { code: string; used: number }[] }>(
        `${space}/warehouses/${warehouse}/bins`,
      );
      const inside = map.contents.filter(({ bin }) => bin === "01-01-01" || bin === "01-02-01");
      expect(inside.map(({ units, hidden }) => [units, hidden])).toEqual([
        [0, true],
        [0, true],
      ]);
      expect(map.bins.find(({ code }) => code === "01-01-01")?.used).toBe(0);
      const product = `${space}/products/${products[0]}`;
      const { stock } = await by.read<Stock>(product);
      expect(stock).toMatchObject({ places: [], onHand: 0, free: 0, hidden: true });
      for (const list of [`${space}/stock?company=cmp_one`, `${space}/products?text=SKU-1`]) {
        const { items } = await by.read<{ items: { id: string; onHand: number; hidden?: boolean }[] }>(list);
        expect(items.find(({ id }) => id === products[0])).toMatchObject({ onHand: 0, free: 0, hidden: true });
      }
      expect(await by.read(`${product}/card`)).toEqual({ items: [], next: null, onHand: 0, hidden: true });
      expect(await by.read(`${product}/series`)).toMatchObject({ days: [], hidden: true });
      expect(await by.read(`${product}/promisable`)).toMatchObject({ now: 0, coming: [] });
      for (const list of ["sheets?", "top?list=issued&", "on?day=2026-11-23&"]) {
        const { items } = await by.read<{ items: { code: string }[] }>(`${space}/stock/${list}company=cmp_one`);
        expect(items.filter(({ code }) => code === "SKU-1" || code === "SKU-2")).toEqual([]);
      }
    };
    await blind(hand);
    const goods = await hand.read<{ items: object[] }>(`${path}/goods?code=${encodeURIComponent(`(01)0${gtins[0]}`)}`);
    expect(goods.items).toEqual([expect.objectContaining({ id: products[0], company: "cmp_one" })]);
    expect(JSON.stringify(goods)).not.toMatch(/onHand|free|units/);
    expect(await tell(hand, count.id, "01-01-01", [{ product: products[0], units: 10 }])).toEqual({
      code: "01-01-01",
      again: false,
    });
    expect(await tell(hand, count.id, "01-01-02", [])).toMatchObject({ again: false });
    expect(await tell(owner, count.id, "01-01-03", [])).toMatchObject({ again: false });
    const short = [{ product: products[1], units: 6 }];
    expect(await tell(hand, count.id, "01-02-01", short)).toMatchObject({ again: true });
    await blind(hand);
    await blind(owner);
    expect((await chief.read<CountView>(path)).items.every(({ lines }) => lines === undefined)).toBe(true);
    expect(await tell(hand, count.id, "01-02-01", short)).toMatchObject({ again: false });

    await blind(hand);
    await blind(owner);
    expect((await hand.send("POST", `${path}/approve`, undefined, key())).status).toBe(403);
    const own = await owner.send("POST", `${path}/approve`, undefined, key());
    expect([own.status, own.json<{ code: string }>().code]).toEqual([403, "count.counter"]);
    const seen = await chief.read<CountView>(path);
    expect(seen).toMatchObject({ state: "to-review", mayJudge: true, done: 4 });
    expect(seen.items.at(-1)?.lines).toMatchObject([{ expected: 10, counted: 6, variance: -4 }]);
    const both = await Promise.all([1, 2, 3].map(() => chief.send("POST", `${path}/approve`, undefined, key())));
    expect(both.some(({ status }) => status === 201)).toBe(true);
    expect(await hand.read<CountView>(path)).toMatchObject({ state: "posted", judgedBy: "per_chief" });
    const { stock } = await hand.read<Stock>(`${space}/products/${products[1]}`);
    expect(stock).toMatchObject({ onHand: 6, free: 6 });
    await sound(table);
  });

  it("stay blind when what is done in their bins is refused or changed, and however many counts were planned since", async () => {
    const { plan, hand, chief, products, warehouse, company, table } = await stage(10);
    const bins = `${space}/warehouses/${warehouse}/bins`;
    const edit = (by: TestCaller, wish: object, rev: number) =>
      by.send("PATCH", `${bins}/01-01-01`, wish, { ...key(), "if-match": `"${rev}"` });
    await edit(chief, { capacity: 12 }, 1);
    const count = await plan({ kind: "bins", from: "01-01-01", to: "01-01-01" });
    for (let later = 0; later < 21; later += 1) await plan({ kind: "bins", from: "02-05-01", to: "02-05-01" });
    const lines = [{ product: products[0], units: 9 }];
    const order = await company.command<OrderView>(`${space}/orders`, { lines, recipient: { name: "王海涛" } });
    const move = { warehouse, product: products[0], units: 900, from: "01-01-01", to: "02-01-01" };
    const pick = { warehouse, line: 1, bin: "01-01-01", units: 9 };
    const tries = async (by: TestCaller) => {
      const moved = await by.send("POST", `${space}/moves`, move, key());
      const into = { ...move, product: products[1], units: 3, from: "01-02-01", to: "01-01-01" };
      const full = await by.send("POST", `${space}/moves`, into, key());
      const smaller = await edit(by, { capacity: 5 }, 2);
      return [moved, full, smaller].map((one) => one.json());
    };
    const line = { product: products[0], wanted: 900 };
    expect(await tries(hand)).toMatchObject([
      { code: "stock.short", params: { hidden: true, lines: [line] } },
      { code: "bin.full", params: { bin: "01-01-01", hidden: true } },
      { code: "bin.holds", params: { bin: "01-01-01", hidden: true } },
    ]);
    expect(JSON.stringify(await tries(hand))).not.toMatch(/available|"room"|"holds"/);
    expect(await tries(chief)).toMatchObject([
      { params: { lines: [{ available: 10 }] } },
      { params: { room: 2 } },
      { params: { holds: 10 } },
    ]);
    await hand.command(`${space}/moves`, { ...move, units: 5 });
    const short = await hand.send("POST", `${space}/orders/${order.id}/pick`, pick, key());
    expect([short.json<{ code: string }>().code, short.text.includes("available")]).toEqual(["stock.short", false]);
    expect((await edit(hand, { sequence: 7 }, 2)).json()).toMatchObject({ used: 0, sequence: 7 });
    await hand.command(`${space}/counts/${count.id}/cancel`, undefined);
    expect((await hand.send("POST", `${space}/moves`, move, key())).json()).toMatchObject({
      params: { lines: [{ available: 5 }] },
    });
    await sound(table);
  });

  it("find a serial once: not twice in a bin, and of two bins in the first that is posted", async () => {
    const { plan, hand, chief, company, at, tell, table } = await stage(1);
    const { id: product } = await company.command<{ id: string }>(`${space}/products`, {
      ...{ name: "检测仪", code: "DEV-1", track: "serial" },
    });
    const count = await plan({ kind: "bins", from: "02-01-01", to: "02-01-02" });
    const found = (units: number) => [{ product, lot: "SN-1", units }];
    await hand.command(`${at(count.id, "02-01-01")}/begin`, undefined);
    for (const lines of [found(2), [...found(1), ...found(1)]]) {
      const twice = await hand.send("POST", `${at(count.id, "02-01-01")}/found`, { lines }, key());
      expect(twice.json()).toMatchObject({ code: "lot.serials", params: { units: 2, serials: 1 } });
    }
    for (const _ of [1, 2])
      for (const bin of ["02-01-01", "02-01-02"])
        if (
          (await hand.read<CountView>(`${space}/counts/${count.id}`)).items.some(
            (one) => one.code === bin && one.state !== "counted",
          )
        )
          await tell(hand, count.id, bin, found(1));
    await chief.command(`${space}/counts/${count.id}/approve`, undefined);
    expect(await hand.read<CountView>(`${space}/counts/${count.id}`)).toMatchObject({ state: "posted" });
    const { stock } = await company.read<Stock>(`${space}/products/${product}`);
    expect([stock.onHand, stock.places]).toMatchObject([1, [{ bin: "02-01-01", units: 1 }]]);
    await sound(table);
  });

  it("are judged by nobody who counted under an account that was merged into theirs", async () => {
    const { plan, hand, chief, owner, tell, table } = await stage(10);
    const count = await plan({ kind: "bins", from: "01-01-01", to: "01-01-01" });
    for (const _ of [1, 2]) await tell(hand, count.id, "01-01-01", []);
    const path = `${space}/counts/${count.id}`;
    expect((await chief.read<CountView>(path)).mayJudge).toBe(true);
    const who = { person: "per_hand", name: "per_hand", email: "per_hand@test.example", into: "per_chief" } as const;
    const merged: MergedPerson = { ...who, at: scopeOf(table).now, roles: ["warehouse"], companies: [] };
    await commit(scopeOf(table), [overwrite(mergedKey(scopeOf(table), who.person), mergedKind, merged)], {
      answer: null,
    });
    expect((await chief.read<CountView>(path)).mayJudge).toBe(false);
    const own = await chief.send("POST", `${path}/approve`, undefined, key());
    expect([own.status, own.json<{ code: string }>().code]).toEqual([403, "count.counter"]);
    expect(await owner.command(`${path}/approve`, undefined)).toMatchObject({ state: "posted" });
    await sound(table);
  });

  it("find goods the ledger did not have, and lose what was promised: the newest order is back-ordered, visibly", async () => {
    const { plan, hand, chief, company, tell, products, table } = await stage(10);
    const order = (units: number, now: string) =>
      testApi(table, { now: () => now })
        .as("per_one")
        .command<OrderView>(`${space}/orders`, {
          lines: [{ product: products[0], units }],
          recipient: { name: "王海涛" },
        });
    const first = await order(5, "2026-11-23T02:50:00.000Z");
    const second = await order(4, "2026-11-23T02:55:00.000Z");
    await streamByHand(table)();
    const count = await plan({ kind: "bins", from: "01-01-01", to: "01-01-02" });
    await tell(hand, count.id, "01-01-01", [{ product: products[0], units: 6 }]);
    await tell(hand, count.id, "01-01-01", [{ product: products[0], units: 6 }]);
    await tell(hand, count.id, "01-01-02", [{ product: products[2], units: 2 }]);
    expect(await chief.command(`${space}/counts/${count.id}/approve`, undefined)).toMatchObject({ state: "posted" });
    await sound(table);
    expect(await company.read<Stock>(`${space}/products/${products[0]}`)).toMatchObject({
      stock: { onHand: 6, free: 0, reserved: 6 },
    });
    expect(await company.read<Stock>(`${space}/products/${products[2]}`)).toMatchObject({
      stock: { onHand: 12, free: 12 },
    });
    const read = (id: string) => company.read<OrderView>(`${space}/orders/${id}`);
    expect(await read(first.id)).toMatchObject({ state: "reserved", lines: [{ released: 0 }] });
    expect(await read(second.id)).toMatchObject({ state: "reserved", lines: [{ backordered: 3, released: 3 }] });
  });

  it("differ by what is not there although goods move: a pick while the bin is counted is no difference, before or after it", async () => {
    const { plan, hand, company, owner, at, tell, products, warehouse, table } = await stage(10);
    const wish = { lines: [{ product: products[0], units: 3 }], recipient: { name: "x" } };
    const order = await company.command<OrderView>(`${space}/orders`, wish);
    const count = await plan({ kind: "product", product: products[0] });
    await hand.command(`${at(count.id, "01-01-01")}/begin`, undefined);
    await owner.command(`${space}/orders/${order.id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 3 });
    const found = `${at(count.id, "01-01-01")}/found`;
    expect(await hand.command(found, { lines: [{ product: products[0], units: 8 }] })).toMatchObject({ again: true });
    // Counted again with nothing moving: 7 are there.
    expect(await tell(hand, count.id, "01-01-01", [{ product: products[0], units: 7 }])).toMatchObject({
      again: false,
    });
    expect(await hand.read<CountView>(`${space}/counts/${count.id}`)).toMatchObject({ state: "posted" });
    await sound(table);
  });

  it("a short pick puts the bin in doubt until it is counted; an unknown basis finds no bin", async () => {
    const { plan, hand, owner, company, tell, products, warehouse, table } = await stage(10);
    const none = await owner.send("POST", `${space}/counts`, { warehouse, basis: { kind: "doubt" } }, key());
    expect(none.json()).toMatchObject({ code: "count.empty" });
    const wish = { lines: [{ product: products[0], units: 3 }], recipient: { name: "x" } };
    const order = await company.command<OrderView>(`${space}/orders`, wish);
    const pick = { warehouse, line: 1, bin: "01-01-01", units: 1, short: "not-found" };
    await owner.command(`${space}/orders/${order.id}/pick`, pick);
    await streamByHand(table)();
    const count = await plan({ kind: "doubt" });
    expect(count).toMatchObject({ bins: 1 });
    expect(await tell(hand, count.id, "01-01-01", [{ product: products[0], units: 9 }])).toMatchObject({
      again: false,
    });
    const again = await owner.send("POST", `${space}/counts`, { warehouse, basis: { kind: "doubt" } }, key());
    expect(again.json()).toMatchObject({ code: "count.empty" });
  });
});

describe("counts among many", () => {
  it("two who count one bin at one time leave one answer, and two approvals post once", async () => {
    const { plan, hand, owner, chief, at, products, table } = await stage(10);
    const count = await plan({ kind: "product", product: products[0] });
    const bin = at(count.id, "01-01-01");
    await Promise.all([hand, owner].map((by) => by.send("POST", `${bin}/begin`, undefined, key())));
    const answers = await Promise.all(
      [hand, hand, hand].map((by) =>
        by.send("POST", `${bin}/found`, { lines: [{ product: products[0], units: 9 }] }, key()),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    await Promise.all(
      Array.from({ length: 6 }, () => chief.send("POST", `${space}/counts/${count.id}/approve`, undefined, key())),
    );
    await sound(table);
    expect(await hand.read<Stock>(`${space}/products/${products[0]}`)).toMatchObject({ stock: { onHand: 9 } });
  });

  it("reserves, picks, moves, cancels and counts of the same goods in parallel keep every identity, and exactly what is there is promised", async () => {
    const { plan, hand, owner, chief, company, at, products, warehouse, table } = await stage(20);
    const [product] = products;
    const wish = (units: number) => ({ lines: [{ product, units }], recipient: { name: "赵倩" } });
    const orders = await Promise.all(
      Array.from({ length: 4 }, () => company.command<OrderView>(`${space}/orders`, wish(3))),
    );
    await streamByHand(table)();
    const count = await plan({ kind: "bins", from: "01-01-01", to: "01-01-02" });
    const bin = at(count.id, "01-01-01");
    const busy = () => [
      ...orders.map(({ id }) =>
        owner.send("POST", `${space}/orders/${id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 1 }, key()),
      ),
      company.send("POST", `${space}/orders/${orders[0]?.id}/cancel`, undefined, key()),
      ...Array.from({ length: 3 }, () =>
        owner.send("POST", `${space}/moves`, { warehouse, product, units: 1, from: "01-01-01", to: "02-01-01" }, key()),
      ),
      ...Array.from({ length: 6 }, () => company.send("POST", `${space}/orders`, wish(2), key())),
    ];
    await hand.command(`${bin}/begin`, undefined);
    await Promise.all([...busy(), hand.send("POST", `${bin}/found`, { lines: [{ product, units: 11 }] }, key())]);
    await sound(table);
    // Whatever the first round said, the second is believed: 4 are there.
    for (let round = 0; round < 3; round += 1) {
      const { items } = await hand.read<CountView>(`${space}/counts/${count.id}`);
      if (items[0]?.state === "counted") break;
      await hand.send("POST", `${bin}/begin`, undefined, key());
      await hand.send("POST", `${bin}/found`, { lines: [{ product, units: 4 }] }, key());
    }
    const other = at(count.id, "01-01-02");
    await hand.command(`${other}/begin`, undefined);
    await hand.command(`${other}/found`, { lines: [] });
    await Promise.all([
      ...busy(),
      ...[1, 2, 3].map(() => chief.send("POST", `${space}/counts/${count.id}/approve`, undefined, key())),
    ]);
    await sound(table);
    const { stock } = await hand.read<Stock>(`${space}/products/${product}`);
    expect(stock.places.reduce((sum, { units }) => sum + units, 0)).toBe(stock.onHand);
    expect(stock.free).toBeGreaterThanOrEqual(0);
  });
});
