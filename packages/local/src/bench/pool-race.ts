import { Client } from "./client.ts";
import { at, dayAhead, place } from "./fixtures.ts";
import { ms, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

/** 50 keep-alive clients, half at each of two API processes on one table, want a seat of a pool of 7 for one morning at one moment. */
export async function poolRace(clients = 50, units = 7) {
  const world = await openWorld();
  try {
    const second = await world.second();
    const where = await place(world, 1);
    const facts = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
    const { items } = await world.operator.json<{ items: { floor: string }[] }>("GET", `${world.base}/resources`);
    const pool = await world.operator.command<{ id: string }>(`${world.base}/resources`, {
      ...facts,
      ...{ site: where.site, floor: items[0]?.floor, kind: "pool", by: "time", code: "HOT", name: "流动工位" },
      ...{ capacity: 1, units, state: "active" },
    });
    const day = dayAhead(2);
    // A pool by time without an hour's price costs a desk's day.
    const span = { from: at(day, 540), until: at(day, 720), expectMinor: 4000 };
    const wish = { resource: pool.id, company: where.company, ...span };
    const callers = Array.from(
      { length: clients },
      (_, index) => new Client(index % 2 === 0 ? world.product.url : second.url, world.operator),
    );
    await Promise.all(callers.map((caller) => caller.json("GET", `${world.base}/sites`)));
    const race = await timed(() =>
      Promise.all(
        callers.map((caller) =>
          caller.send("POST", `${world.base}/bookings`, wish, { "idempotency-key": crypto.randomUUID() }),
        ),
      ),
    );
    const won = race.value.filter((reply) => reply.status === 201).length;
    const refused = race.value.filter((reply) => reply.status === 409 && reply.text.includes('"booking.taken"')).length;
    const path = `${world.base}/sites/${where.site}/availability?day=${day}`;
    const seen = await world.operator.json<{ resources: Record<string, unknown[]> }>("GET", path);
    for (const caller of callers) caller.close();
    return {
      clients,
      units,
      processes: 2,
      won,
      refused,
      errors: clients - won - refused,
      onSheet: seen.resources[pool.id]?.length ?? 0,
      ms: ms(race.ms),
    };
  } finally {
    await world.close();
  }
}
