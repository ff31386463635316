import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { PriceSchema, type Stream } from "./model.ts";

export const TariffIdSchema = z.templateLiteral(["trf_", z.string()]).refine((text) => isId("trf", text));
export type TariffId = z.infer<typeof TariffIdSchema>;
const MonthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What is done with goods and may cost (作业). Storage is an operation of its own rules: `StorageRuleSchema`. */
export const operations = ["receive", "putaway", "pick", "pack", "ship", "return", "kit", "count", "label"] as const;
export type Operation = (typeof operations)[number];
/**
 * What a fee counts: units, movements (each line of goods moved or counted at once), documents (orders, notices, counts), cartons (箱), kilograms, kept in grams, cubic metres, kept in millilitres, bins (库位),
 * each once a document however often it is gone to, or pallets (托盘).
 */
export const feeBys = ["unit", "line", "order", "carton", "kg", "cubic", "bin", "pallet"] as const;
export type FeeBy = (typeof feeBys)[number];
const countedBy: Readonly<Record<Operation, readonly FeeBy[]>> = {
  // What comes is told by its pallets; it goes to bins only when it is put away, and nobody says then from which pallet.
  receive: ["unit", "line", "order", "kg", "cubic", "pallet"],
  putaway: ["unit", "line", "order", "kg", "cubic", "bin"],
  pick: ["unit", "line", "order", "kg", "cubic", "bin"],
  // What is packed has no volume any more.
  pack: ["unit", "line", "order", "carton", "kg", "pallet"],
  ship: ["unit", "line", "order", "carton", "kg", "pallet"],
  return: ["unit", "line", "order", "kg", "cubic"],
  kit: ["unit", "line", "order"],
  count: ["unit", "line", "order", "bin"],
  // A unit is a label.
  label: ["unit", "order"],
};
/** What a fee of an operation may count: what can be told of it honestly. */
export const feeBysOf = (operation: Operation): readonly FeeBy[] => countedBy[operation];
/** How many of what is kept make one that is priced. */
export const feeScale = (by: FeeBy): number => (by === "kg" ? 1_000 : by === "cubic" ? 1_000_000 : 1);

/** From which quantity of a month on another price holds (阶梯价), for what is beyond it alone. */
export const TierSchema = z.strictObject({ from: z.int().min(1).max(1_000_000_000), unitMinor: PriceSchema });
const tiers = z
  .array(TierSchema)
  .max(8)
  .refine((all) => all.every((tier, at) => at === 0 || (all[at - 1]?.from ?? 0) < tier.from), {
    params: { rule: "tiers-in-order" },
  })
  .optional();

/**
 * How storage is charged. `bin-day`: each bin and day on which it was occupied. `peak-day`: a day's most units of each product by their volume, each unit, and each product. `volume-day`: cubic metres
 * each day. `average-volume`: cubic metres of the average day, a month. `capacity-month`: bins of a capacity that the volume at the month's end fills.
 */
export const StorageRuleSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("bin-day"), dayMinor: PriceSchema, tiers }),
  z.strictObject({
    by: z.literal("peak-day"),
    literMinor: PriceSchema,
    unitMinor: PriceSchema,
    productMinor: PriceSchema,
  }),
  z.strictObject({ by: z.literal("volume-day"), cubicMinor: PriceSchema }),
  z.strictObject({ by: z.literal("average-volume"), cubicMinor: PriceSchema }),
  z.strictObject({
    by: z.literal("capacity-month"),
    binLiters: z.int().min(1).max(1_000_000),
    binMinor: PriceSchema,
  }),
]);
export type StorageRule = z.infer<typeof StorageRuleSchema>;
/** A price of an operation by what it counts; `minimumMinor` is the least of it in a month in which that operation was done. */
export const FeeSchema = z
  .strictObject({
    operation: z.enum(operations),
    per: z.enum(feeBys),
    unitMinor: PriceSchema,
    tiers,
    minimumMinor: PriceSchema.optional(),
  })
  .refine(({ operation, per }) => feeBysOf(operation).includes(per), { params: { rule: "cartons" }, path: ["per"] });
export type Fee = z.infer<typeof FeeSchema>;

/** What a tariff names beside storage and handling: events (活动), penalties (违约金) and other services, each at a price, charged by hand when it happens, or by itself for what a penalty is `on`. */
export const tariffItemKinds = ["event", "penalty", "service"] as const;
export type TariffItemKind = (typeof tariffItemKinds)[number];
/** The stream that each kind earns for. */
export const itemStreams: Readonly<Record<TariffItemKind, Stream>> = {
  event: "events",
  penalty: "other",
  service: "services",
};
/**
 * What a penalty is charged on by itself, and what one of it is: a booking that nobody came to (未到) or that was cancelled late (迟取消); a day that a parcel waited beyond `freeDays` (超期未取); an order that was
 * cancelled once goods of it were picked (拣后取消); a unit that came beyond its notice (超出预报); a bin and day that goods stood here after their owner's last day (退驻滞留).
 */
export const penaltyCauses = [
  "no-show",
  "late-cancel",
  "parcel-kept",
  "order-undone",
  "notice-over",
  "goods-left",
] as const;
export type PenaltyCause = (typeof penaltyCauses)[number];
export const TariffItemSchema = z
  .strictObject({
    kind: z.enum(tariffItemKinds),
    name: z.string().trim().min(1).max(40),
    unitMinor: z.int().min(1).max(100_000_000),
    on: z.enum(penaltyCauses).optional(),
    freeDays: z.int().min(0).max(366).optional(),
  })
  .refine(({ kind, on }) => on === undefined || kind === "penalty", { params: { rule: "penalty-alone" }, path: ["on"] })
  .refine(({ on, freeDays }) => freeDays === undefined || on === "parcel-kept", {
    params: { rule: "free-days" },
    path: ["freeDays"],
  });
export type TariffItem = z.infer<typeof TariffItemSchema>;
export const tariffItemsMost = 20;
/** The penalties (罚则) of a company's tariff of a month that are charged by themselves: what it is told before it does what costs. */
export const PenaltiesSchema = z.object({ month: MonthSchema, items: z.array(TariffItemSchema) });
export type Penalties = z.infer<typeof PenaltiesSchema>;
export const feesMost = 20;

/** What storage and handling cost (仓储与作业价目), with tax included (含税). `freeDays` are the first days with goods here since it holds that cost no storage; `minimumMinor` the least of a month in which something was used. */
export const TariffTermsSchema = z.strictObject({
  storage: StorageRuleSchema,
  freeDays: z.int().min(0).max(366).optional(),
  fees: z
    .array(FeeSchema)
    .max(feesMost)
    .refine((all) => new Set(all.map(({ operation, per }) => `${operation}:${per}`)).size === all.length, {
      params: { rule: "one-of-a-fee" },
    }),
  items: z
    .array(TariffItemSchema)
    .max(tariffItemsMost)
    .refine((all) => new Set(all.flatMap(({ on = [] }) => on)).size === all.filter(({ on }) => on).length, {
      params: { rule: "one-of-a-cause" },
    })
    .optional(),
  minimumMinor: PriceSchema.optional(),
});
export type TariffTerms = z.infer<typeof TariffTermsSchema>;
/** Terms with the months in which they hold, `until` excluded; of one company, or of all that have none of their own. */
export const NewTariffSchema = TariffTermsSchema.extend({
  name: z.string().trim().min(1).max(60),
  company: z
    .string()
    .regex(/^cmp_[0-9a-zA-Z-]{1,40}$/)
    .optional(),
  from: MonthSchema,
  until: MonthSchema.optional(),
});
export type NewTariff = z.infer<typeof NewTariffSchema>;
export const TariffSchema = NewTariffSchema.extend({ id: TariffIdSchema }).strip();
export type Tariff = z.infer<typeof TariffSchema>;
export const TariffViewSchema = TariffSchema.extend({ rev: z.int() });
export const TariffEndSchema = z.strictObject({ until: MonthSchema });

const DayUseSchema = z.object({
  day: z.iso.date(),
  /** Bins of the company alone. */
  bins: z.int(),
  /** Bins that it shared: how many owners each had, and which of them it was in order. */
  shared: z.array(z.object({ owners: z.int(), at: z.int() })),
  /** The day's most units of each product and their volume in millilitres, summed; and how many products. */
  peakUnits: z.int(),
  peakMl: z.int(),
  products: z.int(),
});
export type DayUse = z.infer<typeof DayUseSchema>;
/** What a company used of the warehouse in a month (用量): what a price is put on. */
export const UsageSchema = z.object({
  company: z.string(),
  companyName: z.string(),
  month: MonthSchema,
  days: z.array(DayUseSchema),
  /** `<operation>:<what a fee counts>` and how many; grams of `kg`, millilitres of `cubic`. */
  done: z.record(z.string(), z.int()),
});
export type Usage = z.infer<typeof UsageSchema>;

/** A line that a month of use comes to: its key stays the same while the month goes on. */
export type DueLine = {
  readonly key: string;
  readonly service: "storage" | Operation;
  readonly stream: Extract<Stream, "storage" | "handling">;
  /** What it is for: the storage rule, the operation and what its fee counts, or a minimum. */
  readonly of: string;
  readonly quantity: number;
  readonly unitMinor: number;
  readonly amountMinor: number;
};
