import { Client } from "./client.ts";
import { openGoods, violationsOf } from "./goods-world.ts";
import { ms, percentile, timed } from "./measure.ts";

type Made = { readonly id: string };
const everyMs = 50;
/** Every so many scans are sent twice, as a handheld does that did not hear the answer. */
const again = 20;

/** One handheld puts goods away, a scan every 50 ms whether the last was answered or not: none is lost and none counts twice. */
export async function scan(scans = 1_000) {
  const { world, goods } = await openGoods(1);
  try {
    await goods.fill(1, 1);
    const { operator, base } = world;
    const { company, warehouse } = goods;
    const product = goods.product(0);
    const bin = goods.bin(0);
    const asn = await operator.command<Made>(`${base}/asns`, {
      company,
      warehouse,
      lines: [{ product, units: scans }],
    });
    await operator.command(`${base}/asns/${asn.id}/lines/1/receive`, { units: scans, done: true });
    const lanes = Array.from({ length: 16 }, () => new Client(world.product.url, operator));
    const wish = { warehouse, product, units: 1, asn: asn.id, scans: { bin, product: "P-0000000" } };
    const times: number[] = [];
    let wrong = 0;
    const send = async (at: number) => {
      const lane = lanes[at % lanes.length] ?? operator;
      const key = { "idempotency-key": crypto.randomUUID() };
      const one = await timed(() => lane.send("POST", `${base}/putaway`, wish, key));
      times.push(one.ms);
      if (one.value.status !== 201) wrong += 1;
      if (at % again !== 0) return;
      const second = await lane.send("POST", `${base}/putaway`, wish, key);
      if (second.text !== one.value.text) wrong += 1;
    };
    const started = performance.now();
    const sent: Promise<void>[] = [];
    for (let at = 0; at < scans; at += 1) {
      const wait = started + at * everyMs - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      sent.push(send(at));
    }
    await Promise.all(sent);
    for (const lane of lanes) lane.close();
    const detail = await operator.json<{ stock: { places: { bin?: string; units: number }[] } }>(
      "GET",
      `${base}/products/${product}`,
    );
    const there = (detail.stock.places.find((one) => one.bin === bin)?.units ?? 0) - 1;
    return {
      scans,
      lost: Math.max(0, scans - there),
      doubled: Math.max(0, there - scans),
      wrong,
      p50Ms: ms(percentile(times, 0.5)),
      p95Ms: ms(percentile(times, 0.95)),
      violations: await violationsOf(world),
    };
  } finally {
    await world.close();
  }
}
