import { CreditIdSchema } from "@yihao/billing/credit-model";
import { ChargeServiceSchema, InvoiceIdSchema, PerSchema } from "@yihao/billing/model";
import { type Stream, StreamSchema } from "@yihao/pricing/model";
import { z } from "zod";

const MinorSchema = z.int();
const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
/** The site of what belongs to no site: plans, packs, and services without a place. */
export const noSite = "-";

/** Revenue of one stream at one site, in fen: net (不含税), the tax on it, and how much of the net credit notes took back, which is off the net already. */
export const StreamCellSchema = z.object({
  site: z.string(),
  stream: StreamSchema,
  netMinor: MinorSchema,
  taxMinor: MinorSchema,
  creditedMinor: MinorSchema,
});
export type StreamCell = z.infer<typeof StreamCellSchema>;

export const EntryPartSchema = StreamCellSchema.omit({ creditedMinor: true });
export type EntryPart = z.infer<typeof EntryPartSchema>;
/** A bill or a credit note as revenue of the month it is posted to (记账期间); the parts of a credit note are below zero. */
export const EntrySchema = z.object({
  document: z.union([InvoiceIdSchema, CreditIdSchema]),
  kind: z.enum(["bill", "credit"]),
  invoice: InvoiceIdSchema,
  number: z.string(),
  company: z.string(),
  companyName: z.string(),
  month: MonthSchema,
  on: z.string(),
  parts: z.array(EntryPartSchema),
});
export type Entry = z.infer<typeof EntrySchema>;

/** What streams cost in a month (成本), in fen, as somebody entered it. */
export const CostsSchema = z.partialRecord(StreamSchema, z.int().min(0).max(100_000_000_000));
export type Costs = { [S in Stream]?: number | undefined };
export const CostsWishSchema = z.strictObject({ costs: CostsSchema });
export const CostsViewSchema = z.object({ month: MonthSchema, costs: CostsSchema, rev: z.int() });
export type CostsView = { month: string; costs: Costs; rev: number };

/** How large a site is: floor area in square metres (面积), as entered, and its bins (库位), counted when that was. */
export const SizeSchema = z.object({ site: z.string(), areaM2: z.int().min(0), bins: z.int() });
export const SizesWishSchema = z.strictObject({
  sites: z
    .array(z.strictObject({ site: z.string().max(60), areaM2: z.int().min(0).max(1_000_000) }))
    .min(1)
    .max(40),
});
export const SizesSchema = z.object({ sites: z.array(SizeSchema), countedAt: z.string().optional(), rev: z.int() });
export type Sizes = z.infer<typeof SizesSchema>;

/** Revenue by stream, month and site: what finalised bills brought less what credit notes took back. The last month runs still. */
export const StreamsSchema = z.object({
  months: z.array(z.object({ month: MonthSchema, cells: z.array(StreamCellSchema), costs: CostsViewSchema })),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  sizes: SizesSchema,
  /** Whether bills from before these figures were kept are in them. */
  filled: z.boolean(),
});
export type Streams = Omit<z.infer<typeof StreamsSchema>, "months"> & {
  months: { month: string; cells: StreamCell[]; costs: CostsView }[];
};

/** A line of a bill, or what a credit note took back of one, as revenue of a month. Amounts are gross (含税), below zero for credit notes. */
export const StreamLineSchema = z.object({
  document: z.string(),
  kind: z.enum(["bill", "credit"]),
  invoice: InvoiceIdSchema,
  number: z.string(),
  site: z.string(),
  stream: StreamSchema,
  service: ChargeServiceSchema,
  name: z.string().optional(),
  quantity: z.int().optional(),
  per: PerSchema.optional(),
  unitMinor: MinorSchema.optional(),
  amountMinor: MinorSchema,
  taxMinor: MinorSchema,
});
export type StreamLine = z.infer<typeof StreamLineSchema>;

/** How far older bills were taken in: `next` is where to go on, null at the end. */
export const FilledSchema = z.object({
  /** Documents that were new, companies, and all bills and companies that were looked at. */
  documents: z.int(),
  companies: z.int(),
  read: z.int(),
  next: z.string().nullable(),
});
export const FillWishSchema = z.strictObject({ cursor: z.string().max(2000).optional() });

/** Days at one price a month, in fen as agreed (含税), and the days on which it rests. Half-open; open without an end. */
export const RecurringPhaseSchema = z.object({
  id: z.string(),
  from: z.string(),
  until: z.string().optional(),
  monthlyMinor: MinorSchema,
  pauses: z.array(z.object({ from: z.string(), until: z.string().optional() })),
});
export type RecurringPhase = z.infer<typeof RecurringPhaseSchema>;
/** What comes of a company month by month: its plans (套餐) and its rents (房租), with all they went through. */
export type Recurring = {
  readonly company: string;
  readonly name: string;
  readonly plans: readonly RecurringPhase[];
  readonly rents: readonly RecurringPhase[];
};

export const moves = ["new", "expansion", "contraction", "churn", "reactivation"] as const;
export type Move = (typeof moves)[number];
const MovesSchema = z.object({
  new: MinorSchema,
  expansion: MinorSchema,
  contraction: MinorSchema,
  churn: MinorSchema,
  reactivation: MinorSchema,
});
/**
 * Monthly recurring revenue (MRR, 月经常性收入) over a month: where it began, what new companies, dearer and cheaper plans, leavers and returners changed, and where it ended. All parts are above zero; end =
 * start + new + reactivation + expansion − contraction − churn.
 */
export const MrrMonthSchema = z.object({
  month: MonthSchema,
  startMinor: MinorSchema,
  endMinor: MinorSchema,
  moves: MovesSchema,
  /** Companies that bring some at its end. */
  companies: z.int(),
});
export type MrrMonth = z.infer<typeof MrrMonthSchema>;
export const MoverSchema = z.object({
  company: z.string(),
  name: z.string(),
  move: z.enum(moves),
  beforeMinor: MinorSchema,
  afterMinor: MinorSchema,
});
export type Mover = z.infer<typeof MoverSchema>;
/** What plans and rents will bring in a month to come as they stand now, by the day, gross. */
export const ForecastMonthSchema = z.object({ month: MonthSchema, plansMinor: MinorSchema, rentsMinor: MinorSchema });
export type ForecastMonth = z.infer<typeof ForecastMonthSchema>;
export const RecurringViewSchema = z.object({
  months: z.array(MrrMonthSchema),
  forecast: z.array(ForecastMonthSchema),
});
export type RecurringView = z.infer<typeof RecurringViewSchema>;
