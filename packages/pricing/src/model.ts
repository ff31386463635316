import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

/** Revenue streams (收入来源): every line of every bill belongs to one. */
export const streams = [
  "membership",
  "rent",
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

/** What can be booked, as far as its price differs; what each is stands in booking. */
export const bookableKinds = ["room", "desk", "pool", "office", "equipment", "dock", "locker", "parking"] as const;
export type BookableKind = (typeof bookableKinds)[number];

/** What a quote can price. */
export const priceServices = ["room", "desk", "equipment", "facility", "storage", "pick", "plan"] as const;
export const PriceServiceSchema = z.enum(priceServices);
export type PriceService = z.infer<typeof PriceServiceSchema>;

/** Prices are whole minor units, at most ten million yuan. */
export const PriceSchema = z.int().min(0).max(1_000_000_000);
/** A tax rate in basis points: 600 is 6 %. */
export const TaxBasisSchema = z.int().min(0).max(10_000);

/** Why a line carries no tax: services to incubated companies by a recognised space (财政部 税务总局 科技部 教育部 2023 No. 42). */
export const TaxReasonSchema = z.enum(["incubation-2023-42"]);
export type TaxReason = z.infer<typeof TaxReasonSchema>;

/** Tax per service (税率), in basis points. Equipment and facilities are taxed as rooms are unless they have a rate of their own, rent as the law taxes leases of real estate on its day. */
export const TaxTableSchema = z.strictObject({
  room: TaxBasisSchema,
  desk: TaxBasisSchema,
  equipment: TaxBasisSchema.optional(),
  facility: TaxBasisSchema.optional(),
  storage: TaxBasisSchema,
  pick: TaxBasisSchema,
  plan: TaxBasisSchema,
  rent: TaxBasisSchema.optional(),
});
export type TaxTable = z.infer<typeof TaxTableSchema>;

/** China's VAT on services, 6 %, for everything that is priced here. */
export const defaultTax: TaxTable = { room: 600, desk: 600, storage: 600, pick: 600, plan: 600 };

/** A resource's own prices, where they differ from the card's. `capMinor` is the most that one local day of a booking by time costs (封顶价). */
export const PriceOverrideSchema = z.strictObject({
  hourMinor: PriceSchema.optional(),
  dayMinor: PriceSchema.optional(),
  capMinor: PriceSchema.optional(),
});

const ResourceKeySchema = z.string().regex(/^res_[0-9a-z-]{3,40}$/);
const WallTimeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5][05]|24:00)$/);
/** What a rate asks instead: an hour's price, a day's price, or so many hundredths of the price there would be without it. */
const RatePriceSchema = z.union([
  z.strictObject({ hourMinor: PriceSchema }),
  z.strictObject({ dayMinor: PriceSchema }),
  z.strictObject({ percent: z.int().min(0).max(500) }),
]);
/**
 * A rate that differs (分时价): for kinds or single resources, on ISO weekdays, within a stretch of wall time, for bookings of at least so many minutes, for companies with
 * or without a plan. What is left out is not asked. The first rate of the card that fits is the one that holds.
 */
export const RateSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(30),
    kinds: z.array(z.enum(bookableKinds)).min(1).max(bookableKinds.length).optional(),
    resources: z.array(ResourceKeySchema).min(1).max(6).optional(),
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional(),
    from: WallTimeSchema.optional(),
    until: WallTimeSchema.optional(),
    leastMinutes: z.int().min(5).max(2880).optional(),
    member: z.boolean().optional(),
    price: RatePriceSchema,
  })
  .refine(({ from = "00:00", until = "24:00" }) => from < until, { params: { rule: "from-before-until" } });
export type Rate = z.infer<typeof RateSchema>;

/** What one company pays for a kind (协议价): a price of its own in place of every rate, cap and other price, or so many hundredths of what others pay. Its name stands on quotes and bills. */
export const AgreedPriceSchema = z.strictObject({
  name: z.string().trim().min(1).max(30),
  kind: z.enum(bookableKinds),
  price: RatePriceSchema,
  from: z.iso.date(),
  until: z.iso.date().optional(),
});
export type AgreedPrice = z.infer<typeof AgreedPriceSchema>;
/** How many prices of its own a company has: they stand in its item, which every booking reads. */
export const agreedMost = 8;

/** How many rates a card has: with them it stays one item below 4 kB. */
export const ratesMost = 12;

/** How many resources may have prices of their own: the card stays one item below 4 kB. */
export const overridesMost = 30;

const DaySchema = z.iso.date();
/** The prices of what can be booked (预订价目), which may differ from one period to another. */
export const CardPricesSchema = z.strictObject({
  roomHourMinor: PriceSchema,
  deskDayMinor: PriceSchema,
  /** Prices of kinds, where they are not those of a room's hour and a desk's day. A kind without a price costs nothing. */
  kinds: z
    .strictObject({
      room: PriceOverrideSchema.optional(),
      desk: PriceOverrideSchema.optional(),
      pool: PriceOverrideSchema.optional(),
      office: PriceOverrideSchema.optional(),
      equipment: PriceOverrideSchema.optional(),
      dock: PriceOverrideSchema.optional(),
      locker: PriceOverrideSchema.optional(),
      parking: PriceOverrideSchema.optional(),
    })
    .optional(),
  rates: z.array(RateSchema).max(ratesMost).optional(),
  overrides: z
    .record(ResourceKeySchema, PriceOverrideSchema)
    .refine((all) => Object.keys(all).length <= overridesMost, { params: { most: overridesMost } })
    .optional(),
});
export type CardPrices = z.infer<typeof CardPricesSchema>;

/** Prices that hold from a local day on, until another (excluded) or for good: they stand in the card's own item, so that a quote reads nothing more. */
export const PeriodSchema = CardPricesSchema.extend({ from: DaySchema, until: DaySchema.optional() });
export type Period = z.infer<typeof PeriodSchema>;
/** How many periods a card has at once, the present one included. */
export const periodsMost = 3;

/** The prices of a space (价目表), all with tax included (含税). One item a space. Its own prices of what can be booked hold wherever no period does. */
export const RateCardSchema = CardPricesSchema.extend({
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxIncluded: z.literal(true),
  taxBasis: TaxTableSchema,
  binDayMinor: PriceSchema,
  pickUnitMinor: PriceSchema,
  periods: z.array(PeriodSchema).max(periodsMost).optional(),
});
export type RateCard = z.infer<typeof RateCardSchema>;

/** The card as it is read; `card` is null and `rev` 0 before the first prices are set. */
export const RateCardAnswerSchema = z.object({ card: RateCardSchema.nullable(), rev: z.int() });
/** A card that held before (以前的价目), until the instant at which another took its place. */
export const PastCardSchema = z.object({ card: RateCardSchema, until: z.string() });
export type PastCard = z.infer<typeof PastCardSchema>;

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

/**
 * What something costs: the lines, their sums, and what an allowance (套餐额度) and prepaid packs (预付包) pay before money does: minutes of what is had
 * by time, days of a desk.
 */
export const PricedSchema = z.strictObject({
  lines: z.array(QuoteLineSchema),
  totalMinor: z.int(),
  taxMinor: z.int(),
  allowanceMinutes: z.int().min(0),
  creditMinutes: z.int().min(1).optional(),
  allowanceDays: z.int().min(1).optional(),
  creditDays: z.int().min(1).optional(),
});
export type Priced = z.infer<typeof PricedSchema>;

/** A price that holds until an instant, at a revision of the rate card. */
export const QuoteSchema = PricedSchema.extend({ until: z.string(), rev: z.int() });
export type Quote = z.infer<typeof QuoteSchema>;

/** For how long a quoted price is kept. */
export const quoteMinutes = 10;

export const PlanIdSchema = z.templateLiteral(["pln_", z.string()]).refine((text) => isId("pln", text));
export type PlanId = z.infer<typeof PlanIdSchema>;

/** What credits (额度) count: minutes of rooms, days of desks, passes of guests, days of bins. */
export const creditKinds = ["room-minutes", "desk-days", "guest-passes", "bin-days"] as const;
export const CreditKindSchema = z.enum(creditKinds);
export type CreditKind = z.infer<typeof CreditKindSchema>;

const most = (units: number) => z.int().min(0).max(units);
/** How much of what is left of a month goes over into the next at most (结转上限); what is left out resets (清零). */
export const RolloverSchema = z.strictObject({
  roomMinutes: most(600_000).optional(),
  deskDays: most(50_000).optional(),
  guestPasses: most(50_000).optional(),
  binDays: most(500_000).optional(),
});
export type Rollover = z.infer<typeof RolloverSchema>;
/** What a plan gives each month. `bins` are bins for every day of it: the month's days of each. */
export const AllowancesSchema = z.strictObject({
  roomMinutes: most(60_000),
  deskDays: most(5_000).optional(),
  guestPasses: most(5_000).optional(),
  bins: most(5_000).optional(),
  rollover: RolloverSchema.optional(),
});
export type Allowances = z.infer<typeof AllowancesSchema>;

/** What becomes of a plan when its term is over: it goes on from month to month, for another term, or ends. */
export const renewals = ["monthly", "term", "ends"] as const;
export const RenewalSchema = z.enum(renewals);

/** Another price of a plan, known before it holds (预告调价): for plans that begin or change on its day or after. */
const NextPriceSchema = z.strictObject({ from: z.iso.date(), monthlyMinor: PriceSchema });

/** What a member pays a month and may use without paying again (会员套餐), for how long at least and with what notice. Retired plans keep their members and get no new ones. */
export const NewPlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  monthlyMinor: PriceSchema,
  next: NextPriceSchema.optional(),
  allowances: AllowancesSchema,
  /** Months it runs at least (最短租期); nothing when left out. */
  termMonths: z.int().min(0).max(60).optional(),
  /** Days between notice and end at least (提前通知). */
  noticeDays: z.int().min(0).max(365).optional(),
  renewal: RenewalSchema.optional(),
});
export type NewPlan = z.infer<typeof NewPlanSchema>;
export const PlanChangeSchema = NewPlanSchema.extend({ state: z.enum(["active", "retired"]) });
export type PlanChange = z.infer<typeof PlanChangeSchema>;
export const PlanSchema = PlanChangeSchema.extend({ id: PlanIdSchema });
export type Plan = z.infer<typeof PlanSchema>;
export const PlanViewSchema = PlanSchema.extend({ rev: z.int() });
export type PlanView = z.infer<typeof PlanViewSchema>;

export const PackIdSchema = z.templateLiteral(["pck_", z.string()]).refine((text) => isId("pck", text));
export type PackId = z.infer<typeof PackIdSchema>;
/** Credits paid ahead (预付包): so many of a kind for a price, good for so many days. */
export const NewPackSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  kind: CreditKindSchema,
  units: z.int().min(1).max(1_000_000),
  priceMinor: PriceSchema,
  validDays: z.int().min(1).max(1100),
});
export type NewPack = z.infer<typeof NewPackSchema>;
export const PackChangeSchema = NewPackSchema.extend({ state: z.enum(["active", "retired"]) });
export type PackChange = z.infer<typeof PackChangeSchema>;
export const PackSchema = PackChangeSchema.extend({ id: PackIdSchema });
export type Pack = z.infer<typeof PackSchema>;
export const PackViewSchema = PackSchema.extend({ rev: z.int() });
export type PackView = z.infer<typeof PackViewSchema>;

/**
 * What was asked on a day (那天的价格): the card's prices of what can be booked as they held then, with its prices of goods; a month of each plan and the price of each pack, retired ones too. `card` is null before the space's first
 * prices; a plan or pack that there was not yet is left out.
 */
export const HeldPricesSchema = z.object({
  day: z.iso.date(),
  card: RateCardSchema.nullable(),
  plans: z.array(z.object({ plan: z.string(), monthlyMinor: PriceSchema })),
  packs: z.array(z.object({ pack: z.string(), priceMinor: PriceSchema })),
});
export type HeldPrices = z.infer<typeof HeldPricesSchema>;

/** `rate-card.changed`, on the timeline of `rate-card`. `before` is null the first time. */
export const RateCardChangedSchema = z.object({ before: RateCardSchema.nullable(), after: RateCardSchema });
/** `plan.changed`, on the plan's own timeline. `before` is null when it was added. */
export const PlanChangedSchema = z.object({ before: PlanSchema.nullable(), after: PlanSchema });
/** `pack-offer.changed`, on the pack's own timeline. `before` is null when it was added. */
export const PackOfferChangedSchema = z.object({ before: PackSchema.nullable(), after: PackSchema });
export type PackOfferChanged = z.infer<typeof PackOfferChangedSchema>;
export type RateCardChanged = z.infer<typeof RateCardChangedSchema>;
export type PlanChanged = z.infer<typeof PlanChangedSchema>;

export const pricingRefusals = {
  "rate-card.missing": 409,
  "rate-card.days": 422,
  "rate-card.overlap": 409,
  "rate-card.begun": 409,
  "plan.retired": 409,
  "plan.name-taken": 409,
  "pack.retired": 409,
  "pack.name-taken": 409,
  "tariff.overlap": 409,
  "tariff.begun": 409,
} as const;
export type PricingRefusal = keyof typeof pricingRefusals;
