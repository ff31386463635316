import { approvalRoutes } from "@yihao/billing/approval-routes";
import { bankRoutes } from "@yihao/billing/bank-routes";
import { creditRoutes } from "@yihao/billing/credit-routes";
import { billingRefusals } from "@yihao/billing/model";
import { createApp, inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { membersRefusals } from "@yihao/members/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";

/** What the accounts function answers, for its client and for the API's document. */
export const accountRoutes = router().route("/", creditRoutes).route("/", approvalRoutes).route("/", bankRoutes);

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type AccountsApi = typeof accountRoutes;

/**
 * The accounts function, `/api/v1/accounts/*`: what the space's book-keepers do beside bills and payments. Few ask it and seldom, so that it stands apart and
 * the API starts without it.
 */
export function createAccounts(doors: Doors) {
  for (const table of [membersRefusals, billingRefusals]) registerRefusals(table);
  const app = createApp(doors);
  app.use("/api/v1/accounts/spaces/:space/*", inside(doors));
  app.route("/api/v1", accountRoutes);
  return app;
}

export const handler = handle(createAccounts(doorsFromEnvironment()));
