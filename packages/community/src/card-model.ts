import { CompanyIdSchema } from "@yihao/members/model";
import { z } from "zod";

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
/** How many things a company may offer and look for: with them its words stay below what one commit can index. */
export const tagsMost = 3;
const TagsSchema = z.array(line(12).min(1)).max(tagsMost);

/** What a company says of itself in the directory (企业名录). */
export const CardFactsSchema = z.strictObject({
  about: line(200).min(1),
  industry: line(20).optional(),
  /** What it can do for others (能提供), and what it looks for (在找): short words by which it is found. */
  offers: TagsSchema.default([]),
  seeks: TagsSchema.default([]),
  website: z.union([z.literal(""), z.url({ protocol: /^https?$/ }).max(120)]).optional(),
  contactName: line(40).optional(),
  contactPhone: line(30).optional(),
  contactEmail: z.union([z.literal(""), z.email().max(120)]).optional(),
  /** Whether others see the contact. */
  contactShown: z.boolean().default(false),
});
export type CardFacts = z.infer<typeof CardFactsSchema>;
export const CardWishSchema = CardFactsSchema.extend({ published: z.boolean() });
export type CardWish = z.infer<typeof CardWishSchema>;

/** A company's card. Only while it is `published` anybody else finds it. */
export const CardSchema = CardFactsSchema.extend({
  company: CompanyIdSchema,
  name: z.string(),
  published: z.boolean(),
  since: z.string(),
});
export type Card = z.infer<typeof CardSchema>;
export const CardViewSchema = CardSchema.extend({ rev: z.int() });
export type CardView = z.infer<typeof CardViewSchema>;

/** `card.published`, `card.changed`, `card.withdrawn`: on the company's timeline. */
export const CardToldSchema = z.object({ company: CompanyIdSchema });
