import { router } from "@yihao/http/room";
import { warehouseRoutes } from "@yihao/warehouse/routes";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { createRoomApp } from "./room-app.ts";
import { traced } from "./tracing.ts";

/** The room of goods: the cloud warehouse. */
export const goodsRooms = router().route("/", warehouseRoutes);

export const handler = traced(handle(createRoomApp(doorsFromEnvironment(), goodsRooms)));
