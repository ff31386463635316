import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { type Sandbox, type StartOptions, startSandbox } from "./server.ts";

export const KEY = "sk_test_sandbox_tests";
export const SECRET = "whsec_sandbox_tests";

export type Received = { readonly payload: string; readonly signature: string };
export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  /** Status codes for the next requests; 200 when there are none left. */
  readonly statuses: number[];
  readonly close: () => Promise<void>;
};
export type Bench = {
  readonly sandbox: Sandbox;
  readonly stripe: Stripe;
  readonly hook: Receiver;
  readonly stateFile: string;
  readonly clock: { ms: number };
  /** Runs every wait that was put off (retries, delays) and lets what it sends arrive. */
  readonly runLater: () => Promise<void>;
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Stops the sandbox and starts it again on the same file. */
  readonly restart: () => Promise<Bench>;
  readonly close: () => Promise<void>;
};

/** A webhook endpoint on a free port that keeps what it is sent. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    let payload = "";
    for await (const chunk of request) payload += String(chunk);
    received.push({ payload, signature: String(request.headers["stripe-signature"]) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    statuses,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A sandbox, the real SDK against it, a webhook endpoint, a clock to turn by hand, and a temp file. */
export async function openBench(options: Partial<StartOptions> = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const hook = await openReceiver();
  return benchOn(folder, hook, { ms: Date.parse("2026-11-23T02:00:00Z") }, options);
}

async function benchOn(
  folder: string,
  hook: Receiver,
  clock: { ms: number },
  options: Partial<StartOptions>,
): Promise<Bench> {
  const waits = new Set<() => void>();
  const stateFile = join(folder, "stripe.json");
  const sandbox = await startSandbox({
    port: 0,
    stateFile,
    webhook: { url: hook.url, secret: SECRET, retryDelaysMs: [10, 20] },
    now: () => new Date(clock.ms),
    later: (_, run) => {
      waits.add(run);
      return () => waits.delete(run);
    },
    ...options,
  });
  const stripe = new Stripe(KEY, {
    host: "127.0.0.1",
    port: sandbox.port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return {
    sandbox,
    stripe,
    hook,
    stateFile,
    clock,
    runLater: async () => {
      const due = [...waits];
      waits.clear();
      for (const run of due) run();
      await sandbox.idle();
    },
    control: async (method, path, body) => {
      const reply = await fetch(`${sandbox.url}/control/${path}`, {
        method,
        headers: { authorization: `Bearer ${KEY}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return reply.json();
    },
    restart: async () => {
      await sandbox.close();
      return benchOn(folder, hook, clock, options);
    },
    close: async () => {
      await sandbox.close();
      await hook.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a day pass asks of Checkout: two lines, 328.00 in all. */
export function dayPass(): Stripe.Checkout.SessionCreateParams & {
  line_items: Stripe.Checkout.SessionCreateParams.LineItem[];
} {
  return {
    mode: "payment",
    line_items: [
      { price_data: { currency: "cny", unit_amount: 12_900, product_data: { name: "日票 Day pass" } }, quantity: 2 },
      {
        price_data: {
          currency: "cny",
          unit_amount: 7_000,
          product_data: { name: "会议室 Room", description: "14:00–15:00" },
        },
        quantity: 1,
      },
    ],
    client_reference_id: "inv_1",
    metadata: { invoice: "inv_1" },
    success_url: "http://127.0.0.1:3000/paid?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:3000/bills",
  };
}

/** What a browser does with a hosted page: opens it, keeps the cookie and the token. */
export async function openPage(
  url: string,
  language = "zh-CN",
): Promise<{ html: string; post: (fields: Record<string, string>) => Promise<Response> }> {
  const page = await fetch(url, { headers: { "accept-language": language } });
  const html = await page.text();
  const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const token = /name="token" value="([0-9a-f]+)"/.exec(html)?.[1] ?? "";
  return {
    html,
    post: (fields) =>
      fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: { cookie, "accept-language": language },
        body: new URLSearchParams({ token, ...fields }),
      }),
  };
}

export const GOOD_CARD = { method: "card", number: "4242 4242 4242 4242", expiry: "12/29", cvc: "123" };
