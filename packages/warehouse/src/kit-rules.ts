import type { BinView, Content } from "./model.ts";

type Shelf = Pick<BinView, "code" | "kind" | "sequence" | "lock">;
export type Source = { readonly product: string; readonly bin: string; readonly units: number };

/** How many kits what is free of the components makes; none without components. */
export function buildable(
  components: readonly { readonly product: string; readonly units: number }[],
  free: ReadonlyMap<string, number>,
): number {
  if (components.length === 0) return 0;
  return Math.min(...components.map(({ product, units }) => Math.floor((free.get(product) ?? 0) / units)));
}

/**
 * Bins to take goods from for a kit that is put together or taken apart: the fewest units first, so that bins come free, then along the walk; locked and quarantine bins stay. `short` is what no bin has.
 */
export function sourcesFor(
  wants: readonly { readonly product: string; readonly units: number }[],
  company: string,
  bins: readonly Shelf[],
  contents: readonly Content[],
): { sources: Source[]; short: { product: string; wanted: number; available: number }[] } {
  const shelves = new Map(bins.map((bin) => [bin.code, bin]));
  const sources: Source[] = [];
  const short: { product: string; wanted: number; available: number }[] = [];
  for (const { product, units } of wants) {
    let left = units;
    const places = contents
      .flatMap((one) => {
        const shelf = one.place === "bin" && one.bin !== undefined ? shelves.get(one.bin) : undefined;
        const own = one.company === company && one.product === product && one.lot === undefined;
        return shelf && own && shelf.lock === undefined && shelf.kind !== "quarantine"
          ? [{ shelf, units: one.units }]
          : [];
      })
      .sort((a, b) => a.units - b.units || a.shelf.sequence - b.shelf.sequence);
    for (const place of places) {
      const some = Math.min(left, place.units);
      if (some > 0) sources.push({ product, bin: place.shelf.code, units: some });
      left -= some;
    }
    if (left > 0) short.push({ product, wanted: units, available: units - left });
  }
  return { sources, short };
}
