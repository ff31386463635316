import { CompanyIdSchema } from "@yihao/identity/model";
import { z } from "zod";
import { declineKinds } from "./decline.ts";
import { CardFactsSchema, MethodIdSchema } from "./method-model.ts";
import { DaySchema, InvoiceIdSchema, MinorSchema, PaymentIdSchema } from "./model.ts";

/** How a space collects (自动扣款设置): on which days, counted from the day a bill is due; the first is the first try, the others follow a refusal that may pass. */
export const CollectSettingsSchema = z.strictObject({
  on: z.boolean(),
  days: z
    .array(z.int().min(0).max(60))
    .min(1)
    .max(8)
    .refine((days) => days.every((day, at) => at === 0 || day > (days[at - 1] ?? 0)), {
      params: { rule: "days-rise" },
    }),
});
export type CollectSettings = z.infer<typeof CollectSettingsSchema>;
/** On, since nothing is collected of a company that has not agreed to it by saving a way to pay. */
export const defaultCollect: CollectSettings = { on: true, days: [0, 3, 5, 7] };

export const attemptStates = ["asked", "received", "declined", "dropped"] as const;
/** One try to collect a bill: `asked` from before the provider is asked until it has said what became of it. */
export const AttemptSchema = z.object({
  payment: PaymentIdSchema,
  method: MethodIdSchema,
  card: CardFactsSchema.pick({ brand: true, last4: true }),
  at: z.string(),
  amountMinor: MinorSchema,
  state: z.enum(attemptStates),
  code: z.string().optional(),
  kind: z.enum(declineKinds).optional(),
});
export type Attempt = z.infer<typeof AttemptSchema>;

export const collectionStates = ["waiting", "trying", "received", "stopped", "settled"] as const;
export const whyStopped = ["hard", "action", "exhausted", "no-method", "off"] as const;
/** The collection of a bill (扣款): `stopped` is for its company to pay by hand, `settled` was paid otherwise meanwhile. */
export const CollectionSchema = z.object({
  invoice: InvoiceIdSchema,
  number: z.string(),
  company: CompanyIdSchema,
  companyName: z.string(),
  dueOn: DaySchema,
  state: z.enum(collectionStates),
  attempts: z.array(AttemptSchema),
  nextOn: DaySchema.optional(),
  why: z.enum(whyStopped).optional(),
  endedOn: DaySchema.optional(),
});
export type Collection = z.infer<typeof CollectionSchema>;

/** Whether a collection is under way, so that nobody else is to press for the money. */
export const isUnderWay = ({ state }: Pick<Collection, "state">): boolean => state === "waiting" || state === "trying";

/** `collection.tried`, `collection.declined` and `collection.stopped`, on the company's timeline. */
export const CollectionToldSchema = CollectionSchema.pick({
  invoice: true,
  number: true,
  company: true,
  nextOn: true,
  why: true,
}).extend({ amountMinor: MinorSchema, last4: z.string().optional(), code: z.string().optional() });
export type CollectionTold = z.infer<typeof CollectionToldSchema>;
