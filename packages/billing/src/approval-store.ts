import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll } from "@yihao/table/read";
import type { Write } from "@yihao/table/write";
import type { Approval, Deposit, Refund } from "./approval-model.ts";

/*
 * | item             | key                                     | written by              | units | size   |
 * |------------------|-----------------------------------------|-------------------------|-------|--------|
 * | approval         | `apr#<id>`, `-`                         | proposed, decided       | 2     | 0.6 kB |
 * | row of it        | `approvals`, `<open/done>#<at>#<id>`    | proposed; moved when decided | 2, 4 | 0.1 kB |
 * | refund           | `refunds-of#<company>`, `<id>`          | an approval             | 2     | 0.4 kB |
 * | deposit          | `deposits-of#<company>`, `<id>`         | taken; returned by an approval | 2 | 0.4 kB |
 *
 * Proposing costs about 8 with its event and receipt; approving about 14 with the transfer.
 */
export const approvalKind = kindOf<Approval>("apr");
const rowKind = kindOf<{ id: string }>("apr-ref");
export const refundKind = kindOf<Refund>("rfd");
export const depositKind = kindOf<Deposit>("dep");

export const approvalKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "apr", id));
export const refundKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "refunds-of", company), id);
export const depositKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "deposits-of", company), id);

const rowKey = (scope: Scope, { state, proposedAt, id }: Approval): Key =>
  keyIn(partition(scope, "approvals"), state === "proposed" ? "open" : "done", proposedAt, id);

/** Writes that keep an approval's row true: new, or out of where it was and into where it is. */
export function approvalRows(scope: Scope, before: Approval | undefined, after: Approval): Write[] {
  const put: Write = { do: "put", key: rowKey(scope, after), kind: rowKind, data: { id: after.id }, rev: 1 };
  return before ? [{ do: "delete", key: rowKey(scope, before) }, put] : [put];
}

/** An approval. One consistent read unit. */
export const approvalOf = (scope: Scope, id: string): Promise<Stored<Approval> | undefined> =>
  get(scope, approvalKind, approvalKey(scope, id));

/** A page of approvals, those that wait or those that are decided, latest first. */
export async function listApprovals(
  scope: Scope,
  page: { open: boolean; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Approval>>> {
  const refs = await query(scope, rowKind, partition(scope, "approvals"), {
    prefix: page.open ? "open#" : "done#",
    newest: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const found = await getMany(
    scope,
    approvalKind,
    refs.items.map(({ id }) => approvalKey(scope, id)),
    { consistent: true },
  );
  return { items: found.filter((one) => one !== undefined), next: refs.next };
}

/** What was given back to a company. One query. */
export const refundsOf = (scope: Scope, company: string): Promise<Stored<Refund>[]> =>
  queryAll(scope, refundKind, partition(scope, "refunds-of", company));

/** The movements of a company's deposit. One query. */
export const depositsOf = (scope: Scope, company: string): Promise<Stored<Deposit>[]> =>
  queryAll(scope, depositKind, partition(scope, "deposits-of", company));
