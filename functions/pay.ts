import { billingRefusals } from "@yihao/billing/model";
import { payRoutes } from "@yihao/billing/pay-routes";
import type { PaymentProvider } from "@yihao/billing/provider";
import { createApp, inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { setting } from "./environment.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";

export type PayEnv = { readonly doors: Doors; readonly provider: PaymentProvider; readonly home: string };

/** The pay function: `/api/v1/pay/*`, apart from the API because it carries the payment provider's SDK. */
export function createPay({ doors, provider, home }: PayEnv) {
  registerRefusals(billingRefusals);
  const app = createApp(doors);
  app.use("/api/v1/pay/spaces/:space/*", inside(doors));
  app.route("/api/v1", payRoutes({ provider, home }));
  return app;
}

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type PayApi = ReturnType<typeof payRoutes>;

export const handler = handle(
  createPay({ doors: doorsFromEnvironment(), provider: stripeFromEnvironment(), home: setting("YIHAO_URL") }),
);
