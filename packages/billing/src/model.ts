import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { StreamSchema, TaxBasisSchema, TaxReasonSchema } from "@yihao/pricing/model";
import { ServiceClassSchema } from "@yihao/pricing/tax-model";
import { z } from "zod";
import { type AccountRefusal, accountRefusals } from "./account-refusals.ts";
import { type PayRefusal, payRefusals } from "./pay-refusals.ts";

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));

export const ChargeIdSchema = idSchema("chg");
export const InvoiceIdSchema = idSchema("inv");
export const PaymentIdSchema = idSchema("pay");
export type ChargeId = z.infer<typeof ChargeIdSchema>;
export type InvoiceId = z.infer<typeof InvoiceIdSchema>;
export type PaymentId = z.infer<typeof PaymentIdSchema>;
export const DaySchema = z.iso.date();
export const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const MinorSchema = z.int();

/** What a charge is for. `allowance` shows what a plan's allowance paid and `prepaid` what packs paid, at no price; `refund` gives money back for a cancelled booking, `late-fee` is what late payment costs, `extra` was charged by hand, `penalty` by what happened, and `discount` takes off what is charged. */
export const chargeServices = [
  "plan",
  "rent",
  "room",
  "allowance",
  "prepaid",
  "desk",
  "equipment",
  "facility",
  "storage",
  "pick",
  "refund",
  "late-fee",
  "extra",
  "penalty",
  "discount",
  "receive",
  "putaway",
  "ship",
  "pack",
  "return",
  "kit",
  "count",
  "label",
] as const;
export const ChargeServiceSchema = z.enum(chargeServices);
export type ChargeService = z.infer<typeof ChargeServiceSchema>;
export const pers = [
  ...(["minute", "hour", "day", "unit", "month", "bin-day", "once", "line", "order", "carton", "kg", "cubic"] as const),
  ...(["bin", "pallet"] as const),
] as const;
export const PerSchema = z.enum(pers);

/** The document that a charge comes from, and the event that it was made of. */
export const SourceSchema = z.object({
  kind: z.enum([
    "booking",
    "cancellation",
    "storage",
    "handling",
    "plan",
    "agreement",
    "dunning",
    "manual",
    "penalty",
    "discount",
  ]),
  document: z.string(),
  event: z.string().optional(),
});

/**
 * A charge (计费): something that happened and costs. Written once, never changed. `month` and `day` are local to where it happened; amounts are
 * gross (含税) fen. Quantities of rooms are minutes though their price is `per` hour, those `per` kg grams, those per cubic metre millilitres; part of a month is days `of` the month's days.
 */
export const ChargeSchema = z.object({
  id: ChargeIdSchema,
  company: CompanyIdSchema,
  month: MonthSchema,
  day: DaySchema,
  service: ChargeServiceSchema,
  stream: StreamSchema,
  /** What it is for, as the company knows it: a resource, a plan, a warehouse. */
  about: z.object({ id: z.string(), name: z.string() }).optional(),
  quantity: z.int(),
  per: PerSchema,
  of: z.int().optional(),
  unitMinor: MinorSchema,
  amountMinor: MinorSchema,
  taxBasis: TaxBasisSchema,
  taxMinor: MinorSchema,
  taxReason: TaxReasonSchema.optional(),
  /** What it is to the tax (税目), where the space has said how it is taxed. */
  serves: ServiceClassSchema.optional(),
  source: SourceSchema,
  at: z.string(),
});
export type Charge = z.infer<typeof ChargeSchema>;

/**
 * Why a charge is on no bill yet: its month was not drawn (or had more to give back than to pay), it is rent in advance that the bill of the month before takes, its draft was drawn before it, or its
 * month is closed and the next bill takes it.
 */
export const whyOpen = ["not-drawn", "in-advance", "after-draft", "late"] as const;
export const OpenChargeSchema = ChargeSchema.extend({ state: z.literal("open"), why: z.enum(whyOpen) });
export type OpenCharge = z.infer<typeof OpenChargeSchema>;

/** A line of a bill: charges of one service, thing and price together. `late` names the earlier month they belong to, `ahead` the later one that rent is paid for in advance. */
export const LineSchema = z.object({
  service: ChargeServiceSchema,
  stream: StreamSchema,
  about: z.object({ id: z.string(), name: z.string() }).optional(),
  late: MonthSchema.optional(),
  ahead: MonthSchema.optional(),
  quantity: z.int(),
  per: PerSchema,
  of: z.int().optional(),
  unitMinor: MinorSchema,
  amountMinor: MinorSchema,
  taxBasis: TaxBasisSchema,
  taxMinor: MinorSchema,
  taxReason: TaxReasonSchema.optional(),
  serves: ServiceClassSchema.optional(),
  charges: z.int(),
});
export type Line = z.infer<typeof LineSchema>;

/** Gross and tax of one revenue stream on a bill; `exemptMinor` of the gross is exempt and accounted for separately (免税收入单独核算). */
export const StreamSumSchema = z.object({
  stream: StreamSchema,
  amountMinor: MinorSchema,
  taxMinor: MinorSchema,
  exemptMinor: MinorSchema.optional(),
});
/** Gross and tax of a bill at one rate, or exempt for one reason. */
export const TaxSumSchema = z.object({
  basis: TaxBasisSchema,
  reason: TaxReasonSchema.optional(),
  amountMinor: MinorSchema,
  taxMinor: MinorSchema,
});
export type TaxSum = z.infer<typeof TaxSumSchema>;
export type StreamSum = z.infer<typeof StreamSumSchema>;

/**
 * `draft` may be drawn again; `due` and `part-paid` are finalised and wait for money; `paid` is settled. A bill of nothing is paid at once. `void` was taken back whole by
 * credit notes, `written-off` has nothing open since the rest was given up.
 */
export const invoiceStates = ["draft", "due", "part-paid", "paid", "void", "written-off"] as const;
export const InvoiceStateSchema = z.enum(invoiceStates);
export type InvoiceState = z.infer<typeof InvoiceStateSchema>;

/** The head of a bill (账单). Once finalised nothing of it changes but what was paid, credited and written off. */
/**
 * How a company is billed for a month (出账方式): by one bill of everything (`joint`), or by one each (`separate`) for rent (房租), the warehouse (云仓), and all that it uses of the space. A month stays as it was first drawn.
 */
export const billWays = ["joint", "separate"] as const;
export const BillWaySchema = z.strictObject({ bills: z.enum(billWays) });
export type BillWay = z.infer<typeof BillWaySchema>;
/** What a company said of its bills (出账方式) and whom its fapiao are made out to (发票抬头), as far as it said so. */
export const BillTermsSchema = z.object({ way: z.enum(billWays).optional(), title: z.string().optional() });
export type BillTerms = z.infer<typeof BillTermsSchema>;
export const billParts = ["space", "rent", "goods"] as const;
export const BillPartSchema = z.enum(billParts);
export type BillPart = z.infer<typeof BillPartSchema>;

export const InvoiceSchema = z.object({
  id: InvoiceIdSchema,
  company: CompanyIdSchema,
  companyName: z.string(),
  companyCode: z.string().optional(),
  month: MonthSchema,
  /** What of the month it is for, where the company has bills of their own for each; all of it otherwise. */
  part: BillPartSchema.optional(),
  state: InvoiceStateSchema,
  number: z.string().optional(),
  totalMinor: MinorSchema,
  taxMinor: MinorSchema,
  paidMinor: MinorSchema,
  /** What credit notes took back of it, and the part of that which had been paid and went to the company's balance. */
  creditedMinor: MinorSchema.optional(),
  freedMinor: MinorSchema.optional(),
  writtenOffMinor: MinorSchema.optional(),
  streams: z.array(StreamSumSchema),
  /** The same by rate (税率); bills from before it was kept have none. */
  taxes: z.array(TaxSumSchema).optional(),
  drawnAt: z.string(),
  finalisedAt: z.string().optional(),
  finalisedOn: DaySchema.optional(),
  dueOn: DaySchema.optional(),
  paidAt: z.string().optional(),
  /** The month it is posted to (记账期间): its own, or the first that was open when that was closed. */
  period: MonthSchema.optional(),
  /** What was open when the space took its books over (期初应收): billed elsewhere before, so it has no lines and its number is of no series here. */
  opening: z.boolean().optional(),
});
export type Invoice = z.infer<typeof InvoiceSchema>;

/** A bill in a list. */
export const InvoiceRowSchema = InvoiceSchema.pick({
  id: true,
  company: true,
  companyName: true,
  month: true,
  part: true,
  state: true,
  number: true,
  totalMinor: true,
  taxMinor: true,
  taxes: true,
  paidMinor: true,
  creditedMinor: true,
  freedMinor: true,
  writtenOffMinor: true,
  dueOn: true,
  opening: true,
}).partial({ taxMinor: true });
export type InvoiceRow = z.infer<typeof InvoiceRowSchema>;

/** `transfer` is 对公转账, `cash` 现金, `hosted` a payment provider's page; `balance` settles from what the company paid ahead (预收抵扣), `deposit` from its deposit (押金抵扣). */
export const payWays = ["transfer", "cash", "hosted", "balance", "deposit"] as const;
export const paymentStates = ["asked", "open", "received", "failed"] as const;
export const AllocationSchema = z.object({ invoice: InvoiceIdSchema, number: z.string(), amountMinor: MinorSchema });
/** A payment (收款): an intent until the money is there. What no bill took is the company's credit (预收). */
export const PaymentSchema = z.object({
  id: PaymentIdSchema,
  company: CompanyIdSchema,
  companyName: z.string(),
  way: z.enum(payWays),
  state: z.enum(paymentStates),
  amountMinor: MinorSchema,
  reference: z.string(),
  receivedOn: DaySchema.optional(),
  allocations: z.array(AllocationSchema),
  creditMinor: MinorSchema,
  /** What was given back of it. */
  refundedMinor: MinorSchema.optional(),
  /** What of it is disputed by its payer's bank, or was lost to it. */
  disputedMinor: MinorSchema.optional(),
  /** The bill that a hosted page was asked for. */
  invoice: InvoiceIdSchema.optional(),
  /** The saved method that it was collected by, without its holder. */
  collected: z.object({ method: z.string(), brand: z.string(), last4: z.string() }).optional(),
  /** What pays is saved under this id too. */
  saves: z.string().optional(),
  /** The guest's booking (散客预订) that it pays. */
  booking: z.string().optional(),
  provider: z.string().optional(),
  /** The account at the provider that it is paid into; the platform's own when left out. */
  account: z.string().optional(),
  /** What the provider calls it. */
  intent: z.string().optional(),
  session: z.string().optional(),
  url: z.string().optional(),
  expiresAt: z.string().optional(),
  at: z.string(),
  by: z.string(),
});
export type Payment = z.infer<typeof PaymentSchema>;
/** A payment as people see it: without the page's address. */
export const PaymentViewSchema = PaymentSchema.omit({ url: true, session: true, intent: true, account: true });

export const NewPaymentSchema = z.strictObject({
  company: CompanyIdSchema,
  amountMinor: z.int().min(1).max(100_000_000_000),
  way: z.enum(["transfer", "cash"]).default("transfer"),
  reference: z.string().trim().min(1).max(60),
  receivedOn: DaySchema,
  /** Which bills it pays and how much of each; oldest first when left out. */
  invoices: z
    .array(z.strictObject({ invoice: InvoiceIdSchema, amountMinor: z.int().min(1) }))
    .min(1)
    .max(12)
    .optional(),
});
export type NewPayment = z.infer<typeof NewPaymentSchema>;

/** A month's run (生成账单): how far it is. `carried` companies have more to get back than to pay, `closed` ones had their bill already. */
export const RunSchema = z.object({
  id: z.string(),
  month: MonthSchema,
  state: z.enum(["running", "done"]),
  askedAt: z.string(),
  by: z.string(),
  total: z.int(),
  done: z.int(),
  drawn: z.int(),
  carried: z.int(),
  closed: z.int(),
  nothing: z.int(),
});
export type Run = z.infer<typeof RunSchema>;
export const NewRunSchema = z.strictObject({
  month: MonthSchema,
  companies: z.array(CompanyIdSchema).min(1).max(30).optional(),
});

/** What a company brought along when the space took its books over (期初余额): owed, held as a deposit (押金), or paid ahead (预收). */
export const openingAccounts = ["receivable", "deposit", "credit"] as const;
export type OpeningAccount = (typeof openingAccounts)[number];
/** An opening balance as the space's old books have it; `reference` is the old bill's or receipt's number. Of receivables also when they are due. */
export type OpeningWish = {
  readonly account: OpeningAccount;
  readonly reference: string;
  readonly amountMinor: number;
  readonly on: string;
  readonly dueOn?: string | undefined;
};
/** A deposit or an advance that was taken over. A receivable is a bill instead, so that it ages and is paid like any other. */
export type Opening = OpeningWish & {
  readonly id: `opb_${string}`;
  readonly company: z.infer<typeof CompanyIdSchema>;
  readonly at: string;
};

export const BalanceSchema = z.object({
  company: CompanyIdSchema,
  receivableMinor: MinorSchema,
  creditMinor: MinorSchema,
  depositMinor: MinorSchema,
});

const text = (most: number) => z.string().trim().max(most);
/** How the space bills: days until a bill is due, and the account that transfers go to (收款账户). */
export const BillingSettingsSchema = z.strictObject({
  termsDays: z.int().min(0).max(90),
  bankHolder: text(80),
  bankName: text(80),
  bankAccount: text(40),
  /** Whether companies are written to of each bill once it is final; they are unless it says no. */
  mailBills: z.boolean().optional(),
});
export type BillingSettings = z.infer<typeof BillingSettingsSchema>;
export const defaultSettings: BillingSettings = { termsDays: 10, bankHolder: "", bankName: "", bankAccount: "" };

/** Bills at a glance: by state, receivables by age, and how many charges wait. */
export const SummarySchema = z.object({
  today: DaySchema,
  drafts: z.object({ count: z.int(), amountMinor: MinorSchema }),
  due: z.object({ count: z.int(), amountMinor: MinorSchema, openMinor: MinorSchema }),
  overdue: z.object({ count: z.int(), openMinor: MinorSchema }),
  /** Not due, 1–30, 31–60, 61–90 and more days over. */
  ages: z.array(z.object({ upTo: z.int().nullable(), count: z.int(), openMinor: MinorSchema })),
});
export type Summary = z.infer<typeof SummarySchema>;

/** `invoice-run.asked`, subject the run. */
export const RunAskedSchema = z.object({
  run: z.string(),
  month: MonthSchema,
  companies: z.array(CompanyIdSchema).optional(),
});
/** `invoice-run.company`, subject the run and company. */
export const RunCompanySchema = z.object({ run: z.string(), month: MonthSchema, company: CompanyIdSchema });
/** `invoice.finalised`, on the company's timeline as all below. `streams` are net (不含税). */
export const InvoiceFinalisedSchema = z.object({
  invoice: InvoiceIdSchema,
  number: z.string(),
  company: CompanyIdSchema,
  month: MonthSchema,
  /** The month it is posted to; `month` when left out. */
  period: MonthSchema.optional(),
  finalisedOn: DaySchema,
  dueOn: DaySchema,
  totalMinor: MinorSchema,
  taxMinor: MinorSchema,
  streams: z.partialRecord(StreamSchema, MinorSchema),
});
/** `invoice.mailed`: so many readers of the company were written to of a bill. */
export const InvoiceMailedSchema = z.object({
  invoice: InvoiceIdSchema,
  number: z.string(),
  company: CompanyIdSchema,
  readers: z.int(),
});
export type InvoiceMailed = z.infer<typeof InvoiceMailedSchema>;
/** `payment.recorded`: money came in. */
export const PaymentRecordedSchema = z.object({
  payment: PaymentIdSchema,
  company: CompanyIdSchema,
  way: z.enum(payWays),
  receivedOn: DaySchema,
  amountMinor: MinorSchema,
  creditMinor: MinorSchema,
  allocations: z.array(AllocationSchema),
});
/** `opening.taken-over`: a balance of the old books stands on the company's account; `document` is the bill or the opening it became. */
export const OpeningTakenOverSchema = z.object({
  company: CompanyIdSchema,
  document: z.string(),
  account: z.enum(openingAccounts),
  reference: z.string(),
  amountMinor: MinorSchema,
});
export type OpeningTakenOver = z.infer<typeof OpeningTakenOverSchema>;
/** `invoice.paid`: nothing of it is open any more. */
export const InvoicePaidSchema = z.object({
  invoice: InvoiceIdSchema,
  number: z.string(),
  company: CompanyIdSchema,
  month: MonthSchema,
  totalMinor: MinorSchema,
});
export type RunAsked = z.infer<typeof RunAskedSchema>;
export type RunCompany = z.infer<typeof RunCompanySchema>;
export type InvoiceFinalised = z.infer<typeof InvoiceFinalisedSchema>;
export type PaymentRecorded = z.infer<typeof PaymentRecordedSchema>;
export type InvoicePaid = z.infer<typeof InvoicePaidSchema>;

export const billingRefusals = {
  "invoice.not-draft": 409,
  "invoice.changed": 409,
  "invoice.negative": 409,
  "invoice.empty": 409,
  "invoice.draft": 409,
  "invoice.nothing-open": 409,
  "invoice.no-reader": 409,
  "payment.reference-used": 409,
  "payment.allocation": 422,
  "payment.day": 422,
  "payment.too-many-invoices": 422,
  "payment.provider-down": 503,
  "payment.too-small": 409,
  "run.month-ahead": 422,
  "opening.taken": 409,
  "opening.number": 422,
  ...accountRefusals,
  ...payRefusals,
} as const;
export type BillingRefusal = keyof typeof billingRefusals;
/** Those of bills and payments alone. */
export type BillRefusal = Exclude<BillingRefusal, AccountRefusal | PayRefusal>;
