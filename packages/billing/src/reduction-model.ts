import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { StreamSchema } from "@yihao/pricing/model";
import { z } from "zod";
import { ChargeIdSchema, DaySchema, MinorSchema, MonthSchema } from "./model.ts";

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));
export const ReductionIdSchema = idSchema("rdc");
export const CouponIdSchema = idSchema("cpn");
export type ReductionId = z.infer<typeof ReductionIdSchema>;
export type CouponId = z.infer<typeof CouponIdSchema>;

/** Less to pay of each bill: hundredths of what it charges, or an amount that is never more than that. */
export const LessSchema = z.union([
  z.strictObject({ percent: z.int().min(1).max(100) }),
  z.strictObject({ amountMinor: z.int().min(1).max(1_000_000_000) }),
]);
export type Less = z.infer<typeof LessSchema>;
const StreamsSchema = z.array(StreamSchema).min(1).max(10);
const name = z.string().trim().min(1).max(40);

/**
 * A reduction (优惠减免): takes something off a company's bills of some months, off the lines of some streams or of all. `leastMinor` is the least that those lines must come to. Every draw works it out anew for its bill,
 * so that it follows what the bill charges.
 */
export const ReductionSchema = z.object({
  id: ReductionIdSchema,
  company: CompanyIdSchema,
  name,
  less: LessSchema,
  streams: StreamsSchema.optional(),
  leastMinor: z.int().min(0).optional(),
  from: MonthSchema,
  /** The last month, included. */
  through: MonthSchema,
  coupon: z.object({ id: CouponIdSchema, code: z.string() }).optional(),
  state: z.enum(["active", "ended"]),
  at: z.string(),
  by: z.string(),
});
export type Reduction = z.infer<typeof ReductionSchema>;
export const NewReductionSchema = z
  .strictObject({
    company: CompanyIdSchema,
    name,
    less: LessSchema,
    streams: StreamsSchema.optional(),
    from: MonthSchema,
    through: MonthSchema,
  })
  .refine(({ from, through }) => from <= through, { params: { rule: "from-before-until" }, path: ["through"] });
export type NewReduction = z.infer<typeof NewReductionSchema>;

/** A coupon (优惠券): by its code a company takes a reduction of so many bills, once a company, so many companies in all, within its days (`until` excluded). */
export const NewCouponSchema = z
  .strictObject({
    code: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]{6,24}$/),
    name,
    less: LessSchema,
    streams: StreamsSchema.optional(),
    leastMinor: z.int().min(0).max(1_000_000_000).optional(),
    from: DaySchema,
    until: DaySchema,
    months: z.int().min(1).max(24),
    usesMost: z.int().min(1).max(10_000),
  })
  .refine(({ from, until }) => from < until, { params: { rule: "from-before-until" }, path: ["until"] });
export type NewCoupon = z.infer<typeof NewCouponSchema>;
export const CouponSchema = z.object({
  id: CouponIdSchema,
  code: z.string(),
  name,
  less: LessSchema,
  streams: StreamsSchema.optional(),
  leastMinor: z.int().optional(),
  from: DaySchema,
  until: DaySchema,
  months: z.int(),
  usesMost: z.int(),
  used: z.int(),
  state: z.enum(["active", "retired"]),
  at: z.string(),
});
export type Coupon = z.infer<typeof CouponSchema>;
export const RedeemSchema = z.strictObject({
  code: z.string().trim().min(1).max(40),
  company: CompanyIdSchema.optional(),
});

/** What the tax is of what is charged by hand (税目). */
export const taxClasses = ["service", "lease", "goods"] as const;
/** A charge by hand (手工计费): what it is for, of which revenue stream, taxed as what; `unitMinor` is gross (含税). */
export const NewChargeSchema = z.strictObject({
  company: CompanyIdSchema,
  name,
  stream: StreamSchema,
  quantity: z.int().min(1).max(100_000),
  unitMinor: z.int().min(1).max(100_000_000),
  taxClass: z.enum(taxClasses),
  day: DaySchema,
});
export type NewCharge = z.infer<typeof NewChargeSchema>;
/** How many days before and after this one a charge by hand may be. */
export const chargeDaysMost = { before: 400, after: 31 } as const;

/** `charge.added` and `charge.reversed`, on the company's timeline as all below. */
export const ChargeToldSchema = z.object({
  company: CompanyIdSchema,
  charge: ChargeIdSchema,
  name: z.string(),
  amountMinor: MinorSchema,
});
export type ChargeTold = z.infer<typeof ChargeToldSchema>;
/** `reduction.granted` and `reduction.ended`. */
export const ReductionToldSchema = ReductionSchema.pick({
  company: true,
  name: true,
  less: true,
  from: true,
  through: true,
}).extend({ reduction: ReductionIdSchema, code: z.string().optional() });
export type ReductionTold = z.infer<typeof ReductionToldSchema>;
