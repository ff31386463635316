import { answers, body, createRoute, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { clearFace, facesOf, replenishmentsOf, setFace } from "./face-actions.ts";
import { FaceEditSchema, FaceSchema, ReplenishmentSchema } from "./face-model.ts";
import { BinCodeSchema, WarehouseIdSchema } from "./model.ts";

const tags = ["warehouse"];
const ofWarehouse = inSpace({ warehouse: WarehouseIdSchema });
const ofFace = inSpace({ warehouse: WarehouseIdSchema, bin: BinCodeSchema });
const ofStaff = may({ staff: "any" });
const byStaff = may({ right: "warehouse.work" });

/** Pick faces and their replenishment (补货). */
export const faceRoutes = router()
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/faces",
      summary: "Bins that are one product's own",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse },
      responses: { 200: answers(z.object({ items: z.array(FaceSchema) })) },
    }),
    async (c) => c.json({ items: await facesOf(c.var.scope, c.req.valid("param").warehouse) }, 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/warehouses/{warehouse}/faces/{bin}",
      summary: "Make a bin one product's own, with its minimum and target",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofFace, body: body(FaceEditSchema) },
      responses: { 200: answers(FaceSchema) },
    }),
    async (c) => {
      const { warehouse, bin } = c.req.valid("param");
      return c.json(take(await setFace(c.var.scope, warehouse, bin, c.req.valid("json"))), 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/spaces/{space}/warehouses/{warehouse}/faces/{bin}",
      summary: "Let a bin be anybody's again",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofFace },
      responses: { 200: answers(z.object({})) },
    }),
    async (c) => {
      const { warehouse, bin } = c.req.valid("param");
      take(await clearFace(c.var.scope, warehouse, bin));
      return c.json({}, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouses/{warehouse}/replenishments",
      summary: "What is to be brought to the pick faces now",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofWarehouse },
      responses: { 200: answers(z.object({ items: z.array(ReplenishmentSchema) })) },
    }),
    async (c) => c.json({ items: take(await replenishmentsOf(c.var.scope, c.req.valid("param").warehouse)) }, 200),
  );
