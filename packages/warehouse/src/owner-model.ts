import type { CompanyId } from "@yihao/kernel/ids";
import { z } from "zod";
import { CompanyIdSchema, type GoodsClass, GoodsClassSchema, goodsClasses } from "./model.ts";

const limit = z.int().min(0).max(1_000_000_000).nullable();

/** What an owner has in all warehouses now: bins with some of its goods, units, and their volume in millilitres as far as sizes are known. */
export const OwnerUseSchema = z.object({ bins: z.int(), units: z.int(), ml: z.int() });
export type OwnerUse = z.infer<typeof OwnerUseSchema>;

/** What an owner may store (货主规则): kinds of goods, none of them meaning all, and how much; null is no limit. Volume is in millilitres. */
export const OwnerRulesSchema = z.object({
  company: CompanyIdSchema,
  name: z.string(),
  classes: z.array(GoodsClassSchema),
  mostBins: z.int().nullable(),
  mostUnits: z.int().nullable(),
  mostMl: z.int().nullable(),
  use: OwnerUseSchema,
  rev: z.int(),
});
export type OwnerRulesView = z.infer<typeof OwnerRulesSchema>;
export type OwnerRules = {
  company: CompanyId;
  classes: GoodsClass[];
  mostBins: number | null;
  mostUnits: number | null;
  mostMl: number | null;
};
export const OwnerRulesEditSchema = z.strictObject({
  classes: z.array(GoodsClassSchema).max(goodsClasses.length),
  mostBins: limit,
  mostUnits: limit,
  mostMl: limit,
});
export type OwnerRulesEdit = z.infer<typeof OwnerRulesEditSchema>;
