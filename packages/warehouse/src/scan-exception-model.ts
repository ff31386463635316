import type { Id } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema } from "./lot.ts";
import { ProductIdSchema } from "./model.ts";

export type ScanExceptionId = Id<"scx">;
export const ScanExceptionIdSchema = z.string().regex(/^scx_[0-9a-zA-Z-]{3,40}$/);

/** Why a person gave up a step that was refused: it was done in another way, the goods are not there, the scan was wrong, or as the note says. */
export const giveUpReasons = ["done-otherwise", "goods-gone", "wrong-scan", "other"] as const;

const text = (most: number) => z.string().trim().min(1).max(most);

/** A step done on a phone that was refused and given up: what, when, with which goods, where. */
export const GiveUpSchema = z.strictObject({
  /** The kind of step, as the phone names it. */
  step: text(40),
  /** When it was done, by the phone's clock. */
  doneAt: z.iso.datetime(),
  /** The code of the refusal. */
  refusal: text(80),
  reason: z.enum(giveUpReasons),
  note: text(200).optional(),
  name: text(120).optional(),
  product: ProductIdSchema.optional(),
  lot: LotSchema.optional(),
  units: z.int().min(0).max(1_000_000).optional(),
  bin: text(40).optional(),
  to: text(40).optional(),
  /** The notice, order or count that it was for. */
  document: text(60).optional(),
});
export type GiveUp = z.infer<typeof GiveUpSchema>;

export const ScanExceptionSchema = z.object({
  ...GiveUpSchema.shape,
  id: ScanExceptionIdSchema,
  /** When the server was told. */
  at: z.string(),
  /** Who did the step. */
  by: z.string(),
  settledAt: z.string().optional(),
  settledBy: z.string().optional(),
  outcome: z.string().optional(),
  rev: z.int(),
});
export type ScanExceptionView = z.infer<typeof ScanExceptionSchema>;
export type ScanException = Omit<ScanExceptionView, "rev" | "id"> & { id: ScanExceptionId };

/** What came of it, in words. */
export const SettleSchema = z.strictObject({ outcome: text(200) });
