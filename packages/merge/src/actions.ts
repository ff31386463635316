import { termsOf } from "@yihao/billing/terms-move";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import { companyForChange } from "@yihao/members/company-actions";
import { today } from "@yihao/members/days";
import type { Company, MembersRefusal } from "@yihao/members/model";
import { searchTexts } from "@yihao/members/names";
import { companyKey, companyKind, companyOf, entryKey, entryKind, entryOf } from "@yihao/members/store";
import { stepOf } from "@yihao/table/command";
import { commit, recall } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { indexWrites } from "@yihao/table/search";
import { claim, reclaim, unclaim } from "@yihao/table/unique";
import { insert, overwrite, replace, type Write } from "@yihao/table/write";
import { blocksOf, movesOf } from "./blocks.ts";
import { agreedMoves, conflictsOf, hasRoom, pointerOf, survivorOf } from "./merge.ts";
import type { Block, Merged, MergePreview, MergeRefusal, MergeTold, MergeWish } from "./model.ts";
import { type Merging, mergeKey, mergeKind } from "./store.ts";

type Refusal = "missing" | "stale" | MembersRefusal | MergeRefusal;
type Pair = { readonly from: Stored<Company>; readonly into: Stored<Company> };

async function pairOf(scope: Scope, from: CompanyId, into: CompanyId): Promise<Outcome<Pair, Refusal>> {
  if (from === into) return refuse("merge.itself");
  const [gone, stays] = await Promise.all([companyForChange(scope, from), companyForChange(scope, into)]);
  if (!gone || !stays) return refuse("missing");
  if (stays.state === "left") return refuse("company.left");
  return hasRoom(gone, stays) ? accept({ from: gone, into: stays }) : refuse("merge.full");
}

/** What merging a company into another would do, without doing any of it. */
export async function previewMerge(
  scope: Scope,
  from: CompanyId,
  into: CompanyId,
): Promise<Outcome<MergePreview, Refusal>> {
  const pair = await pairOf(scope, from, into);
  if (!pair.ok) return pair;
  const { from: gone, into: stays } = pair.value;
  const [blocks, moves, day, theirs, own] = await Promise.all([
    blocksOf(scope, gone, stays),
    movesOf(scope, from),
    today(scope),
    termsOf(scope, from),
    termsOf(scope, into),
  ]);
  const prices = agreedMoves(gone, stays, day);
  const terms = { from: theirs, into: own };
  return accept({ ...pair.value, conflicts: conflictsOf(gone, stays), moves, prices, terms, blocks });
}

/** Claims on name and code once the one that stays may have taken the other's: what it takes is handed over, what it gives up is free, and what the pointer keeps nobody else gets. */
function claimWrites(scope: Scope, from: Company, into: Company, after: Company): Write[] {
  const of = (what: "company-name" | "company-code", theirs?: string, mine?: string, now?: string): Write[] => {
    if (now === undefined || now === mine || now !== theirs) return [];
    return [reclaim(scope, what, now, from.id, into.id), ...(mine ? [unclaim(scope, what, mine, into.id)] : [])];
  };
  return [
    ...of("company-name", from.name, into.name, after.name),
    ...of("company-code", from.code, into.code, after.code),
  ];
}

/** Both companies as they are once merged: the one that stays with its facts and list entry, the other as a pointer that no list and no search has. */
function writesOf(scope: Scope, { from, into }: Pair, after: Company, pointer: Company): Write[] {
  const { rev: _, ...was } = into;
  const [old, fresh] = [entryKey(scope, was), entryKey(scope, after)];
  return [
    replace(companyKey(scope, from.id), companyKind, pointer, from.rev, "from"),
    { do: "delete", key: entryKey(scope, from) },
    ...indexWrites(scope, "company", from.id, searchTexts(from), [], from.name),
    replace(companyKey(scope, into.id), companyKind, after, into.rev, "into"),
    ...(old.sk === fresh.sk ? [] : [{ do: "delete", key: old } as const]),
    overwrite(fresh, entryKind, entryOf(after)),
    ...indexWrites(scope, "company", into.id, searchTexts(was), searchTexts(after), after.name),
    ...claimWrites(scope, from, into, after),
  ];
}

/**
 * Merges a company into another that it turned out to be (合并企业). Refused as `merge.blocked` {blocks} while something must be settled first. Both are written as they will be, in one commit under
 * the revisions that were seen: from then on nothing new can be written to the one that goes. The stream does the rest, step by step, so that a crash resumes.
 */
export async function mergeCompany(
  scope: Scope,
  id: CompanyId,
  { into: to, fields, terms = {}, seen }: Omit<MergeWish, "terms"> & Partial<Pick<MergeWish, "terms">>,
): Promise<Outcome<Merged, Refusal>> {
  const before = await recall(scope);
  if (before) return accept(before.answer as Merged);
  const pair = await pairOf(scope, id, to as CompanyId);
  if (!pair.ok) return pair;
  const { from, into } = pair.value;
  if (from.rev !== seen.from || into.rev !== seen.into) return refuse("stale", { current: into.rev });
  const blocks = await blocksOf(scope, from, into);
  if (blocks.length > 0) return refuse("merge.blocked", { blocks });
  const { rev: _1, ...gone } = from;
  const { rev: _2, ...stays } = into;
  const after = survivorOf(gone, stays, fields, await today(scope));
  const told: MergeTold = { from: id, into: to, name: from.name };
  const outcome = await commit(
    scope,
    [
      ...writesOf(scope, pair.value, after, pointerOf(gone, stays, scope.now)),
      overwrite(mergeKey(scope, id), mergeKind, { gone, stays, after, checked: false, terms }),
      happened(scope, "company.merge-asked", id, told),
    ],
    { answer: { from: id, into: to } satisfies Merged },
  );
  return outcome.done ? accept(outcome.answer) : refuse("stale");
}

/**
 * Makes both companies again what they were, when something came in just before the merge that must be settled first. Nothing of the merged one was moved yet.
 */
export async function putBack(scope: Scope, { gone, stays, after }: Merging, blocks: readonly Block[]): Promise<void> {
  const [now, here] = await Promise.all([
    companyOf(scope, gone.id as CompanyId),
    companyOf(scope, stays.id as CompanyId),
  ]);
  if (!now?.merged || !here) return;
  const back = (what: "company-name" | "company-code", theirs?: string, mine?: string, taken?: string): Write[] => {
    if (taken === undefined || taken === mine || taken !== theirs) return [];
    return [reclaim(scope, what, taken, stays.id, gone.id), ...(mine ? [claim(scope, what, mine, stays.id)] : [])];
  };
  const told = { from: gone.id, into: stays.id, blocks };
  const writes: Write[] = [
    replace(companyKey(scope, gone.id), companyKind, gone, now.rev, "from"),
    insert(entryKey(scope, gone), entryKind, entryOf(gone)),
    ...indexWrites(scope, "company", gone.id, [], searchTexts(gone), gone.name),
    replace(companyKey(scope, stays.id), companyKind, stays, here.rev, "into"),
    ...(entryKey(scope, after).sk === entryKey(scope, stays).sk
      ? []
      : [{ do: "delete", key: entryKey(scope, after) } as const]),
    overwrite(entryKey(scope, stays), entryKind, entryOf(stays)),
    ...indexWrites(scope, "company", stays.id, searchTexts(after), searchTexts(stays), stays.name),
    ...back("company-name", gone.name, stays.name, after.name),
    ...back("company-code", gone.code, stays.code, after.code),
    { do: "delete", key: mergeKey(scope, gone.id) },
    happened(scope, "company.merge-given-up", gone.id, told),
    happened(scope, "company.merge-given-up", stays.id, told),
  ];
  if (!(await commit(stepOf(scope, "back"), writes, { answer: null })).done)
    throw new Error(`the merge of ${gone.id} could not be put back`);
}
