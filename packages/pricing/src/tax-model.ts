import { z } from "zod";
import { type Stream, StreamSchema, TaxBasisSchema, TaxReasonSchema } from "./model.ts";
import type { TaxClass } from "./tax.ts";

const DaySchema = z.iso.date();

/**
 * What a stream sells, as the tax knows it (税目, 财税〔2016〕36 号 附件1): leases of real estate (经营租赁), agency (经纪代理), research and technology (研发和技术), information technology (信息技术), certification and
 * consulting (鉴证咨询); storage and handling (物流辅助), meetings and events (会议展览), other services, and goods. The first five are what 2023 No. 42 calls incubation services.
 */
export const serviceClasses = [
  "lease",
  "agency",
  "research",
  "it",
  "consulting",
  "logistics",
  "meeting",
  "other",
  "goods",
] as const;
export const ServiceClassSchema = z.enum(serviceClasses);
export type ServiceClass = z.infer<typeof ServiceClassSchema>;

/** Incubation services (孵化服务) of the announcement 2023 No. 42, item 2. */
export const incubationServices: readonly ServiceClass[] = ["lease", "agency", "research", "it", "consulting"];

/** The class of rates that a service has by law. */
export const taxClassOf = (service: ServiceClass): TaxClass =>
  service === "lease" || service === "goods" ? service : "service";

/** What each stream sells unless the space says otherwise. */
export const usualServices: Readonly<Record<Stream, ServiceClass>> = {
  membership: "other",
  rent: "lease",
  desk: "other",
  room: "meeting",
  storage: "logistics",
  handling: "logistics",
  services: "consulting",
  events: "meeting",
  finance: "other",
  other: "other",
};

/** What a space may be called (资质): national and provincial incubators, university science parks and nationally recorded 众创空间 count for the exemption, provincial 众创空间 do not. */
export const titleKinds = [
  "national-incubator",
  "provincial-incubator",
  "university-park",
  "national-space",
  "provincial-space",
] as const;
export const TitleKindSchema = z.enum(titleKinds);
export type TitleKind = z.infer<typeof TitleKindSchema>;
export const countingTitles: readonly TitleKind[] = [
  "national-incubator",
  "provincial-incubator",
  "university-park",
  "national-space",
];

const ValiditySchema = z.strictObject({ from: DaySchema, until: DaySchema.optional() });
const runsForward = ({ from, until }: z.infer<typeof ValiditySchema>) => until === undefined || from < until;
const forward = { params: { rule: "from-before-until" }, path: ["until"] };
/** A title that the space has on some days (`until` excluded), by its document's number. */
export const TitleSchema = ValiditySchema.extend({
  title: TitleKindSchema,
  number: z.string().trim().max(60).optional(),
}).refine(runsForward, forward);
export type Title = z.infer<typeof TitleSchema>;
/** What a stream sells on some days and its rate in basis points: 600, 900, 500 by the simplified method (简易计税), 1300, or what a small taxpayer pays. */
export const StreamTaxSchema = ValiditySchema.extend({
  stream: StreamSchema,
  service: ServiceClassSchema,
  basis: TaxBasisSchema,
}).refine(runsForward, forward);
export type StreamTax = z.infer<typeof StreamTaxSchema>;

type Held = z.infer<typeof ValiditySchema>;
const overlap = (a: Held, b: Held) =>
  (a.until === undefined || b.from < a.until) && (b.until === undefined || a.from < b.until);

/** How many of each a space may keep: with them the settings stay one item below 6 kB. */
export const taxRowsMost = { rates: 40, titles: 12, separate: 6 } as const;
/**
 * How a space is taxed (税务设置): what its streams sell and their rates where they are not those of the price card, its titles, and on which days it keeps separate accounts of what it does for incubated companies
 * (单独核算). No stream has two rates on a day.
 */
export const TaxSettingsSchema = z.strictObject({
  rates: z
    .array(StreamTaxSchema)
    .max(taxRowsMost.rates)
    .refine(
      (all) =>
        all.every((one, at) => all.slice(at + 1).every((other) => one.stream !== other.stream || !overlap(one, other))),
      { params: { rule: "one-rate-a-day" } },
    ),
  titles: z.array(TitleSchema).max(taxRowsMost.titles),
  separate: z.array(ValiditySchema.refine(runsForward, forward)).max(taxRowsMost.separate),
});
export type TaxSettings = z.infer<typeof TaxSettingsSchema>;
export const noTaxSettings: TaxSettings = { rates: [], titles: [], separate: [] };
export const TaxSettingsViewSchema = z.object({ settings: TaxSettingsSchema, rev: z.int() });

/** How something is taxed on its day: what it is, at which rate, or why at none. */
export const TaxationSchema = z.object({
  basis: TaxBasisSchema,
  service: ServiceClassSchema,
  reason: TaxReasonSchema.optional(),
});
export type Taxation = z.infer<typeof TaxationSchema>;
