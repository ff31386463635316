import { draftOf } from "../../ui/form.tsx";
import type { StepKey } from "./progress.ts";

/** Under what this browser keeps what was typed in a step; one key for the space that does not exist yet. */
export const draftKey = (space: string | undefined, step: StepKey) => `setup.${space ?? "new"}.${step}`;

/** Whether this browser keeps something of a step that was left before it could be saved. */
export const isUnfinished = (space: string | undefined, step: StepKey): boolean => draftOf(draftKey(space, step));
