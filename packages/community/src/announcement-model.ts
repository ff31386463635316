import { isId } from "@yihao/kernel/ids";
import { CompanyIdSchema, DaySchema } from "@yihao/members/model";
import { z } from "zod";
import { EventFactsSchema, EventViewSchema } from "./event-model.ts";

export const AnnouncementIdSchema = z.templateLiteral(["ann_", z.string()]).refine((text) => isId("ann", text));
export type AnnouncementId = z.infer<typeof AnnouncementIdSchema>;

/** How many companies an announcement may choose; for more it is for all. */
export const audienceMost = 30;

const FactsSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u),
  /** Plain paragraphs, a blank line between them. */
  text: z.string().trim().min(1).max(4000),
  /** Local days on which it is shown, `until` excluded. */
  from: DaySchema,
  until: DaySchema,
  pinned: z.boolean().default(false),
  /** Whom it is for; all companies when left out. */
  companies: z.array(CompanyIdSchema).min(1).max(audienceMost).optional(),
  /** An event (活动) that people register for. */
  event: EventFactsSchema.optional(),
});
/** An announcement (公告) to publish; with `mail` each person it is for also gets a letter, once. */
export const NewAnnouncementSchema = FactsSchema.extend({ mail: z.boolean().default(false) });
export type NewAnnouncement = z.infer<typeof NewAnnouncementSchema>;
export const AnnouncementChangeSchema = FactsSchema;
export type AnnouncementChange = z.infer<typeof AnnouncementChangeSchema>;

export const AnnouncementSchema = FactsSchema.extend({
  id: AnnouncementIdSchema,
  mail: z.boolean(),
  at: z.string(),
  byName: z.string(),
});
export type Announcement = z.infer<typeof AnnouncementSchema>;
/** As lists show it: without its text. */
export type AnnouncementRow = Omit<Announcement, "text">;

/** How many people read an announcement, and how many letters went out. */
export const AnnouncementCountsSchema = z.object({ reads: z.int(), mailed: z.int() });
export type AnnouncementCounts = z.infer<typeof AnnouncementCountsSchema>;

/** As its reader may see it: staff whom it is for and how many read it; a company's person only whether they did. */
export const AnnouncementViewSchema = z.object({
  id: AnnouncementIdSchema,
  title: z.string(),
  text: z.string().optional(),
  from: DaySchema,
  until: DaySchema,
  pinned: z.boolean(),
  at: z.string(),
  read: z.boolean().optional(),
  companies: z.array(CompanyIdSchema).optional(),
  mail: z.boolean().optional(),
  byName: z.string().optional(),
  counts: AnnouncementCountsSchema.optional(),
  event: EventViewSchema.optional(),
  rev: z.int(),
});
export type AnnouncementView = z.infer<typeof AnnouncementViewSchema>;

/** `announcement.published`, `announcement.changed`, `announcement.ended`; `announcement.mailing` {cursor} asks for the letters from a place in the list of people on. */
export const AnnouncementMailingSchema = z.object({
  announcement: AnnouncementIdSchema,
  cursor: z.string().nullable(),
});
export type AnnouncementMailing = z.infer<typeof AnnouncementMailingSchema>;
