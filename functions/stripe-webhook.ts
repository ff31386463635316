import { createWebhook } from "@yihao/billing/webhook";
import { handle } from "hono/aws-lambda";
import { clock, tableFromEnvironment } from "./environment.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";

/** Receives Stripe's webhooks at `/webhooks/stripe`. */
export const handler = handle(
  createWebhook({
    path: "/webhooks/stripe",
    provider: stripeFromEnvironment(),
    table: tableFromEnvironment(),
    now: clock,
    failed: (error) => console.error(error instanceof Error ? (error.stack ?? error.message) : error),
  }),
);
