/**
 * Steps that phones did without a network and that were refused (扫码异常): they stay on the supervisor's list until somebody says what came of them. The list has one partition of
 * open ones and one of settled ones.
 *
 * | item           | key                                            | written by   | W |
 * |----------------|------------------------------------------------|--------------|---|
 * | exception      | `scx#<id>` / -                                 | report, settle | 2 |
 * | its list entry | `scxs#open`, then `scxs#settled` / `<at>#<id>` | report; moved when settled | 2 |
 */
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf } from "@yihao/table/kind";
import { get } from "@yihao/table/read";
import { insert } from "@yihao/table/write";
import { personOf } from "./count-actions.ts";
import type { GiveUp, ScanException, ScanExceptionView } from "./scan-exception-model.ts";
import { entryKind, listed, revise } from "./store.ts";

const exceptionKind = kindOf<ScanException>("scx");
const keyOf = (scope: Scope, id: string) => keyIn(partition(scope, "scx", id));
const listOf = (scope: Scope, state: "open" | "settled") => partition(scope, "scxs", state);
const entryKey = (scope: Scope, state: "open" | "settled", one: Pick<ScanException, "at" | "id">) =>
  keyIn(listOf(scope, state), one.at, one.id);
const entryOf = ({ id, at }: Pick<ScanException, "at" | "id">) => ({ id, at, company: "" as CompanyId });

/** Puts a step that was given up on the supervisor's list, under the name of whoever did it. */
export async function reportException(scope: Scope, wish: GiveUp): Promise<Outcome<ScanExceptionView>> {
  const id = idFor(scope, "scx");
  const one: ScanException = { ...wish, id, at: scope.now, by: personOf(scope) };
  const writes = [
    insert(keyOf(scope, id), exceptionKind, one, "exception"),
    insert(entryKey(scope, "open", one), entryKind, entryOf(one)),
  ];
  const outcome = await commit(scope, writes, { answer: { ...one, rev: 1 } });
  return outcome.done ? accept(outcome.answer) : refuse("conflict");
}

/** A page of steps that were given up: the open ones, or those that are settled, newest first. */
export async function listExceptions(
  scope: Scope,
  wish: { settled?: boolean; cursor?: string | undefined; limit?: number | undefined },
): Promise<Outcome<Page<ScanExceptionView>>> {
  const pk = listOf(scope, wish.settled ? "settled" : "open");
  const page = await listed<ScanException>(scope, pk, exceptionKind, (id) => keyOf(scope, id), wish);
  return accept(page);
}

/** Takes one off the list with what came of it. Refused: `missing`, `exception.settled` with who did before. */
export async function settleException(scope: Scope, id: string, outcome: string): Promise<Outcome<ScanExceptionView>> {
  const one = await get(scope, exceptionKind, keyOf(scope, id), { consistent: true });
  if (!one) return refuse("missing");
  if (one.settledAt !== undefined) return refuse("exception.settled", { by: one.settledBy });
  const set = { settledAt: scope.now, settledBy: actorName(scope), outcome };
  const writes = [
    revise(keyOf(scope, id), one.rev, set),
    { do: "delete", key: entryKey(scope, "open", one) } as const,
    insert(entryKey(scope, "settled", { ...one, at: scope.now }), entryKind, entryOf({ ...one, at: scope.now })),
  ];
  const done = await commit(scope, writes, { answer: { ...one, ...set, rev: one.rev + 1 } });
  return done.done ? accept(done.answer) : refuse("stale");
}
