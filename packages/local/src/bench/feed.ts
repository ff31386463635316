import { unitsOf } from "./client.ts";
import { dayAhead, place, wish } from "./fixtures.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

/** The calendar of a resource with 1,000 bookings, asked by one client. */
export async function feed(events = 1000) {
  const world = await openWorld();
  try {
    const { operator, base } = world;
    const where = await place(world, 1);
    const resource = where.resources[0] ?? "";
    const slots = Array.from({ length: events }, (_, index) =>
      wish(where, resource, dayAhead(1 + Math.floor(index / 20)), 480 + (index % 20) * 30, 30),
    );
    await spreadOver(slots.length, 8, (index) => operator.command(`${base}/bookings`, slots[index]));
    const { path } = await operator.command<{ path: string }>(`/api/v1/doors/spaces/${world.space}/feeds`, {
      subject: resource,
    });
    const shown = (text: string) => text.split("BEGIN:VEVENT").length - 1;
    const times: number[] = [];
    let last = await operator.send("GET", path);
    // Its rows follow the stream.
    for (let tries = 0; shown(last.text) < events && tries < 600; tries += 1) {
      await new Promise((done) => setTimeout(done, 200));
      last = await operator.send("GET", path);
    }
    for (let index = 0; index < 100; index += 1) {
      const one = await timed(() => operator.send("GET", path));
      times.push(one.ms);
      last = one.value;
    }
    if (shown(last.text) !== events) throw new Error(`the feed shows ${shown(last.text)} of ${events} bookings`);
    return {
      events,
      ms: ms(percentile(times, 0.5)),
      p99Ms: ms(percentile(times, 0.99)),
      readUnits: unitsOf(last).read,
      kb: ms(Buffer.byteLength(last.text) / 1024),
    };
  } finally {
    await world.close();
  }
}
