import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

export const GrantIdSchema = z.templateLiteral(["gnt_", z.string()]).refine((text) => isId("gnt", text));

/** For how many hours the platform's support may be let in. */
export const supportHours = [1, 24, 168] as const;
export const NewGrantSchema = z.strictObject({
  hours: z.union(supportHours.map((hours) => z.literal(hours))),
  reason: z.string().trim().min(2).max(200),
});
export type NewGrant = z.infer<typeof NewGrantSchema>;

/** An owner's leave for the platform's support to look into the space (支持访问), to read and not to write. It ends at `until`, which is the instant of revoking when that came first. */
export const GrantSchema = z.object({
  id: GrantIdSchema,
  reason: z.string(),
  hours: z.int(),
  byName: z.string(),
  grantedAt: z.string(),
  until: z.string(),
  revokedAt: z.string().nullable(),
});
export type Grant = z.infer<typeof GrantSchema>;

/** The last grant of a space and whether it holds now; `available` says whether this deployment names anybody as support. */
export const SupportSchema = z.object({ grant: GrantSchema.nullable(), active: z.boolean(), available: z.boolean() });
export type Support = z.infer<typeof SupportSchema>;

/** One request of support under a grant: who, when, what it asked for, and whether that was a write, which is refused. */
export const LookSchema = z.object({
  id: z.string(),
  at: z.string(),
  grant: z.string(),
  email: z.string(),
  name: z.string(),
  method: z.string(),
  path: z.string(),
  refused: z.boolean(),
});
export type Look = z.infer<typeof LookSchema>;

/** Whether a grant holds at an instant. */
export const holds = (grant: Pick<Grant, "until"> | undefined, now: string): boolean =>
  grant !== undefined && grant.until > now;

/** Events of support: leave given and taken back stand in the space's audit trail, requests on a timeline of their own. */
export type SupportEvents = {
  "support.granted": { grant: string; hours: number; until: string; reason: string };
  "support.revoked": { grant: string };
  "support.looked": Omit<Look, "id" | "at">;
};

export const supportRefusals = {
  "support.read-only": 403,
  "support.nobody": 409,
  "support.active": 409,
  "support.ended": 409,
} as const;
export type SupportRefusal = keyof typeof supportRefusals;
