import type { Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema } from "./lot.ts";
import {
  BinCodeSchema,
  type OrderId,
  OrderIdSchema,
  ProductIdSchema,
  type WarehouseId,
  WarehouseIdSchema,
} from "./model.ts";
import { orderStates, shortReasons } from "./order-model.ts";

export type WaveId = Id<"wav">;
export const WaveIdSchema = z.string().regex(/^wav_[0-9a-zA-Z-]{3,40}$/);

/** Orders at most of a wave: one to each slot of a cart or wall. */
export const mostInWave = 24;
/** How a wave is picked (波次): `batch` all of a product at once, sorted to the orders afterwards (先拣后分); `cluster` straight into the slot of each order (边拣边分). */
export const waveKinds = ["batch", "cluster"] as const;
export type WaveKind = (typeof waveKinds)[number];
export const waveStates = ["open", "done", "cancelled"] as const;
export type WaveState = (typeof waveStates)[number];

const SlotSchema = z.object({ slot: z.int(), order: OrderIdSchema });
export const WaveSchema = z.object({
  id: WaveIdSchema,
  warehouse: WarehouseIdSchema,
  kind: z.enum(waveKinds),
  at: z.string(),
  by: z.string(),
  state: z.enum(waveStates),
  /** Orders by the slot that each is sorted to. */
  slots: z.array(SlotSchema),
  /** What was put into each slot (分播), by the line of its order. */
  sorted: z.array(z.object({ slot: z.int(), line: z.int(), units: z.int() })).optional(),
  rev: z.int(),
});
export type WaveView = z.infer<typeof WaveSchema>;
export type Wave = Omit<WaveView, "rev" | "id" | "warehouse" | "slots"> & {
  id: WaveId;
  warehouse: WarehouseId;
  slots: { slot: number; order: OrderId }[];
};

export const NewWaveSchema = z.strictObject({
  warehouse: WarehouseIdSchema,
  kind: z.enum(waveKinds),
  orders: z.array(OrderIdSchema).min(1).max(mostInWave),
});
export type NewWave = z.infer<typeof NewWaveSchema>;

/** One halt of the walk: goods of a bin for one or more orders of a wave. `bin` is null for what no bin has. */
export const WaveStopSchema = z.object({
  bin: z.string().nullable(),
  zone: z.string().optional(),
  sequence: z.int(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  lot: z.string().optional(),
  expiry: z.string().optional(),
  units: z.int(),
  parts: z.array(z.object({ slot: z.int(), order: OrderIdSchema, line: z.int(), units: z.int() })),
});
export type WaveStop = z.infer<typeof WaveStopSchema>;
export const WaveWorkSchema = z.object({
  wave: WaveSchema,
  stops: z.array(WaveStopSchema),
  /** What was picked, by slot: what is sorted to it. */
  slots: z.array(
    z.object({
      slot: z.int(),
      order: OrderIdSchema,
      state: z.enum(orderStates),
      recipient: z.string(),
      lines: z.array(
        z.object({
          line: z.int(),
          product: ProductIdSchema,
          name: z.string(),
          code: z.string(),
          gtin: z.string().optional(),
          units: z.int(),
          picked: z.int(),
          /** Of those, what stands in the slot. */
          sorted: z.int(),
        }),
      ),
    }),
  ),
});
export type WaveWork = z.infer<typeof WaveWorkSchema>;

const text = (most: number) => z.string().trim().min(1).max(most);
export const WavePickSchema = z
  .strictObject({
    bin: BinCodeSchema,
    product: ProductIdSchema,
    lot: LotSchema.optional(),
    /** What the walk said to pick here; another figure by now is refused. */
    wanted: z.int().min(1).max(1_000_000),
    units: z.int().min(0).max(1_000_000),
    scans: z.strictObject({ bin: text(40), product: text(120) }).optional(),
    /** Set when the rest is not to be had here. */
    short: z.enum(shortReasons).optional(),
  })
  .refine(({ wanted, units, short }) => units <= wanted && (units === wanted) === (short === undefined), {
    path: ["units"],
    message: "less than wanted names its reason, and more is not picked",
  });
/** Units that were put into a slot. */
export const WaveSortSchema = z.strictObject({
  slot: z.int().min(1).max(mostInWave),
  line: z.int().min(1).max(40),
  units: z.int().min(1).max(1_000_000),
});
export type WaveSort = z.infer<typeof WaveSortSchema>;
export type WavePick = z.infer<typeof WavePickSchema>;
