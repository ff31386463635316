import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import {
  CreditKindSchema,
  PackIdSchema,
  PlanIdSchema,
  PriceSchema,
  RenewalSchema,
  RolloverSchema,
} from "@yihao/pricing/model";
import { z } from "zod";

export const DaySchema = z.iso.date();
export const SubscriptionIdSchema = z.templateLiteral(["sub_", z.string()]).refine((text) => isId("sub", text));
const text = (most: number) => z.string().trim().max(most);

/** What one company pays for a plan a month instead (协议价), until a day (excluded) or for good; its name stands on bills beside the plan's. */
export const AgreedPlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(30),
  monthlyMinor: PriceSchema,
  until: DaySchema.optional(),
});
/** A plan as it was when a company took it: later changes of the plan do not touch it. */
export const PlanSnapshotSchema = z.object({
  name: z.string(),
  monthlyMinor: z.int(),
  roomMinutes: z.int(),
  deskDays: z.int().optional(),
  guestPasses: z.int().optional(),
  bins: z.int().optional(),
  rollover: RolloverSchema.optional(),
  termMonths: z.int().optional(),
  noticeDays: z.int().optional(),
  renewal: RenewalSchema.optional(),
  agreed: AgreedPlanSchema.optional(),
});
export type PlanSnapshot = z.infer<typeof PlanSnapshotSchema>;

/** What holds from a day on: the plan that a company changed to (变更套餐), as it was then. */
export const PhaseSchema = z.object({ from: DaySchema, plan: PlanIdSchema, snapshot: PlanSnapshotSchema });
export type Phase = z.infer<typeof PhaseSchema>;
/** Days on which a plan rests (暂停): nothing is charged, nothing is granted. Half-open; without an end it rests until it is resumed. */
export const PauseSchema = z.object({ from: DaySchema, until: DaySchema.optional() });
export type Pause = z.infer<typeof PauseSchema>;
/** Notice that was given (退租通知): on which day, by whom, and the first day without the plan. */
export const NoticeSchema = z.object({
  on: DaySchema,
  until: DaySchema,
  by: z.enum(["space", "company"]),
  reason: z.string().optional(),
});
export type Notice = z.infer<typeof NoticeSchema>;

/** How many changes and pauses one subscription keeps: it stays below 4 kB. */
export const partsMost = 24;

/**
 * A company's plan (套餐订阅). `from` is its first day; `until`, once it is known, the first day without it; `termUntil` the first day that the company is
 * not bound to. `plan` and `snapshot` are what it began with, `amendments` what took their place since, in order of their days.
 */
export const SubscriptionSchema = z.object({
  id: SubscriptionIdSchema,
  plan: PlanIdSchema,
  from: DaySchema,
  until: DaySchema.optional(),
  snapshot: PlanSnapshotSchema,
  amendments: z.array(PhaseSchema).max(partsMost).optional(),
  pauses: z.array(PauseSchema).max(partsMost).optional(),
  termUntil: DaySchema.optional(),
  notice: NoticeSchema.optional(),
  /** For a plan that ran before the space came here: the day on which it really began (原起始日). Here it is charged from `from` on. */
  since: DaySchema.optional(),
});
export type Subscription = z.infer<typeof SubscriptionSchema>;

/** A wish to start a plan (套餐); `from` is its first day. */
export const NewSubscriptionSchema = z.strictObject({
  plan: PlanIdSchema,
  from: DaySchema,
  agreed: AgreedPlanSchema.optional(),
});
/** A wish to change to a plan, or to its present price, from a day on. */
export const AmendmentSchema = NewSubscriptionSchema;
/** A wish to rest a plan from a day on, until another or until it is resumed. */
export const NewPauseSchema = z.strictObject({ from: DaySchema, until: DaySchema.optional() });
/** A wish to go on after a pause: `from` is the first day on which it runs again. */
export const ResumeSchema = z.strictObject({ from: DaySchema });
/** A wish to bind oneself for more months, on the plan as it is or on another. */
export const RenewSchema = z.strictObject({ months: z.int().min(1).max(60), plan: PlanIdSchema.optional() });
/** Notice: without a day, the earliest that term and notice allow. */
export const NewNoticeSchema = z.strictObject({ until: DaySchema.optional(), reason: text(200).optional() });
/** A wish to end it; `until` is the first day without it. */
export const SubscriptionEndSchema = z.strictObject({ until: DaySchema, reason: text(200).optional() });

/** A pack that was sold to a company (预付包): its credits, and the days on which they are good, half-open. */
export const LotIdSchema = z.templateLiteral(["lot_", z.string()]).refine((id) => isId("lot", id));
export const LotSchema = z.object({
  id: LotIdSchema,
  pack: PackIdSchema,
  name: z.string(),
  kind: CreditKindSchema,
  units: z.int(),
  priceMinor: z.int(),
  from: DaySchema,
  until: DaySchema,
});
export type Lot = z.infer<typeof LotSchema>;
/** A wish to buy a pack for a company; its days begin today unless told otherwise. */
export const NewLotSchema = z.strictObject({ pack: PackIdSchema, from: DaySchema.optional() });

/** Room minutes of one month: granted by the plan, left, taken by bookings to come, used, expired. */
export const AllowanceSchema = z.object({
  month: z.string(),
  granted: z.int(),
  left: z.int(),
  booked: z.int(),
  used: z.int(),
  expired: z.int(),
});
export type Allowance = z.infer<typeof AllowanceSchema>;
/** Credits of a kind from one source, a month of the plan or a pack: where all that was granted is now. `rolled` went over into the next month. */
export const CreditSchema = AllowanceSchema.omit({ month: true }).extend({
  kind: CreditKindSchema,
  month: z.string().optional(),
  lot: LotIdSchema.optional(),
  name: z.string().optional(),
  from: DaySchema,
  until: DaySchema,
  rolled: z.int(),
});
export type Credit = z.infer<typeof CreditSchema>;

/** Credits used by hand, e.g. a guest's pass at the front desk. */
export const CreditUseSchema = z.strictObject({
  kind: CreditKindSchema,
  units: z.int().min(1).max(100_000),
  note: text(120).min(1),
});
export type CreditUse = z.infer<typeof CreditUseSchema>;

const About = { company: CompanyIdSchema, subscription: SubscriptionIdSchema };
/**
 * `subscription.started`, `.amended`, `.paused`, `.resumed`, `.renewed`, `.notice-given`, `.notice-withdrawn`, `.ended`: the whole of it before
 * and after, so that whoever charges it needs nothing else. `before` is null when it started.
 */
export const SubscriptionToldSchema = z.object({
  ...About,
  before: SubscriptionSchema.nullable(),
  after: SubscriptionSchema,
  reason: z.string().optional(),
});
export type SubscriptionTold = z.infer<typeof SubscriptionToldSchema>;
/** `pack.sold`: what was bought, at which price (含税). */
export const PackSoldSchema = z.object({ company: CompanyIdSchema, lot: LotSchema });
export type PackSold = z.infer<typeof PackSoldSchema>;
/** `pack.taken-over`: what was left of a pack that was paid for before the space came here; nothing is charged for it. */
export const PackTakenOverSchema = PackSoldSchema.extend({ reference: z.string() });
export type PackTakenOver = z.infer<typeof PackTakenOverSchema>;
/** `pack.expired`: how much of it nobody used. */
export const PackExpiredSchema = z.object({ company: CompanyIdSchema, lot: LotSchema, units: z.int() });
/** `credits.used`: taken by hand. */
export const CreditsUsedSchema = CreditUseSchema.extend({ company: CompanyIdSchema });
export type CreditsUsed = z.infer<typeof CreditsUsedSchema>;
/** Types of the events that `SubscriptionTold` tells. */
export const subscriptionEvents = [
  "subscription.started",
  "subscription.amended",
  "subscription.paused",
  "subscription.resumed",
  "subscription.renewed",
  "subscription.notice-given",
  "subscription.notice-withdrawn",
  "subscription.ended",
] as const;
export type SubscriptionEvent = (typeof subscriptionEvents)[number];
