import type { CompanyId } from "@yihao/kernel/ids";
import { z } from "zod";
import { CompanyIdSchema, type ProductId, ProductIdSchema, WarehouseIdSchema } from "./model.ts";

/** Kinds of goods at most in a kit, and bins at most that one assembly takes them from: together they fit one commit. */
export const mostComponents = 10;
export const mostSources = 20;

const ComponentSchema = z.object({ product: ProductIdSchema, name: z.string(), code: z.string(), units: z.int() });
/** What a kit is made of (组套清单): units of each component for one kit. */
export const KitSchema = z.object({
  product: ProductIdSchema,
  company: CompanyIdSchema,
  name: z.string(),
  components: z.array(ComponentSchema),
  /** Kits that can be made now of what is free. */
  buildable: z.int(),
  rev: z.int(),
});
export type KitView = z.infer<typeof KitSchema>;
export type Kit = {
  product: ProductId;
  company: CompanyId;
  components: { product: ProductId; units: number }[];
};

export const KitEditSchema = z.strictObject({
  /** None takes the list away. */
  components: z
    .array(z.strictObject({ product: ProductIdSchema, units: z.int().min(1).max(10_000) }))
    .max(mostComponents),
});
export type KitEdit = z.infer<typeof KitEditSchema>;
export const KitWorkSchema = z.strictObject({
  warehouse: WarehouseIdSchema,
  units: z.int().min(1).max(100_000),
});
export type KitWork = z.infer<typeof KitWorkSchema>;
export const KitDoneSchema = z.object({
  product: ProductIdSchema,
  units: z.int(),
  /** Where goods were taken from. */
  taken: z.array(z.object({ product: ProductIdSchema, bin: z.string(), units: z.int() })),
});
export type KitDone = z.infer<typeof KitDoneSchema>;
