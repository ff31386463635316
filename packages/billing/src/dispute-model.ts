import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { DocumentIdSchema } from "@yihao/members/document-model";
import { z } from "zod";
import { AllocationSchema, DaySchema, MinorSchema, PaymentIdSchema } from "./model.ts";

export const DisputeIdSchema = z.templateLiteral(["dpt_", z.string()]).refine((text) => isId("dpt", text));
export type DisputeId = z.infer<typeof DisputeIdSchema>;

/** `closed` ended without a judgement: an inquiry that went no further. */
export const disputeStates = ["needs-response", "in-review", "won", "lost", "closed"] as const;
export type DisputeState = (typeof disputeStates)[number];

/**
 * What became of lost money that came back (败诉后退回), its parts summing to it: what was still withheld is so no more, what had been written off is recovered, bills that were open again are paid as far as they still are
 * (or were given up), and the rest is the company's balance.
 */
export const ReturnedSchema = z.object({
  on: DaySchema,
  heldMinor: MinorSchema,
  recoveredMinor: MinorSchema,
  bills: z.array(AllocationSchema),
  creditMinor: MinorSchema,
});

/**
 * A payment that its payer's bank takes back until it is settled who is right (争议, 拒付). `heldMinor` is what stands withheld of it in the company's book; once it is lost the bills it paid are open again
 * (`reopened`), what it had left as balance is taken back (`creditMinor`), and what of neither is left stays withheld until two people write it off.
 */
export const DisputeSchema = z.object({
  id: DisputeIdSchema,
  reference: z.string(),
  provider: z.string(),
  payment: PaymentIdSchema,
  paymentReference: z.string(),
  company: CompanyIdSchema,
  companyName: z.string(),
  amountMinor: MinorSchema,
  feeMinor: MinorSchema,
  reason: z.string(),
  state: z.enum(disputeStates),
  evidenceBy: z.string().optional(),
  withdrawn: z.boolean(),
  reinstated: z.boolean(),
  /** How many movements of money the provider had told of when the fee was last read. */
  moves: z.int(),
  heldMinor: MinorSchema,
  reopened: z.array(AllocationSchema),
  creditMinor: MinorSchema,
  writtenOffMinor: MinorSchema,
  /** Where money went that came back after all, once it was lost. */
  returned: ReturnedSchema.optional(),
  openedAt: z.string(),
  openedOn: DaySchema,
  closedAt: z.string().optional(),
});
export type Dispute = z.infer<typeof DisputeSchema>;

/** What a file of evidence shows (举证材料), one of each: the bill or receipt, that the service was given, letters to and fro, anything else. */
export const evidenceUses = ["bill", "service", "letters", "other"] as const;
export type EvidenceUse = (typeof evidenceUses)[number];
/** What providers take: PDF and pictures, and not more than so many bytes together. */
export const evidenceTypes = ["application/pdf", "image/png", "image/jpeg"] as const;
export const evidenceBytesMost = 4_500_000;
/** Characters of each text at most. */
export const evidenceCharsMost = 10_000;

const EvidenceFileSchema = z.strictObject({ use: z.enum(evidenceUses), document: DocumentIdSchema });
/** Evidence that is to be handed in: what happened in words, the record of use, files by what they show. With `submit` it goes to the payer's bank, which takes it once. */
export const NewEvidenceSchema = z.strictObject({
  text: z.string().trim().max(evidenceCharsMost),
  usage: z.string().trim().max(evidenceCharsMost),
  files: z
    .array(EvidenceFileSchema)
    .max(evidenceUses.length)
    .refine((all) => new Set(all.map(({ use }) => use)).size === all.length, { params: { rule: "one-of-a-use" } }),
  submit: z.boolean(),
});
export type NewEvidence = z.infer<typeof NewEvidenceSchema>;
/**
 * Evidence as it was wanted and what became of it: on its way (`sending`), kept at the provider and still to be changed (`kept`), with the payer's bank (`submitted`), or refused for good. `version` counts the hand-ins.
 */
export const EvidenceSchema = z.object({
  dispute: DisputeIdSchema,
  version: z.int(),
  text: z.string(),
  usage: z.string(),
  files: z.array(
    EvidenceFileSchema.extend({
      name: z.string(),
      type: z.string(),
      bytes: z.int(),
      /** What the provider calls it once it has it. */
      reference: z.string().optional(),
    }).strip(),
  ),
  submit: z.boolean(),
  state: z.enum(["sending", "kept", "submitted", "refused"]),
  why: z.string().optional(),
  at: z.string(),
  by: z.string(),
  doneAt: z.string().optional(),
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** What a provider says of a dispute, whole, each time. `feeMinor` is what it has charged less what it gave back by then, over `moves` movements. */
export type DisputeNews = {
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
  readonly state: DisputeState;
  readonly evidenceBy?: string | undefined;
  readonly withdrawn: boolean;
  readonly reinstated: boolean;
  readonly feeMinor: number;
  readonly moves: number;
  readonly openedAt: string;
};

export const isOpenDispute = ({ state }: Pick<Dispute, "state">): boolean =>
  state === "needs-response" || state === "in-review";

/** `dispute.evidence-asked`, `dispute.evidence-kept`, `dispute.evidence-submitted` and `dispute.evidence-refused`: by whom, and what of it is told to whoever reads the timeline. */
export const EvidenceToldSchema = z.object({
  dispute: DisputeIdSchema,
  company: CompanyIdSchema,
  payment: PaymentIdSchema,
  version: z.int(),
  files: z.int(),
  submit: z.boolean(),
  why: z.string().optional(),
});
export type EvidenceTold = z.infer<typeof EvidenceToldSchema>;

/** `payment.disputed`, `dispute.reviewed`, `dispute.won`, `dispute.lost`, `dispute.returned` and `dispute.closed`, on the company's timeline. */
export const DisputeToldSchema = DisputeSchema.pick({
  payment: true,
  paymentReference: true,
  company: true,
  amountMinor: true,
  reason: true,
  evidenceBy: true,
}).extend({ dispute: DisputeIdSchema });
export type DisputeTold = z.infer<typeof DisputeToldSchema>;

/** `invoice.reopened`: a bill that was paid is open again, since its payment was lost. `wasPaid` when nothing of it had been open. */
export const InvoiceReopenedSchema = z.object({
  invoice: z.string(),
  number: z.string(),
  company: CompanyIdSchema,
  amountMinor: MinorSchema,
  totalMinor: MinorSchema,
  wasPaid: z.boolean(),
  paidAt: z.string().optional(),
});
export type InvoiceReopened = z.infer<typeof InvoiceReopenedSchema>;
