import { Client, unitsOf } from "./client.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { stocked } from "./stock-race.ts";
import { openWorld } from "./world.ts";

/** Reserving one line, by one client and by ten. */
export async function reserve(count = 300) {
  const world = await openWorld();
  try {
    const { company, product } = await stocked(world, 100_000);
    const body = { company, lines: [{ product, units: 1 }], recipient: { name: "测量" } };
    let units = { read: 0, write: 0 };
    const one = async (client: Client) => {
      const reply = await client.send("POST", `${world.base}/orders`, body, { "idempotency-key": crypto.randomUUID() });
      if (reply.status !== 201) throw new Error(`an order was refused: ${reply.status} ${reply.text}`);
      units = unitsOf(reply);
    };
    await spreadOver(200, 1, () => one(world.operator));
    const alone = await spreadOver(count, 1, () => one(world.operator));
    const clients = Array.from({ length: 10 }, () => new Client(world.product.url, world.operator));
    const busy = await timed(() => spreadOver(count * 2, 10, (index) => one(clients[index % 10] as Client)));
    for (const client of clients) client.close();
    return {
      p50Ms: ms(percentile(alone, 0.5)),
      p99Ms: ms(percentile(alone, 0.99)),
      perSecond: ms((count * 2) / (busy.ms / 1000)),
      writeUnits: units.write,
      readUnits: units.read - 1,
    };
  } finally {
    await world.close();
  }
}
