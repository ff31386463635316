import { accountsNow } from "@yihao/identity/person-merge";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { allows } from "@yihao/kernel/permissions";
import type { Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import { getMany } from "@yihao/table/read";
import { search } from "@yihao/table/search";
import type { z } from "zod";
import { cleanBin } from "./bin-code.ts";
import { listedCount, personOf } from "./count-actions.ts";
import type { Count, CountView, ListedCount, NamedGoodsSchema } from "./count-model.ts";
import { decideJudge, showsExpected } from "./count-rules.ts";
import { countGoodsKey, countGoodsKind, countOf, countsOf, countWithBins, openCountsOf } from "./count-store.ts";
import type { Content, ProductId } from "./model.ts";
import { readScan, scanNames } from "./scan.ts";
import { productsOf, warehousesOf } from "./store.ts";

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

/** Counts of a warehouse that go on and that the caller must not see the figures of: all but managers, and counters. */
async function blindCounts(scope: Scope, warehouse: string): Promise<Stored<Count>[]> {
  if (scope.actor.kind !== "staff") return [];
  const going = await openCountsOf(scope, warehouse);
  if (!manages(scope)) return going;
  const mine = await Promise.all(
    going.map(async ({ counters }) => (await accountsNow(scope, counters)).includes(personOf(scope))),
  );
  return going.filter((_, at) => mine[at]);
}

/** Bins of a warehouse whose contents the caller must not read, because somebody counts them. */
export async function blindBins(scope: Scope, warehouse: string): Promise<ReadonlySet<string>> {
  return new Set((await blindCounts(scope, warehouse)).flatMap(({ codes }) => codes));
}

/** Products of which the caller must not be told what there is, because somebody counts bins where they lay: what all other bins have would tell the rest. */
export async function blindGoods(scope: Scope): Promise<ReadonlySet<string>> {
  if (scope.actor.kind !== "staff") return new Set();
  const counts = await Promise.all((await warehousesOf(scope)).map(({ id }) => blindCounts(scope, id)));
  const keys = counts.flat().map(({ id }) => countGoodsKey(scope, id));
  const goods = keys.length === 0 ? [] : await getMany(scope, countGoodsKind, keys);
  return new Set(goods.flatMap((one) => one?.products ?? []));
}

/** A product's figures that are not told. */
export const hiddenStock = { onHand: 0, free: 0, reserved: 0, pledged: 0, held: 0, hidden: true } as const;

/** Listed products without what there is of those that somebody counts. */
export async function listedBlindly<One extends { readonly id: string }>(
  scope: Scope,
  page: Page<One>,
): Promise<Page<One>> {
  const blind = await blindGoods(scope);
  return { ...page, items: page.items.map((one) => (blind.has(one.id) ? { ...one, ...hiddenStock } : one)) };
}

/** Figures by product without those of what somebody counts. */
export async function shownOf<One extends { readonly product: string }>(
  scope: Scope,
  items: readonly One[],
): Promise<One[]> {
  const blind = await blindGoods(scope);
  return items.filter(({ product }) => !blind.has(product));
}

const figures = new Set(["available", "room", "holds", "most", "of"]);
const without = (params: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(params).filter(([name]) => !figures.has(name)));

/**
 * An outcome as whoever counts may hear it: what is refused for want of goods or of room in a bin that is counted blind does not tell how much lies there. `bin` is the one that goods leave; of others the
 * refusal says itself which it is.
 */
export async function blindly<Value>(
  scope: Scope,
  warehouse: string,
  bin: string | undefined,
  outcome: Outcome<Value>,
): Promise<Outcome<Value>> {
  if (outcome.ok || !["stock.short", "bin.full", "bin.holds"].includes(outcome.refusal.code)) return outcome;
  const { code, params = {} } = outcome.refusal;
  const about = code === "stock.short" ? bin : String(params.bin);
  if (about === undefined || !(await blindBins(scope, warehouse)).has(cleanBin(about))) return outcome;
  const lines = Array.isArray(params.lines) ? { lines: params.lines.map(without) } : {};
  return refuse(code, { ...without(params), ...lines, hidden: true });
}

/** Contents without figures where somebody counts. */
export function blinded(contents: readonly Content[], bins: ReadonlySet<string>): Content[] {
  return contents.map((one) => (one.bin !== undefined && bins.has(one.bin) ? { ...one, units: 0, hidden: true } : one));
}
