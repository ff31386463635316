import { stripeProvider } from "@yihao/billing/stripe";
import { expect, test } from "vitest";
import { goJourneys } from "./journeys.ts";
import { refusedKey } from "./stripe-verify.ts";
import { KEY, openBench, SECRET } from "./testing.ts";

test("what is tried of the real Stripe holds of the sandbox", async () => {
  const bench = await openBench();
  const at = { host: "127.0.0.1", port: bench.sandbox.port, protocol: "http" } as const;
  const provider = stripeProvider({ secretKey: KEY, webhookSecret: SECRET, ...at });
  try {
    const done = await goJourneys({ provider, stripe: bench.stripe, secret: SECRET, wait: () => bench.sandbox.idle() });
    expect(done.filter(({ fault }) => fault)).toEqual([]);
    expect(done).toHaveLength(10);
  } finally {
    await bench.close();
  }
});

test("a live key, the sandbox's and none are refused", () => {
  for (const key of [undefined, "", "sk_live_1", "rk_live_1", "pk_test_1", "sk_test_sandbox_1"])
    expect(refusedKey(key), String(key)).toBeDefined();
  expect(refusedKey("sk_test_51abc")).toBeUndefined();
});
