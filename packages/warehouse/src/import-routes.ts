import { answers, body, createRoute, inSpace, may, router } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { importBins } from "./import-bins.ts";
import { importAsns, importOpenings, importOrders } from "./import-goods.ts";
import {
  AsnBatchSchema,
  BatchAnswerSchema,
  BinBatchSchema,
  OpeningBatchSchema,
  OrderBatchSchema,
  ProductBatchSchema,
} from "./import-model.ts";
import { importProducts } from "./import-products.ts";

const tags = ["warehouse"];

/** Batches of an import (导入): tables of any length, sent part by part; a part sent again changes nothing twice. */
export const importRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/imports/bins",
      summary: "Bring in bins, or try it",
      tags,
      middleware: [may({ right: "warehouse.manage" })] as const,
      request: { params: inSpace({}), body: body(BinBatchSchema) },
      responses: { 200: answers(BatchAnswerSchema) },
    }),
    async (c) => c.json(take(await importBins(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/imports/products",
      summary: "Bring in products, or try it",
      tags,
      middleware: [may({ right: "warehouse.work", company: "any" })] as const,
      request: { params: inSpace({}), body: body(ProductBatchSchema) },
      responses: { 200: answers(BatchAnswerSchema) },
    }),
    async (c) => c.json(take(await importProducts(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/imports/openings",
      summary: "Enter opening stock, or try it",
      tags,
      middleware: [may({ right: "warehouse.work" })] as const,
      request: { params: inSpace({}), body: body(OpeningBatchSchema) },
      responses: { 200: answers(BatchAnswerSchema) },
    }),
    async (c) => c.json(take(await importOpenings(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/imports/asns",
      summary: "Bring in inbound notices, or try it",
      tags,
      middleware: [may({ right: "warehouse.work", company: "any" })] as const,
      request: { params: inSpace({}), body: body(AsnBatchSchema) },
      responses: { 200: answers(BatchAnswerSchema) },
    }),
    async (c) => c.json(take(await importAsns(c.var.scope, c.req.valid("json"))), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/stock/imports/orders",
      summary: "Bring in orders, or try it",
      tags,
      middleware: [may({ right: "warehouse.work", company: ["admin"] })] as const,
      request: { params: inSpace({}), body: body(OrderBatchSchema) },
      responses: { 200: answers(BatchAnswerSchema) },
    }),
    async (c) => c.json(take(await importOrders(c.var.scope, c.req.valid("json"))), 200),
  );
