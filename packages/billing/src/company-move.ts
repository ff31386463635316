import type { Day, Month } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { commit } from "@yihao/table/commit";
import { dueAt } from "@yihao/table/due";
import { type Key, partition } from "@yihao/table/key";
import { decode, type Stored } from "@yihao/table/kind";
import { queryAll, queryRaw } from "@yihao/table/read";
import { claim, ownerOf } from "@yihao/table/unique";
import { insert, replace, type Write } from "@yihao/table/write";
import {
  approvalKey,
  approvalKind,
  depositKey,
  depositKind,
  depositsOf,
  listApprovals,
  refundKey,
  refundKind,
  refundsOf,
} from "./approval-store.ts";
import type { Collection } from "./collect-model.ts";
import { collectionOf } from "./collect-store.ts";
import { changeWrites } from "./collect-writes.ts";
import type { CreditNote } from "./credit-model.ts";
import { creditKey, creditKind, creditRows, listCredits } from "./credit-store.ts";
import { demandKey, demandKind, demandsOf } from "./demand-store.ts";
import { fileKey, fileOf } from "./dunning-store.ts";
import { fapiaoKey, fapiaoKind, fapiaoRowWrites, listFapiaos, titleKey, titleKind, titleOf } from "./fapiao-store.ts";
import { forgetMethods } from "./methods.ts";
import type { OpeningAccount } from "./model.ts";
import { openOf } from "./open.ts";
import { readBalance, todayOf } from "./reads.ts";
import { reductionKey, reductionKind, reductionsOf } from "./reduction-store.ts";
import {
  cny,
  companyListKey,
  draftsOf,
  headKey,
  headKind,
  headOf,
  headsOf,
  invoiceIdsOf,
  listBillsOf,
  listPayments,
  moneyBook,
  openChargesOf,
  openingKey,
  openingKind,
  openKey,
  paymentKey,
  paymentKind,
  paymentOf,
  paymentRows,
  paymentsOn,
  planMonthKey,
  planMonthKind,
  pointerKind,
  postCharge,
  rowWrites,
} from "./store.ts";
import { undraw } from "./undraw.ts";

type Into = { readonly id: CompanyId; readonly name: string };
const rounds = 20;

/** The transfers that take an amount of an account from one company's book into another's, through the account `merge` of both, in the books `on` a day. What is owed runs the other way. */
export function moveEntries(
  from: CompanyId,
  into: CompanyId,
  account: OpeningAccount,
  amount: number,
  document: string,
  on: Day,
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
    note: { on },
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
  const collection = await collectionOf(scope, id);
  const { rev: _was, ...collected } = collection ?? { rev: 0 };
  const asked = (await paymentsOn(scope, id)).filter((one) => one.company === from && one.state !== "received");
  const writes: Write[] = [
    replace(headKey(scope, id), headKind, after, rev, "bill"),
    ...rowWrites(scope, head, after),
    { do: "delete", key: companyListKey(scope, head) },
    { do: "put", key: companyListKey(scope, after), kind: pointerKind, data: { id }, rev: 1 },
    ...(collection
      ? changeWrites(scope, collection, { ...(collected as Collection), company: into.id, companyName: into.name })
      : []),
    ...asked.map(({ rev: was, ...one }) =>
      replace(paymentKey(scope, one.id), paymentKind, { ...one, company: into.id }, was),
    ),
    ...planTransfers(scope, moveEntries(from, into.id, "receivable", open, id, await todayOf(scope)), id).writes,
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
  ];
  return (await commit(unsigned(scope), writes, { answer: null })).done;
}

async function moveNote(scope: Scope, note: Stored<CreditNote>, into: Into): Promise<boolean> {
  const { rev, ...before } = note;
  const after = { ...before, company: into.id };
  const [, own] = creditRows(scope, before);
  const writes: Write[] = [
    replace(creditKey(scope, note.invoice, note.number), creditKind, after, rev, "note"),
    ...(own ? [{ do: "delete", key: own.key } as const] : []),
    ...creditRows(scope, after),
  ];
  return (await commit(unsigned(scope), writes, { answer: null })).done;
}

/** Refunds, movements of the deposit, opening balances, deposits that are asked for and reductions: each lies under its company. */
async function moveSmall(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  const to = into.id;
  const [refunds, deposits, openings, demands, reductions] = await Promise.all([
    refundsOf(scope, from),
    depositsOf(scope, from),
    queryAll(scope, openingKind, partition(scope, "openings-of", from), { consistent: true }),
    demandsOf(scope, from),
    reductionsOf(scope, from),
  ]);
  // Who takes over a coupon has had it.
  const uses = reductions.flatMap(({ id, coupon }) => (coupon ? [{ id, use: `${coupon.id} ${to}` }] : []));
  for (const { id, use } of uses)
    if (!(await ownerOf(scope, "coupon-use", use)))
      await commit(unsigned(scope), [claim(scope, "coupon-use", use, id)], { answer: null });
  const moves: Write[][] = [
    ...refunds.map(({ rev: _, ...one }) => [
      insert(refundKey(scope, to, one.id), refundKind, { ...one, company: to }),
      gone(refundKey(scope, from, one.id)),
    ]),
    ...deposits.map(({ rev: _, ...one }) => [
      insert(depositKey(scope, to, one.id), depositKind, { ...one, company: to }),
      gone(depositKey(scope, from, one.id)),
    ]),
    ...openings.map(({ rev: _, ...one }) => [
      insert(openingKey(scope, to, one.id), openingKind, { ...one, company: to }),
      gone(openingKey(scope, from, one.id)),
    ]),
    ...demands.map(({ rev: _, ...one }) => [
      insert(demandKey(scope, to, one.agreement), demandKind, { ...one, company: to }),
      gone(demandKey(scope, from, one.agreement)),
    ]),
    ...reductions.map(({ rev: _, ...one }) => [
      insert(reductionKey(scope, to, one.id), reductionKind, { ...one, company: to }),
      gone(reductionKey(scope, from, one.id)),
    ]),
  ];
  for (const writes of moves) await commit(unsigned(scope), writes, { answer: null });
}
const gone = (key: Key): Write => ({ do: "delete", key, when: [["pk", "present"]], tag: "moved" });

/** What waits for a second person is about the other company. */
async function moveProposals(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const page = await listApprovals(scope, { open: true, cursor, limit: 100 });
    for (const { rev, ...one } of page.items)
      if (one.company === from) {
        const wish = "company" in one.wish ? { ...one.wish, company: into.id } : one.wish;
        const after = { ...one, wish, company: into.id, companyName: into.name };
        await commit(unsigned(scope), [replace(approvalKey(scope, one.id), approvalKind, after, rev)], {
          answer: null,
        });
      }
    if (!page.next) return;
    cursor = page.next;
  }
}

/** Its dunning starts from what the other's bills say by then: the file goes, and the other is looked at anew. */
async function moveDunning(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  if (!(await fileOf(scope, from))) return;
  const writes = [gone(fileKey(scope, from)), dueAt(scope, scope.now, "billing.dun", into)];
  await commit(unsigned(scope), writes, { answer: null });
}

/** Its fapiao stand under the other company, made out as they were; its title is the other's when that has none. */
async function moveFapiaos(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  for (let left = true; left; ) {
    const { items } = await listFapiaos(scope, { company: from, limit: 25 });
    left = items.length > 0;
    for (const { rev, ...one } of items) {
      const after = { ...one, company: into };
      const writes = [replace(fapiaoKey(scope, one.id), fapiaoKind, after, rev), ...fapiaoRowWrites(scope, one, after)];
      await commit(unsigned(scope), writes, { answer: null });
    }
  }
  const [title, theirs] = await Promise.all([titleOf(scope, from), titleOf(scope, into)]);
  if (!title) return;
  const { rev: _, ...plain } = title;
  const writes = [gone(titleKey(scope, from)), ...(theirs ? [] : [insert(titleKey(scope, into), titleKind, plain)])];
  await commit(unsigned(scope), writes, { answer: null });
}

/** What a company has paid ahead and left as a deposit, net of all that its documents say, goes over at once: no single document could, since the account is never below zero. */
async function moveBalances(scope: Scope, from: CompanyId, into: Into): Promise<void> {
  const on = await todayOf(scope);
  for (let round = 0; round < rounds; round += 1) {
    const { creditMinor, depositMinor } = await readBalance(scope, from);
    if (creditMinor === 0 && depositMinor === 0) return;
    const entries = [
      ...moveEntries(from, into.id, "credit", creditMinor, into.id, on),
      ...moveEntries(from, into.id, "deposit", depositMinor, into.id, on),
    ];
    await commit(unsigned(scope), planTransfers(scope, entries, `merge ${from} ${round}`).writes, { answer: null });
  }
  throw new Error(`the balances of ${from} found no quiet moment`);
}

/** Makes a company's drafts (账单草稿) open charges again, as they were before they were drawn, and answers their months: a draft is one company's, so it is not handed over but drawn anew. Safe to run again. */
export async function openDrafts(scope: Scope, from: CompanyId): Promise<Month[]> {
  const drafts = await draftsOf(scope, from);
  for (const { id } of drafts) await undraw(scope, id);
  return drafts.map(({ month }) => month);
}

/**
 * Takes what a company owes and was not billed over into another, with what was charged of each month of its plans and rents, so that no month is charged twice. Before its plans and agreements are: then
 * whoever draws a bill of the other company finds what was charged already.
 */
export async function moveCharges(scope: Scope, from: CompanyId, into: CompanyId): Promise<void> {
  const marks = await queryRaw(scope, partition(scope, "plan-month", from), {
    limit: Number.POSITIVE_INFINITY,
    consistent: true,
  });
  for (const raw of marks.items) {
    const [month = "", phase = ""] = String(raw.sk).split("#");
    const { rev: _, ...data } = decode(planMonthKind, raw);
    // What a reduction took of a final bill stays with that bill: the other's own bill of the month is lessened by itself.
    const taken =
      phase.startsWith("rdc_") &&
      (await headsOf(scope, invoiceIdsOf(scope, from, month))).some((head) => head !== undefined);
    const writes = [
      insert(
        planMonthKey(scope, into, month, phase),
        planMonthKind,
        taken ? { ...data, chargedMinor: 0 } : data,
        "plan-month",
      ),
      gone(planMonthKey(scope, from, month, phase)),
    ];
    await commit(unsigned(scope), writes, { answer: null });
  }
  for (const { rev: _, ...charge } of await openChargesOf(scope, from)) {
    const writes = [postCharge(scope, { ...charge, company: into }), gone(openKey(scope, charge))];
    await commit(unsigned(scope), writes, { answer: null });
  }
}

/**
 * Takes the bills, payments, credit notes, refunds, deposits and opening balances of a company over into another: each bill in one commit with the transfer of what is open of it, and at the end what the company
 * has paid ahead and left as a deposit. Its saved ways to pay are taken away. Nothing in the ledger is rewritten. Safe to run again: what was taken over is in its lists no more.
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
  for (let misses = 0; misses < rounds; ) {
    const notes = await listCredits(scope, { company: from, limit: 25 });
    if (notes.items.length === 0) break;
    for (const note of notes.items) if (!(await moveNote(scope, note, into))) misses += 1;
  }
  await moveSmall(scope, from, into);
  await moveDunning(scope, from, into.id);
  await moveFapiaos(scope, from, into.id);
  await moveProposals(scope, from, into);
  await forgetMethods(scope, from);
  await moveBalances(scope, from, into);
}
