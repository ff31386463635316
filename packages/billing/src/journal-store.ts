/**
 * Items of the journal (序时账): every money transfer by the month it is posted to.
 *
 * | item         | key                                          | written by             | units | size   |
 * |--------------|----------------------------------------------|------------------------|-------|--------|
 * | journal line | `journal#<month>`, `<day>#<voucher>#<id>`    | a transfer of money    | 2     | 0.3 kB |
 * | subjects     | `journal-subjects`, `-`                      | finance                | 2–4   | 1.2 kB |
 */
import { type Month, monthOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import type { Transfer } from "@yihao/ledger/model";
import { historyOf } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, query } from "@yihao/table/read";
import { insert, replace } from "@yihao/table/write";
import { bookedOn, type JournalLine, type Subjects, usualSubjects, voucherOf } from "./journal.ts";
import { moneyBook } from "./store.ts";
import { zoneOf } from "./zone.ts";

export const journalKind = kindOf<JournalLine>("journal");
const subjectsKind = kindOf<{ subjects: Subjects }>("journal-subjects");
const subjectsKey = (scope: Scope) => keyIn(partition(scope, "journal-subjects"));
const bookOf = "money/";

/** Enters a transfer of money into the journal, once: on the day it says that it is in the books, else on the local day it was made. False when it was there, or is none of money. */
export async function enterJournal(scope: Scope, transfer: Transfer, named?: string): Promise<boolean> {
  const { book, id, from, to, amount, reason = "" } = transfer;
  if (!book.startsWith(bookOf)) return false;
  const company = book.slice(bookOf.length);
  const on = bookedOn(transfer, await zoneOf(scope));
  const voucher = voucherOf(transfer);
  const companyName = named ?? (await companyOf(scope, company as CompanyId))?.name ?? company;
  const line: JournalLine = { id, on, voucher, company, companyName, from, to, amountMinor: amount, reason };
  const key = keyIn(partition(scope, "journal", monthOf(on)), on, voucher, id);
  const unsigned = { ...scope, command: { id: `auto:${scope.command.id}`, print: "" } };
  return (await commit(unsigned, [insert(key, journalKind, line, "line")], { answer: null })).done;
}

/** Enters what a company's book moved before there was a journal, each transfer once. */
export async function fillJournal(scope: Scope, company: string): Promise<number> {
  const named = (await companyOf(scope, company as CompanyId))?.name;
  let entered = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await historyOf(scope, moneyBook(company), { cursor, limit: 100 });
    for (const transfer of page.items) if (await enterJournal(scope, transfer, named)) entered += 1;
    if (!page.next) return entered;
    cursor = page.next;
  }
}

/** A page of a month's journal, by day and voucher. */
export function listJournal(
  scope: Scope,
  month: Month,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<JournalLine>>> {
  return query(
    scope,
    journalKind,
    partition(scope, "journal", month),
    page.limit ? { ...page, limit: page.limit } : { cursor: page.cursor },
  );
}

/** The subjects of a space's books, the usual ones of accounts that are younger than they; all of them the usual, at revision 0, before anybody set them. */
export async function subjectsOf(scope: Scope): Promise<{ subjects: Subjects; rev: number }> {
  const kept = await get(scope, subjectsKind, subjectsKey(scope));
  return kept
    ? { subjects: { ...usualSubjects, ...kept.subjects }, rev: kept.rev }
    : { subjects: usualSubjects, rev: 0 };
}

/** Sets the subjects as they were read at `rev`, 0 for the first time; otherwise `stale` {current}. */
export async function setSubjects(
  scope: Scope,
  subjects: Subjects,
  rev: number,
): Promise<Outcome<{ subjects: Subjects; rev: number }, "stale">> {
  const kept = await subjectsOf(scope);
  if (kept.rev !== rev) return refuse("stale", { current: kept.rev });
  const key = subjectsKey(scope);
  const write =
    rev === 0 ? insert(key, subjectsKind, { subjects }, "stale") : replace(key, subjectsKind, { subjects }, rev);
  const told = happened(scope, "journal-subjects.set", "billing-settings", { before: kept.subjects, after: subjects });
  const outcome = await commit(scope, [write, told], { answer: { subjects, rev: rev + 1 } });
  if (outcome.done) return accept(outcome.answer);
  return refuse("stale", { current: Number(outcome.lost.stale?.rev ?? 0) });
}
