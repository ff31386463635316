import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { type Outcome, take } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Table } from "@yihao/table/client";
import { get } from "@yihao/table/read";
import { closeAsn, createAsn } from "@yihao/warehouse/asn-actions";
import { editBin } from "@yihao/warehouse/bin-actions";
import { beginBin, countBin, planCount } from "@yihao/warehouse/count-actions";
import { cancelCount, judgeCount } from "@yihao/warehouse/count-review";
import { holdExpired } from "@yihao/warehouse/expiry-actions";
import { clearFace, setFace } from "@yihao/warehouse/face-actions";
import { editKit, workKit } from "@yihao/warehouse/kit-actions";
import type { AsnId, Content, ProductId, WarehouseId } from "@yihao/warehouse/model";
import { finishOrder, pickLine, picksOf, placeOrder, readOrder } from "@yihao/warehouse/order-actions";
import type { OrderState, OrderView } from "@yihao/warehouse/order-model";
import { editGoodsSettings, packCarton, unpackCarton } from "@yihao/warehouse/pack-actions";
import { addProduct } from "@yihao/warehouse/product-actions";
import { receiveLine } from "@yihao/warehouse/receive-actions";
import { reserveAgain } from "@yihao/warehouse/reserve-again";
import { announceReturn, decideReturn, endReturn, readReturn, receiveReturn } from "@yihao/warehouse/return-actions";
import { type ReturnView, returnDecisions } from "@yihao/warehouse/return-model";
import { moveGoods, putAway } from "@yihao/warehouse/stock-actions";
import { binKey, binKind, elevationOf, warehouseOf } from "@yihao/warehouse/store";
import { closeTransfer, receiveTransfer, sendTransfer } from "@yihao/warehouse/transfer-actions";
import { createWarehouse, generateBins } from "@yihao/warehouse/warehouse-actions";
import { endWave, makeWave, pickWave, readWave } from "@yihao/warehouse/wave-actions";
import { scopeOf } from "./table.ts";
import { gtins, warehouseWorld } from "./warehouse-world.ts";

/** Every command of the warehouse that moves goods or the documents about them, as often as each is to be met. */
export const walkCommands = {
  ...{ receive: 3, over: 1, closeNotice: 1, putaway: 6, move: 3, lock: 1, unlock: 2, face: 1 },
  ...{ order: 6, again: 2, pick: 8, short: 1, wave: 2, wavePick: 4, endWave: 1 },
  ...{ pack: 3, unpack: 2, ship: 3, cancel: 1 },
  ...{ announce: 2, back: 3, decide: 3, endReturn: 1, send: 2, arrive: 2, lose: 1 },
  ...{ assemble: 2, apart: 1, count: 1, dropCount: 1, expire: 1 },
} as const;
export type WalkCommand = keyof typeof walkCommands;
export type WalkStep = { readonly do: WalkCommand; readonly n: number; readonly units: number };

/** What must be on hand of each product, in plain arithmetic from what commands answered; what counts changed is the ledger's to tell. */
export type WalkModel = {
  readonly onHand: Map<ProductId, number>;
  readonly shipped: Map<string, number>;
  readonly done: Map<WalkCommand, number>;
};

export type WalkWorld = {
  readonly warehouse: WarehouseId;
  readonly second: WarehouseId;
  readonly company: CompanyId;
  readonly products: readonly ProductId[];
  readonly kits: readonly ProductId[];
  readonly seen: Record<"asns" | "orders" | "returns" | "transfers" | "waves", string[]>;
  readonly model: WalkModel;
  serials: number;
};

const bins = ["01-01-01", "01-02-01", "01-03-01", "02-01-02"];
/** Index of the product whose goods are told apart by lot and day, and of the one with serials. */
const [lots, serials] = [3, 4];

/** A world to walk in: two warehouses; three plain products, one by lot and day, one by serial; a kit of the first two, and one with the goods that have lots. With `byHand` orders that wait are reserved again by people alone. */
export async function walkWorld(table: Table, wish: { byHand: boolean }): Promise<WalkWorld> {
  const scope = () => scopeOf(table);
  const stock = 10;
  const { warehouse, company, products: plain } = await warehouseWorld(table, { stock, capacity: 400 });
  const settings = { gs1Prefix: "69700012", extension: 0, reserveAgain: !wish.byHand };
  take(await editGoodsSettings(scope(), 0, settings));
  const opened = take(await createWarehouse(scope(), { name: "二号仓", zone: "Asia/Shanghai" }));
  const second = opened.id as WarehouseId;
  const zone = { code: "A", name: "快拣", kind: "pick" as const };
  take(await generateBins(scope(), second, { zone, racks: { from: 1, to: 1 }, columns: 2, levels: 1 }));
  const add = async (wish: Parameters<typeof addProduct>[1]) =>
    take(await addProduct(scope(), { company, ...wish })).id as ProductId;
  const milk = await add({ name: "鲜奶", code: "LOT", track: "lot", dated: true });
  const meter = await add({ name: "电表", code: "SER", track: "serial" });
  const kit = await add({ name: "礼盒", code: "KIT" });
  const components = [
    { product: plain[0] ?? "", units: 1 },
    { product: plain[1] ?? "", units: 2 },
  ];
  take(await editKit(scope(), kit, 0, { components }));
  const lotKit = await add({ name: "早餐", code: "LKIT", track: "lot", dated: true });
  const parts = [milk, plain[2] ?? ""].map((product) => ({ product, units: 1 }));
  take(await editKit(scope(), lotKit, 0, { components: parts }));
  return {
    ...{ warehouse, second, company, kits: [kit, lotKit], products: [...plain, milk, meter, kit, lotKit], serials: 0 },
    seen: { asns: [], orders: [], returns: [], transfers: [], waves: [] },
    model: { onHand: new Map(plain.map((one) => [one, stock])), shipped: new Map(), done: new Map() },
  };
}

/** Takes one step of a walk on a table, or does nothing when there is nothing to do it to; what was done is put down in the model. */
export async function walkStep(table: Table, world: WalkWorld, step: WalkStep): Promise<void> {
  const scope = (wish: Parameters<typeof scopeOf>[1] = {}) => scopeOf(table, wish);
  const outcome = await commands[step.do]({ scope, world, step });
  if (outcome?.ok) world.model.done.set(step.do, (world.model.done.get(step.do) ?? 0) + 1);
}

type Hand = {
  readonly scope: (wish?: Parameters<typeof scopeOf>[1]) => Scope;
  readonly world: WalkWorld;
  readonly step: WalkStep;
};
type Did = Promise<Outcome<unknown> | undefined>;

const change = (world: WalkWorld, product: ProductId, by: number) =>
  world.model.onHand.set(product, (world.model.onHand.get(product) ?? 0) + by);
const one = <Item>(all: readonly Item[], n: number): Item | undefined => all[n % Math.max(1, all.length)];
/** One of the last documents, so that some come to their end. */
const recent = (all: readonly string[], n: number) => one(all.slice(-4), n);
/** The last orders that are in one of some states; now and then all, to be refused. */
async function ordersIn({ scope, world, step }: Hand, states: readonly OrderState[]): Promise<OrderView[]> {
  const found = await Promise.all(world.seen.orders.slice(-12).map((id) => readOrder(scope(), id)));
  const orders = found.flatMap((order) => (order.ok ? [order.value] : []));
  return orders.filter(({ state }) => step.n % 9 === 0 || states.includes(state));
}
const orderIn = async (hand: Hand, states: readonly OrderState[]) => one(await ordersIn(hand, states), hand.step.n);
/** Goods that lie at one kind of place of a warehouse, by the copies that follow the stream. */
async function lying({ scope, step }: Hand, warehouse: WarehouseId, place: Content["place"]) {
  const found = await warehouseOf(scope(), warehouse);
  const { contents } = found ? await elevationOf(scope(), found) : { contents: [] };
  const goods = one(
    contents.filter((content) => content.place === place),
    step.n,
  );
  if (!goods) return undefined;
  const { product, bin = "", lot } = goods;
  return { product: product as ProductId, bin, units: Math.min(step.units, goods.units), lot };
}
const binAt = (n: number) => bins[n % bins.length] ?? "";
const warehouseAt = ({ world, step }: Hand) => (step.n % 5 === 0 ? world.second : world.warehouse);
const binIn = (hand: Hand) => (warehouseAt(hand) === hand.world.second ? "01-01-01" : binAt(hand.step.n));
/** The product of a step, with its lot or serial. */
function goodsAt({ world, step }: Hand): { product: ProductId; index: number; lot?: string; units: number } {
  const products = world.products.length;
  const index = step.n % products;
  const product = world.products[index] ?? "prd_none";
  const base = { product, index, units: step.units };
  if (index === lots) return { ...base, lot: `L${step.units % 3}` };
  // Lots of kits have names of their own; others are brought ready made.
  if (index === products - 1) return { ...base, lot: "READY" };
  if (index === serials) return { ...base, units: 1, lot: `S${step.n % Math.max(1, world.serials)}` };
  return base;
}
const anywhere = (hand: Hand) => ({ ...goodsAt(hand), bin: binAt(hand.step.n) });
const codeOf = (index: number) => gtins[index] ?? ["LOT", "SER", "KIT", "LKIT"][index - gtins.length] ?? "";
const dayOfLot = (lot: string) => `2026-12-0${2 + Number(lot.slice(1))}`;

async function receive(hand: Hand, more: number): Did {
  const { scope, world, step } = hand;
  const { product, index, units, lot } = goodsAt(hand);
  const { company } = world;
  const notice = await createAsn(scope(), { company, warehouse: warehouseAt(hand), lines: [{ product, units }] });
  if (!notice.ok) return notice;
  world.seen.asns.push(notice.value.id);
  const all = units + more;
  const serial = `S${world.serials}`;
  if (index === serials) world.serials += 1;
  const told =
    index === lots && lot
      ? { lot, expiry: dayOfLot(lot) }
      : lot === "READY"
        ? { lot, expiry: "2026-12-24" }
        : index === serials
          ? // Now and then one that is here already.
            { serials: Array.from({ length: all }, (_, at) => (step.n % 7 === 0 ? `S${at}` : `${serial}${at || ""}`)) }
          : {};
  const damaged = step.n % 4 === 0 ? 1 : 0;
  const done = await receiveLine(scope(), notice.value.id as AsnId, 1, { units: all, damaged, ...told });
  if (done.ok) change(world, product, all);
  return done;
}

async function pick(hand: Hand, short: boolean): Did {
  const { scope, world, step } = hand;
  const found = await orderIn(hand, ["reserved", "picking"]);
  if (!found) return undefined;
  const order = found.id;
  const warehouse = found.warehouse ?? world.warehouse;
  const tasks = await picksOf(scope(), order, warehouse);
  const task = tasks.ok ? tasks.value[0] : undefined;
  if (!task) return undefined;
  const units = task.bin === null || short ? Math.max(0, short ? task.units - 1 : 0) : task.units;
  const lot = task.lot === undefined ? {} : { lot: task.lot };
  const why = units < task.units ? { short: "not-found" as const } : {};
  const bin = task.bin ?? binAt(step.n);
  return pickLine(scope(), order, { warehouse, line: task.line, bin, units, ...lot, ...why });
}

async function finish(hand: Hand, going: "shipping" | "cancelling"): Did {
  const { scope, world } = hand;
  const order = await orderIn(hand, going === "shipping" ? ["picked", "packed"] : ["back-ordered", "picking"]);
  if (!order) return undefined;
  const done = await finishOrder(scope(), order.id, going);
  if (done.ok && going === "shipping") left(world, done.value);
  return done;
}

function left(world: WalkWorld, order: OrderView): void {
  for (const { product, shipped } of order.lines) change(world, product as ProductId, -shipped);
  world.model.shipped.set(
    order.id,
    order.lines.reduce((sum, { shipped }) => sum + shipped, 0),
  );
}

async function pack(hand: Hand): Did {
  const { scope, step } = hand;
  const order = await orderIn(hand, ["picked"]);
  if (!order) return undefined;
  const items = order.lines
    .filter(({ picked }) => picked > 0)
    .flatMap(({ picked, gtin, code, lots: told }) =>
      (told ?? [{ units: picked }]).map((goods) => ({ code: gtin ?? code, ...goods })),
    );
  // Now and then only a part of it.
  const some = step.n % 3 === 0 ? items.slice(0, 1) : items;
  return some.length === 0 ? undefined : packCarton(scope(), order.id, { items: some, grams: 1000 });
}

async function announce({ scope, world, step }: Hand): Did {
  const shipped = [...world.model.shipped].filter(([, units]) => units > 0).map(([id]) => id);
  const order = step.n % 6 === 0 ? undefined : one(shipped, step.n);
  const found = order === undefined ? undefined : await readOrder(scope(), order);
  const from = found?.ok ? found.value.lines.find((line) => line.shipped > (line.returning ?? 0)) : undefined;
  if (order !== undefined && !from) return undefined;
  const product = from?.product ?? world.products[step.n % 3] ?? "";
  const units = from ? Math.min(step.units, from.shipped) : step.units;
  const { company, warehouse } = world;
  const wish = { company, warehouse, reason: "unwanted" as const, lines: [{ product, units }] };
  const made = await announceReturn(scope(), { ...wish, ...(order === undefined ? {} : { order }) });
  if (made.ok) world.seen.returns.push(made.value.id);
  return made;
}

async function openReturn({ scope, world, step }: Hand): Promise<ReturnView | undefined> {
  const id = recent(world.seen.returns, step.n);
  const found = id === undefined ? undefined : await readReturn(scope(), id);
  return found?.ok ? found.value : undefined;
}

async function back(hand: Hand): Did {
  const { scope, world, step } = hand;
  const found = await openReturn(hand);
  const [line] = found?.lines ?? [];
  if (!found || !line) return undefined;
  const order = found.order === undefined ? undefined : await readOrder(scope(), found.order);
  const sent = order?.ok ? order.value.lines.find((one) => one.line === line.orderLine)?.lots : undefined;
  const lot = one(sent ?? [], step.n)?.lot;
  const units = line.track === "serial" ? 1 : step.units;
  const told = line.track === "serial" ? { serials: [lot ?? "S0"] } : lot === undefined ? {} : { lot };
  const done = await receiveReturn(scope(), found.id, line.line, { units, ...told });
  if (done.ok) change(world, line.product as ProductId, units);
  return done;
}

async function decide(hand: Hand): Did {
  const { scope, world, step } = hand;
  const found = await openReturn(hand);
  const [line] = found?.lines ?? [];
  if (!found || !line) return undefined;
  const lot = one(line.lots ?? [], step.n)?.lot;
  const decision = one(returnDecisions, step.n) ?? "restock";
  const wish = { decision, units: Math.min(step.units, 2), ...(lot === undefined ? {} : { lot }) };
  const done = await decideReturn(scope(), found.id, line.line, wish);
  if (done.ok && (decision === "scrap" || decision === "send-back"))
    change(world, line.product as ProductId, -wish.units);
  return done;
}

async function makeKits(hand: Hand, how: "assemble" | "take-apart"): Did {
  const { scope, world, step } = hand;
  const units = 1 + (step.units % 2);
  const kit = one(world.kits, step.n) ?? "prd_none";
  const done = await workKit(scope(), kit, how, { warehouse: world.warehouse, units });
  if (!done.ok) return done;
  for (const taken of done.value.taken) change(world, taken.product as ProductId, -taken.units);
  for (const made of done.value.made) change(world, made.product as ProductId, made.units);
  return done;
}

async function count(hand: Hand, drop: boolean): Did {
  const { scope, world, step } = hand;
  const { warehouse } = world;
  const { product, units, lot } = goodsAt(hand);
  const bin = binAt(step.n);
  const planned = await planCount(scope(), { warehouse, basis: { kind: "bins", from: bin, to: bin } });
  if (!planned.ok) return planned;
  const { id } = planned.value;
  for (let round = 0; round < 2; round += 1) {
    const begun = await beginBin(scope(), id, bin);
    if (!begun.ok) break;
    await countBin(scope(), id, bin, { lines: [{ product, units, ...(lot === undefined ? {} : { lot }) }] });
  }
  if (drop) return cancelCount(scope(), id);
  const judging = { actor: { kind: "staff", person: "per_judge" as PersonId, roles: ["manager"] } } as const;
  return judgeCount(scope(judging), id, { do: "approve" });
}

async function lockBin({ scope, world, step }: Hand, lock: string | null): Did {
  const bin = await get(scope(), binKind, binKey(scope(), world.warehouse, binAt(step.n)));
  return bin && editBin(scope(), world.warehouse, bin.code, bin.rev, { lock });
}

async function walkWave({ scope, world, step }: Hand): Did {
  const wave = recent(world.seen.waves, step.n);
  const work = wave === undefined ? undefined : await readWave(scope(), wave);
  const stop = work?.ok ? work.value.stops.find(({ bin }) => bin !== null) : undefined;
  if (!wave || !stop?.bin) return undefined;
  const { bin, product, lot, units: wanted } = stop;
  const units = step.n % 5 === 0 ? wanted - 1 : wanted;
  const why = units < wanted ? { short: "miscount" as const } : {};
  return pickWave(scope(), wave, { bin, product, wanted, units, ...why, ...(lot === undefined ? {} : { lot }) });
}

const commands: Record<WalkCommand, (hand: Hand) => Did> = {
  receive: (hand) => receive(hand, 0),
  over: (hand) => receive(hand, 2),
  closeNotice: async ({ scope, world, step }) => {
    const notice = recent(world.seen.asns, step.n);
    return notice ? closeAsn(scope(), notice) : undefined;
  },
  putaway: async (hand) => {
    const warehouse = warehouseAt(hand);
    const { product, units, lot } = (await lying(hand, warehouse, "receiving")) ?? goodsAt(hand);
    const scans = { bin: binIn(hand), product: codeOf(hand.world.products.indexOf(product)) };
    return putAway(hand.scope(), { warehouse, product, units, scans, ...(lot === undefined ? {} : { lot }) });
  },
  move: async (hand) => {
    const { warehouse } = hand.world;
    const { product, bin: from, units, lot } = (await lying(hand, warehouse, "bin")) ?? anywhere(hand);
    const way = { warehouse, from, to: binAt(hand.step.n + 1) };
    return moveGoods(hand.scope(), { ...way, product, units, ...(lot === undefined ? {} : { lot }) });
  },
  lock: (hand) => lockBin(hand, "检修"),
  unlock: (hand) => lockBin(hand, null),
  face: ({ scope, world, step }) => {
    const [bin, product] = [binAt(step.n), world.products[step.n % 3] ?? ""];
    return step.n % 3 === 0
      ? clearFace(scope(), world.warehouse, bin)
      : setFace(scope(), world.warehouse, bin, { product, min: 1, max: 9 });
  },
  order: async (hand) => {
    const { scope, world, step } = hand;
    const { product, units } = goodsAt(hand);
    const other = world.products[(step.n + 1) % world.products.length] ?? "";
    const lines = [{ product, units }, ...(step.n % 2 === 0 ? [{ product: other, units: 1 }] : [])];
    const placed = await placeOrder(scope(), { company: world.company, lines, recipient: { name: "x" } });
    if (placed.ok) world.seen.orders.push(placed.value.id);
    return placed;
  },
  again: async (hand) => {
    const order = await orderIn(hand, ["back-ordered"]);
    return order && reserveAgain(hand.scope(), order.id);
  },
  pick: (hand) => pick(hand, false),
  short: (hand) => pick(hand, true),
  wave: async (hand) => {
    const { scope, world, step } = hand;
    const open = (await ordersIn(hand, ["reserved", "picking"])).filter(({ wave }) => wave === undefined);
    const orders = open.slice(-1 - (step.n % 4)).map(({ id }) => id);
    if (orders.length === 0) return undefined;
    const kind = step.n % 2 === 0 ? "batch" : "cluster";
    const made = await makeWave(scope(), { warehouse: world.warehouse, kind, orders });
    if (made.ok) world.seen.waves.push(made.value.id);
    return made;
  },
  wavePick: walkWave,
  endWave: async ({ scope, world, step }) => {
    const wave = recent(world.seen.waves, step.n);
    return wave ? endWave(scope(), wave) : undefined;
  },
  pack,
  unpack: async (hand) => {
    const packed = (await ordersIn(hand, ["picked", "packed"])).filter(({ cartons = [] }) => cartons.length > 0);
    const order = one(packed, hand.step.n);
    return order && unpackCarton(hand.scope(), order.id, order.cartons?.at(-1)?.number ?? 1);
  },
  ship: (hand) => finish(hand, "shipping"),
  cancel: (hand) => finish(hand, "cancelling"),
  announce,
  back,
  decide,
  endReturn: async ({ scope, world, step }) => {
    const id = recent(world.seen.returns, step.n);
    return id ? endReturn(scope(), id) : undefined;
  },
  send: async (hand) => {
    const { scope, world } = hand;
    const { product, bin, units, lot } = (await lying(hand, world.warehouse, "bin")) ?? anywhere(hand);
    const lines = [{ product, bin, units, ...(lot === undefined ? {} : { lot }) }];
    const { company, warehouse: from, second: to } = world;
    const sent = await sendTransfer(scope(), { company, from, to, lines });
    if (sent.ok) world.seen.transfers.push(sent.value.id);
    return sent;
  },
  arrive: async ({ scope, world, step }) => {
    const id = recent(world.seen.transfers, step.n);
    const damaged = step.n % 3 === 0 ? 1 : 0;
    return id ? receiveTransfer(scope(), id, 1, { units: 1 + (step.units % 3), damaged }) : undefined;
  },
  lose: async ({ scope, world, step }) => {
    const id = recent(world.seen.transfers, step.n);
    const done = id ? await closeTransfer(scope(), id) : undefined;
    if (done?.ok)
      for (const { product, units, received } of done.value.lines)
        change(world, product as ProductId, received - units);
    return done;
  },
  assemble: (hand) => makeKits(hand, "assemble"),
  apart: (hand) => makeKits(hand, "take-apart"),
  count: (hand) => count(hand, false),
  dropCount: (hand) => count(hand, true),
  expire: async ({ scope, world, step }) => {
    const now = `2026-12-0${3 + (step.n % 3)}T16:00:00.000Z`;
    await holdExpired(scope({ now }), world.products[lots] ?? "prd_none", `L${step.n % 3}`);
    return undefined;
  },
};
