import { billingRefusals } from "@yihao/billing/model";
import { pdfOf } from "@yihao/billing/paper-pdf";
import { paperRoutes } from "@yihao/billing/paper-routes";
import { createApp, inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type PapersApi = ReturnType<typeof paperRoutes>;

/** The papers function, `/api/v1/papers/*`: bills and credit notes as PDF, apart from the API because it carries the fonts and what writes PDF. */
export function createPapers(doors: Doors) {
  registerRefusals(billingRefusals);
  const app = createApp(doors);
  app.use("/api/v1/papers/spaces/:space/*", inside(doors));
  app.route("/api/v1", paperRoutes(pdfOf));
  return app;
}

export const handler = handle(createPapers(doorsFromEnvironment()));
