import { PersonIdSchema } from "@yihao/identity/model";
import { isId } from "@yihao/kernel/ids";
import { DocumentIdSchema } from "@yihao/members/document-model";
import { CompanyIdSchema } from "@yihao/members/model";
import { z } from "zod";

export const ParcelIdSchema = z.templateLiteral(["par_", z.string()]).refine((text) => isId("par", text));
export type ParcelId = z.infer<typeof ParcelIdSchema>;
/** What came: a parcel (快递), or a letter (信件). */
export const parcelKinds = ["parcel", "letter"] as const;
/** Who brought it: 顺丰, 中通, 圆通, 申通, 韵达, 京东, 极兔, 邮政, anyone else. */
export const carriers = ["sf", "zto", "yto", "sto", "yunda", "jd", "jt", "ems", "other"] as const;
export type Carrier = (typeof carriers)[number];
export const parcelStates = ["waiting", "handed", "returned"] as const;
export type ParcelState = (typeof parcelStates)[number];
/** Why something went back or off the list: the company refused it, nobody came, it was written down wrongly. */
export const returnReasons = ["refused", "unclaimed", "mistake"] as const;
/** So many days after it came, the company is reminded. */
export const remindDays = [3, 7] as const;

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u);

/** Something that waits at the front desk for a company (快递代收), one item of about 0.5 kB. `code` is what its people show to get it. */
export const ParcelSchema = z.object({
  id: ParcelIdSchema,
  company: CompanyIdSchema,
  /** What the company was called when it came. */
  companyName: z.string(),
  person: PersonIdSchema.optional(),
  personName: z.string().optional(),
  kind: z.enum(parcelKinds),
  carrier: z.enum(carriers),
  tracking: z.string().optional(),
  shelf: z.string().optional(),
  note: z.string().optional(),
  /** A picture among the company's documents. */
  photo: DocumentIdSchema.optional(),
  state: z.enum(parcelStates),
  at: z.string(),
  byName: z.string(),
  code: z.string(),
  reminded: z.int().optional(),
  endedAt: z.string().optional(),
  endedByName: z.string().optional(),
  /** Whose name stands for the receipt (签收人); nobody's when the code was shown. */
  signedBy: z.string().optional(),
  reason: z.enum(returnReasons).optional(),
});
export type Parcel = z.infer<typeof ParcelSchema>;
/** As its reader may see it: staff not the code, a company not who of the staff took it in or gave it out. */
export const ParcelViewSchema = ParcelSchema.omit({ code: true, byName: true, endedByName: true }).extend({
  code: z.string().optional(),
  byName: z.string().optional(),
  endedByName: z.string().optional(),
  rev: z.int(),
});
export type ParcelView = z.infer<typeof ParcelViewSchema>;

/** Something that came. A tracking number that waits already is refused. */
export const NewParcelSchema = z.strictObject({
  company: CompanyIdSchema,
  person: PersonIdSchema.optional(),
  kind: z.enum(parcelKinds).default("parcel"),
  carrier: z.enum(carriers).default("other"),
  tracking: line(40)
    .regex(/^[0-9A-Za-z-]*$/)
    .optional(),
  shelf: line(20).optional(),
  note: line(120).optional(),
  photo: DocumentIdSchema.optional(),
});
export type NewParcel = z.infer<typeof NewParcelSchema>;
/** What may be put right while it waits. */
export const ParcelChangeSchema = z.strictObject({
  kind: z.enum(parcelKinds),
  carrier: z.enum(carriers),
  shelf: line(20).optional(),
  note: line(120).optional(),
});
export type ParcelChange = z.infer<typeof ParcelChangeSchema>;
/** How it is handed out: against its code, or against a name that signs for it. */
export const HandOutSchema = z.union([
  z.strictObject({ code: z.string().trim().max(12).min(1) }),
  z.strictObject({ signedBy: line(40).min(1) }),
]);
export type HandOut = z.infer<typeof HandOutSchema>;
export const ReturnSchema = z.strictObject({ reason: z.enum(returnReasons) });
export type ReturnReason = (typeof returnReasons)[number];

/** `parcel.arrived`, `parcel.changed`, `parcel.handed-out`, `parcel.returned`: on the parcel's timeline. */
export const ParcelToldSchema = z.object({ parcel: ParcelIdSchema, company: CompanyIdSchema });
export type ParcelTold = z.infer<typeof ParcelToldSchema>;
/** `parcel.handed-out` and `parcel.returned` also say for how many whole days it had waited, and why it went back. */
export type ParcelGone = ParcelTold & { readonly waitedDays?: number; readonly reason?: ReturnReason };
