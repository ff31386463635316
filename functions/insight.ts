import { hookRoutes } from "@yihao/hooks/routes";
import { router } from "@yihao/http/room";
import { insightRoutes } from "@yihao/insight/routes";
import { streamRoutes } from "@yihao/insight/stream-routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { hooksLocalFromEnvironment } from "./environment.ts";
import { reactions } from "./reactions.ts";
import { createRoomApp } from "./room-app.ts";

/** What is seen over all rooms, stuck work of any of them, which this function alone can try again, and who else hears of it. */
export const insightRooms = router()
  .route(
    "/",
    insightRoutes(() => ({ reactions })),
  )
  .route("/", streamRoutes)
  .route("/", hookRoutes(hooksLocalFromEnvironment));

export const handler = handle(createRoomApp(doorsFromEnvironment(), insightRooms));
