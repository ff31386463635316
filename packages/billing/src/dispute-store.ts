import type { Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { type Dispute, type DisputeId, type Evidence, isOpenDispute } from "./dispute-model.ts";

/*
 * | item    | key                | written by                         | units | size   |
 * |---------|--------------------|------------------------------------|-------|--------|
 * | dispute | `disputes`, `<id>` | each news of it that says more     | 2     | 0.7 kB |
 * | evidence | `dispute-evidence`, `<id>` | handed in, each file the provider took, its answer | 2–40 | 1–40 kB |
 *
 * Opening costs about 24 with its transfers, event and letter; losing about 20 and 10 for each bill. A space has few: the list is one query.
 */
export const disputeKind = kindOf<Dispute>("dispute");

/** A dispute's id is made of what the provider calls it, so that every piece of news finds it. */
export const disputeIdOf = (scope: Scope, provider: string, reference: string): DisputeId =>
  `dpt_${digest(scope.space, provider, reference).slice(0, 16)}`;
export const disputeKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "disputes"), id);

/** A dispute. One consistent read unit. */
export const disputeOf = (scope: Scope, id: string): Promise<Stored<Dispute> | undefined> =>
  get(scope, disputeKind, disputeKey(scope, id));

/** Every dispute of the space, those that are open first, then the latest. One query. */
export async function disputesOf(scope: Scope): Promise<Stored<Dispute>[]> {
  const all = await queryAll(scope, disputeKind, partition(scope, "disputes"), { consistent: true });
  return all.sort((a, b) => Number(isOpenDispute(b)) - Number(isOpenDispute(a)) || (a.openedAt < b.openedAt ? 1 : -1));
}

export const evidenceKind = kindOf<Evidence>("dispute-evidence");
export const evidenceKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "dispute-evidence"), id);

/** What was last handed in as evidence of a dispute, if anything was. One consistent read. */
export const evidenceOf = (scope: Scope, id: string): Promise<Stored<Evidence> | undefined> =>
  get(scope, evidenceKind, evidenceKey(scope, id));
