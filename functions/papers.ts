import { billingRefusals } from "@yihao/billing/model";
import { pdfOf } from "@yihao/billing/paper-pdf";
import { type Print, paperRoutes } from "@yihao/billing/paper-routes";
import { receiptRoutes } from "@yihao/billing/receipt-routes";
import { bookingRefusals } from "@yihao/booking/model";
import { createApp, inside, open } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { outside } from "@yihao/identity/me-routes";
import { labelRoutes, type PrintLabels } from "@yihao/warehouse/label-routes";
import { warehouseRefusals } from "@yihao/warehouse/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { printLabels } from "./label-print.ts";
import { traced } from "./tracing.ts";

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type PapersApi = ReturnType<typeof papersFunctionRoutes>;

/** Everything that the function answers, for its client and for the API's document. */
const papersFunctionRoutes = (print: Print, labels: PrintLabels) =>
  router().route("/", paperRoutes(print)).route("/", receiptRoutes(print)).route("/", labelRoutes(labels));

/** The papers function, `/api/v1/papers/*`: bills, credit notes and guests' receipts as PDF and labels of goods, apart from the API because it carries the fonts and what writes PDF. */
export function createPapers(doors: Doors) {
  for (const table of [bookingRefusals, billingRefusals, warehouseRefusals]) registerRefusals(table);
  const app = createApp(doors);
  app.use("/api/v1/papers/spaces/:space/*", inside(doors));
  const guests = "/api/v1/papers/guest-bookings/*";
  app.use(guests, open(doors));
  app.use(guests, outside(doors));
  app.route("/api/v1", papersFunctionRoutes(pdfOf, printLabels));
  return app;
}

export const handler = traced(handle(createPapers(doorsFromEnvironment())));
