import { displayRoutes, publicDisplayRoutes } from "@yihao/booking/display-routes";
import { feedRoutes, publicFeedRoutes } from "@yihao/booking/feed-routes";
import { bookingRefusals } from "@yihao/booking/model";
import { planRefusals } from "@yihao/booking/plan-model";
import { planRoutes } from "@yihao/booking/plan-routes";
import { visitorRefusals } from "@yihao/booking/visitor-model";
import { publicVisitorRoutes, visitorRoutes } from "@yihao/booking/visitor-routes";
import { hookRefusals } from "@yihao/hooks/model";
import { hookRoutes } from "@yihao/hooks/routes";
import { createApp, inside, open } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { outside } from "@yihao/identity/me-routes";
import { identityRefusals } from "@yihao/identity/model";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { hooksLocalFromEnvironment } from "./environment.ts";
import { traced } from "./tracing.ts";

/** What the doors function answers, for its client and for the API's document. */
export const doorRoutes = router()
  .route("/", publicFeedRoutes)
  .route("/", publicDisplayRoutes)
  .route("/", publicVisitorRoutes)
  .route("/", feedRoutes)
  .route("/", displayRoutes)
  .route("/", visitorRoutes)
  .route("/", planRoutes);

/** Who else hears of what happens in a space (Webhooks), among its nouns. */
export const hookRooms = router().route("/", hookRoutes(hooksLocalFromEnvironment));

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type DoorsApi = typeof doorRoutes;

/**
 * The doors function, `/api/v1/doors/*` and a space's `hooks`: what people and other systems meet at the doors of a space. Calendars and displays ask it day and night, so it stands apart
 * from the API, starts faster and takes none of its time.
 */
export function createDoors(doors: Doors) {
  for (const table of [identityRefusals, bookingRefusals, visitorRefusals, planRefusals, hookRefusals])
    registerRefusals(table);
  const app = createApp(doors);
  for (const what of ["feeds", "displays", "passes"]) {
    app.use(`/api/v1/doors/${what}/*`, open(doors));
    app.use(`/api/v1/doors/${what}/*`, outside(doors));
  }
  app.use("/api/v1/doors/spaces/:space/*", inside(doors));
  app.use("/api/v1/spaces/:space/hooks", inside(doors));
  app.use("/api/v1/spaces/:space/hooks/*", inside(doors));
  app.route("/api/v1", doorRoutes);
  app.route("/api/v1", hookRooms);
  return app;
}

export const handler = traced(handle(createDoors(doorsFromEnvironment())));
