import { BookingRowSchema } from "@yihao/booking/model";
import { SubscriptionSchema } from "@yihao/members/subscription-model";
import { AgreedPriceSchema } from "@yihao/pricing/model";
import { z } from "zod";

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
