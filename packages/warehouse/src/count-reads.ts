import { accountsNow } from "@yihao/identity/person-merge";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { allows } from "@yihao/kernel/permissions";
import type { Scope } from "@yihao/kernel/scope";
import { search } from "@yihao/table/search";
import type { z } from "zod";
import { listedCount, personOf } from "./count-actions.ts";
import type { CountView, ListedCount, NamedGoodsSchema } from "./count-model.ts";
import { decideJudge, showsExpected } from "./count-rules.ts";
import { countOf, countsOf, countWithBins } from "./count-store.ts";
import type { Content, ProductId } from "./model.ts";
import { readScan, scanNames } from "./scan.ts";
import { productsOf } from "./store.ts";

/** Whether the caller manages: only they see what a count differs by before it is over. */
function manages(scope: Scope): boolean {
  return scope.actor.kind === "staff" && allows(scope.actor, "warehouse.manage");
}

/** A count with its bins; blind for whoever counts or may still count: expected, found and differing figures are left out. */
export async function readCount(scope: Scope, id: string): Promise<Outcome<CountView>> {
  const found = await countWithBins(scope, id);
  if (!found) return refuse("missing");
  const { bins } = found;
  const count = { ...found.count, counters: await accountsNow(scope, found.count.counters) };
  const open = showsExpected(count, personOf(scope), manages(scope));
  return accept({
    ...listedCount(count),
    items: bins.map(({ code, sequence, state, round, lines }) => ({
      ...{ code, sequence, state, round },
      ...(open && lines !== undefined ? { lines } : {}),
    })),
    mayJudge: manages(scope) && decideJudge(count, personOf(scope), ["to-review", "posting"]).ok,
  });
}

/** A page of a warehouse's counts, newest first, without their bins. */
export async function listCounts(
  scope: Scope,
  wish: { warehouse: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<ListedCount>>> {
  const page = await countsOf(scope, wish.warehouse, wish);
  return accept({ items: page.items.map(listedCount), next: page.next });
}

/** Goods that a scanned code names, all owners', without a figure: the counter knows what it is and not how many. Refused: `missing`, `gs1.invalid`. */
export async function goodsNamed(
  scope: Scope,
  id: string,
  code: string,
): Promise<Outcome<z.infer<typeof NamedGoodsSchema>[]>> {
  if (!(await countOf(scope, id))) return refuse("missing");
  const scan = readScan(code, Number(scope.now.slice(0, 4)));
  if (!scan.ok) return scan;
  const { gtin, content, text } = scan.value;
  const number = (gtin ?? content)?.replace(/^0+/, "");
  const texts = number === undefined ? [text] : [13, 12, 8, 14].map((length) => number.padStart(length, "0"));
  const hits = await Promise.all([...new Set(texts)].map((one) => search(scope, "product", one, 20)));
  const ids = new Set(hits.flat().map((hit) => hit.id as ProductId));
  const products = (await productsOf(scope, [...ids])).filter((one) => one !== undefined);
  return accept(
    products
      .filter((product) => scanNames(scan.value, product))
      .map(({ id: product, company, name, code: own, gtin: of, packs, track, dated }) => ({
        ...{ id: product, company, name, code: own },
        ...(of === undefined ? {} : { gtin: of }),
        ...(packs === undefined ? {} : { packs }),
        ...(track === undefined ? {} : { track }),
        ...(dated ? { dated } : {}),
      })),
  );
}

/** Bins of a warehouse whose contents the caller must not read, because somebody counts them: for all but managers, and for counters. */
export async function blindBins(scope: Scope, warehouse: string): Promise<ReadonlySet<string>> {
  if (scope.actor.kind !== "staff") return new Set();
  const page = await countsOf(scope, warehouse, { limit: 20 });
  const person = personOf(scope);
  const going = page.items.filter(({ state }) => ["requested", "counting", "to-review"].includes(state));
  const counted = async (one: { readonly counters: readonly string[] }) =>
    (await accountsNow(scope, one.counters)).includes(person);
  const mine = await Promise.all(going.map(async (one) => !manages(scope) || (await counted(one))));
  const open = going.filter((_, at) => mine[at]);
  return new Set(open.flatMap(({ codes }) => codes));
}

/** Contents without figures where somebody counts. */
export function blinded(contents: readonly Content[], bins: ReadonlySet<string>): Content[] {
  return contents.map((one) => (one.bin !== undefined && bins.has(one.bin) ? { ...one, units: 0, hidden: true } : one));
}
