import { BookingRowSchema } from "@yihao/booking/model";
import { SubscriptionSchema } from "@yihao/members/subscription-model";
import { AgreedPriceSchema, StreamSchema } from "@yihao/pricing/model";
import { penaltyCauses } from "@yihao/pricing/tariff-model";
import { z } from "zod";
import { DaySchema, MinorSchema, PerSchema } from "./model.ts";

/**
 * A booking of a month with what its price hangs on, so that it can be priced anew: who had what and when, whether the company had a plan and a price of its own on that day, and the units that plan and packs paid, minutes or days as
 * it was had. `totalMinor` is the price that was fixed, `chargedMinor` what of it was charged; `keptPercent` is there where it was cancelled late or nobody came. `publicMinor` is what the public pays for it.
 */
export const UsedBookingSchema = BookingRowSchema.pick({
  ...{ id: true, resource: true, code: true, resourceName: true, kind: true, by: true, site: true, zone: true },
  ...{ day: true, from: true, until: true, company: true, companyName: true, guest: true, totalMinor: true },
}).extend({
  member: z.boolean(),
  agreed: AgreedPriceSchema.pick({ name: true, price: true }).optional(),
  publicMinor: z.int().optional(),
  planUnits: z.int(),
  packUnits: z.int(),
  keptPercent: z.int().optional(),
  chargedMinor: z.int(),
});
export type UsedBooking = z.infer<typeof UsedBookingSchema>;

/** The plans that a company had in a month, as they were taken, and what of them was charged by now. */
export const UsedPlanSchema = z.object({
  company: z.string(),
  companyName: z.string(),
  subscriptions: z.array(
    SubscriptionSchema.pick({
      ...{ id: true, plan: true, from: true, until: true, snapshot: true, amendments: true, pauses: true },
    }),
  ),
  chargedMinor: z.int(),
});
export type UsedPlan = z.infer<typeof UsedPlanSchema>;

/**
 * What a company owed of a month beside bookings, plans and goods, as it was charged and with what it hangs on: the rent of each agreement (房租) for the month's own days, whichever bill took it; the packs (预付包) that were sold
 * in it; and what was charged by hand (手工计费) or by a penalty's cause (违约金), one for each thing and price. `chargedMinor` of a rent is what was charged by now.
 */
export const UsedDuesSchema = z.object({
  company: z.string(),
  companyName: z.string(),
  rents: z.array(
    z.object({
      agreement: z.string(),
      title: z.string(),
      phases: z.array(
        z.object({
          ...{ id: z.string(), from: DaySchema, until: DaySchema.optional(), monthlyMinor: MinorSchema },
          pauses: z.array(z.object({ from: DaySchema, until: DaySchema.optional() })),
        }),
      ),
      chargedMinor: MinorSchema,
    }),
  ),
  packs: z.array(
    z.object({ lot: z.string(), pack: z.string(), name: z.string(), from: DaySchema, priceMinor: MinorSchema }),
  ),
  items: z.array(
    z.object({
      /** The thing, the same whenever and to whomever it is charged. */
      of: z.string(),
      ...{ name: z.string(), stream: StreamSchema, per: PerSchema, quantity: z.int() },
      cause: z.enum(penaltyCauses).optional(),
      ...{ unitMinor: MinorSchema, amountMinor: MinorSchema },
    }),
  ),
});
export type UsedDues = z.infer<typeof UsedDuesSchema>;
