import { z } from "zod";
import { CompanyIdSchema } from "./model.ts";

/** Labels at most in one file, and of one record. */
export const mostLabels = 500;
export const NewLabelWorkSchema = z.strictObject({ labels: z.int().min(1).max(mostLabels) });
/** Labels that were put on an owner's goods or cartons (贴标作业). */
export const LabelWorkSchema = z.object({ id: z.string(), company: CompanyIdSchema, labels: z.int() });
export type LabelWork = z.infer<typeof LabelWorkSchema>;
