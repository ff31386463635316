import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { PlanIdSchema } from "@yihao/pricing/model";
import { z } from "zod";

export { CompanyIdSchema };

export const SubscriptionIdSchema = z.templateLiteral(["sub_", z.string()]).refine((text) => isId("sub", text));
export const DaySchema = z.iso.date();

/** A plan as it was when a company took it: later changes of the plan do not touch it. */
export const PlanSnapshotSchema = z.object({ name: z.string(), monthlyMinor: z.int(), roomMinutes: z.int() });
export type PlanSnapshot = z.infer<typeof PlanSnapshotSchema>;

/** A company's running plan. `from` is its first day; `until`, once ended, the first day without it. */
export const SubscriptionSchema = z.object({
  id: SubscriptionIdSchema,
  plan: PlanIdSchema,
  from: DaySchema,
  until: DaySchema.optional(),
  snapshot: PlanSnapshotSchema,
});
export type Subscription = z.infer<typeof SubscriptionSchema>;

export const companyKinds = ["team", "company"] as const;
export const companyStates = ["active", "left"] as const;

const text = (most: number) => z.string().trim().max(most);
/** How to reach a company; what its own admins may change. */
export const ContactSchema = z.strictObject({
  contactName: text(40).optional(),
  contactPhone: text(30).optional(),
  contactEmail: z.union([z.literal(""), z.email().max(120)]).optional(),
  address: text(120).optional(),
});
export type Contact = z.infer<typeof ContactSchema>;

/** What the operator says of a company. `code` is its 统一社会信用代码, which teams (创业团队) do not have. */
export const CompanyFactsSchema = ContactSchema.extend({
  name: text(60).min(1),
  code: text(40).optional(),
  kind: z.enum(companyKinds),
  industry: text(30).optional(),
});
export type CompanyFacts = z.infer<typeof CompanyFactsSchema>;
export const CompanyChangeSchema = CompanyFactsSchema.extend({ state: z.enum(companyStates) });
export type CompanyChange = z.infer<typeof CompanyChangeSchema>;

/** Why new bookings are refused to a company (停用), since when. */
export const SuspensionSchema = z.object({ since: z.string(), reason: z.string().max(80) });

/** A company (在孵企业) or team of the space. One item, below 1 kB. */
export const CompanySchema = CompanyFactsSchema.extend({
  id: CompanyIdSchema,
  state: z.enum(companyStates),
  since: DaySchema,
  suspended: SuspensionSchema.optional(),
  subscription: SubscriptionSchema.optional(),
}).strip();
export type Company = z.infer<typeof CompanySchema>;
export const CompanyViewSchema = CompanySchema.extend({ rev: z.int() });
export type CompanyView = z.infer<typeof CompanyViewSchema>;

/** `company.added`. Like all below, on the company's timeline. */
export const CompanyAddedSchema = z.object({ company: CompanyIdSchema, name: z.string() });
/** `company.changed`: the facts that differ, before and after; absent ones are null. */
export const CompanyChangedSchema = z.object({
  company: CompanyIdSchema,
  before: z.record(z.string(), z.string().nullable()),
  after: z.record(z.string(), z.string().nullable()),
});
/** `subscription.started`. */
export const SubscriptionStartedSchema = z.object({
  company: CompanyIdSchema,
  subscription: SubscriptionIdSchema,
  plan: PlanIdSchema,
  from: DaySchema,
  snapshot: PlanSnapshotSchema,
});
/** `subscription.ended`; `until` is the first day without it. */
export const SubscriptionEndedSchema = SubscriptionStartedSchema.extend({ until: DaySchema });
export type CompanyAdded = z.infer<typeof CompanyAddedSchema>;
export type CompanyChanged = z.infer<typeof CompanyChangedSchema>;
export type SubscriptionStarted = z.infer<typeof SubscriptionStartedSchema>;
export type SubscriptionEnded = z.infer<typeof SubscriptionEndedSchema>;

export const membersRefusals = {
  "company.code-invalid": 422,
  "company.code-taken": 409,
  "company.name-taken": 409,
  "company.left": 409,
  "subscription.running": 409,
  "subscription.none": 409,
  "subscription.day": 409,
  "import.heading": 422,
  "import.csv": 422,
  "import.empty": 422,
  "import.too-many": 422,
  "import.faults": 422,
  "import.expired": 409,
} as const;
export type MembersRefusal = keyof typeof membersRefusals;

/** A company as lists show it. */
export const CompanyEntrySchema = z.object({
  id: CompanyIdSchema,
  name: z.string(),
  code: z.string().optional(),
  kind: z.enum(companyKinds),
  industry: z.string().optional(),
  state: z.enum(companyStates),
  since: DaySchema,
  suspended: z.boolean(),
  plan: z.string().optional(),
});
export type CompanyEntry = z.infer<typeof CompanyEntrySchema>;

/** A wish to start a plan (套餐); `from` is its first day. */
export const NewSubscriptionSchema = z.strictObject({ plan: PlanIdSchema, from: DaySchema });
/** A wish to end it; `until` is the first day without it. */
export const SubscriptionEndSchema = z.strictObject({ until: DaySchema });

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

/** One event of a timeline; `byName` is null for the system and for people the reader does not know. */
export const TimelineEntrySchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  by: z.string(),
  byName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntrySchema>;
