import { announcementRoutes } from "@yihao/community/announcement-routes";
import { cardRoutes } from "@yihao/community/card-routes";
import { parcelRoutes } from "@yihao/community/parcel-routes";
import { ticketRoutes } from "@yihao/community/ticket-routes";
import { router } from "@yihao/http/room";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** What the people of a space tell and ask each other: help, parcels, announcements and events, the directory. */
export const communityRooms = router()
  .route("/", ticketRoutes)
  .route("/", parcelRoutes)
  .route("/", announcementRoutes)
  .route("/", cardRoutes);

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), communityRooms)));
