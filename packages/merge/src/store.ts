/**
 * Items of merging. The companies themselves, and what they have, stand in their own rooms.
 *
 * | item    | key                  | written by                                              | units | size |
 * |---------|----------------------|---------------------------------------------------------|-------|------|
 * | merging | `merging`, `<company>` | asking; goes when all is moved, or when it is put back | 2     | 3 kB |
 */
import type { Month } from "@yihao/kernel/days";
import type { Scope } from "@yihao/kernel/scope";
import type { Company } from "@yihao/members/model";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import type { MergeWish } from "./model.ts";

/** Two companies as they were before a merge, and the one that stays as it is since; `checked` once nothing came in that must be settled first. */
export type Merging = {
  readonly gone: Company;
  readonly stays: Company;
  readonly after: Company;
  readonly checked: boolean;
  /** Whose terms of bills were chosen. */
  readonly terms?: MergeWish["terms"];
  /** The months of which the one that goes had drafts. */
  readonly drafts?: readonly Month[];
};
export const mergeKind = kindOf<Merging>("merging");
/** Where a merge that is under way lies. */
export const mergeKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "merging"), company);
