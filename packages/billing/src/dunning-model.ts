import { CompanyIdSchema } from "@yihao/identity/model";
import { z } from "zod";
import { DaySchema, InvoiceIdSchema, MinorSchema } from "./model.ts";

/** A level of dunning (催缴级别): so many days after a bill was due its company is written to; `suspends` then also stops new bookings, never goods that are the company's. */
export const LevelSchema = z.strictObject({ afterDays: z.int().min(1).max(180), suspends: z.boolean() });
export type Level = z.infer<typeof LevelSchema>;

/**
 * What late payment costs (滞纳金, 违约金), by 民法典 第五百八十五条 whatever the contract says and no more than it says: `daily` is a rate in hundredths of a percent (万分之几) of what is open for each day from the
 * day after `graceDays`, up to `capPercent` of the bill; `fixed` an amount for each bill once it is `graceDays` over. `daily` 5 is 万分之五 a day.
 */
export const LateFeeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("daily"),
    perTenThousand: z.int().min(1).max(50),
    graceDays: z.int().min(0).max(90),
    capPercent: z.int().min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal("fixed"),
    amountMinor: z.int().min(1).max(10_000_000),
    graceDays: z.int().min(0).max(90),
    capPercent: z.int().min(1).max(100),
  }),
]);
export type LateFee = z.infer<typeof LateFeeSchema>;

/** How a space duns (催缴设置). Off until it is turned on by hand: nobody is written to of old bills by surprise. */
export const DunningSettingsSchema = z.strictObject({
  on: z.boolean(),
  levels: z
    .array(LevelSchema)
    .min(1)
    .max(6)
    .refine((levels) => levels.every(({ afterDays }, at) => at === 0 || afterDays > (levels[at - 1]?.afterDays ?? 0)), {
      params: { rule: "levels-rise" },
    }),
  fee: LateFeeSchema,
});
export type DunningSettings = z.infer<typeof DunningSettingsSchema>;
export const defaultDunning: DunningSettings = {
  on: false,
  levels: [
    { afterDays: 3, suspends: false },
    { afterDays: 7, suspends: false },
    { afterDays: 14, suspends: true },
  ],
  fee: { kind: "none" },
};

export const promiseStates = ["open", "kept", "broken", "withdrawn"] as const;
/** A promise to pay (承诺付款): dunning rests up to and on its day; money that comes by then keeps it, otherwise it is broken and dunning goes on. */
export const PromiseSchema = z.object({
  amountMinor: MinorSchema,
  on: DaySchema,
  note: z.string(),
  state: z.enum(promiseStates),
  at: z.string(),
  by: z.string(),
});
export type PromiseToPay = z.infer<typeof PromiseSchema>;
export const NewPromiseSchema = z.strictObject({
  amountMinor: z.int().min(1).max(100_000_000_000),
  on: DaySchema,
  note: z.string().trim().max(200).default(""),
});
export type NewPromise = z.infer<typeof NewPromiseSchema>;
/** How many days ahead a promise may be at most. */
export const promiseDaysMost = 60;

/** How far a bill is: the level it has reached, 1 first, and the day on which it did. */
export const DunnedBillSchema = z.object({ invoice: InvoiceIdSchema, level: z.int(), on: DaySchema });
/** A company's dunning file: which of its bills are at which level, its latest promise, and since when new bookings are stopped because of it. */
export const DunningFileSchema = z.object({
  company: CompanyIdSchema,
  bills: z.array(DunnedBillSchema),
  promise: PromiseSchema.optional(),
  suspendedAt: z.string().optional(),
});
export type DunningFile = z.infer<typeof DunningFileSchema>;

/** What happens next to a company, on which day. `resume` is the day after a promise, on which it is looked at. */
export const NextStepSchema = z.object({
  on: DaySchema,
  does: z.enum(["remind", "suspend", "resume"]),
  level: z.int(),
  invoice: InvoiceIdSchema.optional(),
});
export type NextStep = z.infer<typeof NextStepSchema>;

/** A company with bills that are over, as the dunning page and the portal show it. */
export const DunningViewSchema = z.object({
  company: CompanyIdSchema,
  companyName: z.string(),
  level: z.int(),
  openMinor: MinorSchema,
  bills: z.array(
    z.object({
      invoice: InvoiceIdSchema,
      number: z.string(),
      dueOn: DaySchema,
      daysOver: z.int(),
      openMinor: MinorSchema,
      level: z.int(),
    }),
  ),
  next: NextStepSchema.optional(),
  promise: PromiseSchema.optional(),
  suspendedAt: z.string().optional(),
});
export type DunningView = z.infer<typeof DunningViewSchema>;

/** `dunning.reminded`, on the company's timeline as all below: the bills that reached a level, and what is open of them. */
export const DunningRemindedSchema = z.object({
  company: CompanyIdSchema,
  level: z.int(),
  suspends: z.boolean(),
  openMinor: MinorSchema,
  bills: z.array(z.object({ invoice: InvoiceIdSchema, number: z.string(), level: z.int(), openMinor: MinorSchema })),
});
export type DunningReminded = z.infer<typeof DunningRemindedSchema>;
/** `promise.made`, `promise.kept`, `promise.broken`, `promise.withdrawn`. */
export const PromiseToldSchema = z.object({ company: CompanyIdSchema, amountMinor: MinorSchema, on: DaySchema });
export type PromiseTold = z.infer<typeof PromiseToldSchema>;
