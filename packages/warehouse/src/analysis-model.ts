import { z } from "zod";
import { topLists, windows } from "./analysis.ts";
import { abcClasses } from "./count-model.ts";
import { CompanyIdSchema, ProductIdSchema } from "./model.ts";

const AgeCellSchema = z.object({ units: z.int(), valueMinor: z.int() });
const PartSchema = z.object({ products: z.int(), issued: z.int(), issuedMinor: z.int() });
const PartsSchema = z.object({ A: PartSchema, B: PartSchema, C: PartSchema });
export const WindowFiguresSchema = z.object({
  moved: z.int(),
  base: z.int(),
  issued: z.int(),
  issuedMinor: z.int(),
  byValue: PartsSchema,
  byUnits: PartsSchema,
});
/** Figures of stock on a day: see analysis.ts for what each means. Money in fen; `windows` of 30, 90 and 365 days. */
export const StockFiguresSchema = z.object({
  products: z.int(),
  stocked: z.int(),
  units: z.int(),
  valueMinor: z.int(),
  fifoMinor: z.int(),
  unpriced: z.int(),
  ages: z.array(AgeCellSchema),
  dead: z.object({ products: z.int(), units: z.int(), valueMinor: z.int() }),
  cover: z.array(z.int()),
  windows: z.array(WindowFiguresSchema).length(windows.length),
});
/** What an owner's goods were on a local day (库存分析), worked out at an instant. */
export const OwnerFiguresSchema = StockFiguresSchema.extend({
  company: CompanyIdSchema,
  name: z.string(),
  day: z.string(),
  at: z.string(),
});
export type OwnerFigures = z.infer<typeof OwnerFiguresSchema>;

/** Total of an owner's stock at the end of a local day. */
export const StockDaySchema = z.object({
  day: z.string(),
  units: z.int(),
  valueMinor: z.int(),
  fifoMinor: z.int(),
  products: z.int(),
});
export type StockDay = z.infer<typeof StockDaySchema>;

export const SheetSchema = z.object({
  product: ProductIdSchema,
  company: CompanyIdSchema.optional(),
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  onHand: z.int(),
  valueMinor: z.int(),
  fifoMinor: z.int(),
  unpriced: z.int(),
  costMinor: z.int().optional(),
  issued: z.tuple([z.int(), z.int(), z.int()]),
  lastIn: z.string().optional(),
  lastOut: z.string().optional(),
  oldest: z.string().optional(),
  ages: z.array(AgeCellSchema),
  /** Classes over 30, 90 and 365 days: three letters each, by value issued and by units. */
  byValue: z.string().optional(),
  byUnits: z.string().optional(),
});
export type SheetView = z.infer<typeof SheetSchema>;

export const AnalysisSchema = z.object({
  /** One an owner who has goods and was looked at; the sum of all is the caller's to make (`sumFigures`). */
  items: z.array(OwnerFiguresSchema),
  /** Of one owner: what stock was worth at the end of each day that was closed, oldest first. */
  days: z.array(StockDaySchema),
});
export const TopQuerySchema = z.object({ company: CompanyIdSchema.optional(), list: z.enum(topLists) });
export const abcNames = abcClasses;

/** What a product was at the end of a day, from the ledger. */
export const StockOnDaySchema = z.object({
  product: ProductIdSchema,
  code: z.string(),
  name: z.string(),
  unit: z.string(),
  onHand: z.int(),
  valueMinor: z.int(),
  fifoMinor: z.int(),
  unpriced: z.int(),
});
export type StockOnDay = z.infer<typeof StockOnDaySchema>;
