import type { MergedPerson } from "@yihao/identity/model";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import { type DueHandler, onDue } from "@yihao/table/due";
import { onEvent, type Reaction } from "@yihao/table/stream";
import type { MergeTold } from "./model.ts";
import { movePersonLate, movePersonThings } from "./person-steps.ts";
import { moveAll, moveLate } from "./steps.ts";

/** What merging does when it hears that a company or a person is to be moved. */
export const mergeReactions: Reaction[] = [
  onEvent("merge.move", ["company.merge-asked"], (scope, event: { data: MergeTold }) => moveAll(scope, event.data)),
  onEvent("merge.move-person", ["person.merge-asked"], (scope, event: { data: MergedPerson }) =>
    movePersonThings(scope, event.data),
  ),
];

/** Timers of merging: what came late. */
export const mergeTimers: DueHandler[] = [
  onDue("merge.again", (scope, company) => moveLate(scope, company as CompanyId)),
  onDue("merge.person-again", (scope, person) => movePersonLate(scope, person as PersonId)),
];
