import type { Id } from "@yihao/kernel/ids";
import { z } from "zod";

export type WarehouseId = Id<"whs">;
export type ProductId = Id<"prd">;
export type AsnId = Id<"asn">;
export type OrderId = Id<"ord">;

/** Ids as text patterns, so that the API's document can tell them. */
const idText = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-9a-zA-Z-]{3,40}$`));
export const WarehouseIdSchema = idText("whs");
export const ProductIdSchema = idText("prd");
export const AsnIdSchema = idText("asn");
export const OrderIdSchema = idText("ord");
export const CompanyIdSchema = idText("cmp");

/** Text of a length, trimmed and not empty. */
export const text = (most: number) => z.string().trim().min(1).max(most);
/** Units of goods in one command. */
export const units = z.int().min(1).max(1_000_000);

/** Use of a zone and its bins (库区): where goods lie to be picked, in reserve, or apart. */
export const zoneKinds = ["pick", "reserve", "quarantine"] as const;
export type ZoneKind = (typeof zoneKinds)[number];

/** A bin's address (库位码): rack, column and level, each in digits or letters, e.g. `01-03-02` or `01-A-1`. */
export const BinCodeSchema = z.string().regex(/^[0-9A-Z]{1,4}(-[0-9A-Z]{1,4}){0,4}$/);

/** What kind of goods a product is (品类): zones and owners may be kept to some of them. */
export const goodsClasses = ["general", "food", "chilled", "fragile", "chemical", "valuable"] as const;
export type GoodsClass = (typeof goodsClasses)[number];
export const GoodsClassSchema = z.enum(goodsClasses);
const classes = z
  .array(GoodsClassSchema)
  .max(goodsClasses.length)
  .refine((all) => new Set(all).size === all.length, { message: "each once" });

/** What goods in one bin must have in common (混放规则): their owner, also the product, or also the lot. */
export const mixingRules = ["owner", "product", "lot"] as const;
export const MixingSchema = z.enum(mixingRules);

/** `classes` are the only kinds of goods that go there; left out, all do. `mixing` left out, any goods share a bin. */
export const ZoneSchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(zoneKinds),
  classes: z.array(GoodsClassSchema).optional(),
  mixing: MixingSchema.optional(),
});
export type Zone = z.infer<typeof ZoneSchema>;
/** No kinds and no rule take the restriction away. */
export const ZoneEditSchema = z.strictObject({ name: text(40), classes, mixing: MixingSchema.optional() });
export type ZoneEdit = z.infer<typeof ZoneEditSchema>;

export const WarehouseSchema = z.object({
  id: WarehouseIdSchema,
  name: z.string(),
  /** IANA time zone: the days of storage are local. */
  zone: z.string(),
  site: z.string().optional(),
  zones: z.array(ZoneSchema),
  /** The local day it began; storage days are closed from here. */
  since: z.string(),
  rev: z.int(),
});
export type WarehouseView = z.infer<typeof WarehouseSchema>;
export type Warehouse = Omit<WarehouseView, "rev" | "id"> & {
  id: WarehouseId;
  /** Generations of bins that are whole; a bin of another one is not there yet. */
  batches: string[];
  /** The generation under way, so that two never mix. */
  building?: string;
  buildingAt?: string;
  /** How far the codes of a zone's bins reach, of zones whose bins were all made since this is kept: so a zone is read without the others. */
  spans?: Record<string, CodeSpan>;
};
/** The first and the last code of a zone's bins; `to` is the last one's place in the walk, and `walked` says that by their codes they stand as they are walked. */
export type CodeSpan = { readonly first: string; readonly last: string; readonly to: number; readonly walked: boolean };

export const NewWarehouseSchema = z.strictObject({
  name: text(60),
  zone: text(60),
  site: z.string().max(40).optional(),
});

/** The inside of a bin (货位内尺寸). */
export const BinSizeSchema = z.strictObject({
  lengthMm: z.int().min(1).max(20_000),
  widthMm: z.int().min(1).max(20_000),
  heightMm: z.int().min(1).max(20_000),
});
export type BinSize = z.infer<typeof BinSizeSchema>;
const gln = z.string().trim().max(20);
const loadGrams = z.int().min(1).max(100_000_000);

/** How racks, columns and levels are named in codes: two digits or more, as many as it takes, or letters. */
export const namings = ["01", "1", "A"] as const;
export type Naming = (typeof namings)[number];
const naming = z.enum(namings).default("01");

/** Bins by pattern: racks × columns × levels, all of one zone. */
export const BinPatternSchema = z.strictObject({
  zone: z.strictObject({ code: text(20), name: text(40), kind: z.enum(zoneKinds) }),
  racks: z.strictObject({ from: z.int().min(1).max(999), to: z.int().min(1).max(999) }),
  columns: z.int().min(1).max(99),
  levels: z.int().min(1).max(20),
  /** How each is named, e.g. `01`, `A` and `1` for `01-A-1`; left out, two digits each. */
  names: z.strictObject({ racks: naming, columns: naming, levels: naming }).optional(),
  /** Units that fit in one bin; left out, it is not watched. */
  capacity: z.int().min(1).max(1_000_000).optional(),
  /** How much it bears (承重), and how large it is inside; left out, neither is watched. */
  loadGrams: loadGrams.optional(),
  size: BinSizeSchema.optional(),
  /** The GLN of the place; each bin's code is its extension, together its SGLN. */
  gln: gln.optional(),
});
export type BinPattern = z.infer<typeof BinPatternSchema>;

export const BinSchema = z.object({
  code: z.string(),
  zone: z.string(),
  kind: z.enum(zoneKinds),
  rack: z.int(),
  column: z.int(),
  level: z.int(),
  /** Order of walking (拣货顺序): rack by rack, bay by bay. */
  sequence: z.int(),
  capacity: z.int().optional(),
  loadGrams: z.int().optional(),
  size: BinSizeSchema.optional(),
  /** The GLN of the place (全球位置码): with the bin's code as its extension it is the bin's SGLN. */
  gln: z.string().optional(),
  lock: z.string().optional(),
  /** The move of its zone that is under way: goods leave it and none come in. */
  closed: z.string().optional(),
  /** Somebody picked short here, and nobody counted it since. */
  doubt: z.object({ at: z.string(), reason: z.string() }).optional(),
  used: z.int(),
  /** What it weighs and takes, of goods whose product has a weight and a size; units of the others. */
  usedGrams: z.int(),
  usedMm3: z.int(),
  unweighed: z.int(),
  unsized: z.int(),
  rev: z.int(),
});
export type BinView = z.infer<typeof BinSchema>;
/** `room`, `roomGrams` and `roomMm3` are what still fits, so that one condition guards each; a bin without a limit has room for anything. What lies in it by product stands beside them: see `bin-load.ts`. */
export type Bin = Omit<BinView, "rev" | "usedGrams" | "usedMm3" | "unweighed" | "unsized"> & {
  batch: string;
  room: number;
  roomGrams: number;
  roomMm3: number;
  /** Edges of the inside, the longest first. */
  long?: number;
  middle?: number;
  short?: number;
} & {
  /** Whose goods came in last, which, and of which lot: see `mixing.ts`. */
  whose?: string;
  what?: string;
  lot?: string;
};
export const boundless = 1_000_000_000_000;

export const BinEditSchema = z.strictObject({
  capacity: z.int().min(1).max(1_000_000).nullable().optional(),
  loadGrams: loadGrams.nullable().optional(),
  size: BinSizeSchema.nullable().optional(),
  gln: gln.nullable().optional(),
  /** Why it is locked; null opens it again. */
  lock: text(120).nullable().optional(),
  sequence: z.int().min(0).max(1_000_000_000).optional(),
});
export type BinEdit = z.infer<typeof BinEditSchema>;

/** Kinds of places where goods lie. */
export const placeKinds = ["bin", "receiving", "packing", "quarantine", "returns", "transit"] as const;

/** Goods at one place, as the map and the task lists show them. */
export const ContentSchema = z.object({
  place: z.enum(placeKinds),
  bin: z.string().optional(),
  company: z.string(),
  product: z.string(),
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  units: z.int(),
  /** Lot or serial, its last day, and when it first came, of goods that are told apart. */
  lot: z.string().optional(),
  expiry: z.string().optional(),
  since: z.string().optional(),
  /** Since when some of it has been at this place without a break. */
  arrived: z.string().optional(),
  /** The kind of goods, unless it is general. */
  class: GoodsClassSchema.optional(),
  /** Its figure is not told, because somebody counts this bin. */
  hidden: z.boolean().optional(),
});
export type Content = z.infer<typeof ContentSchema>;

/** Work in the warehouse that may be charged (作业计费). */
export const handlingOperations = [
  ...(["receive", "putaway", "pick", "pack", "ship", "return", "kit", "count", "label"] as const),
] as const;
const subject = { company: CompanyIdSchema };
/** Events of this room; the subject is the owner's company. */
export const warehouseEvents = {
  "goods.received": z.object({
    ...subject,
    product: ProductIdSchema,
    units: z.int(),
    warehouse: z.string(),
    document: z.string(),
  }),
  "order.shipped": z.object({
    ...subject,
    order: OrderIdSchema,
    warehouse: z.string(),
    units: z.int(),
    lines: z.int(),
    day: z.string(),
    cartons: z.int().optional(),
    carrier: z.string().optional(),
    numbers: z.array(z.string()).optional(),
  }),
  /** What a count changed, plus or minus, once it is posted. */
  "stock.counted": z.object({
    ...subject,
    product: ProductIdSchema,
    units: z.int(),
    document: z.string(),
    warehouse: z.string(),
    bin: z.string(),
  }),
  /** A return is over: what came back and what became of it, in units. */
  "return.closed": z.object({
    ...subject,
    return: z.string(),
    order: OrderIdSchema.optional(),
    warehouse: z.string(),
    day: z.string(),
    units: z.int(),
    restocked: z.int(),
    quarantined: z.int(),
    scrapped: z.int(),
    sentBack: z.int(),
  }),
  /** A product fell to its reorder point; told once until it was above it again. */
  "stock.low": z.object({ ...subject, product: ProductIdSchema, free: z.int(), reorderPoint: z.int() }),
  /** A product that was told to be low is above its reorder point again, or has none any more. */
  "stock.enough": z.object({ ...subject, product: ProductIdSchema, free: z.int() }),
  /** `picked` are units that had been taken off their bins by then and went back. */
  "order.cancelled": z.object({ ...subject, order: OrderIdSchema, units: z.int(), picked: z.int().optional() }),
  /** A notice is closed: how many units came beyond it and too few. */
  "asn.closed": z.object({
    ...subject,
    asn: z.string(),
    reference: z.string().optional(),
    warehouse: z.string(),
    day: z.string(),
    over: z.int(),
    short: z.int(),
  }),
  "handling.done": z.object({
    ...subject,
    operation: z.enum(handlingOperations),
    units: z.int(),
    /** Orders that this work finished, and cartons it made or sent; work that is about neither names none. */
    orders: z.int().optional(),
    cartons: z.int().optional(),
    /** Lines of goods that it was about, one when left out; none when goods were handled by their pallets, and their lines are told by others. */
    lines: z.int().optional(),
    /** Pallets that came, were loaded or left; fewer than none puts right what was told before. */
    pallets: z.int().optional(),
    /** The bin that goods were put into or taken from; or how many bins were gone to once each. */
    bin: z.string().optional(),
    bins: z.int().optional(),
    /** What it weighed, and its volume in millilitres: of cartons as they were weighed, of goods by their products, as far as those have a weight and a size. */
    grams: z.int().optional(),
    ml: z.int().optional(),
    document: z.string(),
    day: z.string(),
    warehouse: z.string(),
  }),
  "storage.day": z.object({
    ...subject,
    warehouse: z.string(),
    day: z.string(),
    bins: z.int(),
    /** At most 60 of the bins. */
    codes: z.array(z.string()),
    /** Bins that several owners shared that day: each with all its owners; the charge is split by whoever bills. */
    shared: z.array(z.object({ code: z.string(), owners: z.array(z.string()) })).optional(),
    /** The day's most units of each product in bins and their volume in millilitres, summed, and how many products; products without a size have no volume. */
    stock: z.object({ products: z.int(), peakUnits: z.int(), peakMl: z.int() }).optional(),
  }),
} as const;
export type WarehouseEvents = { [Type in keyof typeof warehouseEvents]: z.infer<(typeof warehouseEvents)[Type]> };

/** Refusals of this room and their HTTP status. */
export const warehouseRefusals = {
  "warehouse.zone": 400,
  "warehouse.busy": 409,
  "warehouse.batches": 409,
  "bin.too-many": 400,
  "bin.exists": 409,
  "bin.missing": 409,
  "bin.locked": 409,
  "bin.full": 409,
  "bin.holds": 409,
  "bin.moving": 409,
  "gln.invalid": 400,
  "epc.invalid": 400,
  "epc.other": 409,
  "epc.taken": 409,
  "zone.same": 400,
  "zone.empty": 409,
  "zone.moving": 409,
  "bin.mixed": 409,
  "scan.bin": 409,
  "scan.product": 409,
  "scan.lot": 409,
  "lot.wanted": 400,
  "lot.expiry": 409,
  "lot.serials": 400,
  "lot.here": 409,
  "lot.expired": 409,
  "order.serials": 400,
  "order.reference": 409,
  "pick.lots": 409,
  "product.tracked": 409,
  "stock.short": 409,
  "gtin.invalid": 400,
  "gs1.invalid": 400,
  "packs.same": 400,
  "product.picture": 409,
  "product.taken": 409,
  "owner.missing": 400,
  "owner.class": 409,
  "owner.units": 409,
  "owner.volume": 409,
  "owner.bins": 409,
  "asn.lines": 400,
  "asn.rows": 400,
  "asn.state": 409,
  "asn.damaged": 400,
  "order.state": 409,
  "order.warehouse": 409,
  "pick.too-many": 409,
  "pack.wrong": 409,
  "pack.too-many": 409,
  "pack.weight": 409,
  "pack.open": 409,
  "pack.cartons": 409,
  "pallet.state": 409,
  "pallet.owner": 409,
  "pallet.taken": 409,
  "pallet.full": 409,
  "pallet.empty": 409,
  "pallet.loaded": 409,
  "pallet.holds": 409,
  "pallet.apart": 409,
  "pallet.orders": 409,
  "pallet.unknown": 409,
  "pallet.begun": 409,
  "sscc.used-up": 409,
  "sscc.serial": 409,
  "return.over": 409,
  "return.left": 409,
  "return.lot": 409,
  "return.waiting": 409,
  "return.state": 409,
  "return.order": 409,
  "wave.orders": 409,
  "wave.state": 409,
  "wave.moved": 409,
  "wave.sorted": 409,
  "transfer.same": 400,
  "transfer.state": 409,
  "transfer.over": 409,
  "transfer.waiting": 409,
  "kit.itself": 400,
  "kit.tracked": 409,
  "kit.spread": 409,
  "kit.unknown": 409,
  "face.missing": 409,
  "face.limits": 400,
  "count.empty": 409,
  "count.bins": 400,
  "count.state": 409,
  "count.counter": 403,
  "stock.none": 409,
  "stock.day": 400,
  "exception.settled": 409,
} as const;
export type WarehouseRefusal = keyof typeof warehouseRefusals;
