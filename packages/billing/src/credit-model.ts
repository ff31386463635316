import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { StreamSchema, TaxBasisSchema, TaxReasonSchema } from "@yihao/pricing/model";
import { z } from "zod";
import {
  ChargeServiceSchema,
  DaySchema,
  InvoiceIdSchema,
  MinorSchema,
  StreamSumSchema,
  TaxSumSchema,
} from "./model.ts";

export const CreditIdSchema = z.templateLiteral(["crn_", z.string()]).refine((text) => isId("crn", text));
export type CreditId = z.infer<typeof CreditIdSchema>;

/** What a credit note takes back of one line of its bill; `line` is the line's place there. Amounts are above zero where the line's is. */
export const CreditLineSchema = z.object({
  line: z.int(),
  service: ChargeServiceSchema,
  stream: StreamSchema,
  about: z.object({ id: z.string(), name: z.string() }).optional(),
  amountMinor: MinorSchema,
  taxBasis: TaxBasisSchema,
  taxReason: TaxReasonSchema.optional(),
  taxMinor: MinorSchema,
});
export type CreditLine = z.infer<typeof CreditLineSchema>;

/**
 * A credit note (红冲): takes back all that is left of a finalised bill (`void`, 作废) or a part of it. It has a number series of its own and never changes. What it
 * takes back lowers what is open of the bill first (`reliefMinor`); what the company had paid already goes to its account balance (`freedMinor`, 预收).
 */
export const CreditNoteSchema = z.object({
  id: CreditIdSchema,
  number: z.string(),
  invoice: InvoiceIdSchema,
  invoiceNumber: z.string(),
  company: CompanyIdSchema,
  companyName: z.string(),
  kind: z.enum(["void", "part"]),
  reason: z.string(),
  issuedOn: DaySchema,
  /** The month it is posted to (记账期间): that of its bill, or the first that was open when that was closed. */
  period: z.string().optional(),
  totalMinor: MinorSchema,
  taxMinor: MinorSchema,
  streams: z.array(StreamSumSchema),
  taxes: z.array(TaxSumSchema).optional(),
  reliefMinor: MinorSchema,
  freedMinor: MinorSchema,
  lines: z.array(CreditLineSchema),
  at: z.string(),
  by: z.string(),
});
export type CreditNote = z.infer<typeof CreditNoteSchema>;

/** A wish for a credit note: without `lines` all that is left of the bill is taken back. `totalMinor` is the sum that was shown. */
export const NewCreditSchema = z.strictObject({
  reason: z.string().trim().min(2).max(200),
  totalMinor: MinorSchema.optional(),
  lines: z
    .array(z.strictObject({ line: z.int().min(0), amountMinor: MinorSchema }))
    .min(1)
    .max(200)
    .optional(),
});
export type NewCredit = z.infer<typeof NewCreditSchema>;

/** `invoice.credited`, on the company's timeline. `streams` are net (不含税). */
export const InvoiceCreditedSchema = z.object({
  credit: CreditIdSchema,
  number: z.string(),
  invoice: InvoiceIdSchema,
  invoiceNumber: z.string(),
  company: CompanyIdSchema,
  kind: z.enum(["void", "part"]),
  month: z.string(),
  /** The month it is posted to; that of its bill when left out. */
  period: z.string().optional(),
  issuedOn: DaySchema,
  totalMinor: MinorSchema,
  taxMinor: MinorSchema,
  freedMinor: MinorSchema,
  streams: z.partialRecord(StreamSchema, MinorSchema),
  reason: z.string(),
});
export type InvoiceCredited = z.infer<typeof InvoiceCreditedSchema>;
