import { router } from "@yihao/http/room";
import { stuckRoutes } from "@yihao/insight/stuck-routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { reactions } from "./reactions.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** Stuck work of every room, and trying it again: it carries all reactions, which no other function that answers people does. */
export const stuckRooms = router().route(
  "/",
  stuckRoutes(() => ({ reactions })),
);

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), stuckRooms)));
