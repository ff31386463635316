import { z } from "zod";
import { CollectionSchema } from "./collect-model.ts";
import { FapiaoSchema } from "./fapiao-model.ts";
import { DaySchema, MinorSchema, MonthSchema, PaymentIdSchema } from "./model.ts";

/** What a space pays for the platform (平台订阅), by month from `from` until `until` (excluded), in fen with tax: a base, and so much for each active company. */
export type PlatformPrice = {
  readonly from: string;
  readonly until?: string | undefined;
  readonly baseMinor: number;
  readonly companyMinor: number;
  /** The rate of VAT within it, in basis points: 6 % of a service (信息技术服务) unless it says otherwise. */
  readonly taxBasis?: number | undefined;
};

export const platformBillStates = ["open", "paid"] as const;

/** How far collecting a bill from the space's saved card is (自动扣款), as of companies' bills. */
export const PlatformCollectionSchema = CollectionSchema.pick({ state: true, attempts: true, nextOn: true, why: true });
export type PlatformCollection = z.infer<typeof PlatformCollectionSchema>;

/** A fapiao of the platform's bill (平台发票): asked for by the space's owner, issued or red-inked on the tax platform by the platform's, with its file; by the same steps as fapiao of companies' bills. */
export const PlatformFapiaoSchema = FapiaoSchema.pick({
  ...{ id: true, state: true, title: true, lines: true, totalMinor: true, taxMinor: true, at: true, by: true },
  ...{ number: true, issuedOn: true, redNumber: true, redOn: true, reason: true },
}).extend({ file: z.object({ name: z.string(), bytes: z.int() }).optional() });
export type PlatformFapiao = z.infer<typeof PlatformFapiaoSchema>;

/** A month's bill of the platform to a space (平台账单): what it is made of stands in it, as the prices were. */
export const PlatformBillSchema = z.object({
  month: MonthSchema,
  number: z.string(),
  /** Active companies of the month, see `isActiveIn`. */
  companies: z.int(),
  baseMinor: MinorSchema,
  companyMinor: MinorSchema,
  amountMinor: MinorSchema,
  state: z.enum(platformBillStates),
  /** What came in for it; more than the amount when it was paid twice. */
  paidMinor: MinorSchema,
  drawnAt: z.string(),
  paidAt: z.string().optional(),
  dueOn: DaySchema.optional(),
  collection: PlatformCollectionSchema.optional(),
  /** The rate of VAT within it; 6 % where nothing is kept. */
  taxBasis: z.int().optional(),
  /** The latest last; of them one at a time is asked for or issued. */
  fapiao: z.array(PlatformFapiaoSchema).optional(),
  /** The level of reminding (催缴) that it has reached while it was open past its day, and when. */
  reminded: z.object({ level: z.int(), on: DaySchema }).optional(),
});
export type PlatformBill = z.infer<typeof PlatformBillSchema>;

/** The same in the list of all spaces, by the name that the space had when it was drawn. */
export const PlatformBillRowSchema = PlatformBillSchema.extend({ space: z.string(), name: z.string().optional() });
export type PlatformBillRow = z.infer<typeof PlatformBillRowSchema>;

export const PlatformBillsSchema = z.object({
  month: MonthSchema,
  items: z.array(PlatformBillRowSchema),
  amountMinor: MinorSchema,
  paidMinor: MinorSchema,
});
export type PlatformBills = z.infer<typeof PlatformBillsSchema>;

export const AskedPlatformPageSchema = z.object({ payment: PaymentIdSchema, url: z.string() });

/** Bills whose fapiao wait to be issued, over all spaces and months, the oldest first. */
export const AskedFapiaosSchema = z.object({ items: z.array(PlatformBillRowSchema) });
export const PlatformFileSchema = z.strictObject({ name: z.string().trim().min(1).max(120), bytes: z.int().min(1) });

/** `platform-fapiao.requested`, `platform-fapiao.issued` and so on, of the space's own. */
export const PlatformFapiaoToldSchema = z.object({ month: MonthSchema, number: z.string(), fapiao: z.string() });
export type PlatformFapiaoTold = z.infer<typeof PlatformFapiaoToldSchema>;
