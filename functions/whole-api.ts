import type { Doors } from "@yihao/http/context";
import { router } from "@yihao/http/room";
import { peopleRooms } from "./api.ts";
import { billsRooms } from "./bills.ts";
import { communityRooms } from "./community.ts";
import { hookRooms } from "./doors.ts";
import { goodsRooms } from "./goods.ts";
import { insightRooms } from "./insight.ts";
import { createRoomApp } from "./room-app.ts";
import { stuckRooms } from "./stuck.ts";

/** Every room's routes, whichever function answers them. */
const rooms = router()
  .route("/", peopleRooms)
  .route("/", communityRooms)
  .route("/", goodsRooms)
  .route("/", billsRooms)
  .route("/", insightRooms)
  .route("/", stuckRooms)
  .route("/", hookRooms);

/** The routes as the typed client of web sees them, under `/api/v1`. */
export type Api = typeof rooms;

/** The whole API as one: what its documents describe and what tests ask. */
export const createApi = (doors: Doors) => createRoomApp(doors, rooms);
