import { filledCode } from "@yihao/testing/fill-stock";
import { type BatchAnswer, batchMost, type OrderDocument } from "@yihao/warehouse/import-model";
import type { OrderView, PickTask } from "@yihao/warehouse/order-model";
import { verifyItems } from "../verify.ts";
import { Client } from "./client.ts";
import { openGoods } from "./goods-world.ts";
import { takeUp } from "./lay-down.ts";
import { ms, timed } from "./measure.ts";

const products = 300;
const pickers = 4;
const numberOf = (at: number) => `TB-${String(at).padStart(5, "0")}`;

const documentsOf = (orders: number): OrderDocument[] =>
  Array.from({ length: orders }, (_, at) => ({
    document: numberOf(at),
    recipient: { name: `收件人 ${at}` },
    lines: [
      { row: 2 * at + 2, code: filledCode(at % products), units: 1 + (at % 2) },
      ...(at % 4 === 0 ? [{ row: 2 * at + 3, code: filledCode((at + 1) % products), units: 1 }] : []),
    ],
  }));

/**
 * The orders of a night are brought in from the same file by two at a time, through two API processes, while four pickers take what is open from the bins to the door. None may be lost and none doubled, and every invariant
 * holds at the end.
 */
export async function importRush(orders = 3_000) {
  const { world, goods } = await openGoods();
  try {
    await goods.fill(products, 10_000);
    const { base, operator, product } = world;
    const { company, warehouse } = goods;
    const { url } = await world.second();
    const documents = documentsOf(orders);
    let importing = true;
    const bringIn = async (client: Client): Promise<BatchAnswer> => {
      const sum: BatchAnswer = { done: 0, faults: [] };
      for (let start = 0; start < orders; start += batchMost.orders) {
        const body = { company, documents: documents.slice(start, start + batchMost.orders) };
        const told = await client.command<BatchAnswer>(`${base}/stock/imports/orders`, body);
        sum.done += told.done;
        sum.faults.push(...told.faults);
      }
      return sum;
    };
    const shipped = new Set<string>();
    const work = async (client: Client, lane: number) => {
      for (let turn = 0; importing; turn += 1) {
        const open = await client.json<{ items: OrderView[] }>("GET", `${base}/orders?open=true&limit=20`);
        const mine = open.items[(lane * 5 + (turn % 5)) % Math.max(1, open.items.length)];
        if (!mine) continue;
        const path = `${base}/orders/${mine.id}`;
        const walk = await client.json<{ items: PickTask[] }>("GET", `${path}/picks?warehouse=${warehouse}`);
        for (const { line, bin, units } of walk.items)
          await client.send("POST", `${path}/pick`, { warehouse, line, bin, units }, freshKey());
        if ((await client.send("POST", `${path}/ship`, {}, freshKey())).status < 300) shipped.add(mine.id);
      }
    };
    const clients = Array.from(
      { length: pickers + 2 },
      (_, at) => new Client(at % 2 === 0 ? product.url : url, operator),
    );
    const [one, two, ...staff] = clients as [Client, Client, ...Client[]];
    const run = await timed(async () => {
      const both = Promise.all([bringIn(one), bringIn(two)]).finally(() => {
        importing = false;
      });
      const [told] = await Promise.all([both, ...staff.map(work)]);
      return told;
    });
    await product.drained();
    for (const client of clients) client.close();
    const items = await world.between(takeUp);
    const numbers = items.flatMap(({ k, reference }) => (k === "ord" ? [String(reference)] : []));
    const once = new Set(numbers);
    const told = run.value.flatMap(({ faults }) => faults.map(({ reason }) => reason));
    const { violations, behind } = verifyItems(items);
    for (const violation of [...violations, ...behind].slice(0, 5)) console.error(JSON.stringify(violation));
    return {
      orders,
      pickers,
      seconds: ms(run.ms / 1000),
      ordersPerSecond: ms(orders / (run.ms / 1000)),
      shipped: shipped.size,
      lost: documents.filter(({ document }) => !once.has(document)).length,
      doubled: numbers.length - once.size,
      otherRefusals: told.filter((reason) => reason !== "order.reference").length,
      violations: violations.length + behind.length,
    };
  } finally {
    await world.close();
  }
}

const freshKey = () => ({ "idempotency-key": crypto.randomUUID() });
