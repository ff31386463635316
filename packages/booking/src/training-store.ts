import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query, queryAll, type Range } from "@yihao/table/read";
import { check, type Write } from "@yihao/table/write";
import type { Training } from "./training.ts";

export const trainingKind = kindOf<Training>("trn");

/** Where a person's training record of an equipment lies. */
export const trainingKey = (scope: Scope, resource: string, person: string): Key =>
  keyIn(partition(scope, "trn", resource), person);
/** Where the copy among a person's own records lies. */
export const ownTrainingKey = (scope: Scope, person: string, resource: string): Key =>
  keyIn(partition(scope, "trnof", person), resource);

/** A person's training record of an equipment. */
export const trainingOf = (
  scope: Scope,
  resource: string,
  person: string,
  options: { consistent?: boolean } = {},
): Promise<Stored<Training> | undefined> => get(scope, trainingKind, trainingKey(scope, resource, person), options);
/** A page of the records of an equipment, in no order that means anything. */
export const trainingPage = (scope: Scope, resource: string, range: Range) =>
  query(scope, trainingKind, partition(scope, "trn", resource), range);
/** Every record of a person. There are few. */
export const trainingsOf = (scope: Scope, person: string): Promise<Stored<Training>[]> =>
  queryAll(scope, trainingKind, partition(scope, "trnof", person));

/** Asserts that a person's record still holds on a local day; lost under `training`. */
export function trainedWrite(scope: Scope, resource: string, person: string, day: string): Write {
  return check(
    trainingKey(scope, resource, person),
    [
      ["pk", "present"],
      ["until", "absent-or", ">=", day],
    ],
    "training",
  );
}
