import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { digest } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import type { BankEntry, BankLine, BankLineId } from "./bank-model.ts";

/** | bank line | `bank-line#<id>`, `-`; `bank-lines`, `<open/done>#<day>#<id>` | import; moved when decided | 4 | 0.5 kB | */
export const bankLineKind = kindOf<BankLine>("bank-line");

/** The id of a line, made from its reference: the same line in two files is one. */
export const bankLineId = (scope: Scope, { reference }: Pick<BankEntry, "reference">): BankLineId =>
  `bnk_${digest(scope.space, "bank-line", reference).slice(0, 16)}`;

export const bankLineKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "bank-line", id));
/** Where a line stands in the list; waiting ones by themselves. */
export const bankRowKey = (scope: Scope, { state, day, id }: Pick<BankLine, "state" | "day" | "id">): Key =>
  keyIn(partition(scope, "bank-lines"), state === "open" ? "open" : "done", day, id);

/** A line of the bank's that was not matched by itself. One consistent read unit. */
export const bankLineOf = (scope: Scope, id: string): Promise<Stored<BankLine> | undefined> =>
  get(scope, bankLineKind, bankLineKey(scope, id));

/** A page of lines, those that wait or those that were decided, the latest first. */
export const listBankLines = (
  scope: Scope,
  page: { open: boolean; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<BankLine>>> =>
  query(scope, bankLineKind, partition(scope, "bank-lines"), {
    prefix: page.open ? "open#" : "done#",
    newest: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
