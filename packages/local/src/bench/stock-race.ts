import { Client, unitsOf } from "./client.ts";
import { ms, timed } from "./measure.ts";
import { openWorld, type World } from "./world.ts";

type Made = { readonly id: string };
type Listed = { readonly id: string; readonly onHand: number; readonly free: number; readonly reserved: number };

/** An owner with a product of which so many are on hand, received through a notice. */
export async function stocked(
  world: Pick<World, "operator" | "base">,
  units: number,
): Promise<{ company: string; product: string; warehouse: string }> {
  const { operator, base } = world;
  const company = await operator.command<Made>(`${base}/companies`, { name: "晚汀香氛", kind: "company" });
  const warehouse = await operator.command<Made>(`${base}/warehouses`, { name: "壹号云仓", zone: "Asia/Shanghai" });
  const product = await operator.command<Made>(`${base}/products`, {
    company: company.id,
    name: "无火香薰",
    code: "WT-1",
  });
  const asn = await operator.command<Made>(`${base}/asns`, {
    company: company.id,
    warehouse: warehouse.id,
    lines: [{ product: product.id, units }],
  });
  await operator.command(`${base}/asns/${asn.id}/arrive`, {});
  await operator.command(`${base}/asns/${asn.id}/lines/1/receive`, { units, done: true });
  return { company: company.id, product: product.id, warehouse: warehouse.id };
}

/** The owner's stock list, which follows the stream: read until it tells so many reserved, at most five seconds. */
async function listed(world: World, company: string, reserved: number): Promise<Listed | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const page = await world.operator.json<{ items: Listed[] }>("GET", `${world.base}/stock?company=${company}`);
    if (page.items[0]?.reserved === reserved || attempt === 50) return page.items[0];
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** 200 keep-alive clients, half at each of two API processes on one table, reserve 1 of 100. */
export async function stockRace(clients = 200, stock = 100) {
  const world = await openWorld();
  try {
    const second = await world.second();
    const { company, product } = await stocked(world, stock);
    const order = { company, lines: [{ product, units: 1 }], recipient: { name: "测量" } };
    const callers = Array.from(
      { length: clients },
      (_, index) => new Client(index % 2 === 0 ? world.product.url : second.url, world.operator),
    );
    await Promise.all(callers.map((caller) => caller.json("GET", `${world.base}/products/${product}`)));
    await world.product.drained();
    const race = await timed(() =>
      Promise.all(
        callers.map((caller) =>
          caller.send("POST", `${world.base}/orders`, order, { "idempotency-key": crypto.randomUUID() }),
        ),
      ),
    );
    const won = race.value.filter((reply) => reply.status === 201);
    const refused = race.value.filter((reply) => reply.status === 409 && reply.text.includes('"stock.short"')).length;
    const stockNow = await listed(world, company, won.length);
    for (const caller of callers) caller.close();
    return {
      stock,
      clients,
      processes: 2,
      won: won.length,
      refused,
      errors: clients - won.length - refused,
      onHand: stockNow?.onHand ?? null,
      reserved: stockNow?.reserved ?? null,
      ms: ms(race.ms),
      writeUnits: won[0] ? unitsOf(won[0]).write : null,
    };
  } finally {
    await world.close();
  }
}
