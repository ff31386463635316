import { plusMinutes } from "@yihao/kernel/span";
import { editKit, workKit } from "@yihao/warehouse/kit-actions";
import type { Content, ProductId, WarehouseId } from "@yihao/warehouse/model";
import { finishOrder, listOrders, pickLine, picksOf, placeOrder } from "@yihao/warehouse/order-actions";
import type { OrderView } from "@yihao/warehouse/order-model";
import { editOwnerRules } from "@yihao/warehouse/owner-actions";
import { editGoodsSettings, packCarton } from "@yihao/warehouse/pack-actions";
import { addProduct } from "@yihao/warehouse/product-actions";
import { announceReturn, decideReturn, receiveReturn } from "@yihao/warehouse/return-actions";
import { moveGoods, putAway } from "@yihao/warehouse/stock-actions";
import { stockDetail } from "@yihao/warehouse/stock-reads";
import { elevationOf, warehouseOf } from "@yihao/warehouse/store";
import { receiveTransfer, sendTransfer } from "@yihao/warehouse/transfer-actions";
import { createWarehouse, generateBins } from "@yihao/warehouse/warehouse-actions";
import { makeWave, pickWave, readWave } from "@yihao/warehouse/wave-actions";
import { demoGtin } from "./codes.ts";
import { demoZone } from "./plan-days.ts";
import { companyId, done, mainSpace, type Stage, scopeAt, staff } from "./stage.ts";
import { warehouseId } from "./steps-space.ts";

/** Recipients of the day's orders. */
const recipients = ["王海涛", "赵倩", "孙晓雯", "李长青", "何一鸣", "周敏"];
/** The kit's place among the demo's own codes, beside the goods that are counted. */
const maker = 9;

/**
 * What else a warehouse does in a day, by its first owner: orders packed into weighed cartons, a wave half walked, returns in each state, a box put together of two goods, a second warehouse with a transfer
 * on its way and one that came, and what the owner may store.
 */
export async function workFloor(stage: Stage): Promise<void> {
  const index = stage.companies.findIndex(({ products }) => products.length >= 3);
  const first = stage.companies[index];
  if (!first) return;
  const space = mainSpace(stage);
  const company = companyId(stage, space, first.key);
  const warehouse = warehouseId(stage);
  const by = (part: "owner" | "warehouse", what: string, minutesAgo: number) =>
    scopeAt(stage, space, `floor ${what}`, plusMinutes(stage.frame.now, -minutesAgo), staff(stage, part));
  const settings = by("owner", "settings", 400);
  const wish = { gs1Prefix: "69700012", extension: 0, reserveAgain: true };
  await done(settings, await editGoodsSettings(settings, 0, wish));
  const rules = by("owner", "rules", 395);
  const limits = {
    classes: ["general", "food"] as ("general" | "food")[],
    mostBins: 40,
    mostUnits: null,
    mostMl: null,
  };
  await done(rules, await editOwnerRules(rules, company, 0, limits));

  const second = await openSecond(by);
  /** The owner's goods in bins of which most are free, the most plentiful first. */
  const plentiful = async (): Promise<(Content & { free: number })[]> => {
    const scope = by("warehouse", "look", 0);
    const place = await warehouseOf(scope, warehouse, { consistent: true });
    const { contents } = place ? await elevationOf(scope, place, true) : { contents: [] };
    const own = contents.filter((one) => one.company === company && one.place === "bin" && one.lot === undefined);
    const all = await Promise.all(
      own.map(async (one) => {
        const stock = await stockDetail(scope, one.product as ProductId);
        return { ...one, free: stock.ok ? Math.min(stock.value.stock.free, one.units) : 0 };
      }),
    );
    return all.filter(({ free }) => free >= 12).sort((a, b) => b.free - a.free);
  };
  const [most, next, third] = await plentiful();
  if (!most?.bin || !next?.bin) return;

  // A transfer that came, and one on its way.
  for (const [at, goods] of [most, next].entries()) {
    const scope = by("warehouse", `send ${at}`, 300 - at * 200);
    const lines = [{ product: goods.product, bin: goods.bin ?? "", units: 6 }];
    const sent = await done(scope, await sendTransfer(scope, { company, from: warehouse, to: second, lines }));
    if (at === 1) continue;
    const coming = by("warehouse", "arrive", 240);
    await done(coming, await receiveTransfer(coming, sent.id, 1, { units: 6 }));
    const putting = by("warehouse", "put second", 230);
    const scans = { bin: "01-01-01", product: goods.gtin ?? goods.code };
    const away = { warehouse: second, product: goods.product as ProductId, units: 6, scans };
    await done(putting, await putAway(putting, away));
  }
  await stage.drained();

  // Six orders: two packed, one with its last carton to close; the others in a wave that is being walked.
  const orders: OrderView[] = [];
  for (const [at, name] of recipients.entries()) {
    const scope = by("owner", `order ${at}`, 150 - at);
    const goods = [at % 2 === 0 ? most : next, ...(at % 3 === 0 && third ? [third] : [])];
    const lines = goods.map(({ product }) => ({ product, units: 1 + (at % 2) }));
    const reference = `TB-20${String(4711 + at * 13)}`;
    orders.push(await done(scope, await placeOrder(scope, { company, lines, recipient: { name }, reference })));
  }
  await stage.drained();
  for (const [at, order] of orders.slice(0, 3).entries()) await pickAndPack(by, warehouse, order, at);
  const waving = by("warehouse", "wave", 50);
  const ids = orders.slice(3).map(({ id }) => id);
  const wave = await done(waving, await makeWave(waving, { warehouse, kind: "cluster", orders: ids }));
  const work = await readWave(by("warehouse", "look at wave", 0), wave.id);
  const stop = work.ok ? work.value.stops.find(({ bin }) => bin !== null) : undefined;
  if (stop?.bin) {
    const picking = by("warehouse", "pick wave", 45);
    const { bin, product, units } = stop;
    await done(picking, await pickWave(picking, wave.id, { bin, product, wanted: units, units }));
  }
  await stage.drained();
  await intoReserve(by, company, warehouse);
  await sendBack(stage, by, company, warehouse);
  await makeBoxes(by, company, warehouse, [most.product, next.product]);
}

type By = (part: "owner" | "warehouse", what: string, minutesAgo: number) => ReturnType<typeof scopeAt>;

async function openSecond(by: By): Promise<WarehouseId> {
  const threeDays = 3 * 24 * 60;
  const opening = by("owner", "second warehouse", threeDays);
  const { id } = await done(opening, await createWarehouse(opening, { name: "北库", zone: demoZone }));
  const bins = by("owner", "second bins", threeDays);
  const zone = { code: "R", name: "存储区", kind: "reserve" } as const;
  const pattern = { zone, racks: { from: 1, to: 2 }, columns: 4, levels: 4, capacity: 960 };
  await done(bins, await generateBins(bins, id, pattern));
  return id as WarehouseId;
}

/** Brings what other owners have most of into the high racks, part of it. */
async function intoReserve(by: By, company: string, warehouse: WarehouseId): Promise<void> {
  const place = await warehouseOf(by("warehouse", "look at reserve", 0), warehouse, { consistent: true });
  const { contents } = place ? await elevationOf(by("warehouse", "look at reserve", 0), place, true) : { contents: [] };
  const others = contents
    .filter((one) => one.company !== company && one.place === "bin" && one.lot === undefined && one.units >= 40)
    .sort((a, b) => b.units - a.units || (a.product < b.product ? -1 : 1));
  for (const [at, { product, bin = "", units }] of others.slice(0, 6).entries()) {
    const scope = by("warehouse", `reserve ${at}`, 90 - at);
    const to = `0${1 + (at % 2)}-${"ABCDEF"[at % 6] ?? "A"}-${1 + (at % 3)}`;
    const way = { warehouse, product: product as ProductId, from: bin, to };
    await done(scope, await moveGoods(scope, { ...way, units: Math.min(40, Math.floor(units / 3)) }));
  }
}

/** Picks an order whole and packs it; the first one ships with its waybill, the last one waits with a carton to close. */
async function pickAndPack(by: By, warehouse: WarehouseId, order: OrderView, at: number): Promise<void> {
  const looking = await picksOf(by("warehouse", `look at ${at}`, 0), order.id, warehouse);
  for (const { line, bin, units, lot } of looking.ok ? looking.value : []) {
    if (bin === null) return;
    const scope = by("warehouse", `pick ${at} ${line} ${bin}`, 120 - at);
    const pick = { warehouse, line, bin, units, ...(lot === undefined ? {} : { lot }) };
    await done(scope, await pickLine(scope, order.id, pick));
  }
  if (at === 2) return;
  for (const [nth, { gtin, code, units }] of order.lines.entries()) {
    const scope = by("warehouse", `pack ${at} ${nth}`, 100 - at * 5 - nth);
    const carton = { items: [{ code: gtin ?? code, units }], grams: 640 + nth * 310 };
    await done(scope, await packCarton(scope, order.id, carton));
  }
  if (at > 0) return;
  const leaving = by("warehouse", `ship ${at}`, 80);
  const shipment = { carrier: "sf" as const, numbers: ["SF1420771936528"] };
  await done(leaving, await finishOrder(leaving, order.id, "shipping", shipment));
}

/** Returns of orders that went out: one expected, one that waits for a decision, one that is over. */
async function sendBack(stage: Stage, by: By, company: OrderView["company"], warehouse: WarehouseId): Promise<void> {
  const listed = await listOrders(by("owner", "look at orders", 0), { company, limit: 100 });
  const shipped = (listed.ok ? listed.value.items : []).filter(({ state }) => state === "shipped").slice(-3);
  const reasons = ["unwanted", "damaged", "wrong-item"] as const;
  for (const [at, order] of shipped.entries()) {
    const line = order.lines.find((one) => one.shipped > 0);
    if (!line) continue;
    const scope = by("owner", `return ${at}`, 200 - at * 10);
    const reason = reasons[at] ?? ("other" as const);
    const wish = {
      ...{ company, warehouse, order: order.id, reason, tracking: `YT73${60410 + at * 7}` },
      lines: [{ product: line.product, units: Math.min(2, line.shipped) }],
    };
    const back = await done(scope, await announceReturn(scope, wish));
    if (at === 0) continue;
    const coming = by("warehouse", `back ${at}`, 90 - at);
    const units = back.lines[0]?.expected ?? 1;
    await done(coming, await receiveReturn(coming, back.id, 1, { units }));
    if (at === 1) continue;
    const deciding = by("warehouse", `decide ${at}`, 60);
    await done(deciding, await decideReturn(deciding, back.id, 1, { decision: "restock", units }));
  }
  await stage.drained();
}

/** A box of two goods, four of them put together. */
async function makeBoxes(by: By, company: string, warehouse: WarehouseId, parts: readonly string[]): Promise<void> {
  const adding = by("owner", "box", 180);
  const facts = { company, name: "双件礼盒", gtin: demoGtin(maker, 2), unit: "盒", costMinor: 5_900 };
  const box = (await done(adding, await addProduct(adding, facts))).id as ProductId;
  const listing = by("owner", "box list", 175);
  const components = parts.map((product) => ({ product, units: 1 }));
  await done(listing, await editKit(listing, box, 0, { components }));
  const making = by("warehouse", "boxes", 40);
  await done(making, await workKit(making, box, "assemble", { warehouse, units: 4 }));
}
