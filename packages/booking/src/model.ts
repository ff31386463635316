import { CompanyIdSchema, PersonIdSchema } from "@yihao/identity/model";
import { isZone } from "@yihao/kernel/days";
import { isId } from "@yihao/kernel/ids";
import { PricedSchema, QuoteSchema } from "@yihao/pricing/model";
import { z } from "zod";

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));

export const SiteIdSchema = idSchema("sit");
export const FloorIdSchema = idSchema("flr");
export const ResourceIdSchema = idSchema("res");
export const BookingIdSchema = idSchema("bok");
export type SiteId = z.infer<typeof SiteIdSchema>;
export type FloorId = z.infer<typeof FloorIdSchema>;
export type ResourceId = z.infer<typeof ResourceIdSchema>;
export type BookingId = z.infer<typeof BookingIdSchema>;

export const DaySchema = z.iso.date();
/** An instant in UTC, kept as `2026-11-23T02:42:00.000Z` so that texts sort in time order. */
export const InstantSchema = z.iso.datetime().transform((text) => new Date(text).toISOString());
const NameSchema = z.string().trim().min(1).max(40);

/** A local wall time, `09:00`; `24:00` is the end of the day. On the five-minute grid of the day sheets. */
const WallTimeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5][05]|24:00)$/);
/** Open from, until; half-open. Several a day leave breaks between them. */
export const OpenSchema = z
  .tuple([WallTimeSchema, WallTimeSchema])
  .refine(([from, until]) => from < until, { params: { rule: "from-before-until" } });
const DayHoursSchema = z
  .array(OpenSchema)
  .max(4)
  .refine((all) => all.every((one, index) => index === 0 || (all[index - 1]?.[1] ?? "") <= one[0]), {
    params: { rule: "in-order" },
  });
/** Opening hours (开放时间) by ISO weekday, Monday 1 … Sunday 7; an empty list is a closed day. */
export const HoursSchema = z.strictObject({
  1: DayHoursSchema,
  2: DayHoursSchema,
  3: DayHoursSchema,
  4: DayHoursSchema,
  5: DayHoursSchema,
  6: DayHoursSchema,
  7: DayHoursSchema,
});
export type Hours = z.infer<typeof HoursSchema>;

/** When a site can be used: its zone, opening hours and closed days (闭馆日). Resources carry a copy. */
export const CalendarSchema = z.strictObject({
  zone: z.string().max(60).refine(isZone),
  hours: HoursSchema,
  closures: z.array(DaySchema).max(60),
});
export type Calendar = z.infer<typeof CalendarSchema>;

export const SiteFactsSchema = CalendarSchema.extend({ name: NameSchema, city: z.string().trim().max(40) });
export type SiteFacts = z.infer<typeof SiteFactsSchema>;
export const SiteSchema = SiteFactsSchema.extend({ id: SiteIdSchema }).strip();
export type Site = z.infer<typeof SiteSchema>;
export const SiteViewSchema = SiteSchema.extend({ rev: z.int() });

export const FloorFactsSchema = z.strictObject({
  site: SiteIdSchema,
  name: NameSchema,
  order: z.int().min(-9).max(199),
});
export type FloorFacts = z.infer<typeof FloorFactsSchema>;
export const FloorSchema = FloorFactsSchema.extend({ id: FloorIdSchema }).strip();
export type Floor = z.infer<typeof FloorSchema>;
export const FloorViewSchema = FloorSchema.extend({ rev: z.int() });

export const resourceKinds = ["room", "desk"] as const;
export const ResourceKindSchema = z.enum(resourceKinds);
export type ResourceKind = z.infer<typeof ResourceKindSchema>;
/** What stands on the plate and is unique within a site: `A-05`, `R1`. */
export const CodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[\p{Lu}\p{Lo}\d][\p{Lu}\p{Lo}\d-]{0,11}$/u);
const fiveMinutes = (least: number, most: number) => z.int().min(least).max(most).multipleOf(5);

/** How a resource may be booked. Minutes are on the five-minute grid. */
export const BookingRulesSchema = z.strictObject({
  /** Kept free after each booking (清场), so also before the next. */
  bufferMinutes: fiveMinutes(0, 240),
  granularityMinutes: fiveMinutes(5, 240),
  leastMinutes: fiveMinutes(5, 1440),
  mostMinutes: fiveMinutes(5, 2880),
  horizonDays: z.int().min(1).max(400),
});
export type BookingRules = z.infer<typeof BookingRulesSchema>;

/** Rules that most spaces start with: a room by the half hour up to a day, a desk by the day. */
export const usualRules: Record<ResourceKind, BookingRules> = {
  room: { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 },
  desk: { bufferMinutes: 0, granularityMinutes: 5, leastMinutes: 5, mostMinutes: 1440, horizonDays: 90 },
};

/** Where it stands on the plan of its floor, in tenths of a metre from the upper left corner. */
export const PlaceSchema = z.strictObject({ x: z.int().min(0).max(9999), y: z.int().min(0).max(9999) });

export const ResourceFactsSchema = BookingRulesSchema.extend({
  floor: FloorIdSchema,
  code: CodeSchema,
  name: NameSchema,
  capacity: z.int().min(1).max(999),
  place: PlaceSchema.optional(),
  state: z.enum(["active", "off"]),
  /** May also be let for months; its bookings then prove that it has not changed meanwhile. */
  lettable: z.boolean().optional(),
});
export type ResourceFacts = z.infer<typeof ResourceFactsSchema>;
export const NewResourceSchema = ResourceFactsSchema.extend({ site: SiteIdSchema, kind: ResourceKindSchema });
export type NewResource = z.infer<typeof NewResourceSchema>;
/** A room (会议室) or desk (工位), with what a booking needs of its site. */
export const ResourceSchema = NewResourceSchema.extend({
  id: ResourceIdSchema,
  calendar: CalendarSchema,
  /** The site's revision that `calendar` was copied from. */
  siteRev: z.int(),
}).strip();
export type Resource = z.infer<typeof ResourceSchema>;
export const ResourceViewSchema = ResourceSchema.omit({ calendar: true, siteRev: true }).extend({ rev: z.int() });
export type ResourceView = z.infer<typeof ResourceViewSchema>;

/** How many resources one request makes: they, their codes and their event are one commit, all or nothing. */
export const bulkMost = 45;
export const BulkResourcesSchema = NewResourceSchema.omit({ code: true, name: true, place: true, state: true }).extend({
  items: z
    .array(z.strictObject({ code: CodeSchema, name: NameSchema.optional(), place: PlaceSchema.optional() }))
    .min(1)
    .max(bulkMost),
});
export type BulkResources = z.infer<typeof BulkResourcesSchema>;

const target = { resource: ResourceIdSchema, company: CompanyIdSchema.optional() };
/** What somebody wants: a stretch of time, or for desks a local day. Staff name the company that it is for. */
const SpanWishSchema = z.strictObject({ ...target, from: InstantSchema, until: InstantSchema });
const DayWishSchema = z.strictObject({ ...target, day: DaySchema });
export const WishSchema = z.union([SpanWishSchema, DayWishSchema]);
export type Wish = z.infer<typeof WishSchema>;
const shown = { expectMinor: z.int().min(0), expectAllowanceMinutes: z.int().min(0).optional() };
/** A wish with the price that was shown for it. */
export const NewBookingSchema = z.union([SpanWishSchema.extend(shown), DayWishSchema.extend(shown)]);
export type NewBooking = z.infer<typeof NewBookingSchema>;

export const BookingSchema = z.object({
  id: BookingIdSchema,
  resource: ResourceIdSchema,
  code: z.string(),
  resourceName: z.string(),
  kind: ResourceKindSchema,
  site: SiteIdSchema,
  zone: z.string(),
  /** The site's local day on which it starts. */
  day: DaySchema,
  from: z.string(),
  until: z.string(),
  bufferMinutes: z.int(),
  company: CompanyIdSchema,
  companyName: z.string(),
  person: PersonIdSchema,
  personName: z.string(),
  state: z.enum(["booked", "cancelled"]),
  /** The price fixed when it was made; it never changes. */
  price: PricedSchema,
  at: z.string(),
  checkedInAt: z.string().optional(),
  cancelledAt: z.string().optional(),
  /** Its start has turned booked allowance into used. */
  allowanceUsed: z.boolean().optional(),
});
export type Booking = z.infer<typeof BookingSchema>;
export const BookingViewSchema = BookingSchema.extend({ rev: z.int() });
export type BookingView = z.infer<typeof BookingViewSchema>;

/** The answer to a wish: exactly when it would be, what it would cost, and what it would leave of the month's allowance. */
export const BookingQuoteSchema = z.object({
  resource: ResourceIdSchema,
  company: CompanyIdSchema,
  from: z.string(),
  until: z.string(),
  day: DaySchema,
  quote: QuoteSchema,
  allowance: z.object({ month: z.string(), leftMinutes: z.int(), grantedMinutes: z.int() }),
});
export type BookingQuote = z.infer<typeof BookingQuoteSchema>;

/** Who has a resource when, on one local day: `[from, until, whose, booking]` in five-minute grains from the day's first instant, buffers included. */
export const BusySchema = z.tuple([z.int(), z.int(), z.enum(["mine", "busy"])]).rest(BookingIdSchema);
export const AvailabilitySchema = z.object({ day: DaySchema, resources: z.record(z.string(), z.array(BusySchema)) });
export type Availability = z.infer<typeof AvailabilitySchema>;

/** A booking as lists of a day or of a company show it. */
export const BookingRowSchema = BookingSchema.pick({
  id: true,
  resource: true,
  code: true,
  resourceName: true,
  kind: true,
  site: true,
  zone: true,
  day: true,
  from: true,
  until: true,
  company: true,
  companyName: true,
  person: true,
  personName: true,
  state: true,
  checkedInAt: true,
}).extend({ totalMinor: z.int(), allowanceMinutes: z.int() });
export type BookingRow = z.infer<typeof BookingRowSchema>;
/** With the booking's revision, which cancelling names. */
export const BookingRowViewSchema = BookingRowSchema.extend({ rev: z.int() });
export type BookingRowView = z.infer<typeof BookingRowViewSchema>;

/** Other things to take instead of what has gone. */
export const AlternativesSchema = z.object({
  times: z.array(z.object({ from: z.string(), until: z.string() })),
  resources: z.array(z.object({ resource: ResourceIdSchema, code: z.string(), name: z.string() })),
});
export type Alternatives = z.infer<typeof AlternativesSchema>;

/** Who is in now, for each kind: how many there are, how many are taken this minute, and how many of those have checked in. */
const InNowSchema = z.object({ total: z.int(), taken: z.int(), checkedIn: z.int(), due: z.int() });
export const PresenceSchema = z.object({ desk: InNowSchema, room: InNowSchema, at: z.string() });
export type Presence = z.infer<typeof PresenceSchema>;

/** `booking.made`, on the company's timeline. */
export const BookingMadeSchema = z.object({
  booking: BookingIdSchema,
  resource: ResourceIdSchema,
  resourceName: z.string(),
  kind: ResourceKindSchema,
  site: SiteIdSchema,
  company: CompanyIdSchema,
  person: PersonIdSchema,
  from: z.string(),
  until: z.string(),
  day: DaySchema,
  zone: z.string(),
  quote: PricedSchema,
});
export type BookingMade = z.infer<typeof BookingMadeSchema>;
/** `booking.cancelled`: what of the price is not owed any more, what is kept, and the minutes that went back to the allowance. */
export const BookingCancelledSchema = BookingMadeSchema.omit({ quote: true, person: true }).extend({
  refundMinor: z.int(),
  feeMinor: z.int(),
  allowanceMinutes: z.int(),
});
export type BookingCancelled = z.infer<typeof BookingCancelledSchema>;
/** `booking.checked-in`. */
export const BookingCheckedInSchema = z.object({
  booking: BookingIdSchema,
  resource: ResourceIdSchema,
  site: SiteIdSchema,
});
/** `site.added`, `site.changed`: on the site's own timeline. */
export const SiteChangedSchema = z.object({ site: SiteIdSchema, rev: z.int() });
/** `resources.added`, `resource.changed`: on the site's timeline. */
export const ResourcesAddedSchema = z.object({
  site: SiteIdSchema,
  kind: ResourceKindSchema,
  codes: z.array(z.string()),
});
export const ResourceChangedSchema = z.object({ resource: ResourceIdSchema, code: z.string(), state: z.string() });

export const bookingRefusals = {
  "booking.taken": 409,
  "booking.closed": 409,
  "booking.past": 409,
  "booking.grid": 422,
  "booking.length": 422,
  "booking.horizon": 409,
  "booking.off": 409,
  "booking.by-day": 422,
  "booking.company": 422,
  "booking.suspended": 409,
  "booking.left": 409,
  "booking.started": 409,
  "booking.cancelled": 409,
  "booking.early": 409,
  "booking.over": 409,
  "price-changed": 409,
  "resource.code-taken": 409,
  "resource.codes-twice": 422,
} as const;
export type BookingRefusal = keyof typeof bookingRefusals;
