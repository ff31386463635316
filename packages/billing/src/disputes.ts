import { dayOf } from "@yihao/kernel/days";
import type { CompanyId } from "@yihao/kernel/ids";
import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import type { Scope } from "@yihao/kernel/scope";
import type { Entry } from "@yihao/ledger/model";
import { planTransfers } from "@yihao/ledger/store";
import { mailingAll, senderOf, staffEmails } from "@yihao/members/post";
import { happened } from "@yihao/table/event";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import type { DisputeLossWish } from "./approval-model.ts";
import { settleWrites } from "./bill-writes.ts";
import { type Merged, mergeDispute, spreadLoss, spreadReturn } from "./dispute.ts";
import { disputeLetter } from "./dispute-letters.ts";
import {
  type Dispute,
  type DisputeNews,
  type DisputeTold,
  type InvoiceReopened,
  isOpenDispute,
} from "./dispute-model.ts";
import { disputeIdOf, disputeKey, disputeKind, disputeOf } from "./dispute-store.ts";
import type { BillingRefusal, Payment } from "./model.ts";
import { openOf } from "./open.ts";
import { readBalance } from "./reads.ts";
import type { Planned } from "./refund.ts";
import { cny, headsOf, moneyBook, paymentKey } from "./store.ts";
import { zoneOf } from "./zone.ts";

type Money = { readonly from: string; readonly to: string; readonly amount: number; readonly reason: string };

function entryOf(company: string, document: string, on: string, { from, to, amount, reason }: Money): Entry {
  return { do: "move", book: moneyBook(company), unit: cny, from, to, amount, document, reason, note: { on } };
}

const toldOf = (one: Dispute): DisputeTold => {
  const { id: dispute, payment, paymentReference, company, amountMinor, reason, evidenceBy } = one;
  return { dispute, payment, paymentReference, company, amountMinor, reason, ...(evidenceBy ? { evidenceBy } : {}) };
};

const events: Readonly<Record<Dispute["state"], string>> = {
  "needs-response": "payment.disputed",
  "in-review": "dispute.reviewed",
  won: "dispute.won",
  lost: "dispute.lost",
  closed: "dispute.closed",
};

/**
 * The writes of a provider's news of a dispute, in any order and each thing once: withheld (disputed → stripe) with its fee, given back when it was won, and when it was lost taken from the bills it paid and the balance it
 * left; what comes back of a loss goes where it was taken from. None when the news says nothing new.
 */
export async function disputeWrites(
  scope: Scope,
  provider: string,
  paid: Stored<Payment>,
  news: DisputeNews,
): Promise<Write[]> {
  if (news.currency !== "cny") throw new Error(`dispute ${news.reference} came in ${news.currency}`);
  const id = disputeIdOf(scope, provider, news.reference);
  const [stored, zone] = await Promise.all([disputeOf(scope, id), zoneOf(scope)]);
  const merged = mergeDispute(stored, news);
  const on = dayOf(scope.now, zone);
  const before = stored ?? blank(id, provider, paid, news, dayOf(news.openedAt, zone));
  const { entries, after, writes } = await moved(scope, before, paid, merged, on);
  const same = stored && JSON.stringify(known(stored)) === JSON.stringify(known({ ...after, rev: stored.rev }));
  if (same) return [];
  const opened = !stored || stored.state !== after.state;
  return [
    stored
      ? replace(disputeKey(scope, id), disputeKind, after, stored.rev, "dispute")
      : insert(disputeKey(scope, id), disputeKind, after, "dispute"),
    ...countWrites(scope, paid, stored, after),
    ...(entries.length > 0 ? planTransfers(scope, entries).writes : []),
    ...writes,
    ...(opened ? [happened(scope, events[after.state], after.company, toldOf(after))] : []),
    ...(merged.comeBack ? [happened(scope, "dispute.returned", after.company, toldOf(after))] : []),
    ...(stored || !isOpenDispute(after) ? [] : await letters(scope, after)),
  ];
}

const known = ({ rev: _rev, ...dispute }: Stored<Dispute>) => Object.fromEntries(Object.entries(dispute).sort());

function blank(id: Dispute["id"], provider: string, paid: Payment, news: DisputeNews, openedOn: string): Dispute {
  const { reference, amountMinor, reason, openedAt } = news;
  return {
    ...{ id, reference, provider, payment: paid.id, paymentReference: paid.reference },
    ...{ company: paid.company, companyName: paid.companyName, amountMinor, feeMinor: 0, reason },
    ...{ state: "needs-response", withdrawn: false, reinstated: false, moves: 0, heldMinor: 0 },
    ...{ reopened: [], creditMinor: 0, writtenOffMinor: 0, openedAt, openedOn },
  };
}

/** What the news moves, and the dispute after it. */
async function moved(scope: Scope, before: Dispute, paid: Payment, merged: Merged, on: string) {
  const { id, company, amountMinor } = before;
  const { state, withdrawn, reinstated, feeMinor, moves, evidenceBy, feeDeltaMinor } = merged;
  const entry = (money: Money) => entryOf(company, id, on, money);
  const entries: Entry[] = [];
  const writes: Write[] = [];
  if (merged.withdraw) entries.push(entry({ from: "disputed", to: "stripe", amount: amountMinor, reason: "dispute" }));
  if (feeDeltaMinor !== 0) {
    const [from, to] = feeDeltaMinor > 0 ? ["loss:dispute-fee", "stripe"] : ["stripe", "loss:dispute-fee"];
    entries.push(entry({ from, to, amount: Math.abs(feeDeltaMinor), reason: "dispute-fee" } as Money));
  }
  if (merged.reinstate)
    entries.push(entry({ from: "stripe", to: "disputed", amount: amountMinor, reason: "dispute-won" }));
  const { rev: _rev, ...rest } = before as Stored<Dispute>;
  let after: Dispute = {
    ...rest,
    ...{ state, withdrawn, reinstated, feeMinor, moves },
    ...(evidenceBy ? { evidenceBy } : {}),
    heldMinor: before.heldMinor + (merged.withdraw ? amountMinor : 0) - (merged.reinstate ? amountMinor : 0),
    ...(isOpenDispute({ state }) ? {} : { closedAt: before.closedAt ?? scope.now }),
  };
  if (merged.lose) {
    const lost = await lose(scope, after, paid, on);
    entries.push(...lost.entries);
    writes.push(...lost.writes);
    after = lost.after;
  }
  if (merged.comeBack) {
    const back = await giveBack(scope, after, paid, on);
    entries.push(...back.entries);
    writes.push(...back.writes);
    after = back.after;
  }
  return { entries, writes, after };
}

/** Takes lost money from where the payment had gone: its bills are open again, its balance is taken back. */
async function lose(scope: Scope, dispute: Dispute, paid: Payment, on: string) {
  const found = await headsOf(
    scope,
    paid.allocations.map(({ invoice }) => invoice),
    true,
  );
  const heads = found.filter((head) => head !== undefined);
  const { creditMinor } = await readBalance(scope, paid.company as CompanyId);
  const spread = spreadLoss(
    dispute.heldMinor,
    heads.map(({ id, paidMinor, freedMinor = 0 }) => ({
      invoice: id,
      amountMinor: paid.allocations.find(({ invoice }) => invoice === id)?.amountMinor ?? 0,
      mostMinor: Math.max(0, paidMinor - freedMinor),
    })),
    creditMinor,
  );
  const entries: Entry[] = [];
  const writes: Write[] = [];
  const reopened: Dispute["reopened"] = [];
  for (const { invoice, amountMinor } of spread.bills) {
    const head = heads.find(({ id }) => id === invoice);
    if (!head) continue;
    const number = head.number ?? "";
    entries.push(...backFrom(dispute, head.company, "receivable", amountMinor, invoice, on));
    writes.push(...settleWrites(scope, head, { paidMinor: head.paidMinor - amountMinor }).writes);
    reopened.push({ invoice: head.id, number, amountMinor });
    const data: InvoiceReopened = {
      ...{ invoice, number, company: head.company, amountMinor, totalMinor: head.totalMinor },
      wasPaid: openOf(head) === 0,
      ...(head.paidAt ? { paidAt: head.paidAt } : {}),
    };
    writes.push(happened(scope, "invoice.reopened", head.company, data, { seed: invoice }));
  }
  if (spread.creditMinor > 0)
    entries.push(...backFrom(dispute, paid.company, "credit", spread.creditMinor, dispute.id, on));
  const after: Dispute = { ...dispute, heldMinor: spread.restMinor, reopened, creditMinor: spread.creditMinor };
  return { entries, writes, after };
}

/** Gives lost money that came back to where it had been taken from, as far as that still wants it; the rest is the balance of whoever paid it. */
async function giveBack(scope: Scope, dispute: Dispute, paid: Payment, on: string) {
  const found = await headsOf(
    scope,
    dispute.reopened.map(({ invoice }) => invoice),
    true,
  );
  const heads = found.filter((head) => head !== undefined);
  const owed = heads.map((head) => ({
    invoice: head.id,
    lostMinor: dispute.reopened.find(({ invoice }) => invoice === head.id)?.amountMinor ?? 0,
    openMinor: openOf(head),
    writtenOffMinor: head.writtenOffMinor ?? 0,
  }));
  const spread = spreadReturn(dispute.amountMinor, dispute, owed);
  const reason = "dispute-returned";
  const entries: Entry[] = [];
  const writes: Write[] = [];
  const bills: Dispute["reopened"] = [];
  const move = (company: string, document: string, to: string, amount: number) => {
    if (amount > 0) entries.push(entryOf(company, document, on, { from: "stripe", to, amount, reason }));
  };
  move(dispute.company, dispute.id, "disputed", spread.heldMinor);
  move(dispute.company, dispute.id, "loss:bad-debt", spread.recoveredMinor);
  for (const { invoice, amountMinor, recoveredMinor } of spread.bills) {
    const head = heads.find(({ id }) => id === invoice);
    if (!head) continue;
    move(head.company, invoice, "receivable", amountMinor - recoveredMinor);
    move(head.company, invoice, "loss:bad-debt", recoveredMinor);
    const given = recoveredMinor > 0 ? { writtenOffMinor: (head.writtenOffMinor ?? 0) - recoveredMinor } : {};
    writes.push(...settleWrites(scope, head, { paidMinor: head.paidMinor + amountMinor, ...given }).writes);
    bills.push({ invoice: head.id, number: head.number ?? "", amountMinor });
  }
  move(paid.company, dispute.id, "credit", spread.creditMinor);
  const { recoveredMinor, creditMinor, heldMinor } = spread;
  const after: Dispute = { ...dispute, heldMinor: 0, returned: { on, heldMinor, recoveredMinor, bills, creditMinor } };
  return { entries, writes, after };
}

/** From an account of a company to what is withheld; through `merge` when the company has become another since the dispute was opened. */
function backFrom(
  dispute: Dispute,
  company: string,
  from: string,
  amount: number,
  document: string,
  on: string,
): Entry[] {
  const reason = "dispute-lost";
  if (company === dispute.company) return [entryOf(company, document, on, { from, to: "disputed", amount, reason })];
  return [
    entryOf(company, document, on, { from, to: "merge", amount, reason }),
    entryOf(dispute.company, document, on, { from: "merge", to: "disputed", amount, reason }),
  ];
}

const counts = (dispute: Dispute | undefined) =>
  dispute && (isOpenDispute(dispute) || (dispute.state === "lost" && !dispute.reinstated)) ? dispute.amountMinor : 0;

/** What of a payment is disputed or lost is not given back again. */
function countWrites(scope: Scope, paid: Stored<Payment>, before: Dispute | undefined, after: Dispute): Write[] {
  const more = counts(after) - counts(before);
  if (more === 0) return [];
  const key = paymentKey(scope, paid.id);
  return [{ do: "update", key, add: { disputedMinor: more, rev: 1 }, when: [["rev", "=", paid.rev]], tag: "payment" }];
}

async function letters(scope: Scope, dispute: Dispute): Promise<Write[]> {
  const [from, readers] = await Promise.all([senderOf(scope), staffEmails(scope, ["finance"])]);
  const link = `/s/${scope.space}/billing/disputes?dispute=${dispute.id}`;
  return mailingAll(
    scope,
    readers.map((to) => disputeLetter(to, from, dispute, link)),
  );
}

/** Gives up what of a lost payment could be taken from nowhere: loss → disputed. Refused as `dispute.nothing-left`. */
export async function planDisputeLoss(
  scope: Scope,
  { dispute: id }: DisputeLossWish,
): Promise<Outcome<Planned, BillingRefusal | "missing">> {
  const stored = await disputeOf(scope, id);
  if (!stored) return refuse("missing");
  const { rev, ...dispute } = stored;
  if (dispute.state !== "lost" || dispute.heldMinor <= 0) return refuse("dispute.nothing-left");
  const amount = dispute.heldMinor;
  const money = { from: "loss:bad-debt", to: "disputed", amount, reason: "write-off" };
  const after: Dispute = { ...dispute, heldMinor: 0, writtenOffMinor: amount };
  return accept({
    document: id,
    writes: [
      replace(disputeKey(scope, id), disputeKind, after, rev, "dispute"),
      ...planTransfers(scope, [entryOf(dispute.company, id, dayOf(scope.now, await zoneOf(scope)), money)]).writes,
      happened(scope, "dispute.written-off", dispute.company, { ...toldOf(dispute), amountMinor: amount }),
    ],
  });
}
