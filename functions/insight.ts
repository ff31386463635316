import { router } from "@yihao/http/room";
import { insightRoutes } from "@yihao/insight/routes";
import { streamRoutes } from "@yihao/insight/stream-routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { reactions } from "./reactions.ts";
import { createRoomApp } from "./room-app.ts";

/** What is seen over all rooms, and stuck work of any of them, which this function alone can try again. */
export const insightRooms = router()
  .route(
    "/",
    insightRoutes(() => ({ reactions })),
  )
  .route("/", streamRoutes);

export const handler = handle(createRoomApp(doorsFromEnvironment(), insightRooms));
