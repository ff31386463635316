import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { digest, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { giveWay } from "@yihao/table/give-way";
import type { Stored } from "@yihao/table/kind";
import { getMany } from "@yihao/table/read";
import { check, type Write } from "@yihao/table/write";
import { cleanBin, emptyBin, placeNamed, spansAfter } from "./bin-code.ts";
import type { BatchAnswer, BinRow, ImportFault } from "./import-model.ts";
import type { Bin, Warehouse, Zone } from "./model.ts";
import { binKey, binKind, warehouseKey, warehouseOf } from "./store.ts";
import { dropBins, isBuilding, mostBatches } from "./warehouse-actions.ts";

const tries = 20;
/** Zones at most that a warehouse has; they stand in its one item. */
const mostZones = 100;
/** Bins that are written one by one at a time, once some of a batch are there already. */
const parallel = 8;

/** The generation of all bins of a warehouse that came in from tables: it is whole from its first bin on, since each row stands for itself. */
const generationOf = (scope: Scope, warehouse: string) =>
  `gen_${digest(scope.space, warehouse, "import").slice(0, 16)}`;

type Fresh = { readonly row: number; readonly bin: Bin };

const faultOf = (row: number, column: string, reason: string, value: string): ImportFault => ({
  ...{ row, column, reason, value: value.slice(0, 60) },
});

/**
 * Bins of rows with the zones that they need, those of the warehouse first. Faults: `bin.address` for a code that does not name rack, column and level, `zone.kind` with what the zone is, `zone.many`, and
 * `row.repeated` with the row before.
 */
export function decideBins(
  before: readonly Zone[],
  rows: readonly BinRow[],
  generation: string,
): { zones: Zone[]; fresh: Fresh[]; faults: ImportFault[] } {
  const zones = [...before];
  const fresh: Fresh[] = [];
  const faults: ImportFault[] = [];
  const seen = new Map<string, number>();
  for (const { row, zone: code, kind, code: written, ...limits } of rows) {
    const bin = cleanBin(written);
    const at = placeNamed(bin);
    const first = seen.get(bin);
    if (!at) faults.push(faultOf(row, "bin", "bin.address", written));
    else if (first !== undefined) faults.push(faultOf(row, "bin", "row.repeated", String(first)));
    if (!at || first !== undefined) continue;
    seen.set(bin, row);
    const known = zones.find((one) => one.code === code);
    if (known && known.kind !== kind) {
      faults.push(faultOf(row, "zoneKind", "zone.kind", known.kind));
      continue;
    }
    if (!known && zones.length >= mostZones) {
      faults.push(faultOf(row, "zone", "zone.many", String(mostZones)));
      continue;
    }
    const zone = known ?? { code, name: code, kind };
    if (!known) zones.push(zone);
    fresh.push({ row, bin: emptyBin({ code: bin, ...at }, zone, limits, generation, zones.indexOf(zone)) });
  }
  return { zones, fresh, faults };
}

/** Names the generation and new zones on the warehouse, where it does not have them yet; gives it as it then is. */
async function prepared(
  scope: Scope,
  id: string,
  rows: readonly BinRow[],
  generation: string,
): Promise<Outcome<Stored<Warehouse>>> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const found = await warehouseOf(scope, id, { consistent: true });
    if (!found) return refuse("missing");
    if (isBuilding(found, scope.now)) return refuse("warehouse.busy");
    const { zones, fresh } = decideBins(found.zones, rows, generation);
    const whole = found.batches.includes(generation);
    const same = whole && zones.length === found.zones.length && found.building === undefined;
    if (same || fresh.length === 0) return accept(found);
    const spans = spansAfter(
      found,
      fresh.map(({ bin }) => bin),
    );
    if (!whole && found.batches.length >= mostBatches) return refuse("warehouse.batches", { most: mostBatches });
    const batches = whole ? found.batches : [...found.batches, generation];
    const outcome = await commit(
      stepOf(scope, `zones ${found.rev}`),
      [
        {
          ...{ do: "update", key: warehouseKey(scope, id), set: { batches, zones, spans }, add: { rev: 1 } },
          // What was cut off while it made bins is not gone on with: its bins were never there.
          ...{ remove: ["building", "buildingAt"], when: [["rev", "=", found.rev]] },
        },
      ],
      { answer: null },
    );
    if (outcome.done) return accept({ ...found, batches, zones, spans });
    await giveWay(scope, attempt);
  }
  return refuse("busy");
}

/** Writes bins together, or one by one when some are there already; gives the faults, undefined while others make bins there. */
async function write(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  pack: readonly Fresh[],
  again = false,
): Promise<ImportFault[] | undefined> {
  const [first] = pack;
  if (!first) return [];
  const outcome = await commit(
    stepOf(scope, `bins ${first.row} ${pack.length}`),
    [
      check(warehouseKey(scope, warehouse.id), [["building", "absent"]], "building"),
      ...pack.map(
        ({ bin }): Write => ({
          ...{ do: "put", key: binKey(scope, warehouse.id, bin.code), kind: binKind, data: bin, rev: 1 },
          ...{ when: [["batch", "absent"]], tag: bin.code },
        }),
      ),
    ],
    { answer: null },
  );
  if (outcome.done) return [];
  if (outcome.lost.building !== undefined) return undefined;
  if (pack.length > 1) {
    const faults: ImportFault[] = [];
    for (let start = 0; start < pack.length; start += parallel) {
      const done = await Promise.all(pack.slice(start, start + parallel).map((one) => write(scope, warehouse, [one])));
      for (const one of done) {
        if (one === undefined) return undefined;
        faults.push(...one);
      }
    }
    return faults;
  }
  const there = outcome.lost[first.bin.code];
  if (there && !again && !warehouse.batches.includes(String(there.batch))) {
    // What is left of an interrupted generation was never there: away with it.
    await dropBins(scope, warehouse.id, [first.bin], String(there.batch));
    return write(scope, warehouse, pack, true);
  }
  return [faultOf(first.row, "bin", "bin.exists", first.bin.code)];
}

/**
 * Brings in bins (导入库位), each row for itself, with the zones that they name; sent again it adds nothing and gives the same answer. Faults: those of `decideBins`, and `bin.exists`. With `dry` nothing is
 * written. Refused: `missing`, `warehouse.busy` while bins are made by pattern.
 */
export async function importBins(
  scope: Scope,
  wish: { warehouse: string; dry?: boolean | undefined; rows: readonly BinRow[] },
): Promise<Outcome<BatchAnswer>> {
  const generation = generationOf(scope, wish.warehouse);
  const ready = wish.dry
    ? await warehouseOf(scope, wish.warehouse, { consistent: true }).then((one) => one && accept(one))
    : await prepared(scope, wish.warehouse, wish.rows, generation);
  if (!ready) return refuse("missing");
  if (!ready.ok) return ready;
  const warehouse = ready.value;
  const { fresh, faults } = decideBins(warehouse.zones, wish.rows, generation);
  if (wish.dry) {
    const keys = fresh.map(({ bin }) => binKey(scope, warehouse.id, bin.code));
    const known = await getMany(scope, binKind, keys, { consistent: true });
    const there = new Set(known.flatMap((one) => (one && warehouse.batches.includes(one.batch) ? [one.code] : [])));
    for (const { row, bin } of fresh) if (there.has(bin.code)) faults.push(faultOf(row, "bin", "bin.exists", bin.code));
  } else {
    const told = await write(scope, warehouse, fresh);
    if (told === undefined) return refuse("warehouse.busy");
    faults.push(...told);
  }
  const wrong = new Set(faults.map(({ row }) => row));
  return accept({ done: wish.rows.length - wrong.size, faults: faults.sort((a, b) => a.row - b.row) });
}
