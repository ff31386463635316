import type { CompanyId, Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { CompanyIdSchema, type OrderId, OrderIdSchema, type WarehouseId, WarehouseIdSchema } from "./model.ts";
import { ShipmentSchema } from "./pack-model.ts";

export type PalletId = Id<"plt">;
export const PalletIdSchema = z.string().regex(/^plt_[0-9a-zA-Z-]{3,40}$/);

/** Cartons at most on one pallet: its document stays one item. */
export const mostOnPallet = 60;
/** Pallets at most that leave together, and orders on them: what begins to leave is one commit. */
export const mostPallets = 10;
export const mostOrders = 60;

/** `open` while cartons are put on; `closed` stands ready; `shipping` leaves, order by order; `dissolved` was taken apart. */
export const palletStates = ["open", "closed", "shipping", "shipped", "dissolved"] as const;
export type PalletState = (typeof palletStates)[number];

export const PalletCartonSchema = z.object({
  order: OrderIdSchema,
  number: z.int(),
  sscc: z.string().optional(),
  grams: z.int(),
  /** Who gets it. */
  to: z.string(),
});
export type PalletCarton = z.infer<typeof PalletCartonSchema>;

/** A pallet (托盘) of cartons of one owner's orders. Its `code` is what its label says: the SSCC where the space has a GS1 company prefix, otherwise a number of its own. */
export const PalletSchema = z.object({
  id: PalletIdSchema,
  company: CompanyIdSchema,
  warehouse: WarehouseIdSchema,
  code: z.string(),
  sscc: z.string().optional(),
  state: z.enum(palletStates),
  cartons: z.array(PalletCartonSchema),
  at: z.string(),
  by: z.string(),
  closedAt: z.string().optional(),
  shippedAt: z.string().optional(),
  shipment: ShipmentSchema.optional(),
  rev: z.int(),
});
export type PalletView = z.infer<typeof PalletSchema>;
export type Pallet = Omit<PalletView, "rev" | "id" | "company" | "warehouse" | "cartons"> & {
  id: PalletId;
  company: CompanyId;
  warehouse: WarehouseId;
  cartons: (Omit<PalletCarton, "order"> & { order: OrderId })[];
  /** Whether its loading was told as handling: once, however often it is opened again. */
  told?: boolean;
};

/** `id` is that of whoever began it without a network (\`newId("plt")\`), so that cartons could be put on before its number was known; left out, it is made from the command. */
export const NewPalletSchema = z.strictObject({
  id: z
    .string()
    .regex(/^plt_[0-9a-hjkmnp-tv-z]{16}$/)
    .optional(),
  company: CompanyIdSchema,
  warehouse: WarehouseIdSchema,
});
export type NewPallet = z.infer<typeof NewPalletSchema>;
/** A carton by its scanned label, or by its order and number. */
export const OneCartonSchema = z.union([
  z.strictObject({ code: z.string().trim().min(1).max(120) }),
  z.strictObject({ order: OrderIdSchema, number: z.int().min(1) }),
]);
export type OneCarton = z.infer<typeof OneCartonSchema>;
export const SendPalletsSchema = z.strictObject({
  pallets: z
    .array(PalletIdSchema)
    .min(1)
    .max(mostPallets)
    .refine((all) => new Set(all).size === all.length, { message: "each once" }),
  shipment: ShipmentSchema.optional(),
});
export type SendPallets = z.infer<typeof SendPalletsSchema>;
