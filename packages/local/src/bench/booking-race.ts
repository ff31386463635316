import { Client } from "./client.ts";
import { dayAhead, place, wish } from "./fixtures.ts";
import { ms, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

/** 50 keep-alive clients, half at each of two API processes on one table, want one slot at one moment. */
export async function bookingRace(clients = 50) {
  const world = await openWorld();
  try {
    const second = await world.second();
    const where = await place(world, 8);
    const slot = wish(where, where.resources[0] ?? "", dayAhead(2), 600, 90);
    const callers = Array.from(
      { length: clients },
      (_, index) => new Client(index % 2 === 0 ? world.product.url : second.url, world.operator),
    );
    // Everybody is connected before the start, as people looking at the same page are.
    await Promise.all(callers.map((caller) => caller.json("GET", `${world.base}/sites`)));
    const race = await timed(() =>
      Promise.all(
        callers.map((caller) =>
          caller.send("POST", `${world.base}/bookings`, slot, { "idempotency-key": crypto.randomUUID() }),
        ),
      ),
    );
    const won = race.value.filter((reply) => reply.status === 201).length;
    const refused = race.value.filter((reply) => reply.status === 409 && reply.text.includes('"booking.taken"')).length;
    const told = race.value.filter((reply) => reply.status === 409 && reply.text.includes('"resources":[{')).length;
    for (const caller of callers) caller.close();
    return {
      clients,
      processes: 2,
      won,
      refused,
      withAlternatives: told,
      errors: clients - won - refused,
      ms: ms(race.ms),
    };
  } finally {
    await world.close();
  }
}
