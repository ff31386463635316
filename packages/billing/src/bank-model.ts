import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { DaySchema, InvoiceIdSchema, PaymentIdSchema } from "./model.ts";

export const BankLineIdSchema = z.templateLiteral(["bnk_", z.string()]).refine((text) => isId("bnk", text));
export type BankLineId = z.infer<typeof BankLineIdSchema>;

/** Money that came in, as the bank's file (银行流水) tells it. */
export const BankEntrySchema = z.object({
  day: DaySchema,
  amountMinor: z.int().min(1),
  payer: z.string(),
  reference: z.string(),
  remark: z.string(),
});
export type BankEntry = z.infer<typeof BankEntrySchema>;

/** Whom money is probably from: by a bill's number in the remark, or by the payer's name. */
export const GuessSchema = z.object({
  company: CompanyIdSchema,
  companyName: z.string(),
  by: z.enum(["number", "name"]),
  invoices: z.array(InvoiceIdSchema),
});
export type Guess = z.infer<typeof GuessSchema>;

/** A line that was not matched by itself (未匹配): `open` until somebody says whose it is, or sets it aside as no company's. */
export const BankLineSchema = BankEntrySchema.extend({
  id: BankLineIdSchema,
  state: z.enum(["open", "matched", "set-aside"]),
  guess: GuessSchema.optional(),
  payment: PaymentIdSchema.optional(),
  company: CompanyIdSchema.optional(),
  at: z.string(),
  by: z.string(),
});
export type BankLine = z.infer<typeof BankLineSchema>;

export const NewBankImportSchema = z.strictObject({ csv: z.string().min(1).max(1_000_000) });
/** A row of the file that could not be read, `what` names the cell; or whose reference (`used`) is that of other money already, so that it cannot be the same line again. */
export const BankFaultSchema = z.object({
  row: z.int(),
  what: z.enum(["day", "amount", "way", "reference", "used"]),
  value: z.string(),
});
export type BankFault = z.infer<typeof BankFaultSchema>;
/** What became of a file: posted by themselves, waiting, known from before, going out, unreadable. */
export const BankImportedSchema = z.object({
  posted: z.int(),
  waiting: z.int(),
  known: z.int(),
  outgoing: z.int(),
  postedMinor: z.int(),
  faults: z.array(BankFaultSchema),
});
export type BankImported = z.infer<typeof BankImportedSchema>;
/** How many rows a file may have. */
export const bankRowsMost = 500;
