import { PersonIdSchema } from "@yihao/identity/model";
import type { Day } from "@yihao/kernel/days";
import { z } from "zod";
import { ResourceIdSchema } from "./model.ts";
import { NewTrainingSchema } from "./rules-model.ts";

/** A training record (培训记录) as it is kept: of one person on one equipment. */
export const TrainingSchema = NewTrainingSchema.extend({
  resource: ResourceIdSchema,
  person: PersonIdSchema,
  personName: z.string(),
  at: z.string(),
  by: z.string(),
}).strip();
export type Training = z.infer<typeof TrainingSchema>;
export const TrainingViewSchema = TrainingSchema.extend({ rev: z.int() });
export type TrainingView = z.infer<typeof TrainingViewSchema>;

/** Whether a record lets its person use the equipment on a local day: it has no end, or the day is not after it. */
export function trainedOn(training: Pick<Training, "until"> | undefined, day: Day): boolean {
  return training !== undefined && (training.until === undefined || day <= training.until);
}
