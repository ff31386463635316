import { randomBytes } from "node:crypto";
import { pathToFileURL } from "node:url";
import { stripeProvider } from "@yihao/billing/stripe";
import Stripe from "stripe";
import { goJourneys } from "./journeys.ts";

/** Why a key is not one to try the real Stripe with; undefined when it is: a secret test key, never a live one. */
export function refusedKey(key: string | undefined): string | undefined {
  if (!key) return "Set STRIPE_SECRET_KEY to a secret test key of a Stripe account (sk_test_…).";
  if (/^(sk|rk)_live_/.test(key)) return "This is a live key. Nothing was asked with it.";
  if (key.startsWith("sk_test_sandbox")) return "This is a key of the payment sandbox; `npm test` tries that.";
  if (!/^(sk|rk)_test_/.test(key)) return "This is no secret test key (sk_test_…).";
  return undefined;
}

/** `npm run stripe:verify`: goes the journeys against the real Stripe and says of each how it went; ends with 1 when one was not as it should. */
async function main(): Promise<void> {
  const key = process.env.STRIPE_SECRET_KEY;
  const refused = refusedKey(key);
  if (refused || !key) {
    console.error(refused);
    process.exitCode = 2;
    return;
  }
  const secret = `whsec_${randomBytes(24).toString("hex")}`;
  const provider = stripeProvider({ secretKey: key, webhookSecret: secret });
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const done = await goJourneys({ provider, stripe: new Stripe(key), secret, wait });
  for (const { name, fault } of done) console.log(fault ? `✗ ${name}\n  ${fault}` : `✓ ${name}`);
  if (done.some(({ fault }) => fault)) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
