import { DisputeSchema } from "@yihao/billing/dispute-model";
import { InvoiceRowSchema } from "@yihao/billing/model";
import { BookingRowSchema, PresenceSchema, ResourceKindSchema } from "@yihao/booking/model";
import { RequestSchema } from "@yihao/booking/request-model";
import { CommunityTodoSchema } from "@yihao/community/todo-model";
import { MembersTodoSchema } from "@yihao/members/todo-model";
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
      /** How many alike stand behind it, one when left out. */
      units: z.int().optional(),
      /** Somebody has it for months on that day. */
      let: z.boolean().optional(),
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
  /** For those who may see bills. */
  invoices: z
    .object({ draft: CountSchema, due: CountSchema, overdue: CountSchema, paidThisMonth: CountSchema })
    .optional(),
  /** For those who may see what was earned. */
  revenue: z
    .object({
      thisMonth: MonthRevenueSchema,
      lastMonth: MonthRevenueSchema,
      thisByDay: CumulativeSchema,
      lastByDay: CumulativeSchema,
    })
    .optional(),
  todo: z.object({
    overdue: z.array(InvoiceRowSchema),
    disputes: z.array(DisputeSchema),
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
    /** Bookings that wait for approval, those that lapse first before the others. */
    requests: z.array(
      RequestSchema.pick({ booking: true, code: true, companyName: true, from: true, askedUntil: true, zone: true }),
    ),
    members: MembersTodoSchema,
    community: CommunityTodoSchema,
  }),
});
export type Today = z.infer<typeof TodaySchema>;

/** How long ahead bookings are made, in minutes: from this step on, up to the next. */
export const leadSteps = [0, 60, 1440, 4320, 10_080, 20_160] as const;
export type LeadStep = (typeof leadSteps)[number];
/** So many days at most in one picture of use: each is a query. */
export const useDaysMost = 92;
const CellsSchema = z.array(z.int()).length(168);
const UseRowSchema = z.object({
  bookings: z.int(),
  minutes: z.int(),
  /** Over, and nobody checked in (未签到). */
  unseen: z.int(),
  /** Told to whoever may see figures of money. */
  moneyMinor: z.int().optional(),
});
/**
 * How a site was used over some days (使用情况). `heat` has a cell for each hour of the week, Monday 00:00 first: minutes booked, and minutes that things of the kind were open.
 */
export const UseSchema = z.object({
  site: z.string(),
  from: DaySchema,
  /** Excluded. */
  until: DaySchema,
  totals: z.object({
    bookings: z.int(),
    cancelled: z.int(),
    checkedIn: z.int(),
    unseen: z.int(),
    /** Of those not checked in to, released so that others could have the rest (未到释放). */
    released: z.int(),
    minutes: z.int(),
    openMinutes: z.int(),
  }),
  heat: z.array(z.object({ kind: ResourceKindSchema, taken: CellsSchema, open: CellsSchema })),
  resources: z.array(
    UseRowSchema.extend({
      resource: z.string(),
      code: z.string(),
      name: z.string(),
      kind: ResourceKindSchema,
      openMinutes: z.int(),
    }),
  ),
  companies: z.array(UseRowSchema.extend({ company: z.string(), name: z.string() })),
  lead: z.array(z.object({ minutes: z.int(), bookings: z.int() })),
});
export type Use = z.infer<typeof UseSchema>;

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

export const insightRefusals = { "dead-letter.failed": 409, "use.days": 422 } as const;
export type InsightRefusal = keyof typeof insightRefusals;
