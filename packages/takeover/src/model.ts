import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

/** What a running space brings along, one file each (接管): leases, plans, what is left of packs, deposits, and what is open of bills or paid ahead. */
export const takeoverKinds = ["leases", "plans", "packs", "deposits", "balances"] as const;
export type TakeoverKind = (typeof takeoverKinds)[number];
/** Rows of one file at most. */
export const takeoverRowsMost = 2000;

export const TakeoverIdSchema = z.templateLiteral(["tko_", z.string()]).refine((text) => isId("tko", text));
export type TakeoverId = z.infer<typeof TakeoverIdSchema>;
const DaySchema = z.iso.date();

/** What a file can be summed by beside its rows: money in fen, hours in minutes, other credits in their units. */
export const measures = ["rentMinor", "depositMinor", "owedMinor", "creditMinor", "minutes", "units"] as const;
export type Measure = (typeof measures)[number];
/** The sums that each file has. */
export const measuresOf: Readonly<Record<TakeoverKind, readonly Measure[]>> = {
  leases: ["rentMinor"],
  plans: ["minutes"],
  packs: ["minutes", "units"],
  deposits: ["depositMinor"],
  balances: ["owedMinor", "creditMinor"],
};
const amounts = z.partialRecord(z.enum(measures), z.int());
/** Sums of a file: its rows and what they measure. */
export const SumsSchema = z.object({ rows: z.int(), measures: amounts });
export type Sums = z.infer<typeof SumsSchema>;
/** The totals that the operator read in the old books (控制合计), as far as they were typed. */
export const ControlSchema = z.strictObject({
  rows: z.int().min(0).max(1_000_000).optional(),
  measures: amounts.optional(),
});
export type Control = z.infer<typeof ControlSchema>;

export const TakeoverWishSchema = z.strictObject({
  kind: z.enum(takeoverKinds),
  csv: z.string().min(1).max(1_000_000),
  /** The first day that is this system's (接管日): plans are charged from it on. */
  day: DaySchema,
  control: ControlSchema.optional(),
  file: z.string().max(120).optional(),
  mode: z.enum(["dry-run", "commit"]),
});
export type TakeoverWish = z.infer<typeof TakeoverWishSchema>;

export const rowReasons = [
  "required",
  "too-long",
  "day",
  "days",
  "future",
  "money",
  "number",
  "choice",
  "currency",
  "company-unknown",
  "company-two",
  "company-left",
  "plan-unknown",
  "plan-retired",
  "plan-running",
  "plan-day",
  "pack-unknown",
  "place-unknown",
  "place-not-let",
  "place-let",
  "over",
  "too-much",
  "series-number",
  "twice",
  "taken",
  "extra-cells",
] as const;
/** One thing wrong in one row; `row` as a spreadsheet shows it, the heading is row 1. `at` is the other row, the most, or what is meant by the reason. */
export const TakeoverFaultSchema = z.object({
  row: z.int(),
  column: z.string(),
  reason: z.enum(rowReasons),
  value: z.string(),
  at: z.int().optional(),
});
export type TakeoverFault = z.infer<typeof TakeoverFaultSchema>;

/** A row as people see it: whose it is, what it is (number, plan, pack), what it measures, and what became of it. */
export const TakeoverRowSchema = z.object({
  row: z.int(),
  company: CompanyIdSchema.optional(),
  companyName: z.string(),
  what: z.string(),
  measures: amounts,
  state: z.enum(["waiting", "taken", "refused"]),
  document: z.string().optional(),
  refusal: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).optional(),
});
export type TakeoverRow = z.infer<typeof TakeoverRowSchema>;

/** What a file would do: every row, every fault, its sums, and the headings that nothing is taken from. */
export const TakeoverDryRunSchema = z.object({
  rows: z.array(TakeoverRowSchema),
  faults: z.array(TakeoverFaultSchema),
  good: z.int(),
  sums: SumsSchema,
  ignored: z.array(z.string()),
});
export type TakeoverDryRun = z.infer<typeof TakeoverDryRunSchema>;

/** A file that was taken over (接管记录), or is being: how far it is. */
export const TakeoverSchema = z.object({
  id: TakeoverIdSchema,
  kind: z.enum(takeoverKinds),
  day: DaySchema,
  file: z.string(),
  at: z.string(),
  by: z.string(),
  rows: z.int(),
  taken: z.int(),
  refused: z.int(),
  control: ControlSchema,
});
export type Takeover = z.infer<typeof TakeoverSchema>;
/** The report of a file: what it held, what of it was taken over, row by row. */
export const TakeoverReportSchema = TakeoverSchema.extend({
  currency: z.string(),
  sums: SumsSchema,
  takenSums: SumsSchema,
  items: z.array(TakeoverRowSchema),
});
export type TakeoverReport = z.infer<typeof TakeoverReportSchema>;

/** `takeover.asked`: a part of a file is to be taken over. Its subject is the part. */
export const TakeoverAskedSchema = z.object({ takeover: TakeoverIdSchema, chunk: z.int() });
export type TakeoverAsked = z.infer<typeof TakeoverAskedSchema>;

export const takeoverRefusals = { "takeover.faults": 422, "takeover.heading": 422 } as const;
export type TakeoverRefusal = keyof typeof takeoverRefusals;
