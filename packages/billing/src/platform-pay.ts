import type { Month } from "@yihao/kernel/days";
import { accept, type Outcome, Refused, refuse } from "@yihao/kernel/outcome";
import { actorName, type Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import { idFor } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import type { Stored } from "@yihao/table/kind";
import { insert, replace, type Write } from "@yihao/table/write";
import { type Asked, leastMinor, stillGoodMs } from "./checkout.ts";
import type { BillingRefusal } from "./model.ts";
import { unsigned } from "./plan-month.ts";
import { isCollected, platformDeclinedWrites, withTry } from "./platform-collect.ts";
import {
  type KeptBill,
  type PlatformPay,
  platformBillKey,
  platformBillKind,
  platformBillOf,
  platformPayKey,
  platformPayKind,
  platformPayOf,
  rowWrite,
} from "./platform-store.ts";
import type { PaymentProvider, ProviderNews } from "./provider.ts";

const attempts = 8;

/**
 * Asks the provider for a page on which a space pays the platform's bill of a month, into the platform's own account whatever account the space has. One page at a time: a good one is given again, an older one is shut
 * before the next is asked for, so that a bill is not paid twice. Refused as `missing`, `invoice.nothing-open` (also while news of its money is on its way), `payment.too-small` and `payment.provider-down`: then nothing was paid and the same
 * wish may be sent again.
 */
export async function askPlatformPage(
  given: Scope,
  provider: PaymentProvider,
  month: Month,
  wish: { readonly language: "zh" | "en"; readonly home: string },
): Promise<Outcome<Asked, BillingRefusal | "missing">> {
  const scope = unsigned(given);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const bill = await platformBillOf(scope, month);
    if (!bill) return refuse("missing");
    if (bill.state === "paid") return refuse("invoice.nothing-open", { number: bill.number });
    if (isCollected(bill)) return refuse("invoice.nothing-open", { number: bill.number });
    if (bill.amountMinor < leastMinor) return refuse("payment.too-small", { leastMinor });
    const last = bill.asked && (await platformPayOf(scope, bill.asked));
    const good = last && last.language === wish.language && stillGood(last, scope.now);
    if (good && last.url) return accept({ payment: last.id, url: last.url });
    try {
      if (good) return accept(await openPage(scope, provider, bill, last, wish.home));
      if (last?.state === "open" && last.session && (await provider.close(last.session)).paid)
        return refuse("invoice.nothing-open", { number: bill.number });
    } catch {
      return refuse("payment.provider-down");
    }
    await recordAsked(scope, provider, bill, wish.language);
  }
  throw new Refused("busy");
}

/** A page that works for a while yet; one that was only asked for has no end that we know, and is asked for again by the same name. */
function stillGood({ state, at, expiresAt }: PlatformPay, now: string): boolean {
  if (state === "asked") return millis(at) + stillGoodMs > millis(now);
  return state === "open" && millis(expiresAt ?? "") > millis(now) + stillGoodMs;
}

/** Records under the bill's revision that a page is about to be asked for; of several at once one comes through, and the others find it. */
async function recordAsked(
  scope: Scope,
  provider: PaymentProvider,
  { rev, ...bill }: Stored<KeptBill>,
  language: "zh" | "en",
): Promise<void> {
  const pay: PlatformPay = {
    ...{ id: idFor(scope, "pay", `platform ${bill.month} ${rev}`), month: bill.month, state: "asked", language },
    ...{ amountMinor: bill.amountMinor, provider: provider.name, at: scope.now, by: actorName(scope) },
  };
  const writes = [
    insert(platformPayKey(scope, pay.id), platformPayKind, pay, "payment"),
    replace(platformBillKey(scope, bill.month), platformBillKind, { ...bill, asked: pay.id }, rev),
  ];
  await commit(scope, writes, { answer: null });
}

async function openPage(
  scope: Scope,
  provider: PaymentProvider,
  { month, number }: KeptBill,
  { id, amountMinor, language }: PlatformPay,
  home: string,
): Promise<Asked> {
  const back = `${home}/s/${scope.space}/settings/platform`;
  const page = await provider.page({
    ...{ space: scope.space, payment: id, amountMinor, currency: "cny", language },
    title: language === "zh" ? `壹号平台 ${month} ${number}` : `Yihao platform ${month} ${number}`,
    successUrl: `${back}?paid=${month}`,
    cancelUrl: back,
  });
  const { session, url, expiresAt } = page;
  const opened: Write = {
    ...{ do: "update", key: platformPayKey(scope, id), set: { state: "open", session, url, expiresAt } },
    ...{ add: { rev: 1 }, when: [["state", "=", "asked"]], tag: "payment" },
  };
  await commit(scope, [opened], { answer: null });
  return { payment: id, url };
}

/**
 * The writes of what the provider says of a payment of the platform's bill; none when it was known, undefined when it is nothing to us: no such payment, or it happened in somebody's own account. Money that comes a second
 * time is kept in what was paid, so that nothing is lost.
 */
export async function platformNewsWrites(scope: Scope, { news, account }: ProviderNews): Promise<Write[] | undefined> {
  if (account !== undefined || !("payment" in news)) return undefined;
  const stored = await platformPayOf(scope, news.payment);
  if (!stored || news.is === "disputed") return undefined;
  // On a page its payer tries again by themselves; only a charge without them ends with its refusal.
  if (news.is === "declined") return stored.collected ? platformDeclinedWrites(scope, stored, news.code) : undefined;
  if (stored.state === "received") return [];
  const { rev, ...pay } = stored;
  const payAs = (after: PlatformPay) => replace(platformPayKey(scope, pay.id), platformPayKind, after, rev, "payment");
  if (news.is !== "received") return pay.state === "failed" ? [] : [payAs({ ...pay, state: "failed" })];
  if (news.currency !== "cny") throw new Error(`payment ${pay.id} came in ${news.currency}`);
  const found = await platformBillOf(scope, pay.month);
  if (!found) throw new Error(`payment ${pay.id} is of no bill`);
  const { rev: billRev, ...bill } = found;
  const paidMinor = bill.paidMinor + news.amountMinor;
  const paid = paidMinor >= bill.amountMinor;
  const tried = pay.collected ? withTry(bill, pay.id, { state: "received" }) : bill;
  const { collection } = tried;
  const after: KeptBill = {
    ...{ ...tried, paidMinor, state: paid ? "paid" : "open" },
    ...(pay.collected && collection ? { collection: { attempts: collection.attempts, state: "received" } } : {}),
    ...(paid ? { paidAt: bill.paidAt ?? scope.now } : {}),
  };
  return [
    payAs({
      ...pay,
      state: "received",
      amountMinor: news.amountMinor,
      ...(news.intent ? { intent: news.intent } : {}),
    }),
    replace(platformBillKey(scope, bill.month), platformBillKind, after, billRev, "bill"),
    rowWrite(scope, after),
  ];
}
