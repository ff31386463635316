import type { RawItem, Violation } from "@yihao/ledger/check";
import type { Attempt, Collection } from "./collect-model.ts";
import { type Dispute, isOpenDispute } from "./dispute-model.ts";
import type { PayMethod, PayProfile } from "./method-model.ts";
import type { Payment } from "./model.ts";

/** Which accounts of a money book may be below zero: what is owed, and what is withheld while a payment is disputed. */
export const mayOweMoney = (book: string, account: string): boolean =>
  book.startsWith("money/") && (account === "receivable" || account === "disputed");

const ends: Readonly<Record<Attempt["state"], Payment["state"]>> = {
  asked: "asked",
  received: "received",
  declined: "failed",
  dropped: "failed",
};

/**
 * Folds saved methods, collections and disputes and says what does not hold: bills are collected by a method that is saved; a try is a payment of its amount that ended as it says; no bill was collected twice; what is
 * withheld of a company's payments is what its disputes say; lost money that came back is its parts; and a payment knows what of it is disputed or lost.
 */
export function checkPay(items: readonly RawItem[]): Violation[] {
  const violations: Violation[] = [];
  const equal = (rule: string, where: string, expected: unknown, found: unknown) => {
    if (expected !== found) violations.push({ rule, where, expected, found });
  };
  const payments = new Map<string, Payment>();
  const methods = new Map<string, PayMethod>();
  for (const item of items) {
    const space = String(item.pk).split("#", 1)[0] ?? "";
    if (item.k === "pay") payments.set(`${space} ${String(item.id)}`, item as unknown as Payment);
    if (item.k === "pay-method") methods.set(`${space} ${String(item.id)}`, item as unknown as PayMethod);
  }
  const heldBy = new Map<string, number>();
  const withheld = new Map<string, number>();
  const disputed = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, amount: number) => map.set(key, (map.get(key) ?? 0) + amount);
  for (const item of items) {
    const space = String(item.pk).split("#", 1)[0] ?? "";
    if (item.k === "dispute") {
      const one = item as unknown as Dispute;
      add(heldBy, `${space} ${one.company}`, one.heldMinor);
      const { returned } = one;
      if (isOpenDispute(one) || (one.state === "lost" && !one.reinstated))
        add(disputed, `${space} ${one.payment}`, one.amountMinor);
      const gone = one.reopened.reduce((sum, { amountMinor }) => sum + amountMinor, one.creditMinor);
      const all = one.withdrawn && (!one.reinstated || returned) ? one.amountMinor : 0;
      const held = one.heldMinor + (returned?.heldMinor ?? 0);
      equal("pay.dispute-is-its-parts", `${space} ${one.id}`, all, gone + held + one.writtenOffMinor);
      if (returned) {
        const paid = returned.bills.reduce((sum, { amountMinor }) => sum + amountMinor, returned.creditMinor);
        const parts = paid + returned.heldMinor + returned.recoveredMinor;
        equal("pay.returned-is-its-parts", `${space} ${one.id}`, one.amountMinor, parts);
      }
    }
    if (item.k === "bal" && String(item.book).startsWith("money/"))
      add(withheld, `${space} ${String(item.book).slice("money/".length)}`, 0 - Number(item["a:disputed"] ?? 0));
    if (item.k === "pay-profile") {
      const { company, usual } = item as unknown as PayProfile;
      if (usual) equal("pay.usual-is-saved", `${space} ${company}`, "saved", methods.get(`${space} ${usual}`)?.state);
    }
    if (item.k !== "collection") continue;
    const { invoice, attempts } = item as unknown as Collection;
    const where = `${space} ${invoice}`;
    const received = attempts.filter(({ state }) => state === "received").length;
    if (received > 1) equal("pay.collected-once", where, 1, received);
    for (const { payment, amountMinor, state } of attempts) {
      const paid = payments.get(`${space} ${payment}`);
      equal("pay.try-is-payment", `${where} ${payment}`, ends[state], paid?.state);
      equal("pay.try-is-its-amount", `${where} ${payment}`, amountMinor, paid?.amountMinor);
    }
  }
  for (const company of new Set([...heldBy.keys(), ...withheld.keys()]))
    equal("pay.disputed-is-withheld", company, heldBy.get(company) ?? 0, withheld.get(company) ?? 0);
  for (const [payment, { disputedMinor = 0 }] of payments)
    equal("pay.disputes-of-payment", payment, disputed.get(payment) ?? 0, disputedMinor);
  return violations;
}
