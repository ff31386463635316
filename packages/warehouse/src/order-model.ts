import type { CompanyId } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema } from "./lot.ts";
import {
  BinCodeSchema,
  CompanyIdSchema,
  type OrderId,
  OrderIdSchema,
  type ProductId,
  ProductIdSchema,
  text,
  units,
  type WarehouseId,
  WarehouseIdSchema,
} from "./model.ts";
import { CartonSchema, ShipmentSchema } from "./pack-model.ts";

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
  lots: z.array(z.object({ lot: z.string(), units: z.int(), back: z.int().optional() })).optional(),
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
