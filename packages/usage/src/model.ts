import { z } from "zod";

/** A month (UTC), as the meter counts days. */
export const UsageMonthSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);

const CountsSchema = z.object({
  /** Capacity units of DynamoDB. */
  read: z.number(),
  write: z.number(),
  /** Requests, and facts that reactions heard. */
  calls: z.number().int(),
  /** Milliseconds that functions worked. */
  ms: z.number(),
  /** At list prices. */
  dollars: z.number(),
});

/** What the spaces of the platform used in a month, the dearest first. */
export const UsageSchema = z.object({
  month: UsageMonthSchema,
  /** The day of now (UTC). */
  today: z.string(),
  prices: z.object({ asOf: z.string(), region: z.string() }),
  total: CountsSchema,
  days: z.array(CountsSchema.extend({ day: z.string() })),
  spaces: z.array(
    CountsSchema.extend({
      space: z.string(),
      /** Absent when the space was erased meanwhile. */ name: z.string().optional(),
    }),
  ),
  /** How many spaces there are; only the dearest are listed. */
  spaceCount: z.number().int(),
  /** There were more spaces than are read for one page: the sums hold only those. */
  more: z.boolean(),
});
export type Usage = z.infer<typeof UsageSchema>;

/** Whether whoever asks owns the platform. */
export const PlatformSchema = z.object({ owner: z.boolean() });
