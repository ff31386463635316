import { createWebhook } from "@yihao/billing/webhook";
import { handle } from "hono/aws-lambda";
import { clock, failedFromEnvironment, tableFromEnvironment } from "./environment.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";
import { traced } from "./tracing.ts";

/** Receives Stripe's webhooks at `/webhooks/stripe`. */
export const handler = traced(
  handle(
    createWebhook({
      path: "/webhooks/stripe",
      provider: stripeFromEnvironment(),
      table: tableFromEnvironment(),
      now: clock,
      failed: failedFromEnvironment(),
    }),
  ),
);
