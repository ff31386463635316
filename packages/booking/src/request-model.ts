import { z } from "zod";
import { BookingSchema, BookingViewSchema, paidShape, SeriesIdSchema, whatWhenWhose } from "./model.ts";

/** A request (预订申请) that waits for staff to answer it: of one booking, or of a whole series by its first occurrence. */
export const RequestSchema = BookingSchema.pick({
  ...whatWhenWhose,
  at: true,
}).extend({
  booking: BookingSchema.shape.id,
  series: SeriesIdSchema.optional(),
  /** How many occurrences a series has. */
  count: z.int().optional(),
  totalMinor: z.int(),
  ...paidShape,
  /** It lapses at this instant. */
  askedUntil: z.string(),
});
export type Request = z.infer<typeof RequestSchema>;

/** What staff answer: a reason for declining is told to who asked. */
export const AnswerRequestSchema = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("approved") }),
  z.strictObject({ as: z.literal("declined"), reason: z.string().trim().min(1).max(300) }),
]);
export type AnswerRequest = z.infer<typeof AnswerRequestSchema>;

/** The booking as it is now, and how many of its series were answered with it. */
export const AnsweredRequestSchema = z.object({ booking: BookingViewSchema, answered: z.int() });
export type AnsweredRequest = z.infer<typeof AnsweredRequestSchema>;
