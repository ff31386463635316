import { z } from "zod";
import { CollectionSchema } from "./collect-model.ts";
import { CreditNoteSchema } from "./credit-model.ts";
import { InvoiceSchema, LineSchema, PaymentViewSchema } from "./model.ts";

/** A bill as it is read: with its lines, what was paid of it, and the credit notes that took of it back. */
export const InvoiceViewSchema = InvoiceSchema.extend({
  rev: z.int(),
  lines: z.array(LineSchema),
  payments: z.array(PaymentViewSchema),
  credits: z.array(CreditNoteSchema),
  /** How it is collected by a saved method, once that began. */
  collection: CollectionSchema.optional(),
});
export type InvoiceView = z.infer<typeof InvoiceViewSchema>;
