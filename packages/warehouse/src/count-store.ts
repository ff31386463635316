/**
 * Counts (盘点).
 *
 * | item            | key                          | written by                        | W |
 * |-----------------|------------------------------|-----------------------------------|---|
 * | count           | `cyc#<id>` / -               | plan, every bin counted, judging  | 2 a kB |
 * | its bin         | `cyc#<id>` / `bin#<code>`    | plan, begin, counted, posting     | 2 a kB |
 * | its list entry  | `cycs#<wh>` / `<at>#<id>`    | plan                              | 2 |
 * | while it is open | `cyco#<wh>` / `<at>#<id>`   | plan, and its end                 | 2 |
 * | goods in its bins | `cyc#<id>` / `goods`       | plan                              | 2 a kB |
 *
 * A bin counted: bin 2, head 2, a check of each balance that differs 2, the shelf's doubt 2, receipt 2. A line posted: two transfers and two
 * balances 8, bin 2, event 2, receipt 2, and 2 an order that becomes back-ordered.
 */
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { decode, kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, queryAll, queryRaw } from "@yihao/table/read";
import type { Count, CountBin } from "./count-model.ts";
import { entryKind, listed } from "./store.ts";

export const countKind = kindOf<Count>("cyc");
export const countBinKind = kindOf<CountBin>("cycb");
/** Products that lay in the bins of a count when it was planned: what there is of them is not told to whoever counts. */
export const countGoodsKind = kindOf<{ products: string[] }>("cycg");

const partitionOf = (scope: Scope, id: string) => partition(scope, "cyc", id);
export const countKey = (scope: Scope, id: string): Key => keyIn(partitionOf(scope, id));
export const countBinKey = (scope: Scope, id: string, code: string): Key => keyIn(partitionOf(scope, id), "bin", code);
export const countGoodsKey = (scope: Scope, id: string): Key => keyIn(partitionOf(scope, id), "goods");
export const countList = (scope: Scope, warehouse: string) => partition(scope, "cycs", warehouse);
export const countEntryKind = entryKind;
const openCounts = (scope: Scope, warehouse: string) => partition(scope, "cyco", warehouse);
/** Where a count stands among those of its warehouse that are not over. */
export const openCountKey = (scope: Scope, { warehouse, at, id }: Pick<Count, "warehouse" | "at" | "id">): Key =>
  keyIn(openCounts(scope, warehouse), at, id);

/** The heads of a warehouse's counts that are not over, however long ago they were planned. */
export async function openCountsOf(scope: Scope, warehouse: string): Promise<Stored<Count>[]> {
  const entries = await queryAll(scope, entryKind, openCounts(scope, warehouse));
  const heads = await getMany(
    scope,
    countKind,
    entries.map(({ id }) => countKey(scope, id)),
  );
  return heads.filter((one) => one !== undefined);
}

/** A count's head, strongly consistent. */
export function countOf(scope: Scope, id: string): Promise<Stored<Count> | undefined> {
  return get(scope, countKind, countKey(scope, id));
}

/** A count with all its bins along the walk, one consistent query. */
export async function countWithBins(
  scope: Scope,
  id: string,
): Promise<{ count: Stored<Count>; bins: Stored<CountBin>[] } | undefined> {
  const page = await queryRaw(scope, partitionOf(scope, id), { limit: Number.POSITIVE_INFINITY, consistent: true });
  const head = page.items.find((raw) => raw.k === countKind.name);
  if (!head) return undefined;
  const bins = page.items.filter((raw) => raw.k === countBinKind.name).map((raw) => decode(countBinKind, raw));
  return { count: decode(countKind, head), bins: bins.sort((a, b) => a.sequence - b.sequence) };
}

/** A page of a warehouse's counts, newest first. */
export function countsOf(
  scope: Scope,
  warehouse: string,
  range: { cursor?: string | undefined; limit?: number | undefined },
) {
  return listed<Count>(scope, countList(scope, warehouse), countKind, (id) => countKey(scope, id), range);
}
