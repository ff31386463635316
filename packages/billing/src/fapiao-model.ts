import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { DocumentIdSchema } from "@yihao/members/document-model";
import { StreamSchema, TaxBasisSchema, TaxReasonSchema } from "@yihao/pricing/model";
import { z } from "zod";
import { DaySchema, InvoiceIdSchema, MinorSchema } from "./model.ts";

export const FapiaoIdSchema = z.templateLiteral(["fpq_", z.string()]).refine((text) => isId("fpq", text));
export type FapiaoId = z.infer<typeof FapiaoIdSchema>;

/** 增值税专用发票, by which the buyer deducts the tax, and 普通发票. */
export const fapiaoKinds = ["special", "ordinary"] as const;
const text = (most: number) => z.string().trim().max(most);
/** Letters and figures of a tax number (纳税人识别号): 15 to 20, without I, O, S, V and Z (GB 32100). */
const TaxNumberSchema = z.union([
  z.literal(""),
  z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[0-9A-HJ-NP-RTUW-Y]{15,20}$/),
]);

/** What a company's fapiao are made out to (开票信息): 抬头, 税号, 地址, 电话, 开户行, 账号, and where they are sent. */
export const FapiaoTitleSchema = z.strictObject({
  kind: z.enum(fapiaoKinds),
  title: text(100).min(1),
  taxNumber: TaxNumberSchema,
  address: text(120),
  phone: text(40),
  bank: text(80),
  account: text(40),
  email: z.union([z.literal(""), z.email().max(120)]),
});
export type FapiaoTitle = z.infer<typeof FapiaoTitleSchema>;
export const FapiaoTitleViewSchema = FapiaoTitleSchema.extend({ rev: z.int() }).strip();

/** A line of a fapiao (开票明细): what a bill charges of one stream at one rate, less what credit notes took back of it. */
export const FapiaoLineSchema = z.object({
  stream: StreamSchema,
  amountMinor: MinorSchema,
  taxBasis: TaxBasisSchema,
  taxReason: TaxReasonSchema.optional(),
  taxMinor: MinorSchema,
});
export type FapiaoLine = z.infer<typeof FapiaoLineSchema>;

export const fapiaoStates = ["requested", "issued", "red-inked", "declined", "withdrawn"] as const;
/**
 * A fapiao of a bill (发票): asked for, issued on the tax bureau's platform (电子发票服务平台) with its number there and its file among the company's documents, or red-inked (红冲) there by another number. Yihao records; it issues nothing.
 * Title and lines are as they were when it was asked for; `creditedMinor` is what credit notes had taken back by then.
 */
export const FapiaoSchema = z.object({
  id: FapiaoIdSchema,
  company: CompanyIdSchema,
  companyName: z.string(),
  invoice: InvoiceIdSchema,
  invoiceNumber: z.string(),
  state: z.enum(fapiaoStates),
  title: FapiaoTitleSchema.strip(),
  lines: z.array(FapiaoLineSchema),
  totalMinor: MinorSchema,
  taxMinor: MinorSchema,
  creditedMinor: MinorSchema,
  number: z.string().optional(),
  issuedOn: DaySchema.optional(),
  document: DocumentIdSchema.optional(),
  redNumber: z.string().optional(),
  redOn: DaySchema.optional(),
  reason: z.string().optional(),
  at: z.string(),
  by: z.string(),
});
export type Fapiao = z.infer<typeof FapiaoSchema>;
/** `outdated`: its bill was credited after it was made out, so that it is to be red-inked. */
export const FapiaoViewSchema = FapiaoSchema.extend({ rev: z.int(), outdated: z.boolean() });
export type FapiaoView = z.infer<typeof FapiaoViewSchema>;

/** The number of a fapiao: 20 figures of an electronic one (数电票), 8 of an older. */
const NumberSchema = z
  .string()
  .trim()
  .regex(/^(\d{20}|\d{8})$/);
const reason = text(200).min(2);
/** What becomes of a fapiao next. */
export const FapiaoStepSchema = z.discriminatedUnion("does", [
  z.strictObject({
    does: z.literal("issue"),
    number: NumberSchema,
    on: DaySchema,
    document: DocumentIdSchema.optional(),
  }),
  z.strictObject({ does: z.literal("decline"), reason }),
  z.strictObject({ does: z.literal("red-ink"), number: NumberSchema, on: DaySchema, reason }),
  z.strictObject({ does: z.literal("withdraw") }),
]);
export type FapiaoStep = z.infer<typeof FapiaoStepSchema>;

/** `fapiao.requested`, `fapiao.issued`, `fapiao.red-inked`, `fapiao.declined`, `fapiao.withdrawn`, on the company's timeline. */
export const FapiaoToldSchema = FapiaoSchema.pick({
  company: true,
  invoice: true,
  invoiceNumber: true,
  number: true,
  totalMinor: true,
  reason: true,
}).extend({ fapiao: FapiaoIdSchema });
export type FapiaoTold = z.infer<typeof FapiaoToldSchema>;
