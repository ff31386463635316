import { dayPassRoutes, guestPayRoutes } from "@yihao/billing/guest-pay-routes";
import { billingRefusals } from "@yihao/billing/model";
import { payRoutes } from "@yihao/billing/pay-routes";
import type { PaymentProvider } from "@yihao/billing/provider";
import { guestRoutes } from "@yihao/booking/guest-routes";
import { bookingRefusals } from "@yihao/booking/model";
import { createApp, inside, open } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { outside } from "@yihao/identity/me-routes";
import { identityRefusals } from "@yihao/identity/model";
import { membersRefusals } from "@yihao/members/model";
import { pricingRefusals } from "@yihao/pricing/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { setting } from "./environment.ts";
import { stripeFromEnvironment } from "./stripe-environment.ts";
import { traced } from "./tracing.ts";

export type PayEnv = { readonly doors: Doors; readonly provider: PaymentProvider; readonly home: string };

/**
 * The pay function: `/api/v1/pay/*`, apart from the API because it carries the payment provider's SDK, and what the public books and pays (`/api/v1/guests/*`, `/api/v1/guest-bookings/*`): whoever floods that
 * takes no time of the API.
 */
export function createPay({ doors, provider, home }: PayEnv) {
  for (const table of [identityRefusals, pricingRefusals, membersRefusals, bookingRefusals, billingRefusals])
    registerRefusals(table);
  const app = createApp(doors);
  app.use("/api/v1/pay/spaces/:space/*", inside(doors));
  for (const path of ["/api/v1/guests/*", "/api/v1/guest-bookings/*", "/api/v1/guest-waits/*"]) {
    app.use(path, open(doors));
    app.use(path, outside(doors));
  }
  app.route("/api/v1", payFunctionRoutes({ provider, home }));
  return app;
}

/** Everything that the function answers, for its client and for the API's document. */
export const payFunctionRoutes = (env: Pick<PayEnv, "provider" | "home">) =>
  router().route("/", payRoutes(env)).route("/", dayPassRoutes).route("/", guestRoutes).route("/", guestPayRoutes(env));

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type PayApi = ReturnType<typeof payFunctionRoutes>;

export const handler = traced(
  handle(createPay({ doors: doorsFromEnvironment(), provider: stripeFromEnvironment(), home: setting("YIHAO_URL") })),
);
