import { z } from "zod";
import { LotSchema } from "./lot.ts";
import { AsnIdSchema, BinCodeSchema, ProductIdSchema, text, units, WarehouseIdSchema } from "./model.ts";

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
  /** Not told, because somebody counts where it lies. */
  hidden: z.boolean().optional(),
  reorderPoint: z.int().optional(),
});
