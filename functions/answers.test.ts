import { fits } from "@yihao/local/gateway";
import { expect, test } from "vitest";
import { functionNames, routes } from "../infra/functions.ts";
import { peopleRooms } from "./api.ts";
import { accountRoutes, billsRooms } from "./bills.ts";
import { communityRooms } from "./community.ts";
import { hookRooms } from "./doors.ts";
import { goodsRooms } from "./goods.ts";
import { insightRooms } from "./insight.ts";
import { stuckRooms } from "./stuck.ts";

test("every route of a room is sent to the function that carries the room", () => {
  const carried = [
    ["api", peopleRooms],
    ["community", communityRooms],
    ["goods", goodsRooms],
    ["bills", billsRooms],
    ["bills", accountRoutes],
    ["insight", insightRooms],
    ["stuck", stuckRooms],
    ["doors", hookRooms],
  ] as const;
  const astray: string[] = [];
  for (const [name, rooms] of carried) {
    expect(functionNames).toContain(name);
    expect(rooms.routes.length).toBeGreaterThan(0);
    for (const { path } of rooms.routes) {
      const asked = `/api/v1${path.replaceAll(/:\w+(\{[^}]*\})?/g, "x")}`;
      const answering = routes.find((one) => fits(one.path, asked))?.name;
      if (answering !== name && path !== "/*") astray.push(`${path}: carried by ${name}, sent to ${answering}`);
    }
  }
  expect(astray).toEqual([]);
});
