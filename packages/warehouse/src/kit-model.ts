import type { CompanyId } from "@yihao/kernel/ids";
import { z } from "zod";
import { CompanyIdSchema, type ProductId, ProductIdSchema, WarehouseIdSchema } from "./model.ts";

/** Kinds of goods at most in a kit, and bins at most that one assembly takes them from: together they fit one commit. */
export const mostComponents = 10;
export const mostSources = 20;
/** The same where goods are told apart, whose lots are written too; and lots of kits at most that one assembly makes. */
export const mostLotSources = 12;
export const mostRuns = 6;

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

/** Units of a product, of one lot or serial where its goods are told apart, that went into one kit. */
export type KitPart = { product: ProductId; units: number; lot?: string };
/** A lot of kits: every kit of it is made of the same goods, so that it can be taken apart into them. */
export type KitLot = { product: ProductId; lot: string; parts: KitPart[] };

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
  taken: z.array(z.object({ product: ProductIdSchema, bin: z.string(), units: z.int(), lot: z.string().optional() })),
  /** What came of it and waits in receiving. */
  made: z.array(
    z.object({
      product: ProductIdSchema,
      units: z.int(),
      lot: z.string().optional(),
      expiry: z.string().optional(),
    }),
  ),
});
export type KitDone = z.infer<typeof KitDoneSchema>;
