import { PersonIdSchema } from "@yihao/identity/model";
import { PlanIdSchema } from "@yihao/pricing/model";
import { z } from "zod";
import {
  CompanyFactsSchema,
  CompanyIdSchema,
  companyKinds,
  DaySchema,
  LeadIdSchema,
  NewCompanySchema,
} from "./model.ts";

const text = (most: number) => z.string().trim().max(most);
/** An instant in UTC, kept as `2026-11-23T02:42:00.000Z` so that texts sort in time order. */
const InstantSchema = z.iso.datetime().transform((at) => new Date(at).toISOString());

/** Where a lead (意向客户) stands on the board: it came, was spoken to, sees the place, has an offer; then it is won or lost. */
export const openStages = ["new", "contacted", "tour", "offered"] as const;
export const leadStages = [...openStages, "won", "lost"] as const;
export const LeadStageSchema = z.enum(leadStages);
export type LeadStage = z.infer<typeof LeadStageSchema>;
export type OpenStage = (typeof openStages)[number];

/** Why a lead came to nothing (流失原因). */
export const lostReasons = ["price", "place", "size", "timing", "elsewhere", "silent", "unfit", "other"] as const;
export const LostReasonSchema = z.enum(lostReasons);
export type LostReason = z.infer<typeof LostReasonSchema>;
/** How a lead came (线索来源). */
export const leadSources = ["form", "visit", "phone", "referral", "event", "bureau", "other"] as const;
export type LeadSource = (typeof leadSources)[number];
/** What a lead looks for: desks, an office, rooms, warehouse, incubation. */
export const leadNeeds = ["desk", "office", "room", "warehouse", "incubation", "other"] as const;

/** What is known of a lead. Names of facts are those of a company, so that it becomes one without being typed again. */
export const LeadFactsSchema = CompanyFactsSchema.pick({
  name: true,
  code: true,
  industry: true,
  legalPerson: true,
  contactName: true,
  contactPhone: true,
  contactEmail: true,
  address: true,
}).extend({
  kind: z.enum(companyKinds),
  people: z.int().min(1).max(9999).optional(),
  needs: z.array(z.enum(leadNeeds)).max(leadNeeds.length).optional(),
  wantsFrom: z.union([z.literal(""), DaySchema]).optional(),
  about: text(1000).optional(),
});
export type LeadFacts = z.infer<typeof LeadFactsSchema>;

/** A lead that staff write down. */
export const NewLeadSchema = LeadFactsSchema.extend({ source: z.enum(leadSources) });
export type NewLead = z.infer<typeof NewLeadSchema>;
/** Who of the staff looks after it is named with it. */
export const LeadChangeSchema = LeadFactsSchema.extend({ keeper: PersonIdSchema.optional() });
export type LeadChange = z.infer<typeof LeadChangeSchema>;

/**
 * An application (入驻申请) as an outsider sends it: somebody to reach, and consent to keep what is said (个人信息保护法 第十三条). `website` is a
 * field that people do not see: whoever fills it is no person.
 */
export const ApplicationSchema = LeadFactsSchema.extend({
  contactName: text(40).min(1),
  consent: z.literal(true),
  website: z.string().max(400).optional(),
});
export type Application = z.infer<typeof ApplicationSchema>;
/** The form that a space shows to the world: whether it is open, and a word in front of it. */
export const ApplySettingsSchema = z.strictObject({ open: z.boolean(), intro: text(600) });
export type ApplySettings = z.infer<typeof ApplySettingsSchema>;
/** What an outsider sees of a space: its name and the word in front of its form. */
export const ApplyFormSchema = z.object({ space: z.string(), intro: z.string(), language: z.enum(["zh-CN", "en"]) });
export const ApplicationTakenSchema = z.object({ reference: z.string() });

/** When a lead comes to see the place (看场地), who shows it. */
export const TourSchema = z.object({
  at: z.string(),
  minutes: z.int(),
  guide: PersonIdSchema.optional(),
  guideName: z.string().optional(),
  note: z.string().optional(),
});
export type Tour = z.infer<typeof TourSchema>;
export const NewTourSchema = z.strictObject({
  at: InstantSchema,
  minutes: z.int().min(10).max(480),
  guide: PersonIdSchema.optional(),
  note: text(200).optional(),
});
export type NewTour = z.infer<typeof NewTourSchema>;

/** What was offered to a lead: a plan or a price a month, in words, and until when it holds. */
export const OfferSchema = z.strictObject({
  plan: PlanIdSchema.optional(),
  monthlyMinor: z.int().min(0).max(1_000_000_000).optional(),
  text: text(600),
  until: z.union([z.literal(""), DaySchema]).optional(),
});
export type Offer = z.infer<typeof OfferSchema>;

export const LeadSchema = LeadFactsSchema.extend({
  id: LeadIdSchema,
  stage: LeadStageSchema,
  source: z.enum(leadSources),
  at: z.string(),
  /** Since when it stands where it stands. */
  since: z.string(),
  keeper: PersonIdSchema.optional(),
  keeperName: z.string().optional(),
  tour: TourSchema.optional(),
  offer: OfferSchema.optional(),
  lost: z.object({ reason: LostReasonSchema, note: z.string().optional() }).optional(),
  company: CompanyIdSchema.optional(),
  /** When everything personal was erased. */
  erasedAt: z.string().optional(),
}).strip();
export type Lead = z.infer<typeof LeadSchema>;
export const LeadViewSchema = LeadSchema.extend({ rev: z.int() });
export type LeadView = z.infer<typeof LeadViewSchema>;

/** A lead as a card of the board; `rev` is the lead's own, which a move names. */
export const LeadRowSchema = LeadSchema.pick({
  id: true,
  name: true,
  kind: true,
  stage: true,
  source: true,
  at: true,
  since: true,
  contactName: true,
  people: true,
  needs: true,
  wantsFrom: true,
  keeperName: true,
  tour: true,
  lost: true,
  company: true,
});
export type LeadRow = z.infer<typeof LeadRowSchema>;
export const LeadRowViewSchema = LeadRowSchema.extend({ rev: z.int() });
export type LeadRowView = z.infer<typeof LeadRowViewSchema>;

/** A move on the board; losing one says why. A lead is won only by becoming a company. */
export const LeadMoveSchema = z.union([
  z.strictObject({ stage: z.enum(openStages) }),
  z.strictObject({ stage: z.literal("lost"), reason: LostReasonSchema, note: text(200).optional() }),
]);
export type LeadMove = z.infer<typeof LeadMoveSchema>;
/** What is to be different in the company from what the lead says; all else is taken over. */
export const LeadWinSchema = NewCompanySchema.partial();
export type LeadWin = z.infer<typeof LeadWinSchema>;
/** A word on a lead: a call, a visit, a promise. */
export const LeadNoteSchema = z.strictObject({ text: text(600).min(1) });

/** Days after which what a lost lead said of people is erased. */
export const leadRetentionDays = 180;
