import type { CompanyId } from "@yihao/kernel/ids";
import { DocumentIdSchema } from "@yihao/members/document-model";
import { z } from "zod";
import { trackings } from "./lot.ts";
import { CompanyIdSchema, GoodsClassSchema, type ProductId, ProductIdSchema, text } from "./model.ts";
import { PackagingSchema, packagingsMost } from "./packaging.ts";

const size = z.strictObject({
  lengthMm: z.int().min(1).max(100_000),
  widthMm: z.int().min(1).max(100_000),
  heightMm: z.int().min(1).max(100_000),
});
/** Each field of a product once, for what makes and changes one. */
export const productFields = {
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
  /** How its units are packed (包装). */
  packs: z.array(PackagingSchema).max(packagingsMost),
  /** Days from making until it expires (保质期): the expiry of goods that say only when they were made. */
  shelfDays: z.int().min(1).max(36_500),
  /** What it looks like: a picture among its owner's documents. */
  picture: DocumentIdSchema,
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
  packs: productFields.packs.optional(),
  shelfDays: productFields.shelfDays.optional(),
  picture: productFields.picture.optional(),
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
  packs: productFields.packs.optional(),
  shelfDays: productFields.shelfDays.optional(),
  picture: productFields.picture.optional(),
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
  class: GoodsClassSchema.optional(),
  packs: z.array(PackagingSchema).optional(),
  shelfDays: z.int().optional(),
  picture: DocumentIdSchema.optional(),
  /** Companies that it was of before they turned out to be its present owner, the last one first: its history lies in their books too. */
  former: z.array(CompanyIdSchema).optional(),
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
  /** Its figures are not told, because somebody counts where it lies. */
  hidden: z.boolean().optional(),
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
  packs: z.array(PackagingSchema).optional(),
  shelfDays: z.int().optional(),
  former: z.array(CompanyIdSchema).optional(),
  ...StockSchema.shape,
});
export type ListedProduct = z.infer<typeof ListedProductSchema>;
/** A product of the list with what is known of one unit, where that was asked for. */
export const WholeProductSchema = ListedProductSchema.extend({
  weightGrams: z.int().optional(),
  size: z.object({ lengthMm: z.int(), widthMm: z.int(), heightMm: z.int() }).optional(),
  costMinor: z.int().optional(),
});
export type WholeProduct = z.infer<typeof WholeProductSchema>;

/** One piece by its serial number; `sgtin` is the EPC that its GTIN and number make, `epc` what its tag bears. */
export const SerialSchema = z.object({
  product: ProductIdSchema,
  serial: z.string(),
  expiry: z.string().optional(),
  since: z.string(),
  here: z.boolean(),
  sgtin: z.string().optional(),
  epc: z.string().optional(),
  rev: z.int(),
});
export type SerialView = z.infer<typeof SerialSchema>;
export const TagEditSchema = z.strictObject({ epc: text(120).nullable() });
