import { router } from "@yihao/http/room";
import { stuckRoutes } from "@yihao/insight/stuck-routes";
import { mergeRoutes } from "@yihao/merge/routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { reactions } from "./reactions.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** What reaches through every room and is rare: stuck work, tried again with all reactions, which no other function that answers people carries; and merging two companies or accounts into one. */
export const stuckRooms = router()
  .route(
    "/",
    stuckRoutes(() => ({ reactions })),
  )
  .route("/", mergeRoutes);

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), stuckRooms)));
