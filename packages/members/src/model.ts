import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { AgreedPriceSchema, agreedMost, type CreditKind } from "@yihao/pricing/model";
import { z } from "zod";
import { DaySchema, SubscriptionSchema } from "./subscription-model.ts";

export { CompanyIdSchema, DaySchema };

export const LeadIdSchema = z.templateLiteral(["led_", z.string()]).refine((text) => isId("led", text));
export type LeadId = z.infer<typeof LeadIdSchema>;
export const AgreementIdSchema = z.templateLiteral(["agr_", z.string()]).refine((text) => isId("agr", text));
export type AgreementId = z.infer<typeof AgreementIdSchema>;
export const companyKinds = ["team", "company"] as const;
/** Kinds of records: beside companies a guest (散客), one person who books for themselves, without any member's right and in no list of members. */
export const recordKinds = [...companyKinds, "guest"] as const;
export const companyStates = ["active", "left"] as const;

const text = (most: number) => z.string().trim().max(most);
const email = z.union([z.literal(""), z.email().max(120)]);

/** What somebody is there for, beside the main contact: bills (财务), contracts (法务), daily work (运营), emergencies (紧急联系). */
export const contactRoles = ["finance", "legal", "operations", "emergency", "other"] as const;
export const OtherContactSchema = z.strictObject({
  name: text(40).min(1),
  role: z.enum(contactRoles),
  phone: text(30).optional(),
  email: email.optional(),
});
export type OtherContact = z.infer<typeof OtherContactSchema>;
/** How many people a company may name beside its main contact. */
export const contactsMost = 6;

/** How to reach a company; what its own admins may change. */
export const ContactSchema = z.strictObject({
  contactName: text(40).optional(),
  contactPhone: text(30).optional(),
  contactEmail: email.optional(),
  address: text(120).optional(),
  contacts: z.array(OtherContactSchema).max(contactsMost).optional(),
});
export type Contact = z.infer<typeof ContactSchema>;

/** What the operator says of a company. `code` is its 统一社会信用代码, which teams (创业团队) do not have; `legalPerson` its 法定代表人. */
export const CompanyFactsSchema = ContactSchema.extend({
  name: text(60).min(1),
  code: text(40).optional(),
  kind: z.enum(companyKinds),
  industry: text(30).optional(),
  legalPerson: text(40).optional(),
  registeredOn: z.union([z.literal(""), DaySchema]).optional(),
});
export type CompanyFacts = z.infer<typeof CompanyFactsSchema>;

/** How a company came (入驻来源): by application, recommended, founded here, moved from another space, brought in by import. */
export const entryReasons = ["applied", "recommended", "founded", "moved", "imported", "other"] as const;
export const EntrySchema = z.strictObject({ reason: z.enum(entryReasons), note: text(200).optional() });
export type Entry = z.infer<typeof EntrySchema>;
export const EntryChangeSchema = EntrySchema.extend({ since: DaySchema });
export type EntryChange = z.infer<typeof EntryChangeSchema>;
/** A company to add; it comes today unless another day is named. */
export const NewCompanySchema = CompanyFactsSchema.extend({
  since: DaySchema.optional(),
  entry: EntrySchema.optional(),
});
export type NewCompany = z.infer<typeof NewCompanySchema>;
/** Why a company goes (退驻原因): grown out of the space, moved, closed, contract over, asked to go, graduated from incubation. */
export const exitReasons = ["graduated", "outgrown", "moved", "closed", "expired", "breach", "other"] as const;
/** When a company goes or went, and why: planned while it is active, so once it has left. */
export const ExitSchema = z.strictObject({
  on: DaySchema,
  reason: z.enum(exitReasons),
  note: text(400).optional(),
});
export type Exit = z.infer<typeof ExitSchema>;

/** Why new bookings are refused to a company (停用), since when. */
export const SuspensionSchema = z.object({ since: z.string(), reason: z.string().max(80) });

const PrepaidSchema = z.object({
  "room-minutes": DaySchema.optional(),
  "desk-days": DaySchema.optional(),
  "guest-passes": DaySchema.optional(),
  "bin-days": DaySchema.optional(),
} satisfies Record<CreditKind, unknown>);

/** How many others one company may turn out to be. */
export const absorbedMost = 8;
/** A company (在孵企业) or team of the space. One item, below 1 kB. */
export const CompanySchema = CompanyFactsSchema.extend({
  id: CompanyIdSchema,
  kind: z.enum(recordKinds),
  state: z.enum(companyStates),
  since: DaySchema,
  entry: EntrySchema.optional(),
  exit: ExitSchema.optional(),
  suspended: SuspensionSchema.optional(),
  /** When billing last told that bookings are stopped or allowed: what is heard of an earlier instant is late. */
  bookingTold: z.string().optional(),
  subscription: SubscriptionSchema.optional(),
  /** The subscription that was started for a later day, while the present one still runs. */
  next: SubscriptionSchema.optional(),
  /** Until which day packs (预付包) of each kind are good, the longest of them; a kind without packs is not there. So a booking knows whether to look. */
  prepaid: PrepaidSchema.optional(),
  /** What it pays for what can be booked where that is not what all pay (协议价). */
  prices: z.array(AgreedPriceSchema).max(agreedMost).optional(),
  /** When everything personal of a company that left was erased. */
  erasedAt: z.string().optional(),
  /** The company that this one turned out to be (合并): what it had is moved there, and this stays as a pointer; `done` once all of it is. */
  merged: z.object({ into: CompanyIdSchema, at: z.string(), done: z.boolean() }).optional(),
  /** Companies that turned out to be this one. */
  absorbed: z.array(CompanyIdSchema).max(absorbedMost).optional(),
}).strip();
export type Company = z.infer<typeof CompanySchema>;
export const CompanyViewSchema = CompanySchema.extend({ rev: z.int() });
export type CompanyView = z.infer<typeof CompanyViewSchema>;

/** `company.added`; `lead` when a lead became it. Like all below, on the company's timeline. */
export const CompanyAddedSchema = z.object({
  company: CompanyIdSchema,
  name: z.string(),
  lead: LeadIdSchema.optional(),
});
/** `company.changed`, and `company.registered` when a team (团队) became a company (企业): the facts that differ, before and after; absent ones are null. */
export const CompanyChangedSchema = z.object({
  company: CompanyIdSchema,
  before: z.record(z.string(), z.string().nullable()),
  after: z.record(z.string(), z.string().nullable()),
});
/**
 * `agreement.let`: an agreement lets resources (offices, desks) to a company from a day on, until another (excluded) when it has an end. Told again, whole,
 * whenever that changes: it takes the place of what was told of the agreement before.
 */
export const AgreementLetSchema = z.object({
  agreement: AgreementIdSchema,
  company: CompanyIdSchema,
  resources: z.array(z.string()),
  from: DaySchema,
  until: DaySchema.optional(),
});
export type AgreementLet = z.infer<typeof AgreementLetSchema>;
/** `agreement.ended`: it is over and lets nothing any more; `until` was the first day after it. */
export const AgreementEndedSchema = AgreementLetSchema.omit({ from: true }).extend({ until: DaySchema });
export type AgreementEnded = z.infer<typeof AgreementEndedSchema>;
/** The whole of a company's own prices: what is left out is not agreed any more. What is booked keeps its price. */
export const CompanyPricesSchema = z.strictObject({ prices: z.array(AgreedPriceSchema).max(agreedMost) });
/** `company.prices-changed`: what it paid otherwise than all, before and after. */
export const CompanyPricesChangedSchema = z.object({
  company: CompanyIdSchema,
  before: z.array(AgreedPriceSchema),
  after: z.array(AgreedPriceSchema),
});
export type CompanyPricesChanged = z.infer<typeof CompanyPricesChangedSchema>;
export type CompanyAdded = z.infer<typeof CompanyAddedSchema>;
export type CompanyChanged = z.infer<typeof CompanyChangedSchema>;

export const membersRefusals = {
  "company.code-invalid": 422,
  "company.code-missing": 422,
  "company.entry-day": 422,
  "company.code-taken": 409,
  "company.name-taken": 409,
  "lead.won": 409,
  "lead.erased": 409,
  "lead.keeper": 422,
  "lead.tour-missing": 409,
  "lead.tour-past": 422,
  "application.too-many": 429,
  "company.left": 409,
  "company.merged": 409,
  "company.guest": 409,
  "company.prices-meet": 422,
  "subscription.running": 409,
  "subscription.none": 409,
  "subscription.day": 409,
  "subscription.ended": 409,
  "subscription.paused": 409,
  "subscription.not-paused": 409,
  "subscription.noticed": 409,
  "subscription.no-notice": 409,
  "subscription.notice-day": 409,
  "subscription.parts": 409,
  "credit.short": 409,
  "pack.taken": 409,
  "pack.over": 422,
  "agreement.days": 422,
  "agreement.number-taken": 409,
  "agreement.let": 409,
  "agreement.signed": 409,
  "agreement.ended": 409,
  "agreement.over": 409,
  "agreement.not-draft": 409,
  "agreement.not-running": 409,
  "agreement.endless": 409,
  "agreement.renew-day": 422,
  "agreement.end-day": 422,
  "agreement.amend-day": 422,
  "agreement.rent-missing": 422,
  "agreement.rent-free": 422,
  "agreement.rent-step": 422,
  "agreement.terms": 409,
  "company.not-left": 409,
  "company.erased": 409,
  "exit.planned": 409,
  "exit.day": 422,
  "exit.early": 409,
  "exit.open-items": 409,
  "exit.reads-itself": 409,
  "exit.why": 422,
  "document.empty": 422,
  "document.too-large": 422,
  "document.type": 422,
  "document.too-many": 409,
  "document.not-there": 409,
  "document.mismatch": 422,
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
  kind: z.enum(recordKinds),
  industry: z.string().optional(),
  state: z.enum(companyStates),
  since: DaySchema,
  suspended: z.boolean(),
  plan: z.string().optional(),
});
export type CompanyEntry = z.infer<typeof CompanyEntrySchema>;

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
