import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, queryAll } from "@yihao/table/read";
import { type Clause, overwrite, type Write } from "@yihao/table/write";
import { type ExitList, type ExitRow, type ExitSettings, usualExitSettings } from "./exit-model.ts";

export const exitKind = kindOf<ExitList>("ext");
export const exitRowKind = kindOf<ExitRow>("extrow");
export const exitSettingsKind = kindOf<ExitSettings>("exitset");

/** Where a company's exit list lies. */
export const exitKey = (scope: Scope, company: string): Key => ({ pk: partition(scope, "cmp", company), sk: "exit" });
export const exitSettingsKey = (scope: Scope): Key => keyIn(partition(scope, "exit-settings"));
const rowKey = (scope: Scope, { on, company, what }: ExitRow): Key =>
  keyIn(partition(scope, "exits"), on, company, what);

/** The write of a row in the list of those who leave. */
export const exitRow = (scope: Scope, row: ExitRow): Write => overwrite(rowKey(scope, row), exitRowKind, row);
/** The write that takes a row out of the list. */
export const noExitRow = (scope: Scope, row: Omit<ExitRow, "reason">): Write => ({
  do: "delete",
  key: rowKey(scope, { ...row, reason: "" }),
});

/** A company's exit list: of the exit that is under way, or of the last one. One consistent read unit. */
export const exitOf = (scope: Scope, company: CompanyId): Promise<Stored<ExitList> | undefined> =>
  get(scope, exitKind, exitKey(scope, company));

/** Everybody who is to leave, and goods that count as abandoned, by day. There are few. */
export const exitRowsOf = (scope: Scope): Promise<Stored<ExitRow>[]> =>
  queryAll(scope, exitRowKind, partition(scope, "exits"), { consistent: true });

/** How long goods wait and what is known of people is kept; the usual until somebody says otherwise. */
export async function exitSettingsOf(scope: Scope): Promise<Stored<ExitSettings>> {
  return (await get(scope, exitSettingsKind, exitSettingsKey(scope))) ?? { ...usualExitSettings, rev: 0 };
}

/**
 * The write that changes some of an exit list at the revision it was read at. What rooms answer is written beside it without a new revision, so an edit
 * never takes back an answer, and an answer never makes an edit stale. With `answered`, it holds only for the answers that were read.
 */
export function changeList(
  scope: Scope,
  list: Stored<ExitList>,
  set: Partial<ExitList>,
  remove: readonly (keyof ExitList)[] = [],
  answered = false,
): Write {
  const asked = (name: "goodsAsk" | "debtsAsk"): Clause => {
    const ask = list[name];
    return ask === undefined ? [name, "absent"] : [name, "=", ask];
  };
  return {
    do: "update",
    key: exitKey(scope, list.company),
    set,
    add: { rev: 1 },
    remove,
    when: [["rev", "=", list.rev], ...(answered ? [asked("goodsAsk"), asked("debtsAsk")] : [])],
    tag: "exit",
  };
}
