import { CompanyIdSchema } from "@yihao/identity/model";
import { z } from "zod";
import { AgreementIdSchema, DaySchema } from "./model.ts";

const text = (most: number) => z.string().trim().max(most);
const MinorSchema = z.int().min(0).max(100_000_000_000);
/** A resource by its id, as booking gives it: an office, a desk. */
export const ResourceRefSchema = z.string().regex(/^res_[0-9a-z-]{3,40}$/);

/** What is agreed: rooms for rent (租赁), or incubation with what it owes and offers (孵化). */
export const agreementKinds = ["lease", "incubation"] as const;
/** A draft binds nobody; a running one lets what it names; an ended one is over. */
export const agreementStates = ["draft", "running", "ended"] as const;
/** How an agreement came to its end before its day, or at it. */
export const agreementEnds = ["expired", "agreed", "noticed", "breach", "other"] as const;

/** Days before its end on which an agreement is brought to mind unless it says others. */
export const usualReminders: readonly number[] = [90, 30, 7];

/** Days on which no rent is due (免租期), half-open. */
export const RentFreeSchema = z.strictObject({ from: DaySchema, until: DaySchema });
/** A month's rent from a day on (租金阶梯), until the next step. */
export const RentStepSchema = z.strictObject({ from: DaySchema, rentMinor: MinorSchema });
export const rentFreeMost = 12;
export const rentStepsMost = 24;

/** What an agreement (协议) says. `until`, when it has an end, is the first day after it. Money is a month's rent and the deposit, as agreed. */
export const AgreementFactsSchema = z.strictObject({
  kind: z.enum(agreementKinds),
  title: text(60).min(1),
  number: text(40).optional(),
  from: DaySchema,
  until: DaySchema.optional(),
  resources: z.array(ResourceRefSchema).max(20),
  rentMinor: MinorSchema.optional(),
  depositMinor: MinorSchema.optional(),
  rentFree: z.array(RentFreeSchema).max(rentFreeMost).optional(),
  steps: z.array(RentStepSchema).max(rentStepsMost).optional(),
  remindDays: z.array(z.int().min(1).max(365)).max(5),
  note: text(600).optional(),
});
export type AgreementFacts = z.infer<typeof AgreementFactsSchema>;

/** A stretch that was signed or renewed: what was agreed then. */
export const TermSchema = z.object({
  from: DaySchema,
  until: DaySchema.optional(),
  rentMinor: z.int().optional(),
  at: z.string(),
});
export type Term = z.infer<typeof TermSchema>;
export const termsMost = 20;

export const AgreementSchema = AgreementFactsSchema.extend({
  id: AgreementIdSchema,
  company: CompanyIdSchema,
  state: z.enum(agreementStates),
  at: z.string(),
  signedOn: DaySchema.optional(),
  /** The first day for which rent is charged here: that of the agreement, or of its take-over when it ran before. */
  rentFrom: DaySchema.optional(),
  terms: z.array(TermSchema).max(termsMost),
  end: z.object({ reason: z.enum(agreementEnds), note: z.string().optional() }).optional(),
}).strip();
export type Agreement = z.infer<typeof AgreementSchema>;
export const AgreementViewSchema = AgreementSchema.extend({ rev: z.int() });
export type AgreementView = z.infer<typeof AgreementViewSchema>;

/** An agreement in the list of a space, the first to end first. */
export const AgreementRowSchema = AgreementSchema.pick({
  id: true,
  company: true,
  kind: true,
  title: true,
  number: true,
  state: true,
  from: true,
  until: true,
  resources: true,
  rentMinor: true,
  remindDays: true,
});
export type AgreementRow = z.infer<typeof AgreementRowSchema>;

export const SignSchema = z.strictObject({ signedOn: DaySchema });
/** A renewal (续签): the new first day after it, and the rent from the old one on when it is another. */
export const AgreementRenewSchema = z.strictObject({ until: DaySchema, rentMinor: MinorSchema.optional() });
export type AgreementRenew = z.infer<typeof AgreementRenewSchema>;
/** What both sides agreed to change (变更) while it runs: the rent from a day on, days without rent, or the deposit. */
export const AgreementAmendSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("rent"), from: DaySchema, rentMinor: MinorSchema }),
  z.strictObject({ do: z.literal("rent-free"), from: DaySchema, until: DaySchema }),
  z.strictObject({ do: z.literal("deposit"), depositMinor: MinorSchema }),
]);
export type AgreementAmend = z.infer<typeof AgreementAmendSchema>;
/** `agreement.signed`, `.taken-over`, `.amended`, `.renewed`, `.cut`, `.over`: the agreement before and after; `before` is null when it was taken over. */
export type AgreementTold = {
  readonly company: z.infer<typeof CompanyIdSchema>;
  readonly agreement: string;
  readonly before: Agreement | null;
  readonly after: Agreement;
};
/** Types of the events after which an agreement may owe other rent. */
export const rentEvents = [
  "agreement.signed",
  "agreement.taken-over",
  "agreement.amended",
  "agreement.renewed",
  "agreement.cut",
  "agreement.over",
] as const;
/** An end before its time, or of one without an end. */
export const AgreementEndSchema = z.strictObject({
  until: DaySchema,
  reason: z.enum(agreementEnds),
  note: text(200).optional(),
});
export type AgreementEnd = z.infer<typeof AgreementEndSchema>;
