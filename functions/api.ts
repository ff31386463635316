import { bookingRoutes } from "@yihao/booking/routes";
import { router } from "@yihao/http/room";
import { meRoutes, publicIdentityRoutes } from "@yihao/identity/me-routes";
import { identityRoutes } from "@yihao/identity/routes";
import { supportRoutes } from "@yihao/identity/support-routes";
import { agreementRoutes } from "@yihao/members/agreement-routes";
import { applyRoutes } from "@yihao/members/apply-routes";
import { documentRoutes } from "@yihao/members/document-routes";
import { exitRoutes } from "@yihao/members/exit-routes";
import { leadRoutes } from "@yihao/members/lead-routes";
import { membersRoutes } from "@yihao/members/routes";
import { staffMailRoutes } from "@yihao/members/staff-mail-routes";
import { subscriptionRoutes } from "@yihao/members/subscription-routes";
import { pricingRoutes } from "@yihao/pricing/routes";
import { usageRoutes } from "@yihao/usage/routes";
import { handle } from "hono/aws-lambda";
import prices from "../infra/prices.json" with { type: "json" };
import { doorsFromEnvironment } from "./caller-environment.ts";
import { ownersFromEnvironment, supportFromEnvironment } from "./environment.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** The rooms of a space and of people: who is a member, what they book, what is agreed. */
export const peopleRooms = router()
  .route("/", meRoutes)
  .route("/", publicIdentityRoutes)
  .route("/", identityRoutes)
  .route("/", supportRoutes(supportFromEnvironment))
  .route("/", pricingRoutes)
  .route("/", membersRoutes)
  .route("/", subscriptionRoutes)
  .route("/", agreementRoutes)
  .route("/", documentRoutes)
  .route("/", exitRoutes)
  .route("/", leadRoutes)
  .route("/", applyRoutes)
  .route("/", staffMailRoutes)
  .route("/", bookingRoutes)
  .route("/", usageRoutes(ownersFromEnvironment, prices));

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), peopleRooms)));
