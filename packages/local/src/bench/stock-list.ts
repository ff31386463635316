import { filledCode } from "@yihao/testing/fill-stock";
import { unitsOf } from "./client.ts";
import { openGoods } from "./goods-world.ts";
import { ms, percentile, timed } from "./measure.ts";

/** The stock list of an owner with many products: a page of 50, one from its middle, and a product found by its code. */
export async function stockList(rows = 100_000, asked = 200) {
  const { world, goods } = await openGoods();
  try {
    await goods.fill(rows, 10);
    const { operator, base } = world;
    type Page = { items: { code: string }[]; next: string | null };
    const path = (query: string) => `${base}/stock?company=${goods.company}${query}`;
    const first = await operator.json<Page>("GET", path("&limit=50"));
    if (first.items.length !== Math.min(50, rows)) throw new Error(`a page of ${first.items.length}`);
    const measure = async (where: (at: number) => string, expect: (page: Page, at: number) => boolean) => {
      const times: number[] = [];
      let units = 0;
      for (let at = 0; at < asked; at += 1) {
        const one = await timed(() => operator.send("GET", where(at)));
        if (!expect(JSON.parse(one.value.text) as Page, at))
          throw new Error(`${where(at)}: ${one.value.text.slice(0, 200)}`);
        times.push(one.ms);
        // One unit of the answer's reads is who-is-asking.
        units = Math.max(units, unitsOf(one.value).read - 1);
      }
      return { p50Ms: ms(percentile(times, 0.5)), p95Ms: ms(percentile(times, 0.95)), readUnits: units };
    };
    const codeAt = (at: number) => filledCode((at * 7919) % rows);
    const next = first.next === null ? "" : `&cursor=${encodeURIComponent(first.next)}`;
    return {
      rows,
      page: await measure(
        () => path("&limit=50"),
        ({ items }) => items.length > 0,
      ),
      nextPage: await measure(
        () => path(`&limit=50${next}`),
        ({ items }) => items.length > 0,
      ),
      byCode: await measure(
        (at) => path(`&text=${codeAt(at)}`),
        ({ items }, at) => items[0]?.code === codeAt(at),
      ),
    };
  } finally {
    await world.close();
  }
}
