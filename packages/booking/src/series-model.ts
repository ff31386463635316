import { CompanyIdSchema } from "@yihao/identity/model";
import { PricedSchema } from "@yihao/pricing/model";
import { z } from "zod";
import {
  AnsweredSchema,
  AskedSchema,
  BookingSchema,
  BookingViewSchema,
  CancelSchema,
  DaySchema,
  InstantSchema,
  LanguageSchema,
  PackPartSchema,
  paidShape,
  ResourceIdSchema,
  SeriesIdSchema,
  whatWhenWhose,
} from "./model.ts";
import { RepeatSchema } from "./recurrence.ts";
import { WallTimeSchema } from "./rules-model.ts";

/**
 * What somebody wants again and again (重复预订): a resource from a first possible local day on, by the rule, from one wall time of the site until another (of the next day when that is not
 * later). What is had by the day has no times. Staff name the company that it is for.
 */
export const SeriesWishSchema = z.strictObject({
  resource: ResourceIdSchema,
  company: CompanyIdSchema.optional(),
  day: DaySchema,
  from: WallTimeSchema.optional(),
  until: WallTimeSchema.optional(),
  repeat: RepeatSchema,
});
export type SeriesWish = z.infer<typeof SeriesWishSchema>;

/** A wish with what was shown for it, and whether occurrences that cannot be had are left out (`skip`) or nothing is booked then (`refuse`). */
export const NewSeriesSchema = SeriesWishSchema.extend({
  conflicts: z.enum(["refuse", "skip"]),
  language: LanguageSchema.optional(),
  expectCount: z.int().min(1),
  expectMinor: z.int().min(0),
  expectAllowanceMinutes: z.int().min(0).optional(),
  expectAllowanceDays: z.int().min(0).optional(),
  expectCreditMinutes: z.int().min(0).optional(),
  expectCreditDays: z.int().min(0).optional(),
});
export type NewSeries = z.infer<typeof NewSeriesSchema>;

/** An occurrence that cannot be had, and the refusal that a booking of it alone would get. */
export const ConflictSchema = z.object({
  day: DaySchema,
  code: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});
export type Conflict = z.infer<typeof ConflictSchema>;

const OccurrenceSchema = z.object({
  day: DaySchema,
  from: z.string(),
  until: z.string(),
  totalMinor: z.int(),
  ...paidShape,
});
/** The whole of a series before it is booked: each occurrence with its price, what they cost together, and those that cannot be had. */
export const SeriesQuoteSchema = z.object({
  resource: ResourceIdSchema,
  company: CompanyIdSchema,
  zone: z.string(),
  occurrences: z.array(OccurrenceSchema),
  conflicts: z.array(ConflictSchema),
  totalMinor: z.int(),
  taxMinor: z.int(),
  ...paidShape,
  /** The instant until which the price is kept. */
  until: z.string(),
  /** All of it would be one request that staff answer until then. */
  approval: z.object({ until: z.string() }).optional(),
});
export type SeriesQuote = z.infer<typeof SeriesQuoteSchema>;

/**
 * A series as it is kept. `claiming`: its first `claimed` occurrences stand on their sheets for nobody to see; `releasing`: it has lost and gives them back; `booked`: all
 * stand, and those that have no booking yet are about to get it. `settled` when every occurrence has been a booking.
 */
export const SeriesSchema = z.object({
  id: SeriesIdSchema,
  state: z.enum(["claiming", "releasing", "booked"]),
  claimed: z.int(),
  count: z.int(),
  settled: z.boolean().optional(),
  ...BookingSchema.pick({
    resource: true,
    code: true,
    resourceName: true,
    kind: true,
    by: true,
    site: true,
    zone: true,
    bufferMinutes: true,
    bufferBeforeMinutes: true,
    cancellation: true,
    noShowMinutes: true,
    company: true,
    companyName: true,
    person: true,
    personName: true,
    at: true,
  }).shape,
  repeat: RepeatSchema,
  day: DaySchema,
  /** Wall times of the site; none for what is had by the day. */
  from: WallTimeSchema.optional(),
  until: WallTimeSchema.optional(),
  skipped: z.array(ConflictSchema.pick({ day: true, code: true })),
  totalMinor: z.int(),
  ...paidShape,
  /** Whether staff booked it, who are not held to training. */
  staff: z.boolean(),
  /** What was asked under its command. */
  print: z.string(),
  /** It was made as one request (整体审批), its bookings tentative … */
  asked: AskedSchema.optional(),
  /** … and was answered so, which its bookings follow while `answering`. */
  answered: AnsweredSchema.optional(),
  answering: z.boolean().optional(),
  /** Its occurrences from this instant on are cancelled … */
  endFrom: z.string().optional(),
  /** … or still are to be, when this is set … */
  ending: z.boolean().optional(),
  /** … and who bears what that costs, as whoever ends it said. */
  fee: CancelSchema.omit({ rev: true }).extend({ staff: z.boolean() }).optional(),
});
export type Series = z.infer<typeof SeriesSchema>;

/** One occurrence as it was booked, beside what all of its series have in common. */
export type Occurrence = Pick<
  z.infer<typeof BookingSchema>,
  "id" | "day" | "from" | "until" | "price" | "packs" | "counted"
>;

/** The occurrences of a series, packed: `<day> <start in base 36 minutes> <minutes> <shape>`, with the few prices and quotas that they share. */
export const OccurrencesSchema = z.object({
  shapes: z.array(
    z.object({
      price: PricedSchema,
      packs: z.array(PackPartSchema).optional(),
      counted: z.array(z.string()).optional(),
    }),
  ),
  days: z.array(z.string()),
});
export type Occurrences = z.infer<typeof OccurrencesSchema>;

/** A series with its bookings in order of time as they stand now: a moved one where it went. */
export const SeriesViewSchema = SeriesSchema.pick({
  ...whatWhenWhose,
  id: true,
  count: true,
  repeat: true,
  skipped: true,
  totalMinor: true,
  allowanceMinutes: true,
  creditMinutes: true,
  allowanceDays: true,
  creditDays: true,
  at: true,
  asked: true,
  answered: true,
}).extend({
  bookings: z.array(
    BookingViewSchema.pick({
      id: true,
      resource: true,
      code: true,
      day: true,
      from: true,
      until: true,
      state: true,
      price: true,
      cancellation: true,
      rev: true,
    }),
  ),
});
export type SeriesView = z.infer<typeof SeriesViewSchema>;

/** Cancels what starts at this instant or later, and has not started yet; everything to come when it is left out. */
export const EndSeriesSchema = CancelSchema.omit({ rev: true }).extend({ from: InstantSchema.optional() });
export type EndSeries = z.infer<typeof EndSeriesSchema>;
/** What cancelling some of a series came to. */
export const EndedSeriesSchema = z.object({
  cancelled: z.int(),
  refundMinor: z.int(),
  feeMinor: z.int(),
  ...paidShape,
});
export type EndedSeries = z.infer<typeof EndedSeriesSchema>;

/** Moves what starts at this instant or later to other wall times, by whole days too, or to a like resource. */
export const MoveSeriesSchema = z.strictObject({
  from: InstantSchema,
  resource: ResourceIdSchema.optional(),
  /** New wall times of the site, both or none. */
  start: WallTimeSchema.optional(),
  end: WallTimeSchema.optional(),
  /** Later by so many days, earlier when negative. */
  days: z.int().min(-60).max(60).optional(),
});
export type MoveSeries = z.infer<typeof MoveSeriesSchema>;
const StayedSchema = ConflictSchema.extend({ booking: z.string() });
/** What moving some of a series would come to, or came to: the price of those that move, before and after, and those that stay with the reason. */
export const MovedSeriesSchema = z.object({
  moved: z.int(),
  beforeMinor: z.int(),
  afterMinor: z.int(),
  stayed: z.array(StayedSchema),
});
export type MovedSeries = z.infer<typeof MovedSeriesSchema>;

/** `series.booked`, `series.answered`, `series.moved`, `series.ended`: on the series' own timeline; its company's has its bookings. */
export type SeriesTold = { readonly series: Series["id"]; readonly count: number; readonly from?: string };
