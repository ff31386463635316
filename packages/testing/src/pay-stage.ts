import type { Collection } from "@yihao/billing/collect-model";
import { consentVersion } from "@yihao/billing/consent";
import type { Dispute } from "@yihao/billing/dispute-model";
import type { InvoiceView } from "@yihao/billing/invoice-view";
import type { MethodView } from "@yihao/billing/method-model";
import type { Invoice } from "@yihao/billing/model";
import type { PaymentProvider } from "@yihao/billing/provider";
import { providerTimers } from "@yihao/billing/provider-timers";
import { billingTimers } from "@yihao/billing/reactions";
import { invoiceIdOf } from "@yihao/billing/store";
import { stripeProvider } from "@yihao/billing/stripe";
import { createWebhook } from "@yihao/billing/webhook";
import type { CompanyId } from "@yihao/kernel/ids";
import { allItems } from "@yihao/table/dump";
import { sweep } from "@yihao/testing/timers";
import Stripe from "stripe";
import { type Bench, KEY, openBench, SECRET } from "../../local/src/sandbox/testing.ts";
import { BillingStage } from "./billing-stage.ts";
import { memoryFiles } from "./files.ts";
import { platformOf } from "./table.ts";

const stripe = new Stripe(KEY);
type Told = { readonly payload: string; readonly signature: string };

/** A space with a company and a bill of ¥150.00 that is due on 2026-12-03, the payment sandbox behind the real SDK, its webhooks, and a clock turned by hand for all of them. */
export class PayStage {
  readonly bench: Bench;
  readonly stage: BillingStage;
  readonly provider: PaymentProvider;
  readonly failures: unknown[] = [];
  /** What lies in the storage of files. */
  readonly files = memoryFiles();
  readonly #hook: ReturnType<typeof createWebhook>;
  company = "" as CompanyId;
  invoice = "";

  private constructor(bench: Bench, stage: BillingStage, provider: PaymentProvider) {
    this.bench = bench;
    this.stage = stage;
    this.provider = provider;
    this.#hook = createWebhook({
      path: "/hook",
      provider,
      table: stage.table,
      now: () => stage.now,
      failed: (error) => this.failures.push(error),
    });
  }

  static async open(): Promise<PayStage> {
    const bench = await openBench();
    const connection = { host: "127.0.0.1", port: bench.sandbox.port, protocol: "http" } as const;
    const provider = stripeProvider({ secretKey: KEY, webhookSecret: SECRET, feeBasisPoints: 50, ...connection });
    const pay = new PayStage(bench, await BillingStage.open({ provider }), provider);
    pay.at("2026-11-23T02:42:00.000Z");
    pay.company = await pay.stage.company("湖畔鲜集");
    pay.invoice = await pay.bill(pay.company);
    return pay;
  }

  async close(): Promise<void> {
    this.stage.table.close();
    await this.bench.close();
  }

  /** Turns every clock. */
  at(instant: string): void {
    this.stage.now = instant;
    this.bench.clock.ms = Date.parse(instant);
  }

  /** The company's admin. */
  get payer(): string {
    return this.company.replace("cmp_", "per_");
  }

  /** Finalises a bill of 100 picks for a company; gives its id. */
  async bill(company: CompanyId, month = "2026-11"): Promise<string> {
    const { stage } = this;
    const what = { operation: "pick", units: 100, document: `ord_${company}`, day: `${month}-20`, warehouse: "whs_1" };
    await stage.happen("handling.done", company, { company, ...what });
    await stage.ask("per_finance", "POST", "/invoices/run", { month });
    await stage.settle();
    const id = invoiceIdOf(stage.scope(), company, month);
    const done = await stage.ask<Invoice>("per_finance", "POST", `/invoices/${id}/finalise`, {});
    if (done.status !== 201) throw new Error(JSON.stringify(done.body));
    await stage.settle();
    return id;
  }

  /** Saves a card on the hosted page for the company and lets the provider tell of it. */
  async save(number = "4242424242424242", person = this.payer): Promise<MethodView[]> {
    const wish = { language: "zh", consent: consentVersion };
    const asked = await this.stage.ask<{ url: string }>(person, "POST", "/pay/spaces/spc_test/methods", wish);
    if (asked.status !== 201) throw new Error(JSON.stringify(asked.body));
    await this.onPage(asked.body.url, { number });
    await this.tell();
    return this.methods(person);
  }

  async methods(person = this.payer): Promise<MethodView[]> {
    type Methods = { items: MethodView[] };
    return (await this.stage.ask<Methods>(person, "GET", "/pay/spaces/spc_test/methods")).body.items;
  }

  /** Lets the company pay its bill on the hosted page, and the provider tell of it; gives the provider's id of the payment. */
  async payBill(): Promise<string> {
    const path = `/pay/spaces/spc_test/invoices/${this.invoice}/checkout`;
    const page = await this.stage.ask<{ url: string }>(this.payer, "POST", path, { language: "zh" });
    await this.onPage(page.body.url);
    await this.tell();
    const intents = (await this.bench.control("GET", "intents")) as { id: string }[];
    return intents[0]?.id ?? "";
  }

  /** Lets the payer's bank take a payment back; gives the provider's id of the dispute. */
  async dispute(intent: string, wish = {}): Promise<string> {
    return ((await this.bench.control("POST", `intents/${intent}/dispute`, wish)) as { id: string }).id;
  }

  /** Ends a dispute, or takes it on, as the bank does. */
  settleDispute(id: string, status: string): Promise<unknown> {
    return this.bench.control("POST", `disputes/${id}/settle`, { status });
  }

  async disputes(): Promise<Dispute[]> {
    const path = "/accounts/spaces/spc_test/disputes";
    return (await this.stage.ask<{ items: Dispute[] }>("per_finance", "GET", path)).body.items;
  }

  /** What the company owes and has, by account, in fen. */
  async balance(): Promise<Record<string, number>> {
    const path = `/companies/${this.company}/balance`;
    return (await this.stage.ask<Record<string, number>>("per_finance", "GET", path)).body;
  }

  /** What an account of all books has taken in less what it gave, in fen, by the transfers. */
  async total(account: string): Promise<number> {
    return (await allItems(this.stage.table))
      .filter(({ k }) => k === "xfr")
      .reduce(
        (sum, { from, to, amount }) =>
          sum + (to === account ? Number(amount) : 0) - (from === account ? Number(amount) : 0),
        0,
      );
  }

  /** Does on a hosted page what its payer does. */
  async onPage(url: string, payer: object = {}): Promise<void> {
    await this.bench.control("POST", `sessions/${url.split("/").at(-1)?.split("?")[0]}/pay`, payer);
    await this.bench.sandbox.idle();
  }

  /** Takes what the sandbox has sent and was not taken yet. */
  async sent(): Promise<Told[]> {
    await this.bench.sandbox.idle();
    return this.bench.hook.received.splice(0);
  }

  /** Hands everything that the sandbox has sent to the webhook, as it came or as `order` puts it; gives what was done with each. */
  async tell(order: (all: Told[]) => Told[] = (all) => all): Promise<string[]> {
    const done: string[] = [];
    for (const one of order(await this.sent())) done.push(await this.deliver(one));
    await this.stage.settle();
    return done;
  }

  /** Delivers one webhook, signed anew for this moment unless told with which signature. */
  async deliver({ payload, signature }: { readonly payload: string; readonly signature?: string }): Promise<string> {
    const timestamp = Math.floor(Date.parse(this.stage.now) / 1000);
    const header = stripe.webhooks.generateTestHeaderString({ payload, secret: SECRET, timestamp });
    const headers = { "stripe-signature": signature ?? header };
    const answer = await this.#hook.request("/hook", { method: "POST", headers, body: payload });
    return answer.status === 200 ? ((await answer.json()) as { applied: string }).applied : String(answer.status);
  }

  /** Rings every timer that is due, and lets what follows be heard; gives what failed. */
  async ring(): Promise<unknown[]> {
    const failed: unknown[] = [];
    const platform = platformOf(this.stage.table, { now: this.stage.now });
    const timers = [...billingTimers, ...providerTimers(this.provider, this.files)];
    await sweep(platform, timers, (error) => failed.push(error));
    await this.stage.settle();
    return failed;
  }

  /** Lets charges of a saved card meet a decline from now on; null lets them pay. */
  async decline(declineCode: string | null): Promise<void> {
    for (const { id } of (await this.bench.control("GET", "methods")) as { id: string }[])
      await this.bench.control("POST", `methods/${id}/decline`, { declineCode });
  }

  async view(invoice = this.invoice): Promise<InvoiceView> {
    return (await this.stage.ask<InvoiceView>("per_finance", "GET", `/invoices/${invoice}`)).body;
  }

  async collection(invoice = this.invoice): Promise<Collection | undefined> {
    return (await this.view(invoice)).collection;
  }

  /** Every charge at the provider that paid, in fen. */
  async charged(): Promise<number[]> {
    type Charge = { failure: unknown; amountMinor: number };
    const all = (await this.bench.control("GET", "charges")) as Charge[];
    return all.filter(({ failure }) => failure === null).map(({ amountMinor }) => amountMinor);
  }
}
