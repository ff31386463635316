import { billingRefusals } from "@yihao/billing/model";
import { createApp, inside } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { membersRefusals } from "@yihao/members/model";
import { takeoverRefusals } from "@yihao/takeover/model";
import { takeoverRoutes } from "@yihao/takeover/routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { traced } from "./tracing.ts";

/** The takeover function: `/api/v1/takeover/*`, apart from the API because a space needs it in its first days and never again. */
export function createTakeover(doors: Doors) {
  for (const table of [membersRefusals, billingRefusals, takeoverRefusals]) registerRefusals(table);
  const app = createApp(doors);
  app.use("/api/v1/takeover/spaces/:space/*", inside(doors));
  app.route("/api/v1", takeoverRoutes);
  return app;
}

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type TakeoverApi = typeof takeoverRoutes;

export const handler = traced(handle(createTakeover(doorsFromEnvironment())));
