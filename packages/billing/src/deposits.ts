import { dayOf } from "@yihao/kernel/days";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { planTransfers } from "@yihao/ledger/store";
import { companyOf } from "@yihao/members/store";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { happened } from "@yihao/table/event";
import { giveWay } from "@yihao/table/give-way";
import { claim } from "@yihao/table/unique";
import { insert, replace } from "@yihao/table/write";
import { allocate, allocateAsChosen } from "./allocate.ts";
import type { Deposit, NewApplication, NewDeposit } from "./approval-model.ts";
import { depositKey, depositKind } from "./approval-store.ts";
import { allotDeposit } from "./demand.ts";
import { demandKey, demandKind, demandsOf } from "./demand-store.ts";
import type { BillingRefusal, Payment } from "./model.ts";
import { billsMost, fromAccount, receiveWrites } from "./payments.ts";
import { closed, notAhead, stillOpen } from "./period.ts";
import { readBalance } from "./reads.ts";
import { cny, dueBillsOf, moneyBook, paymentKey, paymentKind } from "./store.ts";
import { zoneOf } from "./zone.ts";

/**
 * Takes a deposit (收押金): bank or cash → deposit. It is held, not earned. What the company's agreements ask for is settled by it, oldest first. Refused as `missing`, `payment.reference-used` when the money of that reference was recorded before, and
 * `payment.day` and `period.closed`.
 */
export async function takeDeposit(
  scope: Scope,
  wish: NewDeposit,
): Promise<Outcome<Deposit, BillingRefusal | "missing">> {
  const company = await companyOf(scope, wish.company);
  if (!company) return refuse("missing");
  const { amountMinor, way, reference, on } = wish;
  const here = await notAhead(scope, on);
  if (!here.ok) return here;
  const deposit: Deposit = {
    ...{ id: idFor(scope, "dep"), company: company.id, companyName: company.name, does: "taken" },
    ...{ amountMinor, way, reference, on, at: scope.now, by: actorName(scope) },
  };
  const moved = planTransfers(scope, [
    {
      ...{ do: "move", book: moneyBook(company.id), unit: cny, from: fromAccount[way], to: "deposit" },
      ...{ amount: amountMinor, document: deposit.id, reason: "deposit", note: { on } },
    },
  ]);
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    const parts = allotDeposit(amountMinor, await demandsOf(scope, company.id));
    const settled = parts.map(({ demand: { rev, ...asked }, amountMinor: part }) => {
      const after = { ...asked, takenMinor: asked.takenMinor + part };
      return replace(
        demandKey(scope, company.id, asked.agreement),
        demandKind,
        after,
        rev,
        `demand ${asked.agreement}`,
      );
    });
    const writes = [
      insert(depositKey(scope, company.id, deposit.id), depositKind, deposit),
      claim(scope, "payment", `${way} ${reference}`, deposit.id),
      stillOpen(scope, on),
      ...settled,
      ...moved.writes,
      happened(scope, "deposit.taken", company.id, { deposit: deposit.id, amountMinor, way, reference, on }),
    ];
    const outcome = await commit(scope, writes, { answer: deposit });
    if (outcome.done) return accept(outcome.answer);
    if ("unique payment" in outcome.lost) return refuse("payment.reference-used", { reference });
    if ("period" in outcome.lost) return closed(on);
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}

/**
 * Pays bills from what the company has at the space: its balance (预收抵扣) or its deposit (押金抵扣). It is kept as a payment of that way. Refused as `missing`,
 * `balance.too-little`, `balance.nothing-open` when more is given than the bills have open, and as any payment's allocation.
 */
export async function applyOwn(
  scope: Scope,
  wish: NewApplication,
): Promise<Outcome<Payment, BillingRefusal | "missing">> {
  const company = await companyOf(scope, wish.company);
  if (!company) return refuse("missing");
  const today = dayOf(scope.now, await zoneOf(scope));
  for (let attempt = 1; attempt <= 30; attempt += 1) {
    const [balance, bills] = await Promise.all([readBalance(scope, company.id), dueBillsOf(scope, company.id)]);
    const hasMinor = wish.from === "deposit" ? balance.depositMinor : balance.creditMinor;
    if (wish.amountMinor > hasMinor) return refuse("balance.too-little", { hasMinor, from: wish.from });
    const chosen = wish.invoices ? allocateAsChosen(wish.amountMinor, wish.invoices, bills) : undefined;
    if (chosen && !chosen.ok) return chosen;
    const allocated = chosen ? chosen.value : allocate(wish.amountMinor, bills);
    if (allocated.creditMinor > 0)
      return refuse("balance.nothing-open", { openMinor: wish.amountMinor - allocated.creditMinor });
    if (allocated.parts.length > billsMost) return refuse("payment.too-many-invoices", { most: billsMost });
    const id = idFor(scope, "pay");
    const blank: Payment = {
      ...{ id, company: company.id, companyName: company.name, way: wish.from, state: "received" },
      ...{ amountMinor: wish.amountMinor, reference: id.slice(4), receivedOn: today },
      ...{ allocations: [], creditMinor: 0, at: scope.now, by: actorName(scope) },
    };
    const { writes, payment } = receiveWrites(scope, blank, allocated, bills);
    const outcome = await commit(scope, [insert(paymentKey(scope, id), paymentKind, payment), ...writes], {
      answer: payment,
    });
    if (outcome.done) return accept(outcome.answer);
    await giveWay(scope, attempt);
  }
  throw new Refused("busy");
}
