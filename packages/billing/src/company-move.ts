import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { partition } from "@yihao/table/key";
import { queryAll } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import { depositsOf, refundsOf } from "./approval-store.ts";
import { creditsOfCompany } from "./credit-store.ts";
import type { OpeningAccount } from "./model.ts";
import { openOf } from "./open.ts";
import {
  cny,
  companyListKey,
  headKey,
  headKind,
  headOf,
  listBillsOf,
  listPayments,
  moneyBook,
  openingKey,
  openingKind,
  paymentKey,
  paymentKind,
  paymentOf,
  paymentRows,
  paymentsOn,
  pointerKind,
  rowWrites,
} from "./store.ts";

type Into = { readonly id: CompanyId; readonly name: string };
const rounds = 20;

/** The transfers that take an amount of an account from one company's book into another's, through the account `merge` of both. What is owed runs the other way. */
export function moveEntries(
  from: CompanyId,
  into: CompanyId,
  account: OpeningAccount,
  amount: number,
  document: string,
): Entry[] {
  if (amount === 0) return [];
  const move = (company: CompanyId, out: boolean): Entry => ({
    do: "move",
    book: moneyBook(company),
    unit: cny,
    from: out ? account : "merge",
    to: out ? "merge" : account,
    amount,
    document,
    reason: "merge",
  });
  const owed = account === "receivable";
  return [move(from, !owed), move(into, owed)];
}

const unsigned = (scope: Scope): Scope => ({ ...scope, command: { id: `auto:${scope.command.id}`, print: "" } });

/** A bill's writes: it is shown and paid under the other company from now on; its title, code, number and lines stay as they were printed. */
async function moveBill(scope: Scope, id: string, from: CompanyId, into: Into): Promise<boolean> {
  const stored = await headOf(scope, id);
  if (!stored || stored.company !== from) return true;
  const { rev, ...head } = stored;
  const after = { ...head, company: into.id };
  const open = head.state === "draft" ? 0 : openOf(head);
  const asked = (await paymentsOn(scope, id)).filter((one) => one.company === from && one.state !== "received");
  const writes: Write[] = [
    replace(headKey(scope, id), headKind, after, rev, "bill"),
    ...rowWrites(scope, head, after),
    { do: "delete", key: companyListKey(scope, head) },
    { do: "put", key: companyListKey(scope, after), kind: pointerKind, data: { id }, rev: 1 },
    ...asked.map(({ rev: was, ...one }) =>
      replace(paymentKey(scope, one.id), paymentKind, { ...one, company: into.id }, was),
    ),
    ...planTransfers(scope, moveEntries(from, into.id, "receivable", open, id), id).writes,
  ];
  return (await commit(unsigned(scope), writes, { answer: null })).done;
}

async function movePayment(scope: Scope, id: string, from: CompanyId, into: Into): Promise<boolean> {
  const stored = await paymentOf(scope, id);
  if (!stored || stored.company !== from) return true;
  const { rev, ...payment } = stored;
  const after = { ...payment, company: into.id };
  const [, own] = paymentRows(scope, payment);
  const writes: Write[] = [
    replace(paymentKey(scope, id), paymentKind, after, rev, "payment"),
    ...(own ? [{ do: "delete", key: own.key } as const] : []),
    ...paymentRows(scope, after),
    ...planTransfers(scope, moveEntries(from, into.id, "credit", payment.creditMinor, id), id).writes,
  ];
  return (await commit(unsigned(scope), writes, { answer: null })).done;
}

/**
 * How many documents a company has that bind its money so that it cannot be taken over into another: credit notes, refunds, movements of its deposit, and bills paid from its own balance or deposit.
 */
export async function boundDocuments(scope: Scope, company: CompanyId): Promise<number> {
  const [notes, refunds, deposits, payments] = await Promise.all([
    creditsOfCompany(scope, company),
    refundsOf(scope, company),
    depositsOf(scope, company),
    listPayments(scope, { company, limit: 1000 }),
  ]);
  const own = payments.items.filter(({ way }) => way === "balance" || way === "deposit");
  return notes + refunds.length + deposits.length + own.length;
}

/**
 * Takes the bills, payments and opening balances of a company over into another, each in one commit with the transfers of what is open of it, so that the books of both always say
 * what their documents say. Nothing in the ledger is rewritten. Safe to run again: what was taken over is in its lists no more.
 */
export async function moveMoney(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  for (let misses = 0; ; ) {
    const [bills, payments] = await Promise.all([
      listBillsOf(scope, from, { limit: 25 }),
      listPayments(scope, { company: from, limit: 25 }),
    ]);
    if (bills.items.length + payments.items.length === 0) break;
    for (const { id } of bills.items) if (!(await moveBill(scope, id, from, into))) misses += 1;
    for (const { id } of payments.items) if (!(await movePayment(scope, id, from, into))) misses += 1;
    if (misses > rounds) throw new Error(`the bills of ${from} found no quiet moment`);
  }
  const openings = await queryAll(scope, openingKind, partition(scope, "openings-of", from), { consistent: true });
  for (const { rev, ...opening } of openings) {
    const writes: Write[] = [
      { do: "delete", key: openingKey(scope, from, opening.id), when: [["rev", "=", rev]], tag: "opening" },
      insert(openingKey(scope, into.id, opening.id), openingKind, { ...opening, company: into.id }),
      ...planTransfers(scope, moveEntries(from, into.id, opening.account, opening.amountMinor, opening.id), opening.id)
        .writes,
    ];
    await commit(unsigned(scope), writes, { answer: null });
  }
}
