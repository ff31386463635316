import { dayOf, instantOf, isZone, plusDays } from "@yihao/kernel/days";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import type { Stored } from "@yihao/table/kind";
import { check, insert, type Write } from "@yihao/table/write";
import type { z } from "zod";
import { binCount, binsOf, spansAfter } from "./bin-code.ts";
import { glnFault } from "./epc.ts";
import type { Bin, BinPattern, NewWarehouseSchema, Warehouse, WarehouseView, Zone, ZoneEdit } from "./model.ts";
import { binKey, binKind, revise, warehouseKey, warehouseKind, warehouseOf } from "./store.ts";

/** Bins at most in one request. */
const mostBins = 5_000;
/** Generations at most in one warehouse; a condition names them all. */
export const mostBatches = 90;
const binsPerCommit = 90;
/** A generation that has not moved for so long was interrupted, and another may take its place. */
const leaseMs = 60_000;

/** A warehouse as it is shown. */
export function warehouseView(warehouse: Stored<Warehouse>): WarehouseView {
  const { id, name, zone, site, zones, since, rev } = warehouse;
  return { id, name, zone, zones, since, rev, ...(site === undefined ? {} : { site }) };
}

/** When the days of a warehouse are closed: half an hour into the next local day. */
export const closingAt = (warehouse: Pick<Warehouse, "zone">, now: string): string =>
  instantOf(plusDays(dayOf(now, warehouse.zone), 1), "00:30", warehouse.zone);

/** Whether bins are being made in a warehouse at an instant; what was cut off a while ago is not. */
export function isBuilding({ building, buildingAt }: Pick<Warehouse, "building" | "buildingAt">, now: string): boolean {
  const since = Date.parse(buildingAt ?? "1970-01-01T00:00:00.000Z");
  return building !== undefined && Date.parse(now) - since <= leaseMs;
}

/** Opens a warehouse, without bins yet. Refused: `warehouse.zone` for an unknown time zone. */
export async function createWarehouse(
  scope: Scope,
  wish: z.infer<typeof NewWarehouseSchema>,
): Promise<Outcome<WarehouseView>> {
  if (!isZone(wish.zone)) return refuse("warehouse.zone", { zone: wish.zone });
  const warehouse: Warehouse = {
    id: idFor(scope, "whs"),
    name: wish.name,
    zone: wish.zone,
    ...(wish.site === undefined ? {} : { site: wish.site }),
    zones: [],
    since: dayOf(scope.now, wish.zone),
    batches: [],
  };
  const answer = warehouseView({ ...warehouse, rev: 1 });
  const outcome = await commit(
    scope,
    [
      insert(warehouseKey(scope, warehouse.id), warehouseKind, warehouse, "warehouse"),
      dueAt(scope, closingAt(warehouse, scope.now), "warehouse.close-day", warehouse.id),
    ],
    { answer },
  );
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/**
 * Makes bins by a pattern, all or none: they are written in chunks under a generation that counts only once the last step
 * names it on the warehouse. Refused: `bin.exists` with codes, `bin.too-many`, `gln.invalid`, `warehouse.busy` while another generation runs.
 */
export async function generateBins(
  scope: Scope,
  warehouse: string,
  pattern: BinPattern,
): Promise<Outcome<{ batch: string; made: number }>> {
  const count = binCount(pattern);
  if (count < 1 || count > mostBins) return refuse("bin.too-many", { count, most: mostBins });
  const fault = pattern.gln === undefined ? undefined : glnFault(pattern.gln);
  if (fault) return refuse("gln.invalid", { fault, gln: pattern.gln });
  const found = await warehouseOf(scope, warehouse, { consistent: true });
  if (!found) return refuse("missing");
  const batch = idFor(scope, "gen", warehouse);
  const answer = { batch, made: count };
  if (found.batches.includes(batch)) return accept(answer);
  if (found.batches.length >= mostBatches) return refuse("warehouse.batches", { most: mostBatches });
  if (found.building !== batch && isBuilding(found, scope.now)) return refuse("warehouse.busy");
  const key = warehouseKey(scope, warehouse);
  const leased = await commit(
    stepOf(scope, `lease ${scope.now}`),
    [revise(key, found.rev, { building: batch, buildingAt: scope.now })],
    { answer: null },
  );
  if (!leased.done) return refuse("warehouse.busy");

  const known = found.zones.findIndex((zone) => zone.code === pattern.zone.code);
  const bins = binsOf(pattern, batch, known < 0 ? found.zones.length : known);
  const written: Bin[] = [];
  for (let start = 0; start < bins.length; start += binsPerCommit) {
    const chunk = bins.slice(start, start + binsPerCommit);
    const taken = await writeBins(scope, warehouse, chunk, batch, found.batches);
    if (taken !== undefined) {
      await dropBins(scope, warehouse, written, batch);
      if (taken.length === 0) return refuse("warehouse.busy");
      await commit(
        stepOf(scope, "release"),
        [{ do: "update", key, remove: ["building", "buildingAt"], add: { rev: 1 }, when: [["building", "=", batch]] }],
        { answer: null },
      );
      return refuse("bin.exists", { codes: taken.slice(0, 20) });
    }
    written.push(...chunk);
  }
  const before = found.zones.find((zone) => zone.code === pattern.zone.code);
  const zone = { ...before, ...pattern.zone };
  const zones = before ? found.zones.map((one) => (one === before ? zone : one)) : [...found.zones, zone];
  const flipped = await commit(
    scope,
    [
      {
        do: "update",
        key,
        set: { batches: [...found.batches, batch], zones, spans: spansAfter(found, bins) },
        remove: ["building", "buildingAt"],
        add: { rev: 1 },
        when: [["building", "=", batch]],
        tag: "lease",
      },
    ],
    { answer },
  );
  return flipped.done ? accept(flipped.answer) : refuse("warehouse.busy");
}

/** Writes bins of a generation; gives the codes that are taken, none when the lease was lost, undefined when all is well. */
async function writeBins(
  scope: Scope,
  warehouse: string,
  bins: readonly Bin[],
  batch: string,
  whole: readonly string[],
): Promise<string[] | undefined> {
  const mine = check(warehouseKey(scope, warehouse), [["building", "=", batch]], "lease");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const writes = bins.map(
      (bin): Write => ({
        do: "put",
        key: binKey(scope, warehouse, bin.code),
        kind: binKind,
        data: bin,
        rev: 1,
        when: [["batch", "absent-or", "=", batch]],
        tag: bin.code,
      }),
    );
    const outcome = await commit(stepOf(scope, `bins ${bins[0]?.code} ${scope.now} ${attempt}`), [mine, ...writes], {
      answer: null,
    });
    if (outcome.done) return undefined;
    if (outcome.lost.lease !== undefined) return [];
    const taken = Object.entries(outcome.lost);
    const real = taken.filter(([, bin]) => whole.includes(String(bin?.batch)));
    if (real.length > 0) return real.map(([code]) => code);
    // What is left of an interrupted generation was never there: away with it.
    for (const [code, bin] of taken) await dropBins(scope, warehouse, [{ code }], String(bin?.batch));
  }
  return [];
}

/** Deletes bins of a generation, those that are still of it. */
export async function dropBins(scope: Scope, warehouse: string, bins: readonly { code: string }[], batch: string) {
  for (let start = 0; start < bins.length; start += binsPerCommit) {
    const writes = bins.slice(start, start + binsPerCommit).map(
      (bin): Write => ({
        do: "delete",
        key: binKey(scope, warehouse, bin.code),
        when: [["batch", "absent-or", "=", batch]],
      }),
    );
    await commit(stepOf(scope, `drop ${batch} ${bins[start]?.code} ${scope.now}`), writes, { answer: null });
  }
}

/** Names a zone (库区) and keeps it to some kinds of goods, none of them meaning all. What lies there stays. Refused: `missing`, `stale`. */
export async function editZone(
  scope: Scope,
  id: string,
  code: string,
  rev: number,
  edit: ZoneEdit,
): Promise<Outcome<WarehouseView>> {
  const found = await warehouseOf(scope, id, { consistent: true });
  if (!found?.zones.some((zone) => zone.code === code)) return refuse("missing");
  const zones = found.zones.map((zone): Zone => {
    if (zone.code !== code) return zone;
    const { classes, mixing } = edit;
    const rules = { ...(classes.length === 0 ? {} : { classes }), ...(mixing === undefined ? {} : { mixing }) };
    return { code, kind: zone.kind, name: edit.name, ...rules };
  });
  const answer = warehouseView({ ...found, zones, rev: rev + 1 });
  const outcome = await commit(scope, [revise(warehouseKey(scope, id), rev, { zones })], { answer });
  return outcome.done ? accept(outcome.answer) : refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
