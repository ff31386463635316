import { CompanyIdSchema, PersonIdSchema, SpaceIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { BookingIdSchema, DaySchema, InstantSchema, ResourceIdSchema, SiteIdSchema } from "./model.ts";

export const VisitorIdSchema = z.templateLiteral(["vis_", z.string()]).refine((text) => isId("vis", text));
export type VisitorId = z.infer<typeof VisitorIdSchema>;

const line = (most: number) => z.string().trim().min(1).max(most);
/** What is known of the person who comes; all of it is erased some days after the visit. */
export const GuestSchema = z.strictObject({
  name: line(60),
  from: line(80).optional(),
  email: z.email().max(254).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d\s()-]{3,30}$/)
    .optional(),
  note: line(200).optional(),
});
export type Guest = z.infer<typeof GuestSchema>;

/** Who is expected when and where (访客邀请): at a booking, at a resource, or just at a site. Staff name the company that is visited, if any. */
export const NewVisitorSchema = GuestSchema.extend({
  site: SiteIdSchema,
  at: InstantSchema,
  resource: ResourceIdSchema.optional(),
  booking: BookingIdSchema.optional(),
  company: CompanyIdSchema.optional(),
  /** Is here already, without an invitation (临时访客); staff alone may say so. */
  walkIn: z.literal(true).optional(),
  /** Works here for the day on a guest's pass (访客名额) of the company's plan or packs. */
  usesPass: z.literal(true).optional(),
});
export type NewVisitor = z.infer<typeof NewVisitorSchema>;

export const visitorStates = ["expected", "here", "left", "cancelled"] as const;
/** A visit as it is kept. Without `guest` its personal data have been erased; that it was, and how, remains. */
export const VisitorSchema = z.object({
  id: VisitorIdSchema,
  day: DaySchema,
  site: SiteIdSchema,
  zone: z.string(),
  at: z.string(),
  resource: ResourceIdSchema.optional(),
  booking: BookingIdSchema.optional(),
  /** The code of the resource, or the site's name. */
  place: z.string(),
  company: CompanyIdSchema.optional(),
  companyName: z.string().optional(),
  host: PersonIdSchema,
  hostName: z.string().optional(),
  guest: GuestSchema.strip().optional(),
  walkIn: z.boolean().optional(),
  /** They visit nobody: they have a booking of their own as a guest (散客). */
  ofGuest: z.boolean().optional(),
  /** The credit that pays for the day, and the first day on which it is not good any more. */
  guestPass: z.object({ unit: z.string(), until: DaySchema }).optional(),
  state: z.enum(visitorStates),
  madeAt: z.string(),
  arrivedAt: z.string().optional(),
  leftAt: z.string().optional(),
  erasedAt: z.string().optional(),
});
export type Visitor = z.infer<typeof VisitorSchema>;
export const VisitorViewSchema = VisitorSchema.extend({ code: z.string(), rev: z.int() });
export type VisitorView = z.infer<typeof VisitorViewSchema>;
/** With the address of the pass, told once: a path on the public origin; null when there is none to tell. */
export const ShownVisitorSchema = VisitorViewSchema.extend({ pass: z.string().nullable() });
export type ShownVisitor = z.infer<typeof ShownVisitorSchema>;

/** What a pass (访客码) shows its holder. */
export const PassSchema = z.object({
  space: z.string(),
  spaceId: SpaceIdSchema,
  language: z.string(),
  site: z.string(),
  city: z.string(),
  place: z.string(),
  zone: z.string(),
  at: z.string(),
  host: z.string(),
  company: z.string().optional(),
  name: z.string(),
  code: z.string(),
  state: z.enum(visitorStates),
});
export type Pass = z.infer<typeof PassSchema>;

/** What reception scans or types: the address of a pass, or its code. */
export const PassTextSchema = z.strictObject({ text: z.string().trim().min(4).max(300) });

/** Refusals of visits and their HTTP status. */
export const visitorRefusals = {
  "visitor.past": 409,
  "visitor.too-far": 409,
  "visitor.not-today": 409,
  "visitor.cancelled": 409,
  "visitor.not-here": 409,
  "visitor.came": 409,
  "visitor.too-many": 409,
  "visitor.no-pass": 409,
} as const;
export type VisitorRefusal = keyof typeof visitorRefusals;
