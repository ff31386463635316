import type { PaymentProvider } from "@yihao/billing/provider";
import { stripeProvider } from "@yihao/billing/stripe";
import { setting } from "./environment.ts";

/** Stripe as the environment names it. On one machine YIHAO_STRIPE_HOST, _PORT and _PROTOCOL point at the payment sandbox; on AWS they are absent. */
export function stripeFromEnvironment(): PaymentProvider {
  const { YIHAO_STRIPE_HOST: host, YIHAO_STRIPE_PORT: port, YIHAO_STRIPE_PROTOCOL: protocol } = process.env;
  return stripeProvider({
    secretKey: setting("STRIPE_SECRET_KEY"),
    webhookSecret: setting("STRIPE_WEBHOOK_SECRET"),
    feeBasisPoints: Number(process.env.YIHAO_FEE_BASIS_POINTS ?? 0),
    ...(host ? { host } : {}),
    ...(port ? { port: Number(port) } : {}),
    ...(protocol === "http" || protocol === "https" ? { protocol } : {}),
  });
}
