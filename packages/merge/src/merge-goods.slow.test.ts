import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { take } from "@yihao/kernel/outcome";
import type { CompanyView } from "@yihao/members/model";
import type { Through } from "@yihao/table/client";
import { allItems } from "@yihao/table/dump";
import { testApi } from "@yihao/testing/api";
import { type CommunityWorld, communityWorld } from "@yihao/testing/community-world";
import { platformOf, sameTable, scopeOf } from "@yihao/testing/table";
import { sweep } from "@yihao/testing/timers";
import { streamByHand } from "@yihao/testing/warehouse-world";
import { createAsn } from "@yihao/warehouse/asn-actions";
import { planCount } from "@yihao/warehouse/count-actions";
import { setFace } from "@yihao/warehouse/face-actions";
import { editKit } from "@yihao/warehouse/kit-actions";
import type { AsnId, ProductId, WarehouseId } from "@yihao/warehouse/model";
import { placeOrder } from "@yihao/warehouse/order-actions";
import type { OrderView } from "@yihao/warehouse/order-model";
import { addProduct } from "@yihao/warehouse/product-actions";
import type { Product, Stock } from "@yihao/warehouse/product-model";
import { receiveLine } from "@yihao/warehouse/receive-actions";
import { announceReturn } from "@yihao/warehouse/return-actions";
import { codeMatches } from "@yihao/warehouse/scan";
import { putAway } from "@yihao/warehouse/stock-actions";
import type { CardRow } from "@yihao/warehouse/stock-model";
import { closeStorageDays } from "@yihao/warehouse/storage";
import { createWarehouse, generateBins } from "@yihao/warehouse/warehouse-actions";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reactions, timers } from "../../../functions/reactions.ts";
import { verifyItems } from "../../local/src/verify.ts";
import type { MergePreview } from "./model.ts";

const seed = Number(process.env.SEED ?? Date.now() % 100_000);
let state = seed;
/** Whole numbers from 0 below `most`, from the printed seed (Lehmer). */
const chance = (most: number): number => {
  state = (state * 48_271 + 11) % 2_147_483_647;
  return state % most;
};
const day = 86_400_000;

let world: CommunityWorld;
let settle: () => Promise<number>;
let base: string;
let from: CompanyId;
let into: CompanyId;
let warehouse: WarehouseId;
let products: ProductId[];

const scope = () => scopeOf(world.table, { space: world.space, now: world.now() });
const bins = ["01-01-01", "01-02-01", "01-03-01", "01-04-01", "01-05-01", "01-06-01", "01-07-01", "01-08-01"];
const pickBin = (at = chance(bins.length)) => bins[at % bins.length] ?? "01-01-01";

async function stockUp(company: CompanyId, product: ProductId, units: number, more: object = {}): Promise<void> {
  const asn = take(await createAsn(scope(), { company, warehouse, lines: [{ product, units }] }));
  take(await receiveLine(scope(), asn.id as AsnId, 1, { units, ...more }));
  const lots = (more as { serials?: string[]; lot?: string }).serials ?? [(more as { lot?: string }).lot];
  for (const lot of lots) {
    const bin = pickBin();
    const some = lots.length > 1 ? 1 : units;
    const wish = { warehouse, product, units: some, asn: asn.id, ...(lot === undefined ? {} : { lot }) };
    take(await putAway(scope(), { ...wish, scans: { bin, product } }));
  }
}

beforeEach(async () => {
  console.info(`seed ${seed}`);
  world = await communityWorld();
  settle = streamByHand(world.table, reactions, world.now);
  base = `/spaces/${world.space}`;
  from = world.company;
  into = world.other;
  const card = {
    ...{ currency: "CNY", taxIncluded: true, roomHourMinor: 6000, deskDayMinor: 4000, binDayMinor: 240 },
    ...{ pickUnitMinor: 150, taxBasis: { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 } },
  };
  await world.owner.send("PUT", `${base}/rate-card`, card, { "if-match": '"0"' });
  warehouse = take(await createWarehouse(scope(), { name: "一号仓", zone: "Asia/Shanghai" })).id as WarehouseId;
  const pattern = { zone: { code: "A", name: "快拣", kind: "pick" as const }, racks: { from: 1, to: 2 } };
  take(await generateBins(scope(), warehouse, { ...pattern, columns: 10, levels: 3 }));
  products = [];
  for (const wish of [
    { name: "沉香", code: "CX-1", gtin: "6970001284560", reorderPoint: 500 },
    { name: "面粉", code: "MF 5", track: "lot" as const, dated: true },
    { name: "扫描枪", code: "SM-3", track: "serial" as const },
    { name: "礼盒", code: "礼盒甲" },
  ])
    products.push(take(await addProduct(scope(), { company: from, ...wish })).id as ProductId);
});
afterEach(async () => {
  await settle();
  expect(verifyItems(await allItems(world.table)).violations).toEqual([]);
  world.table.close();
});

/** Stock at random, an order that waits, one that left, a notice to come, a return to come, a pick face and a kit. */
async function fill(loads = 3): Promise<{ waiting: OrderView; left: OrderView }> {
  const [plain, lots, serials, kit] = products as [ProductId, ProductId, ProductId, ProductId];
  for (let at = 0; at < loads; at += 1) await stockUp(from, plain, 3 + chance(40));
  for (const lot of ["L1", "L2", "L3"]) await stockUp(from, lots, 2 + chance(20), { lot, expiry: "2027-05-01" });
  const numbers = Array.from({ length: 3 + chance(8) }, (_, at) => `SN${seed}${at}`);
  await stockUp(from, serials, numbers.length, { serials: numbers });
  await stockUp(from, kit, 5 + chance(5));
  await settle();
  take(await editKit(scope(), kit, 0, { components: [{ product: plain, units: 2 }] }));
  take(await setFace(scope(), warehouse, "01-01-01", { product: plain, min: 5, max: 50 }));
  const recipient = { name: "王海涛" };
  const order = (units: number) => ({ company: from, lines: [{ product: plain, units }], recipient });
  const left = take(await placeOrder(scope(), order(3)));
  await settle();
  const { stock } = await world.owner.read<{ stock: { places: { bin?: string; units: number }[] } }>(
    `${base}/products/${plain}`,
  );
  const bin = stock.places.find(({ units }) => units >= 3)?.bin;
  await world.owner.command(`${base}/orders/${left.id}/pick`, { warehouse, line: 1, bin, units: 3 });
  await world.owner.command(`${base}/orders/${left.id}/ship`, {});
  const waiting = take(await placeOrder(scope(), { ...order(4), reference: "D-4" }));
  take(await createAsn(scope(), { company: from, warehouse, lines: [{ product: plain, units: 9 }] }));
  const back = { product: plain, units: 1 };
  take(await announceReturn(scope(), { company: from, warehouse, order: left.id, reason: "unwanted", lines: [back] }));
  await settle();
  return { waiting, left };
}

const preview = () => world.owner.read<MergePreview>(`${base}/companies/${from}/merge?into=${into}`);
const merge = (seen: MergePreview) =>
  world.owner.send(
    "POST",
    `${base}/companies/${from}/merge`,
    { into, fields: {}, seen: { from: seen.from.rev, into: seen.into.rev } },
    { "idempotency-key": "merge-goods-01" },
  );
type Detail = {
  product: Product;
  stock: Stock & { places: { place: string; bin?: string; lot?: string; units: number }[] };
};
const detail = (id: ProductId) => world.owner.read<Detail>(`${base}/products/${id}`);
const shown = async () =>
  Promise.all(
    products.map(async (id) => {
      const { stock } = await detail(id);
      const places = stock.places.map(({ bin, lot, units }) => `${bin} ${lot ?? ""} ${units}`).sort();
      return { ...stock, places };
    }),
  );
const card = (id: ProductId) =>
  world.owner.read<{ items: CardRow[]; onHand: number; next: string | null }>(`${base}/products/${id}/card?limit=200`);
const crashing = async () => {
  for (const most of [1, 2, 4, 7, 11, 16]) {
    let writes = 0;
    const crash: Through = (call, send) => {
      if (call.constructor.name.startsWith("TransactWriteItems") && ++writes > most) throw new Error("went down");
      return send(call);
    };
    const dying = sameTable(world.table, { through: crash, attempts: 1 });
    await streamByHand(dying, reactions, world.now)().catch(() => 0);
  }
};

describe("the goods of a company that turned out to be another", () => {
  it("go over whole, after a crash at any step: every unit at its place, its lot and its promise; documents, kit, face and history with them; old labels still scan", async () => {
    // So many that the product's balances do not fit one commit.
    const { waiting, left } = await fill(12);
    const before = await shown();
    const [plain, lots, serials, kit] = products as [ProductId, ProductId, ProductId, ProductId];
    const history = await card(plain);
    const age = await world.owner.read<{ items: { units: number }[] }>(`${base}/products?company=${from}`);
    const seen = await preview();
    expect([seen.blocks, seen.moves.products, seen.moves.orders]).toEqual([[], 4, 2]);
    expect((await merge(seen)).status).toBe(201);
    await crashing();
    await settle();
    expect(await world.owner.read<CompanyView>(`${base}/companies/${from}`)).toMatchObject({
      merged: { into, done: true },
    });
    expect(await shown()).toEqual(before);
    const mine = testApi(world.table, { now: world.now }).as("per_admin" as PersonId, into);
    const now = await mine.read<{ items: { id: string }[] }>(`${base}/products`);
    expect(now.items.map(({ id }) => id)).toEqual(age.items.map((one) => (one as unknown as { id: string }).id));
    expect(await card(plain)).toEqual(history);
    // The owner's own number of an order is known under its new owner.
    const again = {
      company: into,
      reference: "D-4",
      lines: [{ product: plain, units: 1 }],
      recipient: { name: "王海涛" },
    };
    expect(await placeOrder(scope(), again)).toMatchObject({
      refusal: { code: "order.reference", params: { order: waiting.id } },
    });
    const { items: orders } = await mine.read<{ items: OrderView[] }>(`${base}/orders`);
    expect(orders.map(({ id, state: at, company }) => [id, at, company])).toEqual([
      [waiting.id, "reserved", into],
      [left.id, "shipped", into],
    ]);
    expect((await mine.read<{ items: unknown[] }>(`${base}/returns`)).items).toHaveLength(1);
    expect(await mine.read(`${base}/products/${kit}/kit`)).toMatchObject({ company: into });
    for (const [id, label] of [
      [plain, "06970001284560"],
      [lots, "MF 5"],
      [serials, "SM-3"],
      [kit, kit],
    ] as const)
      expect(codeMatches(label, (await detail(id)).product)).toBe(true);
    // Work goes on where it stood: the waiting order is picked and sent, what was announced comes in.
    const { stock } = await detail(plain);
    const from4 = stock.places.find(({ units, bin }) => bin !== undefined && units >= 4)?.bin;
    const picked = { warehouse, line: 1, bin: from4, units: 4, scans: { bin: from4, product: "6970001284560" } };
    await world.owner.command(`${base}/orders/${waiting.id}/pick`, picked);
    await world.owner.command(`${base}/orders/${waiting.id}/ship`, {});
    await stockUp(into, plain, 7);
    await settle();
    expect((await detail(plain)).stock.onHand).toBe((before[0]?.onHand ?? 0) - 4 + 7);
    const count = (await allItems(world.table)).length;
    await streamByHand(world.table, reactions, world.now)();
    expect((await allItems(world.table)).length).toBe(count);
  });

  it("are charged each day to the one who had them then, once: days before as they were, the day of the merge and those after to the one that stays", async () => {
    await fill();
    world.pass(2 * day);
    const seen = await preview();
    expect((await merge(seen)).status).toBe(201);
    await settle();
    world.pass(2 * day);
    await closeStorageDays(scope(), { warehouse, until: "2026-12-31" });
    await settle();
    const days = (await allItems(world.table))
      .filter((item) => item.type === "storage.day")
      .map((item) => item.data as { company: string; day: string; bins: number; stock: { peakUnits: number } })
      .sort((a, b) => (a.day < b.day ? -1 : 1));
    expect(days.map(({ day: on, company }) => [on, company])).toEqual([
      ["2026-11-23", from],
      ["2026-11-24", from],
      ["2026-11-25", into],
      ["2026-11-26", into],
    ]);
    expect(new Set(days.slice(1).map(({ bins: used }) => used)).size).toBe(1);
    expect(new Set(days.slice(1).map(({ stock }) => stock.peakUnits)).size).toBe(1);
    const { items } = await world.owner.read<{ items: { company: string; service: string; quantity: number }[] }>(
      `${base}/charges?company=${into}`,
    );
    const stored = items.filter(({ service }) => service === "storage");
    expect(stored.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(
      days.reduce((sum, { bins: used }) => sum + used, 0),
    );
  });

  it("stay while somebody works with them or both have a code: each is named, and nothing changes", async () => {
    const { waiting } = await fill();
    const [plain] = products as [ProductId];
    await world.owner.command(`${base}/products`, { company: into, name: "别的沉香", gtin: "6970001284560" });
    await world.owner.command(`${base}/products`, { company: into, name: "别的枪", code: "sm-3" });
    const { stock } = await detail(plain);
    const bin = stock.places.find(({ units }) => units >= 2)?.bin;
    await world.owner.command(`${base}/orders/${waiting.id}/pick`, { warehouse, line: 1, bin, units: 1 });
    const asn = take(
      await createAsn(scope(), { company: from, warehouse, reference: "PO-7", lines: [{ product: plain, units: 9 }] }),
    );
    take(await receiveLine(scope(), asn.id as AsnId, 1, { units: 4 }));
    const count = take(await planCount(scope(), { warehouse, basis: { kind: "product", product: plain } as never }));
    await settle();
    const seen = await preview();
    expect(seen.blocks).toEqual([
      {
        what: "codes",
        count: 2,
        items: [
          { id: plain, label: "沉香 · 6970001284560" },
          { id: products[2], label: "扫描枪 · SM-3" },
        ],
      },
      { what: "notices", count: 1, items: [{ id: asn.id, label: "PO-7" }] },
      { what: "orders", count: 1, items: [{ id: waiting.id, label: expect.stringContaining("王海涛") }] },
      { what: "counts", count: 1, items: [{ id: count.id, label: expect.any(String) }] },
    ]);
    const before = await shown();
    expect((await merge(seen)).json()).toMatchObject({ code: "merge.blocked", params: { blocks: seen.blocks } });
    expect(await shown()).toEqual(before);
  });

  it("follow when work that had begun before wrote to the old owner's books: nothing of it is left behind", async () => {
    await fill();
    const [plain] = products as [ProductId];
    const asn = take(await createAsn(scope(), { company: from, warehouse, lines: [{ product: plain, units: 9 }] }));
    await settle();
    const before = await shown();
    const seen = await preview();
    const answers = await Promise.all([
      merge(seen),
      ...[1, 2, 3].map((units) => receiveLine(scope(), asn.id as AsnId, 1, { units })),
    ]);
    expect(answers[0]?.status).toBe(201);
    await Promise.all([
      settle(),
      ...[1, 1, 1].map((units) => receiveLine(scope(), asn.id as AsnId, 1, { units }).catch(() => undefined)),
    ]);
    await settle();
    const later = new Date(Date.parse(world.now()) + 10 * 60_000).toISOString();
    await sweep(platformOf(world.table, { now: later }), timers, (error) => expect.fail(String(error)));
    await settle();
    const found = await world.owner.read<{ received: number; company: string }>(`${base}/asns/${asn.id}`);
    const merged = (await world.owner.read<CompanyView>(`${base}/companies/${from}`)) as { merged?: object };
    // Received in the very moment of asking, the notice is in work: then the merge is given up.
    expect(found.company).toBe(merged.merged ? into : from);
    expect((await detail(plain)).stock.onHand).toBe((before[0]?.onHand ?? 0) + found.received);
  });
});
