import type { Day } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { isTracked, pickBefore, type Tracked } from "./lot.ts";
import type { BinView, Content } from "./model.ts";

type Shelf = Pick<BinView, "code" | "kind" | "sequence" | "lock">;
export type Source = {
  readonly product: string;
  readonly bin: string;
  readonly units: number;
  readonly lot?: string | undefined;
  readonly expiry?: string | undefined;
};

/**
 * Whether a product may be a kit of some others. What its parts bear it must bear too, or it would be lost: with a part told apart by lot, serial or day the kit is kept by lot, with a dated one it is
 * dated; a kit of other goods is not told apart. Refused: `kit.tracked` with how the kit must be kept.
 */
export function mayBeKit(kit: Tracked, parts: readonly Tracked[]): Outcome<undefined, "kit.tracked"> {
  const wanted = { track: parts.some(isTracked) ? "lot" : undefined, dated: parts.some((part) => part.dated === true) };
  const fits = kit.track === wanted.track && (kit.dated ?? false) === wanted.dated;
  return fits ? accept(undefined) : refuse("kit.tracked", { track: wanted.track ?? "none", dated: wanted.dated });
}

/** How many kits what is free of the components makes; none without components. */
export function buildable(
  components: readonly { readonly product: string; readonly units: number }[],
  free: ReadonlyMap<string, number>,
): number {
  if (components.length === 0) return 0;
  return Math.min(...components.map(({ product, units }) => Math.floor((free.get(product) ?? 0) / units)));
}

/**
 * Bins to take goods from for a kit that is put together or taken apart: what expires first (FEFO), then what came first; of goods that are not told apart the fewest units first, so that bins come free,
 * then along the walk. Locked and quarantine bins stay, and goods past their day. `short` is what no bin has.
 */
export function sourcesFor(
  wants: readonly { readonly product: string; readonly units: number }[],
  company: string,
  bins: readonly Shelf[],
  contents: readonly Content[],
  today: Day,
): { sources: Source[]; short: { product: string; wanted: number; available: number }[] } {
  const shelves = new Map(bins.map((bin) => [bin.code, bin]));
  const sources: Source[] = [];
  const short: { product: string; wanted: number; available: number }[] = [];
  for (const { product, units } of wants) {
    let left = units;
    const places = contents
      .flatMap((one) => {
        const shelf = one.place === "bin" && one.bin !== undefined ? shelves.get(one.bin) : undefined;
        const own = one.company === company && one.product === product;
        const sound = one.expiry === undefined || one.expiry >= today;
        return shelf && own && sound && shelf.lock === undefined && shelf.kind !== "quarantine"
          ? [{ ...one, shelf, sequence: shelf.sequence }]
          : [];
      })
      .sort((a, b) => (a.lot === undefined && b.lot === undefined ? a.units - b.units : 0) || pickBefore(a, b));
    for (const { shelf, units: there, lot, expiry } of places) {
      const some = Math.min(left, there);
      if (some > 0) sources.push({ product, bin: shelf.code, units: some, lot, expiry });
      left -= some;
    }
    if (left > 0) short.push({ product, wanted: units, available: units - left });
  }
  return { sources, short };
}

/** Kits that are alike: each made of the same units of the same lots. `expiry` is the earliest of its parts. */
export type Run = { readonly kits: number; readonly parts: readonly Omit<Source, "bin">[]; readonly expiry?: string };

/**
 * Which lots go into which kits: sources are used up in their order, and kits made of the same lots are one run, so that what went into each is known when it is taken apart.
 */
export function runsOf(
  components: readonly { readonly product: string; readonly units: number }[],
  sources: readonly Source[],
  kits: number,
): Run[] {
  const queues = components.map(({ product, units }) => {
    const lots = new Map<string, { lot: string | undefined; expiry: string | undefined; left: number }>();
    for (const one of sources)
      if (one.product === product) {
        const known = lots.get(one.lot ?? "") ?? { lot: one.lot, expiry: one.expiry, left: 0 };
        lots.set(one.lot ?? "", { ...known, left: known.left + one.units });
      }
    return { product, units, lots: [...lots.values()] };
  });
  const runs: Run[] = [];
  for (let left = kits; left > 0; ) {
    // As many kits as the first lot of every component makes whole; where one is cut, a kit of its own.
    const whole = Math.min(left, ...queues.map(({ units, lots }) => Math.floor((lots[0]?.left ?? 0) / units)));
    const some = Math.max(1, whole);
    const parts = queues.flatMap((queue) => {
      const taken: Omit<Source, "bin">[] = [];
      let wanted = queue.units;
      while (wanted > 0) {
        const [first] = queue.lots;
        if (!first) break;
        const units = Math.min(wanted, first.left);
        taken.push({ product: queue.product, units, lot: first.lot, expiry: first.expiry });
        first.left -= units * some;
        wanted -= units;
        if (first.left <= 0) queue.lots.shift();
      }
      return taken;
    });
    const days = parts.flatMap(({ expiry }) => expiry ?? []).sort();
    runs.push({ kits: some, parts, ...(days[0] === undefined ? {} : { expiry: days[0] }) });
    left -= some;
  }
  return runs;
}
