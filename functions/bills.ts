import { billingRoutes } from "@yihao/billing/routes";
import { router } from "@yihao/http/room";
import { handle } from "hono/aws-lambda";
import { doorsFromEnvironment } from "./caller-environment.ts";
import { createRoomApp } from "./room-app.ts";

/** The room of money: charges, bills and payments. */
export const billsRooms = router().route("/", billingRoutes);

export const handler = handle(createRoomApp(doorsFromEnvironment(), billsRooms));
