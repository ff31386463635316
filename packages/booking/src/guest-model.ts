import { SpaceIdSchema } from "@yihao/identity/model";
import { z } from "zod";
import {
  BookingIdSchema,
  CalendarSchema,
  DaySchema,
  InstantSchema,
  LanguageSchema,
  PictureIdSchema,
  ResourceIdSchema,
  ResourceKindSchema,
  SiteIdSchema,
} from "./model.ts";
import { BookedBySchema, CancellationSchema } from "./rules-model.ts";

/** What the public sees of a place that it may book: nothing of who else has it. `priceMinor` is what an hour, or a day, costs at least by itself. */
export const PublicResourceSchema = z.object({
  id: ResourceIdSchema,
  site: SiteIdSchema,
  kind: ResourceKindSchema,
  by: BookedBySchema,
  code: z.string(),
  name: z.string(),
  capacity: z.int(),
  units: z.int(),
  priceMinor: z.int(),
  /** Days to come from which it is another price. */
  ahead: z.array(z.object({ from: z.iso.date(), priceMinor: z.int() })).optional(),
  calendar: CalendarSchema,
  granularityMinutes: z.int(),
  leastMinutes: z.int(),
  mostMinutes: z.int(),
  horizonDays: z.int(),
  leadMinutes: z.int(),
  /** Staff answer first. */
  approval: z.boolean(),
  cancellation: CancellationSchema.optional(),
  picture: PictureIdSchema.optional(),
});
export type PublicResource = z.infer<typeof PublicResourceSchema>;

/** The public page of a space (对外预订). */
export const PublicPageSchema = z.object({
  space: z.string(),
  language: z.string(),
  sites: z.array(
    z.object({ id: SiteIdSchema, name: z.string(), city: z.string(), address: z.string(), zone: z.string() }),
  ),
  resources: z.array(PublicResourceSchema),
});
export type PublicPage = z.infer<typeof PublicPageSchema>;

/** When nothing is left of each place on a local day, `[from, until)` in five-minute grains from its first instant; of what is had by the day how much is left. */
export const PublicDaySchema = z.object({
  day: DaySchema,
  resources: z.record(z.string(), z.object({ busy: z.array(z.tuple([z.int(), z.int()])), left: z.int().optional() })),
});
export type PublicDay = z.infer<typeof PublicDaySchema>;

const SpanSchema = z.strictObject({ resource: ResourceIdSchema, from: InstantSchema, until: InstantSchema });
const OneDaySchema = z.strictObject({ resource: ResourceIdSchema, day: DaySchema });
export const GuestWishSchema = z.union([SpanSchema, OneDaySchema]);
export type GuestWish = z.infer<typeof GuestWishSchema>;
export const GuestQuoteSchema = z.object({
  resource: ResourceIdSchema,
  from: z.string(),
  until: z.string(),
  day: DaySchema,
  totalMinor: z.int(),
  taxMinor: z.int(),
  /** The price holds until then. */
  validUntil: z.string(),
  /** Staff answer first, until then at the latest. */
  askedUntil: z.string().optional(),
});
export type GuestQuote = z.infer<typeof GuestQuoteSchema>;

const email = z.email().max(120);
/** Filled by programs alone: people do not see it. */
const website = z.string().max(200).optional();
export const GuestCodeWishSchema = z.strictObject({ email, language: LanguageSchema, website });
export type GuestCodeWish = z.infer<typeof GuestCodeWishSchema>;

export const PhoneSchema = z
  .string()
  .trim()
  .regex(/^[+\d][\d\s()-]{4,30}$/);
const who = {
  expectMinor: z.int().min(0),
  name: z.string().trim().min(1).max(40),
  email,
  phone: PhoneSchema,
  code: z.string().regex(/^\d{6}$/),
  language: LanguageSchema,
  /** They were told what is kept of them, for what and how long, and agree (个人信息保护法 第十三条、第十七条). */
  consent: z.literal(true),
  website,
};
export const NewGuestBookingSchema = z.union([SpanSchema.extend(who), OneDaySchema.extend(who)]);
export type NewGuestBooking = z.infer<typeof NewGuestBookingSchema>;

/** How a guest's booking stands, as its guest reads it. */
export const guestStates = ["asked", "held", "booked", "over", "cancelled", "declined", "unpaid"] as const;
/** A guest's booking under its secret address. */
export const GuestBookingSchema = z.object({
  space: z.string(),
  spaceId: SpaceIdSchema,
  language: LanguageSchema,
  site: z.string(),
  city: z.string(),
  address: z.string(),
  zone: z.string(),
  code: z.string(),
  resourceName: z.string(),
  kind: ResourceKindSchema,
  by: BookedBySchema,
  day: DaySchema,
  from: z.string(),
  until: z.string(),
  state: z.enum(guestStates),
  name: z.string(),
  totalMinor: z.int(),
  taxMinor: z.int(),
  paid: z.boolean(),
  holdUntil: z.string().optional(),
  askedUntil: z.string().optional(),
  reason: z.string().optional(),
  checkedInAt: z.string().optional(),
  /** Of which place it is, for choosing another time of it. */
  resource: ResourceIdSchema,
  siteId: SiteIdSchema,
  /** Another time may be chosen for it now. */
  movable: z.boolean(),
  /** What cancelling it now gives back and keeps; nothing once it has begun. */
  cancel: z.object({ refundMinor: z.int(), feeMinor: z.int(), freeUntil: z.string().optional() }).optional(),
  /** What was given back when it was cancelled. */
  refundMinor: z.int().optional(),
  /** Letters to say at reception. */
  visit: z.string(),
  rev: z.int(),
});
export type GuestBooking = z.infer<typeof GuestBookingSchema>;
/** What was made, with the secret of its address, told once. */
export const MadeGuestBookingSchema = z.object({
  booking: BookingIdSchema,
  token: z.string(),
  state: z.enum(guestStates),
});
/** What waiting for a taken place would be for (候补): its price, and how many wait before for some of the same time. */
export const GuestWaitQuoteSchema = GuestQuoteSchema.extend({ ahead: z.int() });
export type GuestWaitQuote = z.infer<typeof GuestWaitQuoteSchema>;
/** A guest's wait, as its secret address shows it. It is there as long as it waits. */
export const GuestWaitSchema = z.object({
  space: z.string(),
  spaceId: SpaceIdSchema,
  language: LanguageSchema,
  zone: z.string(),
  code: z.string(),
  resourceName: z.string(),
  by: BookedBySchema,
  day: DaySchema,
  from: z.string(),
  until: z.string(),
  totalMinor: z.int(),
  ahead: z.int(),
  /** For how many minutes it is held once it is free. */
  holdMinutes: z.int(),
});
export type GuestWait = z.infer<typeof GuestWaitSchema>;
/** The secret of a wait's address, told once. */
export const MadeGuestWaitSchema = z.object({ token: z.string() });

/** Another time or day of a guest's booking. */
export const GuestMoveWishSchema = GuestWishSchema;
/** What another time would cost, and what goes back of what was paid; it never costs more (`guest.move-dearer`). */
export const GuestMoveQuoteSchema = GuestQuoteSchema.extend({ backMinor: z.int() });
export type GuestMoveQuote = z.infer<typeof GuestMoveQuoteSchema>;
const moved = { rev: z.int().min(1), expectMinor: z.int().min(0) };
/** With the revision that was read and the price that was shown. */
export const GuestMoveSchema = z.union([SpanSchema.extend(moved), OneDaySchema.extend(moved)]);
export type GuestMove = z.infer<typeof GuestMoveSchema>;
export const GuestCancelSchema = z.strictObject({ rev: z.int().min(1) });
