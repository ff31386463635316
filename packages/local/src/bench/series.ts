import { unitsOf } from "./client.ts";
import { dayAhead, place } from "./fixtures.ts";
import { ms, percentile, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

type Shown = { occurrences: object[]; totalMinor: number };
type Listed = { items: object[]; next: string | null };

/**
 * A year of days of one room in one request: quoted, then booked. `ms` is until it is booked and answered, the median of a few rooms; `listedMs` until the last of its bookings
 * stands in the company's list, which the stream fills. `writeUnits` are those of the request.
 */
export async function series(occurrences = 366, rooms = 3) {
  const world = await openWorld();
  try {
    const at = await place(world, rooms + 1);
    const wish = (room: number) => ({
      ...{ resource: at.resources[room], company: at.company, day: dayAhead(1), from: "09:00", until: "10:00" },
      repeat: { every: "day", count: occurrences },
    });
    let units = { read: 0, write: 0 };
    const quotes: number[] = [];
    const book = async (room: number) => {
      const quoted = await timed(() => world.operator.json<Shown>("POST", `${world.base}/quotes/series`, wish(room)));
      const { totalMinor } = quoted.value;
      const body = { ...wish(room), conflicts: "refuse", expectCount: occurrences, expectMinor: totalMinor };
      const key = { "idempotency-key": crypto.randomUUID() };
      const made = await timed(() => world.operator.send("POST", `${world.base}/series`, body, key));
      if (made.value.status !== 201) throw new Error(`a series was refused: ${made.value.status} ${made.value.text}`);
      units = unitsOf(made.value);
      quotes.push(quoted.ms);
      return made.ms;
    };
    const listed = async (count: number) => {
      for (;;) {
        let found = 0;
        let cursor: string | null = "";
        while (cursor !== null) {
          const path: string = `${world.base}/bookings?company=${at.company}&limit=200${cursor && `&cursor=${cursor}`}`;
          const page: Listed = await world.operator.json<Listed>("GET", path);
          found += page.items.length;
          cursor = page.next;
        }
        if (found >= count) return;
        await new Promise((done) => setTimeout(done, 200));
      }
    };
    await book(rooms);
    await listed(occurrences);
    quotes.length = 0;
    const times: number[] = [];
    const listing: number[] = [];
    for (let room = 0; room < rooms; room += 1) {
      const last = await timed(async () => {
        times.push(await book(room));
        await listed(occurrences * (room + 2));
      });
      listing.push(last.ms);
    }
    return {
      occurrences,
      ms: ms(percentile(times, 0.5)),
      worstMs: ms(Math.max(...times)),
      quoteMs: ms(percentile(quotes, 0.5)),
      listedMs: ms(percentile(listing, 0.5)),
      writeUnits: units.write,
      readUnits: units.read - 1,
    };
  } finally {
    await world.close();
  }
}
