import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { WarehouseIdSchema } from "./model.ts";
import {
  advanceZoneMove,
  listZoneMoves,
  readZoneMove,
  startZoneMove,
  stopZoneMove,
  tryZoneMove,
} from "./zone-move-actions.ts";
import { NewZoneMoveSchema, ZoneMoveIdSchema, ZoneMoveSchema, ZonePlanSchema } from "./zone-move-model.ts";

const tags = ["warehouse"];
const ofWarehouse = inSpace({ warehouse: WarehouseIdSchema });
const ofMove = inSpace({ warehouse: WarehouseIdSchema, move: ZoneMoveIdSchema });
const ofStaff = may({ staff: "any" });
const byManager = may({ right: "warehouse.manage" });
const path = "/spaces/{space}/warehouses/{warehouse}/zone-moves" as const;

/** Something that managers do with a move under way. */
const step = <Name extends string>(name: Name, summary: string) =>
  createRoute({
    method: "post",
    path: `${path}/{move}/${name}`,
    summary,
    tags,
    middleware: [byManager] as const,
    request: { params: ofMove },
    responses: { 200: answers(ZoneMoveSchema) },
  });

/** Moves of whole zones (整区移库、整区调拨). */
export const zoneMoveRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: `${path}/plan`,
      summary: "Try the move of a zone: what would go where, and what would stay and why",
      tags,
      middleware: [byManager] as const,
      request: { params: ofWarehouse, body: body(NewZoneMoveSchema) },
      responses: { 200: answers(ZonePlanSchema) },
    }),
    async (c) => c.json(take(await tryZoneMove(c.var.scope, c.req.valid("param").warehouse, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path,
      summary: "Begin the move of a zone; its bins take nothing in until it is over",
      tags,
      middleware: [byManager] as const,
      request: { params: ofWarehouse, body: body(NewZoneMoveSchema) },
      responses: { 201: answers(ZoneMoveSchema) },
    }),
    async (c) =>
      c.json(take(await startZoneMove(c.var.scope, c.req.valid("param").warehouse, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path,
      summary: "Moves of zones, newest first",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse, query: listQuery },
      responses: { 200: answers(pageOf(ZoneMoveSchema)) },
    }),
    async (c) => c.json(await listZoneMoves(c.var.scope, c.req.valid("param").warehouse, c.req.valid("query")), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: `${path}/{move}`,
      summary: "The move of a zone, and how far it is",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofMove },
      responses: { 200: answers(ZoneMoveSchema) },
    }),
    async (c) => {
      const { warehouse, move } = c.req.valid("param");
      return c.json(take(await readZoneMove(c.var.scope, warehouse, move)), 200);
    },
  )
  .openapi(step("advance", "Go one step on with the move of a zone; asked again until it is done"), async (c) => {
    const { warehouse, move } = c.req.valid("param");
    return c.json(take(await advanceZoneMove(c.var.scope, warehouse, move)), 200);
  })
  .openapi(step("stop", "Stop the move of a zone: what moved stays, its bins are opened"), async (c) => {
    const { warehouse, move } = c.req.valid("param");
    return c.json(take(await stopZoneMove(c.var.scope, warehouse, move)), 200);
  });
