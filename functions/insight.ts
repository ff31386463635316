import { router } from "@yihao/http/room";
import { insightRoutes } from "@yihao/insight/routes";
import { streamRoutes } from "@yihao/insight/stream-routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** What is seen over all rooms. */
export const insightRooms = router().route("/", insightRoutes).route("/", streamRoutes);

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), insightRooms)));
