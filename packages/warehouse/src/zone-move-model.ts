import type { Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { BinCodeSchema, text, type WarehouseId, WarehouseIdSchema } from "./model.ts";
import { SiteTransferIdSchema } from "./transfer-model.ts";

export type ZoneMoveId = Id<"zmv">;
export const ZoneMoveIdSchema = z.string().regex(/^zmv_[0-9a-zA-Z-]{3,40}$/);

/** Its bins are shut to what comes in, its goods move, its bins are opened again. */
export const zoneMoveStates = ["closing", "moving", "opening", "done"] as const;

/** Why goods stay: their bin is locked or being counted, the zone is kept to other kinds, other goods lie there, or nothing is large enough; of what goes to another warehouse, it is promised. */
export const stayReasons = ["locked", "counted", "class", "mixed", "full", "promised", "refused"] as const;
export type StayReason = (typeof stayReasons)[number];

const goods = {
  from: z.string(),
  company: z.string(),
  product: z.string(),
  name: z.string(),
  code: z.string(),
  lot: z.string().optional(),
  units: z.int(),
};
/** Goods that go from a bin to a bin, or to another warehouse. */
export const ZoneMoveLineSchema = z.object({ ...goods, to: z.string().optional() });
export type ZoneMoveLine = z.infer<typeof ZoneMoveLineSchema>;
/** Goods that stay; of a bin that somebody counts it is not told how many. */
export const StaysSchema = z.object({ ...goods, why: z.enum(stayReasons) });
export type Stays = z.infer<typeof StaysSchema>;

/** Bins named at most in one move; a zone is moved whole, however many it has. */
const mostNamed = 200;
/** A whole zone or some bins go into another zone of the warehouse, or to another warehouse (整区移库、整区调拨). */
export const NewZoneMoveSchema = z
  .strictObject({
    zone: text(20).optional(),
    bins: z.array(BinCodeSchema).min(1).max(mostNamed).optional(),
    to: z.strictObject({ warehouse: WarehouseIdSchema.optional(), zone: text(20).optional() }),
  })
  .refine(({ zone, bins }) => (zone === undefined) !== (bins === undefined), {
    path: ["zone"],
    message: "a zone or bins, one of them",
  })
  .refine(({ to }) => (to.warehouse === undefined) !== (to.zone === undefined), {
    path: ["to"],
    message: "a zone or a warehouse, one of them",
  });
export type NewZoneMove = z.infer<typeof NewZoneMoveSchema>;

/** What would move and what would stay. */
export const ZonePlanSchema = z.object({
  bins: z.int(),
  units: z.int(),
  lines: z.array(ZoneMoveLineSchema),
  stays: z.array(StaysSchema),
});
export type ZonePlan = z.infer<typeof ZonePlanSchema>;

export const ZoneMoveSchema = z.object({
  id: ZoneMoveIdSchema,
  warehouse: WarehouseIdSchema,
  zone: z.string().optional(),
  bins: z.array(z.string()).optional(),
  to: z.object({ warehouse: WarehouseIdSchema.optional(), zone: z.string().optional() }),
  at: z.string(),
  by: z.string(),
  state: z.enum(zoneMoveStates),
  /** Units that had moved and units that were to move when it began. */
  moved: z.int(),
  planned: z.int(),
  /** Transfers that it sent to another warehouse. */
  transfers: z.array(SiteTransferIdSchema),
  /** Somebody stopped it. */
  stopped: z.boolean().optional(),
  /** What stayed in the end, at most 50. */
  stays: z.array(StaysSchema),
  endedAt: z.string().optional(),
  rev: z.int(),
});
export type ZoneMoveView = z.infer<typeof ZoneMoveSchema>;
export type ZoneMove = Omit<ZoneMoveView, "rev" | "id" | "warehouse"> & {
  id: ZoneMoveId;
  warehouse: WarehouseId;
  /** Rounds in a row in which everything that was to move was refused. */
  idle: number;
};
