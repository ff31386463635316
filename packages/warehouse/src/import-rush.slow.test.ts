import { newId } from "@yihao/kernel/ids";
import { checkLedger } from "@yihao/ledger/check";
import { allItems } from "@yihao/table/dump";
import { type TestCaller, testApi } from "@yihao/testing/api";
import { freshTable, sameTable } from "@yihao/testing/table";
import { streamByHand, warehouseWorld } from "@yihao/testing/warehouse-world";
import { describe, expect, it } from "vitest";
import { checkWarehouse } from "./check.ts";
import { type BatchAnswer, batchMost, type OrderDocument } from "./import-model.ts";
import type { OrderView, PickTask } from "./order-model.ts";

const space = "/spaces/spc_test";
const orders = 200;
const patienceMs = 300_000;
const numberOf = (at: number) => `TB-${String(at).padStart(5, "0")}`;

const documents: OrderDocument[] = Array.from({ length: orders }, (_, at) => ({
  document: numberOf(at),
  recipient: { name: `收件人 ${at}` },
  lines: [
    { row: 2 * at + 2, code: `SKU-${1 + (at % 3)}`, units: 1 + (at % 2) },
    ...(at % 4 === 0 ? [{ row: 2 * at + 3, code: `SKU-${1 + ((at + 1) % 3)}`, units: 1 }] : []),
  ],
}));

/** Brings a file in, batch after batch as the page does; a batch without an answer is sent again under its own id. */
async function bringIn(by: TestCaller, afterBatch?: () => Promise<unknown>): Promise<BatchAnswer> {
  const sum: BatchAnswer = { done: 0, faults: [] };
  for (let start = 0; start < documents.length; start += batchMost.orders) {
    const body = { documents: documents.slice(start, start + batchMost.orders) };
    const key = { "idempotency-key": newId("key") };
    let answer = await by.send("POST", `${space}/stock/imports/orders`, body, key);
    while (answer.status >= 500) answer = await by.send("POST", `${space}/stock/imports/orders`, body, key);
    expect([answer.status, answer.status === 200 ? "" : answer.text]).toEqual([200, ""]);
    const { done, faults } = answer.json<BatchAnswer>();
    sum.done += done;
    sum.faults.push(...faults);
    await afterBatch?.();
  }
  return sum;
}

describe("an import of many orders", () => {
  it(
    "while 4 pickers work brings each in once, none lost and none doubled, also when two bring in the same file",
    async () => {
      const table = await freshTable();
      const stock = orders * 2;
      const { warehouse } = await warehouseWorld(table, { stock });
      // Two copies of the API that share nothing but the table.
      const [one, two] = [testApi(table), testApi(sameTable(table, {}))];
      const hearAll = streamByHand(table, undefined, undefined, undefined, 4);
      await hearAll();
      let importing = true;
      // Pickers wait for more work on the list, which the stream brings after each batch.
      let more = Promise.withResolvers<void>();
      const listed = async () => {
        await hearAll();
        more.resolve();
        more = Promise.withResolvers<void>();
      };
      const shipped = new Set<string>();
      /** Takes one open order after another from the bins to the door, until the import is over. */
      const work = async (staff: TestCaller, lane: number) => {
        for (let turn = 0; importing; turn += 1) {
          const open = await staff.read<{ items: OrderView[] }>(`${space}/orders?open=true&limit=8`);
          const mine = open.items[(lane * 7 + turn) % Math.max(1, open.items.length)];
          if (!mine) {
            await more.promise;
            continue;
          }
          const walk = await staff.read<{ items: PickTask[] }>(
            `${space}/orders/${mine.id}/picks?warehouse=${warehouse}`,
          );
          for (const { line, bin, units } of walk.items) {
            const wish = { warehouse, line, bin, units };
            await staff.send("POST", `${space}/orders/${mine.id}/pick`, wish, { "idempotency-key": newId("key") });
          }
          const key = { "idempotency-key": newId("key") };
          const left = await staff.send("POST", `${space}/orders/${mine.id}/ship`, {}, key);
          if (left.status < 300) shipped.add(mine.id);
        }
      };
      const both = Promise.all([bringIn(one.as("per_one"), listed), bringIn(two.as("per_one"))]).finally(() => {
        importing = false;
        return listed();
      });
      const staff = [one, two, one, two].map((api) => api.as("per_owner"));
      const [[first, second]] = await Promise.all([both, ...staff.map(work)]);
      // Whoever came second with an order is told that it is there.
      expect(first.done + second.done).toBe(orders);
      const told = [...first.faults, ...second.faults].map(({ reason }) => reason);
      expect(told).toHaveLength(orders);
      expect(new Set(told)).toEqual(new Set(["order.reference"]));
      expect(await bringIn(one.as("per_one"))).toMatchObject({ done: 0 });
      await hearAll();
      const items = await allItems(table);
      const numbers = items.filter(({ k }) => k === "ord").map(({ reference }) => String(reference));
      expect(numbers.toSorted()).toEqual(documents.map(({ document }) => document));
      expect(shipped.size).toBeGreaterThanOrEqual(8);
      expect([...checkLedger(items), ...checkWarehouse(items)]).toEqual([]);
      // Each is found by its number, in whole, by its beginning, and by the part after the dash.
      const company = two.as("per_one");
      for (const text of [numberOf(7), numberOf(7).slice(3)]) {
        const found = await company.read<{ items: OrderView[] }>(`${space}/orders?text=${text}`);
        expect(found.items.map(({ reference }) => reference)).toEqual([numberOf(7)]);
      }
      const other = await two.as("per_two").read<{ items: OrderView[] }>(`${space}/orders?text=TB-`);
      expect(other.items).toEqual([]);
    },
    patienceMs,
  );
});
