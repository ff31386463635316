import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { type WarehouseId, WarehouseIdSchema } from "./model.ts";
import { closeTransfer, listTransfers, readTransfer, receiveTransfer, sendTransfer } from "./transfer-actions.ts";
import {
  NewSiteTransferSchema,
  ReceiveTransferSchema,
  SiteTransferIdSchema,
  SiteTransferSchema,
} from "./transfer-model.ts";

const tags = ["warehouse"];
const ofTransfer = inSpace({ transfer: SiteTransferIdSchema });
const ofStaff = may({ staff: "any" });
const byStaff = may({ right: "warehouse.work" });

/** Transfers between warehouses (调拨). */
export const transferRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/transfers",
      summary: "Send goods to another warehouse",
      tags,
      middleware: [byStaff] as const,
      request: { params: inSpace({}), body: body(NewSiteTransferSchema) },
      responses: { 201: answers(SiteTransferSchema) },
    }),
    async (c) => c.json(take(await sendTransfer(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/transfers",
      summary: "Transfers from and to a warehouse, newest first",
      tags,
      middleware: [ofStaff] as const,
      request: { params: inSpace({}), query: listQuery.extend({ warehouse: WarehouseIdSchema }) },
      responses: { 200: answers(pageOf(SiteTransferSchema)) },
    }),
    async (c) => {
      const { warehouse, ...range } = c.req.valid("query");
      return c.json(await listTransfers(c.var.scope, warehouse as WarehouseId, range), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/transfers/{transfer}",
      summary: "A transfer between warehouses",
      tags,
      middleware: [ofStaff] as const,
      request: { params: ofTransfer },
      responses: { 200: answers(SiteTransferSchema) },
    }),
    async (c) => c.json(take(await readTransfer(c.var.scope, c.req.valid("param").transfer)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/transfers/{transfer}/lines/{line}/receive",
      summary: "Take in what came of a line",
      tags,
      middleware: [byStaff] as const,
      request: {
        params: inSpace({ transfer: SiteTransferIdSchema, line: z.coerce.number().int().min(1).max(40) }),
        body: body(ReceiveTransferSchema),
      },
      responses: { 201: answers(SiteTransferSchema) },
    }),
    async (c) => {
      const { transfer, line } = c.req.valid("param");
      return c.json(take(await receiveTransfer(c.var.scope, transfer, line, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/transfers/{transfer}/close",
      summary: "Close a transfer; what is missing is written off",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofTransfer },
      responses: { 201: answers(SiteTransferSchema) },
    }),
    async (c) => c.json(take(await closeTransfer(c.var.scope, c.req.valid("param").transfer)), 201),
  );
