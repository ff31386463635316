import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { ResourceIdSchema } from "./model.ts";

export const DisplayIdSchema = z.templateLiteral(["dsp_", z.string()]).refine((text) => isId("dsp", text));
export type DisplayId = z.infer<typeof DisplayIdSchema>;

export const NewDisplaySchema = z.strictObject({ resource: ResourceIdSchema });
/** A display at a door (门口屏) as the operator's list has it; its address is a secret of the tablet alone. */
export const DisplaySchema = z.object({
  id: DisplayIdSchema,
  resource: ResourceIdSchema,
  at: z.string(),
  /** When it last asked, to the hour. */
  seenAt: z.string().optional(),
});
export type Display = z.infer<typeof DisplaySchema>;
/** With its address, told once: a path on the public origin, or null when this is the answer to a repeated wish. */
export const ShownDisplaySchema = DisplaySchema.extend({ path: z.string().nullable() });
export type ShownDisplay = z.infer<typeof ShownDisplaySchema>;

const SlotSchema = z.object({ from: z.string(), until: z.string(), host: z.string().optional() });
/** What the address of a display gives: its room and nothing else. */
export const DoorViewSchema = z.object({
  space: z.string(),
  language: z.string(),
  zone: z.string(),
  code: z.string(),
  name: z.string(),
  capacity: z.int(),
  now: z.string(),
  slots: z.array(SlotSchema),
  open: z.array(SlotSchema),
  off: z.boolean(),
  /** Where whoever stands at the door books it or checks in: a path on the public origin. */
  enter: z.string(),
});
export type DoorView = z.infer<typeof DoorViewSchema>;

/** What a space decides about its doors: whether displays name who booked, and for how many days a visitor's personal data are kept. */
export const DoorSettingsSchema = z.strictObject({
  hostNames: z.boolean(),
  visitorDays: z.int().min(1).max(365),
});
export type DoorSettings = z.infer<typeof DoorSettingsSchema>;
export const DoorSettingsViewSchema = DoorSettingsSchema.extend({ rev: z.int() }).strip();
export const usualDoorSettings: DoorSettings = { hostNames: false, visitorDays: 30 };
