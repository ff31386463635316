import { PersonIdSchema } from "@yihao/identity/model";
import { CompanyIdSchema } from "@yihao/members/model";
import { z } from "zod";

/** Seats at most of an event. */
export const seatsMost = 2000;
const InstantSchema = z.iso.datetime().transform((text) => new Date(text).toISOString());

/** When and where an event (活动) is, and how many have a seat; it is registered for until it begins. */
export const EventFactsSchema = z.strictObject({
  from: InstantSchema,
  until: InstantSchema,
  place: z.string().trim().min(1).max(80),
  seats: z.int().min(1).max(seatsMost),
});
export type EventFacts = z.infer<typeof EventFactsSchema>;

/** Has a seat, or waits for one. */
export const comingStates = ["coming", "waiting"] as const;
export type ComingState = (typeof comingStates)[number];
/** Somebody who registered (报名); in the order of `at` those who wait get seats that are given up. */
export const RegistrationSchema = z.object({
  person: PersonIdSchema,
  name: z.string(),
  company: CompanyIdSchema,
  companyName: z.string(),
  at: z.string(),
  state: z.enum(comingStates),
  /** When they were seen there (签到). */
  cameAt: z.string().optional(),
  rev: z.int(),
});
export type RegistrationView = z.infer<typeof RegistrationSchema>;
export type Registration = Omit<RegistrationView, "rev">;

/** An event as its reader sees it: how many come and wait, and, for a company's person, what they themselves do. */
export const EventViewSchema = z.object({
  from: z.string(),
  until: z.string(),
  place: z.string(),
  seats: z.int(),
  coming: z.int(),
  waiting: z.int(),
  mine: z.enum(comingStates).optional(),
});
export type EventView = z.infer<typeof EventViewSchema>;
export const CameSchema = z.strictObject({ came: z.boolean() });

/** `event.registered` and `event.left` {person, company, state}, `event.seated` {person, company}: on the announcement's timeline. */
export type EventTold = { readonly person: string; readonly company: string; readonly state: ComingState };
