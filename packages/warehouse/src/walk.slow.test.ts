import { checkLedger } from "@yihao/ledger/check";
import type { Table } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { faults, seeded } from "@yihao/testing/faults";
import { freshTable, sameTable, scopeOf } from "@yihao/testing/table";
import { type WalkCommand, type WalkWorld, walkCommands, walkStep, walkWorld } from "@yihao/testing/warehouse-walk";
import { streamByHand } from "@yihao/testing/warehouse-world";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import { checkAnalysis } from "./check-analysis.ts";
import { stockDetail } from "./stock-reads.ts";

const atOnce = 4;
/** Steps between two looks at every identity over the whole table. */
const between = 160;
/** Commands that need what chance may not bring about: goods past their day, and an order whose goods were taken back. */
const rare = ["expire", "again"];
const seed = Number(process.env.SEED ?? 20261123);
const steps = (count: number) =>
  fc.array(
    fc.record({
      do: fc.oneof(
        ...Object.entries(walkCommands).map(([command, weight]) => ({
          weight,
          arbitrary: fc.constant(command as WalkCommand),
        })),
      ),
      n: fc.nat(5_000),
      units: fc.integer({ min: 1, max: 6 }),
    }),
    { minLength: count, maxLength: count },
  );

/** Everything that must be so: the ledger's identities, the warehouse's with its copies, and what the model says is on hand. */
async function sound(table: Table, world: WalkWorld, after: number) {
  const items = await allItems(table);
  const violations = [...checkLedger(items), ...checkWarehouse(items), ...checkAnalysis(items)];
  expect({ after, violations }).toEqual({ after, violations: [] });
  const counted = new Map<string, number>();
  for (const { k, pk, from, to, amount, document } of items) {
    if (k !== "xfr" || !String(document).startsWith("cyc_")) continue;
    const product = String(pk).split("#")[4] ?? "";
    const by = to === "variance" ? -Number(amount) : from === "variance" ? Number(amount) : 0;
    counted.set(product, (counted.get(product) ?? 0) + by);
  }
  for (const product of world.products) {
    const detail = await stockDetail(scopeOf(table), product);
    if (!detail.ok) throw new Error(detail.refusal.code);
    const { places, onHand } = detail.value.stock;
    const must = (world.model.onHand.get(product) ?? 0) + (counted.get(product) ?? 0);
    const lying = places.reduce((sum, place) => sum + place.units, 0);
    expect({ after, product, onHand, lying }).toEqual({ after, product, onHand: must, lying: must });
  }
  const orders = items.filter(({ k }) => k === "ord").map(({ id }) => String(id));
  expect(orders.toSorted()).toEqual(world.seen.orders.toSorted());
  const shipped = items.filter(({ k, state }) => k === "ord" && state === "shipped").map(({ id }) => String(id));
  expect(shipped.toSorted()).toEqual([...world.model.shipped.keys()].toSorted());
}

describe.each([
  { how: "on a quiet table", faulty: false, runs: 3, length: 480 },
  { how: "with conflicts, throttling, 500s and lost replies", faulty: true, runs: 2, length: 280 },
])("a walk through every command of the warehouse $how", ({ faulty, runs, length }) => {
  it("keeps every identity, four at a time", async () => {
    console.info(`seed ${seed}`);
    const done = new Map<WalkCommand, number>();
    // Sampled and not shrunk: a walk that fails is walked again by its seed.
    for (const [run, walk] of fc.sample(steps(length), { seed, numRuns: runs }).entries()) {
      const table = await freshTable();
      const world = await walkWorld(table, { byHand: run === 0 });
      const rates = { conflict: 0.05, throttle: 0.05, internal: 0.05, lostReply: 0.05 };
      const chance = seeded(seed);
      const under = faulty
        ? sameTable(table, { through: faults(seed, rates), wait: () => Promise.resolve(), chance, attempts: 30 })
        : table;
      const hearAll = streamByHand(table, undefined, undefined, undefined, 6);
      await hearAll();
      for (let start = 0; start < walk.length; start += atOnce) {
        await Promise.all(walk.slice(start, start + atOnce).map((step) => walkStep(under, world, step)));
        // The copies lag behind now and then.
        if (start % (atOnce * 3) === 0) await hearAll();
        if (start > 0 && start % between === 0) {
          await hearAll();
          await sound(table, world, start);
        }
      }
      await hearAll();
      await sound(table, world, walk.length);
      for (const [command, times] of world.model.done) done.set(command, (done.get(command) ?? 0) + times);
    }
    console.info(`${runs * length} steps; done: ${[...done].map((one) => one.join(" ")).join(", ")}`);
    const silent = (command: string) => rare.includes(command) || done.has(command as WalkCommand);
    if (!faulty) expect(Object.keys(walkCommands).filter((command) => !silent(command))).toEqual([]);
  }, 1_200_000);
});
