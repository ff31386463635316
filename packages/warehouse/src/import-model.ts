import { z } from "zod";
import { LotSchema, trackings } from "./lot.ts";
import { BinCodeSchema, BinPatternSchema, CompanyIdSchema, WarehouseIdSchema, zoneKinds } from "./model.ts";
import { RecipientSchema } from "./order-model.ts";
import { ProductEditSchema } from "./product-model.ts";

/** What can be brought in from a table (导入): bins (库位), products, opening stock (期初库存), inbound notices and outbound orders. */
export const importKinds = ["bins", "products", "openings", "asns", "orders"] as const;
export type ImportKind = (typeof importKinds)[number];

/** Columns of all kinds; each kind has some of them, see import-rows.ts. */
export const importColumns = [
  ...["document", "code", "gtin", "name", "unit", "units", "bin", "lot", "expiry", "receivedOn", "expectedOn"],
  ...["costMinor", "lengthMm", "widthMm", "heightMm", "weightGrams", "reorderPoint", "track", "dated"],
  ...["shelfDays", "caseName", "caseUnits", "caseGtin", "palletUnits", "packs"],
  ...["zone", "zoneKind", "capacity", "loadGrams", "lock"],
  ...["recipient", "phone", "address", "note", "file"],
] as const;
export type ImportColumn = string;

const row = z.int().min(1).max(10_000_000);
const units = z.int().min(1).max(1_000_000);
const money = z.int().min(0).max(1_000_000_000);
const text = (most: number) => z.string().trim().min(1).max(most);
/** How a row names its product: by code (货号) or GTIN, or both. */
const named = { code: text(40).optional(), gtin: text(20).optional() };

const facts = ProductEditSchema.shape;
const limits = BinPatternSchema.shape;
export const ProductRowSchema = z.strictObject({
  row,
  name: facts.name,
  code: facts.code.optional(),
  gtin: facts.gtin,
  unit: facts.unit.optional(),
  size: facts.size,
  weightGrams: facts.weightGrams,
  reorderPoint: facts.reorderPoint,
  track: z.enum(trackings).optional(),
  dated: z.boolean().optional(),
  costMinor: money.optional(),
  shelfDays: facts.shelfDays,
  packs: facts.packs,
});
export type ProductRow = z.infer<typeof ProductRowSchema>;
/** One bin: its code names rack, column and level; a zone that is not there yet is made. */
export const BinRowSchema = z.strictObject({
  row,
  code: BinCodeSchema,
  zone: text(20),
  kind: z.enum(zoneKinds),
  capacity: limits.capacity,
  loadGrams: limits.loadGrams,
  size: limits.size,
  lock: text(120).optional(),
});
export type BinRow = z.infer<typeof BinRowSchema>;
export const OpeningRowSchema = z.strictObject({
  row,
  ...named,
  bin: BinCodeSchema,
  units,
  lot: LotSchema.optional(),
  expiry: z.iso.date().optional(),
  receivedOn: z.iso.date().optional(),
  costMinor: money.optional(),
});
export type OpeningRow = z.infer<typeof OpeningRowSchema>;
const LineRowSchema = z.strictObject({ row, ...named, units, costMinor: money.optional() });
export type LineRow = z.infer<typeof LineRowSchema>;
/** Lines of one notice and of one order at most. */
export const linesMost = { asns: 500, orders: 40 } as const;
export const AsnDocumentSchema = z.strictObject({
  document: text(40),
  expectedOn: z.iso.date().optional(),
  lines: z.array(LineRowSchema).min(1).max(linesMost.asns),
});
export type AsnDocument = z.infer<typeof AsnDocumentSchema>;
export const OrderDocumentSchema = z.strictObject({
  document: text(40),
  recipient: RecipientSchema,
  note: text(60).optional(),
  lines: z.array(LineRowSchema).min(1).max(linesMost.orders),
});
export type OrderDocument = z.infer<typeof OrderDocumentSchema>;

/** Rows of bins, products and openings, and documents, that one batch has at most. */
export const batchMost = { bins: 90, products: 100, openings: 50, asns: 20, orders: 50 } as const;
/** Rows of a batch of documents at most, all lines together; a longer document is a batch of its own. */
export const batchRows = 300;
/** A row is known by its number: what it makes is made of it, so each stands once in a batch. */
const once = <Row extends { readonly row: number }>(rows: readonly Row[]) =>
  new Set(rows.map((one) => one.row)).size === rows.length;
const numbered = { message: "each row once" };
const common = {
  company: CompanyIdSchema.optional(),
  /** Tries it without writing (试导入). */
  dry: z.boolean().optional(),
};
export const BinBatchSchema = z.strictObject({
  dry: common.dry,
  warehouse: WarehouseIdSchema,
  rows: z.array(BinRowSchema).min(1).max(batchMost.bins).refine(once, numbered),
});
export const ProductBatchSchema = z.strictObject({
  ...common,
  rows: z.array(ProductRowSchema).min(1).max(batchMost.products).refine(once, numbered),
});
export const OpeningBatchSchema = z.strictObject({
  ...common,
  warehouse: WarehouseIdSchema,
  rows: z.array(OpeningRowSchema).min(1).max(batchMost.openings).refine(once, numbered),
});
export const AsnBatchSchema = z.strictObject({
  ...common,
  warehouse: WarehouseIdSchema,
  documents: z.array(AsnDocumentSchema).min(1).max(batchMost.asns),
});
export const OrderBatchSchema = z.strictObject({
  ...common,
  documents: z.array(OrderDocumentSchema).min(1).max(batchMost.orders),
});

/** What is wrong with a row: in which column, why (a refusal's code or a fault of a cell), and what stood there. */
export const ImportFaultSchema = z.object({ row: z.int(), column: z.string(), reason: z.string(), value: z.string() });
export type ImportFault = z.infer<typeof ImportFaultSchema>;
/** Documents that are in (or would be), and the faults of the others. A batch sent again gets the same answer. */
export const BatchAnswerSchema = z.object({ done: z.int(), faults: z.array(ImportFaultSchema) });
export type BatchAnswer = z.infer<typeof BatchAnswerSchema>;
