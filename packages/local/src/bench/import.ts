import { type Batch, BatchMaker } from "@yihao/warehouse/import-batches";
import { readHead, readRow } from "@yihao/warehouse/import-rows";
import { Client } from "./client.ts";
import { ms, timed } from "./measure.ts";
import { openWorld } from "./world.ts";

const lanes = 3;
const headings = ["名称", "货号", "成本", "补货点", "单位"];

/** The cells of a table of products, row by row. */
function* cellsOf(rows: number): Generator<string[]> {
  for (let at = 0; at < rows; at += 1) yield [`货品 ${at}`, `P-${at}`, "12.50", "10", "件"];
}

/** A table of products brought in as the page does: read row by row, sent in batches, three at a time. Gives the most memory this process had over what it began with. */
export async function importRows(rows = 20_000) {
  const world = await openWorld();
  try {
    const { operator, base } = world;
    const company = (await operator.command<{ id: string }>(`${base}/companies`, { name: "长单科技", kind: "company" }))
      .id;
    const clients = Array.from({ length: lanes }, () => new Client(world.product.url, operator));
    const before = process.memoryUsage().rss;
    let peak = before;
    let done = 0;
    const under = new Set<Promise<void>>();
    let sent = 0;
    const send = async (batch: Batch) => {
      const client = clients[sent % lanes] ?? operator;
      sent += 1;
      const answer = client
        .json<{ done: number }>(
          "POST",
          `${base}/stock/imports/products`,
          { company, rows: batch.items },
          {
            "idempotency-key": crypto.randomUUID(),
          },
        )
        .then((told) => {
          done += told.done;
        });
      under.add(answer);
      void answer.finally(() => under.delete(answer));
      if (under.size >= lanes) await Promise.race(under);
      peak = Math.max(peak, process.memoryUsage().rss);
    };
    const run = await timed(async () => {
      const head = readHead("products", headings);
      const maker = new BatchMaker("products");
      let row = 1;
      for (const cells of cellsOf(rows)) {
        row += 1;
        for (const batch of maker.add(readRow("products", head, row, cells)).batches) await send(batch);
      }
      for (const batch of maker.end().batches) await send(batch);
      await Promise.all(under);
    });
    for (const client of clients) client.close();
    if (done !== rows) throw new Error(`${done} of ${rows} products are in`);
    return {
      rows,
      seconds: ms(run.ms / 1000),
      rowsPerSecond: ms(rows / (run.ms / 1000)),
      peakMb: ms((peak - before) / 1_048_576),
    };
  } finally {
    await world.close();
  }
}
