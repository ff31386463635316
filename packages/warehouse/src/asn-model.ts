import type { CompanyId } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema, trackings } from "./lot.ts";
import {
  type AsnId,
  AsnIdSchema,
  CompanyIdSchema,
  type ProductId,
  ProductIdSchema,
  text,
  units,
  type WarehouseId,
  WarehouseIdSchema,
} from "./model.ts";
import { productFields } from "./product-model.ts";

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
  /** Pallets (托盘) that it came on, as the receiver counted them. */
  pallets: z.int().optional(),
};
export const palletsMost = 999;
/** What the receiver states on arrival; stated again it puts right what was stated before. */
export const ArriveSchema = z.strictObject({ pallets: z.int().min(0).max(palletsMost).optional() });
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
  pallets?: number;
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
