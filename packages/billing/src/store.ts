/**
 * Items of billing. Sizes are of typical items.
 *
 * | item            | key                                    | written by                              | units | size   |
 * |-----------------|----------------------------------------|-----------------------------------------|-------|--------|
 * | open charge     | `opn`, `<company>#<month>#<id>`        | reactions, plan months                  | 2     | 0.5 kB |
 * | billed charge   | `bill#<invoice>`, `chg#<id>`           | drawing: moved here from `opn`, 4 each  | 4     | 0.5 kB |
 * | plan month      | `plan-month#<company>`, `<month>#<sub>`| with a charge of a plan or a rent       | 2     | 0.1 kB |
 * | invoice head    | `bill#<invoice>`, `-`                  | draw, finalise, payments                | 2     | 0.7 kB |
 * | line            | `bill#<invoice>`, `line#<draw>#<n>`    | each draw, its own set                  | 2     | 0.3 kB |
 * | payment of it   | `bill#<invoice>`, `pay#<payment>`      | recorded payments, asked-for pages      | 2     | 0.1 kB |
 * | row in a list   | `bills#<draft/due/paid>`, `<day>#<id>` | changes of state (out 2, in 2)          | 4     | 0.3 kB |
 * | company's list  | `bills-of#<company>`, `<month>#<id>`   | the first draw                          | 2     | 0.1 kB |
 * | number series   | `series`, `invoice#<year>`             | finalise                                | 2     | 0.1 kB |
 * | run             | `bill-run`, `<month>`                  | run, each company drawn                 | 2     | 0.3 kB |
 * | payment         | `pay#<id>`, `-`                        | recorded, asked, received               | 2     | 0.6 kB |
 * | payment's rows  | `pays`, `pays-of#<company>`            | received                                | 2 + 2 | 0.1 kB |
 * | provider event  | `provider-event`, `<event>`            | the webhook, once each                  | 2     | 0.1 kB |
 * | opening         | `openings-of#<company>`, `<id>`        | take-over of a deposit or an advance    | 2     | 0.3 kB |
 * | settings        | `billing-settings`, `-`                | finance                                 | 2     | 0.2 kB |
 * | how it is billed | `bill-way#<company>`, `-`             | finance; a company without one has one bill a month | 2 | 0.1 kB |
 *
 * A charge is one item for all its life: in the list of what is not billed, or in exactly one bill. Posting one costs 4 (with its receipt).
 * Drawing costs 4 a charge, 2 a line and about 8; finalising is one commit of about 26 (series 2, open month 2, head 2, rows 4, balance 2, a transfer for
 * each stream and the tax, event 2, receipt 2); a payment of one bill about 20. The open bills of a space are one query of 0.3 kB each.
 */
import type { Month } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import type { Page } from "@yihao/kernel/paging";
import type { AnyScope, Scope } from "@yihao/kernel/scope";
import type { Book } from "@yihao/ledger/model";
import { digest } from "@yihao/table/command";
import { type Key, keyIn, partition } from "@yihao/table/key";
import { kindOf, type Stored } from "@yihao/table/kind";
import { get, getMany, query, queryAll, queryRaw } from "@yihao/table/read";
import { insert, replace, type Write } from "@yihao/table/write";
import {
  type BillingSettings,
  type BillPart,
  type BillWay,
  billParts,
  type Charge,
  defaultSettings,
  type Invoice,
  type InvoiceId,
  type InvoiceRow,
  type Line,
  type Opening,
  type Payment,
  type PaymentId,
  type Run,
} from "./model.ts";
import { withTrueState } from "./open.ts";

/** A head as it is kept: which set of lines is the current one, how many charges were moved in and how many the lines count. */
export type Head = Invoice & {
  readonly draw: string;
  readonly moved: number;
  readonly counted: number;
};

export const chargeKind = kindOf<Charge & { readonly invoice?: InvoiceId }>("chg");
export const headKind = kindOf<Head>("bill", 2, { 1: withTrueState });
export const lineKind = kindOf<Line & { readonly draw: string; readonly n: number }>("bill-line");
export const rowKind = kindOf<InvoiceRow>("bill-row", 2, { 1: withTrueState });
export const seriesKind = kindOf<{ last: number }>("series");
export const runKind = kindOf<Omit<Run, "state"> & { readonly listed: boolean }>("bill-run");
export const paymentKind = kindOf<Payment>("pay");
export const pointerKind = kindOf<{ id: string }>("bill-ref");
export const planMonthKind = kindOf<{ chargedMinor: number; count: number }>("plan-month");
export const providerEventKind = kindOf<{ id: string; type: string; at: string }>("provider-event");
export const openingKind = kindOf<Opening>("opening");
export const settingsKind = kindOf<BillingSettings>("billing-settings");

/** The unit of money in the ledger. */
export const cny = "cny";

/**
 * A company's money (往来账). Value flows from the bank through the company's accounts to revenue and tax, so `receivable` is what it owes below
 * zero, `credit` what it has paid ahead (预收) and `deposit` what is held of it, both never below; `disputed` is below zero by what is withheld of its payments. Revenue, tax, the bank, the payment provider, losses and the
 * opening are open: revenue's total is what was earned, the bank's is minus what came in, the opening's (期初) what companies owed less what they had left and paid ahead. What
 * a company that turned out to be another had goes through `merge` of both books, whose totals cancel out.
 */
export function moneyBook(company: string): Book {
  return {
    parts: ["money", company],
    layout: "shared",
    open: isOpenMoney,
    mayOwe: (account) => account === "receivable" || account === "disputed",
  };
}

/** Whether an account of a money book has no balance of its own. */
export function isOpenMoney(account: string): boolean {
  return (
    account.startsWith("revenue:") ||
    account.startsWith("tax:") ||
    account === "bank" ||
    account === "cash" ||
    account === "stripe" ||
    account === "opening" ||
    account === "merge" ||
    account === "loss:bad-debt" ||
    account === "loss:dispute-fee"
  );
}

const opn = (scope: Scope) => partition(scope, "opn");
const bill = (scope: Scope, id: string) => partition(scope, "bill", id);

export const openKey = (scope: Scope, charge: Charge): Key =>
  keyIn(opn(scope), charge.company, charge.month, charge.id);
export const billedKey = (scope: Scope, invoice: string, id: string): Key => keyIn(bill(scope, invoice), "chg", id);
export const headKey = (scope: Scope, invoice: string): Key => keyIn(bill(scope, invoice));
const four = (n: number) => String(n).padStart(4, "0");
export const lineKey = (scope: Scope, invoice: string, draw: string, n: number): Key =>
  keyIn(bill(scope, invoice), "line", draw, four(n));

const eight = (rev: number) => String(rev).padStart(8, "0");
/** The name of a set of lines: the head's revision it was drawn from, so that later sets sort after it, and a mark of its own. */
export const drawName = (rev: number, mark: string): string => `${eight(rev)}-${mark}`;
export const billPaymentKey = (scope: Scope, invoice: string, payment: string): Key =>
  keyIn(bill(scope, invoice), "pay", payment);
export const companyListKey = (scope: Scope, head: Pick<Invoice, "company" | "month" | "id">): Key =>
  keyIn(partition(scope, "bills-of", head.company), head.month, head.id);
export const seriesKey = (scope: AnyScope, series: "invoice" | "credit" | "platform", year: string): Key =>
  keyIn(partition(scope, "series"), series, year);
export const runKey = (scope: Scope, month: Month): Key => keyIn(partition(scope, "bill-run"), month);
export const paymentKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "pay", id));
export const planMonthKey = (scope: Scope, company: string, month: Month, subscription: string): Key =>
  keyIn(partition(scope, "plan-month", company), month, subscription);
/** The months from one on of which something of a subscription or agreement was charged, how much, and under which phase of it. One query. */
export async function chargedPlanMonths(
  scope: Scope,
  company: string,
  subscription: string,
  from: Month,
): Promise<{ month: Month; id: string; chargedMinor: number }[]> {
  const page = await queryRaw(scope, partition(scope, "plan-month", company), {
    from,
    limit: Number.POSITIVE_INFINITY,
    consistent: true,
  });
  return page.items
    .map(({ sk, chargedMinor }) => ({ parts: String(sk).split("#"), chargedMinor: Number(chargedMinor) }))
    .map(({ parts: [month = "", id = ""], chargedMinor }) => ({ month, id, chargedMinor }))
    .filter(({ id }) => id.startsWith(subscription));
}
export const providerEventKey = (scope: Scope, id: string): Key => keyIn(partition(scope, "provider-event"), id);
export const openingKey = (scope: Scope, company: string, id: string): Key =>
  keyIn(partition(scope, "openings-of", company), id);
export const settingsKey = (scope: Scope): Key => keyIn(partition(scope, "billing-settings"));

/** The id of a company's bill of a month, or of a part of it: there is one, so that drawing it again finds it. */
export function invoiceIdOf(scope: Scope, company: CompanyId, month: Month, part?: BillPart): InvoiceId {
  return `inv_${digest(scope.space, "invoice", company, month, ...(part ? [part] : [])).slice(0, 16)}`;
}

/** The part of a month that a stream is billed with where bills are separate (单独出账). */
export const partOf = (stream: Charge["stream"]): BillPart =>
  stream === "rent" ? "rent" : stream === "storage" || stream === "handling" ? "goods" : "space";

/** Every id that a bill of a company's month may have: of everything, and of each part. */
export const invoiceIdsOf = (scope: Scope, company: CompanyId, month: Month): InvoiceId[] =>
  [undefined, ...billParts].map((part) => invoiceIdOf(scope, company, month, part));

/** The ids of the bills of a month that a charge may stand on: that of everything, and that of its part. */
export const invoiceIdsFor = (scope: Scope, { company, month, stream }: Pick<Charge, "company" | "month" | "stream">) =>
  [undefined, partOf(stream)].map((part) => invoiceIdOf(scope, company as CompanyId, month, part));

const wayKind = kindOf<BillWay>("bill-way");
export const wayKey = (scope: Scope, company: string): Key => keyIn(partition(scope, "bill-way", company));

/** How a company is billed, at revision 0 until somebody says. One read. */
export const billWayOf = async (scope: Scope, company: string): Promise<Stored<BillWay>> =>
  (await get(scope, wayKind, wayKey(scope, company))) ?? { bills: "joint", rev: 0 };

/** The write that says how a company is billed, as it was read at `rev`. */
export const billWayWrite = (scope: Scope, company: string, way: BillWay, rev: number): Write =>
  rev === 0
    ? insert(wayKey(scope, company), wayKind, way, "stale")
    : replace(wayKey(scope, company), wayKind, way, rev, "stale");

export const buckets = ["draft", "due", "paid"] as const;
export type Bucket = (typeof buckets)[number];
const bucketOf = (state: Invoice["state"]): Bucket =>
  state === "part-paid" ? "due" : state === "void" || state === "written-off" ? "paid" : state;

/** Where a bill's row lies: drafts and paid ones by month, unpaid ones by the day they are due. */
export function rowKey(scope: Scope, invoice: Invoice): Key {
  const bucket = bucketOf(invoice.state);
  const order = bucket === "due" ? (invoice.dueOn ?? "") : invoice.month;
  return keyIn(partition(scope, "bills", bucket), order, invoice.id);
}

/** What a list shows of a bill. */
export function rowOf(head: Invoice): InvoiceRow {
  const { id, company, companyName, month, state, number, totalMinor, taxMinor, taxes, paidMinor, dueOn, opening } =
    head;
  const { creditedMinor, freedMinor, writtenOffMinor, part } = head;
  return {
    id,
    company,
    companyName,
    month,
    ...(part ? { part } : {}),
    state,
    ...(number ? { number } : {}),
    totalMinor,
    taxMinor,
    ...(taxes ? { taxes } : {}),
    paidMinor,
    ...(creditedMinor ? { creditedMinor } : {}),
    ...(freedMinor ? { freedMinor } : {}),
    ...(writtenOffMinor ? { writtenOffMinor } : {}),
    ...(dueOn ? { dueOn } : {}),
    ...(opening ? { opening } : {}),
  };
}

/** Writes that keep a bill's row true: out of where it was, into where it is. */
export function rowWrites(scope: Scope, before: Invoice | undefined, after: Invoice): Write[] {
  const data: InvoiceRow = rowOf(after);
  const key = rowKey(scope, after);
  const old = before && rowKey(scope, before);
  const moved = old && (old.pk !== key.pk || old.sk !== key.sk);
  return [...(moved ? [{ do: "delete", key: old } as const] : []), { do: "put", key, kind: rowKind, data, rev: 1 }];
}

/** The write of a charge that is on no bill yet. */
export const postCharge = (scope: Scope, charge: Charge): Write =>
  insert(openKey(scope, charge), chargeKind, charge, `charge ${charge.id}`);

/** Every charge of a company that is on no bill yet, by month, or those of one month. */
export function openChargesOf(scope: Scope, company: CompanyId, month?: Month): Promise<Stored<Charge>[]> {
  const prefix = month === undefined ? `${company}#` : `${company}#${month}#`;
  return queryAll(scope, chargeKind, opn(scope), { prefix, consistent: true });
}

/** A page of what is on no bill yet, of one company or of the space. */
export function listOpenCharges(
  scope: Scope,
  page: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Charge>>> {
  const { company, cursor, limit } = page;
  return query(scope, chargeKind, opn(scope), {
    ...(company ? { prefix: `${company}#` } : {}),
    cursor,
    ...(limit ? { limit } : {}),
  });
}

/** The charges on a bill. */
export function chargesOn(scope: Scope, invoice: string): Promise<Stored<Charge>[]> {
  return queryAll(scope, chargeKind, bill(scope, invoice), { prefix: "chg#", consistent: true });
}

/** A page of the charges on a bill, for reading. */
export function listChargesOn(
  scope: Scope,
  invoice: string,
  page: { cursor?: string | undefined; limit?: number | undefined },
) {
  return query(scope, chargeKind, bill(scope, invoice), {
    prefix: "chg#",
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** The head of a bill. One consistent read unit. */
export function headOf(scope: Scope, invoice: string): Promise<Stored<Head> | undefined> {
  return get(scope, headKind, headKey(scope, invoice));
}

/** Heads of bills by id, in that order. */
export function headsOf(scope: Scope, ids: readonly string[], consistent = false) {
  return getMany(
    scope,
    headKind,
    ids.map((id) => headKey(scope, id)),
    { consistent },
  );
}

/** The lines of a bill as last drawn. */
export async function linesOn(scope: Scope, head: Head): Promise<Line[]> {
  const lines = await queryAll(scope, lineKind, bill(scope, head.id), {
    prefix: `line#${head.draw}#`,
    consistent: true,
  });
  return lines.map(({ rev: _rev, draw: _draw, n: _n, ...line }) => line);
}

/** Keys of lines drawn from earlier revisions of a bill's head. */
export async function oldLineKeys(scope: Scope, invoice: string, rev: number): Promise<Key[]> {
  const pk = bill(scope, invoice);
  const old = await queryAll(scope, lineKind, pk, { prefix: "line#", until: eight(rev), consistent: true });
  return old.map(({ draw, n }) => lineKey(scope, invoice, draw, n));
}

/** Keys of all lines of a bill, of whichever draw. */
export async function allLineKeys(scope: Scope, invoice: string): Promise<Key[]> {
  const all = await queryAll(scope, lineKind, bill(scope, invoice), { prefix: "line#", consistent: true });
  return all.map(({ draw, n }) => lineKey(scope, invoice, draw, n));
}

/** Payments that were made or asked for on a bill, oldest first. */
export async function paymentsOn(scope: Scope, invoice: string): Promise<Stored<Payment>[]> {
  const refs = await queryAll(scope, pointerKind, bill(scope, invoice), { prefix: "pay#", consistent: true });
  const found = await getMany(
    scope,
    paymentKind,
    refs.map(({ id }) => paymentKey(scope, id)),
    { consistent: true },
  );
  return found.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** A payment. One consistent read unit. */
export function paymentOf(scope: Scope, id: PaymentId | string): Promise<Stored<Payment> | undefined> {
  return get(scope, paymentKind, paymentKey(scope, id));
}

/** A page of bills of one bucket: unpaid ones soonest due first, others latest month first. `until` cuts unpaid ones before a day. */
export function listRows(
  scope: Scope,
  bucket: Bucket,
  page: { cursor?: string | undefined; limit?: number | undefined; until?: string | undefined },
) {
  return query(scope, rowKind, partition(scope, "bills", bucket), {
    newest: bucket !== "due",
    cursor: page.cursor,
    ...(page.until ? { until: page.until } : {}),
    ...(page.limit ? { limit: page.limit } : {}),
  });
}

/** Every row of a bucket; for the unpaid and the drafts, of which there are few. */
export function allRows(scope: Scope, bucket: Exclude<Bucket, "paid">, until?: string) {
  return queryAll(scope, rowKind, partition(scope, "bills", bucket), until ? { until } : {});
}

/** A page of a company's bills, latest month first. */
export async function listBillsOf(
  scope: Scope,
  company: string,
  page: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Head>>> {
  const refs = await query(scope, pointerKind, partition(scope, "bills-of", company), {
    newest: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const heads = await headsOf(
    scope,
    refs.items.map(({ id }) => id),
    true,
  );
  return { items: heads.filter((head) => head !== undefined), next: refs.next };
}

/** A company's bills, those of a month and later ones alone when one is said. A query, and a read of each. */
export async function billsOf(scope: Scope, company: string, from?: Month): Promise<Stored<Head>[]> {
  const refs = await queryAll(scope, pointerKind, partition(scope, "bills-of", company), {
    consistent: true,
    ...(from === undefined ? {} : { from }),
  });
  const heads = await headsOf(
    scope,
    refs.map(({ id }) => id),
    true,
  );
  return heads.filter((head) => head !== undefined);
}

/** The company's bills that are not final yet. */
export async function draftsOf(scope: Scope, company: string): Promise<Stored<Head>[]> {
  return (await billsOf(scope, company)).filter(({ state }) => state === "draft");
}

/** The company's bills that still wait for money, oldest due first: those a payment is spread over. */
export async function dueBillsOf(scope: Scope, company: string): Promise<Stored<Head>[]> {
  return (await billsOf(scope, company))
    .filter(({ state }) => state === "due" || state === "part-paid")
    .sort((a, b) => ((a.dueOn ?? "") + (a.number ?? "") < (b.dueOn ?? "") + (b.number ?? "") ? -1 : 1));
}

/** Writes that list a received payment for the space and its company. */
export function paymentRows(scope: Scope, payment: Payment): Write[] {
  const order = `${payment.receivedOn ?? ""}`;
  const keys = [
    keyIn(partition(scope, "pays"), order, payment.id),
    keyIn(partition(scope, "pays-of", payment.company), order, payment.id),
  ];
  return keys.map((key) => ({ do: "put", key, kind: pointerKind, data: { id: payment.id }, rev: 1 }));
}

/** A page of received payments, latest first, of the space or of one company. */
export async function listPayments(
  scope: Scope,
  page: { company?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Stored<Payment>>> {
  const pk = page.company ? partition(scope, "pays-of", page.company) : partition(scope, "pays");
  const refs = await query(scope, pointerKind, pk, {
    newest: true,
    cursor: page.cursor,
    ...(page.limit ? { limit: page.limit } : {}),
  });
  const found = await getMany(
    scope,
    paymentKind,
    refs.items.map(({ id }) => paymentKey(scope, id)),
  );
  return { items: found.filter((one) => one !== undefined), next: refs.next };
}

/** How the space bills; the defaults, at revision 0, before anybody set it. */
export async function settingsOf(scope: Scope): Promise<Stored<BillingSettings>> {
  return (await get(scope, settingsKind, settingsKey(scope))) ?? { ...defaultSettings, rev: 0 };
}

/** A month's run with how far it is. */
export async function runOf(scope: Scope, month: Month): Promise<Run | undefined> {
  const found = await get(scope, runKind, runKey(scope, month));
  if (!found) return undefined;
  const { rev: _rev, listed, ...run } = found;
  return { ...run, state: listed && run.done >= run.total ? "done" : "running" };
}
