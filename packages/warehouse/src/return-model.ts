import type { CompanyId, Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema, trackings } from "./lot.ts";
import {
  CompanyIdSchema,
  type OrderId,
  OrderIdSchema,
  type ProductId,
  ProductIdSchema,
  type WarehouseId,
  WarehouseIdSchema,
} from "./model.ts";

export type ReturnId = Id<"ret">;
export const ReturnIdSchema = z.string().regex(/^ret_[0-9a-zA-Z-]{3,40}$/);

/** Why goods come back (退货原因). */
export const returnReasons = ["unwanted", "damaged", "wrong-item", "refused", "other"] as const;
/** What becomes of goods that came back (处理): free again, kept apart, thrown away, or sent back. */
export const returnDecisions = ["restock", "quarantine", "scrap", "send-back"] as const;
export type ReturnDecision = (typeof returnDecisions)[number];
export const returnStates = ["expected", "receiving", "closed", "cancelled"] as const;
export type ReturnState = (typeof returnStates)[number];

const units = z.int().min(1).max(1_000_000);
const text = (most: number) => z.string().trim().min(1).max(most);

export const ReturnLineSchema = z.object({
  line: z.int(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  track: z.enum(trackings).optional(),
  dated: z.boolean().optional(),
  /** The line of the order that it comes back from. */
  orderLine: z.int().optional(),
  expected: z.int(),
  received: z.int(),
  restocked: z.int(),
  quarantined: z.int(),
  scrapped: z.int(),
  sentBack: z.int(),
  /** What waits for a decision, by lot or serial, of goods that are told apart. */
  lots: z.array(z.object({ lot: z.string(), units: z.int() })).optional(),
});
export type ReturnLine = Omit<z.infer<typeof ReturnLineSchema>, "product"> & { product: ProductId };
export const ReturnSchema = z.object({
  id: ReturnIdSchema,
  company: CompanyIdSchema,
  warehouse: WarehouseIdSchema,
  order: OrderIdSchema.optional(),
  at: z.string(),
  by: z.string(),
  state: z.enum(returnStates),
  reason: z.enum(returnReasons),
  /** Waybill number of what comes back. */
  tracking: z.string().optional(),
  note: z.string().optional(),
  lines: z.array(ReturnLineSchema),
  closedAt: z.string().optional(),
  rev: z.int(),
});
export type ReturnView = z.infer<typeof ReturnSchema>;
export type Return = Omit<ReturnView, "rev" | "id" | "company" | "warehouse" | "order" | "lines"> & {
  id: ReturnId;
  company: CompanyId;
  warehouse: WarehouseId;
  order?: OrderId;
  lines: ReturnLine[];
};

export const NewReturnSchema = z.strictObject({
  company: CompanyIdSchema.optional(),
  warehouse: WarehouseIdSchema,
  /** Left out when nobody knows which order it comes from. */
  order: OrderIdSchema.optional(),
  reason: z.enum(returnReasons),
  tracking: text(40).optional(),
  note: text(120).optional(),
  lines: z
    .array(z.strictObject({ product: ProductIdSchema, units }))
    .min(1)
    .max(40),
});
export type NewReturn = z.infer<typeof NewReturnSchema>;
export const ReceiveReturnSchema = z.strictObject({
  units,
  lot: LotSchema.optional(),
  expiry: z.iso.date().optional(),
  /** One for each unit, of a product that is told apart by serial. */
  serials: z.array(LotSchema).min(1).max(20).optional(),
});
export type ReceiveReturn = z.infer<typeof ReceiveReturnSchema>;
export const DecideReturnSchema = z.strictObject({
  decision: z.enum(returnDecisions),
  units,
  lot: LotSchema.optional(),
});
export type DecideReturn = z.infer<typeof DecideReturnSchema>;
