import { carriers as parcelCarriers } from "@yihao/community/parcel-model";
import { z } from "zod";
import { LotSchema } from "./lot.ts";

/** Cartons at most of one order: its document stays one item. */
export const mostCartons = 60;
/** Waybill numbers at most of one shipment: a mother number and one for each carton. */
const mostNumbers = mostCartons + 1;

const CartonLineSchema = z.object({
  line: z.int(),
  units: z.int(),
  lots: z.array(z.object({ lot: z.string(), units: z.int() })).optional(),
});
export type CartonLine = z.infer<typeof CartonLineSchema>;

/** A packed carton (纸箱) of an order; its weight is in whole grams, goods and box together. */
export const CartonSchema = z.object({
  number: z.int(),
  grams: z.int(),
  /** The serial shipping container code (系列货运包装箱代码) of 18 digits, when the space has a GS1 company prefix. */
  sscc: z.string().optional(),
  at: z.string(),
  by: z.string(),
  lines: z.array(CartonLineSchema),
  /** The pallet (托盘) that it stands on, by id and by the code of its label. */
  pallet: z.object({ id: z.string(), code: z.string() }).optional(),
});
export type Carton = z.infer<typeof CartonSchema>;

/** A carton as it is closed: every code as it was scanned, how many units it stood for, and what the scale says. */
export const NewCartonSchema = z.strictObject({
  items: z
    .array(
      z.strictObject({
        code: z.string().trim().min(1).max(120),
        units: z.int().min(1).max(1_000_000),
        lot: LotSchema.optional(),
      }),
    )
    .min(1)
    .max(200),
  grams: z.int().min(1).max(2_000_000),
  /** Set once somebody weighed it again and found it right. */
  weighedAgain: z.boolean().optional(),
});
export type NewCarton = z.infer<typeof NewCartonSchema>;

/** Who carries goods away (承运商): the express companies, 德邦, whoever fetches them, or another that is named. */
export const carriers = [...parcelCarriers.filter((one) => one !== "other"), "deppon", "self", "other"] as const;
export type Carrier = (typeof carriers)[number];

const TrackingSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z][0-9A-Z-]{4,39}$/);

/** How an order left: the carrier, its name when it is none of the known, and its waybill numbers (运单号). */
export const ShipmentSchema = z
  .strictObject({
    carrier: z.enum(carriers),
    carrierName: z.string().trim().min(1).max(40).optional(),
    numbers: z.array(TrackingSchema).max(mostNumbers).default([]),
  })
  .refine(({ carrier, carrierName }) => (carrier === "other") === (carrierName !== undefined), {
    path: ["carrierName"],
    message: "another carrier is named, a known one is not",
  });
export type Shipment = z.infer<typeof ShipmentSchema>;

/** Left out when nobody keeps who carries the goods. */
export const ShipSchema = z.strictObject({ shipment: ShipmentSchema.optional() });

/** GS1 company prefix (厂商识别代码), 7 to 10 digits in China, and the extension digit that SSCCs begin with. */
export const GoodsSettingsSchema = z.object({
  gs1Prefix: z.string().nullable(),
  extension: z.int(),
  /** The serial reference of the next carton. */
  nextSerial: z.int(),
  /** Whether back-ordered orders are reserved again by themselves when goods come free (缺货自动补占). */
  reserveAgain: z.boolean(),
  rev: z.int(),
});
export type GoodsSettingsView = z.infer<typeof GoodsSettingsSchema>;
export const GoodsSettingsEditSchema = z.strictObject({
  gs1Prefix: z
    .string()
    .regex(/^\d{7,10}$/)
    .nullable(),
  extension: z.int().min(0).max(9),
  /** Raised to go on from numbers that another system gave; never lowered. */
  nextSerial: z.int().min(0).max(999_999_999).optional(),
  /** Left out, it stays as it is. */
  reserveAgain: z.boolean().optional(),
});
export type GoodsSettingsEdit = z.infer<typeof GoodsSettingsEditSchema>;
