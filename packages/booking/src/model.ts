import { CompanyIdSchema, PersonIdSchema } from "@yihao/identity/model";
import { isZone } from "@yihao/kernel/days";
import { isId } from "@yihao/kernel/ids";
import { LotIdSchema } from "@yihao/members/subscription-model";
import { PricedSchema, QuoteSchema } from "@yihao/pricing/model";
import { z } from "zod";
import {
  AreaRulesSchema,
  BookedBySchema,
  BookingRulesSchema,
  HoursSchema,
  LeaseIdSchema,
  LeaseSchema,
  LeaseViewSchema,
  OpenToPublicSchema,
  QuotaSchema,
  ResourceKindSchema,
  unitsMost,
} from "./rules-model.ts";

export type { BookedBy, BookingRules, Hours, Lease, Quota, ResourceKind, Who } from "./rules-model.ts";
export {
  BookingRulesSchema,
  bookedBy,
  HoursSchema,
  OpenSchema,
  ResourceKindSchema,
  resourceKinds,
  usualRules,
} from "./rules-model.ts";

const idSchema = <P extends string>(prefix: P) =>
  z.templateLiteral([`${prefix}_`, z.string()]).refine((text) => isId(prefix, text));

export const SiteIdSchema = idSchema("sit");
export const FloorIdSchema = idSchema("flr");
export const ResourceIdSchema = idSchema("res");
export const BookingIdSchema = idSchema("bok");
export const SeriesIdSchema = idSchema("ser");
export const PictureIdSchema = idSchema("pic");
export type PictureId = z.infer<typeof PictureIdSchema>;
export type SiteId = z.infer<typeof SiteIdSchema>;
export type FloorId = z.infer<typeof FloorIdSchema>;
export type ResourceId = z.infer<typeof ResourceIdSchema>;
export type BookingId = z.infer<typeof BookingIdSchema>;
export type SeriesId = z.infer<typeof SeriesIdSchema>;

export const DaySchema = z.iso.date();
/** An instant in UTC, kept as `2026-11-23T02:42:00.000Z` so that texts sort in time order. */
export const InstantSchema = z.iso.datetime().transform((text) => new Date(text).toISOString());
const NameSchema = z.string().trim().min(1).max(40);

/** When a site can be used: its zone, opening hours and closed days (闭馆日). Resources carry a copy. */
export const CalendarSchema = z.strictObject({
  zone: z.string().max(60).refine(isZone),
  hours: HoursSchema,
  closures: z.array(DaySchema).max(60),
});
export type Calendar = z.infer<typeof CalendarSchema>;

export const SiteFactsSchema = CalendarSchema.extend({
  name: NameSchema,
  city: z.string().trim().max(40),
  /** Street and house, as guests look for it. */
  address: z.string().trim().max(120).optional(),
});
export type SiteFacts = z.infer<typeof SiteFactsSchema>;
export const SiteSchema = SiteFactsSchema.extend({ id: SiteIdSchema }).strip();
export type Site = z.infer<typeof SiteSchema>;
export const SiteViewSchema = SiteSchema.extend({ rev: z.int() });

/** `rules` are what its resources do unless they say otherwise themselves. */
export const FloorFactsSchema = z.strictObject({
  site: SiteIdSchema,
  name: NameSchema,
  order: z.int().min(-9).max(199),
  rules: AreaRulesSchema.optional(),
});
export type FloorFacts = z.infer<typeof FloorFactsSchema>;
export const FloorSchema = FloorFactsSchema.extend({ id: FloorIdSchema }).strip();
export type Floor = z.infer<typeof FloorSchema>;
export const FloorViewSchema = FloorSchema.extend({ rev: z.int() });

/** What stands on the plate and is unique within a site: `A-05`, `R1`. */
export const CodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[\p{Lu}\p{Lo}\d][\p{Lu}\p{Lo}\d-]{0,11}$/u);
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
  /** How it is had, when not as its kind usually is. */
  by: BookedBySchema.optional(),
  /** How many alike stand behind it and can be had at one time: the seats of a pool, three printers of one make. One when left out. */
  units: z.int().min(1).max(unitsMost).optional(),
  /** Only people with a training record of it may book it. */
  training: z.boolean().optional(),
  public: OpenToPublicSchema.optional(),
});
export type ResourceFacts = z.infer<typeof ResourceFactsSchema>;
export const NewResourceSchema = ResourceFactsSchema.extend({ site: SiteIdSchema, kind: ResourceKindSchema });
export type NewResource = z.infer<typeof NewResourceSchema>;
/** What can be booked or let, with what a booking needs of its site and floor. */
export const ResourceSchema = NewResourceSchema.extend({
  id: ResourceIdSchema,
  calendar: CalendarSchema,
  /** The site's revision that `calendar` was copied from. */
  siteRev: z.int(),
  /** The rules of its floor, and the floor's revision that they were copied from. */
  area: AreaRulesSchema.optional(),
  floorRev: z.int().optional(),
  /** Who has it for months; no booking touches these days. */
  leases: z.array(LeaseSchema).optional(),
  /** Since when it may be let, when that was not from its beginning. */
  lettableSince: z.string().optional(),
  /** The most units it ever had: what was booked of them stands. */
  unitsEver: z.int().optional(),
  /** What it looks like, to whoever may book it; the public too. */
  picture: PictureIdSchema.optional(),
}).strip();
export type Resource = z.infer<typeof ResourceSchema>;
export const ResourceViewSchema = ResourceSchema.omit({
  calendar: true,
  siteRev: true,
  floorRev: true,
  leases: true,
  lettableSince: true,
  unitsEver: true,
}).extend({ rev: z.int(), leases: z.array(LeaseViewSchema).optional() });
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

/** The language in which somebody reads letters. */
export const LanguageSchema = z.enum(["zh-CN", "en"]);

const target = { resource: ResourceIdSchema, company: CompanyIdSchema.optional() };
/** What somebody wants: a stretch of time, or for desks a local day. Staff name the company that it is for. */
const SpanWishSchema = z.strictObject({ ...target, from: InstantSchema, until: InstantSchema });
const DayWishSchema = z.strictObject({ ...target, day: DaySchema });
export const WishSchema = z.union([SpanWishSchema, DayWishSchema]);
export type Wish = z.infer<typeof WishSchema>;
const paid = z.int().min(0).optional();
/** The price that was shown, and what of it the plan and packs were to pay; nothing where it is left out. */
export const shownShape = {
  expectMinor: z.int().min(0),
  expectAllowanceMinutes: paid,
  expectAllowanceDays: paid,
  expectCreditMinutes: paid,
  expectCreditDays: paid,
};
/** A wish with the price that was shown for it. */
const booked = { ...shownShape, language: LanguageSchema.optional() };
export const NewBookingSchema = z.union([SpanWishSchema.extend(booked), DayWishSchema.extend(booked)]);
export type NewBooking = z.infer<typeof NewBookingSchema>;

/**
 * Who a guest's booking (散客预订) is for and how they are reached; erased some days after it. `walkIn` was sold at the desk: they are here already. `paidBy` is the payment that confirmed it.
 */
export const GuestOfBookingSchema = z.object({
  email: z.string().optional(),
  phone: z.string().optional(),
  language: LanguageSchema,
  walkIn: z.boolean().optional(),
  /** When they agreed to what is kept of them. */
  consentAt: z.string().optional(),
  paidBy: z.string().optional(),
  /** What was not owed any more once it was cancelled. */
  refundMinor: z.int().optional(),
});
export type GuestOfBooking = z.infer<typeof GuestOfBookingSchema>;
/** Held until an instant for whoever is paying. */
export const HoldSchema = z.object({ until: z.string() });

export const AskedSchema = z.object({ until: z.string(), language: LanguageSchema.optional() });
/** How a request ended: approved (批准) or declined (拒绝) by staff, taken back by who asked (撤回), never answered (过期), or not paid in time (未付款). */
export const answerKinds = ["approved", "declined", "withdrawn", "lapsed", "unpaid"] as const;
export const AnsweredSchema = z.object({
  as: z.enum(answerKinds),
  at: z.string(),
  by: z.string().optional(),
  reason: z.string().optional(),
});
export type Answered = z.infer<typeof AnsweredSchema>;
/** What one pack (预付包) pays of a booking, in units of its kind of credit; `until` is the first day on which it is not good any more. */
export const PackPartSchema = z.object({ lot: LotIdSchema, name: z.string(), units: z.int(), until: DaySchema });
export type PackPart = z.infer<typeof PackPartSchema>;

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
  bufferBeforeMinutes: z.int().optional(),
  /** How it was had, when not as its kind usually is. */
  by: BookedBySchema.optional(),
  /** The quotas it counts in, each as `per over count in`. */
  counted: z.array(z.string()).optional(),
  company: CompanyIdSchema,
  companyName: z.string(),
  person: PersonIdSchema,
  personName: z.string(),
  /** `tentative`: it has its place and waits for staff to approve it, or for a guest to pay. */
  state: z.enum(["booked", "tentative", "cancelled"]),
  /** The price fixed when it was made; it never changes. */
  price: PricedSchema,
  /** The packs that pay, in the order in which they were used. */
  packs: z.array(PackPartSchema).optional(),
  at: z.string(),
  checkedInAt: z.string().optional(),
  cancelledAt: z.string().optional(),
  /** What cancelling it late costs, as it was when it was made. */
  cancellation: z.object({ freeHours: z.int(), percent: z.int() }).optional(),
  /** It was made as a request: until when staff could answer it, and in which language its letters go out. */
  asked: AskedSchema.optional(),
  /** How the request ended. */
  answered: AnsweredSchema.optional(),
  guest: GuestOfBookingSchema.optional(),
  /** Until when a guest could pay. */
  hold: HoldSchema.optional(),
  /** After how many minutes without a check-in it is released, as it was when it was made; never when left out. */
  noShowMinutes: z.int().optional(),
  /** When it was released because nobody had checked in (未到); then it is cancelled. */
  noShowAt: z.string().optional(),
  /** Its start has turned booked credits into used. */
  allowanceUsed: z.boolean().optional(),
  /** The series that it is an occurrence of. */
  series: SeriesIdSchema.optional(),
  /** How calendars know it since it was moved: by the id it had first, and by how often it was told anew. */
  calendar: z.object({ uid: BookingIdSchema, sequence: z.int() }).optional(),
  /** It was moved together with its series. */
  withSeries: z.boolean().optional(),
  /** The booking whose place it took when that was moved (改期) … */
  movedFrom: BookingIdSchema.optional(),
  /** … and the booking that took its place: then it is cancelled. */
  movedTo: BookingIdSchema.optional(),
});
export type Booking = z.infer<typeof BookingSchema>;
export const BookingViewSchema = BookingSchema.extend({ rev: z.int() });
export type BookingView = z.infer<typeof BookingViewSchema>;

const elsewhere = { resource: ResourceIdSchema };
const SpanMoveSchema = z.strictObject({ ...elsewhere, from: InstantSchema, until: InstantSchema });
const DayMoveSchema = z.strictObject({ ...elsewhere, day: DaySchema });
/** Another time, day or like resource for a booking. */
export const MoveWishSchema = z.union([SpanMoveSchema, DayMoveSchema]);
export type MoveWish = z.infer<typeof MoveWishSchema>;
const moved = { ...shownShape, rev: z.int().min(1) };
/** With the revision that was read and the price that was shown. */
export const MoveSchema = z.union([SpanMoveSchema.extend(moved), DayMoveSchema.extend(moved)]);
export type Move = z.infer<typeof MoveSchema>;

/** The answer to a wish: exactly when it would be, what it would cost, what is left of the month's allowance before it, and which packs would pay. */
export const BookingQuoteSchema = z.object({
  resource: ResourceIdSchema,
  company: CompanyIdSchema,
  from: z.string(),
  until: z.string(),
  day: DaySchema,
  quote: QuoteSchema,
  /** The first local day after the booking's from which the same would cost the company otherwise, and what an hour or a day costs it then, where that is another. */
  otherFrom: DaySchema.optional(),
  otherUnitMinor: z.int().optional(),
  allowance: z.object({
    month: z.string(),
    leftMinutes: z.int(),
    grantedMinutes: z.int(),
    leftDays: z.int().optional(),
    grantedDays: z.int().optional(),
  }),
  /** It would be a request that staff answer until then. */
  approval: z.object({ until: z.string() }).optional(),
  /** Each pack that may pay, what it has left before it, and what it would pay. */
  packs: z.array(PackPartSchema.extend({ left: z.int() })).optional(),
  /** The quotas it would count in, and what is used of each before it. */
  quotas: z.array(QuotaSchema.extend({ used: z.int() })).optional(),
});
export type BookingQuote = z.infer<typeof BookingQuoteSchema>;

/** Who has a resource when, on one local day: `[from, until, whose, booking]` in five-minute grains from the day's first instant, buffers included. */
export const BusySchema = z.tuple([z.int(), z.int(), z.enum(["mine", "busy"])]).rest(BookingIdSchema);
export const AvailabilitySchema = z.object({ day: DaySchema, resources: z.record(z.string(), z.array(BusySchema)) });
export type Availability = z.infer<typeof AvailabilitySchema>;

/** Of which place, when and whose: what a booking, a request and a wait have in common. */
export const whatWhenWhose = {
  resource: true,
  code: true,
  resourceName: true,
  kind: true,
  by: true,
  site: true,
  zone: true,
  day: true,
  from: true,
  until: true,
  company: true,
  companyName: true,
  person: true,
  personName: true,
} as const;
/** What credits pay of one or more prices. */
export const paidShape = {
  allowanceMinutes: z.int(),
  allowanceDays: z.int().optional(),
  creditMinutes: z.int().optional(),
  creditDays: z.int().optional(),
};

/** A booking as lists of a day or of a company show it. */
export const BookingRowSchema = BookingSchema.pick({
  ...whatWhenWhose,
  id: true,
  state: true,
  checkedInAt: true,
  series: true,
  movedTo: true,
  cancellation: true,
  asked: true,
  answered: true,
  noShowMinutes: true,
  noShowAt: true,
  packs: true,
  hold: true,
}).extend({
  /** It is a guest's, who belongs to no company. */
  guest: z.boolean().optional(),
  totalMinor: z.int(),
  ...paidShape,
  /** When it was made; rows written before this was kept have none. */
  madeAt: z.string().optional(),
});
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
/** `booking.cancelled`: what of the price is not owed any more, what is kept, and the minutes or days that went back to the allowance and to packs. */
export const BookingCancelledSchema = BookingMadeSchema.omit({ quote: true, person: true }).extend({
  /** It was released because nobody came. */
  noShow: z.boolean().optional(),
  refundMinor: z.int(),
  feeMinor: z.int(),
  allowanceMinutes: z.int(),
  allowanceDays: z.int().optional(),
  creditMinutes: z.int().optional(),
  creditDays: z.int().optional(),
  /** What the space did not charge although the terms would have, and why. */
  waived: z.object({ percent: z.int(), feeMinor: z.int(), reason: z.string() }).optional(),
});
export type BookingCancelled = z.infer<typeof BookingCancelledSchema>;
/** `booking.requested`: a request that staff answer until `askedUntil`; it becomes `booking.made` or ends as `booking.request-ended`. */
export const BookingRequestedSchema = BookingMadeSchema.extend({ askedUntil: z.string() });
export type BookingRequested = z.infer<typeof BookingRequestedSchema>;
/** `booking.held`: its place is kept until `holdUntil` for a guest who is paying; it becomes `booking.made` or ends as `booking.request-ended`. */
export const BookingHeldSchema = BookingMadeSchema.extend({ holdUntil: z.string() });
export type BookingHeld = z.infer<typeof BookingHeldSchema>;
/** `booking.request-ended`: nothing was owed, and what was held of the allowance is free again. */
export const RequestEndedSchema = BookingMadeSchema.omit({ quote: true, person: true }).extend({
  as: z.enum(answerKinds),
  reason: z.string().optional(),
});
export type RequestEnded = z.infer<typeof RequestEndedSchema>;
/**
 * A wish to cancel, at the revision that was read. Where cancelling costs, staff say who bears it: the company by its terms, or the space, which waives it (免收) and says why.
 */
export const CancelSchema = z.strictObject({
  rev: z.int().min(1),
  fee: z.enum(["company", "space"]).optional(),
  reason: z.string().trim().max(120).optional(),
});
export type Cancel = z.infer<typeof CancelSchema>;

/** Whether a person gets a letter, with an entry for the calendar, of every booking they make, move or cancel. */
export const BookingMailSettingsSchema = z.strictObject({ mails: z.boolean() });
export type BookingMailSettings = z.infer<typeof BookingMailSettingsSchema>;
/** `booking.checked-in`. */
export const BookingCheckedInSchema = z.object({
  booking: BookingIdSchema,
  resource: ResourceIdSchema,
  site: SiteIdSchema,
});
/** `site.added`, `site.changed`: on the site's own timeline. */
export const SiteChangedSchema = z.object({ site: SiteIdSchema, rev: z.int() });
/** `floor.changed`: on its site's timeline. */
export const FloorChangedSchema = z.object({ site: SiteIdSchema, floor: FloorIdSchema, rev: z.int() });
/** `resources.added`, `resource.changed`: on the site's timeline. */
export const ResourcesAddedSchema = z.object({
  site: SiteIdSchema,
  kind: ResourceKindSchema,
  codes: z.array(z.string()),
});
export const ResourceChangedSchema = z.object({ resource: ResourceIdSchema, code: z.string(), state: z.string() });

/** `resource.let`, and `resource.let-ended` whose `until` is the end it came to: on the company's timeline. */
export const ResourceLetSchema = z.object({
  lease: LeaseIdSchema,
  resource: ResourceIdSchema,
  code: z.string(),
  resourceName: z.string(),
  kind: ResourceKindSchema,
  site: SiteIdSchema,
  company: CompanyIdSchema,
  from: DaySchema,
  until: DaySchema.optional(),
  document: z.string().optional(),
});
export type ResourceLet = z.infer<typeof ResourceLetSchema>;

export const bookingRefusals = {
  "booking.taken": 409,
  "booking.closed": 409,
  "booking.past": 409,
  "booking.grid": 422,
  "booking.length": 422,
  "booking.horizon": 409,
  "booking.off": 409,
  "booking.by-day": 422,
  "booking.by-lease": 422,
  "booking.lead": 409,
  "booking.who": 409,
  "booking.quota": 409,
  "booking.training": 409,
  "booking.let": 409,
  "booking.company": 422,
  "booking.suspended": 409,
  "booking.left": 409,
  "booking.started": 409,
  "booking.cancelled": 409,
  "booking.fee-undecided": 409,
  "booking.fee-reason": 422,
  "booking.fee-company": 409,
  "booking.early": 409,
  "booking.over": 409,
  "booking.released": 409,
  "booking.tentative": 409,
  "booking.needs-approval": 409,
  "booking.guest": 409,
  "booking.not-held": 409,
  "guest.too-many": 429,
  "guest.code": 409,
  "guest.move-dearer": 409,
  "wait.free": 409,
  "wait.already": 409,
  "wait.too-many": 409,
  "request.answered": 409,
  "request.lapsed": 409,
  "series.conflicts": 409,
  "series.none": 422,
  "series.too-many": 422,
  "price-changed": 409,
  "lease.not-lettable": 409,
  "lease.days": 422,
  "lease.clash": 409,
  "lease.booked": 409,
  "lease.too-many": 409,
  "lease.too-soon": 409,
  "training.not-needed": 409,
  "resource.code-taken": 409,
  "resource.codes-twice": 422,
} as const;
export type BookingRefusal = keyof typeof bookingRefusals;
