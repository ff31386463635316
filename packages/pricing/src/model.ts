import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

/** Revenue streams (收入来源): every line of every bill belongs to one. */
export const streams = [
  "membership",
  "desk",
  "room",
  "storage",
  "handling",
  "services",
  "events",
  "finance",
  "other",
] as const;
export const StreamSchema = z.enum(streams);
export type Stream = z.infer<typeof StreamSchema>;

/** What a quote can price. */
export const priceServices = ["room", "desk", "storage", "pick", "plan"] as const;
export const PriceServiceSchema = z.enum(priceServices);
export type PriceService = z.infer<typeof PriceServiceSchema>;

/** Prices are whole minor units, at most ten million yuan. */
export const PriceSchema = z.int().min(0).max(1_000_000_000);
/** A tax rate in basis points: 600 is 6 %. */
export const TaxBasisSchema = z.int().min(0).max(10_000);

/** Tax per service (税率), in basis points. */
export const TaxTableSchema = z.strictObject({
  room: TaxBasisSchema,
  desk: TaxBasisSchema,
  storage: TaxBasisSchema,
  pick: TaxBasisSchema,
  plan: TaxBasisSchema,
});
export type TaxTable = z.infer<typeof TaxTableSchema>;

/** China's VAT on services, 6 %, for everything that is priced here. */
export const defaultTax: TaxTable = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };

/** A resource's own prices, where they differ from the card's. */
export const PriceOverrideSchema = z.strictObject({
  hourMinor: PriceSchema.optional(),
  dayMinor: PriceSchema.optional(),
});

/** How many resources may have prices of their own: the card stays one item below 4 kB. */
export const overridesMost = 40;

/** The prices of a space (价目表), all with tax included (含税). One item a space. */
export const RateCardSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxIncluded: z.literal(true),
  taxBasis: TaxTableSchema,
  roomHourMinor: PriceSchema,
  deskDayMinor: PriceSchema,
  binDayMinor: PriceSchema,
  pickUnitMinor: PriceSchema,
  overrides: z
    .record(z.string().regex(/^res_[0-9a-z-]{3,40}$/), PriceOverrideSchema)
    .refine((all) => Object.keys(all).length <= overridesMost, { params: { most: overridesMost } })
    .optional(),
});
export type RateCard = z.infer<typeof RateCardSchema>;

/** The card as it is read; `card` is null and `rev` 0 before the first prices are set. */
export const RateCardAnswerSchema = z.object({ card: RateCardSchema.nullable(), rev: z.int() });

/**
 * A line of a quote. `per` says what one `unitMinor` buys; `quantity` counts whole minutes for rooms (priced per hour), and what `per`
 * names for all else. A part of a month has its days as `quantity` and the month's days as `of`. Tax is contained in the amount.
 */
export const QuoteLineSchema = z.strictObject({
  service: PriceServiceSchema,
  stream: StreamSchema,
  quantity: z.int().min(0),
  per: z.enum(["minute", "hour", "day", "unit", "month", "bin-day"]),
  of: z.int().min(28).max(31).optional(),
  unitMinor: PriceSchema,
  amountMinor: z.int(),
  taxMinor: z.int(),
  taxBasis: TaxBasisSchema,
  text: z.string().max(120).optional(),
});
export type QuoteLine = z.infer<typeof QuoteLineSchema>;

/** What something costs: the lines, their sums, and the minutes that an allowance (套餐额度) pays. */
export const PricedSchema = z.strictObject({
  lines: z.array(QuoteLineSchema),
  totalMinor: z.int(),
  taxMinor: z.int(),
  allowanceMinutes: z.int().min(0),
});
export type Priced = z.infer<typeof PricedSchema>;

/** A price that holds until an instant, at a revision of the rate card. */
export const QuoteSchema = PricedSchema.extend({ until: z.string(), rev: z.int() });
export type Quote = z.infer<typeof QuoteSchema>;

/** For how long a quoted price is kept. */
export const quoteMinutes = 10;

export const PlanIdSchema = z.templateLiteral(["pln_", z.string()]).refine((text) => isId("pln", text));
export type PlanId = z.infer<typeof PlanIdSchema>;

/** What a member pays a month and may use without paying again (会员套餐). Retired plans keep their members and get no new ones. */
export const NewPlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  monthlyMinor: PriceSchema,
  allowances: z.strictObject({ roomMinutes: z.int().min(0).max(60_000) }),
});
export type NewPlan = z.infer<typeof NewPlanSchema>;
export const PlanChangeSchema = NewPlanSchema.extend({ state: z.enum(["active", "retired"]) });
export type PlanChange = z.infer<typeof PlanChangeSchema>;
export const PlanSchema = PlanChangeSchema.extend({ id: PlanIdSchema });
export type Plan = z.infer<typeof PlanSchema>;
export const PlanViewSchema = PlanSchema.extend({ rev: z.int() });
export type PlanView = z.infer<typeof PlanViewSchema>;

/** `rate-card.changed`, on the timeline of `rate-card`. `before` is null the first time. */
export const RateCardChangedSchema = z.object({ before: RateCardSchema.nullable(), after: RateCardSchema });
/** `plan.changed`, on the plan's own timeline. `before` is null when it was added. */
export const PlanChangedSchema = z.object({ before: PlanSchema.nullable(), after: PlanSchema });
export type RateCardChanged = z.infer<typeof RateCardChangedSchema>;
export type PlanChanged = z.infer<typeof PlanChangedSchema>;

export const pricingRefusals = {
  "rate-card.missing": 409,
  "plan.retired": 409,
  "plan.name-taken": 409,
} as const;
export type PricingRefusal = keyof typeof pricingRefusals;
