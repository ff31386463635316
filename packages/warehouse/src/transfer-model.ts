import type { CompanyId, Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema } from "./lot.ts";
import {
  BinCodeSchema,
  CompanyIdSchema,
  type ProductId,
  ProductIdSchema,
  type WarehouseId,
  WarehouseIdSchema,
} from "./model.ts";

export type SiteTransferId = Id<"trf">;
export const SiteTransferIdSchema = z.string().regex(/^trf_[0-9a-zA-Z-]{3,40}$/);
export const siteTransferStates = ["sent", "closed"] as const;

export const SiteTransferLineSchema = z.object({
  line: z.int(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  bin: z.string(),
  lot: z.string().optional(),
  serial: z.boolean().optional(),
  units: z.int(),
  /** All that came, damaged ones included. */
  received: z.int(),
  damaged: z.int(),
});
/** A transfer of one owner's goods from a warehouse to another of the space (调拨单). */
export const SiteTransferSchema = z.object({
  id: SiteTransferIdSchema,
  company: CompanyIdSchema,
  from: WarehouseIdSchema,
  to: WarehouseIdSchema,
  at: z.string(),
  by: z.string(),
  state: z.enum(siteTransferStates),
  note: z.string().optional(),
  lines: z.array(SiteTransferLineSchema),
  closedAt: z.string().optional(),
  rev: z.int(),
});
export type SiteTransferView = z.infer<typeof SiteTransferSchema>;
type Line = Omit<z.infer<typeof SiteTransferLineSchema>, "product"> & { product: ProductId };
export type SiteTransfer = Omit<SiteTransferView, "rev" | "id" | "company" | "from" | "to" | "lines"> & {
  id: SiteTransferId;
  company: CompanyId;
  from: WarehouseId;
  to: WarehouseId;
  lines: Line[];
};

/** Lines of one transfer at most: all of it leaves in one commit. */
export const mostTransferLines = 13;

export const NewSiteTransferSchema = z.strictObject({
  company: CompanyIdSchema,
  from: WarehouseIdSchema,
  to: WarehouseIdSchema,
  note: z.string().trim().min(1).max(120).optional(),
  lines: z
    .array(
      z.strictObject({
        product: ProductIdSchema,
        bin: BinCodeSchema,
        lot: LotSchema.optional(),
        units: z.int().min(1).max(1_000_000),
      }),
    )
    .min(1)
    .max(mostTransferLines),
});
export type NewSiteTransfer = z.infer<typeof NewSiteTransferSchema>;
export const ReceiveTransferSchema = z
  .strictObject({ units: z.int().min(1).max(1_000_000), damaged: z.int().min(0).max(1_000_000).optional() })
  .refine(({ units, damaged = 0 }) => damaged <= units, { path: ["damaged"], message: "damaged is part of what came" });
export type ReceiveTransfer = z.infer<typeof ReceiveTransferSchema>;
