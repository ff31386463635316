import type { CompanyId, Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema, trackings } from "./lot.ts";
import { CartonSchema, ShipmentSchema } from "./pack-model.ts";

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

const text = (most: number) => z.string().trim().min(1).max(most);
const units = z.int().min(1).max(1_000_000);

/** Use of a zone and its bins (库区): where goods lie to be picked, in reserve, or apart. */
export const zoneKinds = ["pick", "reserve", "quarantine"] as const;
export type ZoneKind = (typeof zoneKinds)[number];

/** A bin's address (库位码): rack, column and level, two digits or more each, e.g. `01-03-02`. */
export const BinCodeSchema = z.string().regex(/^[0-9A-Z]{1,4}(-[0-9A-Z]{1,4}){0,4}$/);

/** What kind of goods a product is (品类): zones and owners may be kept to some of them. */
export const goodsClasses = ["general", "food", "chilled", "fragile", "chemical", "valuable"] as const;
export type GoodsClass = (typeof goodsClasses)[number];
export const GoodsClassSchema = z.enum(goodsClasses);
const classes = z
  .array(GoodsClassSchema)
  .max(goodsClasses.length)
  .refine((all) => new Set(all).size === all.length, { message: "each once" });

/** `classes` are the only kinds of goods that go there; left out, all do. */
export const ZoneSchema = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(zoneKinds),
  classes: z.array(GoodsClassSchema).optional(),
});
export type Zone = z.infer<typeof ZoneSchema>;
/** None takes the restriction away. */
export const ZoneEditSchema = z.strictObject({ name: text(40), classes });
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
};

export const NewWarehouseSchema = z.strictObject({
  name: text(60),
  zone: text(60),
  site: z.string().max(40).optional(),
});

/** Bins by pattern: racks × columns × levels, all of one zone. */
export const BinPatternSchema = z.strictObject({
  zone: z.strictObject({ code: text(20), name: text(40), kind: z.enum(zoneKinds) }),
  racks: z.strictObject({ from: z.int().min(1).max(999), to: z.int().min(1).max(999) }),
  columns: z.int().min(1).max(99),
  levels: z.int().min(1).max(20),
  /** Units that fit in one bin; left out, it is not watched. */
  capacity: z.int().min(1).max(1_000_000).optional(),
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
  lock: z.string().optional(),
  /** Somebody picked short here, and nobody counted it since. */
  doubt: z.object({ at: z.string(), reason: z.string() }).optional(),
  used: z.int(),
  rev: z.int(),
});
export type BinView = z.infer<typeof BinSchema>;
/** `room` is what still fits, so that one condition guards it; a bin without capacity has room for anything. */
export type Bin = Omit<BinView, "rev"> & { batch: string; room: number };
export const boundless = 1_000_000_000_000;

export const BinEditSchema = z.strictObject({
  capacity: z.int().min(1).max(1_000_000).nullable().optional(),
  /** Why it is locked; null opens it again. */
  lock: text(120).nullable().optional(),
  sequence: z.int().min(0).max(10_000_000).optional(),
});

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

const size = z.strictObject({
  lengthMm: z.int().min(1).max(100_000),
  widthMm: z.int().min(1).max(100_000),
  heightMm: z.int().min(1).max(100_000),
});
const productFields = {
  name: text(120),
  /** The owner's own code (货号); made from the GTIN when left out. */
  code: text(40).regex(/^[^#]+$/),
  gtin: z.string().max(20),
  unit: text(12),
  size,
  weightGrams: z.int().min(1).max(10_000_000),
  reorderPoint: z.int().min(0).max(10_000_000),
  /** How its goods are told apart: by lot or serial; left out, they are not. */
  track: z.enum(trackings),
  /** Its goods have an expiry day. */
  dated: z.boolean(),
  /** What one unit cost its owner, in fen: counts are judged by it. */
  costMinor: z.int().min(0).max(1_000_000_000),
  /** The kind of goods; left out, general. */
  class: GoodsClassSchema,
};
export const NewProductSchema = z.strictObject({
  company: CompanyIdSchema.optional(),
  name: productFields.name,
  code: productFields.code.optional(),
  gtin: productFields.gtin.optional(),
  unit: productFields.unit.optional(),
  size: productFields.size.optional(),
  weightGrams: productFields.weightGrams.optional(),
  reorderPoint: productFields.reorderPoint.optional(),
  track: productFields.track.optional(),
  dated: productFields.dated.optional(),
  costMinor: productFields.costMinor.optional(),
  class: productFields.class.optional(),
});
export type NewProduct = z.infer<typeof NewProductSchema>;
export const ProductEditSchema = z.strictObject({
  name: productFields.name,
  code: productFields.code,
  gtin: productFields.gtin.optional(),
  unit: productFields.unit,
  size: productFields.size.optional(),
  weightGrams: productFields.weightGrams.optional(),
  reorderPoint: productFields.reorderPoint.optional(),
  track: productFields.track.optional(),
  dated: productFields.dated.optional(),
  costMinor: productFields.costMinor.optional(),
  class: productFields.class.optional(),
});
export type ProductEdit = z.infer<typeof ProductEditSchema>;
export const ProductSchema = z.object({
  id: ProductIdSchema,
  company: CompanyIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  unit: z.string(),
  size: z.object({ lengthMm: z.int(), widthMm: z.int(), heightMm: z.int() }).optional(),
  weightGrams: z.int().optional(),
  reorderPoint: z.int().optional(),
  track: z.enum(trackings).optional(),
  dated: z.boolean().optional(),
  costMinor: z.int().optional(),
  /** Companies that it was of before they turned out to be its present owner, the last one first: its history lies in their books too. */
  former: z.array(CompanyIdSchema).optional(),
  class: GoodsClassSchema.optional(),
  rev: z.int(),
});
export type ProductView = z.infer<typeof ProductSchema>;
export type Product = Omit<ProductView, "rev" | "id" | "company"> & { id: ProductId; company: CompanyId };

/** What an owner has of one product: on hand (在库) is the sum of the other four. */
export const StockSchema = z.object({
  onHand: z.int(),
  free: z.int(),
  reserved: z.int(),
  pledged: z.int(),
  held: z.int(),
});
export type Stock = z.infer<typeof StockSchema>;
export const ListedProductSchema = z.object({
  id: ProductIdSchema,
  company: CompanyIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  unit: z.string(),
  reorderPoint: z.int().optional(),
  track: z.enum(trackings).optional(),
  dated: z.boolean().optional(),
  former: z.array(CompanyIdSchema).optional(),
  ...StockSchema.shape,
});
export type ListedProduct = z.infer<typeof ListedProductSchema>;

export const asnStates = ["expected", "arrived", "receiving", "received", "putaway", "closed"] as const;
export type AsnState = (typeof asnStates)[number];
export const AsnLineSchema = z.object({
  line: z.int(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  expected: z.int(),
  /** All that came, damaged ones included. */
  received: z.int(),
  damaged: z.int(),
  /** Nothing more of this line will come. */
  done: z.boolean(),
  track: z.enum(trackings).optional(),
  dated: z.boolean().optional(),
  /** What one unit cost, in fen, where the notice says so; left out, it is the product's cost when it comes. */
  costMinor: z.int().optional(),
});
export type AsnLine = Omit<z.infer<typeof AsnLineSchema>, "product"> & { product: ProductId };
const asnFields = {
  id: AsnIdSchema,
  company: CompanyIdSchema,
  warehouse: WarehouseIdSchema,
  at: z.string(),
  by: z.string(),
  reference: z.string().optional(),
  expectedOn: z.string().optional(),
  lines: z.int(),
  expected: z.int(),
  received: z.int(),
  damaged: z.int(),
  putaway: z.int(),
};
export const ListedAsnSchema = z.object({ ...asnFields, state: z.enum(asnStates) });
export type ListedAsn = z.infer<typeof ListedAsnSchema>;
export const AsnSchema = z.object({
  ...asnFields,
  state: z.enum(asnStates),
  short: z.int(),
  over: z.int(),
  items: z.array(AsnLineSchema),
});
export type AsnView = z.infer<typeof AsnSchema>;
/** The head of an inbound notice; its counts follow the stream, its lines are exact. */
export type Asn = {
  id: AsnId;
  company: CompanyId;
  warehouse: WarehouseId;
  at: string;
  by: string;
  reference?: string;
  expectedOn?: string;
  lines: number;
  expected: number;
  received?: number;
  damaged?: number;
  putaway?: number;
  linesDone?: number;
  arrivedAt?: string;
  closedAt?: string;
};

export const NewAsnSchema = z.strictObject({
  company: CompanyIdSchema.optional(),
  warehouse: WarehouseIdSchema,
  reference: text(40).optional(),
  expectedOn: z.iso.date().optional(),
  lines: z
    .array(z.strictObject({ product: ProductIdSchema, units, costMinor: productFields.costMinor.optional() }))
    .min(1)
    .max(500)
    .optional(),
  /** Lines as CSV text with headings GTIN/商品条码, 名称, 数量. */
  csv: z.string().max(400_000).optional(),
});
export type NewAsn = z.infer<typeof NewAsnSchema>;
export const RowErrorSchema = z.object({
  row: z.int(),
  column: z.enum(["file", "gtin", "code", "name", "quantity"]),
  reason: z.string(),
  value: z.string(),
});
export type RowError = z.infer<typeof RowErrorSchema>;
export const AsnCheckSchema = z.object({
  errors: z.array(RowErrorSchema),
  lines: z.int(),
  units: z.int(),
  /** Products that would be made. */
  fresh: z.array(z.object({ gtin: z.string(), name: z.string() })),
});
export type AsnCheck = z.infer<typeof AsnCheckSchema>;

export const ReceiveSchema = z.strictObject({
  /** All that came now, damaged ones included. */
  units,
  damaged: z.int().min(0).max(1_000_000).optional(),
  /** Nothing more of this line will come: what is missing is short. */
  done: z.boolean().optional(),
  lot: LotSchema.optional(),
  expiry: z.iso.date().optional(),
  /** One for each unit, of a product that is told apart by serial. */
  serials: z.array(LotSchema).min(1).max(20).optional(),
});
export const PutawaySchema = z.strictObject({
  warehouse: WarehouseIdSchema,
  product: ProductIdSchema,
  units,
  asn: AsnIdSchema.optional(),
  /** The bin the task names; a scan of another one is refused. */
  bin: z.string().max(40).optional(),
  lot: LotSchema.optional(),
  scans: z.strictObject({ bin: text(40), product: text(120) }),
});
export type Putaway = z.infer<typeof PutawaySchema>;
export const MoveSchema = z.strictObject({
  warehouse: WarehouseIdSchema,
  product: ProductIdSchema,
  units,
  from: BinCodeSchema,
  to: BinCodeSchema,
  lot: LotSchema.optional(),
});
export const MovedSchema = z.object({
  product: ProductIdSchema,
  units: z.int(),
  from: z.string(),
  to: z.string(),
  lot: z.string().optional(),
});
export const SuggestionSchema = z.object({
  bin: z.string(),
  units: z.int(),
  reason: z.enum(["fixed", "same", "empty", "room", "pick"]),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

export const orderStates = [
  "reserved",
  "back-ordered",
  "picking",
  "picked",
  "packed",
  "shipping",
  "shipped",
  "cancelling",
  "cancelled",
] as const;
export type OrderState = (typeof orderStates)[number];
export const RecipientSchema = z.strictObject({
  name: text(60),
  phone: text(30).optional(),
  address: text(200).optional(),
});
export const OrderLineSchema = z.object({
  line: z.int(),
  product: ProductIdSchema,
  code: z.string(),
  name: z.string(),
  gtin: z.string().optional(),
  units: z.int(),
  picked: z.int(),
  shipped: z.int(),
  /** Given back to free stock: by a short pick at shipping, or by cancelling. */
  released: z.int(),
  /** Why less was picked than ordered; the line asks for no more. */
  short: z.string().optional(),
  /** What was picked, by lot or serial, of goods that are told apart. */
  lots: z.array(z.object({ lot: z.string(), units: z.int() })).optional(),
  serial: z.boolean().optional(),
  /** Bins where it was picked short: the rest is looked for elsewhere. */
  avoid: z.array(z.string()).optional(),
  /** Of `released`: taken back because the goods are not there or past their day (缺货). */
  backordered: z.int().optional(),
  /** Units of `shipped` that are announced to come back, or came (退货). */
  returning: z.int().optional(),
});
export type OrderLine = Omit<z.infer<typeof OrderLineSchema>, "product"> & { product: ProductId };
export const OrderSchema = z.object({
  id: OrderIdSchema,
  company: CompanyIdSchema,
  at: z.string(),
  by: z.string(),
  state: z.enum(orderStates),
  lines: z.array(OrderLineSchema),
  recipient: z.object({ name: z.string(), phone: z.string().optional(), address: z.string().optional() }),
  note: z.string().optional(),
  /** The owner's own number of it (外部单号); an owner's orders have each their own. */
  reference: z.string().optional(),
  warehouse: z.string().optional(),
  /** The wave it is picked in. */
  wave: z.string().optional(),
  cartons: z.array(CartonSchema).optional(),
  shipment: ShipmentSchema.optional(),
  /** When what had been taken back from it was last reserved again, how much, and whether by itself. */
  reservedAgain: z.object({ at: z.string(), units: z.int(), auto: z.boolean() }).optional(),
  shippedAt: z.string().optional(),
  cancelledAt: z.string().optional(),
  rev: z.int(),
});
export type OrderView = z.infer<typeof OrderSchema>;
export type Order = Omit<OrderView, "rev" | "id" | "company" | "lines" | "warehouse"> & {
  id: OrderId;
  company: CompanyId;
  lines: OrderLine[];
  warehouse?: WarehouseId;
};
export const NewOrderSchema = z.strictObject({
  company: CompanyIdSchema.optional(),
  lines: z
    .array(z.strictObject({ product: ProductIdSchema, units }))
    .min(1)
    .max(40),
  recipient: RecipientSchema,
  note: text(120).optional(),
  /** The owner's own number of it (外部单号): a second order with it is refused. */
  reference: text(40).optional(),
});
export type NewOrder = z.infer<typeof NewOrderSchema>;
export const shortReasons = ["not-found", "damaged", "miscount"] as const;
export const PickSchema = z
  .strictObject({
    warehouse: WarehouseIdSchema,
    line: z.int().min(1).max(40),
    bin: BinCodeSchema,
    lot: LotSchema.optional(),
    units: z.int().min(0).max(1_000_000),
    scans: z.strictObject({ bin: text(40), product: text(120) }).optional(),
    /** Set when the rest of the line is not to be had. */
    short: z.enum(shortReasons).optional(),
  })
  .refine((pick) => pick.units > 0 || pick.short !== undefined, { path: ["units"], message: "nothing picked" });
export type Pick = z.infer<typeof PickSchema>;
export const PickTaskSchema = z.object({
  line: z.int(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  bin: z.string().nullable(),
  lot: z.string().optional(),
  expiry: z.string().optional(),
  units: z.int(),
  sequence: z.int(),
});
export type PickTask = z.infer<typeof PickTaskSchema>;

/** What a movement of goods was (作业). */
export const movementTypes = [
  "receive",
  "putaway",
  "move",
  "pick",
  "ship",
  "return",
  "grade",
  "send-back",
  "scrap",
  "transfer",
  "kit",
  "adjust",
] as const;
export type MovementType = (typeof movementTypes)[number];
export const MovementSchema = z.object({
  id: z.string(),
  type: z.enum(movementTypes),
  at: z.string(),
  by: z.string(),
  company: z.string(),
  product: z.string(),
  name: z.string(),
  units: z.int(),
  from: z.string(),
  to: z.string(),
  lot: z.string().optional(),
  document: z.string().optional(),
});
export type Movement = z.infer<typeof MovementSchema>;
export const CardRowSchema = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  type: z.enum(movementTypes),
  from: z.string(),
  to: z.string(),
  units: z.int(),
  before: z.int(),
  change: z.int(),
  after: z.int(),
  lot: z.string().optional(),
  document: z.string().optional(),
});
export type CardRow = z.infer<typeof CardRowSchema>;
export const SeriesSchema = z.object({
  days: z.array(z.object({ day: z.string(), onHand: z.int() })),
  reorderPoint: z.int().optional(),
});

/** Work in the warehouse that may be charged (作业计费). */
export const handlingOperations = ["receive", "putaway", "pick", "pack", "ship", "return", "kit"] as const;
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
  "order.cancelled": z.object({ ...subject, order: OrderIdSchema, units: z.int() }),
  "handling.done": z.object({
    ...subject,
    operation: z.enum(handlingOperations),
    units: z.int(),
    /** Orders that this work finished, and cartons it made or sent; work that is about neither names none. */
    orders: z.int().optional(),
    cartons: z.int().optional(),
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
  "sscc.used-up": 409,
  "sscc.serial": 409,
  "return.over": 409,
  "return.left": 409,
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
