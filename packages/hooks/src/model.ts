import { isId } from "@yihao/kernel/ids";
import { z } from "zod";

export const HookIdSchema = z.templateLiteral(["whk_", z.string()]).refine((text) => isId("whk", text));
export type HookId = z.infer<typeof HookIdSchema>;
const InstantSchema = z.string();

/** What may be heard of, in groups as the page shows them. What each carries stands in `payload.ts`. */
export const hookGroups = {
  members: ["company.added", "company.left"],
  booking: ["booking.made", "booking.cancelled", "booking.checked-in"],
  warehouse: ["goods.received", "order.shipped", "order.cancelled", "stock.counted", "stock.low"],
  billing: ["invoice.finalised", "invoice.paid", "payment.recorded"],
  community: ["ticket.opened", "parcel.arrived"],
} as const;
export type HookGroup = keyof typeof hookGroups;
export type HookKind = (typeof hookGroups)[HookGroup][number];
export const hookKinds: readonly HookKind[] = Object.values(hookGroups).flat();
export const HookKindSchema = z.enum(hookKinds);
/** What `ping` sends, whatever kinds are chosen. */
export const pingKind = "hook.ping";

/** So many endpoints a space. */
export const hooksMost = 10;
/** For how many hours at most the former secret signs beside a new one. */
export const overlapHoursMost = 72;
/** How long deliveries and what was answered are kept, in days. */
export const deliveryDays = 30;

const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u);
/** What an endpoint is made of or changed to; `url` is held against `readTarget` besides. */
export const NewHookSchema = z.strictObject({
  name: NameSchema,
  url: z.string().trim().min(1).max(500),
  kinds: z.array(HookKindSchema).min(1).max(hookKinds.length),
});
export type NewHook = z.infer<typeof NewHookSchema>;

/** Why an endpoint is paused: somebody did it, it failed for days, or it answered 410 (it is gone for good). */
export const pauseCauses = ["person", "failures", "gone"] as const;
/** An endpoint (接收地址) of a space's own system, as its owners see it: its secret is nowhere in it. */
export const HookSchema = z.object({
  id: HookIdSchema,
  name: z.string(),
  url: z.string(),
  kinds: z.array(HookKindSchema),
  state: z.enum(["active", "paused"]),
  cause: z.enum(pauseCauses).nullable(),
  pausedAt: InstantSchema.nullable(),
  by: z.string(),
  byName: z.string(),
  createdAt: InstantSchema,
  rotatedAt: InstantSchema.nullable(),
  /** Until when the former secret signs too. */
  formerUntil: InstantSchema.nullable(),
  /** Since when every attempt has failed; null while the last one was taken. */
  failingSince: InstantSchema.nullable(),
});
export type Hook = z.infer<typeof HookSchema>;
export const HookViewSchema = HookSchema.extend({ rev: z.int() });
export type HookView = z.infer<typeof HookViewSchema>;

/** An endpoint with its secret, told once: a replay of the command finds `secret` null. */
export const ShownHookSchema = z.object({ hook: HookViewSchema, secret: z.string().nullable() });
export type ShownHook = z.infer<typeof ShownHookSchema>;
export const OverlapSchema = z.strictObject({ overlapHours: z.int().min(0).max(overlapHoursMost) });

/** Why nothing, or nothing good, was answered. `blocked`: the name leads into a network that nobody outside may reach. */
export const sendFaults = ["status", "redirect", "timeout", "dns", "blocked", "refused", "tls", "reset"] as const;
export type SendFault = (typeof sendFaults)[number];

/** Its instant, then the event: sorts by time, and the same event makes the same delivery. */
export const DeliveryIdSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_evt_[0-9a-z]{16}$/);

/** `waiting` for its next attempt, `delivered`, `failed` after the last, or `stopped` because the endpoint was paused meanwhile. */
export const deliveryStates = ["waiting", "delivered", "failed", "stopped"] as const;
/** One event on its way to one endpoint (投递). */
export const DeliverySchema = z.object({
  id: DeliveryIdSchema,
  /** The event's id, sent as `webhook-id` with every attempt: by it a receiver knows what it has had. */
  event: z.string(),
  type: z.string(),
  at: InstantSchema,
  state: z.enum(deliveryStates),
  /** Attempts begun. */
  attempts: z.int(),
  nextAt: InstantSchema.nullable(),
  /** When the last attempt ended; null while one is under way. */
  lastAt: InstantSchema.nullable(),
  lastStatus: z.int().nullable(),
  lastFault: z.enum(sendFaults).nullable(),
});
export type Delivery = z.infer<typeof DeliverySchema>;

/** One attempt and what came back: the HTTP status, how long it took, and the first letters of the answer without what looks like personal data or secrets. */
export const AttemptSchema = z.object({
  attempt: z.int(),
  at: InstantSchema,
  ms: z.int().nullable(),
  status: z.int().nullable(),
  fault: z.enum(sendFaults).nullable(),
  answer: z.string().nullable(),
});
export type Attempt = z.infer<typeof AttemptSchema>;
export const DeliveryDetailSchema = DeliverySchema.extend({ body: z.string(), log: z.array(AttemptSchema) });
export type DeliveryDetail = z.infer<typeof DeliveryDetailSchema>;

/** Events of this room, on the space's own timeline: they stand in its audit trail, which more than owners read, so of an address only its host is told. */
export type HookEvents = {
  "hook.made": { hook: HookId; name: string; host: string; kinds: readonly HookKind[] };
  "hook.changed": { hook: HookId; name: string; host: string; kinds: readonly HookKind[] };
  "hook.rotated": { hook: HookId; name: string; formerUntil: string | null };
  "hook.paused": { hook: HookId; name: string; cause: (typeof pauseCauses)[number] };
  "hook.resumed": { hook: HookId; name: string };
  "hook.deleted": { hook: HookId; name: string };
};

export const hookRefusals = {
  "hook.url": 400,
  "hook.too-many": 409,
  "hook.paused": 409,
  "hook.active": 409,
} as const;
export type HookRefusal = keyof typeof hookRefusals;
