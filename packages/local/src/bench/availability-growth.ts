import type { SpaceId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { fillBookings } from "@yihao/testing/fill-bookings";
import { unitsOf } from "./client.ts";
import { dayAhead, place } from "./fixtures.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld, platformScope } from "./world.ts";

const rooms = 25;
const perSheet = 10;
const daysAtOnce = 8;

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
      // Many days to a filling, so that nearly every call carries the hundred items that it may.
      await spreadOver(Math.ceil(days / daysAtOnce), 4, async (index) => {
        const first = index * daysAtOnce;
        const some = Array.from({ length: Math.min(daysAtOnce, days - first) }, (_, at) => dayAhead(next + first + at));
        const left = step - laid - first * rooms * perSheet;
        await fill(some, Math.min(left, some.length * rooms * perSheet));
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
