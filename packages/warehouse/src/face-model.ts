import { z } from "zod";
import { type ProductId, ProductIdSchema } from "./model.ts";

/** A bin that is one product's own (固定货位): filled up to `max` once `min` or less lies there. */
export const FaceSchema = z.object({
  bin: z.string(),
  product: ProductIdSchema,
  company: z.string(),
  name: z.string(),
  code: z.string(),
  min: z.int(),
  max: z.int(),
});
export type FaceView = z.infer<typeof FaceSchema>;
export type Face = Omit<FaceView, "product"> & { product: ProductId };
export const FaceEditSchema = z.strictObject({
  product: ProductIdSchema,
  min: z.int().min(0).max(1_000_000),
  max: z.int().min(1).max(1_000_000),
});
export type FaceEdit = z.infer<typeof FaceEditSchema>;

/** Goods to bring from one bin to a face that runs low (补货任务); `from` is null for what no other bin has. */
export const ReplenishmentSchema = z.object({
  to: z.string(),
  from: z.string().nullable(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  lot: z.string().optional(),
  expiry: z.string().optional(),
  units: z.int(),
  /** What lies in the face now. */
  there: z.int(),
  min: z.int(),
  max: z.int(),
});
export type Replenishment = z.infer<typeof ReplenishmentSchema>;
