import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { TaxSettingsSchema } from "@yihao/pricing/tax-model";
import { z } from "zod";
import { DisputeIdSchema } from "./dispute-model.ts";
import { DaySchema, InvoiceIdSchema, PaymentIdSchema } from "./model.ts";

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));
export const ApprovalIdSchema = idSchema("apr");
export const RefundIdSchema = idSchema("rfd");
export const DepositIdSchema = idSchema("dep");
export type ApprovalId = z.infer<typeof ApprovalIdSchema>;
export type RefundId = z.infer<typeof RefundIdSchema>;
export type DepositId = z.infer<typeof DepositIdSchema>;

const amount = z.int().min(1).max(100_000_000_000);
const reference = z.string().trim().min(1).max(60);
const text = (most: number) => z.string().trim().max(most);
/** How money is given back: by bank transfer or in cash, whichever way it came. */
const moneyWays = ["transfer", "cash"] as const;

/** Money given back of what a company has paid ahead (预收退款). With `payment` never more than was paid by it. `hosted` goes the way that payment came (原路退回), through the provider. */
export const RefundWishSchema = z.strictObject({
  kind: z.literal("refund"),
  company: CompanyIdSchema,
  amountMinor: amount,
  way: z.enum([...moneyWays, "hosted"]),
  payment: PaymentIdSchema.optional(),
  reference,
  paidOn: DaySchema,
});
/** A part of a bill that will never be paid (坏账核销). */
export const WriteOffWishSchema = z.strictObject({
  kind: z.literal("write-off"),
  invoice: InvoiceIdSchema,
  amountMinor: amount,
});
/** A deposit given back (退押金). */
export const DepositReturnWishSchema = z.strictObject({
  kind: z.literal("deposit-return"),
  company: CompanyIdSchema,
  amountMinor: amount,
  way: z.enum(moneyWays),
  reference,
  paidOn: DaySchema,
});
/** What of a lost payment could be taken from nowhere (争议损失核销). */
export const DisputeLossWishSchema = z.strictObject({ kind: z.literal("dispute-loss"), dispute: DisputeIdSchema });
/** Another account for transfers (收款账户变更). */
export const BankWishSchema = z.strictObject({
  kind: z.literal("bank-details"),
  bankHolder: text(80),
  bankName: text(80),
  bankAccount: text(40),
});
/** Another way of being taxed (税务设置变更), in place of the settings of revision `rev`. */
export const TaxWishSchema = z.strictObject({
  kind: z.literal("tax-settings"),
  rev: z.int().min(0),
  settings: TaxSettingsSchema,
});
export const WishSchema = z.discriminatedUnion("kind", [
  RefundWishSchema,
  WriteOffWishSchema,
  DepositReturnWishSchema,
  DisputeLossWishSchema,
  BankWishSchema,
  TaxWishSchema,
]);
export type RefundWish = z.infer<typeof RefundWishSchema>;
export type WriteOffWish = z.infer<typeof WriteOffWishSchema>;
export type DepositReturnWish = z.infer<typeof DepositReturnWishSchema>;
export type DisputeLossWish = z.infer<typeof DisputeLossWishSchema>;
export type BankWish = z.infer<typeof BankWishSchema>;
export type TaxWish = z.infer<typeof TaxWishSchema>;
export type Wish = z.infer<typeof WishSchema>;

export const NewApprovalSchema = z.strictObject({ wish: WishSchema, reason: text(200).min(2) });
export type NewApproval = z.infer<typeof NewApprovalSchema>;

export const approvalStates = ["proposed", "approved", "declined", "withdrawn"] as const;
/** Something that one person proposes and another approves (四眼原则, 双人复核): only then is it done, in the same commit. */
export const ApprovalSchema = z.object({
  id: ApprovalIdSchema,
  state: z.enum(approvalStates),
  wish: WishSchema,
  reason: z.string(),
  company: CompanyIdSchema.optional(),
  companyName: z.string().optional(),
  /** The number of the bill or the reference of the payment that it is about. */
  about: z.string().optional(),
  proposedAt: z.string(),
  proposedBy: z.string(),
  proposedName: z.string().optional(),
  decidedAt: z.string().optional(),
  decidedBy: z.string().optional(),
  document: z.string().optional(),
});
export type Approval = z.infer<typeof ApprovalSchema>;
export const ApprovalViewSchema = ApprovalSchema.extend({ rev: z.int(), mine: z.boolean() });

/** `approval.proposed` and `approval.decided`, on the timeline of the company it is about, or of `billing-settings`. */
export const ApprovalToldSchema = ApprovalSchema.pick({ id: true, state: true, company: true, about: true }).extend({
  kind: z.string(),
  amountMinor: z.int().optional(),
  by: z.string(),
});
export type ApprovalTold = z.infer<typeof ApprovalToldSchema>;

/** How money goes back the way it came (原路退回): asked of the provider until it has said that it does, or that it never will; then the money is the payer's balance again. */
export const refundStates = ["sending", "sent", "failed"] as const;
/** Money that was given back. `hosted` goes the way it came, through the provider, and says how far it is. */
export const RefundSchema = RefundWishSchema.omit({ kind: true })
  .extend({
    state: z.enum(refundStates).optional(),
    /** The guest's booking that it gives back of. */
    booking: z.string().optional(),
    id: RefundIdSchema,
    companyName: z.string(),
    at: z.string(),
    by: z.string(),
  })
  .strip();
export type Refund = z.infer<typeof RefundSchema>;

/** A movement of a company's deposit (押金): money taken for it, or given back. What of it pays bills is a payment. */
export const DepositSchema = z.object({
  id: DepositIdSchema,
  company: CompanyIdSchema,
  companyName: z.string(),
  does: z.enum(["taken", "returned"]),
  amountMinor: amount,
  way: z.enum(moneyWays),
  reference: z.string(),
  on: DaySchema,
  at: z.string(),
  by: z.string(),
});
export type Deposit = z.infer<typeof DepositSchema>;
export const NewDepositSchema = z.strictObject({
  company: CompanyIdSchema,
  amountMinor: amount,
  way: z.enum(moneyWays).default("transfer"),
  reference,
  on: DaySchema,
});
export type NewDeposit = z.infer<typeof NewDepositSchema>;

/**
 * A deposit that an agreement asks for (应收押金): `amountMinor` as agreed, `takenMinor` of it came. What is asked is no revenue and stands on no bill: it waits beside what is not billed yet until money is
 * taken for it. Nothing more is asked once the agreement is over.
 */
export const DepositDemandSchema = z.object({
  company: CompanyIdSchema,
  agreement: z.string(),
  title: z.string(),
  amountMinor: z.int(),
  takenMinor: z.int(),
  on: DaySchema,
});
export type DepositDemand = z.infer<typeof DepositDemandSchema>;

/** Pays bills from what a company has at the space: paid ahead (预收) or as a deposit (押金). Oldest first unless bills are named. */
export const NewApplicationSchema = z.strictObject({
  company: CompanyIdSchema,
  from: z.enum(["balance", "deposit"]),
  amountMinor: amount,
  invoices: z
    .array(z.strictObject({ invoice: InvoiceIdSchema, amountMinor: amount }))
    .min(1)
    .max(12)
    .optional(),
});
export type NewApplication = z.infer<typeof NewApplicationSchema>;
