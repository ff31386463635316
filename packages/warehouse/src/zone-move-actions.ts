import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { balancesOf } from "@yihao/ledger/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { check, insert, type Write } from "@yihao/table/write";
import { binView } from "./bin-actions.ts";
import { entriesOf } from "./bin-load.ts";
import { binAccount, goodsOfUnit, placeBook } from "./books.ts";
import { countsOf } from "./count-store.ts";
import { facesOf } from "./face-actions.ts";
import type { Bin, Content, ProductId, Warehouse } from "./model.ts";
import type { Product } from "./product-model.ts";
import { stockOf } from "./projections.ts";
import { carry } from "./stock-actions.ts";
import { binKey, elevationOf, entryKind, listed, productsOf, revise, warehouseOf } from "./store.ts";
import { sendTransfer } from "./transfer-actions.ts";
import { mostTransferLines } from "./transfer-model.ts";
import type { NewZoneMove, Stays, ZoneMove, ZoneMoveView, ZonePlan } from "./zone-move-model.ts";
import { contentsIn, type Lying, planSending, planZone } from "./zone-move-rules.ts";

/*
 * Moves of whole zones (整区移库、整区调拨).
 *
 * | item           | key                         | written by                                          | W   |
 * |----------------|-----------------------------|-----------------------------------------------------|-----|
 * | move           | `zmv#<id>` / -              | start, every move of goods, stop                    | 2 a kB |
 * | its list entry | `zmvs#<warehouse>` / `<at>#<id>` | start                                          | 2   |
 *
 * Nothing of the plan is kept: each step looks at what lies in the bins now, plans, and carries out the next part, every move of goods in one commit with the count of what moved. So whoever goes on, a person or the
 * timer, goes on from what is, and a pick in between is no mistake. While it runs its bins are shut (`closed`) to what comes in; picks and moves out of them go on.
 */
const zoneMoveKind = kindOf<ZoneMove>("zmv");
const zoneMoveKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "zmv", id));
const zoneMoveList = (scope: Scope, warehouse: string) => partition(scope, "zmvs", warehouse);

/** Bins shut or opened in one step, moves of goods in one step, products looked at together. */
const binsAStep = 90;
const linesAStep = 20;
const productsAtOnce = 25;
const mostStays = 50;
/** Rounds in which all was refused before it is taken that the rest stays. */
const mostIdle = 3;
const goesOnMinutes = 2;

const quiet = (scope: Scope, step: string): Scope => ({ ...scope, command: { id: `auto:${step}`, print: "" } });
const viewOf = ({ idle: _idle, ...move }: Stored<ZoneMove>): ZoneMoveView => move;

type From = Pick<NewZoneMove, "zone" | "bins">;
const isFrom = (from: From, bin: Pick<Bin, "code" | "zone">) =>
  from.bins === undefined ? bin.zone === from.zone : from.bins.includes(bin.code);

/** Bins of counts that are not over. */
async function countedBins(scope: Scope, warehouse: string): Promise<ReadonlySet<string>> {
  const page = await countsOf(scope, warehouse, { limit: 50 });
  const open = page.items.filter(({ state }) => ["requested", "counting", "to-review", "posting"].includes(state));
  return new Set(open.flatMap(({ codes }) => codes));
}

type Ground = {
  readonly warehouse: Stored<Warehouse>;
  readonly bins: Stored<Bin>[];
  readonly contents: Content[];
  readonly counted: ReadonlySet<string>;
};
async function groundOf(scope: Scope, warehouse: Stored<Warehouse>): Promise<Ground> {
  const [{ bins, contents }, counted] = await Promise.all([
    elevationOf(scope, warehouse, true),
    countedBins(scope, warehouse.id),
  ]);
  return { warehouse, bins: bins.sort((a, b) => a.sequence - b.sequence), contents, counted };
}

const factsOf = async (scope: Scope, ids: Iterable<string>): Promise<Map<string, Stored<Product>>> => {
  const found = await productsOf(scope, [...new Set(ids)] as ProductId[]);
  return new Map(found.flatMap((one) => (one ? [[one.id as string, one] as const] : [])));
};

const stayIn = (bin: Bin, counted: ReadonlySet<string>): Pick<Lying, "stay"> =>
  counted.has(bin.code) ? { stay: "counted" } : bin.lock === undefined ? {} : { stay: "locked" };

/** What the ledger has in some bins, exact at once; in the order of the walk. */
async function lyingIn(
  scope: Scope,
  ground: Ground,
  bins: readonly Stored<Bin>[],
  facts: ReadonlyMap<string, Product>,
): Promise<Lying[]> {
  const at = new Map(bins.map((bin) => [binAccount(ground.warehouse.id, bin.code), bin]));
  const found = await Promise.all(
    [...facts.values()].map(async (product) => {
      const balances = await balancesOf(scope, placeBook(product.company, product.id), { consistent: true });
      return balances.flatMap(({ account, unit, available }) => {
        const bin = at.get(account);
        if (!bin || available <= 0) return [];
        const { lot } = goodsOfUnit(unit);
        const { id, company, name, code } = product;
        const units = ground.counted.has(bin.code) ? 0 : available;
        const goods = {
          from: bin.code,
          company,
          product: id,
          name,
          code,
          units,
          ...(lot === undefined ? {} : { lot }),
        };
        return [{ ...goods, ...stayIn(bin, ground.counted), sequence: bin.sequence }];
      });
    }),
  );
  return found
    .flat()
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ sequence: _sequence, ...goods }) => goods);
}

/** Products that lie in bins, by what the bins say and what the copies say. */
function productsIn(bins: readonly Bin[], contents: readonly Content[]): string[] {
  const codes = new Set(bins.map(({ code }) => code));
  return [
    ...bins.flatMap((bin) => entriesOf(bin).map(({ product }) => product)),
    ...contents.flatMap((one) => (one.bin !== undefined && codes.has(one.bin) ? [one.product] : [])),
  ].filter((product) => product !== "-");
}

/** Bins of a zone that goods may go to, with what lies in them. */
async function targetsOf(scope: Scope, ground: Ground, from: From, zone: string, more: Iterable<string>) {
  const bins = ground.bins.filter((bin) => bin.zone === zone && !isFrom(from, bin));
  const facts = await factsOf(scope, [...productsIn(bins, ground.contents), ...more]);
  const contents = contentsIn(bins, ground.contents, (product) => facts.get(product));
  const faces = await facesOf(scope, ground.warehouse.id);
  return { bins: bins.map(binView), contents, facts, rules: { faces, zones: ground.warehouse.zones } };
}

async function freeOf(scope: Scope, facts: ReadonlyMap<string, Product>): Promise<Map<string, number>> {
  const free = await Promise.all(
    [...facts.values()].map(async (one) => [one.id as string, (await stockOf(scope, one)).free] as const),
  );
  return new Map(free);
}

/** Whether a move could begin: where from and where to. Refused: `missing`, `zone.same`, `zone.empty`. */
async function judge(
  scope: Scope,
  id: string,
  wish: NewZoneMove,
): Promise<Outcome<{ ground: Ground; from: Stored<Bin>[] }>> {
  const warehouse = await warehouseOf(scope, id, { consistent: true });
  const to = wish.to.warehouse === undefined ? warehouse : await warehouseOf(scope, wish.to.warehouse);
  if (!warehouse || !to) return refuse("missing");
  if (wish.to.warehouse === id || (wish.to.zone !== undefined && wish.to.zone === wish.zone))
    return refuse("zone.same");
  const known = new Set(warehouse.zones.map(({ code }) => code));
  if ([wish.zone, wish.to.zone].some((zone) => zone !== undefined && !known.has(zone))) return refuse("missing");
  const ground = await groundOf(scope, warehouse);
  const from = ground.bins.filter((bin) => isFrom(wish, bin));
  const unknown = wish.bins?.find((code) => !from.some((bin) => bin.code === code));
  if (unknown !== undefined) return refuse("bin.missing", { bin: unknown, suggestions: [] });
  if (!from.some(({ used }) => used > 0)) return refuse("zone.empty");
  return accept({ ground, from });
}

/** Tries a move: what would go where, and what would stay and why; nothing is written. Refused: as starting it. */
export async function tryZoneMove(scope: Scope, warehouse: string, wish: NewZoneMove): Promise<Outcome<ZonePlan>> {
  const judged = await judge(scope, warehouse, wish);
  if (!judged.ok) return judged;
  const { ground, from } = judged.value;
  const facts = await factsOf(scope, productsIn(from, ground.contents));
  const lying: Lying[] = [];
  const all = [...facts];
  for (let start = 0; start < all.length; start += productsAtOnce)
    lying.push(...(await lyingIn(scope, ground, from, new Map(all.slice(start, start + productsAtOnce)))));
  const order = new Map(from.map(({ code }, at) => [code, at]));
  lying.sort((a, b) => (order.get(a.from) ?? 0) - (order.get(b.from) ?? 0));
  const plan = await planOf(scope, ground, wish, lying, facts, Number.POSITIVE_INFINITY);
  return accept({ bins: from.length, units: plan.lines.reduce((sum, one) => sum + one.units, 0), ...plan });
}

async function planOf(
  scope: Scope,
  ground: Ground,
  wish: NewZoneMove,
  lying: readonly Lying[],
  facts: ReadonlyMap<string, Product>,
  most: number,
): Promise<Pick<ZonePlan, "lines" | "stays">> {
  if (wish.to.zone !== undefined) {
    const target = await targetsOf(scope, ground, wish, wish.to.zone, facts.keys());
    return planZone(lying, target.bins, target.contents, (product) => target.facts.get(product), target.rules);
  }
  const free = await freeOf(scope, facts);
  if (most !== Number.POSITIVE_INFINITY) {
    const { lines, stays } = planSending(lying, free, most);
    return { lines, stays };
  }
  const byOwner = [...Map.groupBy(lying, ({ company }) => company).values()];
  const plans = byOwner.map((own) => planSending(own, free, most));
  return { lines: plans.flatMap(({ lines }) => lines), stays: plans.flatMap(({ stays }) => stays) };
}

/** Begins a move; its bins are shut and its goods moved by `advanceZoneMove`, or by the timer when nobody asks. Refused: `missing`, `zone.same`, `zone.empty`, `zone.moving`. */
export async function startZoneMove(
  scope: Scope,
  warehouse: string,
  wish: NewZoneMove,
): Promise<Outcome<ZoneMoveView>> {
  const planned = await tryZoneMove(scope, warehouse, wish);
  if (!planned.ok) return planned;
  const place = await warehouseOf(scope, warehouse);
  const { bins } = place ? await elevationOf(scope, place, true) : { bins: [] };
  if (bins.some((bin) => isFrom(wish, bin) && bin.closed !== undefined)) return refuse("zone.moving");
  const move: ZoneMove = {
    ...{ id: idFor(scope, "zmv"), warehouse: warehouse as ZoneMove["warehouse"] },
    ...(wish.zone === undefined ? { bins: wish.bins ?? [] } : { zone: wish.zone }),
    ...{ to: wish.to, at: scope.now, by: actorName(scope), state: "closing" },
    ...{ moved: 0, planned: planned.value.units, transfers: [], stays: [], idle: 0 },
  };
  const entry = { id: move.id, company: "cmp_none" as const, at: scope.now };
  const outcome = await commit(
    scope,
    [
      insert(zoneMoveKey(scope, move.id), zoneMoveKind, move),
      insert(keyIn(zoneMoveList(scope, warehouse), scope.now, move.id), entryKind, entry),
      dueAt(scope, plusMinutes(scope.now, goesOnMinutes), "warehouse.zone-step", move.id),
    ],
    { answer: viewOf({ ...move, rev: 1 }) },
  );
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/** A move of a zone. */
export async function readZoneMove(scope: Scope, warehouse: string, id: string): Promise<Outcome<ZoneMoveView>> {
  const move = await get(scope, zoneMoveKind, zoneMoveKey(scope, id));
  return move?.warehouse === warehouse ? accept(viewOf(move)) : refuse("missing");
}

/** Moves of zones of a warehouse, newest first. */
export async function listZoneMoves(
  scope: Scope,
  warehouse: string,
  range: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<ZoneMoveView>> {
  const page = await listed<ZoneMove>(
    scope,
    zoneMoveList(scope, warehouse),
    zoneMoveKind,
    (id) => zoneMoveKey(scope, id),
    range,
  );
  return { items: page.items.map(viewOf), next: page.next };
}

/** Stops a move: what has moved stays where it is, its bins are opened again. Refused: `missing`. */
export async function stopZoneMove(scope: Scope, warehouse: string, id: string): Promise<Outcome<ZoneMoveView>> {
  for (;;) {
    const move = await get(scope, zoneMoveKind, zoneMoveKey(scope, id));
    if (move?.warehouse !== warehouse) return refuse("missing");
    if (move.state === "opening" || move.state === "done") return accept(viewOf(move));
    const set = { state: "opening", stopped: true } as const;
    const outcome = await commit(
      quiet(scope, `zone stop ${id} ${move.rev}`),
      [revise(zoneMoveKey(scope, id), move.rev, set)],
      { answer: null },
    );
    if (outcome.done) return accept(viewOf({ ...move, ...set, rev: move.rev + 1 }));
  }
}

/** Goes one bounded step on: shuts some bins, carries out some moves, or opens bins again. Asked again until it is `done`. Refused: `missing`. */
export async function advanceZoneMove(scope: Scope, warehouse: string, id: string): Promise<Outcome<ZoneMoveView>> {
  const move = await get(scope, zoneMoveKind, zoneMoveKey(scope, id));
  const place = await warehouseOf(scope, warehouse, { consistent: true });
  if (move?.warehouse !== warehouse || !place) return refuse("missing");
  if (move.state === "closing") await shut(scope, place, move);
  else if (move.state === "moving") await moveSome(scope, place, move);
  else if (move.state === "opening") await open(scope, place, move);
  return readZoneMove(scope, warehouse, id);
}

/** Goes on with a move that nobody advances, for a while; gives whether it is over. */
export async function goOnWithZone(scope: Scope, id: string): Promise<void> {
  const most = 40;
  for (let step = 0; step < most; step += 1) {
    const move = await get(scope, zoneMoveKind, zoneMoveKey(scope, id));
    if (!move || move.state === "done") return;
    await advanceZoneMove(scope, move.warehouse, id);
  }
  const next = dueAt(scope, plusMinutes(scope.now, 1), "warehouse.zone-step", id);
  await commit(quiet(scope, `zone next ${id} ${scope.now}`), [next], { answer: null });
}

const flip = async (scope: Scope, move: Stored<ZoneMove>, set: Partial<ZoneMove>) =>
  commit(quiet(scope, `zone ${move.id} ${move.rev}`), [revise(zoneMoveKey(scope, move.id), move.rev, { ...set })], {
    answer: null,
  });

async function shut(scope: Scope, warehouse: Stored<Warehouse>, move: Stored<ZoneMove>): Promise<void> {
  const { bins } = await elevationOf(scope, warehouse, true);
  const left = bins.filter((bin) => isFrom(move, bin) && bin.closed !== move.id);
  if (left.length === 0) return void (await flip(scope, move, { state: "moving" }));
  const mine = check(zoneMoveKey(scope, move.id), [["state", "=", "closing"]], "move");
  const writes = left.slice(0, binsAStep).map(
    ({ code }): Write => ({
      ...{ do: "update", key: binKey(scope, warehouse.id, code), set: { closed: move.id }, tag: "bin" },
      when: [["closed", "absent"]],
    }),
  );
  const step = quiet(scope, `zone shut ${move.id} ${left[0]?.code ?? ""} ${left.length} ${scope.now}`);
  const outcome = await commit(step, [mine, ...writes], { answer: null });
  const taken = outcome.done ? undefined : outcome.lost.bin?.closed;
  // Another move has one of them: this one gives back what it had.
  if (taken !== undefined && taken !== move.id) await flip(scope, move, { state: "opening", stopped: true });
}

async function open(scope: Scope, warehouse: Stored<Warehouse>, move: Stored<ZoneMove>): Promise<void> {
  const { bins } = await elevationOf(scope, warehouse, true);
  const left = bins.filter((bin) => bin.closed === move.id);
  if (left.length === 0) return void (await flip(scope, move, { state: "done", endedAt: scope.now }));
  const writes = left.slice(0, binsAStep).map(
    ({ code }): Write => ({
      ...{ do: "update", key: binKey(scope, warehouse.id, code), remove: ["closed"] },
      when: [["closed", "=", move.id]],
    }),
  );
  await commit(quiet(scope, `zone open ${move.id} ${left[0]?.code ?? ""} ${left.length} ${scope.now}`), writes, {
    answer: null,
  });
}

async function moveSome(scope: Scope, warehouse: Stored<Warehouse>, move: Stored<ZoneMove>): Promise<void> {
  const ground = await groundOf(scope, warehouse);
  const from = ground.bins.filter((bin) => bin.closed === move.id);
  const all = [...(await factsOf(scope, productsIn(from, ground.contents)))];
  const wish: NewZoneMove =
    move.zone === undefined ? { bins: move.bins ?? [], to: move.to } : { zone: move.zone, to: move.to };
  const stays: Stays[] = [];
  let planned = 0;
  for (let start = 0; start < all.length; start += productsAtOnce) {
    const facts = new Map(all.slice(start, start + productsAtOnce));
    const lying = await lyingIn(scope, ground, from, facts);
    if (lying.length === 0) continue;
    const plan = await planOf(scope, ground, wish, lying, facts, mostTransferLines);
    stays.push(...plan.stays);
    if (plan.lines.length === 0) continue;
    planned += plan.lines.length;
    const carried =
      move.to.zone === undefined
        ? await send(scope, move, plan.lines)
        : await carryAll(scope, warehouse, move, plan.lines.slice(0, linesAStep), facts);
    // Something moved, or somebody else goes on with it: what is left is looked at anew.
    if (carried) return;
    stays.push(...plan.lines.map(({ to: _to, ...goods }): Stays => ({ ...goods, why: "refused" })));
  }
  if (planned > 0 && move.idle + 1 < mostIdle) return void (await flip(scope, move, { idle: move.idle + 1 }));
  await flip(scope, move, { state: "opening", stays: stays.slice(0, mostStays) });
}

/** Carries out moves one by one, each counted in its own commit; gives whether one was done or another hand took over. */
async function carryAll(
  scope: Scope,
  warehouse: Stored<Warehouse>,
  move: Stored<ZoneMove>,
  lines: readonly ZonePlan["lines"][number][],
  facts: ReadonlyMap<string, Product>,
): Promise<boolean> {
  let [rev, moved] = [move.rev, 0];
  for (const line of lines) {
    const product = facts.get(line.product);
    if (!product || line.to === undefined) continue;
    const way = {
      ...{ from: binAccount(warehouse.id, line.from), to: binAccount(warehouse.id, line.to), units: line.units },
      ...{ lot: line.lot, document: move.id },
    };
    const step = quiet(scope, `zone ${move.id} ${rev}`);
    const counted = revise(zoneMoveKey(scope, move.id), rev, { idle: 0 }, [], "zone");
    const beside: Write[] = [
      { ...counted, add: { rev: 1, moved: line.units } },
      check(binKey(scope, warehouse.id, line.from), [["lock", "absent"]], "from"),
    ];
    const outcome = await carry(step, warehouse, product, way, beside);
    if (outcome.ok) {
      rev += 1;
      moved += 1;
    } else if (outcome.refusal.code === "conflict" && outcome.refusal.params?.lost !== "from") return true;
  }
  return moved > 0;
}

/** Sends one transfer of goods of one owner; gives whether it went or another hand took over. */
async function send(
  scope: Scope,
  move: Stored<ZoneMove>,
  lines: readonly ZonePlan["lines"][number][],
): Promise<boolean> {
  const [first] = lines;
  const to = move.to.warehouse;
  if (!first || to === undefined) return false;
  const units = lines.reduce((sum, one) => sum + one.units, 0);
  const outcome = await sendTransfer(
    quiet(scope, `zone ${move.id} ${move.rev}`),
    {
      ...{ company: first.company, from: move.warehouse, to },
      lines: lines.map((one) => ({
        ...{ product: one.product, bin: one.from, units: one.units },
        ...(one.lot === undefined ? {} : { lot: one.lot }),
      })),
    },
    (id) => [
      {
        ...revise(zoneMoveKey(scope, move.id), move.rev, { transfers: [...move.transfers, id], idle: 0 }, [], "zone"),
        add: { rev: 1, moved: units },
      },
    ],
  );
  return outcome.ok || outcome.refusal.code === "conflict";
}
