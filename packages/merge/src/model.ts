import { BillTermsSchema } from "@yihao/billing/model";
import { CompanyIdSchema, CompanySchema } from "@yihao/members/model";
import { AgreedPlanSchema } from "@yihao/members/subscription-model";
import { AgreedPriceSchema } from "@yihao/pricing/model";
import { z } from "zod";

/** Facts of which two companies that are one may say two things. */
export const mergeFields = [
  "name",
  "code",
  "kind",
  "industry",
  "legalPerson",
  "registeredOn",
  "contactName",
  "contactPhone",
  "contactEmail",
  "address",
] as const;
export type MergeField = (typeof mergeFields)[number];
export const sides = ["into", "from"] as const;
/** What both may have said of their bills: how they are drawn (出账方式), and whom fapiao are made out to (发票抬头). */
export const mergeTerms = ["way", "title"] as const;
export type MergeTerm = (typeof mergeTerms)[number];

/**
 * What must be settled before a company may be merged into another: plans of both that go on, since only somebody can say which is to; products of both under one code or GTIN; and what of its goods is in
 * somebody's hands: notices, orders, returns, transfers and counts in the middle of work.
 */
export const mergeBlocks = [
  "gone",
  "exit",
  "plan",
  "codes",
  "notices",
  "orders",
  "returns",
  "transfers",
  "counts",
] as const;
export type MergeBlock = (typeof mergeBlocks)[number];
/** At most so many of what must be settled are named. */
export const namedMost = 20;
export const BlockSchema = z.object({
  what: z.enum(mergeBlocks),
  count: z.int(),
  /** Products and documents by what people call them; at most twenty. */
  items: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
});
export type Block = z.infer<typeof BlockSchema>;

/** What moves with a company: how many of each, and money in fen. */
export const MovesSchema = z.object({
  people: z.int(),
  plans: z.int(),
  packs: z.int(),
  agreements: z.int(),
  documents: z.int(),
  bookings: z.int(),
  drafts: z.int(),
  tickets: z.int(),
  parcels: z.int(),
  bills: z.int(),
  products: z.int(),
  orders: z.int(),
  receivableMinor: z.int(),
  creditMinor: z.int(),
  depositMinor: z.int(),
});
export type Moves = z.infer<typeof MovesSchema>;

/** What merging would do (合并预览), before anything is done: the facts that differ, what moves, what becomes of agreed prices (协议价), what each said of its bills, and what must be settled first. */
export const MergePreviewSchema = z.object({
  from: CompanySchema.extend({ rev: z.int() }),
  into: CompanySchema.extend({ rev: z.int() }),
  conflicts: z.array(z.object({ field: z.enum(mergeFields), from: z.string(), into: z.string() })),
  moves: MovesSchema,
  prices: z.object({
    taken: z.array(AgreedPriceSchema),
    left: z.array(AgreedPriceSchema),
    plan: AgreedPlanSchema.optional(),
  }),
  terms: z.object({ from: BillTermsSchema, into: BillTermsSchema }),
  blocks: z.array(BlockSchema),
});
export type MergePreview = z.infer<typeof MergePreviewSchema>;

/** A wish to merge: into which company, whose fact and whose terms of bills hold where the two differ, and both as they were seen. */
export const MergeWishSchema = z.strictObject({
  into: CompanyIdSchema,
  fields: z.partialRecord(z.enum(mergeFields), z.enum(sides)).default({}),
  terms: z.partialRecord(z.enum(mergeTerms), z.enum(sides)).default({}),
  seen: z.strictObject({ from: z.int(), into: z.int() }),
});
export type MergeWish = z.infer<typeof MergeWishSchema>;
export const MergedSchema = z.object({ from: CompanyIdSchema, into: CompanyIdSchema });
export type Merged = z.infer<typeof MergedSchema>;

/** `company.merge-asked`, subject the merged company: what it has is to be moved. `company.merged`, on the timelines of both: all of it is. `company.merge-given-up`, on both: something came in that must be settled first, and both are what they were. */
export const MergeToldSchema = z.object({ from: CompanyIdSchema, into: CompanyIdSchema, name: z.string() });
export type MergeTold = z.infer<typeof MergeToldSchema>;

export const mergeRefusals = { "merge.itself": 422, "merge.blocked": 409, "merge.full": 409 } as const;
export type MergeRefusal = keyof typeof mergeRefusals;
