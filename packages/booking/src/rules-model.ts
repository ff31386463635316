import { CompanyIdSchema, PersonIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { type BookableKind, bookableKinds, PlanIdSchema } from "@yihao/pricing/model";
import { z } from "zod";

/**
 * What can be had at a site: meeting rooms (会议室), desks (工位), hot-desk pools (流动工位), offices (办公室), equipment (设备), loading docks
 * (卸货口), lockers (储物柜) and parking (车位).
 */
export const resourceKinds = bookableKinds;
export const ResourceKindSchema = z.enum(resourceKinds);
export type ResourceKind = BookableKind;

/** How a resource is had: by time on its grid, by the opening day, or by agreement for months only (签约租用). */
export const bookedBys = ["time", "day", "lease"] as const;
export const BookedBySchema = z.enum(bookedBys);
export type BookedBy = z.infer<typeof BookedBySchema>;

/** How a kind is had unless its resource says otherwise. */
export const usualBy: Record<ResourceKind, BookedBy> = {
  room: "time",
  desk: "day",
  pool: "day",
  office: "lease",
  equipment: "time",
  dock: "time",
  locker: "day",
  parking: "day",
};

/** How a resource, or what was booked of one, is had. */
export function bookedBy(one: { readonly kind: ResourceKind; readonly by?: BookedBy | undefined }): BookedBy {
  return one.by ?? usualBy[one.kind];
}

/** A local wall time, `09:00`; `24:00` is the end of the day. On the five-minute grid of the day sheets. */
export const WallTimeSchema = z.string().regex(/^(([01]\d|2[0-3]):[0-5][05]|24:00)$/);
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

/** Who may book (谁能订): every company, those on some plans, some companies, or staff only. Staff always may. */
export const WhoSchema = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("all") }),
  z.strictObject({ of: z.literal("plans"), plans: z.array(PlanIdSchema).min(1).max(20) }),
  z.strictObject({ of: z.literal("companies"), companies: z.array(CompanyIdSchema).min(1).max(20) }),
  z.strictObject({ of: z.literal("staff") }),
]);
export type Who = z.infer<typeof WhoSchema>;

/**
 * The public may book it too (对外开放), whoever else may: at so much an hour, or a day where it is had by the day; without a price of its own at what companies without a plan pay.
 */
export const OpenToPublicSchema = z.strictObject({ priceMinor: z.int().min(0).max(100_000_000).optional() });
export type OpenToPublic = z.infer<typeof OpenToPublicSchema>;

/**
 * How much somebody may book (配额): a person, or a whole company, so many minutes or bookings in a local day, ISO week or month of the site, or so many
 * bookings that are still to come. `over: kind` counts all resources of the kind at the site that have such a quota together; `plans` binds companies on these plans only.
 */
export const QuotaSchema = z
  .strictObject({
    per: z.enum(["person", "company"]),
    count: z.enum(["minutes", "bookings"]),
    in: z.enum(["day", "week", "month", "ahead"]),
    most: z.int().min(1).max(50_000),
    over: z.enum(["resource", "kind"]),
    plans: z.array(PlanIdSchema).min(1).max(20).optional(),
  })
  .refine((quota) => quota.in !== "ahead" || (quota.count === "bookings" && quota.most <= 50), {
    params: { rule: "ahead-counts-bookings", most: 50 },
  });
export type Quota = z.infer<typeof QuotaSchema>;
/** A resource has few quotas: each is an item that its bookings write. */
export const QuotasSchema = z.array(QuotaSchema).max(4);

/**
 * Whose bookings staff approve first (预订审批): nobody's, everybody's who is not staff, or those of the public, that is of whoever has no plan on that day. A request
 * that nobody answers lapses after so many hours, and at its start.
 */
export const ApprovalSchema = z.strictObject({
  of: z.enum(["nobody", "all", "public"]),
  waitHours: z.int().min(1).max(336),
});
export type Approval = z.infer<typeof ApprovalSchema>;

/** Rules that a floor (area, 区域) sets for all its resources, and that a resource may set for itself instead. */
const areaRules = {
  /** Open at these hours instead of the site's. */
  hours: HoursSchema.optional(),
  /** Closed on these local days, beside the site's. */
  closures: z.array(z.iso.date()).max(60).optional(),
  /** How long before its start a booking is made at the latest (提前量). Staff are not bound. */
  leadMinutes: z.int().min(0).max(20_160).optional(),
  who: WhoSchema.optional(),
  quotas: QuotasSchema.optional(),
  approval: ApprovalSchema.optional(),
  /** What nobody checked in to so many minutes after its start is released (未到释放); 0 is never. */
  noShowMinutes: z.int().min(0).max(240).optional(),
};
export const AreaRulesSchema = z.strictObject(areaRules);
export type AreaRules = z.infer<typeof AreaRulesSchema>;

/**
 * What late cancelling costs (取消费): nothing until so many hours before the start, then so many hundredths of the price, and of the plan's minutes that
 * paid it.
 */
export const CancellationSchema = z.strictObject({
  freeHours: z.int().min(1).max(720),
  percent: z.int().min(1).max(100),
});
export type Cancellation = z.infer<typeof CancellationSchema>;

const fiveMinutes = (least: number, most: number) => z.int().min(least).max(most).multipleOf(5);

/** How a resource may be booked. Minutes are on the five-minute grid. */
export const BookingRulesSchema = z.strictObject({
  /** Kept free after each booking (清场), so also before the next. */
  bufferMinutes: fiveMinutes(0, 240),
  /** Kept free before each booking (布置), beside what the one before keeps after it. */
  bufferBeforeMinutes: fiveMinutes(0, 240).optional(),
  granularityMinutes: fiveMinutes(5, 240),
  leastMinutes: fiveMinutes(5, 1440),
  mostMinutes: fiveMinutes(5, 2880),
  horizonDays: z.int().min(1).max(400),
  /** Cancelling is free until the start when left out. */
  cancellation: CancellationSchema.optional(),
  ...areaRules,
});
export type BookingRules = z.infer<typeof BookingRulesSchema>;

const usual = { bufferMinutes: 0, granularityMinutes: 30, leastMinutes: 30, mostMinutes: 1440, horizonDays: 90 };
const byDay = { ...usual, granularityMinutes: 5, leastMinutes: 5 };
/** Rules that most spaces start with: a room by the half hour up to a day, a desk by the day. */
export const usualRules: Record<ResourceKind, BookingRules> = {
  room: usual,
  desk: byDay,
  pool: byDay,
  office: byDay,
  equipment: { ...usual, mostMinutes: 480 },
  dock: { ...usual, mostMinutes: 240, horizonDays: 30 },
  locker: byDay,
  parking: byDay,
};

/** How many units one resource may have: a day on which each is booked once stays a sheet below 4 kB. */
export const unitsMost = 200;

export const LeaseIdSchema = z.templateLiteral(["lse_", z.string()]).refine((text) => isId("lse", text));
export type LeaseId = z.infer<typeof LeaseIdSchema>;
/** What somebody wants to have for months (长租): a company, its first local day and, unless open-ended, the first day without it. */
export const NewLeaseSchema = z.strictObject({
  company: CompanyIdSchema,
  from: z.iso.date(),
  until: z.iso.date().optional(),
  /** The agreement it belongs to. */
  document: z.string().trim().min(1).max(60).optional(),
});
export type NewLease = z.infer<typeof NewLeaseSchema>;
/**
 * A fence (占用围栏) on the resource's own item: from a local day until another nobody may book it. `claimed` while its days are searched for bookings that
 * stand; a claim blocks like a fence, and one that was never finished blocks for ten minutes.
 */
export const LeaseSchema = NewLeaseSchema.extend({
  id: LeaseIdSchema,
  companyName: z.string(),
  /** The agreement that lets it, when it follows one. */
  agreement: z.string().optional(),
  state: z.enum(["claimed", "held"]),
  at: z.string(),
}).strip();
export type Lease = z.infer<typeof LeaseSchema>;
/** As the reader may see it: whose it is only to staff and to the company itself. */
export const LeaseViewSchema = LeaseSchema.pick({ id: true, from: true, until: true }).extend({
  company: CompanyIdSchema.optional(),
  companyName: z.string().optional(),
  document: z.string().optional(),
});
export type LeaseView = z.infer<typeof LeaseViewSchema>;

/** Somebody was shown how to use an equipment (培训记录): by whom, when, and until which local day it holds, that day included. */
export const NewTrainingSchema = z.strictObject({
  person: PersonIdSchema,
  until: z.iso.date().optional(),
  note: z.string().trim().max(120).optional(),
});
export type NewTraining = z.infer<typeof NewTrainingSchema>;
