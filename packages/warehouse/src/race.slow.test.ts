import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { faults, seeded } from "@yihao/testing/faults";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import { gtins, streamByHand, type WarehouseWorld, warehouseWorld } from "@yihao/testing/warehouse-world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAsn } from "./asn-actions.ts";
import { checkWarehouse } from "./check.ts";
import { beginBin, countBin, planCount } from "./count-actions.ts";
import { judgeCount } from "./count-review.ts";
import { holdExpired } from "./expiry-actions.ts";
import type { AsnId, OrderView, ProductId } from "./model.ts";
import { finishOrder, listOrders, pickLine, picksOf, placeOrder } from "./order-actions.ts";
import { addProduct } from "./product-actions.ts";
import { receiveLine } from "./receive-actions.ts";
import { moveGoods, putAway } from "./stock-actions.ts";
import { stockDetail } from "./stock-reads.ts";

const space = "/spaces/spc_test";
const key = () => ({ "idempotency-key": newId("key") });
async function sound(table: Table, copies: boolean) {
  const items = await allItems(table);
  expect([...checkLedger(items), ...checkWarehouse(items, { copies })]).toEqual([]);
}

describe("many at one time", () => {
  it("100 clients that want 200 of 120 get exactly 120, the rest are told what is left", async () => {
    const table = await freshTable();
    const { products } = await warehouseWorld(table, { stock: 120 });
    const company = testApi(table).as("per_one");
    const body = { lines: [{ product: products[0], units: 2 }], recipient: { name: "王海涛" } };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => company.send("POST", `${space}/orders`, body, key())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(answer.json()).toMatchObject({ code: "stock.short", params: { lines: [{ available: 0 }] } });
    await streamByHand(table)();
    const stock = await company.read(`${space}/products/${products[0]}`);
    expect(stock).toMatchObject({ stock: { onHand: 120, free: 0, reserved: 120 } });
    await sound(table, true);
  });

  it("parallel picks, moves, receipts and cancels of the same goods keep every identity", async () => {
    const table = await freshTable();
    const { warehouse, products } = await warehouseWorld(table, { stock: 40 });
    const api = testApi(table);
    const [staff, company] = [api.as("per_owner"), api.as("per_one")];
    const [product] = products;
    const body = { lines: [{ product, units: 5 }], recipient: { name: "赵倩" } };
    const orders = await Promise.all(
      Array.from({ length: 6 }, () => company.command<OrderView>(`${space}/orders`, body)),
    );
    const asn = await company.command<{ id: string }>(`${space}/asns`, { warehouse, lines: [{ product, units: 20 }] });
    await Promise.all([
      ...orders.flatMap(({ id }) => [
        staff.send("POST", `${space}/orders/${id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 3 }, key()),
        staff.send("POST", `${space}/orders/${id}/pick`, { warehouse, line: 1, bin: "01-01-01", units: 3 }, key()),
        company.send("POST", `${space}/orders/${id}/cancel`, undefined, key()),
        staff.send("POST", `${space}/orders/${id}/ship`, undefined, key()),
      ]),
      ...Array.from({ length: 8 }, () =>
        staff.send("POST", `${space}/moves`, { warehouse, product, units: 6, from: "01-01-01", to: "02-01-01" }, key()),
      ),
      ...Array.from({ length: 4 }, () =>
        staff.send("POST", `${space}/asns/${asn.id}/lines/1/receive`, { units: 5, damaged: 1 }, key()),
      ),
    ]);
    await sound(table, false);
    await streamByHand(table)();
    await sound(table, true);
    expect(await company.read(`${space}/asns/${asn.id}`)).toMatchObject({
      received: 20,
      damaged: 4,
      state: "received",
    });
    expect(await company.read(`${space}/products/${product}`)).toMatchObject({ stock: { held: 4 } });
  });

  it("an order of 40 lines goes out in steps, and whoever asks again goes on from there", async () => {
    const table = await freshTable();
    const { warehouse, products, company } = await warehouseWorld(table, { stock: 40 });
    const lines = Array.from({ length: 40 }, (_, at) => ({ product: products[at % 3] ?? "", units: 1 }));
    const placed = await placeOrder(scopeOf(table), { company, lines, recipient: { name: "周敏" } });
    if (!placed.ok) throw new Error(placed.refusal.code);
    for (const line of placed.value.lines) {
      const bin = `01-0${products.indexOf(line.product as never) + 1}-01`;
      const units = line.line === 40 ? 0 : 1;
      const wish = { warehouse, line: line.line, bin, units, ...(units === 0 ? { short: "not-found" as const } : {}) };
      const picked = await pickLine(scopeOf(table), placed.value.id, wish);
      expect(picked.ok).toBe(true);
    }
    const both = await Promise.all([1, 2].map(() => finishOrder(scopeOf(table), placed.value.id, "shipping")));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => ok)).toMatchObject({ value: { state: "shipped" } });
    await streamByHand(table)();
    await sound(table, true);
    const list = await listOrders(scopeOf(table), { open: true });
    expect(list).toMatchObject({ ok: true, value: { items: [] } });
  });
});

type Step = { readonly do: string; readonly n: number; readonly units: number };

async function act(table: Table, world: WarehouseWorld, step: Step, seen: { orders: string[]; asns: string[] }) {
  const scope = () => scopeOf(table);
  const { warehouse, company, products } = world;
  const index = step.n % products.length;
  const product = products[index] ?? "prd_x";
  // The last product's goods are told apart by lot, with a day each.
  const lot = index === 3 ? { lot: `L${step.units % 3}` } : {};
  const bins = ["01-01-01", "01-02-01", "01-03-01", "02-01-02"];
  const bin = bins[step.n % bins.length] ?? "";
  const order = seen.orders[step.n % Math.max(1, seen.orders.length)] ?? "ord_none";
  switch (step.do) {
    case "receive": {
      const asn = await createAsn(scope(), { company, warehouse, lines: [{ product, units: step.units }] });
      if (!asn.ok) throw new Error(asn.refusal.code);
      const damaged = step.n % 4 === 0 ? 1 : 0;
      const expiry = index === 3 ? { expiry: `2026-12-0${1 + (step.units % 3)}` } : {};
      return receiveLine(scope(), asn.value.id as AsnId, 1, { units: step.units, damaged, ...lot, ...expiry });
    }
    case "putaway": {
      const scans = { bin, product: gtins[index] ?? "LOT" };
      return putAway(scope(), { warehouse, product, units: step.units, scans, ...lot });
    }
    case "move":
      return moveGoods(scope(), {
        ...{ warehouse, product, units: step.units, from: bin, to: bins[(step.n + 1) % 4] ?? "" },
        ...lot,
      });
    case "order": {
      const lines = [
        { product, units: step.units },
        { product: products[(index + 1) % 4] ?? "", units: 1 },
      ];
      const placed = await placeOrder(scope(), { company, lines, recipient: { name: "x" } });
      if (placed.ok) seen.orders.push(placed.value.id);
      return placed;
    }
    case "pick": {
      const tasks = await picksOf(scope(), order, warehouse);
      const task = tasks.ok ? tasks.value[0] : undefined;
      if (!task) return undefined;
      const from = task.bin ?? bin;
      const units = task.bin === null ? 0 : task.units;
      const short = units === 0 ? { short: "not-found" as const } : {};
      const of = task.lot === undefined ? {} : { lot: task.lot };
      return pickLine(scope(), order, { warehouse, line: task.line, bin: from, units, ...short, ...of });
    }
    case "expire":
      return holdExpired(
        scopeOf(table, { now: `2026-12-0${2 + (step.n % 3)}T16:00:00.000Z` }),
        products[3] as ProductId,
        `L${step.n % 3}`,
      );
    case "count": {
      const planned = await planCount(scope(), { warehouse, basis: { kind: "bins", from: bin, to: bin } });
      if (!planned.ok) throw new Error(planned.refusal.code);
      const { id } = planned.value;
      for (let round = 0; round < 2; round += 1) {
        const begun = await beginBin(scope(), id, bin);
        if (!begun.ok) break;
        await countBin(scope(), id, bin, { lines: [{ product, units: step.units, ...lot }] });
      }
      const judging = { actor: { kind: "staff", person: "per_judge", roles: ["manager"] } } as const;
      return judgeCount(scopeOf(table, judging), id, { do: "approve" });
    }
    case "ship":
      return finishOrder(scope(), order, "shipping");
    default:
      return finishOrder(scope(), order, "cancelling");
  }
}

const steps = fc.array(
  fc.record({
    do: fc.constantFrom(
      ...(["receive", "receive", "putaway", "putaway", "move", "order", "order"] as const),
      ...(["pick", "pick", "ship", "cancel", "count", "expire"] as const),
    ),
    n: fc.nat(50),
    units: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 10, maxLength: 22 },
);

describe.each([
  ["on a quiet table", false],
  ["with conflicts, throttling, 500s and lost replies", true],
])("any walk of receive, put away, move, order, pick, count, expire, ship and cancel %s", (_, faulty) => {
  it("keeps every identity, four at a time", async () => {
    const seed = Number(process.env.SEED ?? 20261123);
    console.info(`seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(steps, async (walk) => {
        const table = await freshTable();
        const three = await warehouseWorld(table, { stock: 10 });
        const dated = { company: three.company, name: "鲜奶", code: "LOT", track: "lot", dated: true } as const;
        const fourth = await addProduct(scopeOf(table), dated);
        if (!fourth.ok) throw new Error(fourth.refusal.code);
        const world = { ...three, products: [...three.products, fourth.value.id as ProductId] };
        const rates = { conflict: 0.05, throttle: 0.05, internal: 0.05, lostReply: 0.05 };
        const chance = seeded(seed);
        const under = faulty
          ? sameTable(table, { through: faults(seed, rates), wait: () => Promise.resolve(), chance, attempts: 30 })
          : table;
        const hearAll = streamByHand(table);
        const seen = { orders: [] as string[], asns: [] as string[] };
        for (let start = 0; start < walk.length; start += 4) {
          await Promise.all(walk.slice(start, start + 4).map((step) => act(under, world, step, seen)));
          await hearAll();
        }
        await sound(table, true);
        for (const product of world.products) {
          const detail = await stockDetail(scopeOf(table), product);
          if (!detail.ok) throw new Error(detail.refusal.code);
          const { places, onHand } = detail.value.stock;
          expect(places.reduce((sum, place) => sum + place.units, 0)).toBe(onHand);
        }
      }),
      { seed, numRuns: 3 },
    );
  }, 180_000);
});
