import { accept, type Outcome, refuse } from "@yihao/kernel/outcome";
import { actorName, ownCompany, type Scope } from "@yihao/kernel/scope";
import { millis } from "@yihao/kernel/span";
import { idFor, stepOf } from "@yihao/table/command";
import { commit } from "@yihao/table/commit";
import { insert, type Write } from "@yihao/table/write";
import { accountFor } from "./merchant-store.ts";
import { askedMethod, consentOf, customerOf } from "./methods.ts";
import type { BillingRefusal, InvoiceId, Payment, PaymentId } from "./model.ts";
import { openOf } from "./open.ts";
import type { HostedPage, PaymentProvider } from "./provider.ts";
import { billPaymentKey, headOf, paymentKey, paymentKind, paymentOf, paymentsOn, pointerKind } from "./store.ts";

/** Below this the provider takes no payment: ¥4.00 stands in for its least amount. */
export const leastMinor = 400;
/** An asked-for page is given again while it works for at least this long. */
export const stillGoodMs = 10 * 60_000;

/** That what pays is to be saved too: the consent that was shown, and who agreed. */
export type SaveToo = { readonly version: string; readonly name: string };
export type Asked = { readonly payment: PaymentId; readonly url: string };

/**
 * Asks the provider for a hosted page for what is open of a bill. The intent is recorded before the provider is asked and its answer after; a page asked
 * for before and still good is given again. With `save` the company's own people also save what pays, under the consent that is recorded with the intent. Refused as `missing` (also for another company's bill), `method.consent`, `invoice.draft`, `invoice.nothing-open`, `payment.too-small` and,
 * when the provider does not answer, `payment.provider-down`: then nothing was paid and the same wish may be sent again.
 */
export async function askPage(
  scope: Scope,
  provider: PaymentProvider,
  id: InvoiceId,
  wish: { readonly language: "zh" | "en"; readonly home: string; readonly save?: SaveToo | undefined },
): Promise<Outcome<Asked, BillingRefusal | "missing">> {
  const head = await headOf(scope, id);
  const own = ownCompany(scope);
  if (!head || (own && head.company !== own)) return refuse("missing");
  if (head.state === "draft") return own ? refuse("missing") : refuse("invoice.draft");
  const amountMinor = openOf(head);
  if (amountMinor <= 0) return refuse("invoice.nothing-open", { number: head.number ?? "" });
  if (amountMinor < leastMinor) return refuse("payment.too-small", { leastMinor });
  const good = (await paymentsOn(scope, id)).find(
    (one) =>
      one.state === "open" &&
      one.amountMinor === amountMinor &&
      (one.saves !== undefined) === (wish.save !== undefined) &&
      one.url !== undefined &&
      millis(one.expiresAt ?? "") > millis(scope.now) + stillGoodMs,
  );
  if (good?.url) return accept({ payment: good.id, url: good.url });
  if (wish.save && !own) return refuse("missing");
  const consent = wish.save && (await consentOf(scope, { ...wish.save, language: wish.language }));
  if (consent && !consent.ok) return consent;
  const { company, companyName } = head;
  const { account } = await accountFor(scope);
  const saves = consent && askedMethod(scope, provider, { company, consent: consent.value, account });
  const about = {
    ...{ company, companyName, amountMinor, reference: head.number ?? "", invoice: head.id },
    ...(saves ? { saves: saves.method.id } : {}),
    ...(account ? { account } : {}),
  };
  const payment = await recordIntent(scope, provider, about, saves ? [saves.write] : []);
  if (payment.url) return accept({ payment: payment.id, url: payment.url });
  const bill = `${wish.home}/s/${scope.space}/my/bills/${id}`;
  let page: HostedPage;
  try {
    page = await provider.page({
      space: scope.space,
      account: payment.account,
      payment: payment.id,
      amountMinor: payment.amountMinor,
      currency: "cny",
      title: wish.language === "zh" ? `账单 ${head.number}` : `Invoice ${head.number}`,
      language: wish.language,
      successUrl: `${bill}?paid=${payment.id}`,
      cancelUrl: `${bill}?back=1`,
      ...(saves ? { saveFor: await customerOf(scope, provider, { company, account }) } : {}),
    });
  } catch {
    return refuse("payment.provider-down");
  }
  await recordPage(scope, payment.id, page);
  return accept({ payment: payment.id, url: page.url });
}

type About = Pick<
  Payment,
  "company" | "companyName" | "amountMinor" | "reference" | "invoice" | "booking" | "saves" | "account"
>;

/** Records that a page is about to be asked for, before it is; what is to follow stands in the same commit. */
export async function recordIntent(
  scope: Scope,
  provider: PaymentProvider,
  about: About,
  also: readonly Write[] = [],
): Promise<Payment> {
  const payment: Payment = {
    ...about,
    id: idFor(scope, "pay"),
    way: "hosted",
    state: "asked",
    allocations: [],
    creditMinor: 0,
    provider: provider.name,
    at: scope.now,
    by: actorName(scope),
  };
  const pointer: Write = {
    do: "put",
    key: billPaymentKey(scope, about.booking ?? about.invoice ?? "", payment.id),
    kind: pointerKind,
    data: { id: payment.id },
    rev: 1,
  };
  const writes = [insert(paymentKey(scope, payment.id), paymentKind, payment, "payment"), pointer, ...also];
  await commit(stepOf(scope, "intent"), writes, { answer: null });
  return (await paymentOf(scope, payment.id)) ?? payment;
}

/** Keeps the page on the payment, unless the webhook was faster than the provider's answer. */
export async function recordPage(scope: Scope, id: PaymentId, page: HostedPage): Promise<void> {
  const update: Write = {
    do: "update",
    key: paymentKey(scope, id),
    set: { state: "open", session: page.session, url: page.url, expiresAt: page.expiresAt },
    add: { rev: 1 },
    when: [["state", "=", "asked"]],
    tag: "payment",
  };
  await commit(stepOf(scope, "page"), [update], { answer: null });
}
