import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { balancesOf } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Key } from "@yihao/table/key";
import { decode, type Stored } from "@yihao/table/kind";
import { get, type Raw } from "@yihao/table/read";
import type { Clause } from "@yihao/table/write";
import { boundlessLoad, edgesOf, entriesOf, fromBefore, loadOf, mm3Of, weighedAnew } from "./bin-load.ts";
import { placeBook, placeOf } from "./books.ts";
import { glnFault } from "./epc.ts";
import { cleanGtin } from "./gtin.ts";
import { type Bin, type BinEdit, type BinView, boundless } from "./model.ts";
import type { Product } from "./product-model.ts";
import { binKey, binKind, warehouseOf } from "./store.ts";

const tries = 20;
const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

/** What a bin must be for anything to be added to it or taken off: of the present shape. */
export const ofToday: Clause = ["v", "=", binKind.version];

/** Writes a bin of an older shape as it is now; gives whether it was one. */
export async function renewBin(scope: Scope, key: Key, raw: Raw): Promise<boolean> {
  if (raw.k !== binKind.name || Number(raw.v) >= binKind.version) return false;
  const { roomGrams, roomMm3, used, room } = decode(binKind, raw);
  const same: Clause[] = [
    ["v", "=", Number(raw.v)],
    ["used", "=", used],
    ["room", "=", room],
  ];
  const set = { roomGrams, roomMm3, ...fromBefore(used) };
  await commit(unsigned(scope), [{ do: "update", key, kind: binKind, set, when: same }], { answer: null });
  return true;
}

/** A bin as it is shown. */
export function binView(stored: Stored<Bin>): BinView {
  const { batch: _b, room: _r, roomGrams: _g, roomMm3: _m, long: _l, middle: _i, short: _s, ...rest } = stored;
  const { whose: _w, what: _t, lot: _o, ...bin } = rest;
  const own = new Set(entriesOf(bin).map(({ name }) => name));
  const plain = Object.fromEntries(Object.entries(bin).filter(([name]) => !own.has(name))) as typeof bin;
  return { ...plain, ...loadOf(stored) };
}

/** What a bin is limited to after an edit, and by how much each limit grows; less than it was is negative. */
function limitsAfter(bin: Stored<Bin>, edit: BinEdit) {
  const after = <Limit>(wish: Limit | null | undefined, now: Limit | undefined) =>
    wish === undefined ? now : (wish ?? undefined);
  const size = after(edit.size, bin.size);
  const volume = (of: Bin["size"]) => (of === undefined ? boundlessLoad : mm3Of(of));
  return {
    size,
    grows: {
      room: (after(edit.capacity, bin.capacity) ?? boundless) - (bin.capacity ?? boundless),
      roomGrams: (after(edit.loadGrams, bin.loadGrams) ?? boundlessLoad) - (bin.loadGrams ?? boundlessLoad),
      roomMm3: volume(size) - volume(bin.size),
    },
  };
}

const limitNames = { room: "units", roomGrams: "load", roomMm3: "volume" } as const;

/**
 * Changes what a bin is limited to, its lock or its place in the walk, if it still is as it was seen. Goods may come in while this is decided: what fits changes by the difference, never to a figure, and only if
 * what lies there still fits. Refused: `missing`, `stale`, `gln.invalid`, `bin.holds` with the limit and what lies there.
 */
export async function editBin(
  scope: Scope,
  warehouse: string,
  code: string,
  rev: number,
  edit: BinEdit,
): Promise<Outcome<BinView>> {
  const key = binKey(scope, warehouse, code);
  const fault = edit.gln ? glnFault(edit.gln) : undefined;
  if (fault) return refuse("gln.invalid", { fault, gln: edit.gln });
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const [place, bin] = await Promise.all([warehouseOf(scope, warehouse), get(scope, binKind, key)]);
    if (!place || !bin || !place.batches.includes(bin.batch)) return refuse("missing");
    if (bin.rev !== rev) return refuse("stale", { current: bin.rev });
    const { size, grows } = limitsAfter(bin, edit);
    const set: Record<string, unknown> = {};
    const remove: string[] = [];
    for (const [name, value] of Object.entries(edit))
      if (value === null) remove.push(name);
      else if (value !== undefined) set[name] = value;
    if (edit.gln) set.gln = cleanGtin(edit.gln);
    if (edit.size === null) remove.push("long", "middle", "short");
    if (edit.size) [set.long, set.middle, set.short] = edgesOf(edit.size);
    const answer = binView({ ...bin, ...set, rev: rev + 1 } as Stored<Bin>);
    for (const name of remove) delete (answer as Record<string, unknown>)[name];
    if (size === undefined) delete answer.size;
    const changes = Object.entries(grows).filter(([, by]) => by !== 0);
    const outcome = await commit(
      scope,
      [
        {
          ...{ do: "update", key, set, remove, add: { rev: 1, ...Object.fromEntries(changes) }, tag: "bin" },
          when: [
            ["rev", "=", rev],
            ofToday,
            ...changes.flatMap(([name, by]): Clause[] => (by < 0 ? [[name, ">=", -by]] : [])),
          ],
        },
      ],
      { answer },
    );
    if (outcome.done) return accept(outcome.answer);
    const now = outcome.lost.bin;
    if (!now) return refuse("missing");
    if (await renewBin(scope, key, now)) continue;
    if (Number(now.rev) !== rev) return refuse("stale", { current: Number(now.rev) });
    const { usedGrams, usedMm3 } = loadOf(now);
    const holds = { room: Number(now.used), roomGrams: usedGrams, roomMm3: usedMm3 };
    const short = changes.find(([name, by]) => by < 0 && Number(now[name]) < -by)?.[0] as keyof typeof holds;
    if (short) return refuse("bin.holds", { bin: code, of: limitNames[short], holds: holds[short] });
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Weighs the goods of a product in one bin anew, at the weight and size that the product has now. Safe to run again. */
export async function weighInBin(scope: Scope, product: Product, warehouse: string, code: string): Promise<void> {
  const key = binKey(scope, warehouse, code);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const bin = await get(scope, binKind, key);
    const change = bin && weighedAnew(bin, product);
    if (!change) return;
    const { add, remove, when } = change;
    const outcome = await commit(
      unsigned(scope),
      [{ do: "update", key, add, remove, when: [...when, ofToday], tag: "bin" }],
      { answer: null },
    );
    if (outcome.done) return;
    if (outcome.lost.bin) await renewBin(scope, key, outcome.lost.bin);
    await giveWay(scope, attempt);
  }
  throw new Error(`bin ${code} finds no quiet moment to be weighed`);
}

/** The same in every bin where goods of a product lie, after its weight or size was changed. */
export async function weighAnew(scope: Scope, product: Product): Promise<void> {
  const balances = await balancesOf(scope, placeBook(product.company, product.id), { consistent: true });
  const places = new Map(balances.map(({ account }) => [account, placeOf(account)]));
  for (const place of places.values())
    if (place?.bin !== undefined) await weighInBin(scope, product, place.warehouse, place.bin);
}
