import type { CompanyId, SpaceId } from "@yihao/kernel/ids";
import { asSystem } from "@yihao/kernel/scope";
import { fillProducts } from "@yihao/testing/fill-products";
import { unitsOf } from "./client.ts";
import { ms, percentile, spreadOver, timed } from "./measure.ts";
import { openWorld, platformScope } from "./world.ts";

const perFill = 250;

type Page = { readonly items: { readonly id: string }[]; readonly next: string | null };

/** 10,000 products of one owner, 50 a page by cursor: the first and the last page, and that no product is missed or told twice. */
export async function list(products = 10_000) {
  const world = await openWorld();
  try {
    const { operator, base } = world;
    const company = await operator.command<{ id: CompanyId }>(`${base}/companies`, {
      name: "长单科技",
      kind: "company",
    });
    const scope = () => asSystem(platformScope(world.table), world.space as SpaceId, "bench");
    await spreadOver(Math.ceil(products / perFill), 4, (index) => {
      const first = index * perFill;
      const count = Math.min(perFill, products - first);
      return fillProducts(scope(), { company: company.id, first, count, found: "by code" });
    });
    await world.product.drained();
    const path = (cursor?: string) =>
      `${base}/products?company=${company.id}&limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
    const seen = new Set<string>();
    let cursor: string | undefined;
    let last = path();
    for (;;) {
      const here = path(cursor);
      const page = await operator.json<Page>("GET", here);
      for (const item of page.items) seen.add(item.id);
      if (page.items.length > 0) last = here;
      if (page.next === null) break;
      cursor = page.next;
    }
    if (seen.size !== products) throw new Error(`${seen.size} of ${products} products were listed`);
    const measure = async (where: string) => {
      const times: number[] = [];
      for (let warm = 0; warm < 50; warm += 1) await operator.send("GET", where);
      let reply = await operator.send("GET", where);
      for (let index = 0; index < 200; index += 1) {
        const one = await timed(() => operator.send("GET", where));
        times.push(one.ms);
        reply = one.value;
      }
      return {
        p50: ms(percentile(times, 0.5)),
        units: unitsOf(reply).read - 1,
        kb: ms(Buffer.byteLength(reply.text) / 1024),
      };
    };
    const first = await measure(path());
    const end = await measure(last);
    return {
      products,
      firstP50Ms: first.p50,
      lastP50Ms: end.p50,
      readUnits: first.units,
      lastReadUnits: end.units,
      kb: first.kb,
    };
  } finally {
    await world.close();
  }
}
