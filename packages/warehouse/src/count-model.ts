import type { Id, PersonId } from "@yihao/kernel/ids";
import { z } from "zod";
import { LotSchema } from "./lot.ts";
import { BinCodeSchema, CompanyIdSchema, ProductIdSchema, type WarehouseId, WarehouseIdSchema } from "./model.ts";
import { PackagingSchema } from "./packaging.ts";

export type CountId = Id<"cyc">;
export const CountIdSchema = z.string().regex(/^cyc_[0-9a-zA-Z-]{3,40}$/);

/** Why bins are counted (盘点范围). */
export const countBases = ["bins", "product", "owner", "abc", "zero", "doubt"] as const;
export const abcClasses = ["A", "B", "C"] as const;
export type AbcClass = (typeof abcClasses)[number];
export const BasisSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bins"), from: BinCodeSchema, to: BinCodeSchema }),
  z.strictObject({ kind: z.literal("product"), product: ProductIdSchema }),
  /** Every bin with goods of one owner. */
  z.strictObject({ kind: z.literal("owner"), company: CompanyIdSchema }),
  z.strictObject({ kind: z.literal("abc"), class: z.enum(abcClasses) }),
  /** Bins that were picked empty: the cheapest moment to look. */
  z.strictObject({ kind: z.literal("zero") }),
  /** Bins where somebody picked short. */
  z.strictObject({ kind: z.literal("doubt") }),
]);
export type Basis = z.infer<typeof BasisSchema>;

/** A difference over either is counted once more: units, and value in fen. */
export const ToleranceSchema = z.strictObject({
  units: z.int().min(0).max(1_000_000),
  valueMinor: z.int().min(0).max(1_000_000_000),
});
export type Tolerance = z.infer<typeof ToleranceSchema>;
export const usualTolerance: Tolerance = { units: 2, valueMinor: 10_000 };

export const NewCountSchema = z.strictObject({
  warehouse: WarehouseIdSchema,
  basis: BasisSchema,
  tolerance: ToleranceSchema.optional(),
  /** The owner who asked for it (货主要求的盘点); see `Count`. */
  asked: CompanyIdSchema.optional(),
});
export type NewCount = z.infer<typeof NewCountSchema>;

/** What a person found in one bin; an empty list is an empty bin. */
export const FoundSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({ product: ProductIdSchema, lot: LotSchema.optional(), units: z.int().min(0).max(1_000_000) }),
    )
    .max(300),
  /** When a phone without a network began to count the bin; what moved since makes the count unsure. */
  since: z.iso.datetime().optional(),
});
export type Found = z.infer<typeof FoundSchema>;
export const RecountSchema = z.strictObject({ bins: z.array(BinCodeSchema).min(1).max(500) });

export const countStates = [
  "requested",
  "counting",
  "to-review",
  "posting",
  "posted",
  "rejected",
  "cancelled",
] as const;
export type CountState = (typeof countStates)[number];
export const countBinStates = ["open", "counting", "counted", "recount"] as const;
export type CountBinState = (typeof countBinStates)[number];

const headFields = {
  id: CountIdSchema,
  warehouse: WarehouseIdSchema,
  at: z.string(),
  by: z.string(),
  basis: BasisSchema,
  tolerance: ToleranceSchema,
  state: z.enum(countStates),
  bins: z.int(),
  done: z.int(),
  /** People who counted: none of them may judge it. */
  counters: z.array(z.string()),
  judgedBy: z.string().optional(),
  endedAt: z.string().optional(),
  asked: CompanyIdSchema.optional(),
};
export const ListedCountSchema = z.object(headFields);
export type ListedCount = z.infer<typeof ListedCountSchema>;
/**
 * A count document's head (盘点单). A count costs only whoever asked for it: once it is over and its figures stand (posted), `asked` is told the lines of its own goods, their units and bins, each once. Counts of
 * our own, by plan or by doubt, cost nobody; nor does counting a bin again because of our own doubt, nor a count that was rejected or cancelled, nor what of others lay in the same bins.
 */
export type Count = Omit<ListedCount, "id" | "warehouse" | "by" | "counters"> & {
  id: CountId;
  warehouse: WarehouseId;
  by: PersonId | string;
  counters: string[];
  codes: string[];
};

export const CountLineSchema = z.object({
  company: z.string(),
  product: ProductIdSchema,
  name: z.string(),
  code: z.string(),
  lot: z.string().optional(),
  /** What the ledger had when it was counted; only for those who judge. */
  expected: z.int(),
  counted: z.int(),
  variance: z.int(),
  valueMinor: z.int().optional(),
  /** Units that were posted: less than the variance when the goods left meanwhile. */
  posted: z.int().optional(),
});
export type CountLine = z.infer<typeof CountLineSchema>;
export const CountBinSchema = z.object({
  code: z.string(),
  sequence: z.int(),
  state: z.enum(countBinStates),
  round: z.int(),
  /** Left out for whoever counts: a blind count (盲盘). */
  lines: z.array(CountLineSchema).optional(),
});
export type CountBinView = z.infer<typeof CountBinSchema>;
export const CountSchema = z.object({
  ...headFields,
  items: z.array(CountBinSchema),
  /** Whether the caller may approve, reject or send back. */
  mayJudge: z.boolean(),
});
export type CountView = z.infer<typeof CountSchema>;

/** One bin of a count: what lay there by the ledger when its counting began, and what was found. */
export type CountBin = {
  code: string;
  sequence: number;
  state: CountBinState;
  round: number;
  /** Units by `<company>/<product>/<lot>` when the counting of this round began. */
  before?: Record<string, number>;
  by?: string;
  lines?: CountLine[];
  /** When it was counted last. */
  at?: string;
  /** What other counts had posted of each line by then, in units; see `stillWrong`. */
  adjusted?: number[];
  /** The line that is posted in several commits, and what of it is. */
  posting?: { line: number; units: number };
};

/** Goods that a scanned code names, without a figure. */
export const NamedGoodsSchema = z.object({
  id: ProductIdSchema,
  company: z.string(),
  name: z.string(),
  code: z.string(),
  gtin: z.string().optional(),
  packs: z.array(PackagingSchema).optional(),
  track: z.enum(["lot", "serial"]).optional(),
  dated: z.boolean().optional(),
});
