import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
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
