import { billingRefusals } from "@yihao/billing/model";
import { billingRoutes } from "@yihao/billing/routes";
import { bookingRefusals } from "@yihao/booking/model";
import { bookingRoutes } from "@yihao/booking/routes";
import { createApp, inside, signedIn } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { openApiDocument, openApiPage } from "@yihao/http/openapi";
import { registerRefusals } from "@yihao/http/problem";
import { router } from "@yihao/http/room";
import { meRoutes, outside, publicIdentityRoutes } from "@yihao/identity/me-routes";
import { identityRefusals } from "@yihao/identity/model";
import { identityRoutes } from "@yihao/identity/routes";
import { verifySession } from "@yihao/identity/session";
import { membershipOf } from "@yihao/identity/store";
import { insightRefusals } from "@yihao/insight/model";
import { insightRoutes } from "@yihao/insight/routes";
import { membersRefusals } from "@yihao/members/model";
import { membersRoutes } from "@yihao/members/routes";
import { pricingRefusals } from "@yihao/pricing/model";
import { pricingRoutes } from "@yihao/pricing/routes";
import { warehouseRefusals } from "@yihao/warehouse/model";
import { warehouseRoutes } from "@yihao/warehouse/routes";
import { handle } from "hono/aws-lambda";
import { clock, logFromEnvironment, setting, tableFromEnvironment } from "./environment.ts";
import { reactions } from "./reactions.ts";

for (const table of [
  identityRefusals,
  pricingRefusals,
  membersRefusals,
  bookingRefusals,
  warehouseRefusals,
  billingRefusals,
  insightRefusals,
])
  registerRefusals(table);

/** Every room's routes, in the order of the rooms. */
const rooms = router()
  .route("/", meRoutes)
  .route("/", publicIdentityRoutes)
  .route("/", identityRoutes)
  .route("/", pricingRoutes)
  .route("/", membersRoutes)
  .route("/", bookingRoutes)
  .route("/", warehouseRoutes)
  .route("/", billingRoutes)
  .route(
    "/",
    insightRoutes(() => ({ reactions })),
  );

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type Api = typeof rooms;

/** The whole API over what the deployment hands in. */
export function createApi(doors: Doors) {
  const app = createApp(doors);
  app.use("/api/v1/me/*", signedIn(doors));
  app.use("/api/v1/invitations/*", outside(doors));
  app.use("/api/v1/spaces/:space/*", inside(doors));
  app.route("/api/v1", rooms);
  let document: ReturnType<typeof openApiDocument> | undefined;
  const described = () => {
    document ??= openApiDocument(app, "Yihao 壹号");
    return document;
  };
  app.get("/api/v1/openapi.json", (c) => c.json(described()));
  app.get("/api/v1/docs", (c) => c.html(openApiPage(described())));
  app.get("/api/v1/health", (c) => c.json({ ok: true }));
  return app;
}

/** What the API function is handed in its deployment. */
export function doorsFromEnvironment(): Doors {
  const secret = setting("YIHAO_SECRET");
  const log = logFromEnvironment();
  return {
    table: tableFromEnvironment(),
    now: clock,
    caller: async (request) => verifySession(request, secret, new Date()),
    membership: membershipOf,
    ...(log ? { log } : {}),
  };
}

export const handler = handle(createApi(doorsFromEnvironment()));
