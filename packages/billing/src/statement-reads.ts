import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Page } from "@yihao/kernel/paging";
import type { Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import type { Transfer } from "@yihao/ledger/model";
import { historyOf } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { getMany } from "@yihao/table/read";
import { depositsOf, refundsOf } from "./approval-store.ts";
import { listCredits } from "./credit-store.ts";
import { disputesOf } from "./dispute-store.ts";
import type { BillingRefusal } from "./model.ts";
import { type Statement, type StatementRow, type StatementSpan, statementRows } from "./statement.ts";
import { headsOf, linesOn, moneyBook, paymentKey, paymentKind } from "./store.ts";
import { zoneOf } from "./zone.ts";

/** How many days a statement spans at most: three years. */
export const statementDaysMost = 1_100;

/** Every transfer of a company's money, oldest first. One page a MB, some 2,500 transfers. */
export async function moneyMoves(scope: Scope, company: string): Promise<Transfer[]> {
  return allOf((cursor) =>
    historyOf(scope, moneyBook(company), { newest: false, consistent: true, limit: 500, cursor }),
  );
}

async function allOf<Item>(page: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await page(cursor);
    all.push(...items);
    if (!next) return all;
    cursor = next;
  }
}

/**
 * A company's statement of account (对账单) from a day to another, both included. Refused as `missing`, and `statement.span` {most} when its days run backwards or are more than three years. Reads the company's
 * whole book once, so that the opening is what the ledger says, and the documents of the days it shows.
 */
export async function readStatement(
  scope: Scope,
  company: CompanyId,
  span: StatementSpan,
): Promise<Outcome<Statement, BillingRefusal | "missing">> {
  const days = (millis(`${span.to}T00:00:00.000Z`) - millis(`${span.from}T00:00:00.000Z`)) / 86_400_000;
  if (days < 0 || days >= statementDaysMost) return refuse("statement.span", { most: statementDaysMost });
  const [owner, transfers, zone] = await Promise.all([
    companyOf(scope, company),
    moneyMoves(scope, company),
    zoneOf(scope),
  ]);
  if (!owner) return refuse("missing");
  const sums = statementRows(transfers, span, zone);
  const names = await namesOf(scope, [company, ...(owner.merged ? [owner.merged.into] : [])], sums.rows);
  return accept({
    company,
    companyName: owner.name,
    ...(owner.code ? { companyCode: owner.code } : {}),
    ...span,
    ...sums,
    rows: sums.rows.map((row) => ({ ...row, ...names(row) })),
  });
}

type Named = Pick<StatementRow, "number" | "way" | "bills" | "lateFeeMinor">;

/** What the documents of a statement are called. Documents of a company that was merged into another lie under that one. */
async function namesOf(
  scope: Scope,
  owners: readonly string[],
  rows: readonly StatementRow[],
): Promise<(row: StatementRow) => Named> {
  const idsOf = (prefix: string) => [
    ...new Set(rows.map(({ document }) => document).filter((id) => id.startsWith(prefix))),
  ];
  const has = (prefix: string) => idsOf(prefix).length > 0;
  const each = async <Item>(wanted: boolean, read: (owner: string) => Promise<Item[]>): Promise<Item[]> =>
    wanted ? (await Promise.all(owners.map(read))).flat() : [];
  const [heads, payments, notes, refunds, deposits] = await Promise.all([
    headsOf(scope, idsOf("inv_"), true),
    getMany(
      scope,
      paymentKind,
      idsOf("pay_").map((id) => paymentKey(scope, id)),
    ),
    each(has("crn_"), (owner) => allOf((cursor) => listCredits(scope, { company: owner, cursor, limit: 100 }))),
    each(has("rfd_"), (owner) => refundsOf(scope, owner)),
    each(has("dep_"), (owner) => depositsOf(scope, owner)),
  ]);
  const disputes = has("dpt_") ? await disputesOf(scope) : [];
  const found = new Map<string, Named>();
  for (const { id, reference } of disputes) found.set(id, { number: reference });
  for (const note of notes) found.set(note.id, { number: note.number });
  for (const { id, reference, way } of [...refunds, ...deposits]) found.set(id, { number: reference, way });
  for (const payment of payments) {
    if (!payment) continue;
    const { id, reference, way, allocations } = payment;
    const bills = allocations.map(({ number }) => number);
    // What pays from the company's own money has no reference but its own id.
    const number = way === "balance" || way === "deposit" ? {} : { number: reference };
    found.set(id, { ...number, way, ...(bills.length > 0 ? { bills } : {}) });
  }
  const billed = heads.filter((head) => head !== undefined);
  const lines = await Promise.all(billed.map((head) => (head.opening ? [] : linesOn(scope, head))));
  for (const [at, { id, number }] of billed.entries()) {
    const fees = (lines[at] ?? []).filter(({ service }) => service === "late-fee");
    const lateFeeMinor = fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    found.set(id, { ...(number ? { number } : {}), ...(lateFeeMinor === 0 ? {} : { lateFeeMinor }) });
  }
  return ({ document, kind }) => {
    const { lateFeeMinor, ...named } = found.get(document) ?? {};
    return { ...named, ...(kind === "invoice" && lateFeeMinor ? { lateFeeMinor } : {}) };
  };
}
