import { movePerson as moveProposals } from "@yihao/billing/person-move";
import { movePerson as moveBookings } from "@yihao/booking/person-move";
import { movePerson as moveCommunity } from "@yihao/community/person-move";
import type { MergedPerson } from "@yihao/identity/model";
import { memberNow, mergedKey, mergedKind, moveKeys } from "@yihao/identity/person-merge";
import { tell } from "@yihao/identity/store";
import type { CompanyId, PersonId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { movePerson as moveLeads } from "@yihao/members/person-move";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { get } from "@yihao/table/read";
import { againMinutes } from "./steps.ts";

async function moveThings(scope: Scope, { person, companies }: MergedPerson): Promise<void> {
  const kept = await memberNow(scope, person);
  if (!kept) return;
  const into = { person: kept.person, name: kept.name };
  await moveKeys(scope, person, into);
  await moveLeads(scope, person, into);
  await moveBookings(scope, person, into, companies as CompanyId[]);
  await moveCommunity(scope, person, into, companies as CompanyId[]);
  await moveProposals(scope, person, into);
}

/**
 * Moves what a merged account has in the rooms of the space to the one that is kept. Each thing moves in one commit and is then the former's no more, so that a second time, or one after a cut, moves what
 * is left. The last step writes that all is done, which stays as the receipt, and looks once more later for what requests under way have written.
 */
export async function movePersonThings(scope: Scope, told: MergedPerson): Promise<void> {
  const { person } = told;
  const merged = await get(scope, mergedKind, mergedKey(scope, person));
  if (!merged || merged.doneAt) return;
  await moveThings(scope, told);
  const done = { ...told, doneAt: scope.now };
  await commit(
    stepOf(scope, "done"),
    [
      {
        do: "update",
        key: mergedKey(scope, person),
        set: { doneAt: scope.now },
        add: { rev: 1 },
        when: [["pk", "present"]],
      },
      dueAt(scope, plusMinutes(scope.now, againMinutes), "merge.person-again", person),
      tell(scope, "person.merged", scope.space, done),
    ],
    { answer: null },
  );
}

/** Moves what came to a merged account by requests that were under way. */
export async function movePersonLate(scope: Scope, person: PersonId): Promise<void> {
  const merged = await get(scope, mergedKind, mergedKey(scope, person));
  if (merged?.doneAt) await moveThings(scope, merged);
}
