import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import {
  BookingQuoteSchema,
  BookingSchema,
  DaySchema,
  GuestOfBookingSchema,
  InstantSchema,
  LanguageSchema,
  paidShape,
  ResourceIdSchema,
  shownShape,
  whatWhenWhose,
} from "./model.ts";

/** How many places a company waits for at one time. */
export const waitsMost = 10;

export const WaitIdSchema = z.templateLiteral(["wai_", z.string()]).refine((text) => isId("wai", text));
export type WaitId = z.infer<typeof WaitIdSchema>;

const asked = {
  resource: ResourceIdSchema,
  company: BookingSchema.shape.company.optional(),
  ...shownShape,
  /** Books it as soon as it is free, at no more than the price that was shown; otherwise a letter tells of it. */
  book: z.boolean(),
  language: LanguageSchema.optional(),
};
/** A wish to wait for what somebody has: the arguments of a quote, with its price and what is to happen when it is free. */
export const NewWaitSchema = z.union([
  z.strictObject({ ...asked, from: InstantSchema, until: InstantSchema }),
  z.strictObject({ ...asked, day: DaySchema }),
]);
export type NewWait = z.infer<typeof NewWaitSchema>;

/** Somebody who waits for a place (候补). It is there as long as it waits: until it is booked, given up, or begins. */
export const WaitSchema = BookingSchema.pick({
  ...whatWhenWhose,
  at: true,
}).extend({
  id: WaitIdSchema,
  book: z.boolean(),
  /** What it may cost at most: the price that was shown, money and minutes of the plan. */
  totalMinor: z.int(),
  ...paidShape,
  /** Staff waits for the company. */
  staff: z.boolean(),
  language: LanguageSchema.optional(),
  /** A guest (散客) who waits: how they are reached. */
  guest: GuestOfBookingSchema.optional(),
  /** When a letter last told that it is free. */
  toldAt: z.string().optional(),
});
export type Wait = z.infer<typeof WaitSchema>;
export const WaitViewSchema = WaitSchema.omit({ staff: true, language: true, guest: true });
export type WaitView = z.infer<typeof WaitViewSchema>;

/** What waiting would be for: the price, and how many wait before one for some of the same time. */
export const WaitQuoteSchema = BookingQuoteSchema.extend({ ahead: z.int() });
export type WaitQuote = z.infer<typeof WaitQuoteSchema>;

/** How a wait ended: booked (递补), given up, begun without a place, or its person is not here any more. */
export const waitEnds = ["booked", "left", "lapsed", "gone"] as const;
/** `wait.joined`, and `wait.ended` with how; on the company's timeline. */
export type WaitTold = Pick<Wait, "resource" | "resourceName" | "company" | "from" | "until" | "day" | "zone"> & {
  readonly wait: WaitId;
  readonly as?: (typeof waitEnds)[number];
  readonly booking?: string;
};
