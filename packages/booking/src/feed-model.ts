import { z } from "zod";
import { ResourceIdSchema } from "./model.ts";

/** What a feed (日历订阅) is of: one's own bookings, or a resource. */
export const FeedSubjectSchema = z.union([z.literal("me"), ResourceIdSchema]);
export type FeedSubject = z.infer<typeof FeedSubjectSchema>;
export const NewFeedSchema = z.strictObject({ subject: FeedSubjectSchema });
export const FeedSchema = z.object({ subject: FeedSubjectSchema, at: z.string() });
export type Feed = z.infer<typeof FeedSchema>;
/** With its secret address, which is told once: a path on the public origin, or null when this is the answer to a repeated wish. */
export const ShownFeedSchema = FeedSchema.extend({ path: z.string().nullable() });
export type ShownFeed = z.infer<typeof ShownFeedSchema>;
