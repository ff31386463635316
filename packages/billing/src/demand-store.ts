import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import type { DepositDemand } from "./approval-model.ts";

/*
 * | item           | key                                       | written by                                     | units | size   |
 * |----------------|-------------------------------------------|------------------------------------------------|-------|--------|
 * | deposit demand | `deposit-demands`, `<company>#<agreement>` | an agreement's reaction; money taken for it    | 2     | 0.3 kB |
 */
export const demandKind = kindOf<DepositDemand>("dpd");

export const demandKey = (scope: Scope, company: string, agreement: string): Key =>
  keyIn(partition(scope, "deposit-demands"), company, agreement);

/** What an agreement asks for as a deposit. One consistent read unit. */
export const demandOf = (
  scope: Scope,
  company: string,
  agreement: string,
): Promise<Stored<DepositDemand> | undefined> => get(scope, demandKind, demandKey(scope, company, agreement));

/** What agreements ask for as deposits, of one company or of the space, settled ones included. One query. */
export const demandsOf = (scope: Scope, company?: string): Promise<Stored<DepositDemand>[]> =>
  queryAll(scope, demandKind, partition(scope, "deposit-demands"), {
    ...(company ? { prefix: `${company}#` } : {}),
    consistent: true,
  });
