import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { arriveAsn, checkAsn, closeAsn, createAsn, listAsns, readAsn } from "./asn-actions.ts";
import {
  ArriveSchema,
  AsnCheckSchema,
  AsnLineSchema,
  AsnSchema,
  ListedAsnSchema,
  NewAsnSchema,
  ReceiveSchema,
} from "./asn-model.ts";
import { blindly } from "./count-reads.ts";
import { type AsnId, AsnIdSchema, CompanyIdSchema, OrderIdSchema, WarehouseIdSchema } from "./model.ts";
import { finishOrder, listOrders, pickLine, picksOf, placeOrder, readOrder } from "./order-actions.ts";
import { NewOrderSchema, OrderSchema, PickSchema, PickTaskSchema } from "./order-model.ts";
import { ShipSchema } from "./pack-model.ts";
import { receiveLine } from "./receive-actions.ts";
import { reserveAgain } from "./reserve-again.ts";

const tags = ["warehouse"];
const ofAsn = inSpace({ asn: AsnIdSchema });
const ofOrder = inSpace({ order: OrderIdSchema });
const reading = may({ staff: "any", company: "any" });
const byStaff = may({ right: "warehouse.work" });
const announcing = may({ right: "warehouse.work", company: "any" });
const ordering = may({ right: "warehouse.work", company: ["admin"] });

/** Inbound notices (预报入库). */
export const asnRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/asns/check",
      summary: "Try an inbound notice without writing it",
      tags,
      middleware: [announcing] as const,
      request: { params: inSpace({}), body: body(NewAsnSchema) },
      responses: { 200: answers(AsnCheckSchema) },
    }),
    async (c) => c.json(take(await checkAsn(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/asns",
      summary: "Announce goods, by lines or CSV",
      tags,
      middleware: [announcing] as const,
      request: { params: inSpace({}), body: body(NewAsnSchema) },
      responses: { 201: answers(AsnSchema) },
    }),
    async (c) => c.json(take(await createAsn(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/asns",
      summary: "Inbound notices, newest first",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({ company: CompanyIdSchema.optional(), warehouse: WarehouseIdSchema.optional() }),
      },
      responses: { 200: answers(pageOf(ListedAsnSchema)) },
    }),
    async (c) => c.json(take(await listAsns(c.var.scope, c.req.valid("query"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/asns/{asn}",
      summary: "An inbound notice with its lines",
      tags,
      middleware: [reading] as const,
      request: { params: ofAsn },
      responses: { 200: answers(AsnSchema) },
    }),
    async (c) => c.json(take(await readAsn(c.var.scope, c.req.valid("param").asn)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/asns/{asn}/arrive",
      summary: "Mark a notice as arrived, on so many pallets",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofAsn, body: { ...body(ArriveSchema), required: false } },
      responses: { 201: answers(AsnSchema) },
    }),
    async (c) => c.json(take(await arriveAsn(c.var.scope, c.req.valid("param").asn, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/asns/{asn}/close",
      summary: "Close a notice; what is short stays on it",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofAsn },
      responses: { 201: answers(AsnSchema) },
    }),
    async (c) => c.json(take(await closeAsn(c.var.scope, c.req.valid("param").asn)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/asns/{asn}/lines/{line}/receive",
      summary: "Receive units of a line",
      tags,
      middleware: [byStaff] as const,
      request: {
        params: inSpace({ asn: AsnIdSchema, line: z.coerce.number().int().min(1).max(500) }),
        body: body(ReceiveSchema),
      },
      responses: { 201: answers(AsnLineSchema) },
    }),
    async (c) => {
      const { asn, line } = c.req.valid("param");
      return c.json(take(await receiveLine(c.var.scope, asn as AsnId, line, c.req.valid("json"))), 201);
    },
  );

/** Outbound orders (出库单). */
export const orderRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders",
      summary: "Order goods out; reserved at once",
      tags,
      middleware: [ordering] as const,
      request: { params: inSpace({}), body: body(NewOrderSchema) },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await placeOrder(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/orders",
      summary: "Orders, newest first; the open ones oldest first",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({
          company: CompanyIdSchema.optional(),
          open: z.enum(["true", "false"]).optional(),
          /** How the owner's own number of it begins. */
          text: z.string().max(60).optional(),
        }),
      },
      responses: { 200: answers(pageOf(OrderSchema)) },
    }),
    async (c) => {
      const { open, ...query } = c.req.valid("query");
      return c.json(take(await listOrders(c.var.scope, { ...query, open: open === "true" })), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/orders/{order}",
      summary: "An order",
      tags,
      middleware: [reading] as const,
      request: { params: ofOrder },
      responses: { 200: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await readOrder(c.var.scope, c.req.valid("param").order)), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/orders/{order}/picks",
      summary: "Where to pick an order's open lines, along the walk",
      tags,
      middleware: [may({ staff: "any" })] as const,
      request: { params: ofOrder, query: z.object({ warehouse: WarehouseIdSchema }) },
      responses: { 200: answers(z.object({ items: z.array(PickTaskSchema) })) },
    }),
    async (c) => {
      const tasks = await picksOf(c.var.scope, c.req.valid("param").order, c.req.valid("query").warehouse);
      return c.json({ items: take(tasks) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/pick",
      summary: "Pick units of a line from a bin",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofOrder, body: body(PickSchema) },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => {
      const wish = c.req.valid("json");
      const picked = await pickLine(c.var.scope, c.req.valid("param").order, wish);
      return c.json(take(await blindly(c.var.scope, wish.warehouse, wish.bin, picked)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/ship",
      summary: "Ship what was picked, by a carrier or not",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofOrder, body: { ...body(ShipSchema), required: false } },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => {
      const { shipment } = c.req.valid("json");
      return c.json(take(await finishOrder(c.var.scope, c.req.valid("param").order, "shipping", shipment)), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/reserve",
      summary: "Reserve anew what was taken back for want of goods",
      tags,
      middleware: [ordering] as const,
      request: { params: ofOrder },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await reserveAgain(c.var.scope, c.req.valid("param").order)), 201),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/orders/{order}/cancel",
      summary: "Cancel an order; its goods are given back",
      tags,
      middleware: [ordering] as const,
      request: { params: ofOrder },
      responses: { 201: answers(OrderSchema) },
    }),
    async (c) => c.json(take(await finishOrder(c.var.scope, c.req.valid("param").order, "cancelling")), 201),
  );
