import { InvoiceRowSchema } from "@yihao/billing/model";
import { BookingRowSchema, PresenceSchema, ResourceKindSchema } from "@yihao/booking/model";
import { StreamSchema } from "@yihao/pricing/model";
import { z } from "zod";

export const DaySchema = z.iso.date();
export const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Gross (含税) and net (不含税) fen of one stream. */
export const StreamRevenueSchema = z.object({ stream: StreamSchema, grossMinor: z.int(), netMinor: z.int() });
export type StreamRevenue = z.infer<typeof StreamRevenueSchema>;
/** What a month brought by stream (收入构成): charged so far, and of it finalised on bills (net). */
export const MonthRevenueSchema = z.object({
  month: MonthSchema,
  grossMinor: z.int(),
  netMinor: z.int(),
  finalisedMinor: z.int(),
  paidMinor: z.int(),
  streams: z.array(StreamRevenueSchema),
});
export type MonthRevenue = z.infer<typeof MonthRevenueSchema>;
/** Charged up to and with each day of a month, gross. */
export const CumulativeSchema = z.array(z.int());

const CountSchema = z.object({ count: z.int(), amountMinor: z.int() });
export const SiteTodaySchema = z.object({
  id: z.string(),
  name: z.string(),
  zone: z.string(),
  day: DaySchema,
  resources: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      name: z.string(),
      kind: ResourceKindSchema,
      capacity: z.int(),
      active: z.boolean(),
    }),
  ),
  bookings: z.array(BookingRowSchema),
  presence: PresenceSchema,
});
export const LowStockSchema = z.object({
  product: z.string(),
  company: z.string(),
  code: z.string(),
  name: z.string(),
  free: z.int(),
  reorderPoint: z.int(),
});
export type LowStock = z.infer<typeof LowStockSchema>;

/** The Today page (今日): what goes on, what came and went, what waits for money, what was earned, and what is to be done. */
export const TodaySchema = z.object({
  day: DaySchema,
  now: z.string(),
  zone: z.string(),
  sites: z.array(SiteTodaySchema),
  stock: z.object({
    today: z.object({ inUnits: z.int(), outUnits: z.int() }),
    /** Monday to the day. */
    week: z.object({ inUnits: z.int(), outUnits: z.int() }),
  }),
  invoices: z.object({ draft: CountSchema, due: CountSchema, overdue: CountSchema, paidThisMonth: CountSchema }),
  revenue: z.object({
    thisMonth: MonthRevenueSchema,
    lastMonth: MonthRevenueSchema,
    thisByDay: CumulativeSchema,
    lastByDay: CumulativeSchema,
  }),
  todo: z.object({
    overdue: z.array(InvoiceRowSchema),
    lowStock: z.array(LowStockSchema),
    asns: z.array(
      z.object({
        id: z.string(),
        company: z.string(),
        state: z.string(),
        expected: z.int(),
        expectedOn: z.string().optional(),
      }),
    ),
    orders: z.array(
      z.object({
        id: z.string(),
        company: z.string(),
        state: z.string(),
        lines: z.int(),
        units: z.int(),
        at: z.string(),
      }),
    ),
    deadLetters: z.int(),
  }),
});
export type Today = z.infer<typeof TodaySchema>;

/** Work that failed for good (卡住的工作): the fact, which error, and when it was given up. */
export const DeadLetterSchema = z.object({
  id: z.string(),
  kind: z.string(),
  type: z.string(),
  subject: z.string(),
  error: z.string(),
  at: z.string(),
});
export type DeadLetterView = z.infer<typeof DeadLetterSchema>;

export const insightRefusals = { "dead-letter.failed": 409 } as const;
export type InsightRefusal = keyof typeof insightRefusals;
