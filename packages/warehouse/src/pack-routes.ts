import { answers, body, createRoute, etag, ifMatch, inSpace, may, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { OrderIdSchema } from "./model.ts";
import { OrderSchema } from "./order-model.ts";
import { editGoodsSettings, editShipment, packCarton, readGoodsSettings, unpackCarton } from "./pack-actions.ts";
import {
  GoodsSettingsEditSchema,
  GoodsSettingsSchema,
  mostCartons,
  NewCartonSchema,
  ShipmentSchema,
} from "./pack-model.ts";

const tags = ["warehouse"];
const ofOrder = inSpace({ order: OrderIdSchema });
const byStaff = may({ right: "warehouse.work" });

/** Cartons, shipments and how cartons are numbered. */
export const packRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/cartons",
      summary: "Close a carton: what was scanned, checked against the order, and its weight",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofOrder, body: body(NewCartonSchema) },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await packCarton(c.var.scope, c.req.valid("param").order, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/cartons/{number}/open",
      summary: "Unpack a carton that has not left",
      tags,
      middleware: [byStaff] as const,
      request: {
        params: inSpace({
          order: OrderIdSchema,
          number: z.coerce
            .number()
            .int()
            .min(1)
            .max(mostCartons * 100),
        }),
      },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => {
      const { order, number } = c.req.valid("param");
      return c.json(take(await unpackCarton(c.var.scope, order, number)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/orders/{order}/shipment",
      summary: "Set the carrier and waybill numbers of a shipped order",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofOrder, body: body(ShipmentSchema) },
      responses: { 200: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await editShipment(c.var.scope, c.req.valid("param").order, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/warehouse-settings",
      summary: "How cartons are numbered and orders that wait are reserved",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: inSpace({}) },
      responses: { 200: answers(GoodsSettingsSchema) },
    }),
    async (c) => {
      const settings = await readGoodsSettings(c.var.scope);
      etag(c, settings.rev);
      return c.json(settings, 200);
    },
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/spaces/{space}/warehouse-settings",
      summary: "Set how cartons are numbered and orders that wait are reserved",
      tags,
      middleware: [may({ right: "warehouse.manage" })] as const,
      request: { params: inSpace({}), body: body(GoodsSettingsEditSchema) },
      responses: { 200: answers(GoodsSettingsSchema) },
    }),
    async (c) => {
      const edited = take(await editGoodsSettings(c.var.scope, ifMatch(c), c.req.valid("json")));
      etag(c, edited.rev);
      return c.json(edited, 200);
    },
  );
