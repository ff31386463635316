import type { Tracking } from "@yihao/warehouse/lot";

export type CountedGoods = {
  id: string;
  company: string;
  name: string;
  code: string;
  gtin?: string | undefined;
  track?: Tracking | undefined;
  dated?: boolean | undefined;
};
export type CountedLine = { goods: CountedGoods; lot: string; units: number };
/** What was counted of one bin and not yet handed in, and since when, by the phone's clock (ISO, UTC). */
export type KeptBin = { readonly bin: string; readonly since: string; readonly lines: CountedLine[] };

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
const keyOf = (count: string) => `yihao.count.${count}`;

/** The bin of a count that was begun on this phone and not handed in: a reload, or going back, loses nothing of it. */
export function keptBin(count: string, store: Store = localStorage): KeptBin | undefined {
  try {
    const kept = JSON.parse(store.getItem(keyOf(count)) ?? "null") as Partial<KeptBin> | null;
    if (typeof kept?.bin !== "string" || typeof kept.since !== "string" || !Array.isArray(kept.lines)) return undefined;
    return { bin: kept.bin, since: kept.since, lines: kept.lines };
  } catch {
    return undefined;
  }
}

/** Keeps the bin at hand of a count, or forgets it. A full or closed store is no reason to stop counting. */
export function keepBin(count: string, kept: KeptBin | undefined, store: Store = localStorage): void {
  try {
    if (kept === undefined) store.removeItem(keyOf(count));
    else store.setItem(keyOf(count), JSON.stringify(kept));
  } catch {
    // It is lost with the page, as it was before anything was kept.
  }
}
