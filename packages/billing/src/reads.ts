import { type Day, dayOf, plusMonths } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import { ownCompany, type Scope } from "@yihao/kernel/scope";
import { balancesOf } from "@yihao/ledger/store";
import type { Stored } from "@yihao/table/kind";
import { agesOf } from "./ageing.ts";
import type { Collection } from "./collect-model.ts";
import { collectionOf } from "./collect-store.ts";
import { creditsOn } from "./credit-store.ts";
import { invoiceOf } from "./finalise.ts";
import type { InvoiceView } from "./invoice-view.ts";
import type { Charge, InvoiceRow, OpenCharge, Payment, Summary } from "./model.ts";
import { openOf } from "./open.ts";
import { monthsAhead } from "./rent.ts";
import {
  allRows,
  cny,
  type Head,
  headOf,
  headsOf,
  invoiceIdsFor,
  linesOn,
  listBillsOf,
  listOpenCharges,
  listRows,
  moneyBook,
  paymentsOn,
  rowOf,
} from "./store.ts";
import { zoneOf } from "./zone.ts";

type PageWish = { readonly cursor?: string | undefined; readonly limit?: number | undefined };

/** A head that the caller may see: staff all, a company its own and no drafts. */
export async function seenHead(scope: Scope, id: string): Promise<Stored<Head> | undefined> {
  const head = await headOf(scope, id);
  const own = ownCompany(scope);
  if (!head || (own && (head.company !== own || head.state === "draft"))) return undefined;
  return head;
}

/** A bill with its lines, payments and credit notes; undefined when the caller may not see it. */
export async function readInvoice(scope: Scope, id: string): Promise<InvoiceView | undefined> {
  const head = await seenHead(scope, id);
  if (!head) return undefined;
  const { rev, ...rest } = head;
  const [lines, payments, credits, collection] = await Promise.all([
    linesOn(scope, rest),
    paymentsOn(scope, id),
    creditsOn(scope, id),
    collectionOf(scope, id),
  ]);
  const { rev: _rev, ...collected } = collection ?? { rev: 0 };
  const notes = credits.map(({ rev: _rev, ...note }) => note);
  return {
    ...invoiceOf(rest),
    rev,
    lines,
    payments: payments.map(paymentView),
    credits: notes,
    ...(collection ? { collection: collected as Collection } : {}),
  };
}

/** A payment as people see it. */
export function paymentView({ url: _url, session: _session, intent: _intent, account: _account, ...payment }: Payment) {
  const { rev: _rev, ...view } = payment as Stored<Omit<Payment, "url" | "session" | "intent" | "account">>;
  return view;
}

export const lists = ["draft", "due", "overdue", "paid"] as const;

/** A page of bills: of a company (its own for its people), or of the space by state. */
export async function listInvoices(
  scope: Scope,
  wish: PageWish & { readonly company?: string | undefined; readonly state?: (typeof lists)[number] | undefined },
): Promise<Page<InvoiceRow>> {
  const company = ownCompany(scope) ?? wish.company;
  if (company) {
    const page = await listBillsOf(scope, company, wish);
    const seen = ownCompany(scope) ? page.items.filter(({ state }) => state !== "draft") : page.items;
    return { items: seen.map(rowOf), next: page.next };
  }
  const state = wish.state ?? "due";
  const until = state === "overdue" ? await todayOf(scope) : undefined;
  const page = await listRows(scope, state === "overdue" ? "due" : state, { ...wish, until });
  return { items: page.items.map(({ rev: _rev, ...row }) => row), next: page.next };
}

/** The space's day now. */
export async function todayOf(scope: Scope): Promise<Day> {
  return dayOf(scope.now, await zoneOf(scope));
}

/** Bills at a glance: drafts, what waits for money, what is over, by age. Two queries of the open rows. */
export async function readSummary(scope: Scope): Promise<Summary> {
  const [today, drafts, due] = await Promise.all([todayOf(scope), allRows(scope, "draft"), allRows(scope, "due")]);
  const open = due.map((bill) => ({ dueOn: bill.dueOn ?? "", openMinor: openOf(bill) }));
  const over = open.filter(({ dueOn }) => dueOn < today);
  const sum = (rows: readonly { openMinor: number }[]) => rows.reduce((total, row) => total + row.openMinor, 0);
  return {
    today,
    drafts: { count: drafts.length, amountMinor: drafts.reduce((total, row) => total + row.totalMinor, 0) },
    due: {
      count: due.length,
      amountMinor: due.reduce((total, row) => total + row.totalMinor, 0),
      openMinor: sum(open),
    },
    overdue: { count: over.length, openMinor: sum(over) },
    ages: agesOf(open, today),
  };
}

/** Charges that are on no bill yet, each with why (未出账). */
export async function readOpenCharges(
  scope: Scope,
  wish: PageWish & { readonly company?: string | undefined },
): Promise<Page<OpenCharge>> {
  const page = await listOpenCharges(scope, { ...wish, company: ownCompany(scope) ?? wish.company });
  // Of everything, or of the charge's part where the company has bills of their own.
  const billsOf = (charge: Charge, ahead: number) =>
    invoiceIdsFor(scope, { ...charge, month: plusMonths(charge.month, -ahead) });
  const [heads, before] = await Promise.all(
    [0, monthsAhead].map(async (ahead) => {
      const found = await headsOf(
        scope,
        page.items.flatMap((charge) => billsOf(charge, ahead)),
      );
      return page.items.map((_, at) => found[2 * at] ?? found[2 * at + 1]);
    }),
  );
  return {
    items: page.items.map((charge, index) => ({
      ...plain(charge),
      state: "open",
      why: charge.service === "rent" ? whyRent(heads?.[index], before?.[index]) : why(heads?.[index]),
    })),
    next: page.next,
  };
}

const plain = ({ rev: _rev, ...charge }: Stored<Charge>): Charge => charge;

function why(head: Head | undefined): OpenCharge["why"] {
  if (!head) return "not-drawn";
  return head.state === "draft" ? "after-draft" : "late";
}

/** Rent is taken in advance by the bill of the month before, unless that one is final already. */
function whyRent(own: Head | undefined, before: Head | undefined): OpenCharge["why"] {
  if (own || (before && before.state !== "draft")) return why(own);
  return before ? "after-draft" : "in-advance";
}

/** What a company owes, has paid ahead, and has left as a deposit, in fen. One query. */
export async function readBalance(scope: Scope, company: CompanyId) {
  const balances = await balancesOf(scope, moneyBook(company), { consistent: true });
  const of = (account: string) => balances.find((one) => one.account === account && one.unit === cny)?.available ?? 0;
  return { company, receivableMinor: 0 - of("receivable"), creditMinor: of("credit"), depositMinor: of("deposit") };
}
