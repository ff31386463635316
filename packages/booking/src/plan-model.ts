import { isId } from "@yihao/kernel/ids";
import { z } from "zod";
import { FloorIdSchema, ResourceIdSchema } from "./model.ts";

/** How many places one plan shows, and how large its image may be. */
export const spotsMost = 300;
export const planImageBytesMost = 5 * 1024 * 1024;
/** What an image of a plan may be. No SVG: it is a document that can run and fetch. */
export const planImageTypes = ["image/png", "image/jpeg", "image/webp"] as const;
/** How long an image may be on its way, in minutes. */
export const imageWaitMinutes = 60;

export const PlanImageIdSchema = z.templateLiteral(["pim_", z.string()]).refine((text) => isId("pim", text));
export type PlanImageId = z.infer<typeof PlanImageIdSchema>;

const side = z.int().min(100).max(20_000);
/** Where a place stands on the plan, in thousandths of its width and height from the upper left corner. */
export const SpotSchema = z.strictObject({
  resource: ResourceIdSchema,
  x: z.int().min(0).max(1000),
  y: z.int().min(0).max(1000),
});
export type Spot = z.infer<typeof SpotSchema>;

const different = (spots: readonly Spot[]) => new Set(spots.map(({ resource }) => resource)).size === spots.length;
/** What is saved of a plan (平面图): each place once. `image` keeps the image that is there; without it the plan is blank. */
export const PlanFactsSchema = z.strictObject({
  spots: z.array(SpotSchema).max(spotsMost).refine(different),
  image: z.boolean(),
});
export type PlanFacts = z.infer<typeof PlanFactsSchema>;

export const PlanSchema = z.object({
  floor: FloorIdSchema,
  width: side,
  height: side,
  spots: z.array(SpotSchema),
  image: PlanImageIdSchema.optional(),
});
export type Plan = z.infer<typeof PlanSchema>;
/** Revision 0 is a blank plan that nobody saved. */
export const PlanViewSchema = PlanSchema.extend({ rev: z.int() });
export type PlanView = z.infer<typeof PlanViewSchema>;
export const blankPlan = { width: 1600, height: 900 } as const;

export const NewPlanImageSchema = z.strictObject({
  type: z.string().max(100),
  bytes: z.int().min(1).max(1_000_000_000),
});
export type NewPlanImage = z.infer<typeof NewPlanImageSchema>;
export const PlanUploadSchema = z.object({
  image: PlanImageIdSchema,
  url: z.string(),
  headers: z.record(z.string(), z.string()),
});
/** How large the image that came is, in pixels as the browser saw it: the plan takes its shape. */
export const PlanImageSizeSchema = z.strictObject({ width: side, height: side });

export const planRefusals = {
  "plan.image-type": 422,
  "plan.image-size": 422,
  "plan.image-not-there": 409,
  "plan.image-mismatch": 422,
  "plan.elsewhere": 422,
} as const;
export type PlanRefusal = keyof typeof planRefusals;
