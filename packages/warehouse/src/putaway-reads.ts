import type { Scope } from "@yihao/kernel/scope";
import type { Stored } from "@yihao/table/kind";
import { queryAll, queryRaw, type Raw } from "@yihao/table/read";
import { binView } from "./bin-actions.ts";
import { facesOf } from "./face-actions.ts";
import type { Bin, CodeSpan, Content, ProductId, Warehouse, Zone } from "./model.ts";
import { standingOf } from "./standing.ts";
import type { Suggestion } from "./stock-model.ts";
import { binsOfWarehouse, contentKind, type Elevation, elevationOf, productsOf, standsIn } from "./store.ts";
import { isSettled, measured, type PutawayRules, suggestAll, suggestBins, type Wanted, zoneFor } from "./suggest.ts";

/** Bins and contents of a first page of the walk; each next one is twice as long, so that a full warehouse takes few. */
const firstPage = 100;
/** Bins at most that hold goods already and are looked into: more than are named, since others may lie beside them. */
const nearest = 12;

const last = "\u{10ffff}";

type Place = Stored<Warehouse>;
type Read = { readonly bins: Map<string, Stored<Bin>>; readonly contents: Map<string, Content> };

function put({ bins, contents }: Read, found: Elevation): void {
  for (const bin of found.bins) bins.set(bin.code, bin);
  for (const one of found.contents)
    contents.set([one.place, one.bin, one.company, one.product, one.lot].join("/"), one);
}

/** The code of the bin that an item of the map is, or lies in. */
const codeOf = (raw: Raw) => String(raw.bin ?? raw.code);

/** A zone's bins with what stands in them, page by page as they are walked; a bin whose contents may go on on the next page is told with that. */
async function* walkOf(scope: Scope, warehouse: Place, span: CodeSpan): AsyncGenerator<Elevation> {
  let cursor: string | undefined;
  let rest: Raw[] = [];
  for (let limit = firstPage; ; limit *= 2) {
    const range = { prefix: "bin#", from: span.first, until: `${span.last}#${last}`, limit, cursor };
    const page = await queryRaw(scope, binsOfWarehouse(scope, warehouse.id), range);
    const items = [...rest, ...page.items];
    const end = items.at(-1);
    rest = page.next === null || !end ? [] : items.filter((raw) => codeOf(raw) === codeOf(end));
    yield standsIn(warehouse, items.slice(0, items.length - rest.length));
    if (page.next === null) return;
    cursor = page.next;
  }
}

/** One bin with what stands in it. */
async function binOf(scope: Scope, warehouse: Place, code: string): Promise<Elevation> {
  const range = { prefix: "bin#", from: code, until: `${code}#${last}`, limit: Number.POSITIVE_INFINITY };
  return standsIn(warehouse, (await queryRaw(scope, binsOfWarehouse(scope, warehouse.id), range)).items);
}

/** Zones that goods may come into, as they are walked: those kept to the kind of some of them first, and how many these are. */
function zonesFor(zones: readonly Zone[], wanted: readonly Wanted[]): { zones: Zone[]; own: number } {
  const open = zones.filter(
    (zone) => zone.kind !== "quarantine" && wanted.some((goods) => zoneFor(zone, goods) !== "closed"),
  );
  const own = open.filter((zone) => wanted.some((goods) => zoneFor(zone, goods) === "own"));
  return { zones: [...own, ...open.filter((zone) => !own.includes(zone))], own: own.length };
}

/**
 * Bins to put goods into (上架建议), one after the other, by `suggestBins`. Read are the bins that are their own or hold them, and of the others, zone by zone in the order of the walk, as many as it takes until none that
 * comes later could be better: an empty place near the dock costs the same in a small warehouse and a large one. Zones whose codes nobody wrote down are read with the whole warehouse.
 */
export async function suggestionsOf(
  scope: Scope,
  warehouse: Place,
  wanted: readonly Wanted[],
): Promise<Suggestion[][]> {
  if (wanted.length === 0) return [];
  const goods = wanted.map(
    ({ company, product }) => ({ company, product }) as Parameters<typeof standingOf>[2][number],
  );
  const [faces, standing] = await Promise.all([facesOf(scope, warehouse.id), standingOf(scope, warehouse, goods)]);
  const rules: PutawayRules = { faces, zones: warehouse.zones };
  const read: Read = { bins: new Map(), contents: new Map() };
  const told = () => suggestAll([...read.bins.values()].map(binView), [...read.contents.values()], wanted, rules);

  const holding = standing.bins.map(binView);
  const near = new Set(
    wanted.flatMap((one) => [
      ...faces.filter(({ product }) => product === one.product).map(({ bin }) => bin),
      ...suggestBins(holding, standing.contents, one, one.units, rules, nearest).map(({ bin }) => bin),
    ]),
  );
  const { zones, own } = zonesFor(warehouse.zones, wanted);
  const spans = zones.map(({ code }) => warehouse.spans?.[code]);
  if (spans.includes(undefined)) {
    put(read, await elevationOf(scope, warehouse));
    return told();
  }
  for (const found of await Promise.all([...near].map((code) => binOf(scope, warehouse, code)))) put(read, found);

  const zoneOf = (code: string) => warehouse.zones.find((zone) => zone.code === read.bins.get(code)?.zone);
  const settled = (all: readonly Suggestion[][], ownLeft: boolean) =>
    wanted.every((one, at) => {
      const kept = ownLeft && zones.some((zone) => zoneFor(zone, one) === "own");
      return isSettled(all[at] ?? [], one.units, (bin) => !kept || zoneFor(zoneOf(bin), one) === "own");
    });
  if (settled(told(), own > 0)) return told();
  for (const [at, span] of spans.entries()) {
    if (span === undefined) continue;
    for await (const found of walkOf(scope, warehouse, span)) {
      put(read, found);
      if (!span.walked) continue;
      const all = told();
      if (settled(all, at < own)) return all;
    }
    const all = told();
    if (settled(all, at + 1 < own)) return all;
  }
  return told();
}

/** Goods that wait in receiving, with bins to put them into. */
export async function putawaysOf(
  scope: Scope,
  warehouse: Place,
): Promise<(Content & { readonly suggestions: Suggestion[] })[]> {
  const found = await queryAll(scope, contentKind, binsOfWarehouse(scope, warehouse.id), { prefix: "receiving#" });
  const waiting = found.flatMap(({ rev: _rev, ...one }) => (one.units > 0 ? [one as Content] : []));
  const known = await productsOf(scope, [...new Set(waiting.map(({ product }) => product as ProductId))]);
  const facts = new Map(known.flatMap((one) => (one ? [[one.id as string, one] as const] : [])));
  const wanted = waiting.map((one) => ({ ...one, ...measured(facts.get(one.product)) }));
  const all = await suggestionsOf(scope, warehouse, wanted);
  return waiting.map((one, at) => ({ ...one, suggestions: all[at] ?? [] }));
}
