import { billingRefusals } from "@yihao/billing/model";
import { bookingRefusals } from "@yihao/booking/model";
import { communityRefusals } from "@yihao/community/model";
import { hookRefusals } from "@yihao/hooks/model";
import { createApp, inside, open, signedIn } from "@yihao/http/app";
import type { Doors } from "@yihao/http/context";
import { registerRefusals } from "@yihao/http/problem";
import { outside } from "@yihao/identity/me-routes";
import { identityRefusals } from "@yihao/identity/model";
import { insightRefusals } from "@yihao/insight/model";
import { membersRefusals } from "@yihao/members/model";
import { mergeRefusals } from "@yihao/merge/model";
import { pricingRefusals } from "@yihao/pricing/model";
import { warehouseRefusals } from "@yihao/warehouse/model";
import type { Env, Hono, Schema } from "hono";

for (const table of [
  identityRefusals,
  pricingRefusals,
  membersRefusals,
  communityRefusals,
  bookingRefusals,
  warehouseRefusals,
  billingRefusals,
  mergeRefusals,
  insightRefusals,
  hookRefusals,
])
  registerRefusals(table);

/** Rooms' routes under `/api/v1` over what the deployment hands in, each path with its door. */
export function createRoomApp<E extends Env, S extends Schema>(doors: Doors, rooms: Hono<E, S, "/">) {
  const app = createApp(doors);
  for (const path of ["/api/v1/me/*", "/api/v1/platform/*"]) app.use(path, signedIn(doors));
  for (const path of ["/api/v1/invitations/*", "/api/v1/apply/*", "/api/v1/brands/*"]) app.use(path, open(doors));
  app.use("/api/v1/invitations/*", outside(doors));
  for (const path of ["/api/v1/apply/*", "/api/v1/brands/*"]) app.use(path, outside(doors));
  app.use("/api/v1/spaces/:space/*", inside(doors));
  app.route("/api/v1", rooms);
  app.get("/api/v1/health", (c) => c.json({ ok: true }));
  return app;
}
