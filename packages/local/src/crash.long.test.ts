import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Table } from "@yihao/table/client";
import { expect, it } from "vitest";
import { Client } from "./bench/client.ts";
import { dayAhead, place, wish } from "./bench/fixtures.ts";
import { stocked } from "./bench/stock-race.ts";
import { foundSpace, signIn } from "./bench/world.ts";
import { dynamoConfig } from "./dynamo.ts";
import { startProduct } from "./product.ts";
import { verifyHome } from "./verify.ts";

it("loses nothing it accepted when it is killed in the middle of bookings and orders, and every invariant holds", async () => {
  const home = await mkdtemp(join(tmpdir(), "yihao-crash-"));
  let product = await startProduct({ home });
  try {
    const table = new Table({
      name: "yihao",
      config: dynamoConfig(product.dynamo.endpoint, product.dynamo.accessKeyId),
    });
    const operator = await signIn(new Client(product.url), table, "crash@yihao.example", "Crash");
    table.close();
    const base = `/api/v1/spaces/${await foundSpace(operator)}`;
    const world = { operator, base };
    const where = await place(world, 20);
    const { company, product: sku } = await stocked(world, 10_000);
    const accepted: string[] = [];
    let over = false;
    const work = async (client: Client, index: number) => {
      for (let turn = 0; !over; turn += 1) {
        const resource = where.resources[(index * 5 + turn) % where.resources.length] ?? "";
        const slot = wish(where, resource, dayAhead(2 + Math.floor(turn / 8)), ((turn % 8) + index * 8) * 30, 30);
        const order = { company, lines: [{ product: sku, units: 1 }], recipient: { name: "甲" } };
        for (const [path, body] of [
          ["bookings", slot],
          ["orders", order],
        ] as const) {
          const reply = await client
            .send("POST", `${base}/${path}`, body, { "idempotency-key": crypto.randomUUID() })
            .catch(() => undefined);
          if (reply?.status === 201) accepted.push(`${path}/${(JSON.parse(reply.text) as { id: string }).id}`);
          if (accepted.length >= 120 && !over) {
            over = true;
            await product.kill9();
          }
          if (!reply) return;
        }
      }
    };
    const clients = Array.from({ length: 6 }, () => new Client(product.url, operator));
    await Promise.all(clients.map(work));
    for (const client of clients) client.close();
    expect((await verifyHome(home)).violations).toEqual([]);

    product = await startProduct({ home });
    const again = new Client(product.url, operator);
    const missing: string[] = [];
    for (const id of accepted) if ((await again.send("GET", `${base}/${id}`)).status !== 200) missing.push(id);
    expect([accepted.length >= 120, missing]).toEqual([true, []]);
    again.close();
    operator.close();
    await product.drained();
    await product.stop();
    const verdict = await verifyHome(home);
    expect([verdict.violations, verdict.behind]).toEqual([[], []]);
  } finally {
    await product.kill9().catch(() => {});
    await rm(home, { recursive: true, force: true });
  }
}, 300_000);
