import { billingRefusals } from "@yihao/billing/model";
import { pdfOf } from "@yihao/billing/paper-pdf";
import { type Print, paperRoutes } from "@yihao/billing/paper-routes";
import { createApp, inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { labelRoutes, type PrintLabels } from "@yihao/warehouse/label-routes";
import { warehouseRefusals } from "@yihao/warehouse/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { printLabels } from "./label-print.ts";

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type PapersApi = ReturnType<typeof papersOf>;

const papersOf = (print: Print, labels: PrintLabels) =>
  router().route("/", paperRoutes(print)).route("/", labelRoutes(labels));

/** The papers function, `/api/v1/papers/*`: bills and credit notes as PDF and labels of goods, apart from the API because it carries the fonts and what writes PDF. */
export function createPapers(doors: Doors) {
  registerRefusals(billingRefusals);
  registerRefusals(warehouseRefusals);
  const app = createApp(doors);
  app.use("/api/v1/papers/spaces/:space/*", inside(doors));
  app.route("/api/v1", papersOf(pdfOf, printLabels));
  return app;
}

export const handler = handle(createPapers(doorsFromEnvironment()));
