import { moveCharges, moveMoney, openDrafts } from "@yihao/billing/company-move";
import { drawInvoice } from "@yihao/billing/draw";
import { draftsOf } from "@yihao/billing/store";
import { moveTerms } from "@yihao/billing/terms-move";
import { moveBookings, moveFeeds, moveLeases, moveVisits, moveWaits } from "@yihao/booking/company-move";
import { moveCommunity } from "@yihao/community/company-move";
import { movePeople } from "@yihao/identity/company-move";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { plusMinutes } from "@yihao/kernel/span";
import { movePapers } from "@yihao/members/company-move";
import type { Company } from "@yihao/members/model";
import { movePlans } from "@yihao/members/plan-move";
import { companyKey, companyOf } from "@yihao/members/store";
import { stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { happened } from "@yihao/table/event";
import { get } from "@yihao/table/read";
import { replace } from "@yihao/table/write";
import { moveGoods } from "@yihao/warehouse/company-move";
import { putBack } from "./actions.ts";
import { blocksOf } from "./blocks.ts";
import type { MergeTold, MergeWish } from "./model.ts";
import { mergeKey, mergeKind } from "./store.ts";

/** So long after a merge is done it is looked once more: a request that had read the company before it was merged has written by then. */
export const againMinutes = 5;

async function moveThings(
  scope: Scope,
  from: CompanyId,
  { id, name }: Pick<Company, "id" | "name">,
  gone?: Company,
  terms: MergeWish["terms"] = {},
): Promise<void> {
  const into = { id: id as CompanyId, name };
  await movePeople(scope, from, into);
  await moveGoods(scope, from, into);
  await openDrafts(scope, from);
  await moveCharges(scope, from, into.id);
  if (gone) await movePlans(scope, gone, into.id);
  await movePapers(scope, from, into.id);
  await moveLeases(scope, from, into);
  await moveBookings(scope, from, into);
  await moveWaits(scope, from, into);
  await moveVisits(scope, from, into);
  await moveFeeds(scope, from, into);
  await moveCommunity(scope, from, into);
  await moveTerms(scope, from, into.id, terms);
  await moveMoney(scope, from, into);
}

/** Moves what came to a merged company by requests that were under way. */
export async function moveLate(scope: Scope, from: CompanyId): Promise<void> {
  const merged = (await companyOf(scope, from))?.merged;
  const stays = merged?.done ? await companyOf(scope, merged.into as CompanyId) : undefined;
  if (stays) await moveThings(scope, from, stays);
}

/** Looks once more for what must be settled first, now that nothing new can come; if something came in just before, all is put back. False when the merge is over. */
async function settled(scope: Scope, from: CompanyId): Promise<boolean> {
  const merging = await get(scope, mergeKind, mergeKey(scope, from));
  if (!merging || merging.checked) return merging !== undefined;
  const { rev, ...kept } = merging;
  const blocks = await blocksOf(scope, kept.gone, kept.stays);
  if (blocks.length > 0) {
    await putBack(scope, kept, blocks);
    return false;
  }
  const drafts = (await draftsOf(scope, from)).map(({ month }) => month).sort();
  const write = replace(mergeKey(scope, from), mergeKind, { ...kept, checked: true, drafts }, rev, "merging");
  await commit(stepOf(scope, "checked"), [write], { answer: null });
  return true;
}

/**
 * Moves what a merged company has to the one it turned out to be: people, goods, charges of drafts and others, plans, packs and credits, papers, what is let, bookings, waits, visits and feeds, tickets and parcels, how it is billed, then bills, payments and balances; what was a draft is drawn anew. Each thing moves in one commit and is then in the lists of
 * the merged one no more, so that a second time, or one after a crash, moves what is left. The last step says so on the timelines of both.
 */
export async function moveAll(scope: Scope, told: MergeTold): Promise<void> {
  const from = told.from as CompanyId;
  if (!(await settled(scope, from))) return;
  const [gone, stays] = await Promise.all([companyOf(scope, from), companyOf(scope, told.into as CompanyId)]);
  if (!gone?.merged || gone.merged.done || !stays) return;
  const merging = await get(scope, mergeKind, mergeKey(scope, from));
  await moveThings(scope, from, stays, merging?.gone, merging?.terms);
  // A month of which the one that goes had a draft has one again, with all that both owe of it; what is billed already stays so, and what came late goes to the next.
  for (const month of merging?.drafts ?? []) await drawInvoice(scope, stays.id as CompanyId, month);
  const done = { ...gone.merged, done: true };
  await commit(
    stepOf(scope, "done"),
    [
      {
        do: "update",
        key: companyKey(scope, from),
        set: { merged: done },
        add: { rev: 1 },
        when: [["rev", "=", gone.rev]],
        tag: "from",
      },
      { do: "delete", key: mergeKey(scope, from) },
      dueAt(scope, plusMinutes(scope.now, againMinutes), "merge.again", from),
      happened(scope, "company.merged", from, told),
      happened(scope, "company.merged", stays.id, told),
    ],
    { answer: null },
  );
}
