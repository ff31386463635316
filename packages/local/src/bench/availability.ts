import { unitsOf } from "./client.ts";
import { dayAhead, place, wish } from "./fixtures.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

/** The day of 100 rooms with four bookings each, asked by one client. */
export async function availability(resources = 100) {
  const world = await openWorld();
  try {
    const where = await place(world, resources);
    const day = dayAhead(3);
    const slots = where.resources.flatMap((resource) =>
      [480, 600, 780, 960].map((from) => wish(where, resource, day, from, 90)),
    );
    await spreadOver(slots.length, 8, (index) => world.operator.command(`${world.base}/bookings`, slots[index]));
    const path = `${world.base}/sites/${where.site}/availability?day=${day}`;
    // What follows the bookings is not this client's: it is waited for.
    await world.product.drained();
    for (let warm = 0; warm < 200; warm += 1) await world.operator.send("GET", path);
    const times: number[] = [];
    let last = await world.operator.send("GET", path);
    for (let index = 0; index < 500; index += 1) {
      const one = await timed(() => world.operator.send("GET", path));
      times.push(one.ms);
      last = one.value;
    }
    const spans = Object.values((JSON.parse(last.text) as { resources: Record<string, unknown[]> }).resources);
    if (spans.length !== resources || spans.some((all) => all.length !== 4))
      throw new Error("the day does not hold what was booked");
    // One unit of the answer's reads is who-is-asking.
    return {
      resources,
      bookings: slots.length,
      readUnits: unitsOf(last).read - 1,
      kb: ms(Buffer.byteLength(last.text) / 1024),
      p50Ms: ms(percentile(times, 0.5)),
      p99Ms: ms(percentile(times, 0.99)),
    };
  } finally {
    await world.close();
  }
}
