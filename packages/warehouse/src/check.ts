import type { RawItem, Violation } from "@yihao/ledger/check";
import { boundlessLoad, entriesOf, loadOf, measureOf, mm3Of } from "./bin-load.ts";
import { goodsOfUnit, placeOf } from "./books.ts";
import type { KitLot } from "./kit-model.ts";
import { type BinSize, boundless } from "./model.ts";
import type { OrderLine } from "./order-model.ts";
import { openStates, reservedUnits } from "./order-rules.ts";
import type { Carton } from "./pack-model.ts";
import type { Pallet } from "./pallet-model.ts";
import type { Product } from "./product-model.ts";
import type { ReturnLine } from "./return-model.ts";
import { returnable, undecided } from "./return-rules.ts";

type Item = RawItem;

/**
 * The warehouse's identities over every item of the table: per owner and product what lies in all places is what is free,
 * reserved, pledged and held; cartons and pallets name each other, and leave together; a lot of kits expires with the earliest of its parts; a serial is once where it is here and nowhere when it is not; reserved is what open orders still want; what a notice or return received is its transfers and no more comes back than was sent; and the copies
 * (bins' use, contents, stock lists) equal the balances. The copies follow the stream: check them when it is drained.
 */
export function checkWarehouse(items: Iterable<Item>, options: { copies?: boolean } = {}): Violation[] {
  const places = new Map<string, number>();
  const promises = new Map<string, Record<string, number>>();
  const ordered = new Map<string, number>();
  const received = new Map<string, { received: number; damaged: number }>();
  const asked = new Map<string, { received: number; damaged: number }>();
  const lying = new Map<string, number>();
  const contents = new Map<string, number>();
  const binsNow = new Map<string, number>();
  const binsUsed = new Map<string, number>();
  const [binsHold, inBins] = [new Map<string, number>(), new Map<string, number>()];
  const [binsRoom, weights] = [new Map<string, Record<string, [number, number]>>(), new Map<string, string>()];
  const [weighed, toWeigh] = [new Map<string, string>(), new Set<string>()];
  const serials = new Map<string, number>();
  const here = new Map<string, number>();
  const backAsked = new Map<string, number>();
  const backCame = new Map<string, number>();
  const negative: string[] = [];
  const days = new Map<string, string>();
  const kits: { space: string; product: string; lot: string; parts: KitLot["parts"] }[] = [];
  const lists: Item[] = [];
  const standing = new Map<string, string[]>();
  const loaded = new Map<string, string[]>();
  const left = new Map<string, unknown>();
  const sent = new Map<string, boolean>();
  const put = (map: Map<string, string[]>, key: string, carton: string) =>
    map.set(key, [...(map.get(key) ?? []), carton]);
  const stands: { key: string; lot: string; place: string; units: number }[] = [];
  const held = new Map<string, boolean | number>();
  const plus = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by);
  const come = (map: typeof received, key: string, units: number, damaged: number) => {
    const one = map.get(key) ?? { received: 0, damaged: 0 };
    map.set(key, { received: one.received + units, damaged: one.damaged + damaged });
  };
  for (const item of items) {
    const [space = "", kind, a = "", b = "", c = ""] = String(item.pk).split("#");
    if (item.k === "batch" && (item.expired === true || item.holding !== undefined))
      held.set(`${space} ${String(item.product)} ${String(item.lot)}`, item.expired === true || Number(item.holding));
    if (item.k === "bal" && kind === "book" && a === "place") {
      const units = Number(item.a ?? 0) + Number(item.h ?? 0);
      const place = placeOf(String(item.account));
      plus(places, `${space} ${b} ${c}`, units);
      if (!place || units === 0) continue;
      const { lot = "-" } = goodsOfUnit(String(item.unit));
      plus(lying, `${space} ${String(item.account)} ${b} ${c} ${lot}`, units);
      plus(serials, `${space} ${c} ${lot}`, units);
      stands.push({ key: `${space} ${b} ${c}`, lot: `${space} ${c} ${lot}`, place: place.place, units });
      if (place.bin) plus(binsNow, `${space} ${place.warehouse} ${place.bin}`, units);
      if (place.bin) plus(inBins, `${space} ${place.warehouse} ${place.bin} ${c}`, units);
    } else if (item.k === "bal" && kind === "book" && a === "promise") {
      const sums: Record<string, number> = {};
      for (const [name, value] of Object.entries(item)) {
        const account = /^[ah]:(.+)$/.exec(name)?.[1];
        if (account) sums[account] = (sums[account] ?? 0) + Number(value);
      }
      promises.set(`${space} ${b} ${c}`, sums);
    } else if (item.k === "plt") {
      for (const carton of item.cartons as Pallet["cartons"])
        put(loaded, `${space} ${String(item.id)}`, `${carton.order} ${carton.number}`);
      sent.set(`${space} ${String(item.id)}`, item.state === "shipped");
    } else if (item.k === "ord") {
      for (const { number, pallet } of (item.cartons ?? []) as Carton[])
        if (pallet) put(standing, `${space} ${pallet.id}`, `${String(item.id)} ${number}`);
      left.set(`${space} ${String(item.id)}`, item.state);
      for (const line of item.lines as OrderLine[])
        if (returnable(line) < 0) negative.push(`${space} ${String(item.id)} ${line.line}`);
      if (!openStates.some((state) => state === item.state)) continue;
      for (const line of item.lines as OrderLine[])
        plus(ordered, `${space} ${String(item.company)} ${line.product}`, reservedUnits(line));
    } else if (item.k === "ret") {
      for (const line of item.lines as ReturnLine[]) {
        plus(backAsked, `${space} ${String(item.id)} ${line.product}`, line.received);
        if (undecided(line) < 0) negative.push(`${space} ${String(item.id)} ${line.line}`);
      }
    } else if (item.k === "xfr" && kind === "book" && a === "place" && item.from === "customer") {
      plus(backCame, `${space} ${String(item.document)} ${c}`, Number(item.amount));
    } else if (item.k === "xfr" && kind === "book" && a === "place" && item.from === "supplier") {
      const damaged = placeOf(String(item.to))?.place === "quarantine" ? Number(item.amount) : 0;
      if (String(item.document).startsWith("asn_"))
        come(received, `${space} ${String(item.document)} ${c}`, Number(item.amount), damaged);
    } else if (item.k === "asnl") {
      come(asked, `${space} ${a} ${String(item.product)}`, Number(item.received), Number(item.damaged));
    } else if (item.k === "cnt") {
      const account = item.place === "bin" ? `bin:${a}:${String(item.bin)}` : `${String(item.place)}:${a}`;
      const goods = `${String(item.company)} ${String(item.product)} ${String(item.lot ?? "-")}`;
      plus(contents, `${space} ${account} ${goods}`, Number(item.units));
    } else if (item.k === "kitl") {
      kits.push({
        space,
        product: String(item.product),
        lot: String(item.lot),
        parts: item.parts as KitLot["parts"],
      });
    } else if (item.k === "batch" && item.here === undefined) {
      days.set(`${space} ${String(item.product)} ${String(item.lot)}`, String(item.expiry ?? ""));
    } else if (item.k === "batch") {
      here.set(`${space} ${String(item.product)} ${String(item.lot)}`, item.here === true ? 1 : 0);
    } else if (item.k === "bin") {
      const where = `${space} ${a} ${String(item.code)}`;
      binsUsed.set(where, Number(item.used));
      if (Number(item.v ?? 0) < 2) continue;
      const entries = entriesOf(item);
      const { usedGrams, usedMm3 } = loadOf(item);
      const size = item.size === undefined ? boundlessLoad : mm3Of(item.size as BinSize);
      binsRoom.set(where, {
        units: [Number(item.capacity ?? boundless) - Number(item.used), Number(item.room)],
        load: [Number(item.loadGrams ?? boundlessLoad) - usedGrams, Number(item.roomGrams)],
        volume: [size - usedMm3, Number(item.roomMm3)],
        held: [entries.reduce((sum, { units }) => sum + units, 0), Number(item.used)],
      });
      // Goods from before bins knew what they hold cannot be told apart.
      if (entries.some(({ product }) => product === "-")) continue;
      for (const { product, grams, mm3, units } of entries) {
        plus(binsHold, `${where} ${product}`, units);
        weighed.set(`${where} ${product}`, `${weighed.get(`${where} ${product}`) ?? ""}${grams}/${mm3}`);
      }
    } else if (item.k === "prd") {
      const { grams, mm3 } = measureOf(item as Pick<Product, "weightGrams" | "size">, 1);
      weights.set(`${space} ${String(item.id)}`, `${grams}/${mm3}`);
    } else if (item.k === "due" && item.type === "warehouse.weigh") {
      toWeigh.add(`${String(item.space)} ${String(item.subject)}`);
    } else if (item.k === "prdl") lists.push(item);
  }

  const violations: Violation[] = [];
  const compare = (rule: string, where: string, expected: unknown, found: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(found)) violations.push({ rule, where, expected, found });
  };
  const keys = (...maps: ReadonlyMap<string, unknown>[]) => new Set(maps.flatMap((map) => [...map.keys()]));
  const total = (key: string) => Object.values(promises.get(key) ?? {}).reduce((sum, units) => sum + units, 0);
  for (const key of keys(places, promises))
    compare("warehouse.places-are-promises", key, places.get(key) ?? 0, total(key));
  const apart = new Map<string, number>();
  for (const { key, lot, place, units } of stands)
    if (["quarantine", "returns", "transit"].includes(place) || (held.get(lot) === true && place !== "packing"))
      plus(apart, key, units);
  for (const key of keys(apart, promises))
    if (![...held].some(([lot, how]) => how !== true && lot.startsWith(`${key.split(" ")[0]} ${key.split(" ")[2]} `)))
      compare("warehouse.held-stands-apart", key, apart.get(key) ?? 0, promises.get(key)?.held ?? 0);
  for (const key of keys(ordered, promises))
    compare("warehouse.reserved-is-orders", key, ordered.get(key) ?? 0, promises.get(key)?.reserved ?? 0);
  const none = { received: 0, damaged: 0 };
  for (const key of keys(received, asked))
    compare("warehouse.received-is-transfers", key, received.get(key) ?? none, asked.get(key) ?? none);
  for (const key of keys(backAsked, backCame))
    compare("warehouse.returned-is-transfers", key, backCame.get(key) ?? 0, backAsked.get(key) ?? 0);
  for (const key of keys(standing, loaded))
    compare("warehouse.carton-is-on-its-pallet", key, (standing.get(key) ?? []).sort(), (loaded.get(key) ?? []).sort());
  for (const [key, all] of loaded)
    for (const carton of all) {
      const [order = ""] = carton.split(" ");
      const state = left.get(`${key.split(" ")[0]} ${order}`);
      // An order leaves first and its pallets a moment later.
      if (sent.get(key)) compare("warehouse.pallet-leaves-with-its-orders", `${key} ${order}`, "shipped", state);
    }
  for (const where of negative)
    violations.push({ rule: "warehouse.no-more-back-than-sent", where, expected: 0, found: -1 });
  for (const [key, units] of here) compare("warehouse.serial-is-in-one-place", key, units, serials.get(key) ?? 0);
  for (const { space, product, lot, parts } of kits) {
    const own = parts.map((part) => days.get(`${space} ${part.product} ${part.lot}`) ?? "");
    const first = own.filter((day) => day !== "").sort()[0] ?? "";
    const where = `${space} ${product} ${lot}`;
    compare("warehouse.kit-expires-with-its-parts", where, first, days.get(where) ?? "");
  }
  if (options.copies === false) return violations;
  for (const key of keys(lying, contents))
    compare("warehouse.contents-are-balances", key, lying.get(key) ?? 0, contents.get(key) ?? 0);
  for (const key of keys(binsNow, binsUsed))
    compare("warehouse.bin-use-is-balances", key, binsNow.get(key) ?? 0, binsUsed.get(key) ?? 0);
  for (const [where, room] of binsRoom)
    for (const [of, [expected, found]] of Object.entries(room))
      compare(`warehouse.bin-room-is-${of}`, where, expected, found);
  for (const [where, units] of binsHold) compare("warehouse.bin-holds-its-goods", where, inBins.get(where) ?? 0, units);
  for (const [where, at] of weighed) {
    const [space = "", , , product = ""] = where.split(" ");
    const own = weights.get(`${space} ${product}`);
    if (own !== undefined && !toWeigh.has(`${space} ${product}`))
      compare("warehouse.goods-are-weighed", where, own, at);
  }
  for (const item of lists) {
    const [space] = String(item.pk).split("#");
    const key = `${space} ${String(item.company)} ${String(item.id)}`;
    const sums = promises.get(key);
    const should = [total(key), sums?.free ?? 0, sums?.reserved ?? 0, sums?.pledged ?? 0, sums?.held ?? 0];
    compare("warehouse.list-is-stock", key, should, [item.onHand, item.free, item.reserved, item.pledged, item.held]);
  }
  return violations;
}
