import { answers, body, createRoute, inSpace, listQuery, may, pageOf, router, z } from "@yihao/http/room";
import { take } from "@yihao/kernel/outcome";
import { CompanyIdSchema, WarehouseIdSchema } from "./model.ts";
import { announceReturn, decideReturn, endReturn, listReturns, readReturn, receiveReturn } from "./return-actions.ts";
import {
  DecideReturnSchema,
  NewReturnSchema,
  ReceiveReturnSchema,
  ReturnIdSchema,
  ReturnSchema,
} from "./return-model.ts";

const tags = ["warehouse"];
const ofReturn = inSpace({ return: ReturnIdSchema });
const ofLine = inSpace({ return: ReturnIdSchema, line: z.coerce.number().int().min(1).max(40) });
const reading = may({ staff: "any", company: "any" });
const byStaff = may({ right: "warehouse.work" });
const announcing = may({ right: "warehouse.work", company: ["admin"] });

/** Returns (退货). */
export const returnRoutes = router()
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/returns",
      summary: "Announce that goods come back, from an order or not",
      tags,
      middleware: [announcing] as const,
      request: { params: inSpace({}), body: body(NewReturnSchema) },
      responses: { 201: answers(ReturnSchema) },
    }),
    async (c) => c.json(take(await announceReturn(c.var.scope, c.req.valid("json"))), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/returns",
      summary: "Returns, newest first",
      tags,
      middleware: [reading] as const,
      request: {
        params: inSpace({}),
        query: listQuery.extend({ company: CompanyIdSchema.optional(), warehouse: WarehouseIdSchema.optional() }),
      },
      responses: { 200: answers(pageOf(ReturnSchema)) },
    }),
    async (c) => c.json(take(await listReturns(c.var.scope, c.req.valid("query"))), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/spaces/{space}/returns/{return}",
      summary: "A return with its lines and decisions",
      tags,
      middleware: [reading] as const,
      request: { params: ofReturn },
      responses: { 200: answers(ReturnSchema) },
    }),
    async (c) => c.json(take(await readReturn(c.var.scope, c.req.valid("param").return)), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/returns/{return}/lines/{line}/receive",
      summary: "Take in units that came back",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofLine, body: body(ReceiveReturnSchema) },
      responses: { 201: answers(ReturnSchema) },
    }),
    async (c) => {
      const { return: id, line } = c.req.valid("param");
      return c.json(take(await receiveReturn(c.var.scope, id, line, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/returns/{return}/lines/{line}/decide",
      summary: "Decide what becomes of units that came back",
      tags,
      middleware: [byStaff] as const,
      request: { params: ofLine, body: body(DecideReturnSchema) },
      responses: { 201: answers(ReturnSchema) },
    }),
    async (c) => {
      const { return: id, line } = c.req.valid("param");
      return c.json(take(await decideReturn(c.var.scope, id, line, c.req.valid("json"))), 201);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/spaces/{space}/returns/{return}/end",
      summary: "End a return of which no more will come",
      tags,
      middleware: [announcing] as const,
      request: { params: ofReturn },
      responses: { 201: answers(ReturnSchema) },
    }),
    async (c) => c.json(take(await endReturn(c.var.scope, c.req.valid("param").return)), 201),
  );
