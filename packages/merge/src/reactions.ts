import type { CompanyId } from "@yihao/kernel/ids";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import type { MergeTold } from "./model.ts";
import { moveAll, moveLate } from "./steps.ts";

/** What merging does when it hears that a company is to be moved. */
export const mergeReactions: Reaction[] = [
  onEvent("merge.move", ["company.merge-asked"], (scope, event: { data: MergeTold }) => moveAll(scope, event.data)),
];

/** Timers of merging: what came late. */
export const mergeTimers: DueHandler[] = [
  onDue("merge.again", (scope, company) => moveLate(scope, company as CompanyId)),
];
