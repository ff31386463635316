import type { PaymentProvider, ProviderNews } from "@yihao/billing/provider";
import type { SpaceId } from "@yihao/kernel/ids";
import { newId } from "@yihao/kernel/ids";
import type Stripe from "stripe";

export type Journeys = {
  readonly provider: PaymentProvider;
  /** The SDK itself, for what only a test does: attaching test methods, reading events. */
  readonly stripe: Stripe;
  /** The secret that the provider checks webhooks with. */
  readonly secret: string;
  readonly wait: (ms: number) => Promise<void>;
};
export type Journey = { readonly name: string; readonly fault?: string };

const space: SpaceId = "spc_verify";
const amountMinor = 1_500;

/**
 * Goes every way that this product asks of a payment provider, and says of each whether it was as the product takes it to be: for the real Stripe with a test key, and for the sandbox in a test. Nothing but test payments
 * is made, all of them marked with the space `spc_verify`.
 */
export async function goJourneys(world: Journeys): Promise<Journey[]> {
  const { provider } = world;
  const done: Journey[] = [];
  const go = async (name: string, journey: () => Promise<void>) => {
    try {
      await journey();
      done.push({ name });
    } catch (error) {
      done.push({ name, fault: error instanceof Error ? error.message : String(error) });
    }
  };
  await go("one payment has one page, which is shut without being paid", async () => {
    const wish = {
      ...{
        space,
        payment: newId("pay"),
        amountMinor,
        currency: "cny" as const,
        title: "verify",
        language: "zh" as const,
      },
      ...{ successUrl: "https://yihao.example/paid", cancelUrl: "https://yihao.example/back" },
    };
    const page = await provider.page(wish);
    same("the page asked for again", (await provider.page(wish)).session, page.session);
    same("paid", (await provider.close(page.session)).paid, false);
    same("paid when shut again", (await provider.close(page.session)).paid, false);
  });
  await go("a card is saved on a page of its own", async () => {
    const customer = await customerIn(world);
    const page = await provider.savePage({
      ...{ space, company: newId("cmp"), method: newId("pmt"), customer, language: "en" },
      ...{ successUrl: "https://yihao.example/saved", cancelUrl: "https://yihao.example/back" },
    });
    same("the page's address", page.url.startsWith("http"), true);
    await provider.close(page.session);
  });
  await go("a saved card is charged once without its holder, however often it is asked for, and told of", async () => {
    const { ask, intent } = await named(world, "pm_card_visa");
    for (const _ of [1, 2]) same("charged", (await provider.charge({ ...ask, intent })).is, "received");
    same("given up after it was made", (await provider.drop(intent)).is, "received");
    const news = await newsOf(world, "payment_intent.succeeded", intent);
    same("what is told", [news.is, "payment" in news && news.payment], ["received", ask.payment]);
    const refund = { space, refund: newId("rfd"), intent, amountMinor: 500 };
    const { reference } = await provider.refund(refund);
    same("the refund asked for again", (await provider.refund(refund)).reference, reference);
  });
  await go("a charge that was named is given up and never made", async () => {
    const { ask, intent } = await named(world, "pm_card_visa");
    same("given up", (await provider.drop(intent)).is, "dropped");
    same("given up again", (await provider.drop(intent)).is, "dropped");
    same("charged after it", (await provider.charge({ ...ask, intent })).is, "declined");
  });
  for (const [method, code] of [
    ["pm_card_chargeCustomerFail", "generic_decline"],
    ["pm_card_authenticationRequired", "authentication_required"],
  ] as const)
    await go(`a card that is refused says why: ${code}`, async () => {
      const { ask, intent } = await named(world, method);
      same("refused", await provider.charge({ ...ask, intent }), { is: "declined", code });
      const news = await newsOf(world, "payment_intent.payment_failed", intent);
      same("what is told", news.is === "declined" && news.code, code);
    });
  await go("a saved card is shown by its brand and last digits, and forgotten once it is taken away", async () => {
    const { ask, intent } = await named(world, "pm_card_visa");
    const { brand, last4 } = await provider.card(ask.method);
    same("shown", [brand, last4], ["visa", "4242"]);
    for (const _ of [1, 2]) await provider.forget(ask.method);
    same("charged after it", (await provider.charge({ ...ask, intent })).is, "declined");
  });
  await go("a customer's own page opens, and a card that is taken away is told of with whose it was", async () => {
    const company = newId("cmp");
    const customer = await provider.customer({ space, company, name: "Yihao verify" });
    const visit = { space, visit: newId("vst"), customer, language: "zh" as const, back: "https://yihao.example/" };
    same("its page", (await provider.portal(visit)).url.startsWith("http"), true);
    const card = (await world.stripe.paymentMethods.attach("pm_card_visa", { customer })).id;
    await provider.forget(card);
    for (const is of ["attached", "detached"] as const) {
      const news = await newsOf(world, `payment_method.${is}`, card);
      same("told of", news, { is, space, company, customer, reference: card, card: await provider.card(card) });
    }
  });
  await go("a disputed payment is told of with its amount, whose it is, and what was withdrawn", async () => {
    const { ask, intent } = await named(world, "pm_card_createDispute");
    await provider.charge({ ...ask, intent });
    const news = await newsOf(world, "charge.dispute.created", intent);
    if (news.is !== "disputed") throw new Error(`told as ${news.is}`);
    same("told of", [news.payment, news.dispute.amountMinor], [ask.payment, amountMinor]);
    const withdrawn = await newsOf(world, "charge.dispute.funds_withdrawn", intent);
    same("withdrawn", withdrawn.is === "disputed" && withdrawn.dispute.withdrawn, true);
  });
  await go("a space's own account is opened and its owner taken on", async () => {
    const account = await provider.openAccount({ space: newId("spc") });
    same("may charge", (await provider.accountState(account)).enabled, false);
    same(
      "its page",
      (await provider.accountPage({ account, back: "https://yihao.example/" })).startsWith("http"),
      true,
    );
  });
  return done;
}

function same(what: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

const customerIn = ({ provider }: Journeys) =>
  provider.customer({ space, company: newId("cmp"), name: "Yihao verify" });

/** A charge that is named at the provider, of a test method attached to a new customer. */
async function named(world: Journeys, token: string) {
  const customer = await customerIn(world);
  const method = (await world.stripe.paymentMethods.attach(token, { customer })).id;
  const ask = { space, payment: newId("pay"), amountMinor, title: "verify", customer, method };
  return { ask, intent: (await world.provider.prepare(ask)).intent };
}

/** What the provider's own event of a payment says to us, read as a webhook would be: signed anew, since nobody receives one here. */
async function newsOf(
  { stripe, provider, secret, wait }: Journeys,
  type: string,
  intent: string,
): Promise<ProviderNews["news"]> {
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const { data } = await stripe.events.list({ type, limit: 100 });
    const event = data.find(({ data: { object } }) => JSON.stringify(object).includes(intent));
    if (event) {
      const payload = JSON.stringify(event);
      const timestamp = Math.floor(Date.now() / 1000);
      const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
      const told = await provider.verify(payload, signature, new Date(timestamp * 1000).toISOString());
      if (told) return told.news;
    }
    await wait(1_000);
  }
  throw new Error(`no ${type} was told of ${intent} within half a minute`);
}
