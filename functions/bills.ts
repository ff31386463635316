import { approvalRoutes } from "@yihao/billing/approval-routes";
import { bankRoutes } from "@yihao/billing/bank-routes";
import { billWayRoutes } from "@yihao/billing/bill-way-routes";
import { collectRoutes } from "@yihao/billing/collect-routes";
import { creditRoutes } from "@yihao/billing/credit-routes";
import { disputeRoutes } from "@yihao/billing/dispute-routes";
import { dunningRoutes } from "@yihao/billing/dunning-routes";
import { fapiaoRoutes } from "@yihao/billing/fapiao-routes";
import { journalRoutes } from "@yihao/billing/journal-routes";
import { platformFapiaoDesk, platformFapiaoRoutes } from "@yihao/billing/platform-fapiao-routes";
import { platformBillRoutes } from "@yihao/billing/platform-routes";
import { reductionRoutes } from "@yihao/billing/reduction-routes";
import { billingRoutes } from "@yihao/billing/routes";
import { simulationRoutes } from "@yihao/billing/simulation-routes";
import { statementRoutes } from "@yihao/billing/statement-routes";
import { tariffRoutes } from "@yihao/billing/tariff-routes";
import { taxRoutes } from "@yihao/billing/tax-routes";
import { inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { router } from "@yihao/http/room";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { ownersFromEnvironment } from "./environment.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** The room of money: charges, bills and payments; and what spaces owe for the platform, for its owner. */
export const billsRooms = router()
  .route("/", billingRoutes)
  .route("/", platformBillRoutes(ownersFromEnvironment))
  .route("/", platformFapiaoDesk(ownersFromEnvironment));

/** What the space's book-keepers do beside bills and payments, under `/accounts`: credit notes, what takes two people, the bank's file. */
export const accountRoutes = router()
  .route("/", creditRoutes)
  .route("/", approvalRoutes)
  .route("/", bankRoutes)
  .route("/", journalRoutes)
  .route("/", dunningRoutes)
  .route("/", collectRoutes)
  .route("/", disputeRoutes)
  .route("/", reductionRoutes)
  .route("/", fapiaoRoutes)
  .route("/", tariffRoutes)
  .route("/", simulationRoutes)
  .route("/", statementRoutes)
  .route("/", taxRoutes)
  .route("/", platformFapiaoRoutes)
  .route("/", billWayRoutes);

/** The routes of accounts as the typed client of web sees them, under `/api/v1`. */
export type AccountsApi = typeof accountRoutes;

/** The bills function over what the deployment hands in. */
export function createBills(doors: Doors) {
  const app = createRoomApp(doors, billsRooms);
  app.use("/api/v1/accounts/spaces/:space/*", inside(doors));
  app.route("/api/v1", accountRoutes);
  return app;
}

export const handler = traced(handle(createBills(doorsFromEnvironment())));
