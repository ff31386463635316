import { CompanyIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

export const MethodIdSchema = z.templateLiteral(["pmt_", z.string()]).refine((text) => isId("pmt", text));
export type MethodId = z.infer<typeof MethodIdSchema>;

/** What is known of a saved card: never its number. */
export const CardFactsSchema = z.object({
  brand: z.string(),
  last4: z.string(),
  expMonth: z.int(),
  expYear: z.int(),
});
export type CardFacts = z.infer<typeof CardFactsSchema>;

/** What a company agreed to when it saved a way to pay: the words as they were shown, in which language, by whom and when. */
export const ConsentSchema = z.object({
  version: z.string(),
  language: z.enum(["zh", "en"]),
  text: z.string(),
  person: z.string(),
  name: z.string(),
  at: z.string(),
});
export type Consent = z.infer<typeof ConsentSchema>;

export const methodStates = ["asked", "saved", "removed"] as const;
/**
 * A saved way to pay (已保存的付款方式) of a company: `asked` until the provider has it. What was removed is kept with its consent, which proves what was collected by it. `reference` is the provider's name of it.
 */
export const PayMethodSchema = z.object({
  id: MethodIdSchema,
  company: CompanyIdSchema,
  state: z.enum(methodStates),
  provider: z.string(),
  /** The account at the provider that it is saved in; the platform's own when left out. */
  account: z.string().optional(),
  reference: z.string().optional(),
  card: CardFactsSchema.optional(),
  consent: ConsentSchema,
  url: z.string().optional(),
  expiresAt: z.string().optional(),
  savedAt: z.string().optional(),
  removedAt: z.string().optional(),
  removedBy: z.string().optional(),
});
export type PayMethod = z.infer<typeof PayMethodSchema>;

/** A saved method as its company sees it. */
export const MethodViewSchema = PayMethodSchema.pick({ id: true, consent: true }).extend({
  card: CardFactsSchema,
  savedAt: z.string(),
  isDefault: z.boolean(),
});
export type MethodView = z.infer<typeof MethodViewSchema>;

/** Who a company is to the provider, and which of its methods bills are collected by. */
export type PayProfile = {
  readonly company: string;
  readonly customer: string;
  /** The account at the provider that knows the company by this name; the platform's own when left out. */
  readonly account?: string | undefined;
  readonly usual?: MethodId | undefined;
  /** What its admin agreed to last before the provider's own page was opened: cards that are added there are collected by under it. */
  readonly consent?: Consent | undefined;
};

/** `method.saved`, `method.chosen` and `method.removed`, on the company's timeline. */
export const MethodToldSchema = CardFactsSchema.pick({ brand: true, last4: true }).extend({
  method: MethodIdSchema,
  company: CompanyIdSchema,
});
export type MethodTold = z.infer<typeof MethodToldSchema>;
