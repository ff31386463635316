import type { SpaceId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { fillBookings } from "@yihao/testing/fill-bookings";
import { unitsOf } from "./client.ts";
import { dayAhead, place } from "./fixtures.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld, platformScope } from "./world.ts";

const rooms = 25;
const perSheet = 10;

/** The day of 25 rooms with four bookings each, asked while the table holds ever more bookings of other days: bookings and sheets, without the rows of lists, which no availability reads. */
export async function availabilityGrowth(steps: readonly number[] = [100, 10_000, 100_000]) {
  const world = await openWorld();
  try {
    const where = await place(world, rooms);
    const scope = () => asSystem(platformScope(world.table), world.space as SpaceId, "bench");
    const fill = (days: readonly string[], count: number) =>
      fillBookings(scope(), { site: where.site, resources: where.resources, days, count, lists: false });
    const path = `${world.base}/sites/${where.site}/availability?day=${dayAhead(1)}`;
    await fill([dayAhead(1)], steps[0] ?? 0);
    for (let warm = 0; warm < 200; warm += 1) await world.operator.send("GET", path);
    const result = { bookings: [] as number[], readUnits: [] as number[], p50Ms: [] as number[] };
    let laid = steps[0] ?? 0;
    let next = 2;
    for (const step of steps) {
      const days = Math.ceil((step - laid) / (rooms * perSheet));
      await spreadOver(days, 4, async (index) => {
        const left = step - laid - index * rooms * perSheet;
        await fill([dayAhead(next + index)], Math.min(left, rooms * perSheet));
      });
      laid = step;
      next += days;
      const times: number[] = [];
      let last = await world.operator.send("GET", path);
      for (let index = 0; index < 300; index += 1) {
        const one = await timed(() => world.operator.send("GET", path));
        times.push(one.ms);
        last = one.value;
      }
      const held = Object.values((JSON.parse(last.text) as { resources: Record<string, unknown[]> }).resources).flat();
      if (held.length !== steps[0]) throw new Error("the day does not hold what was booked");
      result.bookings.push(step);
      // One unit of the answer's reads is who-is-asking.
      result.readUnits.push(unitsOf(last).read - 1);
      result.p50Ms.push(ms(percentile(times, 0.5)));
    }
    return result;
  } finally {
    await world.close();
  }
}
